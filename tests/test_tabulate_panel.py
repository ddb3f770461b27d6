"""The page of counts as Streamlit runs it, without a browser: an imported layer from choice to answer."""

from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from tests.counting import CORE, PARK, write_layer
from tests.test_app import component, run
from tests.test_corridor_page import press
from tests.tiny import write_atlas
from ui import cache
from ui.counting import tabulate_job, tabulate_source
from ui.imports import own_layers
from ui.imports.own_layers import OwnLayer
from zones.atlas import DATA_VARIABLE
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    path = write_layer(tmp_path / "own.parquet")
    app = run("tabulate")
    app.session_state[own_layers.KEY] = (OwnLayer("我的地块", path, ("use",), 6),)
    app.session_state[tabulate_source.KEPT] = {f"tabulate-field-{path}-None": "use"}
    # Closed here, not left to the collector as a session does: that would warn.
    with TemporaryDirectory(dir=tmp_path) as folder:
        app.session_state[f"{own_layers.KEY}-folder"] = SimpleNamespace(name=folder)
        app.run()
        yield app.segmented_control(key="tabulate-way").set_value("from_own").run()


def start(app):
    app.button(key="tabulate-start").click().run()
    return app.session_state[tabulate_job.KEY]


def test_an_imported_layer_is_counted_by_zone_and_class(app):
    job = start(app)
    assert job.order.zones == (PARK, CORE, "tiny.corridor.line", "tiny.node.lost")
    assert job.order.selection == "all"
    job.future.result(timeout=120)
    app.run()
    assert not app.exception
    assert not app.error
    rows = [[cell["text"] for cell in row["cells"][:4]] for row in component(app, "web-table")["rows"]]
    # The park holds two R, and of the M a bow tie whole and a box by half; the core one R.
    assert rows == [
        ["铁仔山园区", "R", "2", "0"],
        ["铁仔山园区", "M", "1", "1"],
        ["石岩南片区", "R", "1", "0"],
    ]
    assert component(app, "web-class-map")["visible"] == [PARK]
    assert len(component(app, "web-class-map")["classes"]["shapes"]["features"]) == 4
    titles = [title.value for title in app.subheader]
    assert titles[0] == r"我的地块 · 分类字段：use · 3 个区（另有 1 个没有面，未参加）"


def test_the_table_has_a_receipt_that_verifies_and_goes_stale_with_its_layer(app, tmp_path):
    start(app).future.result(timeout=120)
    app.run()
    assert any("data-receipt='table'" in each.proto.body for each in app.get("html"))
    slip = press(app, "table")
    held = tmp_path / "table.json"
    held.write_text(slip["json"], "utf-8")
    (receipt,) = read_receipts(held).receipts
    assert {row[:4] for row in receipt.table.rows} == {(PARK, "R", 2, 0), (PARK, "M", 1, 1), (CORE, "R", 1, 0)}
    path = tmp_path / "own.parquet"
    files = {"我的地块.parquet": path}
    assert verify(cache.atlas(), [receipt], files=files).holds
    write_layer(path, count=5)
    assert not verify(cache.atlas(), [receipt], files=files).holds
    # What was counted is no longer what lies there: no new receipt for old figures.
    assert press(app, "table") is None


def test_what_goes_wrong_is_told_under_the_layers_own_name(app, tmp_path):
    path = tmp_path / "own.parquet"
    job = start(app)
    job.future.result(timeout=120)
    path.write_bytes(b"PAR1 cut off")
    app.run()
    assert app.error
    assert all(each.value.startswith("我的地块：文件损坏或不完整，未作统计；请重新获取") for each in app.error)
    assert not app.exception
