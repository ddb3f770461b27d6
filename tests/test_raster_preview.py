"""The small picture: where it lies, what is clear, whose colours it has."""

import warnings

import numpy as np
import pytest
import rasterio
from pyproj import CRS, Transformer
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from layers.rasters.raster_preview import DARK, LIGHT, preview, window_within
from tests.rasters import write
from zones.rasters.raster import open_raster
from zones.rasters.raster_grid import Grid, Window

BOX = (114.0, 22.4, 114.4, 22.6)


def pixels(png):
    with warnings.catch_warnings(), MemoryFile(png) as file:
        # A picture has no place of its own.
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        source = file.open()
        return np.moveaxis(source.read(), 0, -1)


def test_cells_are_where_they_belong(tmp_path):
    """Four cells of 0.2 by 0.1 degrees, the north-west one dark, the south-east one without data."""
    values = np.array([[9.0, 1.0], [1.0, -1.0]])
    path = write(tmp_path / "a.tif", values, Affine(0.2, 0, 114, 0, -0.1, 22.6), "EPSG:4490", nodata=-1)
    made = preview(open_raster(path), BOX, most=80)
    seen = pixels(made.png)
    tall, wide, _ = seen.shape
    assert made.bounds == pytest.approx(BOX, abs=1e-9)
    assert (made.low, made.high, made.from_copy) == (1, 9, False)
    assert seen[tall // 4, wide // 4].tolist() == [DARK] * 3 + [255]
    assert seen[tall // 4, 3 * wide // 4].tolist() == [LIGHT] * 3 + [255]
    assert seen[3 * tall // 4, 3 * wide // 4, 3] == 0


def test_a_turned_raster_is_clear_at_its_corners(tmp_path):
    turned = Affine(0.1, 0, 114.2, 0, -0.1, 22.5) @ Affine.rotation(45) @ Affine.translation(-1, -1)
    made = preview(open_raster(write(tmp_path / "a.tif", np.ones((2, 2)), turned, "EPSG:4490")), (113, 22, 115, 23), 60)
    seen = pixels(made.png)
    assert seen[0, 0, 3] == 0
    assert seen[seen.shape[0] // 2, seen.shape[1] // 2, 3] == 255


def test_colours_of_the_file(tmp_path):
    path = write(tmp_path / "a.tif", np.full((2, 2), 3, "uint8"), Affine(0.2, 0, 114, 0, -0.1, 22.6), "EPSG:4490")
    with rasterio.open(path, "r+") as out:
        out.write_colormap(1, {3: (10, 20, 30, 255)})
    assert pixels(preview(open_raster(path), BOX, 40).png)[5, 5].tolist() == [10, 20, 30, 255]


def test_elsewhere_there_is_no_picture(tmp_path):
    path = write(tmp_path / "a.tif", np.ones((2, 2)), Affine(0.2, 0, 10, 0, -0.1, 50), "EPSG:4326")
    assert preview(open_raster(path), BOX) is None


def test_window_on_a_plane():
    """The cells that some degrees reach, told by their corners moved to the plane."""
    grid = Grid(CRS("EPSG:4547"), (100, 0, 490_000, 0, -100, 2_530_000), 1000, 1000)
    move = Transformer.from_crs("EPSG:4490", "EPSG:4547", always_xy=True).transform
    window = window_within(grid, (114.0, 22.5, 114.1, 22.6))
    west, south = move(114.0, 22.5)
    assert window.col == int((west - 490_000) // 100)
    assert window.row + window.height == int(np.ceil((2_530_000 - south) / 100))
    assert window_within(grid, (113.0, 20.0, 116.0, 24.0)) == Window(0, 0, 1000, 1000)
