"""Names on the printed map: each where it can be read, none over another, the rest counted and said."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from layers.sheets.sheet_frame import Box
from layers.sheets.sheet_room import Ground, Tries
from layers.sheets.sheet_text import MM_PER_PT, width_mm

LINE_HEIGHT = 1.25
NEAR_MM = (0.0, 2.2, 4.0)
FAR_MM = (6.5, 9.5, 13.0)
TURNS = np.array([(math.cos(turn), math.sin(turn)) for turn in np.radians((0, 180, 90, 270, 45, 135, 315, 225))])
"""Sides of its anchor on which a label may stand."""
LEADER_OFF_MM = 1.2
"""A leader line begins so far from the rim of what it points to."""
FIRST = np.array([0])


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
    ground = Ground(frame, _corners(taken), len(taken), barred, shapely.MultiLineString())
    strong = shapely.union_all(list(lines)) if len(lines) else shapely.MultiLineString()
    shapely.prepare(strong)
    shapely.prepare(barred)
    placed, left_out = [], []
    for wish in wishes:
        found = _best(wish, ground, strong)
        if found is None:
            left_out.append(wish)
            continue
        ground = ground.with_label(found)
        (x, y), (anchor_x, anchor_y) = found.centres[0].tolist(), found.anchors[0].tolist()
        placed.append(Placed(wish, x, y, None if found.off is None else (anchor_x, anchor_y)))
    return placed, left_out


def _best(wish: Wish, ground: Ground, lines: shapely.Geometry) -> Tries | None:
    """Return the first free place that is clear of the lines, else the first free one."""
    first = None
    for tries in _tries(wish):
        free = tries.at(ground.free(tries))
        if not len(free.centres):
            continue
        first = first or free.at(FIRST)
        if lines.is_empty:
            return first
        clear = np.flatnonzero(~shapely.intersects(lines, shapely.box(*free.boxes().T)))
        if len(clear):
            return free.at(clear[:1])
    return first


def box_of(label: Placed) -> Box:
    """Return the ground a placed label covers, with a little air."""
    wide, high = _size(label.wish)
    return Box(label.x - wide / 2, label.y - high / 2, wide, high)


def _size(wish: Wish) -> tuple[float, float]:
    lines = wish.text.count("\n") + 1
    return width_mm(wish.text, wish.size_pt, wish.weight) + 0.8, lines * wish.size_pt * MM_PER_PT * LINE_HEIGHT + 0.4


def _tries(wish: Wish) -> Iterator[Tries]:
    """Yield the places for a label, the nearer ones first."""
    wide, high = _size(wish)
    spots = np.array(wish.places, dtype=float).reshape(-1, 2)
    for distance in (*NEAR_MM, *(wish.reach if wish.far else ())):
        if distance == 0 and wish.radius == 0:
            yield Tries(spots, spots, wide, high)
            continue
        # Measured from the symbol's rim to the label's edge, so short and long names stand alike.
        away = TURNS * (np.array([wide, high]) / 2 + wish.radius + distance * 0.6)
        centres = (spots[:, None] + away).reshape(-1, 2)
        off = wish.radius + LEADER_OFF_MM if distance >= FAR_MM[0] else None
        yield Tries(centres, np.repeat(spots, len(TURNS), axis=0), wide, high, off)


def _corners(boxes: Sequence[Box]) -> npt.NDArray[np.float64]:
    """Return boxes as rows of west, south, east, north."""
    return np.array([(box.x, box.y, box.right, box.top) for box in boxes], dtype=float).reshape(-1, 4)


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
