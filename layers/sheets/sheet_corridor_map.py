"""The map of a corridor's page: its band, what of it is covered, the covers and the axis with its kilometres."""

from dataclasses import dataclass

import geopandas
import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.patheffects import Normal, Stroke

from layers import style
from layers.corridors.corridor_picture import colours_of
from layers.corridors.handover import Handover
from layers.sheets.sheet_frame import PLANE_CRS, Box, Layout, View
from layers.sheets.sheet_map import line_parts, on_plane, polygon_path
from layers.sheets.sheet_text import font
from layers.svg import steps
from zones.corridors.coverage import covered_ground

COLOUR = style.KIND_COLOURS["corridor"]
AXIS_INK = style.KIND_INKS["corridor"]
BAND_OPACITY, HATCH_OPACITY = 0.16, 0.6
HATCH = "//////"
NAMED_FROM, MOST_NAMES = 0.03, 9
"""Covers of at least this share of the band are named on the map, at most so many of them."""

KILOMETRES = 8
"""About as many marks along the axis."""


@dataclass(frozen=True)
class Shown:
    """The covers drawn, EPSG:4490: zones by their rows in the atlas, with names; features of a file without."""

    frame: geopandas.GeoDataFrame
    named: bool

    def to_name(self, held: Handover, seen: View) -> geopandas.GeoDataFrame:
        """Return the largest covers, whose names go on the map, in metres of the plane; all stand on the strip."""
        parts = held.found.parts
        large = parts[parts["share_of_corridor"] >= NAMED_FROM].head(MOST_NAMES)
        frame = self.frame.loc[list(large["id"])] if self.named else held.atlas.zones.iloc[:0]
        return on_plane(frame, seen)


def zones_shown(held: Handover) -> Shown:
    """Return the covers to draw."""
    zones, parts = held.atlas.zones, held.found.parts
    if held.covered_by is None:
        # Only the corridor's own axis is drawn: of all others it is the ground that covers.
        return Shown(zones.loc[list(parts["id"])].assign(axis=None), named=True)
    return Shown(held.cells.covers.loc[list(parts["id"])].assign(axis=None), named=False)


def draw_corridor(
    axes: Axes, held: Handover, ground: shapely.Geometry, shown: Shown, seen: View, paper: Layout
) -> None:
    """Draw the covers as outlines, the band, what is covered hatched, and the axis."""
    covered = covered_ground(held.cells, held.place)
    flat = geopandas.GeoSeries([ground, covered, held.found.corridor.axis], crs=shown.frame.crs).to_crs(PLANE_CRS)
    axes.add_patch(PathPatch(polygon_path(flat[0]), facecolor=to_rgba(COLOUR, BAND_OPACITY), linewidth=0))
    _draw_covers(axes, held, shown, seen, paper)
    if not flat[1].is_empty:
        _hatched(axes, PathPatch(polygon_path(flat[1]), facecolor="none", linewidth=0), paper)
    edge = LineCollection(line_parts(flat[0]), colors=COLOUR, linewidths=0.9 * paper.type)
    halo = LineCollection(line_parts(flat[2]), colors=paper.theme.halo, linewidths=3.0 * paper.type)
    line = LineCollection(line_parts(flat[2]), colors=AXIS_INK, linewidths=1.7 * paper.type, capstyle="round")
    for each in (edge, halo, line):
        axes.add_collection(each)
    _draw_kilometres(axes, held, paper)


def _draw_covers(axes: Axes, held: Handover, shown: Shown, seen: View, paper: Layout) -> None:
    looks = colours_of(list(held.found.by_class["class"]))
    kinds = dict(zip(held.found.parts["id"], held.found.parts["class"], strict=True))
    for each in on_plane(shown.frame.loc[list(kinds)], seen).itertuples():
        kind = kinds[each.Index]
        colour = looks[kind][0] if not pd.isna(kind) and kind in looks else style.INK_SOFT
        lines = LineCollection(line_parts(each.geometry), colors=colour, linewidths=0.8 * paper.type, alpha=0.9)
        lines.set_linestyle((0, (4, 2)))
        axes.add_collection(lines)


def _hatched(axes: Axes, patch: PathPatch | Rectangle, paper: Layout) -> None:
    patch.set(hatch=HATCH, hatchcolor=to_rgba(paper.theme.ink, HATCH_OPACITY))
    patch.set_hatch_linewidth(0.35 * paper.type)
    axes.add_patch(patch)


def _draw_kilometres(axes: Axes, held: Handover, paper: Layout) -> None:
    """Mark round chainages on the axis, so that strip and map can be read together."""
    measure = held.cells.measure
    at_km = np.array(steps(measure.length_m / 1000, KILOMETRES))
    points = geopandas.GeoSeries(shapely.points(measure.points_at(at_km * 1000)), crs=held.cells.covers.crs)
    spots = points.to_crs(PLANE_CRS)
    kind = paper.type
    axes.scatter(
        spots.x, spots.y, s=7 * kind**2, color=paper.theme.paper, edgecolors=AXIS_INK, linewidths=0.9 * kind, zorder=4
    )
    for km, x, y in zip(at_km, spots.x, spots.y, strict=True):
        text = axes.annotate(
            f"{km:g}" if km else "0 km", (x, y), (2.6 * kind, 2.6 * kind), textcoords="offset points", zorder=5,
            fontproperties=font("bold"), fontsize=5.4 * kind, color=AXIS_INK, parse_math=False, clip_on=True,
        )  # fmt: skip
        text.set_path_effects([Stroke(linewidth=1.6 * kind, foreground=paper.theme.halo), Normal()])


def sample_covered(axes: Axes, box: Box, paper: Layout) -> None:
    """Draw the legend's sample of covered ground."""
    sample_band(axes, box, paper)
    patch = Rectangle((box.x, box.y), box.wide, box.high, facecolor="none", linewidth=0)
    _hatched(axes, patch, paper)


def sample_band(axes: Axes, box: Box, paper: Layout) -> None:
    """Draw the legend's sample of the band."""
    face = to_rgba(COLOUR, BAND_OPACITY)
    axes.add_patch(
        Rectangle((box.x, box.y), box.wide, box.high, facecolor=face, edgecolor=COLOUR, linewidth=0.9 * paper.type)
    )


def sample_axis(axes: Axes, box: Box, paper: Layout) -> None:
    """Draw the legend's sample of the axis with a chainage."""
    y = box.y + box.high / 2
    axes.plot([box.x, box.right], [y, y], color=AXIS_INK, linewidth=1.7 * paper.type, solid_capstyle="round")
    axes.scatter(
        [box.x + box.wide / 2], [y], s=7 * paper.type**2, color=paper.theme.paper, edgecolors=AXIS_INK,
        linewidths=0.9 * paper.type, zorder=4,
    )  # fmt: skip


def sample_cover(colour: str, axes: Axes, box: Box, paper: Layout) -> None:
    """Draw the legend's sample of a cover's outline."""
    box = box.inset(0.4 * paper.type)
    axes.add_patch(
        Rectangle(
            (box.x, box.y), box.wide, box.high, fill=False, edgecolor=colour, linewidth=0.8 * paper.type,
            linestyle=(0, (4, 2)),
        )
    )  # fmt: skip
