"""What may cover a corridor: zones with an outline of their own, or the polygons of any other layer."""

import geopandas
import pandas as pd

from zones.errors import InputError


def zone_covers(
    frame: geopandas.GeoDataFrame, corridor_id: str | None = None, *, bands: bool = False
) -> geopandas.GeoDataFrame:
    """Return the zones that may cover a corridor, with `class` (their kind) and `error_m`.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Zones as the atlas holds them, index `zone_id`.
    corridor_id : str, optional
        The corridor itself, which covers nothing.
    bands : bool
        Keep zones whose outline is an axis widened by an assumption. They are left out otherwise: an assumed
        width that covers an assumed width says nothing, and twins on one axis would cover each other whole.
    """
    polygons = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"]) & (frame.index != corridor_id)]
    kept = polygons if bands else polygons[polygons["half_width_m"].isna()]
    return geopandas.GeoDataFrame(
        {"class": kept["kind"], "error_m": kept["error_m"].astype(float)}, geometry=kept.geometry, crs=frame.crs
    )


def layer_covers(frame: geopandas.GeoDataFrame, name: str, field: str | None = None) -> geopandas.GeoDataFrame:
    """Return the polygons of a layer, with `class` from one of its fields (None: no classes) and `error_m`.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Valid shapes indexed by id, EPSG:4490.
    name : str
        The layer, for messages.

    Raises
    ------
    InputError
        If the layer has no such field, or no polygon.
    """
    if field is not None and field not in frame.columns:
        fields = [each for each in frame.columns if each not in (frame.geometry.name, "edge_rule", "error_m")]
        raise InputError(f"{name}: has no field '{field}'; it has {', '.join(map(str, fields)) or 'none'}")
    polygons = frame[frame.geom_type.isin(["Polygon", "MultiPolygon"])]
    if polygons.empty:
        raise InputError(f"{name}: holds no polygon; a corridor can be covered by areas only")
    error_m = pd.to_numeric(polygons["error_m"], errors="coerce") if "error_m" in polygons.columns else float("nan")
    classes = None if field is None else polygons[field].map(lambda value: None if pd.isna(value) else str(value))
    return geopandas.GeoDataFrame(
        {"class": classes, "error_m": error_m}, geometry=polygons.geometry, index=polygons.index, crs=frame.crs
    )
