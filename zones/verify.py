"""Verification of receipts: each number is made again from the atlas as it is now, and each change is named."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from zones.atlas import Atlas
from zones.causes import Cause, cause
from zones.errors import GeometryError
from zones.measure import lonlat_area
from zones.overlap import shared_area, union
from zones.receipts import (
    MEASURES,
    Input,
    Receipt,
    Shares,
    area_receipts,
    content_id,
    issue,
    shape_inputs,
    software,
    totals_receipts,
)

RELATIVE = 1e-9
"""Numbers may differ by this share between machines, whose sines differ in the last bit."""

ABSOLUTE = {"m2": 1e-6, "m": 1e-6, "share": 1e-12}
"""And by this much, so that a difference of two near-equal areas is not held to digits it does not have."""

INPUT_FIELDS = ("geometry", "error_m", "half_width_m", "axis", "axis_error_m", "declared_area_m2")
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


def verify(atlas: Atlas, receipts: Sequence[Receipt], shown: Iterable[Shown] = ()) -> Verdict:
    """Return whether receipts hold on the atlas as it is now.

    Parameters
    ----------
    atlas : Atlas
    receipts : sequence of Receipt
    shown : iterable of Shown
        Numbers that the file with the receipts shows; each has to be the one its receipt is for.

    Returns
    -------
    Verdict
        A receipt is stale when one of its inputs, its method or the number itself is no longer what it was,
        or when it was altered after it was issued. Other software versions alone do not make it stale.
    """
    told = defaultdict(list)
    for number in shown:
        told[number.receipt_id].append(number)
    stale = []
    for receipt, fresh in zip(receipts, reissue(atlas, receipts), strict=True):
        causes = (*_changes(receipt, fresh), *_shown_otherwise(receipt, told.pop(receipt.id, [])))
        if causes:
            zones = tuple(dict.fromkeys(source.zone_id for source in receipt.zones))
            now = fresh.value if isinstance(fresh, Receipt) else None
            stale.append(_stale(receipt.id, receipt.kind, zones, causes, receipt.value, now))
    # A number whose receipt is not there has nothing to stand on.
    for unknown, numbers in told.items():
        stale.append(_stale(unknown, numbers[0].head, (), (cause("no_receipt"),), numbers[0].value, None))
    return Verdict(not stale, tuple(stale), _sentence(atlas, len(receipts), stale))


def _stale(
    own_id: str, kind: str, zones: tuple[str, ...], causes: tuple[Cause, ...], value: float, now: float | None
) -> Stale:
    return Stale(own_id, kind, zones, tuple(map(str, causes)), value, now, causes)


def reissue(atlas: Atlas, receipts: Sequence[Receipt]) -> list[Fresh]:
    """Return for each receipt the one that would be issued now, or why there can be none."""
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
    return "totals", tuple(source.zone_id for source in receipt.zones)


def _unusable(atlas: Atlas, receipt: Receipt) -> Cause | None:
    """Return why a receipt cannot be made again, if its zones or settings are not there any more."""
    for source in receipt.zones:
        if source.zone_id not in atlas.zones.index:
            return cause("gone", zone=source.zone_id)
        shape = atlas.zones.geometry[source.zone_id]
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


def _measured_again(atlas: Atlas, receipts: list[Receipt]) -> list[Fresh]:
    ids = list(dict.fromkeys(receipt.zones[0].zone_id for receipt in receipts))
    made = {
        (each.kind, _name(each), each.zones[0].zone_id): each for each in area_receipts(atlas, atlas.zones.loc[ids])
    }
    keys = [(receipt.kind, _name(receipt), receipt.zones[0].zone_id) for receipt in receipts]
    return [made.get(key, cause("no_figure", zone=key[2], kind=key[0], method=key[1])) for key in keys]


def _name(receipt: Receipt) -> str:
    return receipt.method.partition("/")[0]


def _paired_again(atlas: Atlas, receipts: list[Receipt]) -> list[Fresh]:
    frame = atlas.zones.loc[list(dict.fromkeys(source.zone_id for receipt in receipts for source in receipt.zones))]
    inputs = {source.zone_id: source for source in shape_inputs(frame)}
    valid = frame.geometry.is_valid
    made: list[Fresh] = [NO_GRID] * len(receipts)
    groups = defaultdict(list)
    for place, receipt in enumerate(receipts):
        broken = [source.zone_id for source in receipt.zones if not valid[source.zone_id]]
        if broken:
            made[place] = cause("not_valid", zone=broken[0])
        elif receipt.thresholds.grid is not None:
            groups[receipt.thresholds.grid].append(place)
    for grid, places in groups.items():
        ids = [[receipts[place].zones[side].zone_id for place in places] for side in (0, 1)]
        a, b = (np.asarray(frame.geometry.loc[side].array, dtype=object) for side in ids)
        cut = zip(shared_area(a, b, grid), lonlat_area(a), lonlat_area(b), strict=True)
        for place, areas, *pair in zip(places, cut, *ids, strict=True):
            made[place] = _overlap(atlas, receipts[place], "pair", (inputs[pair[0]], inputs[pair[1]]), areas)
    return made


def _united_again(atlas: Atlas, receipts: list[Receipt]) -> list[Fresh]:
    return [_union_again(atlas, receipt) for receipt in receipts]


def _union_again(atlas: Atlas, receipt: Receipt) -> Fresh:
    grid, side = receipt.thresholds.grid, receipt.thresholds.first_side
    if grid is None:
        return NO_GRID
    ids = [source.zone_id for source in receipt.zones]
    first, second = atlas.zones.loc[ids[:side]], atlas.zones.loc[ids[side:]]
    try:
        a, b = (np.asarray(union(each, "side").geometry.array, dtype=object) for each in (first, second))
    except GeometryError as error:
        return cause("fault", fault=error)
    areas = shared_area(a, b, grid)[0], lonlat_area(a)[0], lonlat_area(b)[0]
    return _overlap(atlas, receipt, "pair_of_unions", shape_inputs(first) + shape_inputs(second), areas)


def _overlap(
    atlas: Atlas, receipt: Receipt, method: str, inputs: tuple[Input, ...], areas: tuple[float, float, float]
) -> Receipt:
    """Return a receipt for areas shared, of the one side and of the other, under the same thresholds."""
    shares = Shares(float(areas[0] / areas[1]), float(areas[0] / areas[2]))
    return issue(atlas, "overlap", method, inputs, areas[0], thresholds=receipt.thresholds, shares=shares)


def _totalled_again(atlas: Atlas, receipts: list[Receipt]) -> list[Fresh]:
    frame = atlas.zones.loc[[source.zone_id for source in receipts[0].zones]]
    try:
        made = {(each.kind, each.thresholds.k): each for each in totals_receipts(atlas, frame)}
    except GeometryError as error:
        return [cause("fault", fault=error)] * len(receipts)
    keys = [(receipt.kind, receipt.thresholds.k) for receipt in receipts]
    return [made.get(key, cause("no_fold", k=key[1])) for key in keys]


AGAIN: dict[str, Callable[[Atlas, list[Receipt]], list[Fresh]]] = {
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
    inputs = list(_input_changes(old, fresh))
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


def _sentence(atlas: Atlas, count: int, stale: list[Stale]) -> str:
    whole = "the one receipt" if count == 1 else f"all {count} receipts"
    if not stale:
        return f"{whole} {'holds' if count == 1 else 'hold'} on data version {atlas.version}"
    reasons = list(dict.fromkeys(reason for each in stale for reason in each.reasons[:1]))
    more = f"; and {len(reasons) - MANY} more causes" if len(reasons) > MANY else ""
    return (
        f"{len(stale)} of {count} receipts are stale on data version {atlas.version}: {'; '.join(reasons[:MANY])}{more}"
    )
