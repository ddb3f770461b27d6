"""Survey coordinates as land offices exchange them (勘测定界 TXT): a head of facts, then parcels as lists of corners.

A parcel is one line that ends in `@`, then a line for each corner: its name, its ring, north, east.
"""

import re
from functools import reduce
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS

from zones.errors import InputError
from zones.intake.encodings import decode_file, previews
from zones.intake.raw import FeatureFault, Raw, closed_ring, usable
from zones.issues import Issue
from zones.schema import Severity

HEAD, PARCELS = "[属性描述]", "[地块坐标]"
FIELDS = ("点数", "地块面积", "地块编号", "地块名称", "图形属性", "图幅号", "地块用途", "地类编码")
"""What stands in the line of a parcel, in order; the area is in hectares."""

PREFIXED = {("2000", 3): 4488, ("2000", 6): 4478, ("80", 3): 2324, ("80", 6): 2314}
"""EPSG code of zone 0 where the zone stands before the easting, by datum and width; the zone's number is added."""

PLAIN = {("2000", 3): 4509, ("2000", 6): 4489, ("80", 3): 2345, ("80", 6): 2325}
"""The same without the zone before the easting."""

PREFIX_M = 1e7


def is_survey(path: Path) -> bool:
    """Tell whether a text file is a list of parcels as land offices exchange them."""
    with path.open("rb") as file:
        head = file.read(1 << 16)
    return any(PARCELS.encode(name) in head for name in ("gb18030", "utf-8", "utf-16-le"))


def read_survey(path: Path, told: str | None = None) -> Raw:
    """Return the parcels of a file of survey coordinates.

    Raises
    ------
    InputError
        If no parcel follows its head.
    ChoiceError
        If its encoding cannot be told.
    """
    content = path.read_bytes()
    text, encoding = decode_file(content, str(path), told)
    head, _, body = text.partition(PARCELS)
    parcels = _parcels(body)
    if not parcels:
        raise InputError(f"{path}: holds no parcel below {PARCELS}; choose a file with shapes")
    shapes = np.empty(len(parcels), dtype=object)
    faults: dict[int, str] = {}
    notes: list[Issue] = []
    for row, (_, corners) in enumerate(parcels):
        try:
            shapes[row] = _shape(corners, path.name, row + 1, notes)
        except FeatureFault as fault:
            faults[row] = str(fault)
    rows = [dict(zip(FIELDS[1:], [*cells[1:], *[""] * len(FIELDS)], strict=False)) for cells, _ in parcels]
    frame, dropped = usable(pd.DataFrame(rows, dtype=object), shapes, faults)
    notes += _counts(parcels, path.name)
    samples = previews(content.splitlines()[:200]) if not content.isascii() else {}
    return Raw(
        frame, len(parcels), "survey coordinates", dropped, tuple(notes), _stated(head, shapes), "its head",
        encoding.name, encoding.known_from, previews=samples,
    )  # fmt: skip


def _parcels(body: str) -> list[tuple[list[str], list[list[str]]]]:
    found: list[tuple[list[str], list[list[str]]]] = []
    for line in filter(None, map(str.strip, body.splitlines())):
        cells = [cell.strip() for cell in line.replace("，", ",").split(",")]
        if cells[-1].endswith("@"):
            found.append((cells[:-1] if cells[-1] == "@" else [*cells[:-1], cells[-1][:-1]], []))
        elif found and not line.startswith("["):
            found[-1][1].append(cells)
    return found


def _shape(corners: list[list[str]], layer: str, number: int, notes: list[Issue]) -> shapely.Geometry:
    """Return a parcel: ground within an odd number of its rings."""
    rings: dict[str, list[tuple[float, float]]] = {}
    for cells in corners:
        if len(cells) < 4:
            raise FeatureFault("its coordinates are not pairs of numbers")
        try:
            rings.setdefault(cells[1], []).append((float(cells[3]), float(cells[2])))
        except ValueError:
            x, y = cells[3][:30], cells[2][:30]
            raise FeatureFault(f"its coordinates are '{x}', '{y}', which is no place") from None
    if not rings:
        raise FeatureFault("its shape has no coordinates")
    outlines = [shapely.Polygon(closed_ring(np.array(points), layer, number, notes)) for points in rings.values()]
    if len(outlines) == 1:
        return outlines[0]
    # A ring that crosses itself is left as it is, for the repair that reports it.
    if not all(shapely.is_valid(outlines)):
        return shapely.MultiPolygon(outlines)
    return reduce(shapely.symmetric_difference, outlines)


def _counts(parcels: list[tuple[list[str], list[list[str]]]], layer: str) -> list[Issue]:
    found = []
    for row, (cells, corners) in enumerate(parcels):
        if cells[0].isdigit() and int(cells[0]) != len(corners):
            message = f"its head says {cells[0]} corners, {len(corners)} follow; check it on the map"
            found.append(Issue(layer, str(row + 1), "", Severity.WARNING, "records_differ", cells[0], message))
    return found


def _stated(head: str, shapes: npt.NDArray[np.object_]) -> CRS | None:
    """Return the system that the head names; None where it does not, and the numbers have to tell."""
    facts = dict(re.findall(r"^\s*([^=\s]+)\s*=\s*(.*?)\s*$", head, re.MULTILINE))
    datum = re.search(r"2000|80", facts.get("坐标系", ""))
    width, zone = facts.get("几度分带", ""), facts.get("带号", "")
    if datum is None or width not in ("3", "6") or not zone.isdigit():
        return None
    if not 25 <= int(zone) <= 45 if width == "3" else not 13 <= int(zone) <= 23:
        return None
    there = shapely.get_coordinates(shapes[~shapely.is_missing(shapes)])
    table = PREFIXED if len(there) and np.median(there.max(axis=1)) > PREFIX_M else PLAIN
    return CRS.from_epsg(table[(datum[0], int(width))] + int(zone))
