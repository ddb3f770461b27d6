"""Zones as a DXF drawing in Gauss-Krüger metres: a layer to each kind, closed polylines, names as text."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ezdxf
import geopandas
import numpy as np
import pandas as pd
import shapely
from ezdxf.document import Drawing
from ezdxf.enums import InsertUnits

from layers import style
from layers.exports.export_rows import axes_of, axis_attributes, tidy
from layers.exports.receipts_beside import write_beside
from layers.write import fill_atomically
from zones.errors import InputError
from zones.measure import gauss_kruger, to_plane
from zones.proof.receipts import Receipt
from zones.schema import Grade

APPLICATION = "ZONES"
"""Name under which entities carry their zone id as extended data."""

NAMES = "注记"
NOTES = "说明"
OTHER = "图形"
TEXT_HEIGHT_M = 120.0
STEP_DEG = 0.01
"""An edge straight in longitude and latitude bends on the plane: in steps of 1 km it stays within 1 cm."""

LINETYPES: dict[str, str] = {Grade.OFFICIAL: "CONTINUOUS", Grade.TRACED: "DASHED", Grade.INFERRED: "DOT"}
LINETYPE_SCALE = 200.0
"""The library's patterns are drawn for paper in millimetres; the drawing is in metres."""

Rows = list[dict[str, Any]]


def write_drawing(
    frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Sequence[Receipt]
) -> int:
    """Write outlines and axes in the belt of most of the zones; receipts go to a file beside it.

    Raises
    ------
    InputError
        If no zone has a shape: a drawing has no place for words alone.
    """
    shapes = tidy(frame.geometry)
    located = ~shapely.is_missing(np.asarray(shapes, dtype=object))
    if not located.any():
        raise InputError(f"{path}: no zone has a shape, and a drawing holds nothing else; choose .csv or .xlsx")
    crs = belt(shapes[located])
    lost = int((~located).sum())
    with _fixed_marks():
        drawing = _empty(crs, lost)
        drawn = _draw(drawing, attributes[located], _plane(shapes[located], crs), names=True)
        axes = axes_of(frame)
        drawn += _draw(drawing, axis_attributes(frame, attributes), _plane(axes, crs), names=False)
        fill_atomically(path, lambda temporary: drawing.saveas(temporary))
    write_beside(path, receipts)
    return drawn


def belt(shapes: geopandas.GeoSeries) -> str:
    """Return the 3-degree Gauss-Krüger CRS in which most of the shapes lie, such as `EPSG:4547`."""
    longitudes = shapely.get_x(shapely.centroid(np.asarray(shapes, dtype=object)))
    return Counter(gauss_kruger(longitude) for longitude in longitudes).most_common(1)[0][0]


def _plane(shapes: geopandas.GeoSeries, crs: str) -> list[shapely.Geometry]:
    dense = shapely.segmentize(np.asarray(shapes, dtype=object), STEP_DEG)
    return list(to_plane(dense, crs))


@contextmanager
def _fixed_marks() -> Iterator[None]:
    """Let drawings be stamped with fixed times and identities meanwhile: equal input, equal bytes."""
    before = ezdxf.options.write_fixed_meta_data_for_testing
    ezdxf.options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        ezdxf.options.write_fixed_meta_data_for_testing = before


def _empty(crs: str, lost: int) -> Drawing:
    drawing = ezdxf.new("R2010", setup=["linetypes"])
    drawing.units = InsertUnits.Meters
    drawing.header["$LTSCALE"] = LINETYPE_SCALE
    drawing.appids.add(APPLICATION)
    drawing.styles.add("ZONES", font="simhei.ttf")
    for kind, label in style.KIND_LABELS.items():
        layer = drawing.layers.add(label[0])
        layer.rgb = ezdxf.colors.RGB.from_hex(style.KIND_COLOURS[kind])
    for name in (NAMES, NOTES, OTHER):
        drawing.layers.add(name)
    number = crs.removeprefix("EPSG:")
    meridian = 75 + 3 * (int(number) - 4534)
    said = f"CGCS2000 / 3° Gauss-Krüger {meridian}°E (EPSG:{number})，单位：米；x 为东，y 为北。示意图，非官方边界。"
    drawing.header.custom_vars.append("CRS", crs)
    drawing.header.custom_vars.append("NOTE", said + (f"另有 {lost} 个区没有图形。" if lost else ""))
    return drawing


def _draw(drawing: Drawing, attributes: pd.DataFrame, shapes: list[shapely.Geometry], *, names: bool) -> int:
    """Add the shapes to the model space, one zone after the other; return how many zones were drawn."""
    space = drawing.modelspace()
    columns = [name for name in ("kind", "grade", "name_zh") if name in attributes.columns]
    rows: Rows = attributes[columns].to_dict("records")
    for zone_id, row, shape in zip(attributes.index, rows, shapes, strict=True):
        labels = style.KIND_LABELS.get(str(row.get("kind")))
        look = {"layer": labels[0] if labels else OTHER, "linetype": LINETYPES.get(str(row.get("grade")), "BYLAYER")}
        for points, closed in _lines(shape):
            line = space.add_lwpolyline(points, format="xy", close=closed, dxfattribs=look)
            line.set_xdata(APPLICATION, [(1000, str(zone_id))])
        for point in shapely.get_parts(shape):
            if point.geom_type == "Point":
                space.add_point((point.x, point.y), dxfattribs={"layer": look["layer"]})
        if names and row.get("name_zh"):
            _write_name(drawing, str(row["name_zh"]), shape)
    return len(rows)


def _lines(shape: shapely.Geometry) -> Iterator[tuple[np.ndarray, bool]]:
    """Yield the rings of polygons, closed and without their last point, and lines as they are."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring)[:-1], True
        elif part.geom_type == "LineString":
            yield shapely.get_coordinates(part), False


def _write_name(drawing: Drawing, name: str, shape: shapely.Geometry) -> None:
    place = shapely.point_on_surface(shape)
    height = min(TEXT_HEIGHT_M, math.sqrt(shape.area) / 8) if shape.area else TEXT_HEIGHT_M
    look = {"layer": NAMES, "style": "ZONES", "height": height}
    drawing.modelspace().add_text(name, dxfattribs=look).set_placement((place.x, place.y))
