"""Passports: a record goes into a file and comes back as it was; the file stays the file it was."""

import io
import json
import random
import zipfile

import docx
import openpyxl
import pptx
import pytest
from matplotlib.figure import Figure
from PIL import Image
from pypdf import PdfReader

from layers.passport import code, embed
from zones.errors import InputError
from zones.proof.passport import NAME, NAMESPACE, SUFFIXES, read_record, record_in

RECORD = {
    "format": "zones-receipts/1",
    "receipts": [{"id": "0123456789ab", "value": 0.1 + 0.2, "note": '</script>]]> & "甲" <b>'}],
}
OTHER = {"format": "zones-receipts/1", "receipts": []}


def drawn(form):
    figure = Figure(figsize=(1, 1))
    figure.add_axes((0, 0, 1, 1)).plot([0, 1])
    stream = io.BytesIO()
    clock = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {"Title": "t"}}
    figure.savefig(stream, format=form, metadata=clock[form])
    return stream.getvalue()


def saved(file):
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def deck():
    made = pptx.Presentation()
    made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = "题"
    return saved(made)


def letter():
    made = docx.Document()
    made.add_paragraph("正文")
    return saved(made)


FILES = {
    ".pdf": drawn("pdf"),
    ".svg": drawn("svg"),
    ".png": drawn("png"),
    ".docx": letter(),
    ".pptx": deck(),
    ".xlsx": saved(openpyxl.Workbook()),
    ".html": "<!doctype html><html><head><meta charset=utf-8></head><body><p>甲</p></body></html>".encode(),
}
MADE = {suffix: embed(content, suffix, RECORD) for suffix, content in FILES.items()}


def test_every_suffix_is_tried():
    assert set(FILES) == set(SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_record_comes_back_as_it_was(suffix, tmp_path):
    path = tmp_path / f"file{suffix.upper()}"
    path.write_bytes(MADE[suffix])
    assert read_record(path) == RECORD


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_equal_input_gives_equal_bytes_and_a_new_record_takes_the_place_of_the_old(suffix):
    assert embed(FILES[suffix], suffix, RECORD) == MADE[suffix]
    again = embed(MADE[suffix], suffix, OTHER)
    assert record_in(again, suffix, "again") == OTHER
    assert b"0123456789ab" not in again
    assert record_in(embed(again, suffix, RECORD), suffix, "third") == RECORD


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_without_a_record_says_so(suffix, tmp_path):
    path = tmp_path / f"file{suffix}"
    path.write_bytes(FILES[suffix])
    with pytest.raises(InputError, match="carries no receipt"):
        read_record(path)


def test_a_printed_code_stands_for_the_record():
    assert code(RECORD) == code(json.loads(json.dumps(RECORD)))
    assert len(code(RECORD)) == 12
    assert code(RECORD) != code(OTHER)


def test_a_pdf_keeps_its_pages_and_lists_the_record_as_an_attachment():
    before, after = (PdfReader(io.BytesIO(content)) for content in (FILES[".pdf"], MADE[".pdf"]))
    assert list(after.attachments) == ["zones-receipts.json"]
    assert after.pdf_header == before.pdf_header
    assert after.metadata == before.metadata
    assert after.pages[0].get_contents().get_data() == before.pages[0].get_contents().get_data()


def test_a_png_keeps_its_pixels_and_texts():
    before, after = (Image.open(io.BytesIO(content)) for content in (FILES[".png"], MADE[".png"]))
    assert after.tobytes() == before.tobytes()
    assert after.info["Title"] == "t"
    # Another reader of the format finds the chunk too.
    assert json.loads(after.info[NAME]) == RECORD


def test_an_svg_and_a_page_keep_all_else_as_it_was():
    for suffix, start, end in ((".svg", b'<metadata id="zones', b"</metadata>"), (".html", b"<script", b"</script>\n")):
        at = MADE[suffix].index(start)
        past = MADE[suffix].index(end, at) + len(end)
        assert MADE[suffix][:at] + MADE[suffix][past:] == FILES[suffix]


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".xlsx"])
def test_an_office_file_keeps_its_parts_and_opens_with_the_record_tied_in(suffix):
    before, after = (zipfile.ZipFile(io.BytesIO(content)) for content in (FILES[suffix], MADE[suffix]))
    old, new = set(before.namelist()), set(after.namelist())
    assert old < new
    changed = {name for name in old if before.read(name) != after.read(name)}
    assert len(changed) == 2, "the list of types and the relations of the main part"
    assert {each.date_time for each in after.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    # python-docx reads any such package by its rules: types, relations, parts.
    package = docx.opc.package.OpcPackage.open(io.BytesIO(MADE[suffix]))
    held = [part for part in package.main_document_part.package.iter_parts() if NAMESPACE.encode() in part.blob]
    assert {part.content_type.partition("+")[0] for part in held} == {
        "application/xml", "application/vnd.openxmlformats-officedocument.customXmlProperties"
    }  # fmt: skip


def test_office_libraries_still_read_what_is_seen():
    assert docx.Document(io.BytesIO(MADE[".docx"])).paragraphs[0].text == "正文"
    assert pptx.Presentation(io.BytesIO(MADE[".pptx"])).slides[0].shapes.title.text == "题"
    assert openpyxl.load_workbook(io.BytesIO(MADE[".xlsx"])).sheetnames == ["Sheet"]


def test_word_and_powerpoint_libraries_keep_the_record_on_saving():
    for suffix, read in ((".docx", docx.Document), (".pptx", pptx.Presentation)):
        assert record_in(saved(read(io.BytesIO(MADE[suffix]))), suffix, "saved") == RECORD


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_damaged_file_is_one_sentence_and_never_another_record(suffix, tmp_path):
    drawing = random.Random(5)
    path = tmp_path / f"file{suffix}"
    for _ in range(60):
        content = bytearray(MADE[suffix])
        if drawing.random() < 0.3:
            del content[int(drawing.random() * len(content)) :]
        else:
            start = drawing.randrange(len(content))
            content[start : start + 40] = drawing.randbytes(40)
        path.write_bytes(content)
        try:
            read = read_record(path)
        except InputError as error:
            assert str(path) in str(error)
            assert "\n" not in str(error)
        else:
            assert set(read) <= set(RECORD)


def test_bytes_of_another_kind_are_one_sentence():
    for suffix in set(SUFFIXES) - {".html"}:
        with pytest.raises(InputError, match="make it again"):
            embed(b"nothing of the kind", suffix, RECORD)
    with pytest.raises(InputError, match=r"'\.bmp' files carry no receipts"):
        embed(b"", ".bmp", RECORD)


def test_a_missing_file_and_a_strange_one_are_one_sentence(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_record(tmp_path / "none.pdf")
    (tmp_path / "a.bmp").write_bytes(b"")
    with pytest.raises(InputError, match=r"'\.bmp' files carry no receipts"):
        read_record(tmp_path / "a.bmp")
