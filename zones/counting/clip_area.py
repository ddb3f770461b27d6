"""Areas that parcels share with zones, without building the clipped shape.

The ground under both A and B is the sum, over all pairs of an edge of A and an edge of B, of the signed
integral of the lower of the two edges over their common range of x. That is a continuous function of the
coordinates: shared edges, touching corners and slivers need no special case, and it cannot fail
topologically. Only edges of the zone in the parcel's cells are looked at; where the zone goes on above
them, its "lid" stands for all edges further up.

An edge at height y is integrated as c1 y + c2 y² + c3 y³: the plane has c1 alone; on the ellipsoid they
are the first terms of the zone area around the parcel's middle latitude, and edges stay straight in
longitude and latitude (see `zones.measure.lonlat_area`). Parcels over `TALL_DEG` high are integrated by
quadrature instead.

Compiled with numba; compiled code is kept beside this file, see `zones.compiled`.
"""

import numba
import numpy as np
import numpy.typing as npt

from zones.counting.wkb_arrays import POLYGON, Floats, Ints, Rings, four
from zones.counting.zone_grid import BUCKET_BITS, INSIDE, OUTSIDE, ZoneGrid
from zones.measure import E2, SEMI_MINOR_M

TALL_DEG = 0.05
"""Highest parcel, in degrees, for which three terms are enough: what they leave out is below 1e-11 of its area."""

RADIAN = np.pi / 180
# numba freezes module constants into the compiled code, as plain floats only.
_E2, _E, _B2 = float(E2), float(np.sqrt(E2)), float(SEMI_MINOR_M**2)
_LEGENDRE = tuple(float(node) for node in np.polynomial.legendre.leggauss(5)[0])
_WEIGHTS = tuple(float(weight) for weight in np.polynomial.legendre.leggauss(5)[1])


def find_pairs(rings: Rings, grid: ZoneGrid) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Return row, zone, and whether the row lies in inside cells only, of each pair that may share ground."""
    return _find(rings.box, rings.status, grid)


def pair_areas(
    rings: Rings, grid: ZoneGrid, pairs: tuple[Ints, Ints, npt.NDArray[np.bool_]], unit: float
) -> tuple[Floats, Floats]:
    """Return the area shared by each pair, and the whole area of its parcel.

    Parameters
    ----------
    rings : Rings
        Parcels, valid where they are in a pair.
    grid : ZoneGrid
        Zones in the same coordinates.
    pairs : tuple of arrays
        From `find_pairs`, ordered by row.
    unit : float
        Square metres per squared unit of a plane; 0 for degrees on the CGCS2000 ellipsoid.
    """
    return _areas(rings, grid, *pairs, unit)


@numba.njit(cache=True, nogil=True)
def _find(box, status, grid):
    used = 0
    rows = np.empty(len(box) + 64, np.int64)
    zones = np.empty(len(box) + 64, np.int64)
    whole = np.empty(len(box) + 64, np.bool_)
    stamp = np.full(len(grid.zone_cells), -1, np.int64)
    across = (grid.columns >> BUCKET_BITS) + 1
    for row in range(len(box)):
        if status[row] != POLYGON:
            continue
        low_x, low_y = (box[row, 0] - grid.origin[0]) / grid.cell, (box[row, 1] - grid.origin[1]) / grid.cell
        high_x, high_y = (box[row, 2] - grid.origin[0]) / grid.cell, (box[row, 3] - grid.origin[1]) / grid.cell
        if high_x < 0 or high_y < 0 or low_x >= grid.columns or low_y >= grid.rows:
            continue
        first, last = int(max(low_x, 0.0)), int(min(high_x, grid.columns - 1.0))
        bottom, top = int(max(low_y, 0.0)), int(min(high_y, grid.rows - 1.0))
        for up in range(bottom >> BUCKET_BITS, (top >> BUCKET_BITS) + 1):
            for along in range(first >> BUCKET_BITS, (last >> BUCKET_BITS) + 1):
                bucket = up * across + along
                for at in range(grid.bucket_start[bucket], grid.bucket_start[bucket + 1]):
                    zone = grid.bucket_zones[at]
                    if stamp[zone] == row:
                        continue
                    stamp[zone] = row
                    found = _look(grid, zone, first, last, bottom, top)
                    if found == OUTSIDE:
                        continue
                    if used == len(rows):
                        rows = np.concatenate((rows, np.empty(used, np.int64)))
                        zones = np.concatenate((zones, np.empty(used, np.int64)))
                        whole = np.concatenate((whole, np.empty(used, np.bool_)))
                    rows[used], zones[used], whole[used] = row, zone, found == INSIDE
                    used += 1
    return rows[:used].copy(), zones[:used].copy(), whole[:used].copy()


@numba.njit(cache=True, nogil=True)
def _look(grid, zone, first, last, bottom, top):
    """Return OUTSIDE or INSIDE when all cells are so, 1 when any is on an edge or they differ."""
    column0, row0, width, height = four(grid.zone_cells, zone)
    outside = first < column0 or last >= column0 + width or bottom < row0 or top >= row0 + height
    inside = False
    for row in range(max(bottom, row0), min(top, row0 + height - 1) + 1):
        start = grid.state_start[zone] + (row - row0) * width - column0
        for column in range(max(first, column0), min(last, column0 + width - 1) + 1):
            state = grid.state[start + column]
            if state > 0:
                return 1
            if state == INSIDE:
                inside = True
            else:
                outside = True
    if inside:
        return 1 if outside else INSIDE
    return OUTSIDE


@numba.njit(cache=True, nogil=True)
def _terms(low, high, unit):
    """Return c1, c2, c3 and the latitude (radians) to integrate from by quadrature, or NaN for the terms."""
    if unit > 0.0:
        return unit, 0.0, 0.0, np.nan
    middle = (low + high) / 2 * RADIAN
    if high - low > TALL_DEG:
        return 0.0, 0.0, 0.0, middle
    s, c = np.sin(middle), np.cos(middle)
    d = 1 / (1 - _E2 * s * s)
    first = c * d**2
    second = -s * d**2 + 4 * _E2 * s * c**2 * d**3
    third = 4 * _E2 * (c**3 - 3 * s**2 * c) * d**3 - c * d**2 + 24 * _E2**2 * s**2 * c**3 * d**4
    scale = _B2 * RADIAN * RADIAN
    return scale * first, scale * second * RADIAN / 2, scale * third * RADIAN**2 / 6, np.nan


@numba.njit(cache=True, nogil=True)
def _zone_area(latitude):
    s = np.sin(latitude)
    return _B2 / 2 * (s / (1 - _E2 * s * s) + np.arctanh(_E * s) / _E)


@numba.njit(cache=True, nogil=True)
def _strip(y1, y2, dx, terms):
    """Return the integral under an edge from y1 to y2 over a width dx."""
    c1, c2, c3, middle = terms
    if not np.isnan(middle):
        total = 0.0
        base = _zone_area(middle)
        for node, weight in zip(_LEGENDRE, _WEIGHTS):  # noqa: B905 (numba has no strict)
            y = y1 + (y2 - y1) * (node + 1) / 2
            total += weight / 2 * (_zone_area(middle + y * RADIAN) - base)
        return total * dx * RADIAN
    area = c1 * (y1 + y2) / 2
    if c2 != 0.0:
        area += c2 * (y1 * y1 + y1 * y2 + y2 * y2) / 3 + c3 * (y1 + y2) * (y1 * y1 + y2 * y2) / 4
    return area * dx


@numba.njit(cache=True, nogil=True)
def _under_both(edge, piece, terms):
    """Return the integral of the lower of two edges, each x1, y1, x2, y2 with x1 < x2, where both are."""
    ax1, ay1, ax2, ay2 = edge
    bx1, by1, bx2, by2 = piece
    left, right = max(ax1, bx1), min(ax2, bx2)
    if right <= left:
        return 0.0
    a_slope, b_slope = (ay2 - ay1) / (ax2 - ax1), (by2 - by1) / (bx2 - bx1)
    a_left = ay1 if left == ax1 else ay1 + (left - ax1) * a_slope
    a_right = ay2 if right == ax2 else ay1 + (right - ax1) * a_slope
    b_left = by1 if left == bx1 else by1 + (left - bx1) * b_slope
    b_right = by2 if right == bx2 else by1 + (right - bx1) * b_slope
    at_left, at_right = a_left - b_left, a_right - b_right
    if at_left <= 0.0 and at_right <= 0.0:
        return _strip(a_left, a_right, right - left, terms)
    if at_left >= 0.0 and at_right >= 0.0:
        return _strip(b_left, b_right, right - left, terms)
    share = at_left / (at_left - at_right)
    cross = (right - left) * share
    if at_left < 0.0:
        middle = a_left + (a_right - a_left) * share
        return _strip(a_left, middle, cross, terms) + _strip(middle, b_right, right - left - cross, terms)
    middle = b_left + (b_right - b_left) * share
    return _strip(b_left, middle, cross, terms) + _strip(middle, a_right, right - left - cross, terms)


@numba.njit(cache=True, nogil=True)
def _whole(rings, row, mid_y, terms, factor):
    """Return a parcel's own area; set the factor of each ring that makes outer rings count up, holes down."""
    total = 0.0
    first = rings.row_start[row]
    for ring in range(first, rings.row_start[row + 1]):
        start, stop = rings.ring_start[ring], rings.ring_start[ring + 1]
        x0 = rings.points[start, 0]
        area = 0.0
        if terms[1] == 0.0 and np.isnan(terms[3]):
            # On a plane, far the most frequent, there is one term, and its factor can wait.
            x, y = 0.0, rings.points[start, 1] - mid_y
            for at in range(start + 1, stop):
                next_x, next_y = rings.points[at, 0] - x0, rings.points[at, 1] - mid_y
                area += (x - next_x) * (y + next_y)
                x, y = next_x, next_y
            area *= terms[0] / 2
        else:
            for at in range(start, stop - 1):
                width = (rings.points[at, 0] - x0) - (rings.points[at + 1, 0] - x0)
                area += _strip(rings.points[at, 1] - mid_y, rings.points[at + 1, 1] - mid_y, width, terms)
        factor[ring - first] = (1.0 if area > 0 else -1.0) * (-1.0 if rings.is_hole[ring] else 1.0)
        total += factor[ring - first] * area
    return total


@numba.njit(cache=True, nogil=True)
def _below(grid, column, top):
    """Return the first edge cell of a column at or below a row; cells run from the top down."""
    low, high = grid.column_start[column], grid.column_start[column + 1]
    while low < high:
        middle = (low + high) // 2
        if grid.column_cells[middle, 0] > top:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(cache=True, nogil=True)
def _put(near, at, x1, y1, x2, y2, sign):
    near[at, 0], near[at, 1], near[at, 2], near[at, 3], near[at, 4] = x1, y1, x2, y2, sign


@numba.njit(cache=True, nogil=True)
def _gather(grid, zone, span, shift, near, column_start):
    """Collect lids and pieces of the zone in the parcel's cells, column by column, seen from the parcel."""
    first, last, bottom, top = span
    column0, row0, width, _ = four(grid.zone_cells, zone)
    before = grid.zone_cells[zone, 4]
    used = 0
    for column in range(first, last + 1):
        column_start[column - first] = used
        state = grid.state[grid.state_start[zone] + (top - row0) * width + column - column0]
        start = _below(grid, before + column - column0, top)
        stop = start
        need = 1 if state <= 0 else grid.lid_start[state] - grid.lid_start[state - 1]
        while stop < grid.column_start[before + column - column0 + 1] and grid.column_cells[stop, 0] >= bottom:
            k = grid.column_cells[stop, 1]
            need += grid.piece_start[k + 1] - grid.piece_start[k]
            stop += 1
        if used + need > len(near):
            near = np.concatenate((near, np.empty((len(near) + need, 5))))
        if state == INSIDE:
            left = column * grid.cell + shift[0]
            _put(near, used, left, np.inf, left + grid.cell, np.inf, 1.0)
            used += 1
        elif state > 0:
            # The sign of a lid: an upper edge runs to the left, so ground below it counts up.
            for at in range(grid.lid_start[state - 1], grid.lid_start[state]):
                x1, x2 = grid.lids[at, 0] + shift[0], grid.lids[at, 1] + shift[0]
                _put(near, used, x1, np.inf, x2, np.inf, grid.lids[at, 2])
                used += 1
        for place in range(start, stop):
            k = grid.column_cells[place, 1]
            for at in range(grid.piece_start[k], grid.piece_start[k + 1]):
                x1, y1, x2, y2 = four(grid.pieces, at)
                _put(near, used, x1 + shift[0], y1 + shift[1], x2 + shift[0], y2 + shift[1], grid.pieces[at, 4])
                used += 1
    column_start[last + 1 - first] = used
    return near


@numba.njit(cache=True, nogil=True)
def _shared(rings, grid, row, span, origin, terms, factor, near, column_start):
    """Return the area under both the parcel and the pieces gathered near it."""
    first, last = span[0], span[1]
    total = 0.0
    first_ring = rings.row_start[row]
    for ring in range(first_ring, rings.row_start[row + 1]):
        for at in range(rings.ring_start[ring], rings.ring_start[ring + 1] - 1):
            x1, y1 = rings.points[at, 0] - origin[0], rings.points[at, 1] - origin[1]
            x2, y2 = rings.points[at + 1, 0] - origin[0], rings.points[at + 1, 1] - origin[1]
            if x1 == x2:
                continue
            sign = -factor[ring - first_ring]
            if x1 > x2:
                x1, y1, x2, y2 = x2, y2, x1, y1
                sign = -sign
            # Columns of this edge, one more on each side: rounding must not lose a piece.
            start = int(np.floor((x1 + origin[0] - grid.origin[0]) / grid.cell - 1e-6))
            stop = int(np.floor((x2 + origin[0] - grid.origin[0]) / grid.cell + 1e-6))
            start, stop = max(start, first), min(stop, last)
            if stop < start:
                continue
            for k in range(column_start[start - first], column_start[stop - first + 1]):
                if near[k, 0] < x2 and near[k, 2] > x1:
                    piece = four(near, k)
                    if near[k, 1] == np.inf:
                        low, high = max(x1, near[k, 0]), min(x2, near[k, 2])
                        slope = (y2 - y1) / (x2 - x1)
                        y_low = y1 if low == x1 else y1 + (low - x1) * slope
                        y_high = y2 if high == x2 else y1 + (high - x1) * slope
                        total += sign * near[k, 4] * _strip(y_low, y_high, high - low, terms)
                    else:
                        total += sign * near[k, 4] * _under_both((x1, y1, x2, y2), piece, terms)
    return total


@numba.njit(cache=True, nogil=True)
def _areas(rings, grid, rows, zones, whole, unit):
    shared, own = np.empty(len(rows)), np.empty(len(rows))
    factor, near, column_start = np.empty(16), np.empty((64, 5)), np.empty(64, np.int64)
    known, area = -1, 0.0
    terms = _terms(0.0, 0.0, 1.0)
    for at in range(len(rows)):
        row, zone = rows[at], zones[at]
        # Heights count from the middle of the parcel's box, x from its left side.
        low_x, high_x = rings.box[row, 0], rings.box[row, 2]
        low_y, high_y = rings.box[row, 1], rings.box[row, 3]
        mid_y = (low_y + high_y) / 2
        if row != known:
            known = row
            if rings.row_start[row + 1] - rings.row_start[row] > len(factor):
                factor = np.empty(2 * (rings.row_start[row + 1] - rings.row_start[row]))
            terms = _terms(low_y, high_y, unit)
            area = _whole(rings, row, mid_y, terms, factor)
        shared[at] = own[at] = area
        if whole[at]:
            continue
        column0, row0, width, height = four(grid.zone_cells, zone)
        first = max(int(np.floor((low_x - grid.origin[0]) / grid.cell)), column0)
        last = min(int(np.floor((high_x - grid.origin[0]) / grid.cell)), column0 + width - 1)
        bottom = max(int(np.floor((low_y - grid.origin[1]) / grid.cell)), row0)
        top = min(int(np.floor((high_y - grid.origin[1]) / grid.cell)), row0 + height - 1)
        if last - first + 2 > len(column_start):
            column_start = np.empty(2 * (last - first + 2), np.int64)
        span = (first, last, bottom, top)
        shift = (grid.origin[0] - low_x, grid.origin[1] - mid_y)
        near = _gather(grid, zone, span, shift, near, column_start)
        total = _shared(rings, grid, row, span, (low_x, mid_y), terms, factor, near, column_start)
        shared[at] = min(max(total, 0.0), area)
    return shared, own
