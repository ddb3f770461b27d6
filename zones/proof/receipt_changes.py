"""What differs between a receipt and the one made anew, and between it and the numbers that a file shows."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from zones.proof.causes import Cause, cause
from zones.proof.receipt_sources import Band, Cells, Drawn, Layer, Many, Row, Series, SeriesRow, Shares, Table
from zones.proof.receipts import Receipt, content_id, software

RELATIVE = 1e-9
"""Numbers may differ by this share between machines, whose sines differ in the last bit."""

ABSOLUTE = {"m2": 1e-6, "m": 1e-4, "share": 1e-12, "count": 0.0}
"""And by this much, so that a difference of two near-equal areas is not held to digits it does not have. Ends along an
axis come from vertices on a grid of a thousandth of a millimetre, which moves a little with what else is cut."""

INPUT_FIELDS = ("geometry", "error_m", "half_width_m", "axis", "axis_error_m", "declared_area_m2", "crs", "class_name")
BAND_FIELDS = ("axis", "axis_error_m", "limit", "limit_error_m")
SHARES = ("of_a", "of_b", "of_corridor", "of_corridor_error", "of_cover")

Fresh = Receipt | Cause
"""A receipt made anew, or why it cannot be."""


@dataclass(frozen=True)
class Shown:
    """A number that a file shows under a receipt's id.

    Attributes
    ----------
    receipt_id : str
    head : str
        Head of its column.
    figure : str
        Which number of the receipt it should be: `value`, `error`, `of_a` or `of_b`.
    value : float
        In the receipt's unit.
    """

    receipt_id: str
    head: str
    figure: str
    value: float


def changes(old: Receipt, fresh: Fresh) -> Iterator[Cause]:
    """Yield what changed between a receipt and the one made anew."""
    altered = old.id != content_id(old)
    if altered:
        yield cause("altered", id=content_id(old))
    if isinstance(fresh, Cause):
        yield fresh
        return
    inputs = [
        *_band_changes(old.band, fresh.band),
        *_input_changes(old, fresh),
        *_many_changes(old.many, fresh.many),
        *_table_changes(old.table, fresh.table),
        *_cell_changes(old.cells, fresh.cells),
        *_layer_changes(old.layer, fresh.layer),
        *_drawn_changes(old.drawn, fresh.drawn),
    ]
    yield from inputs
    for name, was, is_now in (
        ("method", old.method, fresh.method),
        ("edge_rule", old.edge_rule, fresh.edge_rule),
        ("system", old.crs, fresh.crs),
        ("unit", old.unit, fresh.unit),
    ):
        if was != is_now:
            yield cause(name, was=was, now=is_now)
    numbers = [*_number_changes(old, fresh), *_series_changes(old.series, fresh.series)]
    yield from numbers
    if numbers and not (inputs or altered) and old.versions != software():
        yield cause("software", was=old.versions, now=software())


def _input_changes(old: Receipt, fresh: Receipt) -> Iterator[Cause]:
    for was, is_now in zip_longest(old.zones, fresh.zones):
        if was is None or is_now is None:
            # One made anew names the same inputs, and after them what has come to cover the corridor since.
            yield cause("reached", zone=(was or is_now).zone_id)
            continue
        for field in INPUT_FIELDS:
            before, after = getattr(was, field), getattr(is_now, field)
            if before != after:
                yield cause(field, zone=was.zone_id, was=before, now=after)


def _many_changes(old: Many | None, fresh: Many | None) -> Iterator[Cause]:
    if old is None or fresh is None:
        return
    if old.count != fresh.count:
        yield cause("many_count", was=old.count, now=fresh.count)
    elif old.sha256 != fresh.sha256:
        yield cause("many", n=old.count, was=old.sha256[:12], now=fresh.sha256[:12])


def _band_changes(old: Band | None, fresh: Band | None) -> Iterator[Cause]:
    if old is None or fresh is None:
        return
    for field in BAND_FIELDS:
        was, is_now = getattr(old, field), getattr(fresh, field)
        if was != is_now:
            yield cause(field, zone=old.corridor, was=was, now=is_now)


def _table_changes(old: Table | None, fresh: Table | None) -> Iterator[Cause]:
    if old is None or fresh is None:
        return
    if old.sha256 != fresh.sha256:
        yield cause("file", was=old.sha256[:12], now=fresh.sha256[:12])
    if old.area_rule != fresh.area_rule:
        yield cause("rule", was=old.area_rule, now=fresh.area_rule)
    before, after = ({row[:2]: row for row in table.rows} for table in (old, fresh))
    for own in dict.fromkeys([*before, *after]):
        was, is_now = before.get(own), after.get(own)
        if not _same_row(was, is_now):
            yield cause("row", zone=own[0], name=own[1], was=was and was[2:], now=is_now and is_now[2:])


def _layer_changes(old: Layer | None, fresh: Layer | None) -> Iterator[Cause]:
    if old is None or fresh is None:
        return
    if old.sha256 != fresh.sha256:
        yield cause("file", was=old.sha256[:12], now=fresh.sha256[:12])
    if old.features != fresh.features:
        yield cause("features", was=old.features, now=fresh.features)
    if old.crs != fresh.crs:
        yield cause("system", was=old.crs, now=fresh.crs)


def _drawn_changes(old: Drawn | None, fresh: Drawn | None) -> Iterator[Cause]:
    if old is None or fresh is None:
        return
    if old.sha256 != fresh.sha256:
        yield cause("file", was=old.sha256[:12], now=fresh.sha256[:12])
    for name in ("features", "without_shape"):
        was, is_now = getattr(old, name), getattr(fresh, name)
        if was != is_now:
            yield cause(name, was=was, now=is_now)
    before, after = dict(old.rows), dict(fresh.rows)
    for name in dict.fromkeys([*before, *after]):
        if before.get(name, 0) != after.get(name, 0):
            yield cause("class_count", name=name or "-", was=before.get(name, 0), now=after.get(name, 0))


def _cell_changes(old: Cells | None, fresh: Cells | None) -> Iterator[Cause]:
    if old is None or fresh is None:
        return
    if old.sha256 != fresh.sha256:
        yield cause("file", was=old.sha256[:12], now=fresh.sha256[:12])
    before, after = _figures(old), _figures(fresh)
    for own in dict.fromkeys([*before, *after]):
        was, is_now = before.get(own), after.get(own)
        if not _close(was, is_now, "share"):
            yield cause("statistic", zone=own[0], name=own[1], was=was, now=is_now)


def _figures(cells: Cells) -> dict[tuple[str, str], float | None]:
    """Return each figure of a raster's statistics by zone and name."""
    held = {(zone, head): value for zone, row in cells.rows for head, value in zip(cells.heads, row, strict=False)}
    for zone, value, count, area_m2 in cells.classes or ():
        held |= {(zone, f"{value}: count"): count, (zone, f"{value}: area_m2"): area_m2}
    return held


def _series_changes(old: Series | None, fresh: Series | None) -> Iterator[Cause]:
    """Yield the rows that differ, in whichever order: of two rows of one size either may come first."""
    if old is None or fresh is None:
        return
    if old.heads != fresh.heads:
        yield cause("columns", was=", ".join(old.heads), now=", ".join(fresh.heads))
        return
    left, lost = list(fresh.rows), []
    for place, row in enumerate(old.rows):
        near = [place] if place < len(left) else []
        at = next((each for each in (*near, *range(len(left))) if _same_cells(old.heads, row, left[each])), None)
        if at is None:
            lost.append((place, row))
        else:
            left[at] = ()
    for was, is_now in zip_longest(lost, [each for each in enumerate(left) if each[1]]):
        place = (was or is_now)[0]
        yield cause("series", name=place + 1, was=was and _told(was[1]), now=is_now and _told(is_now[1]))


def _same_cells(heads: tuple[str, ...], was: SeriesRow, is_now: SeriesRow) -> bool:
    if not len(was) == len(is_now) == len(heads):
        return False
    return all(_same_cell(*each) for each in zip(heads, was, is_now, strict=True))


def _same_cell(head: str, was: str | float | None, is_now: str | float | None) -> bool:
    if isinstance(was, str) or isinstance(is_now, str):
        return was == is_now
    name = head.split(" ")[0]
    return _close(was, is_now, "m2" if name.endswith("_m2") else "m" if name.endswith("_m") else "share")


def _told(row: SeriesRow) -> str:
    return ", ".join(map(str, row))


def _same_row(was: Row | None, is_now: Row | None) -> bool:
    if was is None or is_now is None:
        return False
    return was[:4] == is_now[:4] and _close(was[4], is_now[4], "m2")


def _number_changes(old: Receipt, fresh: Receipt) -> Iterator[Cause]:
    if not _close(old.value, fresh.value, old.unit):
        yield cause("value", was=old.value, now=fresh.value, unit=fresh.unit)
    if not _close(old.error_m2, fresh.error_m2, "m2"):
        yield cause("error", was=old.error_m2, now=fresh.error_m2)
    if old.band is not None and fresh.band is not None:
        ends = [(getattr(old.band, name), getattr(fresh.band, name)) for name in ("from_m", "to_m")]
        if not all(_close(was, is_now, "m") for was, is_now in ends):
            (low, new_low), (high, new_high) = ends
            yield cause("stretch", was=f"{low} to {high}", now=f"{new_low} to {new_high}")
    for name in SHARES:
        was, is_now = getattr(old.shares, name, None), getattr(fresh.shares, name, None)
        if not _close(was, is_now, "share"):
            yield cause("share", side=name, was=was, now=is_now)


def _close(was: float | None, is_now: float | None, unit: str) -> bool:
    if was is None or is_now is None:
        return was is is_now
    return math.isclose(was, is_now, rel_tol=RELATIVE, abs_tol=ABSOLUTE[unit])


def shown_otherwise(receipt: Receipt, numbers: list[Shown]) -> Iterator[Cause]:
    """Yield the numbers that a file shows under a receipt and that are not the ones it was issued for."""
    shares = receipt.shares or Shares()
    issued = {"value": receipt.value, "error": receipt.error_m2, "of_a": shares.of_a, "of_b": shares.of_b}
    for number in numbers:
        unit = "share" if number.figure.startswith("of_") else receipt.unit
        if not _close(number.value, issued[number.figure], unit):
            yield cause("shown", head=number.head, shown=number.value, issued=issued[number.figure])
