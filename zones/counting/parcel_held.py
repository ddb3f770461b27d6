"""Layers in formats that are read whole: held in memory, and counted batch by batch like those that are streamed."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow
import shapely

from zones.counting import parcel_layer
from zones.counting.parcel_layer import Batch, ParcelLayer, as_batch
from zones.intake.own_file import read_stated

GEOMETRY = "geometry"


def open_held(path: Path, layer: str | None, encoding: str | None) -> ParcelLayer:
    """Return a GeoJSON, zipped Shapefile, KML, KMZ, DXF, CSV or XLSX with its features, in the system it states.

    Raises
    ------
    InputError
        As `zones.intake.own_file.read_stated`.
    CrsError
        If the reference system is not stated or contradicts the numbers.
    """
    frame = read_stated(path, layer, encoding)
    fields = tuple(str(name) for name in frame.columns if name != GEOMETRY)
    columns = {name: _column(frame[name]) for name in fields}
    # A shape that could not be read is no shape, but named as left out all the same: hence empty, not absent.
    wkb = [each or b"" for each in shapely.to_wkb(frame.geometry.array)]
    table = pyarrow.table({**columns, GEOMETRY: pyarrow.array(wkb, pyarrow.large_binary())})
    return ParcelLayer(path, frame.crs, len(frame), fields, GEOMETRY, layer, encoding, held=table)


def _column(values: "pd.Series[object]") -> pyarrow.Array:
    """Return a column as Arrow has it; one of mixed kinds as text, as its classes are anyway."""
    try:
        return pyarrow.array(values, from_pandas=True)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
        return pyarrow.array([None if pd.isna(value) else str(value) for value in values], pyarrow.string())


def held_batches(layer: ParcelLayer, field: str | None) -> Iterator[Batch]:
    """Yield the features in the order of the file."""
    assert layer.held is not None
    at = 1
    for part in layer.held.to_batches(max_chunksize=parcel_layer.BATCH_ROWS):
        yield as_batch(at, part, layer.geometry, field)
        at += len(part)
