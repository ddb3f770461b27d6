"""Control points of two datums: some read off a web map whose coordinates are shifted, the rest not.

A picture laid on shifted points alone fits them well and lies half a kilometre off: no residual can show that.
But where shifted and true points are mixed, the shifted ones all miss by one known vector.
"""

from collections.abc import Sequence

import numpy as np
from pyproj import Transformer

from zones.georeference.georef import Method, OpenFitError, Pairs, fit, place
from zones.georeference.georef_check import ControlPoint, pixels_of, places_of
from zones.intake.datum import Datum, Points, wgs_to_bd, wgs_to_gcj
from zones.schema import STORAGE_CRS

FEWEST = 6
CLEAR_M = 100.0
MUCH_BETTER, CLOSE_M = 0.2, 80.0
"""What the spread must fall to once some points are taken for shifted ones."""

MOST_WHOLE = 14
"""Points up to which every choice among them is tried."""

MAPS = {Datum.GCJ02: "GCJ-02 (高德, 腾讯)", Datum.BD09: "BD-09 (百度)"}


def shift_pattern(points: Sequence[ControlPoint], plane: str) -> list[tuple[str, str]]:
    """Return a warning where some points miss the others just as shifted coordinates would; nothing is moved.

    Parameters
    ----------
    points : sequence of ControlPoint
    plane : str
        Reference system of their east and north.
    """
    if len(points) < FEWEST:
        return []
    pixels, places = pixels_of(points), places_of(points)
    before = _spread(pixels, places)
    if before < CLEAR_M:
        return []
    found: list[tuple[float, Datum, list[int], float]] = []
    for datum in MAPS:
        shift = _shift(places, plane, datum)
        group, after = _group(pixels, places, shift)
        if 0 < len(group) < len(points) and after < min(MUCH_BETTER * before, CLOSE_M):
            metres = float(np.hypot(*shift[group].T).mean())
            found.append((after, datum, group, metres))
    if not found:
        return []
    _, datum, group, metres = min(found, key=lambda each: each[0])
    named = ", ".join(points[at].name for at in group)
    return [
        ("shifted", f"against the others, points {named} miss by about {metres:.0f} m the way {MAPS[datum]} "
         f"coordinates do; if they were read off such a map, say so for them (datum {datum}): nothing was moved")
    ]  # fmt: skip


def _group(pixels: Pairs, places: Pairs, shift: Pairs) -> tuple[list[int], float]:
    """Return the points which, taken back by the shift, let all fit best, and the spread then."""
    count = len(pixels)
    normal = (pixels - pixels.mean(axis=0)) / np.ptp(pixels, axis=0).max()
    basis = np.linalg.qr(np.column_stack([np.ones(count), normal]))[0]
    over = np.eye(count) - basis @ basis.T
    trials = _trials(count)
    squares = np.zeros(len(trials))
    for axis in (0, 1):
        moved = places[:, axis] - places[:, axis].mean() - trials * shift[:, axis]
        squares += ((moved @ over) ** 2).sum(axis=1)
    best = int(squares.argmin())
    return [int(at) for at in np.flatnonzero(trials[best])], float(np.sqrt(squares[best] / (2 * count - 6)))


def _trials(count: int) -> Pairs:
    """Return which points to take for shifted: every choice of few points, each one and each pair of many."""
    if count <= MOST_WHOLE:
        return np.asarray((np.arange(2**count)[:, None] >> np.arange(count)) & 1, dtype=float)
    ones = np.eye(count)
    first, second = np.triu_indices(count, 1)
    return np.vstack([np.zeros(count), ones, ones[first] + ones[second]])


def _spread(pixels: Pairs, places: Pairs) -> float:
    try:
        away = place(fit(Method.AFFINE, pixels, places), pixels) - places
    except OpenFitError:
        return 0.0
    return float(np.sqrt((away**2).sum() / (2 * len(pixels) - 6)))


def _shift(places: Pairs, plane: str, datum: Datum) -> Pairs:
    """Return how far coordinates of a datum lie from the true ones, in metres of the plane."""
    back = Transformer.from_crs(plane, STORAGE_CRS, always_xy=True)
    degrees: Points = np.column_stack(back.transform(places[:, 0], places[:, 1]))
    shifted = (wgs_to_bd if datum is Datum.BD09 else wgs_to_gcj)(degrees)
    there = back.transform(shifted[:, 0], shifted[:, 1], direction="INVERSE")
    return np.asarray(np.column_stack(there) - places)
