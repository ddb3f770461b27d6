"""How good a fit is: residuals, their spread with its degrees of freedom, points left out one by one, and slips.

Three figures that are often mixed up stand apart here. The RMS is the spread of the residuals over the n points;
the standard error divides by the 2n - p degrees of freedom that the p unknowns leave; leaving each point out in turn
tells what the fit does where no point holds it, the only one of the three that a thin-plate spline cannot fake.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zones.georeference.georef import (
    LEAST,
    UNKNOWNS,
    Fit,
    Method,
    OpenFitError,
    Pairs,
    fit,
    place,
    slopes,
    spline_left_out,
    turn,
)
from zones.georeference.georef_check import ControlPoint, pixels_of, places_of, refuse_bad_set, refuse_fold, warnings_of
from zones.georeference.georef_shift import shift_pattern
from zones.georeference.georef_slips import find_doubtful, find_slips

FEWEST_CHECKS = 3
"""Check points from which their RMS stands for the fit."""


@dataclass(frozen=True)
class Residual:
    """One point held against the fit.

    Attributes
    ----------
    name, column, row, east, north, check
        As the point has them.
    dx_m, dy_m, length_m : float
        Where the fit puts it less where it is, east and north, and their length.
    length_px : float
        The same in pixels of the picture.
    left_out_m : float or None
        How far off it comes out when it is left out of the fit; None for check points and where the rest cannot tell.
    slip : bool
        Whether it stands out from the others beyond three standard deviations.
    """

    name: str
    column: float
    row: float
    east: float
    north: float
    check: bool
    dx_m: float
    dy_m: float
    length_m: float
    length_px: float
    left_out_m: float | None
    slip: bool


@dataclass(frozen=True, eq=False)
class Report:
    """A fit and what is known of its quality.

    Attributes
    ----------
    fitted : Fit
    plane : str
        Reference system of east and north.
    residuals : tuple of Residual
    rms_m, rms_px : float
        Root of the mean square of the lengths over the control points.
    dof : int
        Degrees of freedom, 2n - p; 0 for a thin-plate spline.
    standard_error_m : float or None
        Root of the sum of squares over the degrees of freedom: the error of one coordinate; None without any.
    loo_rms_m : float or None
        RMS of the points left out one by one; None where one of them cannot be spared.
    check_rms_m : float or None
        RMS of the check points; None without any.
    accuracy_m : float or None
        RMS of the stated errors of the control points; None where one has none.
    error_m : float or None
        What to state for shapes traced on the picture: RMS of three or more check points, else of the points
        left out one by one, and the accuracy of the control points, as the root of the sum of squares.
    pixel_m : float
        Side of a pixel on the ground, in the middle of the points.
    warnings : tuple of (str, str)
        Kind and sentence.
    """

    fitted: Fit
    plane: str
    residuals: tuple[Residual, ...]
    rms_m: float
    rms_px: float
    dof: int
    standard_error_m: float | None
    loo_rms_m: float | None
    check_rms_m: float | None
    accuracy_m: float | None
    error_m: float | None
    pixel_m: float
    warnings: tuple[tuple[str, str], ...]


def assess(points: Sequence[ControlPoint], method: Method, size: tuple[int, int], plane: str) -> Report:
    """Fit a method to control points and tell how good it is.

    Parameters
    ----------
    points : sequence of ControlPoint
        Control points and check points.
    method : Method
    size : (int, int)
        Width and height of the picture in pixels.
    plane : str
        Reference system of east and north.

    Raises
    ------
    InputError
        If the set of points is bad (see `refuse_bad_set`).
    """
    refuse_bad_set(points, method, size)
    carrying = [each for each in points if not each.check]
    pixels, places = pixels_of(carrying), places_of(carrying)
    fitted = fit(method, pixels, places)
    refuse_fold(fitted, carrying)
    away = place(fitted, pixels_of(points)) - places_of(points)
    left_out = left_out_errors(method, pixels, places)
    slips = find_slips(method, pixels, places)
    pixel_m = float(np.sqrt(np.abs(turn(slopes(fitted, pixels.mean(axis=0)[None, :])))[0]))
    rows = _rows(points, fitted, away, left_out, {carrying[at].name for at in slips})
    own = np.array([each.length_m for each in rows if not each.check])
    checks = np.array([each.length_m for each in rows if each.check])
    dof = 0 if method is Method.TPS else 2 * len(own) - UNKNOWNS[method]
    loo = None if np.isnan(left_out).any() else _rms(np.hypot(left_out[:, 0], left_out[:, 1]))
    check_rms = _rms(checks) if len(checks) else None
    stated = [each.error_m for each in carrying if each.error_m is not None]
    accuracy = _rms(np.array(stated)) if len(stated) == len(carrying) else None
    doubtful = [carrying[at].name for at in find_doubtful(method, pixels, places)]
    told = [
        *_told_slips(rows, slips, carrying), *_told_doubtful(doubtful), *_told_unspared(rows, method),
        *warnings_of(points, fitted, size), *shift_pattern(points, plane),
    ]  # fmt: skip
    return Report(
        fitted, plane, rows, _rms(own), _rms(np.array([each.length_px for each in rows if not each.check])), dof,
        float(np.sqrt((own**2).sum() / dof)) if dof > 0 else None, loo, check_rms, accuracy,
        stated_error(check_rms if len(checks) >= FEWEST_CHECKS else loo, accuracy), pixel_m,
        tuple(told),
    )  # fmt: skip


def stated_error(of_fit: float | None, of_points: float | None) -> float | None:
    """Return the error to state for what is traced on the picture; None where that of the fit is not known."""
    return None if of_fit is None else float(np.hypot(of_fit, of_points or 0.0))


def left_out_errors(method: Method, pixels: Pairs, places: Pairs) -> Pairs:
    """Return where the fit to all other points puts each point, less where it is; NaN where it cannot."""
    found = np.full_like(places, np.nan)
    if len(pixels) <= LEAST[method]:
        return found
    if method is Method.TPS:
        return spline_left_out(pixels, places)
    for at in range(len(pixels)):
        rest = np.arange(len(pixels)) != at
        try:
            found[at] = place(fit(method, pixels[rest], places[rest]), pixels[at : at + 1])[0] - places[at]
        except OpenFitError:
            continue
    return found


def _rows(
    points: Sequence[ControlPoint], fitted: Fit, away: Pairs, left_out: Pairs, slips: set[str]
) -> tuple[Residual, ...]:
    slope = slopes(fitted, pixels_of(points))
    in_pixels = np.linalg.norm(np.linalg.solve(slope, away[:, :, None])[:, :, 0], axis=1)
    lengths = iter(np.hypot(left_out[:, 0], left_out[:, 1]))
    rows = []
    for each, (dx, dy), off_px in zip(points, away, in_pixels, strict=True):
        left = None if each.check else float(next(lengths))
        left = None if left is None or np.isnan(left) else left
        rows.append(
            Residual(
                each.name, each.column, each.row, each.east, each.north, each.check, float(dx), float(dy),
                float(np.hypot(dx, dy)), float(off_px), left, each.name in slips,
            )
        )  # fmt: skip
    return tuple(rows)


def _told_slips(
    rows: Sequence[Residual], slips: Sequence[int], carrying: Sequence[ControlPoint]
) -> list[tuple[str, str]]:
    by_name = {each.name: each for each in rows}
    found = []
    for at in slips:
        each = by_name[carrying[at].name]
        found.append(
            ("slip", f"point {each.name}: probably a slip, {each.left_out_m:.0f} m from where the other points put it; "
             "check its coordinates and its place in the picture")
        )  # fmt: skip
    return found


def _told_doubtful(names: Sequence[str]) -> list[tuple[str, str]]:
    if not names:
        return []
    return [
        ("doubtful", f"without points {', '.join(names)} the others agree much better, but they are too few to prove "
         "it; check these first, or set more points")
    ]  # fmt: skip


def _told_unspared(rows: Sequence[Residual], method: Method) -> list[tuple[str, str]]:
    own = [each for each in rows if not each.check]
    named = ", ".join(each.name for each in own if each.left_out_m is None)
    if not named or len(own) <= LEAST[method]:
        return []
    return [
        ("unspared", f"without point {named} the others leave the method open, so nothing tests it: the error is not "
         "known; set another point near it")
    ]  # fmt: skip


def _rms(values: npt.NDArray[np.float64]) -> float:
    return float(np.sqrt((values**2).mean()))
