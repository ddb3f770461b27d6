"""Binds single PDF pages into a book: a line under each, bookmarks, links in the contents, no trace of the clock."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import Link as LinkMark
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from layers.sheets.sheet_book import Link

PT_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Leaf:
    """One page of a book: a PDF of one page, its bookmark ("" for none), links on it, and the part it belongs to."""

    content: bytes
    bookmark: str = ""
    links: tuple[Link, ...] = ()
    under: str = ""


def bind(leaves: Sequence[Leaf], lines: bytes, title: str) -> bytes:
    """Return the leaves as one PDF, page for page over the pages of `lines`, another PDF."""
    writer = PdfWriter()
    writer.add_metadata({"/Title": title, "/Producer": "Innovation-zone atlas", "/Creator": "Innovation-zone atlas"})
    for leaf in leaves:
        writer.append(io.BytesIO(leaf.content), import_outline=False)
    for page, stamp in zip(writer.pages, PdfReader(io.BytesIO(lines)).pages, strict=True):
        _lay_over(writer, page, stamp)
    _add_bookmarks(writer, leaves)
    for number, leaf in enumerate(leaves):
        for link in leaf.links:
            box = link.box
            corners = (box.x * PT_PER_MM, box.y * PT_PER_MM, box.right * PT_PER_MM, box.top * PT_PER_MM)
            writer.add_annotation(number, LinkMark(rect=corners, target_page_index=link.page - 1))
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _add_bookmarks(writer: PdfWriter, leaves: Sequence[Leaf]) -> None:
    parts: dict[str, Any] = {}
    for number, leaf in enumerate(leaves):
        if leaf.under and leaf.under not in parts:
            parts[leaf.under] = writer.add_outline_item(title=leaf.under, page_number=number)
        if leaf.bookmark:
            writer.add_outline_item(title=leaf.bookmark, page_number=number, parent=parts.get(leaf.under))


def _lay_over(writer: PdfWriter, page: PageObject, stamp: PageObject) -> None:
    """Lay a page over another as one form: merging their contents would read and write every stroke of both."""
    form = DecodedStreamObject()
    form.set_data(b"".join(_streams(stamp)))
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(stamp.mediabox)
    # The copies share their fonts: the writer knows what it has taken from one reader.
    form[NameObject("/Resources")] = stamp["/Resources"].clone(writer)
    resources: Any = page["/Resources"].get_object()
    forms: Any = resources.get("/XObject", DictionaryObject()).get_object()
    forms[NameObject("/PageLine")] = writer._add_object(form.flate_encode())
    resources[NameObject("/XObject")] = forms
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(b"\nQ\nq /PageLine Do Q\n")
    old = page.raw_get("/Contents")
    held = list(old) if isinstance(old, ArrayObject) else [old]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *held, writer._add_object(after)])


def _streams(page: PageObject) -> list[bytes]:
    contents: Any = page["/Contents"].get_object()
    streams = contents if isinstance(contents, ArrayObject) else [contents]
    return [each.get_object().get_data() for each in streams]
