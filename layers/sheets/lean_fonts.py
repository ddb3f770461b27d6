"""Smaller copies of the fonts for books of many pages: the common signs only, without layout tables.

Taking a page's signs out of the whole font takes longer than drawing the page.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from layers.assets import font_file
from layers.write import fill_atomically

WEIGHTS = ("regular", "bold")
RECIPE = 2
"""Raised when lean fonts are made in another way, so that none made before is used: pages would differ."""
BLOCKS = ((0x20, 0x250), (0x370, 0x400), (0x2000, 0x2300), (0x2460, 0x2500), (0x3000, 0x3040), (0xFF00, 0xFFF0))
"""Latin, Greek, marks, arrows, mathematical and circled signs, Chinese and full-width marks."""


@cache
def lean_signs() -> frozenset[str]:
    """Return the signs of a lean font: those of GB 2312 and the blocks of Latin and marks; never more or fewer.

    Were they those of the data, pages kept from an earlier build would differ from pages made now.
    """
    chinese = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                chinese.add(bytes([row, cell]).decode("gb2312"))
            except UnicodeDecodeError:
                # Rows 10-15 and the ends of some others hold no signs.
                continue
    return frozenset(chinese | {chr(code) for first, last in BLOCKS for code in range(first, last)})


def lean_fonts(folder: Path) -> dict[str, Path]:
    """Return the lean font of each weight in a folder, made there where it is missing.

    Raises
    ------
    InputError
        When the fonts are not installed, or the folder cannot be written.
    """
    return {weight: _lean(weight, folder) for weight in WEIGHTS}


def _lean(weight: str, folder: Path) -> Path:
    source = font_file(weight)
    stamp = f"{source.name}-{source.stat().st_size}-{version('fonttools')}-{len(lean_signs())}-{RECIPE}"
    path = folder / f"lean-{weight}-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}.ttf"
    if not path.is_file():
        fill_atomically(path, lambda temporary: _make(source, temporary))
    return path


def _make(source: Path, target: Path) -> None:
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "STAT", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(lean_signs())))
    # No outline changes, so none has to be written anew for its bounds.
    with TTFont(source, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        subsetter.subset(font)
        _name_signs(font)
        font.save(target)


def _name_signs(font: TTFont) -> None:
    """Keep one table of codes, and the names of signs: made from the codes each time a page takes its signs out."""
    codes = font["cmap"]
    codes.tables = [table for table in codes.tables if (table.platformID, table.platEncID) == (3, 1)]
    font.getGlyphOrder()
    names = font["post"]
    names.formatType, names.extraNames, names.mapping = 2.0, [], {}
