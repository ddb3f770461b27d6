"""Bring a layer in from elsewhere: read, place in CGCS2000, repair, and account for every feature and choice."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones.errors import ChoiceError, CrsError, InputError
from zones.intake.datum import Datum, datum, south_of_river, to_wgs
from zones.intake.guess_crs import Finding, recognise
from zones.intake.raw import Dropped, Raw
from zones.intake.read_any import read_raw
from zones.issues import Issue
from zones.measure import lonlat_area
from zones.read import crs_of_text, to_storage
from zones.repair import repair
from zones.schema import STORAGE_CRS, STUDY_BOUNDS, Severity

MOST_NAMED = 1000
"""Features left out or repaired that a report lists one by one; the rest are counted."""

POLYGONS, COLLECTION = (3, 6), 7
"""Types of shapes, as numbered by shapely."""

NOTES = ("datum_unproven",)
"""Doubts that any file of its kind has, hence notes and no warnings."""

Progress = Callable[[str, float], None]
"""Called with the step (`reading`, `placing`, `repairing`, `writing`) and the share done, 0 to 1."""

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Told:
    """What the person said of a file; None where nothing.

    Attributes
    ----------
    crs, datum, encoding, layer : str or None
        As on the command line.
    south : str or None
        Whether features towards Hong Kong or Macau are shifted too (`shift`), or stay where they are (`keep`).
    """

    crs: str | None = None
    datum: str | None = None
    encoding: str | None = None
    layer: str | None = None
    south: str | None = None


@dataclass(frozen=True)
class Brought:
    """A layer brought in, and the report on how.

    Attributes
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490; the file's own attributes; index `feature`, the number in the file, from 1.
    read, kept : int
        Features in the file and in `frame`; the difference is `dropped`.
    crs, how, how_known : str
        Reference system of the file, how it is known in one word (`told`, `file`, `standard`, `range`), in a sentence.
    swapped : bool
        Whether north stood before east.
    datum : str
        What the degrees referred to before they became WGS 84 / CGCS2000.
    area_before_m2, area_after_m2 : float
        Areas on the ellipsoid, all features together, before and after repair.
    placed : int
        Features whose areas the one before repair adds up.
    """

    frame: geopandas.GeoDataFrame
    kind: str
    layer: str | None
    read: int
    kept: int
    dropped: tuple[Dropped, ...]
    crs: str
    how: str
    how_known: str
    swapped: bool
    datum: str
    encoding: str
    encoding_known: str
    area_before_m2: float
    area_after_m2: float
    issues: tuple[Issue, ...]
    previews: dict[str, tuple[str, ...]] = field(default_factory=dict)
    placed: int = 0


@dataclass(frozen=True)
class Placed:
    """A file as it was read and placed, before any repair.

    Attributes
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490; index `feature`, the number in the file, from 1.
    raw : Raw
    found : Finding
        What its coordinates were taken for.
    datum : Datum
    lost : tuple of Dropped
        Features whose place that reference system does not have.
    issues : tuple of Issue
    """

    frame: geopandas.GeoDataFrame
    raw: Raw
    found: Finding
    datum: Datum
    lost: tuple[Dropped, ...]
    issues: tuple[Issue, ...]

    @property
    def area_m2(self) -> float:
        """Area on the ellipsoid, each feature by itself, added up."""
        return _area(self.frame)


def _area(frame: geopandas.GeoDataFrame) -> float:
    return float(lonlat_area(np.asarray(frame.geometry.array, dtype=object)).sum())


def bring_in(path: Path, told: Told, progress: Progress = lambda _step, _share: None) -> Brought:
    """Return the features of a file in CGCS2000 longitude and latitude, repaired, with a full account.

    Parameters
    ----------
    path : Path
        See `zones.intake.read_any.read_raw`.
    told : Told
        What the person knows of it.
    progress : callable, optional
        Told of each step.

    Raises
    ------
    InputError
        If the file is unsafe or damaged, or none of its features has a usable shape.
    ChoiceError
        If reference system, encoding, layer or shift cannot be told and were not said.
    CrsError
        If its numbers contradict what is stated.
    """
    held = place(path, told, progress)
    raw, found = held.raw, held.found
    progress("repairing", 0.6)
    before = held.area_m2
    frame, repairs, collapsed = _repaired(held.frame, path.name)
    # Turning rings to their right sense alone changes no area, though it may change the last bit of the sum.
    after = _area(frame) if repairs or collapsed else before
    if frame.empty:
        raise InputError(f"{path}: none of its {raw.read} features has a usable shape after repair")
    issues = [
        *held.issues, *_shortened(repairs, path.name), *_outside(frame, path.name), *_no_area(frame, path.name)
    ]  # fmt: skip
    return Brought(
        frame, raw.kind, raw.layer, raw.read, len(frame), (*raw.dropped, *held.lost, *collapsed), found.code,
        found.how, found.reason, found.swapped, held.datum.value, raw.encoding, raw.encoding_from, before, after,
        tuple(issues), raw.previews, len(held.frame),
    )  # fmt: skip


def place(path: Path, told: Told, progress: Progress = lambda _step, _share: None) -> Placed:
    """Return the features of a file in CGCS2000 longitude and latitude as it has them; parameters as `bring_in`.

    Raises
    ------
    InputError, ChoiceError, CrsError
        As `bring_in` raises them.
    """
    of = datum(told.datum) if told.datum else Datum.WGS84
    given = crs_of_text(told.crs) if told.crs else None
    progress("reading", 0.0)
    raw = read_raw(path, told.layer, told.encoding)
    if raw.frame.empty:
        first = f"; the first: {raw.dropped[0].reason}" if raw.dropped else ""
        raise InputError(f"{path}: none of its {raw.read} features has a usable shape{first}")
    progress("placing", 0.4)
    if raw.crs_fault and given is None:
        raise CrsError(raw.crs_fault)
    points = shapely.get_coordinates(raw.frame.geometry.array)
    found = recognise(
        points, str(path), told=given, stated=raw.crs, stated_from=raw.crs_from, degrees=raw.degrees
    )  # fmt: skip
    raw, cut = _joined(raw, path.name)
    frame, lost = _placed(raw, found)
    issues = [*raw.issues, *cut, *_doubts(path.name, found, said=told.datum is not None)]
    if of is not Datum.WGS84:
        frame, shifted = _unshifted(path, frame, of, told.south)
        issues.append(shifted)
    return Placed(frame, raw, found, of, lost, tuple(issues))


def _placed(raw: Raw, found: Finding) -> tuple[geopandas.GeoDataFrame, tuple[Dropped, ...]]:
    """Return the features in EPSG:4490, and those whose place that system does not have."""
    shapes = np.asarray(raw.frame.geometry.array, dtype=object)
    if found.swapped:
        shapes = shapely.transform(shapes, lambda points: points[:, ::-1])
    own_rule = raw.frame["edge_rule"] if "edge_rule" in raw.frame.columns else None
    bare = geopandas.GeoDataFrame(raw.frame.drop(columns=["geometry", "edge_rule"], errors="ignore"))
    frame = to_storage(bare.set_geometry(shapes).set_crs(found.crs), "").drop(columns="edge_rule")
    if own_rule is not None:
        frame["edge_rule"] = own_rule
    points, owner = shapely.get_coordinates(frame.geometry.array, return_index=True)
    on_earth = np.isfinite(points).all(axis=1) & (np.abs(points) <= (180, 90)).all(axis=1)
    bad = np.unique(owner[~on_earth])
    lost = tuple(Dropped(str(frame.index[row]), f"its place does not exist in {found.code}") for row in bad)
    return frame.drop(index=frame.index[bad]), lost


def _joined(raw: Raw, layer: str) -> tuple[Raw, list[Issue]]:
    """Return collections that hold polygons as those polygons alone, as every measure takes them, and say so."""
    shapes, cut = np.asarray(raw.frame.geometry.array, dtype=object).copy(), []
    for row in np.flatnonzero(shapely.get_type_id(shapes) == COLLECTION):
        parts = shapely.get_parts(shapely.get_parts(shapes[row]))
        areas = np.isin(shapely.get_type_id(parts), POLYGONS)
        if areas.any():
            shapes[row] = shapely.MultiPolygon(list(shapely.get_parts(parts[areas])))
        if areas.any() and not areas.all():
            cut.append((str(raw.frame.index[row]), int((~areas).sum())))
    issues = [
        Issue(layer, feature, "geometry", Severity.WARNING, "parts_left_out", str(count),
              f"areas, lines and points in one shape: the areas were kept, {count} lines or points left out")
        for feature, count in cut[:MOST_NAMED]
    ]  # fmt: skip
    return replace(raw, frame=raw.frame.set_geometry(geopandas.GeoSeries(shapes, index=raw.frame.index))), issues


def _no_area(frame: geopandas.GeoDataFrame, layer: str) -> list[Issue]:
    """Return a warning where a layer has no polygon: it can be looked at, and covers nothing."""
    if np.isin(shapely.get_type_id(np.asarray(frame.geometry.array, dtype=object)), POLYGONS).any():
        return []
    message = (
        "the layer holds no area, so nothing can be measured or covered by it; if its points are corners of outlines, "
        "bring the outlines in (WKT, GeoJSON, Shapefile, DXF)"
    )
    return [Issue(layer, "", "geometry", Severity.WARNING, "no_area", "", message)]


def _doubts(layer: str, found: Finding, *, said: bool) -> list[Issue]:
    rows = []
    for kind, message in found.doubts:
        if kind == "datum_unproven" and said:
            continue
        severity = Severity.NOTE if kind in NOTES else Severity.WARNING
        rows.append(Issue(layer, "", "geometry", severity, kind, found.code, message))
    return rows


def _unshifted(
    path: Path, frame: geopandas.GeoDataFrame, of: Datum, south: str | None
) -> tuple[geopandas.GeoDataFrame, Issue]:
    """Return the features in WGS 84; those towards Hong Kong or Macau as the person says."""
    shapes = np.asarray(frame.geometry.array, dtype=object)
    moved = shapely.transform(shapes, lambda points: to_wgs(points, of))
    points, owner = shapely.get_coordinates(moved, return_index=True)
    rows = np.unique(owner[south_of_river(points)])
    if len(rows) and south not in ("shift", "keep"):
        raise ChoiceError(
            f"{path}: {len(rows)} features (such as {frame.index[rows[0]]}) lie towards Hong Kong or Macau, where some "
            f"providers shift {of.shown} and some do not; say --south shift or --south keep",
            "south", ("shift", "keep"),
        )  # fmt: skip
    if south == "keep":
        moved[rows] = shapes[rows]
    kept = f"; {len(rows)} towards Hong Kong or Macau stay as they were" if south == "keep" and len(rows) else ""
    old, new = shapely.get_coordinates(shapes), shapely.get_coordinates(moved)
    metres = np.hypot((new - old)[:, 0] * 111_320 * np.cos(np.radians(old[:, 1])), (new - old)[:, 1] * 110_570)
    message = f"{of.shown} became WGS 84 vertex by vertex, by {metres.min():.0f} to {metres.max():.0f} m{kept}"
    note = Issue(path.name, "", "geometry", Severity.NOTE, "unshifted", of.value, message)
    return frame.set_geometry(geopandas.GeoSeries(moved, index=frame.index, crs=STORAGE_CRS)), note


def _repaired(
    frame: geopandas.GeoDataFrame, layer: str
) -> tuple[geopandas.GeoDataFrame, list[Issue], tuple[Dropped, ...]]:
    bare = geopandas.GeoDataFrame({"zone_id": frame.index.astype(str)}, geometry=frame.geometry.array, crs=STORAGE_CRS)
    mended, issues = repair(bare, layer)
    shapes = np.asarray(mended.geometry.array, dtype=object)
    gone = np.flatnonzero(shapely.is_empty(shapes))
    lost = tuple(Dropped(str(frame.index[row]), "its shape encloses nothing") for row in gone)
    kept = frame.set_geometry(geopandas.GeoSeries(shapes, index=frame.index, crs=STORAGE_CRS))
    return kept.drop(index=frame.index[gone]), issues, lost


def _shortened(repairs: list[Issue], layer: str) -> list[Issue]:
    if len(repairs) <= MOST_NAMED:
        return repairs
    rest = f"{len(repairs) - MOST_NAMED} more shapes were repaired"
    return [*repairs[:MOST_NAMED], Issue(layer, "", "geometry", Severity.WARNING, "repaired", "", rest)]


def _outside(frame: geopandas.GeoDataFrame, layer: str) -> list[Issue]:
    box = pd.DataFrame(shapely.bounds(np.asarray(frame.geometry.array, dtype=object)), index=frame.index)
    west, south, east, north = STUDY_BOUNDS
    out = box.index[(box[0] < west) | (box[1] < south) | (box[2] > east) | (box[3] > north)]
    if out.empty:
        return []
    named = ", ".join(map(str, out[:10]))
    message = f"{len(out)} features lie outside Shenzhen at least in part (such as {named}); check them on the map"
    return [Issue(layer, str(out[0]), "geometry", Severity.WARNING, "outside_study_area", str(len(out)), message)]
