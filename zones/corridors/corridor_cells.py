"""The ground of a corridor at many half-widths, cut once into cells that no edge of anything crosses.

Each cell lies under one set of covers, in one ring between two half-widths, on one side of the axis. Every
figure of `zones.corridors.coverage` is a sum over cells, so parts make up their whole, nothing is counted twice, and
what is covered can only grow with the width.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import geopandas
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from zones.corridors.band import Ints, lengthened, lines_of, widths_at
from zones.corridors.chainage import Ruler, ruler, spans
from zones.corridors.corridor import GRID_DEG, Corridor, HalfWidth, bands
from zones.errors import GeometryError
from zones.measure import Numbers, lonlat_area
from zones.overlap import BALANCE, faces

CRUMB_M = 0.01
METRES_A_DEGREE = 1.05e5
"""A degree around Shenzhen, roughly; only what is a crumb hangs on it."""

Kept = TypeVar("Kept")
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Edges:
    """Lengths of edges of cells that bound what is covered, metres; the ± rests on them.

    Attributes
    ----------
    covers_m : array, (widths, covers)
        Edge of the covered ground that each cover makes inside the band.
    sides_m : array, (widths, stretches)
        Covered length of the band's left edge less that of its right edge, by stretch between drawn vertices.
    ends_m : array, (widths, ends)
        Covered length of each end of the band.
    """

    covers_m: Numbers
    sides_m: Numbers
    ends_m: Numbers


@dataclass(frozen=True)
class Cells:
    """The cells of a corridor, and who covers them.

    Attributes
    ----------
    corridor : Corridor
    measure : Ruler
        Chainage along its axis.
    half_widths : tuple
        Rising; each a number, or one profile alone.
    covers : geopandas.GeoDataFrame
        What may cover: index id, columns `error_m`, `class` (None where there is none), `area_m2`; only those that
        reach into the widest band.
    table : pandas.DataFrame
        One row a cell: `ring` (number of the narrowest band it lies in), `left` (of the axis), `k` (how many
        covers lie over it), `area_m2`, `crumb` (thinner than 1 cm: its area counts, but nothing is said to lie there).
    shapes : array of polygons
        EPSG:4490.
    grounds : array of polygons
        The band at each half-width, EPSG:4490.
    pairs : array, (n, 2)
        Cell and cover, both by place.
    cell_spans : tuple of arrays
        Cell, and from and to chainage, of each covered cell.
    edges : Edges
    kept : dict
        What was found out about the cells and hangs on no half-width (see `keep`).
    """

    corridor: Corridor
    measure: Ruler
    half_widths: tuple[HalfWidth, ...]
    covers: geopandas.GeoDataFrame
    table: pd.DataFrame
    shapes: npt.NDArray[np.object_]
    grounds: npt.NDArray[np.object_]
    pairs: Ints
    cell_spans: tuple[Ints, Numbers]
    edges: Edges
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def keep(self, what: str, make: Callable[["Cells"], Kept]) -> Kept:
        """Return what `make` finds of these cells, found once: the slider asks for it at every half-width."""
        if what not in self.kept:
            self.kept[what] = make(self)
        found: Kept = self.kept[what]
        return found


def cut(made: Corridor, covers: geopandas.GeoDataFrame, half_widths: tuple[HalfWidth, ...] | None = None) -> Cells:
    """Return the cells of a corridor under some covers, at its own half-width or at several.

    Parameters
    ----------
    made : Corridor
    covers : geopandas.GeoDataFrame
        Valid polygons indexed by id, EPSG:4490; other shapes are passed over. Column `class` optional, column
        `error_m` (metres, NaN where not known) optional.
    half_widths : tuple, optional
        Metres, rising. Default: the corridor's own.

    Raises
    ------
    GeometryError
        If a cover is not valid, or the cells do not add up to bands and covers within 1e-7.
    """
    widths = half_widths or (made.half_width,)
    ground = bands(made, list(widths))
    measure = ruler(made.axis)
    near = _near(covers, ground[-1])
    names = [("band", place) for place in range(len(ground))] + [("left", 0)]
    frame = geopandas.GeoDataFrame(
        geometry=np.concatenate([ground, [_left(ground[-1], made, measure)], np.asarray(near.geometry.array)]),
        index=pd.Index([*names, *(("cover", place) for place in range(len(near)))], tupleize_cols=False),
        crs=covers.crs,
    )
    found = faces(frame)
    table, pairs = _read(found, len(ground))
    shapes = np.asarray(found.geometry.array, dtype=object)
    _check(table, pairs, ground, near)
    table["crumb"] = 2 * table["area_m2"] < CRUMB_M * shapely.length(shapes) * METRES_A_DEGREE
    covered = np.flatnonzero((table["k"] > 0) & (table["ring"] < len(ground)) & ~table["crumb"])
    rows, stretches = spans(measure, shapes[covered])
    known = shared_edges(shapes, np.flatnonzero((table["k"] > 0) | (table["ring"] < len(ground))))
    edges = _edges(known, table, pairs, (made, measure, widths), near["error_m"].to_numpy(float))
    return Cells(made, measure, widths, near, table, shapes, ground, pairs, (covered[rows], stretches), edges)


def _near(covers: geopandas.GeoDataFrame, ground: shapely.Geometry) -> geopandas.GeoDataFrame:
    shapes = np.asarray(covers.geometry.array, dtype=object)
    polygons = np.isin(shapely.get_type_id(shapes), (3, 6))
    shapely.prepare(ground)
    polygons[polygons] &= shapely.intersects(ground, shapes[polygons])
    near = covers[polygons].copy()
    near["area_m2"] = lonlat_area(shapes[polygons])
    near["error_m"] = near["error_m"].astype(float) if "error_m" in near.columns else np.nan
    if "class" not in near.columns:
        near["class"] = None
    return near[["class", "error_m", "area_m2", near.geometry.name]]


def _left(ground: shapely.Geometry, made: Corridor, measure: Ruler) -> shapely.Geometry:
    """Return the part of the widest band left of the axis: the band is cut along the axis, and each piece placed."""
    # Drawn out past its ends, or a piece would stay whole where the axis stops a hair short of the end.
    axis = shapely.multilinestrings(
        [shapely.linestrings(line) for line in lengthened(lines_of(made.axis, measure.plane))]
    )
    lines = shapely.union_all([shapely.boundary(ground), measure.plane.back(axis)], grid_size=GRID_DEG)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inner = shapely.get_coordinates(shapely.point_on_surface(pieces))
    shapely.prepare(ground)
    kept = shapely.contains_xy(ground, inner) & (measure.locate(inner)[1] > 0)
    return shapely.union_all(pieces[kept])


def _read(found: geopandas.GeoDataFrame, count: int) -> tuple[pd.DataFrame, Ints]:
    """Return the table of cells and the pairs of cell and cover, from faces that know all they lie under."""
    rows = [(cell, *name) for cell, members in enumerate(found["zone_ids"]) for name in members]
    held = pd.DataFrame(rows, columns=["cell", "what", "place"])
    by_kind = dict(iter(held.groupby("what", sort=False)))
    empty = held.iloc[:0]
    pairs = by_kind.get("cover", empty)[["cell", "place"]].to_numpy(np.int64)
    within = np.bincount(by_kind.get("band", empty)["cell"].to_numpy(np.int64), minlength=len(found))
    left = np.zeros(len(found), dtype=bool)
    left[by_kind.get("left", empty)["cell"].to_numpy(np.int64)] = True
    table = pd.DataFrame(
        {
            "ring": count - within,
            "left": left,
            "k": np.bincount(pairs[:, 0], minlength=len(found)),
            "area_m2": found["area_m2"].to_numpy(float),
        }
    )
    return table, pairs


def _check(table: pd.DataFrame, pairs: Ints, ground: npt.NDArray[np.object_], near: geopandas.GeoDataFrame) -> None:
    """Refuse cells that do not make up each band and each cover."""
    area = table["area_m2"].to_numpy(float)
    rings = np.cumsum(np.bincount(table["ring"], area, len(ground) + 1)[: len(ground)])
    covers = np.bincount(pairs[:, 1], area[pairs[:, 0]], len(near))
    for parts, whole in ((rings, lonlat_area(ground)), (covers, near["area_m2"].to_numpy(float))):
        wrong = np.abs(parts - whole) > BALANCE * whole + 1e-3
        if wrong.any():
            message = f"the cells add up to {parts[wrong][0]:,.2f} m² where the shape has {whole[wrong][0]:,.2f} m²"
            raise GeometryError(f"{message}; check the shapes with 'zones check'")


def _edges(
    known: tuple[Ints, Ints, Numbers, Numbers],
    table: pd.DataFrame,
    pairs: Ints,
    band: tuple[Corridor, Ruler, tuple[HalfWidth, ...]],
    error_m: Numbers,
) -> Edges:
    made, measure, widths = band
    ring, covered = table["ring"].to_numpy(), table["k"].to_numpy() > 0
    a, b, start, end = known
    ring, covered = np.append(ring, len(widths)), np.append(covered, False)
    length = np.hypot(*(measure.plane.points_to(end) - measure.plane.points_to(start)).T)
    a, b = np.where(ring[a] <= ring[b], a, b), np.where(ring[a] <= ring[b], b, a)
    rim = (ring[a] == ring[b]) & (ring[a] < len(widths)) & (covered[a] != covered[b])
    bounding = np.where(covered[a], a, b)[rim]
    inside = (ring[a] < ring[b]) & covered[a] & covered[b]
    middle, left = (start[inside] + end[inside]) / 2, table["left"].to_numpy()[a[inside]]
    return Edges(
        _cover_edges(bounding, length[rim], ring, pairs, error_m, len(widths)),
        *_band_edges(middle, length[inside], (ring[a][inside], ring[b][inside]), left, (made, measure, widths)),
    )


def shared_edges(shapes: npt.NDArray[np.object_], cells: Ints) -> tuple[Ints, Ints, Numbers, Numbers]:
    """Return the cells on both sides of each edge (-1: none) and its ends; neighbours share vertices to the bit."""
    parts, part_of = shapely.get_parts(shapes[cells], return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    points, of = shapely.get_coordinates(rings, return_index=True)
    inner = np.flatnonzero(of[1:] == of[:-1])
    cell = cells[part_of[ring_of[of[inner]]]]
    _, number = np.unique(points[:, 0] + 1j * points[:, 1], return_inverse=True)
    low, high = np.minimum(number[inner], number[inner + 1]), np.maximum(number[inner], number[inner + 1])
    order = np.argsort(low.astype(np.int64) * (number.max() + 1) + high, kind="stable")
    first = np.flatnonzero(
        np.concatenate(([True], (low[order][1:] != low[order][:-1]) | (high[order][1:] != high[order][:-1])))
    )
    twice = np.append(np.diff(first), len(order) - first[-1]) > 1
    other = np.where(twice, cell[order][np.minimum(first + 1, len(order) - 1)], -1)
    at = inner[order][first]
    return cell[order][first], other, points[at], points[at + 1]


def _cover_edges(cell: Ints, length: Numbers, ring: Ints, pairs: Ints, error_m: Numbers, count: int) -> Numbers:
    """Return how much edge of the covered ground each cover makes, up to each width.

    Where covers end on one line it is one edge; the cover whose error is largest answers for it.
    """
    edges = pd.DataFrame({"cell": cell, "length": length, "ring": ring[cell]}).reset_index(names="edge")
    held = pd.DataFrame({"cell": pairs[:, 0], "cover": pairs[:, 1], "error": np.nan_to_num(error_m)[pairs[:, 1]]})
    # All covers of a cell that borders on bare ground end there.
    answer = held.sort_values("error", ascending=False, kind="stable").drop_duplicates("cell")
    joined = edges.merge(answer, on="cell")
    found = np.zeros((count, len(error_m)))
    np.add.at(found, (joined["ring"].to_numpy(int), joined["cover"].to_numpy(int)), joined["length"].to_numpy(float))
    return np.cumsum(found, axis=0)


def _band_edges(
    middle: Numbers,
    length: Numbers,
    rings: tuple[Ints, Ints],
    left: Flags,
    band: tuple[Corridor, Ruler, tuple[HalfWidth, ...]],
) -> tuple[Numbers, Numbers]:
    """Return the covered lengths of the band's sides (left less right, by stretch) and of its ends, at each width.

    An edge between rings i and j bounds all bands from the i-th to the one before the j-th.
    """
    made, measure, widths = band
    bounds, ends = side_bounds(made, measure)
    at, away = measure.locate(middle)
    stretch = np.clip(np.searchsorted(bounds, at) - 1, 0, max(len(bounds) - 2, 0))
    nearest = np.abs(at[:, None] - ends).argmin(axis=1) if len(at) else np.zeros(0, int)
    past = np.abs(at - ends[nearest]) < CRUMB_M if measure.ends_m else np.zeros(len(at), dtype=bool)
    sides, caps = np.zeros((len(widths), max(len(bounds) - 1, 1))), np.zeros((len(widths), len(ends)))
    for place, width in enumerate(widths):
        on = (rings[0] <= place) & (rings[1] > place)
        is_side = ~past & on_side(width, at, away)
        side = on & is_side
        sides[place] = np.bincount(stretch[side], np.where(left, length, -length)[side], sides.shape[1])
        caps[place] = np.bincount(nearest[on & ~is_side], length[on & ~is_side], len(ends))
    return sides, caps


def side_bounds(made: Corridor, measure: Ruler) -> tuple[Numbers, Numbers]:
    """Return the chainages of the axis's vertices, between which it is off by one error, and of its open ends."""
    vertices, _ = measure.locate(shapely.get_coordinates(made.axis))
    return np.unique(np.round(vertices, 3)), np.array(measure.ends_m or (0.0,))


def on_side(half_width: HalfWidth, at_m: Numbers, away_m: Numbers) -> Flags:
    """Tell which edges of a band, by where their middles lie, are its sides; the others are its ends."""
    found: Flags = np.abs(np.abs(away_m) - widths_at(half_width, at_m)) < SIDE_M + 1e-3 * np.abs(away_m)
    return found


SIDE_M = 1.0
"""An edge of the band whose distance from the axis is the half-width, within this, is its side; else it is an end."""
