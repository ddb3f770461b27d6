"""Values that look like cells without data though the file does not say so: they would spoil every mean and sum."""

from collections.abc import Iterable

import numpy as np

COMMON = (-9999.0, -99999.0, -999999.0, -32768.0, -32767.0, -2147483648.0)
"""What programs write into cells without data."""

BEYOND = 1e30
"""No measured value of the ground is as large; the ends of single and double precision stand for no data."""

OF = ("min", "max", "mean", "area_mean", "median", "sum")


def unmarked_value(figures: Iterable[float | None]) -> float | None:
    """Return a figure that some cell without data must have made; None where there is no sign of one.

    Parameters
    ----------
    figures : iterable of float or None
        Least, greatest and middle values of zones (see `OF`).
    """
    known = np.array([each for each in figures if each is not None], dtype=float)
    odd = known[(np.abs(known) >= BEYOND) | np.isin(known, COMMON)]
    return float(odd[np.abs(odd).argmax()]) if len(odd) else None
