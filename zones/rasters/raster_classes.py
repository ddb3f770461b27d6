"""Names of a raster's classes: from a table a person gives, or the attribute table or category list beside the file."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree as Xml

from zones.errors import InputError
from zones.rasters.raster import Raster

MOST_BYTES = 5_000_000
NAME_USAGE = "2"
VALUE_USAGE = "5"
NAME_HEADS = ("class", "class_name", "name", "label", "名称", "类别", "类名", "地类名称", "dlmc")
VALUE_HEADS = ("value", "code", "值", "代码", "编码", "dn")


def class_names(raster: Raster, table: Path | None = None) -> dict[int, str]:
    """Return what the values of a raster are called, by value; empty where nobody says.

    Parameters
    ----------
    raster : Raster
    table : Path, optional
        CSV with a column of values and one of names, under heads such as value and name, or without heads.
        Otherwise what stands in `FILE.tif.aux.xml`, as GDAL, QGIS and ArcGIS write it.

    Raises
    ------
    InputError
        If the table cannot be read.
    """
    if table is not None:
        return names_in(table)
    beside = raster.path.with_name(raster.path.name + ".aux.xml")
    return _from_aux(beside, raster.band) if beside.is_file() and beside.stat().st_size < MOST_BYTES else {}


def names_in(path: Path) -> dict[int, str]:
    """Return the names a table gives, by value.

    Parameters
    ----------
    path : Path
        CSV, as `class_names` takes it.

    Raises
    ------
    InputError
        If the table cannot be read.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; check the name")
    if path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path}: is too large for a table of class names; give values and names alone")
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not rows or min(len(row) for row in rows) < 2:
        raise InputError(f"{path}: needs two columns, value and name, in every row; add them")
    value, name = _columns(rows[0])
    names = {_whole(row[value]): row[name].strip() for row in rows if max(value, name) < len(row)}
    names.pop(None, None)
    if not names:
        raise InputError(f"{path}: no row starts with a whole number; put the class values in the first column")
    return {number: label for number, label in names.items() if number is not None}


def _columns(head: list[str]) -> tuple[int, int]:
    said = [cell.strip().lower() for cell in head]
    value = next((said.index(each) for each in VALUE_HEADS if each in said), 0)
    name = next((said.index(each) for each in NAME_HEADS if each in said and said.index(each) != value), None)
    return value, (1 if value == 0 else 0) if name is None else name


def _whole(text: str) -> int | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _from_aux(path: Path, band: int) -> dict[int, str]:
    """Return the names in GDAL's side file; one that cannot be read names nothing."""
    content = path.read_bytes()
    # Such a file declares no entities; one that does could grow without end.
    if b"<!" in content.replace(b"<!--", b"") or b"\x00" in content:
        return {}
    try:
        root = Xml.fromstring(content)
    except (Xml.ParseError, ValueError, LookupError):
        return {}
    own = next((each for each in root.iter("PAMRasterBand") if each.get("band") == str(band)), None)
    if own is None:
        return {}
    listed = [(each.text or "").strip() for each in own.findall("CategoryNames/Category")]
    return {value: name for value, name in enumerate(listed) if name} or _from_table(own)


def _from_table(band: Xml.Element) -> dict[int, str]:
    table = band.find("GDALRasterAttributeTable")
    if table is None:
        return {}
    fields = list(table.iter("FieldDefn"))
    usage = [(each.findtext("Usage") or "").strip() for each in fields]
    heads = [(each.findtext("Name") or "").strip().lower() for each in fields]
    value = usage.index(VALUE_USAGE) if VALUE_USAGE in usage else _first(heads, VALUE_HEADS)
    name = usage.index(NAME_USAGE) if NAME_USAGE in usage else _first(heads, NAME_HEADS)
    if name is None:
        return {}
    rows = [[(cell.text or "").strip() for cell in row.findall("F")] for row in table.iter("Row")]
    values = [place if value is None else _whole(row[value]) for place, row in enumerate(rows) if len(row) > name]
    return {number: row[name] for number, row in zip(values, rows, strict=False) if number is not None and row[name]}


def _first(heads: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((heads.index(each) for each in wanted if each in heads), None)
