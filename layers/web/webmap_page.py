"""Texts of the saved web map: what a card tells, head, legend, search and measuring, in Chinese and English."""

from collections.abc import Sequence
from html import escape
from typing import Any

import geopandas
import pandas as pd

from layers import style
from zones.atlas import Atlas
from zones.measure import measure
from zones.records import locators, plan_zone
from zones.schema import Grade
from zones.search import keys_of, plain
from zones.units import format_area

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
    "search": ("查询名称、别名或拼音", "Search name, alias or pinyin"),
    "nothing": ("没有找到", "Nothing found"),
    "distance": ("测距", "Distance"),
    "measure_area": ("测面", "Area"),
    "hint": ("点地图加点，双击结束", "Click to add points, double-click to end"),
    "rule": (
        "CGCS2000 椭球；距离按大地线，面积的边按经纬度直线",
        "CGCS2000 ellipsoid; geodesic lengths, area edges straight in longitude and latitude",
    ),
    "perimeter": ("周长", "Perimeter"),
    "undo": ("退一点", "Undo"),
    "finish": ("完成", "Finish"),
    "ratio": ("屏幕约 1:{n}", "About 1:{n} on screen"),
    "clear": ("重来", "Again"),
    "close": ("关闭", "Close"),
    "ha": ("公顷", "ha"),
    "mu": ("亩", "mu"),
    "line": ("第{first}行", "line {first}"),
    "lines": ("第{first}-{last}行", "lines {first}-{last}"),
    "unlocated": ("另有 {n} 个区不能定位，未绘。", "{n} more zones cannot be located and are not drawn."),
    "indicative": (
        "示意图：描绘、推定的边界不是法定界线，不作权属与审批依据。",
        "Indicative: traced and inferred outlines are not legal lines and decide no rights or permits.",
    ),
}


TOOL_WORDS = {
    "area": "measure_area",
    **{key: key for key in ("nothing", "distance", "hint", "rule", "perimeter", "undo", "finish", "clear", "close")},
    **{key: key for key in ("ha", "mu", "ratio")},
}
"""Texts of search and measuring, by the name the scripts know them by."""


def word(key: str, lang: str) -> str:
    """Return a fixed text of the page in Chinese or English."""
    return style.label(WORDS, key, lang)


def tool_words(lang: str) -> dict[str, str]:
    """Return the texts of search and measuring, by the name the scripts know them by."""
    return {name: word(key, lang) for name, key in TOOL_WORDS.items()}


def cards(atlas: Atlas, zones: geopandas.GeoDataFrame, lang: str) -> dict[str, dict[str, Any]]:
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
        "kind": style.label(style.KIND_LABELS, zone.kind, lang),
        "keys": _search_keys(zone),
        "name": names[0],
        "other": names[1],
        "ink": style.KIND_INKS[zone.kind],
        "size": 0 if pd.isna(area["ellipsoid_m2"]) else round(area["ellipsoid_m2"]),
        "rows": [(word(key, lang), value) for key, value in rows],
    }


def _search_keys(zone: Any) -> list[str]:  # noqa: ANN401 (a row)
    """Return the forms in which a zone can be searched for."""
    forms = [form for name in (zone.name_zh, *zone.aliases) for form in keys_of(name)]
    return list(dict.fromkeys(form for form in (*forms, plain(zone.name_en), plain(zone.Index)) if form))


def _source(short: str, place: dict[str, Any], lang: str) -> str:
    first, last = place["line_start"], place["line_end"]
    lines = word("line" if first == last else "lines", lang).format(first=first, last=last)
    return " · ".join(part for part in (short, place["section"], lines) if part)


def head(atlas: Atlas, title: str, day: str, lang: str) -> str:
    """Return title, data version and day, search box and north arrow as HTML."""
    version = f"{word('version', lang)} {escape(atlas.version)} · {escape(day)}"
    north = (
        '<div id="atlas-north" class="atlas-north" hidden><svg width="18" height="26" viewBox="0 0 18 26" '
        f'aria-hidden="true"><path d="M9 0 1 26l8-5z" fill="{style.INK}"/><path d="M9 0l8 26-8-5z" '
        f'fill="{style.PAPER}" stroke="{style.INK}"/></svg><br>{word("north", lang)}</div>'
    )
    search = (
        f'<div id="atlas-search" class="atlas-search"><input type="search" role="combobox" aria-expanded="false" '
        f'aria-controls="atlas-found" autocomplete="off" aria-label="{word("search", lang)}" '
        f'placeholder="{word("search", lang)}"><ul id="atlas-found" role="listbox" hidden></ul></div>'
    )
    return f'<header class="atlas-title"><h1>{escape(title)}</h1><p>{version}</p>{search}</header>{north}'


def legend(zones: geopandas.GeoDataFrame, unlocated: int, lang: str, remarks: Sequence[str] = ()) -> str:
    """Return the legend as HTML: only kinds and grades that are drawn; remarks follow the notes."""
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
    notes = [word("indicative", lang)] if (zones["grade"] != Grade.OFFICIAL).any() else []
    if unlocated:
        notes.append(word("unlocated", lang).format(n=unlocated))
    notes += map(escape, remarks)
    head = f"<summary>{word('legend', lang)}</summary>"
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


def places(atlas: Atlas, lang: str) -> list[dict[str, Any]]:
    """Return the names of the districts and where they stand."""
    districts, column = atlas.base.get("base_districts"), "name_en" if lang == "en" else "name_zh"
    if districts is None or column not in districts:
        return []
    spots, names = districts.geometry.representative_point(), districts[column]
    return [{"name": name, "at": [round(spot.y, 5), round(spot.x, 5)]} for name, spot in zip(names, spots, strict=True)]
