"""Bands against closed forms, and against GEOS where that is exact."""

import itertools

import numpy as np
import pytest
import shapely
from pyproj import Proj

from zones.corridors.band import Plane, along, beyond_ends, distortion, lines_of, strip, widths_at

WIDTH = 300.0


def band(*lines, half=WIDTH):
    lines = [np.array(line, float) for line in lines]
    drawn = strip(lines, [widths_at(half, at) for at in along(lines)])
    return shapely.difference(drawn, beyond_ends(lines), grid_size=1e-6)


def arc(radius, angle, count=2000):
    turn = np.linspace(0, angle, count)
    return np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])


def test_straight_line():
    assert band([(0, 0), (3000, 4000)]).area == pytest.approx(2 * WIDTH * 5000, rel=1e-6)


def test_right_angle_has_a_round_outside():
    # Two rectangles less the corner both hold, and the quarter circle that neither does.
    expected = 2 * WIDTH * (3000 + 2000) - WIDTH**2 + np.pi / 4 * WIDTH**2
    assert band([(0, 0), (3000, 0), (3000, 2000)]).area == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("angle", [0.5, 2.0, 5.0])
def test_arc_is_as_large_as_its_line_stretched_out(angle):
    assert band(arc(2000, angle)).area == pytest.approx(2 * WIDTH * 2000 * angle, rel=1e-4)


def test_closed_line_is_a_ring():
    circle = arc(2000, 2 * np.pi)
    circle[-1] = circle[0]
    found = band(circle)
    assert len(found.interiors) == 1
    assert found.area == pytest.approx(np.pi * (2300**2 - 1700**2), rel=1e-4)


def test_closed_square_is_as_round_where_it_was_closed_as_at_its_other_corners():
    square = [(0, 0), (2000, 0), (2000, 2000), (0, 2000), (0, 0)]
    # Four strips outside, a quarter circle at each corner, and what lies within the line less the inner square.
    expected = 4 * 2000 * WIDTH + np.pi * WIDTH**2 + 2000**2 - (2000 - 2 * WIDTH) ** 2
    found = band(square)
    assert found.area == pytest.approx(expected, rel=1e-4)
    assert shapely.bounds(found) == pytest.approx((-300, -300, 2300, 2300), abs=0.01)


def test_distortion_is_the_scale_of_the_projection():
    axis = shapely.LineString([(113.0, 22.6), (115.0, 22.6)])
    # PROJ's own scale of the same projection, a degree beside its meridian.
    factors = Proj(proj="tmerc", lon_0=114, lat_0=22.6, ellps="GRS80").get_factors(115.0, 22.6)
    assert distortion(axis, 0.0) == pytest.approx(factors.meridional_scale - 1, rel=0.02)


def test_profile_makes_trapezoids():
    line = np.array([(0, 0), (1000, 0), (4000, 0)], float)
    profile = ((0.0, 100.0), (1000.0, 400.0), (4000.0, 200.0))
    area = band(line, half=profile).area
    assert area == pytest.approx((100 + 400) * 1000 + (400 + 200) * 3000, rel=1e-5)
    # Level before its first and after its last point.
    assert widths_at(((500.0, 100.0), (600.0, 200.0)), np.array([0.0, 550.0, 900.0])).tolist() == [100, 150, 200]


def test_ends_are_straight_even_where_the_line_bends_just_before():
    hook = [(0, 0), (4000, 0), (4000, 100)]
    found = band(hook, half=1000.0)
    assert shapely.bounds(found)[3] == pytest.approx(1000, abs=0.01)
    assert not shapely.intersects_xy(found, 4500, 150)


def test_ground_beside_another_stretch_is_not_lost_past_an_end():
    # A hairpin: what lies past the end of one leg may still lie beside the other.
    hairpin = [(0, 0), (5000, 0), (5000, 600), (2000, 600)]
    assert shapely.intersects_xy(band(hairpin, half=500.0), 1500, 400)


def test_bands_are_nested():
    random = np.random.default_rng(3)
    line = np.cumsum(random.uniform(-400, 1000, (9, 2)), axis=0)
    found = [band(line, half=width) for width in (100.0, 350.0, 800.0, 2000.0)]
    for inner, outer in itertools.pairwise(found):
        assert shapely.difference(inner, outer).area < 1e-2


def test_agrees_with_geos_on_a_gentle_line():
    line = [(0, 0), (3000, 500), (6000, 0), (9000, -800)]
    theirs = shapely.buffer(shapely.LineString(line), WIDTH, cap_style="flat", quad_segs=90)
    assert shapely.symmetric_difference(band(line), theirs).area < 1e-3 * theirs.area


def test_crossing_lines_count_once():
    cross = band([(-2000, 0), (2000, 0)], [(0, -2000), (0, 2000)])
    assert cross.area == pytest.approx(2 * (2 * WIDTH * 4000) - (2 * WIDTH) ** 2, rel=1e-5)


def test_axis_is_brought_to_metres():
    axis = shapely.LineString([(114.0, 22.6), (114.0, 22.7)])
    lines = lines_of(axis, Plane(axis), at_m=(1234.5,))
    reach = along(lines)[0]
    # A tenth of a degree of meridian at 22.65 N on GRS 80: 11 074.5 m (M = 6 344 920 m there x π/1800).
    assert reach[-1] == pytest.approx(11074.0, abs=1.5)
    assert np.diff(reach).max() <= 1000
    assert 1234.5 in reach
