"""A border that zones share, moved in all of them: what one step of an outline means for its neighbours.

A vertex that is moved, put in or removed is so in each zone that has it, and nothing else changes, to the last bit.
Where an edge of one zone runs along an edge of another and only one of them has a vertex there (a T-junction), the
other one is given it first: else the two edges would part.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from zones.editing.edit import polygons

REACH_DEG = 1e-6
"""A vertex rounded to 6 decimals lies no farther than this from the edge on which it was set."""

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Followed:
    """What a step makes of a zone and of those that share its border there.

    Attributes
    ----------
    own : shapely geometry
        The zone after the step, with the vertices of its neighbours that lay on the edges that moved.
    neighbours : dict of str to shapely geometry
        Those that change, as they become.
    stays : tuple of str
        Those that share the border there and could not follow.
    """

    own: shapely.Geometry
    neighbours: dict[str, shapely.Geometry]
    stays: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    """One stretch of a ring: `old` and `new` from the last vertex before what changed to the first one behind."""

    old: Ring
    new: Ring

    @property
    def is_move(self) -> bool:
        return len(self.old) == len(self.new)

    @property
    def gone(self) -> list[Point]:
        return self.old[1:-1]


def follow(
    before: shapely.Geometry,
    after: shapely.Geometry,
    neighbours: Mapping[str, shapely.Geometry],
    fixed: Collection[str] = (),
) -> Followed | None:
    """Return what neighbours become when the outline of a zone changes at one place.

    Parameters
    ----------
    before, after : shapely geometry
        The zone, EPSG:4490, before and after vertices next to one another were moved, put in or removed.
    neighbours : mapping of str to shapely geometry
        Zones with ground that may share its border.
    fixed : collection of str
        Those of them that may not be moved.

    Returns
    -------
    Followed or None
        None where more than one place differs, as after a cut, or nothing does.
    """
    rings, becomes = _rings(before), _rings(after)
    changed = [place for place, ring in enumerate(rings) if len(becomes) == len(rings) and ring != becomes[place]]
    found = _step(rings[changed[0]], becomes[changed[0]]) if len(changed) == 1 else None
    if found is None:
        return None
    touching = {name: _rings(shape) for name, shape in neighbours.items() if _near(shape, found.old)}
    noded, step = _noded(found, touching.values())
    becomes[changed[0]] = _replaced(becomes[changed[0]], found.new, noded)
    beside = _beside(step, [rings, *touching.values()], neighbours)
    for place, ring in enumerate(rings):
        # Another part or hole of the zone may have the vertex too.
        becomes[place] = becomes[place] if place == changed[0] else _followed(ring, step, beside) or ring
    moved, stays = {}, []
    for name, held in touching.items():
        made = [_followed(ring, step, beside) for ring in held]
        if any(each is not None and (not each or name in fixed) for each in made):
            stays.append(name)
        elif any(made):
            moved[name] = _rebuilt(neighbours[name], [each or ring for each, ring in zip(made, held, strict=True)])
    return Followed(_rebuilt(after, becomes), moved, tuple(stays))


def _rings(shape: shapely.Geometry) -> list[Ring]:
    """Return the open rings of a shape, part by part, the outer one of each first."""
    rings = [ring for part in polygons(shape) for ring in (part.exterior, *part.interiors)]
    return [[(float(x), float(y)) for x, y in ring.coords[:-1]] for ring in rings]


def _rebuilt(like: shapely.Geometry, rings: list[Ring]) -> shapely.Geometry:
    left, parts = iter(rings), []
    for part in polygons(like):
        outer, *holes = [next(left) for _ in range(1 + len(part.interiors))]
        parts.append(shapely.Polygon(outer, holes))
    return parts[0] if like.geom_type == "Polygon" else shapely.MultiPolygon(parts)


def _near(shape: shapely.Geometry, path: Ring) -> bool:
    return bool(shapely.dwithin(shape, shapely.LineString(path), 2 * REACH_DEG))


def _step(old: Ring, new: Ring) -> _Step | None:
    """Return the one stretch in which two rings differ; None if they have no vertex in common, or differ nowhere."""
    anchor = next((point for point in old if old.count(point) == 1 and new.count(point) == 1), None)
    if anchor is None:
        return None
    old, new = (ring[ring.index(anchor) :] + ring[: ring.index(anchor)] + [anchor] for ring in (old, new))
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if len(old) == len(new) == head:
        return None
    # With a vertex put in or removed beside one like it the two counts may meet: both ends stay in the stretch.
    tail = max(tail, 1)
    stretch = [ring[head - 1 : len(ring) - tail + 1] for ring in (old, new)]
    return _Step(*stretch)


def _noded(step: _Step, touching: Iterable[list[Ring]]) -> tuple[Ring, _Step]:
    """Return the new stretch with the vertices of neighbours on it, and the step that neighbours have to follow."""
    rings = [ring for ring_list in touching for ring in ring_list]
    legs = [_stops(a, b, rings) for a, b in pairwise(step.old)]
    old = [step.old[0]]
    for leg, point in zip(legs, step.old[1:], strict=True):
        old += [*leg, point]
    if step.is_move:
        new = [step.new[0]]
        for leg, point in zip(legs, step.new[1:], strict=True):
            new += [*leg, point]
        return new, _Step(old, new)
    come = step.new[1:-1]
    if step.gone:
        first, last = 1 + len(legs[0]), len(old) - 1 - len(legs[-1])
    else:
        # What was put in stands between the two nodes to which it is nearest.
        place = shapely.Point(come[0])
        away = [shapely.distance(place, shapely.LineString(edge)) for edge in pairwise(old)]
        first = last = int(np.argmin(away)) + 1
    new = [*old[:first], *come, *old[last:]]
    return new, _Step(old[first - 1 : last + 1], [old[first - 1], *come, old[last]])


def _stops(a: Point, b: Point, rings: list[Ring]) -> list[Point]:
    """Return the vertices of neighbours inside an edge along which their own edges run, in their order on it."""
    found: dict[float, Point] = {}
    for ring in rings:
        for before, point, behind in zip([ring[-1], *ring[:-1]], ring, [*ring[1:], ring[0]], strict=True):
            along = _along(point, a, b)
            if along is not None and any(_run_together(a, b, point, end) for end in (before, behind)):
                found[along] = point
    kept: list[Point] = []
    for _, point in sorted(found.items()):
        if not kept or np.hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) > REACH_DEG:
            kept.append(point)
    return kept


def _along(point: Point, a: Point, b: Point) -> float | None:
    """Return where a point lies on an edge, 0 to 1; None where it lies off it or at one of its ends."""
    (x, y), (dx, dy) = (point[0] - a[0], point[1] - a[1]), (b[0] - a[0], b[1] - a[1])
    length = float(np.hypot(dx, dy))
    if length <= 2 * REACH_DEG:
        return None
    on, off = (x * dx + y * dy) / length, abs(x * dy - y * dx) / length
    return on / length if off <= REACH_DEG and REACH_DEG < on < length - REACH_DEG else None


def _run_together(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Tell whether two edges lie on one another for more than a point."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = float(np.hypot(dx, dy))
    if length <= 2 * REACH_DEG or c == d:
        return False
    on, off = ([((x - a[0]) * u + (y - a[1]) * v) / length for x, y in (c, d)] for u, v in ((dx, dy), (-dy, dx)))
    low, high = max(0.0, min(on)), min(length, max(on))
    if high - low <= 2 * REACH_DEG:
        return False
    at = [off[0] + (off[1] - off[0]) * (place - on[0]) / (on[1] - on[0]) for place in (low, high)]
    return max(map(abs, at)) <= REACH_DEG


def _with_nodes(ring: Ring, path: Ring) -> Ring:
    """Return a ring with the vertices of a path that lie on those of its edges that run along the path."""
    edges = list(pairwise(path))
    found: Ring = []
    for point, behind in zip(ring, [*ring[1:], ring[0]], strict=True):
        found.append(point)
        if any(_run_together(point, behind, *edge) for edge in edges):
            on = {along: node for node in path if (along := _along(node, point, behind)) is not None}
            found += [node for _, node in sorted(on.items()) if node not in ring]
    return found


def _beside(step: _Step, meeting: list[list[Ring]], neighbours: Mapping[str, shapely.Geometry]) -> list[Ring]:
    """Return the rings along the edges that a move takes with it: of those that meet there, and of what lies beside."""
    if not step.is_move:
        return []
    rings = [_with_nodes(ring, step.old) for held in meeting for ring in held]
    moved = set(step.old) - set(step.new)
    edges = [edge for ring in rings for edge in pairwise([*ring, ring[0]]) if moved & set(edge)]
    lines = shapely.MultiLineString([*edges, step.old])
    near = [shape for shape in neighbours.values() if shapely.dwithin(shape, lines, 2 * REACH_DEG)]
    return [*rings, *(ring for shape in near for ring in _rings(shape))]


def _stopped(ring: Ring, moved: Collection[Point], beside: list[Ring]) -> Ring:
    """Return a ring with the vertices that others have on those of its edges that move."""
    found: Ring = []
    for edge in pairwise([*ring, ring[0]]):
        found.append(edge[0])
        if edge[0] in moved or edge[1] in moved:
            found += [point for point in _stops(*edge, beside) if point not in ring]
    return found


def _followed(ring: Ring, step: _Step, beside: list[Ring]) -> Ring | None:
    """Return a ring after a step: None where it has no part in it, empty where it has and cannot follow."""
    stood, ring = ring, _with_nodes(ring, step.old)
    if step.is_move:
        moves = {old: new for old, new in zip(step.old, step.new, strict=True) if old != new}
        if not any(point in moves for point in ring):
            return None
        made = [moves.get(point, point) for point in _stopped(ring, moves, beside)]
        # A vertex put on the next one of its ring is one with it.
        ends = set(moves.values())
        made = [point for place, point in enumerate(made) if point not in ends or point != made[place - 1]]
        return made if len(made) >= 3 else []
    for old, new in ((step.old, step.new), (step.old[::-1], step.new[::-1])):
        made = _replaced(ring, old, new)
        if made != ring:
            # Of a vertex taken out of a straight edge a neighbour without one there need not know.
            still = [point for point in made if point in stood] == stood and set(new) <= set(old)
            return None if still else made if len(made) >= 3 else []
    return [] if any(point in ring for point in step.gone) else None


def _replaced(ring: Ring, old: Ring, new: Ring) -> Ring:
    """Return a ring with one stretch of it replaced; as it is where it has no such stretch."""
    for start in range(len(ring)):
        turned = ring[start:] + ring[:start]
        if (turned + turned[:1])[: len(old)] == old:
            if len(old) == len(turned) + 1:
                return new[:-1]
            made = new + turned[len(old) :]
            # The first vertex stays the first, where it is still there.
            first = next((point for point in ring if point in made), made[0])
            return made[made.index(first) :] + made[: made.index(first)]
    return ring
