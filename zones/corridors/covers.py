"""What may cover a corridor: zones with an outline of their own, or the polygons of any other layer."""

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.corridors.corridor import Corridor, bands
from zones.counting.parcel_layer import Batch, ParcelLayer
from zones.counting.parcel_stream import read_batches
from zones.errors import InputError
from zones.repair import valid_shape
from zones.schema import STORAGE_CRS


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


def stream_covers(
    layer: ParcelLayer, made: Corridor, half_width_m: float, field: str | None = None
) -> geopandas.GeoDataFrame:
    """Return the polygons of a large layer near a corridor, repaired where they need it, numbered as in the file.

    Parameters
    ----------
    layer : ParcelLayer
        From `parcel_stream.open_layer`, in EPSG:4490 (or WGS 84). What lies off the widest band is not kept.
    made : Corridor
    half_width_m : float
        The widest half-width that will be asked for.
    field : str, optional
        Column with the class.
    """
    ground = bands(made, [half_width_m])[0]
    shapely.prepare(ground)
    kept = [_near(batch, ground) for batch in read_batches(layer, field, np.array(shapely.bounds(ground)))]
    classes = np.array([each for part in kept for each in part[1]], dtype=object)
    shapes = [shape for part in kept for shape in part[2]]
    ids = pd.Index([str(number) for part in kept for number in part[0]], name="zone_id", dtype=object)
    columns = pd.DataFrame({"class": classes, "error_m": float("nan")}, index=ids, dtype=object)
    return geopandas.GeoDataFrame(columns.astype({"error_m": float}), geometry=shapes, crs=STORAGE_CRS)


def _near(batch: Batch, ground: shapely.Geometry) -> tuple[list[int], list[str | None], list[shapely.Geometry]]:
    shapes = shapely.from_wkb(batch.wkb.to_numpy(zero_copy_only=False))
    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6)) & shapely.intersects(ground, shapes))
    classes = [None] * len(shapes) if batch.classes is None else batch.classes.to_pylist()
    near = [shape if shapely.is_valid(shape) else valid_shape(shape) for shape in shapely.force_2d(shapes[rows])]
    return (
        [batch.first + int(row) for row in rows],
        [None if classes[row] is None else str(classes[row]) for row in rows],
        near,
    )
