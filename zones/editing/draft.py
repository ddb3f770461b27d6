"""The atlas as it would be with shapes that are not published yet: a draft's features, or one zone just being drawn."""

from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.errors import UnknownZoneError
from zones.join import AXIS_COLUMNS, REASON_COLUMNS, SHAPE_COLUMNS, join
from zones.repair import repair
from zones.schema import Part


def draft(atlas: Atlas, features: geopandas.GeoDataFrame) -> Atlas:
    """Return the atlas with its zones' shapes taken from a draft.

    Parameters
    ----------
    atlas : Atlas
        Plans, base map and reasons come from it.
    features : geopandas.GeoDataFrame
        EPSG:4490; columns as in the zone layers, and `layer`; one row for each zone and part.
    """
    shapes, _ = repair(features.reset_index(drop=True), "draft")
    reasons = atlas.zones.loc[atlas.zones["unlocated_zh"].notna(), list(REASON_COLUMNS)]
    frame, _ = join(atlas.plans, shapes, reasons)
    return replace(atlas, zones=frame)


def with_zone(atlas: Atlas, zone_id: str, features: geopandas.GeoDataFrame) -> Atlas:
    """Return the atlas with one zone's shapes replaced by others.

    Parameters
    ----------
    features : geopandas.GeoDataFrame
        The zone's features as in a zone layer, EPSG:4490; none where the zone loses its shape.

    Raises
    ------
    UnknownZoneError
        If no plan names the zone.
    """
    if zone_id not in atlas.zones.index:
        raise UnknownZoneError(
            f"'{zone_id}' stands in no plan, so it cannot be drawn; the desk draws zones that the plans name: "
            "add it to its plan file first, with its source"
        )
    frame = atlas.zones.copy()
    by_part = {row["part"]: row for row in features.to_dict("records")}
    extent, axis = by_part.get(Part.EXTENT.value), by_part.get(Part.AXIS.value)
    for column in SHAPE_COLUMNS:
        frame.at[zone_id, column] = _value(extent, column, frame[column])
    for column in AXIS_COLUMNS:
        frame.at[zone_id, f"axis_{column}"] = _value(axis, column, frame[f"axis_{column}"])
    shapes = [None if row is None else row["geometry"] for row in (extent, axis)]
    for column, shape in zip(("geometry", "axis"), shapes, strict=True):
        held = np.asarray(frame[column].array, dtype=object).copy()
        held[frame.index.get_loc(zone_id)] = shape
        frame[column] = geopandas.GeoSeries(held, index=frame.index, crs=frame.crs)
    return replace(atlas, zones=frame)


def others(atlas: Atlas, zone_id: str) -> geopandas.GeoDataFrame:
    """Return the located zones of an atlas but for one."""
    zones = atlas.zones[atlas.zones.geometry.notna()]
    return zones[zones.index != zone_id]


def _value(row: dict[str, object] | None, column: str, like: pd.Series) -> object:
    held = None if row is None else row.get(column)
    return np.nan if held is None and pd.api.types.is_numeric_dtype(like) else held


def same_shape(a: shapely.Geometry | None, b: shapely.Geometry | None) -> bool:
    """Tell whether two shapes have the same coordinates, to the last bit and in the same order."""
    return a is b if a is None or b is None else bool(shapely.equals_identical(a, b))
