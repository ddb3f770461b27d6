"""Statistics on zones grown and shrunk by their error: squares of whole cells, counted by hand."""

import math

import numpy as np
import pytest
import shapely

from tests.rasters import frame, on_grid, write
from zones.rasters.raster import open_raster
from zones.rasters.zonal_bracket import bracket


@pytest.fixture
def ones(tmp_path):
    """Twenty by twenty cells of 100 m, each 1."""
    return open_raster(write(tmp_path / "a.tif", np.ones((20, 20))))


def zones(error_m=100.0, **columns):
    squares = {"ten": shapely.box(5, 5, 15, 15), "small": shapely.box(9, 9, 10.5, 10.5)}
    degrees = frame(**{name: on_grid(shape) for name, shape in squares.items()}).to_crs("EPSG:4490")
    return degrees.assign(error_m=error_m, **columns)


def test_a_square_grows_with_round_corners_and_shrinks_with_sharp_ones(ones):
    """Ten cells a side, edges off by one: 12 x 12 less what a circle leaves of its square; 8 x 8. 1.5 cells vanish."""
    found = bracket(ones, zones(), ("sum", "mean", "max"))
    assert list(found.columns) == ["sum_grown", "mean_grown", "sum_shrunk", "mean_shrunk"]
    # A circle drawn with 16 points to the quarter.
    circle = 32 * math.sin(math.pi / 32)
    assert found.at["ten", "sum_grown"] == pytest.approx(144 - 4 + circle, rel=1e-5)
    assert found.at["ten", "sum_shrunk"] == pytest.approx(64, rel=1e-5)
    assert found.loc["ten", ["mean_grown", "mean_shrunk"]].tolist() == pytest.approx([1, 1], rel=1e-12)
    assert found.at["small", "sum_grown"] == pytest.approx(3.5**2 - 4 + circle, rel=1e-4)
    assert math.isnan(found.at["small", "sum_shrunk"])


def test_sums_by_area_count_square_kilometres(ones):
    found = bracket(ones, zones(), ("sum",), per_area=True)
    assert found.at["ten", "sum_shrunk"] == pytest.approx(0.64, rel=1e-4)


def test_what_has_no_error_of_its_edge_has_no_bracket(ones):
    """Neither a zone without a stated error, nor a band of assumed width, nor a place."""
    assert bracket(ones, zones(float("nan"))).isna().all(axis=None)
    found = bracket(ones, zones(half_width_m=[200.0, float("nan")]), ("sum",))
    assert found["sum_grown"].isna().tolist() == [True, False]
    place = frame("EPSG:4490", place=shapely.Point(114, 22.6)).assign(error_m=10.0)
    assert bracket(ones, place, ("sum",)).isna().all(axis=None)
