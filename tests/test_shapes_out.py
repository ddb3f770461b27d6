"""The menu of shapes: each format it offers can be made and read back."""

import pytest

from layers.exports.exports import WRITERS
from tests.tiny import write_atlas
from ui import shapes_out
from ui.words.i18n import t
from zones import read_atlas
from zones.proof.receipt_files import read_receipts


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "shp.zip", "parquet"])
def test_what_the_menu_hands_over_holds_its_receipts(monkeypatch, tmp_path, ending):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    monkeypatch.setattr(shapes_out.cache, "atlas", lambda: atlas)
    path = tmp_path / f"taken.{ending}"
    path.write_bytes(shapes_out._made(tuple(atlas.zones.index), ending))
    assert {receipt.zones[0].zone_id for receipt in read_receipts(path).receipts} == {
        "tiny.park.whole", "tiny.core.part", "tiny.corridor.line",
    }  # fmt: skip


def test_the_menu_offers_each_format_of_shapes_with_a_note():
    assert {f".{ending}" for ending in shapes_out.FORMATS} == set(WRITERS) - {".csv", ".xlsx"}
    for ending in shapes_out.FORMATS:
        key = f"shapes_{ending.split('.')[0]}"
        assert t(key, "zh") and t(f"{key}_note", "en")
