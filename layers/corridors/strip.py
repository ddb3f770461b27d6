"""The chainage strip: a corridor laid out straight, with what lies to its left above and to its right below."""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from layers import style
from layers.svg import picture, steps, tag, text, text_width

WIDTH = 1160.0
EDGE, RIGHT = 64.0, 28.0
ROW, BAR, SIZE = 21.0, 15.0, 11.0
AXIS = 26.0
GAP = 5.0

Span = tuple[float, float]


@dataclass(frozen=True)
class Bar:
    """Something that lies along a stretch: name, from and to in metres, its colours, line dash and key.

    Bars of one `group` share a row and one name; it is for layers with too many features to name each.
    """

    name: str
    from_m: float
    to_m: float
    colour: str = style.INK_FAINT
    ink: str = style.INK
    dash: str | None = None
    key: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Spot:
    """Something that lies at a chainage."""

    name: str
    at_m: float


@dataclass(frozen=True)
class Strip:
    """What a strip shows.

    Attributes
    ----------
    length_m : float
    left, right : tuple of Bar
        What covers each side of the corridor.
    gaps : tuple of Span
        Stretches with nothing covered on either side.
    absent : tuple of Span
        Stretches of the axis that are no part of the corridor.
    places : tuple of Bar
        Subdistricts the axis runs through.
    roads : tuple of Spot
        Where main roads cross the axis.
    left_stations, right_stations : tuple of Spot
    breaks_m : tuple of float
        Where the axis breaks off and goes on elsewhere.
    words : mapping
        `title`, `left`, `right`, `gap`, `places`, `roads`, `start`, `end`.
    """

    length_m: float
    left: tuple[Bar, ...] = ()
    right: tuple[Bar, ...] = ()
    gaps: tuple[Span, ...] = ()
    absent: tuple[Span, ...] = ()
    places: tuple[Bar, ...] = ()
    roads: tuple[Spot, ...] = ()
    left_stations: tuple[Spot, ...] = ()
    right_stations: tuple[Spot, ...] = ()
    breaks_m: tuple[float, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Placed:
    bar: Bar
    row: int
    label_x: float
    anchor: str


class _Scale:
    """Chainage to pixels."""

    def __init__(self, length_m: float, width: float) -> None:
        self.length_m, self.left, self.right = length_m, EDGE, width - RIGHT

    def x(self, at_m: float) -> float:
        return self.left + (self.right - self.left) * min(max(at_m / self.length_m, 0.0), 1.0)


def strip_svg(strip: Strip, width: float = WIDTH) -> str:
    """Return the strip as one SVG document, `width` pixels wide and as high as it needs to be."""
    scale = _Scale(strip.length_m, width)
    above, below = _pack(strip.left, scale), _pack(strip.right, scale)
    roads_y = 16.0
    left_y = roads_y + 16.0
    stations_y = left_y + ROW * max(_rows(above), 1) + 14.0
    axis_y = stations_y + 8.0
    under_y = axis_y + AXIS + 8.0
    right_y = under_y + 12.0
    places_y = right_y + ROW * max(_rows(below), 1) + 8.0
    height = places_y + 26.0
    drawn = [
        _gap_shades(strip, scale, (left_y - 4, places_y - 4)),
        _roads(strip, scale, roads_y, axis_y),
        _bars(above, scale, lambda row: axis_y - 22.0 - ROW * (row + 1)),
        _bars(below, scale, lambda row: right_y + ROW * row),
        _stations(strip.left_stations, scale, stations_y, up=True),
        _stations(strip.right_stations, scale, under_y, up=False),
        _axis(strip, scale, axis_y),
        _places(strip, scale, places_y),
        _side_names(strip, (left_y, axis_y), (axis_y + AXIS, places_y)),
    ]
    return picture((width, height), "".join(drawn), strip.words.get("title", ""), class_="z-strip")


def _rows(placed: Sequence[_Placed]) -> int:
    return max((each.row + 1 for each in placed), default=0)


def _pack(bars: Sequence[Bar], scale: _Scale) -> list[_Placed]:
    """Place bars in rows, longest first, so that neither bars nor names of one row meet."""
    taken: list[list[Span]] = []
    groups = list(dict.fromkeys(bar.group for bar in bars if bar.group is not None))
    placed = [_Placed(bar, groups.index(bar.group), scale.left + 3, "start") for bar in bars if bar.group is not None]
    for bar in sorted(
        (bar for bar in bars if bar.group is None), key=lambda each: (each.from_m - each.to_m, each.from_m)
    ):
        start, end = scale.x(bar.from_m), max(scale.x(bar.to_m), scale.x(bar.from_m) + 3)
        wide = text_width(bar.name, SIZE) + 2 * GAP
        label_x, anchor, span = _label(start, end, wide, scale)
        row = next((place for place, held in enumerate(taken) if _free(held, span)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        placed.append(_Placed(bar, row, label_x, anchor))
    return placed


def _label(start: float, end: float, wide: float, scale: _Scale) -> tuple[float, str, Span]:
    """Return where a bar's name stands (inside it, else right of it, else left), and the room both take."""
    if wide <= end - start:
        return start + GAP, "start", (start, end)
    if end + wide <= scale.right + RIGHT:
        return end + GAP, "start", (start, end + wide)
    return start - GAP, "end", (start - wide, end)


def _free(held: Sequence[Span], span: Span) -> bool:
    return all(span[1] + 3 <= low or span[0] - 3 >= high for low, high in held)


def _bars(placed: Sequence[_Placed], scale: _Scale, y_of: Callable[[int], float]) -> str:
    drawn = []
    names: dict[str, str] = {}
    for each in placed:
        bar, y = each.bar, y_of(each.row)
        start = scale.x(bar.from_m)
        wide = max(scale.x(bar.to_m) - start, 3.0)
        box = tag(
            "rect", x=start, y=y, width=wide, height=BAR, rx=2, fill=bar.colour, fill_opacity=0.2,
            stroke=bar.colour, stroke_width=1.2, stroke_dasharray=bar.dash,
        )  # fmt: skip
        halo = {"stroke": style.PAPER, "stroke_width": 3, "paint_order": "stroke"} if bar.group is not None else {}
        name = text((each.label_x, y + 11.2), bar.name, SIZE, fill=bar.ink, text_anchor=each.anchor, **halo)
        if bar.group is not None:
            names[bar.group], name = name, ""
        about = tag("title", html.escape(f"{bar.name}  {bar.from_m / 1000:.2f}–{bar.to_m / 1000:.2f} km"))
        drawn.append(tag("g", about + box + name, data_pick=bar.key, class_="z-strip-bar" if bar.key else None))
    return "".join([*drawn, *names.values()])


def _gap_shades(strip: Strip, scale: _Scale, span: Span) -> str:
    drawn = []
    for start, end in strip.gaps:
        x, wide = scale.x(start), max(scale.x(end) - scale.x(start), 1.0)
        drawn.append(tag("rect", x=x, y=span[0], width=wide, height=span[1] - span[0], fill=GAP_FILL))
    return "".join(drawn)


GAP_FILL = "#FBE9DF"
GAP_INK = "#A84A00"


def _axis(strip: Strip, scale: _Scale, y: float) -> str:
    """Draw the axis as a road: full where something is covered, hollow over gaps, with kilometres below."""
    middle = y + 6.0
    drawn = [tag("rect", x=scale.left, y=middle - 4, width=scale.right - scale.left, height=8, fill=style.INK, rx=1)]
    for start, end in strip.absent:
        wide = scale.x(end) - scale.x(start)
        drawn.append(tag("rect", x=scale.x(start), y=middle - 5, width=wide, height=10, fill=style.PAPER))
        drawn.append(_hollow(scale, start, end, middle, style.INK_FAINT))
    for start, end in strip.gaps:
        wide = scale.x(end) - scale.x(start)
        drawn.append(tag("rect", x=scale.x(start), y=middle - 5, width=wide, height=10, fill=GAP_FILL))
        drawn.append(_hollow(scale, start, end, middle, GAP_INK))
        words = f"{strip.words.get('gap', '')} {(end - start) / 1000:.1f} km"
        if text_width(words, 10.5) + 6 < wide:
            spot = ((scale.x(start) + scale.x(end)) / 2, middle + 3.8)
            drawn.append(
                text(spot, words, 10.5, fill=GAP_INK, text_anchor="middle", font_weight=700, stroke=GAP_FILL,
                     stroke_width=4, paint_order="stroke")
            )  # fmt: skip
    for at_m in strip.breaks_m:
        x = scale.x(at_m)
        drawn.append(tag("path", d=f"M{x - 4:.1f} {middle + 9:.1f}l4 -18m2 18l4 -18", stroke=style.INK, fill="none"))
    return "".join([*drawn, _kilometres(strip, scale, middle)])


def _hollow(scale: _Scale, start: float, end: float, y: float, colour: str) -> str:
    line = f"M{scale.x(start):.1f} {y:.1f}H{scale.x(end):.1f}"
    return tag("path", d=line, stroke=colour, stroke_width=1.4, stroke_dasharray="4 3", fill="none")


def _kilometres(strip: Strip, scale: _Scale, y: float) -> str:
    drawn = []
    ticks = steps(strip.length_m / 1000, 16)
    for km in ticks:
        x = scale.x(km * 1000)
        drawn.append(tag("path", d=f"M{x:.1f} {y + 4:.1f}v4", stroke=style.INK_SOFT))
        drawn.append(text((x, y + 18), f"{km:g}", 10.5, fill=style.INK_SOFT, text_anchor="middle"))
    end = f"{strip.length_m / 1000:.1f} km"
    if scale.right - scale.x(ticks[-1] * 1000) > 40:
        drawn.append(text((scale.right, y + 18), end, 10.5, fill=style.INK_SOFT, text_anchor="middle"))
    else:
        drawn.append(text((scale.right + 8, y + 18), "km", 10.5, fill=style.INK_SOFT))
    return "".join(drawn)


def _stations(spots: Sequence[Spot], scale: _Scale, y: float, *, up: bool) -> str:
    """Draw each station as a ring; names from the start on, as many as do not meet."""
    drawn, free_from = [], -1e9
    ring_y = y + 3 if up else y - 5
    for spot in spots:
        x = scale.x(spot.at_m)
        about = tag("title", html.escape(f"{spot.name}  {spot.at_m / 1000:.2f} km"))
        look = {"fill": style.PAPER, "stroke": style.STATION, "stroke_width": 1.4}
        drawn.append(tag("circle", about, cx=x, cy=ring_y, r=2.6, **look))
        half = text_width(spot.name, 10) / 2
        if x - half > free_from + 6 and scale.left - 4 <= x - half and x + half <= scale.right + RIGHT:
            name_y = ring_y - 6 if up else ring_y + 12
            drawn.append(text((x, name_y), spot.name, 10, fill=style.INK_SOFT, text_anchor="middle"))
            free_from = x + half
    return "".join(drawn)


def _roads(strip: Strip, scale: _Scale, y: float, axis_y: float) -> str:
    drawn, free_from = [], scale.left - 8
    for spot in strip.roads:
        x = scale.x(spot.at_m)
        line = f"M{x:.1f} {y + 4:.1f}V{axis_y + 14:.1f}"
        drawn.append(tag("path", d=line, stroke=style.ROAD, stroke_dasharray="2 3", fill="none"))
        half = text_width(spot.name, 10.5) / 2
        if x - half > free_from + 6 and x + half <= scale.right + RIGHT:
            drawn.append(text((x, y), spot.name, 10.5, fill=style.INK_SOFT, text_anchor="middle"))
            free_from = x + half
    return "".join(drawn)


def _places(strip: Strip, scale: _Scale, y: float) -> str:
    drawn = []
    for place, bar in enumerate(strip.places):
        x, wide = scale.x(bar.from_m), scale.x(bar.to_m) - scale.x(bar.from_m)
        tint = style.PANEL if place % 2 else style.RULE
        about = tag("title", html.escape(bar.name))
        drawn.append(tag("rect", about, x=x, y=y, width=wide, height=18, fill=tint, stroke=style.PAPER))
        if text_width(bar.name, 10.5) + 4 < wide:
            drawn.append(text((x + wide / 2, y + 13), bar.name, 10.5, fill=style.INK, text_anchor="middle"))
    return "".join(drawn)


def _side_names(strip: Strip, above: Span, below: Span) -> str:
    """Name the lanes in the margin: left of the axis, right of it, what it runs through, what crosses it."""
    soft = {"fill": style.INK_FAINT, "text_anchor": "end"}
    x = EDGE - 12
    return "".join(
        [
            text((x, 16), strip.words.get("roads", ""), 10.5, **soft),
            text((x, (above[0] + above[1]) / 2), strip.words.get("left", ""), 11, **(soft | {"fill": style.INK})),
            text((x, (below[0] + below[1]) / 2), strip.words.get("right", ""), 11, **(soft | {"fill": style.INK})),
            text((x, below[1] + 13), strip.words.get("places", ""), 10.5, **soft),
        ]
    )
