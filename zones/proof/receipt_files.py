"""The reader of receipts: a receipts file, or an exported file that carries them."""

import csv
import io
import json
import math
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pyogrio
from pydantic import TypeAdapter, ValidationError

from zones.errors import InputError
from zones.intake.import_guard import Kind, fits, head_of
from zones.proof import passport
from zones.proof.receipts import FORMAT, Receipt, content_id
from zones.proof.verify import Shown

SIDECAR = ".receipts.json"
"""Added to the name of a file that cannot hold its receipts itself."""

JSON_HEAD = "JSON"
"""Head of the column of a work sheet that holds receipts; further pieces stand in `JSON 2`, `JSON 3` ..."""

PARQUET_KEY = b"zones-receipts"
"""Key of the receipts in the metadata of a GeoParquet file."""

SHAPEFILE_RECEIPTS = "receipts.json"
"""Name of the receipts in the archive of a Shapefile."""

RECEIPTS: TypeAdapter[list[Receipt]] = TypeAdapter(list[Receipt])


@dataclass(frozen=True)
class Head:
    """What a column holds in a row that names a receipt.

    Attributes
    ----------
    figure : str
        `id`, or a number of the receipt: `value`, `error`, `of_a` or `of_b`.
    method : str or None
        Where the number is not that of the row's own receipt: the method of the same zone's other figure.
    factor : float
        What one unit of the column is in the receipt's unit.
    """

    figure: str
    method: str | None = None
    factor: float = 1.0


EXPORT_HEADS = {
    "receipt": Head("id"),
    "area_m2": Head("value"),
    "area_error_m2": Head("error"),
    "area_pm_m2": Head("error"),
}
"""Columns of exported zones (see `layers.exports.exports`); the last one is the third under its name in a Shapefile."""

NUMBERS = tuple(head for head, what in EXPORT_HEADS.items() if what.figure != "id")

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Held:
    """What a file holds: receipts, and the numbers it shows under them."""

    receipts: tuple[Receipt, ...]
    shown: tuple[Shown, ...]


def read_receipts(path: Path, heads: Mapping[str, Head] = EXPORT_HEADS) -> Held:
    """Return the receipts of a file, with the numbers beside them.

    Parameters
    ----------
    path : Path
        A receipts file (`.json`, also the printed answer of `zones export`); an exported `.geojson`, `.xlsx`,
        `.gpkg` or `.csv`, whose receipts stand in `NAME.csv.receipts.json`; or a sheet, deck or report that
        carries them (see `zones.proof.passport`).
    heads : mapping of str to Head
        Columns whose numbers have receipts, by their heads.

    Raises
    ------
    InputError
        If the file is missing, cannot be read or holds no receipt.
    """
    readers = dict.fromkeys(passport.SUFFIXES, _from_passport) | {
        ".json": _from_json,
        ".geojson": _from_json,
        ".xlsx": _from_workbook,
        ".gpkg": _from_geopackage,
        ".csv": _from_table,
        ".kml": _from_beside,
        ".dxf": _from_beside,
        ".parquet": _from_parquet,
        ".zip": _from_shapefile,
    }
    if not path.is_file():
        raise InputError(f"{path}: no such file; check the name")
    suffix = path.suffix.lower()
    if suffix not in readers:
        raise InputError(f"{path}: '{suffix}' files hold no receipts; give one of {', '.join(readers)}")
    found, rows = readers[suffix](path)
    receipts = _checked(path, found)
    return Held(receipts, tuple(_shown(receipts, rows, heads)))


def _from_json(path: Path) -> tuple[Any, Rows]:
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not readable as JSON: {error}; export it again") from None
    features = data.get("features") if isinstance(data, dict) else None
    rows = [each.get("properties") for each in features if isinstance(each, dict)] if isinstance(features, list) else []
    return _found(data), [row for row in rows if isinstance(row, dict)]


def _found(data: Any) -> Any:  # noqa: ANN401 (any JSON data)
    """Return the list of receipts in a document, in an answer that holds one, or one receipt as a list."""
    while isinstance(data, dict):
        if {"kind", "value", "zones"} <= data.keys():
            return [data]
        data = data.get("receipts", data.get("receipt"))
    return data


def _from_workbook(path: Path) -> tuple[Any, Rows]:
    try:
        sheets = _sheets(path)
    except (zipfile.BadZipFile, zlib.error, ParseError, LookupError, ValueError, OSError) as error:
        raise InputError(f"{path}: not readable as XLSX: {error}; export it again") from None
    rows = [row for sheet in sheets for row in sheet]
    texts = ["".join(str(row[head] or "") for head in row if head.startswith(JSON_HEAD)) for row in rows]
    try:
        found = [json.loads(text) for text in texts if text]
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: a receipt in its JSON column is not readable: {error}; export it again") from None
    return (found, rows) if found else _from_passport(path)


def _from_passport(path: Path) -> tuple[Any, Rows]:
    return _found(passport.record_in(path.read_bytes(), path.suffix, str(path))), []


def _sheets(path: Path) -> list[list[dict[str, Any]]]:
    """Return the rows of each work sheet under the heads in its first row."""
    # Loaded for workbooks only: it takes longer than all other receipts together.
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = []
    for sheet in book.worksheets:
        cells = sheet.iter_rows(values_only=True)
        heads = [str(head) for head in next(cells, ())]
        sheets.append([dict(zip(heads, row, strict=False)) for row in cells])
    book.close()
    return sheets


def _from_geopackage(path: Path) -> tuple[Any, Rows]:
    # GDAL goes by content, not by name: another format could lead it to other files.
    if not fits(Kind.GPKG, head_of(path)):
        raise InputError(f"{path}: not readable as a GeoPackage with receipts: it is no database; export it again")
    try:
        text = (pyogrio.read_info(path, layer=0)["dataset_metadata"] or {}).get("receipts", "null")
        # Other packages, such as that of a corridor, have no layer of zones with a figure to each receipt.
        zones = "zones" in pyogrio.list_layers(path)[:, 0]
        rows = pyogrio.read_dataframe(path, layer="zones", read_geometry=False).to_dict("records") if zones else []
        return _found(json.loads(text)), rows
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: not readable as a GeoPackage with receipts: {reason}; export it again") from None


def _from_parquet(path: Path) -> tuple[Any, Rows]:
    # Loaded for this format only: no other receipt needs it.
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            names = file.schema_arrow.names
            rows = file.read([name for name in EXPORT_HEADS if name in names]).to_pylist()
            return _found(json.loads((file.schema_arrow.metadata or {}).get(PARQUET_KEY, b"null"))), rows
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: not readable as GeoParquet with receipts: {reason}; export it again") from None


def _from_shapefile(path: Path) -> tuple[Any, Rows]:
    try:
        with zipfile.ZipFile(path) as archive:
            if SHAPEFILE_RECEIPTS not in archive.namelist():
                raise InputError(f"{path}: holds no receipt ({FORMAT}); give an archive that 'zones export' wrote")
            found = json.loads(archive.read(SHAPEFILE_RECEIPTS))
            zones = "zones.dbf" in archive.namelist()
        rows = pyogrio.read_dataframe(f"/vsizip/{path.resolve()}/zones.dbf", read_geometry=False) if zones else None
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        ValueError,
        pyogrio.errors.DataSourceError,
    ) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: not readable as a Shapefile with receipts: {reason}; export it again") from None
    return _found(found), rows.to_dict("records") if rows is not None else []


def _from_beside(path: Path) -> tuple[Any, Rows]:
    beside = path.with_name(path.name + SIDECAR)
    if not beside.is_file():
        raise InputError(f"{path}: holds no receipt; its receipts stand in {beside.name}, which is not beside it")
    return _from_json(beside)[0], []


def _from_table(path: Path) -> tuple[Any, Rows]:
    found = _from_beside(path)[0]
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
        numbers = [row | {head: float(row[head]) for head in NUMBERS if row.get(head)} for row in rows]
    except (UnicodeDecodeError, csv.Error, ValueError) as error:
        raise InputError(f"{path}: not readable as CSV: {error}; export it again") from None
    return found, numbers


def _checked(path: Path, found: Any) -> tuple[Receipt, ...]:  # noqa: ANN401 (any JSON data)
    if not isinstance(found, list) or not found:
        raise InputError(f"{path}: holds no receipt ({FORMAT}); give a file that 'zones export' or --receipts wrote")
    try:
        receipts = receipts_of(found)
    except ValidationError as error:
        first = error.errors()[0]
        place, *field = first["loc"]
        where = ": ".join([f"receipt {int(place) + 1}", *([".".join(map(str, field))] if field else [])])
        raise InputError(f"{path}: {where}: {first['msg']}; export it again") from None
    for number, receipt in enumerate(receipts, start=1):
        try:
            content_id(receipt)
        except ValueError:
            # JSON as Python reads it may hold NaN or 1e999.
            raise InputError(f"{path}: receipt {number}: a number is not finite; export it again") from None
    return receipts


def receipts_of(found: list[Any]) -> tuple[Receipt, ...]:
    """Return receipts of their JSON data, in which fields that played no part are left out.

    Raises
    ------
    pydantic.ValidationError
        If they are no receipts.
    """
    return tuple(RECEIPTS.validate_python(_filled(found)))


def _filled(found: list[Any]) -> list[Any]:
    """Return receipts with the fields that were left out, since they played no part, as None."""
    return [{"error_m2": None, "shares": None, **each} if isinstance(each, dict) else each for each in found]


def _shown(receipts: tuple[Receipt, ...], rows: Rows, heads: Mapping[str, Head]) -> Iterator[Shown]:
    """Yield the numbers that rows show, each under the id of its own receipt."""
    names = [head for head, what in heads.items() if what.figure == "id"]
    zone_of = {receipt.id: receipt.zones[0].zone_id for receipt in receipts if len(receipt.zones) == 1}
    others = {(receipt.zones[0].zone_id, _method(receipt)): receipt.id for receipt in receipts if receipt.id in zone_of}
    for row in rows:
        own = next((row[name] for name in names if isinstance(row.get(name), str)), "")
        for head, what in heads.items() if own else ():
            value = row.get(head)
            if what.figure != "id" and isinstance(value, int | float) and not math.isnan(value):
                other = others.get((zone_of.get(own, ""), what.method), own) if what.method else own
                yield Shown(other, head, what.figure, value * what.factor)


def _method(receipt: Receipt) -> str:
    return receipt.method.partition("/")[0]
