"""`zones coverage -o`: files by their suffix, several at once, none of an unknown kind."""

import json
from functools import partial

import geopandas
import openpyxl
import pytest

from tests import corridor_cases
from ui.corridors.corridor_files import WRITERS
from zones.proof.corridor_rows import ROWS
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify


@pytest.fixture
def zones(run_command):
    return partial(run_command, "coverage")


def test_several_files_of_one_corridor(zones, tmp_path):
    book, package = tmp_path / "a.xlsx", tmp_path / "a.gpkg"
    asked = ("--corridor", "baoan.corridor.nanguang", "--half-width", 800, "--curve", "400:1200:400")
    code, out, err = zones(*asked, "-o", book, "-o", package, "--lang", "en", "--format", "json")
    assert code == 0, err
    answer = json.loads(out)
    assert "files" not in answer
    assert f"written to {book}" in err
    curve = openpyxl.load_workbook(book, data_only=True)["Curve"]
    rows = [(row[0].value, row[2].value) for row in curve.iter_rows(min_row=2)]
    assert rows == [(row["half_width_m"], pytest.approx(row["covered_m2"], rel=1e-9)) for row in answer["curve"]]
    by_id = {each.id: each for each in read_receipts(book).receipts}
    heads = [cell.value for cell in curve[1]]
    for head, kind in (("Receipt of the band", "corridor"), ("Receipt of covered ground", "covered")):
        named = [by_id[row[heads.index(head)].value] for row in curve.iter_rows(min_row=2)]
        assert [(each.kind, each.band.half_width) for each in named] == [(kind, width) for width, _ in rows]
    band = geopandas.read_file(package, layer="band").iloc[0]
    assert band["covered_m2"] == pytest.approx(answer["covered_m2"], rel=1e-9)
    for path in (book, package):
        held = read_receipts(path).receipts
        kinds = {"area", "corridor", "covered", "class", "inside", "fold", "gap", "curve", *ROWS}
        assert {each.kind for each in held} == kinds
        assert verify(corridor_cases.atlas(), held).holds
    assert {each.id: each.value for each in held}[band["receipt_covered"]] == pytest.approx(answer["covered_m2"])


def test_unknown_suffix_writes_nothing(zones, tmp_path):
    code, _, err = zones("--corridor", "baoan.corridor.nanguang", "-o", tmp_path / "a.xlsx", "-o", tmp_path / "a.docx")
    assert code == 2
    assert ".xlsx, .gpkg, .pdf" in err
    assert not list(tmp_path.iterdir())
    assert set(WRITERS) == {".xlsx", ".gpkg", ".pdf"}


def test_unknown_language_is_refused(zones):
    code, _, err = zones("--corridor", "baoan.corridor.nanguang", "--lang", "fr")
    assert (code, "zh or en" in err) == (2, True)
