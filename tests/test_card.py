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
        assert all(re.search(r"\d", source["at"]) for source in told["sources"]), zone_id
        assert bool(told["unlocated"]) != bool(told["grade"]), zone_id


def test_source_reads_as_plan_section_lines(atlas):
    told = card(atlas, "pingshan.park.hightech", "zh")
    assert {"at": "坪山规划 · 三（一） · 第201-221行", "passage": None} in told["sources"]
    assert told["unread"]


def test_registered_document_brings_the_passage(atlas):
    lines = tuple(f"第{number}行<b>" for number in range(1, 999))
    told = card(atlas, "pingshan.park.hightech", "zh", {"pingshan": lines})
    held = next(source for source in told["sources"] if source["at"].endswith("第201-221行"))
    # Escaping is the browser's: the passage goes in as text, so it stays as it stands in the document.
    assert held["passage"].splitlines()[0] == "第201行<b>"
    assert len(held["passage"].splitlines()) == 21
    assert not told["unread"]


def test_remarks_on_zone_and_schemes_are_shown(atlas):
    for plan in atlas.plans.values():
        for zone in plan.zones:
            notes = card(atlas, zone.zone_id, "zh")["notes"]
            schemes = [each for each in plan.schemes if each.scheme_id in zone.scheme_ids and each.note]
            assert len(notes) == len(schemes) + bool(zone.note)
            assert zone.note is None or notes[0] == zone.note.zh


def test_indicators_of_the_zone_stand_as_the_plan_writes_them(atlas):
    told = {each["text"]: each["value"] for each in card(atlas, "longhua.corridor.meiguan", "zh")["indicators"]}
    assert told["梅观走廊规上工业企业研发机构覆盖率"] == "60% (2025)"
    assert told["梅观走廊5亿元以上工业企业研发机构覆盖"] == "全覆盖 (2025)"


@pytest.mark.parametrize(("zone_id", "tag"), [("baoan.core.tiezaishan", "草案"), ("pingshan.park.hightech", None)])
def test_state_of_the_text_is_said_where_the_plan_is_named(atlas, zone_id, tag):
    assert card(atlas, zone_id, "zh")["plan_tag"] == tag


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
