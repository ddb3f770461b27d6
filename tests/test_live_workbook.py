"""Cells that compute: formulas with their values in the file, text that stays text."""

import io

import openpyxl

from layers.office.live_workbook import Cell, Tab, live_book, live_bytes
from tests.spreadsheet import Spreadsheet

SUMS = Tab(
    "甲",
    ["name", "a", "b"],
    [["=2+2", Cell(1.5, "0.0"), Cell(3.0, "0.0", "=B2*2")], ["合计", Cell(1.5, "0.0", "=SUM(B2:B2)"), None]],
    totals=1,
)
OTHER = Tab(
    "乙", ["x", "y"], [[Cell(3.0, formula=f"={SUMS.cell('C', 2)}"), Cell("是", formula='=IF(A2<=3,"是","否")')]]
)


def written(*tabs):
    return live_bytes(live_book(tabs), tabs)


def opened(content, **how):
    return openpyxl.load_workbook(io.BytesIO(content), **how)


def test_formulas_stand_in_the_file_with_their_values():
    content = written(SUMS, OTHER)
    assert opened(content)["甲"]["C2"].value == "=B2*2"
    assert opened(content)["乙"]["A2"].value == "='甲'!$C$2"
    stored = opened(content, data_only=True)
    assert [stored["甲"][cell].value for cell in ("C2", "B3")] == [3, 1.5]
    assert [stored["乙"][cell].value for cell in ("A2", "B2")] == [3, "是"]


def test_text_like_a_formula_is_none():
    cell = opened(written(SUMS))["甲"]["A2"]
    assert (cell.data_type, cell.value) == ("s", "'=2+2")


def test_totals_stay_out_of_the_filter():
    sheet = opened(written(SUMS))["甲"]
    assert sheet.auto_filter.ref == "A1:C2"
    assert sheet["A3"].font.bold and not sheet["A2"].font.bold


def test_equal_tabs_give_equal_bytes():
    assert written(SUMS, OTHER) == written(SUMS, OTHER)


def test_the_spreadsheet_of_the_tests_computes():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in ((0, 2.0), (1, 3.0), (2, 4.0)):
        sheet.append(row)
    asked = {
        '=SUMIF(A1:A3,">0",B1:B3)': 7, "=SUMIF(A1:A3,0,B1:B3)": 2, "=SUMPRODUCT($A$1:$A$3,$B$1:$B$3)": 11,
        "=INDEX(B1:B3,MATCH(1,A1:A3,0))": 3, "=MAX(0,B1-B3)": 0, "=COUNT(A1:A9)": 3, "=2000/3": 2000 / 3,
    }  # fmt: skip
    for place, formula in enumerate(asked, start=1):
        sheet.cell(place, 4).value = formula
    computed = Spreadsheet(book)
    assert [computed.value("Sheet", f"D{place}") for place in range(1, len(asked) + 1)] == list(asked.values())
