"""The draft the desk works on: the newest revision of the workspace in use, or the published atlas where there is none.

Kept by path and by the hash of the log's newest line, so that the figures of a drawing need no file, and a workspace
that was made anew in the same place is not taken for the one before it. Nobody writes into what is kept.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import streamlit as st

from ui import cache, map_data
from ui.static_files import stands, write_json
from zones import Atlas
from zones.atlas import data_folder, read_layers_as_drawn
from zones.editing.draft import draft
from zones.statements.rules import Rule, read_rules
from zones.workspace.workspace import create, features_at, revisions
from zones.workspace.workspace_check import newest_line
from zones.workspace.workspace_place import workspace_path


@dataclass(frozen=True)
class Draft:
    """What is drawn on: the atlas with the draft's shapes, its features as they stand in it, and which revision."""

    atlas: Atlas
    features: geopandas.GeoDataFrame
    revision: int | None
    """None: there is no workspace; these are the published shapes."""

    who: str = ""
    at: str = ""
    stage: str = "draft"

    def of_zone(self, zone_id: str) -> geopandas.GeoDataFrame:
        """Return the features of a zone."""
        return self.features[self.features["zone_id"] == zone_id]

    def layer_of(self, zone_id: str) -> str:
        """Return the layer a zone's features stand in, or would stand in: that of its plan."""
        held = self.of_zone(zone_id)
        if len(held):
            return str(held["layer"].iloc[0])
        plan_id = self.atlas.zones.at[zone_id, "plan_id"]
        return next(layer.layer for layer in self.atlas.layers if layer.role == "zones" and layer.plan_id == plan_id)


def current() -> Draft:
    """Return the draft as it is now."""
    return _draft(*_key())


def rules() -> tuple[Rule, ...]:
    """Return the rules of place."""
    return read_rules(data_folder() / "rules.yaml")


def files() -> dict[str, str]:
    """Return the addresses of the draft's zones, and of the list of all zones that can be drawn."""
    key = _key()
    held = _files(*key)
    if not all(stands(address) for address in held.values()):
        # A workspace put back from a copy: what was written for it may have been cleared away since.
        _write(_draft(*key))
    return held


def begin(who: str) -> None:
    """Make the workspace, from the data in use."""
    create(workspace_path(), data=data_folder(), who=who)


def _key() -> tuple[cache.Stamp, str, str | None]:
    path = workspace_path()
    # The base map and the plans come from the files; the shapes from the workspace.
    return cache.stamp(), str(path), newest_line(path)[2] if path.exists() else None


@st.cache_resource(max_entries=3, show_spinner=False)
def _draft(key: cache.Stamp, path: str, line: str | None) -> Draft:  # noqa: ARG001 (the key of the cache)
    atlas = cache.atlas()
    if line is None:
        features = read_layers_as_drawn(data_folder(), atlas.layers)
        return Draft(draft(atlas, features), features, None)
    newest = revisions(Path(path)).iloc[0]
    head = int(newest["revision"])
    features = features_at(Path(path), head)
    return Draft(draft(atlas, features), features, head, str(newest["who"]), str(newest["at"]), str(newest["stage"]))


@st.cache_resource(max_entries=3, show_spinner=False)
def _files(key: cache.Stamp, path: str, line: str | None) -> dict[str, str]:
    return _write(_draft(key, path, line))


def _write(held: Draft) -> dict[str, str]:
    zones = {"type": "FeatureCollection", "features": list(map_data.zone_features(held.atlas.zones))}
    return {
        "zones_url": write_json("desk-zones", zones),
        "index_url": write_json("desk-index", {"zones": index(held.atlas.zones)}),
    }


def index(zones: pd.DataFrame) -> list[dict[str, Any]]:
    """Return every zone the plans name, in their order: id, both names, kind, plan, and whether it has a shape."""
    return [
        {
            "id": row.Index, "zh": row.name_zh, "en": row.name_en, "kind": row.kind, "plan": row.plan_id,
            "also": " ".join(row.aliases), "drawn": row.geometry is not None,
        }
        for row in zones.itertuples()
    ]  # fmt: skip
