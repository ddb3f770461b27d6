"""GeoJSON read strictly: text among coordinates, open rings and other systems are named, not swallowed.

GDAL turns a feature whose coordinates hold text into one without a shape, takes any stated reference system
it does not know for WGS 84, and gives up a whole file for one open ring. Hence this reader.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from zones.errors import CrsError, InputError
from zones.intake.encodings import decode_file
from zones.intake.raw import FeatureFault, Raw, closed_ring, usable
from zones.issues import Issue
from zones.schema import Severity

DEEPEST = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
CRS84 = CRS.from_user_input("OGC:CRS84")


def read_geojson(path: Path, told: str | None = None) -> Raw:
    """Return the features of a GeoJSON file.

    Raises
    ------
    InputError
        If it is no GeoJSON, cut off, or holds no feature.
    CrsError
        If it states a reference system that is not known, or several.
    """
    text, encoding = decode_file(path.read_bytes(), str(path), told)
    try:
        top = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else " ".join(str(error).split())
        raise InputError(f"{path}: not readable as GeoJSON: damaged or cut off; get the file anew ({reason})") from None
    features = _features(path, top)
    crs, unknown = _stated_crs(path, top, features)
    table, notes = _attributes(path, [feature.get("properties") for feature in features])
    shapes = np.empty(len(features), dtype=object)
    faults = {}
    # Only text with these words can hold a true or false among coordinates; then each number is looked at.
    wary = "true" in text or "false" in text
    for row, feature in enumerate(features):
        try:
            shapes[row] = _shape(feature.get("geometry"), notes, path.name, row + 1, wary=wary)
        except FeatureFault as fault:
            faults[row] = str(fault)
    frame, dropped = usable(table, shapes, faults)
    return Raw(
        frame, len(features), "GeoJSON", dropped, tuple(notes), crs, "its member 'crs'", encoding.name,
        encoding.known_from, degrees=True, crs_fault=unknown,
    )  # fmt: skip


def _features(path: Path, top: Any) -> list[dict[str, Any]]:  # noqa: ANN401 (any JSON)
    kind = top.get("type") if isinstance(top, dict) else None
    if kind == "FeatureCollection":
        found = top.get("features")
    elif kind == "Feature":
        found = [top]
    elif kind in DEEPEST or kind == "GeometryCollection":
        found = [{"type": "Feature", "properties": {}, "geometry": top}]
    else:
        raise InputError(f"{path}: not readable as GeoJSON: its type is '{kind}'; save it as a FeatureCollection")
    if not isinstance(found, list):
        raise InputError(f"{path}: not readable as GeoJSON: 'features' is no list; save it as a FeatureCollection")
    if not found:
        raise InputError(f"{path}: holds no feature; choose a file with shapes")
    return [each if isinstance(each, dict) else {} for each in found]


def _stated_crs(path: Path, top: dict[str, Any], features: list[dict[str, Any]]) -> tuple[CRS | None, str]:
    members = [top, *features]
    if any(each.get("coordRefSys") or each.get("place") for each in members):
        raise CrsError(f"{path}: is JSON-FG, whose features may each have their own system; save it as plain GeoJSON")
    stated = {json.dumps(each["crs"], sort_keys=True) for each in members if each.get("crs")}
    if len(stated) > 1:
        raise CrsError(f"{path}: its features state {len(stated)} reference systems; split it into one file for each")
    if not stated:
        return None, ""
    told = json.loads(stated.pop())
    try:
        name = told["properties"]["name"]
        return (CRS84 if "CRS84" in name else CRS.from_user_input(name)), ""
    except (CRSError, KeyError, TypeError):
        found = " ".join(str(told).split())[:80]
        return None, f"{path}: states a reference system that is not known ({found}); name it with --crs"


def _attributes(path: Path, rows: list[Any]) -> tuple[pd.DataFrame, list[Issue]]:
    notes: list[Issue] = []
    tidy = []
    nested: dict[str, int] = {}
    for row in rows:
        cells = row if isinstance(row, dict) else {}
        for name, value in cells.items():
            if isinstance(value, dict | list):
                nested[name] = nested.get(name, 0) + 1
                cells = {**cells, name: json.dumps(value, ensure_ascii=False)}
        tidy.append(cells)
    for name, count in nested.items():
        message = f"{count} values are lists or objects and were kept as JSON text"
        notes.append(Issue(path.name, "", name, Severity.NOTE, "nested_value", str(count), message))
    names = list(dict.fromkeys(name for cells in tidy for name in cells))
    columns = {name: [cells.get(name) for cells in tidy] for name in names}
    return pd.DataFrame({name: _column(values) for name, values in columns.items()}, index=range(len(tidy))), notes


def _column(values: list[Any]) -> pd.Series:
    """Return a column that keeps its values as they are: whole numbers stay whole where some are missing."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {int} and all(abs(value) < 2**63 for value in values if value is not None):
        return pd.Series(values, dtype="Int64")
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds and kinds <= {int, float}:
        return pd.Series([None if value is None else float(value) for value in values], dtype="float64")
    if len(kinds) > 1:
        values = [value if value is None or isinstance(value, str) else json.dumps(value) for value in values]
    return pd.Series(values, dtype=object if not kinds else None)


def _shape(told: Any, notes: list[Issue], layer: str, number: int, *, wary: bool) -> shapely.Geometry | None:  # noqa: ANN401
    if told is None:
        return None
    kind = told.get("type") if isinstance(told, dict) else None
    if kind == "GeometryCollection":
        parts = [_shape(part, notes, layer, number, wary=wary) for part in told.get("geometries") or ()]
        return shapely.GeometryCollection([part for part in parts if part is not None])
    if kind not in DEEPEST:
        raise FeatureFault(f"its shape is of type '{kind}', which GeoJSON does not have")
    lines = told.get("coordinates")
    if not isinstance(lines, list):
        raise FeatureFault("its shape has no coordinates")
    if not lines:
        return shapely.from_wkt(f"{kind.upper()} EMPTY")
    if kind == "Point":
        return shapely.Point(_points([lines], wary)[0])
    if kind == "MultiPoint":
        return shapely.MultiPoint(_points(lines, wary))
    if kind == "LineString":
        return _line(lines, wary)
    if kind == "MultiLineString":
        return shapely.MultiLineString([_line(line, wary) for line in lines])
    polygons = [lines] if kind == "Polygon" else lines
    made = [_polygon(rings, notes, layer, number, wary=wary) for rings in polygons]
    return made[0] if kind == "Polygon" else shapely.MultiPolygon(made)


def _line(points: Any, wary: bool) -> shapely.LineString:  # noqa: ANN401
    found = _points(points, wary)
    if len(found) < 2:
        raise FeatureFault("a line has fewer than two points")
    return shapely.LineString(found)


def _polygon(rings: Any, notes: list[Issue], layer: str, number: int, *, wary: bool) -> shapely.Polygon:  # noqa: ANN401
    if not isinstance(rings, list) or not rings:
        raise FeatureFault("a polygon has no ring")
    made = [shapely.LinearRing(closed_ring(_points(ring, wary), layer, number, notes)) for ring in rings]
    return shapely.Polygon(made[0], made[1:])


def _points(points: Any, wary: bool) -> np.typing.NDArray[np.float64]:  # noqa: ANN401
    try:
        found = np.array(points)
    except ValueError:
        found = _first_two(points)
    if found.dtype.kind not in "if" or (wary and _has_truth(points)):
        raise FeatureFault("its coordinates hold something other than numbers")
    if found.ndim != 2 or found.shape[1] < 2:
        raise FeatureFault("its coordinates are not pairs of numbers")
    if not np.isfinite(found[:, :2].astype(float)).all():
        raise FeatureFault("its coordinates hold numbers that are infinite or missing")
    return found[:, :2].astype(float)


def _first_two(points: Any) -> np.typing.NDArray[Any]:  # noqa: ANN401
    """Return x and y of points some of which have heights and some not."""
    try:
        return np.array([point[:2] for point in points])
    except (ValueError, TypeError):
        raise FeatureFault("its coordinates are not pairs of numbers") from None


def _has_truth(points: Any) -> bool:  # noqa: ANN401
    return any(isinstance(value, bool) for point in points if isinstance(point, list) for value in point)
