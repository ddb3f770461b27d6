"""Which districts, subdistricts, roads and stations a corridor meets, and at which chainage."""

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones.corridors.chainage import Ruler, merge_by, ruler, spans
from zones.corridors.corridor import Corridor, band
from zones.measure import Shapes
from zones.overlap import pairs

BESIDE_M, ALONG_M, LOOK_M = 250.0, 2000.0, 50.0

AREA_COLUMNS = ("id", "inside_m2", "share_of_corridor", "share_inside", "axis_m", "from_m", "to_m")


def areas_crossed(
    made: Corridor, areas: geopandas.GeoDataFrame, ground: shapely.Geometry | None = None, measure: Ruler | None = None
) -> pd.DataFrame:
    """Return the districts, subdistricts or other areas a corridor lies in, largest part first.

    Parameters
    ----------
    made : Corridor
    areas : geopandas.GeoDataFrame
        Indexed by id, EPSG:4490, side by side: what lies in none of them is left over.
    ground : polygon, optional
        The band where it is at hand, EPSG:4490.
    measure : Ruler, optional
        The ruler of the axis where it is at hand.

    Returns
    -------
    pandas.DataFrame
        `id`, `inside_m2`, `share_of_corridor`, `share_inside` (of the area), `axis_m` (length of the axis in it), and
        `from_m`, `to_m`: first and last chainage the axis has in it, NaN where the band only reaches into it.
    """
    shape = band(made) if ground is None else ground
    measure = measure or ruler(made.axis)
    whole = geopandas.GeoDataFrame(geometry=[shape], index=pd.Index(["band"]), crs=areas.crs)
    rows = []
    for each in pairs(whole, areas).itertuples():
        held, span = spans(measure, _lines(shapely.intersection(made.axis, areas.geometry[each.b_id])))
        length = float((span[:, 1] - span[:, 0]).sum()) if len(held) else 0.0
        ends = (float(span[:, 0].min()), float(span[:, 1].max())) if len(held) else (np.nan, np.nan)
        rows.append((each.b_id, each.overlap_m2, each.share_of_a, each.share_of_b, length, *ends))
    return pd.DataFrame(rows, columns=list(AREA_COLUMNS))


def along_axis(made: Corridor, areas: geopandas.GeoDataFrame, measure: Ruler | None = None) -> pd.DataFrame:
    """Return the areas the axis itself runs through, in order: `id`, `from_m`, `to_m`; one row a stretch."""
    measure = measure or ruler(made.axis)
    cut = shapely.intersection(made.axis, np.asarray(areas.geometry.array, dtype=object))
    parts, of = shapely.get_parts(cut, return_index=True)
    lines = shapely.get_type_id(parts) == 1
    rows, span = spans(measure, parts[lines])
    group, found = merge_by(of[lines][rows], span)
    table = pd.DataFrame({"id": areas.index.to_numpy()[group], "from_m": found[:, 0], "to_m": found[:, 1]})
    return table.sort_values("from_m", kind="stable", ignore_index=True)


def points_beside(points: geopandas.GeoDataFrame, ground: shapely.Geometry, measure: Ruler) -> pd.DataFrame:
    """Return the points in a band, in order: `id`, `at_m` (chainage), `offset_m` (left of the axis positive)."""
    shapely.prepare(ground)
    inside = points[shapely.contains(ground, np.asarray(points.geometry.array, dtype=object))]
    at_m, offset_m = measure.locate(shapely.get_coordinates(inside.geometry.array))
    table = pd.DataFrame({"id": inside.index, "at_m": at_m, "offset_m": offset_m})
    return table.sort_values("at_m", kind="stable", ignore_index=True)


def lines_met(made: Corridor, lines: geopandas.GeoDataFrame, measure: Ruler) -> pd.DataFrame:
    """Return where lines cross the axis, in order: `id`, `at_m`.

    A line that keeps within 250 m of the axis for over 2 km runs along it: where they meet is no crossing.
    """
    shapes = np.asarray(lines.geometry.array, dtype=object)
    # Most roads are nowhere near; only those that meet the axis are asked whether they run along it.
    near = np.flatnonzero(shapely.intersects(made.axis, shapes))
    near = near[~_beside(shapes[near], measure)]
    parts, of = shapely.get_parts(shapely.intersection(made.axis, shapes[near]), return_index=True)
    of = near[of]
    spots = shapely.get_type_id(parts) == 0
    if not spots.any():
        return pd.DataFrame({"id": [], "at_m": []})
    at_m, _ = measure.locate(shapely.get_coordinates(parts[spots]))
    table = pd.DataFrame({"id": lines.index.to_numpy()[of[spots]], "at_m": at_m})
    return table.sort_values("at_m", kind="stable", ignore_index=True)


def _beside(shapes: Shapes, measure: Ruler) -> npt.NDArray[np.bool_]:
    plane = shapely.segmentize(measure.plane.to(shapes), LOOK_M)
    points, of = shapely.get_coordinates(plane, return_index=True)
    near = np.abs(measure.locate_plane(points)[1]) < BESIDE_M
    return np.bincount(of, near * LOOK_M, len(shapes)) > ALONG_M


def _lines(shape: shapely.Geometry) -> Shapes:
    parts = shapely.get_parts(shape)
    return parts[shapely.get_type_id(parts) == 1]
