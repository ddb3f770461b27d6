"""Reads GeoParquet piece by piece: one file, or a folder of parts as dask-geopandas and others write it.

Which rows are read together follows from the files and the zones alone, never from who reads them: so sums
made piece by piece are the same to the last bit on one machine and on many.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow
import pyarrow.parquet

from zones.counting import parcel_layer
from zones.counting.parcel_layer import Batch, Box, ParcelLayer, Part, as_batch, crs_from, one_sentence
from zones.errors import CrsError, InputError

SUFFIXES = (".parquet", ".geoparquet")

OPENED_AT_ONCE = 16
"""Parts whose ends are read at the same time: on a network drive each is a wait."""


class Piece(NamedTuple):
    """Row groups of one part that are read together, and the number of their first feature (from 1)."""

    groups: tuple[int, ...]
    first: int
    rows: int


class _Footer(NamedTuple):
    part: Part
    geometry: str
    crs: Any
    kinds: dict[str, str]


def open_parquet(path: Path) -> ParcelLayer:
    """Return what a GeoParquet file, or a folder of them, says of itself; only the ends of the files are read.

    Raises
    ------
    InputError
        If a part is damaged, is no GeoParquet, or does not go with the others.
    CrsError
        If the reference system is not given, or the parts have different ones.
    """
    paths = _parts_of(path) if path.is_dir() else [path]
    with ThreadPoolExecutor(OPENED_AT_ONCE) as pool:
        footers = list(pool.map(_footer, paths))
    # A part without rows, as an empty partition leaves it, has nothing to disagree about.
    held = [footer for footer in footers if sum(footer.part.rows)] or footers[:1]
    first = held[0]
    crs = crs_from(first.part.path, first.crs)
    for other in held[1:]:
        if other.geometry != first.geometry:
            found = f"its geometry column is '{other.geometry}', that of {first.part.path.name} '{first.geometry}'"
            raise InputError(f"{other.part.path}: {found}; write all parts alike")
        if other.crs != first.crs and crs_from(other.part.path, other.crs) != crs:
            raise CrsError(f"{other.part.path}: its CRS is not that of {first.part.path.name}; write all parts alike")
    fields = tuple({name: None for footer in held for name in footer.kinds})
    parts = tuple(footer.part for footer in footers)
    features = sum(sum(part.rows) for part in parts)
    return ParcelLayer(path, crs, features, fields, first.geometry, parts=parts, uneven=_uneven(held, fields))


def _parts_of(folder: Path) -> list[Path]:
    """Return the parts of a folder in natural order: part.10 comes after part.9."""
    inside = [each for each in folder.iterdir() if not each.name.startswith(("_", "."))]
    deeper = sorted(each.name for each in inside if each.is_dir())
    if deeper:
        raise InputError(f"{folder}: holds folders ({deeper[0]}); write the parts side by side, without partition_on")
    paths = [each for each in inside if each.suffix.lower() in SUFFIXES]
    if not paths:
        raise InputError(f"{folder}: holds no .parquet part; give the folder that has them")
    return sorted(paths, key=lambda each: (_natural(each.name), each.name))


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in re.split(r"(\d+)", name)]


def _footer(path: Path) -> _Footer:
    with one_sentence(path), pyarrow.parquet.ParquetFile(path) as file:
        told = (file.schema_arrow.metadata or {}).get(b"geo")
        if told is None:
            raise InputError(f"{path}: is Parquet but not GeoParquet (no 'geo' metadata); save it as GeoParquet")
        name, column = _geometry_column(path, told)
        if column.get("encoding") != "WKB" or column.get("edges", "planar") != "planar":
            found = f"encoding {column.get('encoding')}, edges {column.get('edges', 'planar')}"
            raise InputError(f"{path}: geometry is stored as {found}; save it as WKB with planar edges")
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        covering = column.get("covering", {}).get("bbox")
        names = covering and [".".join(covering[side]) for side in ("xmin", "ymin", "xmax", "ymax")]
        boxes = tuple(_box(group, names) if names else None for group in groups)
        part = Part(path, path.stat().st_size, tuple(group.num_rows for group in groups), boxes)
        kinds = {each.name: _kind(each.type) for each in file.schema_arrow if each.name != name}
        # The standard's default where the key is left out; an explicit null means unknown.
        return _Footer(part, name, column.get("crs", "OGC:CRS84"), kinds)


def _geometry_column(path: Path, told: bytes) -> tuple[str, dict[str, Any]]:
    try:
        geo = json.loads(told)
        name = geo["primary_column"]
        return name, geo["columns"][name]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{path}: its 'geo' metadata cannot be read; save it as GeoParquet again") from None


def _box(group: pyarrow.parquet.RowGroupMetaData, names: list[str]) -> Box | None:
    """Return the box of a row group from the statistics of its bbox columns, None where they do not tell it."""
    known = {}
    for number in range(group.num_columns):
        column = group.column(number)
        if column.path_in_schema in names and column.statistics is not None and column.statistics.has_min_max:
            known[column.path_in_schema] = column.statistics
    if len(known) < 4:
        return None
    xmin, ymin, xmax, ymax = (known[name] for name in names)
    return xmin.min, ymin.min, xmax.max, ymax.max


def _kind(kind: pyarrow.DataType) -> str:
    """Return the type of a field as far as it changes the text of a value."""
    if pyarrow.types.is_dictionary(kind):
        kind = kind.value_type
    return str(kind).removeprefix("large_").removesuffix("_view")


def _uneven(held: Sequence[_Footer], fields: Iterable[str]) -> dict[str, str]:
    """Return the fields that are missing in some part or of another type there: 1 and 1.0 are two classes."""
    found: dict[str, str] = {}
    for name in fields:
        known: dict[str, str] = {}
        for footer in held:
            known.setdefault(footer.kinds.get(name, "missing"), footer.part.path.name)
        # A part in which every value is absent may have no type of its own.
        known.pop("null", None)
        if len(known) > 1:
            (one, first), (two, second), *_ = known.items()
            found[name] = f"is {one} in {first} but {two} in {second}"
    return found


def pieces(layer: ParcelLayer, bounds: npt.NDArray[np.float64]) -> Iterator[tuple[Part, list[Piece]]]:
    """Yield the parts that may meet the bounds, each with the pieces to read, in the order of the features.

    A piece is row groups in a row of at most `BATCH_ROWS` features together, or one larger row group.

    Parameters
    ----------
    layer : ParcelLayer
        With parts.
    bounds : array
        xmin, ymin, xmax, ymax in the layer's CRS.
    """
    first = 1
    for part in layer.parts:
        found: list[Piece] = []
        for number, (rows, box) in enumerate(zip(part.rows, part.boxes, strict=True)):
            if rows and _near(box, bounds):
                last = found[-1] if found else None
                if last and last.first + last.rows == first and last.rows + rows <= parcel_layer.BATCH_ROWS:
                    found[-1] = Piece((*last.groups, number), last.first, last.rows + rows)
                else:
                    found.append(Piece((number,), first, rows))
            first += rows
        if found:
            yield part, found


def _near(box: Box | None, bounds: npt.NDArray[np.float64]) -> bool:
    if box is None:
        return True
    return bool(box[0] <= bounds[2] and box[1] <= bounds[3] and box[2] >= bounds[0] and box[3] >= bounds[1])


def column(layer: ParcelLayer, name: str) -> list[Any]:
    """Return one field of all features of a GeoParquet layer, in their order; None where a part does not have it.

    Raises
    ------
    InputError
        If a part turns out to be damaged.
    """
    found: list[Any] = []
    for part in layer.parts:
        with one_sentence(part.path), pyarrow.parquet.ParquetFile(part.path) as file:
            held = file.read([name]).column(name).to_pylist() if name in file.schema_arrow.names else None
            found += [None] * sum(part.rows) if held is None else held
    return found


def read_pieces(part: Part, wanted: Iterable[Piece], geometry: str, field: str | None) -> Iterator[Batch]:
    """Yield the features of some pieces of a part; the file must be the one that was opened.

    Raises
    ------
    InputError
        If the part is gone, was changed since, or turns out to be damaged.
    """
    columns = [geometry, *([field] if field else [])]
    # Without pre-buffering only the pages at hand are in memory, however large a row group is.
    with one_sentence(part.path), pyarrow.parquet.ParquetFile(part.path, pre_buffer=False) as file:
        if part.path.stat().st_size != part.size or file.metadata.num_rows != sum(part.rows):
            raise InputError(f"{part.path}: is not the file it was at the start; start again when nobody writes it")
        for piece in wanted:
            at = piece.first
            for rows in file.iter_batches(
                parcel_layer.BATCH_ROWS, row_groups=list(piece.groups), columns=columns, use_threads=False
            ):
                yield as_batch(at, rows, geometry, field)
                at += len(rows)
