"""Shapes of DXF entities. Arcs are split from their own circle: ezdxf's paths go by Bézier curves, 0.03 % off."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely

ARC_SAG = 0.001
"""Arcs become chords that leave them by at most this, in units of the drawing: 1 mm in metres."""

MOST_CHORDS = 2000
"""Chords of a full turn at most, for drawings in small units."""

CURVES = ("ARC", "CIRCLE", "ELLIPSE", "SPLINE")
FACES = ("SOLID", "TRACE", "3DFACE")
SPLINE_FRAME = 16

Flat = tuple[float, float]
Entity = Any  # entities of ezdxf are typed too loosely to say more


def shape_of(entity: Entity) -> tuple[shapely.Geometry | None, bool]:
    """Return the shape of an entity in plain x and y, and whether arcs were split; None for what is no outline.

    Closed lines become polygons, open ones lines; a hatch covers what is inside an odd number of its boundaries.
    """
    kind = entity.dxftype()
    if kind == "POINT":
        return shapely.Point(entity.dxf.location.x, entity.dxf.location.y), False
    if kind == "LINE":
        return shapely.LineString([_xy(entity.dxf.start), _xy(entity.dxf.end)]), False
    if kind in FACES:
        return shapely.Polygon([_xy(corner) for corner in entity.wcs_vertices()]), False
    if kind in ("HATCH", "MPOLYGON"):
        return _hatch(entity)
    if kind in CURVES:
        points = [_xy(point) for point in entity.flattening(ARC_SAG)]
        return _outline(points, _is_whole(entity, kind)), True
    if kind == "LWPOLYLINE":
        corners = [(x, y, bulge) for x, y, bulge in entity.get_points("xyb")]
        return _polyline(corners, entity, bool(entity.closed))
    if kind == "POLYLINE" and (entity.is_2d_polyline or entity.is_3d_polyline):
        real = [vertex.dxf for vertex in entity.vertices if not vertex.dxf.flags & SPLINE_FRAME]
        flat = entity.is_2d_polyline
        corners = [(each.location.x, each.location.y, each.bulge if flat else 0.0) for each in real]
        return _polyline(corners, entity if flat else None, bool(entity.is_closed))
    return None, False


def _xy(point: Any) -> Flat:  # noqa: ANN401 (a vector of ezdxf)
    return float(point.x), float(point.y)


def _outline(points: Sequence[Flat], closed: bool) -> shapely.Geometry:
    if (closed or points[0] == points[-1]) and len(points) >= 3:
        return shapely.Polygon(points)
    return shapely.LineString(points)


def _is_whole(entity: Entity, kind: str) -> bool:
    if kind == "ELLIPSE":
        return math.isclose(abs(entity.dxf.end_param - entity.dxf.start_param), math.tau)
    return kind == "CIRCLE" or (kind == "SPLINE" and bool(entity.closed))


def _polyline(
    corners: Sequence[tuple[float, float, float]],
    entity: Entity | None,
    closed: bool,
) -> tuple[shapely.Geometry, bool]:
    """Return a line with bulges; `entity` tells the plane it is drawn in."""
    points = with_bulges(corners, closed=closed)
    if entity is not None and tuple(entity.dxf.extrusion) != (0.0, 0.0, 1.0):
        points = [_xy(point) for point in entity.ocs().points_to_wcs([(x, y, 0.0) for x, y in points])]
    return _outline(points, closed), any(bulge for _, _, bulge in corners)


def with_bulges(corners: Sequence[tuple[float, float, float]], *, closed: bool) -> list[Flat]:
    """Return the points of a line whose corners are x, y and bulge: the tangent of a quarter of the arc to the next."""
    points: list[Flat] = []
    following = [*corners[1:], corners[0]] if closed else [*corners[1:], corners[-1]]
    for (x, y, bulge), (next_x, next_y, _) in zip(corners, following, strict=True):
        points.append((x, y))
        if bulge and (x, y) != (next_x, next_y):
            points += _arc(x, y, next_x, next_y, bulge)
    return points


def _arc(x: float, y: float, next_x: float, next_y: float, bulge: float) -> list[Flat]:
    """Return the points between the ends of an arc."""
    chord_x, chord_y = next_x - x, next_y - y
    along = (1 / bulge - bulge) / 4
    centre_x = (x + next_x) / 2 - chord_y * along
    centre_y = (y + next_y) / 2 + chord_x * along
    turn = 4 * math.atan(bulge)
    radius = math.hypot(x - centre_x, y - centre_y)
    count = _chords(radius, turn)
    start = math.atan2(y - centre_y, x - centre_x)
    angles = start + turn * np.arange(1, count) / count
    return list(zip(centre_x + radius * np.cos(angles), centre_y + radius * np.sin(angles), strict=True))


def _chords(radius: float, turn: float) -> int:
    step = 2 * math.acos(max(1 - ARC_SAG / radius, 0.0)) if radius > ARC_SAG else math.pi / 2
    return max(2, min(math.ceil(abs(turn) / step), math.ceil(MOST_CHORDS * abs(turn) / math.tau)))


def _hatch(entity: Entity) -> tuple[shapely.Geometry | None, bool]:
    covered: shapely.Geometry | None = None
    arcs = False
    for boundary in entity.paths:
        if hasattr(boundary, "vertices"):
            points = with_bulges([tuple(corner) for corner in boundary.vertices], closed=True)
            arcs |= any(corner[2] for corner in boundary.vertices)
        else:
            points = _chained(boundary.edges)
            arcs |= any(type(edge).__name__ != "LineEdge" for edge in boundary.edges)
        if len(points) >= 3:
            ring = shapely.make_valid(shapely.Polygon(points), method="structure")
            covered = ring if covered is None else shapely.symmetric_difference(covered, ring)
    return covered, arcs


def _chained(edges: Iterable[Entity]) -> list[Flat]:
    """Return the edges of a boundary as one ring; each is turned so that it starts where the one before ended."""
    pieces = [_edge(edge) for edge in edges]
    points: list[Flat] = []
    for place, piece in enumerate(pieces):
        if points:
            start = points[-1]
        elif len(pieces) > 1:
            # The first edge has to end where the second begins, or ends.
            ends = (pieces[1][0], pieces[1][-1])
            turned = min(math.dist(piece[0], end) for end in ends) < min(math.dist(piece[-1], end) for end in ends)
            start = piece[-1] if turned else piece[0]
        else:
            start = piece[0]
        if math.dist(piece[-1], start) < math.dist(piece[0], start):
            pieces[place] = piece = piece[::-1]
        points += piece
    return points


def _edge(edge: Entity) -> list[Flat]:
    kind = type(edge).__name__
    if kind == "LineEdge":
        return [_xy(edge.start), _xy(edge.end)]
    tool = edge.construction_tool()
    if kind == "ArcEdge":
        turn = math.radians((tool.end_angle - tool.start_angle) % 360 or 360)
        count = _chords(tool.radius, turn)
        angles = math.radians(tool.start_angle) + turn * np.arange(count + 1) / count
        centre_x, centre_y = _xy(tool.center)
        return list(zip(centre_x + tool.radius * np.cos(angles), centre_y + tool.radius * np.sin(angles), strict=True))
    return [_xy(point) for point in tool.flattening(ARC_SAG)]
