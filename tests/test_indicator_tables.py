"""The board as a workbook, and the template that comes back filled in."""

import io

from openpyxl import load_workbook

from layers.tables.indicator_tables import indicator_table, indicator_workbook, template_workbook
from tests.tiny import LINES, PLAN, changed
from zones.statements.current import Current, read_current
from zones.statements.plans import Plan

RECORD = {
    "indicator_id": "tiny.indicator.one",
    "name": {"zh": "研发投入", "en": "R&D spending"},
    "unit": "亿元",
    "scope": "440306",
    "origin": "table",
    "baseline": {"year": 2020, "form": "number", "value": 100, "raw": "100"},
    "target": {"year": 2025, "form": "number", "value": 200, "raw": "200"},
    "attribute": "expected",
    "source": LINES,
}
ODD = RECORD | {
    "indicator_id": "tiny.indicator.odd",
    "baseline": {"form": "missing", "raw": "—"},
    "target": {"year": 2025, "form": "placeholder", "raw": "XX"},
}
PLANS = {"tiny": Plan.model_validate(changed(PLAN, ("indicators",), [RECORD, ODD]))}


def cells(content):
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_numbers_are_numbers_and_the_rest_keeps_its_words():
    plain, odd = cells(indicator_workbook(PLANS))
    assert (plain["基期值"], plain["目标值"], plain["属性"]) == (100, 200, "预期性")
    assert (odd["基期值"], odd["目标值"], odd["目标原文"]) == (None, None, "XX")
    assert odd["提示"] == "无基期值；原文为占位符"


def test_progress_stands_beside_the_target():
    row = indicator_table(PLANS, [Current("tiny.indicator.one", 2023, 150)], "en").iloc[0]
    assert (row["Current"], row["Progress"], row["Status"]) == (150, 0.5, "on track")


def test_the_template_comes_back_as_current_values():
    book = load_workbook(io.BytesIO(template_workbook(PLANS)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("year") + 1, 2023)
    sheet.cell(2, heads.index("value") + 1, 150)
    stream = io.BytesIO()
    book.save(stream)
    values, left_out = read_current(stream.getvalue(), "now.xlsx", frozenset({"tiny.indicator.one"}))
    assert values == [Current("tiny.indicator.one", 2023, 150)]
    assert left_out == []


def test_equal_input_gives_equal_bytes():
    assert indicator_workbook(PLANS) == indicator_workbook(PLANS)
