"""Zones with changes that wait for one save: the one being drawn and those put aside, looked at as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas
import shapely

from ui.desk import desk_candidate
from ui.desk.desk_draft import Draft
from ui.desk.desk_history_view import local
from ui.words.i18n import t
from zones import Atlas
from zones.editing.shared_border import follow
from zones.errors import ZonesError
from zones.repair import POLYGONS
from zones.schema import Grade, Part
from zones.statements.rules import Rule, evaluate
from zones.units import format_change
from zones.workspace.workspace import Collision, Edit
from zones.workspace.workspace_compare import drawn_change


@dataclass(frozen=True)
class Drawn:
    """A zone as drawn in the browser, and the revision it was opened at (None before there is a workspace)."""

    zone_id: str
    features: geopandas.GeoDataFrame
    base: int | None

    @property
    def extent(self) -> shapely.Geometry | None:
        """The ground or place of the zone."""
        held = self.features.geometry[self.features["part"] == Part.EXTENT.value]
        return held.iloc[0] if len(held) else None


def drawn(asked: dict[str, Any], draft: Draft) -> list[Drawn]:
    """Return the zones a question of the browser is about: the open one first, where one is, then those put aside.

    Raises
    ------
    GeometryError, InputError
        If what is drawn can be no feature (see `desk_candidate.features_of`).
    """
    told = [asked] if asked.get("zone") and "parts" in asked else []
    return [
        Drawn(
            each["zone"],
            desk_candidate.features_of(each["zone"], draft.layer_of(each["zone"]), each["parts"]),
            each.get("base"),
        )
        for each in [*told, *asked.get("others", [])]
    ]


def beside(asked: dict[str, Any], draft: Draft) -> Draft:
    """Return the draft with the zones put aside as they will be; one that is not valid stands as it was."""
    for told in asked.get("others", []):
        try:
            (each,) = drawn({"others": [told]}, draft)
        except ZonesError:
            # What is wrong with it is said when it is checked or saved itself.
            continue
        draft = replace(draft, atlas=_with(draft, each))
    return draft


def _with(draft: Draft, zone: Drawn) -> Atlas:
    """Return the draft's atlas with a zone as drawn, if its shapes are valid."""
    valid = all(shape is not None and shape.is_valid for shape in zone.features.geometry)
    return desk_candidate.in_atlas(draft, zone.zone_id, zone.features) if valid else draft.atlas


def listed(zones: Sequence[Drawn], draft: Draft) -> list[dict[str, Any]]:
    """Return the difference in area of each zone, in km² with its ±; nothing where there is none to give."""
    return [{"zone": each.zone_id, "change": _difference(each, draft)} for each in zones]


def _difference(zone: Drawn, draft: Draft) -> str:
    if not all(shape is not None and shape.is_valid for shape in zone.features.geometry):
        return ""
    made = drawn_change(zone.zone_id, draft.of_zone(zone.zone_id), zone.features)
    if made.area_change_m2 is None:
        return ""
    still = not made.area_change_m2 and not made.area_error_m2
    return "0" if still else format_change(made.area_change_m2, made.area_error_m2)


def changed(zones: Sequence[Drawn], draft: Draft) -> list[Drawn]:
    """Return the zones that differ from the draft, or rest on an older one."""
    return [
        each
        for each in zones
        if each.base != draft.revision or desk_candidate.changes(draft, each.zone_id, each.features)
    ]


def missing(zones: Sequence[Drawn]) -> tuple[str, list[list[str]]]:
    """Return the first zone in which fields are still empty, and which (see `desk_candidate.missing`)."""
    for each in zones:
        fields = desk_candidate.missing(each.features)
        if fields:
            return each.zone_id, fields
    return "", []


def found(zones: Sequence[Drawn], draft: Draft, rules: tuple[Rule, ...], lang: str) -> list[dict[str, Any]]:
    """Return the findings on all zones, each as it lies beside the others; what two have in common is told once.

    Parameters
    ----------
    draft : Draft
        With the zones put aside in its atlas (see `beside`).
    """
    told: dict[tuple[Any, ...], dict[str, Any]] = {}
    whole = replace(draft, atlas=_with(draft, zones[0])) if zones else draft
    # Rules look at the whole atlas: for several zones once.
    results = tuple(evaluate(desk_candidate.judged(whole.atlas), rules)) if len(zones) > 1 else None
    for each in zones:
        atlas = desk_candidate.in_atlas(whole, each.zone_id, each.features)
        for one in desk_candidate.found(atlas, each.zone_id, rules, lang, results):
            told.setdefault(_same(each.zone_id, one), one | {"of": each.zone_id})
    rank = ("error", "warning", "note")
    return sorted(told.values(), key=lambda one: rank.index(one["severity"]))


def _same(zone_id: str, one: dict[str, Any]) -> tuple[Any, ...]:
    """Return what two findings have alike that say the same, of one neighbour and of the other."""
    if one["kind"].startswith("sibling"):
        return one["kind"], frozenset((zone_id, one["value"]))
    return one["kind"], one["zone"], one["value"], one["text"]


def edits(zones: Sequence[Drawn], draft: Draft) -> list[Edit]:
    """Return the zones as the workspace takes them, to be saved as one revision."""
    return [Edit(each.zone_id, draft.layer_of(each.zone_id), each.features, each.base) for each in zones]


def collided(met: Collision, draft: Draft, lang: str) -> dict[str, Any]:
    """Return for each zone that somebody else changed who and when, their shapes, and the newest revision."""
    names = draft.atlas.zones[f"name_{lang}"]
    told = [
        {
            "zone": zone_id,
            "sentence": t("draw_collision", lang, zone=names[zone_id], who=who, at=local(at)),
            "theirs": [desk_candidate.plain(shape) for shape in met.theirs.geometry[met.theirs["zone_id"] == zone_id]],
        }
        for zone_id, (who, at) in met.changed.items()
    ]
    return {"zones": told, "base": draft.revision}


def followed(asked: dict[str, Any], draft: Draft, lang: str) -> dict[str, Any]:
    """Return what the neighbours become when the open zone's outline changed from `before` to `after`.

    Returns
    -------
    dict
        `own`: the outline with the vertices its neighbours gave it. `zones`: for each neighbour that moves, the zone as
        `desk_candidate.opened` gives it and its new `extent`. `said`: which ones share the border and stay.
    """
    zones, others = draft.atlas.zones, {each.zone_id: each.extent for each in drawn(asked, draft)}
    stored = draft.features[draft.features["part"] == Part.EXTENT.value].set_index("zone_id").geometry.to_dict()
    near = {
        zone_id: shape
        for zone_id, shape in (stored | others).items()
        if zone_id != asked["zone"] and shape is not None and shape.geom_type in POLYGONS
    }
    own = zones.loc[[zone_id for zone_id in near if zone_id in zones.index]]
    fixed = set(own.index[(own["grade"] == Grade.OFFICIAL.value) | own["half_width_m"].notna()])
    made = follow(desk_candidate.geometry(asked["before"]), desk_candidate.geometry(asked["after"]), near, fixed)
    if made is None:
        return {"own": asked["after"], "zones": [], "said": t("draw_share_not", lang)}
    comma = ", " if lang == "en" else "、"
    stays = comma.join(zones.at[zone_id, f"name_{lang}"] for zone_id in made.stays)
    return {
        "own": desk_candidate.plain(made.own),
        "zones": [
            {"zone": desk_candidate.opened(draft, zone_id), "extent": desk_candidate.plain(shape)}
            for zone_id, shape in made.neighbours.items()
        ],
        "said": t("draw_share_stays", lang, names=stays) if stays else "",
    }
