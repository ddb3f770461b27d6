"""The ground within a distance of a line: straight ends, round outer bends, a width that may change along it.

Everything is built on a Gauss-Krüger plane of its own, whose middle meridian runs through the middle of the axis:
within 30 km of it a metre on the plane is a metre on the ground to 11 parts in a million (see `distortion`).
"""

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Proj

from zones.measure import SEMI_MAJOR_M, Numbers, Shapes
from zones.schema import METRES_PER_DEGREE

Ints = npt.NDArray[np.int64]

ARC_STEP = np.radians(1.5)
"""Outer bends are drawn with chords of this angle: an arc loses 1.1e-4 of its sector."""

EDGE_M = 1000.0
"""Longest edge of an axis; an edge straight in degrees then leaves the plane's straight line by 8 mm at most."""

GRID_M = 1e-6
"""Pieces of a band are joined on this grid; it keeps GEOS from losing ground (see `zones.overlap`)."""

END_STEP_M = 25.0
OVER_M = 1.0
HAIR_M = 0.01
SAME_M = 1e-3
"""Points closer than this are one: a line that ends where it began is closed."""

PAST_M = 20_000.0
"""How far past an end the cut reaches: farther than any band."""

Profile = tuple[tuple[float, float], ...]
"""Half-widths along the axis: (metres from its start, half-width in metres), rising; straight between them."""


class Plane:
    """A Gauss-Krüger plane around a place: degrees to east and north metres, and back.

    Parameters
    ----------
    shape : shapely geometry
        EPSG:4490; the middle of its box becomes the origin.
    """

    def __init__(self, shape: shapely.Geometry) -> None:
        west, south, east, north = shapely.bounds(shape)
        self.middle = ((west + east) / 2, (south + north) / 2)
        lon, lat = self.middle
        self._proj = Proj(proj="tmerc", lon_0=lon, lat_0=lat, k=1, x_0=0, y_0=0, ellps="GRS80", units="m")

    def points_to(self, points: Numbers) -> Numbers:
        """Return degrees, (n, 2), as metres."""
        return np.column_stack(self._proj(points[:, 0], points[:, 1]))

    def points_from(self, points: Numbers) -> Numbers:
        """Return metres, (n, 2), as degrees."""
        return np.column_stack(self._proj(points[:, 0], points[:, 1], inverse=True))

    def to(self, shapes: Shapes) -> Shapes:
        """Return shapes in degrees as shapes in metres."""
        return shapely.transform(shapes, self.points_to)

    def back(self, shapes: Shapes) -> Shapes:
        """Return shapes in metres as shapes in degrees."""
        return shapely.transform(shapes, self.points_from)


def distortion(axis: shapely.Geometry, half_width_m: float) -> float:
    """Return by what share lengths on the plane of an axis are too long at worst, within a band of that half-width."""
    points = Plane(axis).points_to(shapely.get_coordinates(axis))
    return float(((np.abs(points[:, 0]).max() + half_width_m) / SEMI_MAJOR_M) ** 2 / 2)


def lines_of(axis: shapely.Geometry, plane: Plane, at_m: tuple[float, ...] = ()) -> list[Numbers]:
    """Return the lines of an axis as plane points, (n, 2) each, no edge longer than `EDGE_M`.

    Parameters
    ----------
    axis : LineString or MultiLineString
        EPSG:4490, edges straight in degrees.
    at_m : tuple of float
        Distances from the start of the axis at which a point must stand.
    """
    degrees = EDGE_M / METRES_PER_DEGREE
    parts = plane.to(shapely.segmentize(shapely.get_parts(axis), degrees))
    starts = np.concatenate(([0.0], np.cumsum(shapely.length(parts))))
    lines = []
    for part, start, end in zip(parts, starts[:-1], starts[1:], strict=True):
        wanted = np.array([at - start for at in at_m if start < at < end])
        points = shapely.get_coordinates(part)
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
        order = np.unique(np.concatenate([along, wanted]), return_index=False)
        lines.append(np.column_stack([np.interp(order, along, points[:, side]) for side in (0, 1)]))
    return [_without_repeats(line) for line in lines]


def _without_repeats(points: Numbers) -> Numbers:
    apart = np.hypot(*np.diff(points, axis=0).T) > 1e-6
    return points[np.concatenate(([True], apart))]


def along(lines: list[Numbers]) -> list[Numbers]:
    """Return the chainage of each point of each line, in metres; a line goes on where the one before ended."""
    found, start = [], 0.0
    for points in lines:
        reach = start + np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
        found.append(reach)
        start = float(reach[-1])
    return found


def widths_at(half_width: float | Profile, chainage: Numbers) -> Numbers:
    """Return the half-width at each chainage; before its first and after its last point a profile stays level."""
    if isinstance(half_width, int | float):
        return np.full(len(chainage), float(half_width))
    stations, widths = zip(*half_width, strict=True)
    return np.interp(chainage, stations, widths)


def strip(lines: list[Numbers], widths: list[Numbers]) -> shapely.Geometry:
    """Return the band of plane lines as one shape.

    Parameters
    ----------
    lines : list of arrays
        Points of each line, metres.
    widths : list of arrays
        Half-width at each point, measured square to the line.

    Notes
    -----
    The union of a trapezoid over each edge and a sector on the outside of each bend. All pieces of a narrower
    band lie inside those of a wider one, so bands are nested; a buffer of GEOS simplifies the line by a
    hundredth of its distance first, and is not.
    """
    pieces = [
        piece
        for points, half in zip(lines, widths, strict=True)
        for piece in (*_edges(points, half), *_bends(points, half, 1), *_bends(points, half, -1))
    ]
    return shapely.union_all(pieces, grid_size=GRID_M)


def lengthened(lines: list[Numbers]) -> list[Numbers]:
    """Return the lines with each open end moved `OVER_M` outwards, so that a cut at the old end is clean."""
    found = []
    for points in lines:
        longer = points.copy()
        if np.hypot(*(points[0] - points[-1])) >= SAME_M:
            for end, inner in ((0, 1), (-1, -2)):
                out = points[end] - points[inner]
                longer[end] += out * (OVER_M / np.hypot(*out))
        found.append(longer)
    return found


def beyond_ends(lines: list[Numbers]) -> shapely.Geometry:
    """Return the ground that is nearer to an open end than to anything else of the lines: past the flat ends.

    A wide band of a line that bends just before its end would curl around the end without this cut. The cut
    does not depend on the width, so bands stay nested. The ends of a closed line are none.
    """
    dense = [shapely.get_coordinates(shapely.segmentize(shapely.linestrings(points), END_STEP_M)) for points in lines]
    every = np.vstack(dense)
    cells = []
    for points in lines:
        if np.hypot(*(points[0] - points[-1])) < SAME_M:
            continue
        for end, inner in ((points[0], points[1]), (points[-1], points[-2])):
            cells.append(_past(end, end - inner, every))
    return shapely.union_all(cells, grid_size=GRID_M)


def _past(end: Numbers, outward: Numbers, every: Numbers) -> shapely.Geometry:
    """Return the convex ground past an end: nearer to it than to any point of `every`, at most `PAST_M` away."""
    away = every - end
    apart = (away**2).sum(axis=1)
    away, apart = away[apart > SAME_M**2], apart[apart > SAME_M**2]
    angle = np.arctan2(outward[1], outward[0]) + np.linspace(-np.pi / 2, np.pi / 2, 121)
    rays = np.column_stack([np.cos(angle), np.sin(angle)])
    towards = rays @ away.T
    with np.errstate(divide="ignore"):
        # Rounding must not let the line's own straight end count as lying ahead of a ray square to it.
        halfway = np.where(towards > 1e-9 * np.sqrt(apart), apart / (2 * towards), np.inf)
    reach = np.minimum(halfway.min(axis=1), PAST_M)
    return shapely.Polygon(np.vstack([end, end + rays * reach[:, None]]))


def _edges(points: Numbers, half: Numbers) -> list[shapely.Geometry]:
    normal = _normals(points)
    # A hair past both ends, into the pieces next to it: joining leaves no slit between them.
    hair = np.column_stack([normal[:, 1], -normal[:, 0]]) * HAIR_M
    start, end = points[:-1] - hair, points[1:] + hair
    near, far = normal * half[:-1, None], normal * half[1:, None]
    return list(shapely.polygons(np.stack([start - near, end - far, end + far, start + near], axis=1)))


def _normals(points: Numbers) -> Numbers:
    """Return the unit vector to the left of each edge."""
    step = np.diff(points, axis=0)
    return np.column_stack([-step[:, 1], step[:, 0]]) / np.hypot(step[:, 0], step[:, 1])[:, None]


def _bends(points: Numbers, half: Numbers, side: int) -> list[shapely.Geometry]:
    """Return a sector at each point where the line turns away from the side."""
    normal = _normals(points)
    corners, before, after, reach = points[1:-1], normal[:-1], normal[1:], half[1:-1]
    if len(points) > 3 and np.hypot(*(points[0] - points[-1])) < SAME_M:
        corners, reach = np.vstack([corners, points[:1]]), np.append(reach, half[0])
        before, after = np.vstack([before, normal[-1:]]), np.vstack([after, normal[:1]])
    turn = np.arctan2(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0], (before * after).sum(axis=1))
    outer = np.flatnonzero(turn * side < -1e-12)
    return [_sector(corners[at], before[at] * side, after[at] * side, turn[at], reach[at]) for at in outer]


def _sector(centre: Numbers, first: Numbers, last: Numbers, turn: float, radius: float) -> shapely.Geometry:
    steps = np.arctan2(first[1], first[0]) + np.linspace(0.0, turn, 1 + int(np.ceil(abs(turn) / ARC_STEP)))[1:-1]
    between = np.column_stack([np.cos(steps), np.sin(steps)])
    apex = centre - (first + last) * HAIR_M
    return shapely.Polygon(np.vstack([apex, centre + radius * np.vstack([first, between, last])]))
