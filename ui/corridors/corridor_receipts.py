"""Receipts of the corridor page: at any stop of the slider, made when a mark is pressed."""

from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import geopandas

from ui import cache
from ui.corridors import corridor_data
from ui.corridors.corridor_data import HALF_WIDTHS, Asked
from ui.imports import own_layers
from ui.imports.own_layers import OwnLayer
from zones.corridors.corridor import WIDEST_M, Corridor, HalfWidth
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import at_width
from zones.corridors.covers import zone_covers
from zones.features import source_file
from zones.file_mark import file_mark
from zones.proof.corridor_rows import ROWS
from zones.proof.coverage_receipts import (
    ZONES,
    band_of,
    coverage_makers,
    coverage_receipts,
    curve_receipts,
    near_covers,
)
from zones.proof.receipt_sources import SourceFile
from zones.proof.receipts import Receipt
from zones.proof.series_receipts import SERIES, curve_receipt, table_makers, table_receipts

FIGURES = {
    "covered_share": "covered", "covered_area": "covered", "uncovered_area": "fold", "band_area": "corridor",
    "longest_gap": "gap",
}  # fmt: skip
"""Figures of the slider that have a receipt, and its kind."""

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
    widths, made = even_widths(cells), cells.corridor
    return curve_receipts(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by), widths)


def issued_tables(cells: Cells, half_width: HalfWidth, covered_by: str | None) -> tuple[Receipt, ...]:
    """Return the receipts of axis, sides, lanes, districts and uncovered pieces at one half-width."""
    made = at_width(cells, half_width)
    return table_receipts(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by))


def issued_curve(cells: Cells, covered_by: str | None) -> tuple[Receipt, ...]:
    """Return the one receipt of the whole curve at the half-widths of the cells; a profile has none."""
    widths, made = even_widths(cells), cells.corridor
    if not widths:
        return ()
    return (curve_receipt(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by), widths),)


def own_rows(layer: OwnLayer, field: str | None, cells: Cells, half_width: HalfWidth) -> tuple[Receipt, ...]:
    """Return the receipts of curve and tables under a layer of one's own: whole tables, for it may hold thousands."""
    widths = even_widths(cells)
    rows = own_issued(layer, field, at_width(cells, half_width), partial(table_receipts, by_series=("piece", "lane")))
    if not widths:
        return rows
    return (*own_issued(layer, field, cells.corridor, partial(_one_curve, widths)), *rows)


def _one_curve(widths: tuple[float, ...], *about: Any) -> tuple[Receipt, ...]:  # noqa: ANN401 (of a curve's receipt)
    atlas, made, covers, band, files = about
    return (curve_receipt(atlas, made, covers, band, widths, files),)


def even_widths(cells: Cells) -> tuple[float, ...]:
    """Return the half-widths of the cells that are one along the whole axis."""
    return tuple(each for each in cells.half_widths if not isinstance(each, tuple))


def provable(asked: Asked) -> bool:
    """Tell whether the page's figures can have receipts: a layer of one's own the session may have let go of."""
    return asked.layer is None or own_layer(asked) is not None


def own_file(layer: OwnLayer) -> str:
    """Return the name under which receipts know a layer of one's own, and under which it is downloaded."""
    return f"{layer.name}.parquet"


def own_layer(asked: Asked) -> OwnLayer | None:
    """Return the session's layer that was chosen to cover; None for zones, or where it is gone."""
    return next((each for each in own_layers.layers() if each.name == asked.layer), None)


def own_issued(layer: OwnLayer, field: str | None, made: Corridor, make: Issuer[T]) -> T:
    """Return what is made of a corridor under a layer of one's own; it rests on the layer as it is downloaded.

    No session is asked: a download is made where there is none.
    """
    return _on(layer, field, made, near_covers(layer.path, 0, field, made, WIDEST_M), make)


def _on(layer: OwnLayer, field: str | None, made: Corridor, covers: geopandas.GeoDataFrame, make: Issuer[T]) -> T:
    band, source = band_of(made, cover_file=0, field=field), _hashed(layer.path, own_file(layer), file_mark(layer.path))
    return make(cache.atlas(), made, covers, band, [source])


@lru_cache(maxsize=16)
def _hashed(path: Path, name: str, mark: object) -> SourceFile:  # noqa: ARG001 (the mark is for the cache)
    """Return a layer's name and hash; hashed once, however many receipts are asked for."""
    return source_file(path, name)


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
    in_table = kind in (*ROWS, *SERIES)
    cells = corridor_data.cells_of(asked, corridor_id, asked.profile if width == PROFILE else None)
    layer, made = own_layer(asked), at_width(cells, half_width)
    if layer is not None:
        # No mark on the page leads to a lane, and under a layer they may be thousands.
        makers = partial(table_makers, by_series=("lane",)) if in_table else coverage_makers
        found = _on(layer, asked.field, made, corridor_data.own_covers(asked, layer, made), makers)
    else:
        makers = table_makers if in_table else coverage_makers
        found = makers(cache.atlas(), made, cells.covers, band_of(made, covered_by=covered_by(asked)))
    # Only the one that was asked for is made.
    return next((each.make() for each in found if each.kind == kind and rest[0] in ("", each.row)), None)
