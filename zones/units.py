"""Units people read: km², 公顷 and 亩, with no digit that the error cannot carry. SI inside, always."""

import math
from typing import Literal

Unit = Literal["km2", "ha", "mu", "m2"]

M2_PER_UNIT: dict[Unit, float] = {"km2": 1e6, "ha": 1e4, "mu": 2000 / 3, "m2": 1.0}
"""1 亩 is exactly 2000/3 m²; 15 亩 make a hectare."""

UNITS: dict[Unit, tuple[str, str]] = {
    "km2": ("km²", "km²"),
    "ha": ("公顷", "ha"),
    "mu": ("亩", "mu"),
    "m2": ("m²", "m²"),
}
"""Label of each unit in Chinese and English."""

MAX_DECIMALS: dict[Unit, int] = {"km2": 4, "ha": 4, "mu": 2, "m2": 2}


def in_unit(area_m2: float, unit: Unit) -> float:
    """Return an area in another unit, unrounded."""
    return area_m2 / M2_PER_UNIT[unit]


def error_decimals(error: float) -> int:
    """Return the decimals an error supports: two digits if they are below 35, else one.

    The rounding rule of the Particle Data Group (Review of Particle Physics, 2022, Introduction 5.3).
    Negative for tens and hundreds, so `round(value, error_decimals(error))` cuts there.

    Examples
    --------
    >>> error_decimals(0.87), error_decimals(0.13), error_decimals(431)
    (1, 2, -2)
    """
    power = math.floor(math.log10(error))
    leading = error / 10**power
    return -power + (1 if leading < 3.55 else 0)


def format_length(length_m: float, error_m: float | None) -> str:
    """Return a length in kilometres with no digit finer than the error of the edges it follows.

    Parameters
    ----------
    length_m, error_m : float
        Metres. The error of the length itself is not known: edges off to one side lengthen it little, kinks more.

    Examples
    --------
    >>> format_length(8674.2, 150), format_length(8674.2, 5), format_length(8674.2, None)
    ('9', '8.67', '8.674')
    """
    known = error_m is not None and not math.isnan(error_m) and error_m > 0
    decimals = min(max(3 - math.ceil(math.log10(error_m)), 0), 3) if known and error_m else 3
    return f"{length_m / 1e3:,.{decimals}f}"


def format_area(area_m2: float, error_m2: float | None, unit: Unit = "km2") -> str:
    """Return an area with its ±, such as `12.5 ± 0.9`, without the unit's name.

    Parameters
    ----------
    area_m2, error_m2 : float
        Square metres. Without an error (None, NaN or 0) the unit's usual decimals are printed and no ±.

    Returns
    -------
    str
        Thousands separated; an empty string where the area is not known.
    """
    if math.isnan(area_m2):
        return ""
    area = in_unit(area_m2, unit)
    if error_m2 is None or math.isnan(error_m2) or error_m2 <= 0:
        return f"{area:,.{MAX_DECIMALS[unit]}f}"
    error = in_unit(error_m2, unit)
    decimals = min(error_decimals(error), MAX_DECIMALS[unit])
    shown = max(decimals, 0)
    return f"{round(area, decimals):,.{shown}f} ± {round(error, decimals):,.{shown}f}"


def format_change(change_m2: float, error_m2: float | None, unit: Unit = "km2") -> str:
    """Return a difference of areas with its sign and ±, such as `+1.2 ± 0.4`, without the unit's name.

    A real difference that is nothing beside its error reads `0 ± 3`, without a sign.
    """
    told = format_area(abs(change_m2), error_m2, unit)
    number = told.split(" ")[0].replace(",", "")
    if not float(number or 0):
        return told
    return f"{'+' if change_m2 > 0 else '−'}{told}"
