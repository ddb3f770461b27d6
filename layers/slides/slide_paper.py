"""The empty presentation: 16:9, our type and colours in the theme, so that a new slide of a reader looks alike."""

import re
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml.ns import qn
from pptx.util import Mm, Pt

from layers import style
from layers.office.steady import drop_leftovers
from layers.sheets.sheet_frame import PAPER_MM, Box

Native = Any
"""An object of python-pptx, which the checker of types need not see through."""

FONT = "Microsoft YaHei"
"""On every office PC with Chinese Windows or Office; PowerPoint cannot be relied on to carry a font."""

WIDE, HIGH = PAPER_MM["slide"]
MARGIN = 14.0
TITLE = Box(MARGIN, 8.0, WIDE - 2 * MARGIN, 16.0)
RULE_Y = 25.5
BODY = Box(MARGIN, 30.0, WIDE - 2 * MARGIN, 146.0)
"""Room for what a slide shows, in mm from the upper left corner."""

FOOT = Box(MARGIN, 180.5, 250.0, 7.0)
NUMBER = Box(WIDE - MARGIN - 30.0, 180.5, 30.0, 7.0)
COVER_TITLE = Box(MARGIN, 40.0, 118.0, 44.0)
COVER_TEXT = Box(MARGIN, 90.0, 118.0, 86.0)
COVER_MAP = 146.0
"""The map of the cover runs from here to the right edge, without a margin."""

KEPT = {"Title Slide": ("封面", "Cover"), "Title Only": ("标题与内容", "Title and content")}
FOOTERS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)

# Slots of a theme, each with the colour of ours that takes it.
THEME_COLOURS = {
    "dk1": style.INK, "lt1": style.PAPER, "dk2": style.INK_SOFT, "lt2": style.PANEL, "accent1": style.ACCENT,
    "accent2": "#D55E00", "accent3": "#009E73", "accent4": "#7B4EA3", "accent5": "#56B4E9", "accent6": "#E69F00",
    "hlink": style.ACCENT, "folHlink": style.INK_SOFT,
}  # fmt: skip


def blank(lang: str, title: str, day: date) -> Native:
    """Return a presentation without slides.

    Parameters
    ----------
    lang : {"zh", "en"}
        Names of the layouts, and the language Office checks spelling in.
    title : str
        In the properties of the file.
    day : date
        Day of the data, told as the day of making.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Mm(WIDE), Mm(HIGH)
    for layout in list(deck.slide_layouts):
        if layout.name in KEPT:
            layout._element.cSld.set("name", KEPT[layout.name][lang == "en"])
        else:
            deck.slide_layouts.remove(layout)
    drop_leftovers(deck.part)
    _set_theme(deck.slide_master.part)
    for paper in (deck.slide_master, *deck.slide_layouts):
        _place(paper)
    _set_title_style(deck.slide_master)
    _draw_rule(deck.slide_layouts[1])
    _set_properties(deck.core_properties, lang, title, day)
    return deck


def new_slide(deck: Native, title: str, foot: str, *, cover: bool = False) -> Native:
    """Add a slide with its title, footer and number in the placeholders of the layout."""
    layout = deck.slide_layouts[0 if cover else 1]
    slide = deck.slides.add_slide(layout)
    slide.shapes.title.text = title
    if not cover:
        for holder in layout.placeholders:
            if holder.placeholder_format.type in FOOTERS:
                _hand_down(slide, holder, foot)
    return slide


def set_notes(slide: Native, lines: list[str]) -> None:
    """Write the notes of a slide, a line to a paragraph."""
    notes = slide.notes_slide
    _set_theme(notes.part.notes_master.part)
    notes.notes_text_frame.text = "\n".join(lines)


def _hand_down(slide: Native, holder: Native, foot: str) -> None:
    """Give a slide its own copy of a footer placeholder: one that stands on the layout alone does not show."""
    copy = deepcopy(holder._element)
    copy.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
    slide.shapes._spTree.append(copy)
    if holder.placeholder_format.type == PP_PLACEHOLDER.FOOTER:
        slide.shapes[-1].text_frame.text = foot


def _set_theme(part: Native) -> None:
    theme: Part = part.part_related_by(RELATIONSHIP_TYPE.THEME)
    # The theme of the slides is kept as bytes, that of the notes as a tree.
    held = getattr(theme, "_element", None)
    root = etree.fromstring(theme.blob) if held is None else held
    for slot, colour in THEME_COLOURS.items():
        for place in root.iter(qn(f"a:{slot}")):
            place[:] = [etree.Element(qn("a:srgbClr"), val=colour.lstrip("#"))]
    for fonts in (*root.iter(qn("a:majorFont")), *root.iter(qn("a:minorFont"))):
        for name in ("a:latin", "a:ea"):
            fonts.find(qn(name)).set("typeface", FONT)
        for script in fonts.iter(qn("a:font")):
            if script.get("script") == "Hans":
                script.set("typeface", FONT)
    if held is None:
        theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _place(paper: Native) -> None:
    """Put the placeholders of the master or a layout where 16:9 wants them; the date has none: it would be today's."""
    cover = any(each.placeholder_format.type == PP_PLACEHOLDER.CENTER_TITLE for each in paper.placeholders)
    for holder in list(paper.placeholders):
        kind = holder.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE or (cover and kind in FOOTERS):
            holder._element.getparent().remove(holder._element)
            continue
        box = {
            PP_PLACEHOLDER.FOOTER: FOOT,
            PP_PLACEHOLDER.SLIDE_NUMBER: NUMBER,
            PP_PLACEHOLDER.CENTER_TITLE: COVER_TITLE,
            PP_PLACEHOLDER.SUBTITLE: COVER_TEXT,
            PP_PLACEHOLDER.TITLE: TITLE,
        }.get(kind, BODY)
        holder.left, holder.top, holder.width, holder.height = map(Mm, (box.x, box.y, box.wide, box.high))
        body = holder._element.txBody.find(qn("a:bodyPr"))
        for side in ("lIns", "rIns", "tIns", "bIns"):
            body.set(side, "0")
        if cover:
            body.set("anchor", "b" if kind == PP_PLACEHOLDER.CENTER_TITLE else "t")
        _set_type(holder, kind)


def _set_type(holder: Native, kind: Native) -> None:
    """Set size, colour and side of a placeholder's text in its own list style."""
    sizes = {
        PP_PLACEHOLDER.FOOTER: (9, "l", style.INK_SOFT, False),
        PP_PLACEHOLDER.SLIDE_NUMBER: (9, "r", style.INK_SOFT, False),
        PP_PLACEHOLDER.CENTER_TITLE: (34, "l", style.INK, True),
        PP_PLACEHOLDER.SUBTITLE: (12, "l", style.INK_SOFT, False),
    }
    if kind not in sizes:
        return
    size, side, colour, bold = sizes[kind]
    styles = holder._element.txBody.find(qn("a:lstStyle"))
    styles[:] = []
    level = etree.SubElement(styles, qn("a:lvl1pPr"), marL="0", indent="0", algn=side)
    if kind == PP_PLACEHOLDER.SUBTITLE:
        spacing = etree.SubElement(level, qn("a:spcBef"))
        etree.SubElement(spacing, qn("a:spcPts"), val="600")
    etree.SubElement(level, qn("a:buNone"))
    etree.SubElement(
        etree.SubElement(
            etree.SubElement(level, qn("a:defRPr"), sz=str(size * 100), b=str(int(bold))), qn("a:solidFill")
        ),
        qn("a:srgbClr"),
        val=colour.lstrip("#"),
    )


def _set_title_style(master: Native) -> None:
    level = next(master._element.iter(qn("p:titleStyle"))).find(qn("a:lvl1pPr"))
    level.set("algn", "l")
    text = level.find(qn("a:defRPr"))
    text.set("sz", "2400")
    text.set("b", "1")


def _draw_rule(layout: Native) -> None:
    """Draw the hairline under the title once, on the layout."""
    line = etree.fromstring(
        f'<p:cxnSp xmlns:p="{_space("p")}" xmlns:a="{_space("a")}"><p:nvCxnSpPr><p:cNvPr id="20" name="Rule"/>'
        f'<p:cNvCxnSpPr/><p:nvPr userDrawn="1"/></p:nvCxnSpPr><p:spPr><a:xfrm><a:off x="{Mm(MARGIN)}" '
        f'y="{Mm(RULE_Y)}"/><a:ext cx="{Mm(WIDE - 2 * MARGIN)}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/>'
        f'</a:prstGeom><a:ln w="{Pt(0.75)}"><a:solidFill><a:srgbClr val="{style.RULE.lstrip("#")}"/></a:solidFill>'
        f"</a:ln></p:spPr></p:cxnSp>"
    )
    layout.shapes._spTree.append(line)


def _space(prefix: str) -> str:
    return re.sub(r"^\{(.*)\}.*$", r"\1", qn(f"{prefix}:x"))


def _set_properties(properties: Native, lang: str, title: str, day: date) -> None:
    properties.title = title
    properties.author = properties.last_modified_by = ("创新区图集", "Innovation-zone atlas")[lang == "en"]
    properties.language = "en-GB" if lang == "en" else "zh-CN"
    properties.created = properties.modified = datetime.combine(day, time())
    properties.revision = 1
    properties.keywords = properties.comments = properties.subject = ""
