"""The kernels of tabulate: shared areas against shapely and exact fractions, WKB, certain validity."""

import os
from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity, box

from tests.shapes import AT, BOW_TIE, HOLED, SQUARE, TOUCHING, polygons
from zones.compiled import compile_kernels, drop_stale
from zones.counting.clip_area import find_pairs, pair_areas
from zones.counting.ring_check import certainly_valid
from zones.counting.wkb_arrays import POLYGON, UNUSUAL, read_rings
from zones.counting.zone_grid import build_grid
from zones.measure import lonlat_area


def rings_of(shapes):
    wkb = [bytes(each) for each in shapely.to_wkb(np.array(shapes, dtype=object))]
    offsets = np.cumsum([0, *map(len, wkb)])
    return read_rings(np.frombuffer(b"".join(wkb), np.uint8), offsets, np.ones(len(wkb), bool))


def shared(parcels, zones, unit=1.0, cells=1000):
    """Return the area each parcel shares with each zone."""
    rings = rings_of(parcels)
    grid = build_grid(np.array(zones, dtype=object), cells)
    pairs = find_pairs(rings, grid)
    table = np.zeros((len(parcels), len(zones)))
    table[pairs[0], pairs[1]] = pair_areas(rings, grid, pairs, unit)[0]
    return table


@pytest.mark.parametrize("size", [0.0004, 0.04, 0.06, 2.0])
def test_ellipsoid_areas_hold_for_any_size(size):
    parcel = Polygon([(113, 22), (113 + size, 22 + size / 3), (113 + size / 2, 22 + size)])
    zone = box(113 + size / 4, 22 - size, 113 + size * 0.7, 22 + size * 0.55)
    want = lonlat_area(np.array([parcel.intersection(zone)]))[0]
    assert shared([parcel], [zone], 0.0)[0, 0] == pytest.approx(want, rel=1e-10)


@pytest.mark.parametrize("cells", [200, 20_000, 2_000_000])
def test_equal_to_shapely_for_any_grid(cells):
    random = np.random.default_rng(7)
    zones = polygons(random, 12, 100, 40)
    zones[0] = MultiPolygon([box(0, 0, 20, 20), box(20, 20, 60, 40), HOLED.buffer(0)][:2])
    zones[1] = box(10, 10, 90, 90).difference(box(30, 30, 60, 60))
    parcels = [*polygons(random, 300, 110, 12), box(-5, -5, 105, 105), box(20, 0, 20.5, 100)]
    want = shapely.area(shapely.intersection(np.array(parcels)[:, None], np.array(zones, dtype=object)[None]))
    found = shared(parcels, zones, cells=cells)
    assert np.abs(found - want).max() < 1e-10
    assert np.allclose(found.sum(axis=0), want.sum(axis=0), rtol=1e-12)


coordinate = st.integers(0, 6)


corner = st.tuples(coordinate, coordinate)


@st.composite
def lattice_polygon(draw):
    """Return a valid polygon on a coarse lattice, so that edges, corners and lines often coincide."""
    hull = shapely.MultiPoint(draw(st.lists(corner, min_size=3, max_size=7, unique=True))).convex_hull
    cut = shapely.MultiPoint(draw(st.lists(corner, min_size=3, max_size=5, unique=True))).convex_hull
    shape = hull.difference(cut) if draw(st.booleans()) else hull
    return shape if shape.geom_type in ("Polygon", "MultiPolygon") and shape.area > 0 else box(0, 0, 3, 3)


@settings(max_examples=150, deadline=None)
@given(lattice_polygon(), lattice_polygon(), st.sampled_from([60, 1000, 50_000]))
def test_degenerate_pairs_equal_shapely(parcel, zone, cells):
    want = parcel.intersection(zone).area
    assert shared([parcel], [zone], cells=cells)[0, 0] == pytest.approx(want, abs=1e-12)
    far = [shapely.transform(each, lambda points: points * 10 + np.array(AT)) for each in (parcel, zone)]
    # Seen from near again: what moving the shapes rounded off is no fault of the overlap.
    near = [shapely.transform(each, lambda points: points - np.array(AT)) for each in far]
    assert shared(far[:1], far[1:], cells=cells)[0, 0] == pytest.approx(near[0].intersection(near[1]).area, abs=1e-9)


def exact_area(a, b):
    """Return the area two convex rings share, by clipping in exact fractions."""
    ring = [(Fraction(x), Fraction(y)) for x, y in a]
    edges = [(Fraction(x), Fraction(y)) for x, y in b]
    for (px, py), (qx, qy) in zip(edges, [*edges[1:], edges[0]], strict=True):
        sides = [(qx - px) * (y - py) - (qy - py) * (x - px) for x, y in ring]
        kept = []
        for at, point in enumerate(ring):
            before, side = sides[at - 1], sides[at]
            if (before < 0) != (side < 0):
                share = before / (before - side)
                kept.append(tuple(u + share * (v - u) for u, v in zip(ring[at - 1], point, strict=True)))
            if side >= 0:
                kept.append(point)
        ring = kept
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True))
    return float(twice / 2)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(-2, 2), st.sampled_from([(0.0, 0.0), AT, (-447.0, 12.0)]))
def test_neighbours_a_last_digit_apart_equal_exact_fractions(seed, steps, at):
    random = np.random.default_rng(seed)
    shape = shapely.MultiPoint(random.uniform(-40, 40, (8, 2)) + at).convex_hull
    points = shapely.get_coordinates(shapely.orient_polygons(shape))[:-1]
    (x1, y1), (x2, y2) = points[0], points[1]
    for _ in range(abs(steps)):
        x1, y2 = np.nextafter(x1, steps * np.inf), np.nextafter(y2, -steps * np.inf)
    third = (x1 + x2) / 2 + (y2 - y1), (y1 + y2) / 2 - (x2 - x1)
    neighbour = [(x2, y2), (x1, y1), third]
    found = shared([Polygon(points)], [Polygon(neighbour)])[0, 0]
    assert found == pytest.approx(exact_area(points, shapely.get_coordinates(
        shapely.orient_polygons(Polygon(neighbour)))[:-1]), abs=1e-9)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=9))
def test_what_is_called_certain_is_valid(points):
    ring = [*points, points[0]]
    shape = Polygon(ring)
    sure = certainly_valid(rings_of([shape]), np.array([0]))[0]
    assert not sure or shape.is_valid


def test_plain_shapes_are_certain():
    shapes = [SQUARE, Polygon([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (0, 1)]), affinity.rotate(SQUARE, 11)]
    assert certainly_valid(rings_of(shapes), np.arange(3)).all()
    assert not certainly_valid(rings_of([HOLED, BOW_TIE]), np.arange(2)).any()


def test_wkb_is_read_as_shapely_reads_it():
    shapes = [HOLED, MultiPolygon([SQUARE, TOUCHING]), shapely.force_3d(SQUARE, 1.0)]
    rings = rings_of(shapes)
    assert (rings.status == POLYGON).all()
    assert np.array_equal(rings.points, shapely.get_coordinates(shapes))
    assert rings.is_hole.tolist() == [False, True, False, False, False]
    assert np.array_equal(rings.box, shapely.bounds(shapes))
    assert rings_of([shapely.Point(1, 2)]).status.tolist() == [UNUSUAL]


def test_set_up_compiles_every_kernel():
    assert compile_kernels() == 1.0


def test_kernels_older_than_a_source_are_dropped(tmp_path):
    cache = tmp_path / "__pycache__"
    cache.mkdir()
    for name, time in ((cache / "old.nbi", 100), (tmp_path / "measure.py", 200), (cache / "new.nbc", 300)):
        name.touch()
        os.utime(name, (time, time))
    assert drop_stale(tmp_path) == 1
    assert [path.name for path in cache.iterdir()] == ["new.nbc"]
