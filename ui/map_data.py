"""What the browser map draws: zones and base map as GeoJSON, and the styles of `layers.style` as plain data."""

import re
from collections.abc import Iterator
from typing import Any

import geopandas
import numpy as np
import shapely
from shapely.geometry import mapping

from layers import style
from layers.sheets.outlines import bounds
from ui.static_files import write_json
from ui.tree import group_keys
from ui.words.i18n import t
from zones import Atlas
from zones.measure import lonlat_area
from zones.official.official import credited
from zones.schema import Grade, Kind

ZONE_DECIMALS = 1e-6
BASE_DECIMALS = 1e-5
HATCHES = {Grade.OFFICIAL: None, Grade.TRACED: "lines", Grade.INFERRED: "dots"}
LONG, SHORTEST = 8, 4
"""Characters from which a name is too long for a label, and below which an alias says too little."""
BASE_FIELDS = ("rank", "class", "kind")
"""Fields of a base feature that may say how important a road is."""


def write(atlas: Atlas) -> dict[str, str]:
    """Write zones and base map to the static folder; return their addresses as `zones_url`, `base_url`."""
    zones = {"type": "FeatureCollection", "features": list(zone_features(atlas.zones))}
    base = {"type": "FeatureCollection", "features": list(base_features(atlas))}
    return {"zones_url": write_json("zones", zones), "base_url": write_json("base", base)}


def zone_features(frame: geopandas.GeoDataFrame) -> Iterator[dict[str, Any]]:
    """Yield the extent and the axis of each located zone, with what the map needs to draw and name it."""
    areas = lonlat_area(np.asarray(frame.geometry.array, dtype=object))
    for row, extent, axis, area in zip(frame.itertuples(), frame.geometry, frame["axis"], areas, strict=True):
        grade = row.grade if isinstance(row.grade, str) else Grade.INFERRED.value
        place = label_point(extent, axis)
        if place is None:
            continue
        properties = {
            "id": row.Index,
            "zh": row.name_zh,
            "en": row.name_en,
            "short_zh": short_name(row.name_zh, row.aliases),
            "kind": row.kind,
            "groups": group_keys(row.scheme_ids, row.plan_id),
            "grade": grade,
            "axis_grade": row.axis_grade if isinstance(row.axis_grade, str) else None,
            "order": style.DRAW_ORDER.index(row.kind),
            "area": round(float(np.nan_to_num(area))),
            "at": place,
        }
        for shape in (extent, axis):
            if shape is not None:
                yield _feature(shape, properties, ZONE_DECIMALS)


def short_name(name: str, aliases: tuple[str, ...]) -> str:
    """Return the shortest telling alias that is part of a long Chinese name, for the label; else the name."""
    inner = [alias for alias in aliases if alias in name and len(alias) >= SHORTEST]
    return min(inner, key=len, default=name) if len(name) > LONG else name


def label_point(extent: shapely.Geometry | None, axis: shapely.Geometry | None) -> list[float] | None:
    """Return where the name stands: on the axis where there is one, else deepest inside the extent."""
    if axis is not None:
        point = shapely.line_interpolate_point(_longest(axis), 0.5, normalized=True)
    elif extent is None:
        return None
    elif extent.geom_type == "Point":
        point = extent
    else:
        point = shapely.Point(shapely.maximum_inscribed_circle(_longest(extent)).coords[0])
    return [round(point.x, 6), round(point.y, 6)]


def base_features(atlas: Atlas) -> Iterator[dict[str, Any]]:
    """Yield the features of the base map, with their layer's name, names and a point for the label."""
    for layer, frame in atlas.base.items():
        for row in frame.to_dict("records"):
            shape = row["geometry"]
            if shape is None or shape.is_empty:
                continue
            properties: dict[str, Any] = {"base": layer.removeprefix("base_")}
            for field, short in (("name_zh", "zh"), ("name_en", "en")):
                if isinstance(row.get(field), str):
                    properties[short] = row[field]
            properties["rank"] = next((row[name] for name in BASE_FIELDS if isinstance(row.get(name), str)), None)
            if row.get("schematic") is True:
                # Open sea: filled, but never outlined; its outer edge is where our drawing ends.
                properties["base"] = "sea"
            if "zh" in properties and shape.geom_type in ("Point", "Polygon", "MultiPolygon"):
                properties["at"] = label_point(shape, None)
            yield _feature(shape, properties, BASE_DECIMALS)


def styles(lang: str) -> dict[str, Any]:
    """Return the looks of kinds, grades and base map in one language, for the browser."""
    kinds = {kind.value: _kind(kind.value, lang) for kind in Kind}
    grades = {
        grade.value: {
            "label": style.label(style.GRADE_LABELS, grade, lang),
            "note": style.label(style.GRADE_NOTES, grade, lang),
            "dash": style.GRADE_DASH[grade],
            "hatch": HATCHES[grade],
        }
        for grade in Grade
    }
    base = {
        "sea": style.SEA,
        "outside": style.LAND_OUTSIDE,
        "land": style.LAND,
        "coast": style.COAST,
        "water": style.WATER,
        "district": style.DISTRICT_LINE,
        "subdistrict": style.SUBDISTRICT_LINE,
        "road": style.ROAD,
        "roadMajor": style.ROAD_MAJOR,
        "station": style.STATION,
        "paper": style.PAPER,
        "ink": style.INK,
    }
    return {"kinds": kinds, "grades": grades, "base": base}


def home(atlas: Atlas) -> list[list[float]]:
    """Return the box of all outlines as [[south, west], [north, east]], where the map starts."""
    west, south, east, north = (round(edge, 5) for edge in bounds(atlas.zones))
    return [[south, west], [north, east]]


def credits(atlas: Atlas, lang: str) -> list[str]:
    """Return the credits of all layers, each once, and who supplied official boundaries."""
    texts = [layer.credit_en if lang == "en" and layer.credit_en else layer.credit_zh for layer in atlas.layers]
    parts = (part.strip() for text in texts for part in re.split("[;；]", text))
    supplied = [t("official_credit", lang, of=each) for each in credited(atlas.zones, lang)]
    return [*dict.fromkeys(part for part in parts if part), *supplied]


def _kind(kind: str, lang: str) -> dict[str, Any]:
    look = style.for_zone(kind, Grade.OFFICIAL)
    return {
        "label": style.label(style.KIND_LABELS, kind, lang),
        "colour": look.colour,
        "ink": look.ink,
        "fill": look.fill_opacity,
        "line": look.line_px,
        "axis": look.axis_px,
        "soft": kind in style.SOFT_KINDS,
        "point": kind == Kind.NODE,
    }


def _longest(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the largest part of a shape."""
    parts = shapely.get_parts(shape)
    size = shapely.area(parts) if shape.geom_type.endswith("Polygon") else shapely.length(parts)
    return parts[int(np.argmax(size))]


def _feature(shape: shapely.Geometry, properties: dict[str, Any], step: float) -> dict[str, Any]:
    # "pointwise" keeps every vertex: the map shows the shape, it does not mend it.
    rounded = shapely.set_precision(shape, step, mode="pointwise")
    return {"type": "Feature", "properties": properties, "geometry": mapping(rounded)}
