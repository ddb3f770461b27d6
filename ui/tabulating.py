"""What `zones tabulate` was pointed at, and its answer as plain rows; apart from the rest, for numba loads slowly."""

from pathlib import Path
from typing import Any

from ui.selecting import write_receipts
from zones import read_atlas
from zones.features import features_over
from zones.parcel_stream import open_layer
from zones.read import DRIVERS
from zones.records import none_if_nan
from zones.select import select
from zones.table_receipts import table_receipt
from zones.tabulate import Progress, tabulate


def tabulated(
    of: Path,
    field: str | None,
    zones: str,
    *,
    layer: str | None,
    pairs_to: Path | None,
    receipts_to: Path | None = None,
    show: Progress | None = None,
) -> tuple[list[dict[str, Any]], str]:
    """Return counts and areas of a layer's polygons under each zone, and one sentence on how they came about.

    The table's receipt is written to `receipts_to`, where it is given.
    """
    parcels = open_layer(of, layer)
    zones_path = Path(zones) if Path(zones).suffix.lower() in DRIVERS else None
    atlas = read_atlas(base=False)
    frame = select(atlas.zones, zones) if zones_path is None else features_over(zones_path, parcels.crs)
    found = tabulate(parcels, frame, field, pairs_to=pairs_to, progress=show)
    if receipts_to is not None:
        write_receipts(receipts_to, (table_receipt(atlas, parcels, frame, zones_path, field, found),))
    odd = f"{found.repaired} repaired, {found.left_out} left out"
    if not found.issues.empty:
        odd += f" (such as {'; '.join(found.issues['message'].head(3))})"
    rows = [{**row, "class": none_if_nan(row["class"])} for row in found.table.to_dict("records")]
    return rows, f"{of}: {found.features} features, {odd}; area: {found.area_rule}"
