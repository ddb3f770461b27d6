import numpy as np
import pytest
from shapely import LineString, Point, box

from tests.shapes import frame, on_ground
from zones.corridors.chainage import ruler
from zones.corridors.corridor import Corridor, band
from zones.corridors.crossed import along_axis, areas_crossed, lines_met, points_beside

MADE = Corridor("c", "c", "c", on_ground(LineString([(0, 0), (10_000, 0)])), 500.0)


def grounds(*shapes, ids=None):
    return frame([on_ground(shape) for shape in shapes], ids)


def test_areas_a_corridor_lies_in():
    two = grounds(box(-9000, -9000, 6000, 9000), box(6000, 200, 12_000, 9000), ids=["west", "north-east"])
    found = areas_crossed(MADE, two).set_index("id")
    assert found["inside_m2"].tolist() == pytest.approx([6000 * 1000, 4000 * 300], rel=1e-5)
    assert found["share_of_corridor"].sum() == pytest.approx(0.72, rel=1e-5)
    assert found.loc["west", ["axis_m", "from_m", "to_m"]].tolist() == pytest.approx([6000, 0, 6000], abs=0.1)
    # The axis never enters the other: the band only reaches into it.
    assert found.loc["north-east", "axis_m"] == 0
    assert np.isnan(found.loc["north-east", "from_m"])


def test_an_area_in_the_middle_holds_its_own_length_of_the_axis():
    found = areas_crossed(MADE, grounds(box(2000, -9000, 6000, 9000))).iloc[0]
    assert found[["axis_m", "from_m", "to_m"]].tolist() == pytest.approx([4000, 2000, 6000], abs=0.1)


def test_areas_along_the_axis_in_order():
    three = grounds(box(4000, -50, 12_000, 50), box(-9, -50, 1000, 50), box(2000, -50, 4000, 50), ids=["c", "a", "b"])
    found = along_axis(MADE, three)
    assert found["id"].tolist() == ["a", "b", "c"]
    expected = np.array([[0, 1000], [2000, 4000], [4000, 10_000]])
    assert found[["from_m", "to_m"]].to_numpy() == pytest.approx(expected, abs=0.1)


def test_points_beside_the_axis():
    spots = grounds(Point(7000, 300), Point(2000, -400), Point(3000, 600), ids=["p", "q", "far"])
    found = points_beside(spots, band(MADE), ruler(MADE.axis))
    assert found["id"].tolist() == ["q", "p"]
    assert found["at_m"].tolist() == pytest.approx([2000, 7000], abs=0.1)
    assert found["offset_m"].tolist() == pytest.approx([-400, 300], abs=0.1)


def test_lines_met_are_crossings_only():
    roads = grounds(
        LineString([(2500, -900), (2500, 900)]), LineString([(0, 100), (9000, 100)]), ids=["across", "beside"]
    )
    found = lines_met(MADE, roads, ruler(MADE.axis))
    assert found["id"].tolist() == ["across"]
    assert found["at_m"].tolist() == pytest.approx([2500], abs=0.1)
    assert lines_met(MADE, roads.loc[["beside"]], ruler(MADE.axis)).empty
