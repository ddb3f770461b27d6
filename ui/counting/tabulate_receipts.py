"""The receipt of what the page of counts tells: one for the whole table, made when it is asked for."""

from dataclasses import replace
from pathlib import Path

from ui.counting.tabulate_job import Job, Order, Outcome, is_running
from zones import Atlas
from zones.counting.parcel_files import digests
from zones.counting.parcel_stream import open_layer
from zones.proof.receipts import Receipt
from zones.select import select

KEY = "table"


def receipt_of(atlas: Atlas, job: Job | None, key: str) -> Receipt | None:
    """Return the receipt a mark of the page leads to; None for another mark, or where nothing was counted."""
    if key != KEY or job is None or is_running(job) or job.future.exception() is not None:
        return None
    return issued(atlas, job.order, job.future.result())


def issued(atlas: Atlas, order: Order, outcome: Outcome) -> Receipt | None:
    """Return the receipt of a count; None where its layer is several files, has changed since, or is gone."""
    # Compiled code loads slowly; it is here already where something was counted.
    from zones.proof.table_receipts import table_receipt

    if order.path.is_dir() or not order.path.is_file() or digests(order.path, lambda: None) != outcome.hashes:
        return None
    zones = select(atlas.zones, order.selection)
    made = table_receipt(atlas, open_layer(order.path, order.layer), zones, None, order.field, outcome.found)
    # The layer goes by the name its reader knows it by.
    name = order.name if Path(order.name).suffix else f"{order.name}{order.path.suffix}"
    return replace(made, files=tuple(replace(each, path=name) for each in made.files or ()))
