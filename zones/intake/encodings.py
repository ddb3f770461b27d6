"""Text of files from elsewhere: which encoding, and how that is known. Decoding is strict: no character is made up."""

import codecs
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

import numpy as np

from zones.errors import ChoiceError, InputError

CHINESE = "gb18030"
"""Covers GBK and GB2312 wholly (GB 18030-2022)."""

OFFERED = ("gb18030", "utf-8", "big5")
"""What a person may choose from."""

LDID = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "big5", 0x78: "big5"}
"""Language driver ids of dBASE that name a Chinese code page. The common 0x57 only says "Windows", 0 nothing."""

CODE_PAGES = {"936": "gb18030", "950": "big5", "65001": "utf-8", "1252": "cp1252", "88591": "iso8859-1"}

WESTERN = ("cp1252", "iso8859-1", "iso8859-15")
"""Encodings that fit any bytes: drawing and map programs write them where they know no better."""

MOST_LONE = 0.25
"""Chinese text in GBK has its bytes beyond ASCII in pairs; Western text has most of them by themselves."""

SAMPLES = 8

AT_ONCE = 1 << 20
"""Bytes of a .dbf looked at in one go: a register of land may be larger than memory."""

BATCH = 4096


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
    claims = [(named(told, "--encoding"), "you said so")] if told else _claims(stated, ldid, where)
    seen, wrong, lone = _tested(texts, tuple(name for name, _ in claims))
    for name, source in claims:
        count, example = wrong[name]
        if not told and name in WESTERN and seen and _is_chinese(wrong, lone):
            other = _by_test(wrong, where)
            return Encoding(other.name, other.known_from, f"{source} says {name}, but the text is Chinese")
        if not count:
            return Encoding(name, source)
        if told:
            raise ChoiceError(
                f"{where}: its text is not {name} (such as {example[:24]!r}); choose another encoding",
                "encoding",
                OFFERED,
            )
        other = _by_test(wrong, where)
        return Encoding(other.name, other.known_from, f"{source} says {name}, but {count} texts are not {name}")
    if not seen:
        return Encoding("utf-8", "all text is plain ASCII, the same in every encoding")
    return _by_test(wrong, where)


Misfits = dict[str, tuple[int, bytes]]
"""How many texts are not valid in an encoding, an incomplete last character aside, and one of them."""


def _is_chinese(wrong: Misfits, lone: float) -> bool:
    return not wrong["utf-8"][0] or (not wrong[CHINESE][0] and lone <= MOST_LONE)


def _tested(texts: Iterable[bytes], claimed: tuple[str, ...]) -> tuple[bool, Misfits, float]:
    """Go once through texts; tell if any is beyond ASCII, what does not fit each encoding, which share stands alone.

    All that does not fit is counted for what is claimed; of the others it is enough to know that something does not.
    """
    seen, wrong = False, dict.fromkeys([*claimed, "utf-8", CHINESE], (0, b""))
    lone = high = 0
    others = (text for text in texts if not text.isascii())
    while batch := list(islice(others, BATCH)):
        seen = True
        beyond = np.frombuffer(b"\n" + b"\n".join(batch) + b"\n", dtype=np.uint8) > 127
        high += int(beyond.sum())
        lone += int((beyond[1:-1] & ~beyond[:-2] & ~beyond[2:]).sum())
        for name, (count, example) in wrong.items():
            if (name in claimed or not count) and not _all_fit(batch, name):
                misfits = [text for text in batch if decoded(text, name) is None]
                wrong[name] = (count + len(misfits), example or next(iter(misfits), b""))
    return seen, wrong, lone / max(high, 1)


def _all_fit(batch: list[bytes], name: str) -> bool:
    # A line end is no part of another character in any encoding that a .dbf is in, so one call tells of all.
    try:
        b"\n".join(batch).decode(name)
        return True
    except UnicodeDecodeError:
        return False


def _claims(stated: str | None, ldid: int, where: str) -> list[tuple[str, str]]:
    if stated and stated.strip():
        try:
            return [(named(stated, where), ".cpg file")]
        except InputError:
            pass
    return [(LDID[ldid], f"language byte 0x{ldid:02X} of the .dbf")] if ldid in LDID else []


def _by_test(wrong: Misfits, where: str) -> Encoding:
    if not wrong["utf-8"][0]:
        return Encoding("utf-8", "no file says so, but all text is strictly valid UTF-8")
    if not wrong[CHINESE][0]:
        return Encoding(CHINESE, "no file says so; the text is not UTF-8 and is strictly valid GB18030 (GBK)")
    raise ChoiceError(
        f"{where}: its text is neither UTF-8 nor GB18030 throughout; name the encoding with --encoding",
        "encoding", OFFERED,
    )  # fmt: skip


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


def dbf_texts(file: BinaryIO, where: str) -> tuple[Iterator[bytes], int, int]:
    """Return the texts beyond ASCII of a .dbf, names of fields among them, its LDID and its number of records.

    Parameters
    ----------
    file : binary file
        At its start. The texts are read from it as they are asked for, in bounded memory, so it must stay open;
        one that recurs nearby comes once.
    where : str
        File, for messages.

    Raises
    ------
    InputError
        If the header makes no sense.
    """
    head = file.read(32)
    if len(head) < 32:
        raise InputError(f"{where}: the .dbf file is cut off; get the file anew")
    records, header, width = struct.unpack("<IHH", head[4:12])
    rest = file.read(max(header - 32, 0))
    cells, offset, names = [], 1, []
    for at in range(0, len(rest) - 31, 32):
        if rest[at] == 0x0D:
            break
        names.append(rest[at : at + 11].split(b"\x00")[0])
        if rest[at + 11 : at + 12] == b"C" and rest[at + 16]:
            cells.append(slice(offset, offset + rest[at + 16]))
        offset += rest[at + 16]
    if width < 1 or header < 33 or len(rest) < header - 32 or offset > width:
        raise InputError(f"{where}: the header of the .dbf file makes no sense; get the file anew")
    return _beyond_ascii(file, names, cells, records, width), head[29], records


def _beyond_ascii(file: BinaryIO, names: list[bytes], cells: list[slice], records: int, width: int) -> Iterator[bytes]:
    yield from (name for name in names if not name.isascii())
    step = max(AT_ONCE // width, 1)
    for first in range(0, records, step):
        block = file.read(min(step, records - first) * width)
        there = len(block) // width
        rows = np.frombuffer(block, dtype=np.uint8, count=there * width).reshape(there, width)
        for cell in cells:
            texts = rows[:, cell]
            texts = np.ascontiguousarray(texts[(texts > 127).any(axis=1)])
            yield from {text.rstrip(b" \x00") for text in texts.view(f"S{texts.shape[1]}").ravel().tolist()}
        if there < step:
            return


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
