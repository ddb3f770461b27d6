"""The reader of passports 图件通行证: the record of receipts that a sheet, a deck or a report carries in itself.

`layers.passport` writes it. Where it stands, by suffix, always under the same name:

- `.pdf`: an attached file;
- `.svg`: a `<metadata>` element of the root;
- `.png`: a compressed `iTXt` chunk (PNG, 11.3.3.4);
- `.docx`, `.pptx`, `.xlsx`: a custom XML part (ECMA-376 part 1, 15.2.5), which Office keeps on saving;
- `.html`: a `<script type="application/json">`, which no browser runs.
"""

import io
import json
import logging
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from zones.errors import InputError
from zones.intake.import_guard import STARTS, Kind

NAME = "zones-receipts"
ATTACHMENT = f"{NAME}.json"
NAMESPACE = "urn:innovation-zone-atlas:receipts"
SVG = "http://www.w3.org/2000/svg"
CUSTOM_XML = "customXml/"
PNG_START = STARTS[Kind.PNG][0]

MOST_BYTES = 1 << 28
"""A record unpacks to this at most: a file that claims more was made to exhaust the machine."""

DAMAGED = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RecursionError, RuntimeError, TypeError, ValueError, ElementTree.ParseError,
    struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What a damaged file makes readers raise: PDF and ZIP libraries stumble over it in many ways."""

Record = dict[str, Any]


def read_record(path: Path) -> Record:
    """Return the record that a file carries.

    Parameters
    ----------
    path : Path
        One of `SUFFIXES`.

    Returns
    -------
    dict
        As it was given to `layers.passport.embed`; for receipts the document of `zones.proof.receipts.document`.

    Raises
    ------
    InputError
        If the file is missing, cannot be read or carries no record.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; check the name")
    if path.suffix.lower() not in READERS:
        raise InputError(f"{path}: '{path.suffix}' files carry no receipts; give one of {', '.join(SUFFIXES)}")
    found = record_in(path.read_bytes(), path.suffix, str(path))
    if found is None:
        raise InputError(f"{path}: carries no receipt; give the file as it was made, not a reprint")
    return found


def record_in(content: bytes, suffix: str, name: str) -> Record | None:
    """Return the record in the bytes of a file, None where there is none.

    Raises
    ------
    InputError
        If the file or the record in it is damaged; `name` says which.
    """
    form = suffix.lower()
    try:
        text = READERS[form](content)
        record = None if text is None else json.loads(text)
    except DAMAGED as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{name}: not readable as {form[1:].upper()}: {reason}; make it again") from None
    if record is not None and not isinstance(record, dict):
        raise InputError(f"{name}: the record it carries is no list of receipts; make it again")
    return record


def _in_pdf(content: bytes) -> bytes | None:
    # Loaded for PDF only: it takes longer than all other readers together.
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It tells of every oddity on standard error; a person gets one sentence, or nothing.
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        held = PdfReader(io.BytesIO(content)).attachments.get(ATTACHMENT)
    except PyPdfError as error:
        raise ValueError(str(error)) from None
    finally:
        log.setLevel(level)
    return held[-1] if held else None


def _in_svg(content: bytes) -> str | None:
    root = ElementTree.fromstring(content)
    held = root.find(f"{{{SVG}}}metadata[@id='{NAME}']")
    return None if held is None else held.text or ""


def _in_png(content: bytes) -> bytes | None:
    for kind, data in png_chunks(content):
        if kind == b"iTXt" and data.startswith(NAME.encode() + b"\0"):
            packed, _, rest = data[len(NAME) + 1], data[len(NAME) + 2], data[len(NAME) + 3 :]
            text = rest.split(b"\0", 2)[2]
            return _unpacked(text) if packed else text
    return None


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(data, MOST_BYTES)
    if not unpacking.eof:
        raise ValueError("its record is cut off or too long")
    return text


def png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and data of each chunk of a PNG file.

    Raises
    ------
    ValueError
        If the file is cut off or a chunk is damaged.
    """
    if not content.startswith(PNG_START):
        raise ValueError("it does not start as one")
    at, kind = len(PNG_START), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        data = content[at + 8 : at + 8 + length]
        (stated,) = struct.unpack_from(">I", content, at + 8 + length)
        if stated != zlib.crc32(kind + data):
            raise ValueError(f"the chunk {kind.decode('latin-1')} is damaged")
        yield kind, data
        at += length + 12


def _in_office(content: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if not part.filename.startswith(CUSTOM_XML) or not part.filename.endswith(".xml"):
                continue
            if part.file_size > MOST_BYTES:
                raise ValueError(f"{part.filename} is too long")
            root = ElementTree.fromstring(package.read(part))
            if root.tag == f"{{{NAMESPACE}}}receipts":
                return root.text or ""
    return None


class _Scripts(HTMLParser):
    """Keeps the text of the script with our name."""

    def __init__(self) -> None:
        super().__init__()
        self.text: str | None = None
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and dict(attrs).get("id") == NAME
        if self.inside:
            self.text = ""

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (the parser's own signature)
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text = (self.text or "") + data


def _in_html(content: bytes) -> str | None:
    page = _Scripts()
    page.feed(content.decode("utf-8-sig"))
    page.close()
    return page.text


READERS: dict[str, Callable[[bytes], str | bytes | None]] = {
    ".pdf": _in_pdf,
    ".svg": _in_svg,
    ".png": _in_png,
    ".docx": _in_office,
    ".pptx": _in_office,
    ".xlsx": _in_office,
    ".html": _in_html,
}
SUFFIXES = tuple(READERS)
