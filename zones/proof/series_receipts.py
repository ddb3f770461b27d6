"""Receipts of whole tables of a corridor: the width curve, the lanes, the pieces not covered, one receipt to each.

A receipt for every row would name every cover in the band again and again. All rows of one of these tables come from
one cut, so one receipt holds them all: inputs once, then the rows.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

import geopandas
import numpy as np
import pandas as pd

from zones.atlas import Atlas
from zones.corridors.corridor import WIDEST_M, Corridor, with_half_width
from zones.corridors.corridor_cells import Cells, cut
from zones.corridors.coverage import CURVE_COLUMNS, class_curves, curve
from zones.overlap import BALANCE
from zones.proof.corridor_rows import MOST_PIECES, ROWS, Rows, row_makers, rows_of, without_errors
from zones.proof.coverage_receipts import THRESHOLDS, Maker, entering, ground_of, in_band, ready
from zones.proof.receipt_kinds import Kind
from zones.proof.receipt_sources import Band, Ground, Series, SourceFile
from zones.proof.receipts import Receipt, canonical, issue
from zones.records import none_if_nan

SERIES = ("curve", "pieces", "lanes")
"""Kinds made here."""

PIECES, LANES = ("from_m", "to_m", "area_m2"), ("id", "side", "from_m", "to_m")
CLASS_HEAD = "covered_m2 "
"""Begins the head of what one class covers at each half-width; its name follows."""

MOST_WIDTHS = 500
"""Of a curve: no command draws more, and a receipts file from somewhere must not keep a machine busy."""


def table_receipts(
    atlas: Atlas,
    made: Corridor,
    covers: geopandas.GeoDataFrame,
    band: Band,
    files: Sequence[SourceFile] = (),
    *,
    by_series: Collection[str] = (),
) -> tuple[Receipt, ...]:
    """Return the receipts of all rows that a corridor's tables list besides coverage.

    Parameters
    ----------
    atlas, made, covers, band, files
        As `zones.proof.coverage_receipts.coverage_receipts` takes them.
    by_series : collection of str
        `lane`, `piece`: one receipt for the whole table in place of one to each row. Where pieces have one each, one
        for all of them stands for those after the `MOST_PIECES` largest.
    """
    return tuple(each.make() for each in table_makers(atlas, made, covers, band, files, by_series=by_series))


def table_makers(
    atlas: Atlas,
    made: Corridor,
    covers: geopandas.GeoDataFrame,
    band: Band,
    files: Sequence[SourceFile] = (),
    *,
    by_series: Collection[str] = (),
) -> list[Maker]:
    """Return what makes each of `table_receipts`, rows known as `zones.proof.corridor_rows.row_makers` knows them."""
    held = rows_of(cut(made, covers))
    inside = in_band(held.cells)
    covers = ready(covers, inside)
    on = ground_of(atlas, covers, band, files)
    singly = tuple(kind for kind in ROWS if kind not in by_series)
    found = row_makers(atlas, held, covers, band, files, singly=singly)
    whole: list[Kind] = []
    if len(held.rest) > (0 if "piece" in by_series else MOST_PIECES):
        whole.append("pieces")
    if "lane" in by_series and len(held.lanes):
        whole.append("lanes")
    return [*found, *(Maker(kind, "", partial(series_of, on, kind, held, band, covers, inside)) for kind in whole)]


def series_of(
    on: Atlas | Ground,
    kind: str,
    held: Rows,
    band: Band,
    covers: geopandas.GeoDataFrame,
    ids: Sequence[object],
    *,
    many: bool | None = None,
) -> Receipt:
    """Return the receipt of all pieces without cover, or of all lanes; `ids` are the covers that enter.

    `many` as in `zones.proof.coverage_receipts.entering`.
    """
    inputs = entering(covers, ids, "inside", bears=False, many=many)
    own = replace(
        without_errors(band), covered_by=band.covered_by, cover_file=band.cover_file, field=band.field, side=None,
        from_m=None, to_m=None,
    )  # fmt: skip
    if kind == "lanes":
        lengths = held.lanes["to_m"] - held.lanes["from_m"]
        return issue(
            on, "lanes", "lanes", inputs.zones, float(lengths.sum()), thresholds=THRESHOLDS, unit="m", band=own,
            series=_rows(held.lanes, LANES), many=inputs.many,
        )  # fmt: skip
    return issue(
        on, "pieces", "cells", inputs.zones, float(held.rest["area_m2"].sum()), thresholds=THRESHOLDS, band=own,
        series=_rows(held.rest, PIECES), many=inputs.many,
    )  # fmt: skip


def curve_receipt(
    atlas: Atlas,
    made: Corridor,
    covers: geopandas.GeoDataFrame,
    band: Band,
    widths: Sequence[float],
    files: Sequence[SourceFile] = (),
) -> Receipt:
    """Return the one receipt of a whole width curve: all its columns, and what each class covers.

    Parameters
    ----------
    atlas, made, covers, band, files
        As `table_receipts` takes them.
    widths : sequence of float
        Half-widths in m, rising.

    Notes
    -----
    Covers that reach into the widest band enter. The receipt's number is what they cover there.
    """
    cells = cut(with_half_width(made, widths[-1]), covers, tuple(widths))
    ids = in_widest(cells)
    covers = ready(covers, ids)
    return curve_of(ground_of(atlas, covers, band, files), cells, band, covers, ids)


def curve_of(
    on: Atlas | Ground,
    cells: Cells,
    band: Band,
    covers: geopandas.GeoDataFrame,
    ids: Sequence[object],
    *,
    many: bool | None = None,
) -> Receipt:
    """Return the receipt of a curve from cells cut at its half-widths; `ids` are the covers that enter.

    `many` as in `zones.proof.coverage_receipts.entering`.
    """
    table, classes = curve(cells), class_curves(cells)
    for name in classes.columns:
        table[f"{CLASS_HEAD}{name}"] = classes[name].to_numpy(float)
    last = table.iloc[-1]
    inputs = entering(covers, ids, "curve", bears=True, many=many)
    own = replace(band, half_width=float(last["half_width_m"]), class_name=None)
    return issue(
        on, "curve", "widths", inputs.zones, float(last["covered_m2"]), thresholds=replace(THRESHOLDS, balance=BALANCE),
        error_m2=float(last["error_m2"]), band=own, series=_rows(table, tuple(table.columns)), many=inputs.many,
    )  # fmt: skip


def in_widest(cells: Cells) -> list[object]:
    """Return the covers that have ground in the widest band cut, in their order."""
    within = cells.table["ring"].to_numpy()[cells.pairs[:, 0]] < len(cells.half_widths)
    return list(cells.covers.index[np.unique(cells.pairs[within, 1])])


def widths_in(series: Series) -> tuple[float, ...] | None:
    """Return the half-widths of a curve's rows; None where they cannot be those of one."""
    if series.heads[: len(CURVE_COLUMNS)] != CURVE_COLUMNS or not 0 < len(series.rows) <= MOST_WIDTHS:
        return None
    widths = [row[0] for row in series.rows if row]
    if len(widths) < len(series.rows) or not all(isinstance(each, int | float) for each in widths):
        return None
    found = tuple(float(each or 0) for each in widths)
    rising = all(low < high for low, high in zip((0.0, *found), found, strict=False))
    return found if rising and found[-1] <= WIDEST_M else None


def _rows(table: pd.DataFrame, heads: Sequence[str]) -> Series:
    cells = [[_plain(value) for value in table[head]] for head in heads]
    rows = tuple(zip(*cells, strict=True))
    return Series(tuple(heads), rows, hashlib.sha256(canonical(rows).encode()).hexdigest())


def _plain(value: object) -> str | float | None:
    """Return a cell as JSON holds it; each number as one with decimals, for a file read back has no other."""
    held = none_if_nan(value)
    if held is None:
        return None
    return float(held) if isinstance(held, int | float | np.number) else str(held)
