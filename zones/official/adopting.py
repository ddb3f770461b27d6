"""Official boundaries into the workspace: everything is told first, then one revision replaces all matched shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas
import pandas as pd

from zones.atlas import Atlas
from zones.errors import InputError
from zones.issues import Issue
from zones.official.follows import Follows, follows
from zones.official.match_doubts import doubts
from zones.official.match_zones import Matched, match
from zones.official.official import Given, changed_zones, proposed, with_features
from zones.statements.rules import Rule
from zones.workspace import workspace
from zones.workspace.workspace_commit import Saved


@dataclass(frozen=True)
class Preview:
    """What adopting a layer would do, before anything is done.

    Attributes
    ----------
    matched : Matched
    proposed : geopandas.GeoDataFrame
        The new features (see `zones.official.official.proposed`).
    doubts : list of Issue
    before, after : Atlas
    zone_ids : tuple of str
        Zones that would change.
    follows : Follows
    """

    matched: Matched
    proposed: geopandas.GeoDataFrame
    doubts: list[Issue]
    before: Atlas
    after: Atlas
    zone_ids: tuple[str, ...]
    follows: Follows


def preview(
    before: Atlas,
    features: geopandas.GeoDataFrame,
    said: Given,
    rules: tuple[Rule, ...],
    *,
    layer: str,
    field: str | None = None,
    chosen: Mapping[str, tuple[str, ...]] | None = None,
) -> Preview:
    """Return what adopting a layer would do.

    Parameters
    ----------
    before : Atlas
        As it is, with base map.
    features : geopandas.GeoDataFrame
        As `zones.intake.bring_in.bring_in` gives them.
    layer : str
        Name of the layer, for messages.
    field, chosen
        See `zones.official.match_zones.match`.

    Raises
    ------
    InputError
        If no feature belongs to any zone.
    """
    matched = match(features, before.zones, field=field, chosen=chosen)
    if matched.pairs.empty:
        raise InputError(
            f"{layer}: none of its {len(features)} features names a zone of the atlas; choose the zones by hand, or "
            "name the field that holds ids or names (--field)"
        )
    new = proposed(before, features, matched, said)
    after = with_features(before, new)
    zone_ids = changed_zones(before, after)
    return Preview(
        matched, new, doubts(new, before.zones, features, matched.pairs, layer), before, after, zone_ids,
        follows(before, after, zone_ids, rules),
    )  # fmt: skip


def adopt(path: Path, new: geopandas.GeoDataFrame, said: Given, *, who: str, base: int, why: str = "") -> Saved:
    """Replace the shapes of all matched zones by the supplied ones, as one revision.

    Parameters
    ----------
    path : Path
        The workspace.
    new : geopandas.GeoDataFrame
        As `official.proposed` gives them. What a zone has besides, such as the axis of a corridor of which an
        outline is supplied, stays.
    who : str
    base : int
        The revision that the preview was made on.
    why : str, optional
        Added to what is said of the document.

    Raises
    ------
    Collision, UnchangedError, InputError
        See `zones.workspace.workspace.save`.
    """
    held = workspace.features_at(path, base)
    edits = [_edit(str(zone_id), own, held) for zone_id, own in new.groupby("zone_id", sort=False)]
    reason = f"采用正式边界：{said.authority}，{said.document}（{said.dated}），±{said.error_m:g} m"
    return workspace.save(path, edits, who=who, why=f"{reason}。{why}".rstrip("。") if why else reason, base=base)


def _edit(zone_id: str, own: geopandas.GeoDataFrame, held: geopandas.GeoDataFrame) -> workspace.Edit:
    kept = held[(held["zone_id"] == zone_id) & ~held["part"].isin(own["part"])]
    layer = str(own["layer"].iloc[0])
    both = own if kept.empty else pd.concat([kept[own.columns], own], ignore_index=True)
    return workspace.Edit(zone_id, layer, both)
