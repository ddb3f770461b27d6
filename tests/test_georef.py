"""The fits against closed forms, and against GDAL's own polynomials and spline."""

import numpy as np
import pytest
from rasterio.control import GroundControlPoint
from rasterio.transform import GCPTransformer

from zones.errors import InputError
from zones.georeference.georef import DEGREES, LEAST, Method, OpenFitError, fit, method_of, pixel, place, slopes, turn

RANDOM = np.random.default_rng(11)
PIXELS = RANDOM.uniform((0, 0), (3000, 2000), (14, 2))
ELSEWHERE = RANDOM.uniform((300, 300), (2700, 1700), (40, 2))


def bent(pixels):
    """Lay a picture on the ground with a turn, a stretch and a bend that no polynomial follows wholly."""
    c, r = pixels.T
    east = 490_000 + 5.2 * c + 0.7 * r + 30 * np.sin(c / 700) * np.cos(r / 500)
    north = 2_515_000 + 0.6 * c - 5.1 * r + 25 * np.cos(c / 900)
    return np.column_stack([east, north])


def gdal(pixels, places, elsewhere):
    """Return what GDAL makes of the same points: its polynomial has degree 1 from 3, degree 2 from 6 points on."""
    points = [
        GroundControlPoint(row=r, col=c, x=x, y=y, z=0.0, id=str(at), info="")
        for at, ((c, r), (x, y)) in enumerate(zip(pixels, places, strict=True))
    ]
    with GCPTransformer(points) as transformer:
        return np.column_stack(transformer.xy(elsewhere[:, 1], elsewhere[:, 0], offset="ul"))


@pytest.mark.parametrize(("method", "count"), [(Method.AFFINE, 5), (Method.POLY2, 14)])
def test_polynomials_agree_with_gdal(method, count):
    pixels, places = PIXELS[:count], bent(PIXELS[:count])
    found = place(fit(method, pixels, places), ELSEWHERE)
    assert np.abs(found - gdal(pixels, places, ELSEWHERE)).max() < 1e-4


def test_spline_agrees_with_gdal_between_its_points():
    """GDAL fits its spline from ground to picture: picture and ground change places to have it the other way."""
    found = place(fit(Method.TPS, PIXELS, bent(PIXELS)), ELSEWHERE)
    points = [
        GroundControlPoint(row=y, col=x, x=c, y=r, z=0.0, id=str(at), info="")
        for at, ((c, r), (x, y)) in enumerate(zip(PIXELS, bent(PIXELS), strict=True))
    ]
    with GCPTransformer(points, tps=True) as transformer:
        rows, columns = transformer.rowcol(ELSEWHERE[:, 0], ELSEWHERE[:, 1], op=lambda value: value)
    assert np.abs(found - np.column_stack([columns, rows])).max() < 1e-6


def test_spline_goes_through_every_point():
    assert np.abs(place(fit(Method.TPS, PIXELS, bent(PIXELS)), PIXELS) - bent(PIXELS)).max() < 1e-6


def test_exact_affine_is_recovered():
    matrix = np.array([[5.0, 0.25], [-0.5, -4.75]])
    places = PIXELS @ matrix + (490_000, 2_515_000)
    fitted = fit(Method.AFFINE, PIXELS, places)
    assert np.abs(place(fitted, ELSEWHERE) / (ELSEWHERE @ matrix + (490_000, 2_515_000)) - 1).max() < 1e-9
    assert slopes(fitted, ELSEWHERE[:1])[0] == pytest.approx(matrix.T, abs=1e-9)
    assert turn(slopes(fitted, ELSEWHERE[:1]))[0] == pytest.approx(-5.0 * 4.75 + 0.25 * 0.5)


def test_exact_similarity_is_recovered():
    """5 m a pixel, turned by the angle of the triangle 3, 4, 5."""
    places = np.column_stack(
        [490_000 + 3 * PIXELS[:, 0] + 4 * PIXELS[:, 1], 2_515_000 + 4 * PIXELS[:, 0] - 3 * PIXELS[:, 1]]
    )
    fitted = fit(Method.SIMILARITY, PIXELS[:2], places[:2])
    assert np.abs(place(fitted, PIXELS) - places).max() < 1e-6
    assert slopes(fitted, PIXELS[:1])[0] == pytest.approx(np.array([[3.0, 4.0], [4.0, -3.0]]))


@pytest.mark.parametrize("method", [Method.POLY2, Method.POLY3])
def test_exact_polynomial_is_recovered(method):
    def truth(pixels):
        x, y = ((pixels - 1000) / 1000).T
        third = x**3 - 2 * x * y * y if method is Method.POLY3 else 0
        return np.column_stack(
            [490_000 + 4000 * x + 50 * x * y - 20 * y * y + 9 * third, 2_515_000 - 4000 * y + 30 * x * x - 7 * third]
        )

    fitted = fit(method, PIXELS, truth(PIXELS))
    assert np.abs(place(fitted, ELSEWHERE) - truth(ELSEWHERE)).max() < 1e-6


@pytest.mark.parametrize("method", list(Method))
def test_the_way_back_is_the_true_inverse(method):
    fitted = fit(method, PIXELS, bent(PIXELS))
    assert np.abs(pixel(fitted, place(fitted, ELSEWHERE)) - ELSEWHERE).max() < 1e-6


@pytest.mark.parametrize("method", list(Method))
def test_slopes_are_those_of_the_fit(method):
    fitted, step = fit(method, PIXELS, bent(PIXELS)), 1e-3
    right, down = np.array([step, 0]), np.array([0, step])
    by_column = (place(fitted, ELSEWHERE + right) - place(fitted, ELSEWHERE - right)) / (2 * step)
    by_row = (place(fitted, ELSEWHERE + down) - place(fitted, ELSEWHERE - down)) / (2 * step)
    assert slopes(fitted, ELSEWHERE) == pytest.approx(np.stack([by_column, by_row], axis=2), abs=1e-5)


def test_a_place_the_fit_never_reaches_is_given_up():
    """East is the square of the column: nothing lies west of its least."""
    columns, rows = (each.ravel() for each in np.meshgrid(np.linspace(100, 900, 4), np.linspace(100, 900, 4)))
    fitted = fit(Method.POLY2, np.column_stack([columns, rows]), np.column_stack([columns**2 / 100, -rows]))
    assert np.isnan(pixel(fitted, np.array([[-50.0, -500.0]]))).all()
    assert pixel(fitted, np.array([[2500.0, -500.0]])) == pytest.approx(np.array([[500.0, 500.0]]))


@pytest.mark.parametrize("method", [Method.AFFINE, Method.POLY2, Method.POLY3, Method.TPS])
def test_points_on_a_line_leave_a_fit_open(method):
    line = np.column_stack([np.linspace(0, 1000, 12), np.linspace(0, 500, 12)])
    with pytest.raises(OpenFitError, match="on one line or curve"):
        fit(method, line, bent(line))


def test_points_on_a_circle_leave_the_second_degree_open():
    """All of them satisfy one equation of the second degree."""
    angle = np.linspace(0, 2 * np.pi, 9)[:-1]
    circle = np.column_stack([500 + 300 * np.cos(angle), 500 + 300 * np.sin(angle)])
    with pytest.raises(OpenFitError, match="poly2 open"):
        fit(Method.POLY2, circle, bent(circle))


@pytest.mark.parametrize("method", list(Method))
def test_too_few_points(method):
    few = LEAST[method] - 1
    with pytest.raises(OpenFitError, match=f"{few} control points, but {method} needs {few + 1}"):
        fit(method, PIXELS[:few], bent(PIXELS[:few]))


def test_two_points_in_one_place_carry_no_similarity():
    with pytest.raises(OpenFitError, match="one and the same place"):
        fit(Method.SIMILARITY, PIXELS[[0, 0]], bent(PIXELS[[0, 1]]))


def test_methods_by_name():
    assert [method_of(each.upper()) for each in Method] == list(Method) == list(DEGREES)
    with pytest.raises(InputError, match="--method is 'rubber'; choose one of similarity, affine"):
        method_of("rubber")
