"""Verification of receipts: each number is made again from the atlas as it is now, and each change is named."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from zones.atlas import Atlas
from zones.errors import GeometryError
from zones.features import ground_again, located
from zones.measure import lonlat_area
from zones.overlap import shared_area, union
from zones.proof.causes import Cause, cause
from zones.proof.layer_receipts import layer_again
from zones.proof.receipt_changes import Fresh, Shown, changes, shown_otherwise
from zones.proof.receipt_kinds import MEASURES
from zones.proof.receipt_sources import SELF, Ground
from zones.proof.receipts import (
    Input,
    Receipt,
    Shares,
    area_receipts,
    issue,
    key,
    rests_on_atlas,
    shape_inputs,
    subjects,
    totals_receipts,
)

COVERAGE = (
    "corridor",
    "covered",
    "class",
    "inside",
    "fold",
    "gap",
    "axis",
    "crossed",
    "side",
    "side_covered",
    "piece",
    "lane",
    "curve",
    "pieces",
    "lanes",
)
MANY = 5
"""Causes told in the one sentence on the whole."""

WIDEST_CELL = 1e-9
"""Degrees: the widest layer on the globe is cut on cells of 1e-10 (see `zones.overlap.grid_size`)."""

NO_GRID = cause("no_grid")


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
        causes = (*changes(receipt, fresh), *shown_otherwise(receipt, told.pop(receipt.id, [])))
        if causes:
            now = fresh.value if isinstance(fresh, Receipt) else None
            stale.append(_stale(receipt.id, receipt.kind, subjects(receipt), causes, receipt.value, now))
        elif isinstance(fresh, Receipt) and receipt.files != fresh.files:
            pairs = zip(receipt.files or (), fresh.files or (), strict=True)
            elsewhere |= {was.path for was, is_now in pairs if was.sha256 != is_now.sha256 and was.path != SELF}
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
    grounds, workspaces, corridors = defaultdict(list), defaultdict(list), []
    fresh: list[Fresh] = [NO_GRID] * len(receipts)
    for place, receipt in enumerate(receipts):
        if receipt.kind == "table":
            fresh[place] = _counted_again(atlas, receipt, files)
        elif receipt.kind == "zonal":
            fresh[place] = _cells_again(atlas, receipt, files)
        elif receipt.kind == "layer":
            fresh[place] = _layer_again(receipt, files)
        elif receipt.kind == "layer_read":
            fresh[place] = _read_again(receipt, files)
        elif receipt.workspace is not None and receipt.files:
            workspaces[receipt.files].append(place)
        elif receipt.kind == "change":
            fresh[place] = cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
        elif receipt.kind == "drawn":
            fresh[place] = _drawn_again(receipt, files)
        elif receipt.kind in COVERAGE:
            corridors.append(place)
        else:
            grounds[receipt.files].append(place)
    for stated, places in grounds.items():
        chosen = [receipts[place] for place in places]
        rest = (source.file for receipt in chosen for source in receipt.zones)
        on = atlas if stated is None else ground_again(atlas, stated, rest, files)
        for place, made in zip(places, _reissue_on(on, chosen), strict=True):
            fresh[place] = made
    for stated, places in workspaces.items():
        revised = _revised_again([receipts[place] for place in places], located(stated, files)[0])
        for place, made in zip(places, revised, strict=True):
            fresh[place] = made
    covered = _covered_again(atlas, [receipts[place] for place in corridors], files)
    for place, made in zip(corridors, covered, strict=True):
        fresh[place] = made
    return fresh


def _covered_again(atlas: Atlas, receipts: list[Receipt], files: Mapping[str, Path]) -> list[Fresh]:
    if not receipts:
        return []
    # Loaded for corridors only, as the tables below.
    from zones.proof.coverage_again import coverage_again

    return coverage_again(atlas, receipts, files)


def _revised_again(receipts: list[Receipt], path: Path) -> list[Fresh]:
    # Loaded for workspaces only.
    from zones.proof.revision_receipts import revised_again

    return revised_again(receipts, path)


def _counted_again(atlas: Atlas, receipt: Receipt, files: Mapping[str, Path]) -> Fresh:
    # Loaded for tables only: compiled code takes longer than all other receipts together.
    from zones.proof.table_receipts import table_again

    if receipt.table is None or not receipt.files:
        return cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    return table_again(atlas, receipt, receipt.table, located(receipt.files, files))


def _layer_again(receipt: Receipt, files: Mapping[str, Path]) -> Fresh:
    if receipt.layer is None or not receipt.files:
        return cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    return layer_again(receipt, located(receipt.files, files)[0])


def _read_again(receipt: Receipt, files: Mapping[str, Path]) -> Fresh:
    # Loaded for files as they were read only: readers of all formats come with it.
    from zones.proof.read_receipts import read_again

    if receipt.layer is None or not receipt.files:
        return cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    return read_again(receipt, receipt.layer, located(receipt.files, files)[0])


def _drawn_again(receipt: Receipt, files: Mapping[str, Path]) -> Fresh:
    # Loaded for sheets with a layer only.
    from zones.proof.drawn_receipts import drawn_again

    if receipt.drawn is None or not receipt.files:
        return cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    return drawn_again(receipt, receipt.drawn, located(receipt.files, files))


def _cells_again(atlas: Atlas, receipt: Receipt, files: Mapping[str, Path]) -> Fresh:
    # Loaded for rasters only.
    from zones.rasters.zonal_receipts import cells_again

    if receipt.cells is None or not receipt.files:
        return cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    return cells_again(atlas, receipt, receipt.cells, located(receipt.files, files))


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


def _basis(atlas: Atlas, receipts: Sequence[Receipt]) -> str:
    """Return in words what the receipts were held against."""
    paths = (each.path for receipt in receipts for each in receipt.files or ())
    files = dict.fromkeys("its own shapes" if path == SELF else path for path in paths)
    own = not files or any(map(rests_on_atlas, receipts))
    return " and ".join([*([f"data version {atlas.version}"] if own else []), *files])


def _sentence(basis: str, count: int, stale: list[Stale]) -> str:
    whole = "the one receipt" if count == 1 else f"all {count} receipts"
    if not stale:
        return f"{whole} {'holds' if count == 1 else 'hold'} on {basis}"
    reasons = list(dict.fromkeys(reason for each in stale for reason in each.reasons[:1]))
    more = f"; and {len(reasons) - MANY} more causes" if len(reasons) > MANY else ""
    return f"{len(stale)} of {count} receipts are stale on {basis}: {'; '.join(reasons[:MANY])}{more}"
