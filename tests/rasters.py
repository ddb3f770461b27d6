"""Tiny GeoTIFFs, and statistics of them by exact fractions: polygons cut to unit cells by hand, no library."""

from fractions import Fraction

import geopandas
import numpy as np
import rasterio
import shapely
from rasterio.transform import Affine

DEGREES = Affine(0.01, 0, 114.0, 0, -0.01, 22.6)
METRES = Affine(100.0, 0, 500_000.0, 0, -100.0, 2_500_000.0)


def write(path, values, transform=METRES, crs="EPSG:4547", **about):
    """Write bands (or one band) of values; further arguments go to rasterio."""
    bands = np.asarray(values)
    bands = bands[None] if bands.ndim == 2 else bands
    about = {"dtype": bands.dtype, "count": len(bands)} | about
    size = {"height": bands.shape[1], "width": bands.shape[2]}
    with rasterio.open(path, "w", driver="GTiff", transform=transform, crs=crs, **size, **about) as out:
        out.write(bands)
    return path


def frame(crs="EPSG:4547", **shapes):
    """Return shapes as zones by id."""
    table = {"zone_id": list(shapes), "geometry": list(shapes.values())}
    return geopandas.GeoDataFrame(table, crs=crs).set_index("zone_id")


def on_grid(shape, transform=METRES):
    """Return a shape given in columns and rows where it lies on the ground."""
    return shapely.transform(shape, lambda cells: np.column_stack(transform @ (cells[:, 0], cells[:, 1])))


def exact_shares(points, width, height):
    """Return the share of each unit cell that a polygon covers, as fractions; points are whole or simple numbers."""
    ring = [(Fraction(x), Fraction(y)) for x, y in points]
    return [[abs(_area(_cut(ring, col, row))) for col in range(width)] for row in range(height)]


def _cut(ring, col, row):
    for axis, limit, sign in ((0, col, 1), (0, col + 1, -1), (1, row, 1), (1, row + 1, -1)):
        ring = _half(ring, axis, limit, sign)
    return ring


def _half(ring, axis, limit, sign):
    """Keep what lies on one side of a line (Sutherland and Hodgman)."""
    kept = []
    for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
        first, second = sign * (one[axis] - limit), sign * (other[axis] - limit)
        if first >= 0:
            kept.append(one)
        if first * second < 0:
            part = first / (first - second)
            kept.append(tuple(a + (b - a) * part for a, b in zip(one, other, strict=True)))
    return kept


def _area(ring):
    steps = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum((a[0] * b[1] - b[0] * a[1] for a, b in steps), Fraction(0)) / 2
