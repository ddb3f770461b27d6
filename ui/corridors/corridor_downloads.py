"""Buttons that hand a corridor over: workbook, GeoPackage and printed page, each made when it is asked for."""

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

from ui import cache
from ui.corridors.corridor_data import Asked
from ui.corridors.corridor_files import write_files
from ui.corridors.corridor_receipts import (
    covered_by,
    issued,
    issued_curve,
    issued_rows,
    issued_tables,
    own_issued,
    own_layer,
    own_rows,
    provable,
)
from ui.imports.own_layers import OwnLayer
from ui.words.i18n import t
from zones.corridors.corridor import HalfWidth
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import Coverage, at_width
from zones.proof.coverage_receipts import coverage_receipts
from zones.proof.receipts import Receipt

MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gpkg": "application/geopackage+sqlite3",
    "pdf": "application/pdf",
}


def downloads(asked: Asked, cells: Cells, place: int, found: Coverage, lang: str) -> None:
    """Show a button for each file of a corridor at one of its half-widths."""
    made = found.corridor
    name = made.name_en if lang == "en" else made.name_zh
    # A file is made when it is asked for, by which time nothing of the session can be looked up any more.
    layer = own_layer(asked) if provable(asked) else None
    with st.container(horizontal=True):
        for form, mime in MIME.items():
            st.download_button(
                t(f"corridor_{form}", lang), partial(file, asked, cells, place, form, lang, layer),
                f"{_safe(name)} {made.widest_m:.0f} m.{form}", mime, on_click="ignore", key=f"corridor-{form}",
            )  # fmt: skip


def file(asked: Asked, cells: Cells, place: int, form: str, lang: str, layer: OwnLayer | None = None) -> bytes:
    """Return a file of a corridor as bytes; under a layer of one's own its receipts rest on `layer`."""
    from layers.corridors.handover import of_cells

    half_width = cells.half_widths[place]
    receipts = _receipts(asked, cells, half_width, layer)
    if receipts and form != "pdf":
        rows = _row_receipts(asked, cells, half_width, layer)
        receipts = tuple({each.id: each for each in (*receipts, *rows)}.values())
    held = of_cells(cache.atlas(), cells, place, covered_by=asked.layer, lang=lang, receipts=receipts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"corridor.{form}"
        write_files(held, [path])
        return path.read_bytes()


def _receipts(asked: Asked, cells: Cells, half_width: HalfWidth, layer: OwnLayer | None) -> tuple[Receipt, ...]:
    if layer is not None:
        return own_issued(layer, asked.field, at_width(cells, half_width), coverage_receipts)
    if asked.layer:
        return ()
    return issued(cells, half_width, covered_by(asked))


def _row_receipts(asked: Asked, cells: Cells, half_width: HalfWidth, layer: OwnLayer | None) -> tuple[Receipt, ...]:
    if layer is not None:
        return own_rows(layer, asked.field, cells, half_width)
    by = covered_by(asked)
    return (*issued_rows(cells, by), *issued_curve(cells, by), *issued_tables(cells, half_width, by))


def _safe(name: str) -> str:
    return "".join(sign for sign in name if sign not in '\\/:*?"<>|“”').strip()
