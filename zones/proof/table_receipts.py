"""Receipts of tables counted over a layer of any size; apart from the rest, for numba loads slowly."""

import hashlib
from pathlib import Path
from typing import Any

import geopandas
import pyproj

from zones.atlas import Atlas
from zones.counting.counts import TOUCH_M2
from zones.counting.parcel_layer import ParcelLayer
from zones.counting.parcel_stream import open_layer
from zones.counting.tabulate import Tabulation, tabulate
from zones.errors import GeometryError
from zones.features import features_over, ground, marked, source_file
from zones.proof.causes import Cause, cause
from zones.proof.receipt_sources import Row, Table
from zones.proof.receipts import Receipt, canonical, issue, shape_inputs
from zones.records import none_if_nan
from zones.schema import STORAGE_CRS, EdgeRule


def table_receipt(
    atlas: Atlas,
    parcels: ParcelLayer,
    zones: geopandas.GeoDataFrame,
    zones_path: Path | None,
    field: str | None,
    found: Tabulation,
) -> Receipt:
    """Return the one receipt of a table: its rows, the zones by fingerprint, and the file counted by its hash.

    Parameters
    ----------
    atlas : Atlas
        Gives the data version where the zones are its own.
    parcels : ParcelLayer
        The layer counted.
    zones : geopandas.GeoDataFrame
        What it was counted under.
    zones_path : Path or None
        The file they came from, if not the atlas.
    field : str or None
        Whose values are the classes.
    found : Tabulation

    Notes
    -----
    The file enters as a whole: when any byte of it changes the receipt is stale, and says which rows did change.
    """
    files = [source_file(path) for path in (parcels.path, zones_path) if path is not None]
    known = zones if zones_path is None else marked(zones, zones_path, 1)
    rows = tuple(_row(row) for row in found.table.to_dict("records"))
    digest = hashlib.sha256(canonical(rows).encode()).hexdigest()
    return issue(
        ground(known, files, atlas if zones_path is None else None),
        "table", "tabulate", shape_inputs(known), sum(row[-1] for row in rows),
        edge_rule=EdgeRule.PLANE if parcels.crs.is_projected else EdgeRule.LONLAT,
        crs=_name(parcels.crs) if parcels.crs.is_projected else STORAGE_CRS,
        table=Table(
            files[0].sha256, found.area_rule, TOUCH_M2, found.features, rows, digest,
            parcels.layer, field, parcels.encoding,
        ),
    )  # fmt: skip


def _row(row: dict[str, Any]) -> Row:
    name = none_if_nan(row["class"])
    counts = int(row["count_inside"]), int(row["count_partly"])
    return str(row["zone_id"]), None if name is None else str(name), *counts, float(row["area_m2"])


def _name(crs: pyproj.CRS) -> str:
    return ":".join(crs.to_authority() or (crs.name,))


def table_again(atlas: Atlas, receipt: Receipt, table: Table, paths: list[Path]) -> Receipt | Cause:
    """Return the receipt of a table counted anew, or why there can be none.

    Parameters
    ----------
    table : Table
        The receipt's own.
    paths : list of Path
        Where the file counted lies now, and the one with the zones, if they are not of the atlas.

    Raises
    ------
    InputError, CrsError
        If a file cannot be read or counted.
    """
    parcels = open_layer(paths[0], table.layer, table.encoding)
    zones_path = paths[1] if len(paths) > 1 else None
    frame = atlas.zones if zones_path is None else features_over(zones_path, parcels.crs)
    ids = [source.zone_id for source in receipt.zones]
    gone = [zone_id for zone_id in ids if zone_id not in frame.index]
    if gone:
        return cause("gone" if zones_path is None else "gone_feature", zone=gone[0])
    frame = frame.loc[ids]
    try:
        found = tabulate(parcels, frame, table.field)
    except GeometryError as error:
        return cause("fault", fault=error)
    if len(shape_inputs(frame)) != len(ids):
        return cause("no_polygon", zone=next(each for each in ids if each not in _polygons(frame)))
    return table_receipt(atlas, parcels, frame, zones_path, table.field, found)


def _polygons(frame: geopandas.GeoDataFrame) -> set[str]:
    return {source.zone_id for source in shape_inputs(frame)}
