"""Polygons from WKB straight to coordinate arrays: no Python object per feature.

Compiled with numba; compiled code is kept beside this file, see `zones.compiled`.
"""

from typing import NamedTuple

import numba
import numpy as np
import numpy.typing as npt
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

ABSENT, POLYGON, UNUSUAL = 0, 1, 2
"""What a row holds: nothing, a polygon these arrays carry, or something to be looked at one by one."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class Rings(NamedTuple):
    """Polygons of a batch as arrays.

    `points` (n, 2); ring r is `points[ring_start[r]:ring_start[r + 1]]`, closed; the rings of row f are
    `row_start[f]` to `row_start[f + 1]`; `is_hole` tells inner rings; `box` is xmin, ymin, xmax, ymax of
    each row; `status` is ABSENT, POLYGON or UNUSUAL.
    """

    points: Floats
    ring_start: Ints
    is_hole: npt.NDArray[np.bool_]
    row_start: Ints
    box: Floats
    status: npt.NDArray[np.int8]


def read_rings(data: Bytes, offsets: Ints, present: npt.NDArray[np.bool_]) -> Rings:
    """Return the polygons of a column of WKB.

    Parameters
    ----------
    data, offsets : arrays
        Row f is `data[offsets[f]:offsets[f + 1]]`.
    present : array of bool
        False where the row has no geometry.

    Notes
    -----
    Little-endian Polygon and MultiPolygon, with or without Z and M, are read here. Any other type or byte order,
    rings that are not closed, cut-off records and coordinates that are no finite numbers are left as UNUSUAL.
    """
    # Read-only views, whatever is given: each mix of kinds would be compiled anew while a person waits.
    data, offsets, present = _fixed(data), _fixed(offsets), _fixed(present)
    status, ring_count, point_count = _count(data, offsets, present)
    rows = len(status)
    row_start = np.zeros(rows + 1, np.int64)
    np.cumsum(ring_count, out=row_start[1:])
    points = np.empty((int(point_count.sum()), 2))
    ring_start = np.zeros(int(row_start[-1]) + 1, np.int64)
    is_hole = np.zeros(int(row_start[-1]), np.bool_)
    box = np.tile([np.inf, np.inf, -np.inf, -np.inf], (rows, 1))
    rings = Rings(points, ring_start, is_hole, row_start, box, status)
    _fill(data, offsets, rings)
    box[row_start[1:] == row_start[:-1]] = np.nan
    return rings


def _fixed(array):
    view = np.ascontiguousarray(array).view()
    view.flags.writeable = False
    return view


@intrinsic
def _float_at(_typing, data, at):
    """Read a double from any byte of the data: records of WKB keep no alignment."""

    def generate(context, builder, signature, values):
        array = context.make_array(signature.args[0])(context, builder, values[0])
        place = builder.bitcast(builder.gep(array.data, [values[1]]), ir.DoubleType().as_pointer())
        return builder.load(place, align=1)

    return types.float64(data, at), generate


@numba.njit(cache=True, nogil=True)
def four(rows, at):  # noqa: ANN201 (numba infers it)
    """Return the first four numbers of a row; a view of the row would be counted in and out, ten times slower."""
    return rows[at, 0], rows[at, 1], rows[at, 2], rows[at, 3]


@numba.njit(cache=True, nogil=True)
def _u32(data, at):
    return (
        np.int64(data[at])
        | (np.int64(data[at + 1]) << 8)
        | (np.int64(data[at + 2]) << 16)
        | (np.int64(data[at + 3]) << 24)
    )


@numba.njit(cache=True, nogil=True)
def _header(data, at, end):
    """Return the type (0 if it is not one of ours) and the bytes of a point."""
    if at + 9 > end or data[at] != 1:
        return 0, 16
    code = _u32(data, at + 1)
    ordinates = 2
    if code & 0x20000000:
        return 0, 16
    if code & 0x80000000:
        ordinates += 1
    if code & 0x40000000:
        ordinates += 1
    code &= 0x0FFFFFFF
    if code >= 4000:
        return 0, 16
    ordinates += (0, 1, 1, 2)[code // 1000]
    return code % 1000, 8 * ordinates


@numba.njit(cache=True, nogil=True)
def _count_polygon(data, at, end):
    """Return where the polygon ends (-1 if it does not end in time), its rings and points."""
    kind, size = _header(data, at, end)
    if kind != 3:
        return -1, 0, 0
    rings = _u32(data, at + 5)
    at += 9
    points = 0
    for _ in range(rings):
        if at + 4 > end:
            return -1, 0, 0
        count = _u32(data, at)
        at += 4 + count * size
        if count < 4 or at > end:
            return -1, 0, 0
        points += count
    return at, rings, points


@numba.njit(cache=True, nogil=True)
def _count(data, offsets, present):
    rows = len(offsets) - 1
    status = np.zeros(rows, np.int8)
    ring_count = np.zeros(rows, np.int64)
    point_count = np.zeros(rows, np.int64)
    for row in range(rows):
        at, end = offsets[row], offsets[row + 1]
        if not present[row]:
            continue
        kind, _ = _header(data, at, end)
        status[row] = UNUSUAL
        parts = 1
        if kind == 6:
            parts = _u32(data, at + 5)
            at += 9
        elif kind != 3:
            continue
        rings = points = 0
        for _ in range(parts):
            at, more_rings, more_points = _count_polygon(data, at, end)
            if at < 0:
                break
            rings += more_rings
            points += more_points
        if at >= 0:
            status[row] = POLYGON if rings > 0 else ABSENT
            ring_count[row] = rings
            point_count[row] = points
    return status, ring_count, point_count


@numba.njit(cache=True, nogil=True)
def _fill(data, offsets, rings):
    ring = point = 0
    for row in range(len(offsets) - 1):
        if rings.row_start[row + 1] == rings.row_start[row]:
            continue
        at, end = offsets[row], offsets[row + 1]
        kind, _ = _header(data, at, end)
        parts = 1
        if kind == 6:
            parts = _u32(data, at + 5)
            at += 9
        for _ in range(parts):
            _, size = _header(data, at, end)
            count = _u32(data, at + 5)
            at += 9
            for place in range(count):
                length = _u32(data, at)
                _copy(data, at + 4, size, rings.points[point : point + length], rings.box[row])
                at += 4 + length * size
                rings.is_hole[ring] = place > 0
                ring += 1
                point += length
                rings.ring_start[ring] = point
        _close_row(rings, row)


@numba.njit(cache=True, nogil=True)
def _copy(data, at, size, points, box):
    """Copy a ring's x and y, and widen the box by them; a coordinate that is no number makes the box none."""
    low_x, low_y, high_x, high_y = box[0], box[1], box[2], box[3]
    odd = 0.0
    for step in range(len(points)):
        x, y = _float_at(data, at + step * size), _float_at(data, at + step * size + 8)
        points[step, 0], points[step, 1] = x, y
        odd += x * 0.0 + y * 0.0
        low_x, high_x = min(low_x, x), max(high_x, x)
        low_y, high_y = min(low_y, y), max(high_y, y)
    box[0], box[1], box[2], box[3] = low_x + odd, low_y, high_x, high_y


@numba.njit(cache=True, nogil=True)
def _close_row(rings, row):
    """Make a row unusual whose rings are open or not finite."""
    if np.isnan(rings.box[row, 0]):
        rings.status[row] = UNUSUAL
    for ring in range(rings.row_start[row], rings.row_start[row + 1]):
        start, stop = rings.ring_start[ring], rings.ring_start[ring + 1]
        if rings.points[start, 0] != rings.points[stop - 1, 0] or rings.points[start, 1] != rings.points[stop - 1, 1]:
            rings.status[row] = UNUSUAL
