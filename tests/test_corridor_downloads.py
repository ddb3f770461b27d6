"""Buttons of the corridor page: one for each file, each the file the command writes."""

import io

import openpyxl
from shapely import box

from layers.corridors.corridor_workbook import corridor_workbook
from tests.corridor_cases import atlas, counted, shipped
from tests.shapes import frame
from tests.test_app import run
from ui import cache
from ui.corridors import corridor_downloads, corridor_receipts
from ui.corridors.corridor_data import Asked
from ui.imports.own_layers import OwnLayer
from zones.corridors.corridor import corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.covers import layer_covers
from zones.features import features_of
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify


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


def test_workbook_under_an_own_layer_names_a_receipt_in_every_row(monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "atlas", atlas)
    path, book = tmp_path / "in.parquet", tmp_path / "book.xlsx"

    def write(nudge=0.0):
        shapes = [
            box(113.86, 22.70, 113.88 + nudge, 22.75),
            box(113.88, 22.76, 113.9, 22.78),
            box(114, 22.5, 114.01, 22.51),
        ]
        frame(shapes, use=["甲", "乙", "乙"]).drop(columns="error_m").to_parquet(path, index=False)

    write()
    layer = OwnLayer("blocks", path, ("use",), 3)
    made = corridor(atlas(), "baoan.corridor.nanguang")
    cells = cut(made, layer_covers(features_of(path), "blocks", "use"), (250.0, 500.0, 1000.0))
    asked = Asked((made.corridor_id,), "drawn", layer="blocks", field="use")
    book.write_bytes(corridor_downloads.file(asked, cells, 1, "xlsx", "zh", layer))
    receipts = {each.id: each for each in read_receipts(book).receipts}
    sheets = openpyxl.load_workbook(book, data_only=True)
    named = {"宽度曲线": "整行凭证", "里程": "凭证", "未覆盖地块": "凭证", "行政区": "凭证"}
    kinds = {"宽度曲线": "curve", "里程": "lanes", "未覆盖地块": "pieces", "行政区": "crossed"}
    for name, head in named.items():
        heads = [cell.value for cell in sheets[name][1]]
        ids = [row[heads.index(head)] for row in sheets[name].iter_rows(min_row=2, values_only=True)]
        # The last row of a table with a sum or a rest is made of the others.
        ids = ids[:-1] if name in ("未覆盖地块", "行政区") else ids
        assert ids, name
        assert {receipts[each].kind for each in ids} == {kinds[name]}, name
    files = {"blocks.parquet": path}
    assert verify(atlas(), list(receipts.values()), files=files).holds
    write(0.01 / 102_000)
    stale = {each.id for each in verify(atlas(), list(receipts.values()), files=files).stale}
    first = {each.id for each in receipts.values() if "1" in {source.zone_id for source in each.zones}}
    assert stale == first
    assert {"curve", "pieces", "lanes", "covered"} <= {receipts[each].kind for each in stale}
    assert {"axis", "crossed", "side", "corridor"}.isdisjoint(receipts[each].kind for each in stale)


def test_the_own_layer_is_looked_up_while_the_page_is_made(monkeypatch, tmp_path):
    """A button's file is made outside the session, where no layer can be found any more."""
    made, asked_of = [], []
    layer = OwnLayer("blocks", tmp_path / "in.parquet", ("use",), 3)
    monkeypatch.setattr(corridor_receipts.own_layers, "layers", lambda: (layer,))
    monkeypatch.setattr(corridor_downloads.st, "download_button", lambda _label, data, *_a, **_k: made.append(data))
    monkeypatch.setattr(corridor_downloads, "own_issued", lambda held, *_a: asked_of.append(held) or ())
    held = counted()
    asked = Asked((held.found.corridor.corridor_id,), "drawn", layer="blocks")
    corridor_downloads.downloads(asked, held.cells, held.place, held.found, "zh")
    monkeypatch.setattr(corridor_receipts.own_layers, "layers", lambda: ())
    monkeypatch.setattr(cache, "atlas", atlas)
    made[0]()
    assert asked_of == [layer]
