"""Overlaps in exact arithmetic, and pairs of polygons made to trip a clipper.

Floats are fractions with a power of two below, so the vertices of two polygons become whole numbers on one
scale. Vertical lines through all vertices and all crossings cut both shapes into slabs in which edges do not
cross; a slab holds trapezoids that lie under both. None of it is shared with what is tested: no grid, no
tolerance, no library.
"""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import shapely
from shapely import affinity

from tests.shapes import blob
from zones.measure import E2, SEMI_MAJOR_M

PLACES = {"local": (0.0, 0.0, 1.0), "degrees": (114.1, 22.6, 1e-5), "EPSG:4547": (500_000.0, 2_500_000.0, 1.0)}
"""East, north and the size of a unit: a drawing of ±450, degrees around Shenzhen, Gauss-Krüger metres."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(5)


def shared_trapezoids(a, b):
    """Yield the trapezoids under both valid polygons: width, left and right height, left and right middle.

    All are floats rounded once from exact fractions, in the unit of the coordinates.
    """
    rings = [_edges(a), _edges(b)]
    scale = max(value.as_integer_ratio()[1] for edges in rings for edge in edges for value in edge)
    edges = [
        (*_leftmost_first(tuple(_whole(value, scale) for value in edge)), side)
        for side, ring in enumerate(rings)
        for edge in ring
        if edge[0] != edge[2]
    ]
    low = max(min(edge[0] for edge in edges if edge[4] == side) for side in (0, 1))
    high = min(max(edge[2] for edge in edges if edge[4] == side) for side in (0, 1))
    near = [edge for edge in edges if edge[2] > low and edge[0] < high]
    lines = {Fraction(x) for edge in near for x in (edge[0], edge[2], low, high) if low <= x <= high}
    lines |= {x for x in _crossings(near) if low < x < high}
    for left, right in pairwise(sorted(lines)):
        across = [edge for edge in near if edge[0] <= left and edge[2] >= right]
        yield from _slab(across, left, right, scale)


def exact_area(a, b):
    """Return the area two valid polygons share in the plane."""
    return float(sum(width * (left + right) / 2 for width, left, right, _, _ in shared_trapezoids(a, b)))


def exact_ellipsoid_area(a, b):
    """Return the area in m² that two valid polygons in degrees share on CGCS2000, edges straight in lon/lat.

    Both integrals are Gaussian, of the ellipsoid's surface per radian squared, M N cos φ; the tested code
    goes by closed forms and series.
    """
    total = 0.0
    for width, left, right, low, high in shared_trapezoids(a, b):
        for across, weight in zip(NODES, WEIGHTS, strict=True):
            share = (across + 1) / 2
            tall, middle = left + (right - left) * share, low + (high - low) * share
            latitude = np.radians(middle + tall * NODES / 2)
            density = SEMI_MAJOR_M**2 * (1 - E2) * np.cos(latitude) / (1 - E2 * np.sin(latitude) ** 2) ** 2
            total += np.radians(width) * weight / 2 * np.radians(tall) * float((WEIGHTS * density).sum() / 2)
    return total


def _edges(shape):
    found = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = shapely.get_coordinates(ring).tolist()
        found += [(*start, *end) for start, end in pairwise(points)]
    return found


def _whole(value, scale):
    above, below = value.as_integer_ratio()
    return above * (scale // below)


def _leftmost_first(edge):
    x1, y1, x2, y2 = edge
    return edge if x1 < x2 else (x2, y2, x1, y1)


def _crossings(edges):
    """Yield the x where an edge of one polygon crosses one of the other; parallel ones never do."""
    first, second = ([edge for edge in edges if edge[4] == side] for side in (0, 1))
    for x1, y1, x2, y2, _ in first:
        for u1, v1, u2, v2, _ in second:
            if x2 <= u1 or u2 <= x1 or max(y1, y2) < min(v1, v2) or max(v1, v2) < min(y1, y2):
                continue
            across = (x2 - x1) * (v2 - v1) - (y2 - y1) * (u2 - u1)
            if across:
                along = (u1 - x1) * (v2 - v1) - (v1 - y1) * (u2 - u1)
                if 0 < along * (1 if across > 0 else -1) < abs(across):
                    yield x1 + Fraction(along * (x2 - x1), across)


def _slab(across, left, right, scale):
    heights = []
    for x1, y1, x2, y2, side in across:
        rise = Fraction(y2 - y1, x2 - x1)
        heights.append((y1 + (left - x1) * rise, y1 + (right - x1) * rise, side))
    heights.sort(key=_middle)
    within = [False, False]
    for below, above in pairwise(heights):
        within[below[2]] = not within[below[2]]
        if all(within):
            tall = above[0] - below[0], above[1] - below[1]
            middle = (above[0] + below[0]) / 2, (above[1] + below[1]) / 2
            yield tuple(float(value / scale) for value in (right - left, *tall, *middle))


def _middle(edge):
    return edge[0] + edge[1]


def hard_pairs(count, seed):
    """Yield a place of `PLACES`, the way the pair was made, and two valid polygons, `count` times."""
    random = np.random.default_rng(seed)
    made = 0
    while made < count:
        place, way = list(PLACES)[made % 3], WAYS[made // 3 % len(WAYS)]
        east, north, unit = PLACES[place]
        base = _wide(random) if way is _opposite else _base(random)
        move = np.array([east, north])
        first = shapely.transform(base, lambda points, unit=unit, move=move: points * unit + move)
        second = way(random, first, unit)
        if all(shape.is_valid and shape.geom_type in ("Polygon", "MultiPolygon") for shape in (first, second)):
            made += 1
            yield place, way.__name__.strip("_"), first, second


def _base(random):
    """Return a polygon within ±450: plain, bent, with a hole, or in parts."""
    middle, radius = random.uniform(-300, 300, 2), random.choice([5.0, 40.0, 150.0])
    shape = blob(random, middle, radius, int(random.integers(4, 14)))
    kind = random.integers(0, 4)
    if kind == 0:
        return shapely.convex_hull(shape)
    if kind == 1:
        inner = shapely.transform(shape, lambda points: middle + (points - middle) * 0.4)
        return shape.difference(inner)
    if kind == 2:
        return shape.union(affinity.translate(shape, 2.3 * radius))
    return shape


def _wide(random):
    """Return a polygon on one side of its first edge, which reaches across the drawing."""
    return _one_sided(random, random.uniform(-450, 450, (2, 2)), 1)


def _one_sided(random, ends, side):
    start, end = ends
    along = np.sort(random.uniform(0, 1, (int(random.integers(1, 5)), 1)), axis=0)[::-1]
    across = np.array([start[1] - end[1], end[0] - start[0]]) * side
    others = start + (end - start) * along + across * random.uniform(0.05, 1, along.shape) * np.sin(np.pi * along)
    return shapely.Polygon([start, end, *others])


def _nudged(random, points, most=2):
    """Return points up to `most` units in the last place away."""
    points = points.copy()
    for _ in range(most):
        way = random.choice([-np.inf, 0.0, np.inf], points.shape)
        points = np.where(way == 0, points, np.nextafter(points, way))
    return points


def _ring(random, shape):
    rings = shapely.get_rings(shapely.get_parts(shape))
    return shapely.get_coordinates(rings[random.integers(0, len(rings))])


def _edge(random, shape):
    ring = _ring(random, shape)
    at = random.integers(0, len(ring) - 1)
    return ring[at], ring[at + 1]


def _third(random, start, end):
    along = end - start
    side = np.array([along[1], -along[0]])
    return start + along * random.uniform(0, 1) + side * random.choice([-1, 1]) * random.uniform(1e-6, 2)


def _unrelated(random, first, unit):
    west, south, east, north = first.bounds
    middle = random.uniform((west, south), (east, north))
    shape = blob(random, (0, 0), 120, int(random.integers(4, 14)))
    return shapely.transform(shape, lambda points: points * unit + middle)


def _opposite(random, first, _unit):
    """Lie on the other side of the first edge, its ends 0 to 2 units in the last place off: the known trap of GEOS."""
    end, start = _nudged(random, shapely.get_coordinates(first)[:2])
    return _one_sided(random, (start, end), 1)


def _neighbour(random, first, _unit):
    """Share an edge, its ends 0 to 2 units in the last place off."""
    ends = _nudged(random, np.array(_edge(random, first)))
    return shapely.Polygon([*ends, _third(random, *ends)])


def _collinear(random, first, _unit):
    """Share part of an edge: both ends lie on it, as nearly as floats can say."""
    start, end = _edge(random, first)
    ends = start + (end - start) * np.sort(random.uniform(-0.3, 1.3, 2))[:, None]
    return shapely.Polygon([*_nudged(random, ends), _third(random, start, end)])


def _touching(random, first, _unit):
    """Touch in a vertex, or with a vertex on an edge."""
    start, end = _edge(random, first)
    point = start if random.integers(0, 2) else start + (end - start) * random.uniform(0, 1)
    point = _nudged(random, point, int(random.integers(0, 3)))
    size = np.hypot(*(end - start))
    return shapely.Polygon([point, point + random.uniform(-size, size, 2), point + random.uniform(-size, size, 2)])


def _twin(random, first, _unit):
    """Be the same shape with all vertices 0 to 2 units in the last place off."""
    return shapely.transform(first, lambda points: _closed_like(points, _nudged(random, points)))


def _sliver(random, first, unit):
    """Be the same shape moved by 1e-10 to 1 unit."""
    step = unit * 10.0 ** random.uniform(-10, 0) * random.choice([-1, 1], 2)
    return shapely.transform(first, lambda points: points + step)


def _plug(random, first, _unit):
    """Fill one ring of the shape: a hole, or a part."""
    ring = _ring(random, first)
    return shapely.Polygon(_closed_like(ring, _nudged(random, ring)))


def _comb(random, first, unit):
    """Run to and fro across the shape in teeth far thinner than long."""
    west, south, east, north = first.bounds
    steps = np.linspace(south, north, int(random.integers(3, 8)))
    thin = (north - south) * 10.0 ** random.uniform(-9, -2)
    teeth = [shapely.box(west - unit, low, (west + east) / 2, low + thin) for low in steps]
    return shapely.union_all([shapely.box(west - 2 * unit, south - unit, west - unit, north + unit), *teeth])


def _closed_like(old, new):
    """Return the new points with those equal that were equal before, so that rings stay closed."""
    _, first, place = np.unique(old, axis=0, return_index=True, return_inverse=True)
    return new[first][place.ravel()]


WAYS = (_unrelated, _neighbour, _collinear, _touching, _twin, _sliver, _plug, _comb, _opposite, _opposite)
