"""Edits of shapes small enough to count, and the sums every edit has to keep."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from tests.shapes import on_ground
from zones.editing.edit import add, band, change, cut, polygons, remove_at, rounded, snap, take_out
from zones.errors import GeometryError, InputError
from zones.measure import lonlat_area

# Degrees near 114 E, 22.5 N; a cell is 0.01 by 0.01, its area counted in cells of the same height.
WEST, SOUTH, CELL = 114.0, 22.5, 0.01


def cells(west, south, east, north):
    """Return a box given in cells; its corners have two decimals."""
    corners = [round(WEST + west * CELL, 6), round(SOUTH + south * CELL, 6)]
    return box(*corners, round(WEST + east * CELL, 6), round(SOUTH + north * CELL, 6))


def line(*points):
    return LineString([(round(WEST + x * CELL, 6), round(SOUTH + y * CELL, 6)) for x, y in points])


def area(shape):
    return float(lonlat_area(np.array([shape]))[0])


def points(shape):
    return {tuple(point) for point in shapely.get_coordinates(shape)}


def test_cut_in_half():
    whole = cells(0, 0, 2, 1)
    halves = cut(whole, line((1, -1), (1, 2)))
    assert {part.wkt for part in polygons(shapely.normalize(halves))} == {
        shapely.normalize(cells(0, 0, 1, 1)).wkt,
        shapely.normalize(cells(1, 0, 2, 1)).wkt,
    }
    assert points(whole) <= points(halves)


def test_cut_leaves_other_parts_as_they_are():
    far = Polygon([(114.123456789, 22.6), (114.14, 22.6), (114.14, 22.61)])
    found = cut(MultiPolygon([far, cells(0, 0, 2, 1)]), line((1, -1), (1, 2)))
    assert shapely.equals_identical(polygons(found)[0], far)
    assert len(polygons(found)) == 3


def test_cut_across_a_hole_leaves_two_parts_without_hole():
    ring = take_out(cells(0, 0, 3, 3), cells(1, 1, 2, 2))
    found = cut(ring, line((1.5, -1), (1.5, 4)))
    assert change(ring, found).parts_after == 2
    assert change(ring, found).holes_after == 0
    assert area(found) == pytest.approx(area(ring), rel=1e-9)


def test_cut_that_ends_inside_is_refused():
    with pytest.raises(GeometryError, match="cuts nothing off"):
        cut(cells(0, 0, 2, 1), line((1, -1), (1, 0.5)))


def test_part_apart_is_added_as_a_part():
    found = add(cells(0, 0, 1, 1), cells(2, 0, 3, 1))
    assert [
        part.equals(want) for part, want in zip(polygons(found), (cells(0, 0, 1, 1), cells(2, 0, 3, 1)), strict=True)
    ] == [1, 1]


def test_part_beside_is_joined():
    found = add(MultiPolygon([cells(0, 0, 1, 1), cells(5, 5, 6, 6)]), cells(1, 0, 2, 1))
    assert len(polygons(found)) == 2
    assert found.equals(MultiPolygon([cells(5, 5, 6, 6), cells(0, 0, 2, 1)]))


def test_parts_that_meet_in_a_corner_stay_two():
    found = add(cells(0, 0, 1, 1), cells(1, 1, 2, 2))
    assert found.is_valid
    assert len(polygons(found)) == 2


def test_first_part():
    assert add(None, cells(0, 0, 1, 1)).equals(cells(0, 0, 1, 1))


def test_part_that_is_there_already_is_refused():
    with pytest.raises(GeometryError, match="part of the zone already"):
        add(cells(0, 0, 3, 3), cells(1, 1, 2, 2))


def test_bow_tie_is_refused():
    with pytest.raises(GeometryError, match="not valid"):
        add(None, Polygon([(114, 22.5), (114.02, 22.52), (114.02, 22.5), (114, 22.52)]))


def test_hole():
    found = take_out(cells(0, 0, 3, 3), cells(1, 1, 2, 2))
    made = change(cells(0, 0, 3, 3), found)
    assert (made.holes_before, made.holes_after, made.parts_after) == (0, 1, 1)
    assert (made.vertices_gone, made.vertices_new) == (0, 4)
    assert made.area_after_m2 == pytest.approx(area(cells(0, 0, 3, 3)) - area(cells(1, 1, 2, 2)), rel=1e-12)


def test_bite_off_the_edge():
    assert take_out(cells(0, 0, 2, 1), cells(1, -1, 3, 3)).equals(cells(0, 0, 1, 1))


@pytest.mark.parametrize(
    ("ground", "sentence"), [(cells(-1, -1, 4, 4), "nothing of the zone"), (cells(7, 7, 8, 8), "not in the zone")]
)
def test_what_cannot_be_taken_out(ground, sentence):
    with pytest.raises(GeometryError, match=sentence):
        take_out(cells(0, 0, 2, 1), ground)


def test_remove_a_part_or_fill_a_hole():
    shape = add(take_out(cells(0, 0, 3, 3), cells(1, 1, 2, 2)), cells(5, 0, 6, 1))
    at = line((1.5, 1.5), (5.5, 0.5), (9, 9)).coords
    assert remove_at(shape, Point(at[0])).equals(MultiPolygon([cells(0, 0, 3, 3), cells(5, 0, 6, 1)]))
    assert change(shape, remove_at(shape, Point(at[1]))).parts_after == 1
    assert remove_at(cells(5, 0, 6, 1), Point(at[1])) is None
    with pytest.raises(GeometryError, match="neither a part nor a hole"):
        remove_at(shape, Point(at[2]))


def test_snap_moves_what_is_near_and_nothing_else():
    # 5e-5 degrees is 5 m: the left edge of the right box stands that far off the left one.
    left, off = cells(0, 0, 1, 1), 5e-5
    right = Polygon([(114.01 + off, 22.5), (114.02, 22.5), (114.02, 22.51), (114.01 + off, 22.51)])
    found = snap(right, left, 10)
    assert found.equals(cells(1, 0, 2, 1))
    assert shapely.equals_identical(snap(right, left, 2), right)


def test_snap_takes_over_the_vertices_of_the_other():
    left = Polygon([(114, 22.5), (114.01, 22.5), (114.01, 22.504), (114.01, 22.51), (114, 22.51)])
    right = Polygon([(114.01005, 22.5), (114.02, 22.5), (114.02, 22.51), (114.01005, 22.51)])
    found = snap(right, left, 10)
    assert (114.01, 22.504) in points(found)
    assert shapely.intersection(left, found).length == pytest.approx(0.01, abs=1e-9)


def test_band_is_twice_the_half_width_times_the_length():
    axis = on_ground(LineString([(0, 0), (4000, 3000)]))
    assert area(band(axis, 250)) == pytest.approx(2 * 250 * 5000, rel=2e-5)


def test_band_of_no_width_is_refused():
    with pytest.raises(InputError, match="half-width 0 m"):
        band(line((0, 0), (1, 0)), 0)


def test_rounding_keeps_what_stood_before():
    shape = Polygon([(114.123456789, 22.5), (114.2, 22.5), (114.2, 22.60000049)])
    assert points(rounded(shape, Polygon([(114.123456789, 22.5), (114.2, 22.5), (114.1, 22.7)]))) == {
        (114.123456789, 22.5),
        (114.2, 22.5),
        (114.2, 22.6),
    }


numbers = st.integers(-30, 90).map(lambda tenths: tenths / 10)


@settings(max_examples=60, deadline=None)
@given(st.tuples(numbers, numbers, numbers, numbers))
def test_parts_of_a_cut_are_the_whole(ends):
    shape = take_out(cells(0, 0, 6, 6), cells(2, 2, 4, 3))
    knife = line(ends[:2], ends[2:])
    if knife.length == 0:
        return
    try:
        found = cut(shape, knife)
    except GeometryError:
        return
    # A vertex on the cut may be rounded by 0.08 m; along edges of 6 km at most that is 500 m² an end.
    assert area(found) == pytest.approx(area(shape), abs=2000)
    assert sum(area(part) for part in polygons(found)) == pytest.approx(area(found), rel=1e-12)
    assert all(part.is_valid for part in polygons(found))
    assert points(shape) <= points(found)


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(-3, 8)] * 2), st.tuples(*[st.integers(1, 6)] * 2))
def test_taken_out_and_added_again_is_the_whole(corner, size):
    shape, ground = cells(0, 0, 6, 6), cells(*corner, corner[0] + size[0], corner[1] + size[1])
    try:
        rest = take_out(shape, ground)
    except GeometryError:
        return
    back = add(rest, shapely.intersection(shape, ground))
    assert back.equals(shape)
    assert area(rest) + area(shapely.intersection(shape, ground)) == pytest.approx(area(shape), rel=1e-9)
