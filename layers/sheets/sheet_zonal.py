"""A statistic of a raster as a map picture: zones in up to five colours over the base map, with the legend beside."""

import io
from collections.abc import Mapping

import geopandas
import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import imread
from matplotlib.patches import PathPatch, Rectangle
from pyproj import Transformer

from layers import style
from layers.rasters.zonal_words import Under, ZonalMap
from layers.sheets import sheet_marks as marks
from layers.sheets.map_use import INTERNAL
from layers.sheets.sheet import sheet_bytes
from layers.sheets.sheet_face import around, map_axes, new_figure, paper_axes
from layers.sheets.sheet_frame import PLANE_CRS, Box, Layout, View, bar_length, true_north, view
from layers.sheets.sheet_map import base_in_view, draw_base, draw_names, on_plane, polygon_path
from layers.sheets.sheet_text import check_signs, texts_of, width_mm
from zones.atlas import Atlas
from zones.errors import InputError

WIDE_MM, HIGH_MM = 250.0, 150.0
EDGE, LEGEND, HEAD, FOOT = 6.0, 58.0, 12.0, 10.0
LINE_MM = 6.4
WEB = "EPSG:3857"
DOTS = 1600
"""Dots of the raster along each side of the map: about 9 to the mm."""
UNDER_OPACITY = 0.9
"""As on the page."""


def zonal_picture(atlas: Atlas, told: ZonalMap, form: str, lang: str = "zh") -> bytes:
    """Return the map as a file.

    Parameters
    ----------
    atlas : Atlas
        Gives the base map and the zones' shapes.
    told : ZonalMap
    form : {"png", "svg"}
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        When no zone has a colour, or the font lacks a sign of a text.
    """
    frame = atlas.zones.loc[[own for own in atlas.zones.index if own in told.colours]]
    if frame.empty:
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    paper, seen = _layout(frame)
    figure = new_figure(paper)
    zones, base = on_plane(frame, seen), base_in_view(atlas.base, seen)
    face = map_axes(figure, paper, seen)
    draw_base(face, base, paper)
    if told.under:
        _draw_under(face, told.under, seen)
    _draw_zones(face, zones, told.colours)
    axes = paper_axes(figure, paper)
    draw_names(axes, zones, base, seen, paper, lang)
    _furnish(axes, seen, paper, lang)
    _legend(axes, paper, told)
    check_signs(texts_of(figure))
    figure.set_label(told.title)
    return sheet_bytes(figure, form)


def _layout(frame: geopandas.GeoDataFrame) -> tuple[Layout, View]:
    none = Box(0, 0, 0, 0)
    face = Box(EDGE, FOOT, WIDE_MM - 2 * EDGE - LEGEND, HIGH_MM - HEAD - FOOT)
    paper = Layout(WIDE_MM, HIGH_MM, 1.15, none, Box(0, 0, WIDE_MM, HIGH_MM), face, none, none, 1)
    return paper, view(around(frame), face)


def _draw_under(face: Axes, under: Under, seen: View) -> None:
    """Draw the raster over the land and under the roads: at each dot of the map, the nearest dot of its picture."""
    picture = imread(io.BytesIO(under.png))
    tall, wide = picture.shape[:2]
    left, low, right, high = _corners(under.bounds)
    across = (np.arange(DOTS) + 0.5) / DOTS
    east, north = np.meshgrid(
        seen.west + across * (seen.east - seen.west), seen.north - across * (seen.north - seen.south)
    )
    x, y = Transformer.from_crs(PLANE_CRS, WEB, always_xy=True).transform(east, north)
    column = np.floor((x - left) / (right - left) * wide).astype(int)
    row = np.floor((high - y) / (high - low) * tall).astype(int)
    inside = (column >= 0) & (column < wide) & (row >= 0) & (row < tall)
    shown = np.where(inside[..., None], picture[row.clip(0, tall - 1), column.clip(0, wide - 1)], 0.0)
    extent = (seen.west, seen.east, seen.south, seen.north)
    face.imshow(shown, extent=extent, aspect="auto", interpolation="nearest", alpha=UNDER_OPACITY, zorder=1)


def _corners(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return edges in degrees as edges on the plane of the web map, which keeps meridians and parallels straight."""
    west, south, east, north = bounds
    x, y = Transformer.from_crs("EPSG:4490", WEB, always_xy=True).transform([west, east], [south, north])
    return float(x[0]), float(y[0]), float(x[1]), float(y[1])


def _draw_zones(face: Axes, zones: geopandas.GeoDataFrame, colours: Mapping[str, str]) -> None:
    """Draw the zones, small ones last, so that none hides another wholly."""
    for own in zones.geometry.area.sort_values(ascending=False, kind="stable").index:
        shape = zones.geometry[own]
        if shape.geom_type.endswith("Polygon"):
            patch = PathPatch(
                polygon_path(shape), facecolor=colours[own], edgecolor=style.INK, linewidth=0.7, alpha=0.88
            )
            face.add_patch(patch)


def _furnish(axes: Axes, seen: View, paper: Layout, lang: str) -> None:
    box = paper.map
    length = bar_length(seen, 40)
    wide = length / seen.scale * 1000
    for part in range(4):
        shade = style.INK if part % 2 == 0 else style.PAPER
        place = (box.x + part * wide / 4, box.y - 4)
        axes.add_patch(Rectangle(place, wide / 4, 1.2, facecolor=shade, edgecolor=style.INK, linewidth=0.5))
    unit, per = ("km", 1000) if length >= 1000 else ("m", 1)
    for part in (0, 2, 4):
        text = f"{length * part / 4 / per:g}" + (f" {unit}" if part == 4 else "")
        marks.write(axes, paper, box.x + part * wide / 4, box.y - 6.4, text, 6.5, ha="left" if part == 0 else "center")
    mark = INTERNAL.short_mark(lang)
    marks.write(axes, paper, box.right, box.y - 4.6, mark, 7, ha="right", colour=style.INK_SOFT)
    marks.draw_north(axes, box.right - 5, box.top - 14.5, true_north(seen), paper, lang)
    axes.add_patch(Rectangle((box.x, box.y), box.wide, box.high, fill=False, edgecolor=style.INK_SOFT, linewidth=0.6))


def _legend(axes: Axes, paper: Layout, told: ZonalMap) -> None:
    left, top = paper.map.right + 5, paper.map.top
    marks.write(axes, paper, EDGE, HIGH_MM - 5.5, told.title, 11, weight="bold")
    room = WIDE_MM - EDGE - 4 - width_mm(told.title, 11, "bold") - EDGE
    size = 7.5 * min(1.0, room / max(width_mm(told.subtitle, 7.5), 1e-9))
    marks.write(axes, paper, WIDE_MM - EDGE, HIGH_MM - 5.5, told.subtitle, size, ha="right", colour=style.INK_SOFT)
    for place, (colour, words) in enumerate(told.entries):
        y = top - 4 - place * LINE_MM
        axes.add_patch(Rectangle((left, y - 1.8), 7, 3.6, facecolor=colour, edgecolor=style.INK, linewidth=0.5))
        marks.write(axes, paper, left + 9, y, words, 7.5)
    y = top - 4 - len(told.entries) * LINE_MM - 3
    for place, line in enumerate(told.notes):
        marks.write(axes, paper, left, y - place * 4.4, line, 6.2, colour=style.INK_SOFT)
