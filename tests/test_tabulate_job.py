"""The job behind the page of counts: the command's own answer, a stop that leaves nothing, an end with its holder."""

import gc
import threading

import pytest

from tests.counting import write_layer
from tests.tiny import write_atlas
from ui.commands.tabulating import tabulated
from ui.counting import tabulate_job
from ui.counting.tabulate_job import Job, Order, Stopped
from zones import load
from zones.atlas import DATA_VARIABLE
from zones.counting.parcel_stream import read_batches
from zones.errors import InputError
from zones.select import select


@pytest.fixture
def order(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    path = write_layer(tmp_path / "p.parquet")
    return Order("地块.parquet", path, None, "use", tuple(load().index), "all")


def launch(order, folder):
    folder.mkdir(exist_ok=True)
    return tabulate_job.launch(order, select(load(), order.selection), folder)


def test_page_and_command_agree_to_the_last_digit(order, tmp_path):
    job = launch(order, tmp_path / "own")
    outcome = job.future.result(timeout=120)
    rows, _ = tabulated(order.path, "use", "all", layer=None, pairs_to=None)
    table = outcome.found.table
    assert list(table["area_m2"]) == [row["area_m2"] for row in rows]
    assert list(table["zone_id"]) == [row["zone_id"] for row in rows]
    assert list(table["count_inside"]) == [row["count_inside"] for row in rows]
    assert outcome.tally == (3, 1, 1, 1)
    assert list(outcome.hashes) == ["p.parquet"]
    assert [each.name for each in (tmp_path / "own").iterdir()] == [outcome.pairs.name]


def held_back(monkeypatch):
    """Make the reader wait before its first batch; return the signal to go on, and the one that it waits."""
    go_on, waits = threading.Event(), threading.Event()

    def waiting(*given):
        waits.set()
        assert go_on.wait(60)
        yield from read_batches(*given)

    monkeypatch.setattr("zones.counting.tabulate.read_batches", waiting)
    return go_on, waits


def test_a_stop_leaves_nothing_behind(order, tmp_path, monkeypatch):
    go_on, waits = held_back(monkeypatch)
    job = launch(order, tmp_path / "own")
    assert waits.wait(120)
    assert tabulate_job.is_running(job)
    tabulate_job.forget(job)
    go_on.set()
    with pytest.raises(Stopped):
        job.future.result(timeout=60)
    assert list((tmp_path / "own").iterdir()) == []


def test_the_work_ends_when_nobody_holds_the_job(order, tmp_path, monkeypatch):
    go_on, waits = held_back(monkeypatch)
    job = launch(order, tmp_path / "own")
    assert waits.wait(120)
    stop, future = job.stop, job.future
    del job
    gc.collect()
    assert stop.is_set()
    go_on.set()
    assert isinstance(future.exception(timeout=60), Stopped)


def test_the_work_ends_when_no_browser_shows_it_any_more(order, tmp_path, monkeypatch):
    monkeypatch.setattr(tabulate_job, "PATIENCE_S", -1.0)
    (tmp_path / "own").mkdir()
    job = tabulate_job.launch(order, load(), tmp_path / "own", lambda: False)
    assert isinstance(job.future.exception(timeout=60), Stopped)


def test_a_forgotten_answer_takes_its_pair_table_along(order, tmp_path):
    job = launch(order, tmp_path / "own")
    assert job.future.result(timeout=120).pairs.exists()
    tabulate_job.forget(job)
    assert list((tmp_path / "own").iterdir()) == []


def test_an_error_comes_as_its_sentence_under_the_name_people_know(order, tmp_path):
    order.path.write_bytes(order.path.read_bytes()[:-9])
    job = launch(order, tmp_path / "own")
    error = job.future.exception(timeout=120)
    assert isinstance(error, InputError)
    told = tabulate_job.sentence(error, order)
    assert told.startswith("地块.parquet: damaged or cut off")
    assert str(tmp_path) not in told


def test_no_job_is_not_running():
    assert not tabulate_job.is_running(None)
    done = Job(None)
    done.future.set_result(None)
    assert not tabulate_job.is_running(done)
