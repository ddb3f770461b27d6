"""The list of numbered names on a map: how it is set, in columns of boxes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from layers import style
from layers.sheets.sheet_frame import Box, Layout
from layers.sheets.sheet_marks import write
from layers.sheets.sheet_text import MM_PER_PT, fill_lines, width_mm

LIST_ID = "keys"
"""Names the boxes of the list in the figure."""
SAME_HEIGHT = 0.2
"""Boxes whose upper edges are closer than about this share of the sheet stand in one row."""
PAD, GAP = 2.0, 2.5
HEAD = 5.0
LINE = 1.42
SIZES = ((5.8, 5.4, 5.0), (4.6, 4.2))
"""Type of the list in pt at type size 1: the largest that holds all names is taken, small only in more boxes too."""
LONGEST_MM = {"zh": (26.0, 22.0, 18.0), "en": (38.0, 32.0, 26.0)}
"""At type size 1, the first that holds all; a longer name is set smaller, by `SMALLER` at most, then in two lines."""
SMALLER, MOST_LINES = 0.75, 4
WORDS: dict[str, tuple[str, str]] = {"head": ("编号区名", "Numbered zones"), "more": ("（续）", ", continued")}


@dataclass(frozen=True)
class Form:
    """How a list is set: type size in pt; room of number and of name and height of a line in mm.

    `waste` is how many lines of a column may stay empty because a name of several lines would be parted.
    """

    size_pt: float
    number: float
    room: float
    line: float
    waste: int = 0

    @property
    def wide(self) -> float:
        """Width of a column in mm."""
        return self.number + self.room

    def lines(self, name: str) -> list[str]:
        """Return a name as it is set: in one line, smaller where it is long, in more where it is very long."""
        if width_mm(name, self.size_pt) <= self.room / SMALLER:
            return [name]
        for most in range(2, MOST_LINES):
            for share in np.arange(1.0, SMALLER, -0.05):
                # Where the words break badly, smaller type saves a line.
                lines = fill_lines(name, self.size_pt * share, self.room)
                if len(lines) <= most:
                    return lines
        return fill_lines(name, self.size_pt * SMALLER, self.room)

    def holds(self, wide: float, high: float, head: float, pad: float) -> int:
        """Return how many lines a box of a width and height in mm holds."""
        return int(self.holds_each(np.array([wide]), np.array([high]), head, pad)[0])

    def holds_each(
        self, wide: npt.NDArray[Any], high: npt.NDArray[Any], head: float, pad: float
    ) -> npt.NDArray[np.int_]:
        """Return how many lines each of many boxes holds (see `holds`)."""
        columns = ((wide - 2 * pad + GAP) // (self.wide + GAP)).astype(int)
        lines = ((high - 2 * pad - head) // self.line).astype(int) - self.waste
        return np.maximum(columns, 0) * np.maximum(lines, 0)


@dataclass(frozen=True)
class Row:
    """One row of the list: the number, the name in lines, and the ink of the number."""

    key: str
    lines: list[str]
    ink: str


def form_of(names: list[str], size: float, longest_mm: float, paper: Layout) -> Form:
    """Return how a list of names is set in a type size (pt at type size 1), no name wider than `longest_mm` there."""
    kind = paper.type
    number = width_mm("8" * (len(str(len(names))) + 1), size * kind, "bold")
    longest = max(width_mm(name, size * kind) for name in names)
    form = Form(size * kind, number, min(longest, longest_mm * kind), size * kind * MM_PER_PT * LINE)
    return replace(form, waste=int(longest > form.room / SMALLER))


def room_for(boxes: Sequence[Box], form: Form, paper: Layout) -> int:
    """Return how many lines boxes hold together."""
    kind = paper.type
    return sum(form.holds(box.wide, box.high, HEAD * kind, PAD * kind) for box in boxes)


def write_list(axes: Axes, boxes: list[Box], form: Form, rows: list[Row], paper: Layout, lang: str) -> None:
    """Set the list into its boxes: numbers in the ink of their kind, names beside them, column by column."""
    kind, head = paper.type, style.label(WORDS, "head", lang)
    # As one reads: boxes of about one height from left to right.
    in_order = sorted(boxes, key=lambda box: (-round(box.top / (SAME_HEIGHT * paper.high)), box.x))
    for place_, box in enumerate(in_order):
        holds = form.holds(box.wide, box.high, HEAD * kind, PAD * kind)
        fits = int(np.searchsorted(np.cumsum([len(row.lines) for row in rows]), holds, side="right"))
        fits = len(rows) if place_ == len(boxes) - 1 else fits
        held, rows = rows[:fits], rows[fits:]
        if held:
            text = head + (style.label(WORDS, "more", lang) if place_ else "")
            _block(axes, box, form, held, text, paper)


def _block(axes: Axes, box: Box, form: Form, rows: list[Row], head: str, paper: Layout) -> None:
    """Set one box, no larger than its names need."""
    kind, inks = paper.type, paper.theme
    most = int((box.wide - 2 * PAD * kind + GAP) // (form.wide + GAP))
    columns = in_columns(rows, most)
    deepest = max(sum(len(row.lines) for row in column) for column in columns)
    # Many names of several lines may fall badly: their lines then stand a little closer.
    form = replace(form, line=min(form.line, (box.high - HEAD * kind - 2 * PAD * kind) / deepest))
    wide = len(columns) * (form.wide + GAP) - GAP + 2 * PAD * kind
    high = deepest * form.line + HEAD * kind + 2 * PAD * kind
    left, low = box.x + (box.wide - wide) / 2, box.y + (box.high - high) / 2
    frame = Rectangle(
        (left, low), wide, high, facecolor=inks.paper, edgecolor=inks.ink, linewidth=0.4 * kind, gid=LIST_ID
    )
    axes.add_patch(frame)
    left, top = left + PAD * kind, low + high - PAD * kind
    size = 7.2 * kind * min(1.0, (wide - 2 * PAD * kind) / width_mm(head, 7.2 * kind, "bold"))
    write(axes, paper, left, top - HEAD * kind * 0.42, head, size, weight="bold")
    for at, column in enumerate(columns):
        _column(axes, left + at * (form.wide + GAP), top - HEAD * kind, column, form, paper)


def in_columns(rows: Sequence[Row], most: int) -> list[list[Row]]:
    """Return the rows in at most so many columns of about equal height; no name is parted."""
    high = -(-sum(len(row.lines) for row in rows) // most)
    while True:
        columns: list[list[Row]] = [[]]
        left = high
        for row in rows:
            if len(row.lines) > left:
                columns.append([])
                left = high
            columns[-1].append(row)
            left -= len(row.lines)
        if len(columns) <= most:
            return columns
        high += 1


def _column(axes: Axes, x: float, top: float, rows: Sequence[Row], form: Form, paper: Layout) -> None:
    """Write the rows of one column, the number of each to the right of its room."""
    y = top
    for row in rows:
        widest = max(width_mm(line, form.size_pt) for line in row.lines)
        size = form.size_pt * min(1.0, form.room / max(widest, 1e-9))
        for at, line in enumerate(row.lines):
            middle = y - 0.5 * form.line
            if at == 0:
                number = x + form.number * 0.78
                write(axes, paper, number, middle, row.key, form.size_pt, ha="right", weight="bold", colour=row.ink)
            write(axes, paper, x + form.number, middle, line, size)
            y -= form.line
