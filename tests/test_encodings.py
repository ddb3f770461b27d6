"""Encodings: by .cpg, by the language byte, by strict test; never by replacing characters."""

import io
import struct

import pytest

from zones.errors import ChoiceError, InputError
from zones.intake import encodings
from zones.intake.encodings import dbf_texts, decide, decode_file, decoded, named, previews

GBK, UTF8, BIG5 = "工业用地".encode("gbk"), "工业用地".encode(), "國土".encode("big5")


@pytest.mark.parametrize(
    ("text", "name"),
    [("GBK", "gb18030"), ("936", "gb18030"), ("CP936", "gb18030"), ("ANSI 936", "gb18030"), ("UTF-8", "utf-8"),
     ("65001", "utf-8"), ("Big5", "big5"), ("ANSI_936", "gb18030")],
)  # fmt: skip
def test_names_as_people_write_them(text, name):
    assert named(text, "x") == name


def test_an_unknown_name():
    with pytest.raises(InputError, match="no known encoding"):
        named("chinese-ish", "x")


@pytest.mark.parametrize(
    ("texts", "stated", "ldid", "name", "source"),
    [
        ([GBK], "GBK", 0, "gb18030", ".cpg file"),
        ([UTF8], "UTF-8", 0x4D, "utf-8", ".cpg file"),
        ([GBK], None, 0x4D, "gb18030", "language byte 0x4D"),
        ([BIG5], None, 0x4F, "big5", "language byte 0x4F"),
        ([GBK], None, 0x57, "gb18030", "strictly valid GB18030"),
        ([UTF8], None, 0, "utf-8", "strictly valid UTF-8"),
        ([b"ABC"], None, 0, "utf-8", "plain ASCII"),
        ([GBK], "garbled", 0, "gb18030", "strictly valid GB18030"),
    ],
)
def test_order_of_evidence(texts, stated, ldid, name, source):
    found = decide(texts, "x", told=None, stated=stated, ldid=ldid)
    assert found.name == name
    assert source in found.known_from
    assert not found.doubt


def test_a_wrong_cpg_is_found_out():
    found = decide([GBK], "x", told=None, stated="UTF-8")
    assert found.name == "gb18030"
    assert found.doubt == ".cpg file says utf-8, but 1 texts are not utf-8"


def test_what_is_neither_is_asked():
    with pytest.raises(ChoiceError) as caught:
        decide([b"\xff\xff\xff\x80"], "x", told=None, stated=None)
    assert caught.value.about == "encoding"
    assert "gb18030" in caught.value.choices


def test_what_a_person_says_is_held_to_account():
    assert decide([GBK], "x", told="GBK", stated="UTF-8").known_from == "you said so"
    with pytest.raises(ChoiceError, match="is not utf-8"):
        decide([GBK], "x", told="utf-8", stated=None)


def test_only_a_last_character_may_be_cut():
    whole = "规划用地性质".encode()
    assert decoded(whole[:-1], "utf-8") == "规划用地性"
    assert decoded(whole[1:], "utf-8") is None
    assert decoded("规划".encode("gbk")[:-1], "gb18030") == "规"


def test_a_dbf_is_read_by_its_own_header():
    fields = [(b"NAME", b"C", 8), (b"N", b"N", 4)]
    header = 32 + 32 * len(fields) + 1
    head = struct.pack("<4BIHH", 3, 26, 1, 1, 2, header, 13) + b"\x00" * 17 + b"\x4d" + b"\x00" * 2
    descriptors = b"".join(
        name.ljust(11, b"\x00") + kind + b"\x00" * 4 + bytes([size]) + b"\x00" * 15 for name, kind, size in fields
    )
    body = b" " + GBK + b"   1" + b" " + b"ABC     " + b"   2"
    texts, ldid, records = dbf_texts(io.BytesIO(head + descriptors + b"\x0d" + body), "x")
    assert list(texts) == [GBK]
    assert (ldid, records) == (0x4D, 2)


def test_a_large_dbf_is_read_block_by_block(monkeypatch):
    monkeypatch.setattr(encodings, "AT_ONCE", 20)
    field = "名".encode("gbk").ljust(11, b"\x00") + b"C" + b"\x00" * 4 + bytes([8]) + b"\x00" * 15
    head = struct.pack("<4BIHH", 3, 26, 1, 1, 5, 65, 9) + b"\x00" * 20
    cells = [GBK, GBK, b"ABC     ", "商业".encode("gbk").ljust(8), "公园绿地".encode("gbk")]
    file = io.BytesIO(head + field + b"\x0d" + b"".join(b" " + cell for cell in cells) + b"\x1a")
    texts, _, _ = dbf_texts(file, "x")
    assert next(texts) == "名".encode("gbk")
    # Two records of nine bytes fit into a block of twenty.
    assert next(texts) == GBK
    assert file.tell() == 65 + 2 * 9
    assert [text.decode("gbk") for text in texts] == ["商业", "公园绿地"]


@pytest.mark.parametrize("content", [b"", b"\x03" * 40, b"\x00" * 400])
def test_a_dbf_that_makes_no_sense(content):
    with pytest.raises(InputError, match=r"\.dbf file"):
        dbf_texts(io.BytesIO(content), "x")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_whole_files(encoding):
    text, found = decode_file("名称,用地\n甲,工业用地".encode(encoding), "x", None)
    assert text == "名称,用地\n甲,工业用地"
    assert found.name == encoding.removesuffix("-sig")


def test_previews_show_each_choice():
    shown = previews([GBK, b"ascii"])
    assert shown["gb18030"] == ("工业用地",)
    assert "\ufffd" in shown["utf-8"][0]


WESTERN = ("Köln".encode("cp1252"), "Besançon".encode("cp1252"), "Zürich Süd".encode("cp1252"))


@pytest.mark.parametrize("stated", ["1252", "ISO-8859-1", "ANSI 1252"])
def test_a_western_name_for_chinese_text(stated):
    for text, found in (("坪山高新区", "gb18030"), ("坪山高新区", "utf-8")):
        told = decide([text.encode(found)], "x", told=None, stated=stated)
        assert told.name == found
        assert "but the text is Chinese" in told.doubt
    assert decide(WESTERN, "x", told=None, stated=stated).doubt == ""
    assert decide(["坪山".encode("gbk")], "x", told="1252", stated=None).name == "cp1252"
