"""The width curve: how a share of a corridor hangs on the half-width, with ± and the widths where a ranking changes."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layers import style
from layers.svg import picture, steps, tag, text, text_width

SIZE = (760.0, 330.0)
LEFT, TOP, BOTTOM = 46.0, 22.0, 46.0


@dataclass(frozen=True)
class Line:
    """One curve: its name and colour, the share (0 to 1) and its ± at each width; a strong one stands out."""

    name: str
    colour: str
    ink: str
    shares: tuple[float, ...]
    errors: tuple[float, ...] = ()
    strong: bool = False
    dash: str | None = None


@dataclass(frozen=True)
class Change:
    """A width at which one line overtakes another."""

    half_width_m: float
    share: float
    words: str


@dataclass(frozen=True)
class Curve:
    """What a width curve shows.

    Attributes
    ----------
    half_widths_m : tuple of float
        Rising.
    lines : tuple of Line
        The first strong one carries the marker of the width in use.
    changes : tuple of Change
    assumed_m : float or None
        The half-width the atlas assumes.
    words : mapping
        `title`, `x`, `y`, `assumed`.
    """

    half_widths_m: tuple[float, ...]
    lines: tuple[Line, ...]
    changes: tuple[Change, ...] = ()
    assumed_m: float | None = None
    words: Mapping[str, str] = field(default_factory=dict)


class _Frame:
    """Widths and shares to pixels."""

    def __init__(self, curve: Curve, size: tuple[float, float]) -> None:
        names = max((text_width(line.name, 11.5) for line in curve.lines), default=0.0)
        self.left, self.right = LEFT, size[0] - min(names, 170.0) - 18
        self.top, self.bottom = TOP, size[1] - BOTTOM
        self.low, self.high = curve.half_widths_m[0], curve.half_widths_m[-1]
        self.ceiling = _ceiling(curve)

    def x(self, half_width_m: float) -> float:
        wide = self.high - self.low
        return self.left + (self.right - self.left) * ((half_width_m - self.low) / wide if wide else 0.5)

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - self.top) * min(max(share / self.ceiling, 0.0), 1.0)


def _ceiling(curve: Curve) -> float:
    """Return the share the upper edge stands for: the highest line, with room for its ±, never above 1."""
    reach = [share for line in curve.lines for share in line.shares]
    band = [min(share + error, 1.0) for line in curve.lines for share, error in zip(line.shares, line.errors)]  # noqa: B905
    highest = max([*reach, *band, 0.01])
    return min(next((each for each in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8) if highest <= each), 1.0), 1.0)


def curve_svg(curve: Curve, now_m: float | None = None, size: tuple[float, float] = SIZE) -> str:
    """Return the curve as one SVG document.

    Parameters
    ----------
    curve : Curve
    now_m : float, optional
        The half-width in use. Its marker is the group of class `z-now`; the element carries `data-left`,
        `data-right`, `data-low` and `data-high`, so that a page can move it.
    size : (float, float)
        Pixels.
    """
    frame = _Frame(curve, size)
    drawn = [
        _grid(curve, frame),
        *(_band(curve, line, frame) for line in curve.lines if line.errors),
        *(_line(curve, line, frame) for line in curve.lines),
        _assumed(curve, frame),
        _changes(curve, frame),
        _names(curve, frame),
        _marker(curve, frame, now_m),
    ]
    about = {"data_left": frame.left, "data_right": frame.right, "data_low": frame.low, "data_high": frame.high}
    return picture(size, "".join(drawn), curve.words.get("title", ""), class_="z-curve", **about)


def _grid(curve: Curve, frame: _Frame) -> str:
    drawn = []
    soft = {"fill": style.INK_SOFT}
    for share in steps(frame.ceiling * 100, 5):
        y = frame.y(share / 100)
        drawn.append(tag("path", d=f"M{frame.left:.1f} {y:.1f}H{frame.right:.1f}", stroke=style.RULE))
        drawn.append(text((frame.left - 6, y + 4), f"{share:g}%", 11, text_anchor="end", **soft))
    for km in steps(frame.high / 1000, 6):
        if km * 1000 >= frame.low - 1e-6:
            x = frame.x(km * 1000)
            drawn.append(tag("path", d=f"M{x:.1f} {frame.bottom:.1f}v5", stroke=style.INK_FAINT))
            drawn.append(text((x, frame.bottom + 18), f"{km:g}", 11, text_anchor="middle", **soft))
    drawn.append(text((frame.right, frame.bottom + 36), curve.words.get("x", ""), 11, text_anchor="end", **soft))
    drawn.append(text((4, 12), curve.words.get("y", ""), 11, **soft))
    return "".join(drawn)


def _band(curve: Curve, line: Line, frame: _Frame) -> str:
    at = list(zip(curve.half_widths_m, line.shares, line.errors, strict=True))
    upper = [(frame.x(width), frame.y(min(share + error, 1.0))) for width, share, error in at]
    lower = [(frame.x(width), frame.y(max(share - error, 0.0))) for width, share, error in reversed(at)]
    return tag("path", d=_path([*upper, *lower]) + "Z", fill=line.colour, fill_opacity=0.13)


def _line(curve: Curve, line: Line, frame: _Frame) -> str:
    points = [(frame.x(width), frame.y(share)) for width, share in zip(curve.half_widths_m, line.shares, strict=True)]
    look: dict[str, object] = {
        "stroke": line.colour,
        "stroke_width": 2.6 if line.strong else 1.4,
        "stroke_dasharray": line.dash,
    }
    return tag("path", tag("title", html.escape(line.name)), d=_path(points), fill="none", **look)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _assumed(curve: Curve, frame: _Frame) -> str:
    if curve.assumed_m is None or not frame.low <= curve.assumed_m <= frame.high:
        return ""
    x = frame.x(curve.assumed_m)
    words = curve.words.get("assumed", "")
    line = f"M{x:.1f} {frame.top - 4:.1f}V{frame.bottom:.1f}"
    look = {"stroke": style.INK_FAINT, "stroke_dasharray": "2 3", "fill": "none"}
    half = text_width(words, 10.5) / 2
    anchor = "end" if x + half > frame.right else "start" if x - half < frame.left else "middle"
    return tag("path", d=line, **look) + text((x, frame.top - 8), words, 10.5, fill=style.INK_SOFT, text_anchor=anchor)


def _changes(curve: Curve, frame: _Frame) -> str:
    drawn = []
    for change in curve.changes:
        x, y = frame.x(change.half_width_m), frame.y(change.share)
        about = tag("title", html.escape(change.words))
        mark = f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5Z"
        drawn.append(tag("path", about, d=mark, fill=style.PAPER, stroke=style.INK, stroke_width=1.4))
    return "".join(drawn)


def _names(curve: Curve, frame: _Frame) -> str:
    """Write each line's name at its end, moved apart where ends are close."""
    wanted = sorted(((frame.y(line.shares[-1]), line) for line in curve.lines), key=lambda each: each[0])
    drawn, last = [], frame.top - 14
    room = frame.bottom - 14 * len(wanted)
    for place, (y, line) in enumerate(wanted):
        at = max(y, last + 14)
        at = min(at, room + 14 * (place + 1))
        last = at
        lead = f"M{frame.right + 1:.1f} {y:.1f}L{frame.right + 8:.1f} {at:.1f}"
        drawn.append(tag("path", d=lead, stroke=line.colour, fill="none"))
        weight = 700 if line.strong else None
        drawn.append(text((frame.right + 11, at + 4), line.name, 11.5, fill=line.ink, font_weight=weight))
    return "".join(drawn)


def _marker(curve: Curve, frame: _Frame, now_m: float | None) -> str:
    if now_m is None or not curve.lines:
        return ""
    strong = next((line for line in curve.lines if line.strong), curve.lines[0])
    x = frame.x(now_m)
    near = min(range(len(curve.half_widths_m)), key=lambda place: abs(curve.half_widths_m[place] - now_m))
    line = tag("path", d=f"M0 {frame.top:.1f}V{frame.bottom:.1f}", stroke=style.ACCENT, stroke_width=1.4)
    dot = tag(
        "circle", cx=0, cy=frame.y(strong.shares[near]), r=4.6, class_="z-now-dot", fill=style.PAPER,
        stroke=style.ACCENT, stroke_width=2.4,
    )  # fmt: skip
    ys = " ".join(f"{frame.y(share):.1f}" for share in strong.shares)
    return tag("g", line + dot, class_="z-now", transform=f"translate({x:.1f} 0)", data_ys=ys)
