"""What is counted and what comes of it, as plain values; apart from the counting, for numba loads slowly.

Areas are added as whole numbers of m² and of `FRACTIONS` of it. Whole numbers add up to the same in any order and
any grouping, so a table does not depend on threads, machines, or how the layer is cut into files.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zones.issues import Issue

TOUCH_M2 = 1e-3
"""Shared ground up to this area is touching: ten square centimetres, a tenth of the last cadastral digit."""

MOST_NAMED = 1000
"""Odd features named one by one; the rest are counted."""

FRACTIONS = 2**36
"""A shared area is rounded once, to 1.5e-11 m²: a batch's sum of such fractions is below 2**53, exact as a float."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Job(NamedTuple):
    """What has to be known to count a batch: plain values that can be sent to another machine.

    `shapes` are the zones as WKB in the layer's coordinates and `ids` their names; `unit` is m² per squared
    unit of the layer, 0 for degrees; `layer` is the name used in issues.
    """

    shapes: tuple[bytes, ...]
    ids: tuple[str, ...]
    unit: float
    layer: str
    geometry: str
    field: str | None


class Pairs(NamedTuple):
    """Parcels and zones that share ground, in order of the rows; `names[classes]` is the class of each."""

    features: Ints
    zones: Ints
    classes: Ints
    names: list[str | None]
    area: Floats
    inside: npt.NDArray[np.bool_]
    partly: npt.NDArray[np.bool_]


class Counts(NamedTuple):
    """The sums of one batch, for zone `zones[i]` and class `names[classes[i]]`.

    `sums` (4, n) are the parcels inside and partly inside, whole m², and fractions of m². `issues` are the first
    1000 of the batch; `last` is the number of its last feature.
    """

    zones: Ints
    classes: Ints
    names: list[str | None]
    sums: Ints
    issues: list[Issue]
    repaired: int
    left_out: int
    last: int
