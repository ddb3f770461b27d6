"""Text of files from elsewhere: which encoding, and how that is known. Decoding is strict: no character is made up."""

import codecs
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from zones.errors import ChoiceError, InputError

CHINESE = "gb18030"
"""Covers GBK and GB2312 wholly (GB 18030-2022)."""

OFFERED = ("gb18030", "utf-8", "big5")
"""What a person may choose from."""

LDID = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "big5", 0x78: "big5"}
"""Language driver ids of dBASE that name a Chinese code page. The common 0x57 only says "Windows", 0 nothing."""

CODE_PAGES = {"936": "gb18030", "950": "big5", "65001": "utf-8", "1252": "cp1252", "88591": "iso8859-1"}

SAMPLES = 8


@dataclass(frozen=True)
class Encoding:
    """An encoding and how it is known; `doubt` says what speaks against it."""

    name: str
    known_from: str
    doubt: str = ""


def named(text: str, where: str) -> str:
    """Return Python's name of an encoding as people and .cpg files write it; GBK and GB2312 become GB18030.

    Raises
    ------
    InputError
        If no such encoding is known.
    """
    word = text.strip().strip("\x00\ufeff").lower().removeprefix("ansi").removeprefix("oem").strip(" _-")
    word = CODE_PAGES.get(word.removeprefix("cp"), word)
    try:
        found = codecs.lookup(word).name
        b"".decode(found)
    except (LookupError, ValueError, TypeError):
        raise InputError(
            f"{where}: '{text.strip()[:40]}' is no known encoding; use one of {', '.join(OFFERED)}"
        ) from None
    return CHINESE if found in ("gbk", "gb2312", "gb18030", "cp936") else found


def decide(texts: Iterable[bytes], where: str, *, told: str | None, stated: str | None, ldid: int = 0) -> Encoding:
    """Return the encoding of some texts: told, else by .cpg, else by LDID, else UTF-8 if strictly valid, else GB18030.

    Parameters
    ----------
    texts : iterable of bytes
        Values of text fields; an incomplete last character is let pass, for fields cut to their width.
    where : str
        File, for messages.
    told : str, optional
        What the person said.
    stated : str, optional
        Content of the .cpg file.
    ldid : int
        Language driver id of the .dbf.

    Raises
    ------
    ChoiceError
        If the text is neither UTF-8 nor GB18030, or contradicts what was told.
    """
    beyond_ascii = {text for text in texts if not text.isascii()}
    if told:
        name = named(told, "--encoding")
        wrong = misfits(beyond_ascii, name)
        if wrong:
            raise ChoiceError(
                f"{where}: its text is not {name} (such as {wrong[0][:24]!r}); choose another encoding",
                "encoding",
                OFFERED,
            )
        return Encoding(name, "you said so")
    for name, source in _claims(stated, ldid, where):
        wrong = misfits(beyond_ascii, name)
        if not wrong:
            return Encoding(name, source)
        other = _by_test(beyond_ascii, where)
        return Encoding(other.name, other.known_from, f"{source} says {name}, but {len(wrong)} texts are not {name}")
    if not beyond_ascii:
        return Encoding("utf-8", "all text is plain ASCII, the same in every encoding")
    return _by_test(beyond_ascii, where)


def _claims(stated: str | None, ldid: int, where: str) -> list[tuple[str, str]]:
    if stated and stated.strip():
        try:
            return [(named(stated, where), ".cpg file")]
        except InputError:
            pass
    return [(LDID[ldid], f"language byte 0x{ldid:02X} of the .dbf")] if ldid in LDID else []


def _by_test(texts: set[bytes], where: str) -> Encoding:
    if not misfits(texts, "utf-8"):
        return Encoding("utf-8", "no file says so, but all text is strictly valid UTF-8")
    if not misfits(texts, CHINESE):
        return Encoding(CHINESE, "no file says so; the text is not UTF-8 and is strictly valid GB18030 (GBK)")
    raise ChoiceError(
        f"{where}: its text is neither UTF-8 nor GB18030 throughout; name the encoding with --encoding",
        "encoding", OFFERED,
    )  # fmt: skip


def misfits(texts: Iterable[bytes], encoding: str) -> list[bytes]:
    """Return the texts that are not valid in an encoding, an incomplete last character aside."""
    return [text for text in texts if decoded(text, encoding) is None]


def decoded(text: bytes, encoding: str) -> str | None:
    """Return text decoded strictly, less an incomplete last character; None where it does not fit."""
    for cut in range(min(4, len(text))):
        try:
            return text[: len(text) - cut].decode(encoding)
        except UnicodeDecodeError as error:
            # Only a character cut off at the very end may be let go.
            if error.start < len(text) - 4 or cut == 3:
                return None
    return ""


def previews(texts: Iterable[bytes]) -> dict[str, tuple[str, ...]]:
    """Return some texts beyond ASCII as each encoding reads them, marks in place of what does not fit."""
    some = sorted({text for text in texts if not text.isascii()}, key=lambda text: (-len(text), text))[:SAMPLES]
    return {name: tuple(text.decode(name, "replace") for text in some) for name in OFFERED} if some else {}


def dbf_texts(content: bytes, where: str) -> tuple[list[bytes], int, int]:
    """Return all values of the text fields of a .dbf with the field names, its LDID and its number of records.

    Raises
    ------
    InputError
        If the header makes no sense.
    """
    if len(content) < 33:
        raise InputError(f"{where}: the .dbf file is cut off; get the file anew")
    records, header, width = struct.unpack("<IHH", content[4:12])
    fields, at, offset = [], 32, 1
    names = []
    while at + 32 <= min(header, len(content)) and content[at] != 0x0D:
        names.append(content[at : at + 11].split(b"\x00")[0])
        if content[at + 11 : at + 12] == b"C":
            fields.append((offset, content[at + 16]))
        offset += content[at + 16]
        at += 32
    if width < 1 or not 33 <= header <= len(content) or offset > width:
        raise InputError(f"{where}: the header of the .dbf file makes no sense; get the file anew")
    there = min(records, (len(content) - header) // width)
    rows = [content[header + row * width : header + (row + 1) * width] for row in range(there)]
    values = {row[start : start + size].rstrip(b" \x00") for row in rows for start, size in fields}
    return [*names, *values], content[29], records


def decode_file(content: bytes, where: str, told: str | None) -> tuple[str, Encoding]:
    """Return the text of a whole file: by its byte-order mark, else UTF-8 if strictly valid, else GB18030.

    Raises
    ------
    ChoiceError
        If it is neither, or not what was told.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark) and not told:
            return _whole(content, name, where), Encoding(name.removesuffix("-sig"), "byte-order mark")
    known = (
        Encoding(named(told, "--encoding"), "you said so") if told else decide([content], where, told=None, stated=None)
    )
    return _whole(content, known.name, where), known


def _whole(content: bytes, name: str, where: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        raise ChoiceError(
            f"{where}: byte {error.start + 1} is not {name}; choose another encoding with --encoding",
            "encoding",
            OFFERED,
        ) from None
