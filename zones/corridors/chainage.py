"""Chainage: how far along an axis things lie, in metres from its start, and on which side of it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from zones.corridors.band import SAME_M, Ints, Plane, along, lines_of
from zones.measure import Numbers, Shapes

TOUCH_M = 1.0
"""Stretches closer than this are one; a shorter gap is none."""

STEP_M = 250.0
"""Edges are looked at this often: between two looks the nearest point of the axis moves on evenly enough."""


@dataclass(frozen=True)
class Ruler:
    """An axis laid out to be measured along.

    Attributes
    ----------
    plane : Plane
    starts, steps : arrays, (n, 2)
        First point of each edge of the axis, and the way to its last, plane metres.
    at_m : array
        Chainage of each edge's first point. Lines follow each other in the order they are drawn; a break
        between two lines has no length.
    length_m : float
    ends_m : tuple of float
        Chainage of the open ends; none for a closed line.
    breaks_m : tuple of float
        Chainage of the places where one line ends and another begins elsewhere.
    loops : tuple of (float, float)
        Chainage of the start and end of each closed line.
    """

    plane: Plane
    starts: Numbers
    steps: Numbers
    at_m: Numbers
    length_m: float
    ends_m: tuple[float, ...]
    breaks_m: tuple[float, ...]
    loops: tuple[tuple[float, float], ...]
    tree: shapely.STRtree

    def locate(self, points: Numbers) -> tuple[Numbers, Numbers]:
        """Return the chainage and the distance from the axis (left positive) of points in EPSG:4490, (n, 2)."""
        return self.locate_plane(self.plane.points_to(points))

    def locate_plane(self, points: Numbers) -> tuple[Numbers, Numbers]:
        """Return the chainage and the distance from the axis (left positive) of plane points, (n, 2)."""
        edge = self.tree.nearest(shapely.points(points))
        step, away = self.steps[edge], points - self.starts[edge]
        length = np.hypot(step[:, 0], step[:, 1])
        forward = np.clip((step * away).sum(axis=1) / length, 0.0, length)
        foot = self.starts[edge] + step * (forward / length)[:, None]
        side = np.sign(step[:, 0] * away[:, 1] - step[:, 1] * away[:, 0])
        return self.at_m[edge] + forward, side * np.hypot(*(points - foot).T)

    def points_at(self, chainage: Numbers) -> Numbers:
        """Return the places of the axis at some chainages, EPSG:4490, (n, 2)."""
        edge = np.clip(np.searchsorted(self.at_m, chainage, side="right") - 1, 0, len(self.at_m) - 1)
        length = np.hypot(*self.steps[edge].T)
        share = np.clip((chainage - self.at_m[edge]) / length, 0.0, 1.0)
        return self.plane.points_from(self.starts[edge] + self.steps[edge] * share[:, None])


def ruler(axis: shapely.Geometry) -> Ruler:
    """Return the ruler of an axis (LineString or MultiLineString, EPSG:4490)."""
    plane = Plane(axis)
    lines = lines_of(axis, plane)
    reach = along(lines)
    steps = [np.diff(points, axis=0) for points in lines]
    edges = [shapely.linestrings(np.stack([points[:-1], points[1:]], axis=1)) for points in lines]
    closed = [bool(np.hypot(*(points[0] - points[-1])) < SAME_M) for points in lines]
    spans = [(float(found[0]), float(found[-1])) for found in reach]
    return Ruler(
        plane=plane,
        starts=np.vstack([points[:-1] for points in lines]),
        steps=np.vstack(steps),
        at_m=np.concatenate([found[:-1] for found in reach]),
        length_m=spans[-1][1],
        ends_m=tuple(at for span, loop in zip(spans, closed, strict=True) if not loop for at in span),
        breaks_m=tuple(span[1] for span in spans[:-1]),
        loops=tuple(span for span, loop in zip(spans, closed, strict=True) if loop),
        tree=shapely.STRtree(np.concatenate(edges)),
    )


def spans(measure: Ruler, shapes: Shapes) -> tuple[Ints, Numbers]:
    """Return the stretches that shapes lie along: the row of the shape, and from and to in metres, (n, 2).

    Parameters
    ----------
    measure : Ruler
    shapes : array of polygons or lines
        EPSG:4490. A shape near several lines of the axis has a stretch on each; one across the joint of a
        closed line has two.
    """
    if len(shapes) == 0:
        return np.zeros(0, np.int64), np.zeros((0, 2))
    plane = shapely.segmentize(measure.plane.to(shapes), STEP_M)
    points, row = shapely.get_coordinates(plane, return_index=True)
    at, _ = measure.locate_plane(points)
    line = np.searchsorted(np.array(measure.breaks_m), at, side="left")
    key = row * (len(measure.breaks_m) + 1) + line
    order = np.argsort(key, kind="stable")
    first = np.flatnonzero(np.diff(key[order], prepend=-1))
    found = np.column_stack([np.minimum.reduceat(at[order], first), np.maximum.reduceat(at[order], first)])
    rows = row[order][first]
    for start, end in measure.loops:
        rows, found = _across_joint(rows, found, (start, end), at, row)
    return rows, found


def _across_joint(
    rows: Ints, found: Numbers, loop: tuple[float, float], at: Numbers, row: Ints
) -> tuple[Ints, Numbers]:
    """Split the stretches of a closed line that are shorter when they run across its joint."""
    start, end = loop
    inside = (at >= start) & (at <= end)
    half = (end - start) / 2
    turned = np.where(at - start < half, at + 2 * half, at)
    low = np.full(row.max() + 1, np.inf)
    high = np.full(row.max() + 1, -np.inf)
    np.minimum.at(low, row[inside], turned[inside])
    np.maximum.at(high, row[inside], turned[inside])
    on_loop = (found[:, 0] >= start) & (found[:, 1] <= end)
    shorter = on_loop & (high[rows] - low[rows] < found[:, 1] - found[:, 0] - 1e-6) & (high[rows] > end)
    before = np.column_stack([np.minimum(low[rows], end), np.full(len(rows), end)])[shorter]
    after = np.column_stack([np.full(len(rows), start), high[rows] - 2 * half])[shorter]
    return (
        np.concatenate([rows[~shorter], rows[shorter], rows[shorter]]),
        np.concatenate([found[~shorter], before, after]),
    )


def merge(stretches: Numbers) -> Numbers:
    """Return stretches, (n, 2), joined where they overlap or lie within `TOUCH_M` of each other, in order."""
    return merge_by(np.zeros(len(stretches), np.int64), stretches)[1]


def merge_by(group: Ints, stretches: Numbers) -> tuple[Ints, Numbers]:
    """Return stretches joined as by `merge` within each group, and the group of each; groups and stretches rise."""
    if len(stretches) == 0:
        return np.zeros(0, np.int64), np.zeros((0, 2))
    order = np.lexsort((stretches[:, 0], group))
    group, stretches = group[order], stretches[order]
    # Groups are moved apart so that one running maximum serves them all.
    apart = group * (2 * TOUCH_M + stretches.max() - min(stretches.min(), 0.0))
    reach = np.maximum.accumulate(stretches[:, 1] + apart)
    begins = np.concatenate(([True], stretches[1:, 0] + apart[1:] > reach[:-1] + TOUCH_M))
    starts = np.flatnonzero(begins)
    return group[starts], np.column_stack([stretches[starts, 0], np.maximum.reduceat(stretches[:, 1], starts)])


def gaps(covered: Numbers, whole: Numbers) -> pd.DataFrame:
    """Return what is left of `whole` between the stretches of `covered`, longest first.

    Parameters
    ----------
    covered, whole : arrays, (n, 2)
        From and to in metres.

    Returns
    -------
    pandas.DataFrame
        `from_m`, `to_m`, `length_m`; gaps up to `TOUCH_M` are left out.
    """
    rows = []
    held = merge(covered)
    for start, end in whole:
        inside = np.clip(held[(held[:, 1] > start) & (held[:, 0] < end)], start, end)
        edges = np.concatenate([[start], inside.ravel(), [end]]).reshape(-1, 2)
        rows += [(low, high, high - low) for low, high in edges if high - low > TOUCH_M]
    table = pd.DataFrame(rows, columns=["from_m", "to_m", "length_m"], dtype=float)
    return table.sort_values("length_m", ascending=False, kind="stable", ignore_index=True)
