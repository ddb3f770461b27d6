"""Numbers for zones whose names find no room: on the map, and with their names in a list where the map is empty."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import geopandas
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from layers import style
from layers.sheets.sheet_frame import Box, Layout, View
from layers.sheets.sheet_labels import Placed, Wish, box_of, place
from layers.sheets.sheet_map import Names, on_paper, point_spots, write_label, zone_wish
from layers.sheets.sheet_marks import write
from layers.sheets.sheet_text import MM_PER_PT, fill_lines, width_mm

SIZES = (5.8, 5.4, 5.0, 4.6, 4.2)
"""Type of the list in pt at type size 1, the largest that holds all names is taken."""
LIST_ID = "keys"
"""Names the boxes of the list in the figure."""
KEY_PT = 4.9
REACH_MM = (6.5, 9.5, 13.0, 17.0, 22.0, 28.0)
"""Leader lines of numbers may be longer than those of names: the lines are thin, and a number is small."""
CELL = 1.5
"""Grain in mm, at type size 1, to which empty ground is found."""
AIR = 2.0
PAD, GAP = 2.0, 2.5
GRID = 6
"""Places for a number are tried on a grid of so many by so many over its zone."""
HEAD = 5.0
LINE = 1.42
LONGEST_MM = {"zh": 26.0, "en": 38.0}
"""At type size 1; a longer name is set smaller than the others, by `SMALLER` at most, then in two lines."""
SMALLER, TWO_LINES = 0.75, 0.58
MOST_BOXES, FEWEST = 2, 8
"""Boxes that the list may take, and names below which a box is not worth it."""

WORDS: dict[str, tuple[str, str]] = {"head": ("编号区名", "Numbered zones"), "more": ("（续）", ", continued")}

Runs = npt.NDArray[np.intp]
"""Free cells, a row each: lowest line, first column, height, width."""


@dataclass(frozen=True)
class _Form:
    """How a list is set: type size in pt, width of a column and height of a line in mm, and how many it holds."""

    size_pt: float
    wide: float
    line: float

    def holds(self, wide: float, high: float, head: float, pad: float) -> int:
        """Return how many names a box of a width and height in mm holds."""
        return int(self.holds_each(np.array([wide]), np.array([high]), head, pad)[0])

    def holds_each(
        self, wide: npt.NDArray[Any], high: npt.NDArray[Any], head: float, pad: float
    ) -> npt.NDArray[np.int_]:
        """Return how many names each of many boxes holds (see `holds`)."""
        columns = ((wide - 2 * pad + GAP) // (self.wide + GAP)).astype(int)
        lines = ((high - 2 * pad - head) // self.line).astype(int)
        return np.maximum(columns, 0) * np.maximum(lines, 0)


def draw_keys(
    axes: Axes,
    zones: geopandas.GeoDataFrame,
    base: Mapping[str, geopandas.GeoDataFrame],
    names: Names,
    seen: View,
    paper: Layout,
    lang: str,
    *,
    barred: shapely.Geometry | None = None,
) -> Names:
    """Give zones without a name a number on the map, and list the names; return the names with what was done.

    Nothing is done where no empty ground can hold the list, so that a number never lacks its name.
    """
    if not names.unnamed:
        return names
    rows = zones.loc[list(names.unnamed)]
    column = "name_en" if lang == "en" else "name_zh"
    taken = [box_of(each) for each in (*names.of_zones.values(), *names.of_base)]
    taken += [box_of(Placed(Wish(" ", [], 4.0), *spot, None)) for spot in point_spots(zones, seen, paper)]
    # The list is set for those that can have a number at all, so in type no smaller than need be.
    able, _ = _placed(rows, taken, seen, paper, lang, barred)
    rows = rows[rows.index.isin(able)]
    found = _rooms(_empty(zones, base, names, seen, paper), list(rows[column]), paper, lang) if len(rows) else None
    if found is None:
        return names
    boxes, form = found
    kind = paper.type
    rows = rows.iloc[: sum(form.holds(box.wide, box.high, HEAD * kind, PAD * kind) for box in boxes)]
    taken += boxes
    keys, inks = _placed(rows, taken, seen, paper, lang, barred)
    for zone_id, label in keys.items():
        write_label(axes, label, inks[zone_id], paper)
    listed = [(label.wish.text, str(rows.at[zone_id, column]), inks[zone_id]) for zone_id, label in keys.items()]
    _list(axes, boxes, form, listed, paper, lang)
    left = tuple(zone_id for zone_id in names.unnamed if zone_id not in keys)
    return replace(names, unnamed=left, keys=keys)


def _placed(
    rows: geopandas.GeoDataFrame,
    taken: list[Box],
    seen: View,
    paper: Layout,
    lang: str,
    barred: shapely.Geometry | None,
) -> tuple[dict[str, Placed], dict[str, str]]:
    """Return where each number stands, numbered from north to south, and the ink of each."""
    wide = "8" * len(str(len(rows)))
    wishes: dict[int, tuple[str, Wish]] = {}
    inks = {}
    for zone in rows.itertuples():
        wish, inks[str(zone.Index)] = zone_wish(zone, seen, paper, lang)
        if wish is not None:
            spots = [*wish.places, *_more_places(zone.geometry if zone.axis is None else zone.axis, seen, paper)]
            made = replace(wish, text=wide, size_pt=KEY_PT * paper.type, weight="bold", places=spots, reach=REACH_MM)
            wishes[id(made)] = (str(zone.Index), made)
    # Those with the fewest places choose first.
    tried = sorted((made for _, made in wishes.values()), key=lambda made: len(made.places))
    placed, _ = place(tried, paper.map, taken, (), barred)
    ordered = sorted(placed, key=lambda label: (-round(label.y / (4 * paper.type)), label.x))
    keys = {
        wishes[id(label.wish)][0]: replace(label, wish=replace(label.wish, text=str(at)))
        for at, label in enumerate(ordered, 1)
    }
    return keys, inks


def _more_places(shape: shapely.Geometry, seen: View, paper: Layout) -> list[tuple[float, float]]:
    """Return more places for the number of a zone, in mm: over all of its ground, or along all of its axis."""
    shown = on_paper(shape, seen, paper)
    if shown.is_empty or shown.geom_type == "Point":
        return []
    if not shown.geom_type.endswith("Polygon"):
        spots = shown.interpolate(np.linspace(0.05, 0.95, 2 * GRID), normalized=True)
        return [(spot.x, spot.y) for spot in spots]
    west, south, east, north = shown.bounds
    shares = (np.arange(GRID) + 0.5) / GRID
    x, y = (each.ravel() for each in np.meshgrid(west + (east - west) * shares, south + (north - south) * shares))
    inside = shapely.contains_xy(shown, x, y)
    return [(float(each), float(other)) for each, other in zip(x[inside], y[inside], strict=True)]


def _empty(
    zones: geopandas.GeoDataFrame, base: Mapping[str, geopandas.GeoDataFrame], names: Names, seen: View, paper: Layout
) -> tuple[npt.NDArray[np.bool_], float]:
    """Return which cells of the map hold neither land, zone nor name, from its lower left corner; and their size."""
    step, face = CELL * paper.type, paper.map
    x = np.arange(face.x + step / 2, face.right, step)
    y = np.arange(face.y + step / 2, face.top, step)
    shapes = [
        *(base["base_land"].geometry if "base_land" in base else ()),
        *zones.geometry.dropna(),
        *zones["axis"].dropna(),
    ]
    labels = [box_of(each) for each in (*names.of_zones.values(), *names.of_base)]
    ground = [on_paper(shape, seen, paper).buffer(AIR * paper.type) for shape in shapes]
    ground += [shapely.box(each.x, each.y, each.right, each.top).buffer(step) for each in labels]
    held = shapely.union_all(ground)
    shapely.prepare(held)
    columns, lines = np.meshgrid(x, y)
    free = ~shapely.intersects_xy(held, columns, lines)
    # A list against the frame would look like part of it.
    free[[0, -1], :] = free[:, [0, -1]] = False
    return free, step


def _rooms(
    empty: tuple[npt.NDArray[np.bool_], float], names: list[str], paper: Layout, lang: str
) -> tuple[list[Box], _Form] | None:
    """Return the boxes of the list, in mm, with the largest type that fits; None where nothing holds a name.

    Where even the smallest type cannot hold all names, the boxes hold as many as they can.
    """
    free, step = empty
    first = _runs(free)
    for size in SIZES:
        form = _form(names, size, paper, lang)
        boxes, held = _boxes(free.copy(), first, form, step, len(names), paper)
        if held >= len(names):
            break
    return (boxes, form) if boxes else None


def _form(names: list[str], size: float, paper: Layout, lang: str) -> _Form:
    kind = paper.type
    number = width_mm("8" * (len(str(len(names))) + 1), size * kind, "bold")
    longest = max(width_mm(name, size * kind) for name in names)
    return _Form(size * kind, number + min(longest, LONGEST_MM[lang] * kind), size * kind * MM_PER_PT * LINE)


def _boxes(
    free: npt.NDArray[np.bool_],
    runs: Runs | None,
    form: _Form,
    step: float,
    names: int,
    paper: Layout,
) -> tuple[list[Box], int]:
    """Return boxes for a number of names, and how many they hold: the smallest that holds the rest, else the best."""
    kind, face = paper.type, paper.map
    boxes: list[Box] = []
    held = 0
    while held < names and len(boxes) < MOST_BOXES:
        runs = _runs(free) if runs is None else runs
        best = _best_run(
            runs, form.holds_each(runs[:, 3] * step, runs[:, 2] * step, HEAD * kind, PAD * kind), names - held
        )
        if best is None:
            break
        low, left, high, wide = best
        held += form.holds(wide * step, high * step, HEAD * kind, PAD * kind)
        boxes.append(Box(face.x + left * step, face.y + low * step, wide * step, high * step))
        free[max(low - 2, 0) : low + high + 2, max(left - 2, 0) : left + wide + 2] = False
        runs = None
    return boxes, held


def _best_run(runs: Runs, holds: npt.NDArray[np.int_], names: int) -> tuple[int, int, int, int] | None:
    """Return the smallest run that holds all names, else the one that holds most; None where none holds enough."""
    cells = runs[:, 2] * runs[:, 3]
    ties = tuple(runs.T[::-1])
    for rows, order in ((holds >= names, (-holds, cells)), (holds >= FEWEST, (cells, -holds))):
        if rows.any():
            first = np.lexsort((*ties, *order))
            low, left, high, wide = runs[first[rows[first]][0]].tolist()
            return low, left, high, wide
    return None


def _runs(free: npt.NDArray[np.bool_]) -> Runs:
    """Return for each pair of lower and upper line of cells the longest free run."""
    at = np.arange(free.shape[1])
    found = [np.empty((0, 4), dtype=np.intp)]
    for low in range(len(free)):
        held = np.logical_and.accumulate(free[low:], axis=0)
        # Free cells up to and with each: so far back lies the last one that is not free.
        length = at - np.maximum.accumulate(np.where(held, -1, at), axis=1)
        last = length.argmax(axis=1)
        wide = length.max(axis=1)
        high = np.arange(1, len(held) + 1)
        runs = np.column_stack([np.full_like(high, low), last - wide + 1, high, wide])
        found.append(runs[wide > 0])
    return np.vstack(found)


def _list(
    axes: Axes, boxes: list[Box], form: _Form, rows: list[tuple[str, str, str]], paper: Layout, lang: str
) -> None:
    """Set the list into its boxes: numbers in the ink of their kind, names beside them, column by column."""
    kind, head = paper.type, style.label(WORDS, "head", lang)
    for place_, box in enumerate(boxes):
        holds = form.holds(box.wide, box.high, HEAD * kind, PAD * kind)
        held, rows = rows[:holds], rows[holds:]
        if held:
            text = head + (style.label(WORDS, "more", lang) if place_ else "")
            _block(axes, box, form, held, text, paper)


def _block(axes: Axes, box: Box, form: _Form, rows: list[tuple[str, str, str]], head: str, paper: Layout) -> None:
    """Set one box, no larger than its names need."""
    kind, inks = paper.type, paper.theme
    most = int((box.wide - 2 * PAD * kind + GAP) // (form.wide + GAP))
    lines = -(-len(rows) // most)
    columns = -(-len(rows) // lines)
    wide = columns * (form.wide + GAP) - GAP + 2 * PAD * kind
    high = lines * form.line + HEAD * kind + 2 * PAD * kind
    left, low = box.x + (box.wide - wide) / 2, box.y + (box.high - high) / 2
    frame = Rectangle(
        (left, low), wide, high, facecolor=inks.paper, edgecolor=inks.ink, linewidth=0.4 * kind, gid=LIST_ID
    )
    axes.add_patch(frame)
    left, top = left + PAD * kind, low + high - PAD * kind
    write(axes, paper, left, top - HEAD * kind * 0.42, head, 7.2 * kind, weight="bold")
    number = width_mm("8" * (max(len(key) for key, _, _ in rows) + 1), form.size_pt, "bold")
    for at, (key, name, ink) in enumerate(rows):
        x, y = left + (at // lines) * (form.wide + GAP), top - HEAD * kind - (at % lines + 0.5) * form.line
        write(axes, paper, x + number * 0.78, y, key, form.size_pt, ha="right", weight="bold", colour=ink)
        _name(axes, x + number, y, name, form, form.wide - number, paper)


def _name(axes: Axes, x: float, y: float, name: str, form: _Form, room: float, paper: Layout) -> None:
    """Write a name into its room in mm: smaller where it is long, in two lines where it is very long."""
    share = min(1.0, room / max(width_mm(name, form.size_pt), 1e-9))
    if share >= SMALLER:
        write(axes, paper, x, y, name, form.size_pt * share)
        return
    size = form.size_pt * TWO_LINES
    lines = fill_lines(name, size, room)
    while len(lines) > 2 and size > 1:
        size *= 0.95
        lines = fill_lines(name, size, room)
    for at, line in enumerate(lines):
        up = (0.5 * (len(lines) - 1) - at) * 1.25 * size * MM_PER_PT
        write(axes, paper, x, y + up, line, size)
