"""Control points from a file or from a hand: CSV, QGIS .points or GeoJSON, in whatever system, brought to one plane."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from zones.datum_shift import between
from zones.errors import ChoiceError, CrsError, InputError
from zones.georeference.georef import Pairs
from zones.georeference.georef_check import ControlPoint
from zones.intake.datum import Datum, to_wgs
from zones.intake.encodings import decode_file
from zones.intake.guess_crs import Finding, name_of, recognise
from zones.measure import gauss_kruger
from zones.schema import STORAGE_CRS

MOST_BYTES = 2 * 1024**2
MOST_POINTS = 300
WEB_MERCATOR = "EPSG:3857"

NAMES = {
    "column": ("column", "col", "pixel", "pixelx", "sourcex", "px", "列", "列号"),
    "row": ("row", "line", "pixely", "sourcey", "py", "行", "行号"),
    "x": ("x", "lon", "lng", "longitude", "经度", "mapx", "east", "easting", "东坐标", "横坐标", "e"),
    "y": ("y", "lat", "latitude", "纬度", "mapy", "north", "northing", "北坐标", "纵坐标", "n"),
    "name": ("name", "id", "point", "点号", "名称", "点名"),
    "check": ("check", "checkpoint", "检查", "检查点"),
    "enable": ("enable", "enabled", "启用"),
    "error_m": ("errorm", "error", "accuracy", "精度"),
    "crs": ("crs", "epsg", "坐标系", "坐标参考系"),
}
"""What columns may be called, without blanks, underlines and capitals."""

DEGREES = ("lon", "lng", "longitude", "经度")
NO = ("", "0", "false", "no", "n", "否", "none")


@dataclass(frozen=True)
class RawPoints:
    """Control points as a file has them.

    Attributes
    ----------
    names : tuple of str
    pixels, places : (n, 2) array
        Columns and rows; coordinates as they stand, x before y.
    checks : tuple of bool
    errors : tuple of (float or None)
    stated : CRS or None
        What the file says of its coordinates.
    degrees : bool
        Whether format or column names say longitude and latitude.
    left_out : tuple of str
        Names of points that the file has switched off.
    upright : bool
        Whether pixels are those of the picture as it is looked at; QGIS counts them as they are stored.
    """

    names: tuple[str, ...]
    pixels: Pairs
    places: Pairs
    checks: tuple[bool, ...]
    errors: tuple[float | None, ...]
    stated: CRS | None = None
    degrees: bool = False
    left_out: tuple[str, ...] = ()
    upright: bool = True


@dataclass(frozen=True)
class Placed:
    """Control points on one plane.

    Attributes
    ----------
    points : tuple of ControlPoint
    plane, crs : str
        Reference system of the fit, in metres, and of the coordinates as given.
    how_known : str
        How the system of the coordinates is known.
    warnings : tuple of (str, str)
        Kind and sentence.
    """

    points: tuple[ControlPoint, ...]
    plane: str
    crs: str
    how_known: str
    warnings: tuple[tuple[str, str], ...]


def read_points(path: Path) -> RawPoints:
    """Return the control points of a file.

    Parameters
    ----------
    path : Path
        `.csv` with column, row, x, y (and name, check, error_m, crs), QGIS `.points`, or GeoJSON points that have
        column and row as properties.

    Raises
    ------
    InputError
        If it is no such file, or a number in it is none.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; check the name")
    if path.stat().st_size > MOST_BYTES:
        raise InputError(f"{path}: is larger than {MOST_BYTES >> 20} MB, as no file of control points is; check it")
    return points_of_text(decode_file(path.read_bytes(), str(path), None)[0], str(path))


def points_of_text(text: str, where: str) -> RawPoints:
    """Return the control points of a file's text.

    Parameters
    ----------
    text : str
    where : str
        File name; its ending tells the format.

    Raises
    ------
    InputError
        As `read_points`.
    """
    suffix = Path(where).suffix.lower()
    if suffix in (".geojson", ".json"):
        return _checked(_of_geojson(text, where), where)
    if suffix not in (".csv", ".txt", ".points"):
        raise InputError(f"{where}: '{suffix}' is no file of control points; use .csv, .points or .geojson")
    stated, table = _headed(text, where)
    rows = list(csv.DictReader(io.StringIO(table), delimiter="\t" if "\t" in table.split("\n", 1)[0] else ","))
    found = _of_rows(rows, where, table)
    if suffix == ".points":
        if (found.pixels[:, 1] > 0).any():
            raise InputError(
                f"{where}: rows of a QGIS .points file are negative, here one is {found.pixels[:, 1].max():.10g}: the "
                "picture had coordinates of its own there; georeference the plain picture, or give a CSV"
            )
        flipped = found.pixels * (1, -1) + 0.0
        found = replace(found, pixels=flipped, stated=stated or found.stated, upright=False)
    return _checked(found, where)


def placed(
    raw: RawPoints, where: str, *, told: CRS | None = None, datum: Datum | None = None, out: CRS | None = None,
    accuracy_m: float | None = None,
) -> Placed:  # fmt: skip
    """Bring control points to the plane in which the fit is made.

    Parameters
    ----------
    raw : RawPoints
    where : str
        File, for messages.
    told : CRS, optional
        What the person says of the coordinates.
    datum : Datum, optional
        What they refer to where they were read off a web map.
    out : CRS, optional
        Reference system asked of the result: the plane of the fit where it is one of metres on the ground, and what
        the coordinates are taken for where neither they nor anyone says.
    accuracy_m : float, optional
        Error of the points that state none themselves.

    Raises
    ------
    CrsError, InputError
        If the system cannot be told, or contradicts the numbers.
    """
    degrees, found = degrees_of(raw, where, told=told, datum=datum, out=out)
    plane = plane_for(degrees, out)
    places = np.column_stack(Transformer.from_crs(STORAGE_CRS, plane, always_xy=True).transform(*degrees.T))
    errors = [accuracy_m if each is None else each for each in raw.errors]
    numbers = np.hstack([raw.pixels, places]).tolist()
    points = tuple(
        ControlPoint(name, column, row, east, north, check, error)
        for name, (column, row, east, north), check, error in zip(raw.names, numbers, raw.checks, errors, strict=True)
    )
    doubts = [each for each in found.doubts if not (datum is not None and each[0] == "datum_unproven")]
    off = [("points_off", f"points {', '.join(raw.left_out)} are switched off in the file")] if raw.left_out else []
    return Placed(points, plane, found.code, found.reason, (*doubts, *off))


def degrees_of(
    raw: RawPoints, where: str, *, told: CRS | None = None, datum: Datum | None = None, out: CRS | None = None
) -> tuple[Pairs, Finding]:
    """Return control points as longitude and latitude of CGCS2000, and how their system is known.

    Parameters
    ----------
    raw, where, told, datum, out
        As for `placed`.

    Raises
    ------
    CrsError, InputError
        As `placed`.
    """
    found = _recognised(raw, where, told, out)
    given = raw.places[:, ::-1] if found.swapped else raw.places
    degrees = np.column_stack(between(found.crs, CRS.from_user_input(STORAGE_CRS))(*given.T))
    if not np.isfinite(degrees).all():
        at = int(np.flatnonzero(~np.isfinite(degrees).all(axis=1))[0])
        raise InputError(f"point {raw.names[at]}: has no place in {found.code}; check its coordinates")
    return (degrees if datum is None else to_wgs(degrees, datum)), found


def plane_for(degrees: Pairs, out: CRS | None) -> str:
    """Return the plane of a fit: the system asked for where it has metres on the ground, else the Gauss-Krüger belt.

    Raises
    ------
    CrsError
        If the system asked for has another unit, or is none of a map.
    """
    if out is not None and out.is_projected and name_of(out) != WEB_MERCATOR:
        if any(axis.unit_conversion_factor != 1.0 for axis in out.axis_info):
            raise CrsError(f"{name_of(out)} does not count in metres; choose another system for the result")
        return name_of(out) if out.to_authority() else out.to_wkt()
    if out is not None and not (out.is_projected or out.is_geographic):
        raise CrsError(f"{name_of(out)} is no system of positions on a map; choose another for the result")
    return gauss_kruger(float(degrees[:, 0].mean()))


def _recognised(raw: RawPoints, where: str, told: CRS | None, out: CRS | None) -> Finding:
    if told is not None or raw.stated is not None:
        return recognise(raw.places, where, told=told, stated=raw.stated, stated_from="the file")
    try:
        return recognise(raw.places, where, degrees=raw.degrees)
    except ChoiceError:
        if out is None:
            raise
        return recognise(raw.places, where, told=out)


def _checked(raw: RawPoints, where: str) -> RawPoints:
    if not raw.names:
        raise InputError(f"{where}: holds no control point; each needs column, row, x and y")
    if len(raw.names) > MOST_POINTS:
        raise InputError(f"{where}: {len(raw.names)} control points are above {MOST_POINTS}; keep the best of them")
    return raw


def _headed(text: str, where: str) -> tuple[CRS | None, str]:
    """Return the reference system of QGIS's first line, and the text without such lines."""
    lines = text.splitlines()
    heads = [line for line in lines if line.startswith("#")]
    stated = None
    for line in heads:
        wkt = line.removeprefix("#CRS:").strip()
        if line.startswith("#CRS:") and wkt:
            try:
                stated = CRS.from_user_input(wkt)
            except CRSError:
                raise InputError(f"{where}: its line #CRS names no known reference system; remove the line") from None
    return stated, "\n".join(line for line in lines if not line.startswith("#") and line.strip())


def _of_rows(rows: Sequence[Mapping[str, str | None]], where: str, table: str) -> RawPoints:
    heads = next(csv.reader(io.StringIO(table.replace("\t", ","))), [])
    columns = _columns(heads)
    missing = [each for each in ("column", "row", "x", "y") if each not in columns]
    if missing:
        raise InputError(
            f"{where}: has no column for {', '.join(missing)}; it has {', '.join(heads) or 'none'}; name them column, "
            "row, x, y"
        )
    kept, off = [], []
    for number, row in enumerate(rows, start=1):
        cells = {field: str(row.get(head) or "").strip() for field, head in columns.items()}
        name = cells.get("name") or str(number)
        if "enable" in cells and cells["enable"].lower() in NO:
            off.append(name)
            continue
        kept.append((name, cells, f"{where}: row {number + 1}"))
    degrees = columns["x"].strip().lower() in DEGREES
    found = _gathered(kept, off, degrees=degrees)
    return replace(found, stated=_stated_in_rows([cells.get("crs", "") for _, cells, _ in kept], where))


def _stated_in_rows(values: Sequence[str], where: str) -> CRS | None:
    """Return the reference system that a column states for all points; None where it states none."""
    named = list(dict.fromkeys(f"EPSG:{each}" if each.isdigit() else each for each in values))
    if not any(named):
        return None
    if len(named) > 1:
        told = ", ".join(each or "none" for each in named)
        raise InputError(f"{where}: states several reference systems for its points ({told}); give a file for each")
    try:
        return CRS.from_user_input(named[0])
    except CRSError:
        raise InputError(
            f"{where}: its column crs says '{named[0][:40]}', which is no known reference system; write one such as "
            "EPSG:4547, or leave the column out"
        ) from None


def _columns(heads: Sequence[str]) -> dict[str, str]:
    """Return which head stands for which field."""
    plain = {head.strip().lower().replace("_", "").replace(" ", ""): head for head in heads}
    found = {}
    for field, names in NAMES.items():
        head = next((plain[name] for name in names if name in plain), None)
        if head is not None:
            found[field] = head
    return found


def _gathered(kept: Sequence[tuple[str, Mapping[str, str], str]], off: Sequence[str], *, degrees: bool) -> RawPoints:
    numbers = [[_number(cells, field, at) for field in ("column", "row", "x", "y")] for _, cells, at in kept]
    table = np.array(numbers, dtype=float).reshape(-1, 4)
    errors = tuple(_number(cells, "error_m", at) if cells.get("error_m") else None for _, cells, at in kept)
    checks = tuple(cells.get("check", "").lower() not in NO for _, cells, _ in kept)
    names = tuple(name for name, _, _ in kept)
    return RawPoints(names, table[:, :2], table[:, 2:], checks, errors, None, degrees, tuple(off))


def _number(cells: Mapping[str, str], field: str, where: str) -> float:
    text = cells.get(field, "")
    try:
        number = float(text.replace("−", "-"))
    except ValueError:
        number = np.nan
    if not np.isfinite(number):
        raise InputError(f"{where}: its {field} is '{text[:40]}', which is no number; give one")
    return number


def _of_geojson(text: str, where: str) -> RawPoints:
    try:
        whole: Any = json.loads(text)
        features = whole["features"]
        stated = _stated(whole)
        kept, off = [], []
        for number, feature in enumerate(features, start=1):
            told = feature["properties"] or {}
            columns = _columns(list(told))
            cells = {field: _cell(told[head]) for field, head in columns.items()}
            x, y = feature["geometry"]["coordinates"][:2]
            cells |= {"x": str(x), "y": str(y)}
            name = cells.get("name") or str(number)
            if cells.get("enable", "1").lower() in NO:
                off.append(name)
            else:
                kept.append((name, cells, f"{where}: feature {number}"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, CRSError):
        raise InputError(f"{where}: is no GeoJSON of points; each point needs the properties column and row") from None
    found = _gathered(kept, off, degrees=stated is None)
    return replace(found, stated=stated)


def _stated(whole: Mapping[str, Any]) -> CRS | None:
    name = (whole.get("crs") or {}).get("properties", {}).get("name")
    return CRS.from_user_input(name) if name else None


def _cell(value: object) -> str:
    return "" if value is None or value is False else str(value)
