"""Number receipts 数字凭证: what a figure was made from and how, so that anyone can make it again.

A receipt's id covers all that decides the number: inputs by fingerprint, method, edge rule, CRS, thresholds,
value and ±. The data version and the software versions stand in the receipt too, but not in its id: another
zone's new outline must not change the id of a number that it has no part in.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Literal

import geopandas
import pandas as pd
import pyproj
import shapely

from zones.atlas import Atlas
from zones.fingerprint import fingerprint
from zones.measure import measure
from zones.overlap import BALANCE, Grid, faces, grid_of, pairs, totals
from zones.records import none_if_nan
from zones.schema import STORAGE_CRS, EdgeRule

FORMAT = "zones-receipts/1"

Kind = Literal["area", "perimeter", "difference", "overlap", "sum", "union", "double", "k_fold"]

METHODS = {
    name: f"{name}/1"
    for name in ("ellipsoid", "survey", "plane", "geodesic", "ellipsoid_less_stated", "pair", "pair_of_unions", "faces")
}
"""Method by name, with its version: raise it when the same inputs shall give another number or another ±."""

MEASURES: tuple[tuple[Kind, str, str, EdgeRule], ...] = (
    ("area", "ellipsoid", "ellipsoid_m2", EdgeRule.LONLAT),
    ("area", "survey", "survey_m2", EdgeRule.LONLAT),
    ("area", "plane", "plane_m2", EdgeRule.PLANE),
    ("perimeter", "geodesic", "perimeter_m", EdgeRule.GEODESIC),
    ("difference", "ellipsoid_less_stated", "difference_m2", EdgeRule.LONLAT),
)
"""Figures of one zone: kind, method, column of `zones.measure.measure`, and what its edges are taken to be."""


@dataclass(frozen=True)
class Input:
    """One zone as it entered a number; a field that did not enter is None.

    Attributes
    ----------
    zone_id : str
    geometry : str
        Fingerprint of the extent (see `zones.fingerprint`).
    error_m : float or None
        Declared edge error, where the number bears a ±.
    half_width_m, axis, axis_error_m
        For a band the ± comes from these instead: metres, fingerprint of the axis, metres.
    declared_area_m2 : float or None
        What the plan says, for a difference from it.
    """

    zone_id: str
    geometry: str
    error_m: float | None = None
    half_width_m: float | None = None
    axis: str | None = None
    axis_error_m: float | None = None
    declared_area_m2: float | None = None


@dataclass(frozen=True)
class Thresholds:
    """Settings a number hangs on; None where one plays no part.

    Attributes
    ----------
    grid : Grid or None
        Overlaps are cut on it (see `zones.overlap.grid_of`), in degrees.
    below_m2 : float or None
        Overlaps under this were left out of the list.
    first_side : int or None
        For an overlap of two unions: how many of the receipt's zones make up the first.
    balance : float or None
        Share by which the parts may miss the whole before the answer is refused.
    k : int or None
        For ground under exactly k zones.
    """

    grid: Grid | None = None
    below_m2: float | None = None
    first_side: int | None = None
    balance: float | None = None
    k: int | None = None


@dataclass(frozen=True)
class Shares:
    """Shares (0 to 1) of the two sides of an overlap; they follow from its area and the same inputs."""

    of_a: float
    of_b: float


@dataclass(frozen=True)
class Receipt:
    """What one number rests on.

    Attributes
    ----------
    id : str
        First 12 hex digits of a SHA-256 over the rest, less the versions (see `content_id`).
    kind : str
    zones : tuple of Input
        In the order in which they entered.
    method : str
        Name and version, such as `ellipsoid/1` (see `METHODS`).
    edge_rule, crs : str
        What the line between two vertices is taken to be, and in which reference system.
    thresholds : Thresholds
    value : float
        In `unit`, unrounded: `m2`, or `m` for a perimeter.
    error_m2 : float or None
        The ± of an area or a difference; None for a number without one.
    shares : Shares or None
        For an overlap.
    data_version : str
        Of the atlas that it was issued on.
    versions : dict of str to str
        Of this tool, shapely, GEOS, pyproj and PROJ.
    """

    id: str
    kind: Kind
    zones: tuple[Input, ...]
    method: str
    edge_rule: str
    crs: str
    thresholds: Thresholds
    value: float
    unit: Literal["m2", "m"]
    error_m2: float | None
    shares: Shares | None
    data_version: str
    versions: dict[str, str]


def as_dict(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as plain JSON data, without the fields that played no part."""
    return _without_none(asdict(receipt))


def content_id(receipt: Receipt) -> str:
    """Return the id that a receipt's content should have."""
    content = as_dict(receipt)
    for name in ("id", "data_version", "versions"):
        del content[name]
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:12]


def canonical(value: Any) -> str:  # noqa: ANN401 (any JSON data)
    """Return JSON in one form only: sorted keys, no spaces, ASCII, floats as `repr` has them."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def document(receipts: Iterable[Receipt]) -> dict[str, Any]:
    """Return receipts as the JSON document that `zones verify` reads."""
    return {"format": FORMAT, "receipts": [as_dict(receipt) for receipt in receipts]}


def document_bytes(receipts: Iterable[Receipt]) -> bytes:
    """Return `document` as UTF-8, one receipt a line; equal receipts, equal bytes."""
    lines = ",\n".join(canonical(as_dict(receipt)) for receipt in receipts)
    return f'{{"format":"{FORMAT}","receipts":[\n{lines}\n]}}\n'.encode()


def area_receipts(atlas: Atlas, frame: geopandas.GeoDataFrame, methods: Iterable[str] = METHODS) -> tuple[Receipt, ...]:
    """Return the receipts of the figures of each zone with a polygon: three areas, perimeter, difference.

    Parameters
    ----------
    atlas : Atlas
        Gives the data version.
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, EPSG:4490.
    methods : iterable of str
        Only figures of these methods (see `MEASURES`).
    """
    wanted = [row for row in MEASURES if row[1] in set(methods)]
    table = measure(frame)
    known = table["ellipsoid_m2"].notna()
    rows = zip(frame[known].to_dict("index").items(), table[known].to_dict("records"), strict=True)
    return tuple(receipt for (zone_id, zone), row in rows for receipt in _figures(atlas, zone_id, zone, row, wanted))


def _figures(
    atlas: Atlas, zone_id: str, zone: dict[str, Any], row: dict[str, Any], wanted: list[tuple[Kind, str, str, EdgeRule]]
) -> Iterator[Receipt]:
    shape = fingerprint(zone["geometry"])
    errors = _error_inputs(zone)
    for kind, method, column, edge_rule in wanted:
        value = none_if_nan(row[column])
        if value is None:
            continue
        bears_error = kind != "perimeter"
        stated = none_if_nan(zone.get("declared_area_m2")) if kind == "difference" else None
        source = Input(zone_id, shape, declared_area_m2=stated, **(errors if bears_error else {}))
        yield issue(
            atlas, kind, method, (source,), value, edge_rule=edge_rule, unit="m" if kind == "perimeter" else "m2",
            crs=str(row["plane_crs"]) if method == "plane" else STORAGE_CRS,
            error_m2=none_if_nan(row["error_m2"]) if bears_error else None,
        )  # fmt: skip


def _error_inputs(zone: dict[str, Any]) -> dict[str, Any]:
    """Return what the ± of a zone comes from: the edge error, or for a band its axis and width."""
    half_width_m = none_if_nan(zone.get("half_width_m"))
    if half_width_m is None or none_if_nan(zone.get("axis")) is None:
        return {"error_m": none_if_nan(zone["error_m"])}
    axis_error_m = none_if_nan(zone["axis_error_m"])
    return {"half_width_m": half_width_m, "axis": fingerprint(zone["axis"]), "axis_error_m": axis_error_m}


def overlap_receipts(
    atlas: Atlas,
    a: geopandas.GeoDataFrame,
    b: geopandas.GeoDataFrame | None = None,
    table: pd.DataFrame | None = None,
    below_m2: float = 0.0,
) -> tuple[Receipt, ...]:
    """Return the receipt of each overlapping pair, in the order of `zones.overlap.pairs`.

    Parameters
    ----------
    atlas : Atlas
    a, b : geopandas.GeoDataFrame
        Zones of the atlas, as `pairs` takes them. All of them in `a` do too: only the grid is read off them.
    table : pandas.DataFrame, optional
        The pairs, where they are at hand.
    below_m2 : float
        The threshold that `table` was cut at.
    """
    sides = [side for side in (a, b) if side is not None]
    table = pairs(a, b) if table is None else table
    thresholds = Thresholds(grid=grid_of(*sides), below_m2=below_m2 or None)
    ids = {*table["a_id"], *table["b_id"]}
    inputs = {source.zone_id: source for source in shape_inputs(atlas.zones[atlas.zones.index.isin(ids)])}
    return tuple(
        issue(
            atlas, "overlap", "pair", (inputs[row.a_id], inputs[row.b_id]), row.overlap_m2,
            thresholds=thresholds, shares=Shares(float(row.share_of_a), float(row.share_of_b)),
        )
        for row in table.itertuples()
    )  # fmt: skip


def union_receipts(
    atlas: Atlas, a: geopandas.GeoDataFrame, b: geopandas.GeoDataFrame, table: pd.DataFrame, grid: Grid
) -> tuple[Receipt, ...]:
    """Return the receipt of the overlap of two unions: none where they share no ground.

    Parameters
    ----------
    atlas : Atlas
    a, b : geopandas.GeoDataFrame
        The zones that make up the two sides.
    table : pandas.DataFrame
        The one pair, or none, that `zones.overlap.pairs` found between the unions.
    grid : Grid
        As `zones.overlap.grid_of` gives it for the two unions.
    """
    first, second = shape_inputs(a), shape_inputs(b)
    thresholds = Thresholds(grid=grid, first_side=len(first))
    return tuple(
        issue(
            atlas, "overlap", "pair_of_unions", first + second, row.overlap_m2,
            thresholds=thresholds, shares=Shares(float(row.share_of_a), float(row.share_of_b)),
        )
        for row in table.itertuples()
    )  # fmt: skip


def totals_receipts(
    atlas: Atlas, frame: geopandas.GeoDataFrame, sums: dict[str, Any] | None = None
) -> tuple[Receipt, ...]:
    """Return the receipts of simple sum, union, what is counted again and the ground under exactly 1, 2 ... k zones.

    Parameters
    ----------
    atlas : Atlas
    frame : geopandas.GeoDataFrame
        Zones of the atlas; those without a polygon play no part.
    sums : dict, optional
        As `zones.overlap.totals` returns it, where it is at hand.

    Raises
    ------
    GeometryError
        If the faces do not add up to the zones.
    """
    sums = dict(totals(faces(frame))) if sums is None else sums
    inputs = shape_inputs(frame)
    whole, once = sums["sum_m2"], sums["union_m2"]
    rows: list[tuple[Kind, float, int | None]] = [("sum", whole, None), ("union", once, None)]
    rows += [("double", whole - once, None)]
    rows += [("k_fold", each["area_m2"], each["k"]) for each in sums["k_fold"]]
    return tuple(
        issue(atlas, kind, "faces", inputs, value, thresholds=Thresholds(balance=BALANCE, k=k))
        for kind, value, k in rows
    )


def shape_inputs(frame: geopandas.GeoDataFrame) -> tuple[Input, ...]:
    """Return the polygons of a frame as inputs whose shape alone enters."""
    shapes = frame.geometry[frame.geometry.geom_type.isin(("Polygon", "MultiPolygon"))]
    return tuple(Input(str(zone_id), fingerprint(shape)) for zone_id, shape in shapes.items())


def issue(
    atlas: Atlas,
    kind: Kind,
    method: str,
    zones: tuple[Input, ...],
    value: float,
    *,
    edge_rule: EdgeRule = EdgeRule.LONLAT,
    crs: str = STORAGE_CRS,
    thresholds: Thresholds | None = None,
    unit: Literal["m2", "m"] = "m2",
    error_m2: float | None = None,
    shares: Shares | None = None,
) -> Receipt:
    """Return a receipt under its id, stamped with the versions of data and software."""
    content = (METHODS[method], edge_rule.value, crs, thresholds or Thresholds(), float(value), unit, error_m2, shares)
    made = Receipt("", kind, zones, *content, atlas.version, software())
    return Receipt(content_id(made), kind, zones, *content, atlas.version, software())


@cache
def software() -> dict[str, str]:
    """Return the versions of what makes the numbers: this tool, shapely, GEOS, pyproj and PROJ."""
    return {
        "tool": version("innovation-zone-atlas"),
        "shapely": shapely.__version__,
        "geos": shapely.geos_version_string,
        "pyproj": pyproj.__version__,
        "proj": pyproj.proj_version_str,
    }


def _without_none(value: Any) -> Any:  # noqa: ANN401 (any JSON data)
    if isinstance(value, dict):
        return {name: _without_none(held) for name, held in value.items() if held is not None}
    if isinstance(value, list | tuple):
        return [_without_none(held) for held in value]
    return value
