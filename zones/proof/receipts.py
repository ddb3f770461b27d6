"""Number receipts 数字凭证: what a figure was made from and how, so that anyone can make it again.

A receipt's id covers all that decides the number: inputs by fingerprint, method, edge rule, CRS, thresholds,
value and ±. The data version and the software versions stand in the receipt too, but not in its id: another
zone's new outline must not change the id of a number that it has no part in.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Any, Literal

import geopandas
import pandas as pd
import pyproj
import shapely

from zones.atlas import Atlas
from zones.measure import measure
from zones.overlap import BALANCE, Grid, faces, grid_of, pairs, totals
from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_kinds import MEASURES, METHODS, Kind
from zones.proof.receipt_sources import (
    CRS,
    FILE,
    MARK,
    OWN_ID,
    Band,
    Cells,
    Drawn,
    Ground,
    Input,
    Layer,
    Many,
    Series,
    Shares,
    SourceFile,
    Table,
    Thresholds,
    Workspace,
)
from zones.records import none_if_nan
from zones.schema import STORAGE_CRS, EdgeRule

FORMAT = "zones-receipts/1"


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
        In `unit`, unrounded: `m2`, `m` for a perimeter or a gap, `count` for features.
    error_m2 : float or None
        The ± of an area or a difference; None for a number without one.
    shares : Shares or None
        For an overlap, or coverage.
    data_version : str
        Of the atlas that it was issued on.
    versions : dict of str to str
        Of this tool, shapely, GEOS, pyproj and PROJ.
    files : tuple of SourceFile or None
        Where inputs come from files; their hashes are no part of the id, since more than the inputs may change.
    table : Table or None
        For a table: its rows.
    band : Band or None
        For coverage: the corridor; `zones` are then what covers it, if anything does.
    cells : Cells or None
        For statistics of a raster: its figures.
    layer, drawn : Layer, Drawn or None
        For the area of a whole layer, and for what a sheet counts of one.
    series : Series or None
        For numbers of one computation under one receipt: its rows.
    workspace : Workspace or None
        For areas of revisions; `zones` are then shapes as the workspace holds them.
    many : Many or None
        In place of `zones`, for features of a file too many to be listed.
    """

    id: str
    kind: Kind
    zones: tuple[Input, ...]
    method: str
    edge_rule: str
    crs: str
    thresholds: Thresholds
    value: float
    unit: Literal["m2", "m", "count"]
    error_m2: float | None
    shares: Shares | None
    data_version: str
    versions: dict[str, str]
    files: tuple[SourceFile, ...] | None = None
    table: Table | None = None
    band: Band | None = None
    cells: Cells | None = None
    layer: Layer | None = None
    series: Series | None = None
    workspace: Workspace | None = None
    drawn: Drawn | None = None
    many: Many | None = None


def subjects(receipt: Receipt) -> tuple[str, ...]:
    """Return the ids of what a number is about, each once: a corridor first, then its zones or features."""
    ids = [source.zone_id for source in receipt.zones]
    return tuple(dict.fromkeys([receipt.band.corridor, *ids] if receipt.band else ids))


def rests_on_atlas(receipt: Receipt) -> bool:
    """Tell whether anything of the atlas entered a number."""
    band = receipt.band
    on_band = band is not None and (band.file is None or band.ends == "district" or band.areas is not None)
    return on_band or any(source.file is None for source in receipt.zones)


def workspaces_of(receipts: Iterable[Receipt]) -> set[str]:
    """Return the workspaces that receipts of revisions rest on, as they name them."""
    return {each.files[0].path for each in receipts if each.workspace is not None and each.files}


def key(source: Input) -> str:
    """Return the index of an input in the frame that its number is made from again."""
    return source.zone_id if source.file is None else f"{source.file}:{source.zone_id}"


def as_dict(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as plain JSON data, without the fields that played no part."""
    return _without_none(asdict(receipt))


def content_id(receipt: Receipt) -> str:
    """Return the id that a receipt's content should have."""
    content = as_dict(receipt)
    for name in ("id", "data_version", "versions", "files"):
        content.pop(name, None)
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


def area_receipts(
    atlas: Atlas | Ground, frame: geopandas.GeoDataFrame, methods: Iterable[str] = METHODS
) -> tuple[Receipt, ...]:
    """Return the receipts of the figures of each zone with a polygon: three areas, perimeter, difference.

    Parameters
    ----------
    atlas : Atlas or Ground
        Gives the data version.
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, or features of files, EPSG:4490.
    methods : iterable of str
        Only figures of these methods (see `MEASURES`).
    """
    wanted = [row for row in MEASURES if row[1] in set(methods)]
    table = measure(frame)
    there = table["ellipsoid_m2"].notna()
    rows = zip(frame[there].to_dict("index").items(), table[there].to_dict("records"), strict=True)
    return tuple(receipt for (zone_id, zone), row in rows for receipt in _figures(atlas, zone_id, zone, row, wanted))


def _figures(
    atlas: Atlas | Ground,
    zone_id: str,
    zone: dict[str, Any],
    row: dict[str, Any],
    wanted: list[tuple[Kind, str, str, EdgeRule]],
) -> Iterator[Receipt]:
    source_of = known(zone_id, zone)
    errors = _error_inputs(zone)
    for kind, method, column, edge_rule in wanted:
        value = none_if_nan(row[column])
        if value is None:
            continue
        bears_error = kind != "perimeter"
        stated = none_if_nan(zone.get("declared_area_m2")) if kind == "difference" else None
        source = Input(**source_of, declared_area_m2=stated, **(errors if bears_error else {}))
        yield issue(
            atlas, kind, method, (source,), value, edge_rule=edge_rule, unit="m" if kind == "perimeter" else "m2",
            crs=str(row["plane_crs"]) if method == "plane" else STORAGE_CRS,
            error_m2=none_if_nan(row["error_m2"]) if bears_error else None,
        )  # fmt: skip


def known(zone_id: object, zone: Mapping[str, Any]) -> dict[str, Any]:
    """Return by what a receipt knows a zone, or a feature of a file, again."""
    mark = none_if_nan(zone.get(MARK))
    if mark is None:
        return {"zone_id": str(zone_id), "geometry": fingerprint(zone["geometry"])}
    return {"zone_id": zone[OWN_ID], "geometry": mark, "file": int(zone[FILE]), "crs": none_if_nan(zone[CRS])}


def _error_inputs(zone: dict[str, Any]) -> dict[str, Any]:
    """Return what the ± of a zone comes from: the edge error, or for a band its axis and width."""
    half_width_m = none_if_nan(zone.get("half_width_m"))
    if half_width_m is None or none_if_nan(zone.get("axis")) is None:
        return {"error_m": none_if_nan(zone["error_m"])}
    axis_error_m = none_if_nan(zone["axis_error_m"])
    return {"half_width_m": half_width_m, "axis": fingerprint(zone["axis"]), "axis_error_m": axis_error_m}


def overlap_receipts(
    atlas: Atlas | Ground,
    a: geopandas.GeoDataFrame,
    b: geopandas.GeoDataFrame | None = None,
    table: pd.DataFrame | None = None,
    below_m2: float = 0.0,
) -> tuple[Receipt, ...]:
    """Return the receipt of each overlapping pair, in the order of `zones.overlap.pairs`.

    Parameters
    ----------
    atlas : Atlas or Ground
    a, b : geopandas.GeoDataFrame
        Zones of the atlas, or features of files, as `pairs` takes them. All of them in `a` do too.
    table : pandas.DataFrame, optional
        The pairs, where they are at hand.
    below_m2 : float
        The threshold that `table` was cut at.
    """
    sides = [side for side in (a, b) if side is not None]
    table = pairs(a, b) if table is None else table
    thresholds = Thresholds(grid=grid_of(*sides), below_m2=below_m2 or None)
    left, right = _inputs_named(a, table["a_id"]), _inputs_named(a if b is None else b, table["b_id"])
    return tuple(
        issue(
            atlas, "overlap", "pair", (left[row.a_id], right[row.b_id]), row.overlap_m2,
            thresholds=thresholds, shares=Shares(float(row.share_of_a), float(row.share_of_b)),
        )
        for row in table.itertuples()
    )  # fmt: skip


def _inputs_named(frame: geopandas.GeoDataFrame, ids: pd.Series) -> dict[str, Input]:
    return {source.zone_id: source for source in shape_inputs(frame[frame.index.isin(ids)])}


def union_receipts(
    atlas: Atlas | Ground, a: geopandas.GeoDataFrame, b: geopandas.GeoDataFrame, table: pd.DataFrame, grid: Grid
) -> tuple[Receipt, ...]:
    """Return the receipt of the overlap of two unions: none where they share no ground.

    Parameters
    ----------
    atlas : Atlas or Ground
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
    atlas: Atlas | Ground, frame: geopandas.GeoDataFrame, sums: dict[str, Any] | None = None
) -> tuple[Receipt, ...]:
    """Return the receipts of simple sum, union, what is counted again and the ground under exactly 1, 2 ... k zones.

    Parameters
    ----------
    atlas : Atlas or Ground
    frame : geopandas.GeoDataFrame
        Zones of the atlas or features of files; those without a polygon play no part.
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
    held = frame[frame.geometry.geom_type.isin(("Polygon", "MultiPolygon"))]
    rows = held[[name for name in held.columns if name in (held.geometry.name, MARK, OWN_ID, FILE, CRS)]]
    return tuple(Input(**known(zone_id, row)) for zone_id, row in zip(rows.index, rows.to_dict("records"), strict=True))


def issue(
    atlas: Atlas | Ground,
    kind: Kind,
    method: str,
    zones: tuple[Input, ...],
    value: float,
    *,
    edge_rule: EdgeRule = EdgeRule.LONLAT,
    crs: str = STORAGE_CRS,
    thresholds: Thresholds | None = None,
    unit: Literal["m2", "m", "count"] = "m2",
    error_m2: float | None = None,
    shares: Shares | None = None,
    table: Table | None = None,
    band: Band | None = None,
    cells: Cells | None = None,
    layer: Layer | None = None,
    series: Series | None = None,
    workspace: Workspace | None = None,
    drawn: Drawn | None = None,
    many: Many | None = None,
) -> Receipt:
    """Return a receipt under its id, stamped with the versions of data and software."""
    content = (METHODS[method], edge_rule.value, crs, thresholds or Thresholds(), float(value), unit, error_m2, shares)
    files = atlas.files if isinstance(atlas, Ground) else None
    rows = (table, band, cells, layer, series, workspace, drawn, many)
    made = Receipt("", kind, zones, *content, atlas.version, software(), files, *rows)
    return replace(made, id=content_id(made))


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
