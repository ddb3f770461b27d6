"""What is handed over about a corridor: the engine's figures at its own half-width, and the curve around it."""

import pytest

from layers.corridors.handover import CURVE_WIDTHS, hand_over
from tests.corridor_cases import atlas, bare, counted, shipped
from zones.corridors.corridor import corridor, with_half_width
from zones.corridors.coverage import coverage
from zones.corridors.covers import zone_covers


def test_the_counted_corridor_is_what_was_counted():
    found = counted().found
    assert found.corridor_m2 == pytest.approx(10e6, rel=1e-5)
    assert found.covered_m2 == pytest.approx(5.5e6, rel=1e-5)
    assert found.sum_m2 == pytest.approx(6e6, rel=1e-5)
    assert list(found.gaps["length_m"]) == pytest.approx([1000] * 3, abs=1)


def test_own_width_stands_among_those_of_the_curve():
    made = corridor(atlas(), "baoan.corridor.nanguang")
    made = with_half_width(made, 300.0)
    covers = zone_covers(atlas().zones, made.corridor_id)
    held = hand_over(atlas(), made, covers, (250.0, 500.0))
    assert list(held.curve["half_width_m"]) == [250, 300, 500]
    assert held.cells.half_widths[held.place] == 300
    assert held.found.covered_m2 == pytest.approx(coverage(made, covers).covered_m2, rel=1e-9)
    assert not held.found.corridor.assumed
    assert CURVE_WIDTHS[0] == 250 and CURVE_WIDTHS[-1] == 3000


def test_receipts_are_those_of_covering_zones():
    held = shipped()
    wholes = [receipt for receipt in held.receipts if receipt.kind == "area"]
    assert {receipt.zones[0].zone_id for receipt in wholes} == set(held.found.parts["id"])
    assert held.receipt("corridor") and held.receipt("covered")
    assert all(held.receipt("inside", each) for each in held.found.parts["id"])
    assert all(held.receipt("class", class_name=each) for each in held.found.by_class["class"])
    assert held.receipt("inside", held.found.corridor.corridor_id) is None
    assert counted().receipts == ()


def test_names_places_and_credits_in_both_languages():
    zh, en = shipped("zh"), shipped("en")
    assert (zh.name, en.name) == ("南光科技创新走廊", zh.found.corridor.name_en)
    assert zh.where(0, zh.found.length_m).count("、") == en.where(0, en.found.length_m).count(", ")
    assert "OpenStreetMap" in "".join(en.credits())


def test_a_profile_has_no_curve():
    held = bare()
    assert held.curve is None and held.changes.empty
    assert held.found.share == 0
    # A mean half-width of 300 m over 10 km.
    assert held.rest["area_m2"].sum() == pytest.approx(6e6, rel=1e-4)
