"""An index of the zones: a grid whose cells are outside, wholly inside, or hold an edge of a zone.

A parcel whose box meets only "inside" cells counts whole; only parcels that meet an edge cell are computed,
each against the few pieces of edge in its cells (see `zones.counting.clip_area`).
Compiled with numba; compiled code is kept beside this file, see `zones.compiled`.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt
import shapely

from zones.counting.wkb_arrays import Floats, Ints, four

OUTSIDE, INSIDE = 0, -1
"""States of a cell; a positive state is 1 + the number of an edge cell."""

MOST_CELLS = 6_000_000
"""Cells of all zones' boxes together: bounds the memory at 24 MB and fixes the size of a cell."""

CELLS_OF_A_ZONE = 65_536
"""A lone zone is cut no finer than 256 x 256: large parcels meet more cells than that would save them."""

BUCKET_BITS = 4
"""A bucket is 16 x 16 cells and lists the zones that reach into it."""

MARGIN = 1e-6
"""Share of a cell by which an edge is widened when its cells are marked: no rounding can miss one."""


class ZoneGrid(NamedTuple):
    """Grid over zones in one plane; coordinates of pieces count from the origin.

    `zone_cells` (zones, 5) holds first column, first row, columns and rows of each zone's own part, and
    the columns of all zones before it;
    `state[state_start[z] + row * columns + column]` is the state of a cell. Edge cell k owns
    `pieces[piece_start[k]:piece_start[k + 1]]`, rows of x1, y1, x2, y2, sign with x1 < x2, and
    `lids[lid_start[k]:lid_start[k + 1]]`, rows of x1, x2, weight: where the zone goes on above the cell.
    Column c of zone z lists its edge cells, row and k from the top down, in
    `column_cells[column_start[b + c]:column_start[b + c + 1]]`, where b is `zone_cells[z, 4]`.
    """

    origin: Floats
    cell: float
    columns: int
    rows: int
    zone_cells: Ints
    state_start: Ints
    state: npt.NDArray[np.int32]
    piece_start: Ints
    pieces: Floats
    lid_start: Ints
    lids: Floats
    column_start: Ints
    column_cells: Ints
    bucket_start: Ints
    bucket_zones: Ints


def build_grid(shapes: npt.NDArray[np.object_], most_cells: int = MOST_CELLS) -> ZoneGrid:
    """Return the grid over valid polygons.

    Parameters
    ----------
    shapes : array of shapely geometries
        Valid Polygons and MultiPolygons, all in one plane (metres or degrees).
    most_cells : int
        Bound on the number of cells.
    """
    shapes = shapely.orient_polygons(shapes)
    boxes = shapely.bounds(shapes)
    spans = np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-9)
    most_cells = min(most_cells, CELLS_OF_A_ZONE * len(shapes))
    wanted = max(np.sqrt(spans.prod(axis=1).sum() / most_cells), spans.max() * len(shapes) * 8 / most_cells)
    # Powers of two: the lines of the grid and differences from the origin carry no rounding.
    cell = float(2.0 ** np.ceil(np.log2(wanted)))
    origin = (np.floor(boxes[:, :2].min(axis=0) / cell) - 2) * cell
    # One cell of air on each side, so that a widened edge stays within its zone's part.
    low = np.floor((boxes[:, :2] - origin) / cell).astype(np.int64) - 1
    high = np.floor((boxes[:, 2:] - origin) / cell).astype(np.int64) + 1
    width = high[:, 0] - low[:, 0] + 1
    zone_cells = np.column_stack([low, high - low + 1, np.cumsum(width) - width])
    state_start = np.concatenate([[0], np.cumsum(zone_cells[:, 2] * zone_cells[:, 3])])
    edges, edge_zone = _edges(shapes, origin)
    state = np.zeros(int(state_start[-1]), np.int32)
    count = _mark(edges, edge_zone, cell, zone_cells, state_start, state)
    piece_start, pieces = _cut(edges, edge_zone, cell, zone_cells, state_start, state, count)
    lid_start, lids, column_start, column_cells = _cover(cell, zone_cells, state_start, state, piece_start, pieces)
    columns, rows = (zone_cells[:, :2] + zone_cells[:, 2:4]).max(axis=0)
    bucket_start, bucket_zones = _buckets(zone_cells, state_start, state, int(columns), int(rows))
    return ZoneGrid(
        origin, cell, int(columns), int(rows), zone_cells, state_start, state,
        piece_start, pieces, lid_start, lids, column_start, column_cells, bucket_start, bucket_zones,
    )  # fmt: skip


def _edges(shapes: npt.NDArray[np.object_], origin: Floats) -> tuple[Floats, Ints]:
    """Return all edges as x1, y1, x2, y2 from the origin, outer rings counterclockwise, and their zones."""
    parts, part_zone = shapely.get_parts(shapes, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    points, point_ring = shapely.get_coordinates(rings, return_index=True)
    points = points - origin
    same = point_ring[1:] == point_ring[:-1]
    edges = np.column_stack([points[:-1], points[1:]])[same]
    zone = part_zone[ring_part[point_ring[:-1][same]]]
    return np.ascontiguousarray(edges), zone.astype(np.int64)


@numba.njit(cache=True, nogil=True)
def _mark(edges, edge_zone, cell, zone_cells, state_start, state):
    """Give numbers to the cells that a zone's edges touch, edges widened by a margin; return how many."""
    count = 0
    air = MARGIN * cell
    for at in range(len(edges)):
        zone = edge_zone[at]
        x1, y1, x2, y2 = four(edges, at)
        if x1 > x2:
            x1, y1, x2, y2 = x2, y2, x1, y1
        slope = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
        for column in range(int(np.floor((x1 - air) / cell)), int(np.floor((x2 + air) / cell)) + 1):
            left, right = max(x1, column * cell - air), min(x2, (column + 1) * cell + air)
            if x2 - x1 > 2 * air:
                at_left, at_right = y1 + (left - x1) * slope, y1 + (right - x1) * slope
                low, high = min(at_left, at_right), max(at_left, at_right)
            else:
                low, high = min(y1, y2), max(y1, y2)
            low, high = max(low, min(y1, y2)) - air, min(high, max(y1, y2)) + air
            for row in range(int(np.floor(low / cell)), int(np.floor(high / cell)) + 1):
                place = (
                    state_start[zone] + (row - zone_cells[zone, 1]) * zone_cells[zone, 2] + column - zone_cells[zone, 0]
                )
                if state[place] == OUTSIDE:
                    count += 1
                    state[place] = count
    return count


@numba.njit(cache=True, nogil=True)
def _cut(edges, edge_zone, cell, zone_cells, state_start, state, count):
    """Cut the edges at the lines of the grid; return the pieces cell by cell."""
    piece_start = np.zeros(count + 1, np.int64)
    pieces = np.empty((0, 5))
    filled = np.zeros(count, np.int64)
    for fill in range(2):
        if fill:
            for k in range(count):
                piece_start[k + 1] += piece_start[k]
            pieces = np.empty((piece_start[count], 5))
        for at in range(len(edges)):
            zone = edge_zone[at]
            x1, y1, x2, y2 = four(edges, at)
            if x1 == x2:
                continue
            sign = -1.0
            if x1 > x2:
                x1, y1, x2, y2 = x2, y2, x1, y1
                sign = 1.0
            first, last = int(np.floor(x1 / cell)), int(np.floor(x2 / cell))
            start_x, start_y = x1, y1
            for column in range(first, last + 1):
                stop_x, stop_y = x2, y2
                if column < last:
                    stop_x = (column + 1) * cell
                    stop_y = y1 + (stop_x - x1) / (x2 - x1) * (y2 - y1)
                row, end_row = int(np.floor(start_y / cell)), int(np.floor(stop_y / cell))
                step = 1 if end_row >= row else -1
                from_x, from_y = start_x, start_y
                while True:
                    to_x, to_y = stop_x, stop_y
                    if row != end_row:
                        to_y = (row + 1) * cell if step > 0 else row * cell
                        to_x = start_x + (to_y - start_y) / (stop_y - start_y) * (stop_x - start_x)
                        to_x = min(max(to_x, from_x), stop_x)
                    if to_x > from_x:
                        place = (
                            state_start[zone]
                            + (row - zone_cells[zone, 1]) * zone_cells[zone, 2]
                            + column
                            - zone_cells[zone, 0]
                        )
                        k = state[place] - 1
                        if fill:
                            slot = piece_start[k] + filled[k]
                            filled[k] += 1
                            pieces[slot, 0], pieces[slot, 1] = from_x, from_y
                            pieces[slot, 2], pieces[slot, 3] = to_x, to_y
                            pieces[slot, 4] = sign
                        else:
                            piece_start[k + 1] += 1
                    if row == end_row:
                        break
                    from_x, from_y = to_x, to_y
                    row += step
                start_x, start_y = stop_x, stop_y
    return piece_start, pieces


@numba.njit(cache=True, nogil=True)
def _add_event(events, count, x, weight):
    """Add a step at x to the sorted steps; steps that cancel vanish. Return how many are left."""
    at = count
    while at > 0 and events[at - 1, 0] > x:
        at -= 1
    if at > 0 and events[at - 1, 0] == x:
        events[at - 1, 1] += weight
        if events[at - 1, 1] == 0.0:
            for k in range(at - 1, count - 1):
                events[k, 0], events[k, 1] = events[k + 1, 0], events[k + 1, 1]
            return count - 1
        return count
    for k in range(count, at, -1):
        events[k, 0], events[k, 1] = events[k - 1, 0], events[k - 1, 1]
    events[at, 0], events[at, 1] = x, weight
    return count + 1


@numba.njit(cache=True, nogil=True)
def _cover(cell, zone_cells, state_start, state, piece_start, pieces):
    """Go down each column: note where the zone goes on above each edge cell, and fill the inside cells."""
    edge_cells = len(piece_start) - 1
    lid_count = np.zeros(edge_cells, np.int64)
    lid_first = np.zeros(edge_cells, np.int64)
    lids = np.empty((len(pieces) + edge_cells + 16, 3))
    used = 0
    events = np.empty((64, 2))
    listed = 0
    column_start = np.zeros(zone_cells[-1, 4] + zone_cells[-1, 2] + 1, np.int64)
    column_cells = np.empty((edge_cells, 2), np.int64)
    for zone in range(len(zone_cells)):
        width, height = zone_cells[zone, 2], zone_cells[zone, 3]
        for column in range(width):
            count = 0
            for row in range(height - 1, -1, -1):
                place = state_start[zone] + row * width + column
                if state[place] <= 0:
                    covered = 0.0
                    for k in range(count):
                        covered -= events[k, 0] * events[k, 1]
                    state[place] = INSIDE if covered > cell / 2 else OUTSIDE
                    continue
                k = state[place] - 1
                column_cells[listed, 0], column_cells[listed, 1] = row + zone_cells[zone, 1], k
                listed += 1
                lid_first[k] = used
                if used + count > len(lids):
                    lids = np.concatenate((lids, np.empty((len(lids) + count, 3))))
                weight = 0.0
                for at in range(count - 1):
                    weight += events[at, 1]
                    if weight != 0.0:
                        lids[used, 0], lids[used, 1], lids[used, 2] = events[at, 0], events[at + 1, 0], weight
                        used += 1
                lid_count[k] = used - lid_first[k]
                more = 2 * (piece_start[k + 1] - piece_start[k])
                if count + more > len(events):
                    events = np.concatenate((events, np.empty((len(events) + more, 2))))
                for piece in range(piece_start[k], piece_start[k + 1]):
                    count = _add_event(events, count, pieces[piece, 0], pieces[piece, 4])
                    count = _add_event(events, count, pieces[piece, 2], -pieces[piece, 4])
            column_start[zone_cells[zone, 4] + column + 1] = listed
    # Lids were written column by column; put them in the order of the edge cells.
    lid_start = np.zeros(edge_cells + 1, np.int64)
    ordered = np.empty((used, 3))
    for k in range(edge_cells):
        lid_start[k + 1] = lid_start[k] + lid_count[k]
        ordered[lid_start[k] : lid_start[k + 1]] = lids[lid_first[k] : lid_first[k] + lid_count[k]]
    return lid_start, ordered, column_start, column_cells


@numba.njit(cache=True, nogil=True)
def _buckets(zone_cells, state_start, state, columns, rows):
    """Return for each bucket of cells the zones that reach into it."""
    across, up = (columns >> BUCKET_BITS) + 1, (rows >> BUCKET_BITS) + 1
    seen = np.zeros((len(zone_cells), across * up), np.bool_)
    for zone in range(len(zone_cells)):
        first_column, first_row, width, height = four(zone_cells, zone)
        for row in range(height):
            for column in range(width):
                if state[state_start[zone] + row * width + column] != OUTSIDE:
                    seen[
                        zone, ((row + first_row) >> BUCKET_BITS) * across + ((column + first_column) >> BUCKET_BITS)
                    ] = 1
    start = np.zeros(across * up + 1, np.int64)
    zones = np.empty(np.sum(seen), np.int64)
    used = 0
    for bucket in range(across * up):
        for zone in range(len(zone_cells)):
            if seen[zone, bucket]:
                zones[used] = zone
                used += 1
        start[bucket + 1] = used
    return start, zones
