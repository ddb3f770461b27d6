"""The paper: where title, map, panel and foot stand, and at which round scale the map is drawn."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Transformer

from layers.sheets.sheet_theme import COLOUR, Theme
from zones.errors import InputError

PLANE_CRS = "EPSG:4547"
"""CGCS2000 Gauss-Krüger, 3 degrees, central meridian 114° E: metres, true to scale within 0.03 % in Shenzhen."""

TO_PLANE = Transformer.from_crs("EPSG:4490", PLANE_CRS, always_xy=True)
TO_LONLAT = Transformer.from_crs(PLANE_CRS, "EPSG:4490", always_xy=True)

SCALES = (2000, 2500, 5000, 10_000, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 60_000, 75_000, 100_000)
WIDE_SCALES = (125_000, 150_000, 175_000, 200_000, 250_000, 300_000, 400_000, 500_000, 750_000, 1_000_000)
CLOSEST = 10_000
"""A single point is drawn at this scale."""

PAPER_MM = {"A4": (297.0, 210.0), "A3": (420.0, 297.0), "A0": (1189.0, 841.0), "slide": (338.67, 190.5)}
TYPE_SCALE = {"A4": 1.0, "A3": 1.35, "A0": 3.0, "slide": 1.3}
PANEL_PAD = 2.5
"""Air inside the panel in mm, at type size 1."""
BLOCK_ROW = 5.2
"""Height in mm of a row of the title block, at type size 1."""
MOST_SHIFT = 0.2
TALL = 1.15
"""A map this much taller than wide goes on upright paper."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper in mm, from its lower left corner."""

    x: float
    y: float
    wide: float
    high: float

    @property
    def right(self) -> float:
        """Right edge in mm."""
        return self.x + self.wide

    @property
    def top(self) -> float:
        """Upper edge in mm."""
        return self.y + self.high

    def inset(self, by: float) -> "Box":
        """Return the rectangle smaller by `by` mm on each side."""
        return Box(self.x + by, self.y + by, self.wide - 2 * by, self.high - 2 * by)


@dataclass(frozen=True)
class Layout:
    """Places on the paper in mm.

    `type` multiplies all type sizes; `columns` is how the panel is divided; `block` is the title block, where
    there is one, and `block_columns` how it is.
    """

    wide: float
    high: float
    type: float
    title: Box
    outer: Box
    map: Box
    panel: Box
    foot: Box
    columns: int
    theme: Theme = COLOUR
    block: Box | None = None
    block_columns: int = 1

    @property
    def bar_mm(self) -> float:
        """Room for the scale bar, in mm: a column of the panel less the north arrow."""
        pad = PANEL_PAD * self.type
        return (self.panel.wide - pad) / self.columns - pad - 15 * self.type


@dataclass(frozen=True)
class View:
    """What the map shows: plane window in metres and the denominator of the scale."""

    west: float
    south: float
    east: float
    north: float
    scale: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in metres."""
        return self.west, self.south, self.east, self.north

    def to_paper(self, frame: Box, east: float, north: float) -> tuple[float, float]:
        """Return the place on paper, in mm, of a point of the plane."""
        mm = 1000 / self.scale
        return frame.x + (east - self.west) * mm, frame.y + (north - self.south) * mm


def layout(
    size: str,
    upright: bool,
    panel_mm: float = 60.0,
    *,
    side_mm: float = 54.0,
    type_scale: float = 1.0,
    theme: Theme = COLOUR,
    block_rows: int = 0,
) -> Layout:
    """Return the places for a paper size; a slide is never upright.

    Parameters
    ----------
    size : {"A4", "A3", "A0", "slide"}
    upright : bool
        The panel then lies under the map in four columns, and the title block under it in three.
    panel_mm, side_mm : float
        How high the panel is on upright paper, and how wide beside a map, at type size 1.
    type_scale : float
        Multiplies the type size of the paper.
    theme : Theme
    block_rows : int
        Rows of the title block in one column; 0 for none.

    Raises
    ------
    InputError
        When the size is not known.
    """
    if size not in PAPER_MM:
        raise InputError(f"Paper size '{size}' is not known; choose one of {', '.join(PAPER_MM)}.")
    wide, high = PAPER_MM[size]
    kind = TYPE_SCALE[size] * type_scale
    margin, band, head, foot = 8 * kind, 4.5 * kind, 11 * kind, 10 * kind
    gap = 2 * kind
    block = None
    if upright and size != "slide":
        wide, high = high, wide
        low = margin + foot
        if block_rows:
            block = Box(margin, low, wide - 2 * margin, math.ceil(block_rows / 3) * BLOCK_ROW * kind)
            low = block.top + gap
        panel = Box(margin, low, wide - 2 * margin, panel_mm * kind)
        outer = Box(margin, panel.top + gap, wide - 2 * margin, high - margin - head - panel.top - gap)
        columns = 4
    else:
        side = side_mm * kind
        outer = Box(margin, margin + foot, wide - 2 * margin - side - gap, high - 2 * margin - head - foot)
        low = outer.y
        if block_rows:
            block = Box(outer.right + gap, low, side, block_rows * BLOCK_ROW * kind)
            low = block.top + gap
        panel = Box(outer.right + gap, low, side, outer.top - low)
        columns = 1
    title = Box(margin, high - margin - head, wide - 2 * margin, head)
    under = Box(margin, margin, wide - 2 * margin, foot)
    face = outer.inset(band)
    return Layout(wide, high, kind, title, outer, face, panel, under, columns, theme, block, 3 if columns == 4 else 1)


def plane_window(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the plane window (metres) around a window in degrees (west, south, east, north).

    Raises
    ------
    InputError
        When the window is not in degrees or its sides are in the wrong order.
    """
    west, south, east, north = extent
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(f"Map extent {extent} is no window in degrees; give west, south, east, north.")
    x, y = TO_PLANE.transform(np.array([west, east, west, east]), np.array([south, south, north, north]))
    if not np.isfinite([x, y]).all():
        raise InputError(f"Map extent {extent} lies too far from 114° E to be drawn in {PLANE_CRS}.")
    return float(min(x)), float(min(y)), float(max(x)), float(max(y))


def view(
    window: tuple[float, float, float, float],
    frame: Box,
    land: shapely.Geometry | None = None,
    scale: int | None = None,
) -> View:
    """Return the view with the largest round scale at which the window fits the frame, or with the scale given.

    Where the frame is longer than the window, the window stands in the middle; with `land`, it moves by up to
    `MOST_SHIFT` of the frame so that the map shows land rather than empty ground.

    Raises
    ------
    InputError
        When the window is too large for 1:1 000 000, or for the scale given.
    """
    west, south, east, north = window
    needed = max((east - west) / frame.wide, (north - south) / frame.high) * 1000
    scale = _scale_for(needed) if scale is None else _scale_asked(scale, needed)
    wide, high = frame.wide * scale / 1000, frame.high * scale / 1000
    slack_x, slack_y = (wide - (east - west)) / 2, (high - (north - south)) / 2
    steps = (0.0, 0.25, -0.25, 0.5, -0.5, 0.75, -0.75, 1.0, -1.0) if land is not None else (0.0,)
    shifts = [(min(slack_x, MOST_SHIFT * wide) * i, min(slack_y, MOST_SHIFT * high) * j) for i in steps for j in steps]
    views = []
    for shift_x, shift_y in shifts:
        left, low = west - slack_x + shift_x, south - slack_y + shift_y
        views.append(View(left, low, left + wide, low + high, scale))
    if land is None:
        return views[0]
    # Steps near the middle come first, and a move must gain a percent of the map to be worth it.
    shown = [round(shapely.clip_by_rect(land, *each.bounds).area / (wide * high), 2) for each in views]
    return views[shown.index(max(shown))]


def _scale_for(needed: float) -> int:
    floor = CLOSEST if needed < SCALES[0] else 0
    scale = next((each for each in (*SCALES, *WIDE_SCALES) if each >= max(needed, floor)), None)
    if scale is None:
        raise InputError(f"The map would need a scale of 1:{needed:,.0f}; choose a smaller extent (at most 1:1000000).")
    return scale


def _scale_asked(scale: int, needed: float) -> int:
    if not (500 <= scale <= WIDE_SCALES[-1] and float(f"{scale:.3g}") == scale):
        raise InputError(f"1:{scale} is no round scale between 1:500 and 1:1000000; give one such as 25000.")
    # A window of a place alone has no extent, so that any scale holds it.
    if needed > scale * (1 + 1e-9):
        fits = _scale_for(needed)
        raise InputError(f"At 1:{scale} the zones do not fit the paper; choose 1:{fits}, larger paper or fewer zones.")
    return scale


def true_north(seen: View) -> float:
    """Return how far true north is turned from the upper edge of the map, in degrees, clockwise positive."""
    x, y = (seen.west + seen.east) / 2, (seen.south + seen.north) / 2
    lon, lat = TO_LONLAT.transform(x, y)
    there_x, there_y = TO_PLANE.transform(lon, lat + 0.01)
    return math.degrees(math.atan2(there_x - x, there_y - y))


def bar_length(seen: View, wide_mm: float) -> float:
    """Return the longest round length in metres (1, 2 or 5 x a power of ten) that fits `wide_mm` on paper."""
    longest = wide_mm * seen.scale / 1000
    power = 10 ** math.floor(math.log10(longest))
    return float(max(step for step in (power, 2 * power, 5 * power) if step <= longest))


def graticule_step(seen: View) -> int:
    """Return the spacing of the graticule in minutes of arc: about five lines over the longer side."""
    minutes = max((seen.east - seen.west) / 1710, (seen.north - seen.south) / 1845)
    return min((1, 2, 5, 10, 15, 30, 60), key=lambda step: abs(math.log(minutes / step / 5)))


def graticule_crossings(seen: View) -> list[tuple[str, int, float, float]]:
    """Return where the graticule meets the frame: side, minutes of arc, and the place in plane metres.

    The sides are "bottom" and "top" for meridians, "left" and "right" for parallels.
    """
    step = graticule_step(seen)
    crossings = []
    for side in ("bottom", "top", "left", "right"):
        along = np.linspace(0, 1, 401)
        x = seen.west + (seen.east - seen.west) * along if side in ("bottom", "top") else np.full(401, 0.0)
        y = seen.south + (seen.north - seen.south) * along if side in ("left", "right") else np.full(401, 0.0)
        x = x if side in ("bottom", "top") else x + (seen.west if side == "left" else seen.east)
        y = y if side in ("left", "right") else y + (seen.south if side == "bottom" else seen.north)
        degrees = TO_LONLAT.transform(x, y)[0 if side in ("bottom", "top") else 1]
        minutes = np.asarray(degrees) * 60
        for minute in range(math.ceil(minutes[0] / step) * step, math.floor(minutes[-1]) + 1, step):
            at = float(np.interp(minute, minutes, along))
            crossings.append((side, minute, float(np.interp(at, along, x)), float(np.interp(at, along, y))))
    return crossings


def graticule_lines(seen: View) -> list[np.ndarray]:
    """Return the meridians and parallels that cross the view, each as (n, 2) plane metres."""
    step = graticule_step(seen)
    corners = [(x, y) for x in (seen.west, seen.east) for y in (seen.south, seen.north)]
    lon, lat = (np.array(each) * 60 for each in TO_LONLAT.transform(*np.array(corners).T))
    lines = []
    for along, across, is_meridian in ((lon, lat, True), (lat, lon, False)):
        spread = np.linspace(across.min(), across.max(), 41) / 60
        for minute in range(math.ceil(along.min() / step) * step, math.floor(along.max()) + 1, step):
            fixed = np.full(len(spread), minute / 60)
            x, y = TO_PLANE.transform(*((fixed, spread) if is_meridian else (spread, fixed)))
            lines.append(np.column_stack([x, y]))
    return lines
