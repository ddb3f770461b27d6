"""What changed of a zone: areas of strips whose size is known, ± from the edges that moved, fields by part."""

import json

import numpy as np
import pytest
import shapely

from zones.measure import geodesic_area, measure
from zones.workspace.workspace_compare import zone_change
from zones.workspace.workspace_state import Feature, frame_of

WEST, SOUTH, EAST, NORTH = 113.85, 22.70, 113.87, 22.72
# One degree at 22.71 N on CGCS2000: metres of latitude and longitude, by the series of the textbook formulas.
A, E2 = 6378137.0, 0.00669438002290
PHI = np.radians(22.71)
METRES_NORTH = np.radians(A * (1 - E2) / (1 - E2 * np.sin(PHI) ** 2) ** 1.5)
METRES_EAST = np.radians(A * np.cos(PHI) / (1 - E2 * np.sin(PHI) ** 2) ** 0.5)


def feature(shape, part="extent", **values):
    told = {"zone_id": "z", "part": part, "grade": "traced", "error_m": 100, "half_width_m": None} | values
    geometry = shapely.geometry.mapping(shape)
    return Feature("layer", 1.0, json.dumps({"type": "Feature", "properties": told, "geometry": geometry}))


def box(east=EAST):
    return shapely.box(WEST, SOUTH, east, NORTH)


def test_the_difference_of_areas_is_the_strip_that_was_added():
    change = zone_change("z", (feature(box()),), (feature(box(EAST + 0.001)),))
    strip = geodesic_area(np.array([shapely.box(EAST, SOUTH, EAST + 0.001, NORTH)]))[0]
    assert change.area_change_m2 == pytest.approx(strip, rel=1e-6)
    assert change.kind == "changed"
    assert change.moved


def test_only_edges_that_changed_count_for_the_error():
    """East side off by 100 m before; after it the new side and two short ones, each off by 20 m."""
    change = zone_change("z", (feature(box()),), (feature(box(EAST + 0.001), error_m=20),))
    before = 0.02 * METRES_NORTH * 100
    after = (0.02 * METRES_NORTH + 2 * 0.001 * METRES_EAST) * 20
    assert change.area_error_m2 == pytest.approx(np.hypot(before, after), rel=1e-3)


def test_a_shape_that_stays_has_no_difference_and_no_error():
    change = zone_change("z", (feature(box()),), (feature(box(), error_m=5, basis="新"),))
    assert (change.area_change_m2, change.area_error_m2, change.moved) == (0.0, 0.0, False)
    assert [tuple(field) for field in change.fields] == [
        ("error_m", 100, 5, "extent"), ("basis", None, "新", "extent"),
    ]  # fmt: skip


def test_a_new_zone_has_the_error_of_its_whole_area():
    change = zone_change("z", (), (feature(box()),))
    whole = measure(frame_of({"z": (feature(box()),)}))
    assert change.kind == "new"
    assert change.area_before_m2 is None
    assert change.area_change_m2 == whole["ellipsoid_m2"].iloc[0]
    assert change.area_error_m2 == whole["error_m2"].iloc[0]
    back = zone_change("z", (feature(box()),), ())
    assert (back.kind, back.area_change_m2) == ("lost", -change.area_change_m2)


def test_the_error_of_a_band_hangs_on_its_axis():
    """A straight open axis off by 50 m: two ends, so twice 50 m of band 400 m wide, before and after."""
    axis = feature(shapely.LineString([(WEST, SOUTH), (EAST, SOUTH)]), part="axis", error_m=50)
    old, new = feature(box(), half_width_m=200), feature(box(EAST + 0.001), half_width_m=200)
    change = zone_change("z", (old, axis), (new, axis))
    assert change.area_error_m2 == pytest.approx(np.hypot(40_000, 40_000))


def test_points_and_axes_have_no_area():
    change = zone_change("z", (feature(shapely.Point(114, 22.5)),), (feature(shapely.Point(114.1, 22.5)),))
    assert (change.area_change_m2, change.area_error_m2, change.moved) == (None, None, True)
    axis = [feature(shapely.LineString([(114, 22), (114, end)]), part="axis") for end in (23, 24)]
    change = zone_change("z", (axis[0],), (axis[1],))
    assert (change.kind, change.area_change_m2, change.moved) == ("changed", None, True)


def test_a_point_that_becomes_an_area_gains_it():
    change = zone_change("z", (feature(shapely.Point(113.86, 22.71)),), (feature(box()),))
    assert change.area_before_m2 is None
    assert change.area_change_m2 == change.area_after_m2 > 0


def test_the_error_of_each_state_stands_beside_its_area_where_it_is_asked_for():
    """All edges of a rectangle moved by σ, and each corner by σ by itself: σ·2(a + b) and σ·√(a² + b²), squared."""
    a, b = 0.02 * METRES_EAST, 0.02 * METRES_NORTH
    expected = 100 * np.hypot(2 * (a + b), np.hypot(a, b))
    old, new = (feature(box()),), (feature(box(), error_m=10),)
    change = zone_change("z", old, new, errors=True)
    assert (change.error_before_m2, change.error_after_m2) == pytest.approx((expected, expected / 10), rel=1e-3)
    plain, begun = zone_change("z", old, new), zone_change("z", (), new, errors=True)
    assert (plain.error_before_m2, plain.error_after_m2, begun.error_before_m2) == (None, None, None)


def test_a_part_that_comes_or_goes_is_one_difference():
    axis = feature(shapely.LineString([(WEST, SOUTH), (EAST, SOUTH)]), part="axis")
    gone = zone_change("z", (feature(box()), axis), (feature(box()),))
    assert [tuple(field) for field in gone.fields] == [("part", "axis", None, "axis")]
    come = zone_change("z", (feature(box()),), (feature(box()), axis))
    assert [tuple(field) for field in come.fields] == [("part", None, "axis", "axis")]
