"""Receipts of raster statistics: the raster by its hash, the zones by fingerprint, every figure; made again offline."""

import hashlib
from pathlib import Path

import geopandas

from zones.atlas import Atlas
from zones.errors import GeometryError
from zones.features import features_over, ground, marked, source_file
from zones.proof.causes import Cause, cause
from zones.proof.receipt_sources import Cells, ClassRow, ZonalRow
from zones.proof.receipts import Receipt, canonical, issue, shape_inputs
from zones.rasters.cell_shares import TOUCH
from zones.rasters.raster import open_raster
from zones.rasters.zonal import ALWAYS, Zonal, zonal
from zones.records import none_if_nan
from zones.schema import EdgeRule


def zonal_receipt(atlas: Atlas, zones: geopandas.GeoDataFrame, zones_path: Path | None, found: Zonal) -> Receipt:
    """Return the one receipt of statistics under zones; its value is the true area of the ground with data.

    Parameters
    ----------
    atlas : Atlas
        Gives the data version where the zones are its own.
    zones : geopandas.GeoDataFrame
        What the statistics are for.
    zones_path : Path or None
        The file they came from, if not the atlas.
    found : Zonal

    Notes
    -----
    The raster enters as a whole: when any byte of it changes the receipt is stale, and says which figures did change.
    """
    raster = found.raster
    files = [source_file(path) for path in (raster.path, zones_path) if path is not None]
    known = zones if zones_path is None else marked(zones, zones_path, 1)
    heads = tuple(str(head) for head in found.table.columns)
    rows: tuple[ZonalRow, ...] = tuple(
        (str(own), tuple(none_if_nan(value) for value in row))
        for own, row in zip(found.table.index, found.table.to_numpy(dtype=float).tolist(), strict=True)
    )
    classes = _class_rows(found)
    digest = hashlib.sha256(canonical([rows, classes]).encode()).hexdigest()
    crs = raster.grid.crs
    return issue(
        ground(known, files, atlas if zones_path is None else None),
        "zonal", "zonal", shape_inputs(known), float(found.table["area_m2"].sum()),
        edge_rule=EdgeRule(found.edge_rule), crs=":".join(crs.to_authority() or (crs.name,)),
        cells=Cells(
            files[0].sha256, raster.band, heads, rows, digest, found.per_area, TOUCH, classes,
            ":".join(crs.to_authority() or (crs.to_wkt(),)) if raster.crs_from == "told" else None, raster.told_nodata,
        ),
    )  # fmt: skip


def _class_rows(found: Zonal) -> tuple[ClassRow, ...] | None:
    if found.classes.empty:
        return None
    rows = found.classes[["zone_id", "value", "count", "area_m2"]].itertuples(index=False)
    return tuple((str(own), int(value), float(count), float(area)) for own, value, count, area in rows)


def cells_again(atlas: Atlas, receipt: Receipt, cells: Cells, paths: list[Path]) -> Receipt | Cause:
    """Return the receipt of statistics made anew, or why there can be none.

    Parameters
    ----------
    cells : Cells
        The receipt's own.
    paths : list of Path
        Where the raster lies now, and the file with the zones, if they are not of the atlas.

    Raises
    ------
    InputError, CrsError
        If a file cannot be read.
    """
    raster = open_raster(paths[0], cells.band, cells.told_crs, cells.told_nodata)
    zones_path = paths[1] if len(paths) > 1 else None
    frame = atlas.zones if zones_path is None else features_over(zones_path, raster.grid.crs)
    ids = [source.zone_id for source in receipt.zones]
    gone = [zone_id for zone_id in ids if zone_id not in frame.index]
    if gone:
        return cause("gone" if zones_path is None else "gone_feature", zone=gone[0])
    frame = frame.loc[ids]
    stats = tuple(head for head in cells.heads if head not in ALWAYS)
    try:
        found = zonal(raster, frame, stats, classes=cells.classes is not None, per_area=cells.per_area)
    except GeometryError as error:
        return cause("fault", fault=error)
    lost = [each for each in ids if each not in found.table.index]
    return cause("no_polygon", zone=lost[0]) if lost else zonal_receipt(atlas, frame, zones_path, found)
