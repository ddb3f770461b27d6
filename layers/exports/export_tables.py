"""Zones as tables: CSV with the outline as WKT, and XLSX without it."""

from collections.abc import Sequence
from pathlib import Path

import geopandas
import pandas as pd

from layers.exports.export_rows import axes_of, tidy, with_index, wkt
from layers.exports.receipts_beside import write_beside
from layers.office.workbook import Page, csv_bytes, workbook_bytes
from layers.tables.receipt_page import receipts_page
from layers.write import write_atomically
from zones.proof.receipts import Receipt

Receipts = Sequence[Receipt]


def write_csv(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    """Write one row to a zone; receipts go to a file beside it."""
    table = with_index(attributes).assign(geometry_wkt=list(map(wkt, tidy(frame.geometry))))
    axes = axes_of(frame)
    if len(axes):
        table["axis_wkt"] = list(axes.reindex(frame.index).map(wkt))
    write_atomically(path, csv_bytes(table))
    write_beside(path, receipts)
    return len(table)


def write_workbook(frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Receipts) -> int:
    """Write one row to a zone, and the receipts as a sheet of their own."""
    # No geometry here: a cell holds 32 767 characters, and a shape cut short is worse than none.
    pages = [Page("zones", with_index(attributes)), *([receipts_page(receipts)] if receipts else [])]
    write_atomically(path, workbook_bytes(pages))
    return len(frame)
