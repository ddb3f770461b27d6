"""Current values of indicators, from a workbook the user fills in and brings back."""

import io
import math
import zipfile
from dataclasses import dataclass

from zones.errors import InputError

FIELDS = ("indicator_id", "year", "value")
"""Headings the first sheet must have, in any order; other columns are passed over."""

MAX_ROWS = 10_000


@dataclass(frozen=True)
class Current:
    """The value of an indicator in a year."""

    indicator_id: str
    year: int
    value: float


def read_current(content: bytes, name: str, known: frozenset[str]) -> tuple[list[Current], list[str]]:
    """Return the filled-in rows of a workbook, and one sentence for each row left out.

    Parameters
    ----------
    content : bytes
        An .xlsx file; its first sheet is read.
    name : str
        What the file is called, for messages.
    known : frozenset of str
        Indicator ids of the atlas.

    Returns
    -------
    values : list of Current
    left_out : list of str
        Rows that hold something but cannot be used; rows without a value are not mentioned.

    Raises
    ------
    InputError
        If the file is no workbook, or its first row lacks a heading.
    """
    # Loaded when a workbook comes: whoever only shows indicators must not wait for it.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"{name}: not readable as an Excel workbook ({error}); save it as .xlsx") from None
    rows = sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 1)
    heads = [str(cell or "").strip() for cell in next(rows, ())]
    missing = [field for field in FIELDS if field not in heads]
    if missing:
        raise InputError(f"{name}: the first row lacks {', '.join(missing)}; start from the template")
    places = [heads.index(field) for field in FIELDS]
    values, left_out = [], []
    for number, row in enumerate(rows, start=2):
        indicator_id, year, value = (row[place] if place < len(row) else None for place in places)
        if value is None:
            continue
        try:
            values.append(_current(indicator_id, year, value, known))
        except ValueError as fault:
            left_out.append(f"{name}: row {number}: {fault}")
    return values, left_out


def _current(indicator_id: object, year: object, value: object, known: frozenset[str]) -> Current:
    if indicator_id not in known:
        raise ValueError(f"indicator_id '{indicator_id}' is not in the atlas; copy it from the template")
    if not isinstance(year, int | float) or not 2000 <= year <= 2100:
        raise ValueError(f"year is '{year}'; give a year such as 2023")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"value is '{value}'; give a number")
    return Current(str(indicator_id), int(year), float(value))
