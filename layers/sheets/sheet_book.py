"""The leaves of an atlas that are not a zone's: cover, contents, index map, and the line under every page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import geopandas
from matplotlib.axes import Axes
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from layers.credits import credit_parts
from layers.sheets.sheet import Sheet, draw_sheet
from layers.sheets.sheet_book_words import said
from layers.sheets.sheet_edges import draw_title
from layers.sheets.sheet_face import around, map_axes, new_figure, paper_axes
from layers.sheets.sheet_frame import Box, Layout, layout, view
from layers.sheets.sheet_map import base_in_view, draw_base, draw_zones, on_plane
from layers.sheets.sheet_marks import word, write
from layers.sheets.sheet_page import PageLook
from layers.sheets.sheet_plan import Order, SignOff
from layers.sheets.sheet_shown import is_indicative
from layers.sheets.sheet_template import Part, template
from layers.sheets.sheet_text import check_signs, fill_lines, texts_of, width_mm
from layers.sheets.sheet_theme import theme
from layers.sheets.sheet_use import signed_line, use_mark
from zones.atlas import Atlas

ROW_MM = 4.6
COVER_MAP = 0.64
"""Share of the cover's height that the map takes."""
COLUMNS = 3
INDEX_PARTS: tuple[Part, ...] = ("legend", "grades", "base", "scale", "title_block")


@dataclass(frozen=True)
class BookOrder:
    """What a person asks of an atlas: as `sheet_plan.Order`, for a book; `look.use` says what it is for."""

    title: str
    look: PageLook = field(default_factory=PageLook)
    organisation: str = ""
    review_number: str = ""
    date: str = ""
    sign_off: SignOff | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the contents: text, page number counted from 1, and whether it heads the lines after it."""

    text: str
    page: int
    head: bool = False


@dataclass(frozen=True)
class Link:
    """A place on a page of contents that leads to another page (counted from 1)."""

    box: Box
    page: int


def rows_per_page(look: PageLook) -> int:
    """Return how many lines one page of contents holds."""
    paper = look.paper()
    return COLUMNS * int((paper.title.y - paper.foot.y) / paper.type / ROW_MM)


def cover(atlas: Atlas, frame: geopandas.GeoDataFrame, order: BookOrder, day: str) -> Figure:
    """Draw the cover: the title over a map of all zones without names."""
    look = order.look
    paper = layout(look.size, upright=False, theme=theme(look.theme))
    figure, unit = new_figure(paper), paper.type
    figure.set_label(order.title)
    full = Box(0, 0, paper.wide, paper.high * COVER_MAP)
    _cover_map(figure, atlas, frame, replace(paper, map=full, outer=full))
    axes = paper_axes(figure, paper)
    x, top = 14 * unit, paper.high - 16 * unit
    axes.add_patch(Rectangle((0, full.top), paper.wide, paper.high - full.top, facecolor=paper.theme.paper))
    axes.add_patch(Rectangle((x, top - 21 * unit), 1.6 * unit, 24 * unit, facecolor=paper.theme.accent))
    size = 30 * unit
    while width_mm(order.title, size, "bold") > paper.wide - 34 * unit and size > 8 * unit:
        size *= 0.95
    write(axes, paper, x + 5 * unit, top - 4.5 * unit, order.title, size, weight="bold")
    small = ((_plans(atlas, frame, look), 9, 14.5), (_counts(frame, look), 9, 20), (_imprint(atlas, order, day), 7, 31))
    for text, pt, down in small:
        write(axes, paper, x + 5 * unit, top - down * unit, text, pt * unit, colour=paper.theme.ink_soft)
    for at, line in enumerate(_signed(order, paper.wide - 38 * unit)):
        write(axes, paper, x + 5 * unit, top - (35.5 + 3.5 * at) * unit, line, 7 * unit, colour=paper.theme.ink_soft)
    owed = credit_parts(atlas, {*frame["layer"].dropna(), *atlas.base}, look.lang)
    told = [word("indicative", look.lang)] if is_indicative(frame) else []
    told.append(word("sources", look.lang) + ("；" if look.lang == "zh" else "; ").join(owed))
    lines = [line for text in told for line in fill_lines(text, 5 * unit, paper.wide - 2 * x)]
    for up, line in enumerate(reversed(lines)):
        write(axes, paper, x, full.top + (2.4 + 2.6 * up) * unit, line, 5 * unit, colour=paper.theme.ink_soft)
    return _checked(figure)


def _cover_map(figure: Figure, atlas: Atlas, frame: geopandas.GeoDataFrame, paper: Layout) -> None:
    drawable = frame[frame.geometry.notna() | frame["axis"].notna()]
    if drawable.empty:
        return
    seen = view(around(drawable), paper.map)
    face = map_axes(figure, paper, seen)
    ground = {name: layer for name, layer in atlas.base.items() if name != "base_stations"}
    draw_base(face, base_in_view(ground, seen), paper)
    draw_zones(face, on_plane(drawable, seen), paper)


def _imprint(atlas: Atlas, order: BookOrder, day: str) -> str:
    """Return who issued the book, its day, the data version and what it may be used for."""
    lang = order.look.lang
    issued = [said("issued", lang, name=order.organisation)] if order.organisation else []
    version = f"{word('data_version', lang)} {atlas.version}"
    return "　".join([*issued, said("date", lang, date=day), version, _use(order)])


def _use(order: BookOrder) -> str:
    """Return what the book is for: the number of the map review and who signed it off, or internal use."""
    look = order.look
    signed = [said("signed", look.lang, name=order.sign_off.name)] if order.sign_off and look.use == "public" else []
    return "　".join([use_mark(look.use, order.review_number, look.lang), *signed])


def _signed(order: BookOrder, wide_mm: float) -> list[str]:
    """Return the lines on the cover that name who signed the book off, and why."""
    told = signed_line(order.look.use, order.sign_off, order.look.lang)
    return [line for each in told for line in fill_lines(each, 7 * order.look.paper().type, wide_mm)]


def _plans(atlas: Atlas, frame: geopandas.GeoDataFrame, look: PageLook) -> str:
    names = [atlas.plans[each].plan.short for each in dict.fromkeys(frame["plan_id"])]
    return " · ".join(look.of((name.zh, name.en)) for name in names)


def _counts(frame: geopandas.GeoDataFrame, look: PageLook) -> str:
    located = int((frame.geometry.notna() | frame["axis"].notna()).sum())
    return said("counts", look.lang, zones=len(frame), located=located, plans=frame["plan_id"].nunique())


def contents(entries: Sequence[Entry], look: PageLook) -> list[tuple[Figure, list[Link]]]:
    """Draw the pages of contents; return each with the places that lead to other pages."""
    most = rows_per_page(look)
    return [
        _contents_page(entries[start : start + most], look, first=start == 0) for start in range(0, len(entries), most)
    ]


def _contents_page(entries: Sequence[Entry], look: PageLook, *, first: bool) -> tuple[Figure, list[Link]]:
    paper = look.paper()
    figure, unit = new_figure(paper), paper.type
    name = said("contents" if first else "more_contents", look.lang)
    figure.set_label(name)
    axes = paper_axes(figure, paper)
    draw_title(axes, name, "", paper)
    gap = 8 * unit
    wide = (paper.title.wide - (COLUMNS - 1) * gap) / COLUMNS
    per_column = rows_per_page(look) // COLUMNS
    links = []
    for at, entry in enumerate(entries):
        x = paper.title.x + (at // per_column) * (wide + gap)
        y = paper.title.y - 3 * unit - (at % per_column + 0.5) * ROW_MM * unit
        _entry(axes, entry, x, y, wide, paper)
        links.append(Link(Box(x, y - ROW_MM * unit / 2, wide, ROW_MM * unit), entry.page))
    return _checked(figure), links


def _entry(axes: Axes, entry: Entry, x: float, y: float, wide: float, paper: Layout) -> None:
    unit, weight = paper.type, "bold" if entry.head else "regular"
    size, indent = 6.6 * unit, 0.0 if entry.head else 3 * unit
    number = f"{entry.page}"
    room = wide - indent - width_mm(number, size) - 4 * unit
    text = fill_lines(entry.text, size, room)[0] if width_mm(entry.text, size, weight) > room else entry.text
    text = text if text == entry.text else text[:-1] + "…"
    write(axes, paper, x + indent, y, text, size, weight=weight)
    write(axes, paper, x + wide, y, number, size, ha="right", colour=paper.theme.ink_soft)
    start, end = x + indent + width_mm(text, size, weight) + 1.5 * unit, x + wide - width_mm(number, size) - 1.5 * unit
    if end > start:
        axes.plot(
            [start, end], [y - 0.8 * unit] * 2, color=paper.theme.rule, linewidth=0.5 * unit, linestyle=(0, (1, 3))
        )


def index_map(atlas: Atlas, frame: geopandas.GeoDataFrame, numbers: Sequence[int], order: BookOrder) -> Sheet:
    """Draw all zones of a book, each named by the number of its page."""
    look = order.look
    signs = [str(number) for number in numbers]
    named = frame.assign(name_zh=signs, name_en=signs)
    title = f"{said('index', look.lang)}（{said('index_note', look.lang)}）"
    if look.lang == "en":
        title = f"{said('index', look.lang)} ({said('index_note', look.lang)})"
    made = template("a3").model_copy(update={"orientation": "landscape"})
    asked = Order(
        title, lang=look.lang, template=made, size=look.size, theme=look.theme, organisation=order.organisation,
        review_number=order.review_number, date=order.date, show=INDEX_PARTS, use=look.use, sign_off=order.sign_off,
        signs=True,
    )  # fmt: skip
    return draw_sheet(atlas, named, asked)


def page_lines(count: int, order: BookOrder, version: str) -> bytes:
    """Return a PDF with the line under each page alone: title, page number, data version and use of the map."""
    look, lang = order.look, order.look.lang
    about = f"{word('data_version', lang)} {version}　{_use(order)}"
    stream = io.BytesIO()
    with PdfPages(stream, metadata={"CreationDate": None, "Producer": None, "Creator": None}) as pages:
        for number in range(1, count + 1):
            paper = look.paper()
            figure = new_figure(paper)
            # The first is the cover, which stands without; its page is there so that numbers and pages agree.
            if number > 1:
                axes = paper_axes(figure, paper)
                y, size = paper.foot.y * 0.55, 5.6 * paper.type
                soft = paper.theme.ink_soft
                write(axes, paper, paper.foot.x, y, order.title, size, colour=soft)
                write(axes, paper, paper.wide / 2, y, f"{number} / {count}", size, ha="center", colour=soft)
                write(axes, paper, paper.foot.right, y, about, size, ha="right", colour=soft)
            pages.savefig(figure, facecolor="none", transparent=True)
    return stream.getvalue()


def _checked(figure: Figure) -> Figure:
    check_signs(texts_of(figure))
    return figure
