"""Fingerprints: equal for equal ground however it is spelled, another for the least step."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.shapes import HOLED, SQUARE
from zones.proof.fingerprint import fingerprint


def test_fingerprint_knows_shapes_not_spellings():
    ring = list(HOLED.exterior.coords)[:-1]
    holes = [list(HOLED.interiors[0].coords)[::-1]]
    assert fingerprint(shapely.Polygon(ring[2:] + ring[:2], holes)) == fingerprint(HOLED)
    assert fingerprint(shapely.MultiPolygon([SQUARE, HOLED])) == fingerprint(shapely.MultiPolygon([HOLED, SQUARE]))
    line = shapely.LineString([(0, 0), (1, 2), (3, 3)])
    assert fingerprint(line) == fingerprint(line.reverse())
    assert len({fingerprint(shape) for shape in (SQUARE, HOLED, line, SQUARE.exterior, shapely.Point(0, 0))}) == 5


@given(st.integers(0, 3), st.sampled_from([np.spacing(1.0), 1e-9, -1e-12]))
def test_fingerprint_sees_the_least_step(place, step):
    points = shapely.get_coordinates(SQUARE)[:-1] + 1
    points[place, 0] += step if step > 1e-15 else 4 * step
    assert fingerprint(shapely.Polygon(points)) != fingerprint(shapely.transform(SQUARE, lambda each: each + 1))
