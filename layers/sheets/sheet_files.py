"""Sheets as files: drawn, given their passport, written whole; and what the command tells of them."""

import hashlib
from pathlib import Path
from typing import Any

import geopandas

from layers.passport import embed
from layers.sheets.map_check import clear, lint, use_record
from layers.sheets.sheet import FORMATS, Sheet, draw_sheet, sheet_bytes
from layers.sheets.sheet_added import NOTHING, Added
from layers.sheets.sheet_plan import Order
from layers.write import write_atomically
from zones.atlas import Atlas
from zones.errors import InputError
from zones.proof.receipts import Receipt, document


def write_sheet(
    atlas: Atlas, frame: geopandas.GeoDataFrame, order: Order, path: Path, added: Added = NOTHING
) -> dict[str, Any]:
    """Draw a sheet and write it to a file whose suffix names the format.

    Parameters
    ----------
    atlas : Atlas
    frame : geopandas.GeoDataFrame
        Zones as `Atlas.zones` holds them, EPSG:4490.
    order : Order
    path : path
        Ends in `.pdf`, `.svg` or `.png` (300 dpi).
    added : Added
        Layers over the zones.

    Returns
    -------
    dict
        `path`, `pages` and `receipt` (see `receipt_of`).

    Raises
    ------
    InputError
        When the suffix is none of the three, the sheet cannot be drawn, or the file cannot be written.
    NotClearedError
        When the sheet is for the public, has faults that stop it, and nobody signed it off.
    """
    form = path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        known = ", ".join(f".{each}" for each in FORMATS)
        raise InputError(f"{path}: a sheet is no '{path.suffix}' file; end the name with one of {known}.")
    content, receipt = sheet_file(atlas, draw_sheet(atlas, frame, order, added), form)
    write_atomically(path, content)
    return {"path": str(path), "pages": 1, "receipt": receipt}


def sheet_file(atlas: Atlas, drawn: Sheet, form: str) -> tuple[bytes, dict[str, Any]]:
    """Return a drawn sheet as the bytes of a file, with its receipt.

    `form` is "pdf", "svg" or "png" (300 dpi).

    Raises
    ------
    NotClearedError
        As `write_sheet`.
    """
    findings = lint(drawn.plan)
    clear(drawn.plan, findings)
    used: dict[str, Any] = {"map_use": use_record(drawn.plan, findings)}
    if drawn.plan.overlays:
        used["overlays"] = [{"name": each.head, **each.facts} for each in drawn.plan.overlays]
    content = embed(sheet_bytes(drawn.figure, form), f".{form}", document(drawn.receipts) | used)
    zones = [zone.zone_id for zone in drawn.plan.zones]
    return content, receipt_of(atlas, zones, drawn.receipts, content) | used


def receipt_of(atlas: Atlas, zones: list[str], receipts: tuple[Receipt, ...], content: bytes) -> dict[str, Any]:
    """Return what a file rests on: data version, zones, its SHA-256, and the receipts of the areas."""
    digest = hashlib.sha256(content).hexdigest()
    return {"data_version": atlas.version, "zones": zones, "sha256": digest, **document(receipts)}
