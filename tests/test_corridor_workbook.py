"""The workbook of a corridor: numbers of the engine, formulas that come to the same whoever computes them."""

import io
import shutil
import subprocess

import openpyxl
import pytest

from layers.corridors.corridor_workbook import corridor_workbook
from tests.corridor_cases import bare, counted, shipped
from tests.spreadsheet import Spreadsheet

CASES = {"counted": counted, "counted in English": lambda: counted("en"), "shipped": shipped, "bare": bare}


@pytest.fixture(scope="module", params=list(CASES))
def case(request):
    held = CASES[request.param]()
    return held, corridor_workbook(held)


def opened(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def close(one, other):
    return one == other if isinstance(one, str) else abs(one - other) <= 1e-9 * max(1.0, abs(one))


def agree(formula, one, other):
    """Tell whether two values of a formula are one; of a difference of areas rounding leaves a little."""
    return close(one, other) or ("-" in formula and abs(one - other) < 1e-5)


def row_of(sheet, text, column=1):
    return next(row for row in sheet.iter_rows() if row[column - 1].value == text)


def test_formulas_computed_anew_come_to_what_the_engine_found(case):
    _, content = case
    stored, anew = opened(content, data_only=True), Spreadsheet(opened(content))
    formulas = list(anew.formulas())
    assert len(formulas) > 50
    wrong = [
        (sheet, cell, formula)
        for sheet, cell, formula in formulas
        if not agree(formula, anew.value(sheet, cell), stored[sheet][cell].value)
    ]
    assert wrong == []


@pytest.mark.skipif(shutil.which("localc") is None, reason="LibreOffice Calc is not installed")
def test_libreoffice_computes_the_same(tmp_path):
    content = corridor_workbook(shipped())
    (tmp_path / "a.xlsx").write_bytes(content)
    where = [f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    command = ["soffice", *where, "--outdir", str(tmp_path / "out"), str(tmp_path / "a.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    stored = opened(content, data_only=True)
    anew = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx", data_only=True)
    for sheet, cell, formula in Spreadsheet(opened(content)).formulas():
        assert agree(formula, stored[sheet][cell].value, anew[sheet][cell].value), (sheet, cell, formula)


def test_summary_of_the_counted_corridor():
    book = opened(corridor_workbook(counted()), data_only=True)
    sheet = book["汇总"]
    km2 = {row[0].value: row[5].value for row in sheet.iter_rows(min_row=2)}
    expected = {"走廊带面积": 10, "被覆盖（只计一次）": 5.5, "未覆盖": 4.5, "各区在内面积之和": 6, "重复计入": 0.5}
    expected |= {"左侧面积": 5, "左侧被覆盖": 3, "右侧被覆盖": 2.5}
    assert {name: km2[name] for name in expected} == pytest.approx(expected, rel=1e-5)
    ha, mu = row_of(sheet, "被覆盖（只计一次）")[3:5]
    # 15 亩 make a hectare.
    assert (ha.value, mu.value) == pytest.approx((550, 8250), rel=1e-5)
    assert row_of(sheet, "覆盖率")[1].value == pytest.approx(0.55, rel=1e-5)
    assert row_of(sheet, "缺口合计")[1].value == pytest.approx(3000, abs=1)
    assert "规划未给出宽度" in row_of(sheet, "半宽（每侧）")[8].value
    folds = {row[0].value: row[1].value for row in book["k重覆盖"].iter_rows(min_row=2)}
    assert [folds[k] / 1e6 for k in (0, 1, 2)] == pytest.approx([4.5, 5, 0.5], rel=1e-5)
    classes = {row[0].value: row[3].value for row in book["类别"].iter_rows(min_row=2)}
    assert classes == pytest.approx({"M": 0.4, "R": 0.2}, rel=1e-4)


def test_figures_that_follow_are_formulas():
    book = opened(corridor_workbook(counted()))
    summary = book["汇总"]
    assert row_of(summary, "未覆盖")[1].value == "=SUMIF('k重覆盖'!$A$2:$A$4,0,'k重覆盖'!$B$2:$B$4)"
    assert row_of(summary, "走廊带面积")[4].value == "=B3/'单位'!$B$3"
    assert book["单位"]["B3"].value == "=2000/3"
    assert all(cell.data_type == "f" for row in book["核对"].iter_rows(min_row=2, min_col=2) for cell in row)


def test_every_check_agrees(case):
    held, content = case
    book = opened(content, data_only=True)
    sheet = book[held.of(("核对", "Checks"))]
    results = [row[5].value for row in sheet.iter_rows(min_row=2)]
    assert set(results) == {held.of(("相符", "agrees"))}
    assert len(results) >= 5


def test_a_wrong_number_shows_in_the_checks():
    book = opened(corridor_workbook(counted()))
    book["k重覆盖"]["B2"].value += 1000.0
    anew = Spreadsheet(book)
    results = [anew.value("核对", f"F{row}") for row in range(2, book["核对"].max_row + 1)]
    assert "不符" in results


def test_curve_is_drawn_by_the_spreadsheet():
    book = opened(corridor_workbook(counted()))
    (chart,) = book["宽度曲线"]._charts
    assert [each.yVal.numRef.f for each in chart.series] == [
        f"'宽度曲线'!${column}$2:${column}$4" for column in ("G", "H", "D")
    ]
    assert "宽度曲线" not in opened(corridor_workbook(bare())).sheetnames


def test_method_says_what_the_figures_rest_on(case):
    held, content = case
    sheet = opened(content)[held.of(("方法与来源", "Method and sources"))]
    text = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for said in (held.atlas.version, "EPSG:4490", "2000/3", held.of(("规划未给出宽度", "No plan gives a width"))):
        assert said in text


def test_names_of_a_file_run_nothing():
    cell = row_of(opened(corridor_workbook(counted()))["各区内外"], "'=1+1")[0]
    assert cell.data_type == "s"


def test_equal_input_gives_equal_bytes():
    assert corridor_workbook(counted()) == corridor_workbook(counted())
