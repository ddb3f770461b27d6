"""Native shapes of a slide: text, table, legend, and the map picture with its vectors."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from layers import style
from layers.sheets.sheet_frame import Box
from layers.sheets.sheet_picture import Picture
from layers.sheets.sheet_text import MM_PER_PT, fill_lines, width_mm
from layers.slides.slide_paper import Native

CELL_PAD = 2.0
LINE = 1.36
"""Line height of Microsoft YaHei, in sizes."""

SLACK = 1.04
"""Text may run this much wider than ours: other fonts, and the air that office programs set beside Latin signs."""
HEAD_HIGH = 8.5
SAMPLE = 12.5
"""Width in mm that a sample of the legend takes, with the gap after it."""

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
SVG_SPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
DASHES = {"official": MSO_LINE.SOLID, "traced": MSO_LINE.DASH, "inferred": MSO_LINE.ROUND_DOT}
"""Office's own dash for each grade."""

Rows = Sequence[Sequence[str]]
LegendRow = tuple[str, str, str]
"""Form (`kind`, `grade` or `place`), key of the kind or grade, and the text beside the sample."""


@dataclass(frozen=True)
class Column:
    """A column of a table: head, share of the width, and whether it holds numbers."""

    title: str
    share: float
    number: bool = False


def rgb(colour: str) -> RGBColor:
    """Return a colour of `layers.style` as python-pptx takes it."""
    return RGBColor.from_string(colour.lstrip("#"))


def add_text(
    slide: Native,
    box: Box,
    lines: Sequence[str],
    size: float = 12,
    *,
    colour: str = style.INK,
    bold: bool = False,
    name: str = "",
    anchor: Native = MSO_ANCHOR.TOP,
) -> Native:
    """Add a text box, a line to a paragraph; it does not change its size."""
    shape = slide.shapes.add_textbox(*_emu(box))
    shape.name = name or shape.name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.25)
        _run(paragraph, line, size, colour, bold)
    return shape


def text_high(lines: Sequence[str], size: float, wide: float) -> float:
    """Return the height in mm that `add_text` needs for some lines."""
    rows = sum(len(fill_lines(line, size, wide)) or 1 for line in lines)
    return rows * size * LINE * MM_PER_PT + len(lines) * size * 0.25 * MM_PER_PT


def add_figures(slide: Native, box: Box, figures: Sequence[tuple[str, str]]) -> None:
    """Add key figures side by side: the number large, what it counts small under it."""
    wide = box.wide / len(figures)
    for at, (number, label) in enumerate(figures):
        left = box.x + at * wide
        size = 22.0
        while width_mm(number, size, "bold") > wide - 4 and size > 12:
            size -= 1
        add_text(slide, Box(left, box.y, wide - 3, 11), [number], size, bold=True, anchor=MSO_ANCHOR.BOTTOM)
        add_text(slide, Box(left, box.y + 11.5, wide - 3, box.high - 11.5), [label], 10.5, colour=style.INK_SOFT)


def add_table(
    slide: Native,
    box: Box,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    size: float = 10.5,
    *,
    last_is_total: bool = False,
) -> Native:
    """Add a native table; rows are as high as their text needs, so it stands as laid out."""
    widths = column_widths(columns, box.wide)
    highs = [row_high(row, widths, size) for row in rows]
    head = head_high(columns, box.wide, size)
    shape = slide.shapes.add_table(
        len(rows) + 1, len(columns), Mm(box.x), Mm(box.y), Mm(box.wide), Mm(head + sum(highs))
    )
    table = shape.table
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Mm(wide)
    for row, high in zip(table.rows, (head, *highs), strict=True):
        row.height = Mm(high)
    for at, column in enumerate(columns):
        _cell(table.cell(0, at), column.title, size, column.number, head=True)
        for down, row in enumerate(rows, start=1):
            bold = last_is_total and down == len(rows)
            _cell(table.cell(down, at), row[at], size, column.number, bold=bold)
    return shape


def column_widths(columns: Sequence[Column], wide: float) -> list[float]:
    """Return the widths in mm of columns that share a width."""
    whole = sum(column.share for column in columns)
    return [wide * column.share / whole for column in columns]


def head_high(columns: Sequence[Column], wide: float, size: float) -> float:
    """Return the height in mm of the head of a table."""
    return max(HEAD_HIGH, row_high([column.title for column in columns], column_widths(columns, wide), size) + 1.5)


def row_high(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Return the height in mm a row needs for the text of its fullest cell."""
    lines = max(_lines(text, size, wide) for text, wide in zip(row, widths, strict=True))
    return lines * size * LINE * MM_PER_PT + 2.2


def _lines(text: str, size: float, wide: float) -> int:
    """Return in how many lines a cell of a width in mm sets a text."""
    return len(fill_lines(text, size * SLACK, wide - 2 * CELL_PAD - 0.4)) or 1


def largest_size(columns: Sequence[Column], rows: Rows, box: Box, least: float, most: float = 12.0) -> float:
    """Return the largest type size in pt at which a table fits a box; no cell but a head then takes more lines."""
    widths = column_widths(columns, box.wide)

    def lines(size: float) -> int:
        return sum(_lines(text, size, wide) for row in rows for text, wide in zip(row, widths, strict=True))

    wanted = lines(least)
    size = most
    while size > least:
        high = head_high(columns, box.wide, size) + sum(row_high(row, widths, size) for row in rows)
        if high <= box.high and lines(size) <= wanted:
            break
        size -= 0.5
    return max(size, least)


def in_pages(
    rows: Rows, columns: Sequence[Column], wide: float, high: float, size: float = 10.5, *, even: bool = True
) -> list[list[Sequence[str]]]:
    """Return rows dealt to tables that fit `high` mm each; with `even`, about equally full."""
    widths = column_widths(columns, wide)
    highs = [row_high(row, widths, size) for row in rows]
    room = high - head_high(columns, wide, size)
    pages = _deal(rows, highs, room, room)
    # Fewer than these it can't be; the same number, filled alike, reads better than a last slide of one row.
    alike = _deal(rows, highs, sum(highs) / len(pages), room)
    return alike if even and len(alike) == len(pages) else pages


def _deal(
    rows: Sequence[Sequence[str]], highs: Sequence[float], share: float, room: float
) -> list[list[Sequence[str]]]:
    pages: list[list[Sequence[str]]] = [[]]
    filled = 0.0
    for row, high in zip(rows, highs, strict=True):
        if pages[-1] and (filled + high > room or filled >= share):
            pages.append([])
            filled = 0.0
        pages[-1].append(row)
        filled += high
    return pages


def add_map(slide: Native, drawn: Picture, x: float, y: float, told: str) -> Native:
    """Add the map: a picture of 300 dots per inch, and the vectors that newer Office draws in its place.

    Parameters
    ----------
    told : str
        Text for readers who cannot see the map.
    """
    shape = slide.shapes.add_picture(io.BytesIO(drawn.png), Mm(x), Mm(y), Mm(drawn.wide_mm), Mm(drawn.high_mm))
    shape.name = "Map"
    shape._element.nvPicPr.cNvPr.set("descr", told)
    package = slide.part.package
    uri = PackURI(f"/ppt/media/map{slide.slide_id}.svg")
    vectors = Part(uri, "image/svg+xml", package, drawn.svg)
    add_vectors(shape._element.find(".//" + qn("a:blip")), slide.part.relate_to(vectors, RELATIONSHIP_TYPE.IMAGE))
    return shape


def add_vectors(blip: Native, relation: str) -> None:
    """Name the SVG of a picture in its `a:blip`, as Office 2016 and later read it."""
    extensions = etree.SubElement(blip, qn("a:extLst"))
    extension = etree.SubElement(extensions, qn("a:ext"), uri=SVG_EXTENSION)
    etree.SubElement(extension, f"{{{SVG_SPACE}}}svgBlip", {qn("r:embed"): relation}, nsmap={"asvg": SVG_SPACE})


def add_legend(slide: Native, box: Box, heads: Sequence[tuple[str, Sequence[LegendRow]]]) -> float:
    """Add the legend as one group of native shapes, set smaller where it would leave its box; return its height in mm.

    Parameters
    ----------
    heads : sequence of (head, rows)
        A kind is shown by its fill, a grade by its line, a place by a dot.
    """
    group = slide.shapes.add_group_shape()
    group.name = "Legend"
    texts = [text for _, rows in heads for _, _, text in rows]
    size = 10.0
    while sum(_legend_high(text, size, box.wide) for text in texts) + len(heads) * size > box.high and size > 6:
        size -= 0.5
    y = box.y
    for head, rows in heads:
        _legend_text(group, Box(box.x, y, box.wide, 0.6 * size), head, size + 1, bold=True)
        y += 0.7 * size
        for form, key, text in rows:
            high = _legend_high(text, size, box.wide)
            _sample(group, form, key, Box(box.x, y + 0.08 * size, 9, 0.36 * size))
            _legend_text(group, Box(box.x + SAMPLE, y, box.wide - SAMPLE, high), text, size)
            y += high
        y += 0.3 * size
    return y - box.y


def _legend_high(text: str, size: float, wide: float) -> float:
    return max(0.54 * size, text_high([text], size, wide - SAMPLE))


def _sample(group: Native, form: str, key: str, box: Box) -> None:
    if form == "place":
        dot = group.shapes.add_shape(MSO_SHAPE.OVAL, *_emu(Box(box.x + 3, box.y + 0.3, 3, 3)))
        _line(dot, style.INK, 1.5)
        dot.fill.solid()
        dot.fill.fore_color.rgb = rgb(style.PAPER)
        return
    patch = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(box))
    if form == "kind":
        look = style.for_zone(key, "official")
        _line(patch, look.colour, 1.5)
        patch.fill.solid()
        patch.fill.fore_color.rgb = rgb(look.colour)
        colour = patch.fill._xPr.find(qn("a:solidFill")).find(qn("a:srgbClr"))
        etree.SubElement(colour, qn("a:alpha"), val=str(round(look.fill_opacity * 100_000)))
    else:
        _line(patch, style.INK, 1.75)
        patch.line.dash_style = DASHES[key]
        patch.fill.background()


def _line(shape: Native, colour: str, wide: float) -> None:
    shape.line.color.rgb = rgb(colour)
    shape.line.width = Pt(wide)
    plain(shape)


def plain(shape: Native) -> None:
    """Take the shadow of the theme off a shape."""
    own = shape._element.find(qn("p:style"))
    if own is not None:
        shape._element.remove(own)


def _legend_text(group: Native, box: Box, text: str, size: float, *, bold: bool = False) -> None:
    shape = group.shapes.add_textbox(*_emu(box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    _run(frame.paragraphs[0], text, size, style.INK, bold)


def _cell(cell: Native, text: str, size: float, number: bool, *, head: bool = False, bold: bool = False) -> None:
    cell.margin_left = cell.margin_right = Mm(CELL_PAD)
    cell.margin_top = cell.margin_bottom = Mm(0.8)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if number else PP_ALIGN.LEFT
    _run(paragraph, text, size, style.INK_SOFT if head else style.INK, head or bold)
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(style.PANEL)
    else:
        cell.fill.background()
    _rule_under(cell, style.INK_SOFT if head else style.RULE, 1.0 if head else 0.5)


def _rule_under(cell: Native, colour: str, wide: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = etree.Element(qn("a:lnB"), w=str(Pt(wide)), cap="flat", cmpd="sng", algn="ctr")
    etree.SubElement(etree.SubElement(line, qn("a:solidFill")), qn("a:srgbClr"), val=colour.lstrip("#"))
    etree.SubElement(line, qn("a:prstDash"), val="solid")
    # The schema wants borders before the fill.
    properties.insert(0, line)


def _run(paragraph: Native, text: str, size: float, colour: str, bold: bool) -> None:
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.color.rgb = rgb(colour)


def _emu(box: Box) -> tuple[Mm, Mm, Mm, Mm]:
    """Return a box, whose y runs down from the top of the slide, in the units of Office."""
    return Mm(box.x), Mm(box.y), Mm(box.wide), Mm(box.high)
