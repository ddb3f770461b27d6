"""The workspace of the digitizing desk: every change of a zone's shape, by whom, when and why, and the way back.

One GeoPackage holds the zones as they are, as they were at each revision, and the log. Each function here is one
transaction: it happens wholly or not at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import apsw
import geopandas
import pandas as pd

from zones.errors import InputError, ZonesError
from zones.workspace.workspace_check import check_log
from zones.workspace.workspace_commit import Saved, UnchangedError, commit
from zones.workspace.workspace_compare import ZoneChange, zone_change
from zones.workspace.workspace_create import create
from zones.workspace.workspace_edit import Edit, edited
from zones.workspace.workspace_export import export
from zones.workspace.workspace_file import opened
from zones.workspace.workspace_log import said
from zones.workspace.workspace_outside import changed_outside, discard, outside_edits
from zones.workspace.workspace_stage import set_stage
from zones.workspace.workspace_state import HEAD, Zone, ask, check_revision, frame_of, hashes_at, zone_at, zones_at
from zones.workspace.workspace_undo import stacks

__all__ = [
    "Collision",
    "Edit",
    "Saved",
    "UnchangedError",
    "ZoneChange",
    "check_log",
    "create",
    "discard",
    "export",
    "set_stage",
]


class Collision(ZonesError):  # noqa: N818 (it tells of a meeting of two, not of a fault)
    """Somebody else changed a zone in the meantime.

    Attributes
    ----------
    zone_ids : tuple of str
    theirs, ours : geopandas.GeoDataFrame
        Features of these zones as they stand now, and as the edit would have them.
    who, at : str
        Who made the newest of their changes, and when (UTC).
    changed : dict of str to (str, str)
        The same for each zone, the newest change first.
    """

    def __init__(
        self,
        sentence: str,
        theirs: geopandas.GeoDataFrame,
        ours: geopandas.GeoDataFrame,
        changed: Mapping[str, tuple[str, str]],
    ) -> None:
        super().__init__(sentence)
        self.zone_ids, self.theirs, self.ours, self.changed = tuple(changed), theirs, ours, dict(changed)
        self.who, self.at = next(iter(changed.values()))


def features_at(path: Path, revision: int | None = None) -> geopandas.GeoDataFrame:
    """Return all features at a revision, or now: one row each, in the order of the files.

    Returns
    -------
    geopandas.GeoDataFrame
        `zone_id`, `part`, `layer`, `grade`, `error_m`, `basis`, `basis_en`, `method`, `edge_rule`, `traced_on`,
        `half_width_m`, further properties, `geometry`; EPSG:4490.
    """
    with opened(path) as db:
        check_revision(db, path, revision)
        return frame_of(zones_at(db, HEAD if revision is None else revision))


def revisions(path: Path) -> pd.DataFrame:
    """Return the revisions, newest first.

    Returns
    -------
    pandas.DataFrame
        `revision`, `at` (UTC, ISO 8601), `who`, `why`, `action` (create, save, undo, redo, restore, adopt),
        `of_revision` (of an undo or redo), `zone_ids`, `area_change_m2` and its ± `area_error_m2` (None for the
        first), `stage` (draft, checked, published), `name`.
    """
    with opened(path) as db:
        changed: dict[int, list[str]] = {}
        for revision, zone_id in db.execute("SELECT revision, zone_id FROM changes ORDER BY fid"):
            changed.setdefault(revision, []).append(zone_id)
        marked = {row[0]: row[1:] for row in ask(db, "SELECT revision, stage, name FROM stages ORDER BY fid")}
        columns = ("revision", "at", "who", "why", "action", "of_revision", "area_change_m2", "area_error_m2")
        held = ask(db, f"SELECT {', '.join(columns)} FROM revisions ORDER BY revision DESC")
    rows = [dict(zip(columns, row, strict=True)) for row in held]
    for row in rows:
        row["zone_ids"] = tuple(changed.get(row["revision"], ()))
        row["stage"], row["name"] = marked.get(row["revision"], ("draft", ""))
    order = (*columns[:6], "zone_ids", *columns[6:], "stage", "name")
    return pd.DataFrame(rows, columns=order).astype({"of_revision": "Int64"})


def save(path: Path, edits: Sequence[Edit], *, who: str, why: str, base: int) -> Saved:
    """Save edits of zones as one revision.

    Parameters
    ----------
    path : Path
    edits : sequence of Edit
        One for each zone; all of them are saved, or none.
    who, why : str
        Neither may be empty.
    base : int
        The revision that the edits were made on which name none themselves.

    Raises
    ------
    Collision
        If one of the zones was changed after the revision its edit was made on.
    UnchangedError
        If the zones are so already.
    InputError
        If an edit or the file cannot be used.
    """
    who, why = said(who, "a name (who)"), said(why, "a reason (why)")
    repeated = {edit.zone_id for edit in edits if [other.zone_id for other in edits].count(edit.zone_id) > 1}
    if repeated:
        raise InputError(f"zone '{min(repeated)}' stands in two edits; make one of them")
    with opened(path, write=True) as db:
        bases = {edit.zone_id: base if edit.base is None else edit.base for edit in edits}
        for revision in {base, *bases.values()}:
            check_revision(db, path, revision)
        before = {edit.zone_id: zone_at(db, edit.zone_id) for edit in edits}
        after = {edit.zone_id: edited(db, edit, before[edit.zone_id]) for edit in edits}
        _refuse_collision(db, before, after, bases)
        return commit(db, after, who, why, "save")


def _refuse_collision(
    db: apsw.Connection, before: Mapping[str, Zone], after: Mapping[str, Zone], bases: Mapping[str, int]
) -> None:
    met: list[tuple[int, str, str, str]] = []
    for zone_id in after:
        met += ask(
            db,
            "SELECT revision, who, at, zone_id FROM changes JOIN revisions USING (revision)"
            " WHERE zone_id = ? AND revision > ? ORDER BY revision DESC LIMIT 1",
            zone_id,
            bases[zone_id],
        )
    if not met:
        return
    changed = {zone_id: (who, at) for _, who, at, zone_id in sorted(met, key=lambda each: -each[0])}
    newest, who, at, zone_id = max(met)
    raise Collision(
        f"zone {', '.join(changed)}: changed by {who} at {at} (revision {newest}), after revision {bases[zone_id]} on "
        "which this edit rests; nothing was saved; compare both shapes, then save again",
        frame_of({each: before[each] for each in changed}),
        frame_of({each: after[each] for each in changed}),
        changed,
    )


def undo(path: Path, who: str, *, revision: int | None = None) -> Saved:
    """Take back the newest change that still stands; as many times as there are changes.

    Parameters
    ----------
    path : Path
    who : str
    revision : int, optional
        The one meant: refused where somebody has saved another one since.

    Raises
    ------
    UnchangedError
        If there is nothing to undo.
    Collision, InputError
    """
    return _step(path, who, revision, "undo")


def redo(path: Path, who: str, *, revision: int | None = None) -> Saved:
    """Bring the change again that was undone last; parameters and errors as `undo`."""
    return _step(path, who, revision, "redo")


def next_steps(path: Path) -> tuple[int | None, int | None]:
    """Return which revision an undo would take back, and which one a redo would bring again."""
    with opened(path) as db:
        done, undone = _stacks(db)
    return (done[-1] if done else None), (undone[-1] if undone else None)


def _stacks(db: apsw.Connection) -> tuple[list[int], list[int]]:
    return stacks(ask(db, "SELECT revision, action, of_revision FROM revisions ORDER BY revision"))


def _step(path: Path, who: str, wanted: int | None, action: str) -> Saved:
    who = said(who, "a name (who)")
    with opened(path, write=True) as db:
        done, undone = _stacks(db)
        candidates = done if action == "undo" else undone
        if not candidates:
            raise UnchangedError("there is nothing to undo" if action == "undo" else "there is nothing to redo")
        of = candidates[-1]
        if wanted is not None and wanted != of:
            raise InputError(f"revision {wanted} is no longer the next one, {of} is; look at the list again")
        zone_ids = [zone_id for (zone_id,) in db.execute("SELECT zone_id FROM changes WHERE revision = ?", (of,))]
        at = of - 1 if action == "undo" else of
        why = str(db.execute("SELECT why FROM revisions WHERE revision = ?", (of,)).get)
        return commit(db, {each: zone_at(db, each, at) for each in zone_ids}, who, why, action, of)


def restore(path: Path, revision: int, *, who: str, why: str, zone_ids: Iterable[str] | None = None) -> Saved:
    """Make zones again what they were at a revision: all of them, or those named.

    Raises
    ------
    UnchangedError
        If they are so already.
    InputError
        If there is no such revision, or a zone had no part in the workspace then or now.
    """
    who, why = said(who, "a name (who)"), said(why, "a reason (why)")
    with opened(path, write=True) as db:
        check_revision(db, path, revision)
        then, present = hashes_at(db, revision), hashes_at(db)
        wanted = set(present if zone_ids is None else zone_ids)
        unknown = sorted(wanted - set(present))
        if unknown:
            raise InputError(f"zone '{unknown[0]}': the workspace never held it; check the id")
        differing = [each for each in present if each in wanted and then.get(each) != present[each]]
        return commit(db, {each: zone_at(db, each, revision) for each in differing}, who, why, "restore", revision)


def outside_changes(path: Path) -> tuple[ZoneChange, ...]:
    """Return what another program, such as QGIS, changed in the layers of the present since the newest revision.

    Raises
    ------
    InputError
        If it cannot be read as zones; the sentence says what to mend.
    """
    with opened(path) as db:
        found = [(edit, zone_at(db, edit.zone_id)) for edit in outside_edits(db, changed_outside(db))]
        return tuple(zone_change(edit.zone_id, before, edited(db, edit, before)) for edit, before in found)


def zones_outside(path: Path) -> tuple[str, ...]:
    """Return the ids of zones changed outside the desk, '' standing for features without an id."""
    with opened(path) as db:
        return changed_outside(db)


def adopt(path: Path, *, who: str, why: str) -> Saved:
    """Take what was changed outside the desk as a revision.

    Raises
    ------
    UnchangedError
        If nothing was changed there.
    InputError
        If it cannot be read as zones.
    """
    who, why = said(who, "a name (who)"), said(why, "a reason (why)")
    with opened(path, write=True) as db:
        edits = outside_edits(db, changed_outside(db))
        after = {edit.zone_id: edited(db, edit, zone_at(db, edit.zone_id)) for edit in edits}
        return commit(db, after, who, why, "adopt")


def compare(path: Path, old: int, new: int) -> tuple[ZoneChange, ...]:
    """Return the zones that differ between two revisions, in the order of the files: one change for each zone."""
    with opened(path) as db:
        for revision in (old, new):
            check_revision(db, path, revision)
        before, after = zones_at(db, old), zones_at(db, new)
    differing = [each for each in dict.fromkeys([*before, *after]) if before.get(each) != after.get(each)]
    return tuple(zone_change(each, before.get(each, ()), after.get(each, ()), errors=True) for each in differing)
