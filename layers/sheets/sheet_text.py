"""Type on the printed sheet: the fonts, how wide a text is, and the check that no sign of it is missing."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font

from layers.assets import font_file
from zones.errors import InputError

MM_PER_PT = 25.4 / 72
WRAP_AT = {"zh": 9, "en": 22}
"""Labels on the map with more signs than this are set in two lines."""


@dataclass(frozen=True)
class _Metrics:
    advance: dict[int, int]
    units_per_em: int


_LEAN: ContextVar[Mapping[str, Path] | None] = ContextVar("lean fonts", default=None)


@contextmanager
def lean_type(files: Mapping[str, Path]) -> Iterator[None]:
    """Set type in these smaller copies of the fonts meanwhile: a PDF takes its signs out of them much sooner."""
    before = _LEAN.set(files)
    try:
        yield
    finally:
        _LEAN.reset(before)


def font(weight: str = "regular") -> FontProperties:
    """Return the font of a weight ("regular" or "bold"), by its file, so none of the system is used."""
    lean = _LEAN.get()
    return _properties(str(lean[weight] if lean else font_file(weight)))


@cache
def _properties(file: str) -> FontProperties:
    return FontProperties(fname=file)


@cache
def _metrics(weight: str) -> _Metrics:
    # The tables as they lie in the file: read by fontTools, each of the font's 30,000 signs gets a name first.
    with TTFont(font_file(weight), lazy=True) as file:
        wide = np.frombuffer(file.reader["hmtx"], dtype=">u2")[: 2 * file["hhea"].numberOfHMetrics : 2].tolist()
        units_per_em = file["head"].unitsPerEm
    glyphs = get_font(font_file(weight)).get_charmap()
    # Glyphs past the end of the table are as wide as the last in it.
    return _Metrics({code: wide[min(glyph, len(wide) - 1)] for code, glyph in glyphs.items()}, units_per_em)


def width_mm(text: str, size_pt: float, weight: str = "regular") -> float:
    """Return how wide the widest line of a text is on paper, in mm."""
    metrics = _metrics(weight)
    wide = max(sum(metrics.advance.get(ord(sign), metrics.units_per_em) for sign in line) for line in text.split("\n"))
    return wide / metrics.units_per_em * size_pt * MM_PER_PT


def missing_signs(text: str) -> str:
    """Return the signs of a text that the font cannot show, each once, in order."""
    known = _metrics("regular").advance
    return "".join(dict.fromkeys(sign for sign in text if sign != "\n" and ord(sign) not in known))


def check_signs(texts: Iterable[str]) -> None:
    """Stop at a text that would print an empty box.

    Raises
    ------
    InputError
        When the font lacks a sign of a text; names the text, the signs and their code points.
    """
    for text in texts:
        lacking = missing_signs(text)
        if lacking:
            named = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in lacking)
            raise InputError(f"'{text}' cannot be printed: the font has no {named}; write it with other signs.")


def texts_of(figure: Figure) -> list[str]:
    """Return every text written on a sheet; those of axes alone, as their ticks would be made only to be looked at."""
    return [text.get_text() for axes in figure.axes for text in axes.texts if text.get_text()]


def wrap(text: str, lang: str) -> str:
    """Return a label in one line, or in two of about equal length where it is long."""
    if len(text) <= WRAP_AT.get(lang, WRAP_AT["zh"]):
        return text
    middle = len(text) / 2
    if lang == "en":
        breaks = [at for at, sign in enumerate(text) if sign == " "]
        if not breaks:
            return text
        at = min(breaks, key=lambda place: abs(place - middle))
        return text[:at] + "\n" + text[at + 1 :]
    after = [at + 1 for at, sign in enumerate(text) if sign in "-、·” " and 2 < at < len(text) - 3]
    before = [at for at, sign in enumerate(text) if sign in "（“" and 2 < at < len(text) - 2]
    at = min(after + before, key=lambda place: abs(place - middle), default=round(middle))
    return text[:at].strip() + "\n" + text[at:].strip()


def fill_lines(text: str, size_pt: float, wide_mm: float) -> list[str]:
    """Return a text broken into lines no wider than `wide_mm`; Chinese may break between any two signs."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width_mm(line + piece.rstrip(), size_pt) > wide_mm:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Cut a text where a line may end: after a space, or around a Chinese sign, never beside a bracket."""
    pieces: list[str] = []
    for sign in text:
        closes = sign in "，。；：、）】”！？ "
        latin = ord(sign) < 0x2E80 and bool(pieces) and ord(pieces[-1][-1]) < 0x2E80 and not pieces[-1].endswith(" ")
        opened = bool(pieces) and pieces[-1][-1] in "（“【"
        if pieces and (closes or latin or opened):
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces
