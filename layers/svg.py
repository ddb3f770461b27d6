"""Pieces of SVG drawn by hand: text goes in escaped, widths of words are known well enough to keep them apart."""

import html
import unicodedata

from layers import style

FONT = "'Noto Sans SC Desk','Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is, in the unit of its size: a Chinese character is one em."""
    return size * sum(1.0 if unicodedata.east_asian_width(letter) in "WFA" else 0.58 for letter in text)


def tag(name: str, content: str = "", **attributes: object) -> str:
    """Return an element; `_` in a name stands for `-`, a trailing one is dropped, None leaves an attribute out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{said}>{content}</{name}>"


def text(at: tuple[float, float], words: str, size: float = 12, **attributes: object) -> str:
    """Return a text at a place; ink and size may be changed by attributes."""
    shown = {"x": at[0], "y": at[1], "font_size": size, "fill": style.INK} | attributes
    return tag("text", html.escape(words), **shown)


def picture(size: tuple[float, float], content: str, name: str, **attributes: object) -> str:
    """Return a whole SVG document of a size in pixels, with a name for those who cannot see it."""
    width, height = size
    frame = {"viewBox": f"0 0 {width:g} {height:g}", "width": width, "height": height, "role": "img"}
    head = tag("title", html.escape(name))
    return tag("svg", head + content, xmlns="http://www.w3.org/2000/svg", font_family=FONT, **(frame | attributes))


def steps(last: float, count: int) -> list[float]:
    """Return round values from 0 to at most `last`, about `count` of them: 1, 2 or 5 times a power of ten."""
    if last <= 0:
        return [0.0]
    raw = last / max(count, 1)
    power = 10 ** len(str(int(raw))) / 10 if raw >= 1 else 10.0 ** -len(str(int(1 / raw)))
    step = next(power * each for each in (1, 2, 5, 10, 20, 50, 100) if power * each >= raw * 0.999)
    return [step * place for place in range(int(last / step + 1e-9) + 1)]


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
