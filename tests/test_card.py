"""The texts of the card, on the shipped atlas and on made-up numbers."""

import re

import pytest

from ui.card import _difference, card
from zones import read_atlas


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_zone_has_a_card_with_its_evidence(atlas, lang):
    for zone_id in atlas.zones.index:
        told = card(atlas, zone_id, lang)
        assert told["name"] == atlas.zones.at[zone_id, f"name_{lang}"]
        assert told["sources"], zone_id
        assert all(re.search(r"\d", source) for source in told["sources"]), zone_id
        assert bool(told["unlocated"]) != bool(told["grade"]), zone_id


def test_source_reads_as_plan_section_lines(atlas):
    assert "坪山规划 · 三（一） · 第201-221行" in card(atlas, "pingshan.park.hightech", "zh")["sources"]


def test_relations_are_told_from_both_sides(atlas):
    def targets(zone_id):
        groups = card(atlas, zone_id, "zh")["relations"]
        return {item["target"]: group["label"] for group in groups for item in group["items"]}

    assert targets("baoan.core.tiezaishan")["baoan.park.hightech"] == "属于"
    assert targets("baoan.park.hightech")["baoan.core.tiezaishan"] == "包含"


def test_assumed_width_is_said(atlas):
    told = card(atlas, "baoan.corridor.r107", "zh")
    assert told["area_title"] == "示意带面积"
    assert "假定" in told["area_note"]


def test_zone_without_shape_says_why(atlas):
    unlocated = atlas.zones.index[atlas.zones["unlocated_zh"].notna()][0]
    told = card(atlas, unlocated, "en")
    assert told["unlocated"] == atlas.zones.at[unlocated, "unlocated_en"]
    assert told["areas"] is None
    assert told["why"] == []


@pytest.mark.parametrize(
    ("difference", "declared", "error", "text"),
    [
        (-1.1e6, 51.6e6, 30e6, "在误差以内（−2%）"),
        (3.26e6, 10e6, 0.9e6, "+3.3 km² (+33%)"),
        (-3.26e6, 10e6, 0.9e6, "−3.3 km² (−33%)"),
    ],
)
def test_difference_says_no_more_than_the_error_carries(difference, declared, error, text):
    assert _difference(difference, declared, error, "zh") == text


def test_axis_has_its_own_basis_and_grade(atlas):
    told = dict(card(atlas, "baoan.corridor.r107", "zh")["why"])
    assert told["轴线依据"] == atlas.zones.at["baoan.corridor.r107", "axis_basis"]
    assert told["轴线等级与误差"].startswith("描绘边界 · 边线 ±")
