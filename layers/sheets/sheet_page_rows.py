"""Rows of text beside the map of an atlas page: heads, names with their values, and small tables."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from layers.sheets.sheet_frame import Box, Layout
from layers.sheets.sheet_marks import write
from layers.sheets.sheet_panel import Row, Section, head
from layers.sheets.sheet_text import fill_lines, width_mm

NAME_MM = 17.0
TEXT_PT = 6.4
LINE_MM = 3.5
TABLE_MM = 4.3


def named(name: str, value: str, paper: Layout, most: int = 9) -> Section:
    """Return rows of a name and its value, broken to the width of the panel; nothing for an empty value.

    A value of more than `most` lines ends in an ellipsis.
    """
    if not value:
        return []
    unit = paper.type
    lines = fill_lines(value, TEXT_PT * unit, panel_mm(paper) - NAME_MM * unit)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip("，、；。, ") + "…"]

    def draw_line(at: int, line: str) -> Row:
        def draw(axes: Axes, box: Box, paper: Layout) -> None:
            y = box.y + box.high / 2
            if at == 0:
                write(axes, paper, box.x, y, name, TEXT_PT * unit, colour=paper.theme.ink_soft)
            write(axes, paper, box.x + NAME_MM * unit, y, line, TEXT_PT * unit)

        return Row(LINE_MM, draw)

    return [*(draw_line(at, line) for at, line in enumerate(lines)), air(0.7)]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[float], paper: Layout) -> Section:
    """Return a table: first column to the left, figures to the right, a rule under the heads.

    Parameters
    ----------
    heads : sequence of str
    rows : sequence of sequence of str
    shares : sequence of float
        Where each column ends, as shares of the width (0-1); of the first, how wide it is.
    paper : Layout
    """
    made: Section = [_cells(heads, shares, soft=True, rule=True)]
    made += [_cells(row, shares) for row in rows]
    del paper
    return [*made, air(1.0)]


def line_of(text: str, paper: Layout) -> Section:
    """Return a running text, broken to the width of the panel."""

    def draw_line(line: str) -> Row:
        def draw(axes: Axes, box: Box, paper: Layout) -> None:
            write(axes, paper, box.x, box.y + box.high / 2, line, 5.8 * paper.type, colour=paper.theme.ink_soft)

        return Row(LINE_MM - 0.3, draw)

    return [draw_line(line) for line in fill_lines(text, 5.8 * paper.type, panel_mm(paper))]


def air(high: float) -> Row:
    """Return an empty row."""

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        del axes, box, paper

    return Row(high, draw)


def panel_mm(paper: Layout) -> float:
    """Return the width of text in the panel, in mm."""
    return paper.panel.wide - 5.0 * paper.type


def under(title: str, rows: Section) -> Section:
    """Return rows under a head; nothing where there are none."""
    return [head(title), *rows] if rows else []


def _cells(texts: Sequence[str], shares: Sequence[float], *, soft: bool = False, rule: bool = False) -> Row:
    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        y, size = box.y + box.high / 2, (5.8 if soft else TEXT_PT) * paper.type
        colour = paper.theme.ink_soft if soft else paper.theme.ink
        starts = [0.0, *shares[:-1]]
        for at, (text, end) in enumerate(zip(texts, shares, strict=True)):
            room = (end - starts[at]) * box.wide - 1.2 * paper.type
            fit = size * min(1.0, room / max(width_mm(text, size), 1e-9))
            x = box.x if at == 0 else box.x + end * box.wide
            write(axes, paper, x, y, text, fit, ha="left" if at == 0 else "right", colour=colour)
        if rule:
            axes.add_line(
                Line2D([box.x, box.right], [box.y, box.y], color=paper.theme.rule, linewidth=0.5 * paper.type)
            )

    return Row(TABLE_MM, draw)
