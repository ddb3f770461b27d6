"""The page that makes sheets and atlases: choices reach the sheet, faults are sentences, files are what was shown."""

import base64
import io
import re

import pypdf
import pytest

from layers.sheets.sheet_plan import Order
from tests.counting import write_layer
from tests.lean import with_lean_fonts
from tests.test_app import component, run
from ui.imports import own_layers
from ui.imports.own_layers import OwnLayer
from ui.plans.current_values import received
from ui.sheets import atlas_maker, sheet_controls, sheet_preview
from zones import read_atlas

ZONE = "baoan.core.tiezaishan"


@pytest.fixture(scope="module")
def page():
    """Return the page with one zone chosen, which is quick to draw."""
    app = run("sheet", zone=ZONE)
    return app.selectbox(key="sheet_zones-zh").set_value(ZONE).run()


def picture(app):
    """Return the alternative text of the preview, once its picture is known to be one."""
    alt, data = _shown(app)
    assert data.startswith(b"\x89PNG")
    return alt


def picture_bytes(app):
    """Return the picture of the preview."""
    return _shown(app)[1]


def _shown(app):
    found = [re.search(r"alt='([^']*)' src='data:image/png;base64,([^']+)'", each.value) for each in app.get("html")]
    alt, data = next(each.groups() for each in found if each)
    return alt, base64.b64decode(data)


def test_a_sheet_of_the_chosen_zone_is_shown(page):
    assert not page.exception
    scale = re.fullmatch("图纸预览：铁仔山片区分布图，(1:[0-9 ]+)", picture(page))[1]
    assert any(each.value.startswith(f"A3 · {scale} · 1 个区，1 个注名 · 凭证 ") for each in page.caption)


def test_choices_reach_the_sheet(page):
    page.selectbox(key="template_of-zh").set_value("slide").run()
    assert page.selectbox(key="look-slide-zh").value == "dark"
    page.selectbox(key="scale_of-zh").set_value(100_000)
    page.text_input(key="sheet-title-zh").set_value("我的 <图>").run()
    assert picture(page) == "图纸预览：我的 &lt;图&gt;，1:100 000"
    page.selectbox(key="scale_of-zh").set_value(5000).run()
    assert "纸上放不下各区；请用 1:" in page.error[0].value.replace("\\", "")
    page.selectbox(key="scale_of-zh").set_value(0)
    page.text_input(key="sheet-title-zh").set_value("\U0001f680").run()
    assert "U+1F680" in page.error[0].value.replace("\\", "")
    page.text_input(key="sheet-title-zh").set_value("").run()
    assert not page.error


def test_the_file_is_the_sheet_that_is_shown():
    content = sheet_preview.file((ZONE,), Order("甲图", number="7-1"), "pdf")
    text = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "甲图" in text
    assert "7-1" in text


def test_a_title_makes_a_file_name_on_any_system():
    assert sheet_preview.file_name('深圳: 一/二\\三?"*<>|.') == "深圳_ 一_二_三______"
    assert sheet_preview.file_name("..") == "sheet"


def test_the_box_for_a_wind_rose_takes_small_toml_files(page):
    told = component(page, "web-rose")
    assert told["accept"] == ".toml"
    assert told["most"] == sheet_controls.MOST_BYTES
    assert received({"name": "a.toml", "size": 3, "base64": base64.b64encode(b"a=1").decode()}).content == b"a=1"


def test_an_atlas_is_made_and_can_be_taken_away(monkeypatch, tmp_path):
    monkeypatch.setenv("ZONES_CACHE", str(with_lean_fonts(tmp_path / "kept")))
    app = run("sheet", zone=ZONE)
    app.segmented_control[0].set_value("one_atlas").run()
    app.selectbox(key="atlas_zones-zh").set_value(ZONE)
    app.selectbox(key="atlas-size").set_value("A4").run()
    assert atlas_maker.MADE not in app.session_state
    app.button(key="make-atlas").click().run()
    assert not app.exception
    assert app.success[0].value == "图册已备好：4 页，重画 1 页，沿用 0 页。"
    made = app.session_state[atlas_maker.MADE]
    assert len(pypdf.PdfReader(made["path"]).pages) == 4
    assert read_atlas().zones.at[ZONE, "name_zh"] in picture(app)
    app.session_state["own-layers-folder"].cleanup()


def test_a_layer_brought_along_is_drawn_over_the_zones(tmp_path):
    page = run("sheet", zone=ZONE)
    page.selectbox(key="sheet_zones-zh").set_value(ZONE).run()
    assert any("还没有自有图层" in each.value for each in page.caption)
    path = write_layer(tmp_path / "own.parquet", count=5)
    page.session_state[own_layers.KEY] = (OwnLayer("我的地块", path, ("use",), 5),)
    page.run()
    before = picture_bytes(page)
    page.selectbox(key="own-over-zh").set_value("我的地块").run()
    page.selectbox(key="own-over-field-我的地块-zh").set_value("use").run()
    assert not page.exception
    assert picture_bytes(page) != before
    page.button_group(key="use-sheet").set_value("public").run()
    told = "".join(each.value for each in page.get("html"))
    assert "图层“我的地块”的许可是“无”" in told
    page.text_input(key="own-over-licence-我的地块").set_value("CC-BY-4.0").run()
    told = "".join(each.value for each in page.get("html"))
    assert "图层“我的地块”的许可" not in told
    assert "图层“我的地块”的来源或日期" in told
