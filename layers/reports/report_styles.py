"""The styles of the report: type, spacing, and headings that number themselves."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from layers import style
from layers.slides.slide_paper import FONT

WIDE, HIGH, MARGIN = 210.0, 297.0, 22.0
TEXT_WIDE = WIDE - 2 * MARGIN
HEADINGS = {1: 16.0, 2: 12.5, 3: 10.5}
NUMBERING = 90
"""Number of our list of headings; the template uses lower ones."""

SMALL = 8.5

Native = Any
"""An object of python-docx, which the checker of types need not see through."""


def set_styles(document: Native) -> None:
    """Give the styles of a document our type, and add those of captions, cells and contents."""
    styles = document.styles
    _set_font(styles["Normal"], 10.5, style.INK)
    _set_language(styles["Normal"])
    _space(styles["Normal"], after=5, line=1.35)
    _set_font(styles["Title"], 24, style.INK, bold=True)
    _space(styles["Title"], before=24, after=10, line=1.2)
    _without_border(styles["Title"])
    for level, size in HEADINGS.items():
        _set_font(styles[f"Heading {level}"], size, style.INK, bold=True)
        _space(styles[f"Heading {level}"], before=(18, 12, 8)[level - 1], after=(8, 5, 3)[level - 1], line=1.2)
    _set_font(styles["Caption"], 9, style.INK_SOFT)
    _space(styles["Caption"], before=6, after=4, line=1.2)
    _space(styles["List Bullet"], after=3, line=1.3)
    for name, size, colour in (
        ("Remark", 9, style.INK_SOFT), ("Cell", SMALL, style.INK), ("Figure", 10, style.INK), ("Gap", 4, style.INK),
        ("Contents head", 14, style.INK), ("Contents 1", 10.5, style.INK), ("Contents 2", 10, style.INK_SOFT),
    ):  # fmt: skip
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles["Normal"]
        _set_font(made, size, colour, bold=name == "Contents head")
        _space(
            made, after={"Cell": 1, "Figure": 0, "Gap": 2}.get(name, 4), before=1 if name == "Cell" else 0, line=1.15
        )
    styles["Figure"].paragraph_format.keep_with_next = True
    styles["Figure"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for level in (1, 2):
        kept = styles[f"Contents {level}"].paragraph_format
        kept.left_indent = Mm(6 * (level - 1))
        kept.tab_stops.add_tab_stop(Mm(TEXT_WIDE), *dotted())
    source = styles.add_style("Source", WD_STYLE_TYPE.CHARACTER)
    _set_font(source, SMALL, style.INK_SOFT)


def dotted() -> tuple[Native, Native]:
    """Return how the tabs of the contents stand: to the right, after dots."""
    return WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS


def _set_font(styled: Native, size: float, colour: str, *, bold: bool = False) -> None:
    styled.font.size, styled.font.bold, styled.font.italic = Pt(size), bold, False
    styled.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    styled.font.name = FONT
    fonts = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        # A font of the theme would win over the one that is named.
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for side in ("w:eastAsia", "w:hAnsi", "w:ascii", "w:cs"):
        fonts.set(qn(side), FONT)


def _set_language(styled: Native) -> None:
    """Tell Office which languages the text is in, so that it checks the spelling of neither by the other."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), "en-GB")
    mark.set(qn("w:eastAsia"), "zh-CN")
    styled.element.get_or_add_rPr().append(mark)


def _space(styled: Native, *, before: float = 0, after: float = 0, line: float = 1.2) -> None:
    styled.paragraph_format.space_before, styled.paragraph_format.space_after = Pt(before), Pt(after)
    styled.paragraph_format.line_spacing = line


def _without_border(styled: Native) -> None:
    properties = styled.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def number_headings(document: Native) -> None:
    """Tie a list to the styles of the headings, as Word does it, so that they number themselves: 1, 1.1, 1.1.1."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Heading{at + 1}"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="{".".join(f"%{i + 1}" for i in range(at + 1))}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for at in range(len(HEADINGS))
    )
    numbering = document.part.numbering_part.element
    kind = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )
    # The schema wants all kinds of lists before the lists.
    numbering.insert(len(numbering.findall(qn("w:abstractNum"))), kind)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/></w:num>')
    )
    for level in HEADINGS:
        number = document.styles[f"Heading {level}"].element.get_or_add_pPr().get_or_add_numPr()
        number.get_or_add_ilvl().val, number.get_or_add_numId().val = level - 1, NUMBERING
