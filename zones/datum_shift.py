"""Moves coordinates between reference systems by published parameters, where the direct way has none.

PROJ knows no way from, say, Hong Kong 1980 to CGCS2000, and then changes the name of the datum only: 304 m off at the
border of Hong Kong. It does know the way to WGS 84, and WGS 84 and CGCS2000 differ by less than 1 m here.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

import geopandas
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.transformer import TransformerGroup

from zones.schema import STORAGE_CRS, STUDY_BOUNDS

MOST_M = 2.0
"""A published way that promises less than this is none: it was made for another area."""

HUBS = (STORAGE_CRS, "EPSG:4326")
"""Longitude and latitude that are the same here."""

Numbers = npt.NDArray[np.float64]
Move = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]
Shapes = TypeVar("Shapes", geopandas.GeoSeries, geopandas.GeoDataFrame)


def is_known(crs: CRS) -> bool:
    """Tell whether public parameters lead from a system to CGCS2000, or to WGS 84, within 2 m."""
    return _to_hub(crs.to_wkt()) is not None


def between(source: CRS, target: CRS) -> Move:
    """Return what moves x and y (east first) of one system to another.

    Where PROJ has no published way, it goes through WGS 84, taken as CGCS2000; where that is not known either,
    the numbers keep their place in degrees: see `is_known`.
    """
    direct = Transformer.from_crs(source, target, always_xy=True)
    if _is_published(direct):
        return direct.transform
    first, second = _to_hub(source.to_wkt()), _to_hub(target.to_wkt())
    if first is None or second is None:
        return direct.transform
    there, back = Transformer.from_pipeline(first), Transformer.from_pipeline(second)
    return lambda x, y: back.transform(*there.transform(x, y), direction="INVERSE")


def moved(shapes: Shapes, crs: CRS | str) -> Shapes:
    """Return shapes in another reference system, vertex by vertex, by the way of `between`.

    Parameters
    ----------
    shapes : geopandas.GeoSeries or geopandas.GeoDataFrame
        With its reference system.
    crs : pyproj.CRS or str
    """
    if isinstance(shapes, geopandas.GeoDataFrame):
        return shapes.set_geometry(moved(shapes.geometry, crs))
    target = CRS.from_user_input(crs)
    move = between(shapes.crs, target)
    there = shapely.transform(shapes.array, lambda points: np.column_stack(move(points[:, 0], points[:, 1])))
    return geopandas.GeoSeries(there, index=shapes.index, name=shapes.name, crs=target)


def _is_published(way: Transformer) -> bool:
    return 0 <= way.accuracy <= MOST_M and "Ballpark" not in way.description


@lru_cache(maxsize=64)
def _to_hub(wkt: str) -> str | None:
    """Return the way from a system to longitude and latitude as PROJ writes it, as good as there is for Shenzhen."""
    here = AreaOfInterest(*STUDY_BOUNDS)
    for hub in HUBS:
        ways = TransformerGroup(CRS.from_wkt(wkt), CRS.from_user_input(hub), always_xy=True, area_of_interest=here)  # type: ignore[arg-type]
        found = next((way for way in ways.transformers if _is_published(way)), None)
        if found is not None:
            return str(found.definition)
    return None
