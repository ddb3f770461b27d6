"""What may cover a corridor: zones with an outline of their own, or the polygons of any other layer."""

from collections.abc import Collection

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.corridors.corridor import Corridor, bands
from zones.counting.parcel_layer import Batch, ParcelLayer
from zones.counting.parcel_parquet import column
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
    error_m = known_errors(polygons["error_m"]) if "error_m" in polygons.columns else float("nan")
    classes = None if field is None else polygons[field].map(lambda value: None if pd.isna(value) else str(value))
    return geopandas.GeoDataFrame(
        {"class": classes, "error_m": error_m}, geometry=polygons.geometry, index=polygons.index, crs=frame.crs
    )


SHAPE = "source_shape"
"""Column of covers from a large layer: the shape as the file has it."""


def stream_covers(
    layer: ParcelLayer,
    made: Corridor,
    half_width_m: float,
    field: str | None = None,
    also: Collection[str] = (),
) -> geopandas.GeoDataFrame:
    """Return the polygons of a large layer near a corridor, repaired where they need it.

    Parameters
    ----------
    layer : ParcelLayer
        From `parcel_stream.open_layer`, in EPSG:4490 (or WGS 84). What lies off the widest band is not kept.
    made : Corridor
    half_width_m : float
        The widest half-width that will be asked for.
    field : str, optional
        Column with the class.
    also : collection of str
        Features that are kept wherever they lie.

    Returns
    -------
    geopandas.GeoDataFrame
        As `layer_covers`, and `SHAPE`. Index: the layer's `zone_id` where each feature has one of its own, else the
        number in the file. `error_m` is the layer's own, NaN where it has none.
    """
    ground = bands(made, [half_width_m])[0]
    shapely.prepare(ground)
    names = _ids(layer)
    wanted = {number for number, own in enumerate(names, start=1) if own in also} if names else set(map(_number, also))
    bounds = np.array(shapely.bounds(ground)) if not also else np.array([-np.inf, -np.inf, np.inf, np.inf])
    kept = [_near(batch, ground, wanted) for batch in read_batches(layer, field, bounds)]
    numbers = [number for part in kept for number in part[0]]
    shapes = np.array([shape for part in kept for shape in part[2]], dtype=object)
    errors = column(layer, "error_m") if "error_m" in layer.fields and layer.parts else None
    error_m = [np.nan] * len(numbers) if errors is None else [errors[number - 1] for number in numbers]
    ids = [names[number - 1] if names else str(number) for number in numbers]
    index = pd.Index(ids, name="zone_id", dtype=object)
    sound = shapely.is_valid(shapes)
    repaired = [shape if fits else valid_shape(shape) for shape, fits in zip(shapes, sound, strict=True)]
    classes = pd.Series([each for part in kept for each in part[1]], index=index, dtype=object)
    return geopandas.GeoDataFrame(
        {
            "class": classes,
            "error_m": known_errors(pd.Series(error_m, dtype=object)).to_numpy(),
            SHAPE: shapes,
        },
        geometry=repaired, index=index, crs=STORAGE_CRS,
    )  # fmt: skip


def known_errors(told: pd.Series) -> pd.Series:
    """Return errors in metres; NaN for what is no number, not finite or below zero, as a file's mark for none is."""
    numbers = pd.to_numeric(told, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers) & (numbers >= 0))


def _ids(layer: ParcelLayer) -> list[str] | None:
    """Return the layer's own id of each feature; None where it has none, or they do not tell features apart."""
    if "zone_id" not in layer.fields or not layer.parts or "zone_id" in layer.uneven:
        return None
    told = column(layer, "zone_id")
    ids = [str(each) for each in told]
    if any(each is None for each in told) or not all(each.strip() for each in ids) or len(set(ids)) < len(ids):
        return None
    return ids


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _near(
    batch: Batch, ground: shapely.Geometry, wanted: Collection[int]
) -> tuple[list[int], list[str | None], list[shapely.Geometry]]:
    shapes = shapely.from_wkb(batch.wkb.to_numpy(zero_copy_only=False))
    also = np.isin(np.arange(batch.first, batch.first + len(shapes)), list(wanted))
    rows = np.flatnonzero(np.isin(shapely.get_type_id(shapes), (3, 6)) & (shapely.intersects(ground, shapes) | also))
    classes = [None] * len(shapes) if batch.classes is None else batch.classes.to_pylist()
    return (
        [batch.first + int(row) for row in rows],
        [None if pd.isna(classes[row]) else str(classes[row]) for row in rows],
        list(shapely.force_2d(shapes[rows])),
    )
