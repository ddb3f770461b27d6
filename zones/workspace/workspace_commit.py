"""Writes a revision into an open workspace: shapes, changes, the row that people read, and the line of the log."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
import shapely

from zones.errors import InputError
from zones.workspace.workspace_blob import from_blob
from zones.workspace.workspace_compare import ZoneChange, zone_change
from zones.workspace.workspace_log import append, now
from zones.workspace.workspace_outside import changed_outside
from zones.workspace.workspace_schema import CURRENT
from zones.workspace.workspace_state import Zone, hashes_at, head, insert, put, zone_at, zone_hash

CHANGE_COLUMNS = ("revision", "zone_id", "before", "after", "area_before_m2", "area_after_m2", "area_error_m2")
REVISION_COLUMNS = (
    "revision", "at", "who", "why", "action", "of_revision", "zones", "area_change_m2", "area_error_m2",
)  # fmt: skip


@dataclass(frozen=True)
class Saved:
    """A revision that was made, and what it changed."""

    revision: int
    changes: tuple[ZoneChange, ...]


class UnchangedError(InputError):
    """What was to be saved is what is there already."""


def commit(
    db: apsw.Connection, after: Mapping[str, Zone], who: str, why: str, action: str, of: int | None = None
) -> Saved:
    """Write a revision: shapes, changes, the row people read, and the line of the log."""
    held = hashes_at(db)
    new = {zone_id: zone_hash(zone) for zone_id, zone in after.items()}
    changed = [zone_id for zone_id in after if new[zone_id] != held.get(zone_id)]
    if not changed:
        raise UnchangedError("nothing differs from what is there already, so nothing was saved")
    if action not in ("create", "adopt"):
        _refuse_outside(db, changed)
    revision, at = head(db) + 1, now()
    changes = tuple(zone_change(zone_id, zone_at(db, zone_id), after[zone_id]) for zone_id in changed)
    told = [_told(change, held.get(change.zone_id), new[change.zone_id]) for change in changes]
    for change, row in zip(changes, told, strict=True):
        put(db, revision, change.zone_id, after[change.zone_id])
        insert(db, "changes", CHANGE_COLUMNS, (revision, *row.values()))
    sums = (None, None) if action == "create" else summed(changes)
    insert(db, "revisions", REVISION_COLUMNS, (revision, at, who, why, action, of, len(changed), *sums))
    act = {"who": who, "why": why, "action": action, "revision": revision, "of_revision": of, "zones": told}
    append(db, at, act)
    tell_contents(db, at)
    return Saved(revision, changes)


def _told(change: ZoneChange, before: str | None, after: str | None) -> dict[str, Any]:
    """Return a change as the log and the table `changes` tell it."""
    areas = (change.area_before_m2, change.area_after_m2, change.area_error_m2)
    return dict(zip(CHANGE_COLUMNS[1:], (change.zone_id, before, after, *areas), strict=True))


def _refuse_outside(db: apsw.Connection, zone_ids: Iterable[str]) -> None:
    """Stop where a change would overwrite what another program did to the same zone."""
    touched = sorted(set(zone_ids) & set(changed_outside(db)))
    if touched:
        raise InputError(
            f"zone {', '.join(touched)}: was changed outside the desk, in QGIS for example; adopt or discard that "
            "first; nothing was saved"
        )


def tell_contents(db: apsw.Connection, at: str) -> None:
    """Keep the extent and the time of the layers of the present, which other programs read before they draw."""
    west, south, east, north = _bounds(db)
    marks = ", ".join("?" * len(CURRENT))
    db.execute(
        "UPDATE gpkg_contents SET last_change = ?, min_x = ?, min_y = ?, max_x = ?, max_y = ?"
        f" WHERE table_name IN ({marks}) OR table_name = 'past_shapes'",
        (at, west, south, east, north, *CURRENT),
    )


def summed(changes: Iterable[ZoneChange]) -> tuple[float | None, float | None]:
    """Return the sum of the area differences in m², and its ±; None where no zone has an area."""
    known = [change for change in changes if change.area_change_m2 is not None]
    if not known:
        return None, None
    errors = np.array([change.area_error_m2 or 0.0 for change in known])
    return float(sum(change.area_change_m2 or 0.0 for change in known)), float(np.sqrt((errors**2).sum()))


def _bounds(db: apsw.Connection) -> tuple[float | None, ...]:
    shapes = [from_blob(blob) for table in CURRENT for (blob,) in db.execute(f"SELECT geom FROM {table}")]
    if not any(shapes):
        return (None,) * 4
    return tuple(map(float, shapely.total_bounds([shape for shape in shapes if shape])))
