"""Rings of mixed shapes as arrays."""

import numpy as np
import pytest
from shapely import LineString, MultiPolygon, Polygon

from tests.shapes import HOLED, PLACE, SHIFTED, SQUARE
from zones.rings import rings_of


def flat(*shapes):
    return rings_of(np.array(shapes, dtype=object))


def test_rings_of_mixed_shapes_know_their_owner():
    rings = flat(HOLED, SQUARE, PLACE, None, Polygon(), LineString([(0, 0), (1, 1)]), MultiPolygon([SHIFTED, HOLED]))
    # The plain square first, then outer ring and hole of the first shape, then three rings of the last.
    assert rings.owner.tolist() == [1, 0, 0, 6, 6, 6]
    assert rings.is_hole.tolist() == [False, False, True, False, False, True]
    assert rings.starts.tolist() == [0, 5, 10, 15, 20, 25]
    assert rings.sizes().tolist() == [5] * 6
    assert rings.total(np.array([4, -16, 4, 4, 16, -4])).tolist() == [12, 4, 0, 0, 0, 0, 16]


def test_edges_close_every_ring():
    start, end, first, edge_starts = flat(SQUARE, SHIFTED).edges()
    assert edge_starts.tolist() == [0, 4]
    assert (start[[0, 4]] == first[[0, 4]]).all()
    assert (end[[3, 7]] == first[[3, 7]]).all()
    assert np.hypot(*(end - start).T).sum() == pytest.approx(16)


def test_some_rings_alone():
    rings = flat(SQUARE, HOLED).only(np.array([True, False, True]))
    assert rings.owner.tolist() == [0, 1]
    assert rings.starts.tolist() == [0, 5]
    assert rings.points[5:].tolist() == list(map(list, HOLED.interiors[0].coords))


def test_nothing_has_no_rings():
    assert len(flat(PLACE, None).starts) == len(rings_of(np.zeros(0, dtype=object)).starts) == 0
