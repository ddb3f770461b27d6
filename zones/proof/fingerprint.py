"""Fingerprints of shapes: equal for equal ground, different when any vertex differs."""

import hashlib

import numpy as np
import shapely

DIGITS = 16
"""Hex digits kept of a SHA-256: 64 bits, beyond any chance of two shapes of an atlas sharing them."""

Points = tuple[tuple[float, float], ...]


def fingerprint(shape: shapely.Geometry) -> str:
    """Return 16 hex digits that stand for a shape's vertices, wherever rings start and whichever way they run.

    Parameters
    ----------
    shape : shapely geometry
        Any coordinates; heights do not count. Parts and holes may come in any order.

    Notes
    -----
    The normal form is made here, not by `shapely.normalize`, whose order has changed between GEOS versions:
    a receipt has to outlive an upgrade.
    """
    parts = sorted(_part(part) for part in shapely.get_parts(shape))
    return hashlib.sha256(repr((shape.geom_type.removeprefix("Multi"), parts)).encode()).hexdigest()[:DIGITS]


def _part(part: shapely.Geometry) -> tuple[Points, ...]:
    if part.geom_type == "Polygon":
        return _ring(part.exterior), *sorted(_ring(hole) for hole in part.interiors)
    points = _points(part)
    if len(points) > 2 and points[0] == points[-1]:
        return (_ring(part),)
    return (min(points, points[::-1]),)


def _ring(ring: shapely.Geometry) -> Points:
    """Return the vertices of a ring from the least one on, in the direction that sorts first."""
    points = _points(ring)[:-1]
    if not points:
        return ()
    least = min(points)
    forms = []
    for run in (points, points[::-1]):
        forms += [run[at:] + run[:at] for at, point in enumerate(run) if point == least]
    return min(forms)


def _points(shape: shapely.Geometry) -> Points:
    # Adding 0.0 makes -0.0 the 0.0 it equals; plain floats, since the repr of numpy's has changed once.
    return tuple(map(tuple, (np.asarray(shapely.get_coordinates(shape)) + 0.0).tolist()))
