"""One HTML file with map, data, script and font inside: opens anywhere, asks nothing of any network."""

import base64
import json
import re
from html import escape
from pathlib import Path
from typing import Any, cast

import folium
import geopandas
import numpy as np
import pandas as pd
import shapely
from branca.element import Element, Figure, MacroElement
from folium.utilities import JsCode
from jinja2 import Template

from layers import style
from layers.assets import leaflet_css, leaflet_images, leaflet_js, own_text
from layers.credits import credit_parts
from layers.outlines import bounds, edges_once
from layers.webfont import font_face
from layers.write import write_atomically
from zones.atlas import Atlas
from zones.errors import InputError
from zones.measure import measure
from zones.records import locators, plan_zone
from zones.schema import Grade
from zones.units import format_area

FAMILY = "Atlas Sans"
DIGITS = 6
EDGE_GRID_DEG = 1e-7
Drawn = tuple[dict[str, Any], dict[str, Any]]
"""A GeoJSON feature and its Leaflet style."""

BASE_STYLES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("base_water", {"stroke": False, "fillColor": style.SEA, "fillOpacity": 1}),
    ("base_land", {"color": style.COAST, "weight": 1, "fillColor": style.LAND, "fillOpacity": 1}),
    ("base_subdistricts", {"color": style.SUBDISTRICT_LINE, "weight": 0.8, "dashArray": "5 3", "fill": False}),
    ("base_roads", {"color": style.ROAD_MAJOR, "weight": 1.4, "fill": False}),
    ("base_districts", {"color": style.DISTRICT_LINE, "weight": 1.4, "dashArray": "8 3 2 3", "fill": False}),
)

WORDS: dict[str, tuple[str, str]] = {
    "title": ("创新区一张图", "Innovation-zone map"),
    "kind": ("类型", "Kind"),
    "grade": ("边界等级", "Grade"),
    "area": ("面积", "Area"),
    "declared": ("规划所述面积", "Stated area"),
    "error": ("边界误差", "Edge error"),
    "for": ("定位", "Positioning"),
    "sources": ("出处", "Sources"),
    "basis": ("形状依据", "Why this shape"),
    "legend": ("图例", "Legend"),
    "north": ("北", "N"),
    "version": ("数据版本", "Data version"),
    "line": ("第{first}行", "line {first}"),
    "lines": ("第{first}-{last}行", "lines {first}-{last}"),
    "unlocated": ("另有 {n} 个区不能定位，未绘。", "{n} more zones cannot be located and are not drawn."),
    "indicative": (
        "示意图：描绘、推定的边界不是法定界线，不作权属与审批依据。",
        "Indicative: traced and inferred outlines are not legal lines and decide no rights or permits.",
    ),
}


class _Verbatim(Element):
    """Ready text of the page; it is never read as a template, whatever a name of a zone holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: object) -> str:
        """Return the text as it is."""
        del kwargs
        return self.text


class _Ending(MacroElement):
    """The last script of the page, when map and groups stand."""

    def __init__(self, groups: list[folium.FeatureGroup]) -> None:
        super().__init__()
        self.groups = groups
        self._template = Template(
            "{% macro script(this, kwargs) %}"
            "atlasMap.finish({{ this._parent.get_name() }}, "
            "[{% for group in this.groups %}{{ group.get_name() }}, {% endfor %}]);"
            "{% endmacro %}"
        )


def web_map(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str = "zh", title: str | None = None) -> folium.Map:
    """Return zones over the base map as a folium map that needs no network, also in a notebook.

    Parameters
    ----------
    atlas : Atlas
        Gives base map, statements of the plans, credits and data version.
    frame : geopandas.GeoDataFrame
        Zones to show, as `Atlas.zones` holds them, EPSG:4490; those without a shape are passed over.
    lang : {"zh", "en"}
    title : str, optional
        Head of the page.

    Raises
    ------
    InputError
        When none of the zones has a shape, or the web assets are not installed.
    """
    located = frame[frame.geometry.notna() | frame["axis"].notna()]
    if located.empty:
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    page = folium.Map(tiles=None, zoom_snap=0.25, prefer_canvas=False)
    # Set on the instance: folium's lists of addresses on the web give way to the files themselves.
    page.default_js, page.default_css = [], []
    _add_base(page, atlas)
    cards = _cards(atlas, located, lang)
    groups = _add_zones(page, located, lang)
    page.fit_bounds(_corners(located), padding=(24, 24))
    folium.LayerControl(collapsed=True).add_to(page)
    credits = credit_parts(atlas, {*located["layer"].dropna(), *(name for name, _ in BASE_STYLES)}, lang)
    said = {"cards": cards, "credits": escape(" | ".join(credits)), "places": _places(atlas, lang)}
    page.add_child(_Ending(groups))
    body = _head(atlas, title or _word("title", lang), lang) + _legend(located, len(frame) - len(located), lang)
    root = cast(Figure, page.get_root())
    _dress(root, title or _word("title", lang), body, said)
    _number(root)
    return page


def save_web_map(
    atlas: Atlas, frame: geopandas.GeoDataFrame, path: Path | str, lang: str = "zh", title: str | None = None
) -> Path:
    """Write `web_map` to one HTML file; equal input gives equal bytes.

    Raises
    ------
    InputError
        As `web_map`; or when the file cannot be written.
    """
    return write_atomically(path, web_map_bytes(atlas, frame, lang, title))


def web_map_bytes(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str = "zh", title: str | None = None) -> bytes:
    """Return `web_map` as the bytes of one HTML file."""
    text: str = web_map(atlas, frame, lang, title).get_root().render()
    return text.replace("<html>", f'<html lang="{"en" if lang == "en" else "zh-CN"}">', 1).encode()


def _word(key: str, lang: str) -> str:
    return style.label(WORDS, key, lang)


def _add_base(page: folium.Map, atlas: Atlas) -> None:
    for name, look in BASE_STYLES:
        if name in atlas.base:
            shapes = enumerate(atlas.base[name].geometry)
            _layer([(_feature(f"{name}-{at}", shape, {}), look) for at, shape in shapes], interactive=False).add_to(
                page
            )


def _add_zones(page: folium.Map, zones: geopandas.GeoDataFrame, lang: str) -> list[folium.FeatureGroup]:
    """Add one group for each kind, lowest first and in it the largest first; return the groups in that order."""
    groups = []
    sizes = measure(zones)["ellipsoid_m2"].fillna(0)
    for kind in style.DRAW_ORDER:
        of_kind = zones.loc[sizes[zones["kind"] == kind].sort_values(ascending=False, kind="stable").index]
        if len(of_kind):
            group = folium.FeatureGroup(name=style.label(style.KIND_LABELS, kind, lang))
            parts = ((_areas(of_kind), True), (_edges(of_kind), False), (_marks(of_kind), True))
            for drawn, interactive in parts:
                if drawn:
                    _layer(drawn, interactive=interactive).add_to(group)
            group.add_to(page)
            groups.append(group)
    return groups


def _polygons(zones: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    return zones[zones.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]


def _areas(zones: geopandas.GeoDataFrame) -> list[Drawn]:
    """Return the extents as fills; a zone with an axis carries its name there."""
    drawn = []
    for zone in _polygons(zones).itertuples():
        look = style.for_zone(zone.kind, zone.grade)
        fill = {"stroke": False, "fillColor": look.colour, "fillOpacity": look.fill_opacity}
        drawn.append((_feature(zone.Index, zone.geometry, _refer(zone.Index, zone.axis is None)), fill))
    return drawn


def _edges(zones: geopandas.GeoDataFrame) -> list[Drawn]:
    """Return the outlines, each edge once."""
    drawn = []
    areas = _polygons(zones)
    for zone, line in zip(areas.itertuples(), edges_once(areas, EDGE_GRID_DEG), strict=True):
        look = style.for_zone(zone.kind, zone.grade)
        dashed = {"color": look.colour, "weight": look.line_px, "fill": False, "dashArray": look.dash_array}
        if not line.is_empty:
            drawn.append((_feature(f"{zone.Index}-edge", line, {}), dashed))
    return drawn


def _marks(zones: geopandas.GeoDataFrame) -> list[Drawn]:
    """Return axes and places, which lie over the fills."""
    drawn = []
    for zone in zones.itertuples():
        look = style.for_zone(zone.kind, zone.grade)
        named = _refer(zone.Index, True)
        if zone.axis is not None:
            # The course of a line may be surer than its band: it is drawn by its own grade.
            own = style.for_zone(zone.kind, zone.axis_grade)
            dash = " ".join(f"{step * own.axis_px:g}" for step in own.dash) or None
            line = {"color": own.colour, "weight": own.axis_px, "fill": False, "dashArray": dash}
            drawn.append((_feature(f"{zone.Index}-axis", zone.axis, named), line))
        if zone.geometry is not None and zone.geometry.geom_type == "Point":
            drawn.append((_feature(zone.Index, zone.geometry, named), _dot(look, zone.grade)))
    return drawn


def _refer(zone_id: str, labelled: bool) -> dict[str, Any]:
    """Return what a feature says itself: no text, since folium reads what it writes as a template once more."""
    return {"zone_id": zone_id, "labelled": labelled}


def _dot(look: style.ZoneStyle, grade: str | None) -> dict[str, Any]:
    """Return the mark of a place without extent: open where it is inferred."""
    open_ = grade not in (Grade.OFFICIAL, Grade.TRACED)
    face = style.PAPER if open_ else look.colour
    return {"color": look.colour, "weight": 2, "fill": True, "fillColor": face, "fillOpacity": 1, "dashArray": None}


def _cards(atlas: Atlas, zones: geopandas.GeoDataFrame, lang: str) -> dict[str, dict[str, Any]]:
    """Return what a click on each zone shows."""
    areas = measure(zones)
    return {zone.Index: _card(atlas, zone, areas.loc[zone.Index], lang) for zone in zones.itertuples()}


def _card(atlas: Atlas, zone: Any, area: pd.Series, lang: str) -> dict[str, Any]:  # noqa: ANN401 (a row)
    english = lang == "en"
    plan, said = plan_zone(atlas, zone.Index)
    short = plan.plan.short.en if english else plan.plan.short.zh
    rows = [("kind", style.label(style.KIND_LABELS, zone.kind, lang))]
    if zone.grade in style.GRADE_LABELS:
        rows.append(("grade", style.label(style.GRADE_LABELS, zone.grade, lang)))
    if not pd.isna(area["ellipsoid_m2"]):
        rows.append(("area", f"{format_area(area['ellipsoid_m2'], area['error_m2'], 'km2')} km²"))
    if not pd.isna(zone.declared_area_m2):
        rows.append(("declared", f"{zone.declared_area_m2 / 1e6:g} km²"))
    rows.append(("error", f"{zone.error_m:,.0f} m"))
    if said.positioning:
        rows.append(("for", said.positioning.en if english else said.positioning.zh))
    rows.append(("sources", "\n".join(_source(short, place, lang) for place in locators(plan, said.sources))))
    rows.append(("basis", str(zone.basis_en if english else zone.basis)))
    names = (zone.name_en, zone.name_zh) if english else (zone.name_zh, zone.name_en)
    return {
        "name": names[0],
        "other": names[1],
        "ink": style.KIND_INKS[zone.kind],
        "size": 0 if pd.isna(area["ellipsoid_m2"]) else round(area["ellipsoid_m2"]),
        "rows": [(_word(key, lang), value) for key, value in rows],
    }


def _source(short: str, place: dict[str, Any], lang: str) -> str:
    first, last = place["line_start"], place["line_end"]
    lines = _word("line" if first == last else "lines", lang).format(first=first, last=last)
    return " · ".join(part for part in (short, place["section"], lines) if part)


def _feature(name: str, shape: shapely.Geometry, properties: dict[str, Any]) -> dict[str, Any]:
    rounded = shapely.transform(shape, lambda xy: np.round(xy, DIGITS))
    geometry = json.loads(shapely.to_geojson(rounded))
    return {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}


def _layer(drawn: list[Drawn], *, interactive: bool) -> folium.GeoJson:
    looks = {feature["id"]: look for feature, look in drawn}
    return folium.GeoJson(
        {"type": "FeatureCollection", "features": [feature for feature, _ in drawn]},
        style_function=lambda feature: looks[feature["id"]],
        on_each_feature=JsCode("atlasMap.dress") if interactive else None,
        marker=folium.CircleMarker(radius=6) if interactive else None,
        control=False,
        smooth_factor=0.5,
        interactive=interactive,
    )


def _corners(zones: geopandas.GeoDataFrame) -> list[list[float]]:
    west, south, east, north = bounds(zones)
    return [[south, west], [north, east]]


def _dress(root: Figure, title: str, body: str, said: dict[str, Any]) -> None:
    """Put style, font, data and scripts into the head of the page, and title and legend into its body."""
    data = json.dumps(said, ensure_ascii=False).replace("<", "\\u003c")
    signs = body + data + "".join(zh + en for zh, en in style.KIND_LABELS.values())
    root.title = escape(title)
    sheets = (_leaflet_style(), font_face(signs, FAMILY), _colours(), own_text("webmap.css"))
    root.header.add_child(_Verbatim("<style>" + "\n".join(sheets) + "</style>"))
    scripts = (leaflet_js().read_text(encoding="utf-8"), own_text("webmap.js"), f"atlasMap.hold({data});")
    for script in scripts:
        root.header.add_child(_Verbatim(f"<script>{script}</script>"))
    root.html.add_child(_Verbatim(body))


def _leaflet_style() -> str:
    """Return the style sheet of Leaflet with its pictures inside."""

    def inline(found: re.Match[str]) -> str:
        picture = (leaflet_images() / found[1]).read_bytes()
        return f"url(data:image/png;base64,{base64.b64encode(picture).decode()})"

    return re.sub(r"url\(images/([\w-]+\.png)\)", inline, leaflet_css().read_text(encoding="utf-8"))


def _colours() -> str:
    named = {
        "ink": style.INK,
        "ink-soft": style.INK_SOFT,
        "paper": style.PAPER,
        "rule": style.RULE,
        "outside": style.LAND_OUTSIDE,
        "district-name": style.DISTRICT_NAME,
    }
    return ":root { " + " ".join(f"--{name}: {colour};" for name, colour in named.items()) + " }"


def _head(atlas: Atlas, title: str, lang: str) -> str:
    version = f"{_word('version', lang)} {escape(atlas.version)}"
    north = (
        '<div id="atlas-north" class="atlas-north" hidden><svg width="18" height="26" viewBox="0 0 18 26" '
        f'aria-hidden="true"><path d="M9 0 1 26l8-5z" fill="{style.INK}"/><path d="M9 0l8 26-8-5z" '
        f'fill="{style.PAPER}" stroke="{style.INK}"/></svg><br>{_word("north", lang)}</div>'
    )
    return f'<header class="atlas-title"><h1>{escape(title)}</h1><p>{version}</p></header>{north}'


def _legend(zones: geopandas.GeoDataFrame, unlocated: int, lang: str) -> str:
    """Return the legend as HTML: only kinds and grades that are drawn."""
    rows = []
    for kind in reversed(style.DRAW_ORDER):
        if (zones["kind"] == kind).any():
            look = style.for_zone(kind, Grade.OFFICIAL)
            rows.append(_legend_row(look.colour, look.fill_opacity, "", style.label(style.KIND_LABELS, kind, lang)))
    drawn = {*zones["grade"], *zones.loc[zones["axis"].notna(), "axis_grade"]}
    for grade in style.GRADE_LABELS:
        if grade in drawn:
            dash = style.for_zone("core", grade).dash_array or ""
            rows.append(_legend_row(style.INK, 0, dash, style.label(style.GRADE_LABELS, grade, lang)))
    notes = [_word("indicative", lang)] if (zones["grade"] != Grade.OFFICIAL).any() else []
    if unlocated:
        notes.append(_word("unlocated", lang).format(n=unlocated))
    head = f"<summary>{_word('legend', lang)}</summary>"
    return (
        f'<details id="atlas-legend" class="atlas-legend" open hidden>{head}<ul>{"".join(rows)}</ul>'
        f"{''.join(f'<p>{note}</p>' for note in notes)}</details>"
    )


def _legend_row(colour: str, fill: float, dash: str, text: str) -> str:
    return (
        f'<li><svg width="26" height="14" aria-hidden="true"><rect x="1.5" y="1.5" width="23" height="11" '
        f'fill="{colour}" fill-opacity="{fill}" stroke="{colour}" stroke-width="2" stroke-linecap="round" '
        f'stroke-dasharray="{dash}"/></svg>{escape(text)}</li>'
    )


def _places(atlas: Atlas, lang: str) -> list[dict[str, Any]]:
    """Return the names of the districts and where they stand."""
    districts, column = atlas.base.get("base_districts"), "name_en" if lang == "en" else "name_zh"
    if districts is None or column not in districts:
        return []
    spots, names = districts.geometry.representative_point(), districts[column]
    return [{"name": name, "at": [round(spot.y, 5), round(spot.x, 5)]} for name, spot in zip(names, spots, strict=True)]


def _number(root: Figure) -> None:
    """Give the elements of the page names by number: folium's own are random, so no two pages would be equal."""
    waiting: list[Element] = [root]
    number = 0
    while waiting:
        element = waiting.pop(0)
        element._id = f"{number:04d}"
        number += 1
        waiting += list(element._children.values())
        if isinstance(element, Figure):
            waiting += [element.header, element.html, element.script]
