"""Colours, dashes and labels: complete, readable, and kept apart for every eye."""

import pytest

from layers import style
from zones.schema import EdgeRule, Grade, Kind, Method


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_has_the_known_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (style.KIND_LABELS, Kind),
        (style.KIND_COLOURS, Kind),
        (style.KIND_INKS, Kind),
        (style.GRADE_LABELS, Grade),
        (style.GRADE_NOTES, Grade),
        (style.GRADE_DASH, Grade),
        (style.GRADE_HATCH, Grade),
        (style.METHOD_LABELS, Method),
        (style.EDGE_LABELS, EdgeRule),
    ],
)
def test_every_word_of_the_schema_has_an_entry_and_no_other(labels, words):
    assert set(labels) == set(words)


def test_every_kind_has_one_place_in_the_drawing_order():
    assert sorted(style.DRAW_ORDER) == sorted(Kind)
    assert style.for_zone("node", "traced").order > style.for_zone("region", "traced").order


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("ground", [style.PAPER, style.LAND])
def test_text_in_a_kind_colour_is_readable(kind, ground):
    assert contrast(style.KIND_INKS[kind], ground) >= 4.5


@pytest.mark.parametrize("ink", [style.INK, style.INK_SOFT, style.INK_FAINT, style.ACCENT, style.DISTRICT_NAME])
def test_text_inks_are_readable_on_paper_and_land(ink):
    assert min(contrast(ink, style.PAPER), contrast(ink, style.LAND)) >= 4.5


def test_grades_differ_without_colour():
    dashes = {style.for_zone("core", grade).dash for grade in Grade}
    hatches = {style.for_zone("core", grade).hatch for grade in Grade}
    assert len(dashes) == len(hatches) == 3
    assert style.for_zone("core", "official").dash_array is None
    assert style.for_zone("core", "official").line_style == "solid"
    assert style.for_zone("core", "traced").dash_array == "10 5"


def test_an_unknown_grade_is_drawn_as_the_least_sure():
    assert style.for_zone("core", None) == style.for_zone("core", "inferred")


def test_fill_lets_the_base_map_through():
    assert all(0.18 <= style.for_zone(kind, "traced").fill_opacity <= 0.25 for kind in Kind)


def test_label_follows_the_language():
    assert style.label(style.KIND_LABELS, "core", "zh") == "核心片区"
    assert style.label(style.KIND_LABELS, "core", "en") == "Core"
