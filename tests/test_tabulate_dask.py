"""The same table from a dask cluster as from this process, to the last bit, whatever befalls the workers."""

import json
import os
import signal
import subprocess
import sys
import time

import geopandas
import numpy as np
import pyarrow.parquet
import pytest
from distributed import Client, LocalCluster

from tests.shapes import frame, polygons
from tests.test_tabulate import PLANE, SQUARES, ZONE, moved, write
from zones.counting import tabulate_dask as engine
from zones.counting.parcel_stream import open_layer
from zones.counting.tabulate import tabulate
from zones.counting.tabulate_dask import tabulate_dask
from zones.counting.versions import compare
from zones.errors import InputError

PARTS = 12


@pytest.fixture(scope="module")
def cluster():
    with engine.local_cluster(2) as made:
        yield made


@pytest.fixture
def address(cluster):
    return cluster.scheduler_address


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Return a folder of parts, the same parcels as one file, and zones over them."""
    random = np.random.default_rng(5)
    shapes = [moved(each, 100.0) for each in polygons(random, 3100, 60, 1.5)[:3000]]
    parcels = geopandas.GeoDataFrame({"use": random.choice(["R", "M", "甲"], len(shapes))}, geometry=shapes, crs=PLANE)
    home = tmp_path_factory.mktemp("city")
    parcels.to_parquet(home / "one.parquet", row_group_size=250)
    (home / "parts").mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(parcels)), PARTS)):
        parcels.iloc[rows].to_parquet(home / "parts" / f"part.{number}.parquet", row_group_size=100)
    return home, frame([moved(each, 100.0) for each in polygons(random, 9, 50, 20)], crs=PLANE)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """Make many tasks of the few parcels."""
    monkeypatch.setattr("zones.counting.parcel_layer.BATCH_ROWS", 100)
    monkeypatch.setattr(engine, "TASK_ROWS", 100)


def read_pairs(path):
    table = pyarrow.parquet.read_table(path).to_pandas()
    return table.astype(dict.fromkeys(("zone_id", "class", "relation"), str)).reset_index(drop=True)


def test_parts_come_in_natural_order(city):
    home, _ = city
    layer = open_layer(home / "parts")
    assert [part.path.name for part in layer.parts] == [f"part.{number}.parquet" for number in range(PARTS)]
    assert layer.features == 3000


def test_bit_equal_on_a_cluster_in_parts_and_in_one_file(city, address, tmp_path):
    home, zones = city
    local = tabulate(open_layer(home / "one.parquet"), zones, "use", pairs_to=tmp_path / "local.parquet")
    parts = tabulate(open_layer(home / "parts"), zones, "use")
    seen = []
    spread = tabulate_dask(
        open_layer(home / "parts"), zones, "use", scheduler=address, pairs_to=tmp_path / "spread.parquet",
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    whole = tabulate_dask(open_layer(home / "one.parquet"), zones, "use", scheduler=address)
    assert local.table["area_m2"].sum() > 1e6
    assert local.table.equals(parts.table)
    assert local.table.equals(spread.table)
    assert local.table.equals(whole.table)
    assert seen == sorted(seen)
    assert seen[-1] == (3000, 3000)
    assert len(list((tmp_path / "spread.parquet").iterdir())) > PARTS
    assert read_pairs(tmp_path / "spread.parquet").equals(read_pairs(tmp_path / "local.parquet"))
    assert list(tmp_path.glob(".*")) == []


def test_a_worker_killed_half_way_changes_nothing(city, address, tmp_path):
    home, zones = city
    with Client(address, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    seen = []

    def kill_one(done, _total):
        seen.append(done)
        if len(seen) == 3:
            os.kill(victim, signal.SIGKILL)

    found = tabulate_dask(
        open_layer(home / "parts"), zones, "use", scheduler=address, pairs_to=tmp_path / "p.parquet", progress=kill_one
    )
    assert len(seen) > 20
    assert found.table.equals(tabulate(open_layer(home / "parts"), zones, "use").table)
    assert pyarrow.parquet.read_table(tmp_path / "p.parquet")["area_m2"].to_numpy().sum() > 1e6


def refused(layer, zones, field=None, **options):
    with pytest.raises(InputError) as caught:
        tabulate_dask(layer, zones, field, **options)
    return str(caught.value)


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    for number in range(3):
        write(folder / f"part.{number}.parquet", SQUARES)
    return folder


def test_a_cut_off_part_is_named(parts):
    path = parts / "part.1.parquet"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match=r"part\.1\.parquet: damaged or cut off, nothing was counted"):
        open_layer(parts)


def test_bytes_damaged_inside_are_named_by_the_worker(parts, address, tmp_path):
    layer = open_layer(parts)
    path = parts / "part.2.parquet"
    body = bytearray(path.read_bytes())
    body[4:400] = bytes(396)
    path.write_bytes(body)
    said = refused(layer, ZONE, scheduler=address, pairs_to=tmp_path / "pairs.parquet")
    assert said.startswith(f"{path}: damaged or cut off, nothing was counted")
    assert [each.name for each in tmp_path.iterdir()] == ["parts"]


def test_a_part_that_changes_or_goes_is_named(parts, address):
    layer = open_layer(parts)
    write(parts / "part.1.parquet", SQUARES[:2])
    assert "part.1.parquet: is not the file it was at the start" in refused(layer, ZONE, scheduler=address)
    (parts / "part.0.parquet").unlink()
    assert "part.0.parquet: the dask worker at tcp://127.0.0.1:" in refused(layer, ZONE, scheduler=address)


def test_other_versions_are_stated(parts, address, monkeypatch):
    here = engine.versions()
    monkeypatch.setattr(engine, "versions", lambda: {**here, "numba": "0.1", "zones code": "abc"})
    # As for a worker that came late: the tasks refuse by themselves.
    monkeypatch.setattr(engine, "compare", lambda *_: None)
    said = refused(open_layer(parts), ZONE, scheduler=address)
    assert said.startswith("the dask worker at tcp://127.0.0.1:")
    code, numba = here["zones code"], here["numba"]
    assert said.endswith(f"{code} in place of abc, numba {numba} in place of 0.1; install the same there as here")


def test_other_versions_are_stated_at_the_start(parts, address, monkeypatch):
    monkeypatch.setattr(engine, "compare", lambda *which: compare(*which[:2], {**which[2], "GEOS": "3.0"}))
    assert "in place of 3.0; install the same there as here" in refused(open_layer(parts), ZONE, scheduler=address)


def lack(*_):
    raise ModuleNotFoundError("No module named 'zones.counting.dask_tasks'")


def test_a_worker_without_this_program_is_named(parts, address, monkeypatch):
    monkeypatch.setattr(engine, "versions", lack)
    said = refused(open_layer(parts), ZONE, scheduler=address)
    assert said.startswith("the dask worker at tcp://127.0.0.1:")
    assert said.endswith("lacks this program (No module named 'zones.counting.dask_tasks'); install it there as here")


def die(*_):
    os._exit(1)


def test_workers_that_die_again_and_again_are_one_sentence(parts, cluster, monkeypatch):
    monkeypatch.setattr(engine, "count_task", die)
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 0)
    said = refused(open_layer(parts), ZONE, scheduler=cluster.scheduler_address)
    assert "1 dask workers died while they counted it; give workers more memory" in said


def test_what_stops_the_work_leaves_nothing(city, address, tmp_path):
    home, zones = city

    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tabulate_dask(
            open_layer(home / "parts"), zones, scheduler=address, pairs_to=tmp_path / "p.parquet", progress=stop
        )
    assert list(tmp_path.iterdir()) == []
    with Client(address, set_as_default=False) as client:
        assert client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)) == 0


def test_a_cluster_that_does_not_answer(parts, monkeypatch):
    monkeypatch.setattr(engine, "CONNECT_S", 0.3)
    layer = open_layer(parts)
    assert refused(layer, ZONE, scheduler="tcp://127.0.0.1:9").startswith("no dask scheduler answers at tcp://127.0")
    assert refused(layer, ZONE, scheduler="tls://127.0.0.1:9").startswith("tls://127.0.0.1:9 needs certificates")
    assert refused(layer, ZONE, scheduler="nonsense://x").startswith("no dask scheduler answers at nonsense://x")


def test_a_cluster_without_workers(parts, monkeypatch):
    monkeypatch.setattr(engine, "WORKER_S", 0.3)
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as empty:
        said = refused(open_layer(parts), ZONE, scheduler=empty.scheduler_address)
    assert said.endswith("has no workers; start some with 'dask worker'")


def test_what_dask_does_not_take(parts, tmp_path):
    assert "dask takes GeoParquet" in refused(open_layer(write(tmp_path / "p.gpkg", SQUARES)), ZONE)
    (tmp_path / "there.parquet").mkdir()
    said = refused(open_layer(parts), ZONE, pairs_to=tmp_path / "there.parquet")
    assert "there.parquet: is there already" in said
    assert "has no field 'height'" in refused(open_layer(parts), ZONE, "height")


def command(city, *options):
    """Return the command line, and where it starts: a process that starts processes has to import this program."""
    home, zones = city
    zones.to_file(home / "zones.gpkg")
    arguments = ["tabulate", "--of", str(home / "parts"), "--zones", str(home / "zones.gpkg"), "--class", "use"]
    return [*arguments, "--engine", "dask", *options, "--format", "json"]


def test_the_command_starts_its_own_cluster_and_says_so(city, tmp_path):
    home, zones = city
    line = [sys.executable, "-m", "ui.commands.cli", *command(city, "--pairs", str(tmp_path / "pairs.parquet"))]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=True)
    local = tabulate(open_layer(home / "one.parquet"), zones, "use").table
    assert json.loads(done.stdout) == local.to_dict("records")
    said = done.stderr.splitlines()
    assert said[0] == "no --scheduler is given: a dask cluster is started on this machine"
    assert said[1].startswith(f"{home / 'parts'}: 3000 features in 12 parts, 0 repaired, 0 left out; area: plane of")
    assert len(said) == 2
    assert len(read_pairs(tmp_path / "pairs.parquet")) == local[["count_inside", "count_partly"]].to_numpy().sum()


def test_control_c_ends_with_one_sentence_and_leaves_nothing(city, tmp_path):
    script = (
        "import time, zones.counting.tabulate_dask as t\n"
        "whole = t.add_up\n"
        "def slowly(counted):\n"
        "    for each in counted:\n"
        "        print('started', flush=True), time.sleep(0.5)\n"
        "        yield each\n"
        "t.add_up = lambda counted, *more: whole(slowly(counted), *more)\n"
        "from ui.commands.cli import main\nmain()"
    )
    line = [sys.executable, "-c", script, *command(city, "--pairs", str(tmp_path / "pairs.parquet"))]
    surroundings = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=surroundings
    ) as process:
        assert process.stdout.readline() == "started\n"
        time.sleep(0.2)
        # As a terminal does: to the whole group, workers too.
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.splitlines()[1:] == [f"{city[0] / 'parts'}: stopped on request; nothing was written"]
    assert list(tmp_path.iterdir()) == []
