"""The legend of the sheet: kinds, grades and base map, each only as far as it is drawn."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import geopandas
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from layers import style
from layers.sheets.sheet_added import Side
from layers.sheets.sheet_frame import Box, Layout
from layers.sheets.sheet_map import BASE_LINES, HATCH_PT, axis_pt, draw_point, hatch, outline_pt
from layers.sheets.sheet_marks import WORDS, word
from layers.sheets.sheet_panel import Section, head, labelled, small
from zones.schema import Grade

GROUNDS = {"base_water": "sea", "base_inland_water": "water", "outside": "outside"}
"""Layers shown as ground, and their colour in the theme."""


def kind_groups(zones: geopandas.GeoDataFrame) -> list[list[str]]:
    """Return the kinds drawn, top of the drawing order first; kinds that look the same stand together."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for kind in reversed(style.DRAW_ORDER):
        if (zones["kind"] == kind).any():
            groups.setdefault((style.KIND_COLOURS[kind], kind in style.SOFT_KINDS), []).append(kind)
    return list(groups.values())


def kind_section(zones: geopandas.GeoDataFrame, lang: str) -> Section:
    """Return a row for each look of a kind, with the number of zones drawn."""
    rows = []
    for kinds in kind_groups(zones):
        counts = [(style.label(style.KIND_LABELS, kind, lang), int((zones["kind"] == kind).sum())) for kind in kinds]
        text = "、".join(f"{name}（{n}）" for name, n in counts)
        if lang == "en":
            text = ", ".join(f"{name} ({n})" for name, n in counts)
        rows.append(labelled(text, partial(_kind_sample, zones[zones["kind"].isin(kinds)])))
    return [head(word("legend", lang)), *rows]


def side_section(sides: Sequence[Side], zones: geopandas.GeoDataFrame, lang: str) -> Section:
    """Return a row for each side drawn, with the number of its zones where it has several."""
    rows = []
    for side in sides:
        drawn = zones[zones.index.isin(side.zones)]
        if len(drawn):
            many = (f" ({len(drawn)})" if lang == "en" else f"（{len(drawn)}）") if len(drawn) > 1 else ""
            rows.append(labelled(side.label + many, partial(_side_sample, side, drawn)))
    return [head(word("legend", lang)), *rows]


def grade_section(zones: geopandas.GeoDataFrame, lang: str) -> Section:
    """Return a row and a note for each grade drawn, and a row for places without extent."""
    rows: Section = []
    points = zones.geometry.geom_type == "Point"
    drawn = {*zones.loc[~points, "grade"], *zones.loc[zones["axis"].notna(), "axis_grade"]}
    for grade in style.GRADE_LABELS:
        if grade in drawn:
            rows.append(labelled(style.label(style.GRADE_LABELS, grade, lang), partial(_grade_sample, grade)))
            rows.append(small(style.label(style.GRADE_NOTES, grade, lang)))
    for grade in style.GRADE_LABELS:
        if (zones.loc[points, "grade"] == grade).any():
            named = style.label(style.GRADE_LABELS, grade, lang)
            text = f"{word('place', lang)} ({named})" if lang == "en" else f"{word('place', lang)}（{named[:2]}）"
            rows.append(labelled(text, partial(_place_sample, grade)))
    return [head(word("grades", lang)), *rows] if rows else []


def base_section(base: dict[str, geopandas.GeoDataFrame], lang: str, *, outside: bool) -> Section:
    """Return a row for each base layer drawn; with `outside`, one for the ground that is not mapped."""
    rows = [labelled(word(name, lang), partial(_base_sample, name)) for name in WORDS if name in base]
    if outside:
        rows.append(labelled(word("outside", lang), partial(_base_sample, "outside")))
    return [head(word("base", lang)), *rows] if rows else []


def _kind_sample(zones: geopandas.GeoDataFrame, axes: Axes, box: Box, paper: Layout) -> None:
    """Draw a swatch, a swatch with its axis, or a dot where all zones are places."""
    kind, middle = zones["kind"].iloc[0], box.y + box.high / 2
    look = paper.theme.look(kind, Grade.OFFICIAL)
    if (zones.geometry.geom_type == "Point").all():
        draw_point(axes, box.x + box.wide / 2, middle, look.colour, zones["grade"].mode()[0], paper)
        return
    _swatch(axes, box, to_rgba(paper.theme.fill(kind), look.fill_opacity), look.colour, outline_pt(look, paper))
    if zones["axis"].notna().any():
        ends = ([box.x, box.right], [middle, middle])
        axes.add_line(Line2D(*ends, color=look.colour, linewidth=axis_pt(look, paper)))


def _side_sample(side: Side, zones: geopandas.GeoDataFrame, axes: Axes, box: Box, paper: Layout) -> None:
    _kind_sample(zones, axes, box, replace(paper, theme=paper.theme.in_colour(side.colour, side.ink)))


def _grade_sample(grade: str, axes: Axes, box: Box, paper: Layout) -> None:
    look, ink = paper.theme.look("core", grade), paper.theme.ink
    patch = _swatch(axes, box, to_rgba(ink, 0.05), ink, outline_pt(look, paper))
    patch.set(linestyle=look.line_style, capstyle="round")
    patch.set(hatch=hatch(look, paper), hatchcolor=to_rgba(ink, 0.45))
    patch.set_hatch_linewidth(HATCH_PT * paper.type)


def _place_sample(grade: str, axes: Axes, box: Box, paper: Layout) -> None:
    draw_point(axes, box.x + box.wide / 2, box.y + box.high / 2, paper.theme.ink, grade, paper)


def _base_sample(name: str, axes: Axes, box: Box, paper: Layout) -> None:
    middle = box.y + box.high / 2
    if name in GROUNDS:
        _swatch(axes, box, getattr(paper.theme, GROUNDS[name]), paper.theme.coast, 0.4 * paper.type)
    elif name == "base_stations":
        axes.scatter([box.x + box.wide / 2], [middle], s=4 * paper.type**2, color=paper.theme.station, linewidths=0)
    for layer, colour, wide, dash in BASE_LINES:
        if layer == name:
            ends = ([box.x, box.right], [middle, middle])
            axes.add_line(
                Line2D(*ends, color=getattr(paper.theme, colour), linewidth=wide * paper.type, linestyle=dash)
            )


def _swatch(axes: Axes, box: Box, face: Any, edge: str, wide: float) -> Rectangle:  # noqa: ANN401 (any colour)
    patch = Rectangle((box.x, box.y), box.wide, box.high, facecolor=face, edgecolor=edge, linewidth=wide)
    axes.add_patch(patch)
    return patch
