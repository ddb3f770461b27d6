"""Zones as files other software reads: GeoJSON, GeoPackage, CSV and XLSX, one rule for flattening them all."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import shapely

from layers.receipt_page import by_zone, receipts_page
from layers.workbook import Page, csv_bytes, workbook_bytes
from layers.write import fill_atomically, write_atomically
from zones.atlas import Atlas
from zones.errors import InputError
from zones.measure import measure
from zones.receipt_files import SIDECAR
from zones.receipts import Receipt, area_receipts, canonical, document, document_bytes
from zones.records import locators, none_if_nan, plan_zone
from zones.schema import STORAGE_CRS, Part

Receipts = Sequence[Receipt]

DIGITS = 7
"""Decimals of a written coordinate in degrees: 1 cm, far below any error stated here."""

LIST_MARK = "；"
"""Joins the items of a list in a text field; no name in the plans holds it."""

EXTENT_FIELDS = (
    *("zone_id", "name_zh", "name_en", "aliases", "kind", "plan_id", "scheme_ids", "parent_ids"),
    *("district_codes", "grade", "error_m", "area_m2", "area_error_m2", "declared_area_m2", "basis", "basis_en"),
    *("method", "edge_rule", "traced_on", "half_width_m", "unlocated_zh", "unlocated_en"),
)
AXIS_FIELDS = (
    *("zone_id", "name_zh", "name_en", "kind", "plan_id", "grade", "error_m"),
    *("basis", "basis_en", "traced_on", "half_width_m"),
)
# GeoPackage stamps the time of writing into the file; a fixed one keeps equal inputs equal bytes.
FIXED_TIME = "1980-01-01T00:00:00.000Z"


def export(atlas: Atlas, frame: geopandas.GeoDataFrame, path: Path | str) -> dict[str, Any]:
    """Write zones, with their plan attributes, to a file whose suffix names the format.

    Parameters
    ----------
    atlas : Atlas
        Where the zones come from; gives their sources and the data version.
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, EPSG:4490.
    path : path
        Ends in `.geojson`, `.gpkg`, `.csv` or `.xlsx`.

    Returns
    -------
    dict
        `path`; `features` written (extents and axes; rows in a table); `receipt` with `data_version`,
        `zones`, `sha256` of the file, and the receipts of the areas (see `zones.receipts.document`).

    Notes
    -----
    The column `receipt` holds the id of each area's receipt. The receipts stand in the file itself: in the
    member `receipts` of a GeoJSON, the metadata of a GeoPackage, the sheet 凭证 of a workbook. A CSV has no
    place for them; `NAME.csv.receipts.json` beside it holds them.

    Raises
    ------
    InputError
        When the suffix is none of the four, or the file cannot be written.
    """
    receipts = area_receipts(atlas, frame, ("ellipsoid",))
    attributes = flatten(frame).join(by_zone(receipts)).join(_plan_texts(atlas, frame))
    written = _write(frame, _flat_table(attributes), Path(path), receipts)
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
        Ends in `.geojson`, `.gpkg`, `.csv` or `.xlsx`.

    Returns
    -------
    int
        Features written.

    Raises
    ------
    InputError
        When the suffix is none of the four, or the file cannot be written.
    """
    columns = frame.drop(columns=frame.geometry.name)
    attributes = _flat_table(columns)
    return _write(frame, attributes, Path(path))


def flatten(frame: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return the attributes of zones as plain cells: numbers, and text with lists joined by `；`.

    Areas are on the ellipsoid, in m²; a missing value is None.
    """
    areas = measure(frame)
    extra = {"area_m2": areas["ellipsoid_m2"], "area_error_m2": areas["error_m2"]}
    full = frame.drop(columns=[frame.geometry.name, "axis"], errors="ignore").assign(**extra)
    return _flat_table(full[[name for name in EXTENT_FIELDS if name in full.columns]])


def geojson_text(frame: geopandas.GeoDataFrame, receipts: Receipts = ()) -> str:
    """Return zones as GeoJSON after RFC 7946: one feature a line, outer rings counterclockwise, 7 digits.

    A corridor has a second feature with `part` = `axis`; a zone without a shape has `geometry` null and
    says why in `unlocated_zh` and `unlocated_en`. Receipts of the areas, where given, are named in the
    property `receipt` and stand in the member `receipts`.
    """
    attributes = flatten(frame)
    if receipts:
        attributes = _flat_table(attributes.join(by_zone(receipts)))
    return _collection(frame, attributes, receipts)


def _write(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts = ()) -> int:
    writers: dict[str, Callable[[geopandas.GeoDataFrame, pd.DataFrame, Path, Receipts], int]] = {
        ".geojson": _write_geojson,
        ".gpkg": _write_geopackage,
        ".csv": _write_csv,
        ".xlsx": _write_workbook,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(writers)
        raise InputError(f"{path}: '{path.suffix}' files cannot be written; end the name with one of {known}.")
    return writer(frame, attributes, path, receipts)


def _write_geojson(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    text = _collection(frame, attributes, receipts)
    write_atomically(path, text.encode())
    return len(frame) + len(_axes(frame))


def _write_geopackage(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    extents = _tidy(frame.geometry).set_crs(STORAGE_CRS, allow_override=True)
    axes = _axes(frame)

    def fill(temporary: Path) -> None:
        with _fixed_time():
            _add_layer(temporary, "zones", attributes, extents, receipts)
            if len(axes):
                _add_layer(temporary, "axes", _axis_attributes(frame, attributes), axes)

    fill_atomically(path, fill)
    return len(frame) + len(axes)


def write_layers(layers: Mapping[str, geopandas.GeoDataFrame], path: Path | str, receipts: Receipts = ()) -> int:
    """Write frames as the layers of one GeoPackage, every coordinate as it is.

    Parameters
    ----------
    layers : mapping of str to geopandas.GeoDataFrame
        EPSG:4490, one type of geometry in each; a layer may have no row.
    path : path
    receipts : sequence of Receipt
        Kept in the metadata of the first layer.

    Returns
    -------
    int
        Features written.

    Raises
    ------
    InputError
        When the file cannot be written.
    """

    def fill(temporary: Path) -> None:
        with _fixed_time():
            for name, frame in layers.items():
                table = _flat_table(frame.drop(columns=frame.geometry.name))
                held = () if temporary.exists() else receipts
                _add_layer(temporary, name, table, frame.geometry, held)

    fill_atomically(path, fill)
    return sum(map(len, layers.values()))


@contextmanager
def _fixed_time() -> Iterator[None]:
    """Let GeoPackages be stamped with a fixed time meanwhile."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _add_layer(
    path: Path, layer: str, attributes: pd.DataFrame, shapes: geopandas.GeoSeries, receipts: Receipts = ()
) -> None:
    # All-empty object columns would be written without a type; text is what they would hold.
    columns = attributes.loc[shapes.index].reset_index(drop=True).infer_objects()
    for name in columns.columns[columns.isna().all()]:
        columns[name] = columns[name].astype("string")
    table = geopandas.GeoDataFrame(columns, geometry=shapes.reset_index(drop=True), crs=STORAGE_CRS)
    if "zone_id" not in table.columns and shapes.index.name:
        table.insert(0, str(shapes.index.name), list(shapes.index))
    kinds = set(table.geometry.geom_type.dropna())
    shape_type = kinds.pop() if len(kinds) == 1 else "Unknown"
    held = {"receipts": canonical(document(receipts))} if receipts else None
    pyogrio.write_dataframe(
        table, path, layer=layer, driver="GPKG", append=path.exists(), geometry_type=shape_type, dataset_metadata=held
    )


def _write_csv(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    table = _with_index(attributes).assign(geometry_wkt=list(map(_wkt, _tidy(frame.geometry))))
    axes = _axes(frame)
    if len(axes):
        table["axis_wkt"] = list(axes.reindex(frame.index).map(_wkt))
    write_atomically(path, csv_bytes(table))
    if receipts:
        write_receipts(path.with_name(path.name + SIDECAR), receipts)
    return len(table)


def _write_workbook(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    # No geometry here: a cell holds 32 767 characters, and a shape cut short is worse than none.
    pages = [Page("zones", _with_index(attributes)), *([receipts_page(receipts)] if receipts else [])]
    write_atomically(path, workbook_bytes(pages))
    return len(frame)


def _with_index(attributes: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its index as first column, where it is named."""
    return attributes.reset_index() if attributes.index.name else attributes


def write_receipts(path: Path | str, receipts: Receipts) -> Path:
    """Write receipts as the JSON document that `zones verify` reads.

    Raises
    ------
    InputError
        When the file cannot be written.
    """
    return write_atomically(path, document_bytes(receipts))


def _collection(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, receipts: Receipts = ()) -> str:
    lines = (json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in _features(frame, attributes))
    # A member of our own beside the features: RFC 7946, 6.1 lets other readers pass over it.
    held = f', "receipts": {document_bytes(receipts).decode().rstrip()}' if receipts else ""
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]" + held + "}\n"


def _features(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame) -> Iterator[dict[str, Any]]:
    axes = _axes(frame)
    lines = _with_index(_axis_attributes(frame, attributes)).to_dict("records")
    axis_of = dict(zip(axes.index, zip(lines, axes, strict=True), strict=True))
    is_zones = "axis" in frame.columns
    rows = _with_index(attributes).to_dict("records")
    for zone_id, row, shape in zip(frame.index, rows, _tidy(frame.geometry), strict=True):
        yield _feature(row | ({"part": Part.EXTENT.value} if is_zones else {}), shape)
        if zone_id in axis_of:
            row, line = axis_of[zone_id]
            yield _feature(row | {"part": Part.AXIS.value}, line)


def _feature(properties: dict[str, Any], shape: shapely.Geometry | None) -> dict[str, Any]:
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _axis_attributes(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame) -> pd.DataFrame:
    """Return what is true of the axis too: an area, for one, is not."""
    names = [name for name in AXIS_FIELDS if name in attributes.columns]
    return attributes.loc[_axes(frame).index, names]


def _axes(frame: geopandas.GeoDataFrame) -> geopandas.GeoSeries:
    if "axis" not in frame.columns:
        return geopandas.GeoSeries([], index=frame.index[:0], crs=STORAGE_CRS)
    axes = frame["axis"]
    return _tidy(geopandas.GeoSeries(axes[axes.notna()], crs=STORAGE_CRS))


def _tidy(shapes: geopandas.GeoSeries) -> geopandas.GeoSeries:
    """Return the shapes as they are written: 7 digits, outer rings counterclockwise."""
    # Pointwise keeps every vertex where it was; a snapping mode could drop a narrow part in silence.
    rounded = shapely.transform(np.asarray(shapes, dtype=object), lambda xy: np.round(xy, DIGITS))
    return geopandas.GeoSeries(shapely.orient_polygons(rounded), index=shapes.index, crs=shapes.crs)


def _plan_texts(atlas: Atlas, frame: geopandas.GeoDataFrame) -> pd.DataFrame:
    """Return what the plan says, in Chinese, and where it says so."""
    rows = []
    for zone_id in frame.index:
        plan, zone = plan_zone(atlas, zone_id)
        rows.append(
            {
                "positioning": zone.positioning.zh if zone.positioning else None,
                "industries": LIST_MARK.join(said.zh for said in zone.industries) or None,
                "anchors": LIST_MARK.join(said.zh for said in zone.anchors) or None,
                "platforms": LIST_MARK.join(said.zh for said in zone.platforms) or None,
                "sources": LIST_MARK.join(map(_source_text, locators(plan, zone.sources))),
            }
        )
    return pd.DataFrame(rows, index=frame.index, dtype=object)


def _source_text(place: dict[str, Any]) -> str:
    lines = f"{place['line_start']}-{place['line_end']}"
    return f"{place['document']} {place['section']} L{lines}"


def _flat_table(table: pd.DataFrame) -> pd.DataFrame:
    # Lists, since a column of numbers would turn None back into NaN, which is no JSON.
    cells = {name: [_flat(value) for value in table[name]] for name in table}
    return pd.DataFrame(cells, index=table.index, dtype=object)


def _flat(value: Any) -> Any:  # noqa: ANN401 (any cell of a frame)
    if isinstance(value, list | tuple):
        return LIST_MARK.join(map(str, value)) or None
    value = none_if_nan(value)
    return value.item() if isinstance(value, np.generic) else value


def _wkt(shape: shapely.Geometry | None) -> str | None:
    return None if shape is None else shapely.to_wkt(shape, rounding_precision=DIGITS)
