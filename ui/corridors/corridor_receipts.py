"""Receipts of the corridor page: at any stop of the slider, made when a mark is pressed."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from ui import cache
from ui.corridors import corridor_data
from ui.corridors.corridor_data import HALF_WIDTHS, Asked
from ui.imports import own_layers
from ui.imports.own_layers import OwnLayer
from zones.corridors.corridor import Corridor, HalfWidth
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import at_width
from zones.corridors.covers import zone_covers
from zones.features import source_file
from zones.proof.corridor_rows import ROWS, row_makers, row_receipts
from zones.proof.coverage_receipts import ZONES, band_of, coverage_makers, coverage_receipts, curve_receipts
from zones.proof.receipt_sources import SourceFile
from zones.proof.receipts import Receipt

FIGURES = {
    "covered_share": "covered", "covered_area": "covered", "uncovered_area": "fold", "band_area": "corridor",
    "longest_gap": "gap",
}  # fmt: skip
"""Figures of the slider that have a receipt, and its kind."""

HASHES = "corridor-own-hashes"

T = TypeVar("T")

Issuer = Callable[..., T]
"""Takes atlas, corridor, covers, band and files."""

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


def provable(asked: Asked) -> bool:
    """Tell whether the page's figures can have receipts: a layer of one's own the session may have let go of."""
    return asked.layer is None or _own_layer(asked) is not None


def own_file(layer: OwnLayer) -> str:
    """Return the name under which receipts know a layer of one's own, and under which it is downloaded."""
    return f"{layer.name}.parquet"


def _own_layer(asked: Asked) -> OwnLayer | None:
    return next((each for each in own_layers.layers() if each.name == asked.layer), None)


def own_issued(asked: Asked, made: Corridor, make: Issuer[tuple[Receipt, ...]]) -> tuple[Receipt, ...]:
    """Return the receipts of a corridor under a layer of one's own, which rest on the layer as it is downloaded."""
    return _on_own(asked, made, make) or ()


def _on_own(asked: Asked, made: Corridor, make: Issuer[T]) -> T | None:
    """Return what is made on a layer of one's own; None where the session has let go of it."""
    layer = _own_layer(asked)
    if layer is None:
        return None
    covers = corridor_data.own_covers(asked, layer, made)
    band = band_of(made, cover_file=0, field=asked.field)
    return make(cache.atlas(), made, covers, band, [_hashed(layer)])


def _hashed(layer: OwnLayer) -> SourceFile:
    """Return a layer's name and hash; hashed once, however many receipts are asked for."""
    held: dict[tuple[object, ...], SourceFile] = st.session_state.setdefault(HASHES, {})
    key = (layer.name, layer.path, layer.path.stat().st_mtime_ns)
    if key not in held:
        held[key] = source_file(layer.path, own_file(layer))
    return held[key]


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
    if half_width is None or corridor_id not in asked.corridors or not provable(asked):
        return None
    cells = corridor_data.cells_of(asked, corridor_id, asked.profile if width == PROFILE else None)
    made, makers = at_width(cells, half_width), row_makers if kind in ROWS else coverage_makers
    if asked.layer is not None:
        found = _on_own(asked, made, makers) or []
    else:
        found = makers(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by(asked)))
    # Only the one that was asked for is made.
    return next((each.make() for each in found if each.kind == kind and rest[0] in ("", each.row)), None)
