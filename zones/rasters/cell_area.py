"""True area of raster cells on the CGCS2000 ellipsoid, whatever plane the raster is drawn on."""

import numpy as np
import shapely

from zones.measure import E2, SEMI_MINOR_M, E, lonlat_area
from zones.rasters.raster_grid import Grid, Numbers, Window
from zones.schema import METRES_PER_DEGREE

NODE_M = 1000.0
"""The scale of a plane changes so slowly that it is found once a kilometre, and straight between; smaller cells
differ from that by less than 1e-8 of their area."""

MOST_SPLITS = 16
SMALLEST_M = 1e-3


def lonlat_cell_area(south: Numbers, north: Numbers, width_deg: float) -> Numbers:
    """Return the ellipsoid's area in m² between two parallels, over a width in longitude: a closed form.

    Parameters
    ----------
    south, north : array of float
        Latitudes in degrees; beyond a pole there is no ground.
    width_deg : float
        Degrees of longitude.

    Notes
    -----
    The area from the equator to a latitude per radian of longitude is b²/2 [s / (1 - e²s²) + artanh(e s) / e],
    s its sine. Of two latitudes the difference is taken term by term, so that thin cells lose no digits.
    """
    low, high = (np.radians(np.clip(latitude, -90.0, 90.0)) for latitude in (south, north))
    below, above = np.sin(low), np.sin(high)
    step = 2 * np.cos((high + low) / 2) * np.sin((high - low) / 2)
    first = step * (1 + E2 * above * below) / ((1 - E2 * above**2) * (1 - E2 * below**2))
    second = np.arctanh(E * step / (1 - E2 * above * below)) / E
    area: Numbers = np.radians(abs(width_deg)) * SEMI_MINOR_M**2 / 2 * (first + second)
    return area


def cell_areas(grid: Grid, window: Window) -> Numbers:
    """Return the true area in m² of each cell of a window, an array of its rows and columns.

    Parameters
    ----------
    grid : Grid
    window : Window

    Notes
    -----
    On an upright grid in degrees a row's cells are equal, and the closed form holds. Elsewhere the ground of blocks
    of cells about 1 km wide is measured on the ellipsoid, their edges straight on the raster's plane, and the scale
    of a cell lies between those of the blocks around it.
    """
    if grid.is_stored_as_lonlat and grid.is_upright:
        a, _, _, _, e, f = grid.affine
        edges = f + e * np.arange(window.row, window.row + window.height + 1)
        rows = lonlat_cell_area(np.minimum(edges[1:], edges[:-1]), np.maximum(edges[1:], edges[:-1]), a)
        return np.broadcast_to(rows[:, None], (window.height, window.width))
    step = int(np.clip(NODE_M / max(cell_size_m(grid), SMALLEST_M), 1, NODE_M / SMALLEST_M))
    columns, across = _between(window.col, window.width, step)
    rows, down = _between(window.row, window.height, step)
    density = block_areas(grid, columns, rows, step) / step**2
    areas: Numbers = down @ density @ across.T
    return areas


def cell_size_m(grid: Grid) -> float:
    """Return about how long the longer side of a cell is, in metres."""
    a, b, _, d, e, _ = grid.affine
    longest = max(np.hypot(a, d), np.hypot(b, e))
    unit = METRES_PER_DEGREE if grid.crs.is_geographic else grid.crs.axis_info[0].unit_conversion_factor
    return float(longest * unit)


def _between(first: int, count: int, step: int) -> tuple[Numbers, Numbers]:
    """Return the blocks whose middles lie around some cells, and the weight of each block for each cell."""
    middles = np.arange(first, first + count) + 0.5
    at = middles / step - 0.5
    low, last = int(np.floor(at[0])), int(np.floor(at[-1]))
    blocks = np.arange(low, last + 2)
    weights = np.zeros((count, len(blocks)))
    cells, left = np.arange(count), np.floor(at).astype(int)
    weights[cells, left - low] = 1 - (at - left)
    weights[cells, left - low + 1] += at - left
    return blocks.astype(float), weights


def block_areas(grid: Grid, columns: Numbers, rows: Numbers, step: int) -> Numbers:
    """Return the true areas in m² of blocks of `step` by `step` cells, by block column and row.

    The edges of a block are straight on the raster's plane: they are split before they become degrees.
    """
    splits = int(np.clip(np.ceil(cell_size_m(grid) * step / NODE_M), 1, MOST_SPLITS))
    along = np.arange(splits) / splits
    outline = np.concatenate([
        np.column_stack([along, np.zeros(splits)]), np.column_stack([np.ones(splits), along]),
        np.column_stack([1 - along, np.ones(splits)]), np.column_stack([np.zeros(splits), 1 - along]),
    ])  # fmt: skip
    corner = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 1, 2)
    cells = (corner + np.concatenate([outline, outline[:1]])) * step
    points = grid.to_lonlat(cells.reshape(-1, 2))
    shapes = shapely.polygons(points.reshape(len(cells), -1, 2))
    return np.abs(lonlat_area(shapes)).reshape(len(rows), len(columns))
