"""Zip-based files (XLSX, PPTX, DOCX) without traces of the clock or of a template: equal input, equal bytes."""

import io
import re
import zipfile
from datetime import date
from typing import Any

EPOCH = date(1980, 1, 1)
"""First day a zip can tell."""

ZIP_MOMENT = (EPOCH.year, EPOCH.month, EPOCH.day, 0, 0, 0)
"""Time of every part of a zip."""

FIRST = ("[Content_Types].xml", "_rels/.rels")
"""Readers that only look at the start of a package expect these there."""

NESTED = (".xlsx", ".docx", ".pptx")
LEFTOVERS = ("/thumbnail", "/printerSettings")
CORE = "docProps/core.xml"
MOMENT = re.compile(rb"(?<=>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z(?=<)")


def steady_zip(content: bytes, day: date = EPOCH) -> bytes:
    """Return an Office file with fixed times and a fixed order of its parts, embedded workbooks included.

    Parameters
    ----------
    content : bytes
        The file as a library wrote it.
    day : date
        Told as the day of making and of the last change; the day of the data, never of the clock.

    Examples
    --------
    >>> stream = io.BytesIO()
    >>> with zipfile.ZipFile(stream, "w") as old:
    ...     old.writestr("b.xml", "b")
    ...     old.writestr("[Content_Types].xml", "a")
    >>> zipfile.ZipFile(io.BytesIO(steady_zip(stream.getvalue()))).namelist()
    ['[Content_Types].xml', 'b.xml']
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=_place):
            info = zipfile.ZipInfo(name, ZIP_MOMENT)
            new.writestr(info, _part(name, old.read(name), day), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def drop_leftovers(main_part: Any) -> None:  # noqa: ANN401 (a part of python-pptx or python-docx)
    """Take off what a library's empty template brings along: its thumbnail and the settings of some printer."""
    package = main_part.package
    for relations in (getattr(package, "_rels", None) or package.rels, main_part.rels):
        for relation_id in [key for key, each in relations.items() if each.reltype.endswith(LEFTOVERS)]:
            relations.pop(relation_id)


def _place(name: str) -> tuple[int, str]:
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _part(name: str, part: bytes, day: date) -> bytes:
    if name == CORE:
        return MOMENT.sub(f"{day.isoformat()}T00:00:00Z".encode(), part)
    return steady_zip(part, day) if name.endswith(NESTED) else part
