"""Workbooks that keep computing: formulas, each with its value for readers that do not compute."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from layers import style
from layers.office.steady import ZIP_MOMENT
from layers.office.workbook import FONT_NAME, Page, open_book, saved


@dataclass(frozen=True)
class Cell:
    """A number, or a formula with the value it has.

    Attributes
    ----------
    value : float, int, str or None
        Of the formula too: what the spreadsheet will find, put in the file for readers that do not compute.
    shown : str
        Number format.
    formula : str or None
        Starts with "=".
    """

    value: float | str | None
    shown: str = "General"
    formula: str | None = None


@dataclass(frozen=True)
class Tab:
    """A work sheet under one row of heads.

    Attributes
    ----------
    title : str
    heads : sequence of str
    rows : sequence of sequences of str, Cell or None
    totals : int
        How many of the last rows are totals, set apart by a line.
    wide : bool
        Whether the last column holds running text.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | Cell | None]]
    totals: int = 0
    wide: bool = False

    @property
    def last(self) -> int:
        """Number of the last row of the body in the sheet, totals left out; at least 2."""
        return max(len(self.rows) - self.totals + 1, 2)

    def span(self, column: str, *, here: bool = False) -> str:
        """Return the cells of a column's body, as a formula on another sheet (or on this one) names them."""
        cells = f"${column}$2:${column}${self.last}"
        return cells if here else f"'{self.title}'!{cells}"

    def cell(self, column: str, row: int) -> str:
        """Return a cell by column and number of its row in the sheet, as a formula on another sheet names it."""
        return f"'{self.title}'!${column}${row}"


def live_book(tabs: Sequence[Tab | Page]) -> Workbook:
    """Return sheets as a workbook with its formulas in place; `live_bytes` makes a file of it.

    Raises
    ------
    InputError
        When a text is longer than a cell can hold.
    """
    book = open_book([tab if isinstance(tab, Page) else _page(tab) for tab in tabs])
    for tab in tabs:
        if isinstance(tab, Tab):
            _add_formulas(book, tab)
    return book


def live_bytes(book: Workbook, tabs: Sequence[Tab | Page]) -> bytes:
    """Return a workbook of `live_book` as an XLSX file with the value of each formula; equal input, equal bytes."""
    book.calculation.fullCalcOnLoad = True
    return _with_values(saved(book), {tab.title: tab for tab in tabs if isinstance(tab, Tab)}, book.sheetnames)


def _page(tab: Tab) -> Page:
    """Return the sheet with the values of its formulas, which set alignment and width."""
    columns = list(tab.heads)
    values = [[cell.value if isinstance(cell, Cell) else cell for cell in row] for row in tab.rows]
    shown = [[cell.shown if isinstance(cell, Cell) else None for cell in row] for row in tab.rows]
    table = pd.DataFrame(values, columns=columns, dtype=object)
    return Page(tab.title, table, pd.DataFrame(shown, columns=columns, dtype=object), tab.wide)


def _add_formulas(book: Workbook, tab: Tab) -> None:
    sheet = book[tab.title]
    for place, cells in enumerate(tab.rows, start=2):
        for column, cell in enumerate(cells, start=1):
            if isinstance(cell, Cell) and cell.formula:
                sheet.cell(place, column).value = cell.formula
    for row_cells in sheet.iter_rows(min_row=2):
        for cell in row_cells:
            if cell.alignment.horizontal == "left":
                # Set in, or it would touch the figure to its left.
                cell.alignment = Alignment(
                    horizontal="left", vertical="top", indent=1, wrap_text=cell.alignment.wrap_text
                )
    ink = style.INK.lstrip("#")
    for row in range(len(tab.rows) - tab.totals + 2, len(tab.rows) + 2):
        for column in range(1, len(tab.heads) + 1):
            sheet.cell(row, column).font = Font(name=FONT_NAME, size=10, bold=True, color=ink)
            sheet.cell(row, column).border = Border(top=Side(style="thin", color=ink))
    if tab.totals:
        # Sorting or filtering must not take the totals along.
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(tab.heads))}{tab.last}"


def _with_values(content: bytes, tabs: dict[str, Tab], names: Sequence[str]) -> bytes:
    """Return the file with each formula's value in its cell: a preview on a phone computes nothing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            number = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if number and names[int(number[1]) - 1] in tabs:
                part = _filled(part.decode(), tabs[names[int(number[1]) - 1]]).encode()
            new.writestr(zipfile.ZipInfo(name, ZIP_MOMENT), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _filled(sheet: str, tab: Tab) -> str:
    values = {
        f"{get_column_letter(column)}{row}": cell.value
        for row, cells in enumerate(tab.rows, start=2)
        for column, cell in enumerate(cells, start=1)
        if isinstance(cell, Cell) and cell.formula
    }

    def fill(found: re.Match[str]) -> str:
        value = values[found[1]]
        kind = ' t="str"' if isinstance(value, str) else ""
        said = escape(value) if isinstance(value, str) else repr(float(value or 0.0))
        return f'<c r="{found[1]}"{found[2]}{kind}><f>{found[3]}</f><v>{said}</v></c>'

    return re.sub(r'<c r="([A-Z]+\d+)"([^>]*)><f>(.*?)</f><v\s*(?:/>|></v>)</c>', fill, sheet)
