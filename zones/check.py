"""Checks of features and of the whole atlas. A check reports issue rows; it never changes or drops anything."""

from collections.abc import Iterator

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.issues import Issue, issue_frame
from zones.measure import lonlat_area, measure
from zones.repair import Method, repair
from zones.schema import STUDY_BOUNDS, Severity
from zones.statements.rules import Rule, failures
from zones.units import format_area

SMALLEST_M2 = 100.0
"""A polygon below this is taken for a slip of the hand: no planned zone is smaller than a house."""


def check_file(
    frame: geopandas.GeoDataFrame, layer: str, method: Method = "structure", *, planar: bool = False
) -> tuple[geopandas.GeoDataFrame, pd.DataFrame]:
    """Return a file's features with repaired shapes, and what was found; as many rows out as in.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490, column `zone_id` (see `zones.read.read_layer`).
    layer : str
        Name used in the issues.
    method : {"structure", "linework"}
        How invalid shapes are rebuilt, see `zones.repair`.
    planar : bool
        Coordinates are plain x and y of a drawing: where it lies and how large it is on the ground is not known.
    """
    repaired, issues = repair(frame, layer, method, planar=planar)
    found = [*issues, *_repeated(frame, layer)]
    for zone_id, shape in zip(repaired["zone_id"], repaired.geometry, strict=True):
        found += _no_shape(layer, zone_id, shape) if planar else _shape_issues(layer, zone_id, shape)
    return repaired, issue_frame(found)


def check_atlas(atlas: Atlas, rules: tuple[Rule, ...]) -> pd.DataFrame:
    """Return every issue of the atlas: reading, joining, references, rules of place, stated areas.

    A finding listed in `accepted.csv` becomes a note that ends with the reason given there.
    """
    rows = [Issue(*row) for row in atlas.issues.itertuples(index=False)]
    for zone_id, layer, shape in zip(atlas.zones.index, atlas.zones["layer"], atlas.zones.geometry, strict=True):
        if shape is not None:
            rows += _shape_issues(layer, zone_id, shape)
    rows += [*_references(atlas), *failures(atlas, rules), *_stated_areas(atlas)]
    return issue_frame(_accept(atlas, row) for row in rows)


def _accept(atlas: Atlas, issue: Issue) -> Issue:
    reason = atlas.accepted.get((issue.feature, issue.kind))
    if reason is None or issue.severity == Severity.ERROR:
        return issue
    return issue._replace(severity=Severity.NOTE, message=f"{issue.message} (accepted: {reason.en})")


def _repeated(frame: geopandas.GeoDataFrame, layer: str) -> Iterator[Issue]:
    names = ["zone_id", "part"] if "part" in frame.columns else ["zone_id"]
    for zone_id in frame.loc[frame.duplicated(names), "zone_id"].unique():
        message = "this id stands more than once; give each feature its own"
        yield Issue(layer, zone_id, "zone_id", Severity.ERROR, "repeated_id", zone_id, message)


def _shape_issues(layer: str, zone_id: str, shape: shapely.Geometry | None) -> Iterator[Issue]:
    if shape is None or shape.is_empty:
        yield from _no_shape(layer, zone_id, shape)
        return
    west, south, east, north = shape.bounds
    if west < STUDY_BOUNDS[0] or south < STUDY_BOUNDS[1] or east > STUDY_BOUNDS[2] or north > STUDY_BOUNDS[3]:
        found = f"{west:.4f}, {south:.4f} to {east:.4f}, {north:.4f}"
        message = f"lies at {found}, outside Shenzhen; check the reference system and the axis order"
        yield Issue(layer, zone_id, "geometry", Severity.WARNING, "outside_study_area", found, message)
    area = float(lonlat_area(np.array([shape]))[0])
    if 0 < area < SMALLEST_M2:
        message = f"measures only {area:.2f} m²; delete it if it is a slip"
        yield Issue(layer, zone_id, "geometry", Severity.WARNING, "tiny", f"{area:.2f}", message)


def _no_shape(layer: str, zone_id: str, shape: shapely.Geometry | None) -> Iterator[Issue]:
    if shape is None or shape.is_empty:
        message = "this feature has no shape and cannot be measured; draw it or delete it"
        yield Issue(layer, zone_id, "geometry", Severity.ERROR, "no_shape", "", message)


def _references(atlas: Atlas) -> Iterator[Issue]:
    """Yield an error for each parent or relation that names a zone the atlas does not hold."""
    for plan_id, plan in atlas.plans.items():
        for zone in plan.zones:
            named = [("parent_ids", parent) for parent in zone.parent_ids]
            named += [("relations", relation.target) for relation in zone.relations if relation.target]
            for field, target in named:
                if target not in atlas.zones.index:
                    message = f"names zone '{target}', which no plan has; correct the id"
                    yield Issue(plan_id, zone.zone_id, field, Severity.ERROR, "unknown_zone", target, message)


def _stated_areas(atlas: Atlas) -> Iterator[Issue]:
    """Yield the difference between stated and measured area: a note within ±, a warning beyond it."""
    areas = measure(atlas.zones).dropna(subset=["declared_area_m2", "ellipsoid_m2"])
    for row in areas.itertuples():
        within = abs(row.difference_m2) <= row.error_m2
        share = row.difference_m2 / row.declared_area_m2
        message = (
            f"the plan states {row.declared_area_m2 / 1e6:g} km², the shape measures "
            f"{format_area(row.ellipsoid_m2, row.error_m2)} km² ({share:+.1%}), "
            f"{'within' if within else 'beyond'} its error"
        )
        severity = Severity.NOTE if within else Severity.WARNING
        layer, value = str(atlas.zones.at[row.Index, "layer"]), f"{row.difference_m2:.0f}"
        yield Issue(layer, row.Index, "declared_area", severity, "area_differs", value, message)
