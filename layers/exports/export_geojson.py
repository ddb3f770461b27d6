"""Zones as GeoJSON after RFC 7946."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely

from layers.exports.export_rows import axes_of, axis_attributes, flat_table, flatten, tidy, with_index
from layers.tables.receipt_page import by_zone
from layers.write import write_atomically
from zones.proof.receipts import Receipt, document_bytes
from zones.schema import Part

Receipts = Sequence[Receipt]


def geojson_text(frame: geopandas.GeoDataFrame, receipts: Receipts = ()) -> str:
    """Return zones as GeoJSON after RFC 7946: one feature a line, outer rings counterclockwise, 7 digits.

    A corridor has a second feature with `part` = `axis`; a zone without a shape has `geometry` null and
    says why in `unlocated_zh` and `unlocated_en`. Receipts of the areas, where given, are named in the
    property `receipt` and stand in the member `receipts`.
    """
    attributes = flatten(frame)
    if receipts:
        attributes = flat_table(attributes.join(by_zone(receipts)))
    return _collection(frame, attributes, receipts)


def write_geojson(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    """Write extents and axes as features; receipts stand in a member of the collection."""
    text = _collection(frame, attributes, receipts)
    write_atomically(path, text.encode())
    return len(frame) + len(axes_of(frame))


def _collection(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, receipts: Receipts = ()) -> str:
    lines = (json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in _features(frame, attributes))
    # A member of our own beside the features: RFC 7946, 6.1 lets other readers pass over it.
    held = f', "receipts": {document_bytes(receipts).decode().rstrip()}' if receipts else ""
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]" + held + "}\n"


def _features(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame) -> Iterator[dict[str, Any]]:
    axes = axes_of(frame)
    lines = with_index(axis_attributes(frame, attributes)).to_dict("records")
    axis_of = dict(zip(axes.index, zip(lines, axes, strict=True), strict=True))
    is_zones = "axis" in frame.columns
    rows = with_index(attributes).to_dict("records")
    for zone_id, row, shape in zip(frame.index, rows, tidy(frame.geometry), strict=True):
        yield _feature(row | ({"part": Part.EXTENT.value} if is_zones else {}), shape)
        if zone_id in axis_of:
            row, line = axis_of[zone_id]
            yield _feature(row | {"part": Part.AXIS.value}, line)


def _feature(properties: dict[str, Any], shape: shapely.Geometry | None) -> dict[str, Any]:
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": properties, "geometry": geometry}
