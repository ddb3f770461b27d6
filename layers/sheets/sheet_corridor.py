"""One page on a corridor: its map, key figures with ±, width curve and chainage strip, with what they rest on."""

from dataclasses import dataclass, replace

import geopandas
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from layers.corridors import corridor_picture as pictures
from layers.corridors.curve import curve_svg
from layers.corridors.handover import Handover
from layers.corridors.strip import strip_svg
from layers.passport import embed
from layers.sheets import sheet_corridor_panel as facts
from layers.sheets import sheet_marks as marks
from layers.sheets import sheet_panel as panel
from layers.sheets.sheet import sheet_bytes
from layers.sheets.sheet_corridor_map import Shown, draw_corridor, zones_shown
from layers.sheets.sheet_edges import draw_foot, draw_title
from layers.sheets.sheet_face import around, land_of, map_axes, new_figure, paper_axes
from layers.sheets.sheet_frame import PAPER_MM, TYPE_SCALE, Box, Layout, View, view
from layers.sheets.sheet_map import base_drawn, base_in_view, draw_base, draw_graticule, draw_names
from layers.sheets.sheet_shown import day, is_indicative, page_id
from layers.sheets.sheet_svg import draw_svg, svg_size
from layers.sheets.sheet_text import check_signs, texts_of
from zones.errors import InputError
from zones.proof.receipts import document

SIZES = ("A3", "A4")
STRIP_PX = (1700.0, 1900.0, 2150.0, 2400.0)
"""Widths a strip is laid out in, tried in turn: the wider, the smaller its type and the lower it is on paper."""
MOST_STRIP = 0.35
"""Of the paper's height, for the strip."""
CURVE_MM_PER_PX = 0.16
MAP_SHARE, FIGURES_SHARE = 0.34, 0.33
NAMES = 0.85
"""Type of names on this small map, against that of a sheet of its own."""


def corridor_sheet(held: Handover, size: str = "A3") -> Figure:
    """Draw the page of a corridor; give the figure to `layers.sheets.sheet.sheet_bytes`.

    Parameters
    ----------
    held : Handover
    size : {"A3", "A4"}
        Lying. A4 is the A3 page made smaller, type and all.

    Raises
    ------
    InputError
        When the size is not known, or the font lacks a sign of a text.
    """
    if size not in SIZES:
        raise InputError(f"'{size}' is no size of a corridor's page; choose one of {', '.join(SIZES)}.")
    strip = _strip(held, size)
    places = _places(size, strip, held)
    paper = places.paper
    figure = new_figure(paper)
    figure.set_label(held.of((f"{held.name}：走廊覆盖", f"{held.name}: corridor coverage")))
    zones = zones_shown(held)
    seen, base = _map(figure, held, zones, paper)
    axes = paper_axes(figure, paper)
    draw_names(axes, zones.to_name(held, seen), base, seen, replace(paper, type=NAMES * paper.type), held.lang)
    marks.draw_frame(axes, seen, paper)
    panel.draw_panel(axes, facts.columns(held, base_drawn(base, seen), seen, paper), paper)
    _figures(axes, held, replace(paper, panel=places.figures))
    _boxed(axes, places.strip, paper)
    draw_svg(axes, strip, _inner(places.strip, svg_size(strip), 2 * paper.type), paper)
    _told(axes, facts.method_lines(held, paper, places.method.wide), places.method, paper)
    _edges(axes, held, zones.frame, paper)
    check_signs(texts_of(figure))
    return figure


def corridor_pdf(held: Handover, size: str = "A3") -> bytes:
    """Return the page of a corridor as PDF bytes: vectors, text that can be selected; equal input, equal bytes."""
    return embed(sheet_bytes(corridor_sheet(held, size), "pdf"), ".pdf", document(held.receipts))


def _strip(held: Handover, size: str) -> str:
    """Return the strip as large as its share of the page allows."""
    drawn = pictures.strip_of(held.atlas, held.cells, held.place, held.found, held.names, held.lang)
    wide, high = PAPER_MM[size]
    for width in STRIP_PX:
        svg = strip_svg(drawn, width)
        if svg_size(svg)[1] / width * (wide - 20 * TYPE_SCALE[size]) <= MOST_STRIP * high:
            break
    return svg


@dataclass(frozen=True)
class _Places:
    """The paper with map and panel, and the boxes of key figures, strip and method."""

    paper: Layout
    figures: Box
    strip: Box
    method: Box


def _places(size: str, strip: str, held: Handover) -> _Places:
    wide, high = PAPER_MM[size]
    kind = TYPE_SCALE[size]
    margin, head, foot, gap = 8 * kind, 11 * kind, 10 * kind, 2 * kind
    across, top = wide - 2 * margin, high - margin - head
    title, under = Box(margin, top, across, head), Box(margin, margin, across, foot)
    # Map and panel stand between the title and what lies below; until that is known, the title holds their place.
    blank = Layout(wide, high, kind, title, title, title, title, under, 2)
    told = facts.method_lines(held, blank, across)
    method = Box(margin, margin + foot, across, (facts.METHOD_LINE * len(told) + 1.5) * kind)
    pixels = svg_size(strip)
    laid = min(pixels[1] / pixels[0] * (across - 2 * gap), MOST_STRIP * high) + 2 * gap
    low = Box(margin, method.top, across, laid)
    y = low.top + gap
    outer = Box(margin, y, MAP_SHARE * across, top - y)
    middle = Box(outer.right + gap, y, FIGURES_SHARE * across, top - y)
    side = Box(middle.right + gap, y, margin + across - middle.right - gap, top - y)
    paper = replace(blank, outer=outer, map=outer.inset(4.5 * kind), panel=side)
    return _Places(paper, middle, low, method)


def _map(figure: Figure, held: Handover, zones: Shown, paper: Layout) -> tuple[View, dict[str, geopandas.GeoDataFrame]]:
    """Draw the map face; return what it shows."""
    ground = held.cells.grounds[held.place]
    whole = geopandas.GeoDataFrame({"axis": [None]}, geometry=[ground], crs=zones.frame.crs)
    seen = view(around(whole), paper.map, land_of(held.atlas))
    base = base_in_view(held.atlas.base, seen)
    face = map_axes(figure, paper, seen)
    draw_base(face, base, paper)
    draw_graticule(face, seen, paper)
    draw_corridor(face, held, ground, zones, seen, paper)
    return seen, base


def _figures(axes: Axes, held: Handover, paper: Layout) -> None:
    """Set the key figures, and the curve below them as high as there is room."""
    box, kind = paper.panel, paper.type
    column = facts.key_figures(held, paper)
    high = (panel.height(column) + 2 * panel.PAD) * kind
    if held.curve is None:
        panel.draw_panel(axes, [[*column, facts.no_curve(held, paper)]], paper)
        return
    panel.draw_panel(axes, [column], replace(paper, panel=Box(box.x, box.top - high, box.wide, high)))
    below = Box(box.x, box.y, box.wide, box.high - high - 2 * kind)
    _boxed(axes, below, paper)
    mm = CURVE_MM_PER_PX * kind
    inner = below.inset(2 * kind)
    face = Box(inner.x, inner.y, inner.wide, inner.high - 5 * kind)
    title = pictures.say("curve", held.lang)
    marks.write(axes, paper, inner.x, inner.top - 1.6 * kind, title, 8.2 * kind, weight="bold")
    drawn = pictures.curve_of(held.cells, held.lang, held.curve)
    svg = curve_svg(drawn, held.found.corridor.widest_m, (face.wide / mm, face.high / mm))
    draw_svg(axes, svg, face, paper)


def _told(axes: Axes, lines: list[str], box: Box, paper: Layout) -> None:
    """Write the method under the strip."""
    for at, line in enumerate(lines):
        y = box.top - (1.5 + facts.METHOD_LINE * (at + 0.5)) * paper.type
        marks.write(axes, paper, box.x, y, line, facts.METHOD_PT * paper.type)


def _boxed(axes: Axes, box: Box, paper: Layout) -> None:
    axes.add_patch(
        Rectangle(
            (box.x, box.y), box.wide, box.high, facecolor=paper.theme.paper, edgecolor=paper.theme.ink,
            linewidth=0.4 * paper.type,
        )
    )  # fmt: skip


def _inner(box: Box, pixels: tuple[float, float], pad: float) -> Box:
    """Return the box a drawing fills: as wide as there is room, narrower where it would be too high."""
    room = box.inset(pad)
    wide = min(room.wide, room.high * pixels[0] / pixels[1] * (1 + 1e-9))
    return Box(room.x + (room.wide - wide) / 2, room.y, wide, room.high)


def _edges(axes: Axes, held: Handover, zones: geopandas.GeoDataFrame, paper: Layout) -> None:
    """Write title and foot."""
    lang, made = held.lang, held.found.corridor
    own = held.atlas.zones
    plan = ""
    if made.corridor_id in own.index:
        short = held.atlas.plans[own.loc[made.corridor_id, "plan_id"]].plan.short
        plan = held.of((short.zh, short.en))
    drawn = own.loc[own.index.isin([*zones.index, made.corridor_id])]
    mark = marks.word("schematic", lang) if is_indicative(drawn) else ""
    draw_title(axes, str(axes.get_figure().get_label()), plan, paper, mark)  # type: ignore[union-attr]
    crs = f"{marks.word('crs', lang)} {held.of(('面积为椭球面积。', 'Areas are on the ellipsoid.'))}"
    credits = marks.word("sources", lang) + held.of(("；", "; ")).join(held.credits())
    version = marks.word("version", lang).format(version=held.atlas.version, date=day(drawn))
    receipt = page_id(held.receipts)
    said = f"{version}　{marks.word('receipt', lang).format(id=receipt)}" if receipt else version
    draw_foot(axes, [crs, credits], said, marks.word("internal", lang), paper)
