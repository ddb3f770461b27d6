"""What the saved web map can show, as plain data for the check of public maps: nothing is drawn for it."""

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

import geopandas
import numpy as np

from layers import style
from layers.sheets.map_use import MapUse
from layers.sheets.outlines import bounds
from layers.sheets.sheet_plan import Order, ScaleBar, SheetPlan, ZoneDrawn
from layers.sheets.sheet_shown import day, grades, is_indicative, layers_drawn
from zones.atlas import Atlas
from zones.records import none_if_nan
from zones.schema import METRES_PER_DEGREE

SCREEN_M = 0.0254 / 96
"""A dot on a screen as browsers count them, 96 to the inch."""
SCREEN_DOTS = 1280
BAR_DOTS = 100


def web_plan(
    atlas: Atlas,
    zones: geopandas.GeoDataFrame,
    base_layers: Iterable[str],
    title: str,
    lang: str,
    use: MapUse,
    *,
    sources: Iterable[str],
    texts: Iterable[str],
) -> SheetPlan:
    """Return what a reader of the saved map may come to see.

    The map moves: its extent is all that can be reached, base map included. Scale and bar follow the zoom and so
    agree with it; told is that of zones and window as they open, 1280 dots wide. Names are set by the browser at
    each zoom, so no place of theirs is told.

    Parameters
    ----------
    zones : geopandas.GeoDataFrame
        Those drawn, EPSG:4490.
    base_layers, sources, texts : iterable of str
        Base layers drawn, who is owed credit, and every text of the page.
    """
    drawn = set(base_layers)
    scale = round(_metres_wide(zones) / (SCREEN_DOTS * SCREEN_M))
    asked = Order(title, lang, show=())
    return SheetPlan(
        title=title,
        lang=lang,
        size="screen",
        theme="colour",
        zones=tuple(_zone(zone, lang) for zone in zones.itertuples()),
        grades=grades(zones),
        base_layers=tuple(sorted(drawn)),
        extent=_reach(atlas, zones, drawn),
        scale=scale,
        bar=ScaleBar(scale * BAR_DOTS * SCREEN_M, BAR_DOTS * SCREEN_M * 1000),
        north=True,
        crs="EPSG:3857",
        review_number=use.review_number,
        organisation="",
        number="",
        date=day(zones),
        data_version=atlas.version,
        receipt_id="",
        indicative=is_indicative(zones),
        internal=not use.public,
        sources=tuple(sources),
        labels=(),
        texts=tuple(texts),
        wind_source="",
        use=use.use,
        sign_off=use.sign_off,
        layers=layers_drawn(atlas, set(zones["layer"].dropna()), drawn, asked),
        map_scale=float(scale),
    )


def plain_texts(markup: str, held: Any) -> list[str]:  # noqa: ANN401 (data of the page)
    """Return every text of a page: what stands between its tags, and in the data of its scripts."""
    between = [unescape(text).strip() for text in re.split(r"<[^>]*>", markup)]
    return [text for text in (*between, *_strings(held)) if text]


def _strings(held: Any) -> Iterable[str]:  # noqa: ANN401 (JSON data)
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for value in held.values():
            yield from _strings(value)
    elif isinstance(held, list | tuple):
        for value in held:
            yield from _strings(value)


def _zone(zone: Any, lang: str) -> ZoneDrawn:  # noqa: ANN401 (a row)
    axis_only = zone.geometry is None
    grade = none_if_nan(zone.axis_grade if axis_only else zone.grade)
    look = style.for_zone(zone.kind, grade)
    point = not axis_only and zone.geometry.geom_type == "Point"
    return ZoneDrawn(
        zone_id=zone.Index,
        name=zone.name_en if lang == "en" else zone.name_zh,
        kind=zone.kind,
        grade=grade,
        error_m=none_if_nan(zone.error_m),
        shape="axis" if axis_only else "point" if point else "area",
        dash=look.dash,
        hatch="",
        named=True,
    )


def _metres_wide(zones: geopandas.GeoDataFrame) -> float:
    west, south, east, north = bounds(zones)
    middle = np.cos(np.radians((south + north) / 2))
    # A lone place opens at the closest zoom, where a window is still some hundred metres wide.
    return float(max((east - west) * METRES_PER_DEGREE * middle, 500.0))


def _reach(atlas: Atlas, zones: geopandas.GeoDataFrame, base_layers: set[str]) -> tuple[float, float, float, float]:
    boxes = np.array([bounds(zones), *(atlas.base[name].total_bounds for name in sorted(base_layers))])
    west, south = np.nanmin(boxes[:, :2], axis=0)
    east, north = np.nanmax(boxes[:, 2:], axis=0)
    return float(west), float(south), float(east), float(north)
