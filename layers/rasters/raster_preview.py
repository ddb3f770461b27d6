"""A small picture of a raster for the map: nearest cells on the web map's plane, in colours of the file or in grey."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from pyproj import Transformer

from zones.rasters.raster import Raster, Sample, sample
from zones.rasters.raster_grid import Grid, Numbers, Window
from zones.schema import STORAGE_CRS, STUDY_BOUNDS

MOST_PX = 900
WEB = "EPSG:3857"
LIGHT, DARK = 238, 92
"""Grey of the lowest and of the highest value: the colours of the zones stand out over it."""

SPREAD = (2, 98)
"""Percent of the sample between which grey changes: single values far off would leave the rest alike."""


@dataclass(frozen=True)
class Preview:
    """A picture and what it shows.

    Attributes
    ----------
    png : bytes
        RGBA, on the plane of EPSG:3857.
    bounds : (west, south, east, north)
        Degrees.
    low, high : float or None
        Least and greatest value of the sample.
    from_copy : bool
        Whether it was made from a smaller copy in the file.
    """

    png: bytes
    bounds: tuple[float, float, float, float]
    low: float | None
    high: float | None
    from_copy: bool


def preview(
    raster: Raster, within: tuple[float, float, float, float] = STUDY_BOUNDS, most: int = MOST_PX
) -> Preview | None:
    """Return a picture of the part of a raster within some degrees; None where there is none, or it takes too long.

    Parameters
    ----------
    raster : Raster
    within : (west, south, east, north)
        Degrees.
    most : int
        Pixels of the longer side.
    """
    window = window_within(raster.grid, within)
    taken = None if window is None else sample(raster, window, most)
    if window is None or taken is None:
        return None
    box = _web_box(raster.grid, window, within)
    picture = _painted(raster, taken, box, most)
    seen = taken.values[taken.valid]
    return Preview(
        _png(picture), _degrees(box), float(seen.min()) if len(seen) else None,
        float(seen.max()) if len(seen) else None, taken.from_copy,
    )  # fmt: skip


def window_within(grid: Grid, within: tuple[float, float, float, float]) -> Window | None:
    """Return the cells of a grid that some degrees reach, None where they reach none."""
    west, south, east, north = within
    edge = _outline(west, south, east, north)
    if not grid.is_stored_as_lonlat:
        move = Transformer.from_crs(STORAGE_CRS, grid.crs, always_xy=True).transform
        edge = np.column_stack(move(edge[:, 0], edge[:, 1]))
    if grid.crs.is_geographic:
        edge[:, 0] += next(iter(grid.turns(float(edge[:, 0].min()), float(edge[:, 0].max()))), 0.0)
    cells = grid.to_cells(edge[np.isfinite(edge).all(axis=1)])
    if not len(cells):
        return None
    low = np.clip(np.floor(cells.min(axis=0)), 0, (grid.width, grid.height)).astype(int)
    high = np.clip(np.ceil(cells.max(axis=0)), 0, (grid.width, grid.height)).astype(int)
    width, height = high - low
    return Window(int(low[0]), int(low[1]), int(width), int(height)) if width > 0 and height > 0 else None


def _outline(left: float, low: float, right: float, high: float) -> Numbers:
    along = np.linspace(0, 1, 33)
    x, y = left + (right - left) * along, low + (high - low) * along
    sides = [(x, np.full(33, low)), (x, np.full(33, high)), (np.full(33, left), y), (np.full(33, right), y)]
    return np.concatenate([np.column_stack(side) for side in sides])


def _web_box(grid: Grid, window: Window, within: tuple[float, float, float, float]) -> tuple[float, ...]:
    """Return the part of the web map's plane that the window covers, cut to the degrees asked for."""
    cells = _outline(window.col, window.row, window.col + window.width, window.row + window.height)
    place = grid.to_lonlat(cells)
    west, south, east, north = within
    # Longitudes may be counted from 0, or on beyond 180.
    place[:, 0] -= 360 * np.round((place[:, 0].mean() - (west + east) / 2) / 360)
    place = np.clip(place[np.isfinite(place).all(axis=1)], (west, south), (east, north))
    x, y = Transformer.from_crs(STORAGE_CRS, WEB, always_xy=True).transform(place[:, 0], place[:, 1])
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _painted(raster: Raster, taken: Sample, box: tuple[float, ...], most: int) -> npt.NDArray[np.uint8]:
    left, low, right, high = box
    scale = most / max(right - left, high - low)
    wide, tall = max(1, round((right - left) * scale)), max(1, round((high - low) * scale))
    x = left + (np.arange(wide) + 0.5) * (right - left) / wide
    y = high - (np.arange(tall) + 0.5) * (high - low) / tall
    across, down = (grid.ravel() for grid in np.meshgrid(x, y))
    points = np.column_stack(Transformer.from_crs(WEB, raster.grid.crs, always_xy=True).transform(across, down))
    if raster.grid.crs.is_geographic:
        points[:, 0] += next(iter(raster.grid.turns(float(points[:, 0].min()), float(points[:, 0].max()))), 0.0)
    cells = np.floor(raster.grid.to_cells(points))
    inside = (cells[:, 0] >= taken.columns[0]) & (cells[:, 0] <= taken.columns[-1])
    inside &= (cells[:, 1] >= taken.rows[0]) & (cells[:, 1] <= taken.rows[-1])
    column, row = _nearest(taken.columns, cells[:, 0]), _nearest(taken.rows, cells[:, 1])
    picture = _colours(raster, taken)[row, column]
    picture[~inside, 3] = 0
    return picture.reshape(tall, wide, 4)


def _nearest(places: npt.NDArray[np.int64], wanted: Numbers) -> npt.NDArray[np.intp]:
    after = np.clip(np.searchsorted(places, wanted), 1, max(len(places) - 1, 1))
    after = np.minimum(after, len(places) - 1)
    before = np.maximum(after - 1, 0)
    return np.where(wanted - places[before] < places[after] - wanted, before, after)


def _colours(raster: Raster, taken: Sample) -> npt.NDArray[np.uint8]:
    """Return the sample as RGBA: in the file's own colours, else in grey; no data is clear."""
    picture = np.zeros((*taken.values.shape, 4), np.uint8)
    picture[..., 3] = np.where(taken.valid, 255, 0)
    if raster.colours and raster.is_integer:
        table = np.full((256, 3), LIGHT, np.uint8)
        for value, colour in raster.colours.items():
            if 0 <= value < len(table):
                table[value] = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        picture[..., :3] = table[np.clip(taken.values, 0, 255).astype(int)]
        return picture
    seen = taken.values[taken.valid]
    low, high = np.percentile(seen, SPREAD) if len(seen) else (0.0, 1.0)
    share = np.clip((taken.values - low) / (high - low), 0, 1) if high > low else np.zeros(taken.values.shape)
    picture[..., :3] = np.rint(LIGHT + (DARK - LIGHT) * share)[..., None]
    return picture


def _degrees(box: tuple[float, ...]) -> tuple[float, float, float, float]:
    left, low, right, high = box
    x, y = Transformer.from_crs(WEB, STORAGE_CRS, always_xy=True).transform([left, right], [low, high])
    return float(x[0]), float(y[0]), float(x[1]), float(y[1])


def _png(picture: npt.NDArray[np.uint8]) -> bytes:
    # Loads slowly.
    from rasterio import Affine
    from rasterio.io import MemoryFile

    tall, wide, bands = picture.shape
    with MemoryFile() as file:
        # Where the picture lies is told beside it; the grid only keeps the writer from asking for one.
        about = {"driver": "PNG", "width": wide, "height": tall, "count": bands, "dtype": "uint8"}
        with file.open(**about, transform=Affine(1, 0, 0, 0, -1, tall)) as out:
            out.write(np.moveaxis(picture, -1, 0))
        return bytes(file.read())
