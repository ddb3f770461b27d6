"""Receipts as a file of their own: alone, or beside a file that has no place for them."""

from collections.abc import Sequence
from pathlib import Path

from layers.write import write_atomically
from zones.proof.receipt_files import SIDECAR
from zones.proof.receipts import Receipt, document_bytes


def write_receipts(path: Path | str, receipts: Sequence[Receipt]) -> Path:
    """Write receipts as the JSON document that `zones verify` reads.

    Raises
    ------
    InputError
        When the file cannot be written.
    """
    return write_atomically(path, document_bytes(receipts))


def write_beside(path: Path, receipts: Sequence[Receipt]) -> None:
    """Write receipts beside a file, under its name and `.receipts.json`; nothing where there are none."""
    if receipts:
        write_receipts(path.with_name(path.name + SIDECAR), receipts)
