"""Zones as a zipped Shapefile, with what the format cuts off kept whole in tables beside it."""

import io
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import shapely

from layers.exports.export_rows import axes_of, axis_attributes, tidy, with_index
from layers.office.steady import EPOCH, ZIP_MOMENT
from layers.office.workbook import csv_bytes
from layers.write import write_atomically
from zones.proof.receipt_files import SHAPEFILE_RECEIPTS
from zones.proof.receipts import Receipt, document_bytes
from zones.schema import STORAGE_CRS

NAME_BYTES = 10
TEXT_BYTES = 254
"""What a dBASE table holds of a field's name and of a text."""

CUT = "…"

SHORT_NAMES = {
    "area_error_m2": "area_pm_m2",
    "declared_area_m2": "stated_m2",
    "district_codes": "districts",
    "half_width_m": "half_wid_m",
    "unlocated_zh": "unloc_zh",
    "unlocated_en": "unloc_en",
    "positioning": "position",
    "axis_error_m": "axis_err_m",
}
"""Names of ours that are too long for a dBASE table."""


def write_shapefile(
    frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Sequence[Receipt]
) -> int:
    """Write outlines, points and axes as Shapefiles in one archive, UTF-8, EPSG:4490.

    A Shapefile holds one type of shape, names of 10 bytes and texts of 254: `fields.csv` in the archive has the
    full names, `texts.csv` the full texts of those that had to be cut.
    """
    axes = axes_of(frame)
    shapes = tidy(frame.geometry)
    members: dict[str, bytes] = {}
    renamed: dict[str, str] = {}
    cut: list[tuple[str, str, str, str]] = []
    for layer, rows in _layers(shapes).items():
        members |= _shapefile(layer, attributes.iloc[rows], shapes.iloc[rows], renamed, cut)
    if len(axes):
        members |= _shapefile("axes", axis_attributes(frame, attributes), axes, renamed, cut)
    members["fields.csv"] = csv_bytes(pd.DataFrame(renamed.items(), columns=["field", "full_name"]))
    if cut:
        members["texts.csv"] = csv_bytes(pd.DataFrame(cut, columns=["layer", "row", "full_name", "text"]))
    if receipts:
        members[SHAPEFILE_RECEIPTS] = document_bytes(receipts)
    write_atomically(path, _zipped(members))
    return len(frame) + len(axes)


def _layers(shapes: geopandas.GeoSeries) -> dict[str, np.ndarray]:
    """Return the rows of each type of shape; those without a shape stand with the outlines."""
    dimension = shapely.get_dimensions(np.asarray(shapes, dtype=object))
    rows = {"points": dimension == 0, "lines": dimension == 1}
    rows = {"zones": ~(rows["points"] | rows["lines"]), **rows}
    return {layer: np.flatnonzero(here) for layer, here in rows.items() if here.any() or not len(shapes)}


def _shapefile(
    layer: str,
    attributes: pd.DataFrame,
    shapes: geopandas.GeoSeries,
    renamed: dict[str, str],
    cut: list[tuple[str, str, str, str]],
) -> dict[str, bytes]:
    """Return the files of one Shapefile; note in `renamed` and `cut` what the format could not hold."""
    table = with_index(attributes).reset_index(drop=True).infer_objects()
    short = short_names([str(name) for name in table.columns])
    renamed |= {short[name]: name for name in short}
    for name in table.columns:
        if not pd.api.types.is_numeric_dtype(table[name]) or table[name].isna().all():
            texts = [None if pd.isna(value) else str(value) for value in table[name]]
            kept = [None if text is None else fitting(text) for text in texts]
            cut += [(layer, str(table.iat[row, 0]), str(name), str(texts[row]))
                    for row, text in enumerate(kept) if text != texts[row]]  # fmt: skip
            table[name] = pd.Series(kept, dtype="string")
    held = geopandas.GeoDataFrame(table.rename(columns=short), geometry=list(shapes), crs=STORAGE_CRS)
    kinds = {"points": "Point", "lines": "LineString", "axes": "LineString"}
    with tempfile.TemporaryDirectory() as folder:
        pyogrio.write_dataframe(
            held, Path(folder) / f"{layer}.shp", driver="ESRI Shapefile", encoding="UTF-8",
            geometry_type=kinds.get(layer, "Polygon"), promote_to_multi=False,
            layer_options={"DBF_DATE_LAST_UPDATE": EPOCH.isoformat()},
        )  # fmt: skip
        return {each.name: each.read_bytes() for each in sorted(Path(folder).iterdir())}


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Return a field name of at most 10 bytes for each name, no two alike whatever their case.

    Examples
    --------
    >>> short_names(["kind", "area_error_m2", "industries", "Industries2"])
    {'kind': 'kind', 'area_error_m2': 'area_pm_m2', 'industries': 'industries', 'Industries2': 'Industri_2'}
    """
    taken: set[str] = set()
    found = {}
    for name in names:
        short = _first_bytes(SHORT_NAMES.get(name, name), NAME_BYTES)
        number = 1
        while short.lower() in taken:
            number += 1
            short = _first_bytes(name, NAME_BYTES - len(f"_{number}")) + f"_{number}"
        taken.add(short.lower())
        found[name] = short
    return found


def fitting(text: str) -> str:
    """Return a text that fits a dBASE cell; one that is cut ends in an ellipsis."""
    if len(text.encode()) <= TEXT_BYTES:
        return text
    return _first_bytes(text, TEXT_BYTES - len(CUT.encode())) + CUT


def _first_bytes(text: str, most: int) -> str:
    return text.encode()[:most].decode(errors="ignore")


def _zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_MOMENT), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()
