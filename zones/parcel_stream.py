"""Reads a polygon layer of any size batch by batch: GeoParquet, GeoPackage, Shapefile."""

import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow
import pyarrow.parquet
import pyogrio
import pyogrio.raw
from pyarrow import compute
from pyproj import CRS
from pyproj.exceptions import CRSError

from zones.errors import CrsError, InputError

BATCH_ROWS = 32_768
"""Rows in memory at a time, for each thread; with 20 vertices to a parcel about 20 MB."""

STREAMED = {".parquet": "GeoParquet", ".geoparquet": "GeoParquet", ".gpkg": "GPKG", ".shp": "ESRI Shapefile"}


@dataclass(frozen=True)
class ParcelLayer:
    """A layer that can be streamed: where it is, its CRS, and its number of features."""

    path: Path
    crs: CRS
    features: int
    fields: tuple[str, ...]
    geometry: str
    layer: str | None = None
    covering: tuple[str, str, str, str] | None = None
    """Names of the columns xmin, ymin, xmax, ymax of a GeoParquet file that has a bbox covering."""


class Batch(NamedTuple):
    """Some rows of a layer: number of the first (from 1), WKB and the class of each row."""

    first: int
    wkb: pyarrow.LargeBinaryArray
    classes: pyarrow.Array | None

    def buffers(self) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return the bytes, where each row starts in them, and which rows have a geometry."""
        _, offsets, data = self.wkb.buffers()
        start = self.wkb.offset
        places = np.frombuffer(offsets, np.int64)[start : start + len(self.wkb) + 1]
        body = np.zeros(0, np.uint8) if data is None else np.frombuffer(data, np.uint8)
        return body, places, np.asarray(self.wkb.is_valid())


def open_layer(path: Path, layer: str | None = None) -> ParcelLayer:
    """Return what a file says of itself, without reading its features.

    Parameters
    ----------
    path : Path
        GeoParquet, GeoPackage or Shapefile.
    layer : str, optional
        Layer of a GeoPackage with several.

    Raises
    ------
    InputError
        If the file is missing, cut off, of another kind, or holds no polygons.
    CrsError
        If it does not say its coordinate reference system.
    """
    kind = STREAMED.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(STREAMED)
        raise InputError(f"{path}: '{path.suffix}' files cannot be tabulated; convert it to one of {known}")
    if not path.is_file():
        raise InputError(f"{path}: no such file; check the name")
    with _one_sentence(path):
        return _open_parquet(path) if kind == "GeoParquet" else _open_gdal(path, layer)


def read_batches(layer: ParcelLayer, field: str | None, bounds: npt.NDArray[np.float64]) -> Iterator[Batch]:
    """Yield the features in the order of the file; parts of a GeoParquet file off the bounds are skipped.

    Parameters
    ----------
    layer : ParcelLayer
        From `open_layer`.
    field : str, optional
        Column with the class of a feature.
    bounds : array
        xmin, ymin, xmax, ymax in the layer's CRS: what lies outside need not be read.

    Raises
    ------
    InputError
        If the layer has no such field, or the file turns out to be damaged.
    """
    if field is not None and field not in layer.fields:
        raise InputError(f"{layer.path}: has no field '{field}'; it has {', '.join(layer.fields) or 'none'}")
    with _one_sentence(layer.path):
        if layer.path.suffix.lower() in (".parquet", ".geoparquet"):
            yield from _parquet_batches(layer, field, bounds)
        else:
            yield from _gdal_batches(layer, field)


@contextmanager
def _one_sentence(path: Path) -> Iterator[None]:
    """Turn what the libraries raise on a damaged file into one sentence."""
    try:
        yield
    except (pyarrow.ArrowException, OSError, pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError,
            pyogrio.errors.FeatureError, RuntimeError, UnicodeDecodeError, struct.error) as error:  # fmt: skip
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path}: damaged or cut off, nothing was counted; get the file anew ({reason})") from None


def _open_parquet(path: Path) -> ParcelLayer:
    with pyarrow.parquet.ParquetFile(path) as file:
        told = (file.schema_arrow.metadata or {}).get(b"geo")
        if told is None:
            raise InputError(f"{path}: is Parquet but not GeoParquet (no 'geo' metadata); save it as GeoParquet")
        name, column = _geometry_column(path, told)
        if column.get("encoding") != "WKB" or column.get("edges", "planar") != "planar":
            found = f"encoding {column.get('encoding')}, edges {column.get('edges', 'planar')}"
            raise InputError(f"{path}: geometry is stored as {found}; save it as WKB with planar edges")
        fields = tuple(each for each in file.schema_arrow.names if each != name)
        covering = column.get("covering", {}).get("bbox")
        boxes = covering and tuple(".".join(covering[side]) for side in ("xmin", "ymin", "xmax", "ymax"))
        # The standard's default where the key is left out; an explicit null means unknown.
        crs = _crs(path, column.get("crs", "OGC:CRS84"))
        return ParcelLayer(path, crs, file.metadata.num_rows, fields, name, covering=boxes or None)


def _geometry_column(path: Path, told: bytes) -> tuple[str, dict[str, Any]]:
    try:
        geo = json.loads(told)
        name = geo["primary_column"]
        return name, geo["columns"][name]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path}: its 'geo' metadata cannot be read; save it as GeoParquet again") from None


def _open_gdal(path: Path, layer: str | None) -> ParcelLayer:
    if path.suffix.lower() == ".shp":
        _check_shapefile(path)
    names = pyogrio.list_layers(path)[:, 0]
    if layer is None and len(names) > 1:
        raise InputError(f"{path}: holds {len(names)} layers ({', '.join(names)}); name one with --layer")
    info = pyogrio.read_info(path, layer=layer, force_feature_count=True)
    kind = str(info["geometry_type"])
    if "Polygon" not in kind and kind not in ("Unknown", "GeometryCollection") and "Surface" not in kind:
        raise InputError(f"{path}: holds {kind} features; choose a layer of polygons")
    return ParcelLayer(
        path, _crs(path, info["crs"]), int(info["features"]), tuple(info["fields"]), "wkb_geometry", layer
    )


def _check_shapefile(path: Path) -> None:
    """GDAL reads what is there of a cut-off Shapefile and says nothing: compare sizes with the headers."""
    with path.open("rb") as file:
        stated = 2 * struct.unpack(">i", file.read(28)[24:])[0]
    if path.stat().st_size < stated:
        raise InputError(f"{path}: cut off after {path.stat().st_size} of {stated} bytes; get the file anew")
    table = next((each for each in (path.with_suffix(".dbf"), path.with_suffix(".DBF")) if each.is_file()), None)
    index = next((each for each in (path.with_suffix(".shx"), path.with_suffix(".SHX")) if each.is_file()), None)
    if table is None or index is None:
        raise InputError(f"{path}: its .dbf or .shx file is missing; put both beside it")
    with table.open("rb") as file:
        records, header, width = struct.unpack("<ihh", file.read(12)[4:])
    shapes = (index.stat().st_size - 100) // 8
    if records != shapes or table.stat().st_size < header + records * width:
        raise InputError(f"{path}: {shapes} shapes but {records} stated records in the .dbf; get both files anew")


def _crs(path: Path, told: Any) -> CRS:  # noqa: ANN401 (text or PROJJSON)
    if not told:
        raise CrsError(f"{path}: the coordinate reference system is not given; add it (for example EPSG:4547)")
    try:
        return CRS.from_user_input(told)
    except CRSError:
        raise CrsError(f"{path}: its coordinate reference system cannot be read; set it anew") from None


def _parquet_batches(layer: ParcelLayer, field: str | None, bounds: npt.NDArray[np.float64]) -> Iterator[Batch]:
    columns = [layer.geometry, *([field] if field else [])]
    # Without pre-buffering only the pages at hand are in memory, however large a row group is.
    with pyarrow.parquet.ParquetFile(layer.path, pre_buffer=False) as file:
        for groups, first in _runs(file.metadata, layer.covering, bounds):
            at = first
            for part in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=columns):
                yield _batch(at, part, layer.geometry, field)
                at += len(part)


def _runs(
    metadata: pyarrow.parquet.FileMetaData, covering: tuple[str, ...] | None, bounds: npt.NDArray[np.float64]
) -> list[tuple[list[int], int]]:
    """Return runs of row groups that may meet the bounds, each with the number of its first row."""
    runs: list[tuple[list[int], int]] = []
    first, open_run = 1, False
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        near = covering is None or _near(group, covering, bounds)
        if near and open_run:
            runs[-1][0].append(number)
        elif near:
            runs.append(([number], first))
        open_run = near
        first += group.num_rows
    return runs


def _near(group: pyarrow.parquet.RowGroupMetaData, covering: tuple[str, ...], bounds: npt.NDArray[np.float64]) -> bool:
    known = {}
    for number in range(group.num_columns):
        column = group.column(number)
        if column.path_in_schema in covering and column.statistics is not None and column.statistics.has_min_max:
            known[column.path_in_schema] = column.statistics
    if len(known) < 4:
        return True
    xmin, ymin, xmax, ymax = (known[name] for name in covering)
    return bool(xmin.min <= bounds[2] and ymin.min <= bounds[3] and xmax.max >= bounds[0] and ymax.max >= bounds[1])


def _gdal_batches(layer: ParcelLayer, field: str | None) -> Iterator[Batch]:
    chosen = [field] if field else []
    with pyogrio.raw.open_arrow(
        layer.path, layer=layer.layer, columns=chosen, batch_size=BATCH_ROWS, use_pyarrow=True
    ) as (meta, reader):
        at = 1
        for part in reader:
            yield _batch(at, part, meta["geometry_name"] or layer.geometry, field)
            at += len(part)
        if at - 1 != layer.features:
            raise InputError(f"{layer.path}: {at - 1} of {layer.features} features could be read; get the file anew")


def _batch(first: int, part: pyarrow.RecordBatch, geometry: str, field: str | None) -> Batch:
    wkb = part.column(geometry).cast(pyarrow.large_binary())
    classes = None
    if field is not None:
        classes = part.column(field)
        if not pyarrow.types.is_dictionary(classes.type):
            classes = compute.dictionary_encode(classes)
    return Batch(first, wkb, classes)
