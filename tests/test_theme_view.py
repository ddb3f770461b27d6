"""Themes side by side: which districts stand there, and what is said of those that do not."""

import re

import pytest

from layers.tables.indicator_words import THEMES, told_briefly, written
from ui.plans.current_values import received
from ui.plans.theme_view import coverage, districts, missing, theme_block, themes
from zones import read_atlas
from zones.statements.indicators import Value


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


def test_every_shared_theme_has_a_name(atlas):
    assert set(themes(atlas)) == set(THEMES)


def test_coverage_counts_districts_and_names_shenshan(atlas):
    rows = themes(atlas)["high-tech-firms"]
    assert districts(rows) == ["440304", "440306", "440309", "440310"]
    assert coverage(rows, "zh") == "覆盖：4 / 10 个区，深汕无"
    assert coverage(rows, "en") == "Covers 4 of 10 districts, Shenshan not"


def test_districts_without_a_plan_are_counted(atlas):
    assert missing(atlas, "en").startswith("The atlas holds the plans of 4 districts and the city; the other 6")


def test_columns_stand_in_order_and_differing_measures_are_warned_of(atlas):
    block = theme_block(atlas, "high-tech-firms", themes(atlas)["high-tech-firms"], "zh")
    assert re.findall(r"<th scope='col'>(.+?)</th>", block) == ["福田区", "宝安区", "龙华区", "坪山区", "深圳市"]
    assert "名称或单位不同" in block
    assert "&gt;22000" in block


def test_figure_of_a_part_names_the_part(atlas):
    block = theme_block(atlas, "planned-area", themes(atlas)["planned-area"], "en")
    assert " · " in block


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Value(year=2025, value=4.5, raw="4.5"), "%", "4.5% (2025)"),
        (Value(year=2025, value=800, raw="800"), "units", "800 units (2025)"),
        (Value(year=2020, value=1313, raw="1313（2020）"), "家", "1313（2020）家"),
        (Value(year=2025, form="placeholder", raw="XX"), "家", "XX (2025)"),
        (None, "家", "—"),
    ],
)
def test_values_are_shown_as_written(value, unit, text):
    assert written(value, unit) == text


def test_unit_in_the_value_is_not_repeated(atlas):
    told = [told_briefly(each, "zh") for plan in atlas.plans.values() for each in plan.indicators]
    assert not [line for line in told if "%%" in line or "家家" in line]


def test_broken_upload_counts_as_no_content():
    assert received({"name": "a.xlsx", "size": 4, "base64": "***"}).content == b""
