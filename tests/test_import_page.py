"""The import page as Streamlit runs it, and its words: every sentence of an import is said in Chinese too."""

import json
import re
import time
from dataclasses import replace
from types import SimpleNamespace

import geopandas
import pytest
from streamlit.testing.v1 import AppTest

from tests.shapes import BAOAN, PINGSHAN
from tests.test_app import ROOT, component
from tests.tiny import collection, feature, polygon
from ui import receipt_view
from ui.imports import import_job, import_view, own_layers
from ui.sentences.sentences import translate
from ui.words.words_import import KINDS
from zones.intake.bring_in import Told
from zones.workspace.workspace_place import WORKSPACE_VARIABLE

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def page(tmp_path):
    (tmp_path / "own").mkdir()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[f"{own_layers.KEY}-folder"] = SimpleNamespace(name=str(tmp_path / "own"))
    return app.run().switch_page("ui/pages/import_page.py").run()


def chosen(app, *files):
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files]).run()
    until = time.monotonic() + 40
    while app.session_state[import_job.KEY].child is not None and time.monotonic() < until:
        time.sleep(0.2)
        app.run()
    return app


def two_features():
    lost = feature("lost", None)
    good = feature("<img src=x onerror=alert(1)>", polygon(113.85, 22.70, 113.86, 22.71))
    return collection([good, lost]).encode()


def test_a_file_is_reported_on_accepted_and_removed(tmp_path):
    app = chosen(page(tmp_path), ("<b>园区.geojson", two_features()))
    facts = component(app, "web-import-facts")
    assert facts["rows"][0]["cells"][0]["text"] == "坐标系"
    assert facts["rows"][0]["cells"][1]["text"].startswith("EPSG:4490")
    dropped = component(app, "web-import-dropped")["rows"]
    assert [[cell["text"] for cell in row["cells"]] for row in dropped] == [["没有图形", "2"]]
    told = component(app, "web-layer-map")
    assert told["box"] == [[22.70, 113.85], [22.71, 113.86]]
    assert len(told["extra"]["features"]) == 1
    app.button(key="import-accept").click().run()
    [layer] = app.session_state["own-layers"]
    assert (layer.name, layer.features) == ("<b>园区", 1)
    assert len(geopandas.read_parquet(layer.path)) == 1
    listed = [each for each in app.get("html") if "z-own" in each.proto.body]
    assert "&lt;b&gt;园区" in listed[0].proto.body
    assert import_job.KEY not in app.session_state
    app.button(key=f"own-remove-{layer.path.stem}").click().run()
    assert app.session_state["own-layers"] == ()
    assert not layer.path.exists()
    assert not app.exception


def test_a_file_comes_in_at_the_desk_too(tmp_path, monkeypatch):
    """The desk has a slip for receipts of its own; a second one on the page would stop it."""
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "none.gpkg"))
    app = page(tmp_path)
    app.session_state["desk-bench"] = "official"
    app = chosen(app.switch_page("ui/pages/desk_page.py").run(), ("红线.geojson", two_features()))
    assert not app.exception
    assert component(app, "web-import-facts")["rows"]
    app.session_state["web-receipt"] = {"asked": {"key": "layer", "turn": 1}}
    app.session_state[receipt_view.ASKED] = ({"key": "layer", "turn": 1}, time.monotonic())
    held = component(app.run(), "web-receipt")["slip"]["json"]
    assert json.loads(held)["receipts"][0]["files"][0]["path"] == "红线.parquet"


def test_a_question_is_answered(tmp_path):
    path = tmp_path / "x.shp"
    geopandas.GeoDataFrame({"a": [1, 2]}, geometry=[BAOAN, PINGSHAN], crs=4490).to_crs(32650).to_file(path)
    files = [(f"地块.{suffix}", path.with_suffix(f".{suffix}").read_bytes()) for suffix in ("shp", "dbf", "shx")]
    app = chosen(page(tmp_path), *files)
    asked = app.session_state[import_job.KEY].question
    assert (asked.about, asked.choices) == ("crs", ("EPSG:4548", "EPSG:32650"))
    job = app.session_state[import_job.KEY]
    assert job.name == "地块.shp"
    assert translate(str(asked), "zh").startswith("地块.shp：没有说明坐标系")
    assert app.radio[0].options == ["EPSG:4548 · CGCS2000 高斯，中央经线 117°", "EPSG:32650 · UTM 50N"]
    app.radio[0].set_value("EPSG:32650")
    next(each for each in app.button if each.label == "继续").click().run()
    until = time.monotonic() + 40
    while app.session_state[import_job.KEY].child is not None and time.monotonic() < until:
        time.sleep(0.2)
        app.run()
    report = app.session_state[import_job.KEY].report
    assert (report["crs"], report["how"], report["kept"]) == ("EPSG:32650", "told", 2)


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("a.geojson", b"<OGRVRTDataSource/>")], "不能按 GeoJSON 读取：内容是"),
        ([("a.dbf", b"x"), ("a.prj", b"y")], "没有可以读取的图层"),
        ([("a.geojson", b"{}"), ("b.geojson", b"{}")], "一次只导入一个图层"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, files, sentence):
    app = page(tmp_path)
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files]).run()
    assert sentence in app.error[0].value.replace("\\", "")
    assert not app.exception


def test_every_kind_has_chinese():
    assert all(CHINESE.search(zh) and not CHINESE.search(en) for zh, en in KINDS.values())


def test_files_of_a_job_go_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr(import_job.own_layers, "folder", lambda: tmp_path)
    monkeypatch.setattr(import_job.st, "session_state", {})
    monkeypatch.setattr(import_job, "run", lambda job, told: setattr(job, "told", replace(told, crs="x")))
    job = import_job.begin(("1",), [("../../坏 名<b>.shp", b"\x00\x00\x27\x0a"), ("other.DBF", b"d")])
    assert sorted(each.name for each in job.file.parent.iterdir()) == ["坏_名_b_.dbf", "坏_名_b_.shp"]
    assert job.file.parent.parent == tmp_path
    assert job.told == Told(crs="x")
    import_job.drop()
    assert list(tmp_path.iterdir()) == []


def test_the_browser_is_told_json():
    report = {"how": "range", "how_known": "by range", "crs": "EPSG:4547", "swapped": True, "datum": "wgs84",
              "encoding": "gb18030", "encoding_known": ".cpg file", "issues": [], "dropped": [],
              "proof": {"features": 2, "texts": 4, "area_m2": 1.0}}  # fmt: skip
    told = import_view.facts(report, "zh")
    json.dumps(told)
    assert told["rows"][0]["cells"][2]["text"].endswith("；北坐标在前，已对调")
    assert not CHINESE.search(json.dumps(import_view.facts(report, "en"), ensure_ascii=False))
