"""Tables as CSV and XLSX bytes: safe to open, equal for equal input, readable as they are."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from layers import style
from layers.office.steady import steady_zip
from zones.errors import InputError

# openpyxl is loaded when a workbook is made: pages that only offer one must not wait for it.
if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00")
"""A spreadsheet runs text that starts so (CWE-1236); an apostrophe before it keeps it text."""

MAX_CELL = 32767
MAX_WIDTH = 48
FONT_NAME = "Microsoft YaHei"
# Control characters that XML 1.0 cannot hold; tab, line feed and carriage return may stay.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Page:
    """One work sheet.

    Attributes
    ----------
    title : str
        Name on the tab.
    table : pandas.DataFrame
        Cells by column; the index is not written.
    formats : pandas.DataFrame or None
        Number format of each cell, on the same rows; only the columns it has.
    wide : bool
        Whether the last column holds running text, which wraps.
    sums : str or None
        Label of a last row with the sum of each column that has a number format; a formula, which follows the filter.
    """

    title: str
    table: pd.DataFrame
    formats: pd.DataFrame | None = None
    wide: bool = False
    sums: str | None = None


def safe_text(value: Any) -> Any:  # noqa: ANN401 (any cell of a table)
    """Return a cell that no spreadsheet runs: text that starts like a formula gets an apostrophe before it.

    Numbers stay numbers, so a negative difference is not touched. Missing values become None.

    Examples
    --------
    >>> safe_text("=1+1"), safe_text(-1.5), safe_text("铁仔山")
    ("'=1+1", -1.5, '铁仔山')
    """
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, str) and value.lstrip(" ").startswith(FORMULA_STARTS):
        return "'" + value
    return value


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with the mark that makes spreadsheets read Chinese rightly."""
    return _safe(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def workbook_bytes(pages: Sequence[Page]) -> bytes:
    """Return pages as an XLSX file; equal pages give equal bytes.

    Raises
    ------
    InputError
        When a text is longer than a cell can hold.
    """
    return saved(open_book(pages))


def open_book(pages: Sequence[Page]) -> "Workbook":
    """Return pages as a workbook that can still be added to; `saved` makes a file of it.

    Raises
    ------
    InputError
        When a text is longer than a cell can hold.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for page in pages:
        _fill(book.create_sheet(page.title), page)
    return book


def saved(book: "Workbook") -> bytes:
    """Return a workbook as an XLSX file; the clock leaves no trace in it."""
    stream = io.BytesIO()
    book.save(stream)
    return steady_zip(stream.getvalue())


def _safe(table: pd.DataFrame) -> pd.DataFrame:
    cells = {name: table[name].map(safe_text) for name in table}
    return pd.DataFrame(cells, index=table.index, dtype=object).rename(columns=safe_text)


def _fill(sheet: "Worksheet", page: Page) -> None:
    table = _safe(page.table)
    sheet.append([str(name) for name in table.columns])
    for row in table.itertuples(index=False):
        sheet.append([_cell(sheet.title, value) for value in row])
    # A text cell that only looks like a formula must be stored as text, whatever it starts with.
    for cells in sheet.iter_rows(min_row=1):
        for cell in cells:
            if cell.data_type == "f":
                cell.data_type = "s"
    _dress_header(sheet)
    _dress_body(sheet, page)
    _set_widths(sheet, page)
    if page.sums and len(page.table):
        _add_sums(sheet, page)


def _add_sums(sheet: "Worksheet", page: Page) -> None:
    """Write the row of sums below the table, outside what the filter hides."""
    from openpyxl.styles import Border, Font, Side
    from openpyxl.utils import get_column_letter

    last, row = sheet.max_row, sheet.max_row + 1
    summed = {} if page.formats is None else {name: str(page.formats[name].iloc[0]) for name in page.formats}
    for column, name in enumerate(page.table.columns, start=1):
        cell, letter = sheet.cell(row, column), get_column_letter(column)
        if name in summed and "%" not in summed[name]:
            cell.value, cell.number_format = f"=SUBTOTAL(109,{letter}2:{letter}{last})", summed[name]
        cell.font = Font(name=FONT_NAME, size=10, bold=True, color=style.INK.lstrip("#"))
        cell.border = Border(top=Side(style="thin", color=style.INK.lstrip("#")))
    sheet.cell(row, 1).value = page.sums


def _cell(title: str, value: Any) -> Any:  # noqa: ANN401 (any cell of a table)
    if isinstance(value, str):
        value = NO_XML.sub("", value)
        if len(value) > MAX_CELL:
            raise InputError(f"sheet '{title}': a text of {len(value)} characters does not fit a cell; write CSV.")
        return value
    return value.item() if hasattr(value, "item") else value


def _dress_header(sheet: "Worksheet") -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    fill = PatternFill("solid", fgColor=style.ACCENT.lstrip("#"))
    for cell in sheet[1]:
        cell.font = Font(name=FONT_NAME, size=10, bold=True, color=style.PAPER.lstrip("#"))
        cell.fill = fill
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    if sheet.max_row > 1:
        sheet.auto_filter.ref = sheet.dimensions
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _dress_body(sheet: "Worksheet", page: Page) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side

    line = Border(bottom=Side(style="hair", color=style.RULE.lstrip("#")))
    formats = {} if page.formats is None else {name: list(page.formats[name]) for name in page.formats}
    for column, name in enumerate(page.table.columns, start=1):
        wraps = page.wide and column == len(page.table.columns)
        for row in range(2, sheet.max_row + 1):
            cell = sheet.cell(row, column)
            number = isinstance(cell.value, int | float)
            cell.font = Font(name=FONT_NAME, size=10, color=style.INK.lstrip("#"))
            cell.border = line
            cell.alignment = Alignment(horizontal="right" if number else "left", vertical="top", wrap_text=wraps)
            if name in formats and number:
                cell.number_format = formats[name][row - 2] or "General"


def _set_widths(sheet: "Worksheet", page: Page) -> None:
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(page.table.columns, start=1):
        if page.wide and column == len(page.table.columns):
            width = 100.0
        else:
            body = [_shown_width(cell.value) for cell in sheet[get_column_letter(column)][1:]]
            width = min(max([_shown_width(str(name)) / 1.6, *body, 8]) + 2, MAX_WIDTH)
        sheet.column_dimensions[get_column_letter(column)].width = width


def _shown_width(value: Any) -> float:  # noqa: ANN401 (any cell of a table)
    if value is None:
        return 0
    if isinstance(value, float):
        return 13
    # A Chinese character is as wide as two figures.
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(value))
