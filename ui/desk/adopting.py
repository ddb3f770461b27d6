"""What `zones workspace adopt` and the bench of official boundaries share: files in, one record of what follows out."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ui.commands.selecting import lying_at
from zones import Atlas, read_atlas
from zones.intake.bring_in import Brought
from zones.official.adopting import Preview
from zones.official.follows import Follows, StaleFile, stale_in
from zones.official.match_zones import Matched, proposals
from zones.proof.receipt_files import read_receipts
from zones.records import none_if_nan
from zones.workspace.workspace_publish import atlas_at


def atlas_now(path: Path) -> Atlas:
    """Return the atlas with the newest shapes of a workspace; without a workspace, the atlas in use."""
    return atlas_at(path) if path.is_file() else read_atlas()


def stale_files(paths: Sequence[Path], before: Atlas, after: Atlas) -> list[StaleFile]:
    """Return for each file with receipts those that new shapes make stale.

    Raises
    ------
    InputError
        If a file holds no receipt, or rests on another file that is not at hand.
    """
    from layers.tables.tables import figure_heads

    found = []
    for path in paths:
        held = read_receipts(path, figure_heads())
        found.append(stale_in(path.name, held.receipts, before, after, lying_at(path, held, ())))
    return found


def record(brought: Brought, preview: Preview, stale: Iterable[StaleFile], revision: int | None) -> dict[str, Any]:
    """Return what was, or would be, adopted, and what follows, as JSON data; `revision` is None in a dry run."""
    return {
        "read": brought.read,
        "dropped": [{"feature": each.feature, "reason": each.reason} for each in brought.dropped],
        **matches(preview.matched, brought, preview.before),
        "doubts": [{"zone_id": each.feature, "kind": each.kind, "message": each.message} for each in preview.doubts],
        "zones_changed": list(preview.zone_ids),
        **consequences(preview.follows),
        **staleness(stale),
        "revision": revision,
    }


def matches(matched: Matched, brought: Brought, before: Atlas) -> dict[str, Any]:
    """Return who is who, and who is left over on either side, as JSON data."""
    shapes = brought.frame.geometry.set_axis(brought.frame.index.astype(str))
    unmatched = [
        {
            "feature": row.feature,
            "label": row.label,
            "why": row.why,
            "proposals": [
                each._asdict() for each in proposals(row.label, shapes[row.feature], before.zones, row.zones)
            ],
        }
        for row in matched.left.itertuples()
    ]
    return {
        "field": matched.field,
        "matched": rows(matched.pairs),
        "unmatched": unmatched,
        "zones_without": list(matched.without),
    }


def consequences(found: Follows) -> dict[str, Any]:
    """Return what follows from new shapes, as JSON data."""
    return {
        "zones": rows(found.zones),
        "overlaps": rows(found.overlaps),
        "totals": {name: {"before": was, "after": now} for name, (was, now) in found.totals.items()},
        "coverages": rows(found.coverages),
        "findings": rows(found.findings),
        "accepted_idle": [{"zone_id": zone_id, "kind": kind} for zone_id, kind in found.idle],
    }


def staleness(stale: Iterable[StaleFile]) -> dict[str, Any]:
    """Return the receipts that turn stale, by file, as JSON data."""
    return {
        "stale": [
            {
                "file": each.name,
                "receipts": len(each.receipts),
                "stale_before": each.stale_before,
                "stale": [{"id": one.id, "kind": one.kind, "zones": list(one.zones), "value": one.value,
                           "now": none_if_nan(one.now)} for one in each.stale],
            }
            for each in stale
        ]
    }  # fmt: skip


def rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as JSON data; what is not known is null."""
    return [{str(name): none_if_nan(value) for name, value in row.items()} for row in table.to_dict("records")]
