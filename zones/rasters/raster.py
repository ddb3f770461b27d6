"""The reader of rasters: GeoTIFF of any size, by windows, in its own resolution; nothing is resampled.

A file named .tif may hold another format that names other files. So its first bytes are looked at, and GDAL may use
its GeoTIFF driver only.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from pyproj import CRS
from pyproj.exceptions import CRSError

from zones.errors import CrsError, InputError
from zones.intake.import_guard import Kind, fits, head_of
from zones.rasters.raster_grid import Grid, Numbers, Window
from zones.read import crs_of_text

if TYPE_CHECKING:
    from rasterio.io import DatasetReader

MOST_BLOCK_BYTES = 1 << 30
TILE_CELLS = 1 << 21
CACHE_MB = 256
SAMPLE = 1000
MOST_SAMPLED = 400_000_000
"""Cells that a picture may have to go through; some ten seconds."""

Cells = tuple[Numbers, npt.NDArray[np.bool_]]
"""Values of a window, scaled, and which of them are data."""


@dataclass(frozen=True)
class Raster:
    """One band of a GeoTIFF, and all that decides what its cells mean.

    Attributes
    ----------
    path : Path
    grid : Grid
    band, bands : int
        The band that is read, from 1, and how many there are.
    dtype : str
        Of the cells as stored, such as `uint8`.
    nodata : float or None
        Value that stands for no data: declared, or as the person said.
    nodata_from : str
        `declared`, `told`, `mask`, `alpha` or `none`.
    scale, offset : float
        A value is stored number x scale + offset.
    unit, name : str or None
        Of the band, as the file gives them.
    crs_from : str
        `file`, or `told` where the person gave the CRS.
    block : (int, int)
        Rows and columns that are stored together.
    overviews : tuple of int
        Smaller copies in the file; they are never read.
    colours : dict of int to str
        Colour table, `#rrggbb` by value; empty where there is none.
    told_nodata : float or None
        As given, for a receipt.
    """

    path: Path
    grid: Grid
    band: int
    bands: int
    dtype: str
    nodata: float | None
    nodata_from: str
    scale: float
    offset: float
    unit: str | None
    name: str | None
    crs_from: str
    block: tuple[int, int]
    overviews: tuple[int, ...]
    colours: dict[int, str]
    told_nodata: float | None = None

    @property
    def is_integer(self) -> bool:
        """Tell whether the values are whole numbers, which can be classes."""
        return np.dtype(self.dtype).kind in "iu" and self.scale == 1 and float(self.offset).is_integer()


def open_raster(path: Path, band: int = 1, crs: str | None = None, nodata: float | None = None) -> Raster:
    """Return what a band of a GeoTIFF is, its cells not yet read.

    Parameters
    ----------
    path : Path
    band : int
        From 1.
    crs : str, optional
        Reference system, `EPSG:4547` say, where the file states none.
    nodata : float, optional
        Value, as stored, that stands for no data, in place of what the file declares.

    Raises
    ------
    InputError
        If the file is no GeoTIFF, is damaged, or has no such band.
    CrsError
        If its reference system is not known, or is told otherwise than the file states.
    """
    with _opened(path) as source:
        if not 1 <= band <= source.count:
            raise InputError(f"{path}: has {source.count} bands, and no band {band}; choose one of them")
        dtype = source.dtypes[band - 1]
        if np.dtype(dtype).kind not in "iuf":
            raise InputError(f"{path}: band {band} holds {dtype} values; only whole and real numbers have a mean")
        block = source.block_shapes[band - 1]
        if block[0] * block[1] * np.dtype(dtype).itemsize > MOST_BLOCK_BYTES:
            raise InputError(f"{path}: is stored in one piece of over 1 GB; save it tiled")
        system, crs_from = _system(path, source, crs)
        grid = Grid(system, _affine(path, source), source.width, source.height)
        value, value_from = _nodata(source, band, nodata)
        return Raster(
            path, grid, band, source.count, dtype, value, value_from, float(source.scales[band - 1]),
            float(source.offsets[band - 1]), source.units[band - 1] or None, source.descriptions[band - 1] or None,
            crs_from, (int(block[0]), int(block[1])), tuple(source.overviews(band)), _colours(source, band), nodata,
        )  # fmt: skip


@contextmanager
def _opened(path: Path, cache_mb: int = CACHE_MB) -> "Iterator[DatasetReader]":
    """Open a file as GeoTIFF and nothing else; GDAL keeps so much of what it unpacked."""
    # Loads slowly, and few commands need it.
    import rasterio
    from rasterio.errors import RasterioError

    if not fits(Kind.TIFF, head_of(path)):
        raise InputError(f"{path}: is no TIFF, whatever its name says; save the raster as GeoTIFF")
    try:
        with rasterio.Env(GDAL_CACHEMAX=cache_mb), _source(path.resolve()) as source:
            yield source
    except RasterioError as error:
        reason = " ".join(str(error).split()).replace(str(path.resolve()), path.name)
        raise InputError(f"{path}: not readable as GeoTIFF ({reason}); get the file anew or save it anew") from None


def _source(path: Path) -> "DatasetReader":
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning

    with warnings.catch_warnings():
        # A raster that lies nowhere is refused in a sentence of our own.
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        return rasterio.open(path, driver="GTiff", sharing=False)


def _system(path: Path, source: "DatasetReader", told: str | None) -> tuple[CRS, str]:
    stated = None
    if source.crs:
        try:
            stated = CRS.from_wkt(source.crs.to_wkt())
        except CRSError:
            stated = None
    if stated is not None and told is not None and not stated.to_2d().equals(crs_of_text(told), ignore_axis_order=True):
        raise CrsError(f"{path}: states {stated.name}, --crs another system; leave --crs out, or mend the file")
    if stated is None and told is None:
        raise CrsError(f"{path}: the coordinate reference system is not given; say it with --crs, such as EPSG:4547")
    system = (crs_of_text(told) if stated is None and told is not None else stated).to_2d()  # type: ignore[union-attr]
    system = system.source_crs if system.is_bound and system.source_crs is not None else system
    if not (system.is_geographic or system.is_projected):
        raise CrsError(f"{path}: {system.name} is neither degrees nor a map plane; convert the raster to EPSG:4490")
    return system, "told" if stated is None else "file"


def _affine(path: Path, source: "DatasetReader") -> tuple[float, float, float, float, float, float]:
    a, b, c, d, e, f = source.transform[:6]
    if source.transform.is_identity and source.gcps[0]:
        raise InputError(f"{path}: has control points but no grid; georeference it first")
    if source.transform.is_identity:
        raise InputError(f"{path}: does not say where its cells lie; georeference it first, or add its .tfw file")
    if not all(map(np.isfinite, (a, b, c, d, e, f))) or a * e - b * d == 0:
        raise InputError(f"{path}: its cells have no area; georeference it anew")
    return float(a), float(b), float(c), float(d), float(e), float(f)


def _nodata(source: "DatasetReader", band: int, told: float | None) -> tuple[float | None, str]:
    from rasterio.enums import MaskFlags

    if told is not None:
        return float(told), "told"
    flags = source.mask_flag_enums[band - 1]
    if source.nodatavals[band - 1] is not None:
        return float(source.nodatavals[band - 1]), "declared"
    by_mask = "alpha" if MaskFlags.alpha in flags else "mask"
    return None, by_mask if MaskFlags.per_dataset in flags else "none"


def _colours(source: "DatasetReader", band: int) -> dict[int, str]:
    try:
        held = source.colormap(band)
    except ValueError:
        return {}
    return {int(value): f"#{r:02x}{g:02x}{b:02x}" for value, (r, g, b, _) in held.items()}


@contextmanager
def reading(raster: Raster) -> Iterator[Callable[[Window], Cells]]:
    """Give what reads a window of a raster: scaled values in double precision, and which of them are data.

    NaN and infinite values are no data, whatever else the file declares.
    """
    rows, columns = raster.block
    # A large piece is unpacked once, not for each of its windows.
    whole = rows * columns * np.dtype(raster.dtype).itemsize * raster.bands
    with _opened(raster.path, max(CACHE_MB, 3 * whole // 2 >> 20)) as source:
        yield lambda window: _cells(source, raster, window)


def _cells(source: "DatasetReader", raster: Raster, window: Window, **how: Any) -> Cells:  # noqa: ANN401
    from rasterio.windows import Window as Part

    part = Part(window.col, window.row, window.width, window.height)
    stored = source.read(raster.band, window=part, **how)
    if raster.nodata_from == "told":
        # As the type stores it: a float32 -3.4e38 is not the double of that name.
        valid = stored != np.asarray(raster.nodata).astype(stored.dtype)
    elif raster.nodata_from == "none":
        valid = np.ones(stored.shape, dtype=bool)
    else:
        valid = source.read_masks(raster.band, window=part, **how) != 0
    values = stored.astype(np.float64)
    if stored.dtype.kind == "f":
        valid &= np.isfinite(stored)
    if raster.scale != 1 or raster.offset != 0:
        values = values * raster.scale + raster.offset
    return values, valid


def tiles(raster: Raster) -> Iterator[Window]:
    """Yield windows that make up a raster: at most some two million cells, whole stored blocks where these fit."""
    grid, (rows, columns) = raster.grid, raster.block
    # Strips as wide as the raster are read whole; tiles are put together to about a square.
    wide = min(grid.width, columns * max(1, 1024 // columns))
    high = min(grid.height, max(1, TILE_CELLS // wide))
    high -= high % rows if rows < high < grid.height else 0
    for row in range(0, grid.height, high):
        for col in range(0, grid.width, wide):
            yield Window(col, row, min(wide, grid.width - col), min(high, grid.height - row))


@dataclass(frozen=True)
class Sample:
    """Some cells of a window, for a picture: values, which of them are data, and their rows and columns.

    `from_copy` tells that they come from a smaller copy in the file, whose values are not those of the raster.
    """

    values: Numbers
    valid: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    from_copy: bool


def sample(raster: Raster, window: Window, most: int = SAMPLE) -> Sample | None:
    """Return about every n-th cell of a window, at most `most` a side, from the full resolution.

    Of a window that takes long to read the file's smaller copy is read, if there is one; else None is returned.
    """
    rows = np.unique(np.linspace(0, window.height - 1, min(window.height, most)).astype(np.int64)) + window.row
    columns = np.unique(np.linspace(0, window.width - 1, min(window.width, most)).astype(np.int64)) + window.col
    if window.width * window.height > MOST_SAMPLED:
        if not raster.overviews:
            return None
        with _opened(raster.path) as source:
            return Sample(*_cells(source, raster, window, out_shape=(len(rows), len(columns))), rows, columns, True)
    high = max(1, (1 << 24) // window.width)
    values, valid = [], []
    with reading(raster) as read:
        for start in range(window.row, window.row + window.height, high):
            stop = min(start + high, window.row + window.height)
            wanted = rows[(rows >= start) & (rows < stop)] - start
            if len(wanted):
                held, data = read(Window(window.col, start, window.width, stop - start))
                values.append(held[np.ix_(wanted, columns - window.col)])
                valid.append(data[np.ix_(wanted, columns - window.col)])
    return Sample(np.concatenate(values), np.concatenate(valid), rows, columns, False)
