"""Rules of place: a zone lies in its district, a part in its whole, a corridor passes what it strings together.

Distances are taken on the Gauss-Krüger plane of Shenzhen (EPSG:4547), where 1 m is 1 m within 3e-5.
"""

from collections.abc import Iterator

import geopandas
import shapely

from zones.atlas import Atlas
from zones.issues import Issue
from zones.schema import Severity

PLANE = "EPSG:4547"

BASE_ERROR_M = 150.0
"""Districts of the base map are generalised: a zone may cross their line by this much without a word."""


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
    for zone_id, codes in located["district_codes"].items():
        known = [code for code in codes if code in districts.index]
        if len(known) < len(codes) or not codes:
            continue
        home = shapely.union(districts.loc[known].union_all(), waters)
        share = _share_outside(shapes[zone_id], home, located.at[zone_id, "error_m"] + BASE_ERROR_M)
        if share > 0:
            message = (
                f"{share:.1%} of it lies outside {', '.join(known)}, further than its error; check outline or code"
            )
            layer = located.at[zone_id, "layer"]
            yield Issue(layer, zone_id, "geometry", Severity.WARNING, "outside_district", f"{share:.4f}", message)


def _outside_parent(located: geopandas.GeoDataFrame, shapes: geopandas.GeoSeries) -> Iterator[Issue]:
    for zone_id, parents in located["parent_ids"].items():
        for parent in parents:
            if parent not in shapes.index or shapes[parent].geom_type == "Point":
                continue
            slack = max(located.at[zone_id, "error_m"], located.at[parent, "error_m"])
            share = _share_outside(shapes[zone_id], shapes[parent], slack)
            if share > 0:
                message = f"{share:.1%} of it lies outside '{parent}', which should hold it; check both outlines"
                layer = located.at[zone_id, "layer"]
                yield Issue(layer, zone_id, "geometry", Severity.WARNING, "outside_parent", f"{share:.4f}", message)


def _missed(atlas: Atlas, located: geopandas.GeoDataFrame, shapes: geopandas.GeoSeries) -> Iterator[Issue]:
    """Yield an issue where a zone `passes` another but keeps further off than both errors."""
    for plan in atlas.plans.values():
        for zone in plan.zones:
            for relation in zone.relations:
                target = relation.target
                if relation.type != "passes" or zone.zone_id not in shapes.index or target not in shapes.index:
                    continue
                gap = shapes[zone.zone_id].distance(shapes[target])
                if gap > located.at[zone.zone_id, "error_m"] + located.at[target, "error_m"]:
                    message = f"keeps {gap:,.0f} m away from '{target}', which it should pass; check both shapes"
                    layer = located.at[zone.zone_id, "layer"]
                    yield Issue(layer, zone.zone_id, "geometry", Severity.WARNING, "misses", f"{gap:.0f}", message)


def _share_outside(shape: shapely.Geometry, home: shapely.Geometry, slack_m: float) -> float:
    """Return the share (0 to 1) of a shape that lies further than `slack_m` outside `home`."""
    if shape.geom_type == "Point":
        return float(shape.distance(home) > slack_m)
    return float(shape.difference(home.buffer(slack_m)).area / shape.area)
