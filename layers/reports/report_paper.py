"""The empty report: A4, our type, numbered headings, header and footer; and the parts that fill it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, RGBColor

from layers import style
from layers.office.steady import drop_leftovers
from layers.reports.report_styles import HIGH, MARGIN, TEXT_WIDE, WIDE, Native, dotted, number_headings, set_styles
from layers.reports.report_words import phrase
from layers.sheets.sheet_picture import Picture
from layers.slides.slide_shapes import SVG_EXTENSION, SVG_SPACE

SHORT = 14
"""Tables of so many rows are not broken over pages."""

AFTER_UPDATE = ("w:hdrShapeDefaults", "w:footnotePr", "w:endnotePr", "w:compat", "w:docVars", "w:rsids", "m:mathPr")


@dataclass
class Report:
    """A document being written, with the counts that captions and bookmarks go by.

    Attributes
    ----------
    document : docx document
    lang : {"zh", "en"}
    headings : list of (level, text, bookmark)
        In order, for the table of contents.
    captions : dict of str to int
        How many figures and tables there are.
    style_ids : dict of str to str
        By name: python-docx would search all styles for each paragraph and cell.
    """

    document: Native
    lang: str
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    captions: dict[str, int] = field(default_factory=dict)
    style_ids: dict[str, str] = field(default_factory=dict)


def blank(lang: str, title: str, foot: str, day: date, mark: str) -> Report:
    """Return an empty report.

    Parameters
    ----------
    lang : {"zh", "en"}
    title, foot : str
        Stand in the header and the footer of each page.
    day : date
        Day of the data, told as the day of making.
    mark : str
        What the maps are for; in header and footer.
    """
    document = Document()
    drop_leftovers(document.part)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(WIDE), Mm(HIGH)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(24)
    section.header_distance = section.footer_distance = Mm(11)
    set_styles(document)
    number_headings(document)
    _write_header(section, title, mark)
    _write_footer(section, f"{foot} · {mark}", lang)
    _ask_for_update(document)
    properties = document.core_properties
    properties.title, properties.language = title, "en-GB" if lang == "en" else "zh-CN"
    properties.author = properties.last_modified_by = ("创新区图集", "Innovation-zone atlas")[lang == "en"]
    properties.created = properties.modified = datetime.combine(day, time())
    properties.revision, properties.comments, properties.keywords, properties.subject = 1, "", "", ""
    return Report(document, lang, style_ids={each.name: each.style_id for each in document.styles})


def add_title(report: Report, title: str, lines: Sequence[str]) -> None:
    """Write the title and what stands under it."""
    _paragraph(report, "Title", title)
    for line in lines:
        _paragraph(report, "Remark", line)


def add_heading(report: Report, text: str, level: int = 1) -> None:
    """Write a numbered heading with a bookmark for the table of contents."""
    paragraph = _paragraph(report, f"Heading {level}")
    mark = f"_Toc{len(report.headings) + 1:08d}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(len(report.headings) + 1))
    start.set(qn("w:name"), mark)
    paragraph._p.append(start)
    paragraph.add_run(text)
    paragraph._p.append(end)
    report.headings.append((level, text, mark))


def add_statement(report: Report, text: str, sources: Sequence[str] = (), *, listed: bool = False) -> None:
    """Write a sentence and, small after it, where each of its values stands."""
    paragraph = _paragraph(report, "List Bullet" if listed else "Normal")
    paragraph.add_run(text)
    if sources:
        joined = ("；", "; ")[report.lang == "en"].join(sources)
        opens, closes = phrase("source_open", report.lang), phrase("source_close", report.lang)
        paragraph.add_run(f"{opens}{joined}{closes}")._r.style = report.style_ids["Source"]


def add_remark(report: Report, text: str) -> None:
    """Write a note in small type."""
    _paragraph(report, "Remark", text)


def add_table(
    report: Report,
    caption: str,
    heads: Sequence[tuple[str, float, bool]],
    rows: Sequence[Sequence[str]],
    *,
    last_is_total: bool = False,
) -> None:
    """Write a native table under its caption; its head repeats on each page.

    Parameters
    ----------
    heads : sequence of (title, share of the width, holds numbers)
    """
    _caption(report, "table", caption, keep=True)
    table = report.document.add_table(rows=1, cols=len(heads))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(share for _, share, _ in heads)
    widths = [Mm(TEXT_WIDE * share / whole) for _, share, _ in heads]
    _fill_row(table.rows[0], [title for title, _, _ in heads], heads, widths, report.style_ids["Cell"], head=True)
    for at, row in enumerate(rows, start=1):
        _fill_row(table.add_row(), row, heads, widths, report.style_ids["Cell"], bold=last_is_total and at == len(rows))
    # A short table stays whole; of a long one no head is left alone at the foot of a page.
    for row in table.rows[: len(rows) if len(rows) <= SHORT else 3]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    _paragraph(report, "Gap")


def add_figure(report: Report, drawn: Picture, caption: str) -> None:
    """Write a map, with its vectors for newer Office, over its caption."""
    paragraph = _paragraph(report, "Figure")
    shape = paragraph.add_run().add_picture(io.BytesIO(drawn.png), Mm(drawn.wide_mm), Mm(drawn.high_mm))
    shape._inline.docPr.set("descr", caption)
    part = report.document.part
    number = report.captions.get("figure", 0) + 1
    vectors = Part(PackURI(f"/word/media/map{number}.svg"), "image/svg+xml", drawn.svg, part.package)
    relation = part.relate_to(vectors, RELATIONSHIP_TYPE.IMAGE)
    blip = next(shape._inline.iter(qn("a:blip")))
    blip.append(
        parse_xml(
            f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{SVG_EXTENSION}">'
            f'<asvg:svgBlip xmlns:asvg="{SVG_SPACE}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )
    _caption(report, "figure", caption)


def add_contents(report: Report, before: Native) -> None:
    """Write the table of contents before a paragraph: a field that Word fills, with the headings in it already."""
    lines = [(level, text, mark) for level, text, mark in report.headings if level <= 2]
    before.insert_paragraph_before(phrase("contents", report.lang), style="Contents head")
    numbers = [0, 0]
    for at, (level, text, mark) in enumerate(lines):
        numbers = [numbers[0] + 1, 0] if level == 1 else [numbers[0], numbers[1] + 1]
        paragraph = before.insert_paragraph_before(style=f"Contents {level}")
        if at == 0:
            _field_start(paragraph, r'TOC \o "1-2" \h \z \u')
        shown = ".".join(str(number) for number in numbers[:level])
        paragraph.add_run(f"{shown}  {text}\t")
        _field(paragraph, rf"PAGEREF {mark} \h", "")
        if at == len(lines) - 1:
            _mark(paragraph, "end")


def report_texts(report: Report) -> list[str]:
    """Return every text of the document, tables and captions with it."""
    paragraphs = report.document.element.body.iter(qn("w:p"))
    return ["".join(run.text or "" for run in paragraph.iter(qn("w:t"))) for paragraph in paragraphs]


def report_bytes(report: Report) -> bytes:
    """Return the document as a library writes it, clock and all."""
    stream = io.BytesIO()
    report.document.save(stream)
    return stream.getvalue()


def _paragraph(report: Report, style_name: str, text: str = "") -> Native:
    paragraph = report.document.add_paragraph(text)
    paragraph._p.style = report.style_ids[style_name]
    return paragraph


def _caption(report: Report, kind: str, text: str, *, keep: bool = False) -> None:
    number = report.captions[kind] = report.captions.get(kind, 0) + 1
    paragraph = _paragraph(report, "Caption")
    paragraph.paragraph_format.keep_with_next = keep
    paragraph.add_run(f"{phrase(kind, report.lang)} ")
    _field(paragraph, f"SEQ {kind.capitalize()} \\* ARABIC", str(number))
    paragraph.add_run(f"  {text}")


def _fill_row(
    row: Native,
    texts: Sequence[str],
    heads: Sequence[tuple[str, float, bool]],
    widths: Sequence[Mm],
    cell_style: str,
    *,
    head: bool = False,
    bold: bool = False,
) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, text, (_, _, number), wide in zip(row.cells, texts, heads, widths, strict=True):
        cell.width = wide
        paragraph = cell.paragraphs[0]
        paragraph._p.style = cell_style
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if number else WD_ALIGN_PARAGRAPH.LEFT
        run = paragraph.add_run(text)
        run.bold = head or bold
        if head:
            run.font.color.rgb = RGBColor.from_string(style.INK_SOFT.lstrip("#"))
        _dress_cell(cell, head)


def _dress_cell(cell: Native, head: bool) -> None:
    colour, wide = (style.INK_SOFT, 8) if head else (style.RULE, 4)
    properties = cell._tc.get_or_add_tcPr()
    properties.append(
        parse_xml(
            f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="{wide}" w:space="0" '
            f'w:color="{colour.lstrip("#")}"/></w:tcBorders>'
        )
    )
    if head:
        fill = style.PANEL.lstrip("#")
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def _write_header(section: Native, title: str, mark: str) -> None:
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Remark"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDE), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{title}\t{mark}")


def _write_footer(section: Native, foot: str, lang: str) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Remark"
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDE), dotted()[0])
    paragraph.add_run(f"{foot}\t")
    before, _, rest = phrase("page", lang).partition("{page}")
    between, _, after = rest.partition("{pages}")
    paragraph.add_run(before)
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES", "1")
    paragraph.add_run(after)


def _ask_for_update(document: Native) -> None:
    """Let Word fill in the page numbers of the contents as it opens the report."""
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    settings = document.settings.element
    # The schema fixes the order of the settings.
    after = next((each for each in settings if each.tag in map(qn, AFTER_UPDATE)), None)
    settings.append(update) if after is None else after.addprevious(update)


def _field(paragraph: Native, code: str, shown: str) -> None:
    _field_start(paragraph, code)
    paragraph.add_run(shown)
    _mark(paragraph, "end")


def _field_start(paragraph: Native, code: str) -> None:
    _mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)
    _mark(paragraph, "separate")


def _mark(paragraph: Native, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
