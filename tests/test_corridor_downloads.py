"""Buttons of the corridor page: one for each file, each the file the command writes."""

import io

import openpyxl

from layers.corridors.corridor_workbook import corridor_workbook
from tests.corridor_cases import atlas, shipped
from tests.test_app import run
from ui import cache
from ui.corridors import corridor_downloads
from ui.corridors.corridor_data import Asked


def test_page_offers_each_file():
    app = run("corridor")
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels == ["下载工作簿（公式）", "下载图形（GeoPackage）", "下载图纸（PDF）"]


def test_button_gives_the_file_of_the_command(monkeypatch):
    monkeypatch.setattr(cache, "atlas", atlas)
    held = shipped()
    asked = Asked((held.found.corridor.corridor_id,), "drawn", tuple(atlas().zones.index))
    assert corridor_downloads.file(asked, held.cells, held.place, "xlsx", "zh") == corridor_workbook(held)
    package = corridor_downloads.file(asked, held.cells, held.place, "gpkg", "zh")
    assert package.startswith(b"SQLite format 3")


def test_own_layer_is_named(monkeypatch):
    monkeypatch.setattr(cache, "atlas", atlas)
    held = shipped()
    asked = Asked((held.found.corridor.corridor_id,), "drawn", layer="blocks")
    content = corridor_downloads.file(asked, held.cells, held.place, "xlsx", "en")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Summary"]
    assert "blocks" in sheet["I2"].value
