"""Zones as GeoParquet 1.1: one table of extents and axes, told apart by `part`."""

from collections.abc import Sequence
from pathlib import Path

import geopandas
import pandas as pd
import pyarrow.parquet as pq

from layers.exports.export_rows import both_parts
from layers.write import fill_atomically
from zones.proof.receipt_files import PARQUET_KEY
from zones.proof.receipts import Receipt, document_bytes


def write_parquet(
    frame: geopandas.GeoDataFrame, attributes: pd.DataFrame, path: Path, receipts: Sequence[Receipt]
) -> int:
    """Write extents and axes as rows of one table; receipts stand in the metadata of the file."""
    rows = both_parts(frame, attributes)

    def fill(temporary: Path) -> None:
        rows.to_parquet(temporary, index=False, write_covering_bbox=True)
        if receipts:
            table = pq.read_table(temporary)
            held = {**table.schema.metadata, PARQUET_KEY: document_bytes(receipts)}
            pq.write_table(table.replace_schema_metadata(held), temporary)

    fill_atomically(path, fill)
    return len(rows)
