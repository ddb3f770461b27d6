"""One HTML file with map, data, script and font inside: opens anywhere, asks nothing of any network."""

import base64
import json
import re
from html import escape
from typing import Any, cast

import folium
import geopandas
import numpy as np
import shapely
from branca.element import Element, Figure, MacroElement
from folium.utilities import JsCode
from jinja2 import Template

from layers import style
from layers.assets import leaflet_css, leaflet_images, leaflet_js, own_text
from layers.credits import credit_parts
from layers.passport import embed
from layers.sheets.map_check import Finding
from layers.sheets.map_use import INTERNAL, MapUse, checked, cleared
from layers.sheets.outlines import bounds, edges_once
from layers.sheets.sheet_plan import SheetPlan
from layers.sheets.sheet_shown import day
from layers.web.webfont import font_face
from layers.web.webmap_page import cards, head, legend, places, tool_words, word
from layers.web.webmap_plan import plain_texts, web_plan
from zones.atlas import Atlas
from zones.errors import InputError
from zones.measure import measure
from zones.proof.receipts import area_receipts, document
from zones.schema import Grade

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


def web_map(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    lang: str = "zh",
    title: str | None = None,
    use: MapUse = INTERNAL,
) -> folium.Map:
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
    use : MapUse
        Told in the foot of the page. A map for the public is checked by `web_map_file` alone.

    Raises
    ------
    InputError
        When none of the zones has a shape, or the web assets are not installed.
    """
    return _drawn(atlas, frame, lang, title, use)[0]


def _drawn(
    atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str, title: str | None, use: MapUse
) -> tuple[folium.Map, SheetPlan]:
    """Return the map and what it can show."""
    located = frame[frame.geometry.notna() | frame["axis"].notna()]
    if located.empty:
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    page = folium.Map(tiles=None, zoom_snap=0.25, prefer_canvas=False)
    # Set on the instance: folium's lists of addresses on the web give way to the files themselves.
    page.default_js, page.default_css = [], []
    _add_base(page, atlas)
    groups = _add_zones(page, located, lang)
    page.fit_bounds(_corners(located), padding=(24, 24))
    folium.LayerControl(collapsed=True).add_to(page)
    credits = credit_parts(atlas, {*located["layer"].dropna(), *(name for name, _ in BASE_STYLES)}, lang)
    said = {
        "cards": cards(atlas, located, lang),
        "credits": escape(" | ".join(credits)),
        "use": escape(use.mark(lang)),
        "places": places(atlas, lang),
        "words": tool_words(lang) | {"ink": style.INK, "paper": style.PAPER},
    }
    page.add_child(_Ending(groups))
    name = title or word("title", lang)
    body = head(atlas, name, day(located), lang) + legend(located, len(frame) - len(located), lang, use.lines(lang)[1:])
    root = cast(Figure, page.get_root())
    _dress(root, name, body, said)
    _number(root)
    base = [layer for layer, _ in BASE_STYLES if layer in atlas.base]
    texts = plain_texts(body, said)
    return page, web_plan(atlas, located, base, name, lang, use, sources=credits, texts=texts)


def web_map_bytes(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str = "zh", title: str | None = None) -> bytes:
    """Return `web_map` for internal use as the bytes of one HTML file."""
    return web_map_file(atlas, frame, lang, title)[0]


def web_map_file(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    lang: str = "zh",
    title: str | None = None,
    use: MapUse = INTERNAL,
) -> tuple[bytes, dict[str, Any]]:
    """Return `web_map` as one HTML file, and what it carries: receipts of the areas it tells, and its use.

    Raises
    ------
    InputError
        As `web_map`.
    NotClearedError
        When the map is for the public, has faults that stop it, and nobody signed it off.
    """
    drawn, plan = _drawn(atlas, frame, lang, title, use)
    record = document(area_receipts(atlas, frame, ("ellipsoid",))) | {"map_use": cleared([plan], use)}
    text: str = drawn.get_root().render()
    page = text.replace("<html>", f'<html lang="{"en" if lang == "en" else "zh-CN"}">', 1).encode()
    return embed(page, ".html", record), record


def web_map_findings(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str, use: MapUse) -> tuple[Finding, ...]:
    """Return what the rules for maps find in the saved page, before anybody signs it off; see `web_map_file`."""
    return checked([_drawn(atlas, frame, lang, None, use)[1]])


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
    own = (own_text(name) for name in ("webmap_search.js", "webmap_measure.js", "webmap.js"))
    scripts = (leaflet_js().read_text(encoding="utf-8"), *own, f"atlasMap.hold({data});")
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
        "accent": style.ACCENT,
        "panel": style.PANEL,
        "outside": style.LAND_OUTSIDE,
        "district-name": style.DISTRICT_NAME,
    }
    return ":root { " + " ".join(f"--{name}: {colour};" for name, colour in named.items()) + " }"


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
