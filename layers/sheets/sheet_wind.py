"""The wind rose drawn in the panel, turned to true north, with its station, years and source under it."""

import math

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon

from layers.sheets.sheet_frame import Box, Layout, View, true_north
from layers.sheets.sheet_marks import word, write
from layers.sheets.sheet_panel import PAD, Row, Section, head, small
from layers.sheets.sheet_text import fill_lines
from layers.sheets.wind_rose import WindRose

ROSE_MM = 28.0
STEPS = (2, 5, 10, 20, 50, 100)


def wind_section(rose: WindRose | None, seen: View, paper: Layout, lang: str) -> Section:
    """Return the rose with what it rests on; nothing without data."""
    if rose is None:
        return []
    wide = (paper.panel.wide - PAD * paper.type) / paper.columns - PAD * paper.type - 0.5
    about = word("wind_source", lang).format(station=rose.station, years=rose.years, calm=rose.calm)
    texts = (about, word("wind_from", lang).format(source=rose.source))
    notes = [small(line, indent=0) for text in texts for line in fill_lines(text, 5.6 * paper.type, wide)]

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        _draw_rose(axes, box, rose, true_north(seen), paper, lang)

    return [head(word("wind_rose", lang)), Row(ROSE_MM, draw), *notes]


def _draw_rose(axes: Axes, box: Box, rose: WindRose, turned: float, paper: Layout, lang: str) -> None:
    """Draw rings at round shares and the polygon of the 16 shares: away from the middle is where it blows from."""
    kind, inks = paper.type, paper.theme
    radius = min(box.high / 2 - 3 * kind, box.wide / 2 - 3 * kind)
    x, y = box.x + box.wide / 2, box.y + box.high / 2 - 1 * kind
    most = max(*rose.percent.values(), 1e-9)
    ring = next((step for step in STEPS if most <= 3 * step), STEPS[-1])
    rings = max(math.ceil(most / ring), 1)
    for at in range(1, rings + 1):
        away = radius * at / rings
        axes.add_patch(Circle((x, y), away, fill=False, edgecolor=inks.rule, linewidth=0.35 * kind))
        angle = math.radians(101.25)
        spot = x + away * math.sin(angle), y + away * math.cos(angle)
        write(axes, paper, *spot, f"{at * ring}", 4.4 * kind, ha="center", colour=inks.ink_soft)
    corners = []
    for at, share in enumerate(rose.percent.values()):
        angle = math.radians(22.5 * at + turned)
        turn_x, turn_y = math.sin(angle), math.cos(angle)
        if at % 2 == 0:
            axes.add_line(
                Line2D([x, x + turn_x * radius], [y, y + turn_y * radius], color=inks.rule, linewidth=0.3 * kind)
            )
        away = radius * share / (rings * ring)
        corners.append((x + turn_x * away, y + turn_y * away))
    axes.add_patch(
        Polygon(corners, facecolor=inks.accent, alpha=0.22, edgecolor="none", closed=True),
    )
    axes.add_patch(Polygon(corners, fill=False, edgecolor=inks.accent, linewidth=0.8 * kind, joinstyle="round"))
    angle = math.radians(turned)
    top = radius + 2.2 * kind
    north_x, north_y = x + top * math.sin(angle), y + top * math.cos(angle)
    write(axes, paper, north_x, north_y, word("north", lang), 6 * kind, ha="center", weight="bold")
