"""Areas against published vectors, closed forms and a second program (GeographicLib through pyproj)."""

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon, affinity, box

from tests.exact_ellipsoid import lonlat_area_exactly
from tests.shapes import BAOAN, HOLED, PINGSHAN, PLACE, SHENSHAN, frame, polygons
from zones.errors import GeometryError
from zones.measure import (
    CHUNK_SHAPES,
    E2,
    GEOD,
    SEMI_MINOR_M,
    SURVEY,
    band_error,
    gauss_kruger,
    geodesic_area,
    lonlat_area,
    measure,
    perimeter,
    planar_area,
    survey_area,
    to_plane,
    vertex_sigma,
)
from zones.read import to_storage

CAST = np.array([BAOAN, PINGSHAN, SHENSHAN])

# Published test vectors: computed apart from this code with PROJ 9.5.1 and GeographicLib.
GEODESIC = [1_023_645.10, 67_135_191.35, 5_047_214.49]
SURVEY_UNSPLIT = [1_023_645.10, 67_135_803.16, 5_047_214.45]
LONLAT = [1_023_645.10, 67_135_869.69, 5_047_214.45]
PLANE_STRAIGHT = [1_023_645.10, 67_135_186.42, 5_047_214.44]
PLANE_4547 = [1_023_650.71, 67_137_395.15, 5_048_662.84]
FIRST_VERTEX_4547 = [(484593.4324, 2516859.8107), (532891.3066, 2505813.3997), (606768.4178, 2524979.7252)]


def test_geodesic_area_equals_published_vectors():
    assert geodesic_area(CAST) == pytest.approx(GEODESIC, abs=0.01)


def test_lonlat_area_equals_published_vectors():
    assert lonlat_area(CAST) == pytest.approx(LONLAT, abs=0.01)


def test_survey_area_equals_published_vectors():
    assert survey_area(CAST) == pytest.approx(SURVEY_UNSPLIT, abs=0.05)


def test_plane_area_equals_published_vectors():
    assert planar_area(to_plane(CAST, "EPSG:4547")) == pytest.approx(PLANE_4547, abs=0.01)


def test_plane_coordinates_are_east_then_north():
    first = [shapely.get_coordinates(shape)[0] for shape in to_plane(CAST, "EPSG:4547")]
    assert np.array(first) == pytest.approx(np.array(FIRST_VERTEX_4547), abs=1e-3)


def test_projected_input_keeps_its_plane_edges():
    plane = frame(to_plane(CAST, "EPSG:4547"), crs="EPSG:4547")
    stored = to_storage(plane, "plane")
    assert list(stored["edge_rule"]) == ["plane"] * 3
    assert lonlat_area(np.asarray(stored.geometry.array)) == pytest.approx(PLANE_STRAIGHT, abs=0.01)


def test_survey_constants_of_cgcs2000():
    # Values listed for CGCS2000 with the formula of 国土调查办发〔2008〕32号.
    assert pytest.approx(6356752.314140356, abs=1e-8) == SEMI_MINOR_M
    assert pytest.approx(0.0066943800229008, abs=1e-16) == E2
    expected = (1.0033640898341927, 0.0011241893819271, 1.69945947e-6, 2.7178578e-9, 4.3584190e-12)
    assert pytest.approx(expected, rel=1e-8) == SURVEY


@pytest.mark.parametrize("size", [1e-6, 1e-4, 1e-2, 0.024, 0.026, 0.5, 3.0])
def test_lonlat_area_equals_sixty_digits(size):
    # A hole, slanting, level and upright edges; both the series and the quadrature are met.
    outer = [(0, 0), (0.9, 0.1), (0.9, 0.6), (1.1, 1), (0.2, 1), (-0.3, 0.4)]
    shape = Polygon(outer, [[(0.2, 0.2), (0.6, 0.3), (0.4, 0.7)]])
    shapes = [
        shapely.transform(shape, lambda points, at=at: points * size + at) for at in ((113.9, 22.6), (100.1, -53.2))
    ]
    exact = [float(lonlat_area_exactly(each)) for each in shapes]
    # Quadrature leaves the rounding of the area from the equator, some 1e-3 m² per radian of longitude.
    assert lonlat_area(np.array(shapes)) == pytest.approx(exact, rel=1e-11, abs=2e-3 * math.radians(size))


def test_any_number_of_shapes_is_measured_one_by_one():
    random = np.random.default_rng(3)
    lonlat = [shapely.transform(each, lambda p: p * 1e-4 + (114, 22.6)) for each in polygons(random, 40, 100, 40)]
    mixed = [*lonlat, PLACE, None, MultiPolygon([lonlat[0], BAOAN]), Polygon(), box(113, 22, 115, 24)] * 60
    shapes = np.array(mixed, dtype=object)
    assert len(shapes) > CHUNK_SHAPES
    for area in (lonlat_area, survey_area, planar_area):
        alone = np.array([area(np.array([each]))[0] for each in mixed[:45]])
        assert np.array_equal(area(shapes), np.tile(alone, 60))


def test_whole_ellipsoid():
    # A band from pole to pole: the ellipsoid's surface is 510 065 621 718 491.3 m².
    tenth = box(0, -90, 36, 90)
    assert lonlat_area(np.array([tenth]))[0] * 10 == pytest.approx(510_065_621_718_491.3, rel=1e-6)
    fine = shapely.segmentize(tenth, 0.5)
    assert survey_area(np.array([fine]))[0] * 10 == pytest.approx(510_065_621_714_742.6, rel=1e-12)
    assert lonlat_area(np.array([fine]))[0] * 10 == pytest.approx(510_065_621_718_491.3, rel=1e-13)


def test_holes_parts_and_winding_count_as_drawn():
    two = MultiPolygon([HOLED, shapely.transform(HOLED, lambda points: points + 10)])
    assert planar_area(np.array([HOLED, two, HOLED.reverse()])) == pytest.approx([12, 24, 12])


def test_lines_points_and_missing_shapes_have_no_area():
    assert lonlat_area(np.array([PLACE, LineString([(114, 22), (115, 23)]), None, Polygon()])) == pytest.approx(0)


@given(lon=st.floats(73.6, 136.0), lat=st.floats(-60, 60), width=st.floats(1e-4, 0.4), height=st.floats(1e-4, 0.4))
def test_box_equals_closed_form_of_a_graticule_cell(lon, lat, width, height):
    # A cell between meridians and parallels has an exact area: Δλ (q(φ2) - q(φ1)).
    def zone(latitude):
        s, e = math.sin(math.radians(latitude)), math.sqrt(E2)
        return SEMI_MINOR_M**2 / 2 * (s / (1 - E2 * s * s) + math.atanh(e * s) / e)

    shape = box(lon, lat, lon + width, lat + height)
    drawn_width, south, north = shape.bounds[2] - shape.bounds[0], shape.bounds[1], shape.bounds[3]
    exact = math.radians(drawn_width) * (zone(north) - zone(south))
    assert lonlat_area(np.array([shape]))[0] == pytest.approx(exact, rel=1e-7, abs=0.02)
    assert survey_area(np.array([shape]))[0] == pytest.approx(exact, rel=1e-7, abs=0.02)


@given(st.lists(st.tuples(st.floats(114.0, 114.01), st.floats(22.60, 22.61)), min_size=3, max_size=8))
def test_short_edges_agree_with_geographiclib(points):
    hull = shapely.convex_hull(shapely.MultiPoint(points))
    if hull.geom_type != "Polygon":
        return
    # Between a geodesic and an edge straight in lon/lat lie at most L³ tan φ / 12 R: two arcs of small curvature.
    points = shapely.get_coordinates(hull)
    lengths = np.hypot(*(np.diff(points, axis=0) * 111_500).T)
    bound = (lengths**3).sum() * math.tan(math.radians(22.61)) / (12 * 6_335_000) + 0.01
    assert abs(lonlat_area(np.array([hull]))[0] - geodesic_area(np.array([hull]))[0]) <= bound


def test_perimeter_is_the_length_of_all_rings():
    points = shapely.get_coordinates(PINGSHAN)
    expected = sum(GEOD.inv(*a, *b)[2] for a, b in pairwise(points))
    assert perimeter(np.array([PINGSHAN]))[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("longitude", "crs"),
    [
        (113.85, "EPSG:4547"), (115.05, "EPSG:4547"), (115.499, "EPSG:4547"), (115.501, "EPSG:4548"),
        (115.6, "EPSG:4548"), (112.501, "EPSG:4547"), (112.4, "EPSG:4546"),
    ],
)  # fmt: skip
def test_belt_follows_longitude(longitude, crs):
    assert gauss_kruger(longitude) == crs


def test_each_zone_is_measured_on_the_plane_of_its_own_belt():
    # 深汕 lies in the belt of 114° E; the same shape 3 degrees on in that of 117° E has the same plane area.
    along = [affinity.translate(SHENSHAN, by) for by in (0, 3, 0.5)]
    table = measure(frame([*along, BAOAN, PINGSHAN]))
    assert list(table["plane_crs"]) == ["EPSG:4547", "EPSG:4548", "EPSG:4548", "EPSG:4547", "EPSG:4547"]
    assert table["plane_m2"].iloc[[0, 1, 3, 4]].to_numpy() == pytest.approx(
        [PLANE_4547[2], PLANE_4547[2], *PLANE_4547[:2]], abs=0.01
    )
    # Half a degree on it is 1.45 degrees west of 117° E: areas grow by the square of that distance in radians.
    growth = table["plane_m2"].iloc[2] / table["ellipsoid_m2"].iloc[2] - 1
    assert growth == pytest.approx((math.radians(117 - 115.55) * math.cos(math.radians(22.831))) ** 2, rel=0.02)


def test_no_belt_outside_china():
    with pytest.raises(GeometryError, match="belts cover"):
        gauss_kruger(2.35)


def test_error_of_a_square_by_hand():
    # Each corner's neighbours are 2·√2 apart in a 2 x 2 square: σ_A = √(4 · 8 / 4) = √8 per unit of σ.
    assert vertex_sigma(box(0, 0, 2, 2)) == pytest.approx(math.sqrt(8))


def test_a_band_errs_by_its_ends_not_its_sides():
    # 100 m to each side, axis 30 m off: an open line errs by 60 m of length, a closed one by 2π x 30 m.
    line, loop = LineString([(114, 22.6), (114.1, 22.6)]), PINGSHAN.exterior
    assert band_error(line, 100, 30) == pytest.approx(200 * 60)
    assert band_error(loop, 100, 30) == pytest.approx(200 * 2 * math.pi * 30)
    zones = frame([line.buffer(0.001), BAOAN], error_m=[80.0, 30.0], half_width_m=[100.0, float("nan")])
    zones["axis_error_m"] = [30.0, float("nan")]
    zones["axis"] = [line, None]
    table = measure(zones)
    assert table.loc["a", "error_m2"] == pytest.approx(12_000)
    assert table.loc["b", "error_m2"] > table.loc["b", "perimeter_m"] * 30


def test_measure_keeps_index_and_leaves_points_unknown():
    zones = frame([BAOAN, PLACE, None], ids=[13, 26, 39], error_m=[10.0, 300.0, float("nan")])
    zones["declared_area_m2"] = [1_000_000.0, float("nan"), 5e6]
    table = measure(zones)
    assert list(table.index) == [13, 26, 39]
    assert table.loc[13, "difference_m2"] == pytest.approx(23_645.10, abs=0.01)
    assert table.loc[13, "error_bias_m2"] == pytest.approx(perimeter(np.array([BAOAN]))[0] * 10)
    assert table.loc[13, "error_m2"] > table.loc[13, "error_bias_m2"]
    assert table.loc[13, "plane_crs"] == "EPSG:4547"
    assert table.loc[[26, 39], ["ellipsoid_m2", "survey_m2", "plane_m2", "error_m2"]].isna().all(axis=None)
    assert table.loc[39, "declared_area_m2"] == 5e6


def test_rows_do_not_depend_on_order():
    zones = frame([BAOAN, PINGSHAN, SHENSHAN], error_m=[10.0, 20.0, 30.0])
    mixed = measure(zones.iloc[[2, 0, 1]]).loc[zones.index]
    assert mixed.equals(measure(zones))
