"""How much of each cell a zone covers: exactextract, given zones in columns and rows of the raster.

There every raster is an upright grid of unit cells, however it is turned or flipped on the ground. exactextract works
in double precision and hands out shares in single precision: off by 6e-8 of a cell at most. Windows wholly inside or
outside are told by GEOS, and need no shares.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from zones.rasters.raster_grid import Numbers, Window

TOUCH = 1e-7
"""A zone that has less than this of a cell only touches it; what lacks less is whole. Degrees carry about 1e-9 of a
cell, so a zone drawn along the cells would otherwise take in the values beyond its edge."""

WHOLE_CELLS, EDGE_CELLS = 256, 128
"""Rows and columns worked on at a time: those of whole cells stay in the processor's cache, and of windows on an edge
exactextract goes through every cell."""


@dataclass(frozen=True)
class Outline:
    """A polygon in columns and rows, its box, its area in cells, and itself as exactextract takes it (y upwards)."""

    shape: shapely.Geometry
    bounds: tuple[float, float, float, float]
    area: float
    wkb: bytes


@dataclass(frozen=True)
class Part:
    """A window that a zone lies in: places of the cells it covers, row by row, and shares 0-1; None for a whole one."""

    window: Window
    cells: npt.NDArray[np.int64] | None = None
    shares: Numbers | None = None


def outline_of(shape: shapely.Geometry) -> Outline:
    """Return a valid polygon or multipolygon in columns and rows, made ready for questions."""
    shapely.prepare(shape)
    west, low, east, high = map(float, shape.bounds)
    mirrored = shapely.transform(shape, lambda points: points * (1.0, -1.0))
    return Outline(shape, (west, low, east, high), float(shape.area), shapely.to_wkb(mirrored))


def parts(outline: Outline, tile: Window) -> Iterator[Part]:
    """Yield the pieces of a window that a zone lies in, with its share of each cell."""
    left, top, right, low = outline.bounds
    first_col, last_col = max(tile.col, math.floor(left)), min(tile.col + tile.width, math.ceil(right))
    first_row, last_row = max(tile.row, math.floor(top)), min(tile.row + tile.height, math.ceil(low))
    if first_col >= last_col or first_row >= last_row:
        return
    box = Window(first_col, first_row, last_col - first_col, last_row - first_row)
    whole, cut = _told(outline, _cuts(box, WHOLE_CELLS))
    yield from map(Part, whole)
    for piece in cut:
        whole, edge = _told(outline, _cuts(piece, EDGE_CELLS))
        yield from map(Part, whole)
        for each in edge:
            yield Part(each, *shares(outline, each))


def _cuts(box: Window, side: int) -> list[Window]:
    return [
        Window(col, row, min(side, box.col + box.width - col), min(side, box.row + box.height - row))
        for row in range(box.row, box.row + box.height, side)
        for col in range(box.col, box.col + box.width, side)
    ]


def _told(outline: Outline, pieces: list[Window]) -> tuple[list[Window], list[Window]]:
    """Return the pieces wholly inside a zone, and those its edge may run through."""
    corners = np.array([(each.col, each.row, each.col + each.width, each.row + each.height) for each in pieces], float)
    boxes = shapely.box(*corners.T)
    inside = shapely.contains_properly(outline.shape, boxes)
    met = shapely.intersects(outline.shape, boxes) & ~inside
    return [pieces[at] for at in np.flatnonzero(inside)], [pieces[at] for at in np.flatnonzero(met)]


def shares(outline: Outline, window: Window) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Return the cells of a window that a zone covers, by place row by row, and the share (0 to 1) of each."""
    # Loads slowly, and few commands need it.
    from exactextract import exact_extract
    from exactextract.raster import NumPyRasterSource

    from zones.rasters.cell_feature import OneShape

    nothing = np.zeros((window.height, window.width), dtype=np.uint8)
    box = (window.col, -(window.row + window.height), window.col + window.width, -window.row)
    (found,) = exact_extract(NumPyRasterSource(nothing, *box), OneShape(outline.wkb), ["cell_id", "coverage"])
    cells, part = (found["properties"][name] for name in ("cell_id", "coverage"))
    part = np.where(part > 1 - TOUCH, 1.0, part)
    counts = part >= TOUCH
    return cells[counts], part[counts]
