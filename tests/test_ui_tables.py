"""Tables of the pages, on tiny numbers that can be checked by hand."""

import re
from types import SimpleNamespace

import pandas as pd
import pytest

from ui import overlap_view
from ui.area_table import difference, ppm, stated, table
from ui.overlap_view import figures, k_table, matrix, pair_table, percent
from ui.plans import conflict_view, rule_view
from ui.words import words
from zones import read_atlas
from zones.measure import measure
from zones.statements.conflicts import Conflict, Evidence, conflicts
from zones.statements.rules import Rule

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
    marks = [cell.get("receipt") for row in matrix(atlas, pairs, "zh")["rows"] for cell in row["cells"][1:]]
    # Both cells of a pair lead to its one receipt, under the key the list of pairs gives it.
    listed = [f"pair {row['receipt']}" for row in pair_table(atlas, pairs, "km2", "zh")["rows"]]
    assert sorted(filter(None, marks)) == sorted(listed * 2)


def test_matrix_holds_no_more_than_can_be_read(atlas, monkeypatch, pairs):
    monkeypatch.setattr(overlap_view, "WIDEST", 2)
    told = matrix(atlas, pairs, "en")
    assert len(told["rows"]) == 2
    assert len(told["columns"]) == 3


def test_totals_add_up_as_shown():
    totals = {"sum_m2": 7e6, "union_m2": 4e6, "k_fold": [{"k": 1, "area_m2": 1e6}, {"k": 2, "area_m2": 3e6}]}
    shown = figures(totals, "km2", "zh")
    assert all(f"<dd>{number} <small>" in shown for number in ("7.00", "4.00", "3.00"))
    rows = re.sub("<button.*?</button>", "", k_table(totals, "km2", "en"))
    assert "<th scope='row'>2-fold</th><td class='z-number'>3.00</td><td class='z-number'>6.00</td>" in rows
    assert "<th scope='row'>Total</th><td class='z-number'>4.00</td><td class='z-number'>7.00</td>" in rows


RULES = (
    Rule(rule_id="on-line", check="touches_parent", name={"zh": "相接", "en": "Touches"}, severity="warning"),
    Rule(rule_id="sum", check="parts_add_up", name={"zh": "合计", "en": "Adds up"}, severity="note"),
)


@pytest.fixture
def results():
    rows = [("on-line", A, C, True, 0.0), ("on-line", B, C, False, 1224.4), ("sum", B, "baoan.scheme.zcq", False, 0.15)]
    return pd.DataFrame(rows, columns=["rule_id", "zone_id", "other", "holds", "value"])


def test_rule_table_counts_and_tells_accepted_apart(results):
    reasons = {(B, "on-line"): "because"}
    rows = [
        [cell["text"] for cell in row["cells"]] for row in rule_view.rule_table(RULES, results, reasons, "en")["rows"]
    ]
    assert rows == [
        ["Touches", "warning", "2", "1", "1", "1", "0"],
        ["Adds up", "note", "1", "0", "1", "0", "Remainder stated"],
    ]


def test_failures_and_remainders_stand_apart(atlas, results):
    (failed,) = rule_view.failure_table(atlas, RULES, results, {}, "en")["rows"]
    assert [cell["text"] for cell in failed["cells"][3:]] == ["1,224 m apart", "Open"]
    assert failed["cells"][1]["pick"] == B
    (rest,) = rule_view.remainder_table(atlas, RULES, results, "zh")["rows"]
    assert rest["cells"][2]["text"] == "15%"


def test_every_kind_of_contradiction_has_its_words(atlas):
    assert {each.kind for each in conflicts(atlas.plans)} <= set(words.CONFLICTS)


def test_sides_hold_each_zone_once_and_in_two_colours(atlas):
    for each in conflicts(atlas.plans):
        sides = conflict_view.sides(atlas, each, "zh")
        shown = [zone_id for side in sides for zone_id in side["zones"]]
        assert sorted(shown) == sorted(zone_id for zone_id in each.zones if zone_id in atlas.zones.index), each.kind
        assert len({side["colour"] for side in sides}) == len(sides)
        assert len(sides) != 1, each.kind


def test_split_zones_stand_whole_against_parts(atlas):
    split = next(each for each in conflicts(atlas.plans) if each.kind == "split_or_merged")
    whole, parts = conflict_view.sides(atlas, split, "en")
    assert (whole["label"], parts["label"]) == ("Whole", "Parts")
    assert all("jiangangshan-shiyannan" in zone_id for zone_id in whole["zones"])
    assert len(parts["zones"]) == 2


def test_list_of_contradictions_cites_each_passage_once(atlas):
    twice = Conflict("two_values", ("440310",), "甲", "A", (Evidence("pingshan", (5, 5)), Evidence("pingshan", (5, 5))))
    told = conflict_view.listing(atlas, [twice], None, {}, "zh")
    (item,) = told["groups"][0]["items"]
    assert [place["at"] for group in item["sources"] for place in group["places"]] == ["坪山规划 · 第5行"]
    assert item["scopes"] == ["坪山区"]


def test_only_the_chosen_contradiction_brings_passages(atlas):
    found = conflicts(atlas.plans)
    pages = {plan_id: tuple(f"第{line}行" for line in range(1, 3000)) for plan_id in atlas.plans}
    told = conflict_view.listing(atlas, found, conflict_view.key_of(found[0]), pages, "zh")
    for item in (item for group in told["groups"] for item in group["items"]):
        passages = [place["passage"] for group in item["sources"] for place in group["places"]]
        assert all(passages) if item["chosen"] else not any(passages)


def test_contradictions_as_csv(atlas):
    found = conflicts(atlas.plans)
    lines = conflict_view.csv(atlas, found, "zh").decode("utf-8-sig").splitlines()
    assert len(lines) == len(found) + 1
    assert lines[0] == "类别,说法,涉及的区,zone_id,出处"
