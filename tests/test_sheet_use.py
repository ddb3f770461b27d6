"""What a sheet and a book say of their use."""

import pytest

from layers.sheets.sheet_atlas import book_plan
from layers.sheets.sheet_book import BookOrder
from layers.sheets.sheet_page import PageLook
from layers.sheets.sheet_plan import SignOff
from layers.sheets.sheet_use import signed_line, use_mark
from tests.tiny import write_atlas
from zones import read_atlas
from zones.errors import InputError

SIGNED = SignOff("王某", "征询意见。", "2026-11-21")


@pytest.mark.parametrize(
    ("use", "number", "lang", "mark"),
    [
        ("internal", "", "zh", "内部用图　审图号：无"),
        ("internal", "粤S（2026）1号", "zh", "内部用图　审图号：粤S（2026）1号"),
        ("public", "粤S（2026）1号", "zh", "审图号：粤S（2026）1号"),
        ("public", "", "en", "Map review number: none"),
    ],
)
def test_only_a_public_map_goes_without_the_internal_mark(use, number, lang, mark):
    assert use_mark(use, number, lang) == mark


def test_the_line_of_a_sign_off_stands_on_public_maps_only():
    assert signed_line("public", SIGNED, "zh") == ["公开签批：王某，2026-11-21；理由：征询意见。"]
    assert signed_line("internal", SIGNED, "zh") == []
    assert signed_line("public", None, "zh") == []


@pytest.mark.parametrize(("name", "reason", "day"), [(" ", "x", "2026-11-21"), ("x", "", "2026-11-21"), ("x", "y", "")])
def test_a_sign_off_names_person_reason_and_day(name, reason, day):
    with pytest.raises(InputError):
        SignOff(name, reason, day)


def test_the_plan_of_a_book_has_the_layers_and_names_of_all_its_pages(tmp_path):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    plan = book_plan(atlas, atlas.zones, BookOrder("册", PageLook(use="public"), sign_off=SIGNED))
    assert {layer.layer for layer in plan.layers} == {"tiny", "base_districts", "base_water"}
    assert {"铁仔山园区", "石岩南片区", "滨海走廊", "某镇"} <= set(plan.texts)
    assert (plan.use, plan.sign_off) == ("public", SIGNED)
    assert book_plan(atlas, atlas.zones.loc[["tiny.node.lost"]], BookOrder("册")) is None
