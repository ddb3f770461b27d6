"""A finished printed map of zones: A4, A3 or a slide, as PDF, PNG or SVG, equal bytes for equal input."""

import io
from collections.abc import Sequence

import geopandas
import matplotlib
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from layers import sheet_legend as legend
from layers import sheet_marks as marks
from layers import sheet_panel as panel
from layers import style
from layers.credits import credit_parts
from layers.outlines import bounds
from layers.sheet_frame import PLANE_CRS, TALL, Box, Layout, View, layout, plane_window, view
from layers.sheet_map import base_drawn, base_in_view, draw_base, draw_names, draw_zones, on_plane
from layers.sheet_text import check_signs
from zones.atlas import Atlas
from zones.errors import InputError
from zones.schema import Grade

DPI = 300
MM_PER_INCH = 25.4
FORMATS = ("pdf", "png", "svg")
AIR = 0.07
"""Space left around the zones when no extent is given, as a share of the longer side."""

# Set once: rc_context changes the same global state, and is not safe between threads.
# 42 embeds TrueType, so text can be selected; a fixed salt makes the ids in an SVG repeat.
matplotlib.rcParams.update({"pdf.fonttype": 42, "svg.hashsalt": "innovation-zone-atlas", "svg.fonttype": "path"})


def sheet(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    title: str,
    extent: tuple[float, float, float, float] | None = None,
    lang: str = "zh",
    size: str = "A4",
) -> Figure:
    """Draw zones over the base map as a finished sheet, true to a round scale.

    Parameters
    ----------
    atlas : Atlas
        Gives base map, credits and data version.
    frame : geopandas.GeoDataFrame
        Zones to draw, as `Atlas.zones` holds them, EPSG:4490; those without a shape are passed over.
    title : str
        Written over the map.
    extent : (west, south, east, north), optional
        Window in degrees that must show; default is all zones with some air. The map shows at least
        that much: the scale is rounded.
    lang : {"zh", "en"}
    size : {"A4", "A3", "slide"}
        A4 and A3 stand upright where the window is tall. A slide is 16:9.

    Returns
    -------
    matplotlib.figure.Figure
        Not tied to a window; give it to `sheet_bytes`.

    Raises
    ------
    InputError
        When there is nothing to draw, the size or extent cannot be used, or the font lacks a sign of a text.
    """
    drawable = frame[frame.geometry.notna() | frame["axis"].notna()]
    window = plane_window(extent) if extent else _around(drawable)
    paper = _paper(window, size, len(legend.kind_groups(drawable)))
    # A window that was asked for stays where it was put.
    seen = view(window, paper.map, None if extent else _land(atlas))
    figure = Figure(figsize=(_inches(paper.wide), _inches(paper.high)), dpi=DPI, facecolor=style.PAPER)
    FigureCanvasAgg(figure)
    zones, base = on_plane(drawable, seen), base_in_view(atlas.base, seen)
    if zones.empty:
        raise InputError("No zone lies in the map window; move the map, or switch on a plan that is there.")
    face = _map_axes(figure, paper, seen)
    draw_base(face, base, paper)
    draw_zones(face, zones, paper)
    sheet_axes = _paper_axes(figure, paper)
    unnamed = draw_names(sheet_axes, zones, base, seen, paper, lang)
    outside = 0 if extent else len(drawable) - len(zones)
    notes = _notes(zones, unnamed, outside, len(frame) - len(drawable), lang)
    _furnish(sheet_axes, atlas, zones, base, title, notes, seen, paper, lang)
    check_signs(text.get_text() for text in figure.findobj(Text))
    return figure


def sheet_bytes(figure: Figure, form: str) -> bytes:
    """Return a sheet as the bytes of a file; the clock leaves no trace in them.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        From `sheet`.
    form : {"pdf", "png", "svg"}
        PNG has 300 dots per inch; PDF and SVG are vectors.

    Raises
    ------
    InputError
        When the form is not one of the three.
    """
    if form not in FORMATS:
        raise InputError(f"'{form}' is no format of a sheet; choose one of {', '.join(FORMATS)}.")
    metadata: dict[str, dict[str, str | None]] = {
        "pdf": {"CreationDate": None, "Producer": None, "Creator": "Innovation-zone atlas", "Title": _title(figure)},
        "png": {"Software": None, "Title": _title(figure)},
        "svg": {"Date": None, "Creator": "Innovation-zone atlas", "Title": _title(figure)},
    }
    stream = io.BytesIO()
    figure.savefig(stream, format=form, dpi=DPI, metadata=metadata[form], facecolor=style.PAPER)
    return stream.getvalue()


def _title(figure: Figure) -> str:
    return str(figure.get_label())


def _inches(mm: float) -> float:
    # Whole pixels: 297 mm are 3508 at 300 dpi, where 297 / 25.4 alone would give one less.
    return round(mm / MM_PER_INCH * DPI) / DPI


def _around(frame: geopandas.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return the plane window around all shapes, with some air."""
    west, south, east, north = bounds(frame)
    if np.isnan(west):
        raise InputError("None of the chosen zones has a shape; choose zones that are located.")
    x0, y0, x1, y1 = plane_window((west, south, east, north))
    air = AIR * max(x1 - x0, y1 - y0)
    return x0 - air, y0 - air, x1 + air, y1 + air


def _paper(window: tuple[float, float, float, float], size: str, rows: int) -> Layout:
    west, south, east, north = window
    return layout(size, (north - south) > TALL * (east - west), panel.panel_height(rows))


def _land(atlas: Atlas) -> shapely.Geometry | None:
    """Return the land of the base map on the plane, coarsely: enough to choose a view."""
    if "base_land" not in atlas.base:
        return None
    return atlas.base["base_land"].geometry.to_crs(PLANE_CRS).simplify(500).union_all()


def _sees_outside(base: dict[str, geopandas.GeoDataFrame], seen: View) -> bool:
    """Tell whether part of the map is neither land nor water of the base map."""
    window = shapely.box(seen.west, seen.south, seen.east, seen.north)
    known = [base[name].geometry.union_all() for name in ("base_land", "base_water") if name in base]
    return bool(window.difference(shapely.union_all(known)).area > 0.01 * window.area) if known else True


def _map_axes(figure: Figure, paper: Layout, seen: View) -> Axes:
    box: Box = paper.map
    axes = figure.add_axes((box.x / paper.wide, box.y / paper.high, box.wide / paper.wide, box.high / paper.high))
    axes.set(xlim=(seen.west, seen.east), ylim=(seen.south, seen.north), xticks=[], yticks=[], label="map")
    axes.set_autoscale_on(False)
    axes.spines[:].set_visible(False)
    return axes


def _paper_axes(figure: Figure, paper: Layout) -> Axes:
    axes = figure.add_axes((0, 0, 1, 1), label="paper")
    axes.set(xlim=(0, paper.wide), ylim=(0, paper.high))
    axes.set_autoscale_on(False)
    axes.set_axis_off()
    return axes


def _furnish(
    axes: Axes,
    atlas: Atlas,
    zones: geopandas.GeoDataFrame,
    base: dict[str, geopandas.GeoDataFrame],
    title: str,
    notes: Sequence[str],
    seen: View,
    paper: Layout,
    lang: str,
) -> None:
    """Set all that stands around the map face."""
    axes.get_figure().set_label(title)  # type: ignore[union-attr]
    plans = [atlas.plans[each].plan.short for each in dict.fromkeys(zones["plan_id"]) if each in atlas.plans]
    marks.draw_title(axes, title, " · ".join(each.en if lang == "en" else each.zh for each in plans), paper)
    marks.draw_frame(axes, seen, paper)
    sections = {
        "kinds": legend.kind_section(zones, lang),
        "grades": legend.grade_section(zones, lang),
        "base": legend.base_section(base_drawn(base, seen), lang, outside=_sees_outside(base, seen)),
        # Areas of the zones as they are, not as the plane draws them.
        "areas": panel.area_section(atlas.zones.loc[zones.index], lang),
        "orientation": [*panel.orientation_section(seen, lang), *panel.notes_section(notes, paper)],
        "locator": panel.locator_section(atlas.base, seen, lang),
    }
    panel.draw_panel(axes, panel.arrange(sections, paper), paper)
    marks.draw_foot(
        axes, atlas, credit_parts(atlas, {*zones["layer"].dropna(), *base}, lang), _date(zones), paper, lang
    )


def _notes(zones: geopandas.GeoDataFrame, unnamed: int, outside: int, unlocated: int, lang: str) -> Sequence[str]:
    notes = []
    if (zones["grade"] != Grade.OFFICIAL.value).any():
        notes.append(marks.word("indicative", lang))
    errors = zones["error_m"].dropna()
    if len(errors):
        low, high = f"{errors.min():,.0f}", f"{errors.max():,.0f}"
        notes.append(marks.word("error_one" if low == high else "error", lang).format(low=low, high=high))
    if zones["half_width_m"].notna().any():
        notes.append(marks.word("width", lang))
    if unnamed:
        notes.append(marks.word("unnamed", lang).format(n=unnamed))
    if outside:
        notes.append(marks.word("off_map", lang).format(n=outside))
    if unlocated:
        notes.append(marks.word("unlocated", lang).format(n=unlocated))
    return notes


def _date(zones: geopandas.GeoDataFrame) -> str:
    """Return the day of the newest shape; the day of printing would make equal maps differ."""
    days = pd.to_datetime(zones["traced_on"].dropna(), errors="coerce").dropna()
    return str(days.max().date()) if len(days) else "—"
