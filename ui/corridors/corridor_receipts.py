"""Receipts of the corridor page: at any stop of the slider, made when a mark is pressed."""

from ui import cache
from ui.corridors import corridor_data
from ui.corridors.corridor_data import HALF_WIDTHS, Asked
from zones.corridors.corridor import HalfWidth
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import at_width
from zones.corridors.covers import zone_covers
from zones.proof.corridor_rows import ROWS, row_receipts
from zones.proof.coverage_receipts import ZONES, band_of, coverage_receipts, curve_receipts
from zones.proof.receipts import Receipt

FIGURES = {
    "covered_share": "covered", "covered_area": "covered", "uncovered_area": "fold", "band_area": "corridor",
    "longest_gap": "gap",
}  # fmt: skip
"""Figures of the slider that have a receipt, and its kind."""

PROFILE = "profile"
"""Stands in a key for the half-widths along the axis that were written above the page."""


def where(corridor_id: str, half_width: HalfWidth) -> str:
    """Return the part of a mark's key that says for which corridor, and at which half-width."""
    return f"{PROFILE if isinstance(half_width, tuple) else f'{half_width:g}'} {corridor_id}"


def issued(cells: Cells, half_width: HalfWidth, covered_by: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of a corridor under zones, at one half-width; those that the command writes for them."""
    made = at_width(cells, half_width)
    return coverage_receipts(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by))


def issued_rows(cells: Cells, covered_by: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of the curve's rows at the half-widths of the cells; a profile has none."""
    widths = [each for each in cells.half_widths if not isinstance(each, tuple)]
    made = cells.corridor
    return curve_receipts(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by), widths)


def issued_tables(cells: Cells, half_width: HalfWidth, covered_by: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of axis, sides, lanes, districts and uncovered pieces at one half-width."""
    made = at_width(cells, half_width)
    return row_receipts(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by))


def covered_by(asked: Asked) -> str | None:
    """Return what was asked to cover, as receipts say it: every zone, or those chosen and no others."""
    every = zone_covers(cache.atlas().zones).index
    return ZONES if set(every) <= set(asked.zones) else None


def receipt_of(asked: Asked, key: str) -> Receipt | None:
    """Return the receipt that a mark's key leads to: kind, half-width, corridor and, for a row, what it is of.

    That is a zone, a class, how many covers (none: 0), or where a gap begins in whole metres (none: the longest).
    """
    kind, width, corridor_id, *rest = [*key.split(" ", 3), "", ""][:4]
    stops: dict[str, HalfWidth | None] = {f"{each:g}": each for each in HALF_WIDTHS}
    half_width = (stops | {PROFILE: asked.profile}).get(width)
    if half_width is None or corridor_id not in asked.corridors or asked.layer is not None:
        return None
    cells = corridor_data.cells_of(asked, corridor_id, asked.profile if width == PROFILE else None)
    make = issued_tables if kind in ROWS else issued
    found = make(cells, half_width, covered_by(asked))
    return next((each for each in found if each.kind == kind and rest[0] in ("", _row_of(each))), None)


def _row_of(receipt: Receipt) -> str:
    """Return what a row's key says of its receipt."""
    if receipt.band is None:
        return ""
    if receipt.kind == "gap":
        return f"{receipt.band.from_m:.0f}"
    if receipt.kind == "piece":
        return f"{receipt.value:.0f}"
    if receipt.band.areas is not None:
        return receipt.zones[0].zone_id
    if receipt.kind in ROWS:
        return receipt.band.side or ""
    if receipt.kind == "fold":
        return f"{receipt.thresholds.k}"
    return receipt.zones[0].zone_id if receipt.kind == "inside" else receipt.band.class_name or ""
