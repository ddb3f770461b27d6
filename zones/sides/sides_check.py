"""A text of sides against a drawn area: how far each side of the drawing keeps from the lines the text names."""

from dataclasses import dataclass

import numpy as np
import shapely

from zones.measure import gauss_kruger, to_plane
from zones.sides.sides import Side, Sides
from zones.sides.sides_build import unit
from zones.sides.sides_edges import Edge, split

DENSE_M = 10.0


@dataclass(frozen=True)
class SideCheck:
    """One side of a text against a drawing.

    Attributes
    ----------
    side : Side
    status : {"agrees", "deviates", "no_line", "not_said", "no_edge"}
        `agrees` where no stretch keeps further from the line than `tolerance_m`.
    mean_m, max_m : float
        Distance of the drawing's edge from the line; NaN without a line.
    beyond_m : float
        Mean distance by which the edge lies outside the line; negative where it stays inside.
    tolerance_m : float
        Error of the line and of the drawing, added.
    """

    side: Side
    status: str
    mean_m: float = float("nan")
    max_m: float = float("nan")
    beyond_m: float = float("nan")
    tolerance_m: float = float("nan")


@dataclass(frozen=True)
class Comparison:
    """A candidate beside a drawing.

    Attributes
    ----------
    share_of_candidate, share_of_drawing : float
        What both share, of each; 0 to 1.
    overlap_m2, candidate_m2, drawing_m2 : float
        On the plane.
    hausdorff_m : float
        Largest distance from a point of one edge to the other edge.
    """

    share_of_candidate: float
    share_of_drawing: float
    overlap_m2: float
    candidate_m2: float
    drawing_m2: float
    hausdorff_m: float


def check(result: Sides, shape: shapely.Geometry, error_m: float = 0.0) -> tuple[SideCheck, ...]:
    """Return how each side of a text fits a drawing.

    Parameters
    ----------
    result : Sides
    shape : shapely.Geometry
        Polygon or MultiPolygon, EPSG:4490.
    error_m : float
        Largest error of the drawing's edge, in metres.
    """
    crs = gauss_kruger(float(shape.centroid.x))
    edges = split(_flat(shape, crs), tuple(side.direction for side in result.sides))
    return tuple(_checked(side, edges.get(side.direction), crs, error_m) for side in result.sides)


def _checked(side: Side, edge: Edge | None, crs: str, error_m: float) -> SideCheck:
    if not side.lines:
        return SideCheck(side, "not_said" if side.open_code == "not_said" else "no_line")
    if edge is None:
        return SideCheck(side, "no_edge")
    links = shapely.shortest_line(shapely.points(edge.middles), _flat(side.shape, crs))
    far = shapely.length(links)
    outward = (edge.middles - shapely.get_coordinates(links)[1::2]) @ unit(side.direction)
    tolerance_m = np.nanmax([line.error_m for line in side.lines] + [0.0]) + error_m
    return SideCheck(
        side,
        "agrees" if far.max() <= tolerance_m else "deviates",
        float(np.average(far, weights=edge.lengths)),
        float(far.max()),
        float(np.average(outward, weights=edge.lengths)),
        float(tolerance_m),
    )


def compare(candidate: shapely.Geometry, shape: shapely.Geometry) -> Comparison:
    """Return how two areas in EPSG:4490 fit, on the plane of the second."""
    crs = gauss_kruger(float(shape.centroid.x))
    a, b = _flat(candidate, crs), _flat(shape, crs)
    shared = float(a.intersection(b).area)
    edges = [shapely.segmentize(each.boundary, DENSE_M) for each in (a, b)]
    return Comparison(
        shared / a.area, shared / b.area, shared, float(a.area), float(b.area),
        float(shapely.hausdorff_distance(edges[0], edges[1])),
    )  # fmt: skip


def _flat(shape: shapely.Geometry, crs: str) -> shapely.Geometry:
    return to_plane(np.array([shape], dtype=object), crs)[0]
