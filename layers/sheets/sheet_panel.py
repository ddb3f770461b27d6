"""The panel beside the map: sections of rows set in columns; areas, scale and north, notes and locator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import geopandas
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from layers.sheets.sheet_frame import PANEL_PAD, PLANE_CRS, Box, Layout, View, true_north
from layers.sheets.sheet_marks import draw_locator, draw_north, draw_scale, word, write
from layers.sheets.sheet_text import fill_lines, width_mm
from zones.measure import measure
from zones.units import format_area

PAD = PANEL_PAD
GAP = 2.6
TIGHTEST = 1.1
"""How much closer than usual rows may stand, at most."""
ROW = 4.8
NOTE = 3.0
HEAD = 5.6
SMALLEST_HEAD = 0.62
"""How much smaller than usual a long head may be set."""
LOCATOR = 26.0
MOST_OF_CITY = 0.8
MOST_BASE = 6
"""Rows of the base map in a legend, as a rule."""
MOST_AREAS = 12
"""More areas than this belong in a table, not beside a map."""


@dataclass(frozen=True)
class Row:
    """One line of the panel: its height in mm at type size 1, and how it draws itself at a box."""

    high: float
    draw: Callable[[Axes, Box, Layout], None]


Section = list[Row]


def panel_height(kinds: int, grades: int) -> float:
    """Return the height in mm, at type size 1, of a panel on upright paper.

    Parameters
    ----------
    kinds, grades : int
        Rows of kinds in the legend; grades drawn, which share a column with the base map.
    """
    second = HEAD + grades * (ROW + NOTE) + ROW + GAP + HEAD + MOST_BASE * ROW if grades else 0.0
    return min(max(HEAD + kinds * ROW, second, 41.0) + 2 * PAD, 74.0)


def arrange(sections: dict[str, Section], paper: Layout) -> list[list[Section]]:
    """Return the columns of the panel: one, or four on upright paper; what has no room is left out.

    `sections` may hold kinds, grades, base, areas, orientation, wind_rose and locator, in this order.
    """
    held = {name: section for name, section in sections.items() if section}
    room = (paper.panel.high / paper.type) - 2 * PAD
    if paper.columns == 1:
        for dropped in ((), ("locator",), ("areas",), ("areas", "locator")):
            column = [section for name, section in held.items() if name not in dropped]
            if height(column) <= room:
                break
        return [column]
    third: list[str] = []
    for name in ("wind_rose", "areas", "locator"):
        fits = height([held[each] for each in (*third, name)]) <= room if name in held else False
        # The first stands even where it must be set tighter; a locator beside areas would say little.
        if name in held and (not third or (fits and name != "locator")):
            third.append(name)
    wanted = (("kinds",), ("grades", "base"), third, ("orientation",))
    return [[held[name] for name in column if name in held] for column in wanted]


def draw_panel(axes: Axes, columns: Sequence[Sequence[Section]], paper: Layout) -> None:
    """Set the columns of the panel beside each other, each from the top."""
    box, pad = paper.panel, PAD * paper.type
    axes.add_patch(
        Rectangle(
            (box.x, box.y),
            box.wide,
            box.high,
            facecolor=paper.theme.paper,
            edgecolor=paper.theme.ink,
            linewidth=0.4 * paper.type,
        )
    )
    wide = (box.wide - pad) / len(columns)
    for at, column in enumerate(columns):
        # A long legend is set tighter, then smaller, before it may leave the panel.
        unit = min(paper.type, (box.high - 2 * pad) / max(height(column), 1))
        set_in = replace(paper, type=min(paper.type, TIGHTEST * unit))
        y = box.top - pad
        for section in column:
            for row in section:
                y -= row.high * unit
                row.draw(axes, Box(box.x + pad + at * wide, y, wide - pad, row.high * unit), set_in)
            y -= GAP * unit


def height(sections: Sequence[Section]) -> float:
    """Return how high sections stand above each other, in mm at type size 1."""
    return sum(row.high for section in sections for row in section) + GAP * (len(sections) - 1)


def area_section(zones: geopandas.GeoDataFrame, lang: str) -> Section:
    """Return the area ± of each polygon drawn, largest first; nothing where there are too many."""
    polygons = zones[zones.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    if not 0 < len(polygons) <= MOST_AREAS:
        return []
    areas = measure(polygons).sort_values("ellipsoid_m2", ascending=False)
    names = polygons["name_en" if lang == "en" else "name_zh"]
    rows = [
        _figure_row(names[area.Index], format_area(area.ellipsoid_m2, area.error_m2, "km2"))
        for area in areas.itertuples()
    ]
    return [head(word("areas", lang)), *rows]


def orientation_section(seen: View, paper: Layout, lang: str) -> Section:
    """Return scale bar, ratio and north arrow."""
    # The bar is as long as the plan of the sheet says, however small the panel is set.
    bar_mm = paper.bar_mm

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        draw_north(axes, box.right - 5 * paper.type, box.y + 2 * paper.type, true_north(seen), paper, lang)
        draw_scale(axes, Box(box.x, box.y + 1.5 * paper.type, bar_mm, box.high), seen, paper, lang)

    return [Row(15.0, draw)]


def notes_section(texts: Sequence[str], paper: Layout) -> Section:
    """Return running notes, broken to the width of a column."""
    pad = PAD * paper.type
    wide = (paper.panel.wide - pad) / paper.columns - pad - 0.5
    return [small(line, indent=0) for text in texts for line in fill_lines(text, 5.6 * paper.type, wide)]


def locator_section(base: dict[str, geopandas.GeoDataFrame], seen: View, lang: str) -> Section:
    """Return the small map of the city with the window of the sheet.

    Nothing without a land layer, or where the sheet itself shows most of the city's breadth.
    """
    if "base_land" not in base:
        return []
    west, _, east, _ = base["base_land"].geometry.to_crs(PLANE_CRS).total_bounds
    if min(seen.east, east) - max(seen.west, west) > MOST_OF_CITY * (east - west):
        return []

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        draw_locator(axes, box, base, seen, paper)

    return [head(word("locator", lang)), Row(LOCATOR, draw)]


def head(text: str) -> Row:
    """Return the head of a section."""

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        # The name of a file may be long: it is set smaller, and cut where even that is too wide.
        size = 8.2 * paper.type
        room = box.wide - 2 * paper.type
        size *= max(SMALLEST_HEAD, min(1.0, room / max(width_mm(text, size, "bold"), 1e-9)))
        shown, fits = text, width_mm(text, size, "bold") <= room + 0.1
        while shown and not fits and width_mm(shown + "…", size, "bold") > room:
            shown = shown[:-1]
        write(axes, paper, box.x, box.y + box.high / 2, text if fits else shown + "…", size, weight="bold")

    return Row(HEAD, draw)


def air(high: float) -> Row:
    """Return an empty row, in mm at type size 1."""
    return Row(high, lambda _axes, _box, _paper: None)


def small(text: str, indent: float = 11) -> Row:
    """Return a line in small type, set in by `indent` mm."""

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        size, room = 5.6 * paper.type, box.wide - indent * paper.type
        size *= min(1.0, room / max(width_mm(text, size), 1e-9))
        x = box.x + indent * paper.type
        write(axes, paper, x, box.y + box.high / 2, text, size, colour=paper.theme.ink_soft)

    return Row(NOTE, draw)


def labelled(text: str, sample: Callable[[Axes, Box, Layout], None]) -> Row:
    """Return a legend row: a sample drawn in a small box, and its name."""

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        sample(axes, Box(box.x, box.y + box.high * 0.14, 8.5 * paper.type, box.high * 0.72), paper)
        wide = box.wide - 11 * paper.type
        lines = fill_lines(text, 6.8 * paper.type, wide)
        size = 6.8 if len(lines) == 1 else 5.4
        lines = lines if size == 6.8 else fill_lines(text, size * paper.type, wide)
        for at, line in enumerate(lines[:2]):
            middle = box.y + box.high * (0.5 if len(lines) == 1 else 0.76 - 0.5 * at)
            write(axes, paper, box.x + 11 * paper.type, middle, line, size * paper.type)

    return Row(ROW, draw)


def _figure_row(name: str, figure: str) -> Row:
    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        size, middle = 6.2 * paper.type, box.y + box.high / 2
        room = box.wide - width_mm(figure, size) - 2
        shown = name
        while shown and width_mm(shown + "…", size) > room:
            shown = shown[:-1]
        write(axes, paper, box.x, middle, name if width_mm(name, size) <= room else shown + "…", size)
        write(axes, paper, box.right, middle, figure, size, ha="right")

    return Row(4.0, draw)
