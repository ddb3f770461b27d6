"""Lines with names that an area can end at: roads, shores and borders of the base map, and lines a person gives."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import geopandas
import pandas as pd
import shapely

from zones.atlas import Atlas
from zones.errors import InputError
from zones.schema import STORAGE_CRS, Grade

NAMED_LINES = "base_named_lines"
ROADS = ("base_roads", NAMED_LINES)
BORDERS = {
    "base_districts": ("{}界", "{}", "{}边界"),
    "base_subdistricts": ("{}界", "{}", "{}边界"),
}
"""Layers of areas whose edges are lines too, and how these are called, the usual name first."""
SHORES = ("{}", "{}岸线", "{}海岸线", "{}海岸")
CITY_BORDER = ("市界", "深圳市", "深圳边界", "市域边界")
COLUMNS = (
    "name_zh", "name_en", "aliases", "source", "grade", "error_m", "basis", "basis_en", "planned", "geometry",
)  # fmt: skip
UNKNOWN_ERROR = float("nan")
"""Error of lines a person gives without `error_m`: none is made up."""
NAME_FIELDS = ("name_zh", "name", "名称", "道路名称", "路名", "NAME", "Name", "MC", "DLMC", "text", "layer", "Layer")


def atlas_lines(atlas: Atlas) -> geopandas.GeoDataFrame:
    """Return the lines of the base map that carry a name.

    Parameters
    ----------
    atlas : Atlas
        Read with its base map.

    Returns
    -------
    geopandas.GeoDataFrame
        EPSG:4490, numbered from 0, the columns of `COLUMNS`: LineString or MultiLineString, `error_m` in metres,
        `source` the layer's name, `aliases` a tuple.
    """
    rows: list[dict[str, object]] = []
    for layer in (name for name in ROADS if name in atlas.base):
        rows += [_road(layer, row) for row in atlas.base[layer].to_dict("records") if _text(row.get("name_zh"))]
    errors = {each.layer: float(each.error_m) for each in atlas.layers if each.role == "base" and each.error_m}
    # Where a shore, the city's border and a district's are one line, the first of them names it.
    if "base_land" in atlas.base:
        edge = shapely.union_all(atlas.base["base_land"].geometry.array).boundary
        rows += [*_shores(atlas, edge, errors["base_land"]), _city_border(edge, errors["base_land"])]
    for layer, forms in BORDERS.items():
        for row in atlas.base[layer].to_dict("records") if layer in atlas.base else ():
            rows.append(_edge(layer, row, forms, row["geometry"].boundary, errors[layer]))
    return _frame(rows)


def own_lines(frame: geopandas.GeoDataFrame, source: str, error_m: float = UNKNOWN_ERROR) -> geopandas.GeoDataFrame:
    """Return the lines of a file a person gave, each under its name; see `atlas_lines` for the columns.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490, as `own_file.read_own` returns it. Edges of areas count as lines; points are passed over.
    source : str
        What the file is called.
    error_m : float
        Error in metres of lines that have no `error_m` of their own; NaN where it is not known.

    Raises
    ------
    InputError
        If no field holds names, or no feature is a line or an area.
    """
    field = next((name for name in NAME_FIELDS if name in frame.columns and frame[name].map(_text).any()), None)
    if field is None:
        known = ", ".join(NAME_FIELDS[:4])
        raise InputError(f"{source}: no field holds names of lines; name the field one of {known}")
    rows = [
        _own(row, field, source)
        for row in frame.to_dict("records")
        if _text(row[field]) and not _linework(row["geometry"]).is_empty
    ]
    if not rows:
        raise InputError(f"{source}: holds no named line or area; give lines with a name each")
    found = _frame(rows)
    found["error_m"] = found["error_m"].fillna(error_m)
    return found


def together(own: geopandas.GeoDataFrame | None, shipped: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Return a person's lines and the base map's in one frame; a line of one's own stands for one of equal name."""
    if own is None:
        return shipped
    left = shipped[~shipped["name_zh"].isin(set(own["name_zh"]))]
    return geopandas.GeoDataFrame(pd.concat([own, left], ignore_index=True), crs=STORAGE_CRS)


def _road(layer: str, row: Mapping[str, object]) -> dict[str, object]:
    name = _text(row.get("name_zh"))
    return {
        "name_zh": name,
        "name_en": _text(row.get("name_en")),
        "aliases": tuple(dict.fromkeys([*_aliases(row.get("aliases")), *parts_of(name)])),
        "source": layer,
        "grade": _text(row.get("grade")) or Grade.TRACED.value,
        "error_m": _error(row.get("error_m")),
        "basis": _text(row.get("basis")),
        "basis_en": _text(row.get("basis_en")),
        "planned": _text(row.get("status")) == "planned",
        "geometry": row["geometry"],
    }


def _shores(atlas: Atlas, land: shapely.Geometry, error_m: float) -> list[dict[str, object]]:
    """Return the edges of waters along the land; where a water ends at sea is drawn as it came."""
    rows = atlas.base["base_water"].to_dict("records") if "base_water" in atlas.base else []
    shores = [(row, row["geometry"].boundary.intersection(land)) for row in rows]
    return [_edge("base_water", row, SHORES, shore, error_m) for row, shore in shores if shore.length > 0]


def _edge(
    layer: str, row: Mapping[str, object], forms: Iterable[str], shape: shapely.Geometry, error_m: float
) -> dict[str, object]:
    usual, *others = (form.format(_text(row.get("name_zh"))) for form in forms)
    english = _text(row.get("name_en"))
    if layer != "base_water" and english:
        english = f"border of {english}"
    return {
        "name_zh": usual, "name_en": english, "aliases": tuple(others), "source": layer,
        "grade": Grade.TRACED.value, "error_m": error_m, "basis": "", "basis_en": "", "planned": False,
        "geometry": shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape,
    }  # fmt: skip


def _city_border(shape: shapely.Geometry, error_m: float) -> dict[str, object]:
    return {
        "name_zh": "深圳市界", "name_en": "border of Shenzhen", "aliases": CITY_BORDER, "source": "base_land",
        "grade": Grade.TRACED.value, "error_m": error_m, "basis": "", "basis_en": "", "planned": False,
        "geometry": shape,
    }  # fmt: skip


def _own(row: Mapping[str, Any], field: str, source: str) -> dict[str, object]:
    shape, name = row["geometry"], _text(row[field])
    return {
        "name_zh": name, "name_en": _text(row.get("name_en")), "source": source,
        "aliases": tuple(dict.fromkeys([*_aliases(row.get("aliases")), *parts_of(name)])),
        "grade": _text(row.get("grade")) or Grade.TRACED.value, "error_m": _error(row.get("error_m")),
        "basis": _text(row.get("basis")), "basis_en": _text(row.get("basis_en")),
        "planned": _text(row.get("status")) == "planned",
        "geometry": _linework(shape),
    }  # fmt: skip


def _linework(shape: shapely.Geometry | None) -> shapely.Geometry:
    """Return the lines of a shape and the edges of its areas; empty where it has neither."""
    flat = [part for part in shapely.get_parts(shape) if not part.is_empty] if shape is not None else []
    flat = [piece for part in flat for piece in shapely.get_parts(part)]
    lines = [each.boundary if shapely.get_dimensions(each) == 2 else each for each in flat]
    return shapely.union_all([each for each in lines if shapely.get_dimensions(each) == 1])


def parts_of(name: str) -> tuple[str, ...]:
    """Return the names within a name: 京港澳高速（广深高速） is both, so is 滨海大道—滨河大道."""
    pieces = [piece.strip() for piece in re.split("[（）()—–/|]", name) if piece.strip()]
    return tuple(pieces) if len(pieces) > 1 else ()


def _aliases(value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(_text(each) for each in value if _text(each))
    return tuple(part.strip() for part in re.split("[|;、]", _text(value)) if part.strip())


def _error(value: object) -> float:
    return float(value) if isinstance(value, int | float) and value > 0 else UNKNOWN_ERROR


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _frame(rows: list[dict[str, object]]) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(rows, columns=list(COLUMNS), geometry="geometry", crs=STORAGE_CRS)
