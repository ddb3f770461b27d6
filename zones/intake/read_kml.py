"""KML and KMZ, with the attributes of ExtendedData under their own names.

GDAL's LIBKML turns each Chinese character of a field name into `_`, its KML driver leaves the fields out, and
both drop a vertex that is no number. Hence this reader, which takes placemarks and passes over all the rest.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from zones.errors import ChoiceError, InputError
from zones.intake.encodings import decode_file
from zones.intake.import_guard import unpack
from zones.intake.raw import FeatureFault, Raw, closed_ring, usable
from zones.issues import Issue
from zones.schema import Severity

SHAPES = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
FOLDERS = ("Folder", "Document")


def read_kmz(path: Path, layer: str | None = None) -> Raw:
    """Return the placemarks of the main KML file of a KMZ archive.

    Raises
    ------
    InputError
        As `read_kml`, and if the archive is unsafe or holds no KML.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-read-") as folder:
        found = [each for each in unpack(path, Path(folder)) if each.suffix.lower() == ".kml"]
        if not found:
            raise InputError(f"{path}: holds no .kml file; save it as KML")
        main = next((each for each in found if each.name.lower() == "doc.kml"), found[0])
        return read_kml(path, layer, main)


def read_kml(path: Path, layer: str | None = None, at: Path | None = None) -> Raw:
    """Return the placemarks of all folders of a KML file, or of one.

    Parameters
    ----------
    path : Path
        Named in messages.
    layer : str, optional
        Name of a folder; without it all are read, and the column `folder` says where each stood.
    at : Path, optional
        Where the file is, if it was unpacked elsewhere.

    Raises
    ------
    InputError
        If it is damaged, holds no placemark, or defines entities, which a map never needs.
    ChoiceError
        If there is no such folder.
    """
    content = (at or path).read_bytes()
    told = re.search(rb"<\?xml[^>]*encoding=[\"']([\w.-]+)", content[:200])
    text, encoding = decode_file(content, str(path), told[1].decode() if told else None)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError(f"{path}: defines XML entities, which can hide other files; save it anew from the map program")
    try:
        root = Xml.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")))
    except (Xml.ParseError, RecursionError) as error:
        raise InputError(f"{path}: not readable as KML: damaged or cut off; get the file anew ({error})") from None
    marks = list(_placemarks(root, ""))
    folders = tuple(dict.fromkeys(folder for folder, _ in marks))
    if layer is not None and layer not in folders:
        raise ChoiceError(f"{path}: has no folder '{layer}'; it has {', '.join(folders)}", "layer", folders)
    marks = [(folder, mark) for folder, mark in marks if layer in (None, folder)]
    if not marks:
        raise InputError(f"{path}: holds no feature; choose a file with shapes")
    notes = []
    if any(_tag(each) == "NetworkLink" for each in root.iter()):
        message = "links to other files in the KML are not followed"
        notes.append(Issue(path.name, "", "", Severity.WARNING, "network_link", "", message))
    return _raw(path, marks, len(folders) > 1, notes, layer, encoding.name)


def _raw(path: Path, marks: list[tuple[str, Xml.Element]], with_folder: bool, notes: list[Issue],
         layer: str | None, encoding: str) -> Raw:  # fmt: skip
    shapes = np.empty(len(marks), dtype=object)
    faults, rows = {}, []
    for row, (folder, mark) in enumerate(marks):
        cells = _cells(mark)
        rows.append({"folder": folder, **cells} if with_folder else cells)
        try:
            shapes[row] = _shape_of(mark, path.name, row + 1, notes)
        except (FeatureFault, shapely.errors.GEOSException) as fault:
            faults[row] = str(fault)
    names = list(dict.fromkeys(name for cells in rows for name in cells))
    table = pd.DataFrame(
        {name: [cells.get(name) for cells in rows] for name in names}, index=range(len(rows)), dtype=object
    )
    frame, dropped = usable(table, shapes, faults)
    return Raw(
        frame, len(marks), "KML", dropped, tuple(notes), CRS.from_epsg(4326), "KML, which is always WGS 84",
        encoding, "stated in the file, or the standard's UTF-8", layer, degrees=True,
    )  # fmt: skip


def _tag(element: Xml.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Xml.Element, name: str) -> Xml.Element | None:
    return next((each for each in element if _tag(each) == name), None)


def _text(element: Xml.Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _placemarks(element: Xml.Element, folder: str) -> Iterator[tuple[str, Xml.Element]]:
    """Yield each placemark with the path of its folders, in the order of the file."""
    waiting = [(element, folder)]
    while waiting:
        each, folder = waiting.pop()
        if _tag(each) == "Placemark":
            yield folder, each
        elif _tag(each) in (*FOLDERS, "kml") or each is element:
            name = _text(_child(each, "name")) if _tag(each) == "Folder" else ""
            inner = "/".join(part for part in (folder, name) if part)
            waiting += [(child, inner) for child in reversed(each)]


def _cells(mark: Xml.Element) -> dict[str, str]:
    found = {name: text for name in ("name", "description") if (text := _text(_child(mark, name)))}
    extended = _child(mark, "ExtendedData")
    for each in extended.iter() if extended is not None else ():
        if _tag(each) == "Data" and each.get("name"):
            found[str(each.get("name"))] = _text(_child(each, "value"))
        elif _tag(each) == "SimpleData" and each.get("name"):
            found[str(each.get("name"))] = _text(each)
    return found


def _shape_of(mark: Xml.Element, layer: str, number: int, notes: list[Issue]) -> shapely.Geometry | None:
    known = [each for each in mark if _tag(each) in SHAPES]
    if known:
        return _shape(known[0], layer, number, notes)
    other = next((_tag(each) for each in mark if _tag(each) in ("Model", "Track", "MultiTrack", "PhotoOverlay")), None)
    if other:
        raise FeatureFault(f"a {other} is no outline on the ground")
    return None


def _shape(element: Xml.Element, layer: str, number: int, notes: list[Issue]) -> shapely.Geometry:
    kind = _tag(element)
    if kind == "Point":
        return shapely.Point(_points(element)[0])
    if kind == "LineString":
        return shapely.LineString(_points(element))
    if kind == "LinearRing":
        return shapely.Polygon(closed_ring(_points(element), layer, number, notes))
    if kind == "MultiGeometry":
        parts = [_shape(each, layer, number, notes) for each in element if _tag(each) in SHAPES]
        return _gathered(parts)
    outer = _child(element, "outerBoundaryIs")
    ring = _child(outer, "LinearRing") if outer is not None else None
    if ring is None:
        raise FeatureFault("a polygon has no outer ring")
    holes = [
        each for inner in element if _tag(inner) == "innerBoundaryIs" for each in inner if _tag(each) == "LinearRing"
    ]
    first, *rest = (closed_ring(_points(each), layer, number, notes) for each in (ring, *holes))
    return shapely.Polygon(first, rest)


def _gathered(parts: list[shapely.Geometry]) -> shapely.Geometry:
    kinds = {part.geom_type for part in parts}
    makers = {"Polygon": shapely.MultiPolygon, "LineString": shapely.MultiLineString, "Point": shapely.MultiPoint}
    maker = makers.get(next(iter(kinds))) if len(kinds) == 1 else None
    return maker(parts) if maker else shapely.GeometryCollection(parts)


def _points(element: Xml.Element) -> np.typing.NDArray[np.float64]:
    words = _text(_child(element, "coordinates")).split()
    if not words:
        raise FeatureFault("its shape has no coordinates")
    found = np.empty((len(words), 2))
    for place, word in enumerate(words):
        parts = word.split(",")
        try:
            found[place] = float(parts[0]), float(parts[1])
        except (ValueError, IndexError):
            raise FeatureFault(f"its coordinates hold '{word[:40]}', which is no place") from None
    if not np.isfinite(found).all():
        raise FeatureFault("its coordinates hold numbers that are infinite or missing")
    return found
