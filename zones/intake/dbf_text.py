"""Which encoding the text of a Shapefile is in, where the file itself does not say so."""

import codecs
import struct
from collections.abc import Iterator
from pathlib import Path

UNTOLD = (0x00, 0x57)
"""Language bytes that tell nothing: none, and "the machine's own", which may be any."""

AT_ONCE = 1 << 20
"""Bytes of records looked at in one go."""


def dbf_encoding(table: Path) -> str | None:
    """Return UTF-8 or GB18030 by the bytes of a .dbf; None where a .cpg or the language byte tells GDAL.

    Notes
    -----
    Text that is UTF-8 throughout is taken as such, any other as GB18030, which holds GBK and GB 2312. A
    character cut off at the end of a name or value is no sign against UTF-8.
    """
    if any(table.with_suffix(suffix).is_file() for suffix in (".cpg", ".CPG")):
        return None
    with table.open("rb") as file:
        header = file.read(32)
        if header[29] not in UNTOLD:
            return None
        start, width = struct.unpack("<hh", header[8:12])
        fields = file.read(start - 32).split(b"\r")[0] if start > 32 else b""
        rows = [fields[at : at + 32] for at in range(0, len(fields) - 31, 32)]
        if not all(_is_utf8(row[:11].split(b"\0")[0]) for row in rows):
            return "GB18030"
        file.seek(start)
        cells = [1, *(row[16] for row in rows)]
        step = max(AT_ONCE // max(width, 1), 1) * width
        return "UTF-8" if all(_are_utf8(text, cells) for text in iter(lambda: file.read(step), b"")) else "GB18030"


def _are_utf8(records: bytes, cells: list[int]) -> bool:
    try:
        records.decode("utf-8")
        return True
    except UnicodeDecodeError:
        return all(_is_utf8(cell) for cell in _cells(records, cells))


def _cells(records: bytes, cells: list[int]) -> Iterator[bytes]:
    at = 0
    while at < len(records):
        for size in cells:
            yield records[at : at + size]
            at += size


def _is_utf8(text: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(text, final=False)
        return True
    except UnicodeDecodeError:
        return False
