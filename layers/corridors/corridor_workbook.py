"""The workbook of a corridor: every total, share and conversion a live formula, with sheets of checks and of method."""

from typing import Any

import numpy as np
import pandas as pd
from openpyxl.chart import Reference, ScatterChart, Series
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.workbook import Workbook

from layers import style
from layers.corridors import corridor_tabs as tabs
from layers.corridors.corridor_tabs import M2, METRES, PERCENT, Row
from layers.corridors.corridor_words import assumption, covered_by, ends, method, width, word
from layers.corridors.handover import Handover
from layers.office.live_workbook import Cell, Tab, live_book, live_bytes
from layers.office.workbook import Page
from layers.tables.receipt_page import receipts_page
from zones.corridors.coverage import SIDES
from zones.proof.fingerprint import fingerprint
from zones.units import M2_PER_UNIT, UNITS, Unit, error_decimals

SUMMARY_ROWS = (
    "covered_share", "band", "covered", "uncovered", "sum", "twice", "left_all", "left_covered", "right_all",
    "right_covered", "half_width", "axis", "gap_count", "gap_longest", "gap_sum", "covers", "axis_error",
)  # fmt: skip
"""Rows of the summary, the first one in row 2."""

ALLOWED = 2e-7
"""Share of the band that two ways to one area may differ by: what the engine asks of its own cells, on both sides."""

CHART_CM = (24.0, 11.0)


def corridor_workbook(held: Handover) -> bytes:
    """Return the workbook of a corridor as XLSX bytes; equal input, equal bytes.

    Notes
    -----
    Areas found by the engine are numbers in m² at full precision; the sheet of units holds how many m² a 公顷, a 亩
    and a km² have, and what follows from both is a formula. Each formula carries the value the engine has for it.
    """
    band, axis = (f"'{word('summary', held.lang)}'!$B${_row(key)}" for key in ("band", "axis"))
    folds, parts, gaps, rest = tabs.folds_tab(held), tabs.parts_tab(held, band), tabs.gaps_tab(held, axis), None
    curve, rest = tabs.curve_tab(held), tabs.rest_tab(held)
    receipts = receipts_page(held.receipts, held.lang) if held.receipts else None
    every: list[Tab | Page | None] = [
        _summary(held, folds, parts, gaps),
        _checks(held, folds, parts, curve, rest, receipts),
        parts,
        tabs.classes_tab(held, band),
        curve,
        tabs.changes_tab(held) if curve else None,
        gaps,
        tabs.chainage_tab(held),
        folds,
        tabs.crossed_tab(held, band),
        rest,
        tabs.units_tab(held.lang),
        _method(held),
        receipts,
    ]
    kept = [each for each in every if each is not None]
    book = live_book(kept)
    book.properties.title = held.name
    if curve is not None:
        _draw_curve(book, curve, held.lang)
    return live_bytes(book, kept)


def _row(key: str) -> int:
    return SUMMARY_ROWS.index(key) + 2


def _summary(held: Handover, folds: Tab, parts: Tab, gaps: Tab) -> Tab:
    lang, found, made = held.lang, held.found, held.found.corridor
    band, covered = f"B{_row('band')}", f"B{_row('covered')}"
    k, area, length = folds.span("A"), folds.span("B"), gaps.span("D")
    longest = float(found.gaps["length_m"].max()) if len(found.gaps) else 0.0
    error = Cell(found.error_m2, M2)
    share_error = Cell(found.error_m2 / found.corridor_m2, "0%", f"=G{_row('covered')}/{band}")
    twice = f"=B{_row('sum')}-{covered}"
    band_error = None if np.isnan(found.corridor_error_m2) else Cell(found.corridor_error_m2, M2)
    widest = made.widest_m
    axis_error = None if np.isnan(made.axis_error_m) else made.axis_error_m
    rows = {
        "covered_share": _plain(found.share, "0%", f"={covered}/{band}", "", share_error, covered_by(held)),
        "band": _area(held, "band", found.corridor_m2, f"=SUM({area})", band_error, ends(held)),
        "covered": _area(held, "covered", found.covered_m2, f'=SUMIF({k},">0",{area})', error),
        "uncovered": _area(held, "uncovered", found.uncovered_m2, f"=SUMIF({k},0,{area})", error),
        "sum": _area(held, "sum", found.sum_m2, f"=SUMPRODUCT({k},{area})", None),
        "twice": _area(held, "twice", found.sum_m2 - found.covered_m2, twice, None),
        "left_all": _area(held, "left_all", found.left_m2[1], None, None),
        "left_covered": _area(held, "left_covered", found.left_m2[0], None, None),
        "right_all": _area(held, "right_all", found.right_m2[1], None, None),
        "right_covered": _area(held, "right_covered", found.right_m2[0], None, None),
        "half_width": _plain(widest, METRES, None, "m", None, assumption(held)),
        "axis": _plain(found.length_m, METRES, None, "m", None, f"{held.name}（{made.corridor_id}）"),
        "gap_count": _plain(len(found.gaps), "0", f"=COUNT({length})", ""),
        "gap_longest": _plain(longest, METRES, f"=MAX({length})", "m"),
        "gap_sum": _plain(float(found.gaps["length_m"].sum()), METRES, f"=SUM({length})", "m"),
        "covers": _plain(len(found.parts), "0", f"=COUNT({parts.span('D')})", ""),
        "axis_error": _plain(axis_error, METRES, None, "m", None, "" if made.axis_grade is None
                             else style.label(style.GRADE_LABELS, made.axis_grade, lang)),
    }  # fmt: skip
    heads = [word("item", lang), word("value", lang), word("unit", lang)]
    heads += [*(UNITS[unit][lang == "en"] for unit in ("ha", "mu", "km2")), "±", word("share", lang)]
    receipts = {"covered_share": "covered", "covered": "covered", "band": "corridor"}
    issued = {key: held.receipt(kind) for key, kind in receipts.items()}
    issued |= {"axis": held.receipt("axis")}
    issued |= {f"{side}_all": held.receipt("side", side=side) for side in SIDES}
    issued |= {f"{side}_covered": held.receipt("side_covered", side=side) for side in SIDES}
    issued |= {"uncovered": held.receipt("fold", k=0), "gap_longest": held.receipt("gap")}
    body = [[word(key, lang), *rows[key], issued.get(key)] for key in SUMMARY_ROWS]
    return Tab(word("summary", lang), [*heads, word("note", lang), word("receipt_no", lang)], body, wide=True)


def _area(held: Handover, key: str, value: float, formula: str | None, error: Cell | None, note: str = "") -> Row:
    """Return an area in m² and in other units, with its ± in m² and its share of the band."""
    row = _row(key)
    shown: dict[Unit, str] = {"ha": "#,##0.0", "mu": "#,##0", "km2": _km2_format(held.found.error_m2)}
    in_units = [
        Cell(value / M2_PER_UNIT[unit], how, f"=B{row}/{tabs.per(unit, held.lang)}") for unit, how in shown.items()
    ]
    share = Cell(value / held.found.corridor_m2, PERCENT, f"=B{row}/B{_row('band')}")
    return [Cell(value, M2, formula), "m²", *in_units, error, share, note]


def _plain(
    value: float | None,
    shown: str,
    formula: str | None,
    unit: str,
    error: Cell | None = None,
    note: str = "",
) -> Row:
    """Return a figure that is no area."""
    return [Cell(value, shown, formula), unit, None, None, None, error, None, note]


def _km2_format(error_m2: float) -> str:
    decimals = 4 if error_m2 <= 0 else min(max(error_decimals(error_m2 / 1e6), 0), 4)
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _checks(held: Handover, folds: Tab, parts: Tab, curve: Tab | None, rest: Tab, receipts: Page | None) -> Tab:
    """Return the identities the figures keep, computed anew by the spreadsheet."""
    found, at = held.found, {key: f"'{word('summary', held.lang)}'!$B${_row(key)}" for key in SUMMARY_ROWS}
    left, right = found.left_m2, found.right_m2
    rest_m2, k_area = float(held.rest["area_m2"].sum()), folds.cell("C", folds.last + 1)
    rows = [
        ("check_whole", f"={at['covered']}+{at['uncovered']}", found.corridor_m2, at["band"], found.corridor_m2),
        ("check_sides", f"={at['left_all']}+{at['right_all']}", left[1] + right[1], at["band"], found.corridor_m2),
        ("check_side_covered", f"={at['left_covered']}+{at['right_covered']}", left[0] + right[0], at["covered"],
         found.covered_m2),
        ("check_sum", f"={k_area}", found.sum_m2, f"SUM({parts.span('D')})", float(found.parts["inside_m2"].sum())),
        ("check_rest", f"=SUM({rest.span('D')})", rest_m2, at["uncovered"], found.uncovered_m2),
    ]  # fmt: skip
    if curve is not None:
        row = f"MATCH({at['half_width']},{curve.span('A')},0)"
        rows.append(
            ("check_curve", f"=INDEX({curve.span('C')},{row})", found.covered_m2, at["covered"], found.covered_m2)
        )
    if receipts is not None and not held.covered_by:
        whole = float((found.parts["inside_m2"] + found.parts["outside_m2"]).sum())
        # Those of whole zones come first, then those of coverage.
        wholes = [receipt.value for receipt in held.receipts if receipt.kind == "area"]
        known = f"SUM('{receipts.title}'!$E$2:$E${len(wholes) + 1})"
        said = float(sum(wholes))
        rows.append(("check_receipts", f"=SUM({parts.span('F')})", whole, known, said))
    body = [_check(held, row, check, at["band"]) for row, check in enumerate(rows, start=2)]
    heads = [word(key, held.lang) for key in ("item", "a", "b", "difference", "allowed", "result")]
    return Tab(word("checks", held.lang), heads, body)


def _check(held: Handover, row: int, check: tuple[str, str, float, str, float], band: str) -> Row:
    key, formula, one, other_formula, other = check
    agrees, differs = word("agrees", held.lang), word("differs", held.lang)
    allowed = ALLOWED * held.found.corridor_m2 + 1e-3
    return [
        word(key, held.lang),
        Cell(one, "#,##0.00", formula),
        Cell(other, "#,##0.00", f"={other_formula}"),
        Cell(abs(one - other), "0.0000", f"=ABS(B{row}-C{row})"),
        Cell(allowed, "0.00", f"={ALLOWED}*{band}+0.001"),
        Cell(agrees if abs(one - other) <= allowed else differs, formula=f'=IF(D{row}<=E{row},"{agrees}","{differs}")'),
    ]


def _method(held: Handover) -> Page:
    """Return the sheet that says how the figures were made and what they rest on."""
    made, lang = held.found.corridor, held.lang
    rows = [
        (held.of(("走廊", "Corridor")), f"{held.name}（{made.corridor_id}）"),
        (word("half_width", lang), held.of(("{}。{}", "{}. {}")).format(width(held), assumption(held))),
        (held.of(("两端", "Ends")), ends(held)),
        (held.of(("由什么覆盖", "Covered by")), covered_by(held)),
        *method(held),
        (held.of(("核对", "Checks")), held.of((
            "“核对”页的恒等式由表格软件重算；容差为走廊带的千万分之二，即计算引擎对自身的要求",
            "the identities on the sheet of checks are computed by the spreadsheet; they may differ by two parts in "
            "ten million of the band, which is what the engine asks of itself"))),
        (held.of(("数据版本", "Data version")), held.atlas.version),
        (held.of(("轴线指纹", "Fingerprint of the axis")), fingerprint(made.axis)),
        (held.of(("资料来源", "Sources")), held.of(("；", "; ")).join(held.credits())),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[word("item", lang), held.of(("内容", "What it means"))])
    return Page(word("method", lang), table, wide=True)


def _draw_curve(book: Workbook, curve: Tab, lang: str) -> None:
    """Draw share against half-width as a chart of the spreadsheet's own, with ± as two dashed lines."""
    sheet, last = book[curve.title], curve.last
    chart = ScatterChart(scatterStyle="lineMarker")
    chart.title, chart.style = word("chart", lang), 2
    chart.width, chart.height = CHART_CM
    widths = Reference(sheet, min_col=1, min_row=2, max_row=last)
    for column, dash in ((7, "dash"), (8, "dash"), (4, None)):
        series = Series(Reference(sheet, min_col=column, min_row=1, max_row=last), widths, title_from_data=True)
        _dress(series, dash)
        chart.series.append(series)
    chart.x_axis.title, chart.y_axis.title = word("chart_x", lang), word("covered_share", lang)
    chart.x_axis.number_format, chart.y_axis.number_format = METRES, "0%"
    first, end = curve.rows[0][0], curve.rows[-1][0]
    if isinstance(first, Cell) and isinstance(end, Cell) and first.value != end.value:
        chart.x_axis.scaling.min, chart.x_axis.scaling.max = 0, end.value
    chart.y_axis.scaling.min = 0
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=style.RULE.lstrip("#")))
    chart.legend.position = "b"
    sheet.add_chart(chart, f"A{len(curve.rows) + 4}")


def _dress(series: Any, dash: str | None) -> None:  # noqa: ANN401 (openpyxl does not type its series)
    colour = (style.INK_SOFT if dash else style.KIND_COLOURS["corridor"]).lstrip("#")
    series.smooth = False
    series.marker.symbol = "none" if dash else "circle"
    series.marker.size = 5
    series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
    series.graphicalProperties.line.solidFill = colour
    series.graphicalProperties.line.width = 12_700 if dash else 28_575
    series.graphicalProperties.line.dashStyle = dash
