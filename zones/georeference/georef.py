"""The fit of a picture to the ground: from column and row of a picture to east and north of a plane, and back.

Columns and rows count from the picture's upper left corner, rows downwards; the middle of the first pixel is
0.5, 0.5. Every method is fitted in this one direction, so that its residuals are metres on the ground; the way
back is its true inverse. (GDAL fits a polynomial anew for the way back, and a spline only from the ground to the
picture: what it draws is not what the residuals were taken of.)
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from zones.errors import InputError

Pairs = npt.NDArray[np.float64]
"""(n, 2): column and row, or east and north."""

ROUNDS = 25
CLOSE_PX = 1e-6
STEEP = 1e7
"""Condition number of a design beyond which points leave a method open."""


class Method(StrEnum):
    """How a picture is laid on the ground."""

    SIMILARITY = "similarity"
    AFFINE = "affine"
    POLY2 = "poly2"
    POLY3 = "poly3"
    TPS = "tps"


LEAST = {Method.SIMILARITY: 2, Method.AFFINE: 3, Method.POLY2: 6, Method.POLY3: 10, Method.TPS: 3}
"""Points that determine a method with none to spare."""

UNKNOWNS = {Method.SIMILARITY: 4, Method.AFFINE: 6, Method.POLY2: 12, Method.POLY3: 20}
DEGREES = {Method.SIMILARITY: 1, Method.AFFINE: 1, Method.POLY2: 2, Method.POLY3: 3, Method.TPS: 1}


class OpenFitError(InputError):
    """The points do not determine the method."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A fitted method.

    Attributes
    ----------
    method : Method
    pixel_centre, pixel_scale : (2,) array, float
        Columns and rows are taken from this centre in units of this scale, for steady numbers.
    place_centre, place_scale : (2,) array, float
        The same for east and north.
    weights : (m, 2) array
        Factors of the terms of the polynomial; for the spline, of its knots before them.
    knots : (n, 2) array or None
        Of the spline, in units of the scale.
    """

    method: Method
    pixel_centre: Pairs
    pixel_scale: float
    place_centre: Pairs
    place_scale: float
    weights: Pairs
    knots: Pairs | None = None


def method_of(text: str) -> Method:
    """Return the method of a name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    try:
        return Method(text.lower())
    except ValueError:
        raise InputError(f"--method is '{text}'; choose one of {', '.join(Method)}") from None


def fit(method: Method, pixels: Pairs, places: Pairs) -> Fit:
    """Fit a method to control points by least squares; the thin-plate spline goes through every point.

    Parameters
    ----------
    method : Method
    pixels : (n, 2) array
        Columns and rows.
    places : (n, 2) array
        East and north in metres of one plane.

    Raises
    ------
    OpenFitError
        If the points are too few, or lie so that they leave the method open.
    """
    if len(pixels) < LEAST[method]:
        raise OpenFitError(
            f"{len(pixels)} control points, but {method} needs {LEAST[method]}; "
            "set more points, or choose a simpler method"
        )
    centre, scale = _normal(pixels)
    middle, size = _normal(places)
    u, target = (pixels - centre) / scale, (places - middle) / size
    if method is Method.SIMILARITY:
        return Fit(method, centre, scale, middle, size, _similarity(u, target))
    design = _terms(u, DEGREES[method])
    if np.linalg.cond(design) > STEEP:
        raise OpenFitError(
            f"the control points lie on one line or curve, which leaves {method} open; set a point well off it"
        )
    if method is Method.TPS:
        return Fit(method, centre, scale, middle, size, _spline(u, target), u)
    return Fit(method, centre, scale, middle, size, _solution(design, target))


def place(fitted: Fit, pixels: Pairs) -> Pairs:
    """Return east and north of columns and rows."""
    u = (pixels - fitted.pixel_centre) / fitted.pixel_scale
    design = _terms(u, DEGREES[fitted.method])
    if fitted.knots is not None:
        design = np.hstack([_bends(u, fitted.knots), design])
    return np.asarray(design @ fitted.weights * fitted.place_scale + fitted.place_centre)


def slopes(fitted: Fit, pixels: Pairs) -> npt.NDArray[np.float64]:
    """Return how east and north change with column and row.

    Returns
    -------
    (n, 2, 2) array
        Metres per pixel: of east or north, by column or row.
    """
    u = (pixels - fitted.pixel_centre) / fitted.pixel_scale
    by_column, by_row = _term_slopes(u, DEGREES[fitted.method])
    if fitted.knots is not None:
        away = u[:, None, :] - fitted.knots[None, :, :]
        square = (away**2).sum(axis=2)
        bend = np.log(np.where(square > 0, square, 1.0)) + 1.0
        by_column = np.hstack([away[:, :, 0] * bend, by_column])
        by_row = np.hstack([away[:, :, 1] * bend, by_row])
    both = np.stack([by_column @ fitted.weights, by_row @ fitted.weights], axis=2)
    return np.asarray(both * fitted.place_scale / fitted.pixel_scale)


def turn(slope: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the determinant of slopes in m² per pixel: negative where rows run downwards, as in a true picture."""
    return np.asarray(slope[:, 0, 0] * slope[:, 1, 1] - slope[:, 0, 1] * slope[:, 1, 0])


def design(method: Method, pixels: Pairs) -> Pairs:
    """Return the equations of a method: a row for each point's east, then one for each north.

    Parameters
    ----------
    method : Method
        Any but the spline.
    pixels : (n, 2) array

    Returns
    -------
    (2n, p) array
    """
    centre, scale = _normal(pixels)
    u = (pixels - centre) / scale
    if method is Method.SIMILARITY:
        return _turning(u)
    return np.asarray(np.kron(np.eye(2), _terms(u, DEGREES[method])), dtype=np.float64)


def pixel(fitted: Fit, places: Pairs) -> Pairs:
    """Return columns and rows of east and north, by Newton's method; NaN where the fit never gets there.

    Parameters
    ----------
    fitted : Fit
    places : (n, 2) array
    """
    found = np.asarray(_affine_back(fitted, places), dtype=float)
    for _ in range(ROUNDS):
        missed = places - place(fitted, found)
        step = _solved(slopes(fitted, found), missed)
        found = found + step
        if not np.nanmax(np.abs(step), initial=0.0) > CLOSE_PX:
            break
    missed = np.abs(places - place(fitted, found)).max(axis=1)
    slope = slopes(fitted, found)
    near = missed <= 1e-3 * np.sqrt(np.abs(turn(slope))) + 1e-9 * fitted.place_scale
    found[~(near & (turn(slope) < 0))] = np.nan
    return found


def _solved(slope: npt.NDArray[np.float64], missed: Pairs) -> Pairs:
    whole = turn(slope)
    # A fold has no way on: the place is given up.
    whole = np.where(np.abs(whole) > 0, whole, np.nan)
    column = (slope[:, 1, 1] * missed[:, 0] - slope[:, 0, 1] * missed[:, 1]) / whole
    row = (slope[:, 0, 0] * missed[:, 1] - slope[:, 1, 0] * missed[:, 0]) / whole
    return np.column_stack([column, row])


def _affine_back(fitted: Fit, places: Pairs) -> Pairs:
    """Return columns and rows by the flat part of a fit: where Newton's method starts."""
    middle = fitted.pixel_centre[None, :]
    around = middle + fitted.pixel_scale * np.array([[0, 0], [1, 0], [0, 1], [-1, 0], [0, -1]], dtype=float)
    design = np.column_stack([np.ones(5), around - middle])
    flat = np.linalg.lstsq(design, place(fitted, around), rcond=None)[0]
    return np.asarray((places - flat[0]) @ np.linalg.pinv(flat[1:]) + middle)


def _normal(points: Pairs) -> tuple[Pairs, float]:
    centre = points.mean(axis=0)
    scale = float(np.sqrt(((points - centre) ** 2).sum(axis=1).mean()))
    return centre, scale if scale > 0 else 1.0


def _similarity(u: Pairs, target: Pairs) -> Pairs:
    """Return a turn, a scale and a shift that do not mirror: rows run down where north runs up."""
    if len(np.unique(u, axis=0)) < 2:
        raise OpenFitError("the control points are one and the same place; set them apart")
    x0, y0, a, b = np.linalg.lstsq(_turning(u), target.T.ravel(), rcond=None)[0]
    return np.array([[x0, y0], [a, b], [b, -a]])


def _turning(u: Pairs) -> Pairs:
    ones, none = np.ones(len(u)), np.zeros(len(u))
    east = np.column_stack([ones, none, u[:, 0], u[:, 1]])
    north = np.column_stack([none, ones, -u[:, 1], u[:, 0]])
    return np.vstack([east, north])


def _solution(design: Pairs, target: Pairs) -> Pairs:
    return np.asarray(np.linalg.lstsq(design, target, rcond=None)[0], dtype=np.float64)


def spline_left_out(pixels: Pairs, places: Pairs) -> Pairs:
    """Return where a spline through all other points puts each point, less where it is; NaN where they leave it open.

    Rippa's closed form: the weight of a point over its place on the diagonal of the inverse.
    """
    centre, scale = _normal(pixels)
    u = (pixels - centre) / scale
    inverse = np.linalg.inv(_spline_matrix(u))[: len(u), : len(u)]
    diagonal = np.diag(inverse)
    carried = np.where(np.abs(diagonal) > 1e-9 * np.abs(diagonal).max(), diagonal, np.nan)
    return np.asarray(-(inverse @ (places - places.mean(axis=0))) / carried[:, None])


def _spline_matrix(u: Pairs) -> Pairs:
    count, design = len(u), _terms(u, 1)
    whole = np.zeros((count + 3, count + 3))
    whole[:count, :count] = _bends(u, u)
    whole[:count, count:], whole[count:, :count] = design, design.T
    return whole


def _spline(u: Pairs, target: Pairs) -> Pairs:
    try:
        return np.asarray(np.linalg.solve(_spline_matrix(u), np.vstack([target, np.zeros((3, 2))])), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise OpenFitError("two control points are one and the same place in the picture; remove one") from None


def _bends(u: Pairs, knots: Pairs) -> Pairs:
    square = ((u[:, None, :] - knots[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(0.5 * square * np.log(np.where(square > 0, square, 1.0)))


def _powers(degree: int) -> list[tuple[int, int]]:
    return [(whole - row, row) for whole in range(degree + 1) for row in range(whole + 1)]


def _terms(u: Pairs, degree: int) -> Pairs:
    return np.column_stack([u[:, 0] ** i * u[:, 1] ** j for i, j in _powers(degree)])


def _term_slopes(u: Pairs, degree: int) -> tuple[Pairs, Pairs]:
    x, y = u[:, 0], u[:, 1]
    by_x = [i * x ** max(i - 1, 0) * y**j for i, j in _powers(degree)]
    by_y = [j * x**i * y ** max(j - 1, 0) for i, j in _powers(degree)]
    return np.column_stack(by_x), np.column_stack(by_y)
