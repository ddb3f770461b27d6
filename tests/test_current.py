"""Current values: every row is used or named."""

import io

import pytest
from openpyxl import Workbook

from zones.errors import InputError
from zones.statements.current import Current, read_current

KNOWN = frozenset({"a.indicator.x", "a.indicator.y"})


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_rows_are_used_or_named():
    content = workbook(
        ["name", "indicator_id", "value", "year"],
        ["甲", "a.indicator.x", 5.5, 2023],
        ["乙", "a.indicator.y", None, 2023],
        ["丙", "a.indicator.z", 1, 2023],
        ["丁", "a.indicator.x", "很多", 2023],
        ["戊", "a.indicator.x", 1, "去年"],
        ["己", "a.indicator.y", True, 2023],
    )
    values, left_out = read_current(content, "now.xlsx", KNOWN)
    assert values == [Current("a.indicator.x", 2023, 5.5)]
    assert [line.split(": ")[1] for line in left_out] == ["row 4", "row 5", "row 6", "row 7"]
    assert "'a.indicator.z' is not in the atlas" in left_out[0]
    assert "很多" in left_out[1]


def test_formulas_are_never_run():
    content = workbook(["indicator_id", "year", "value"], ["a.indicator.x", 2023, "=1+1"])
    # openpyxl gives the value that Excel saved with the formula; here none was saved.
    assert read_current(content, "now.xlsx", KNOWN) == ([], [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"not a workbook", "not readable as an Excel workbook"),
        (workbook(["id", "wert"]), "lacks indicator_id, year, value"),
        (workbook(), "lacks indicator_id, year, value"),
    ],
)
def test_bad_files_are_one_sentence(content, words):
    with pytest.raises(InputError, match=words):
        read_current(content, "now.xlsx", KNOWN)
