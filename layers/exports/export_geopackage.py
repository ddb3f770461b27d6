"""Zones, and other frames, as the layers of a GeoPackage."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio

from layers.exports.export_rows import axes_of, axis_attributes, flat_table, tidy
from layers.write import fill_atomically
from zones.proof.receipts import Receipt, canonical, document
from zones.schema import STORAGE_CRS

Receipts = Sequence[Receipt]

# GeoPackage stamps the time of writing into the file; a fixed one keeps equal inputs equal bytes.
FIXED_TIME = "1980-01-01T00:00:00.000Z"


def write_geopackage(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    """Write extents as layer `zones` and axes as layer `axes`; receipts stand in the metadata of the file."""
    extents = tidy(frame.geometry).set_crs(STORAGE_CRS, allow_override=True)
    axes = axes_of(frame)

    def fill(temporary: Path) -> None:
        with _fixed_time():
            _add_layer(temporary, "zones", attributes, extents, receipts)
            if len(axes):
                _add_layer(temporary, "axes", axis_attributes(frame, attributes), axes)

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
                table = flat_table(frame.drop(columns=frame.geometry.name))
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
