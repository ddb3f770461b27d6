"""What `zones tabulate` was pointed at, and its answer as plain rows; apart from the rest, for numba loads slowly."""

from pathlib import Path
from typing import Any

import geopandas

from ui.selecting import features_of
from zones import load
from zones.own_file import is_file_name
from zones.parcel_stream import ParcelLayer, open_layer
from zones.read import crs_of
from zones.records import none_if_nan
from zones.select import select
from zones.tabulate import Progress, tabulate


def tabulated(
    of: Path, field: str | None, zones: str, *, layer: str | None, pairs_to: Path | None, show: Progress | None = None
) -> tuple[list[dict[str, Any]], str]:
    """Return counts and areas of a layer's polygons under each zone, and one sentence on how they came about."""
    parcels = open_layer(of, layer)
    found = tabulate(parcels, _zones_over(zones, parcels), field, pairs_to=pairs_to, progress=show)
    odd = f"{found.repaired} repaired, {found.left_out} left out"
    if not found.issues.empty:
        odd += f" (such as {'; '.join(found.issues['message'].head(3))})"
    rows = [{**row, "class": none_if_nan(row["class"])} for row in found.table.to_dict("records")]
    return rows, f"{of}: {found.features} features, {odd}; area: {found.area_rule}"


def _zones_over(text: str, parcels: ParcelLayer) -> geopandas.GeoDataFrame:
    """Return zones of the atlas or of a file; a file in the layer's own plane is left as it is drawn."""
    path = Path(text)
    if not is_file_name(text):
        return select(load(), text)
    if not (path.is_file() and parcels.crs.is_projected and crs_of(path) == parcels.crs):
        return features_of(path)
    return features_of(path, planar=True).set_crs(parcels.crs)
