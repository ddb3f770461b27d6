"""How much of each cell a zone covers, exactly: the signed ground under each edge, added up along the rows.

An edge that runs through a cell changes how much of it, and of all cells to its right in that row, lies inside; the
two amounts are linear in the edge. So the shares of all cells are one running sum over what the edges leave behind,
in double precision and in time that goes with the length of the outline, without a polygon ever being clipped.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from zones.rasters.raster_grid import Numbers, Window

TOUCH = 1e-7
"""A zone that has less than this of a cell only touches it; what lacks less is whole. Degrees carry about 1e-9 of a
cell, so a zone drawn along the cells would otherwise take in the values beyond its edge."""


@dataclass(frozen=True)
class Outline:
    """A polygon's edges in columns and rows, (n, 4): start and end, what is inside on the left; and its box."""

    edges: Numbers
    bounds: tuple[float, float, float, float]
    area: float


def outline_of(shape: shapely.Geometry) -> Outline:
    """Return the edges of a valid polygon or multipolygon in columns and rows."""
    rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(shape)))
    points, owner = shapely.get_coordinates(rings, return_index=True)
    follows = owner[1:] == owner[:-1]
    edges = np.hstack([points[:-1][follows], points[1:][follows]])
    west, low, east, high = map(float, shape.bounds)
    return Outline(edges, (west, low, east, high), float(shape.area))


def fractions(outline: Outline, window: Window) -> Numbers | float:
    """Return the share (0 to 1) of each cell of a window that a zone covers.

    Returns
    -------
    array of float, or float
        By row and column; one number, 0 or 1, where the outline does not run through the window.
    """
    edges = outline.edges - np.array([window.col, window.row] * 2, dtype=float)
    near = (edges[:, [1, 3]].min(axis=1) < window.height) & (edges[:, [1, 3]].max(axis=1) > 0)
    near &= (edges[:, 1] != edges[:, 3]) & (edges[:, [0, 2]].min(axis=1) < window.width)
    row, rise, start, end = _by_row(edges[near], window.height)
    left, right = np.minimum(start, end), np.maximum(start, end)
    if not len(row) or right.max() <= 0:
        # All edges pass on the left: every cell of a row is alike, and so are the rows where no edge ends.
        return _uniform(row, rise, window)
    size = window.width + 2
    ground = np.zeros(window.height * size)
    _leave(ground, size, row, rise, left, right, window.width)
    shares = -np.cumsum(ground.reshape(window.height, size), axis=1)[:, : window.width]
    shares[shares < TOUCH] = 0.0
    shares[shares > 1 - TOUCH] = 1.0
    return shares


def _by_row(edges: Numbers, height: int) -> tuple[np.ndarray, Numbers, Numbers, Numbers]:
    """Return the pieces of edges in each row: row, signed rise (down is more), columns at start and end."""
    x0, y0, x1, y1 = edges.T
    low, high = np.clip(np.minimum(y0, y1), 0, height), np.clip(np.maximum(y0, y1), 0, height)
    first = np.floor(low).astype(np.int64)
    count = np.maximum(np.ceil(high).astype(np.int64) - first, 0)
    own = np.repeat(np.arange(len(edges)), count)
    row = first[own] + _places(count)
    top, bottom = np.maximum(low[own], row), np.minimum(high[own], row + 1.0)
    slope = ((x1 - x0) / (y1 - y0))[own]
    sign = np.where(y1 > y0, 1.0, -1.0)[own]
    at_top = _near_end(x0[own] + (top - y0[own]) * slope, x0[own], x1[own])
    at_bottom = _near_end(x0[own] + (bottom - y0[own]) * slope, x0[own], x1[own])
    return row, sign * (bottom - top), at_top, at_bottom


def _near_end(x: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """Return places on an edge, none beyond its ends by rounding."""
    return np.clip(x, np.minimum(one, other), np.maximum(one, other))


def _places(count: np.ndarray) -> np.ndarray:
    """Return 0, 1 ... for each of several runs, one after the other."""
    ends = np.cumsum(count)
    return np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - count, count)


def _uniform(row: np.ndarray, rise: Numbers, window: Window) -> Numbers | float:
    inside = -np.bincount(row, weights=rise, minlength=window.height)[: window.height]
    inside[inside < TOUCH] = 0.0
    inside[inside > 1 - TOUCH] = 1.0
    if (inside == inside[0]).all() and inside[0] in (0.0, 1.0):
        return float(inside[0])
    return np.repeat(inside[:, None], window.width, axis=1)


def _leave(
    ground: Numbers, size: int, row: np.ndarray, rise: Numbers, left: Numbers, right: Numbers, width: int
) -> None:
    """Add to each cell what the pieces in its row leave in it and to its right."""
    run = right - left
    lean = run > 0
    safe = np.where(lean, run, 1.0)
    # What passes left of the window counts in full from its first column on; what passes right of it, not at all.
    before = np.where(lean, np.clip(-left / safe, 0, 1), (left < 0) * 1.0)
    beyond = np.where(lean, np.clip((right - width) / safe, 0, 1), (left >= width) * 1.0)
    flat = [row * size]
    amount = [rise * before]
    within = rise * np.clip(1 - before - beyond, 0, 1)
    low, high = np.clip(left, 0, width), np.clip(right, 0, width)
    first = np.floor(low).astype(np.int64)
    count = np.maximum(np.ceil(high).astype(np.int64) - first, 1)
    own = np.repeat(np.arange(len(row)), count)
    col = first[own] + _places(count)
    start, end = np.maximum(low[own], col), np.minimum(high[own], col + 1.0)
    part = np.where((high - low)[own] > 0, (end - start) / np.where(high > low, high - low, 1.0)[own], 1.0)
    gone = within[own] * part
    offset = np.clip((start + end) / 2 - col, 0, 1)
    flat += [row[own] * size + col, row[own] * size + col + 1]
    amount += [gone * (1 - offset), gone * offset]
    ground += np.bincount(np.concatenate(flat), weights=np.concatenate(amount), minlength=len(ground))
