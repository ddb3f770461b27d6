"""The way back: the sides of a drawn area in words, from the named lines its edge runs along."""

from dataclasses import dataclass

import geopandas
import numpy as np
import numpy.typing as npt
import shapely

from zones.measure import gauss_kruger, to_plane
from zones.sides.sides_edges import Edge, split
from zones.sides.sides_grammar import Direction

TOLERANCE_M = 50.0
"""An edge runs along a line that is no further away than this, or than the error of line and area if that is larger."""
MOST_M = 400.0
"""However large the errors are, a line further away than this is another line."""
PARALLEL_DEG = 35.0
PROBE_M = 10.0
LEAST_SHARE = 0.10
"""A line that takes less of a side than this is passed over: it only rounds a corner."""
WHOLE = 0.95
CHINESE_SIDES = dict(zip(Direction, ("北", "东北", "东", "东南", "南", "西南", "西", "西北"), strict=True))


@dataclass(frozen=True)
class Run:
    """A named line along one side.

    Attributes
    ----------
    name, name_en, source : str
    share : float
        Of the side's length, 0 to 1.
    mean_m, max_m : float
        Distance of the edge from the line.
    """

    name: str
    name_en: str
    source: str
    share: float
    mean_m: float
    max_m: float


@dataclass(frozen=True)
class WordedSide:
    """One side of an area: how long, along which lines, and how much of it along none."""

    direction: Direction
    length_m: float
    runs: tuple[Run, ...]
    unmatched: float


def sides_of(shape: shapely.Geometry, lines: geopandas.GeoDataFrame, error_m: float = 0.0) -> tuple[WordedSide, ...]:
    """Return the four sides of an area with the lines they run along, clockwise from north.

    Parameters
    ----------
    shape : shapely.Geometry
        Polygon or MultiPolygon, EPSG:4490.
    lines : geopandas.GeoDataFrame
        Lines with names, EPSG:4490; see `zones.sides.sides_lines`.
    error_m : float
        Largest error of the area's edge, in metres.
    """
    crs = gauss_kruger(float(shape.centroid.x))
    flat = to_plane(np.array([shape], dtype=object), crs)[0]
    near = lines[lines.geometry.intersects(shape.envelope.buffer(MOST_M / 100_000))]
    on_plane = to_plane(near.geometry.array, crs) if len(near) else np.array([], dtype=object)
    reach = np.clip(np.fmax(near["error_m"].to_numpy(float), error_m), TOLERANCE_M, MOST_M)
    return tuple(_worded(edge, near, on_plane, reach) for edge in split(flat).values())


def _worded(
    edge: Edge,
    near: geopandas.GeoDataFrame,
    shapes: npt.NDArray[np.object_],
    reach_m: npt.NDArray[np.float64],
) -> WordedSide:
    gaps = np.array([_distances(edge, shape, reach) for shape, reach in zip(shapes, reach_m, strict=True)])
    if not len(gaps):
        return WordedSide(edge.direction, edge.length_m, (), 1.0)
    nearest = np.where(np.isfinite(gaps.min(axis=0)), gaps.argmin(axis=0), -1)
    names = np.array(["", *near["name_zh"]], dtype=object)[nearest + 1]
    runs = []
    for name in dict.fromkeys(name for name in names if name):
        on = names == name
        share = float(edge.lengths[on].sum() / edge.length_m)
        distance = gaps.min(axis=0)[on]
        row = near[near["name_zh"] == name].iloc[0]
        if share >= LEAST_SHARE:
            mean = float(np.average(distance, weights=edge.lengths[on]))
            runs.append(Run(name, row["name_en"], row["source"], share, mean, float(distance.max())))
    runs.sort(key=lambda run: -run.share)
    return WordedSide(edge.direction, edge.length_m, tuple(runs), max(0.0, 1 - sum(run.share for run in runs)))


def _distances(edge: Edge, shape: shapely.Geometry, reach_m: float) -> npt.NDArray[np.float64]:
    """Return how far each stretch is from a line that runs its way there; infinite where it does not, or too far."""
    points = shapely.points(edge.middles)
    best = np.full(len(points), np.inf)
    for line in shapely.get_parts(shape):
        far = shapely.distance(points, line)
        at = shapely.line_locate_point(line, points)
        ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(at + PROBE_M, line.length)))
        back = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(at - PROBE_M, 0)))
        way = ahead - back
        across = np.abs((way * edge.normals).sum(axis=1)) / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)
        along = across <= np.sin(np.radians(PARALLEL_DEG))
        best = np.where(along & (far <= reach_m) & (far < best), far, best)
    # To the centimetre: of lines that coincide the first names the edge all along.
    return best.round(2)


def words(sides: tuple[WordedSide, ...], lang: str = "zh") -> str:
    """Return sides as one text, which `zones.sides.sides_grammar` reads again.

    A share stands behind a line that takes less than the whole side; a side along no line is said to have none.
    """
    if lang == "en":
        return ", ".join(_english(side) for side in sides)
    return "，".join(_chinese(side) for side in sides)


def _chinese(side: WordedSide) -> str:
    name = CHINESE_SIDES[side.direction]
    if not side.runs:
        return f"{name}（无对应的线）"
    whole = side.unmatched <= 1 - WHOLE and len(side.runs) == 1
    return f"{name}至" + "、".join(run.name + ("" if whole else f"（{run.share:.0%}）") for run in side.runs)


def _english(side: WordedSide) -> str:
    if not side.runs:
        return f"{side.direction.value} (no named line)"
    whole = side.unmatched <= 1 - WHOLE and len(side.runs) == 1
    named = (run.name_en or run.name for run in side.runs)
    shares = ("" if whole else f" ({run.share:.0%})" for run in side.runs)
    return f"{side.direction.value} to " + " and ".join(map("".join, zip(named, shares, strict=True)))
