"""Shapefile and GeoPackage through GDAL, GeoParquet through Arrow: counted, decoded strictly, nothing guessed."""

import struct
import tempfile
import warnings
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import pyogrio
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from zones.counting.parcel_layer import one_sentence
from zones.counting.parcel_parquet import open_parquet
from zones.errors import ChoiceError, CrsError, InputError
from zones.intake import encodings
from zones.intake.encodings import Encoding
from zones.intake.import_guard import copy_shapefile
from zones.intake.raw import Raw, usable
from zones.issues import Issue
from zones.schema import Severity

FAULTS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError,
          pyogrio.errors.GeometryError, pyogrio.errors.FieldError, pyarrow.ArrowException, UnicodeDecodeError,
          RuntimeError, OSError, struct.error, ValueError, shapely.errors.GEOSException)  # fmt: skip
"""What the libraries raise on damaged files."""

BYTES = "ISO-8859-1"
"""Read in this encoding, each character is one byte of the file, to be decoded here."""


def read_shapefile(path: Path, told: str | None = None) -> Raw:
    """Return the features of a Shapefile, read from a copy with its own .dbf, .prj and .cpg beside it.

    The text encoding is that of the .cpg, else of the language byte, else UTF-8 if the text is strictly so,
    else GB18030. Shapes beyond the last record of the .dbf are kept, without attributes, and named.

    Raises
    ------
    InputError
        If it is cut off or damaged.
    ChoiceError
        If its encoding cannot be told.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-read-") as folder:
        copy = copy_shapefile(path, Path(folder))
        count = _shape_count(path, copy)
        table_file, notes = copy.with_suffix(".dbf"), []
        records = 0
        encoding, samples = Encoding("utf-8", "it has no .dbf, so no text"), {}
        if table_file.is_file():
            with table_file.open("rb") as file:
                found, ldid, records = encodings.dbf_texts(file, str(path))
                texts = set(found)
            stated = _text_beside(copy, ".cpg")
            encoding = encodings.decide(texts, str(path), told=told, stated=stated, ldid=ldid)
            samples = encodings.previews(texts)
        else:
            notes.append(_note(path, "no_attributes", "its .dbf file is missing: the shapes have no attributes"))
        crs, fault = _prj(path, copy)
        for name in (".cpg", ".prj"):
            copy.with_suffix(name).unlink(missing_ok=True)
        shapes, table = _shapes_and_table(path, copy, count, records, notes)
    if encoding.doubt:
        notes.append(_note(path, "encoding_doubt", f"{encoding.doubt}; read as {encoding.name}"))
    if records and records != count:
        notes.append(_records_note(path, count, records))
    frame, dropped = usable(_decoded(path, table, encoding, notes), shapes)
    return Raw(
        frame, count, "Shapefile", dropped, tuple(notes), crs, ".prj file", encoding.name, encoding.known_from,
        previews=samples, crs_fault=fault,
    )  # fmt: skip


def _note(path: Path, kind: str, message: str, field: str = "") -> Issue:
    return Issue(path.name, "", field, Severity.WARNING, kind, "", message)


def _records_note(path: Path, count: int, records: int) -> Issue:
    less = f"the last {count - records} shapes (from number {records + 1}) have no attributes"
    more = f"the last {records - count} records belong to no shape and were left out"
    message = f"{count} shapes but {records} records in the .dbf: {less if records < count else more}"
    return _note(path, "records_differ", message)


def _shape_count(path: Path, copy: Path) -> int:
    """Return the number of shapes, from the .shx if it is there; GDAL says nothing of a file cut off."""
    with copy.open("rb") as file:
        head = file.read(100)
    if len(head) < 100:
        raise InputError(f"{path}: cut off after {len(head)} bytes; get the file anew")
    stated, there = 2 * struct.unpack(">i", head[24:28])[0], copy.stat().st_size
    if there < stated:
        raise InputError(f"{path}: cut off after {there} of {stated} bytes; get the file anew")
    index = copy.with_suffix(".shx")
    if not index.is_file() or index.stat().st_size < 100:
        raise InputError(f"{path}: its .shx file is missing or damaged; put it beside the .shp, with the .dbf and .prj")
    return (index.stat().st_size - 100) // 8


def _text_beside(copy: Path, suffix: str) -> str | None:
    beside = copy.with_suffix(suffix)
    return beside.read_bytes().decode("utf-8-sig", "replace") if beside.is_file() else None


def _prj(path: Path, copy: Path) -> tuple[CRS | None, str]:
    text = _text_beside(copy, ".prj")
    if not text or not text.strip():
        return None, ""
    try:
        return known_crs(CRS.from_user_input(text.strip())), ""
    except CRSError:
        return None, f"{path}: its .prj file cannot be understood; name the system with --crs"


def known_crs(crs: CRS) -> CRS:
    """Return the EPSG system that a spelled-out one equals (ESRI's names differ), else the system itself."""
    if crs.to_authority() is not None:
        return CRS.from_authority(*crs.to_authority())
    code = crs.to_epsg(min_confidence=60)
    if code is not None:
        candidate = CRS.from_epsg(code)
        if candidate.equals(crs, ignore_axis_order=True) or _same_numbers(candidate, crs):
            return candidate
    return crs


def _same_numbers(a: CRS, b: CRS) -> bool:
    one, other = a.to_dict(), b.to_dict()
    return bool(one) and {**one, "no_defs": None, "type": None} == {**other, "no_defs": None, "type": None}


def _shapes_and_table(
    path: Path, copy: Path, count: int, records: int, notes: list[Issue]
) -> tuple[np.typing.NDArray[np.object_], pd.DataFrame]:
    if records == count or records == 0:
        frame = _gdal(path, copy, notes, encoding=BYTES)
        if len(frame) != count:
            raise InputError(f"{path}: {len(frame)} of {count} features could be read; get the file anew")
        return np.asarray(frame.geometry.array, dtype=object), pd.DataFrame(frame.drop(columns="geometry"))
    # GDAL would let the shorter of the two decide; read each by itself.
    table_file = copy.with_suffix(".dbf")
    table = pd.DataFrame(_gdal(path, table_file, encoding=BYTES, read_geometry=False)).reindex(range(count))
    table_file.unlink()
    frame = _gdal(path, copy, notes, encoding=BYTES)
    return np.asarray(frame.geometry.array, dtype=object), table


def _gdal(
    path: Path,
    at: Path,
    notes: list[Issue] | None = None,
    **options: Any,  # noqa: ANN401 (options of pyogrio)
) -> geopandas.GeoDataFrame:
    """Read with GDAL; what it warns of becomes notes, and rings that are not closed are closed and named."""
    notes = [] if notes is None else notes
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            # Dates stay the text they are, for a time zone would be invented otherwise.
            frame = pyogrio.read_dataframe(at, datetime_as_string=True, on_invalid="ignore", **options)
            missing = _missing(frame)
            if len(missing):
                frame = pyogrio.read_dataframe(at, datetime_as_string=True, on_invalid="fix", **options)
    except FAULTS as error:
        raise _unreadable(path, at, error) from None
    for row in sorted(set(missing) - set(_missing(frame))):
        message = "a ring was not closed and was closed with a straight edge; check it on the map"
        notes.append(Issue(path.name, str(row + 1), "geometry", Severity.WARNING, "ring_closed", "", message))
    said = dict.fromkeys(" ".join(str(each.message).replace(str(at), path.name).split()) for each in told)
    notes += [_note(path, "reader_says", text[:200]) for text in said if "Non closed ring" not in text][:20]
    return frame


def _missing(frame: Any) -> np.typing.NDArray[np.intp]:  # noqa: ANN401 (a frame with or without shapes)
    if not isinstance(frame, geopandas.GeoDataFrame):
        return np.zeros(0, np.intp)
    return np.flatnonzero(shapely.is_missing(np.asarray(frame.geometry.array, dtype=object)))


def _unreadable(path: Path, at: Path, error: Exception) -> InputError:
    reason = " ".join(str(error).replace(str(at), path.name).split())[:200]
    if "malformed" in reason:
        # SQLite tells the whole query it stopped at, which is no help to anyone.
        reason = "database disk image is malformed"
    return InputError(f"{path}: not readable: damaged or cut off; get the file anew ({reason})")


def _decoded(path: Path, table: pd.DataFrame, encoding: Encoding, notes: list[Issue]) -> pd.DataFrame:
    """Return the table with its bytes turned into text, strictly; a name cut within a character loses its rest."""
    names = []
    for name in table.columns:
        text = _as_text(name, encoding.name)
        if len(text.encode(encoding.name, "replace")) < len(name):
            notes.append(_note(path, "name_cut", f"field name '{text}' was cut off within a character", text))
        names.append(text)
    for place, name in enumerate(table.columns):
        column = table[name]
        if column.dtype == object or pd.api.types.is_string_dtype(column):
            known = {
                value: _as_text(value, encoding.name) for value in column.dropna().unique() if isinstance(value, str)
            }
            cut = sum(len(text.encode(encoding.name, "replace")) < len(value) for value, text in known.items())
            if cut:
                notes.append(
                    _note(path, "text_cut", f"{cut} texts end within a character: cut to the width", names[place])
                )
            table[name] = column.map(known).astype(object).where(column.notna(), None)
    return table.set_axis(_unique(names), axis="columns")


def _as_text(latin: str, encoding: str) -> str:
    found = encodings.decoded(latin.encode(BYTES), encoding)
    return latin if found is None else found


def _unique(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def read_geopackage(path: Path, layer: str | None = None) -> Raw:
    """Return the features of a layer of a GeoPackage.

    Raises
    ------
    ChoiceError
        If it has several layers and none is named.
    """
    name = _layer(path, path, layer)
    notes: list[Issue] = []
    frame = _with_shapes(path, _gdal(path, path, notes, layer=name))
    info = pyogrio.read_info(path, layer=name, force_feature_count=True)
    if len(frame) != info["features"]:
        raise InputError(f"{path}: {len(frame)} of {info['features']} features could be read; get the file anew")
    crs = known_crs(frame.crs) if frame.crs is not None and "unknown" not in frame.crs.name.lower() else None
    kept, dropped = usable(pd.DataFrame(frame.drop(columns="geometry")), np.asarray(frame.geometry.array, dtype=object))
    return Raw(kept, len(frame), "GeoPackage", dropped, tuple(notes), crs, "the GeoPackage's own table", layer=name)


def _layer(path: Path, at: Path, wanted: str | None) -> str:
    try:
        # What GDAL has to warn of here it says again, in words for the report, when it reads.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = [str(name) for name, kind in pyogrio.list_layers(at) if kind is not None]
    except FAULTS as error:
        raise _unreadable(path, at, error) from None
    return chosen(path, names, wanted)


def chosen(path: Path, names: list[str], wanted: str | None, what: str = "layers") -> str:
    """Return the layer wanted, or the only one.

    Raises
    ------
    ChoiceError
        If several are there and none was named, or none of that name is.
    """
    if not names:
        raise InputError(f"{path}: holds no layer with shapes; choose a file with shapes")
    listed = ", ".join(names[:20])
    if wanted is None and len(names) > 1:
        raise ChoiceError(f"{path}: holds {len(names)} {what} ({listed}); name one with --layer", "layer", tuple(names))
    if wanted is not None and wanted not in names:
        raise ChoiceError(f"{path}: has no layer '{wanted}'; it has {listed}", "layer", tuple(names))
    return wanted or names[0]


def _with_shapes(path: Path, frame: Any) -> geopandas.GeoDataFrame:  # noqa: ANN401 (a frame with or without shapes)
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise InputError(f"{path}: its features hold no geometry; choose a file with shapes")
    if frame.empty:
        raise InputError(f"{path}: holds no feature; choose a file with shapes")
    return frame.rename_geometry("geometry") if frame.geometry.name != "geometry" else frame


def read_geoparquet(path: Path) -> Raw:
    """Return the features of a GeoParquet file; its default system is OGC:CRS84 where it names none.

    Raises
    ------
    InputError
        If it is damaged, or no GeoParquet.
    """
    try:
        with one_sentence(path):
            crs: CRS | None = open_parquet(path).crs
    except CrsError:
        crs = None
    except InputError as error:
        raise InputError(str(error).replace(", nothing was counted;", ";")) from None
    try:
        frame = geopandas.read_parquet(path)
    except (*FAULTS, TypeError, KeyError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{path}: not readable as GeoParquet: {reason}") from None
    frame = _with_shapes(path, frame)
    table = pd.DataFrame(frame.drop(columns="geometry")).reset_index(drop=True)
    kept, dropped = usable(table, np.asarray(frame.geometry.array, dtype=object))
    return Raw(
        kept, len(frame), "GeoParquet", dropped, (), known_crs(crs) if crs else None, "the file's 'geo' metadata"
    )
