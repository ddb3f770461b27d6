"""Overlaps of a thousand random and near-degenerate pairs against exact fractions: none wrong in silence.

`benchmarks/exact_pairs.py` runs the same on ten thousand; its result stands in `docs/benchmarks.md`.
"""

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from tests.exact import exact_area, exact_ellipsoid_area, hard_pairs
from tests.shapes import BAOAN, HOLED, PINGSHAN, SHIFTED, SQUARE, TOUCHING, frame
from tests.test_clip_area import shared
from zones.errors import GeometryError
from zones.measure import lonlat_area
from zones.overlap import faces, grid_of, pairs, shared_area, totals

# Valid neighbours whose shared edge is one or two last digits apart: plain GEOS 3.14 takes one whole
# triangle for the overlap of the first, and half of both for that of the second.
TRAPS = [
    (
        Polygon(
            [
                (418.70827875363796, 187.33029361851754),
                (-207.11210612392117, -431.51187454184105),
                (630.6004962070956, -411.5763858081036),
            ]
        ),
        Polygon(
            [
                (-207.11210612392117, -431.5118745418411),
                (418.70827875363796, 187.33029361851754),
                (42.72932000144755, 378.96385314859987),
            ]
        ),
    ),
    (
        Polygon(
            [
                (-328.7878489926827, 112.38187396223975),
                (282.1653929958718, 296.7149052277564),
                (67.6042907701075, 340.3571836356604),
            ]
        ),
        Polygon(
            [
                (282.1653929958718, 296.7149052277564),
                (-328.78784899268265, 112.38187396223977),
                (218.24978885190217, 155.46918469971922),
            ]
        ),
    ),
]


@pytest.mark.parametrize(
    ("a", "b", "by_hand"),
    [
        (SQUARE, SHIFTED, 1.0),
        (SQUARE, TOUCHING, 0.0),
        (SQUARE, SQUARE, 4.0),
        (HOLED, box(1, 1, 3, 3), 0.0),
        (HOLED, box(-1, 2, 5, 3), 2.0),
        (Polygon([(0, 0), (4, 0), (0, 4)]), Polygon([(4, 4), (0, 4), (4, 0)]), 0.0),
        (Polygon([(0, 0), (4, 0), (0, 4)]), Polygon([(4, 4), (0, 4), (4, -4)]), 4.0),
    ],
)
def test_the_yardstick_on_shapes_a_reader_can_count(a, b, by_hand):
    assert exact_area(a, b) == by_hand == exact_area(b, a)


def test_the_yardstick_on_the_ellipsoid_gives_the_published_areas():
    areas = [exact_ellipsoid_area(shape, shape) for shape in (BAOAN, PINGSHAN)]
    assert areas == pytest.approx([1_023_645.10, 67_135_869.69], abs=0.01)


@pytest.mark.parametrize(("a", "b"), TRAPS)
def test_known_traps_of_geos(a, b):
    assert exact_area(a, b) < 1e-9
    assert pairs(frame([a, b], crs=None), planar=True)["overlap_m2"].sum() < 1e-6
    assert shared([a], [b])[0, 0] < 1e-9
    whole = totals(faces(frame([a, b], crs=None), planar=True))
    assert whole["union_m2"] == pytest.approx(a.area + b.area, rel=1e-12)


def test_a_thousand_hard_pairs_equal_exact_fractions():
    refused = 0
    for number, (place, way, a, b) in enumerate(hard_pairs(1000, seed=4)):
        said = f"pair {number}, {way} at {place}:\n{a.wkt}\n{b.wkt}"
        exact, edge = exact_area(a, b), a.length + b.length
        both = frame([a, b], crs=None)
        grid = grid_of(both)
        # On the grid an edge moves by less than a cell: perimeter times cell is the stated tolerance.
        found = float(shared_area(np.array([a]), np.array([b]), grid, planar=True)[0])
        assert abs(found - exact) <= grid.size * edge, said
        # The kernel has no grid; its rounding is that of the edges' lengths, in a unit near the place's metre.
        unit = 1e-5 if place == "degrees" else 1.0
        assert abs(shared([a], [b])[0, 0] - exact) <= 1e-12 * unit * edge, said
        if number % 20 == 0:
            table = pairs(both, planar=True)
            assert abs(float(table["overlap_m2"].sum()) - exact) <= grid.size * edge, said
            try:
                once = totals(faces(both, planar=True))["union_m2"]
                assert abs(once - (a.area + b.area - exact)) <= 2 * grid.size * edge, said
            except GeometryError:
                refused += 1
    assert refused <= 1


def test_hard_pairs_in_degrees_equal_the_ellipsoid():
    hard = [pair for pair in hard_pairs(300, seed=5) if pair[0] == "degrees"]
    assert len(hard) == 100
    for _, way, a, b in hard:
        exact = exact_ellipsoid_area(a, b)
        edge_m = (a.length + b.length) * 111_320
        grid = grid_of(frame([a, b]))
        found = float(shared_area(np.array([a]), np.array([b]), grid)[0])
        assert abs(found - exact) <= grid.size * 111_320 * edge_m, way
        smaller = float(lonlat_area(np.array([a, b])).min())
        assert abs(shared([a], [b], 0.0)[0, 0] - exact) <= 1e-11 * smaller + 1e-12 * edge_m, way


def test_pairs_are_valid_and_the_same_every_time():
    first, again = list(hard_pairs(60, seed=9)), list(hard_pairs(60, seed=9))
    assert all(a.is_valid and b.is_valid for _, _, a, b in first)
    assert len({way for _, way, _, _ in first}) == 9
    assert shapely.to_wkb([pair[3] for pair in first]).tolist() == shapely.to_wkb([pair[3] for pair in again]).tolist()
