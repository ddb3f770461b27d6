"""The edge of an area taken apart by the side it looks to, in short stretches."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from zones.sides.sides_build import edges_of, unit
from zones.sides.sides_grammar import MAIN_SIDES, Direction

STEP_M = 10.0


@dataclass(frozen=True)
class Edge:
    """The stretches of an outline that look to one side.

    Attributes
    ----------
    direction : Direction
    middles, normals : array, (n, 2)
        Plane metres; outward unit vectors.
    lengths : array, (n,)
        In metres, none above `STEP_M`.
    """

    direction: Direction
    middles: npt.NDArray[np.float64]
    normals: npt.NDArray[np.float64]
    lengths: npt.NDArray[np.float64]

    @property
    def length_m(self) -> float:
        """Total length."""
        return float(self.lengths.sum())


def split(shape: shapely.Geometry, directions: tuple[Direction, ...] = MAIN_SIDES) -> dict[Direction, Edge]:
    """Return the outer edge of a plane area by the direction its outward normal is nearest to.

    Each original edge counts as a whole, so that cutting it in stretches changes nothing. Holes are passed over.
    """
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    pieces = [edges_of(shapely.Polygon(shapely.segmentize(part.exterior, STEP_M))) for part in parts]
    middles, normals, lengths = (np.concatenate([piece[at] for piece in pieces]) for at in range(3))
    ways = np.array([unit(each) for each in directions])
    # Rounded, so that an edge midway between two sides falls to the same one all along.
    nearest = np.argmax(np.round(normals @ ways.T, 6), axis=1)
    return {
        each: Edge(each, middles[on], normals[on], lengths[on])
        for at, each in enumerate(directions)
        if (on := nearest == at).any()
    }
