"""Work sheets of a corridor: figures of the engine as numbers, all that follows from them as formulas."""

from collections.abc import Sequence

import pandas as pd

from layers.corridors.corridor_picture import class_label
from layers.corridors.corridor_words import word
from layers.corridors.handover import CROSSED, Handover
from layers.office.live_workbook import Cell, Tab
from zones.units import M2_PER_UNIT, UNITS, Unit

M2, HA, MU, PERCENT, METRES = "#,##0", "#,##0.0", "#,##0", "0.0%", "#,##0"
UNIT_ROWS: dict[Unit, int] = {"ha": 2, "mu": 3, "km2": 4}
UNIT_FORMULAS: dict[Unit, float | str] = {"ha": 10_000, "mu": "=2000/3", "km2": 1_000_000}

CURVE_RECEIPTS = {"receipt_band": "corridor", "receipt_covered": "covered", "receipt_gap": "gap"}
"""Columns of the curve, and the kind of receipt that each names; the last one names that of the whole curve."""

Row = list[str | Cell | None]


def units_tab(lang: str) -> Tab:
    """Return the sheet of m² in one unit, which every conversion points to; 亩 as the fraction it is."""
    rows: list[Row] = []
    for unit in UNIT_ROWS:
        given = UNIT_FORMULAS[unit]
        formula = given if isinstance(given, str) else None
        rows.append([UNITS[unit][lang == "en"], Cell(M2_PER_UNIT[unit], "#,##0.######", formula)])
    return Tab(word("units", lang), _heads(lang, "unit", "m2_per"), rows)


def per(unit: Unit, lang: str) -> str:
    """Return the cell that holds how many m² a unit has."""
    return f"'{word('units', lang)}'!$B${UNIT_ROWS[unit]}"


def folds_tab(held: Handover) -> Tab:
    """Return the ground under exactly k covers; its rows are the band, and all totals of the summary come from here."""
    table, lang, band = held.found.k_fold, held.lang, held.found.corridor_m2
    last = max(len(table) + 1, 2)
    rows: list[Row] = [
        [
            Cell(int(k), "0"),
            Cell(area, M2),
            Cell(k * area, M2, f"=A{row}*B{row}"),
            Cell(area / band, PERCENT, f"=B{row}/SUM($B$2:$B${last})"),
            *_converted("B", row, area, lang),
            held.receipt("fold", k=int(k)),
        ]
        for row, (k, area) in enumerate(table.itertuples(index=False), start=2)
    ]
    ha, mu = (band / M2_PER_UNIT[unit] for unit in ("ha", "mu"))
    sums = {"B": (band, M2), "C": (held.found.sum_m2, M2), "D": (1.0, PERCENT), "E": (ha, HA), "F": (mu, MU)}
    rows.append([word("total", lang), *(_sum(column, last, *what) for column, what in sums.items()), None])
    heads = _heads(lang, "k", "area_m2", "k_area", "share", "ha", "mu", "receipt_no")
    return Tab(word("folds", lang), heads, rows, totals=1)


def parts_tab(held: Handover, band: str) -> Tab:
    """Return each cover with its ground inside and outside; `band` is the cell of the band's area."""
    found, lang = held.found, held.lang
    parts, last = found.parts, max(len(found.parts) + 1, 2)
    reach = found.chainage.groupby("id").agg(low=("from_m", "min"), high=("to_m", "max"))
    rows: list[Row] = []
    for row, part in enumerate(parts.itertuples(), start=2):
        low, high = reach.loc[part.id] if part.id in reach.index else (None, None)
        whole = part.inside_m2 + part.outside_m2
        rows.append([
            str(held.names.get(part.id, part.id)), str(part.id), class_label(parts["class"].iloc[row - 2], lang),
            Cell(part.inside_m2, M2), Cell(part.outside_m2, M2), Cell(whole, M2, f"=D{row}+E{row}"),
            Cell(part.share_inside, PERCENT, f"=D{row}/F{row}"),
            Cell(part.share_of_corridor, PERCENT, f"=D{row}/{band}"),
            *_converted("D", row, part.inside_m2, lang),
            Cell(part.left_m2, M2), Cell(part.right_m2, M2, f"=D{row}-K{row}"),
            Cell(low, METRES), Cell(high, METRES), held.receipt("inside", str(part.id)),
            held.receipt("area", part.id),
        ])  # fmt: skip
    total = _total(rows, last, "DEFHIJKL", len(rows[0]) if rows else 16, lang)
    heads = _heads(
        lang, "name", "id", "class", "inside", "outside", "whole", "share_inside", "share", "ha", "mu", "left_m2",
        "right_m2", "from", "to", "receipt_inside", "receipt",
    )  # fmt: skip
    return _tab("parts", heads, rows, lang, total)


def classes_tab(held: Handover, band: str) -> Tab:
    """Return what each class covers, counted once within it; classes may overlap, so there is no total."""
    lang = held.lang
    rows: list[Row] = [
        [
            class_label(name, lang),
            Cell(count, "0"),
            Cell(area, M2),
            Cell(share, PERCENT, f"=C{row}/{band}"),
            *_converted("C", row, area, lang),
            Cell(error, M2),
            held.receipt("class", class_name=name),
        ]
        for row, (name, area, share, count, error) in enumerate(held.found.by_class.itertuples(index=False), start=2)
    ]
    heads = _heads(lang, "class", "count", "once", "share", "ha", "mu", "error_m2", "receipt_no")
    return _tab("classes", heads, rows, lang)


def curve_tab(held: Handover) -> Tab | None:
    """Return coverage at each half-width with its ± and what each class covers; None for a profile."""
    if held.curve is None or held.by_class is None:
        return None
    lang, own = held.lang, held.found.corridor.half_width
    classes = list(held.by_class.columns)
    whole = held.curve_receipt()
    rows: list[Row] = []
    for row, at in enumerate(held.curve.itertuples(), start=2):
        error = at.error_m2 / at.corridor_m2
        rows.append([
            Cell(at.half_width_m, METRES), Cell(at.corridor_m2, M2), Cell(at.covered_m2, M2),
            Cell(at.share, PERCENT, f"=C{row}/B{row}"), Cell(at.error_m2, M2),
            Cell(error, PERCENT, f"=E{row}/B{row}"),
            Cell(max(0.0, at.share - error), PERCENT, f"=MAX(0,D{row}-F{row})"),
            Cell(min(1.0, at.share + error), PERCENT, f"=MIN(1,D{row}+F{row})"),
            Cell(int(at.count), "0"), Cell(int(at.gap_count), "0"), Cell(at.longest_gap_m, METRES),
            word("here", lang) if at.half_width_m == own else None,
            *(Cell(float(held.by_class[name].iloc[row - 2]), M2) for name in classes),
            *(held.receipt(kind, half_width=at.half_width_m) or whole for kind in CURVE_RECEIPTS.values()),
            whole,
        ])  # fmt: skip
    heads = _heads(
        lang, "width_m", "band_m2", "covered_m2", "covered_share", "error_m2", "error_share", "low", "high", "covers",
        "gap_count", "longest", "used",
    )  # fmt: skip
    named = [f"{class_label(name, lang)} (m²)" for name in classes]
    return Tab(word("curve", lang), [*heads, *named, *_heads(lang, *CURVE_RECEIPTS, "receipt_row")], rows)


def changes_tab(held: Handover) -> Tab:
    """Return the half-widths at which one class overtakes another."""
    lang, whole = held.lang, held.curve_receipt()
    rows: list[Row] = [
        [Cell(width, METRES), class_label(up, lang), class_label(down, lang), whole]
        for width, up, down in held.changes.itertuples(index=False)
    ]
    return _tab("changes", _heads(lang, "width_m", "up", "down", "receipt_no"), rows, lang)


def gaps_tab(held: Handover, axis: str) -> Tab:
    """Return the gaps, longest first; `axis` is the cell of the axis's length."""
    lang, gaps = held.lang, held.found.gaps
    last, length = max(len(gaps) + 1, 2), held.found.length_m
    rows: list[Row] = [
        [
            str(row - 1),
            Cell(low, METRES),
            Cell(high, METRES),
            Cell(high - low, METRES, f"=C{row}-B{row}"),
            Cell((high - low) / length, PERCENT, f"=D{row}/{axis}"),
            held.where(low, high),
            held.receipt("gap", from_m=low),
        ]
        for row, (low, high, _) in enumerate(gaps.itertuples(index=False), start=2)
    ]
    total = _total(rows, last, "DE", 7, lang)
    heads = _heads(lang, "no", "from", "to", "length", "share_axis", "where", "receipt_no")
    return _tab("gaps", heads, rows, lang, total)


def chainage_tab(held: Handover) -> Tab:
    """Return the stretches along which each cover lies on each side of the axis."""
    lang = held.lang
    whole = held.receipt("lanes")
    rows: list[Row] = [
        [
            str(held.names.get(each, each)),
            word(side, lang),
            Cell(low, METRES),
            Cell(high, METRES),
            Cell(high - low, METRES, f"=D{row}-C{row}"),
            whole or held.receipt("lane", str(each), from_m=low, side=side),
        ]
        for row, (each, side, low, high) in enumerate(held.found.lanes.itertuples(index=False), start=2)
    ]
    return _tab("chainage", _heads(lang, "name", "side", "from", "to", "length", "receipt_no"), rows, lang)


def crossed_tab(held: Handover, band: str) -> Tab:
    """Return the districts and subdistricts the band lies in, and what lies beyond the districts."""
    lang, whole = held.lang, held.found.corridor_m2
    rows: list[Row] = []
    for kind in CROSSED:
        slips = zip(*(held.area_receipts(figure, kind) for figure in ("crossed", "axis")), strict=True)
        for each, slip in zip(held.crossed[kind].itertuples(), slips, strict=True):
            row = len(rows) + 2
            rows.append([
                word(kind, lang), str(each.id), Cell(each.inside_m2, M2),
                Cell(each.share_of_corridor, PERCENT, f"=C{row}/{band}"),
                *_converted("C", row, each.inside_m2, lang), Cell(each.axis_m, METRES),
                Cell(_known(each.from_m), METRES), Cell(_known(each.to_m), METRES), *slip,
            ])  # fmt: skip
    row, count = len(rows) + 2, max(len(held.crossed["district"]), 1)
    beyond = max(0.0, whole - float(held.crossed["district"]["inside_m2"].sum()))
    rest = Cell(beyond, M2, f"=MAX(0,{band}-SUM($C$2:$C${count + 1}))")
    share = Cell(beyond / whole, PERCENT, f"=C{row}/{band}")
    rows.append([word("beyond", lang), None, rest, share, *_converted("C", row, beyond, lang), *[None] * 5])
    heads = _heads(
        lang, "level", "name", "area_m2", "share", "ha", "mu", "axis_m", "from", "to", "receipt_no", "receipt_axis"
    )
    return Tab(word("crossed", lang), heads, rows, totals=1)


def rest_tab(held: Handover) -> Tab:
    """Return the connected pieces of ground that nothing covers, largest first."""
    lang, rest = held.lang, held.rest
    last, whole = max(len(rest) + 1, 2), float(rest["area_m2"].sum())
    pieces = held.piece_receipts()
    rows: list[Row] = [
        [
            str(row - 1),
            Cell(low, METRES),
            Cell(high, METRES),
            Cell(area, M2),
            *_converted("D", row, area, lang),
            Cell(area / whole, PERCENT, f"=D{row}/SUM($D$2:$D${last})"),
            pieces[row - 2],
        ]
        for row, (area, low, high) in enumerate(rest.itertuples(index=False), start=2)
    ]
    total = _total(rows, last, "DEFG", 8, lang)
    heads = _heads(lang, "no", "from", "to", "area_m2", "ha", "mu", "share_rest", "receipt_no")
    return _tab("rest", heads, rows, lang, total)


def _converted(column: str, row: int, area_m2: float, lang: str) -> list[Cell]:
    """Return an area in 公顷 and 亩, by the cells of the sheet of units."""
    units: tuple[tuple[Unit, str], ...] = (("ha", HA), ("mu", MU))
    return [Cell(area_m2 / M2_PER_UNIT[unit], shown, f"={column}{row}/{per(unit, lang)}") for unit, shown in units]


def _sum(column: str, last: int, value: float, shown: str) -> Cell:
    return Cell(value, shown, f"=SUM({column}2:{column}{last})")


def _total(rows: Sequence[Row], last: int, columns: str, width: int, lang: str) -> Row:
    """Return a row with the sum of some columns of the rows above it."""
    total: Row = [word("total", lang), *([None] * (width - 1))]
    for column in columns:
        place = ord(column) - ord("A")
        held = [cell for cell in (row[place] for row in rows) if isinstance(cell, Cell)]
        value = sum(cell.value for cell in held if isinstance(cell.value, int | float))
        total[place] = _sum(column, last, value, held[0].shown if held else M2)
    return total


def _tab(key: str, heads: list[str], rows: list[Row], lang: str, total: Row | None = None) -> Tab:
    """Return a sheet; where it has no row, one that says so stands in for them."""
    body = rows or [[word("none", lang), *([None] * (len(heads) - 1))]]
    return Tab(word(key, lang), heads, [*body, total] if total else body, totals=int(total is not None))


def _heads(lang: str, *keys: str) -> list[str]:
    return [word(key, lang) for key in keys]


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
