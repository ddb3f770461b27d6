"""Overlap: which zones share ground, how much, and what all of them cover once, twice, k times.

Touching is not overlapping. Shapes must be valid (see `zones.repair`).
"""

from dataclasses import dataclass

import geopandas
import numpy as np
import pandas as pd
import shapely

from zones.errors import CrsError, GeometryError
from zones.measure import Numbers, Shapes, lonlat_area, planar_area

BALANCE = 1e-7
"""Parts may miss the whole by this share before the answer is refused; shipped layers reach 1e-9."""

PAIR_COLUMNS = ("a_id", "b_id", "overlap_m2", "share_of_a", "share_of_b")


@dataclass(frozen=True)
class Grid:
    """What shapes are laid on before they are cut: an origin near them, and the size of a grid cell.

    Both in the unit of the coordinates. They come from the whole layer, and the last digits of a shared
    area hang on them: whoever wants a figure again needs them.
    """

    origin: tuple[float, float]
    size: float


@dataclass(frozen=True)
class Slivers:
    """Overlaps left out because they are smaller than `below_m2`: how many, and their sum."""

    below_m2: float
    count: int
    sum_m2: float


def pairs(a: geopandas.GeoDataFrame, b: geopandas.GeoDataFrame | None = None, *, planar: bool = False) -> pd.DataFrame:
    """Return each overlapping pair of zones with its area and both shares, largest first.

    Parameters
    ----------
    a, b : geopandas.GeoDataFrame
        Polygons indexed by id, in EPSG:4490; other shapes are passed over. Without `b`, each unordered
        pair within `a` stands once. With `b`, a zone that is in both (same id and shape) is not paired
        with itself.
    planar : bool
        Coordinates are plain x and y (a drawing): areas in their squared units, no ellipsoid.

    Returns
    -------
    pandas.DataFrame
        Columns `a_id`, `b_id`, `overlap_m2`, `share_of_a`, `share_of_b` (0 to 1).

    Raises
    ------
    CrsError
        If the two frames have different reference systems.
    """
    left = _polygons(a)
    right = left if b is None else _polygons(b)
    if b is not None and a.crs != b.crs:
        raise CrsError(f"the layers have different reference systems ({a.crs} and {b.crs}); bring both to one")
    shapes_a, shapes_b = _shapes(left), _shapes(right)
    rows_a, rows_b = shapely.STRtree(shapes_b).query(shapes_a, predicate="intersects")
    keep = rows_a < rows_b
    if b is not None:
        same_id = left.index.to_numpy()[rows_a] == right.index.to_numpy()[rows_b]
        keep = ~(same_id & shapely.equals_identical(shapes_a[rows_a], shapes_b[rows_b]))
    rows_a, rows_b = rows_a[keep], rows_b[keep]
    shared = shared_area(shapes_a[rows_a], shapes_b[rows_b], _grid(shapes_a, shapes_b), planar=planar)
    table = pd.DataFrame(
        {
            "a_id": left.index.to_numpy()[rows_a],
            "b_id": right.index.to_numpy()[rows_b],
            "overlap_m2": shared,
            "share_of_a": shared / _area(shapes_a, planar)[rows_a],
            "share_of_b": shared / _area(shapes_b, planar)[rows_b],
        },
        columns=list(PAIR_COLUMNS),
    )
    table = table[table["overlap_m2"] > 0]
    return table.sort_values("overlap_m2", ascending=False, kind="stable", ignore_index=True)


def grid_of(*sides: geopandas.GeoDataFrame) -> Grid:
    """Return the grid that `pairs` lays the polygons of one or two frames on."""
    return _grid(*(_shapes(_polygons(side)) for side in sides))


def shared_area(a: Shapes, b: Shapes, grid: Grid, *, planar: bool = False) -> Numbers:
    """Return the area that each shape of `a` shares with the one of `b` in the same place.

    Parameters
    ----------
    a, b : arrays of polygons
        Valid, of equal length; EPSG:4490 degrees (or plain x and y with `planar`).
    grid : Grid
        As `grid_of` gives it for the layers they come from.
    """
    origin = np.array(grid.origin)
    common = shapely.intersection(_shift(a, -origin), _shift(b, -origin), grid_size=grid.size)
    return _area_near(common, origin, planar)


def drop_slivers(table: pd.DataFrame, below_m2: float) -> tuple[pd.DataFrame, Slivers]:
    """Return the pairs of at least `below_m2`, and what was left out."""
    small = table["overlap_m2"] < below_m2
    removed = Slivers(below_m2, int(small.sum()), float(table.loc[small, "overlap_m2"].sum()))
    return table[~small].reset_index(drop=True), removed


def faces(frame: geopandas.GeoDataFrame, *, planar: bool = False) -> geopandas.GeoDataFrame:
    """Return the ground the zones cover, cut into faces that each lie under one set of zones.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Polygons indexed by id, EPSG:4490 (or plain x and y with `planar`).

    Returns
    -------
    geopandas.GeoDataFrame
        `zone_ids` (tuple, in index order), `k` (their number), `area_m2`, `geometry`; faces do not overlap.

    Raises
    ------
    GeometryError
        If the faces do not add up to the zones within 1e-7: a wrong table is never returned.
    """
    zones = _polygons(frame)
    shapes = _shapes(zones)
    if len(shapes) == 0:
        return geopandas.GeoDataFrame({"zone_ids": [], "k": [], "area_m2": []}, geometry=[], crs=frame.crs)
    origin = _origin(shapes)
    near = _shift(shapes, -origin)
    lines = shapely.union_all(shapely.boundary(near), grid_size=grid_size(near))
    cells = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inside = shapely.point_on_surface(cells)
    # Zones ask for points, not points for zones: GEOS prepares the shape that asks, and zones have the many edges.
    zone, cell = shapely.STRtree(inside).query(near, predicate="contains")
    area_m2 = _area_near(cells, origin, planar)
    cells = _shift(cells, origin)
    order = np.lexsort((zone, cell))
    members: dict[int, list[object]] = {}
    for at, which in zip(cell[order], zone[order], strict=True):
        members.setdefault(int(at), []).append(zones.index[which])
    held = np.array(sorted(members), dtype=int)
    found = geopandas.GeoDataFrame(
        {
            "zone_ids": [tuple(members[at]) for at in held],
            "k": [len(members[at]) for at in held],
            "area_m2": area_m2[held],
        },
        geometry=cells[held],
        crs=frame.crs,
    )
    _balance(found, float(_area(shapes, planar).sum()))
    return found


def totals(cut: geopandas.GeoDataFrame) -> dict[str, object]:
    """Return `sum_m2`, `union_m2` and `k_fold` of faces from `faces`.

    `sum_m2` counts ground once for each zone over it, `union_m2` once, `k_fold` lists the ground under
    exactly k zones: Σ k·area = sum and Σ area = union.
    """
    by_k = cut.groupby("k")["area_m2"].sum()
    return {
        "sum_m2": float((cut["k"] * cut["area_m2"]).sum()),
        "union_m2": float(cut["area_m2"].sum()),
        "k_fold": [{"k": int(k), "area_m2": float(area)} for k, area in by_k.items()],
    }


def union(frame: geopandas.GeoDataFrame, name: str) -> geopandas.GeoDataFrame:
    """Return one zone called `name` that covers what the frame's polygons cover."""
    shapes = _shapes(_polygons(frame))
    origin = _origin(shapes)
    near = _shift(shapes, -origin)
    whole = _shift(np.array([shapely.union_all(near, grid_size=grid_size(near))]), origin)[0]
    return geopandas.GeoDataFrame(geometry=[whole], index=pd.Index([name], name=frame.index.name), crs=frame.crs)


def _grid(*sides: Shapes) -> Grid:
    shapes = np.concatenate(sides)
    origin = _origin(shapes)
    return Grid((float(origin[0]), float(origin[1])), grid_size(_shift(shapes, -origin)))


def _origin(shapes: Shapes) -> Numbers:
    """Return a point near the shapes: seen from there a coordinate keeps all its digits."""
    return np.zeros(2) if len(shapes) == 0 else np.round(shapely.total_bounds(shapes)[:2])


def _shift(shapes: Shapes, by: Numbers) -> Shapes:
    return shapely.transform(shapes, lambda points: points + by)


def grid_size(shapes: Shapes) -> float:
    """Return the grid GEOS overlays on: 13 digits of the largest coordinate.

    Without a grid GEOS returns wrong overlaps for some valid neighbours (JTS issue 1000, GEOS issue 1523);
    on a grid scaled to the coordinates all known bad pairs come out right.
    """
    if len(shapes) == 0:
        return 0.0
    largest = float(np.abs(shapely.total_bounds(shapes)).max())
    return 10.0 ** (np.ceil(np.log10(largest)) - 13) if largest > 0 else 1e-13


def _polygons(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    kinds = shapely.get_type_id(np.asarray(frame.geometry.array, dtype=object))
    zones = frame[np.isin(kinds, (3, 6))]
    invalid = zones.index[~zones.is_valid]
    if len(invalid):
        raise GeometryError(f"zone {', '.join(map(str, invalid[:10]))}: the shape is not valid; repair it first")
    return zones


def _shapes(frame: geopandas.GeoDataFrame) -> Shapes:
    return np.asarray(frame.geometry.array, dtype=object)


def _area(shapes: Shapes, planar: bool) -> Numbers:
    return planar_area(shapes) if planar else lonlat_area(shapes)


def _area_near(shapes: Shapes, origin: Numbers, planar: bool) -> Numbers:
    """Return areas of shapes seen from the origin; on a plane they stay there, where no digit is lost."""
    return planar_area(shapes) if planar else lonlat_area(_shift(shapes, origin))


def _balance(cut: geopandas.GeoDataFrame, whole_m2: float) -> None:
    parts = float((cut["k"] * cut["area_m2"]).sum())
    if abs(parts - whole_m2) > BALANCE * whole_m2:
        message = f"the faces add up to {parts:,.2f}, the zones to {whole_m2:,.2f}: no right overlap was found"
        raise GeometryError(f"{message}; check the shapes with 'zones check'")
