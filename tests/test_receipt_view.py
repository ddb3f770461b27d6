"""Receipts on the screen: the same as the command's, told in words of both languages."""

import json
import re

import pytest

from layers.tables.receipt_page import KINDS
from tests.tiny import write_atlas
from ui import cache, overlap_view, receipt_view
from ui.area_table import table
from ui.card import card
from ui.words import words_receipts
from zones import read_atlas
from zones.atlas import DATA_VARIABLE
from zones.measure import measure
from zones.overlap import drop_slivers, faces, pairs, totals
from zones.proof.causes import SENTENCES
from zones.proof.receipt_kinds import METHODS
from zones.proof.receipts import area_receipts, overlap_receipts, totals_receipts
from zones.units import format_length


@pytest.fixture
def tiny(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    monkeypatch.setattr(cache.static_files, "ensure", lambda: None)
    return read_atlas(base=False)


def marks(told):
    """Return the keys of all marks that the browser draws in a table."""
    cells = [
        (row, cell, column) for row in told["rows"] for cell, column in zip(row["cells"], told["columns"], strict=True)
    ]
    return [
        f"{column['receipt']} {row['receipt']}"
        for row, cell, column in cells
        if column.get("receipt") and cell.get("sort", 0) is not None
    ]


def test_every_mark_of_the_area_table_opens_the_receipt_of_its_figure(tiny):
    ids = tuple(tiny.zones.index)
    keys = marks(table(tiny, measure(tiny.zones), ids, "km2", "zh"))
    opened = [receipt_view.of_zone(key) for key in keys]
    wanted = {each.id for each in area_receipts(tiny, tiny.zones) if each.kind != "perimeter"}
    assert {receipt.id for receipt in opened} == wanted
    for key, receipt in zip(keys, opened, strict=True):
        assert key == f"{receipt.method.partition('/')[0]} {receipt.zones[0].zone_id}"


def test_every_mark_of_the_card_opens_the_command_s_receipt(tiny):
    issued = {each.id for each in area_receipts(tiny, tiny.zones)}
    told = card(tiny, "tiny.park.whole", "zh")
    opened = {name: receipt_view.of_zone(key) for name, key in told["receipts"].items()}
    assert {name: receipt.kind for name, receipt in opened.items()} == {
        "area": "area", "perimeter": "perimeter", "difference": "difference"
    }  # fmt: skip
    assert {receipt.id for receipt in opened.values()} <= issued
    assert card(tiny, "tiny.node.lost", "zh")["receipts"] == {}


def test_every_mark_of_the_overlap_page_opens_a_receipt(tiny):
    ids = tuple(reversed(tiny.zones.index))
    found = cache.pairs(ids, None)
    keyed = overlap_view.keyed(cache.overlap_receipts(ids, None))
    pages = overlap_view.figures(cache.totals(ids, None), "km2", "zh") + overlap_view.k_table(
        cache.totals(ids, None), "km2", "zh"
    )
    keys = marks(overlap_view.pair_table(tiny, found, "km2", "zh")) + re.findall("data-receipt='(.*?)'", pages)
    assert set(keys) == set(keyed)
    # The command takes zones in the order of the atlas: so does the page, in whichever order they were picked.
    kept, _ = drop_slivers(pairs(tiny.zones), 0.0)
    issued = overlap_receipts(tiny, tiny.zones, None, kept) + totals_receipts(
        tiny, tiny.zones, totals(faces(tiny.zones))
    )
    assert [each.id for each in keyed.values()] == [each.id for each in issued]


def test_an_unknown_key_opens_nothing(tiny):
    assert receipt_view.of_zone("ellipsoid no.such.zone") is None
    assert receipt_view.of_zone("colour tiny.park.whole") is None
    assert receipt_view.of_zone("") is None
    assert tiny is not None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_slip_tells_all_of_its_receipt(tiny, lang):
    cut = totals(faces(tiny.zones))
    issued = (
        area_receipts(tiny, tiny.zones) + overlap_receipts(tiny, tiny.zones) + totals_receipts(tiny, tiny.zones, cut)
    )
    for receipt in issued:
        told = receipt_view.slip(tiny, receipt, lang)
        text = json.dumps(told, ensure_ascii=False)
        assert f"{receipt.value:,}" in text
        assert receipt.method in text
        assert receipt.crs in text
        assert all(source.geometry in text and source.zone_id in text for source in receipt.zones)
        assert receipt.data_version in text
        assert json.loads(told["json"])["receipts"][0]["id"] == told["id"] == receipt.id
        if receipt.error_m2 is not None:
            assert f"± {receipt.error_m2:,.1f} m²" in text
        words = " ".join(line for _, lines in told["rows"][:4] for line in lines) + told["title"]
        assert bool(re.search("[\u4e00-\u9fff]", words.replace("国土调查办发〔2008〕32号", ""))) == (lang == "zh")


def test_a_band_says_that_its_error_comes_from_the_axis(tiny):
    told = receipt_view.slip(tiny, receipt_view.of_zone("ellipsoid tiny.corridor.line"), "zh")
    assert "轴线误差 ±200 m" in told["inputs"][0]["told"]
    assert "每侧宽 100 m" in told["inputs"][0]["told"]
    assert any("带宽" in line for _, lines in told["rows"] for line in lines)


def test_words_for_every_method_kind_and_cause():
    assert set(words_receipts.METHODS) == set(METHODS)
    assert set(words_receipts.CAUSES) == set(SENTENCES)
    assert "double" in KINDS
    for name, pair in words_receipts.CAUSES.items():
        fields = [set(re.findall(r"{(\w+)}", text)) for text in (*pair, SENTENCES[name])]
        assert fields[0] == fields[1] <= fields[2], name


def test_a_length_ends_where_its_edges_are_uncertain():
    # 10 234.2 m with edges known to 500, 60, 8 and 0.4 m: whole, tenths, hundredths and thousandths of a kilometre.
    assert [format_length(10234.2, error) for error in (500, 60, 8, 0.4)] == ["10", "10.2", "10.23", "10.234"]
    assert format_length(10234.2, float("nan")) == "10.234"
