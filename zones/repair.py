"""Repair of shapes, always visible: every change is an issue row with the area before and after."""

import geopandas
import numpy as np
import shapely

from zones.issues import Issue
from zones.measure import lonlat_area
from zones.schema import Severity

POLYGONS = ("Polygon", "MultiPolygon")


def repair(frame: geopandas.GeoDataFrame, layer: str) -> tuple[geopandas.GeoDataFrame, list[Issue]]:
    """Return the frame with valid, rightly wound shapes, and one issue for each shape that changed.

    An invalid polygon is rebuilt by `shapely.make_valid(method="structure")`: what the outer ring encloses
    stays, what overlaps is counted once. Outer rings then run counterclockwise (RFC 7946, 3.1.6).

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Geographic CRS, column `zone_id`.
    layer : str
        Name used in the issues.
    """
    shapes = frame.geometry.array
    broken = ~shapely.is_valid(np.asarray(shapes)) & ~shapely.is_missing(np.asarray(shapes))
    issues = []
    fixed = np.asarray(shapes).copy()
    for row in np.flatnonzero(broken):
        before = fixed[row]
        fixed[row] = valid_shape(before)
        issues.append(_repaired(layer, str(frame["zone_id"].iloc[row]), before, fixed[row]))
    is_polygon = np.isin(shapely.get_type_id(fixed), (3, 6))
    fixed[is_polygon] = shapely.orient_polygons(fixed[is_polygon])
    return frame.set_geometry(geopandas.GeoSeries(fixed, index=frame.index, crs=frame.crs)), issues


def valid_shape(shape: shapely.Geometry) -> shapely.Geometry:
    """Return a valid shape of the same dimension; parts of a lower dimension are let go."""
    valid = shapely.make_valid(shape, method="structure")
    if shape.geom_type not in POLYGONS or valid.geom_type in POLYGONS:
        return valid
    parts = [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)


def _repaired(layer: str, feature: str, before: shapely.Geometry, after: shapely.Geometry) -> Issue:
    reason = shapely.is_valid_reason(before)
    old, new = lonlat_area(np.array([before, after]))
    return Issue(
        layer, feature, "geometry", Severity.WARNING, "repaired", reason,
        f"shape was invalid ({reason}) and was rebuilt: area {old:,.1f} -> {new:,.1f} m²; check it on the map",
    )  # fmt: skip
