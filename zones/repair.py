"""Repair of shapes, always visible: every change is an issue row with the area before and after.

The method decides the area. `structure`: what an outer ring encloses stays, holes are cut out, and ground that
several parts cover counts once. `linework`: every line bounds, so ground enclosed twice turns into a hole.
"""

from pathlib import Path
from typing import Literal

import geopandas
import numpy as np
import shapely

from zones.errors import InputError
from zones.intake.own_file import read_own
from zones.issues import Issue
from zones.measure import lonlat_area, planar_area
from zones.rings import Numbers, Shapes
from zones.schema import Severity

POLYGONS = ("Polygon", "MultiPolygon")

Method = Literal["structure", "linework"]

METHODS: tuple[Method, ...] = ("structure", "linework")

MOST_CROSSINGS = 500
"""With more self-crossings the method not chosen is not tried: `linework` takes seconds at 5000, minutes at 80,000."""

SAME_SHARE = 1e-9
"""Areas of the two methods that are nearer than this are not told apart."""


def read_repaired(
    path: Path, *, planar: bool = False, method: Method = "structure"
) -> tuple[geopandas.GeoDataFrame, list[Issue]]:
    """Return a file's features, repaired, indexed by id, with the columns a measure needs; and what was repaired.

    Raises
    ------
    InputError
        If the file cannot be read, or an id stands more than once.
    """
    frame, issues = repair(read_own(path, planar=planar), path.name, method, planar=planar)
    repeated = frame.loc[frame["zone_id"].duplicated(), "zone_id"].unique()
    if len(repeated):
        raise InputError(f"{path}: zone_id {', '.join(repeated[:10])} stands more than once; ids must be unique")
    if "error_m" not in frame.columns:
        frame["error_m"] = float("nan")
    return frame.set_index("zone_id"), issues


def method_of(name: str) -> Method:
    """Return the method of that name.

    Raises
    ------
    InputError
        If there is none.
    """
    for method in METHODS:
        if name == method:
            return method
    raise InputError(f"the repair method is '{name}'; choose {' or '.join(METHODS)}")


def repair(
    frame: geopandas.GeoDataFrame, layer: str, method: Method = "structure", *, planar: bool = False
) -> tuple[geopandas.GeoDataFrame, list[Issue]]:
    """Return the frame with valid, rightly wound shapes, and one issue for each shape that changed.

    An invalid polygon is rebuilt by `shapely.make_valid`. The issue gives its area before and after, and what the
    other method would have made of it where that differs. Outer rings then run counterclockwise (RFC 7946, 3.1.6).

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Geographic CRS, column `zone_id`.
    layer : str
        Name used in the issues.
    method : {"structure", "linework"}
        See the head of this module.
    planar : bool
        Coordinates are plain x and y: areas in their squared units.
    """
    shapes = frame.geometry.array
    broken = ~shapely.is_valid(np.asarray(shapes)) & ~shapely.is_missing(np.asarray(shapes))
    issues = []
    fixed = np.asarray(shapes).copy()
    for row in np.flatnonzero(broken):
        before = fixed[row]
        fixed[row] = valid_shape(before, method)
        issues.append(_repaired(layer, str(frame["zone_id"].iloc[row]), before, fixed[row], method, planar))
    is_polygon = np.isin(shapely.get_type_id(fixed), (3, 6))
    fixed[is_polygon] = shapely.orient_polygons(fixed[is_polygon])
    return frame.set_geometry(geopandas.GeoSeries(fixed, index=frame.index, crs=frame.crs)), issues


def valid_shape(shape: shapely.Geometry, method: Method = "structure") -> shapely.Geometry:
    """Return a valid shape of the same dimension; parts of a lower dimension are let go."""
    valid = shapely.make_valid(shape, method=method)
    if shape.geom_type not in POLYGONS or valid.geom_type in POLYGONS:
        return valid
    # Beside polygons, or collections of them, may stand lines where the shape folded back on itself.
    parts = shapely.get_parts(shapely.get_parts(valid))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _repaired(
    layer: str, feature: str, before: shapely.Geometry, after: shapely.Geometry, method: Method, planar: bool
) -> Issue:
    reason = shapely.is_valid_reason(before)
    unit = "square drawing units" if planar else "m²"
    old, new = _area(np.array([before, after]), planar)
    message = f"shape was invalid ({reason}) and was rebuilt by {method}: area {old:,.1f} -> {new:,.1f} {unit}"
    if before.geom_type in POLYGONS:
        message += _of_the_other(before, new, method, planar, unit)
    message += "; check it on the map"
    return Issue(layer, feature, "geometry", Severity.WARNING, "repaired", reason, message)


def _of_the_other(before: shapely.Geometry, area: float, method: Method, planar: bool, unit: str) -> str:
    """Return what the method not chosen would have given, nothing where it gives the same."""
    other: Method = "linework" if method == "structure" else "structure"
    if crossings(before, MOST_CROSSINGS) > MOST_CROSSINGS:
        return f"; {other} was not tried, the shape crosses itself too often"
    would = float(_area(np.array([valid_shape(before, other)]), planar)[0])
    if abs(would - area) <= SAME_SHARE * max(would, area):
        return ""
    return f"; {other} would give {would:,.1f} {unit}, so choose the one that is meant (--repair-method)"


def _area(shapes: Shapes, planar: bool) -> Numbers:
    return planar_area(shapes) if planar else lonlat_area(shapes)


def crossings(shape: shapely.Geometry, enough: int) -> int:
    """Return how many pairs of a polygon's edges meet away from their ends, or some number over `enough`."""
    rings = shapely.get_rings(shapely.get_parts(shape))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    edges = shapely.linestrings(np.stack([points[:-1][same], points[1:][same]], axis=1))
    tree, found = shapely.STRtree(edges), 0
    for start in range(0, len(edges), 256):
        chosen = np.arange(start, min(start + 256, len(edges)))
        first, second = tree.query(edges[chosen], predicate="crosses")
        found += int((chosen[first] < second).sum())
        if found > enough:
            break
    return found
