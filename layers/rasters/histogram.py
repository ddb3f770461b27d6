"""The values under one zone as a histogram: cells by share in equal steps, with the mean and the median."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layers import style
from layers.svg import picture, steps, tag, text, text_width

SIZE = (620.0, 260.0)
LEFT, RIGHT, TOP, BOTTOM = 58.0, 14.0, 34.0, 46.0


@dataclass(frozen=True)
class Histogram:
    """What a histogram shows.

    Attributes
    ----------
    edges : sequence of float
        Rising, one more than counts.
    counts : sequence of float
        Cells by share.
    marks : mapping of str to float
        Words and the value they stand at, such as the mean.
    words : mapping
        `title`, `x`, `y`.
    """

    edges: Sequence[float]
    counts: Sequence[float]
    marks: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def histogram_svg(told: Histogram, size: tuple[float, float] = SIZE) -> str:
    """Return the histogram as one SVG document."""
    left, right, bottom = LEFT, size[0] - RIGHT, size[1] - BOTTOM
    low, high = told.edges[0], told.edges[-1]
    wide, most = high - low, max([*told.counts, 1e-9])

    def x(value: float) -> float:
        return left + (right - left) * ((value - low) / wide if wide else 0.5)

    def y(count: float) -> float:
        return bottom - (bottom - TOP) * count / most

    drawn = [_counts(most, left, right, y), *_bars(told, x, y, bottom, wide), _values(told, x, bottom)]
    drawn += _marks(told, x, bottom, right)
    soft = {"fill": style.INK_SOFT}
    drawn.append(text((right, size[1] - 6), told.words.get("x", ""), 11, text_anchor="end", **soft))
    drawn.append(text((4, 12), told.words.get("y", ""), 11, **soft))
    return picture(size, "".join(drawn), told.words.get("title", ""), class_="z-histogram")


BEYOND_DIGITS = 1e15
"""No value of a raster has as many digits of its own."""


def number(value: float) -> str:
    """Return a value of an axis, short: 12,500 or 0.035; beyond all digits that a cell can hold, -3.4e+38."""
    return f"{value:,.0f}" if 1000 <= abs(value) < BEYOND_DIGITS else f"{value:.4g}"


def _counts(most: float, left: float, right: float, y) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    lines = []
    for count in steps(most, 4):
        at = y(count)
        lines.append(tag("path", d=f"M{left:.1f} {at:.1f}H{right:.1f}", stroke=style.RULE))
        lines.append(text((left - 6, at + 4), number(count), 11, text_anchor="end", fill=style.INK_SOFT))
    return "".join(lines)


def _bars(told: Histogram, x, y, bottom: float, wide: float) -> list[str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    bars = []
    for start, end, count in zip(told.edges, told.edges[1:], told.counts, strict=False):
        if count > 0:
            # One value alone has no width of its own.
            at, to = (x(start), x(end)) if wide else (x(start) - 8, x(start) + 8)
            top = min(y(count), bottom - 0.6)
            about = tag("title", f"{number(start)} – {number(end)}: {count:,.1f}")
            bars.append(
                tag("rect", about, x=at, y=top, width=max(to - at - 0.8, 0.8), height=bottom - top, fill=style.ACCENT)
            )
        if not wide:
            break
    return bars


def _values(told: Histogram, x, bottom: float) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    low, high = told.edges[0], told.edges[-1]
    places = [low + (high - low) * at / 4 for at in range(5)] if high > low else [low]
    drawn = []
    for value in places:
        drawn.append(tag("path", d=f"M{x(value):.1f} {bottom:.1f}v5", stroke=style.INK_FAINT))
        anchor = "start" if value == low and high > low else "end" if value == high and high > low else "middle"
        drawn.append(text((x(value), bottom + 18), number(value), 11, text_anchor=anchor, fill=style.INK_SOFT))
    return "".join(drawn)


def _marks(told: Histogram, x, bottom: float, right: float) -> list[str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
    drawn = []
    for place, (words, value) in enumerate(sorted(told.marks.items(), key=lambda each: each[1])):
        at, high = x(value), 12.0 + 13 * place
        line = f"M{at:.1f} {high + 3:.1f}V{bottom:.1f}"
        drawn.append(tag("path", d=line, stroke=style.INK, stroke_width=1.4, stroke_dasharray="4 3" if place else None))
        ends = at + text_width(words, 11) + 6 > right
        drawn.append(text((at - 5 if ends else at + 5, high + 6), words, 11, text_anchor="end" if ends else "start"))
    return drawn
