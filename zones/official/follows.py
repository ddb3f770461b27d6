"""What follows from new shapes: every figure of the atlas that two states of it do not share, side by side."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.check import check_atlas
from zones.corridors.corridor import band, corridor, with_axis
from zones.corridors.coverage import Coverage, coverage
from zones.corridors.covers import zone_covers
from zones.measure import GEOD, measure, to_plane
from zones.official.match_zones import POLYGONS
from zones.overlap import faces, pairs, totals
from zones.proof.receipt_changes import RELATIVE
from zones.proof.receipts import Receipt
from zones.proof.verify import Stale, verify
from zones.statements.rules import PLANE, Rule, evaluate

STEPS = 2000
"""Points along a boundary at which its distance to the other one is taken, besides its vertices."""

ZONE_COLUMNS = (
    "zone_id", "part", "grade_before", "grade_after", "error_before_m", "error_after_m",
    "size_before", "size_error_before", "size_after", "size_error_after", "difference",
    "jaccard", "largest_distance_m", "mean_distance_m",
    "declared_m2", "declared_difference_before_m2", "declared_difference_after_m2",
)  # fmt: skip
PAIR_COLUMNS = ("a_id", "b_id", "what", "before_m2", "after_m2")
COVER_COLUMNS = (
    "corridor_id", "half_width_before_m", "half_width_after_m", "covered_before_m2", "covered_after_m2",
    "share_before", "share_after",
)  # fmt: skip
FINDING_COLUMNS = ("what", "kind", "zone_id", "other", "before", "after")


@dataclass(frozen=True)
class Follows:
    """What differs between two states of an atlas. Areas in m² on the ellipsoid; `what` is new, gone or changed.

    Attributes
    ----------
    zones : pandas.DataFrame
        One row for each new extent or axis (`ZONE_COLUMNS`); `size` is the area of an extent (m²), the length of an
        axis (m); `jaccard` the ground in common as share of both together; distances between the two boundaries.
    overlaps : pandas.DataFrame
        Pairs of zones that share other ground than before (`PAIR_COLUMNS`).
    totals : dict
        `sum_m2` and `union_m2` of all zones, each (before, after).
    coverages : pandas.DataFrame
        Corridors, at the half-width the atlas assumes, that zones cover otherwise than before (`COVER_COLUMNS`).
    findings : pandas.DataFrame
        Rules of place and checks that come out otherwise (`FINDING_COLUMNS`), with what they say.
    idle : tuple of (str, str)
        Findings accepted as they stand (zone, kind) that no longer turn up.
    """

    zones: pd.DataFrame
    overlaps: pd.DataFrame
    totals: dict[str, tuple[float, float]]
    coverages: pd.DataFrame
    findings: pd.DataFrame
    idle: tuple[tuple[str, str], ...]

    def unseen(self, below_m2: float) -> "pd.Series[bool]":
        """Tell which overlaps change by less than an area, as where new edges only nearly follow old ones."""
        return (self.overlaps["after_m2"] - self.overlaps["before_m2"]).abs() < below_m2


def follows(before: Atlas, after: Atlas, ids: tuple[str, ...], rules: tuple[Rule, ...]) -> Follows:
    """Return what differs between two states of an atlas in which some zones have other shapes.

    Parameters
    ----------
    before, after : Atlas
        With base map: the rules of place rest on it.
    ids : tuple of str
        The zones (see `zones.official.official.changed_zones`).

    Notes
    -----
    What the plans contradict each other in rests on their words alone, so no shape changes it.
    """
    findings, idle = _findings(before, after, rules)
    return Follows(
        _zones(before, after, ids), _overlaps(before, after, ids), _totals(before, after),
        _coverages(before, after, ids), findings, idle,
    )  # fmt: skip


def _zones(before: Atlas, after: Atlas, ids: tuple[str, ...]) -> pd.DataFrame:
    areas = [measure(state.zones.loc[list(ids)]) for state in (before, after)]
    rows = [_extent(zone_id, before, after, *(table.loc[zone_id] for table in areas)) for zone_id in ids]
    rows += [_axis(zone_id, before, after) for zone_id in ids]
    return pd.DataFrame([row for row in rows if row], columns=list(ZONE_COLUMNS))


def _extent(zone_id: str, before: Atlas, after: Atlas, was: pd.Series, now: pd.Series) -> dict[str, Any] | None:
    old, new = (state.zones.loc[zone_id] for state in (before, after))
    if _same(old["geometry"], new["geometry"]) and old["grade"] == new["grade"] and old["error_m"] == new["error_m"]:
        return None
    return {
        "zone_id": zone_id, "part": "extent", "grade_before": old["grade"], "grade_after": new["grade"],
        "error_before_m": old["error_m"], "error_after_m": new["error_m"],
        "size_before": was["ellipsoid_m2"], "size_error_before": was["error_m2"],
        "size_after": now["ellipsoid_m2"], "size_error_after": now["error_m2"],
        "difference": now["ellipsoid_m2"] - was["ellipsoid_m2"],
        **apart(old["geometry"], new["geometry"]),
        "declared_m2": now["declared_area_m2"], "declared_difference_before_m2": was["difference_m2"],
        "declared_difference_after_m2": now["difference_m2"],
    }  # fmt: skip


def _axis(zone_id: str, before: Atlas, after: Atlas) -> dict[str, Any] | None:
    old, new = (state.zones.loc[zone_id] for state in (before, after))
    if _same(old["axis"], new["axis"]):
        return None
    lengths = [GEOD.geometry_length(each) if _there(each) else math.nan for each in (old["axis"], new["axis"])]
    return {
        "zone_id": zone_id, "part": "axis", "grade_before": old["axis_grade"], "grade_after": new["axis_grade"],
        "error_before_m": old["axis_error_m"], "error_after_m": new["axis_error_m"],
        "size_before": lengths[0], "size_after": lengths[1], "difference": lengths[1] - lengths[0],
        **apart(old["axis"], new["axis"]),
    }  # fmt: skip


def _there(shape: object) -> bool:
    return isinstance(shape, shapely.Geometry)


def _same(old: object, new: object) -> bool:
    return bool(shapely.equals_identical(old, new)) if _there(old) and _there(new) else _there(old) == _there(new)


def apart(old: shapely.Geometry | None, new: shapely.Geometry | None) -> dict[str, float]:
    """Return how far two shapes are from being one: `jaccard` (0 to 1), `largest_distance_m`, `mean_distance_m`.

    Notes
    -----
    Distances lie between the boundaries (of lines and points: between themselves), on the Gauss-Krüger plane of
    Shenzhen. The largest is that of either boundary from the other (Hausdorff), the mean that of the new one from
    the old one; both are taken at every vertex and at `STEPS` places along the line, so the largest may fall short
    by half a step.
    """
    if not (_there(old) and _there(new)):
        return {"jaccard": math.nan, "largest_distance_m": math.nan, "mean_distance_m": math.nan}
    first, second = to_plane(np.array([old, new], dtype=object), PLANE)
    share = math.nan
    if first.geom_type in POLYGONS and second.geom_type in POLYGONS:
        # Cut where coordinates are small: GEOS then keeps all digits that matter.
        share = float(shapely.intersection(first, second).area / shapely.union(first, second).area)
    lines = [shapely.boundary(each) if each.geom_type in POLYGONS else each for each in (first, second)]
    there, back = _distances(lines[1], lines[0]), _distances(lines[0], lines[1])
    at_corners = [shapely.distance(shapely.points(shapely.get_coordinates(a)), b).max() for a, b in
                  (lines, lines[::-1])]  # fmt: skip
    largest = max(there.max(), back.max(), *at_corners)
    return {"jaccard": share, "largest_distance_m": float(largest), "mean_distance_m": float(there.mean())}


def _distances(line: shapely.Geometry, other: shapely.Geometry) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the distance to the other line at places that stand evenly along a line."""
    if line.length == 0:
        return np.asarray(shapely.distance(shapely.get_parts(line), other))
    # In the middle of each step, part by part as much as its length.
    parts = shapely.get_parts(line)
    counts = np.maximum(1, np.round(STEPS * shapely.length(parts) / line.length)).astype(int)
    owner = np.repeat(np.arange(len(parts)), counts)
    steps = np.concatenate([(np.arange(count) + 0.5) / count for count in counts])
    places = shapely.line_interpolate_point(parts[owner], steps, normalized=True)
    return np.asarray(shapely.distance(places, other))


def _overlaps(before: Atlas, after: Atlas, ids: tuple[str, ...]) -> pd.DataFrame:
    old, new = (_pairs(state.zones, ids) for state in (before, after))
    rows = []
    for pair in dict.fromkeys([*old, *new]):
        was, now = old.get(pair, 0.0), new.get(pair, 0.0)
        if not math.isclose(was, now, rel_tol=RELATIVE):
            rows.append((*pair, "new" if not was else "gone" if not now else "changed", was, now))
    table = pd.DataFrame(rows, columns=list(PAIR_COLUMNS)).astype(dict.fromkeys(PAIR_COLUMNS[3:], float))
    size = (table["after_m2"] - table["before_m2"]).abs()
    return table.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def _pairs(zones: geopandas.GeoDataFrame, ids: tuple[str, ...]) -> dict[tuple[str, str], float]:
    """Return the ground that zones share with any other, each pair once, by ids in the order of the atlas."""
    order = {zone_id: place for place, zone_id in enumerate(zones.index)}
    table = pairs(zones.loc[list(ids)], zones)
    found = {}
    for row in table.itertuples():
        a, b = sorted((row.a_id, row.b_id), key=lambda zone_id: order[zone_id])
        found[a, b] = float(row.overlap_m2)
    return found


def _totals(before: Atlas, after: Atlas) -> dict[str, tuple[float, float]]:
    old, new = (totals(faces(state.zones)) for state in (before, after))
    return {name: (float(str(old[name])), float(str(new[name]))) for name in ("sum_m2", "union_m2")}


def _coverages(before: Atlas, after: Atlas, ids: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    for zone_id in dict.fromkeys([*with_axis(before).index, *with_axis(after).index]):
        was, now = (_covered(state, zone_id, ids, others) for state, others in ((before, after), (after, before)))
        if was is None and now is None:
            continue
        rows.append((zone_id, *_numbers(was, now)))
    table = pd.DataFrame(rows, columns=list(COVER_COLUMNS)).astype(dict.fromkeys(COVER_COLUMNS[1:], float))
    same = np.isclose(table["covered_before_m2"], table["covered_after_m2"], rtol=RELATIVE, atol=0)
    widths = table["half_width_before_m"] == table["half_width_after_m"]
    return table[~(same & widths)].reset_index(drop=True)


def _covered(state: Atlas, corridor_id: str, ids: tuple[str, ...], other: Atlas) -> Coverage | None:
    """Return what covers a corridor; None where no shape that changed can matter to it."""
    if not _there(state.zones.at[corridor_id, "axis"]):
        return None
    made = corridor(state, corridor_id)
    moved = np.array([each.zones.at[zone_id, "geometry"] for each in (state, other) for zone_id in ids], dtype=object)
    if corridor_id not in ids and not shapely.intersects(band(made), moved).any():
        return None
    return coverage(made, zone_covers(state.zones, corridor_id))


def _numbers(was: Coverage | None, now: Coverage | None) -> tuple[float, ...]:
    both = [(each.corridor.widest_m, each.covered_m2, each.share) if each else (math.nan,) * 3 for each in (was, now)]
    return tuple(number for pair in zip(*both, strict=True) for number in pair)


def _findings(before: Atlas, after: Atlas, rules: tuple[Rule, ...]) -> tuple[pd.DataFrame, tuple[tuple[str, str], ...]]:
    old, new = (dict(_told(state, rules)) for state in (before, after))
    rows = []
    for key in dict.fromkeys([*old, *new]):
        was, now = old.get(key, ""), new.get(key, "")
        if was != now:
            rows.append(("new" if not was else "gone" if not now else "changed", *key, was, now))
    left = {key[1::-1] for key in old} - {key[1::-1] for key in new}
    idle = tuple(finding for finding in before.accepted if finding in left)
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS)), idle


def _told(atlas: Atlas, rules: tuple[Rule, ...]) -> Iterator[tuple[tuple[str, str, str], str]]:
    """Yield what rules and checks say, by kind, zone and the other one."""
    own = {rule.rule_id for rule in rules}
    for result in evaluate(atlas, rules):
        if not result.holds:
            yield (result.rule_id, result.zone_id, result.other), result.message
    for issue in check_atlas(atlas, rules).itertuples():
        if issue.kind not in own:
            yield (issue.kind, issue.feature, ""), issue.message


@dataclass(frozen=True)
class StaleFile:
    """A file with receipts: all of them, those that new shapes make stale, and how many were stale before."""

    name: str
    receipts: tuple[Receipt, ...]
    stale: tuple[Stale, ...]
    stale_before: int


def stale_in(
    name: str, receipts: tuple[Receipt, ...], before: Atlas, after: Atlas, files: Mapping[str, Path] | None = None
) -> StaleFile:
    """Return which receipts of a file hold before and no longer after; with what else changed them left out.

    Raises
    ------
    InputError
        If a file that they rest on is not at hand.
    """
    already = {each.id for each in verify(before, receipts, files=files).stale}
    fresh = [each for each in verify(after, receipts, files=files).stale if each.id not in already]
    return StaleFile(name, receipts, tuple(fresh), len(already))
