"""The page of raster statistics as Streamlit runs it, without a browser: from a path on this machine to the answer."""

import base64
import io
import json
import time
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import numpy as np
import pytest
from openpyxl import load_workbook
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine
from typer.testing import CliRunner

from tests.rasters import write
from tests.test_app import component, run
from tests.test_file_mark import swapped
from tests.tiny import write_atlas
from ui.commands.cli import app as command
from ui.imports import own_layers
from ui.imports.sending import Source
from ui.plans.current_values import Sent
from ui.rasters import raster_job, raster_names, raster_source
from zones import read_atlas
from zones.atlas import DATA_VARIABLE
from zones.errors import InputError
from zones.measure import lonlat_area


@pytest.fixture
def atlas(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    return read_atlas(base=False)


@pytest.fixture
def app(atlas, tmp_path):  # noqa: ARG001 (sets the data folder)
    app = run("raster")
    # Closed here, not left to the collector as a session does: that would warn.
    with TemporaryDirectory(dir=tmp_path) as folder:
        app.session_state[f"{own_layers.KEY}-folder"] = SimpleNamespace(name=folder)
        yield app


def over(atlas, path, cells=40, **about):
    """Write classes 1 and 2 over the located zones, north half and south half."""
    west, south, east, north = atlas.zones.geometry.dropna().total_bounds
    step = max(east - west, north - south) * 1.1 / cells
    values = np.ones((cells, cells), "uint8")
    values[cells // 2 :] = 2
    return write(path, values, Affine(step, 0, west - step, 0, -step, north + step), about.pop("crs", "EPSG:4490"))


def opened(app, path):
    app.session_state[raster_source.BOX.taken] = Source("人口.tif", path)
    return app.run()


def test_facts_follow_the_raster_and_the_files_beside_it(tmp_path, monkeypatch):
    """The same size and time do not make it the same raster; a world file added later says where it lies."""
    monkeypatch.setattr(raster_job.st, "session_state", {})
    there = write(tmp_path / "a.tif", np.full((4, 4), 7, "uint8"), Affine(100, 0, 500_000, 0, -100, 2_500_000))
    other = write(tmp_path / "b.tif", np.full((4, 4), 9, "uint8"), Affine(100, 0, 500_000, 0, -100, 2_500_000))
    order = raster_job.Order("a.tif", there, 1, None, None)
    assert (known := raster_job.known(order)).facts["low"] == 7
    assert raster_job.known(order) is known
    swapped(there, other.read_bytes())
    assert raster_job.known(order).facts["low"] == 9
    with pytest.warns(NotGeoreferencedWarning):
        bare = write(tmp_path / "c.tif", np.full((4, 4), 7, "uint8"), None)
    order = raster_job.Order("c.tif", bare, 1, "EPSG:4547", None)
    before = raster_job.known(order)
    # Cell of 100 m; the middle of the first cell.
    bare.with_suffix(".tfw").write_text("100\n0\n0\n-100\n500050\n2499950\n")
    assert before != (after := raster_job.known(order))
    assert after.facts["cell"] == [100, 100]


def computed(app):
    app.button(key="raster-start").click().run()
    job = app.session_state[raster_job.KEY]
    until = time.monotonic() + 60
    while raster_job.busy(job) and time.monotonic() < until:
        time.sleep(0.05)
    app.run()
    return job


def test_a_raster_from_choice_to_answer(app, atlas, tmp_path):
    opened(app, over(atlas, tmp_path / "a.tif"))
    assert not app.error
    app.checkbox(key="raster-classes").check().run()
    job = computed(app)
    assert job.fault is None
    assert not app.exception
    assert not app.error
    table = component(app, "web-table")
    park = next(row for row in table["rows"] if row["cells"][0]["text"] == "铁仔山园区")
    least, most = park["cells"][3]["sort"], park["cells"][4]["sort"]
    assert 1 <= least <= most <= 2
    row = next(each for each in job.answer["rows"] if each["id"] == "tiny.park.whole")
    shape = atlas.zones.geometry["tiny.park.whole"]
    # All of the park lies in the raster: its ground is the park's own area, but for one cell's change of scale.
    assert row["area_m2"] == pytest.approx(float(lonlat_area([shape])[0]), rel=1e-5)
    assert sum(each["share"] for each in job.answer["classes"] if each["zone_id"] == row["id"]) == pytest.approx(1)
    shown = component(app, "web-zonal-map")
    assert len(shown["classes"]["shapes"]["features"]) == len(job.answer["rows"])
    assert base64.b64decode(shown["raster"]["url"].partition(",")[2]).startswith(b"\x89PNG")
    assert "<svg" in component(app, "web-histogram")["svg"]


def test_files_and_receipt(app, atlas, tmp_path):
    opened(app, over(atlas, tmp_path / "a.tif"))
    job = computed(app)
    book = load_workbook(io.BytesIO(raster_job.file_of(job, "zh.xlsx")))
    assert book.sheetnames == ["栅格统计", "方法与来源"]
    assert raster_job.file_of(job, "en.csv").startswith(b"\xef\xbb\xbfZone id,Name")
    (receipt,) = json.loads(raster_job.receipt_of(job))["receipts"]
    assert receipt["kind"] == "zonal"


def test_a_raster_without_a_crs_asks_for_it(app, atlas, tmp_path):
    opened(app, over(atlas, tmp_path / "a.tif", crs=None))
    assert app.error[0].value.replace("\\", "").startswith("人口.tif：没有说明坐标系")
    app.text_input(key="raster-crs").input("EPSG:4490").run()
    assert not app.error
    assert app.button(key="raster-start")


def test_what_is_no_raster_is_told(app, tmp_path):
    path = tmp_path / "a.tif"
    path.write_text("<VRTDataset/>")
    opened(app, path)
    assert app.error[0].value.replace("\\", "") == "人口.tif：内容不是 TIFF；请将栅格另存为 GeoTIFF"


def test_only_full_paths_of_tiffs_are_taken(tmp_path):
    path = tmp_path / "a.tif"
    path.write_bytes(b"")
    assert raster_source.local(f'"{path}"') == path
    for text, fault in (
        ("a.tif", "give the full path"),
        ("//host/a.tif", "lies on another machine"),
        (str(tmp_path / "a.vrt"), "this kind of file is not taken"),
        (str(tmp_path / "b.tif"), "no such file"),
    ):
        with pytest.raises(InputError, match=fault):
            raster_source.local(text)


def test_names_and_bracket_are_those_of_the_command(app, atlas, tmp_path):
    """The table and the tick of the page stand for `--class-names` and `--bracket`."""
    path, table = over(atlas, tmp_path / "a.tif"), tmp_path / "names.csv"
    table.write_text("value,name\n1,林地\n", "utf-8")
    opened(app, path)
    app.checkbox(key="raster-classes").check().run()
    names = raster_names.taken(Sent("names.csv", table.stat().st_size, table.read_bytes()), tmp_path, "zh")
    assert names.names == ((1, "林地"),)
    app.session_state[raster_names.TAKEN] = names
    app.checkbox(key="raster-bracket").check().run()
    job = computed(app)
    assert not app.exception
    assert not app.error
    told = ["zonal", str(path), "--stats", "mean,sum", "--classes", "--class-names", str(table), "--bracket"]
    result = CliRunner().invoke(command, [*told, "--format", "json"])
    assert result.exit_code == 0, result.output
    by_id = {row["id"]: row for row in json.loads(result.stdout)}
    for row in job.answer["rows"]:
        for name in ("mean", "sum", "sum_grown", "sum_shrunk", "mean_grown"):
            assert row[name] == by_id[row["id"]][name]
    assert {row["name"] for row in job.answer["classes"] if row["value"] == 1} == {"林地"}
    heads = [column["title"] for column in component(app, "web-table")["columns"]]
    assert "合计（边外扩）" in heads


def test_a_table_without_names_is_told(tmp_path):
    fault = raster_names.taken(Sent("类.csv", 3, b"a\nb"), tmp_path, "zh").fault
    assert fault == "类.csv: needs two columns, value and name, in every row; add them"
