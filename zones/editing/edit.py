"""Edits of one zone's ground: cut, join, take out, add, remove, snap, and the band of an axis. A shape in, one out.

All shapes are in EPSG:4490. New vertices are rounded to 6 decimals (0.1 m); vertices that stood before stay to the
last bit, so an edit changes what it is about and nothing else.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from zones.corridors.corridor import Corridor, checked_width
from zones.corridors.corridor import band as band_of
from zones.errors import GeometryError
from zones.measure import Numbers, Shapes, lonlat_area
from zones.schema import METRES_PER_DEGREE

DECIMALS = 6


@dataclass(frozen=True)
class Change:
    """What an edit did to a shape: areas in m², and how many parts, holes and vertices there are before and after."""

    area_before_m2: float
    area_after_m2: float
    parts_before: int
    parts_after: int
    holes_before: int
    holes_after: int
    vertices_gone: int
    vertices_new: int


def change(before: shapely.Geometry | None, after: shapely.Geometry | None) -> Change:
    """Return what lies between two shapes; None stands for no shape."""
    shapes = np.array([before, after], dtype=object)
    areas = [0.0 if shape is None else float(lonlat_area(np.array([shape]))[0]) for shape in shapes]
    old, new = (_points(shape) for shape in shapes)
    parts = [len(polygons(shape)) for shape in shapes]
    holes = [int(shapely.get_num_interior_rings(polygons(shape)).sum()) for shape in shapes]
    return Change(
        areas[0], areas[1], parts[0], parts[1], holes[0], holes[1],
        vertices_gone=len(old - new), vertices_new=len(new - old),
    )  # fmt: skip


def polygons(shape: shapely.Geometry | None) -> Shapes:
    """Return the polygons of a shape, one after another; other parts of it are passed over."""
    parts = shapely.get_parts(np.array([shape], dtype=object))
    parts = shapely.get_parts(parts)
    return parts[(shapely.get_type_id(parts) == 3) & ~shapely.is_empty(parts)]


def joined(parts: Shapes | list[shapely.Geometry]) -> shapely.Geometry:
    """Return polygons as one shape: a Polygon where there is one, else a MultiPolygon in the order given."""
    held = list(parts)
    return held[0] if len(held) == 1 else shapely.MultiPolygon(held)


def rounded(shape: shapely.Geometry, kept: shapely.Geometry | None = None) -> shapely.Geometry:
    """Return a shape with its vertices rounded to 6 decimals, but for those that `kept` has too."""
    known = _points(kept)

    def to_grid(points: Numbers) -> Numbers:
        near = np.round(points, DECIMALS)
        if known:
            stays = np.array([tuple(point) in known for point in points], dtype=bool)
            near[stays] = points[stays]
        return near

    return shapely.transform(shape, to_grid)


def cut(shape: shapely.Geometry, line: shapely.Geometry) -> shapely.Geometry:
    """Return a shape cut along a line into pieces; parts the line does not cross stay as they are.

    The pieces share the line as an edge, which parts of one zone may not: remove one before the shape is saved.

    Raises
    ------
    GeometryError
        If the line divides no part: it must run from edge to edge.
    """
    found: list[shapely.Geometry] = []
    for part in polygons(shape):
        noded = shapely.union_all([shapely.boundary(part), line])
        cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
        pieces = cells[shapely.contains(part, shapely.point_on_surface(cells))]
        found += [part] if len(pieces) < 2 else list(pieces)
    if len(found) == len(polygons(shape)):
        raise GeometryError("the line cuts nothing off; draw it right across, from outside one edge to outside another")
    return _finished(found, shape, line)


def add(shape: shapely.Geometry | None, ground: shapely.Geometry) -> shapely.Geometry:
    """Return a shape with ground added: joined to the parts it overlaps or shares an edge with, else a new part.

    Raises
    ------
    GeometryError
        If all of it is in the shape already, or it is not valid.
    """
    _valid(ground)
    meets: list[shapely.Geometry] = []
    apart: list[shapely.Geometry] = []
    for part in polygons(shape):
        # Two parts that meet in a point only stay two: one polygon may not touch itself there.
        linked = shared_dimension(part, ground) >= 1
        (meets if linked else apart).append(part)
    if any(shapely.covers(part, ground) for part in meets):
        raise GeometryError("the ground is part of the zone already; draw it past the zone's edge")
    whole = polygons(shapely.union_all([*meets, ground])) if meets else polygons(ground)
    return _finished([*apart, *whole], shape, ground)


def take_out(shape: shapely.Geometry, ground: shapely.Geometry) -> shapely.Geometry:
    """Return a shape less some ground: a hole where it lies inside, else what it takes off the edge.

    Raises
    ------
    GeometryError
        If the two have no ground in common, or nothing would be left.
    """
    _valid(ground)
    parts = polygons(shape)
    overlaps = np.array([shared_dimension(part, ground) == 2 for part in parts])
    if not overlaps.any():
        raise GeometryError("this ground is not in the zone; draw it over the zone")
    found: list[shapely.Geometry] = []
    for part, hit in zip(parts, overlaps, strict=True):
        found += list(polygons(shapely.difference(part, ground))) if hit else [part]
    if not found:
        raise GeometryError("nothing of the zone would be left; remove its shape instead, and say why")
    return _finished(found, shape, ground)


def remove_at(shape: shapely.Geometry, place: shapely.Point) -> shapely.Geometry | None:
    """Return a shape without the part that lies at a place, or with the hole there filled; None if nothing is left.

    Raises
    ------
    GeometryError
        If neither a part nor a hole is there.
    """
    found, hit = [], False
    for part in polygons(shape):
        if shapely.contains(part, place):
            hit = True
            continue
        holes = [ring for ring in part.interiors if not shapely.contains(shapely.Polygon(ring), place)]
        inside = len(holes) < len(part.interiors)
        hit |= inside
        found.append(shapely.Polygon(part.exterior, holes) if inside else part)
    if not hit:
        raise GeometryError("neither a part nor a hole of the zone is here; click inside one")
    return joined(found) if found else None


def snap(shape: shapely.Geometry, to: shapely.Geometry, within_m: float) -> shapely.Geometry:
    """Return a shape whose vertices stand on another's outline where they were within some metres of it.

    A vertex goes to the nearest vertex of `to` in reach, else to the nearest point of its edges. Vertices of `to`
    that lie in reach of an edge of the shape become vertices of it, so that both outlines then run together.
    """
    reach = within_m / METRES_PER_DEGREE
    squeeze = np.array([np.cos(np.radians(shapely.get_y(shapely.centroid(shape)))), 1.0])
    target = shapely.transform(to, lambda points: points * squeeze)
    corners = shapely.get_coordinates(target)
    moved = shapely.transform(shape, lambda points: _onto(points * squeeze, target, corners, reach) / squeeze)
    dense = shapely.transform(moved, lambda points: points * squeeze)
    met = shapely.snap(dense, shapely.MultiPoint(corners), reach)
    near = shapely.transform(met, lambda points: points / squeeze)
    exact = shapely.union_all([shapely.MultiPoint(shapely.get_coordinates(each)) for each in (shape, to)])
    return _finished(polygons(_restored(near, exact)), shape, to)


def band(axis: shapely.Geometry, half_width_m: float) -> shapely.Geometry:
    """Return the band of an axis, as `zones.corridors.corridor` builds it, with vertices rounded to 6 decimals.

    Raises
    ------
    InputError
        If the half-width is not between 1 m and 10 km.
    """
    made = Corridor("", "", "", axis=axis, half_width=checked_width(half_width_m))
    return _finished(polygons(band_of(made)), axis)


def shared_dimension(a: shapely.Geometry, b: shapely.Geometry) -> int:
    """Return what two shapes share: 2 ground, 1 an edge, 0 a point, -1 nothing."""
    common = shapely.intersection(a, b)
    # GEOS gives an empty polygon the dimension of a polygon.
    return -1 if common.is_empty else int(shapely.get_dimensions(common))


def _onto(points: Numbers, target: shapely.Geometry, corners: Numbers, reach: float) -> Numbers:
    """Return points moved to the nearest corner of a target within reach, else to the nearest point of its edges."""
    edges = shapely.boundary(target)
    found = points.copy()
    away = shapely.distance(edges, shapely.points(points))
    for at in np.flatnonzero(away <= reach):
        step = np.hypot(*(corners - points[at]).T)
        nearest = int(step.argmin())
        if step[nearest] <= reach:
            found[at] = corners[nearest]
        else:
            along = shapely.line_locate_point(edges, shapely.Point(points[at]))
            found[at] = shapely.get_coordinates(shapely.line_interpolate_point(edges, along))[0]
    return found


def _restored(shape: shapely.Geometry, exact: shapely.Geometry) -> shapely.Geometry:
    """Return a shape in which vertices that a detour left a hair off stand where they stood."""
    known = {tuple(np.round(point, 10)): point for point in shapely.get_coordinates(exact)}

    def back(points: Numbers) -> Numbers:
        return np.array([known.get(tuple(np.round(point, 10)), point) for point in points])

    return shapely.transform(shape, back)


def _finished(parts: Shapes | list[shapely.Geometry], *kept: shapely.Geometry | None) -> shapely.Geometry:
    """Return parts as one shape, new vertices rounded, rings wound as RFC 7946 has them."""
    known = [each for each in kept if each is not None]
    points = shapely.MultiPoint(np.vstack([shapely.get_coordinates(each) for each in known])) if known else None
    return shapely.orient_polygons(rounded(joined(parts), points))


def _points(shape: shapely.Geometry | None) -> set[tuple[float, float]]:
    return set() if shape is None else {(float(x), float(y)) for x, y in shapely.get_coordinates(shape)}


def _valid(ground: shapely.Geometry) -> None:
    if not shapely.is_valid(ground):
        reason = shapely.is_valid_reason(ground)
        raise GeometryError(f"the outline is not valid ({reason}); draw it without crossing itself")
