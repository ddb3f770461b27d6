"""The page of one zone in an atlas: its map, what the plan says of it, its areas, overlaps and sources."""

from dataclasses import dataclass, replace
from typing import Any

import geopandas
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from layers import style
from layers.credits import credit_parts
from layers.sheets import sheet_legend as legend
from layers.sheets import sheet_marks as marks
from layers.sheets import sheet_panel as panel
from layers.sheets.page_facts import OverlapFact, PageFacts
from layers.sheets.sheet_book_words import said
from layers.sheets.sheet_edges import draw_foot, draw_title
from layers.sheets.sheet_face import around, land_of, map_axes, new_figure, paper_axes
from layers.sheets.sheet_frame import Box, Layout, View, layout, view
from layers.sheets.sheet_map import (
    KEEP_CLEAR_OF,
    Names,
    base_drawn,
    base_in_view,
    boundaries_on_paper,
    draw_base,
    draw_graticule,
    draw_names,
    draw_zones,
    line_parts,
    on_plane,
    sees_outside,
)
from layers.sheets.sheet_page_rows import line_of, named, table, under
from layers.sheets.sheet_plan import Use
from layers.sheets.sheet_shown import is_indicative, notes
from layers.sheets.sheet_text import check_signs, fill_lines, texts_of
from layers.sheets.sheet_theme import theme
from zones.atlas import Atlas
from zones.schema import DISTRICTS
from zones.units import UNITS, Unit, error_decimals, format_area

COLUMNS = 3
"""Of legends and notes under the text."""
SIDE_MM = 108.0
"""Width of the text beside the map, at type size 1."""
MOST_OVERLAPS = 10
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(frozen=True)
class Room:
    """How much a page says: rows of overlaps and of sources, statements in a list, lines of a value."""

    overlaps: int
    sources: int
    statements: int
    lines: int


TRIES = (Room(10, 6, 14, 6), Room(8, 5, 14, 5), Room(6, 4, 12, 4), Room(5, 3, 8, 3), Room(3, 2, 6, 2), Room(2, 1, 4, 2))
"""Tried in turn until the panel holds them; what is cut says so."""
UNITS_SHOWN: tuple[Unit, ...] = ("km2", "ha", "mu")


@dataclass(frozen=True)
class PageLook:
    """How the pages of a book look: language, paper ("A3" or "A4"), theme, and whether they are for the public."""

    lang: str = "zh"
    size: str = "A3"
    theme: str = "colour"
    use: Use = "internal"

    def paper(self) -> Layout:
        """Return the places on a page."""
        return layout(self.size, upright=False, side_mm=SIDE_MM, theme=theme(self.theme))

    def of(self, pair: tuple[str, str]) -> str:
        """Return the one of a Chinese and an English text."""
        return pair[1] if self.lang == "en" else pair[0]


def draw_page(atlas: Atlas, facts: PageFacts, look: PageLook) -> Figure:
    """Draw the page of a zone; give the figure to `layers.sheets.sheet.sheet_bytes`.

    Raises
    ------
    InputError
        When the font lacks a sign of a text.
    """
    paper, lang = look.paper(), look.lang
    figure = new_figure(paper)
    name = look.of((facts.record["name_zh"], facts.record["name_en"]))
    figure.set_label(name)
    zone = atlas.zones.loc[[facts.zone_id]]
    if zone.geometry.notna().any() or zone["axis"].notna().any():
        axes, layers = _with_map(figure, atlas, facts, look, paper)
        mark = marks.word("schematic", lang) if is_indicative(zone) else ""
        crs = [f"{marks.word('crs', lang)} {marks.word('method', lang) if facts.areas else ''}".strip()]
    else:
        axes, layers, mark, crs = _draw_reason(figure, facts, look, paper), set[str](), "", []
        panel.draw_panel(axes, [_fitting(facts, look, paper)[1]], paper)
    draw_title(axes, name, look.of(facts.plan), paper, mark)
    credits = ("；" if lang == "zh" else "; ").join(credit_parts(atlas, layers, lang))
    lines = [*crs, *([marks.word("sources", lang) + credits] if credits else [])]
    draw_foot(axes, lines, said("page_print", lang, id=facts.digest()[:12]), "", paper)
    check_signs(texts_of(figure))
    return figure


def _with_map(figure: Figure, atlas: Atlas, facts: PageFacts, look: PageLook, paper: Layout) -> tuple[Axes, set[str]]:
    """Draw map and panel of a located zone; return the axes of the paper and the layers that are owed credit."""
    frame = atlas.zones.loc[facts.drawn]
    seen = view(_window(frame.iloc[[0]]), paper.map, land_of(atlas))
    base = base_in_view(atlas.base, seen)
    one = on_plane(frame.iloc[[0]], seen)
    upper, lower = _split(paper, legends := _legends(one, base, seen, look, paper, overlaps=bool(facts.overlaps)))
    room, column = _fitting(facts, look, upper)
    others = on_plane(frame.iloc[1 : room.overlaps + 1], seen)
    face = map_axes(figure, paper, seen)
    draw_base(face, base, paper)
    draw_graticule(face, seen, paper)
    _draw_context(face, others, paper)
    draw_zones(face, one, paper)
    axes = paper_axes(figure, paper)
    barred = boundaries_on_paper(base, seen, paper).get(KEEP_CLEAR_OF) if look.use == "public" else None
    draw_names(axes, pd.concat([one, _numbered(others, facts, seen)]), base, seen, paper, look.lang, barred=barred)
    marks.draw_frame(axes, seen, paper)
    panel.draw_panel(axes, [column], upper)
    panel.draw_panel(axes, legends, lower)
    return axes, {*one["layer"].dropna(), *others["layer"].dropna(), *base}


def _window(one: geopandas.GeoDataFrame) -> tuple[float, float, float, float]:
    """Return the plane window of a zone; of a place, wide enough to see where it may lie."""
    west, south, east, north = around(one)
    air = 2 * float(one["error_m"].iloc[0]) if east - west < 1 and north - south < 1 else 0.0
    return west - air, south - air, east + air, north + air


def _legends(
    one: geopandas.GeoDataFrame,
    base: dict[str, geopandas.GeoDataFrame],
    seen: View,
    look: PageLook,
    paper: Layout,
    *,
    overlaps: bool,
) -> list[list[panel.Section]]:
    """Return the columns under the text: scale, north and notes; how the outline is known; the base map."""
    lang = look.lang
    grades = legend.grade_section(one, lang)
    ground = legend.base_section(base_drawn(base, seen), lang, outside=sees_outside(base, seen))
    told = [*notes(one, Names({}, (), ()), 0, 0, lang), *([said("context", lang)] if overlaps else [])]
    third = replace(paper, columns=COLUMNS)
    right = [*panel.orientation_section(seen, third, lang), *panel.notes_section(told, third)]
    return [[section] if section else [] for section in (right, grades, ground)]


def _split(paper: Layout, legends: list[list[panel.Section]]) -> tuple[Layout, Layout]:
    """Return the paper with the upper part of its panel for text, and with the lower for the legends."""
    box = paper.panel
    high = (max(panel.height(column) for column in legends) + 2 * panel.PAD) * paper.type
    upper = Box(box.x, box.y + high, box.wide, box.high - high)
    return replace(paper, panel=upper), replace(paper, panel=Box(box.x, box.y, box.wide, high), columns=COLUMNS)


def _numbered(others: geopandas.GeoDataFrame, facts: PageFacts, seen: View) -> geopandas.GeoDataFrame:
    """Return the zones around as outlines named by the number they have in the table of overlaps."""
    numbers = {fact.zone_id: sign for fact, sign in zip(facts.overlaps, CIRCLED, strict=False)}
    signs = [numbers[zone_id] for zone_id in others.index]
    window = shapely.box(*seen.bounds)
    lines = [shape.boundary if shape.geom_type.endswith("Polygon") else shape for shape in others.geometry]
    named_ = others.assign(name_zh=signs, name_en=signs, axis=None)
    return named_.set_geometry(geopandas.GeoSeries(lines, others.index, crs=others.crs).intersection(window))


def _draw_context(axes: Axes, zones: geopandas.GeoDataFrame, paper: Layout) -> None:
    for zone in zones.itertuples():
        look = paper.theme.look(zone.kind, zone.grade)
        lines = LineCollection(line_parts(zone.geometry), colors=look.colour, linewidths=0.7 * paper.type, alpha=0.8)
        lines.set_linestyle((0, (3, 2)))
        axes.add_collection(lines)


def _draw_reason(figure: Figure, facts: PageFacts, look: PageLook, paper: Layout) -> Axes:
    """Say in the empty map why there is none."""
    axes = paper_axes(figure, paper)
    box, unit = paper.outer, paper.type
    marks.draw_border(axes, paper)
    reason = look.of((str(facts.outline["unlocated_zh"] or ""), str(facts.outline["unlocated_en"] or "")))
    middle = box.x + box.wide / 2, box.y + box.high / 2
    marks.write(axes, paper, middle[0], middle[1] + 4 * unit, said("no_shape", look.lang), 13 * unit, ha="center",
                weight="bold")  # fmt: skip
    for at, line in enumerate(fill_lines(reason, 7.5 * unit, box.wide * 0.7)):
        y = middle[1] - (3 + at * 4.2) * unit
        marks.write(axes, paper, middle[0], y, line, 7.5 * unit, ha="center", colour=paper.theme.ink_soft)
    return axes


def _fitting(facts: PageFacts, look: PageLook, paper: Layout) -> tuple[Room, list[panel.Section]]:
    """Return the sections of the panel, with as many rows as it holds, and how many those are."""
    high = paper.panel.high / paper.type - 2 * panel.PAD
    for room in TRIES:
        column = [section for section in _sections(facts, look, paper, room) if section]
        if panel.height(column) <= high:
            break
    return room, column


def _sections(facts: PageFacts, look: PageLook, paper: Layout, room: Room) -> list[panel.Section]:
    lang = look.lang
    return [
        under(said("facts", lang), _about(facts, look, paper, room)),
        under(said("areas", lang), _areas(facts, look, paper)),
        under(said("overlaps", lang), _overlaps(facts, look, paper, room.overlaps)) if facts.areas else [],
        under(said("sources", lang), _sources(facts, look, paper, room.sources)),
    ]


def _about(facts: PageFacts, look: PageLook, paper: Layout, room: Room) -> panel.Section:
    """Return what the plan says of the zone, and how its outline is known."""
    lang, told = look.lang, facts.record
    comma = ", " if lang == "en" else "、"
    kind = style.label(style.KIND_LABELS, told["kind"], lang)
    districts = [DISTRICTS.get(code, code) for code in told["district_codes"]] if lang == "zh" else []
    values = (
        ("kind", " · ".join([kind, *districts])),
        ("scheme", comma.join(map(look.of, facts.schemes))),
        ("parent", comma.join(map(look.of, facts.parents))),
        ("alias", "、".join(told["aliases"])),
        ("positioning", told["positioning"][lang] if told["positioning"] else ""),
        *((key, _statements(told[key], lang, room)) for key in ("industries", "anchors", "platforms")),
        *_outline(facts, look),
    )
    return [row for key, value in values for row in named(said(key, lang), value, paper, room.lines)]


def _statements(held: list[dict[str, Any]], lang: str, room: Room) -> str:
    """Return statements in one line; those that are cut are counted."""
    shown = (", " if lang == "en" else "、").join(each[lang] for each in held[: room.statements])
    left = len(held) - room.statements
    return f"{shown} {said('more', lang, n=left)}" if left > 0 else shown


def _outline(facts: PageFacts, look: PageLook) -> tuple[tuple[str, str], ...]:
    """Return how the outline is known, as names and values; empty values where it is not."""
    lang, told, outline = look.lang, facts.record, facts.outline

    def text(field: str) -> str:
        return look.of((str(outline[field] or ""), str(outline[f"{field}_en"] or "")))

    grade = style.label(style.GRADE_LABELS, told["grade"], lang) if told["grade"] else ""
    method = style.label(style.METHOD_LABELS, outline["method"], lang) if outline["method"] else ""
    error = "± " + said("metres", lang, value=told["error_m"]) if told["error_m"] else ""
    known = (grade, method, error, str(outline["traced_on"] or ""))
    return (
        ("grade", " · ".join(part for part in known if part)),
        ("half_width", said("metres", lang, value=outline["half_width_m"]) if outline["half_width_m"] else ""),
        ("basis", text("basis")),
        ("axis_basis", text("axis_basis") if text("axis_basis") != text("basis") else ""),
    )


def _areas(facts: PageFacts, look: PageLook, paper: Layout) -> panel.Section:
    lang = look.lang
    if not facts.areas:
        return line_of(said("no_area", lang), paper) if facts.record["grade"] else []
    heads = [said("way", lang), *(UNITS[unit][lang == "en"] for unit in UNITS_SHOWN), said("receipt", lang)]
    rows = [
        [
            said(each.method, lang),
            *(format_area(each.area_m2, each.error_m2, unit) for unit in UNITS_SHOWN),
            each.receipt,
        ]
        for each in facts.areas
    ]
    stated, error = facts.record["declared_area_m2"], facts.areas[0].error_m2
    if stated is not None:
        rows.append(
            [
                said("declared", lang),
                *(format_area(stated, None, unit).rstrip("0").rstrip(".") for unit in UNITS_SHOWN),
                "",
            ]
        )
    if facts.difference_m2 is not None:
        rows.append(
            [said("difference", lang), *(format_area(facts.difference_m2, error, unit) for unit in UNITS_SHOWN), ""]
        )
    return table(heads, rows, (0.24, 0.42, 0.62, 0.84, 1.0), paper)


def _overlaps(facts: PageFacts, look: PageLook, paper: Layout, most: int) -> panel.Section:
    lang = look.lang
    if not facts.overlaps:
        return line_of(said("no_overlap", lang), paper)
    heads = [said("other", lang), UNITS["km2"][lang == "en"], said("share", lang)]
    rows = [
        [f"{sign} {look.of((each.name_zh, each.name_en))}", _shared(each, facts), _percent(each.share)]
        for each, sign in zip(facts.overlaps[:most], CIRCLED, strict=False)
    ]
    left = facts.overlap_count - len(rows)
    more = line_of(said("more", lang, n=left), paper) if left else []
    return [*table(heads, rows, (0.66, 0.84, 1.0), paper), *more]


def _shared(overlap: OverlapFact, facts: PageFacts) -> str:
    """Return shared ground in km² with no digit that the error of the zone cannot carry."""
    error_m2 = facts.areas[0].error_m2
    figure = format_area(overlap.overlap_m2, error_m2, "km2").split(" ")[0]
    if error_m2 and float(figure.replace(",", "")) == 0:
        return f"< {10.0 ** -error_decimals(error_m2 / 1e6):g}"
    return figure


def _percent(share: float) -> str:
    return "< 1%" if 0 < share < 0.005 else f"{share:.0%}"


def _sources(facts: PageFacts, look: PageLook, paper: Layout, most: int) -> panel.Section:
    """Return where the plan speaks of the zone: plan, heading and lines."""
    lang, texts = look.lang, []
    for each in facts.record["sources"]:
        start, end = each["line_start"], each["line_end"]
        lines = said("line" if start == end else "lines", lang, start=start, end=end)
        texts.append(" · ".join(part for part in (look.of(facts.plan), each["section"], lines) if part))
    more = [said("more", lang, n=len(texts) - most)] if len(texts) > most else []
    return [row for text in (*texts[:most], *more) for row in line_of(text, paper)]
