"""Contradictions, rules and crosswalk as a workbook; tables of the browser as work sheets."""

import io

import openpyxl
import pytest

from layers.office.workbook import workbook_bytes
from ui import cache, table_files
from ui.plans import conflict_book
from zones.statements.conflicts import Conflict, Evidence


@pytest.fixture(scope="module")
def atlas():
    return cache.atlas()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_all_three_parts_of_the_page(atlas, lang):
    found = cache.found_conflicts()
    made = conflict_book.pages(atlas, found, None, lang)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(made)))
    assert len(book.sheetnames) == 5
    assert book.worksheets[0].max_row == len(found) + 1
    rules, results = cache.rule_results()
    assert book.worksheets[1].max_row == len(rules) + 1
    # How often a rule was tried is a number in the file too.
    assert sum(row[2].value for row in book.worksheets[1].iter_rows(min_row=2)) == len(results)
    assert all(sheet.max_row > 1 for sheet in book.worksheets)


def test_either_side_has_document_lines_and_passage(atlas):
    plan = next(iter(atlas.plans.values())).plan
    said = tuple(Evidence(plan.plan_id, lines) for lines in ((2, 3), (5, 5), (6, 6)))
    table = conflict_book.contradictions(
        atlas, [Conflict("two_values", (), "两数不同", "Two values", said)], {plan.plan_id: list("abcdefg")}, "zh"
    )
    row = table.iloc[0]
    assert row["甲 文件"] == row["乙 文件"] == f"{plan.short.zh} · {plan.document.name}"
    assert row["甲 行号"].startswith("2-3")
    assert (row["甲 原文"], row["乙 原文"], row["其余 原文"]) == ("b\nc", "e", "f")


def test_two_plans_stand_against_each_other(atlas):
    first, second = (plan.plan for plan in list(atlas.plans.values())[:2])
    said = (Evidence(first.plan_id, (1, 1)), Evidence(second.plan_id, (4, 4)), Evidence(first.plan_id, (2, 2)))
    row = conflict_book.contradictions(atlas, [Conflict("two_values", (), "异", "differs", said)], {}, "en").iloc[0]
    assert row["A document"].endswith(f" · {first.document.name}")
    assert row["B document"].endswith(f" · {second.document.name}")
    assert [part.strip().split(" ")[0] for part in row["A lines"].split(";")] == ["1", "2"]
    assert row["Further document"] == ""


def test_a_table_of_the_browser_keeps_counts_as_numbers_and_heads_apart():
    told = {
        "caption": "表",
        "columns": [{"title": "规划"}, {"title": "数"}, {"title": "规划"}],
        "rows": [
            {"cells": [{"text": "甲"}, {"text": "1,234", "sort": 1234}, {"text": "5.0", "soft": " m²", "sort": 5}]}
        ],
    }
    page = table_files.page(told)
    assert page.title == "表"
    assert list(page.table.columns) == ["规划", "数", "规划 2"]
    assert list(page.table.iloc[0]) == ["甲", 1234, "5.0 m²"]
