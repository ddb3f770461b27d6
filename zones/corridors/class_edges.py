"""Edges that bound what each class covers by itself: matched once for all classes, then summed at any half-width.

A layer may have as many classes as features, so nothing here goes through them one by one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from zones.corridors.band import Ints
from zones.corridors.corridor_cells import CRUMB_M, Cells, Flags, on_side, shared_edges, side_bounds
from zones.measure import Numbers

Names = npt.NDArray[np.object_]


@dataclass(frozen=True)
class ClassEdges:
    """Edges of cells by class.

    Attributes
    ----------
    names : array
        The classes, in order.
    rim : pandas.DataFrame
        Edges with the class on one side only: `ring` (the half-width from which on both sides lie in the band),
        `class` (by place), `cover` (by place; the one that answers for the edge), `length`.
    through : pandas.DataFrame
        Edges with the class on both sides, in two rings: `inner`, `outer`, `class`, `length` (negative right of the
        axis), `at_m`, `away_m` (of its middle), `stretch`, `end` (which end is nearest), `past` (whether it is there).
    stretches, ends : int
    """

    names: Names
    rim: pd.DataFrame
    through: pd.DataFrame
    stretches: int
    ends: int


@dataclass(frozen=True)
class ClassLengths:
    """Lengths of edges at one half-width, metres, as in `corridor_cells.Edges`; of sides and ends a row a class."""

    covers_m: Numbers
    sides_m: Numbers
    ends_m: Numbers


def class_edges(cells: Cells) -> ClassEdges:
    """Return the edges of what each class covers, for all half-widths of some cells."""
    names, held = _answers(cells)
    a, b, start, end = shared_edges(cells.shapes, np.arange(len(cells.shapes)))
    plane, count = cells.measure.plane, len(cells.half_widths)
    length = np.hypot(*(plane.points_to(end) - plane.points_to(start)).T)
    ring = np.append(cells.table["ring"].to_numpy(), count)
    a, b = np.where(ring[a] <= ring[b], a, b), np.where(ring[a] <= ring[b], b, a)
    edge, of, cover, both = _met(a, b, held)
    rim = pd.DataFrame({"ring": ring[b[edge]], "class": of, "cover": cover, "length": length[edge]})[~both]
    crossing = both & (ring[a[edge]] < ring[b[edge]])
    edge, of = edge[crossing], of[crossing]
    through, stretches, ends = _through(cells, (start[edge] + end[edge]) / 2)
    signed = np.where(cells.table["left"].to_numpy()[a[edge]], length[edge], -length[edge])
    through = through.assign(inner=ring[a[edge]], outer=ring[b[edge]], length=signed).assign(**{"class": of})
    return ClassEdges(names, rim[rim["ring"] < count], through, stretches, ends)


def _met(a: Ints, b: Ints, held: pd.DataFrame) -> tuple[Ints, Ints, Ints, Flags]:
    """Return each edge once for each class on it: edge, class, the cover that answers, whether it is on both sides."""
    sides = pd.DataFrame({"edge": np.arange(len(a)), "a": a, "b": b})
    one = sides[["edge", "a"]].merge(held, left_on="a", right_on="cell")
    other = sides[["edge", "b"]].merge(held, left_on="b", right_on="cell")
    met = one.merge(other, on=["edge", "class"], how="outer", suffixes=("", "_b"))
    both = (met["cover"].notna() & met["cover_b"].notna()).to_numpy()
    cover = met["cover"].fillna(met["cover_b"]).to_numpy(np.int64)
    return met["edge"].to_numpy(np.int64), met["class"].to_numpy(np.int64), cover, both


def _answers(cells: Cells) -> tuple[Names, pd.DataFrame]:
    """Return the classes, and for each cell and class the cover that answers: the one whose error is largest."""
    codes, names = pd.factorize(cells.covers["class"], sort=True)
    error = np.nan_to_num(cells.covers["error_m"].to_numpy(float))
    cell, cover = cells.pairs.T
    held = pd.DataFrame({"cell": cell, "class": codes[cover], "cover": cover, "error": error[cover]})
    held = held[held["class"] >= 0].sort_values("error", ascending=False, kind="stable")
    return np.asarray(names, dtype=object), held.drop_duplicates(["cell", "class"])[["cell", "class", "cover"]]


def _through(cells: Cells, middle: Numbers) -> tuple[pd.DataFrame, int, int]:
    """Return where along and beside the axis points lie; how many stretches and ends it has."""
    bounds, ends = side_bounds(cells.corridor, cells.measure)
    at, away = cells.measure.locate(middle)
    nearest = np.abs(at[:, None] - ends).argmin(axis=1) if len(at) else np.zeros(0, int)
    past = np.abs(at - ends[nearest]) < CRUMB_M if cells.measure.ends_m else np.zeros(len(at), dtype=bool)
    stretches = max(len(bounds) - 1, 1)
    stretch = np.clip(np.searchsorted(bounds, at) - 1, 0, stretches - 1)
    table = pd.DataFrame({"at_m": at, "away_m": away, "stretch": stretch, "end": nearest, "past": past})
    return table, stretches, len(ends)


def lengths_at(cells: Cells, edges: ClassEdges, place: int) -> ClassLengths:
    """Return what bounds each class's ground at one of the half-widths.

    `covers_m` is one number a cover: each has one class at most.
    """
    count = len(edges.names)
    rim = edges.rim[edges.rim["ring"] <= place]
    covers = np.bincount(rim["cover"], rim["length"].to_numpy(float), len(cells.covers)).astype(float)
    on = edges.through[(edges.through["inner"] <= place) & (edges.through["outer"] > place)]
    side = ~on["past"].to_numpy() & on_side(cells.half_widths[place], on["at_m"].to_numpy(), on["away_m"].to_numpy())
    return ClassLengths(
        covers,
        _summed(on[side], "stretch", on["length"].to_numpy()[side], (count, edges.stretches)),
        _summed(on[~side], "end", np.abs(on["length"].to_numpy()[~side]), (count, edges.ends)),
    )


def _summed(rows: pd.DataFrame, column: str, length: Numbers, shape: tuple[int, int]) -> Numbers:
    key = rows["class"].to_numpy() * shape[1] + rows[column].to_numpy()
    return np.bincount(key, length, shape[0] * shape[1]).astype(float).reshape(shape)
