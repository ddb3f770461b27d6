"""Writes passports 图件通行证: the receipts of its numbers into the file that shows them, for `zones verify` to read.

Equal bytes and an equal record give equal bytes. A record that stands there already is replaced. All that a person
sees of the file stays as it was. `zones.proof.passport` says where the record stands, and reads it.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from posixpath import basename, dirname
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape

from layers.office.steady import ZIP_MOMENT
from zones.errors import InputError
from zones.proof.passport import ATTACHMENT, CUSTOM_XML, DAMAGED, NAME, NAMESPACE, PNG_START, png_chunks, record_in
from zones.proof.receipts import canonical

CODE_DIGITS = 12

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STORE_ID = "{6E1B0F3A-5B1C-4C43-9D0E-3B6F2A7C8D51}"
"""Office asks each custom part for an id of its own; a drawn one would make equal files differ."""

PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    f'<ds:datastoreItem ds:itemID="{STORE_ID}" xmlns:ds="{OFFICE}/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
RELATIONSHIP = "zonesReceipts"


def embed(content: bytes, suffix: str, record: dict[str, Any]) -> bytes:
    """Return a file with a record in it.

    Parameters
    ----------
    content : bytes
        The whole file.
    suffix : str
        `.pdf`, `.svg`, `.png`, `.docx`, `.pptx`, `.xlsx` or `.html`.
    record : dict
        JSON data; for receipts what `zones.proof.receipts.document` returns. Members beside `format` and `receipts`
        are kept, and passed over by `zones verify`.

    Raises
    ------
    InputError
        If files of that suffix carry no record, or the bytes are no such file.
    """
    form = suffix.lower()
    if form not in WRITERS:
        raise InputError(f"'{suffix}' files carry no receipts; choose one of {', '.join(WRITERS)}")
    text = canonical(record)
    try:
        written = WRITERS[form](content, text)
    except (*DAMAGED, expat.ExpatError) as error:
        raise InputError(f"the bytes are no {form[1:].upper()} file: {error}; make it again") from None
    # A file must not go out with a record that nobody can read.
    read = record_in(written, form, f"the {form[1:].upper()} file")
    if read is None or canonical(read) != text:
        raise InputError(f"the record does not stay as it is in this {form[1:].upper()} file; make the file again")
    return written


def code(record: dict[str, Any]) -> str:
    """Return 12 hex digits that stand for a record, to be printed in the foot of a sheet."""
    return hashlib.sha256(canonical(record).encode()).hexdigest()[:CODE_DIGITS]


def _pdf(content: bytes, text: str) -> bytes:
    # Loaded for PDF only: it takes longer than all other writers together.
    from pypdf import PdfReader, PdfWriter
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        writer = PdfWriter(clone_from=reader)
        writer.pdf_header = reader.pdf_header
        held = [each for each in writer.attachment_list if each.name == ATTACHMENT]
        if held:
            file: Any = held[-1].pdf_object
            file["/EF"]["/F"].set_data(text.encode())
        else:
            writer.add_attachment(ATTACHMENT, text.encode())
        stream = io.BytesIO()
        writer.write(stream)
    except PyPdfError as error:
        raise ValueError(str(error)) from None
    return stream.getvalue()


def _svg(content: bytes, text: str) -> bytes:
    bare = re.sub(rb'<metadata id="%s">[^<]*</metadata>' % NAME.encode(), b"", content)
    at = _after_root_tag(bare)
    return bare[:at] + f'<metadata id="{NAME}">{escape(text)}</metadata>'.encode() + bare[at:]


def _after_root_tag(content: bytes) -> int:
    """Return where the root element's start tag ends."""
    parser = expat.ParserCreate()
    places: list[int] = []
    # Called for every token once the root has begun; the second one starts where the tag ended.
    parser.StartElementHandler = lambda *_: places.append(parser.CurrentByteIndex)
    parser.EndElementHandler = lambda *_: places.append(parser.CurrentByteIndex)
    parser.DefaultHandler = lambda *_: places.append(parser.CurrentByteIndex) if places else None
    parser.Parse(content, True)
    if places[1] == places[0]:
        raise ValueError("it draws nothing")
    return places[1]


def _png(content: bytes, text: str) -> bytes:
    packed = zlib.compress(text.encode(), 9)
    # Keyword, compressed by method 0, no language, no translated keyword.
    ours = NAME.encode() + b"\0"
    chunks = [(kind, data) for kind, data in png_chunks(content) if not (kind == b"iTXt" and data.startswith(ours))]
    # Before the pixels: some readers stop at them.
    first = [kind for kind, _ in chunks].index(b"IDAT")
    chunks.insert(first, (b"iTXt", ours + b"\1\0\0\0" + packed))
    return PNG_START + b"".join(
        struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def _office(content: bytes, text: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    own = next((name for name, part in parts.items() if name.startswith(CUSTOM_XML) and _is_ours(part)), None)
    if own is None:
        own = _add_part(parts)
    parts[own] = (
        f'<?xml version="1.0" encoding="UTF-8"?><receipts xmlns="{NAMESPACE}">{escape(text)}</receipts>'.encode()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            # Office writers stamp each part with the clock.
            package.writestr(zipfile.ZipInfo(name, ZIP_MOMENT), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _is_ours(part: bytes) -> bool:
    return f'xmlns="{NAMESPACE}"'.encode() in part


def _add_part(parts: dict[str, bytes]) -> str:
    """Add an empty custom part to a package, tied to its main document; return its name."""
    number = next(at for at in range(1, len(parts) + 2) if f"{CUSTOM_XML}item{at}.xml" not in parts)
    own, properties = f"{CUSTOM_XML}item{number}.xml", f"{CUSTOM_XML}itemProps{number}.xml"
    main = _main_part(parts["_rels/.rels"])
    relations = f"{dirname(main)}/_rels/{basename(main)}.rels"
    parts[relations] = _with_relation(parts.get(relations, _relations()), RELATIONSHIP, "customXml", f"../{own}")
    parts[own] = b""
    parts[f"{CUSTOM_XML}_rels/item{number}.xml.rels"] = _with_relation(
        _relations(), "rId1", "customXmlProps", basename(properties)
    )
    parts[properties] = PROPERTIES.encode()
    types = "[Content_Types].xml"
    for name, kind in ((own, "application/xml"), (properties, PROPERTIES_TYPE)):
        parts[types] = _before_end(parts[types], "Types", f'Override PartName="/{name}" ContentType="{kind}"')
    return own


def _main_part(relations: bytes) -> str:
    """Return the name of the part that a package is about: the document, the book, the deck."""
    for each in ElementTree.fromstring(relations):
        if each.get("Type") == f"{OFFICE}/relationships/officeDocument":
            return str(each.get("Target")).lstrip("/")
    raise ValueError("the package names no document")


def _relations() -> bytes:
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f'{start}<Relationships xmlns="{PACKAGE}/relationships"></Relationships>'.encode()


def _with_relation(part: bytes, own_id: str, kind: str, target: str) -> bytes:
    element = f'Relationship Id="{own_id}" Type="{OFFICE}/relationships/{kind}" Target="{target}"'
    return _before_end(part, "Relationships", element)


def _before_end(part: bytes, root: str, element: str) -> bytes:
    """Return XML with an empty element put before the end of its root, under the root's own prefix."""
    end = re.search(rb"</(\w+:)?%s\s*>\s*$" % root.encode(), part)
    if end is None:
        raise ValueError(f"a part of the package has no {root}")
    return part[: end.start()] + b"<" + (end[1] or b"") + element.encode() + b"/>" + part[end.start() :]


def _html(content: bytes, text: str) -> bytes:
    start = f'<script type="application/json" id="{NAME}">'
    bare = re.sub(re.escape(start.encode()) + rb"[^<]*</script>\n?", b"", content)
    # A "<" in a text of the record must not end the script; JSON may write it otherwise.
    block = f"{start}{text.replace('<', chr(92) + 'u003c')}</script>\n".encode()
    # At the end: a browser looks for the page's encoding in its first kilobyte.
    at = max(bare.lower().rfind(b"</body>"), 0) or len(bare)
    return bare[:at] + block + bare[at:]


WRITERS: dict[str, Callable[[bytes, str], bytes]] = {
    ".pdf": _pdf,
    ".svg": _svg,
    ".png": _png,
    ".docx": _office,
    ".pptx": _office,
    ".xlsx": _office,
    ".html": _html,
}
