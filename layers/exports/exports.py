"""Zones as files other software reads: the suffix names the format."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd

from layers.exports.export_drawing import write_drawing
from layers.exports.export_geojson import write_geojson
from layers.exports.export_geopackage import write_geopackage
from layers.exports.export_kml import write_kml
from layers.exports.export_parquet import write_parquet
from layers.exports.export_rows import flat_table, flatten, plan_texts
from layers.exports.export_shapefile import write_shapefile
from layers.exports.export_tables import write_csv, write_workbook
from layers.tables.receipt_page import by_zone
from zones.atlas import Atlas
from zones.errors import InputError
from zones.proof.receipts import Receipt, area_receipts, document

Receipts = Sequence[Receipt]

Writer = Callable[[geopandas.GeoDataFrame, pd.DataFrame, Path, Receipts], int]

WRITERS: dict[str, Writer] = {
    ".geojson": write_geojson,
    ".gpkg": write_geopackage,
    ".shp.zip": write_shapefile,
    ".parquet": write_parquet,
    ".kml": write_kml,
    ".dxf": write_drawing,
    ".csv": write_csv,
    ".xlsx": write_workbook,
}
"""What a file's name may end in, and who writes it."""


def export(atlas: Atlas, frame: geopandas.GeoDataFrame, path: Path | str) -> dict[str, Any]:
    """Write zones, with their plan attributes, to a file whose suffix names the format.

    Parameters
    ----------
    atlas : Atlas
        Where the zones come from; gives their sources and the data version.
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, EPSG:4490.
    path : path
        Ends in one of `WRITERS`.

    Returns
    -------
    dict
        `path`; `features` written (extents and axes; rows in a table); `receipt` with `data_version`,
        `zones`, `sha256` of the file, and the receipts of the areas (see `zones.proof.receipts.document`).

    Notes
    -----
    The column `receipt` holds the id of each area's receipt. The receipts stand in the file itself: in the
    member `receipts` of a GeoJSON, the metadata of a GeoPackage or GeoParquet, a member of the archive of a
    Shapefile, the sheet 凭证 of a workbook. CSV, KML and DXF have no place for them; a file beside them, named
    like `NAME.csv.receipts.json`, holds them.

    Raises
    ------
    InputError
        When the suffix is none of these, or the file cannot be written.
    """
    receipts = area_receipts(atlas, frame, ("ellipsoid",))
    attributes = flatten(frame).join(by_zone(receipts)).join(plan_texts(atlas, frame))
    written = _write(frame, flat_table(attributes), Path(path), receipts)
    receipt = {
        "data_version": atlas.version,
        "zones": list(frame.index),
        "sha256": hashlib.sha256(Path(path).read_bytes()).hexdigest(),
        **document(receipts),
    }
    return {"path": str(path), "features": written, "receipt": receipt}


def write_frame(frame: geopandas.GeoDataFrame, path: Path | str) -> int:
    """Write a frame that is no part of the atlas (a repaired file, say) with its own columns.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        EPSG:4490; the index is written as the first column when it is named.
    path : path
        Ends in one of `WRITERS`.

    Returns
    -------
    int
        Features written.

    Raises
    ------
    InputError
        When the suffix is none of these, or the file cannot be written.
    """
    columns = frame.drop(columns=frame.geometry.name)
    attributes = flat_table(columns)
    return _write(frame, attributes, Path(path))


def _write(
    frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Sequence[Receipt] = ()
) -> int:
    writer = next((write for ending, write in WRITERS.items() if path.name.lower().endswith(ending)), None)
    if writer is None:
        known = ", ".join(WRITERS)
        raise InputError(f"{path}: '{path.suffix}' files cannot be written; end the name with one of {known}.")
    return writer(frame, attributes, path, receipts)
