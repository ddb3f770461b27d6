"""A finished printed map of zones: A4, A3, A0 or a slide, as PDF, PNG or SVG, equal bytes for equal input."""

import io
from dataclasses import dataclass, replace

import geopandas
import matplotlib
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from layers.credits import credit_parts
from layers.sheets import sheet_legend as legend
from layers.sheets import sheet_marks as marks
from layers.sheets import sheet_panel as panel
from layers.sheets.sheet_added import NOTHING, Added
from layers.sheets.sheet_edges import draw_block, draw_foot, draw_title
from layers.sheets.sheet_face import DPI, around, around_shapes, land_of, map_axes, new_figure, paper_axes
from layers.sheets.sheet_frame import PLANE_CRS, TALL, Layout, View, layout, plane_window, view
from layers.sheets.sheet_keys import draw_keys, draw_signs
from layers.sheets.sheet_map import (
    KEEP_CLEAR_OF,
    Names,
    base_drawn,
    base_in_view,
    boundaries_on_paper,
    draw_base,
    draw_graticule,
    draw_names,
    draw_outlines,
    draw_zones,
    in_draw_order,
    on_plane,
    sees_outside,
)
from layers.sheets.sheet_measured import measured
from layers.sheets.sheet_overlay import AREA_KINDS, Shown, draw_overlays, overlay_section
from layers.sheets.sheet_plan import Order, OverlayDrawn, SheetPlan
from layers.sheets.sheet_shown import day, grades, is_indicative, layers_drawn, notes, page_id, shown
from layers.sheets.sheet_template import Template, template
from layers.sheets.sheet_text import check_signs, texts_of
from layers.sheets.sheet_theme import theme
from layers.sheets.sheet_use import signed_line, use_mark
from layers.sheets.sheet_wind import wind_section
from zones.atlas import Atlas
from zones.errors import InputError
from zones.proof.drawn_receipts import drawn_receipt
from zones.proof.receipts import Receipt, area_receipts
from zones.schema import Kind

FORMATS = ("pdf", "png", "svg")

# Set once: rc_context changes the same global state, and is not safe between threads.
# 42 embeds TrueType, so text can be selected; the PDF writer of Matplotlib 3.11 groups signs by the type of PostScript,
# and with 3 there it would cut each font once per 256 signs. With one language for all text, a figure has one sign.
# A fixed salt makes the ids in an SVG repeat.
matplotlib.rcParams.update(
    {
        "pdf.fonttype": 42,
        "ps.fonttype": 42,
        "text.language": "zh-Hans",
        "svg.hashsalt": "innovation-zone-atlas",
        "svg.fonttype": "path",
    }
)


@dataclass(frozen=True)
class Sheet:
    """A sheet: the figure (give it to `sheet_bytes`), what it shows, and the receipts of its areas and counts."""

    figure: Figure
    plan: SheetPlan
    receipts: tuple[Receipt, ...]


def sheet(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    title: str,
    extent: tuple[float, float, float, float] | None = None,
    lang: str = "zh",
    size: str = "A4",
) -> Figure:
    """Draw zones over the base map with a shipped template; see `draw_sheet`, which this is a short way to."""
    name = "slide" if size == "slide" else "a4"
    order = Order(title, lang=lang, template=template(name), size=size, extent=extent)
    return draw_sheet(atlas, frame, order).figure


def draw_sheet(atlas: Atlas, frame: geopandas.GeoDataFrame, order: Order, added: Added = NOTHING) -> Sheet:
    """Draw zones over the base map as a finished sheet, true to a round scale.

    Parameters
    ----------
    atlas : Atlas
        Gives base map, credits and data version.
    frame : geopandas.GeoDataFrame
        Zones to draw, as `Atlas.zones` holds them, EPSG:4490; those without a shape are passed over.
    order : Order
        Title, template and all else a person may ask for.
    added : Added
        Layers over the zones, and zones by side in place of by kind.

    Returns
    -------
    Sheet
        Its figure is not tied to a window.

    Raises
    ------
    InputError
        When there is nothing to draw, the size, scale or extent cannot be used, or the font lacks a sign of a text.
    """
    drawable = frame[frame.geometry.notna() | frame["axis"].notna()]
    window = plane_window(order.extent) if order.extent else _window(drawable, added)
    paper = _paper(window, order, drawable, added)
    # A window that was asked for stays where it was put.
    seen = view(window, paper.map, None if order.extent else land_of(atlas), order.scale)
    figure = new_figure(paper)
    zones, base = on_plane(drawable, seen), base_in_view(atlas.base, seen)
    if zones.empty and not added.overlays:
        raise InputError("No zone lies in the map window; move the map, or switch on a plan that is there.")
    face = map_axes(figure, paper, seen)
    draw_base(face, base, paper)
    if order.template.graticule == "lines":
        draw_graticule(face, seen, paper)
    overlaid = _draw_ground(face, zones, added, seen, paper)
    sheet_axes = paper_axes(figure, paper)
    edges = boundaries_on_paper(base, seen, paper)
    # A name on a district line is a fault of a public map; elsewhere more names matter more.
    barred = edges.get(KEEP_CLEAR_OF) if order.use == "public" else None
    names = draw_names(sheet_axes, zones, base, seen, paper, order.lang, barred=barred, inks=added.inks())
    if order.signs:
        names = draw_signs(sheet_axes, zones, names, seen, paper, order.lang, barred=barred)
    else:
        names = draw_keys(sheet_axes, zones, base, names, seen, paper, order.lang, barred=barred)
    areas = area_receipts(atlas, atlas.zones.loc[zones.index], ("ellipsoid",))
    receipts = (*areas, *added.receipts, *_counted(added, overlaid, seen))
    outside = 0 if order.extent else len(drawable) - len(zones)
    told = notes(zones, names, outside, len(frame) - len(drawable), order.lang)
    marked, receipt_id = base_drawn(base, seen), page_id(receipts)
    drawn = Drawn(atlas, zones, marked, base, names, edges, seen, paper, order, receipt_id, added, overlaid)
    _furnish(sheet_axes, drawn, told)
    texts = tuple(texts_of(figure))
    check_signs(texts)
    return Sheet(figure, measured(_plan(drawn, texts), figure), receipts)


def _window(zones: geopandas.GeoDataFrame, added: Added) -> tuple[float, float, float, float]:
    """Return the plane window around the zones, and around the layers over them where these are to fit."""
    held = [each.shapes.geometry for each in added.overlays if added.fit]
    corners = [around_shapes(shapes) for shapes in held if not shapes.dropna().empty]
    corners += [around(zones)] if len(zones) or not corners else []
    west, south, east, north = zip(*corners, strict=True)
    return min(west), min(south), max(east), max(north)


def _draw_ground(
    face: Axes, zones: geopandas.GeoDataFrame, added: Added, seen: View, paper: Layout
) -> tuple[Shown, ...]:
    """Draw zones by kind or by side, and the layers over them; return what became of the layers."""
    parts = [
        (zones[zones.index.isin(side.zones)], replace(paper, theme=paper.theme.in_colour(side.colour, side.ink)))
        for side in added.sides
    ]
    parts.append((zones[~zones.index.isin(added.inks())], paper))
    for held, inks in parts:
        draw_zones(face, held, inks)
    overlaid = draw_overlays(face, added, seen, paper)
    # The line of a zone must show over what lies in it: that of a side in its ink.
    for held, inks in parts if added.overlays else ():
        areas = in_draw_order(held[held.geometry.geom_type.isin(AREA_KINDS)])
        draw_outlines(face, areas, inks if inks is paper else _inked(inks))
    return overlaid


def _counted(added: Added, overlaid: tuple[Shown, ...], seen: View) -> tuple[Receipt, ...]:
    """Return the receipt of what the sheet counts of each layer that comes from a file."""
    return tuple(
        drawn_receipt(each.counts, became.features, seen.bounds, PLANE_CRS)
        for each, became in zip(added.overlays, overlaid, strict=True)
        if each.counts is not None
    )


def _inked(paper: Layout) -> Layout:
    ink = paper.theme.look(Kind.CORE, None).ink
    return replace(paper, theme=paper.theme.in_colour(ink, ink))


@dataclass(frozen=True)
class Drawn:
    """What is on the map face, for all that stands around it."""

    atlas: Atlas
    zones: geopandas.GeoDataFrame
    marked: dict[str, geopandas.GeoDataFrame]
    base: dict[str, geopandas.GeoDataFrame]
    names: Names
    edges: dict[str, shapely.Geometry]
    seen: View
    paper: Layout
    order: Order
    receipt_id: str
    added: Added
    overlaid: tuple[Shown, ...]

    def credits(self) -> list[str]:
        """Return who is owed credit for the sheet."""
        held = credit_parts(self.atlas, {*self.zones["layer"].dropna(), *self.base}, self.order.lang)
        return [*held, *(each.credit for each in self.added.overlays if each.credit)]

    def day(self) -> str:
        """Return the day of the newest outline, or of the layers over the zones where there is no zone."""
        days = [each.layer.source_date for each in self.added.overlays if each.layer and each.layer.source_date]
        return max(days) if self.zones.empty and days else day(self.zones)


def sheet_bytes(figure: Figure, form: str, dpi: int = DPI) -> bytes:
    """Return a sheet as the bytes of a file; the clock leaves no trace in them.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        From `draw_sheet`.
    form : {"pdf", "png", "svg"}
        PDF and SVG are vectors.
    dpi : int
        Dots per inch of a PNG: 300 to print, less to look at.

    Raises
    ------
    InputError
        When the form is not one of the three.
    """
    if form not in FORMATS:
        raise InputError(f"'{form}' is no format of a sheet; choose one of {', '.join(FORMATS)}.")
    title = str(figure.get_label())
    metadata: dict[str, dict[str, str | None]] = {
        "pdf": {"CreationDate": None, "Producer": None, "Creator": "Innovation-zone atlas", "Title": title},
        "png": {"Software": None, "Title": title},
        "svg": {"Date": None, "Creator": "Innovation-zone atlas", "Title": title},
    }
    stream = io.BytesIO()
    figure.savefig(stream, format=form, dpi=dpi, metadata=metadata[form], facecolor=figure.get_facecolor())
    return stream.getvalue()


def _paper(
    window: tuple[float, float, float, float], order: Order, zones: geopandas.GeoDataFrame, added: Added
) -> Layout:
    west, south, east, north = window
    made: Template = order.template
    tall = (north - south) > TALL * (east - west)
    upright = tall if made.orientation == "auto" else made.orientation == "portrait"
    return layout(
        order.size or made.size,
        upright,
        panel.panel_height(
            (len(added.sides) or len(legend.kind_groups(zones))) + added.rows,
            len(grades(zones)) if order.shows("grades") else 0,
        ),
        side_mm=made.panel_mm,
        type_scale=made.type_scale,
        theme=theme(order.theme or made.theme),
        block_rows=_block_rows(order),
    )


def _block_rows(order: Order) -> int:
    """Return the rows of the title block in one column: a slide leaves out what is empty, paper keeps it to fill in."""
    if not order.shows("title_block"):
        return 0
    slide = (order.size or order.template.size) == "slide"
    return 6 - (not order.organisation) * slide - (not order.number) * slide


def _furnish(axes: Axes, drawn: Drawn, told: list[str]) -> None:
    """Set all that stands around the map face."""
    order, paper, seen, lang = drawn.order, drawn.paper, drawn.seen, drawn.order.lang
    axes.get_figure().set_label(order.title)  # type: ignore[union-attr]
    held = drawn.atlas.plans
    plans = [held[each].plan.short for each in dict.fromkeys(drawn.zones["plan_id"]) if each in held]
    beside = " · ".join(each.en if lang == "en" else each.zh for each in plans)
    mark = marks.word("schematic", lang) if is_indicative(drawn.zones) else ""
    draw_title(axes, order.title, beside, paper, mark)
    marks.draw_frame(axes, seen, paper, figures=order.template.graticule != "none")
    panel.draw_panel(axes, panel.arrange(_sections(drawn, told), paper), paper)
    if paper.block:
        draw_block(axes, _cells(drawn), paper)
    draw_foot(axes, *_foot(drawn), paper)


def _sections(drawn: Drawn, told: list[str]) -> dict[str, panel.Section]:
    """Return what the panel holds, as far as it was asked for."""
    order, paper, seen, lang = drawn.order, drawn.paper, drawn.seen, drawn.order.lang
    made: dict[str, panel.Section] = {}
    if order.shows("legend"):
        made["kinds"] = _legend(drawn)
    if order.shows("grades"):
        made["grades"] = legend.grade_section(drawn.zones, lang)
    if order.shows("base"):
        made["base"] = legend.base_section(drawn.marked, lang, outside=sees_outside(drawn.base, seen))
    if order.shows("areas"):
        # Areas of the zones as they are, not as the plane draws them.
        made["areas"] = panel.area_section(drawn.atlas.zones.loc[drawn.zones.index], lang)
    scale = panel.orientation_section(seen, paper, lang) if order.shows("scale") else []
    made["orientation"] = [*scale, *panel.notes_section(told, paper)]
    if order.shows("wind_rose"):
        made["wind_rose"] = wind_section(order.wind_rose, seen, paper, lang)
    if order.shows("locator"):
        made["locator"] = panel.locator_section(drawn.atlas.base, seen, lang)
    return made


def _legend(drawn: Drawn) -> panel.Section:
    """Return the rows of kinds or sides, and under them those of the layers over the zones."""
    added, lang = drawn.added, drawn.order.lang
    rows = legend.side_section(added.sides, drawn.zones, lang) if added.sides else []
    if not added.sides and len(drawn.zones):
        rows = legend.kind_section(drawn.zones, lang)
    for overlay, became in zip(added.overlays, drawn.overlaid, strict=True):
        gap = [panel.air(panel.GAP)] if rows else []
        rows = [*rows, *gap, *overlay_section(overlay, became, lang, drawn.paper)]
    return rows


def _cells(drawn: Drawn) -> list[tuple[str, str]]:
    """Return label and value of each cell of the title block."""
    order, lang = drawn.order, drawn.order.lang
    date = "drawn_on" if order.date else "data_date"
    cells = (
        ("organisation", order.organisation),
        ("number", order.number),
        ("scale", marks.ratio(drawn.seen)),
        (date, order.date or drawn.day()),
        ("data_version", drawn.atlas.version),
        ("review", order.review_number or marks.word("none" if order.use == "public" else "none_internal", lang)),
    )
    empty = (order.size or order.template.size) != "slide"
    return [(marks.word(key, lang), value) for key, value in cells if value or empty]


def _foot(drawn: Drawn) -> tuple[list[str], str, str]:
    """Return the lines of the foot, and what stands at its right: a line and a mark in a box."""
    order, lang = drawn.order, drawn.order.lang
    credits = marks.word("sources", lang) + ("；" if lang == "zh" else "; ").join(drawn.credits())
    method = marks.word("method", lang) if order.shows("areas") and len(drawn.zones) else ""
    signed = signed_line(order.use, order.sign_off, lang)
    lines = [*signed, f"{marks.word('crs', lang)}{' ' if method else ''}{method}", credits]
    receipt = marks.word("receipt", lang).format(id=drawn.receipt_id) if drawn.receipt_id else ""
    if drawn.paper.block:
        # Without a number the title block says that the map is for internal use.
        named = order.use == "internal" and order.review_number
        return lines, receipt, marks.word("internal_short", lang) if named else ""
    version = marks.word("version", lang).format(version=drawn.atlas.version, date=order.date or drawn.day())
    return lines, f"{version}　{receipt}".strip("　"), use_mark(order.use, order.review_number, lang)


def _plan(drawn: Drawn, texts: tuple[str, ...]) -> SheetPlan:
    plan = shown(
        drawn.order, drawn.zones, drawn.names, drawn.marked, drawn.seen, drawn.paper, texts,
        sources=tuple(drawn.credits()), receipt_id=drawn.receipt_id, data_version=drawn.atlas.version,
        layers=layers_drawn(drawn.atlas, set(drawn.zones["layer"].dropna()), set(drawn.base), drawn.order),
        edges=drawn.edges,
    )  # fmt: skip
    overlays = drawn.added.overlays
    told = tuple(
        OverlayDrawn(each.head, tuple(look.label for look in each.looks), became.features, each.facts)
        for each, became in zip(overlays, drawn.overlaid, strict=True)
    )
    own = tuple(each.layer for each in overlays if each.layer is not None)
    date = drawn.order.date or drawn.day()
    return replace(plan, overlays=told, layers=(*plan.layers, *own), date=date)
