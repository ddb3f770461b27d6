"""Chainage on lines whose measures can be counted by hand."""

import numpy as np
import pytest
from shapely import LineString, MultiLineString, box

from tests.shapes import on_ground
from zones.corridors.chainage import gaps, merge, merge_by, ruler, spans


def measured(*lines):
    axis = on_ground(LineString(lines[0]) if len(lines) == 1 else MultiLineString(lines))
    return ruler(axis)


def place(*points):
    return np.array([on_ground(LineString([point, point])).coords[0] for point in points])


def test_chainage_and_side_of_points():
    at, away = measured([(0, 0), (3000, 0), (3000, 2000)]).locate(place((1000, 200), (2000, -300), (3400, 500)))
    assert at == pytest.approx([1000, 2000, 3500], abs=0.01)
    # Left of the direction of drawing is positive.
    assert away == pytest.approx([200, -300, -400], abs=0.01)


def test_lines_follow_each_other_and_a_break_has_no_length():
    ruled = measured([(0, 0), (1000, 0)], [(1500, 0), (2500, 0)])
    assert ruled.length_m == pytest.approx(2000, abs=0.01)
    assert ruled.breaks_m == pytest.approx((1000,), abs=0.01)
    assert len(ruled.ends_m) == 4
    assert ruled.locate(place((1600, 50)))[0] == pytest.approx([1100], abs=0.01)


def test_places_at_chainages():
    ruled = measured([(0, 0), (3000, 0), (3000, 2000)])
    found = ruled.points_at(np.array([20.0, 500.0, 4000.0]))
    assert found == pytest.approx(place((20, 0), (500, 0), (3000, 1000)), abs=1e-7)


def test_shape_beside_the_axis_has_one_stretch():
    ruled = measured([(0, 0), (5000, 0)])
    row, span = spans(ruled, np.array([on_ground(box(1000, 100, 2500, 400)), on_ground(box(-500, 0, 300, 50))]))
    assert row.tolist() == [0, 1]
    assert span == pytest.approx(np.array([[1000, 2500], [0, 300]]), abs=0.1)


def test_shape_across_the_joint_of_a_ring_has_two_stretches():
    ring = [(0, 0), (2000, 0), (2000, 2000), (0, 2000), (0, 0)]
    ruled = measured(ring)
    assert ruled.ends_m == ()
    row, span = spans(ruled, np.array([on_ground(box(-100, -100, 300, 200)), on_ground(box(1900, 500, 2100, 800))]))
    by_shape = {each: sorted(map(tuple, span[row == each].round(0))) for each in (0, 1)}
    assert by_shape[0] == [(0.0, 300.0), (7800.0, 8000.0)]
    assert by_shape[1] == [(2500.0, 2800.0)]


def test_stretches_join_where_they_touch():
    assert merge(np.array([[10.0, 20], [0, 2], [1, 5], [21, 30]])).tolist() == [[0, 5], [10, 30]]
    assert merge(np.zeros((0, 2))).shape == (0, 2)


def test_stretches_join_only_within_their_group():
    group, found = merge_by(np.array([1, 0, 1, 0]), np.array([[0.0, 10], [5, 6], [9, 12], [0, 1]]))
    assert group.tolist() == [0, 0, 1]
    assert found.tolist() == [[0, 1], [5, 6], [0, 12]]


def test_gaps_are_what_is_left_longest_first():
    found = gaps(np.array([[2000.0, 3000], [3500, 9000]]), np.array([[0.0, 10_000]]))
    assert found.to_numpy().tolist() == [[0, 2000, 2000], [9000, 10_000, 1000], [3000, 3500, 500]]
    assert gaps(np.zeros((0, 2)), np.array([[0.0, 700], [700, 900]]))["length_m"].tolist() == [700, 200]
    assert gaps(np.array([[0.0, 5000]]), np.array([[0.0, 5000]])).empty
