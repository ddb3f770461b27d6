"""The printed page of a corridor: its figures as text, in vectors, equal in any process."""

import hashlib
import io
import os
import subprocess
import sys

import pypdf
import pytest

from layers.corridors.corridor_workbook import corridor_workbook
from layers.sheets.lean_fonts import lean_fonts
from layers.sheets.sheet_corridor import corridor_pdf
from layers.sheets.sheet_corridor_panel import share
from layers.sheets.sheet_text import lean_type
from tests.corridor_cases import bare, counted, shipped
from tests.lean import with_lean_fonts
from zones.errors import InputError


@pytest.fixture(scope="module")
def fonts(tmp_path_factory):
    return with_lean_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="module")
def page(fonts):
    with lean_type(lean_fonts(fonts)):
        return corridor_pdf(shipped())


def words(content):
    (page,) = pypdf.PdfReader(io.BytesIO(content)).pages
    return page.extract_text().replace("\n", " ")


def test_page_says_the_key_figures(page):
    text, found = words(page), shipped().found
    assert share(found.share, found.error_m2 / found.corridor_m2) in text
    assert f"{found.length_m / 1000:.2f} km" in text
    assert f"{found.gaps['length_m'].max() / 1000:.2f} km" in text
    for said in ("南光科技创新走廊", "规划未给出宽度", "1,000 m", "只计一次", "示意图", "EPSG:4547", "OpenStreetMap"):
        assert said in text, said
    assert shipped().atlas.version in text


def test_strip_and_curve_are_on_the_page(page):
    text = words(page)
    for name in {shipped().names[each] for each in shipped().found.lanes["id"]}:
        assert name in text
    assert "覆盖率随半宽变化" in text and "半宽（km）" in text


def test_page_is_one_of_a3_in_vectors_with_its_fonts(page):
    (sheet,) = pypdf.PdfReader(io.BytesIO(page)).pages
    wide, high = (float(each) * 25.4 / 72 for each in sheet.mediabox.upper_right)
    assert (wide, high) == pytest.approx((420, 297), abs=0.2)
    assert not list(sheet.images)
    fonts = [font.get_object()["/BaseFont"] for font in sheet["/Resources"]["/Font"].values()]
    assert fonts and all("NotoSans" in name for name in fonts)


def test_page_in_english_and_on_a4(fonts):
    with lean_type(lean_fonts(fonts)):
        content = corridor_pdf(counted("en"), "A4")
    text = words(content)
    assert "No plan gives a width" in text and "Share covered" in text and "blocks.gpkg" in text
    assert float(pypdf.PdfReader(io.BytesIO(content)).pages[0].mediabox.right) * 25.4 / 72 == pytest.approx(
        297, abs=0.2
    )


def test_page_of_a_profile_that_nothing_covers(fonts):
    with lean_type(lean_fonts(fonts)):
        text = words(corridor_pdf(bare()))
    assert "200–400 m" in text and "不作宽度曲线" in text and "0.0%" in text


def test_other_paper_is_refused():
    with pytest.raises(InputError, match="'A0' is no size"):
        corridor_pdf(counted(), "A0")


SHARES = [(0.324, 0.164, "32 ± 16%"), (0.86, 0.4, "90 ± 40%"), (0.5, None, "50.0%"), (0.5432, 0.0123, "54.3 ± 1.2%")]


@pytest.mark.parametrize(("value", "error", "said"), SHARES)
def test_share_shows_no_digit_its_error_cannot_carry(value, error, said):
    assert share(value, error) == said


def test_another_process_makes_equal_files(fonts, page):
    code = f"""
import hashlib
from pathlib import Path
from layers.corridors.corridor_workbook import corridor_workbook
from layers.sheets.lean_fonts import lean_fonts
from layers.sheets.sheet_corridor import corridor_pdf
from layers.sheets.sheet_text import lean_type
from tests.corridor_cases import shipped
with lean_type(lean_fonts(Path({str(fonts)!r}))):
    page = corridor_pdf(shipped())
for content in (page, corridor_workbook(shipped())):
    print(hashlib.sha256(content).hexdigest())
"""
    there = os.environ | {"PYTHONHASHSEED": "7"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=there)
    here = [hashlib.sha256(content).hexdigest() for content in (page, corridor_workbook(shipped()))]
    assert ran.stdout.split() == here
