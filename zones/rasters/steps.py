"""Values in a few classes with round limits, so that what a legend says is what was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DIGITS = 3


@dataclass(frozen=True)
class Step:
    """One class of values: from `low` (included) to `high` (left out, but in the last class), and how many it has."""

    low: float
    high: float
    count: int


def steps_of(values: Sequence[float | None], most: int = 5) -> tuple[tuple[Step, ...], list[int | None]]:
    """Return classes of about equally many values, and the class of each value; None for what has none.

    Limits within are rounded to three digits before values are sorted in; equal values share a class, so there may
    be fewer classes than asked for.
    """
    held = np.array([value for value in values if value is not None and np.isfinite(value)], dtype=float)
    if not len(held):
        return (), [None] * len(values)
    cuts = sorted({rounded(float(cut)) for cut in np.quantile(held, np.arange(1, most) / most)})
    cuts = [cut for cut in cuts if held.min() < cut <= held.max()]
    edges = [float(held.min()), *cuts, float(held.max())]
    places = [
        None if value is None or not np.isfinite(value) else int(np.searchsorted(cuts, value, side="right"))
        for value in values
    ]
    counts = [places.count(at) for at in range(len(edges) - 1)]
    used = [at for at, count in enumerate(counts) if count]
    # A class that rounding left empty would be a colour nobody finds on the map.
    place_of = {at: place for place, at in enumerate(used)}
    made = tuple(Step(edges[at], edges[at + 1], counts[at]) for at in used)
    return made, [None if at is None else place_of[at] for at in places]


def rounded(value: float, digits: int = DIGITS) -> float:
    """Return a value with so many digits."""
    return float(f"{value:.{digits}g}")
