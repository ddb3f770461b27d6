"""Layers over the zones of a sheet: drawn by class with colour and pattern, however many features, and their legend."""

from dataclasses import dataclass
from functools import partial

import geopandas
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from layers import style
from layers.sheets.sheet_added import Added, Look, Overlay
from layers.sheets.sheet_frame import PLANE_CRS, Box, Layout, View
from layers.sheets.sheet_map import HATCH_PT, PT_PER_PX
from layers.sheets.sheet_panel import Section, air, head, labelled, notes_section
from zones.proof.drawn_receipts import in_window

PATTERNS = {"lines": "////", "dots": "....", "back": "\\\\\\\\", "upright": "||||", "flat": "----", "cross": "xxxx"}
"""Matplotlib hatches for the patterns that the web map knows by the same names."""
FINEST_MM = 0.04
"""Half a dot at 300 dpi: what is finer does not show on paper."""
EDGED_MM = 1.2
"""Features of this breadth on paper, by their median, have edges of their own."""
MOST_VERTICES = 1_500_000
"""More than this and the layer goes into a PDF or SVG as a picture of 300 dpi: office machines choke on more."""
HAIR_PT = 0.2
AREA_KINDS = ("Polygon", "MultiPolygon")
LINE_KINDS = ("LineString", "MultiLineString", "LinearRing")

WORDS: dict[str, tuple[str, str]] = {
    "in_view": ("图幅内 {n} 个，全层 {all} 个。", "{n} in the map window, of {all}."),
    "as_picture": (
        "此层节点极多，以 300 dpi 图像嵌入。",
        "This layer has so many vertices that it stands here as a picture of 300 dpi.",
    ),
}


@dataclass(frozen=True)
class Shown:
    """What became of an overlay: features in the map window, and whether it had to become a picture."""

    features: int
    as_picture: bool


def draw_overlays(axes: Axes, added: Added, seen: View, paper: Layout) -> tuple[Shown, ...]:
    """Draw overlays over the zones; return what became of each."""
    return tuple(_draw(axes, each, seen, paper) for each in added.overlays)


def _draw(axes: Axes, overlay: Overlay, seen: View, paper: Layout) -> Shown:
    frame = in_view(overlay.shapes, seen)
    areas = frame[frame.geometry.geom_type.isin(AREA_KINDS)]
    heavy = int(shapely.get_num_coordinates(frame.geometry.to_numpy()).sum()) > MOST_VERTICES
    edged = _edged(areas, seen)
    for at, look in enumerate(overlay.looks):
        rows = areas[areas["look"] == at]
        if len(rows):
            _areas(axes, rows, look, paper, edged=edged if look.edge_px is None else look.edge_px > 0, heavy=heavy)
    for at, look in enumerate(overlay.looks):
        rows = frame[frame["look"] == at]
        _lines(axes, rows[rows.geometry.geom_type.isin(LINE_KINDS)], look, paper)
        _points(axes, rows[rows.geometry.geom_type.isin(["Point", "MultiPoint"])], look, paper)
    return Shown(len(frame), heavy)


def in_view(shapes: geopandas.GeoDataFrame, seen: View) -> geopandas.GeoDataFrame:
    """Return the rows that show in the view, in metres of the plane, as fine as the print can show them."""
    known = shapes[shapes.geometry.notna() & ~shapes.geometry.is_empty]
    moved = known.set_geometry(known.geometry.to_crs(PLANE_CRS))
    frame = moved[in_window(moved.geometry, seen.bounds)]
    # Each part is kept, however small: many small parcels make ground that shows.
    light = shapely.simplify(frame.geometry.to_numpy(), FINEST_MM * seen.scale / 1000, preserve_topology=True)
    return frame.set_geometry(geopandas.GeoSeries(light, frame.index, crs=PLANE_CRS))


def _edged(areas: geopandas.GeoDataFrame, seen: View) -> bool:
    if areas.empty:
        return False
    return float(np.median(np.sqrt(areas.geometry.area))) * 1000 / seen.scale >= EDGED_MM


def _areas(axes: Axes, rows: geopandas.GeoDataFrame, look: Look, paper: Layout, *, edged: bool, heavy: bool) -> None:
    """Draw all areas of a look as one ground with one pattern: none shows through another of its kind."""
    path, colour = areas_path(rows.geometry.to_numpy()), tone(look.colour, paper)
    patches = [PathPatch(path, facecolor=to_rgba(colour, look.opacity), linewidth=0)]
    if look.pattern:
        patches.append(_patterned(path, look, paper))
    if look.edge_px is None and not edged:
        # In its own colour: without any edge the ground of neighbours would show a seam.
        patches[0].set(edgecolor=to_rgba(colour, look.opacity), linewidth=0.15 * paper.type, joinstyle="round")
    for patch in patches:
        _put(axes, patch, heavy=heavy)
    if edged:
        _edges(axes, rows, look, paper, heavy=heavy)


def _edges(axes: Axes, rows: geopandas.GeoDataFrame, look: Look, paper: Layout, *, heavy: bool) -> None:
    """Draw outlines: dashed by grade where the layer tells one, else as hairlines that claim none."""
    colour = tone(look.colour, paper) if look.edge_px else paper.theme.ink
    wide = edge_pt(look, paper)
    grades = rows["grade"] if "grade" in rows else [None] * len(rows)
    for grade in dict.fromkeys(grades):
        held = rows[[each == grade for each in grades]] if grade in style.GRADE_DASH else rows
        path = areas_path(held.geometry.to_numpy())
        line = PathPatch(path, fill=False, edgecolor=colour, linewidth=wide, capstyle="round", joinstyle="round")
        if grade in style.GRADE_DASH:
            line.set_linewidth(max(wide, 0.6 * paper.type))
            line.set_linestyle((0, style.GRADE_DASH[grade]) if style.GRADE_DASH[grade] else "solid")
        _put(axes, line, heavy=heavy)


def _put(axes: Axes, patch: PathPatch, *, heavy: bool) -> None:
    # `add_patch` would look for the extremes of each edge in turn: seconds for a layer of parcels.
    axes.add_artist(patch).set_rasterized(heavy)


def edge_pt(look: Look, paper: Layout) -> float:
    """Return the width of an outline in pt: that of the look, or a hairline."""
    return (look.edge_px * PT_PER_PX * 0.85 if look.edge_px else HAIR_PT) * paper.type


def _patterned(path: Path, look: Look, paper: Layout) -> PathPatch:
    pattern = PathPatch(path, facecolor="none", linewidth=0, hatch=_hatch(look, paper))
    pattern.set(hatchcolor=to_rgba(look.hatch_colour or paper.theme.ink, 0.6))
    pattern.set_hatch_linewidth(HATCH_PT * paper.type)
    return pattern


def _hatch(look: Look, paper: Layout) -> str | None:
    """Return the pattern, opened up on large paper: its tile does not grow with the type."""
    made = PATTERNS.get(look.pattern, "")
    return made[: max(1, round(len(made) / max(1.0, paper.type / 1.5)))] or None


def _lines(axes: Axes, rows: geopandas.GeoDataFrame, look: Look, paper: Layout) -> None:
    parts = shapely.get_parts(rows.geometry.to_numpy())
    if len(parts):
        coordinates = [shapely.get_coordinates(part) for part in parts]
        wide = (look.edge_px or 1.5) * PT_PER_PX * paper.type
        axes.add_collection(LineCollection(coordinates, colors=tone(look.colour, paper), linewidths=wide))


def _points(axes: Axes, rows: geopandas.GeoDataFrame, look: Look, paper: Layout) -> None:
    spots = shapely.get_coordinates(rows.geometry.to_numpy())
    if len(spots):
        size = 9 * paper.type**2 if len(spots) <= 500 else 1.2 * paper.type**2
        axes.scatter(spots[:, 0], spots[:, 1], s=size, color=tone(look.colour, paper), alpha=0.75, linewidths=0)


def areas_path(shapes: np.ndarray) -> Path:
    """Return polygons, with their holes and parts, as one path; fills by the non-zero rule as well as by even-odd."""
    rings = shapely.get_rings(shapely.orient_polygons(shapely.get_parts(shapes)))
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    codes = np.full(len(corners), Path.LINETO, dtype=Path.code_type)
    codes[np.flatnonzero(np.r_[True, ring[1:] != ring[:-1]])] = Path.MOVETO
    codes[np.flatnonzero(np.r_[ring[1:] != ring[:-1], True])] = Path.CLOSEPOLY
    return Path(corners, codes)


def tone(colour: str, paper: Layout) -> str:
    """Return a colour as this paper has it: on a grey print its lightness, raised so that patterns show over it."""
    if paper.theme.name != "print":
        return colour
    red, green, blue = to_rgb(colour)
    grey = 0.45 + 0.55 * (0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return to_hex((grey, grey, grey))


def overlay_section(overlay: Overlay, shown: Shown, lang: str, paper: Layout) -> Section:
    """Return the legend of an overlay: its name, a row for each look, and notes."""
    rows = [labelled(look.label, partial(_sample, look, _form(overlay, at))) for at, look in enumerate(overlay.looks)]
    notes = [*overlay.notes, *([style.label(WORDS, "as_picture", lang)] if shown.as_picture else [])]
    if shown.features < len(overlay.shapes):
        told = style.label(WORDS, "in_view", lang)
        notes.append(told.format(n=f"{shown.features:,}", all=f"{len(overlay.shapes):,}"))
    under = [air(0.8), *notes_section(notes, paper)] if notes else []
    return [head(overlay.head), *rows, *under]


def _form(overlay: Overlay, at: int) -> str:
    """Return which form of a look the legend shows: area, line or point, the first that it has."""
    kinds = set(overlay.shapes.geometry[overlay.shapes["look"] == at].geom_type)
    return "area" if kinds & set(AREA_KINDS) or not kinds else "line" if kinds & set(LINE_KINDS) else "point"


def _sample(look: Look, form: str, axes: Axes, box: Box, paper: Layout) -> None:
    colour, middle = tone(look.colour, paper), box.y + box.high / 2
    if form == "line":
        axes.plot([box.x, box.right], [middle, middle], color=colour, linewidth=1.5 * PT_PER_PX * paper.type)
        return
    if form == "point":
        axes.scatter([box.x + box.wide / 2], [middle], s=9 * paper.type**2, color=colour, alpha=0.75, linewidths=0)
        return
    edge = "none" if look.edge_px == 0 else colour if look.edge_px else paper.theme.ink
    patch = Rectangle((box.x, box.y), box.wide, box.high, facecolor=to_rgba(colour, look.opacity), edgecolor=edge)
    axes.add_patch(patch).set_linewidth(edge_pt(look, paper))
    if look.pattern:
        axes.add_patch(_patterned(patch.get_path().transformed(patch.get_patch_transform()), look, paper))
