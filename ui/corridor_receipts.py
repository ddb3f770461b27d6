"""Receipts of the corridor page: at any stop of the slider, made when a mark is pressed."""

from ui import cache, corridor_data
from ui.corridor_data import HALF_WIDTHS, Asked
from zones.corridor import HalfWidth
from zones.corridor_cells import Cells
from zones.coverage import at_width
from zones.coverage_receipts import ZONES, band_of, coverage_receipts
from zones.covers import zone_covers
from zones.receipts import Receipt

FIGURES = {"covered_share": "covered", "covered_area": "covered", "band_area": "corridor"}
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


def covered_by(asked: Asked) -> str | None:
    """Return what was asked to cover, as receipts say it: every zone, or those chosen and no others."""
    every = zone_covers(cache.atlas().zones).index
    return ZONES if set(every) <= set(asked.zones) else None


def receipt_of(asked: Asked, key: str) -> Receipt | None:
    """Return the receipt that a mark's key leads to: kind, half-width, corridor and, for one cover's part, the zone."""
    kind, width, corridor_id, *zone = [*key.split(" "), "", ""][:4]
    stops: dict[str, HalfWidth | None] = {f"{each:g}": each for each in HALF_WIDTHS}
    half_width = (stops | {PROFILE: asked.profile}).get(width)
    if half_width is None or corridor_id not in asked.corridors or asked.layer is not None:
        return None
    cells = corridor_data.cells_of(asked, corridor_id, asked.profile if width == PROFILE else None)
    found = issued(cells, half_width, covered_by(asked))
    if kind == "inside":
        return next((each for each in found if each.kind == kind and each.zones[0].zone_id == zone[0]), None)
    return next((each for each in found if each.kind == kind), None)
