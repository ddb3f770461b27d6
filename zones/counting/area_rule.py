"""How the areas of a layer are measured: on the ellipsoid or in its own plane; and the zones made ready for it."""

import geopandas
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Proj

from zones.counting.parcel_layer import ParcelLayer
from zones.datum_shift import moved
from zones.errors import CrsError, GeometryError
from zones.read import PLANE_STEP_M
from zones.schema import METRES_PER_DEGREE, STORAGE_CRS

MOST_DISTORTION = 0.005
"""Largest share by which plane areas may differ from the ellipsoid; Web Mercator is off by 17 % here."""


def zones_for(layer: ParcelLayer, zones: geopandas.GeoDataFrame) -> tuple[geopandas.GeoDataFrame, float, str]:
    """Return the zones with a polygon in the layer's coordinates, m² per squared unit (0: degrees), and the rule.

    Raises
    ------
    GeometryError
        If a zone is not valid, or there is none.
    CrsError
        If areas in the layer's CRS would mislead.
    """
    zones = with_polygons(zones)
    if layer.crs.is_geographic:
        _check_degrees(layer)
        return (zones if zones.crs.is_geographic else moved(zones, STORAGE_CRS)), 0.0, _ELLIPSOID
    unit, rule = _plane(layer, moved(zones, STORAGE_CRS).total_bounds)
    if zones.crs != layer.crs:
        zones = in_plane(zones, layer.crs)
    return zones, unit, rule


def with_polygons(zones: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return the rows with a polygon.

    Raises
    ------
    GeometryError
        If one is not valid, or there is none.
    """
    kinds = shapely.get_type_id(np.asarray(zones.geometry.array, dtype=object))
    zones = zones[np.isin(kinds, (3, 6)) & ~zones.geometry.is_empty.to_numpy()]
    if zones.empty:
        raise GeometryError("none of the zones has a polygon; choose zones with a geometry")
    invalid = zones.index[~zones.is_valid]
    if len(invalid):
        raise GeometryError(f"zone {', '.join(map(str, invalid[:10]))}: the shape is not valid; repair it first")
    return zones


def in_plane(zones: geopandas.GeoDataFrame, crs: CRS) -> geopandas.GeoDataFrame:
    """Return zones in a plane; edges straight in degrees bend there, so they are split every 10 m before they move."""
    return moved(zones.set_geometry(zones.geometry.segmentize(PLANE_STEP_M / METRES_PER_DEGREE)), crs)


_ELLIPSOID = "ellipsoid, edges straight in lon/lat"


def _check_degrees(layer: ParcelLayer) -> None:
    crs = layer.crs
    known = crs.to_epsg() in (4326, 4490, 4979, 4480) or crs.to_authority() in (("OGC", "CRS84"), ("OGC", "CRS84h"))
    if not known:
        raise CrsError(f"{layer.path}: {crs.name} is not CGCS2000 or WGS 84; convert it to EPSG:4490")


def _plane(layer: ParcelLayer, bounds: npt.NDArray[np.float64]) -> tuple[float, str]:
    """Return m² per squared unit of the layer's plane and the rule in words; bounds are in degrees."""
    crs: CRS = layer.crs
    if not crs.is_projected:
        raise CrsError(f"{layer.path}: {crs.name} is neither degrees nor a map plane; convert it to EPSG:4490")
    west, south, east, north = bounds
    scale = float(Proj(crs).get_factors((west + east) / 2, (south + north) / 2).areal_scale)
    if not abs(scale - 1) <= MOST_DISTORTION:
        name = crs.to_string() if len(crs.to_string()) < 20 else crs.name
        raise CrsError(f"{layer.path}: plane areas of {name} are {scale - 1:+.1%} off here; convert it to EPSG:4490")
    name = ":".join(crs.to_authority() or (crs.name,))
    rule = f"plane of {name}, {(scale - 1) * 1e6:+.0f} ppm from the ellipsoid at the middle of the zones"
    return float(crs.axis_info[0].unit_conversion_factor) ** 2, rule
