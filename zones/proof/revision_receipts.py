"""Receipts of areas in a workspace: of a zone at a revision, and of what a revision or two of them differ by.

They rest on the shapes as the workspace holds them, read back from its file; what was saved since plays no part.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import apsw
import geopandas

from zones.errors import ZonesError
from zones.features import ground, source_file
from zones.proof.causes import Cause, cause
from zones.proof.fingerprint import fingerprint
from zones.proof.receipt_changes import Fresh
from zones.proof.receipt_sources import Ground, Input, Workspace
from zones.proof.receipts import Receipt, issue
from zones.schema import STORAGE_CRS, Part
from zones.workspace.workspace_commit import summed
from zones.workspace.workspace_compare import ZoneChange, zone_change
from zones.workspace.workspace_file import opened
from zones.workspace.workspace_state import (
    Zone,
    ask,
    check_revision,
    head,
    part,
    properties,
    shape,
    zone_at,
    zones_at,
)

FIRST_DIGITS = 16

States = Mapping[str, tuple[Zone, Zone]]
"""Features of each zone at the earlier and at the later revision."""


def revision_receipt(path: Path, revision: int, stated: str | None = None) -> Receipt | None:
    """Return the receipt of what a revision did to areas; None where it changed none, or made the workspace.

    Parameters
    ----------
    path : Path
        The workspace.
    revision : int
    stated : str, optional
        Name under which the receipt knows the workspace; default the path.

    Raises
    ------
    InputError
        If the workspace cannot be used, or has no such revision.
    """
    with opened(path) as db:
        check_revision(db, path, revision)
        return _of_revision(db, _on(path, stated), revision)


def list_receipts(path: Path, stated: str | None = None) -> tuple[Receipt, ...]:
    """Return the receipts of all revisions that changed an area, newest first; as `revision_receipt`."""
    with opened(path) as db:
        on = _on(path, stated)
        made = (_of_revision(db, on, revision) for revision in range(head(db), 1, -1))
        return tuple(each for each in made if each is not None)


def compare_receipts(
    path: Path, old: int, new: int, zone_ids: Iterable[str] | None = None, stated: str | None = None
) -> tuple[Receipt, ...]:
    """Return the receipts of each zone that differs between two revisions: area before, area after, difference.

    Parameters
    ----------
    path, stated
        As `revision_receipt` takes them.
    old, new : int
    zone_ids : iterable of str, optional
        Only these zones.
    """
    with opened(path) as db:
        for revision in (old, new):
            check_revision(db, path, revision)
        wanted = None if zone_ids is None else set(zone_ids)
        before, after = zones_at(db, old), zones_at(db, new)
        differing = [each for each in dict.fromkeys([*before, *after]) if before.get(each) != after.get(each)]
        on, first = _on(path, stated), _first(db)
        found: list[Receipt] = []
        for each in differing if wanted is None else [each for each in differing if each in wanted]:
            found += _of_zone(on, first, each, (before.get(each, ()), after.get(each, ())), (old, new))
        return tuple(found)


def _of_revision(db: apsw.Connection, on: Ground, revision: int) -> Receipt | None:
    if revision == 1:
        # The first one is the data as it was taken in: nothing came before it.
        return None
    ids = [zone_id for (zone_id,) in ask(db, "SELECT zone_id FROM changes WHERE revision = ? ORDER BY fid", revision)]
    told = Workspace(_first(db), revision, revision - 1)
    return _difference(on, _states(db, ids, told), told)


def _of_zone(on: Ground, first: str, zone_id: str, states: tuple[Zone, Zone], at: tuple[int, int]) -> Iterator[Receipt]:
    for zone, revision in zip(states, at, strict=True):
        made = _area(on, zone_id, zone, Workspace(first, revision))
        if made is not None:
            yield made
    change = _difference(on, {zone_id: states}, Workspace(first, at[1], at[0]))
    if change is not None:
        yield change


def _area(on: Ground, zone_id: str, zone: Zone, told: Workspace) -> Receipt | None:
    """Return the receipt of a zone's area at one revision; None where it had no polygon then."""
    held = zone_change(zone_id, (), zone, errors=True)
    if held.area_after_m2 is None:
        return None
    inputs = tuple(_inputs(zone_id, zone, told.new))
    return issue(
        on, "area", "ellipsoid", inputs, held.area_after_m2, error_m2=held.error_after_m2, workspace=told
    )  # fmt: skip


def _difference(on: Ground, states: States, told: Workspace) -> Receipt | None:
    """Return the receipt of the sum of the zones' differences; None where no zone has an area at either revision."""
    changes = [zone_change(zone_id, *pair) for zone_id, pair in states.items()]
    known = [each for each in changes if each.area_change_m2 is not None]
    value, error_m2 = summed(known)
    if value is None:
        return None
    inputs = [source for each in known for source in _both(each, states[each.zone_id], told)]
    return issue(on, "change", "revisions", tuple(inputs), value, error_m2=error_m2, workspace=told)


def _both(change: ZoneChange, states: tuple[Zone, Zone], told: Workspace) -> Iterator[Input]:
    for zone, revision in zip(states, (told.old, told.new), strict=True):
        yield from _inputs(change.zone_id, zone, revision or 0)


def _inputs(zone_id: str, zone: Zone, revision: int) -> Iterator[Input]:
    """Yield the extent of a zone as it enters, with what its ± comes from: the edge error, or for a band its axis."""
    held = {part(feature): feature for feature in zone}
    extent, axis = held.get(Part.EXTENT), held.get(Part.AXIS)
    if extent is None:
        return
    facts = properties(extent)
    if facts.get("half_width_m") and axis is not None:
        errors: dict[str, Any] = {
            "half_width_m": float(facts["half_width_m"]),
            "axis": fingerprint(shape(axis)),
            "axis_error_m": _number(properties(axis).get("error_m")),
        }
    else:
        errors = {"error_m": _number(facts.get("error_m"))}
    yield Input(zone_id, fingerprint(shape(extent)), file=0, revision=revision, **errors)


def _number(value: Any) -> float | None:  # noqa: ANN401 (a property may be anything JSON holds)
    return None if value is None else float(value)


def _on(path: Path, stated: str | None) -> Ground:
    return ground(geopandas.GeoDataFrame(geometry=[], crs=STORAGE_CRS), [source_file(path, stated)], None)


def _first(db: apsw.Connection) -> str:
    """Return by what a workspace is known again: the hash of the first line of its log."""
    return str(db.execute("SELECT sha256 FROM log ORDER BY line LIMIT 1").get)[:FIRST_DIGITS]


def _states(db: apsw.Connection, ids: Iterable[str], told: Workspace) -> dict[str, tuple[Zone, Zone]]:
    old = told.new - 1 if told.old is None else told.old
    return {each: (zone_at(db, each, old), zone_at(db, each, told.new)) for each in dict.fromkeys(ids)}


def revised_again(receipts: Sequence[Receipt], path: Path) -> list[Fresh]:
    """Return receipts of one workspace as they would be issued now, or why there can be none.

    Parameters
    ----------
    receipts : sequence of Receipt
        With the same `files`.
    path : Path
        Where the workspace lies now.

    Raises
    ------
    InputError
        If the file is no workspace, or cannot be used.
    """
    stated = (receipts[0].files or ())[0].path
    with opened(path) as db:
        on, first, newest = _on(path, stated), _first(db), head(db)
        return [_again(db, on, each, first, newest) for each in receipts]


def _again(db: apsw.Connection, on: Ground, receipt: Receipt, first: str, newest: int) -> Fresh:
    told = receipt.workspace
    problem = _unusable(receipt, first, newest)
    if problem is not None or told is None:
        return problem or cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
    ids = list(dict.fromkeys(source.zone_id for source in receipt.zones))
    try:
        if receipt.kind == "area":
            fresh = _area(on, ids[0], zone_at(db, ids[0], told.new), told)
        else:
            fresh = _difference(on, _states(db, ids, told), told)
    except ZonesError as error:
        return cause("fault", fault=error)
    return _same_shapes(receipt, fresh)


def _unusable(receipt: Receipt, first: str, newest: int) -> Cause | None:
    """Return why a receipt cannot be made again on a workspace with this first line and newest revision."""
    told, count = receipt.workspace, len(receipt.zones)
    fits = {"area": told and told.old is None and count == 1, "change": told and told.old is not None and count > 0}
    if told is None or not fits.get(receipt.kind):
        return cause("bad_inputs", kind=receipt.kind, count=count)
    if told.first != first:
        return cause("other_workspace", was=told.first, now=first)
    for revision in (told.old, told.new):
        if revision is not None and not 1 <= revision <= newest:
            return cause("no_revision", revision=revision, newest=newest)
    return None


def _same_shapes(receipt: Receipt, fresh: Receipt | None) -> Fresh:
    """Return the receipt made anew if the same zones have a shape at the same revisions, else which one differs."""
    was = {(source.zone_id, source.revision): source for source in receipt.zones}
    held = {} if fresh is None else {(source.zone_id, source.revision): source for source in fresh.zones}
    for zone_id, revision in was:
        if (zone_id, revision) not in held:
            return cause("not_then", zone=zone_id, revision=revision)
    for zone_id, revision in held:
        if (zone_id, revision) not in was:
            return cause("then_too", zone=zone_id, revision=revision)
    return fresh or cause("bad_inputs", kind=receipt.kind, count=len(receipt.zones))
