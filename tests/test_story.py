"""Figures and passages as slides and reports word them."""

import math

import pytest

from layers.office.story import (
    area_text,
    cited_lines,
    difference_text,
    joined,
    kind_counts,
    percent,
    stated_text,
    story,
)
from tests.tiny import write_atlas
from zones import read_atlas


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    atlas = read_atlas(write_atlas(tmp_path_factory.mktemp("story") / "data"))
    return story(atlas, atlas.zones)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(3, 3)], [(3, 3)]),
        ([(5, 6), (1, 2), (3, 3)], [(1, 3), (5, 6)]),
        ([(1, 9), (2, 4), (10, 10), (12, 13)], [(1, 10), (12, 13)]),
    ],
)
def test_lines_that_touch_are_one_passage(spans, expected):
    assert joined(spans) == expected


def test_a_document_is_named_once_with_all_its_lines(told):
    assert cited_lines(told, ["tiny.park.whole", "tiny.core.part"]) == ["小规划 · tiny.txt · 第1-9、20行"]
    assert cited_lines(told, ["tiny.core.part"]) == ["小规划 · tiny.txt · 第1-9行"]


@pytest.mark.parametrize(
    ("difference", "declared", "error", "text"),
    [
        (0.5e6, 5e6, 0.6e6, "< ± (+10%)"),
        (-1.24e6, 10e6, 0.2e6, "−1.24 (−12%)"),
        (2e6, 10e6, 1e6, "+2.0 (+20%)"),
        (math.nan, math.nan, 1.0, "—"),
    ],
)
def test_a_difference_within_the_error_is_no_number(difference, declared, error, text):
    assert difference_text(difference, declared, error) == text


def test_a_stated_area_keeps_the_digits_the_plan_writes():
    assert [stated_text(value) for value in (51.6e6, 5e6, 24.08e6, math.nan)] == ["51.6", "5", "24.08", "—"]


def test_no_digit_goes_beyond_the_error():
    assert area_text(12.3456e6, 0.87e6) == "12.3 ± 0.9"


def test_a_real_overlap_never_reads_as_nothing():
    assert [percent(share) for share in (0, 0.0001, 0.256, 1)] == ["0%", "< 1%", "26%", "100%"]


def test_kinds_are_counted_by_what_is_known_of_them(told):
    counts = {kind: rest for kind, *rest in kind_counts(told)}
    assert counts == {"park": [1, 0, 0], "core": [1, 0, 0], "corridor": [1, 0, 0], "node": [0, 0, 1]}


def test_the_day_is_that_of_the_data(told):
    assert told.day.isoformat() == "2026-11-21"
