"""From the lines of several sides to the area between them, on a plane; what does not close is said, not closed.

The lines cut the plane into faces. The area wanted is the face that touches the lines of every side, each on the
side where the text puts it: its edge along the northern line looks north, and so on.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from zones.sides.sides_grammar import Direction

GAP_M = 250.0
"""How much line may be added in all at one corner, or between two pieces of one side."""
WIDEST_CORNER_DEG = 135.0
"""Two sides in sequence further apart than this leave out a side between them."""
GRID_M = 0.01
ON_LINE_M = 0.05
SMALLEST_M2 = 100.0
TANGENT_M = 60.0
"""A line goes on as its last stretch of this length runs: the very last edge is often a bend into a junction."""

Lines = list[shapely.LineString]


@dataclass(frozen=True)
class Gap:
    """Line that was added so that sides meet.

    Attributes
    ----------
    between : tuple of Direction
        The two sides of a corner, or one side whose pieces were joined.
    how : {"extended", "joined"}
        Straight on from its end, or straight across.
    length_m : float
    line : shapely.LineString
        On the plane.
    """

    between: tuple[Direction, ...]
    how: Literal["extended", "joined"]
    length_m: float
    line: shapely.Geometry


@dataclass(frozen=True)
class Corner:
    """Where two sides in sequence should meet and do not.

    Attributes
    ----------
    between : tuple of Direction
    distance_m : float
        Between their lines as they are drawn.
    """

    between: tuple[Direction, Direction]
    distance_m: float


@dataclass(frozen=True)
class Built:
    """The area between the sides, or what keeps it open.

    Attributes
    ----------
    polygon : shapely.Polygon or None
        On the plane.
    gaps : tuple of Gap
    open_corners : tuple of Corner
    faces : int
        Faces that fit; of several the largest is `polygon`.
    """

    polygon: shapely.Polygon | None
    gaps: tuple[Gap, ...] = ()
    open_corners: tuple[Corner, ...] = ()
    faces: int = 0


def build(sides: Mapping[Direction, Sequence[shapely.Geometry]], gap_m: float = GAP_M) -> Built:
    """Return the area that lies south of its northern lines, west of its eastern ones, and so on.

    Parameters
    ----------
    sides : mapping of Direction to sequence of LineString or MultiLineString
        Lines on a plane, in metres.
    gap_m : float
        Most line added at one corner; 0 adds none.
    """
    ordered = sorted(sides, key=lambda each: each.bearing)
    held = {each: _single(sides[each]) for each in ordered}
    gaps: list[Gap] = []
    for direction, lines in held.items():
        gaps += (joints := _joints(direction, lines, gap_m))
        lines += [joint.line for joint in joints]
    corners: list[Corner] = []
    for first, second in _neighbours(ordered):
        added, corner = _closed(first, second, held, gap_m)
        gaps += added
        corners += [corner] if corner else []
        for gap in added:
            held[gap.between[0]].append(gap.line)
    if len(held) < 3 or corners:
        return Built(None, tuple(gaps), tuple(corners))
    fitting = _fitting_faces(held)
    polygon = max(fitting, key=lambda face: face.area, default=None)
    used = tuple(gap for gap in gaps if polygon is None or _along(gap.line, polygon))
    return Built(polygon, used, (), len(fitting))


def bearing_gap(first: Direction, second: Direction) -> float:
    """Return how far clockwise the second side is from the first, in degrees."""
    return (second.bearing - first.bearing) % 360


def _neighbours(ordered: list[Direction]) -> list[tuple[Direction, Direction]]:
    """Return the sides that follow each other clockwise with no side left out between them."""
    pairs = zip(ordered, [*ordered[1:], *ordered[:1]], strict=True)
    return [(a, b) for a, b in pairs if a != b and 0 < bearing_gap(a, b) <= WIDEST_CORNER_DEG]


def _single(shapes: Sequence[shapely.Geometry]) -> Lines:
    merged = shapely.line_merge(shapely.union_all(list(shapes), grid_size=GRID_M))
    return [line for line in shapely.get_parts(merged) if line.geom_type == "LineString"]


def _joints(direction: Direction, lines: Lines, gap_m: float) -> list[Gap]:
    """Return what joins the pieces of one side that lie no further apart than `gap_m`, shortest first."""
    groups = [shapely.MultiLineString([line]) for line in lines]
    gaps: list[Gap] = []
    while len(groups) > 1:
        pairs = list(itertools.combinations(range(len(groups)), 2))
        distances = [groups[a].distance(groups[b]) for a, b in pairs]
        nearest = int(np.argmin(distances))
        if distances[nearest] > gap_m:
            break
        a, b = pairs[nearest]
        link = shapely.shortest_line(groups[a], groups[b])
        if distances[nearest] > ON_LINE_M:
            gaps.append(Gap((direction,), "joined", float(link.length), link))
        both = shapely.MultiLineString([*groups[a].geoms, *groups[b].geoms, link] if link.length else
                                       [*groups[a].geoms, *groups[b].geoms])  # fmt: skip
        groups = [group for at, group in enumerate(groups) if at not in (a, b)] + [both]
    return gaps


def _closed(
    first: Direction, second: Direction, held: Mapping[Direction, Lines], gap_m: float
) -> tuple[list[Gap], Corner | None]:
    """Return what was added so that two sides meet, or the corner that stays open."""
    a, b = shapely.MultiLineString(held[first]), shapely.MultiLineString(held[second])
    distance = float(a.distance(b))
    if distance <= ON_LINE_M:
        return [], None
    best = min(
        (found for one in _rays(a, gap_m) for found in _hits(one, b, gap_m)),
        key=lambda found: found[0].length + found[1].length,
        default=None,
    )
    other = min(
        (found for one in _rays(b, gap_m) for found in _hits(one, a, gap_m)),
        key=lambda found: found[0].length + found[1].length,
        default=None,
    )
    if other and (best is None or other[0].length + other[1].length < best[0].length + best[1].length):
        best = (other[1], other[0])
    if best:
        pairs = (((first, second), best[0]), ((second, first), best[1]))
        added = (Gap(names, "extended", float(line.length), line) for names, line in pairs)
        return [gap for gap in added if gap.length_m > ON_LINE_M], None
    if distance <= gap_m:
        return [Gap((first, second), "joined", distance, shapely.shortest_line(a, b))], None
    return [], Corner((first, second), distance)


def _rays(side: shapely.MultiLineString, reach_m: float) -> Lines:
    """Return the straight continuation of each free end of a side, from the end outwards."""
    rays = []
    for line in side.geoms:
        for end in (line, line.reverse()):
            tip = end.coords[0]
            free = sum(shapely.Point(tip).distance(other) <= ON_LINE_M for other in side.geoms) == 1
            back = end.interpolate(min(TANGENT_M, end.length)).coords[0]
            step = np.subtract(tip, back)
            length = float(np.hypot(*step))
            if free and reach_m > 0 and length > 0 and not line.is_closed:
                rays.append(shapely.LineString([tip, tuple(np.add(tip, step / length * reach_m))]))
    return rays


def _hits(
    ray: shapely.LineString, target: shapely.MultiLineString, gap_m: float
) -> list[tuple[shapely.LineString, shapely.LineString]]:
    """Return the stretches of a ray to a target, and of the target's own continuation where that is needed."""
    start = shapely.Point(ray.coords[0])
    found = []
    direct = _nearest(start, ray.intersection(target))
    if direct is not None:
        found.append((shapely.LineString([start, direct]), shapely.LineString()))
    for other in _rays(target, gap_m):
        there = _nearest(start, ray.intersection(other))
        if there is not None:
            found.append((shapely.LineString([start, there]), shapely.LineString([other.coords[0], there.coords[0]])))
    return [pair for pair in found if pair[0].length + pair[1].length <= gap_m]


def _nearest(start: shapely.Point, crossing: shapely.Geometry) -> shapely.Point | None:
    points = [shapely.Point(at) for at in shapely.get_coordinates(crossing)]
    return min(points, key=start.distance, default=None)


def _fitting_faces(held: Mapping[Direction, Lines]) -> list[shapely.Polygon]:
    """Return the faces that touch the lines of all sides from within; else joined faces that do."""
    network = shapely.union_all([line for lines in held.values() for line in lines], grid_size=GRID_M)
    faces = [face for face in shapely.get_parts(shapely.polygonize([network])) if face.area > SMALLEST_M2]
    targets = {each: shapely.MultiLineString(lines) for each, lines in held.items()}
    fitting = [face for face in faces if _fits(face, targets)]
    if fitting:
        return fitting
    joined = shapely.get_parts(shapely.union_all(faces)) if faces else []
    return [shapely.Polygon(face.exterior) for face in joined if _fits(face, targets)]


def _fits(face: shapely.Polygon, targets: Mapping[Direction, shapely.MultiLineString]) -> bool:
    middles, normals, lengths = edges_of(face)
    points = shapely.points(middles)
    for direction, lines in targets.items():
        on = shapely.distance(points, lines) <= ON_LINE_M
        if not on.any() or float((normals[on] @ unit(direction) * lengths[on]).sum()) <= 0:
            return False
    return True


def edges_of(face: shapely.Polygon) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return middles (n, 2), outward unit normals (n, 2) and lengths (n) of the outer edges of a plane polygon."""
    points = shapely.get_coordinates(shapely.orient_polygons(face).exterior)
    steps = np.diff(points, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    kept = lengths > 0
    steps, lengths = steps[kept], lengths[kept]
    # The ring runs counter-clockwise: outside is to the right.
    normals = np.column_stack([steps[:, 1], -steps[:, 0]]) / lengths[:, None]
    return (points[:-1][kept] + points[1:][kept]) / 2, normals, lengths


def unit(direction: Direction) -> np.ndarray:
    """Return the unit vector (east, north) of a direction."""
    angle = np.radians(direction.bearing)
    return np.array([np.sin(angle), np.cos(angle)])


def _along(line: shapely.Geometry, polygon: shapely.Polygon) -> bool:
    return bool(line.interpolate(0.5, normalized=True).distance(polygon.exterior) <= ON_LINE_M)
