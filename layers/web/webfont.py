"""A font that holds just the signs of one page, small enough to travel inside it."""

import base64
import io
from functools import lru_cache

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from layers.assets import font_file

ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "±²·°′″–—…×（）：；，。、“”%"


def font_face(text: str, family: str) -> str:
    """Return a CSS `@font-face` rule with the signs of `text` from Noto Sans SC, as a data URI."""
    data = _subset("".join(sorted(set(text + ALWAYS))))
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: 400; font-display: block; '
        f'src: url("data:font/woff2;base64,{base64.b64encode(data).decode()}") format("woff2"); }}'
    )


@lru_cache(maxsize=8)
def _subset(signs: str) -> bytes:
    options = Options()
    options.flavor = "woff2"
    options.layout_features = []
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(text=signs)
    stream = io.BytesIO()
    # With the time of making left in, equal pages would differ.
    with TTFont(font_file("regular"), lazy=True, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(stream)
    return stream.getvalue()
