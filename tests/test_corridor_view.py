"""Tables of the corridor page: rows that add up, in the words of the language chosen."""

import json
from dataclasses import replace

import pytest

from ui.corridors import corridor_view as views
from zones import read_atlas
from zones.corridors.corridor import corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import at, curve
from zones.corridors.covers import zone_covers

WIDTHS = (500.0, 1000.0)


@pytest.fixture(scope="module")
def known():
    atlas = read_atlas()
    made = corridor(atlas, "baoan.corridor.binhai")
    cells = cut(made, zone_covers(atlas.zones, made.corridor_id), WIDTHS)
    return atlas, cells, at(cells, 1)


def column(table, place, key="sort"):
    return [row["cells"][place][key] for row in table["rows"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables_are_json_and_whole(known, lang):
    atlas, cells, found = known
    names = views.names_of(atlas, cells, lang, own=False)
    tables = [
        views.parts_table(found, names, "km2", lang, own=False),
        views.gap_table(atlas, cells, found, lang),
        views.class_table(found, "ha", lang),
        views.k_table(found, "mu", lang),
        views.uncovered_table(cells, 1, found, "km2", lang),
        views.crossed_table(atlas, cells, 1, found, "km2", lang),
    ]
    for table in tables:
        json.dumps(table, allow_nan=False)
        assert table["rows"]
        assert {len(row["cells"]) for row in table["rows"]} == {len(table["columns"])}
    json.dumps(views.grounds(cells, 1, found), allow_nan=False)


def test_rows_add_up(known):
    atlas, cells, found = known
    names = views.names_of(atlas, cells, "zh", own=False)
    assert sum(column(views.k_table(found, "km2", "zh"), 1)) == pytest.approx(found.corridor_m2)
    assert sum(column(views.parts_table(found, names, "km2", "zh", own=False), 2)) == pytest.approx(found.sum_m2)
    assert sum(column(views.uncovered_table(cells, 1, found, "km2", "zh"), 1)) == pytest.approx(
        found.uncovered_m2, rel=1e-3
    )


def test_figures_stand_for_every_stop(known):
    _, cells, found = known
    figures = {each["key"]: each["values"] for each in views.figures(curve(cells), "km2", "zh", own=False)}
    assert {len(values) for values in figures.values()} == {len(WIDTHS)}
    share = figures["covered_share"][1]
    # To the digit that ± carries, here the tens.
    assert share["text"] == f"{round(found.share * 100, -1):.0f}"
    assert share["soft"].startswith(" ± ")
    assert figures["covers_in"][1]["text"] == f"{len(found.parts)} 个区"


def test_shares_carry_no_digit_beyond_their_error():
    assert views.share(0.3243, 0.164) == {"text": "32", "soft": " ± 16", "unit": "%"}
    assert views.share(0.0298, 0.0021) == {"text": "3.0", "soft": " ± 0.2", "unit": "%"}
    assert views.share(0.5) == {"text": "50.0", "soft": "", "unit": "%"}


def test_method_names_the_errors(known):
    _, _, found = known
    assert "±500 m" in views.method(found, "zh")
    assert "CGCS2000" in views.method(found, "en")


def test_features_of_an_own_layer_go_by_their_ids_or_numbers(known):
    atlas, cells, _ = known
    first = cells.covers.index[0]
    assert views.names_of(atlas, cells, "zh", own=True)[first] == first
    numbered = replace(cells, covers=cells.covers.rename(index={first: "7"}))
    assert views.names_of(atlas, numbered, "zh", own=True)["7"] == "第 7 号"
