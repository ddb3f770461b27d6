"""Rules of place: a zone lies in its district, a part in its whole, a corridor passes what it strings together.

Distances are taken on the Gauss-Krüger plane of Shenzhen (EPSG:4547), where 1 m is 1 m within 3e-5.
"""

from collections.abc import Iterator

import geopandas
import shapely

from zones.atlas import Atlas
from zones.issues import Issue
from zones.passages import LineRange
from zones.schema import Kind, Severity

PLANE = "EPSG:4547"

LINES = (Kind.CORRIDOR, Kind.BELT, Kind.AXIS, Kind.RING)
"""Kinds that string places together: what belongs to them touches them, it need not lie inside."""


def place_issues(atlas: Atlas) -> Iterator[Issue]:
    """Yield an issue for each zone that is not where its plan says it is, beyond the errors of both shapes."""
    located = atlas.zones[atlas.zones.geometry.notna()]
    shapes = located.geometry.to_crs(PLANE)
    yield from _outside_district(atlas, located, shapes)
    yield from _outside_parent(located, shapes)
    yield from _missed(atlas, located, shapes)


def _outside_district(atlas: Atlas, located: geopandas.GeoDataFrame, shapes: geopandas.GeoSeries) -> Iterator[Issue]:
    districts = atlas.base["base_districts"].set_index("code").geometry.to_crs(PLANE)
    # Reclaimed ground and islands lie beyond the generalised land: waters count to the district they wash.
    waters = atlas.base["base_water"].geometry.to_crs(PLANE).union_all()
    # Districts are generalised: a zone may cross their line by the base map's own error without a word.
    base_error_m = next(float(layer.error_m) for layer in atlas.layers if layer.layer == "base_districts")
    for zone_id, codes in located["district_codes"].items():
        known = [code for code in codes if code in districts.index]
        if len(known) < len(codes) or not codes:
            continue
        home = shapely.union(districts.loc[known].union_all(), waters)
        share = _share_outside(shapes[zone_id], home, located.at[zone_id, "error_m"] + base_error_m)
        if share > 0:
            message = (
                f"{share:.1%} of it lies outside {', '.join(known)}, further than its error; check outline or code"
            )
            layer = located.at[zone_id, "layer"]
            yield Issue(layer, zone_id, "geometry", Severity.WARNING, "outside_district", f"{share:.4f}", message)


def _outside_parent(located: geopandas.GeoDataFrame, shapes: geopandas.GeoSeries) -> Iterator[Issue]:
    """Yield an issue where a part leaves its whole, or keeps away from the line that strings it up."""
    for zone_id, parents in located["parent_ids"].items():
        for parent in parents:
            if parent not in shapes.index or shapes[parent].geom_type == "Point":
                continue
            slack = max(located.at[zone_id, "error_m"], located.at[parent, "error_m"])
            if located.at[parent, "kind"] in LINES:
                share = float(shapes[zone_id].distance(shapes[parent]) > slack)
            else:
                share = _share_outside(shapes[zone_id], shapes[parent], slack)
            if share > 0:
                message = f"{share:.1%} of it lies outside '{parent}', which should hold it; check both outlines"
                layer = located.at[zone_id, "layer"]
                yield Issue(layer, zone_id, "geometry", Severity.WARNING, "outside_parent", f"{share:.4f}", message)


def _missed(atlas: Atlas, located: geopandas.GeoDataFrame, shapes: geopandas.GeoSeries) -> Iterator[Issue]:
    """Yield an issue where lines keep away from a zone that they pass, by more than both errors.

    One passage may say of two lines that they string up a zone together; then one of them has to reach it.
    """
    for target, passing in _passages(atlas).items():
        near = [zone_id for zone_id in passing if zone_id in shapes.index]
        if not near or target[0] not in shapes.index:
            continue
        gap, zone_id = min((shapes[zone_id].distance(shapes[target[0]]), zone_id) for zone_id in near)
        if gap > located.at[zone_id, "error_m"] + located.at[target[0], "error_m"]:
            message = f"keeps {gap:,.0f} m away from '{target[0]}', which it should pass; check both shapes"
            layer = located.at[zone_id, "layer"]
            yield Issue(layer, zone_id, "geometry", Severity.WARNING, "misses", f"{gap:.0f}", message)


def _passages(atlas: Atlas) -> dict[tuple[str, tuple[LineRange, ...]], list[str]]:
    """Return which zones are said to pass a target, by target and lines of the plan."""
    found: dict[tuple[str, tuple[LineRange, ...]], list[str]] = {}
    for plan in atlas.plans.values():
        for zone in plan.zones:
            for relation in zone.relations:
                if relation.type == "passes" and relation.target:
                    found.setdefault((relation.target, relation.at), []).append(zone.zone_id)
    return found


def _share_outside(shape: shapely.Geometry, home: shapely.Geometry, slack_m: float) -> float:
    """Return the share (0 to 1) of a shape that lies further than `slack_m` outside `home`."""
    if shape.geom_type == "Point":
        return float(shape.distance(home) > slack_m)
    return float(shape.difference(home.buffer(slack_m)).area / shape.area)
