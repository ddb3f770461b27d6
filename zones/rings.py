"""Rings of many polygons as one array of points: what area formulas add up over."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

POLYGON = 3

Shapes = npt.NDArray[np.object_]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class FlatRings(NamedTuple):
    """Closed rings one after another.

    Ring r is `points[starts[r]:starts[r + 1]]` and belongs to shape `owner[r]` of the `shapes` there are.
    """

    points: Numbers
    starts: Places
    owner: Places
    is_hole: npt.NDArray[np.bool_]
    shapes: int

    def sizes(self) -> Places:
        """Return how many points each ring has."""
        return np.diff(self.starts, append=len(self.points))

    def total(self, signed: Numbers) -> Numbers:
        """Return for each shape its outer rings less its holes; the signs that winding gives do not count."""
        areas = np.abs(signed)
        signed_areas: Numbers = np.where(self.is_hole, -areas, areas)
        return np.bincount(self.owner, signed_areas, self.shapes).astype(np.float64)

    def edges(self) -> tuple[Numbers, Numbers, Numbers, Places]:
        """Return the ends of each edge, the first point of its ring, and where each ring's edges start."""
        sizes = self.sizes()
        is_start = np.ones(len(self.points), dtype=bool)
        is_start[self.starts + sizes - 1] = False
        index = np.flatnonzero(is_start)
        first = np.repeat(self.points[self.starts], sizes - 1, axis=0)
        return self.points[index], self.points[index + 1], first, self.starts - np.arange(len(self.starts))

    def only(self, chosen: npt.NDArray[np.bool_]) -> "FlatRings":
        """Return some of the rings."""
        sizes = self.sizes()
        kept = sizes[chosen]
        points = self.points[np.repeat(chosen, sizes)]
        return FlatRings(points, np.cumsum(kept) - kept, self.owner[chosen], self.is_hole[chosen], self.shapes)


def rings_of(shapes: Shapes) -> FlatRings:
    """Return the rings of all polygons among the shapes; other shapes have none.

    Polygons of one ring, the most by far, are taken without making an object of each ring.
    """
    counts = shapely.get_num_coordinates(shapes)
    plain = (shapely.get_type_id(shapes) == POLYGON) & (shapely.get_num_interior_rings(shapes) == 0) & (counts > 0)
    single, others = np.flatnonzero(plain), np.flatnonzero(~plain)
    parts, part_of = shapely.get_parts(shapes[others], return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    sizes = np.concatenate([counts[single], shapely.get_num_coordinates(rings)])
    points = shapely.get_coordinates(shapes[single])
    return FlatRings(
        np.concatenate([points, shapely.get_coordinates(rings)]) if len(rings) else points,
        np.cumsum(sizes) - sizes,
        np.concatenate([single, others[part_of[ring_of]]]),
        # The first ring of a part is its outer one.
        np.concatenate([np.zeros(len(single), dtype=bool), np.diff(ring_of, prepend=-1) == 0]),
        len(shapes),
    )
