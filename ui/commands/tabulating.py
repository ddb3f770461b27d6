"""What `zones tabulate` was pointed at, and its answer as plain rows; apart from the rest, for numba loads slowly."""

from pathlib import Path
from typing import Any

import geopandas

from zones.cells import none_if_nan
from zones.counting.parcel_layer import ParcelLayer
from zones.counting.parcel_stream import open_layer
from zones.counting.tabulate import tabulate
from zones.counting.tabulation import Progress, Tabulation
from zones.errors import InputError
from zones.features import features_over
from zones.intake.own_file import is_file_name


def tabulated(
    of: Path,
    field: str | None,
    zones: str,
    *,
    layer: str | None = None,
    encoding: str | None = None,
    pairs_to: Path | None = None,
    receipts_to: Path | None = None,
    on_dask: bool = False,
    scheduler: str | None = None,
    show: Progress | None = None,
) -> tuple[list[dict[str, Any]], str]:
    """Return counts and areas of a layer's polygons under each zone, and one sentence on how they came about.

    The table's receipt is written to `receipts_to`, where it is given.
    """
    if scheduler is not None and not on_dask:
        raise InputError("--scheduler is for a dask cluster; add --engine dask")
    parcels = open_layer(of, layer, encoding)
    zones_path = Path(zones) if is_file_name(zones) else None
    over = _atlas_zones(zones) if zones_path is None else features_over(zones_path, parcels.crs)
    if on_dask:
        # Loads slowly, and few need it.
        from zones.counting.tabulate_dask import tabulate_dask

        found = tabulate_dask(parcels, over, field, scheduler=scheduler, pairs_to=pairs_to, progress=show)
    else:
        found = tabulate(parcels, over, field, pairs_to=pairs_to, progress=show)
    if receipts_to is not None:
        # Load slowly, and few ask for receipts.
        from ui.commands.selecting import write_receipts
        from zones import read_atlas
        from zones.proof.table_receipts import table_receipt

        write_receipts(receipts_to, (table_receipt(read_atlas(base=False), parcels, over, zones_path, field, found),))
    rows = [{**row, "class": none_if_nan(row["class"])} for row in found.table.to_dict("records")]
    return rows, _summary(parcels, found)


def _atlas_zones(selection: str) -> geopandas.GeoDataFrame:
    from zones import load
    from zones.select import select

    return select(load(), selection)


def _summary(parcels: ParcelLayer, found: Tabulation) -> str:
    odd = f"{found.repaired} repaired, {found.left_out} left out"
    if not found.issues.empty:
        odd += f" (such as {'; '.join(found.issues['message'].head(3))})"
    parts = f" in {len(parcels.parts)} parts" if len(parcels.parts) > 1 else ""
    text = f"; text: {parcels.encoding}" if parcels.encoding else ""
    return f"{parcels.path}: {found.features} features{parts}, {odd}; area: {found.area_rule}{text}"
