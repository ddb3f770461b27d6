"""Cell areas against GeographicLib on split outlines, and against the published size of the Earth."""

import numpy as np
import pytest
from pyproj import CRS, Geod, Transformer

from zones.rasters.cell_area import block_areas, cell_areas, lonlat_cell_area
from zones.rasters.raster_grid import Grid, Window

GEOD = Geod(ellps="GRS80")
RADIUS_OF_SAME_SURFACE_M = 6_371_007.1810
"""R2 of GRS 80 (Moritz, Geodetic Reference System 1980, Journal of Geodesy 74, 2000)."""


def by_geod(grid, col, row, splits=200):
    """Return the area of a cell by geodesics between many points of its edges."""
    along = np.arange(splits) / splits
    zero, one = np.zeros(splits), np.ones(splits)
    x = np.concatenate([along, one, 1 - along, zero]) + col
    y = np.concatenate([zero, along, one, 1 - along]) + row
    points = grid.to_plane(np.column_stack([x, y]))
    # PROJ knows no way from Hong Kong 1980 to CGCS2000, but one to WGS 84.
    move = Transformer.from_crs(grid.crs, "EPSG:4326", always_xy=True).transform
    return abs(GEOD.polygon_area_perimeter(*move(points[:, 0], points[:, 1]))[0])


def test_all_rows_together_are_the_earth():
    edges = np.linspace(-90, 90, 721)
    whole = lonlat_cell_area(edges[:-1], edges[1:], 360.0).sum()
    assert whole == pytest.approx(4 * np.pi * RADIUS_OF_SAME_SURFACE_M**2, rel=1e-10)


def test_thin_cells_lose_no_digits():
    """A row cut into a thousand is the same ground."""
    edges = np.linspace(22.5, 22.51, 1001)
    parts = lonlat_cell_area(edges[:-1], edges[1:], 0.01)
    assert parts.sum() == pytest.approx(float(lonlat_cell_area(np.array(22.5), np.array(22.51), 0.01)), rel=1e-14)


def test_beyond_a_pole_there_is_no_ground():
    south, north = np.array([89.5, 89.5]), np.array([90.0, 90.5])
    cap, beyond = lonlat_cell_area(south, north, 1.0)
    assert cap == pytest.approx(beyond, rel=1e-15)


@pytest.mark.parametrize("affine", [(0.25, 0, 113, 0, -0.25, 23), (-0.25, 0, 114, 0, 0.25, 22)])
def test_degrees(affine):
    grid = Grid(CRS("EPSG:4490"), affine, 8, 6)
    areas = cell_areas(grid, Window(2, 1, 3, 4))
    assert areas.shape == (4, 3)
    assert areas[2, 1] == pytest.approx(by_geod(grid, 3, 3, 4000), rel=1e-9)


@pytest.mark.parametrize(
    ("crs", "affine"),
    [
        ("EPSG:4547", (30, 0, 500_000, 0, -30, 2_500_000)),
        ("EPSG:4547", (30, 11, 680_000, 7, -30, 2_500_000)),
        ("EPSG:4547", (5000, 0, 500_000, 0, -5000, 2_500_000)),
        ("EPSG:3857", (30, 0, 12_690_000, 0, -30, 2_580_000)),
        ("EPSG:32650", (0, -250, 200_000, -250, 0, 2_500_000)),
        ("EPSG:4490", (0.001, 0.0005, 114, 0.0004, -0.001, 22.6)),
        ("EPSG:2326", (12.5, 0, 830_000, 0, 12.5, 830_000)),
    ],
)
def test_planes_and_turned_grids(crs, affine):
    """Of 100 x 100 cells the one in the middle and one at the corner; geodesics are no straight lines of the plane."""
    grid = Grid(CRS(crs), affine, 400, 400)
    areas = cell_areas(grid, Window(100, 200, 100, 100))
    for col, row in ((0, 0), (57, 31)):
        right = by_geod(grid, 100 + col, 200 + row)
        # GeographicLib adds up areas of the size of the Earth: a small cell keeps rounding of about 1e-4 m².
        assert areas[row, col] == pytest.approx(right, rel=1e-7, abs=5e-4)


def test_windows_agree():
    grid = Grid(CRS("EPSG:4547"), (30, 0, 500_000, 0, -30, 2_500_000), 4000, 4000)
    whole = cell_areas(grid, Window(100, 100, 300, 200))
    np.testing.assert_allclose(cell_areas(grid, Window(250, 180, 60, 40)), whole[80:120, 150:210], rtol=1e-13)


def test_blocks_lie_side_by_side():
    grid = Grid(CRS("EPSG:3857"), (1000, 0, 12_690_000, 0, -1000, 2_580_000), 100, 100)
    parts = block_areas(grid, np.arange(4.0), np.arange(3.0), 2)
    assert parts.sum() == pytest.approx(block_areas(grid, np.zeros(1), np.zeros(1), 8)[0, 0] * 3 / 4, rel=2e-3)
