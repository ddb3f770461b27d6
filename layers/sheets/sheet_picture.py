"""A map for slides and reports: the map face alone, as picture and as vectors, its legend set natively beside it."""

import math
from dataclasses import dataclass, replace

import geopandas
import shapely
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle

from layers import style
from layers.credits import credit_parts
from layers.sheets import sheet_marks as marks
from layers.sheets.map_use import INTERNAL, MapUse
from layers.sheets.sheet import sheet_bytes
from layers.sheets.sheet_face import around as window_around
from layers.sheets.sheet_face import map_axes, new_figure, paper_axes
from layers.sheets.sheet_frame import CLOSEST, PLANE_CRS, Box, Layout, View, bar_length, true_north
from layers.sheets.sheet_map import (
    KEEP_CLEAR_OF,
    Names,
    base_drawn,
    base_in_view,
    boundaries_on_paper,
    draw_base,
    draw_names,
    draw_zones,
    on_plane,
    polygon_path,
)
from layers.sheets.sheet_measured import measured
from layers.sheets.sheet_plan import Order, ScaleBar, SheetPlan
from layers.sheets.sheet_shown import layers_drawn, shown
from layers.sheets.sheet_text import check_signs, texts_of, width_mm
from zones.atlas import Atlas
from zones.errors import InputError

EDGE = 0.3
"""Room in mm for the neat line, which would otherwise be cut in half."""

BAR = 46.0
"""Longest scale bar in mm, at type size 1."""

BAR_MOST = 0.5
"""Most of the map's width that it takes: the mark of use stands beside it."""

STRIP = 6.4
"""Height in mm, at type size 1, of the strip under the map that holds scale bar and north arrow."""

Base = dict[str, geopandas.GeoDataFrame]

ARROW = 0.42
"""Size of the north arrow against that of a whole sheet."""

MARK_PT = 6.2
ROOM_OF_ARROW, ROOM_OF_UNIT = 7.5, 9.0
"""In mm at type size 1: what the mark of use keeps clear of at its sides."""


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
    plan : SheetPlan
        What the map shows, for the check of public maps.
    """

    png: bytes
    svg: bytes
    wide_mm: float
    high_mm: float
    scale: int
    zone_ids: tuple[str, ...]
    unnamed: int
    plan: SheetPlan


def picture(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    title: str,
    wide_mm: float,
    high_mm: float,
    *,
    lang: str = "zh",
    type_size: float = 1.3,
    folds: geopandas.GeoDataFrame | None = None,
    bare: bool = False,
    around: geopandas.GeoDataFrame | None = None,
    use: MapUse = INTERNAL,
) -> Picture:
    """Draw zones over the base map with scale bar, north arrow and the mark of their use, and nothing else around them.

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
    folds : geopandas.GeoDataFrame, optional
        Faces as `zones.overlap.faces` cuts them: drawn in place of the zones, darker under more zones, without names.
    bare : bool
        Neither names nor scale: a map to look at, not to read from.
    around : geopandas.GeoDataFrame, optional
        Zones that the window is fitted to; all of `frame` by default.
    use : MapUse
        Names keep clear of district lines on a map for the public; its ratio and sources are to stand beside it.

    Raises
    ------
    InputError
        When none of the zones has a shape, or the font lacks a sign of a name.
    """
    drawable = frame[frame.geometry.notna() | frame["axis"].notna()]
    if drawable.empty:
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    paper = _paper(wide_mm, high_mm, type_size, bare)
    seen = _view(window_around(drawable if around is None else around), paper.map)
    figure = new_figure(paper)
    zones, base = on_plane(drawable, seen), base_in_view(atlas.base, seen)
    _draw_face(figure, base, zones, folds, seen, paper)
    edges = boundaries_on_paper(base, seen, paper) if use.public else {}
    drawn = _Face(zones if folds is None else zones.iloc[:0], base, seen, paper, lang, use)
    names = _draw_marks(figure, drawn, edges.get(KEEP_CLEAR_OF), bare=bare)
    check_signs(texts_of(figure))
    figure.set_label(title)
    plan = _plan(atlas, zones, drawn, names, edges, figure)
    plan = plan if bare else measured(_scaled(plan, drawn), figure)
    images = {form: sheet_bytes(figure, form) for form in ("png", "svg")}
    unnamed = len(names.unnamed)
    return Picture(images["png"], images["svg"], wide_mm, high_mm, seen.scale, tuple(zones.index), unnamed, plan)


@dataclass(frozen=True)
class _Face:
    """What is on the map face: the zones drawn as such, the base map, and how it is looked at."""

    zones: geopandas.GeoDataFrame
    base: Base
    seen: View
    paper: Layout
    lang: str
    use: MapUse


def _plan(
    atlas: Atlas,
    zones: geopandas.GeoDataFrame,
    face: _Face,
    names: Names,
    edges: dict[str, shapely.Geometry],
    figure: Figure,
) -> SheetPlan:
    """Return what the picture shows as plain data; `zones` are those it tells of, drawn as such or as folds."""
    layers, order = set(zones["layer"].dropna()), Order(str(figure.get_label()), face.lang, show=(), **vars(face.use))
    plan = shown(
        order, zones, names, base_drawn(face.base, face.seen), face.seen, face.paper,
        tuple(texts_of(figure)),
        sources=tuple(credit_parts(atlas, {*layers, *face.base}, order.lang)), receipt_id="",
        data_version=atlas.version, layers=layers_drawn(atlas, layers, set(face.base), order), edges=edges,
    )  # fmt: skip
    drawn = tuple(zone for zone in plan.zones if zone.zone_id in face.zones.index)
    return replace(plan, zones=drawn)


def _scaled(plan: SheetPlan, face: _Face) -> SheetPlan:
    """Return a plan with bar and arrow; the ratio stands beside the picture, and only of a map for the public."""
    bar = ScaleBar(_bar_metres(face.seen, face.paper), 0.0)
    # To three figures: the view follows the ground, so its own ratio is no round one.
    ratio = round(float(f"{face.seen.scale:.3g}"))
    return replace(plan, bar=bar, north=True, scale=ratio if face.use.public else None)


def shape_ratio(frame: geopandas.GeoDataFrame) -> float:
    """Return how many times wider than high the ground of some zones is, with the air the map gives it.

    Raises
    ------
    InputError
        When none of them has a shape.
    """
    if not (frame.geometry.notna() | frame["axis"].notna()).any():
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    west, south, east, north = window_around(frame)
    return max(east - west, CLOSEST / 100) / max(north - south, CLOSEST / 100)


def _draw_face(
    figure: Figure,
    base: Base,
    zones: geopandas.GeoDataFrame,
    folds: geopandas.GeoDataFrame | None,
    seen: View,
    paper: Layout,
) -> None:
    """Draw base map and zones, or the ground by how many zones cover it."""
    face = map_axes(figure, paper, seen)
    draw_base(face, base, paper)
    if folds is None:
        draw_zones(face, zones, paper)
    else:
        _draw_folds(face, folds)
    for patch in face.patches:
        # Office shows no pattern of an SVG; the line still tells the grade, on both the picture and the vectors.
        patch.set_hatch("")


def _draw_marks(figure: Figure, face: _Face, barred: shapely.Geometry | None, *, bare: bool) -> Names:
    """Draw names, neat line, scale, north and the mark of use, of a bare map the mark alone; return the names."""
    axes, paper, mark = paper_axes(figure, face.paper), face.paper, face.use.short_mark(face.lang)
    if bare:
        spot = (paper.wide - 2 * paper.type, 2 * paper.type)
        marks.write(axes, paper, *spot, mark, MARK_PT * paper.type, ha="right", colour=style.INK_SOFT)
        return Names({}, (), ())
    names = draw_names(axes, face.zones, face.base, face.seen, paper, face.lang, barred=barred)
    _furnish(axes, face.seen, paper, face.lang)
    _write_mark(axes, face.seen, paper, mark)
    return names


def _write_mark(axes: Axes, seen: View, paper: Layout, mark: str) -> None:
    """Write what the map is for between scale bar and arrow, smaller where it would touch the bar."""
    k, right = paper.type, paper.map.right - ROOM_OF_ARROW * paper.type
    room = right - paper.map.x - _bar_metres(seen, paper) / seen.scale * 1000 - ROOM_OF_UNIT * k
    size = MARK_PT * k
    size *= min(1.0, room / width_mm(mark, size))
    marks.write(axes, paper, right, paper.map.y - STRIP * k / 2, mark, size, ha="right", colour=style.INK_SOFT)


def _draw_folds(face: Axes, folds: geopandas.GeoDataFrame) -> None:
    most = int(folds["k"].max())
    for k, shape in zip(folds["k"], folds.geometry.to_crs(PLANE_CRS), strict=True):
        face.add_patch(PathPatch(polygon_path(shape), facecolor=fold_colour(int(k), most), linewidth=0, alpha=0.9))


def fold_colour(k: int, most: int) -> str:
    """Return the colour of ground under k zones, of at most `most`: the accent, paler for fewer."""
    strength = 0.22 + 0.78 * (k - 1) / max(most - 1, 1)
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(style.ACCENT))
    return to_hex((red, green, blue))


def _furnish(axes: Axes, seen: View, paper: Layout, lang: str) -> None:
    """Draw neat line, scale bar and north arrow. No ratio: it would be wrong once the picture is resized."""
    k, box = paper.type, paper.map
    length = _bar_metres(seen, paper)
    _bar(axes, Box(box.x + 0.6 * k, box.y - 2.6 * k, length / seen.scale * 1000, 1.1 * k), length, paper)
    small = replace(paper, type=k * ARROW)
    marks.draw_north(axes, box.right - 3 * k, box.y - STRIP * k + 0.4 * k, true_north(seen), small, lang)
    axes.add_patch(Rectangle((box.x, box.y), box.wide, box.high, fill=False, edgecolor=style.INK_SOFT, linewidth=0.6))


def _bar_metres(seen: View, paper: Layout) -> float:
    return bar_length(seen, min(BAR * paper.type, BAR_MOST * paper.map.wide))


def _bar(axes: Axes, box: Box, length_m: float, paper: Layout) -> None:
    for part in range(4):
        face = style.INK if part % 2 == 0 else style.PAPER
        axes.add_patch(
            Rectangle(
                (box.x + part * box.wide / 4, box.y), box.wide / 4, box.high,
                facecolor=face, edgecolor=style.INK, linewidth=0.5, gid=marks.BAR_ID,
            )
        )  # fmt: skip
    unit, per = ("km", 1000) if length_m >= 1000 else ("m", 1)
    for part in (0, 2, 4):
        text = f"{length_m * part / 4 / per:g}" + (f" {unit}" if part == 4 else "")
        at = box.x + part * box.wide / 4
        marks.write(
            axes, paper, at, box.y - 1.8 * paper.type, text, 5.8 * paper.type, ha="left" if part == 0 else "center"
        )


def _paper(wide: float, high: float, kind: float, bare: bool) -> Layout:
    whole, none = Box(0, 0, wide, high), Box(0, 0, 0, 0)
    strip = STRIP * kind
    face = whole if bare else Box(EDGE, strip, wide - 2 * EDGE, high - strip - EDGE)
    return Layout(wide, high, kind, none, whole, face, none, none, 1)


def _view(window: tuple[float, float, float, float], box: Box) -> View:
    """Return the closest view of a window. Its scale need not be round: no ratio is printed."""
    west, south, east, north = window
    scale = math.ceil(max((east - west) / box.wide, (north - south) / box.high, CLOSEST / 1000) * 1000)
    wide, high = box.wide * scale / 1000, box.high * scale / 1000
    left, low = (west + east - wide) / 2, (south + north - high) / 2
    return View(left, low, left + wide, low + high, scale)
