"""Tables with coordinates, CSV and XLSX: columns found by their Chinese or English names, each row accounted for."""

import csv
import datetime
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import shapely
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pyproj import CRS

from zones.errors import CrsError, InputError
from zones.intake.encodings import Encoding, decode_file, previews
from zones.intake.import_guard import check_archive
from zones.intake.raw import Raw, usable
from zones.intake.read_gdal import chosen

EAST_NORTH = (
    (
        {"经度", "东经", "lon", "lng", "long", "longitude", "lon经度", "经度lon"},
        {"纬度", "北纬", "lat", "latitude", "lat纬度", "纬度lat"},
    ),
    ({"东坐标", "横坐标", "east", "easting", "e", "东"}, {"北坐标", "纵坐标", "north", "northing", "n", "北"}),
    (
        {"x", "x坐标", "坐标x", "xcoord", "pointx", "centroidx"},
        {"y", "y坐标", "坐标y", "ycoord", "pointy", "centroidy"},
    ),
)
"""Names of column pairs, likeliest first; the first pair is degrees. Which of x and y is east is told by range."""

WKT = {"wkt", "geometry", "geom", "thegeom", "geometrywkt", "wktgeom", "shape", "几何", "图形", "坐标串"}

ANGLE = re.compile(
    r"\s*([NSEW北南东西])?[经纬]?\s*(\d+(?:\.\d+)?)\s*[°度º]\s*(?:(\d+(?:\.\d+)?)\s*['′’分]\s*)?(?:(\d+(?:\.\d+)?)\s*[\"″”秒]\s*)?([NSEW北南东西])?\s*"
)
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
SRID = re.compile(r"\s*SRID\s*=\s*(\d+)\s*;", re.IGNORECASE)

Cell = Any  # a cell of a workbook: text, number, date, truth value or nothing


class _Columns(NamedTuple):
    wkt: str | None
    east: str | None
    north: str | None
    degrees: bool


def read_csv(path: Path, told: str | None = None) -> Raw:
    """Return the rows of a CSV file as features.

    Raises
    ------
    InputError
        If it has no header, or no columns with coordinates.
    ChoiceError
        If its encoding cannot be told.
    """
    content = path.read_bytes()
    text, encoding = decode_file(content, str(path), told)
    header = text.lstrip("\ufeff").split("\n", 1)[0]
    mark = max(",;\t", key=header.count)
    # Outlines as WKT go far beyond the default of 128 kB for one cell.
    csv.field_size_limit(2**31 - 1)
    try:
        rows = [row for row in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark) if any(row)]
    except csv.Error as error:
        raise InputError(f"{path}: not readable as CSV: {error}") from None
    samples = previews(content.splitlines()[:200]) if not content.isascii() else {}
    return _raw(path, "CSV", rows, encoding, samples, _typed_text)


def read_xlsx(path: Path, layer: str | None = None) -> Raw:
    """Return the rows of a sheet of a workbook as features; formulas count as the values saved with them.

    Raises
    ------
    InputError
        If it is damaged, or has no columns with coordinates.
    ChoiceError
        If it has several filled sheets and none is named.
    """
    check_archive(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = {sheet.title: sheet for sheet in book.worksheets}
            filled = [
                name for name, sheet in sheets.items() if any(map(any, sheet.iter_rows(max_row=20, values_only=True)))
            ]
            name = chosen(path, filled, layer, "sheets")
            rows = [
                list(row) for row in sheets[name].iter_rows(values_only=True) if any(cell is not None for cell in row)
            ]
        finally:
            book.close()
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, OSError, SyntaxError) as error:
        raise InputError(f"{path}: not readable as XLSX: damaged or cut off; get the file anew ({error})") from None
    raw = _raw(path, "XLSX", rows, Encoding("utf-8", "the format is always UTF-8"), {}, _typed_cells)
    return Raw(**{**vars(raw), "layer": name})


def _raw(
    path: Path, kind: str, rows: list[list[Cell]], encoding: Encoding, samples: dict[str, tuple[str, ...]],
    typed: Callable[[Sequence[Cell]], pd.Series],
) -> Raw:  # fmt: skip
    if len(rows) < 2:
        raise InputError(f"{path}: holds no row below its header; choose a file with rows")
    names = _names(rows[0])
    columns = _columns(path, names)
    faults = {}
    for number, row in enumerate(rows[1:]):
        if len(row) > len(names) and any(cell not in (None, "") for cell in row[len(names) :]):
            faults[number] = f"the row has {len(row)} cells, the header {len(names)}"
    body = [[*row[: len(names)], *[None] * (len(names) - len(row))] for row in rows[1:]]
    table = {name: [row[place] for row in body] for place, name in enumerate(names)}
    shapes, crs = _shapes(path, table, columns, faults)
    for used in (columns.wkt, columns.east, columns.north):
        # A shape says it better; coordinates that could not be read stay with the row in the report.
        if used is not None and used == columns.wkt:
            table.pop(used)
    # The index is named, for a table of shapes alone has rows though it has no column.
    cells = pd.DataFrame({name: typed(own) for name, own in table.items()}, index=pd.RangeIndex(len(body)))
    frame, dropped = usable(cells, shapes, faults)
    return Raw(
        frame, len(body), kind, dropped, (), crs, "SRID in the WKT", encoding.name, encoding.known_from,
        previews=samples, degrees=columns.degrees,
    )  # fmt: skip


def _names(header: list[Cell]) -> list[str]:
    found: list[str] = []
    while header and header[-1] in (None, ""):
        header = header[:-1]
    for place, cell in enumerate(header):
        name = str(cell).strip() if cell not in (None, "") else f"column_{place + 1}"
        found.append(name if name not in found else f"{name}_{place + 1}")
    return found


def _columns(path: Path, names: list[str]) -> _Columns:
    short = {re.sub(r"[\s_\-]|[(（\[].*", "", name.lower()): name for name in reversed(names)}
    wkt = next((name for key, name in short.items() if key in WKT), None)
    if wkt is not None:
        return _Columns(wkt, None, None, degrees=False)
    for place, (easts, norths) in enumerate(EAST_NORTH):
        east = next((name for key, name in short.items() if key in easts), None)
        north = next((name for key, name in short.items() if key in norths), None)
        if east is not None and north is not None:
            return _Columns(None, east, north, degrees=place == 0)
    listed = ", ".join(names[:12])
    raise InputError(
        f"{path}: no columns with coordinates among {listed}; name them 经度 and 纬度 (lon, lat), x and y, "
        "东坐标 and 北坐标, or WKT"
    )


def _shapes(
    path: Path, table: dict[str, list[Cell]], columns: _Columns, faults: dict[int, str]
) -> tuple[np.typing.NDArray[np.object_], CRS | None]:
    if columns.wkt is not None:
        return _from_wkt(path, table[columns.wkt], faults)
    pairs = zip(table[columns.east or ""], table[columns.north or ""], strict=True)
    shapes = np.empty(len(table[columns.east or ""]), dtype=object)
    for row, (east, north) in enumerate(pairs):
        x, y = _number(east), _number(north)
        if x is None or y is None:
            faults.setdefault(row, f"its coordinates are '{_shown(east)}', '{_shown(north)}', which is no place")
        else:
            shapes[row] = shapely.Point(x, y)
    return shapes, None


def _from_wkt(
    path: Path, cells: list[Cell], faults: dict[int, str]
) -> tuple[np.typing.NDArray[np.object_], CRS | None]:
    texts = ["" if cell is None else str(cell) for cell in cells]
    codes = {found[1] for text in texts if (found := SRID.match(text))}
    bare_rows = sum(bool(text.strip()) and not SRID.match(text) for text in texts)
    if codes and bare_rows:
        raise CrsError(
            f"{path}: {len(texts) - bare_rows} rows state EPSG:{min(codes)} and {bare_rows} state nothing; "
            "split it into one file for each, or write SRID before every WKT"
        )
    if len(codes) > 1:
        raise CrsError(f"{path}: its rows state {len(codes)} reference systems; split it into one file for each")
    bare = np.array([SRID.sub("", text, count=1) or None for text in texts], dtype=object)
    shapes = shapely.from_wkt(bare, on_invalid="ignore")
    for row in np.flatnonzero(shapely.is_missing(shapes)):
        if texts[row]:
            faults.setdefault(int(row), f"its WKT cannot be read: '{texts[row][:40]}'")
    return shapes, CRS.from_epsg(int(codes.pop())) if codes else None


def _number(cell: Cell) -> float | None:
    """Return a coordinate: a number, its text, or degrees with minutes and seconds (113°51′00″); None if it is none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if np.isfinite(cell) else None
    text = str(cell).strip()
    if NUMBER.fullmatch(text):
        return float(text)
    angle = ANGLE.fullmatch(text)
    if angle is None:
        return None
    degrees, minutes, seconds = (float(part or 0) for part in angle.group(2, 3, 4))
    if minutes >= 60 or seconds >= 60:
        return None
    sign = -1 if (angle[1] or angle[5] or "E") in "SW南西" else 1
    return sign * (degrees + minutes / 60 + seconds / 3600)


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell)[:30]


def _typed_text(cells: Sequence[Cell]) -> pd.Series:
    """Return texts as numbers if they all are, and no zero in front or digit beyond a double would be lost."""
    texts = [None if cell in (None, "") else str(cell) for cell in cells]
    given = [text for text in texts if text is not None]
    if given and all(re.fullmatch(r"-?(?:0|[1-9]\d{0,14})", text) for text in given):
        return pd.Series([None if text is None else int(text) for text in texts], dtype="Int64")
    if given and all(re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", text) and len(text) <= 16 for text in given):
        return pd.Series([None if text is None else float(text) for text in texts], dtype="float64")
    return pd.Series(texts, dtype=object)


def _typed_cells(cells: Sequence[Cell]) -> pd.Series:
    plain = [cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else cell for cell in cells]
    kinds = {type(cell) for cell in plain if cell is not None}
    if kinds == {int}:
        return pd.Series(plain, dtype="Int64")
    if kinds == {bool}:
        return pd.Series(plain, dtype="boolean")
    if kinds and kinds <= {int, float}:
        return pd.Series([None if cell is None else float(cell) for cell in plain], dtype="float64")
    return pd.Series([None if cell is None else str(cell) for cell in plain], dtype=object)
