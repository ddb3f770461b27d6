"""What speaks against a match although the name fits: a shape that lies elsewhere, or as a web map shifts it."""

from collections.abc import Iterator

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones.intake.datum import Datum, to_wgs
from zones.issues import Issue
from zones.measure import lonlat_area, to_plane
from zones.official.match_zones import POLYGONS
from zones.schema import Severity
from zones.statements.rules import PLANE

LIKE_SHIFT = 0.25
"""A shift is told when what is left of it after undoing is at most this share of it, for the middle match."""

SHIFTS = {Datum.GCJ02: "高德/腾讯", Datum.BD09: "百度"}

Points = npt.NDArray[np.float64]


def doubts(
    proposed: geopandas.GeoDataFrame, zones: geopandas.GeoDataFrame, features: geopandas.GeoDataFrame,
    pairs: pd.DataFrame, layer: str,
) -> list[Issue]:  # fmt: skip
    """Return a warning for each matched shape that is hardly its zone, and one for a shift of all of them.

    Parameters
    ----------
    proposed : geopandas.GeoDataFrame
        Columns `zone_id`, `part`, `error_m`; EPSG:4490 (see `zones.official.official.proposed`).
    zones : geopandas.GeoDataFrame
        Zones as they are.
    features, pairs
        As `zones.official.match_zones.match` takes and gives them.
    layer : str
        Name used in the issues.
    """
    return [
        *_far(proposed, zones, layer),
        *_shifted(proposed, zones, layer),
        *_counted_twice(proposed, features, pairs, layer),
    ]


def _held(proposed: geopandas.GeoDataFrame, zones: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return new and old shape of each matched zone on the plane, with both errors; zones without one are left out."""
    rows = []
    for row in proposed.itertuples():
        axis = row.part == "axis"
        old = zones.at[row.zone_id, "axis" if axis else "geometry"]
        error_m = zones.at[row.zone_id, "axis_error_m" if axis else "error_m"]
        if isinstance(old, shapely.Geometry):
            rows.append((row.zone_id, row.geometry, old, float(np.nan_to_num(row.error_m + error_m))))
    return pd.DataFrame(rows, columns=["zone_id", "new", "old", "error_m"])


def _far(proposed: geopandas.GeoDataFrame, zones: geopandas.GeoDataFrame, layer: str) -> Iterator[Issue]:
    held = _held(proposed, zones)
    new, old = (to_plane(held[side].to_numpy(object), PLANE) for side in ("new", "old"))
    for row, gap in zip(held.itertuples(), shapely.distance(new, old), strict=True):
        if gap > row.error_m:
            message = (
                f"lies {gap:,.0f} m away from where the atlas has this zone, further than both errors together "
                f"({row.error_m:,.0f} m); check that it is the same place"
            )
            yield Issue(layer, row.zone_id, "geometry", Severity.WARNING, "far_from_zone", f"{gap:.0f}", message)


def _shifted(proposed: geopandas.GeoDataFrame, zones: geopandas.GeoDataFrame, layer: str) -> Iterator[Issue]:
    """Yield a warning where the matched shapes lie off their zones as one of the web maps would shift them."""
    held = _held(proposed, zones)
    held = held[[shape.geom_type in POLYGONS for shape in held["new"]]]
    if held.empty:
        return
    new, old = _centres(held["new"]), _centres(held["old"])
    off = _metres(new, old)
    for of, provider in SHIFTS.items():
        shift = _metres(new, to_wgs(new, of))
        rest, whole = np.hypot(*(off - shift).T), np.hypot(*shift.T)
        if np.median(rest / whole) <= LIKE_SHIFT:
            count, metres = len(held), f"{np.median(np.hypot(*off.T)):,.0f}"
            message = (
                f"{count} matched shapes lie about {metres} m off their zones, in the direction in which {of.upper()} "
                f"shifts; if the file comes from {provider}, bring it in with --datum {of}"
            )
            yield Issue(layer, "", "geometry", Severity.WARNING, f"suspected_{of}", metres, message)


def _centres(shapes: pd.Series) -> Points:
    return np.asarray(shapely.get_coordinates(shapely.centroid(shapes.to_numpy(object))))


def _metres(at: Points, start: Points) -> Points:
    """Return how far points lie from their start, metres east and north on the plane."""
    ends = [shapely.get_coordinates(to_plane(shapely.points(points), PLANE)) for points in (at, start)]
    return np.asarray(ends[0] - ends[1])


def _counted_twice(
    proposed: geopandas.GeoDataFrame, features: geopandas.GeoDataFrame, pairs: pd.DataFrame, layer: str
) -> Iterator[Issue]:
    """Yield a warning where the parts of a zone share ground, which its area counts once."""
    shapes = features.geometry.set_axis(features.index.astype(str))
    whole = proposed[proposed["part"] == "extent"].set_index("zone_id").geometry
    for zone_id, parts in pairs[pairs["part"] == "extent"].groupby("zone_id", sort=False):
        if len(parts) > 1 and zone_id in whole.index:
            areas = lonlat_area(np.array([*shapes[parts["feature"]], whole[zone_id]], dtype=object))
            twice = float(areas[:-1].sum() - areas[-1])
            if twice > 1.0:
                message = f"its {len(parts)} features share {twice:,.0f} m², which counts once; check the file"
                yield Issue(layer, str(zone_id), "geometry", Severity.WARNING, "parts_overlap", f"{twice:.1f}", message)
