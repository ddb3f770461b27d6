"""Overlap of drawings in plain x and y: areas in the unit of the drawing, or in m² where the unit is stated."""

from pathlib import Path
from typing import Any

import pandas as pd

from ui.commands.selecting import is_file, same
from zones.errors import InputError
from zones.issues import Issue
from zones.overlap import drop_slivers, faces, pairs, totals, union
from zones.repair import Method, read_repaired

METRES: dict[str, float] = {"m": 1.0, "cm": 0.01, "mm": 0.001, "km": 1000.0, "ft": 0.3048, "in": 0.0254}
"""Metres in a unit a drawing may be made in."""

UNKNOWN_UNIT = "square drawing units"


def overlapped_drawings(
    a: str, b: str | None, *, unit: str | None, as_union: bool, below: float, method: Method
) -> tuple[dict[str, Any], list[Issue]]:
    """Return pairs, sums and k-fold areas of one drawing or two, and what was repaired in them.

    Areas are m² where `unit` is given, else squared units of the drawing; `area_unit` of the answer says which.
    """
    factor, named = _unit(unit)
    found: list[Issue] = []
    left = _side(a, method, found)
    right = None if b is None else _side(b, method, found)
    both = left if right is None else pd.concat([left, right[~same(left, right)]])
    cut = faces(both, planar=True).assign(area_m2=lambda table: table["area_m2"] * factor)
    if as_union:
        if right is None:
            raise InputError("--by union compares two sides; give --b too")
        left, right = union(left, a), union(right, b or "")
    table = pairs(left, right, planar=True)
    table["overlap_m2"] *= factor
    kept, slivers = drop_slivers(table, below)
    left_out = {"below_m2": slivers.below_m2, "count": slivers.count, "sum_m2": slivers.sum_m2}
    return {"area_unit": named, "pairs": kept.to_dict("records"), **totals(cut), "slivers": left_out}, found


def _unit(unit: str | None) -> tuple[float, str]:
    """Return what an area is multiplied by, and what it is in then."""
    if unit is None:
        return 1.0, UNKNOWN_UNIT
    if unit not in METRES:
        raise InputError(f"--unit is '{unit}'; a drawing may be in {', '.join(METRES)}")
    return METRES[unit] ** 2, "m2"


def _side(text: str, method: Method, found: list[Issue]) -> Any:  # noqa: ANN401 (a GeoDataFrame)
    if not is_file(text):
        raise InputError(f"'{text}': --planar is for files in plain x and y; zones of the atlas are on the ellipsoid")
    frame, issues = read_repaired(Path(text), planar=True, method=method)
    found += issues
    return frame
