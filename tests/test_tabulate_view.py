"""Figures, list, chart and map of counts, on numbers that can be checked by hand."""

import re

import geopandas
import pandas as pd
import pytest
from shapely import box

from layers import style
from ui.counting import tabulate_view
from ui.counting.tabulate_view import (
    chart,
    class_shapes,
    class_table,
    figures,
    legend,
    looks,
    notes,
    number,
    odd_list,
    percent,
    plain,
    shown_rows,
)  # fmt: skip
from zones import read_atlas
from zones.counting.counted import Tally
from zones.counting.tabulate import Tabulation
from zones.issues import Issue, issue_frame
from zones.schema import Severity

A, B = "baoan.core.tiezaishan", "baoan.park.hightech"


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


def counts(*rows):
    return pd.DataFrame(rows, columns=["zone_id", "class", "count_inside", "count_partly", "area_m2"])


TABLE = counts((A, "M", 1, 0, 1e6), (A, "R", 2, 1, 3e6), (B, "R", 5, 0, 7e6), (B, None, 0, 1, 1e6))


def found(table=TABLE, issues=()):
    rule = "plane of EPSG:4547, +5 ppm from the ellipsoid at the middle of the zones"
    return Tabulation(table, rule, 12, 1, 2, issue_frame(issues))


def test_numbers_keep_one_form_and_real_ground_is_never_nothing():
    assert (number(1_234_567.0, "km2"), number(400.0, "km2"), number(0.0, "km2")) == ("1.235", "< 0.001", "0.000")
    assert (number(12_345.0, "ha"), number(2000.0, "mu")) == ("1.2", "3")
    assert [percent(share) for share in (1.0, 0.9999, 0.25, 0.0001)] == ["100.0%", "> 99.9%", "25.0%", "< 0.1%"]


def test_markdown_shows_names_as_they_are_typed():
    assert plain("a_b*[x](y).gpkg") == r"a\_b\*\[x\]\(y\)\.gpkg"
    assert plain("地块 12") == "地块 12"


def test_looks_go_by_ground_and_no_class_is_a_class():
    held = looks(TABLE)
    assert list(held) == ["R", "M", None]
    assert [(each.colour, each.hatch) for each in held.values()] == list(style.CLASS_LOOKS[:3])


def test_classes_beyond_the_looks_share_one():
    table = counts(*((A, f"c{place}", 1, 0, 100.0 - place) for place in range(9)))
    held = looks(table)
    assert len(set(held.values())) == 8
    assert held["c7"] == held["c8"]
    assert "其余 2 类" in legend(table, "use", "zh")
    assert "2 other classes" in legend(table, "use", "en")


def test_looks_differ_by_pattern_too():
    assert len({colour for colour, _ in style.CLASS_LOOKS}) == len(style.CLASS_LOOKS)
    assert len({hatch for _, hatch in style.CLASS_LOOKS}) == len(style.CLASS_LOOKS)


def test_figures_add_up_on_the_page():
    text = figures(found(), Tally(5, 1, 4, 2), "zh")
    numbers = [int(each) for each in re.findall(r"<dd>(\d+)", text)]
    assert numbers[0] == sum(numbers[1:]) == 12
    assert "修复 1" in text


def test_list_names_zones_and_sorts_by_ground(atlas):
    told = class_table(atlas, TABLE, "use", "km2", "zh")
    texts = [[cell["text"] for cell in row["cells"]] for row in told["rows"]]
    a, b = atlas.zones["name_zh"][[A, B]]
    assert texts == [
        [b, "R", "5", "0", "7.000", "87.5%"],
        [b, "（未填）", "0", "1", "1.000", "12.5%"],
        [a, "R", "2", "1", "3.000", "75.0%"],
        [a, "M", "1", "0", "1.000", "25.0%"],
    ]
    assert told["rows"][0]["cells"][0]["pick"] == told["rows"][0]["cells"][4]["see"] == B
    assert class_table(atlas, TABLE, None, "ha", "en")["rows"][0]["cells"][1]["text"] == "All features"


def test_list_is_cut_where_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(tabulate_view, "MOST_ROWS", 2)
    assert list(shown_rows(TABLE)["area_m2"]) == [7e6, 3e6]
    assert "面积最大的 2 行，共 4 行" in notes(found(), "zh")
    assert "EPSG:4547 平面面积" in notes(found(), "zh")


def test_chart_lengths_are_areas_on_one_scale(atlas):
    text = chart(atlas, TABLE, "use", "km2", "zh")
    assert re.findall(r"width:([\d.]+)%", text) == ["100.00", "50.00"]
    # Of the longest bar: R 7 of 8, no class 1 of 8; of the other: R 3 of 4, M 1 of 4.
    assert re.findall(r"flex:([\d.]+)", text) == ["0.875000", "0.125000", "0.750000", "0.250000"]
    assert text.count("role='listitem'") == 2
    # Room for a Latin letter everywhere; for three Chinese characters and two brackets in an eighth of the width not.
    assert re.findall(r"<em[^>]*>([^<]+)", text) == ["R", "R", "M"]


def test_chart_tells_the_whole_without_the_picture(atlas):
    text = chart(atlas, TABLE, "use", "ha", "en")
    assert f'aria-label="{atlas.zones["name_en"][B]}: 800.0 ha in all; R 700.0, (empty) 100.0"' in text


def test_names_from_a_file_never_become_markup(atlas):
    evil = "<img src=x onerror='alert(1)'>\"x"
    table = counts((A, evil, 1, 0, 1e6))
    for text in (chart(atlas, table, "use", "km2", "zh"), legend(table, "use", "en")):
        assert "<img" not in text
        assert "&lt;img" in text
    assert re.search(
        r'title="&lt;img src=x onerror=&#x27;alert\(1\)&#x27;&gt;&quot;x', chart(atlas, table, "use", "km2", "zh")
    )


def test_odd_features_are_told_in_one_language():
    repaired = Issue("p", "5", "geometry", Severity.WARNING, "repaired", "Self-intersection", "feature 5: shape was "
                     "invalid (Self-intersection) and was rebuilt: area 0.0 -> 20,000.0 m²")  # fmt: skip
    left = Issue("p", "6", "geometry", Severity.ERROR, "no_polygon", "", "feature 6: a Point has no area")
    held = issue_frame([repaired, left])
    assert "第 5 个要素：图形无效，已重建，面积 0.0 → 20,000.0 m²" in odd_list(held, "zh")
    assert "Feature 6: not a polygon; left out" in odd_list(held, "en")


def test_map_gives_each_feature_its_class_and_look():
    shapes = geopandas.GeoDataFrame(
        {"class": ["M", None], "relation": ["inside", "partly"], "area_m2": [1.0, 1.0]},
        geometry=[box(0, 0, 1, 1), box(1, 1, 2, 2)], crs="EPSG:4490",
    )  # fmt: skip
    told = class_shapes(shapes, TABLE, "use", "ticket", "zh")
    assert [each["properties"] for each in told["shapes"]["features"]] == [
        {"look": 1, "tip": "M · 完全在内"},
        {"look": 2, "tip": "（未填） · 部分在内"},
    ]
    assert told["looks"][1] == {"colour": style.CLASS_LOOKS[1][0], "hatch": "lines"}
    assert told["ticket"] == "ticket"
