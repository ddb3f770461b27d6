"""A map for slides and reports: the map face alone, as picture and as vectors, its legend set natively beside it."""

import math
from dataclasses import dataclass

import geopandas
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from layers import sheet_marks as marks
from layers import style
from layers.outlines import bounds
from layers.sheet import AIR, DPI, MM_PER_INCH, sheet_bytes
from layers.sheet_frame import CLOSEST, Box, Layout, View, bar_length, plane_window, true_north
from layers.sheet_map import base_in_view, draw_base, draw_names, draw_zones, on_plane
from layers.sheet_text import check_signs
from zones.atlas import Atlas
from zones.errors import InputError

EDGE = 0.3
"""Room in mm for the neat line, which would otherwise be cut in half."""

BAR = 46.0
"""Longest scale bar in mm, at type size 1."""


@dataclass(frozen=True)
class Picture:
    """A drawn map.

    Attributes
    ----------
    png, svg : bytes
        300 dots per inch; vectors with the letters as outlines, so that neither needs a font.
    wide_mm, high_mm : float
        Size at which the scale is 1 to `scale`.
    scale : int
        Denominator of the scale.
    zone_ids : tuple of str
        Zones of which a part is in the window.
    unnamed : int
        How many of them had no room for their name.
    """

    png: bytes
    svg: bytes
    wide_mm: float
    high_mm: float
    scale: int
    zone_ids: tuple[str, ...]
    unnamed: int


def picture(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    title: str,
    wide_mm: float,
    high_mm: float,
    *,
    lang: str = "zh",
    type_size: float = 1.3,
) -> Picture:
    """Draw zones over the base map with scale bar and north arrow, and nothing else around them.

    Parameters
    ----------
    atlas : Atlas
        Gives the base map.
    frame : geopandas.GeoDataFrame
        Zones to draw, as `Atlas.zones` holds them, EPSG:4490; those without a shape are passed over.
    title : str
        Kept in the file as its title; not written on the map.
    wide_mm, high_mm : float
        Size on the slide or page.
    lang : {"zh", "en"}
    type_size : float
        Multiplies all type; 1 is for paper in the hand.

    Raises
    ------
    InputError
        When none of the zones has a shape, or the font lacks a sign of a name.
    """
    drawable = frame[frame.geometry.notna() | frame["axis"].notna()]
    if drawable.empty:
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    paper = _paper(wide_mm, high_mm, type_size)
    seen = _view(_window(drawable), paper.map)
    figure = Figure(figsize=(_inches(wide_mm), _inches(high_mm)), dpi=DPI, facecolor=style.PAPER)
    FigureCanvasAgg(figure)
    zones, unnamed = _draw(figure, atlas, drawable, seen, paper, lang)
    check_signs(text.get_text() for text in figure.findobj(Text))
    figure.set_label(title)
    images = {form: sheet_bytes(figure, form) for form in ("png", "svg")}
    return Picture(images["png"], images["svg"], wide_mm, high_mm, seen.scale, tuple(zones.index), unnamed)


def shape_ratio(frame: geopandas.GeoDataFrame) -> float:
    """Return how many times wider than high the ground of some zones is, with the air the map gives it.

    Raises
    ------
    InputError
        When none of them has a shape.
    """
    if not (frame.geometry.notna() | frame["axis"].notna()).any():
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    west, south, east, north = _window(frame)
    return max(east - west, CLOSEST / 100) / max(north - south, CLOSEST / 100)


def _draw(
    figure: Figure, atlas: Atlas, drawable: geopandas.GeoDataFrame, seen: View, paper: Layout, lang: str
) -> tuple[geopandas.GeoDataFrame, int]:
    zones, base = on_plane(drawable, seen), base_in_view(atlas.base, seen)
    box = paper.map
    face = figure.add_axes((box.x / paper.wide, box.y / paper.high, box.wide / paper.wide, box.high / paper.high))
    face.set(xlim=(seen.west, seen.east), ylim=(seen.south, seen.north), xticks=[], yticks=[], label="map")
    face.set_autoscale_on(False)
    face.spines[:].set_visible(False)
    draw_base(face, base, paper)
    draw_zones(face, zones, paper)
    for patch in face.patches:
        # Office shows no pattern of an SVG; the line still tells the grade, on both the picture and the vectors.
        patch.set_hatch("")
    sheet = figure.add_axes((0, 0, 1, 1), label="paper")
    sheet.set(xlim=(0, paper.wide), ylim=(0, paper.high))
    sheet.set_autoscale_on(False)
    sheet.set_axis_off()
    unnamed = draw_names(sheet, zones, base, seen, paper, lang)
    _furnish(sheet, seen, paper, lang)
    return zones, unnamed


def _furnish(axes: Axes, seen: View, paper: Layout, lang: str) -> None:
    """Draw neat line, scale bar and north arrow. No ratio: it would be wrong once the picture is resized."""
    k, box = paper.type, paper.map
    length = bar_length(seen, BAR * k)
    wide = length / seen.scale * 1000
    plate = Box(box.x + 2.5 * k, box.y + 2.5 * k, wide + 10 * k, 6.4 * k)
    north = Box(box.right - 10.5 * k, box.top - 15.5 * k, 8 * k, 13 * k)
    for each in (plate, north):
        axes.add_patch(
            Rectangle((each.x, each.y), each.wide, each.high, facecolor=style.PAPER, alpha=0.85, linewidth=0)
        )
    _bar(axes, Box(plate.x + 2.5 * k, plate.y + 3.9 * k, wide, 1.1 * k), length, k)
    marks.draw_north(axes, north.x + north.wide / 2, north.y + 0.9 * k, true_north(seen), paper, lang)
    axes.add_patch(Rectangle((box.x, box.y), box.wide, box.high, fill=False, edgecolor=style.INK_SOFT, linewidth=0.6))


def _bar(axes: Axes, box: Box, length_m: float, k: float) -> None:
    for part in range(4):
        face = style.INK if part % 2 == 0 else style.PAPER
        axes.add_patch(
            Rectangle(
                (box.x + part * box.wide / 4, box.y), box.wide / 4, box.high,
                facecolor=face, edgecolor=style.INK, linewidth=0.5,
            )
        )  # fmt: skip
    unit, per = ("km", 1000) if length_m >= 1000 else ("m", 1)
    for part in (0, 2, 4):
        text = f"{length_m * part / 4 / per:g}" + (f" {unit}" if part == 4 else "")
        at = box.x + part * box.wide / 4
        marks.write(axes, at, box.y - 1.8 * k, text, 5.8 * k, ha="left" if part == 0 else "center")


def _paper(wide: float, high: float, kind: float) -> Layout:
    whole = Box(0, 0, wide, high)
    none = Box(0, 0, 0, 0)
    return Layout(wide, high, kind, none, whole, whole.inset(EDGE), none, none, 1)


def _window(frame: geopandas.GeoDataFrame) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = plane_window(bounds(frame))
    air = AIR * max(x1 - x0, y1 - y0)
    return x0 - air, y0 - air, x1 + air, y1 + air


def _view(window: tuple[float, float, float, float], box: Box) -> View:
    """Return the closest view of a window. Its scale need not be round: no ratio is printed."""
    west, south, east, north = window
    scale = math.ceil(max((east - west) / box.wide, (north - south) / box.high, CLOSEST / 1000) * 1000)
    wide, high = box.wide * scale / 1000, box.high * scale / 1000
    left, low = (west + east - wide) / 2, (south + north - high) / 2
    return View(left, low, left + wide, low + high, scale)


def _inches(mm: float) -> float:
    return float(np.round(mm / MM_PER_INCH * DPI) / DPI)
