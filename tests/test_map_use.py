"""The use of maps in slides, reports and saved pages: one check for all maps of a file; what a saved page can show."""

from dataclasses import replace

import pytest

from layers.sheets.map_check import NotClearedError, lint
from layers.sheets.map_use import INTERNAL, MapUse, cleared
from layers.web.webmap_plan import plain_texts, web_plan
from tests.tiny import write_atlas
from zones import read_atlas

NUMBER = "粤S（2026）012号"
SAID = ("示意图：说明",)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("use") / "data"))


@pytest.fixture(scope="module")
def plan(atlas):
    located = atlas.zones[atlas.zones.geometry.notna()]
    use = MapUse("public", NUMBER)
    return web_plan(atlas, located, ["base_water"], "图", "zh", use, sources=["© 某"], texts=SAID)


def test_a_file_without_maps_keeps_its_use_and_nothing_was_checked():
    assert cleared([], INTERNAL) == {"use": "internal", "review_number": "", "findings": None, "signed_off": None}


def test_a_fault_of_all_maps_is_told_once(plan):
    without = replace(plan, review_number="")
    with pytest.raises(NotClearedError) as stopped:
        cleared([without, without], MapUse("public"))
    assert str(stopped.value).count("图上没有审图号") == 1


def test_texts_beside_the_maps_are_read_too(plan):
    assert cleared([plan], MapUse("public", NUMBER))["findings"] == []
    with pytest.raises(NotClearedError, match="05"):
        cleared([plan], MapUse("public", NUMBER), ["05 工业用地"])


def test_a_saved_map_is_described_by_all_that_can_be_reached(plan):
    # The sea of the tiny atlas lies west of its zones.
    assert plan.extent == pytest.approx((113.7, 22.6, 113.88, 22.8))
    assert {layer.layer for layer in plan.layers} == {"tiny", "base_water"}
    assert lint(plan) == ()
    solid = replace(plan, zones=tuple(replace(zone, dash=()) for zone in plan.zones))
    assert {each.rule.rule_id for each in lint(solid)} == {"inferred-solid"}


def test_the_texts_of_a_page_stand_between_tags_and_in_its_data():
    assert plain_texts("<p>甲 &amp; 乙</p><b></b>", {"rows": [("丙", 1), ["丁"]]}) == ["甲 & 乙", "丙", "丁"]


def test_a_decimal_before_a_unit_is_no_land_use_code(plan):
    for text in ("园区面积9.09平方公里", "约 09 公顷", "1,005.05平方公里"):
        assert cleared([plan], MapUse("public", NUMBER), [text])["findings"] == []
