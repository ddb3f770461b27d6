"""Slides, report and web page of a page: internal unless public, and a public one waits for number or sign-off."""

import io
from pathlib import Path

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from layers.sheets.map_check import NotClearedError
from layers.sheets.map_use import MapUse
from tests.tiny import write_atlas
from ui import takeaway
from zones import read_atlas
from zones.proof.passport import record_in

ROOT = Path(__file__).resolve().parent.parent
NUMBER = "粤S（2026）012号"


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONES_DATA", str(write_atlas(tmp_path / "data")))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = "zh"
    app.run()
    return app.switch_page("ui/pages/area_page.py").run()


def held_back(app):
    """Return which of the three files are held back."""
    labels = {"下载 PPT": "pptx", "下载报告": "docx", "下载网页 HTML": "html"}
    buttons = {each.proto.label: each.proto.disabled for each in app.get("download_button")}
    return {form for label, form in labels.items() if buttons[label]}


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def test_public_files_wait_for_a_number_or_a_name(page):
    assert held_back(page) == set()
    assert "公开前检查" not in html(page)
    page.button_group(key="use-area").set_value("public").run()
    assert held_back(page) == {"pptx", "docx", "html"}
    assert "图上没有审图号。" in html(page)
    assert "见于：幻灯片、报告、网页。" in html(page)
    page.text_input(key="review-area").set_value(NUMBER).run()
    assert held_back(page) == set()
    page.text_input(key="review-area").set_value("").run()
    page.text_input(key="sign-name").set_value("王某")
    page.text_input(key="sign-reason").set_value("征求意见")
    page.text_input(key="sign-day").set_value("2026-11-21")
    next(each for each in page.button if each.label == "签批").click().run()
    assert held_back(page) == set()
    assert "王某 于 2026-11-21 签批公开" in page.info[0].value
    # Another number is another set of files: the sign-off was not for them.
    page.text_input(key="review-area").set_value("粤 12").run()
    assert held_back(page) == {"pptx", "docx", "html"}
    page.button_group(key="use-area").set_value("internal").run()
    assert held_back(page) == set()
    assert not page.exception


def test_a_public_file_carries_its_number_and_a_stopped_one_is_not_made(tmp_path, monkeypatch):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    monkeypatch.setattr(takeaway.cache, "atlas", lambda: atlas)
    ids = tuple(atlas.zones.index)
    made = takeaway._file("pptx", ids, "area", "zh", MapUse("public", NUMBER))
    texts = [shape.text_frame.text for slide in Presentation(io.BytesIO(made)).slides for shape in slide.shapes
             if shape.has_text_frame]  # fmt: skip
    assert any(NUMBER in text for text in texts)
    assert record_in(made, ".pptx", "it")["map_use"]["use"] == "public"
    internal = takeaway._file("html", ids, "area", "zh", None)
    assert record_in(internal, ".html", "it")["map_use"]["use"] == "internal"
    with pytest.raises(NotClearedError):
        takeaway._file("docx", ids, "area", "zh", MapUse("public"))
