"""Each area printed in a report or a deck is one that a receipt in the same file was issued for."""

import io
import re

import docx
import pytest
from pptx import Presentation

from layers.reports.report import report_docx
from layers.slides.slides import slides_bytes
from tests.tiny import write_atlas
from zones import read_atlas
from zones.proof.passport import record_in
from zones.units import M2_PER_UNIT

UNITS = {"km²": "km2", "公顷": "ha", "亩": "mu"}
AREA = re.compile(r"([\d,]+(?:\.\d+)?)(?: ± [\d.,]+)? ?(km²|公顷|亩)")


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("printed") / "data"))


def in_document(content):
    held = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in held.tables for row in table.rows for cell in row.cells]
    return [*(each.text for each in held.paragraphs), *cells]


def in_deck(content):
    shapes = [shape for slide in Presentation(io.BytesIO(content)).slides for shape in slide.shapes]
    cells = [cell.text for each in shapes if each.has_table for row in each.table.rows for cell in row.cells]
    return [*(each.text_frame.text for each in shapes if each.has_text_frame), *cells]


def unproved(texts, record, stated):
    """Return the areas in texts that no receipt and no plan has, to the digits shown."""
    known = [float(each["value"]) for each in record["receipts"]]
    known += [float(each["error_m2"]) for each in record["receipts"] if "error_m2" in each] + stated
    lost = []
    for text in texts:
        if "2000/3" in text:
            continue  # what a 亩 is, not how large a zone is
        for number, unit in AREA.findall(text):
            decimals = len(number.partition(".")[2])
            step = M2_PER_UNIT[UNITS[unit]] * 10**-decimals
            value = float(number.replace(",", "")) * M2_PER_UNIT[UNITS[unit]]
            # Half a step; of a number that ends in noughts the error may allow tens, so a step of its last digit.
            shown = number.replace(",", "")
            step *= 10 ** (len(shown) - len(shown.rstrip("0"))) if "." not in shown else 1
            if value and not any(abs(abs(each) - value) <= 0.5001 * step for each in known):
                lost.append((number, unit, text))
    return lost


@pytest.mark.parametrize("form", [".docx", ".pptx"])
def test_each_area_printed_has_a_receipt(atlas, form):
    if form == ".docx":
        content = report_docx(atlas, atlas.zones)[0]
        texts = in_document(content)
    else:
        content = slides_bytes(atlas, atlas.zones)[0]
        texts = in_deck(content)
    stated = [float(each) for each in atlas.zones["declared_area_m2"].dropna()]
    assert any(AREA.search(text) for text in texts)
    assert unproved(texts, record_in(content, form, "made"), stated) == []
