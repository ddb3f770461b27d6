"""Tables of the area and the overlap page, on tiny numbers that can be checked by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from ui import overlap_view
from ui.area_table import difference, ppm, stated, table
from ui.overlap_view import figures, k_table, matrix, pair_table, percent
from zones import read_atlas
from zones.measure import measure

A, B, C = "baoan.core.tiezaishan", "baoan.park.hightech", "baoan.corridor.r107"


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


@pytest.fixture
def pairs():
    rows = [(A, B, 4e6, 1.0, 0.2), (B, C, 1e6, 0.05, 0.016)]
    return pd.DataFrame(rows, columns=["a_id", "b_id", "overlap_m2", "share_of_a", "share_of_b"])


def test_ppm_has_its_sign_and_no_empty_minus():
    assert ppm(1_000_002.3, 1_000_000) == "+2.3 ppm"
    assert ppm(999_997.7, 1_000_000) == "−2.3 ppm"
    assert ppm(1_000_000.01, 1_000_000) == "0.0 ppm"


def test_stated_area_gets_no_digits_of_ours():
    assert stated(51.6e6, "km2") == "51.6"
    assert stated(5e6, "km2") == "5"
    assert stated(5e6, "ha") == "500"


def test_difference_within_error_is_not_a_number():
    inside = SimpleNamespace(difference_m2=-1e6, declared_area_m2=50e6, error_m2=3e6)
    outside = SimpleNamespace(difference_m2=12e6, declared_area_m2=50e6, error_m2=6e6)
    assert difference(inside, "km2") == {"text": "< ±", "soft": "  −2%", "sort": -1e6}
    assert difference(outside, "km2")["text"] == "+12"


def test_area_table_has_a_row_for_each_zone(atlas):
    ids = tuple(atlas.zones.index)
    told = table(atlas, measure(atlas.zones), ids, "ha", "en")
    assert [row["cells"][0]["pick"] for row in told["rows"]] == list(ids)
    assert {len(row["cells"]) for row in told["rows"]} == {len(told["columns"])}
    tiezaishan = told["rows"][ids.index(A)]
    assert "铁仔山" in tiezaishan["find"]
    assert " ± " in tiezaishan["cells"][4]["soft"]


def test_small_share_never_reads_as_nothing():
    assert (percent(0.004), percent(0.016), percent(1.0)) == ("< 1%", "2%", "100%")


def test_pair_table_keeps_order_and_ids(atlas, pairs):
    told = pair_table(atlas, pairs, "km2", "zh")
    assert [row["cells"][2]["text"] for row in told["rows"]] == ["4.00", "1.00"]
    assert told["rows"][0]["cells"][2]["see"] == [A, B]


def test_matrix_reads_by_row(atlas, pairs):
    rows = {
        row["cells"][0]["pick"]: [cell["text"] for cell in row["cells"][1:]]
        for row in matrix(atlas, pairs, "zh")["rows"]
    }
    # B overlaps most (5 km²), then A (4), then C (1); the diagonal is empty.
    assert list(rows) == [B, A, C]
    assert rows == {B: ["", "20%", "5%"], A: ["100%", "", ""], C: ["2%", "", ""]}


def test_matrix_holds_no_more_than_can_be_read(atlas, monkeypatch, pairs):
    monkeypatch.setattr(overlap_view, "WIDEST", 2)
    told = matrix(atlas, pairs, "en")
    assert len(told["rows"]) == 2
    assert len(told["columns"]) == 3


def test_totals_add_up_as_shown():
    totals = {"sum_m2": 7e6, "union_m2": 4e6, "k_fold": [{"k": 1, "area_m2": 1e6}, {"k": 2, "area_m2": 3e6}]}
    shown = figures(totals, "km2", "zh")
    assert all(f"<dd>{number} <small>" in shown for number in ("7.00", "4.00", "3.00"))
    rows = k_table(totals, "km2", "en")
    assert "<th scope='row'>2-fold</th><td class='z-number'>3.00</td><td class='z-number'>6.00</td>" in rows
    assert "<th scope='row'>Total</th><td class='z-number'>4.00</td><td class='z-number'>7.00</td>" in rows
