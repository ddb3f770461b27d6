"""What of a zone goes into a file, one rule for all formats: attributes as plain cells, outline and axis."""

from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.join import AXIS_COLUMNS
from zones.measure import measure
from zones.records import locators, none_if_nan, plan_zone
from zones.schema import STORAGE_CRS, Part

DIGITS = 7
"""Decimals of a written coordinate in degrees: 1 cm, far below any error stated here."""

LIST_MARK = "；"
"""Joins the items of a list in a text field; no name in the plans holds it."""

EXTENT_FIELDS = (
    *("zone_id", "name_zh", "name_en", "aliases", "kind", "plan_id", "scheme_ids", "parent_ids"),
    *("district_codes", "grade", "error_m", "area_m2", "area_error_m2", "declared_area_m2", "basis", "basis_en"),
    *("method", "edge_rule", "traced_on", "half_width_m", "unlocated_zh", "unlocated_en"),
)
AXIS_FIELDS = (
    *("zone_id", "name_zh", "name_en", "kind", "plan_id", "grade", "error_m"),
    *("basis", "basis_en", "traced_on", "half_width_m"),
)


def flatten(frame: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return the attributes of zones as plain cells: numbers, and text with lists joined by `；`.

    Areas are on the ellipsoid, in m²; a missing value is None.
    """
    areas = measure(frame)
    extra = {"area_m2": areas["ellipsoid_m2"], "area_error_m2": areas["error_m2"]}
    full = frame.drop(columns=[frame.geometry.name, "axis"], errors="ignore").assign(**extra)
    return flat_table(full[[name for name in EXTENT_FIELDS if name in full.columns]])


def axis_attributes(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame) -> pd.DataFrame:
    """Return what is true of the axis too, as an area is not; with its own grade, error and basis, not its extent's."""
    index = axes_of(frame).index
    table = attributes.loc[index, [name for name in AXIS_FIELDS if name in attributes.columns]]
    own = {name: f"axis_{name}" for name in AXIS_COLUMNS if name in table.columns and f"axis_{name}" in frame.columns}
    return table.assign(**{name: flat_table(frame.loc[index, [held]])[held] for name, held in own.items()})


def axes_of(frame: geopandas.GeoDataFrame) -> geopandas.GeoSeries:
    """Return the axes of the zones that have one, as they are written."""
    if "axis" not in frame.columns:
        return geopandas.GeoSeries([], index=frame.index[:0], crs=STORAGE_CRS)
    axes = frame["axis"]
    return tidy(geopandas.GeoSeries(axes[axes.notna()], crs=STORAGE_CRS))


def tidy(shapes: geopandas.GeoSeries) -> geopandas.GeoSeries:
    """Return the shapes as they are written: 7 digits, outer rings counterclockwise."""
    # Pointwise keeps every vertex where it was; a snapping mode could drop a narrow part in silence.
    rounded = shapely.transform(np.asarray(shapes, dtype=object), lambda xy: np.round(xy, DIGITS))
    return geopandas.GeoSeries(shapely.orient_polygons(rounded), index=shapes.index, crs=shapes.crs)


def plan_texts(atlas: Atlas, frame: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return what the plan says, in Chinese, and where it says so."""
    rows = []
    for zone_id in frame.index:
        plan, zone = plan_zone(atlas, zone_id)
        rows.append(
            {
                "positioning": zone.positioning.zh if zone.positioning else None,
                "industries": LIST_MARK.join(said.zh for said in zone.industries) or None,
                "anchors": LIST_MARK.join(said.zh for said in zone.anchors) or None,
                "platforms": LIST_MARK.join(said.zh for said in zone.platforms) or None,
                "sources": LIST_MARK.join(map(_source_text, locators(plan, zone.sources))),
            }
        )
    return pd.DataFrame(rows, index=frame.index, dtype=object)


def _source_text(place: dict[str, Any]) -> str:
    lines = f"{place['line_start']}-{place['line_end']}"
    return f"{place['document']} {place['section']} L{lines}"


def flat_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of plain cells: numbers, text with lists joined by `；`, None for what is missing."""
    # Lists, since a column of numbers would turn None back into NaN, which is no JSON.
    cells = {name: [_flat(value) for value in table[name]] for name in table}
    return pd.DataFrame(cells, index=table.index, dtype=object)


def _flat(value: Any) -> Any:  # noqa: ANN401 (any cell of a frame)
    if isinstance(value, list | tuple):
        return LIST_MARK.join(map(str, value)) or None
    value = none_if_nan(value)
    return value.item() if isinstance(value, np.generic) else value


def wkt(shape: shapely.Geometry | None) -> str | None:
    """Return a shape as well-known text."""
    return None if shape is None else shapely.to_wkt(shape, rounding_precision=DIGITS)


def with_index(attributes: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its index as first column, where it is named."""
    return attributes.reset_index() if attributes.index.name else attributes


def both_parts(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame) -> geopandas.GeoDataFrame:
    """Return extents, then axes, as rows of one frame; `part` tells them apart where the frame holds zones.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4490, numbered rows; a frame that is no part of the atlas keeps its columns only.
    """
    extents = geopandas.GeoDataFrame(with_index(attributes), geometry=list(tidy(frame.geometry)), crs=STORAGE_CRS)
    if "axis" not in frame.columns:
        return extents
    axes = axes_of(frame)
    extents.insert(1, "part", Part.EXTENT.value)
    lines = geopandas.GeoDataFrame(with_index(axis_attributes(frame, attributes)), geometry=list(axes), crs=STORAGE_CRS)
    rows = pd.concat([extents, lines.assign(part=Part.AXIS.value)] if len(lines) else [extents], ignore_index=True)
    return rows.infer_objects()
