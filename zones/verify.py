"""Verification of receipts: each number is made again from the atlas as it is now, and each change is named."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zones.atlas import Atlas
from zones.causes import Cause, cause
from zones.errors import GeometryError
from zones.features import ground_again, located
from zones.measure import lonlat_area
from zones.overlap import shared_area, union
from zones.receipt_sources import Ground, Row, Table
from zones.receipts import (
    MEASURES,
    Input,
    Receipt,
    Shares,
    area_receipts,
    content_id,
    issue,
    key,
    shape_inputs,
    software,
    totals_receipts,
)

RELATIVE = 1e-9
"""Numbers may differ by this share between machines, whose sines differ in the last bit."""

ABSOLUTE = {"m2": 1e-6, "m": 1e-6, "share": 1e-12}
"""And by this much, so that a difference of two near-equal areas is not held to digits it does not have."""

INPUT_FIELDS = ("geometry", "error_m", "half_width_m", "axis", "axis_error_m", "declared_area_m2", "crs")
MANY = 5
"""Causes told in the one sentence on the whole."""

WIDEST_CELL = 1e-9
"""Degrees: the widest layer on the globe is cut on cells of 1e-10 (see `zones.overlap.grid_size`)."""

NO_GRID = cause("no_grid")

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


@dataclass(frozen=True)
class Stale:
    """A receipt that does not hold: what it was for, why not, and its value then and now (None: no more).

    `reasons` are the sentences of `causes` in English.
    """

    id: str
    kind: str
    zones: tuple[str, ...]
    reasons: tuple[str, ...]
    value: float
    now: float | None
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Whether all receipts hold, those that do not, and one sentence on the whole."""

    holds: bool
    stale: tuple[Stale, ...]
    reason: str


def verify(
    atlas: Atlas,
    receipts: Sequence[Receipt],
    shown: Iterable[Shown] = (),
    files: Mapping[str, Path] | None = None,
) -> Verdict:
    """Return whether receipts hold on the atlas as it is now.

    Parameters
    ----------
    atlas : Atlas
    receipts : sequence of Receipt
    shown : iterable of Shown
        Numbers that the file with the receipts shows; each has to be the one its receipt is for.
    files : mapping of str to Path, optional
        Where the files that receipts name lie now. None is opened that does not stand here: a receipts file
        from somewhere must not choose what is read.

    Returns
    -------
    Verdict
        A receipt is stale when one of its inputs, its method or the number itself is no longer what it was,
        or when it was altered after it was issued. Other software versions alone do not make it stale.
    """
    told = defaultdict(list)
    for number in shown:
        told[number.receipt_id].append(number)
    stale, elsewhere = [], set()
    for receipt, fresh in zip(receipts, reissue(atlas, receipts, files or {}), strict=True):
        causes = (*_changes(receipt, fresh), *_shown_otherwise(receipt, told.pop(receipt.id, [])))
        if causes:
            zones = tuple(dict.fromkeys(source.zone_id for source in receipt.zones))
            now = fresh.value if isinstance(fresh, Receipt) else None
            stale.append(_stale(receipt.id, receipt.kind, zones, causes, receipt.value, now))
        elif isinstance(fresh, Receipt) and receipt.files != fresh.files:
            pairs = zip(receipt.files or (), fresh.files or (), strict=True)
            elsewhere |= {was.path for was, is_now in pairs if was.sha256 != is_now.sha256}
    # A number whose receipt is not there has nothing to stand on.
    for unknown, numbers in told.items():
        stale.append(_stale(unknown, numbers[0].head, (), (cause("no_receipt"),), numbers[0].value, None))
    sentence = _sentence(_basis(atlas, receipts), len(receipts), stale)
    if elsewhere and not stale:
        sentence += f"; {', '.join(sorted(elsewhere))} changed, but in nothing that they rest on"
    return Verdict(not stale, tuple(stale), sentence)


def _stale(
    own_id: str, kind: str, zones: tuple[str, ...], causes: tuple[Cause, ...], value: float, now: float | None
) -> Stale:
    return Stale(own_id, kind, zones, tuple(map(str, causes)), value, now, causes)


def reissue(atlas: Atlas, receipts: Sequence[Receipt], files: Mapping[str, Path]) -> list[Fresh]:
    """Return for each receipt the one that would be issued now, or why there can be none.

    Raises
    ------
    InputError
        If a file that receipts rest on is not at hand or cannot be read.
    """
    grounds = defaultdict(list)
    fresh: list[Fresh] = [NO_GRID] * len(receipts)
    for place, receipt in enumerate(receipts):
        if receipt.kind == "table":
            fresh[place] = _counted_again(atlas, receipt, files)
        else:
            grounds[receipt.files].append(place)
    for stated, places in grounds.items():
        chosen = [receipts[place] for place in places]
        rest = (source.file for receipt in chosen for source in receipt.zones)
        on = atlas if stated is None else ground_again(atlas, stated, rest, files)
        for place, made in zip(places, _reissue_on(on, chosen), strict=True):
            fresh[place] = made
    return fresh


def _counted_again(atlas: Atlas, receipt: Receipt, files: Mapping[str, Path]) -> Fresh:
    # Loaded for tables only: compiled code takes longer than all other receipts together.
    from zones.table_receipts import table_again

    if receipt.table is None or not receipt.files:
        return cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    return table_again(atlas, receipt, receipt.table, located(receipt.files, files))


def _reissue_on(atlas: Atlas | Ground, receipts: Sequence[Receipt]) -> list[Fresh]:
    fresh: list[Fresh | None] = [_unusable(atlas, receipt) for receipt in receipts]
    groups = defaultdict(list)
    for place, (receipt, problem) in enumerate(zip(receipts, fresh, strict=True)):
        if problem is None:
            groups[_family(receipt)].append(place)
    for (family, _), places in groups.items():
        chosen = [receipts[place] for place in places]
        for place, made in zip(places, AGAIN[family](atlas, chosen), strict=True):
            fresh[place] = made
    return [made if made is not None else NO_GRID for made in fresh]


def _family(receipt: Receipt) -> tuple[str, object]:
    """Return what makes this receipt, and what has to be equal for receipts to be made together."""
    if receipt.kind in {kind for kind, *_ in MEASURES}:
        return "measure", None
    if receipt.kind == "overlap":
        side = receipt.thresholds.first_side
        return ("pair" if side is None else "unions"), None
    return "totals", tuple(key(source) for source in receipt.zones)


def _unusable(atlas: Atlas | Ground, receipt: Receipt) -> Cause | None:
    """Return why a receipt cannot be made again, if its zones or settings are not there any more."""
    for source in receipt.zones:
        if key(source) not in atlas.zones.index:
            return cause("gone" if source.file is None else "gone_feature", zone=source.zone_id)
        shape = atlas.zones.geometry[key(source)]
        if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
            return cause("no_polygon", zone=source.zone_id)
    side, count = receipt.thresholds.first_side, len(receipt.zones)
    grid = receipt.thresholds.grid
    if grid is not None and not (0 < grid.size <= WIDEST_CELL and max(map(abs, grid.origin)) <= 180):
        return cause("bad_grid", size=grid.size, origin=grid.origin)
    expected = {"measure": count == 1, "pair": count == 2, "unions": 0 < (side or 0) < count, "totals": count > 0}
    if not expected[_family(receipt)[0]]:
        return cause("bad_inputs", kind=receipt.kind, count=count)
    return None


def _measured_again(atlas: Atlas | Ground, receipts: list[Receipt]) -> list[Fresh]:
    ids = list(dict.fromkeys(key(receipt.zones[0]) for receipt in receipts))
    made = {(each.kind, _name(each), key(each.zones[0])): each for each in area_receipts(atlas, atlas.zones.loc[ids])}
    keys = [(receipt.kind, _name(receipt), key(receipt.zones[0])) for receipt in receipts]
    return [made.get(own, cause("no_figure", zone=own[2], kind=own[0], method=own[1])) for own in keys]


def _name(receipt: Receipt) -> str:
    return receipt.method.partition("/")[0]


def _paired_again(atlas: Atlas | Ground, receipts: list[Receipt]) -> list[Fresh]:
    frame = atlas.zones.loc[list(dict.fromkeys(key(source) for receipt in receipts for source in receipt.zones))]
    inputs = {key(source): source for source in shape_inputs(frame)}
    valid = frame.geometry.is_valid
    made: list[Fresh] = [NO_GRID] * len(receipts)
    groups = defaultdict(list)
    for place, receipt in enumerate(receipts):
        broken = [source.zone_id for source in receipt.zones if not valid[key(source)]]
        if broken:
            made[place] = cause("not_valid", zone=broken[0])
        elif receipt.thresholds.grid is not None:
            groups[receipt.thresholds.grid].append(place)
    for grid, places in groups.items():
        ids = [[key(receipts[place].zones[side]) for place in places] for side in (0, 1)]
        a, b = (np.asarray(frame.geometry.loc[side].array, dtype=object) for side in ids)
        cut = zip(shared_area(a, b, grid), lonlat_area(a), lonlat_area(b), strict=True)
        for place, areas, *pair in zip(places, cut, *ids, strict=True):
            made[place] = _overlap(atlas, receipts[place], "pair", (inputs[pair[0]], inputs[pair[1]]), areas)
    return made


def _united_again(atlas: Atlas | Ground, receipts: list[Receipt]) -> list[Fresh]:
    return [_union_again(atlas, receipt) for receipt in receipts]


def _union_again(atlas: Atlas | Ground, receipt: Receipt) -> Fresh:
    grid, side = receipt.thresholds.grid, receipt.thresholds.first_side
    if grid is None:
        return NO_GRID
    ids = [key(source) for source in receipt.zones]
    first, second = atlas.zones.loc[ids[:side]], atlas.zones.loc[ids[side:]]
    try:
        a, b = (np.asarray(union(each, "side").geometry.array, dtype=object) for each in (first, second))
    except GeometryError as error:
        return cause("fault", fault=error)
    areas = shared_area(a, b, grid)[0], lonlat_area(a)[0], lonlat_area(b)[0]
    return _overlap(atlas, receipt, "pair_of_unions", shape_inputs(first) + shape_inputs(second), areas)


def _overlap(
    atlas: Atlas | Ground, receipt: Receipt, method: str, inputs: tuple[Input, ...], areas: tuple[float, float, float]
) -> Receipt:
    """Return a receipt for areas shared, of the one side and of the other, under the same thresholds."""
    shares = Shares(float(areas[0] / areas[1]), float(areas[0] / areas[2]))
    return issue(atlas, "overlap", method, inputs, areas[0], thresholds=receipt.thresholds, shares=shares)


def _totalled_again(atlas: Atlas | Ground, receipts: list[Receipt]) -> list[Fresh]:
    frame = atlas.zones.loc[[key(source) for source in receipts[0].zones]]
    try:
        made = {(each.kind, each.thresholds.k): each for each in totals_receipts(atlas, frame)}
    except GeometryError as error:
        return [cause("fault", fault=error)] * len(receipts)
    keys = [(receipt.kind, receipt.thresholds.k) for receipt in receipts]
    return [made.get(own, cause("no_fold", k=own[1])) for own in keys]


AGAIN: dict[str, Callable[[Atlas | Ground, list[Receipt]], list[Fresh]]] = {
    "measure": _measured_again,
    "pair": _paired_again,
    "unions": _united_again,
    "totals": _totalled_again,
}


def _changes(old: Receipt, fresh: Fresh) -> Iterator[Cause]:
    """Yield what changed between a receipt and the one made anew."""
    altered = old.id != content_id(old)
    if altered:
        yield cause("altered", id=content_id(old))
    if isinstance(fresh, Cause):
        yield fresh
        return
    inputs = [*_input_changes(old, fresh), *_table_changes(old.table, fresh.table)]
    yield from inputs
    for name, was, is_now in (
        ("method", old.method, fresh.method),
        ("edge_rule", old.edge_rule, fresh.edge_rule),
        ("system", old.crs, fresh.crs),
        ("unit", old.unit, fresh.unit),
    ):
        if was != is_now:
            yield cause(name, was=was, now=is_now)
    numbers = list(_number_changes(old, fresh))
    yield from numbers
    if numbers and not (inputs or altered) and old.versions != software():
        yield cause("software", was=old.versions, now=software())


def _input_changes(old: Receipt, fresh: Receipt) -> Iterator[Cause]:
    for was, is_now in zip(old.zones, fresh.zones, strict=True):
        for field in INPUT_FIELDS:
            before, after = getattr(was, field), getattr(is_now, field)
            if before != after:
                yield cause(field, zone=was.zone_id, was=before, now=after)


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


def _same_row(was: Row | None, is_now: Row | None) -> bool:
    if was is None or is_now is None:
        return False
    return was[:4] == is_now[:4] and _close(was[4], is_now[4], "m2")


def _number_changes(old: Receipt, fresh: Receipt) -> Iterator[Cause]:
    if not _close(old.value, fresh.value, old.unit):
        yield cause("value", was=old.value, now=fresh.value, unit=fresh.unit)
    if not _close(old.error_m2, fresh.error_m2, "m2"):
        yield cause("error", was=old.error_m2, now=fresh.error_m2)
    for name in ("of_a", "of_b"):
        was, is_now = getattr(old.shares, name, None), getattr(fresh.shares, name, None)
        if not _close(was, is_now, "share"):
            yield cause("share", side=name, was=was, now=is_now)


def _close(was: float | None, is_now: float | None, unit: str) -> bool:
    if was is None or is_now is None:
        return was is is_now
    return math.isclose(was, is_now, rel_tol=RELATIVE, abs_tol=ABSOLUTE[unit])


def _shown_otherwise(receipt: Receipt, numbers: list[Shown]) -> Iterator[Cause]:
    shares = receipt.shares or Shares(math.nan, math.nan)
    issued = {"value": receipt.value, "error": receipt.error_m2, "of_a": shares.of_a, "of_b": shares.of_b}
    for number in numbers:
        unit = "share" if number.figure.startswith("of_") else receipt.unit
        if not _close(number.value, issued[number.figure], unit):
            yield cause("shown", head=number.head, shown=number.value, issued=issued[number.figure])


def _basis(atlas: Atlas, receipts: Sequence[Receipt]) -> str:
    """Return in words what the receipts were held against."""
    own = [source for receipt in receipts for source in receipt.zones if source.file is None]
    files = dict.fromkeys(each.path for receipt in receipts for each in receipt.files or ())
    return " and ".join([f"data version {atlas.version}"] * bool(own or not files) + list(files))


def _sentence(basis: str, count: int, stale: list[Stale]) -> str:
    whole = "the one receipt" if count == 1 else f"all {count} receipts"
    if not stale:
        return f"{whole} {'holds' if count == 1 else 'hold'} on {basis}"
    reasons = list(dict.fromkeys(reason for each in stale for reason in each.reasons[:1]))
    more = f"; and {len(reasons) - MANY} more causes" if len(reasons) > MANY else ""
    return f"{len(stale)} of {count} receipts are stale on {basis}: {'; '.join(reasons[:MANY])}{more}"
