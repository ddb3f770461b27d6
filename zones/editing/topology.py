"""What is odd about a shape before it is saved, each in one sentence, and what would mend it.

An error stops the save: no right area can be given. A warning is for the person to judge. Distances are taken on
the Gauss-Krüger plane of `zones.statements.rules`; nothing is changed here unless a proposal is asked for and accepted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.check import SMALLEST_M2
from zones.editing.draft import others
from zones.editing.edit import band, joined, polygons, rounded, shared_dimension, snap, take_out
from zones.errors import GeometryError
from zones.issues import Issue
from zones.measure import Numbers, Shapes, lonlat_area, measure, perimeter, to_plane
from zones.overlap import pairs
from zones.repair import POLYGONS, valid_shape
from zones.schema import STUDY_BOUNDS, Severity
from zones.statements.rules import LINES, PLANE, Result, Rule, evaluate

SPIKE_DEG = 1.0
"""An outline that turns back on itself within this angle is a spike: no planned boundary does."""

THIN_M = 2.0
"""A part or hole of less than this mean width (twice its area over its perimeter) is a sliver."""

GAP_M = 20.0
"""Siblings that keep nearer than this to each other, without touching, were meant to touch."""

TOUCH_DEG, TOUCH_M = 1e-6, 0.2
"""Shapes nearer than rounding to 6 decimals can part them do touch."""

HAIR_M2 = 1.0
"""Overlaps and gaps below this are what rounding to 6 decimals leaves."""

Flags = npt.NDArray[np.bool_]

Mend = Literal["structure", "linework", "tidy", "snap", "trim"]


@dataclass(frozen=True)
class Finding:
    """One thing found: `issue` says it, `at` is where (EPSG:4490), `mends` what could put it right, best first."""

    issue: Issue
    at: shapely.Geometry | None = None
    mends: tuple[Mend, ...] = ()

    @property
    def stops(self) -> bool:
        """An error: the shape cannot be saved as it is."""
        return self.issue.severity == Severity.ERROR


@dataclass(frozen=True)
class Proposal:
    """A mended shape to be accepted or not, with both areas in m² and the ground that differs."""

    mend: Mend
    shape: shapely.Geometry
    area_before_m2: float
    area_after_m2: float
    differs: shapely.Geometry


def findings(
    atlas: Atlas, zone_id: str, rules: tuple[Rule, ...], results: tuple[Result, ...] | None = None
) -> tuple[Finding, ...]:
    """Return what is odd about a zone's shape, errors first.

    Parameters
    ----------
    atlas : Atlas
        With the candidate's shape in it (see `zones.editing.draft.with_zone`), and with the base map.
    zone_id : str
    rules : tuple of Rule
        Rules of place (see `zones.statements.rules`).
    results : tuple of Result, optional
        What `evaluate` finds in this atlas, where several zones of it are looked at; else it is worked out here.
    """
    shape = atlas.zones.geometry[zone_id]
    if shape is None or shape.is_empty:
        return ()
    found = [*_outside(zone_id, shape)]
    if shape.geom_type in POLYGONS:
        found += [*_crossing(zone_id, shape), *_rings(zone_id, shape), *_small(zone_id, shape)]
    # What is not valid cannot be laid over other zones.
    if not any(each.stops for each in found):
        if shape.geom_type in POLYGONS:
            found += [*_siblings(atlas, zone_id, shape), *_band(atlas, zone_id, shape)]
        found += _rules(atlas, zone_id, rules, evaluate(atlas, rules) if results is None else results)
    rank = {severity: place for place, severity in enumerate(Severity)}
    return tuple(sorted(found, key=lambda each: rank[each.issue.severity]))


def _issue(zone_id: str, severity: Severity, kind: str, value: str, message: str) -> Issue:
    return Issue("draft", zone_id, "geometry", severity, kind, value, message)


def _outside(zone_id: str, shape: shapely.Geometry) -> Iterator[Finding]:
    if not shapely.covers(shapely.box(*STUDY_BOUNDS), shape):
        west, south, east, north = shape.bounds
        found = f"{west:.4f}, {south:.4f} to {east:.4f}, {north:.4f}"
        issue = _issue(
                zone_id, Severity.ERROR, "outside_study_area", found,
            f"reaches {found}, outside Shenzhen; move it back",
        )  # fmt: skip
        yield Finding(issue, shapely.boundary(shape) if shape.geom_type in POLYGONS else shape)


def _crossing(zone_id: str, shape: shapely.Geometry) -> Iterator[Finding]:
    if shapely.is_valid(shape):
        return
    reason = _reason(shape)
    both = [float(lonlat_area(np.array([valid_shape(shape, way)]))[0]) for way in ("structure", "linework")]
    alike = abs(both[0] - both[1]) < HAIR_M2
    issue = _issue(
                zone_id, Severity.ERROR, "not_valid", reason,
        f"the outline cannot be measured ({reason}); mend it, or move the vertices there",
    )  # fmt: skip
    yield Finding(issue, _place_in(reason), ("structure",) if alike else ("structure", "linework"))


def _reason(shape: shapely.Geometry) -> str:
    """Return why GEOS finds a shape invalid, and where, to 6 decimals."""
    kind, _, inside = shapely.is_valid_reason(shape).partition("[")
    place = " ".join(f"{float(number):.6f}" for number in inside.rstrip("]").split())
    return f"{kind}[{place}]" if place else kind


def _place_in(reason: str) -> shapely.Geometry | None:
    """Return the place that GEOS names in brackets at the end of its reason."""
    _, _, inside = reason.partition("[")
    numbers = inside.rstrip("]").split()
    return shapely.Point(*map(float, numbers)) if len(numbers) == 2 else None


def _rings(zone_id: str, shape: shapely.Geometry) -> Iterator[Finding]:
    """Yield vertices that stand twice, spikes, and rings that hold no ground."""
    twice, spikes, empty = [], [], []
    for ring in shapely.get_rings(polygons(shape)):
        points = shapely.get_coordinates(ring)[:-1]
        again = _repeats(points)
        twice += list(points[again])
        points = points[~again]
        if len(points) < 3 or lonlat_area(np.array([shapely.Polygon(points)]))[0] == 0:
            empty.append(points[0])
        else:
            spikes += list(points[_spikes(points)])
    if empty:
        issue = _issue(
            zone_id,
            Severity.ERROR,
            "ring_collapsed",
            str(len(empty)),
            f"{len(empty)} rings hold no ground; remove them",
        )
        yield Finding(issue, shapely.MultiPoint(empty), ("tidy",))
    if twice:
        issue = _issue(
                zone_id, Severity.WARNING, "repeated_vertex", str(len(twice)),
            f"{len(twice)} vertices stand twice in one place; one of each pair can go",
        )  # fmt: skip
        yield Finding(issue, shapely.MultiPoint(twice), ("tidy",))
    if spikes:
        issue = _issue(
                zone_id, Severity.WARNING, "spike", str(len(spikes)),
            f"at {len(spikes)} vertices the outline turns back on itself; a spike is hardly meant",
        )  # fmt: skip
        yield Finding(issue, shapely.MultiPoint(spikes), ("tidy",))


def _repeats(points: Numbers) -> Flags:
    """Tell which vertices of an open ring stand where the one before stands, to 6 decimals."""
    near = np.round(points, 6)
    again = (near == np.roll(near, 1, axis=0)).all(axis=1)
    if again.all():
        again[0] = False
    return again


def _spikes(points: Numbers) -> Flags:
    """Tell at which vertices of an open ring the outline turns back within `SPIKE_DEG`."""
    squeeze = np.array([np.cos(np.radians(points[0, 1])), 1.0])
    back = (np.roll(points, 1, axis=0) - points) * squeeze
    ahead = (np.roll(points, -1, axis=0) - points) * squeeze
    turn = np.arctan2(back[:, 0] * ahead[:, 1] - back[:, 1] * ahead[:, 0], (back * ahead).sum(axis=1))
    return np.abs(turn) < np.radians(SPIKE_DEG)


def _small(zone_id: str, shape: shapely.Geometry) -> Iterator[Finding]:
    parts = _slivers(polygons(shape))
    area = float(lonlat_area(parts).sum())
    if len(parts):
        message = f"{len(parts)} parts ({area:,.1f} m² in all) are slivers: smaller than a house or thinner than a path"
        yield _sliver(zone_id, "sliver_part", parts, message)
    holes = _slivers(_holes(polygons(shape)))
    area = float(lonlat_area(holes).sum())
    if len(holes):
        message = f"{len(holes)} holes ({area:,.1f} m² in all) are slivers: smaller than a house or thinner than a path"
        yield _sliver(zone_id, "sliver_hole", holes, message)


def _sliver(zone_id: str, kind: str, found: Shapes, message: str) -> Finding:
    issue = _issue(zone_id, Severity.WARNING, kind, str(len(found)), message)
    return Finding(issue, shapely.MultiPolygon(list(found)), ("tidy",))


def _holes(parts: Shapes) -> Shapes:
    return np.array([shapely.Polygon(ring) for part in parts for ring in part.interiors], dtype=object)


def _slivers(parts: Shapes) -> Shapes:
    if not len(parts):
        return parts
    area = lonlat_area(parts)
    # Rings without any ground are told apart from slivers.
    return parts[(area > 0) & ((area < SMALLEST_M2) | (2 * area / np.maximum(perimeter(parts), 1e-9) < THIN_M))]


def siblings(atlas: Atlas, zone_id: str) -> geopandas.GeoDataFrame:
    """Return the zones that share a whole and a scheme with a zone and are of its kind, with an area of their own.

    They are what `parts_add_up` in `rules` adds up: sub-areas of one whole, side by side. Lines that string
    zones together and zones of another kind may lie across them, and so may those that a plan says overlap.
    """
    row = atlas.zones.loc[zone_id]
    zones = others(atlas, zone_id)
    if row["kind"] in LINES:
        return zones.iloc[:0]
    zones = zones[~zones.index.isin(_said_to_overlap(atlas, zone_id))]
    shares = [
        kind == row["kind"] and bool(set(parents) & set(row["parent_ids"])) and bool(set(held) & set(row["scheme_ids"]))
        for kind, parents, held in zip(zones["kind"], zones["parent_ids"], zones["scheme_ids"], strict=True)
    ]
    near = zones[np.array(shares, dtype=bool)]
    return near[near.geom_type.isin(POLYGONS)]


def _said_to_overlap(atlas: Atlas, zone_id: str) -> set[str]:
    said = {
        (zone.zone_id, relation.target)
        for plan in atlas.plans.values()
        for zone in plan.zones
        for relation in zone.relations
        if relation.type in ("overlaps", "same_as") and relation.target
    }
    return {b if a == zone_id else a for a, b in said if zone_id in (a, b)}


def _siblings(atlas: Atlas, zone_id: str, shape: shapely.Geometry) -> Iterator[Finding]:
    near = siblings(atlas, zone_id)
    near = near[near.geometry.is_valid]
    own = geopandas.GeoDataFrame(geometry=[shape], index=pd.Index([zone_id], name="zone_id"), crs=near.crs)
    for row in pairs(own, near).itertuples():
        if row.overlap_m2 >= HAIR_M2:
            issue = _issue(
                zone_id, Severity.WARNING, "sibling_overlap", row.b_id,
                f"overlaps '{row.b_id}' by {row.overlap_m2:,.0f} m² ({row.share_of_b:.1%} of it), "
                "though both are parts of one whole in one scheme",
            )  # fmt: skip
            yield Finding(issue, shapely.intersection(shape, near.geometry[row.b_id]), ("trim",))
    yield from _gaps(zone_id, shape, near)


def _gaps(zone_id: str, shape: shapely.Geometry, near: geopandas.GeoDataFrame) -> Iterator[Finding]:
    """Yield slits between a shape and its siblings: keeping just clear of one, or closed in between them."""
    plane = to_plane(np.array([shape, *near.geometry], dtype=object), PLANE)
    for other, flat, held in zip(near.index, plane[1:], near.geometry, strict=True):
        gap = float(shapely.distance(plane[0], flat))
        if TOUCH_M < gap < GAP_M:
            issue = _issue(
                zone_id, Severity.WARNING, "sibling_gap", other,
                f"keeps {gap:.1f} m away from '{other}', a part of the same whole; let them touch, or keep clear of it",
            )  # fmt: skip
            yield Finding(issue, shapely.shortest_line(shape, held), ("snap",))
        slits = _slits(shape, held)
        area = float(lonlat_area(slits).sum())
        if area >= HAIR_M2:
            issue = _issue(
                zone_id, Severity.WARNING, "sibling_slit", other,
                f"leaves slits of {area:,.0f} m² in all between itself and '{other}', which it touches",
            )  # fmt: skip
            yield Finding(issue, shapely.MultiPolygon(list(slits)), ("snap",))


def _slits(one: shapely.Geometry, other: shapely.Geometry) -> Shapes:
    """Return narrow holes that two shapes have together and neither has alone."""
    own = shapely.union_all([*_holes(polygons(one)), *_holes(polygons(other))])
    # On a grid of 6 decimals: edges that rounding has parted by a hand's breadth close the hole all the same.
    both = _holes(polygons(shapely.union(one, other, grid_size=TOUCH_DEG)))
    new = [hole for hole in both if not shapely.intersects(own, shapely.point_on_surface(hole))]
    found = np.array(new, dtype=object)
    return found[2 * lonlat_area(found) / perimeter(found) < GAP_M] if len(found) else found


def _band(atlas: Atlas, zone_id: str, shape: shapely.Geometry) -> Iterator[Finding]:
    """Yield ground beyond the band of the zone's axis that exceeds its ±: with a half-width, ± is that of the band."""
    row = atlas.zones.loc[[zone_id]]
    axis, half_width_m = row["axis"].iloc[0], float(row["half_width_m"].iloc[0])
    if axis is None or np.isnan(half_width_m):
        return
    beyond = shapely.difference(shape, band(axis, half_width_m))
    area = float(lonlat_area(np.array([beyond]))[0])
    if area > measure(row)["error_m2"].iloc[0]:
        message = (
            f"{area:,.0f} m² lie beyond {half_width_m:g} m of the axis, though a half-width is stated; "
            "make the band anew, or empty the half-width"
        )
        yield Finding(_issue(zone_id, Severity.WARNING, "beyond_band", f"{area:.0f}", message), beyond)


def _rules(atlas: Atlas, zone_id: str, rules: tuple[Rule, ...], results: Iterable[Result]) -> Iterator[Finding]:
    """Yield the rules of place that do not hold for the zone, or for another because of it; accepted ones are notes."""
    severity = {rule.rule_id: rule.severity for rule in rules}
    for result in results:
        if not result.holds and zone_id in (result.zone_id, result.other):
            known = (result.zone_id, result.rule_id) in atlas.accepted
            yield Finding(_of_rule(result, Severity.NOTE if known else severity[result.rule_id]))


def _of_rule(result: Result, severity: Severity) -> Issue:
    return Issue("draft", result.zone_id, "geometry", severity, result.rule_id, f"{result.value:.4f}", result.message)


def propose(atlas: Atlas, zone_id: str, mend: Mend) -> Proposal:
    """Return what a mend would make of a zone's shape.

    Parameters
    ----------
    atlas : Atlas
        With the candidate's shape in it.
    zone_id : str
    mend : str
        `structure` or `linework`: an outline that crosses itself, rebuilt (see `zones.repair`). `tidy`: repeated
        vertices, spikes, slivers and empty rings go. `snap`: vertices near a sibling move onto its outline.
        `trim`: what siblings hold is taken off. GeometryError is raised if nothing would be left.
    """
    shape = atlas.zones.geometry[zone_id]
    near = siblings(atlas, zone_id) if mend in ("snap", "trim") else None
    if mend in ("structure", "linework"):
        after = shapely.orient_polygons(rounded(valid_shape(shape, mend), shape))
    elif near is None or not len(near):
        after = tidied(shape)
    else:
        after = _beside(shape, list(near.geometry), mend)
    if after.is_empty:
        raise GeometryError("nothing of the zone would be left; remove its shape instead, and say why")
    old, new = (float(lonlat_area(np.array([each]))[0]) for each in (shape, after))
    # Of a shape that is not valid, the ground that its lines enclose is what was drawn.
    before = shape if shapely.is_valid(shape) else valid_shape(shape, "linework")
    return Proposal(mend, after, old, new, shapely.symmetric_difference(before, after))


def tidied(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a shape without repeated vertices, spikes, slivers and rings that hold no ground."""
    parts = []
    for part in polygons(shape):
        rings = [_without_spikes(shapely.get_coordinates(ring)[:-1]) for ring in (part.exterior, *part.interiors)]
        outer, *inner = [None if len(ring) < 3 else shapely.Polygon(ring) for ring in rings]
        if outer is None:
            continue
        holes = np.array([hole for hole in inner if hole is not None], dtype=object)
        kept = [hole for hole in holes if hole not in list(_slivers(holes)) and hole.area > 0]
        parts.append(shapely.Polygon(outer.exterior, [hole.exterior for hole in kept]))
    held = np.array(parts, dtype=object)
    small = list(_slivers(held))
    left = [part for part in parts if part not in small and part.area > 0]
    return shapely.orient_polygons(joined(left or parts))


def _without_spikes(points: Numbers) -> Numbers:
    """Return an open ring without vertices that stand twice and without spikes, those that show up on the way too."""
    while len(points) >= 3:
        drop = _repeats(points)
        if not drop.any():
            drop = _spikes(points)
        if not drop.any():
            break
        points = points[~drop]
    return points


def _beside(shape: shapely.Geometry, near: list[shapely.Geometry], mend: Mend) -> shapely.Geometry:
    """Return a shape drawn up to its siblings, or cut back to them."""
    for other in near:
        if mend == "snap" and shapely.dwithin(shape, other, GAP_M / 1e5):
            shape = snap(shape, other, GAP_M)
            shape = shape if shapely.is_valid(shape) else valid_shape(shape)
        if shared_dimension(shape, other) == 2:
            shape = take_out(shape, other)
    return shape
