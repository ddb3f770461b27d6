"""Which polygons are certainly valid: a quick sufficient test, so that GEOS looks only at the rest.

Compiled with numba; compiled code is kept beside this file, see `zones.compiled`.
"""

import numba
import numpy as np
import numpy.typing as npt

from zones.counting.wkb_arrays import Ints, Rings

PAIRWISE_LIMIT = 65
"""Rings of up to this many points are tested edge against edge; longer ones are left to GEOS."""

MARGIN = 1e-12
"""Share of the squared extent an orientation must exceed to be certain in floating point."""


def certainly_valid(rings: Rings, rows: Ints) -> npt.NDArray[np.bool_]:
    """Tell which rows are one simple ring without any doubt; False means that GEOS must look.

    Parameters
    ----------
    rings : Rings
        See `zones.counting.wkb_arrays`.
    rows : array of int
        The rows to look at.
    """
    return _check(rings.points, rings.ring_start, rings.row_start, rings.box, rows)


@numba.njit(cache=True, nogil=True)
def _check(points, ring_start, row_start, box, rows):
    certain = np.zeros(len(rows), np.bool_)
    for place in range(len(rows)):
        row = rows[place]
        ring = row_start[row]
        if row_start[row + 1] - ring != 1:
            continue
        start, stop = ring_start[ring], ring_start[ring + 1]
        extent = max(box[row, 2] - box[row, 0], box[row, 3] - box[row, 1])
        margin = MARGIN * extent * extent
        ends = points[start:stop]
        certain[place] = _is_star(ends, margin) or (stop - start <= PAIRWISE_LIMIT and _is_simple(ends, margin))
    return certain


@numba.njit(cache=True, nogil=True)
def _is_star(ends, margin):
    """Tell whether the ring runs once round the mean of its vertices, always turning the same way."""
    count = len(ends) - 1
    x0, y0 = ends[0, 0], ends[0, 1]
    mean_x = mean_y = 0.0
    for at in range(count):
        mean_x += ends[at, 0] - x0
        mean_y += ends[at, 1] - y0
    mean_x = x0 + mean_x / count
    mean_y = y0 + mean_y / count
    left = right = rounds = 0
    for at in range(count):
        ax, ay = ends[at, 0] - mean_x, ends[at, 1] - mean_y
        bx, by = ends[at + 1, 0] - mean_x, ends[at + 1, 1] - mean_y
        turn = ax * by - ay * bx
        if turn > margin:
            left += 1
        elif turn < -margin:
            right += 1
        else:
            return False
        if left and right:
            return False
        if (ay < 0.0) != (by < 0.0):
            rounds += 1
    return rounds == 2


@numba.njit(cache=True, nogil=True)
def _side(a, b, c):
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@numba.njit(cache=True, nogil=True)
def _apart(a, b, c, d, margin):
    """Tell whether edges ab and cd certainly have no point in common."""
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return True
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return True
    first, second = _side(a, b, c), _side(a, b, d)
    if min(first, second) > margin or max(first, second) < -margin:
        return True
    first, second = _side(c, d, a), _side(c, d, b)
    return min(first, second) > margin or max(first, second) < -margin


@numba.njit(cache=True, nogil=True)
def _is_simple(ends, margin):
    count = len(ends) - 1
    for at in range(count):
        a, b = ends[at], ends[at + 1]
        c = ends[at + 2] if at + 2 <= count else ends[1]
        # Neighbouring edges share one point only, unless the second folds back on the first.
        if abs(_side(a, b, c)) <= margin:
            ahead = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])
            if ahead <= 0.0:
                return False
        for other in range(at + 2, count):
            if at == 0 and other == count - 1:
                continue
            if not _apart(a, b, ends[other], ends[other + 1], margin):
                return False
    return True
