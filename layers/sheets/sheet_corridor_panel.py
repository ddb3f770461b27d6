"""What stands beside the map on a corridor's page: key figures, gaps, classes, legend, and how it was computed."""

from dataclasses import replace
from functools import partial

import geopandas
from matplotlib.axes import Axes

from layers import style
from layers.corridors.corridor_picture import class_label, colours_of, short_place
from layers.corridors.corridor_words import assumption, covered_by, ends, method, width, word
from layers.corridors.handover import Handover
from layers.sheets.sheet_corridor_map import sample_axis, sample_band, sample_cover, sample_covered
from layers.sheets.sheet_frame import Box, Layout, View
from layers.sheets.sheet_legend import base_section
from layers.sheets.sheet_marks import write
from layers.sheets.sheet_page_rows import line_of, table, under
from layers.sheets.sheet_panel import Row, Section, labelled, orientation_section
from layers.sheets.sheet_text import fill_lines, width_mm
from zones.units import UNITS, Unit, error_decimals, format_area

UNITS_SHOWN: tuple[Unit, ...] = ("km2", "ha", "mu")
MOST_GAPS, MOST_CLASSES = 5, 7
METHOD_PT, METHOD_LINE = 5.4, 2.7
SWATCH = 6.0


def share(value: float, error: float | None = None) -> str:
    """Return a share in percent with its ±, no digit beyond what ± carries."""
    if not error:
        return f"{value:.1%}"
    decimals = min(error_decimals(error * 100), 1)
    shown = max(decimals, 0)
    return f"{round(value * 100, decimals):.{shown}f} ± {round(error * 100, decimals):.{shown}f}%"


def _share(held: Handover, value: float) -> str:
    """Return a share in percent, cut where the ± of the share covered cuts it."""
    error = held.found.error_m2 / held.found.corridor_m2
    return f"{share(value, error).partition(' ± ')[0].rstrip('%')}%"


def key_figures(held: Handover, paper: Layout) -> list[Section]:
    """Return the share covered large, then areas in three units, then lengths."""
    found, lang = held.found, held.lang
    error = found.error_m2 / found.corridor_m2
    heads = ["", *(UNITS[unit][lang == "en"] for unit in UNITS_SHOWN), held.of(("占走廊", "Share"))]
    areas = (
        ("band", found.corridor_m2, False),
        ("covered", found.covered_m2, True),
        ("uncovered", found.uncovered_m2, True),
        ("sum", found.sum_m2, False),
    )
    rows = [
        [
            word(key, lang),
            *(_band_area(held, unit) if key == "band" else _area(held, area, unit, with_error) for unit in UNITS_SHOWN),
            "100%" if key == "band" else _share(held, area / found.corridor_m2),
        ]
        for key, area, with_error in areas
    ]
    told = [assumption(held), covered_by(held)]
    return [
        [_headline(held, share(found.share, error))],
        table(heads, rows, (0.26, 0.44, 0.66, 0.89, 1.0), paper),
        [row for text in told for row in line_of(text, paper)],
    ]


def no_curve(held: Handover, paper: Layout) -> Section:
    """Say why there is no curve."""
    text = ("半宽沿轴线变化，不作宽度曲线。", "The half-width varies along the axis, so there is no width curve.")
    return line_of(held.of(text), paper)


def columns(held: Handover, base: dict[str, geopandas.GeoDataFrame], seen: View, paper: Layout) -> list[list[Section]]:
    """Return the columns of the panel: gaps and classes; legend, base map and scale."""
    lang, half = held.lang, _half(paper)
    grounds = {name: frame for name, frame in base.items() if name != "base_land"}
    left = [under(word("gaps", lang), _gaps(held, half)), under(word("classes", lang), _classes(held, half))]
    right = [
        under(held.of(("图例", "Legend")), _legend(held)),
        base_section(grounds, lang, outside=False),
        orientation_section(seen, paper, lang),
    ]
    return [[section for section in column if section] for column in (left, right)]


def _half(paper: Layout) -> Layout:
    """Return the paper with a panel of the width of one of its columns."""
    return replace(paper, panel=replace(paper.panel, wide=paper.panel.wide / 2))


def method_lines(held: Handover, paper: Layout, wide_mm: float) -> list[str]:
    """Return how the figures were made, broken to a width; the workbook says the rest."""
    heads = {held.of(pair) for pair in (("走廊带", "Band"), ("±", "±"), ("里程与左右", "Chainage and sides"),
                                        ("缺口", "Gap"), ("示意", "Indicative"))}  # fmt: skip
    colon, stop = held.of(("：", ": ")), held.of(("。", ". "))
    text = "".join(f"{head}{colon}{said}{stop}" for head, said in method(held) if head in heads)
    return fill_lines(text.strip(), METHOD_PT * paper.type, wide_mm)


def _headline(held: Handover, text: str) -> Row:
    found, lang = held.found, held.lang
    lengths = [
        f"{word('half_width', lang)} {width(held)} · {ends(held)}",
        f"{word('axis', lang)} {found.length_m / 1000:.2f} km",
        _gap_words(held),
        _side_words(held),
    ]

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        kind = paper.type
        write(axes, paper, box.x, box.top - 2.2 * kind, word("covered_share", lang), 7 * kind,
              colour=paper.theme.ink_soft)  # fmt: skip
        write(axes, paper, box.x, box.y + 5.4 * kind, text, 21 * kind, weight="bold")
        x = box.x + max(width_mm(text, 21 * kind, "bold") + 6 * kind, 0.46 * box.wide)
        size = 6.4 * kind
        size *= min(1.0, (box.right - x) / max(width_mm(line, size) for line in lengths))
        for at, line in enumerate(lengths):
            write(axes, paper, x, box.top - (2.0 + 3.6 * at) * kind, line, size)

    return Row(14.4, draw)


def _side_words(held: Handover) -> str:
    left, right = (part / whole if whole else 0.0 for part, whole in (held.found.left_m2, held.found.right_m2))
    one, other = _share(held, left), _share(held, right)
    return held.of((f"左侧覆盖 {one}，右侧覆盖 {other}", f"Left side {one}, right side {other} covered"))


def _gap_words(held: Handover) -> str:
    gaps, lang = held.found.gaps, held.lang
    if gaps.empty:
        return f"{word('gaps', lang)}：{word('none', lang)}" if lang == "zh" else "No gap"
    longest = f"{gaps['length_m'].max() / 1000:.2f} km"
    return held.of((f"最长缺口 {longest}，共 {len(gaps)} 处", f"Longest gap {longest}, {len(gaps)} in all"))


def _area(held: Handover, area_m2: float, unit: Unit, with_error: bool) -> str:
    """Return an area; without its own ± it shows no digit that the ± of what is covered cannot carry."""
    text = format_area(area_m2, held.found.error_m2 or None, unit)
    return text if with_error else text.partition(" ± ")[0]


def _band_area(held: Handover, unit: Unit) -> str:
    """Return the band's area: it follows from an assumed width, so no more digits than one would say."""
    return format_area(held.found.corridor_m2, held.found.corridor_m2 / 1000, unit).partition(" ± ")[0]


def _gaps(held: Handover, paper: Layout) -> Section:
    gaps, lang = held.found.gaps, held.lang
    if gaps.empty:
        return line_of(word("none", lang), paper)
    heads = [held.of(("里程 km", "Chainage km")), held.of(("长 km", "Length")), word("where", lang)]
    rows = [
        [f"{low / 1000:.2f}–{high / 1000:.2f}", f"{length / 1000:.2f}", _where(held, low, high)]
        for low, high, length in gaps.head(MOST_GAPS).itertuples(index=False)
    ]
    more = len(gaps) - len(rows)
    text = held.of((f"另有 {more} 处，见工作簿。", f"{more} more in the workbook."))
    return [*table(heads, rows, (0.3, 0.45, 1.0), paper), *(line_of(text, paper) if more else [])]


def _where(held: Handover, low: float, high: float) -> str:
    names = held.met(low, high)
    return held.of(("、", ", ")).join(short_place(each, held.lang) for each in names)


def _classes(held: Handover, paper: Layout) -> Section:
    lang, classes = held.lang, held.found.by_class
    if classes.empty:
        return []
    heads = [word("class", lang), word("count", lang), UNITS["km2"][lang == "en"], held.of(("占走廊", "Share"))]
    looks, shown = colours_of(list(classes["class"])), classes.head(MOST_CLASSES)
    rows = [
        [class_label(name, lang), str(count), _area(held, area, "km2", False), _share(held, part)]
        for name, area, part, count, _ in shown.itertuples(index=False)
    ]
    head, *body, end = table(heads, rows, (0.42, 0.58, 0.8, 1.0), paper)
    colours = [looks[name][0] for name in shown["class"]]
    return [_beside(None, head), *map(_beside, colours, body), end]


def _beside(colour: str | None, row: Row) -> Row:
    """Return a row set in, with a sample of an outline before it."""

    def draw(axes: Axes, box: Box, paper: Layout) -> None:
        inset = SWATCH * paper.type
        if colour:
            high = 0.6 * box.high
            sample_cover(colour, axes, Box(box.x, box.y + 0.2 * box.high, 0.75 * inset, high), paper)
        row.draw(axes, Box(box.x + inset, box.y, box.wide - inset, box.high), paper)

    return Row(row.high, draw)


def _legend(held: Handover) -> Section:
    return [
        labelled(held.of(("走廊带中被覆盖的地", "Band, covered")), sample_covered),
        labelled(held.of(("走廊带中未覆盖的地", "Band, not covered")), sample_band),
        labelled(held.of(("轴线与里程（km）", "Axis with chainage (km)")), sample_axis),
        labelled(held.of(("覆盖区边线（颜色见类别）", "Edge of a cover, by class")),
                 partial(sample_cover, style.INK_SOFT)),
    ]  # fmt: skip
