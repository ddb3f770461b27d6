"""Slides, report and one-file map written to disk, each with what it rests on."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas

from layers.reports.report import report_docx
from layers.sheets.map_use import INTERNAL, MapUse
from layers.slides.slides import slides_bytes
from layers.web.webmap import web_map_file
from layers.write import write_atomically
from zones.atlas import Atlas
from zones.errors import InputError


def write_slides(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    path: Path,
    decks: Sequence[str] = ("all",),
    lang: str = "zh",
    use: MapUse = INTERNAL,
) -> dict[str, Any]:
    """Write a presentation (see `layers.slides.slides`); return `path`, `pages` and `receipt`.

    Raises
    ------
    InputError
        When the file is no .pptx or cannot be written; or as `slides_bytes`.
    NotClearedError
        As `slides_bytes`.
    """
    _require(path, ".pptx")
    content, pages, record = slides_bytes(atlas, frame, decks, lang, use)
    return _written(atlas, frame, path, content, pages, record)


def write_report(
    atlas: Atlas, frame: geopandas.GeoDataFrame, path: Path, lang: str = "zh", use: MapUse = INTERNAL
) -> dict[str, Any]:
    """Write a report (see `layers.reports.report`); return `path`, `pages` and `receipt`.

    `pages` is None: a document has pages only once an office program has laid it out.

    Raises
    ------
    InputError
        When the file is no .docx or cannot be written; or as `report_docx`.
    NotClearedError
        As `report_docx`.
    """
    _require(path, ".docx")
    content, _, record = report_docx(atlas, frame, lang, use)
    return _written(atlas, frame, path, content, None, record)


def write_html(
    atlas: Atlas, frame: geopandas.GeoDataFrame, path: Path, lang: str = "zh", use: MapUse = INTERNAL
) -> dict[str, Any]:
    """Write the one-file map (see `layers.web.webmap`); return `path`, `pages` and `receipt`.

    Raises
    ------
    InputError
        When the file is no .html or cannot be written; or as `web_map`.
    NotClearedError
        As `layers.web.webmap.web_map_file`.
    """
    _require(path, ".html")
    content, record = web_map_file(atlas, frame, lang, use=use)
    return _written(atlas, frame, path, content, 1, record)


def _require(path: Path, suffix: str) -> None:
    if path.suffix.lower() != suffix:
        raise InputError(f"'{path.name}' cannot be written here; the name must end in {suffix}")


def _written(
    atlas: Atlas, frame: geopandas.GeoDataFrame, path: Path, content: bytes, pages: int | None, record: dict[str, Any]
) -> dict[str, Any]:
    write_atomically(path, content)
    digest = hashlib.sha256(content).hexdigest()
    receipt = {"data_version": atlas.version, "zones": list(frame.index), "sha256": digest, **record}
    return {"path": str(path), "pages": pages, "receipt": receipt}
