"""What a zone's edge error does to its raster statistics: the same figures on the zone grown and shrunk by it.

A bracket, not a standard error: all edges off to the same side, as `error_bias_m2` has it for areas.
"""

from collections.abc import Sequence

import geopandas
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer

from zones.measure import gauss_kruger, to_plane
from zones.rasters.raster import Raster
from zones.rasters.zonal import Progress, zonal
from zones.schema import STORAGE_CRS

BRACKETED = ("mean", "area_mean", "sum")
SIDES = {"grown": 1.0, "shrunk": -1.0}


def bracket(
    raster: Raster,
    zones: geopandas.GeoDataFrame,
    stats: Sequence[str] = ("mean", "sum"),
    *,
    per_area: bool = False,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Return statistics on each zone grown and shrunk by its edge error.

    Parameters
    ----------
    raster : Raster
    zones : geopandas.GeoDataFrame
        EPSG:4490, with `error_m`; a zone without it, or without a polygon, gets NaN. So does a buffered axis: its
        width is assumed, and the edges keep their distance wherever the axis lies.
    stats : sequence of str
        Those of `mean`, `area_mean` and `sum` among them are bracketed; of others the edge says little.
    per_area : bool
        As `zones.rasters.zonal.zonal` takes it.

    Returns
    -------
    pandas.DataFrame
        `sum_grown`, `sum_shrunk` ... by zone; NaN for a zone that the error leaves nothing of.
    """
    wanted = [name for name in stats if name in BRACKETED]
    table = pd.DataFrame(index=zones.index)
    for side, sign in SIDES.items():
        moved = _moved(zones, sign)
        found = zonal(raster, moved, wanted, per_area=per_area, progress=progress).table if len(moved) else None
        for name in wanted:
            values = np.nan if found is None else found[name].reindex(zones.index)
            table[f"{name}_{side}"] = values
    return table


def _moved(zones: geopandas.GeoDataFrame, sign: float) -> geopandas.GeoDataFrame:
    """Return the zones with their edges moved out or in by their error; those with nothing left are gone."""
    kinds = shapely.get_type_id(np.asarray(zones.geometry.array, dtype=object))
    own = np.isin(kinds, (3, 6)) & zones["error_m"].notna().to_numpy()
    if "half_width_m" in zones.columns:
        own &= zones["half_width_m"].isna().to_numpy()
    held = zones[own]
    shapes = [_edge_moved(shape, sign * error) for shape, error in zip(held.geometry, held["error_m"], strict=True)]
    moved = geopandas.GeoDataFrame({"geometry": shapes}, index=held.index, crs=zones.crs)
    return moved[~moved.geometry.is_empty.to_numpy()]


def _edge_moved(shape: shapely.Geometry, by_m: float) -> shapely.Geometry:
    crs = gauss_kruger(float(shapely.get_x(shapely.centroid(shape))))
    plane = shapely.buffer(to_plane(np.array([shape], dtype=object), crs)[0], by_m, quad_segs=16)
    back = Transformer.from_crs(crs, STORAGE_CRS, always_xy=True).transform
    return shapely.transform(plane, lambda points: np.column_stack(back(points[:, 0], points[:, 1])))
