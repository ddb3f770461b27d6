"""Receipts of areas in the workspace: behind the marks of the bench of revisions, and in the files it hands over."""

from collections.abc import Mapping
from typing import Any

from layers.office.workbook import csv_bytes, workbook_bytes
from layers.tables.receipt_page import receipts_page
from ui import table_files
from ui.words.i18n import t
from zones.errors import ZonesError
from zones.proof.receipts import Receipt
from zones.proof.revision_receipts import compare_receipts, list_receipts, revision_receipt
from zones.workspace.workspace_place import workspace_path

CHANGE, BEFORE, AFTER, DIFFERENCE = "change", "before", "after", "difference"
"""Keys of marks: what a revision did; a zone's area at two revisions, and the difference."""

COMPARED = (BEFORE, AFTER, DIFFERENCE)

Issued = Mapping[str, Receipt]
"""Receipts by the keys of their marks."""


def row_key(old: int, new: int, zone_id: str) -> str:
    """Return the part of a mark's key that says of which zone, between which revisions."""
    return f"{old} {new} {zone_id}"


def receipt_of(key: str) -> Receipt | None:
    """Return the receipt that a mark leads to; None for a key that leads to none, or where the revision went."""
    kind, *rest = key.split(" ", 3)
    path = workspace_path()
    try:
        if kind == CHANGE and len(rest) == 1:
            return revision_receipt(path, int(rest[0]), path.name)
        if kind in COMPARED and len(rest) == 3:
            made = compare_receipts(path, int(rest[0]), int(rest[1]), [rest[2]], path.name)
            return by_mark(made, int(rest[0])).get((kind, rest[2]))
    except (ZonesError, ValueError):
        return None
    return None


def by_mark(receipts: tuple[Receipt, ...], old: int) -> dict[tuple[str, str], Receipt]:
    """Return receipts of a comparison by mark and zone; `old` is the revision compared with."""
    found = {}
    for each in receipts:
        told = each.workspace
        area = BEFORE if told is not None and told.new == old else AFTER
        found[area if each.kind == "area" else DIFFERENCE, each.zones[0].zone_id] = each
    return found


def of_list() -> Issued:
    """Return the receipts of the list of revisions, each by the key of its mark."""
    path = workspace_path()
    return {f"{CHANGE} {each.workspace.new}": each for each in list_receipts(path, path.name) if each.workspace}


def of_comparison(old: int, new: int) -> Issued:
    """Return the receipts of a comparison of two revisions, each by the key of its mark."""
    path = workspace_path()
    made = by_mark(compare_receipts(path, old, new, stated=path.name), old)
    return {f"{mark} {row_key(old, new, zone_id)}": each for (mark, zone_id), each in made.items()}


def workbook(told: dict[str, Any], issued: Issued, lang: str) -> bytes:
    """Return a table with marks as a workbook: the numbers of its receipts in each row, and a sheet with them all."""
    receipts = tuple(issued.values())
    pages = [table_files.page(with_numbers(told, issued, lang))]
    return workbook_bytes([*pages, *([receipts_page(receipts, lang)] if receipts else [])])


def csv(told: dict[str, Any], issued: Issued, lang: str) -> bytes:
    """Return a table with marks as CSV, with the numbers of its receipts in each row."""
    return csv_bytes(table_files.page(with_numbers(told, issued, lang)).table)


def with_numbers(told: dict[str, Any], issued: Issued, lang: str) -> dict[str, Any]:
    """Return a table with a column more for each column with marks: the numbers of their receipts."""
    marked = [column for column in told["columns"] if column.get("receipt")]
    heads = [{"title": t("history_receipt_of", lang, name=column["title"])} for column in marked]
    rows = []
    for row in told["rows"]:
        found = [issued.get(f"{column['receipt']} {row['receipt']}") for column in marked]
        rows.append(row | {"cells": [*row["cells"], *({"text": each.id if each else ""} for each in found)]})
    named = [
        each | {"title": f"{each['title']} ({each['unit']})"} if each.get("unit") else each for each in told["columns"]
    ]
    return told | {"columns": [*named, *heads], "rows": rows}
