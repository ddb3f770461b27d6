"""Opens a polygon layer and reads it batch by batch: GeoParquet, GeoPackage and Shapefile of any size."""

import math
from collections.abc import Generator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from zones.counting.parcel_layer import Batch, ParcelLayer, one_sentence
from zones.counting.parcel_parquet import open_parquet, pieces, read_pieces
from zones.errors import InputError
from zones.intake.import_guard import SUFFIXES, Kind, kind_of

__all__ = ["Batch", "ParcelLayer", "check_field", "open_layer", "read_batches"]

COUNTED = {suffix: kind for suffix, kind in SUFFIXES.items() if kind in (Kind.PARQUET, Kind.GPKG, Kind.SHP)}
"""Endings of files that are read piece by piece, so of any size."""


def open_layer(path: Path, layer: str | None = None, encoding: str | None = None) -> ParcelLayer:
    """Return what a file says of itself; features of a streamed kind are not read yet.

    Parameters
    ----------
    path : Path
        GeoParquet, GeoPackage or Shapefile; a folder of GeoParquet parts, taken in natural order; or any other
        format that `zones.intake.read_any` knows, which is read whole and so has to fit into memory.
    layer : str, optional
        Layer of a file with several.
    encoding : str, optional
        How the text of a Shapefile, DXF, CSV or GeoJSON is encoded; by default as the file or its bytes tell.

    Raises
    ------
    InputError
        If the file is missing, cut off, of another kind, or holds no polygons.
    CrsError
        If it does not say its coordinate reference system.
    """
    suffix = path.suffix.lower()
    if suffix in SUFFIXES and suffix not in COUNTED and not path.is_dir():
        # Reads through geopandas, which a layer of GeoParquet does without.
        from zones.counting.parcel_held import open_held

        return open_held(path, layer, encoding)
    kind = Kind.PARQUET if path.is_dir() else kind_of(path, COUNTED, most_bytes=math.inf)
    with one_sentence(path):
        if kind is not Kind.PARQUET:
            # GDAL is loaded, and geopandas with it, where the layer needs it.
            from zones.counting.parcel_gdal import open_gdal

            return open_gdal(path, layer, encoding)
        if encoding is not None:
            raise InputError(f"{path}: its text is UTF-8 by its standard; --encoding is for Shapefiles")
        return open_parquet(path)


def check_field(layer: ParcelLayer, field: str | None) -> None:
    """Refuse a field that the layer has not, or not alike in all its parts.

    Raises
    ------
    InputError
        Naming the fields there are, or the parts that differ.
    """
    if field is not None and field not in layer.fields:
        raise InputError(f"{layer.path}: has no field '{field}'; it has {', '.join(layer.fields) or 'none'}")
    if field is not None and field in layer.uneven:
        raise InputError(f"{layer.path}: field '{field}' {layer.uneven[field]}; write all parts alike")


def read_batches(layer: ParcelLayer, field: str | None, bounds: npt.NDArray[np.float64]) -> Generator[Batch]:
    """Yield the features in the order of the file; parts of a GeoParquet layer off the bounds are skipped.

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
    check_field(layer, field)
    if layer.parts:
        for part, wanted in pieces(layer, bounds):
            yield from read_pieces(part, wanted, layer.geometry, field)
        return
    if layer.held is not None:
        from zones.counting.parcel_held import held_batches

        yield from held_batches(layer, field)
        return
    from zones.counting.parcel_gdal import gdal_batches

    with one_sentence(layer.path):
        yield from gdal_batches(layer, field)
