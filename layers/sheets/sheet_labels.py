"""Names on the printed map: each where it can be read, none over another, the rest counted and said."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt
import shapely

from layers.sheets.sheet_frame import Box
from layers.sheets.sheet_text import MM_PER_PT, width_mm

LINE_HEIGHT = 1.25
NEAR_MM = (0.0, 2.2, 4.0)
FAR_MM = (6.5, 9.5, 13.0)
ANGLES = (0, 180, 90, 270, 45, 135, 315, 225)


@dataclass(frozen=True)
class Wish:
    """A label that wants a place, in mm on paper.

    Attributes
    ----------
    text : str
        One or two lines.
    places : sequence of (x, y)
        Anchor points, best first; the label is centred there, or beside it where `radius` is above 0.
    size_pt : float
    radius : float
        Radius in mm of the symbol to keep clear of; 0 for areas.
    far : bool
        Whether the label may stand off with a leader line.
    weight : {"regular", "bold"}
    reach : tuple of float
        How far off, in mm, it may stand on a leader line.
    """

    text: str
    places: Sequence[tuple[float, float]]
    size_pt: float
    radius: float = 0.0
    far: bool = True
    weight: str = "regular"
    reach: tuple[float, ...] = FAR_MM


@dataclass(frozen=True)
class Placed:
    """A label with its place: centre in mm, and the anchor its leader line goes to, if any."""

    wish: Wish
    x: float
    y: float
    leader: tuple[float, float] | None


def place(
    wishes: Sequence[Wish],
    frame: Box,
    taken: Sequence[Box] = (),
    lines: Sequence[shapely.Geometry] = (),
    barred: shapely.Geometry | None = None,
) -> tuple[list[Placed], list[Wish]]:
    """Give each label the first place that is free, in the order of the wishes.

    Parameters
    ----------
    wishes : sequence of Wish
        Most important first.
    frame : Box
        Labels stay inside it.
    taken : sequence of Box
        Ground already used by symbols or labels.
    lines : sequence of LineString
        In mm; a label crosses them only where no free place is clear of them.
    barred : shapely.Geometry, optional
        In mm; a label never crosses it.

    Returns
    -------
    placed : list of Placed
    left_out : list of Wish
        Those for which no place was free.
    """
    used, leaders = _corners(taken), shapely.MultiLineString()
    symbols = len(taken)
    strong = shapely.union_all(list(lines)) if len(lines) else shapely.MultiLineString()
    shapely.prepare(strong)
    shapely.prepare(barred)
    placed, left_out = [], []
    for wish in wishes:
        free = (each for each in _tries(wish) if _free(each, frame, used, leaders, symbols))
        found = _best((each for each in free if barred is None or not barred.intersects(_shape(box_of(each)))), strong)
        if found is None:
            left_out.append(wish)
            continue
        placed.append(found)
        used = np.vstack([used, _corners([box_of(found)])])
        if found.leader is not None:
            leaders = leaders.union(_leader(found))
    return placed, left_out


def _best(free: Iterator[Placed], lines: shapely.Geometry) -> Placed | None:
    """Return the first free place that is clear of the lines, else the first free one."""
    first = next(free, None)
    if first is None or lines.is_empty:
        return first
    return next((each for each in chain([first], free) if not lines.intersects(_shape(box_of(each)))), first)


def box_of(label: Placed) -> Box:
    """Return the ground a placed label covers, with a little air."""
    wide, high = _size(label.wish)
    return Box(label.x - wide / 2, label.y - high / 2, wide, high)


def _size(wish: Wish) -> tuple[float, float]:
    lines = wish.text.count("\n") + 1
    return width_mm(wish.text, wish.size_pt, wish.weight) + 0.8, lines * wish.size_pt * MM_PER_PT * LINE_HEIGHT + 0.4


def _tries(wish: Wish) -> Iterator[Placed]:
    wide, high = _size(wish)
    for distance in (*NEAR_MM, *(wish.reach if wish.far else ())):
        for x, y in wish.places:
            if distance == 0 and wish.radius == 0:
                yield Placed(wish, x, y, None)
                continue
            for angle in ANGLES:
                turn_x, turn_y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
                # Measured from the symbol's rim to the label's edge, so short and long names stand alike.
                at_x = x + turn_x * (wish.radius + distance * 0.6 + wide / 2)
                at_y = y + turn_y * (wish.radius + distance * 0.6 + high / 2)
                yield Placed(wish, at_x, at_y, (x, y) if distance >= FAR_MM[0] else None)


def _corners(boxes: Sequence[Box]) -> npt.NDArray[np.float64]:
    """Return boxes as rows of west, south, east, north."""
    return np.array([(box.x, box.y, box.right, box.top) for box in boxes], dtype=float).reshape(-1, 4)


def _free(label: Placed, frame: Box, used: npt.NDArray[np.float64], leaders: shapely.Geometry, symbols: int) -> bool:
    """Tell whether a label and its leader line are clear of the frame, of other labels and of their leaders.

    The first `symbols` rows of `used` are symbols: a leader line may leave the one it points to.
    """
    box = box_of(label)
    if box.x < frame.x + 0.5 or box.y < frame.y + 0.5 or box.right > frame.right - 0.5 or box.top > frame.top - 0.5:
        return False
    west, south, east, north = used.T
    if np.any((box.x < east) & (west < box.right) & (box.y < north) & (south < box.top)):
        return False
    if not leaders.is_empty and leaders.intersects(_shape(box)):
        return False
    if label.leader is None:
        return True
    line, (x, y) = _leader(label), label.leader
    own = (west <= x) & (x <= east) & (south <= y) & (y <= north) & (np.arange(len(used)) < symbols)
    met = shapely.intersects(line, shapely.box(west, south, east, north)) & ~own
    return not (leaders.intersects(line) or met.any())


def _leader(label: Placed) -> shapely.LineString:
    """Return the leader line from just off its anchor to the label."""
    anchor_x, anchor_y = label.leader or (label.x, label.y)
    line = shapely.LineString([(anchor_x, anchor_y), (label.x, label.y)])
    return line.difference(shapely.Point(anchor_x, anchor_y).buffer(label.wish.radius + 1.2))


def _shape(box: Box) -> shapely.Polygon:
    return shapely.box(box.x, box.y, box.right, box.top)


def anchors(shape: shapely.Geometry) -> list[tuple[float, float]]:
    """Return where the label of a shape reads best: deep inside an area, along a line, at a point."""
    if shape.is_empty:
        return []
    largest = max(shapely.get_parts(shape), key=lambda part: (part.area, part.length))
    if largest.geom_type == "LineString":
        spots = [largest.interpolate(share, normalized=True) for share in (0.5, 0.3, 0.7, 0.15, 0.85)]
    elif largest.geom_type == "Polygon":
        deep = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=1.0), 0)
        spots = [deep, shapely.point_on_surface(largest)]
    else:
        spots = [largest]
    return [(spot.x, spot.y) for spot in spots]
