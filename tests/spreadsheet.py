"""A small spreadsheet of its own: computes the formulas of a workbook from its numbers, asking nobody for a value."""

import re

from openpyxl.utils.cell import range_boundaries

CELL = r"(?:'(?P<sheet>[^']+)'!)?(?P<first>\$?[A-Z]{1,2}\$?\d+)(?::(?P<last>\$?[A-Z]{1,2}\$?\d+))?"
TEXT_OR_CELL = re.compile(rf'(?P<text>"[^"]*")|{CELL}')


class Spreadsheet:
    """The formulas of a workbook opened without its stored values."""

    def __init__(self, book):
        self.book, self.found = book, {}
        self.verbs = {
            "SUM": lambda cells: sum(numbers(cells)),
            "MAX": lambda *cells: max((each for held in cells for each in numbers(held)), default=0),
            "MIN": lambda *cells: min((each for held in cells for each in numbers(held)), default=0),
            "COUNT": lambda cells: len(numbers(cells)),
            "ABS": abs,
            "IF": lambda true, one, other: one if true else other,
            "SUMPRODUCT": lambda one, other: sum(a * b for a, b in zip(one, other, strict=True)),
            "SUMIF": lambda cells, rule, summed: sum(
                value for cell, value in zip(cells, summed, strict=True) if meets(cell, rule)
            ),
            "MATCH": lambda value, cells, _: cells.index(value) + 1,
            "INDEX": lambda cells, place: cells[place - 1],
        }

    def value(self, sheet, cell):
        """Return what a cell comes to."""
        cell = cell.replace("$", "")
        if (sheet, cell) not in self.found:
            held = self.book[sheet][cell]
            value = self._computed(sheet, held.value) if held.data_type == "f" else held.value
            self.found[sheet, cell] = value
        return self.found[sheet, cell]

    def formulas(self):
        """Yield sheet, cell and formula of each formula."""
        for sheet in self.book:
            for row in sheet.iter_rows():
                yield from ((sheet.title, cell.coordinate, cell.value) for cell in row if cell.data_type == "f")

    def _computed(self, sheet, formula):
        names = dict(self.verbs)

        def held(match):
            if match["text"]:
                return match["text"]
            name = f"_{len(names)}"
            names[name] = self._cells(match["sheet"] or sheet, match["first"], match["last"])
            return name

        return eval(TEXT_OR_CELL.sub(held, formula.removeprefix("=")), {"__builtins__": {}}, names)

    def _cells(self, sheet, first, last):
        if last is None:
            return self.value(sheet, first)
        west, north, east, south = range_boundaries(f"{first}:{last}".replace("$", ""))
        held = self.book[sheet].iter_rows(min_row=north, max_row=south, min_col=west, max_col=east)
        return [self.value(sheet, cell.coordinate) for row in held for cell in row]


def numbers(cells):
    held = cells if isinstance(cells, list) else [cells]
    return [each for each in held if isinstance(each, int | float)]


def meets(cell, rule):
    return cell > float(rule[1:]) if isinstance(rule, str) else cell == rule
