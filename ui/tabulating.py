"""What `zones tabulate` was pointed at, and its answer as plain rows; apart from the rest, for numba loads slowly."""

from pathlib import Path
from typing import Any

import geopandas

from ui.selecting import features_of
from zones import load
from zones.errors import InputError
from zones.parcel_layer import ParcelLayer
from zones.parcel_stream import open_layer
from zones.read import DRIVERS, crs_of
from zones.records import none_if_nan
from zones.select import select
from zones.tabulate import tabulate
from zones.tabulation import Progress, Tabulation


def tabulated(
    of: Path,
    field: str | None,
    zones: str,
    *,
    layer: str | None = None,
    encoding: str | None = None,
    pairs_to: Path | None = None,
    on_dask: bool = False,
    scheduler: str | None = None,
    show: Progress | None = None,
) -> tuple[list[dict[str, Any]], str]:
    """Return counts and areas of a layer's polygons under each zone, and one sentence on how they came about."""
    if scheduler is not None and not on_dask:
        raise InputError("--scheduler is for a dask cluster; add --engine dask")
    parcels = open_layer(of, layer, encoding)
    over = _zones_over(zones, parcels)
    if on_dask:
        # Loads slowly, and few need it.
        from zones.tabulate_dask import tabulate_dask

        found = tabulate_dask(parcels, over, field, scheduler=scheduler, pairs_to=pairs_to, progress=show)
    else:
        found = tabulate(parcels, over, field, pairs_to=pairs_to, progress=show)
    rows = [{**row, "class": none_if_nan(row["class"])} for row in found.table.to_dict("records")]
    return rows, _summary(parcels, found)


def _summary(parcels: ParcelLayer, found: Tabulation) -> str:
    odd = f"{found.repaired} repaired, {found.left_out} left out"
    if not found.issues.empty:
        odd += f" (such as {'; '.join(found.issues['message'].head(3))})"
    parts = f" in {len(parcels.parts)} parts" if len(parcels.parts) > 1 else ""
    text = f"; text: {parcels.encoding}" if parcels.encoding else ""
    return f"{parcels.path}: {found.features} features{parts}, {odd}; area: {found.area_rule}{text}"


def _zones_over(text: str, parcels: ParcelLayer) -> geopandas.GeoDataFrame:
    """Return zones of the atlas or of a file; a file in the layer's own plane is left as it is drawn."""
    path = Path(text)
    if path.suffix.lower() not in DRIVERS:
        return select(load(), text)
    if not (path.is_file() and parcels.crs.is_projected and crs_of(path) == parcels.crs):
        return features_of(path)
    return features_of(path, planar=True).set_crs(parcels.crs)
