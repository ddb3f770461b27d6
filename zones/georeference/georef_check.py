"""Which sets of control points are refused, and why: too few, doubled, outside, in a line, in a corner, mirrored."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zones.errors import InputError
from zones.georeference.georef import LEAST, Fit, Method, Pairs, fit, slopes, turn

SAME_PX, SAME_M = 0.5, 0.01
NARROWEST = 0.03
"""Width over length of the points' extent, below which they count as a line."""

CORNER = 0.05
"""Share of the picture's diagonal that the points must at least reach across."""

SMALL_HULL = 0.2
"""Share of the picture within the points, below which most of it hangs on by a thread."""


@dataclass(frozen=True)
class ControlPoint:
    """A place seen in the picture and known on the ground.

    Attributes
    ----------
    name : str
    column, row : float
        In pixels from the upper left corner, rows downwards; the middle of the first pixel is 0.5, 0.5.
    east, north : float
        In metres of the plane of the fit.
    check : bool
        Kept out of the fit, to test it.
    error_m : float or None
        How well the place on the ground is known; None where nobody said.
    """

    name: str
    column: float
    row: float
    east: float
    north: float
    check: bool = False
    error_m: float | None = None


def pixels_of(points: Sequence[ControlPoint]) -> Pairs:
    """Return columns and rows."""
    return np.array([[each.column, each.row] for each in points], dtype=float).reshape(-1, 2)


def places_of(points: Sequence[ControlPoint]) -> Pairs:
    """Return east and north."""
    return np.array([[each.east, each.north] for each in points], dtype=float).reshape(-1, 2)


def refuse_bad_set(points: Sequence[ControlPoint], method: Method, size: tuple[int, int]) -> None:
    """Raise if the points cannot carry the method.

    Parameters
    ----------
    points : sequence of ControlPoint
        Check points among them are looked at, but do not count as carrying.
    method : Method
    size : (int, int)
        Width and height of the picture in pixels.

    Raises
    ------
    InputError
        One sentence that names the points.
    """
    _refuse_odd_numbers(points, size)
    _refuse_doubles(points)
    carrying = [each for each in points if not each.check]
    if len(carrying) < LEAST[method]:
        besides = f" beside {len(points) - len(carrying)} check points" if len(points) > len(carrying) else ""
        raise InputError(
            f"{len(carrying)} control points{besides}, but {method} needs {LEAST[method]}; "
            "set more points, or choose a simpler method"
        )
    _refuse_corner(carrying, size)
    if method is not Method.SIMILARITY:
        _refuse_line(carrying)
    _refuse_mirror(carrying)


def refuse_fold(fitted: Fit, points: Sequence[ControlPoint]) -> None:
    """Raise if the fit turns the picture over at a control point.

    Raises
    ------
    InputError
    """
    over = turn(slopes(fitted, pixels_of(points))) >= 0
    if over.any():
        named = ", ".join(each.name for each, out in zip(points, over, strict=True) if out)
        raise InputError(
            f"{fitted.method} folds the picture over at point {named}: points next to each other contradict each "
            "other; check them, or choose a simpler method"
        )


def warnings_of(points: Sequence[ControlPoint], fitted: Fit, size: tuple[int, int]) -> list[tuple[str, str]]:
    """Return what a fit leaves to beware of, as kind and sentence."""
    found: list[tuple[str, str]] = []
    carrying = [each for each in points if not each.check]
    if len(carrying) == LEAST[fitted.method]:
        found.append(
            ("no_redundancy", f"{len(carrying)} points are the least {fitted.method} needs, so nothing tests them: "
             "the error is not known; set more points")
        )  # fmt: skip
    hull = float(shapely.area(shapely.convex_hull(shapely.MultiPoint(pixels_of(carrying))))) / (size[0] * size[1])
    if hull < SMALL_HULL:
        found.append(
            ("small_hull", f"the points enclose {hull:.0%} of the picture; beyond them the fit is a guess that grows "
             "with distance")
        )  # fmt: skip
    folded = _share_folded(fitted, size)
    if folded:
        found.append(
            ("folded", f"{fitted.method} folds over in {folded:.0%} of the picture, far from the points; "
             "that part is left out")
        )  # fmt: skip
    stretch = _stretch(carrying)
    if stretch is not None and stretch > 1.05:
        found.append(
            ("stretched", f"the picture comes out {stretch - 1:.0%} longer one way than the other; check the points, "
             "or whether the picture was stretched")
        )  # fmt: skip
    return found


def _refuse_odd_numbers(points: Sequence[ControlPoint], size: tuple[int, int]) -> None:
    for each in points:
        if not np.isfinite([each.column, each.row, each.east, each.north]).all():
            raise InputError(f"point {each.name}: has no place on the ground; check its coordinates")
        if not (-SAME_PX <= each.column <= size[0] + SAME_PX and -SAME_PX <= each.row <= size[1] + SAME_PX):
            raise InputError(
                f"point {each.name}: column {each.column:.1f}, row {each.row:.1f} lies outside the picture of "
                f"{size[0]} × {size[1]} pixels; check column and row"
            )


def _refuse_doubles(points: Sequence[ControlPoint]) -> None:
    for at, one in enumerate(points):
        for two in points[at + 1 :]:
            if one.name == two.name:
                raise InputError(f"two points are named {one.name}; give each its own name")
            here = np.hypot(one.column - two.column, one.row - two.row) <= SAME_PX
            there = np.hypot(one.east - two.east, one.north - two.north) <= SAME_M
            if here and there:
                raise InputError(f"points {one.name} and {two.name} are the same point; remove one")
            if here:
                raise InputError(
                    f"points {one.name} and {two.name} stand on the same pixel but at different coordinates; remove one"
                )
            if there:
                raise InputError(
                    f"points {one.name} and {two.name} have the same coordinates but stand on different pixels; "
                    "remove one"
                )


def _refuse_corner(points: Sequence[ControlPoint], size: tuple[int, int]) -> None:
    reach = float(np.hypot(*np.ptp(pixels_of(points), axis=0))) / float(np.hypot(*size))
    if reach < CORNER:
        raise InputError(
            f"the control points all lie within {reach:.1%} of the picture's diagonal; spread them over the picture"
        )


def _refuse_line(points: Sequence[ControlPoint]) -> None:
    for where, pairs in (("in the picture", pixels_of(points)), ("on the ground", places_of(points))):
        length, width = np.linalg.svd(pairs - pairs.mean(axis=0), compute_uv=False)
        if width < NARROWEST * length:
            raise InputError(
                f"the control points lie nearly on one line {where} ({width / length:.1%} as wide as long), so the "
                "picture could tip about it; set a point well off the line"
            )


def _refuse_mirror(points: Sequence[ControlPoint]) -> None:
    if len(points) < 3:
        return
    slope = slopes(fit(Method.AFFINE, pixels_of(points), places_of(points)), pixels_of(points)[:1])
    if turn(slope)[0] >= 0:
        raise InputError(
            "the control points show the picture mirrored (negative scale on one axis): column and row, or east and "
            "north, are probably swapped, or rows count upwards; check them"
        )


def _share_folded(fitted: Fit, size: tuple[int, int]) -> float:
    columns, rows = np.meshgrid(np.linspace(0, size[0], 33), np.linspace(0, size[1], 33))
    whole = turn(slopes(fitted, np.column_stack([columns.ravel(), rows.ravel()])))
    return float((whole >= 0).mean())


def _stretch(points: Sequence[ControlPoint]) -> float | None:
    """Return how much longer one direction comes out than another; None with no point to spare."""
    if len(points) <= LEAST[Method.AFFINE]:
        return None
    slope = slopes(fit(Method.AFFINE, pixels_of(points), places_of(points)), pixels_of(points)[:1])[0]
    large, small = np.linalg.svd(slope, compute_uv=False)
    return float(large / small) if small > 0 else None
