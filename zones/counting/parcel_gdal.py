"""Reads GeoPackage and Shapefile batch by batch, through GDAL's Arrow stream."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pyogrio.raw

from zones.counting import parcel_layer
from zones.counting.parcel_layer import Batch, ParcelLayer, as_batch, crs_from
from zones.errors import InputError
from zones.intake.encodings import dbf_texts, decide


def open_gdal(path: Path, layer: str | None, encoding: str | None) -> ParcelLayer:
    """Return what a GeoPackage or Shapefile says of itself.

    Raises
    ------
    InputError
        If it is cut off, holds no polygons, or several layers and none is named.
    CrsError
        If it does not say its coordinate reference system.
    """
    if path.suffix.lower() == ".shp":
        encoding = _encoding(path, _check_shapefile(path), encoding)
    elif encoding is not None:
        raise InputError(f"{path}: its text is UTF-8 by its standard; --encoding is for Shapefiles")
    names = pyogrio.list_layers(path)[:, 0]
    if layer is None and len(names) > 1:
        raise InputError(f"{path}: holds {len(names)} layers ({', '.join(names)}); name one with --layer")
    info = pyogrio.read_info(path, layer=layer, encoding=encoding, force_feature_count=True)
    kind = str(info["geometry_type"])
    if "Polygon" not in kind and kind not in ("Unknown", "GeometryCollection") and "Surface" not in kind:
        raise InputError(f"{path}: holds {kind} features; choose a layer of polygons")
    crs, fields = crs_from(path, info["crs"]), tuple(info["fields"])
    return ParcelLayer(path, crs, int(info["features"]), fields, "wkb_geometry", layer, encoding)


def _encoding(path: Path, table: Path, told: str | None) -> str:
    stated = next((each for each in (table.with_suffix(".cpg"), table.with_suffix(".CPG")) if each.is_file()), None)
    word = stated.read_bytes().decode("utf-8-sig", "replace") if stated else None
    with table.open("rb") as file:
        texts, ldid, _ = dbf_texts(file, str(path))
        return decide(texts, str(path), told=told, stated=word, ldid=ldid).name


def _check_shapefile(path: Path) -> Path:
    """Return the .dbf; GDAL reads what is there of a cut-off file and says nothing: compare with the headers."""
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
    return table


def gdal_batches(layer: ParcelLayer, field: str | None) -> Iterator[Batch]:
    """Yield the features in the order of the file.

    Raises
    ------
    InputError
        If fewer can be read than the file states.
    """
    chosen = [field] if field else []
    with pyogrio.raw.open_arrow(
        layer.path,
        layer=layer.layer,
        encoding=layer.encoding,
        columns=chosen,
        batch_size=parcel_layer.BATCH_ROWS,
        use_pyarrow=True,
    ) as (meta, reader):
        at = 1
        for part in reader:
            yield as_batch(at, part, meta["geometry_name"] or layer.geometry, field)
            at += len(part)
        if at - 1 != layer.features:
            raise InputError(f"{layer.path}: {at - 1} of {layer.features} features could be read; get the file anew")
