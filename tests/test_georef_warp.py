"""The picture drawn on the ground: marks of a synthetic figure stand within half a pixel of where the fit puts them."""

import numpy as np
import pytest
from pyproj import Transformer

from zones.errors import InputError
from zones.georeference.georef import Method, fit, place
from zones.georeference.georef_sample import sampled
from zones.georeference.georef_warp import bands, canvas_for, geographic_bounds

SIZE = (900, 600)
PLANE = "EPSG:4547"
RANDOM = np.random.default_rng(5)
KNOWN = RANDOM.uniform((20, 20), (880, 580), (14, 2))
MARKS = np.array([(c + 0.5, r + 0.5) for c in range(60, 880, 120) for r in range(50, 580, 100)], dtype=float)
"""Middles of pixels, none of them a control point."""


def bent(pixels):
    c, r = pixels.T
    east = 490_000 + 4.9 * c + 0.9 * r + 25 * np.sin(c / 300) * np.cos(r / 200)
    north = 2_515_000 + 0.8 * c - 5.1 * r + 20 * np.cos(c / 250)
    return np.column_stack([east, north])


def figure():
    """Return a white sheet with a black square of 5 pixels at each mark."""
    picture = np.full((SIZE[1], SIZE[0], 4), 255, dtype=np.uint8)
    for c, r in MARKS.astype(int):
        picture[r - 2 : r + 3, c - 2 : c + 3, :3] = 0
    return picture


def drawn(fitted, canvas, picture):
    whole = np.full((canvas.height, canvas.width, 4), 9, dtype=np.uint8)
    for top, rows in bands(fitted, PLANE, picture, canvas):
        whole[top : top + len(rows)] = rows
    return whole


def found_near(picture, column, row, reach):
    """Return the middle of what is dark around a place: by weight, in columns and rows."""
    left, top = int(column) - reach, int(row) - reach
    part = picture[max(top, 0) : top + 2 * reach + 1, max(left, 0) : left + 2 * reach + 1]
    dark = (255.0 - part[:, :, 0]) * (part[:, :, 3] == 255)
    rows, columns = np.mgrid[: dark.shape[0], : dark.shape[1]]
    return (
        (columns * dark).sum() / dark.sum() + max(left, 0) + 0.5,
        (rows * dark).sum() / dark.sum() + max(top, 0) + 0.5,
    )


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("out", [PLANE, "EPSG:3857"])
def test_marks_stand_where_the_fit_puts_them(method, out):
    """The way forward, tested on its own against GDAL and closed forms, says where each mark has to be."""
    fitted = fit(method, KNOWN, bent(KNOWN))
    canvas = canvas_for(fitted, PLANE, SIZE, out)
    picture = drawn(fitted, canvas, figure())
    there = place(fitted, MARKS)
    x, y = Transformer.from_crs(PLANE, out, always_xy=True).transform(there[:, 0], there[:, 1])
    expected = np.column_stack([(x - canvas.west) / canvas.step, (canvas.north - y) / canvas.step])
    seen = np.array([found_near(picture, *each, reach=8) for each in expected])
    assert np.hypot(*(seen - expected).T).max() < 0.5


def test_a_spline_is_no_polynomial():
    """Were the spline quietly replaced, its marks would stand elsewhere: here by up to two pixels."""
    spline, flat = (fit(method, KNOWN, bent(KNOWN)) for method in (Method.TPS, Method.AFFINE))
    assert np.hypot(*(place(spline, MARKS) - place(flat, MARKS)).T).max() > 1.5 * 5


def test_a_coarse_result_averages_the_picture():
    """Lines of one pixel, two apart, must come out grey and not as black and white by chance."""
    fitted = fit(Method.AFFINE, KNOWN, KNOWN * (5, -5) + (490_000, 2_515_000))
    picture = np.full((SIZE[1], SIZE[0], 4), 255, dtype=np.uint8)
    picture[:, ::2, :3] = 0
    whole = drawn(fitted, canvas_for(fitted, PLANE, SIZE, PLANE, step=20.0), picture)
    inside = whole[5:-5, 5:-5, 0]
    assert (inside.min(), inside.max()) == (128, 128)


def test_an_upright_picture_on_its_own_pixels_stays_the_same():
    """5 m a pixel, corners on whole steps: nothing has to be moved, so nothing is blurred; outside it is clear."""
    fitted = fit(Method.AFFINE, KNOWN, KNOWN * (5, -5) + (490_000, 2_515_000))
    canvas = canvas_for(fitted, PLANE, SIZE, PLANE, step=5.0)
    assert canvas.bounds == pytest.approx((490_000, 2_512_000, 494_500, 2_515_000), abs=5.01)
    whole = drawn(fitted, canvas, figure())
    left, top = round((490_000 - canvas.west) / 5), round((canvas.north - 2_515_000) / 5)
    assert (whole[top : top + SIZE[1], left : left + SIZE[0]] == figure()).all()
    assert (whole[:, :, 3] == 255).sum() == SIZE[0] * SIZE[1]


def test_sampling_by_hand():
    picture = np.zeros((2, 2, 4), dtype=np.uint8)
    picture[0, 1], picture[1, 0], picture[1, 1] = 100, 60, 200
    columns, rows = np.array([[0.5, 1.0, 1.0, 1.9, 2.0, np.nan]]), np.array([[0.5, 0.5, 1.0, 1.9, 1.0, 1.0]])
    assert sampled(picture, columns, rows)[0, :, 0].tolist() == [0, 50, 90, 200, 0, 0]


def test_canvas_sizes():
    fitted = fit(Method.AFFINE, KNOWN, KNOWN * (5, -5) + (490_000, 2_515_000))
    assert canvas_for(fitted, PLANE, SIZE, PLANE).step == pytest.approx(5.0, rel=0.03)
    assert canvas_for(fitted, PLANE, SIZE, "EPSG:3857").step == pytest.approx(5.0 / np.cos(np.radians(22.7)), rel=0.03)
    small = canvas_for(fitted, PLANE, SIZE, "EPSG:3857", most_side=300)
    assert 299 <= max(small.width, small.height) <= 302
    west, south, east, north = geographic_bounds(small)
    back = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True)
    assert (west, north) == pytest.approx(back.transform(490_000, 2_515_000), abs=4e-4)
    assert (east, south) == pytest.approx(back.transform(494_500, 2_512_000), abs=4e-4)
    with pytest.raises(InputError, match="choose larger ones with --resolution"):
        canvas_for(fitted, PLANE, SIZE, PLANE, step=0.1)
    with pytest.raises(InputError, match="--resolution must be above 0"):
        canvas_for(fitted, PLANE, SIZE, PLANE, step=0.0)


def test_a_runaway_is_cut_off():
    """A third degree through points of one half bends away in the other."""
    near = KNOWN * (0.4, 1)
    fitted = fit(Method.POLY3, near, bent(near) + RANDOM.normal(0, 40, near.shape))
    canvas = canvas_for(fitted, PLANE, SIZE, PLANE)
    assert canvas.clipped
    assert canvas.width * canvas.height < 4 * SIZE[0] * SIZE[1]
