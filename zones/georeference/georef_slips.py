"""Control points that are probably slips: points, one or several together, that the fit to the rest puts elsewhere.

Two slips hide each other from a search that leaves out one point at a time: each widens the spread against which the
other is held. So groups are left out together, and each point of a group is held against the points outside of it.
"""

from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from zones.georeference.georef import UNKNOWNS, Method, Pairs, design

UNLIKELY, FEW = 0.0027, 6
"""Chance of a miss beyond three standard deviations; where more choices are tried each must be unlikelier, lest one
of many good ones is always named."""

SHARPEST_PX = 0.3
"""Nobody sets a point better than this: without a floor, points free of error would all be slips but for rounding."""

DOUBT = 10
"""How many times as likely a miss may be that is worth a doubt, not a name, where too few points are left to prove."""

MOST_TRIALS = 5000
"""Groups of one size that are tried; of many points only small groups are."""

OPEN = 1e-9
"""Share of a direction below which the points outside a group leave the method open."""

Square = npt.NDArray[np.float64]


def find_slips(method: Method, pixels: Pairs, places: Pairs) -> list[int]:
    """Return the points that stand out from the rest, the worst first; at most a third of them.

    A point left out is held against the fit to the points outside its group: its squared miss over the spread of
    theirs has an F distribution, and less than 0.27 % of it (three standard deviations) lies beyond. A spline hides
    a slip by bending, so the flat fit is asked in its place.

    Parameters
    ----------
    method : Method
    pixels, places : (n, 2) arrays
        Columns and rows; east and north in metres.
    """
    method = _flat(method)
    kept, found, most = list(range(len(pixels))), list[int](), len(pixels) // 3
    while len(found) < most:
        group = _group(method, pixels[kept], places[kept], most - len(found))
        if not group:
            break
        found += [kept[at] for at in group]
        kept = [at for at in kept if at not in found]
    return found


def find_doubtful(method: Method, pixels: Pairs, places: Pairs) -> list[int]:
    """Return points without which the rest agree much better, though too few are left to call them slips.

    Two or more points; of six control points two slips leave four, which nearly fit an affine method whatever they
    are. Where there are slips, or nothing of the kind, the list is empty.

    Parameters
    ----------
    method, pixels, places
        As for `find_slips`.
    """
    if find_slips(method, pixels, places):
        return []
    group = _group(_flat(method), pixels, places, len(pixels) // 3, UNLIKELY * DOUBT)
    return group if len(group) > 1 else []


def _flat(method: Method) -> Method:
    return Method.AFFINE if method is Method.TPS else method


def _group(method: Method, pixels: Pairs, places: Pairs, most: int, unlikely: float = UNLIKELY) -> list[int]:
    """Return the largest group of points of which each stands out from those outside it, the worst first."""
    count = len(pixels)
    over = _left_over(method, pixels)
    missed = over @ (places - places.mean(axis=0)).T.ravel()
    floor = SHARPEST_PX * _pixel_side(pixels, places)
    for size in range(most, 0, -1):
        dof = 2 * (count - size) - UNKNOWNS[method]
        if dof < 2 or (size > 1 and comb(count, size) > MOST_TRIALS):
            continue
        group = _best(over, missed, size)
        if group is None:
            continue
        saved = _saved(over, missed, group[None, :])[0]
        spread = (float(missed @ missed) - saved) / dof + floor**2
        f = [(saved - _saved(over, missed, np.delete(group, at)[None, :])[0]) / 2 / spread for at in range(size)]
        chances = (1 + 2 * np.maximum(f, 0) / dof) ** (-dof / 2)
        if (chances < unlikely * FEW / max(FEW, comb(count, size))).all():
            return [int(group[at]) for at in np.argsort(chances)]
    return []


def _best(over: Square, missed: npt.NDArray[np.float64], size: int) -> npt.NDArray[np.intp] | None:
    """Return the group without which the rest agree best; None where every one leaves the method open."""
    groups = np.array(list(combinations(range(len(missed) // 2), size)))
    saved = _saved(over, missed, groups)
    return None if np.isnan(saved).all() else groups[int(np.nanargmax(saved))]


def _saved(over: Square, missed: npt.NDArray[np.float64], groups: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """Return by how much the sum of squares falls when each group is left out; NaN where the rest leave it open."""
    if not groups.shape[1]:
        return np.zeros(len(groups))
    rows = np.hstack([groups, groups + len(missed) // 2])
    blocks, own = over[rows[:, :, None], rows[:, None, :]], missed[rows]
    held = np.linalg.eigvalsh(blocks)[:, 0] > OPEN
    saved = np.full(len(groups), np.nan)
    saved[held] = (own[held] * np.linalg.solve(blocks[held], own[held][:, :, None])[:, :, 0]).sum(axis=1)
    return saved


def _left_over(method: Method, pixels: Pairs) -> Square:
    """Return the matrix that takes from all easts and all northings behind them what the method explains."""
    basis = np.linalg.qr(design(method, pixels))[0]
    return np.asarray(np.eye(len(basis)) - basis @ basis.T)


def _pixel_side(pixels: Pairs, places: Pairs) -> float:
    spread = [float(np.sqrt(((each - each.mean(axis=0)) ** 2).sum())) for each in (pixels, places)]
    return spread[1] / spread[0]
