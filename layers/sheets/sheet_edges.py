"""What stands around map and panel: title with its 示意 mark, foot with CRS and credits, title block 图签."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from layers.sheets.sheet_frame import Box, Layout
from layers.sheets.sheet_marks import write
from layers.sheets.sheet_text import fill_lines, width_mm

FOOT_PT = 5.4
SMALLEST_PT = 3.0


def draw_title(axes: Axes, title: str, beside: str, paper: Layout, mark: str = "") -> None:
    """Write the title, made smaller until it fits, the mark 示意图 in a box, and what it rests on to the right."""
    box, kind = paper.title, paper.type
    mark_pt = 7.2 * kind
    mark_mm = width_mm(mark, mark_pt) + 7 * kind if mark else 0
    aside = width_mm(beside, 6.5 * kind) + 6 + mark_mm
    size = _largest(title, 16 * kind, box.wide - aside, "bold")
    lines = [title]
    if size < 8 * kind:
        size = 8 * kind
        while len(lines := fill_lines(title, size, (box.wide - aside) / 1.08)) > 2 and size > SMALLEST_PT:
            size *= 0.95
    step = size * 0.44
    for at, line in enumerate(lines):
        y = box.y + box.high * 0.58 + (len(lines) - 1 - 2 * at) * step / 2
        write(axes, paper, box.x, y, line, size, weight="bold")
    if mark:
        x = box.x + max(width_mm(line, size, "bold") for line in lines) + 3 * kind
        _boxed(axes, paper, mark, Box(x, box.y + box.high * 0.58 - 2.6 * kind, mark_mm - 3 * kind, 5.2 * kind), mark_pt)
    write(axes, paper, box.right, box.y + box.high * 0.5, beside, 6.5 * kind, ha="right", colour=paper.theme.ink_soft)


def draw_foot(axes: Axes, lines: Sequence[str], aside: str, mark: str, paper: Layout) -> None:
    """Write the lines of the foot to the left; to the right a line, and the use of the map in a box.

    Credits are owed: they are set smaller, never cut.
    """
    box, kind, size = paper.foot, paper.type, FOOT_PT * paper.type
    right = max(width_mm(aside, size), width_mm(mark, size) + 3 * kind) + 6
    broken = [piece for line in lines for piece in fill_lines(line, size, box.wide - right)]
    while len(broken) * size * 0.5 > box.high - 0.6 * kind and size > SMALLEST_PT * min(kind, 1):
        size *= 0.94
        broken = [piece for line in lines for piece in fill_lines(line, size, box.wide - right)]
    for at, line in enumerate(broken):
        y = box.top - 2.6 * kind - at * size * 0.5
        write(axes, paper, box.x, y, line, size, colour=paper.theme.ink_soft)
    size = FOOT_PT * kind
    write(axes, paper, box.right, box.top - 2.6 * kind, aside, size, ha="right", colour=paper.theme.ink_soft)
    if mark:
        wide = width_mm(mark, size) + 3 * kind
        _boxed(axes, paper, mark, Box(box.right - wide, box.top - 8 * kind, wide, 3.6 * kind), size)


def draw_block(axes: Axes, cells: Sequence[tuple[str, str]], paper: Layout) -> None:
    """Draw the title block: cells of a label and its value, in rows; an empty value is left to be filled in."""
    box, columns = paper.block, paper.block_columns
    if box is None:
        return
    kind, rows = paper.type, -(-len(cells) // columns)
    wide, high = box.wide / columns, box.high / rows
    label_mm = max(width_mm(label, 5.6 * kind) for label, _ in cells) + 3.2 * kind
    for at, (label, value) in enumerate(cells):
        x, y = box.x + (at % columns) * wide, box.top - (at // columns + 1) * high
        write(axes, paper, x + 1.6 * kind, y + high / 2, label, 5.6 * kind, colour=paper.theme.ink_soft)
        room = wide - label_mm - 3.2 * kind
        size = max(_largest(value, 6.4 * kind, room), SMALLEST_PT)
        write(axes, paper, x + label_mm + 1.6 * kind, y + high / 2, value, size)
    pen: dict[str, Any] = {"color": paper.theme.ink, "linewidth": 0.3 * kind}
    for row in range(1, rows):
        axes.add_line(Line2D([box.x, box.right], [box.y + row * high] * 2, **pen))
    for column in range(columns):
        for x in (box.x + column * wide, box.x + column * wide + label_mm):
            axes.add_line(Line2D([x, x], [box.y, box.top], **pen))
    axes.add_patch(
        Rectangle((box.x, box.y), box.wide, box.high, fill=False, edgecolor=paper.theme.ink, linewidth=0.8 * kind)
    )


def _largest(text: str, size: float, room: float, weight: str = "regular") -> float:
    """Return the type size, at most `size`, at which a text is no wider than `room` mm."""
    wide = width_mm(text, size, weight)
    return size if wide <= room else size * max(room, 1) / wide


def _boxed(axes: Axes, paper: Layout, text: str, box: Box, size: float) -> None:
    edge: dict[str, Any] = {"fill": False, "edgecolor": paper.theme.ink_soft, "linewidth": 0.5 * paper.type}
    axes.add_patch(Rectangle((box.x, box.y), box.wide, box.high, **edge))
    write(axes, paper, box.x + box.wide / 2, box.y + box.high / 2, text, size, ha="center")
