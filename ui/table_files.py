"""A table of the browser as a sheet of a workbook: the same rows, counts as numbers."""

from typing import Any

import pandas as pd
import streamlit as st

from layers.office.workbook import Page, workbook_bytes
from ui.words.i18n import t

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page(told: dict[str, Any], title: str | None = None) -> Page:
    """Return a table of the browser as a work sheet, named by its caption where no title is given."""
    heads = _unlike([str(column["title"]) for column in told["columns"]])
    rows = [[_value(cell) for cell in row["cells"]] for row in told["rows"]]
    return Page(title or str(told["caption"]), pd.DataFrame(rows, columns=heads, dtype=object))


def download(pages: list[dict[str, Any]], name: str, lang: str, key: str) -> None:
    """Show the button that hands tables of a page over as one workbook, made when it is pressed."""
    st.download_button(
        t("download_xlsx", lang), lambda: workbook_bytes([page(told) for told in pages]), f"{name}.xlsx", XLSX,
        on_click="ignore", key=key,
    )  # fmt: skip


def _unlike(heads: list[str]) -> list[str]:
    """Return heads of which no two are equal: a second one gets its number."""
    return [f"{head} {heads[:at].count(head) + 1}" if head in heads[:at] else head for at, head in enumerate(heads)]


def _value(cell: dict[str, Any]) -> Any:  # noqa: ANN401 (a number or text)
    text = str(cell["text"])
    plain = text.replace(",", "")
    if isinstance(cell.get("sort"), int | float) and plain.isdecimal():
        return int(plain)
    return f"{text}{cell.get('soft', '')}"
