"""Shares of cells against exact fractions, and against clipping by GEOS; neighbours cover a cell once."""

import numpy as np
import pytest
import shapely

from tests.rasters import exact_shares
from tests.shapes import blob
from zones.rasters.cell_shares import TOUCH, outline_of, parts
from zones.rasters.raster_grid import Window

SINGLE = 1e-7
"""Twice what single precision leaves of a share."""


def shares(shape, window):
    found = np.zeros((window.height, window.width))
    for part in parts(outline_of(shape), window):
        held = np.ones((part.window.height, part.window.width))
        if part.cells is not None:
            held[:] = 0
            held.flat[part.cells] = part.shares
        row, col = part.window.row - window.row, part.window.col - window.col
        found[row : row + part.window.height, col : col + part.window.width] = held
    return found


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (4, 0), (0, 4)],
        [(0.5, 0.25), (3.5, 1), (2, 3.75)],
        [(-3, 1), (7, 1.5), (7, 2.5), (-3, 2)],
        [(1, -5), (2, -5), (2.25, 9), (1.75, 9)],
        [(-1, -1), (6, -1), (6, 6), (-1, 6)],
        [(1, 1), (3, 1), (3, 3), (1, 3)],
        [(-2, 2), (2, -2), (6, 2), (2, 6)],
    ],
)
def test_exact_fractions(points):
    """Points are binary fractions, so that the two go by the same polygon; either way round."""
    want = np.array(exact_shares(points, 4, 4), dtype=float)
    np.testing.assert_allclose(shares(shapely.Polygon(points), Window(0, 0, 4, 4)), want, atol=SINGLE)
    np.testing.assert_allclose(shares(shapely.Polygon(points[::-1]), Window(0, 0, 4, 4)), want, atol=SINGLE)


def test_by_hand():
    """The lower left half of a square: cells on the diagonal by half."""
    found = shares(shapely.Polygon([(0, 0), (3, 3), (0, 3)]), Window(0, 0, 3, 3))
    assert found.tolist() == [[0.5, 0, 0], [1, 0.5, 0], [1, 1, 0.5]]


def test_holes_and_parts():
    ring = shapely.box(0, 0, 4, 4) - shapely.box(1, 1, 3, 3)
    both = shapely.MultiPolygon([ring, shapely.box(1.5, 1.5, 2.5, 2.5)])
    assert shares(both, Window(0, 0, 4, 4)).tolist() == [
        [1, 1, 1, 1], [1, 0.25, 0.25, 1], [1, 0.25, 0.25, 1], [1, 1, 1, 1],
    ]  # fmt: skip


def test_windows_without_an_edge_are_whole_or_none():
    outline = outline_of(shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 60, 60))
    (whole,) = parts(outline, Window(5, 5, 10, 10))
    assert (whole.window, whole.cells) == (Window(5, 5, 10, 10), None)
    for none in (Window(45, 45, 10, 10), Window(200, 5, 10, 10), Window(5, 200, 10, 10)):
        assert list(parts(outline, none)) == []


def test_neighbours_share_the_cells_of_their_edge():
    """A plane cut into three hundred parts: of each cell they cover all, and no more."""
    rng = np.random.default_rng(4)
    parted = shapely.voronoi_polygons(
        shapely.MultiPoint(rng.uniform(0, 300, (300, 2))), extend_to=shapely.box(-9, -9, 309, 309)
    )
    whole = sum(shares(shape, Window(0, 0, 300, 300)) for shape in shapely.get_parts(parted))
    np.testing.assert_allclose(whole, 1, atol=3 * SINGLE)


def test_rows_beside_an_edge_on_the_left():
    """All edges pass on the left of the window, yet its rows differ."""
    assert shares(shapely.box(0, 0, 10, 1.5), Window(5, 0, 2, 3)).tolist() == [[1, 1], [0.5, 0.5], [0, 0]]


def test_touching_is_no_share():
    almost = shapely.box(0, 0, 2 + TOUCH / 10, 1 - TOUCH / 10)
    assert shares(almost, Window(0, 0, 3, 1)).tolist() == [[1, 1, 0]]


def test_touching_is_no_share_beside_an_edge_on_the_left():
    """By hand: the second row is touched by rounding only, the first all but filled."""
    almost = shapely.box(0, TOUCH / 10, 10, 1 + TOUCH / 10)
    assert shares(almost, Window(5, 0, 2, 3)).tolist() == [[1, 1], [0, 0], [0, 0]]


@pytest.mark.parametrize("seed", range(20))
def test_blobs_against_clipping(seed):
    rng = np.random.default_rng(seed)
    shape = blob(rng, (5, 5), 7, 30) if seed % 2 else shapely.Polygon(np.round(ring_of(rng)))
    if not shape.is_valid:
        shape = shape.buffer(0)
    window = Window(*map(int, rng.integers(-4, 5, 2)), *map(int, rng.integers(1, 12, 2)))
    want = [
        [shape.intersection(shapely.box(x, y, x + 1, y + 1)).area for x in range(window.col, window.col + window.width)]
        for y in range(window.row, window.row + window.height)
    ]
    np.testing.assert_allclose(shares(shape, window), want, atol=SINGLE)


def ring_of(rng):
    angle = np.sort(rng.uniform(0, 2 * np.pi, 12))
    radius = rng.uniform(2, 8, 12)
    return np.column_stack([5 + radius * np.cos(angle), 5 + radius * np.sin(angle)])
