"""Names and the lines they mean; what is taken, what is only near, and what a person has to choose."""

import pytest

from tests.sides_grid import lines, path
from zones.sides.sides_match import match

NEAR, FAR = path((0, 0), (100, 0)), path((0, 9000), (100, 9000))


def roads(*names, **aliases):
    return lines([(name, (NEAR, {"aliases": aliases.get(name, ())})) for name in names])


@pytest.mark.parametrize(
    ("name", "road", "reason"),
    [
        ("兰竹东路", "兰竹东路", "exact"),
        ("蘭竹東路", "兰竹东路", "exact"),
        ("107国道", "107国道", "exact"),
        ("G107", "107国道", "number"),
        ("国道107", "107国道", "number"),
        ("107國道", "107国道", "exact"),
        ("G107线", "107国道", "number"),
        ("S356", "省道356", "number"),
        ("沈海高速公路", "沈海高速", "form"),
        ("南坪快速", "南坪快速路", "form"),
        ("沿江高速", "广深沿江高速", "short"),
    ],
)
def test_one_road_is_found(name, road, reason):
    found = match(name, roads(road, "别的大道"))
    assert found.found
    assert (found.rows, found.reason) == ((0,), reason)


def test_an_alias_is_found_and_a_name_goes_before_an_alias():
    frame = roads("京港澳高速", "广深高速", 京港澳高速=("广深高速",))
    assert match("广深高速", frame).rows == (1,)
    assert match("广深高速", frame.loc[[0]]).reason == "alias"


def test_an_eastern_part_is_another_road_and_only_near():
    found = match("兰竹路", roads("兰竹东路", "坪山大道"))
    assert not found.found
    assert found.near == ("兰竹东路",)


def test_a_number_is_not_found_in_another_class_of_road():
    assert not match("S107", roads("107国道")).found
    assert not match("G1070", roads("107国道")).found


def test_one_name_on_two_roads_is_for_a_person_to_choose():
    pieces = lines([("建设路", NEAR), ("建设路", path((200, 0), (300, 0)))])
    assert match("建设路", pieces).rows == (0, 1)
    apart = lines([("建设路", NEAR), ("建设路", FAR)])
    found = match("建设路", apart)
    assert not found.found
    assert len(found.choices) == 2


def test_an_alias_of_two_roads_is_for_a_person_to_choose():
    frame = roads("东环路", "西环路", 东环路=("环路大街",), 西环路=("环路大街",))
    found = match("环路大街", frame)
    assert not found.found
    assert found.choices == ("东环路 (grid)", "西环路 (grid)")


def test_english_names():
    frame = roads("绿梓大道")
    frame["name_en"] = ["Lüzi Boulevard"]
    assert match("Luzi Blvd", frame).reason == "english"
    assert match("Lüzi Avenue", frame).found
    assert not match("Luzi Road", frame).found
