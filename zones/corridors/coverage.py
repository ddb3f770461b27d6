"""Coverage of a corridor: how much of its band lies under zones or any other layer, and where nothing does.

All figures are sums over the cells of `corridor_cells`: ground under several covers counts once in what is
covered, what is covered and what is not make up the band, and each cover's parts inside and outside make up the cover.
"""

from dataclasses import dataclass
from itertools import pairwise

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.corridors.chainage import gaps, merge_by, spans
from zones.corridors.class_edges import class_edges, lengths_at
from zones.corridors.corridor import Corridor, HalfWidth, area_error, length_m, scale_error, stretches, with_half_width
from zones.corridors.corridor_cells import Cells, Edges, cut
from zones.measure import Numbers, lonlat_area

PART_COLUMNS = ("id", "class", "inside_m2", "share_inside", "outside_m2", "share_of_corridor", "left_m2", "right_m2")
CURVE_COLUMNS = (
    "half_width_m", "corridor_m2", "covered_m2", "share", "error_m2", "count", "gap_count", "longest_gap_m",
)  # fmt: skip
SIDES = ("left", "right")


@dataclass(frozen=True)
class Coverage:
    """What covers a corridor at one half-width. Areas in m² on the ellipsoid, lengths in m, shares 0 to 1.

    Attributes
    ----------
    corridor : Corridor
        With the half-width the figures are for.
    length_m : float
        Of the axis, along geodesics.
    corridor_m2, corridor_error_m2 : float
        The band, and its ± from the error of the axis's ends.
    covered_m2, error_m2, share : float
        Ground under at least one cover, counted once; its ± (see `errors`); its part of the band.
    left_m2, right_m2 : tuple of float
        Covered ground and all ground on each side of the axis, as it is drawn.
    sum_m2 : float
        Each cover's ground in the band, added up: more than `covered_m2` where covers overlap.
    k_fold : pandas.DataFrame
        `k`, `area_m2`: ground under exactly k covers; k = 0 is what is not covered.
    by_class : pandas.DataFrame
        `class`, `covered_m2` (once within the class), `share`, `count`, `error_m2` (± of `covered_m2`, found as that of
        all that is covered); largest first. Classes may overlap.
    parts : pandas.DataFrame
        One row a cover that has ground in the band, largest first: `id`, `class`, `inside_m2`, `share_inside` (of the
        cover), `outside_m2`, `share_of_corridor`, `left_m2`, `right_m2`.
    gaps : pandas.DataFrame
        `from_m`, `to_m`, `length_m`: stretches on whose whole cross-section nothing is covered, longest first.
    chainage : pandas.DataFrame
        `id`, `from_m`, `to_m`: stretches along which each cover lies in the band, in order.
    lanes : pandas.DataFrame
        The same by side: `id`, `side` (left or right), `from_m`, `to_m`.
    errors_unknown : int
        Covers in the band whose error is not known; they add nothing to ±.
    scale_error : float
        By what share widths on the plane of construction are off at worst.
    """

    corridor: Corridor
    length_m: float
    corridor_m2: float
    corridor_error_m2: float
    covered_m2: float
    error_m2: float
    share: float
    left_m2: tuple[float, float]
    right_m2: tuple[float, float]
    sum_m2: float
    k_fold: pd.DataFrame
    by_class: pd.DataFrame
    parts: pd.DataFrame
    gaps: pd.DataFrame
    chainage: pd.DataFrame
    lanes: pd.DataFrame
    errors_unknown: int
    scale_error: float

    @property
    def uncovered_m2(self) -> float:
        """Ground of the band under no cover."""
        return self.corridor_m2 - self.covered_m2


def coverage(made: Corridor, covers: geopandas.GeoDataFrame) -> Coverage:
    """Return what covers a corridor at its own half-width.

    Parameters
    ----------
    made : Corridor
    covers : geopandas.GeoDataFrame
        Valid polygons indexed by id, EPSG:4490; optional columns `class` and `error_m`.

    Raises
    ------
    GeometryError
        If a cover is not valid.
    """
    return at(cut(made, covers), 0)


def at_width(cells: Cells, half_width: HalfWidth) -> Corridor:
    """Return the corridor of some cells at a half-width; its own one stays what it is, assumed or not."""
    own = cells.corridor
    return own if half_width == own.half_width else with_half_width(own, half_width)


def at(cells: Cells, place: int) -> Coverage:
    """Return the coverage at one of the half-widths the cells were cut for, by its place."""
    made = at_width(cells, cells.half_widths[place])
    table = cells.table[cells.table["ring"] <= place]
    covered = table[table["k"] > 0]
    corridor_m2, covered_m2 = float(table["area_m2"].sum()), float(covered["area_m2"].sum())
    parts = _parts(cells, place, corridor_m2)
    errors = cells.keep("errors", error)
    stretched = _stretches(cells, place)
    return Coverage(
        corridor=made,
        length_m=length_m(made),
        corridor_m2=corridor_m2,
        corridor_error_m2=area_error(made),
        covered_m2=covered_m2,
        error_m2=float(errors[place]),
        share=covered_m2 / corridor_m2 if corridor_m2 else 0.0,
        left_m2=_side(table, True),
        right_m2=_side(table, False),
        sum_m2=float((covered["k"] * covered["area_m2"]).sum()),
        k_fold=table.groupby("k", as_index=False)["area_m2"].sum(),
        by_class=_by_class(cells, place, corridor_m2),
        parts=parts,
        gaps=gaps(stretched[["from_m", "to_m"]].to_numpy(), stretches(made, cells.measure)),
        chainage=_merged(cells, stretched, by_side=False),
        lanes=_merged(cells, stretched, by_side=True),
        errors_unknown=int(cells.covers.loc[parts["id"], "error_m"].isna().sum()),
        scale_error=scale_error(made, made.widest_m),
    )


def _side(table: pd.DataFrame, left: bool) -> tuple[float, float]:
    side = table[table["left"] == left]
    return float(side.loc[side["k"] > 0, "area_m2"].sum()), float(side["area_m2"].sum())


def _held(cells: Cells, place: int) -> pd.DataFrame:
    """Return a row for each cell in the band and cover over it: `cell`, `cover`, `area_m2`, `left`, `crumb`."""
    rows = cells.pairs[cells.table["ring"].to_numpy()[cells.pairs[:, 0]] <= place]
    held = cells.table[["area_m2", "left", "crumb"]].iloc[rows[:, 0]].reset_index(drop=True)
    return pd.DataFrame({"cell": rows[:, 0], "cover": rows[:, 1]}).join(held)


def _parts(cells: Cells, place: int, corridor_m2: float) -> pd.DataFrame:
    held = _held(cells, place)
    count = len(cells.covers)
    inside = np.bincount(held["cover"], held["area_m2"], count)
    left = np.bincount(held["cover"], held["area_m2"] * held["left"], count)
    outside = np.maximum(cells.covers["area_m2"].to_numpy(float) - inside, 0.0)
    table = pd.DataFrame(
        {
            "id": cells.covers.index,
            "class": cells.covers["class"].to_numpy(),
            "inside_m2": inside,
            "share_inside": inside / (inside + outside),
            "outside_m2": outside,
            "share_of_corridor": inside / corridor_m2,
            "left_m2": left,
            "right_m2": inside - left,
        },
        columns=list(PART_COLUMNS),
    )
    there = np.bincount(held["cover"], ~held["crumb"], count) > 0
    return table[there].sort_values("inside_m2", ascending=False, kind="stable", ignore_index=True)


def _by_class(cells: Cells, place: int, corridor_m2: float) -> pd.DataFrame:
    held = _held(cells, place)
    held["class"] = cells.covers["class"].to_numpy()[held["cover"]]
    held = held[held["class"].notna()]
    # A cell under two covers of one class is one piece of ground.
    once = held.drop_duplicates(["cell", "class"]).groupby("class", sort=True)["area_m2"].sum()
    count = held.groupby("class", sort=True)["cover"].nunique()
    table = pd.DataFrame({"covered_m2": once, "share": once / corridor_m2, "count": count})
    table["error_m2"] = _class_errors(cells, place).reindex(table.index)
    table = table.rename_axis("class").reset_index()
    return table.sort_values("covered_m2", ascending=False, kind="stable", ignore_index=True)


def _class_errors(cells: Cells, place: int) -> pd.Series:
    """Return the ± of the ground each class covers, as if no other cover were there; index class."""
    edges = cells.keep("class_edges", class_edges)
    lengths = lengths_at(cells, edges, place)
    own_m2 = lengths.covers_m * np.nan_to_num(cells.covers["error_m"].to_numpy(float))
    of = pd.Index(edges.names).get_indexer(cells.covers["class"])
    own = np.bincount(of[of >= 0], own_m2[of >= 0] ** 2, len(edges.names)).astype(float)
    return pd.Series(_joined(cells.corridor, own, lengths.sides_m, lengths.ends_m), index=edges.names)


def _stretches(cells: Cells, place: int) -> pd.DataFrame:
    """Return a row for each covered cell in the band, each cover over it and each stretch it lies along."""
    cell, span = cells.cell_spans
    found = pd.DataFrame({"cell": cell, "from_m": span[:, 0], "to_m": span[:, 1]})
    return _held(cells, place)[["cell", "cover", "left"]].merge(found, on="cell")


def _merged(cells: Cells, held: pd.DataFrame, *, by_side: bool) -> pd.DataFrame:
    group = held["cover"].to_numpy() * 2 + (~held["left"].to_numpy() if by_side else 0)
    groups, stretch = merge_by(group, held[["from_m", "to_m"]].to_numpy())
    table = pd.DataFrame({"id": cells.covers.index.to_numpy()[groups // 2]})
    if by_side:
        table["side"] = np.array(SIDES)[groups % 2]
    table[["from_m", "to_m"]] = stretch
    return table.sort_values(["from_m", "to_m"], kind="stable", ignore_index=True)


def error(cells: Cells) -> Numbers:
    """Return the ± in m² of what is covered, at each half-width.

    Notes
    -----
    To first order a line that moves by e changes an area by e times its length, so no drawing of lots is needed:

    - each cover's edge lies `error_m` further out all round, or further in: times the length of the edge of the
      covered ground it makes inside the band; covers err independently;
    - the axis lies `axis_error_m` to one side, all along or each stretch between two drawn points by itself,
      whichever is more: what the band gains on one edge it loses on the other;
    - each end of the axis lies `axis_error_m` farther or less far; at a district line, `limit_error_m`.

    The three are added in quadrature. Errors that are not known count as none.
    """
    return _error(cells.corridor, cells.edges, cells.covers["error_m"].to_numpy(float))


def _error(made: Corridor, edges: Edges, error_m: Numbers) -> Numbers:
    own = ((edges.covers_m * np.nan_to_num(error_m)) ** 2).sum(axis=1)
    return _joined(made, own, edges.sides_m, edges.ends_m)


def _joined(made: Corridor, own: Numbers, sides_m: Numbers, ends_m: Numbers) -> Numbers:
    """Return errors row by row: `own` (squares, of covers), of the axis sideways, and of its ends, in quadrature."""
    axis = np.nan_to_num(made.axis_error_m)
    ends = np.nan_to_num(made.limit_error_m) if made.limit is not None else axis
    sideways = np.maximum(np.abs(sides_m.sum(axis=1)), np.sqrt((sides_m**2).sum(axis=1))) * axis
    found: Numbers = np.sqrt(own + sideways**2 + (ends_m**2).sum(axis=1) * ends**2)
    return found


def curve(cells: Cells) -> pd.DataFrame:
    """Return how coverage grows with the half-width: one row a width, columns `CURVE_COLUMNS`.

    `covered_m2` never falls from one row to the next: it is a running sum of rings. `count` is the number of covers
    that reach in; a gap is a stretch with nothing covered on its whole cross-section.
    """
    count = len(cells.half_widths)
    ring, area = cells.table["ring"].to_numpy(), cells.table["area_m2"].to_numpy(float)
    covered = area * (cells.table["k"].to_numpy() > 0)
    corridor_m2 = np.cumsum(np.bincount(ring, area, count + 1)[:count])
    covered_m2 = np.cumsum(np.bincount(ring, covered, count + 1)[:count])
    first = np.full(len(cells.covers), count)
    solid = cells.pairs[~cells.table["crumb"].to_numpy()[cells.pairs[:, 0]]]
    np.minimum.at(first, solid[:, 1], ring[solid[:, 0]])
    open_stretches = [gaps_at(cells, place) for place in range(count)]
    return pd.DataFrame(
        {
            "half_width_m": np.array(cells.half_widths, dtype=float),
            "corridor_m2": corridor_m2,
            "covered_m2": covered_m2,
            "share": covered_m2 / corridor_m2,
            "error_m2": error(cells),
            "count": [int((first <= place).sum()) for place in range(count)],
            "gap_count": [len(found) for found in open_stretches],
            "longest_gap_m": [float(found["length_m"].max()) if len(found) else 0.0 for found in open_stretches],
        },
        columns=list(CURVE_COLUMNS),
    )


def gaps_at(cells: Cells, place: int) -> pd.DataFrame:
    """Return the gaps at one of the half-widths: `from_m`, `to_m`, `length_m`, longest first."""
    cell, span = cells.cell_spans
    inside = cells.table["ring"].to_numpy()[cell] <= place
    return gaps(span[inside], stretches(cells.corridor, cells.measure))


def class_curves(cells: Cells) -> pd.DataFrame:
    """Return what each class covers at each half-width, m²: index half-width, one column a class."""
    count = len(cells.half_widths)
    names = cells.covers["class"].to_numpy()
    held = pd.DataFrame({"cell": cells.pairs[:, 0], "class": names[cells.pairs[:, 1]]}).dropna().drop_duplicates()
    found = {}
    for name, part in held.groupby("class", sort=True):
        rows = cells.table.iloc[part["cell"].to_numpy()]
        found[name] = np.cumsum(np.bincount(rows["ring"], rows["area_m2"], count + 1)[:count])
    return pd.DataFrame(found, index=pd.Index(np.array(cells.half_widths, dtype=float), name="half_width_m"))


def crossings(curves: pd.DataFrame) -> pd.DataFrame:
    """Return the half-widths at which one curve overtakes another: where a ranking changes.

    Parameters
    ----------
    curves : pandas.DataFrame
        Index half-width in m, rising; one column for each thing that is ranked.

    Returns
    -------
    pandas.DataFrame
        `half_width_m` (between two rows on a straight line), `up` (ahead from there on), `down`; in order of width.
    """
    widths = curves.index.to_numpy(float)
    rows = []
    for place, one in enumerate(curves.columns):
        for other in curves.columns[place + 1 :]:
            ahead = curves[one].to_numpy(float) - curves[other].to_numpy(float)
            known = np.flatnonzero(ahead != 0)
            for low, high in pairwise(known):
                if ahead[low] * ahead[high] < 0:
                    # Even at a width in between: there they pass each other, nowhere else.
                    share = ahead[low] / (ahead[low] - ahead[high]) if high == low + 1 else 1.0
                    up, down = (one, other) if ahead[high] > 0 else (other, one)
                    rows.append((widths[low] + share * (widths[low + 1] - widths[low]), up, down))
    return pd.DataFrame(rows, columns=["half_width_m", "up", "down"]).sort_values(
        "half_width_m", kind="stable", ignore_index=True
    )


def covered_ground(cells: Cells, place: int, *, covered: bool = True) -> shapely.Geometry:
    """Return the covered ground of the band (or with `covered=False` the rest) as one shape, EPSG:4490."""
    inside = (cells.table["ring"].to_numpy() <= place) & ((cells.table["k"].to_numpy() > 0) == covered)
    # Cells meet edge to edge with equal vertices, which is all that this much faster union asks for.
    return shapely.coverage_union_all(cells.shapes[inside])


def uncovered(cells: Cells, place: int) -> pd.DataFrame:
    """Return the connected pieces of ground that nothing covers, largest first: `area_m2`, `from_m`, `to_m`."""
    pieces = shapely.get_parts(covered_ground(cells, place, covered=False))
    rows, span = spans(cells.measure, pieces)
    table = pd.DataFrame({"piece": rows, "from_m": span[:, 0], "to_m": span[:, 1]})
    table = table.groupby("piece").agg(from_m=("from_m", "min"), to_m=("to_m", "max"))
    table.insert(0, "area_m2", lonlat_area(pieces))
    return table.sort_values("area_m2", ascending=False, kind="stable", ignore_index=True)
