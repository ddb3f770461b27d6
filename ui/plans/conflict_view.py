"""Contradictions as the page lists them: grouped by kind, both sides apart, each with its sources."""

from typing import Any

import pandas as pd

from layers.office.workbook import csv_bytes
from layers.style import KIND_COLOURS, KIND_INKS
from layers.tables.indicator_words import scope_name
from ui.plans.evidence import place, section_of
from ui.words import words
from ui.words.i18n import t
from zones import Atlas
from zones.schema import Kind
from zones.statements.conflicts import Conflict
from zones.statements.crosswalk import short_name
from zones.statements.documents import Pages

SIDE_KINDS = (Kind.CORE, Kind.CORRIDOR, Kind.CLUSTER, Kind.PLATFORM)
"""Kinds whose colours tell the sides apart; they are far from each other for every eye."""
WHOLE_AND_PARTS = ("areas_do_not_add_up", "parts_do_not_add_up", "sum_exceeds_whole")


def key_of(conflict: Conflict) -> str:
    """Return a name of a contradiction that stays the same while its zones do."""
    return f"{conflict.kind}:{','.join(conflict.zones)}:{conflict.evidence[0].lines[0]}"


def of_plan(found: list[Conflict], plan_id: str | None) -> list[Conflict]:
    """Return the contradictions with evidence in a plan; all of them for None."""
    return [each for each in found if plan_id is None or any(side.plan_id == plan_id for side in each.evidence)]


def sides(atlas: Atlas, conflict: Conflict, lang: str) -> list[dict[str, Any]]:
    """Return the zones of a contradiction by side: `label`, `colour`, `zones` (ids).

    A whole stands against its parts; zones of two plans stand plan against plan.
    """
    held = [zone_id for zone_id in conflict.zones if zone_id in atlas.zones.index]
    labels = {zone_id: _side(atlas, conflict, zone_id, held, lang) for zone_id in held}
    found = []
    for place_, label in enumerate(dict.fromkeys(labels.values())):
        kind = SIDE_KINDS[place_ % len(SIDE_KINDS)]
        members = [each for each in held if labels[each] == label]
        found.append({"label": label, "colour": KIND_COLOURS[kind], "ink": KIND_INKS[kind], "zones": members})
    return found


def _side(atlas: Atlas, conflict: Conflict, zone_id: str, held: list[str], lang: str) -> str:
    if conflict.kind in WHOLE_AND_PARTS:
        return t("whole" if zone_id == held[0] else "part_zones", lang)
    if conflict.kind == "split_or_merged":
        first, name = (short_name(atlas.zones.at[each, "name_zh"]) for each in (held[0], zone_id))
        return t("part_zones" if name != first and name in first else "whole", lang)
    if len(set(atlas.zones.loc[held, "plan_id"])) > 1:
        return str(getattr(atlas.plans[atlas.zones.at[zone_id, "plan_id"]].plan.short, lang))
    return t("first_side" if zone_id == held[0] else "other_side", lang)


def listing(atlas: Atlas, found: list[Conflict], chosen: str | None, pages: Pages, lang: str) -> dict[str, Any]:
    """Return the list of contradictions as JSON data for the browser; only the chosen one brings its passages."""
    groups = []
    for kind, (label, note) in words.CONFLICTS.items():
        items = [_item(atlas, each, chosen, pages, lang) for each in found if each.kind == kind]
        if items:
            groups.append({"label": label[lang == "en"], "note": note[lang == "en"], "items": items})
    names = ("zones_of", "scope_of", "sources_of", "unlocated", "no_documents", "choose_conflict")
    return {"lang": lang, "groups": groups, "strings": {name: t(name, lang) for name in names}}


def _item(atlas: Atlas, conflict: Conflict, chosen: str | None, pages: Pages, lang: str) -> dict[str, Any]:
    key = key_of(conflict)
    return {
        "key": key,
        "text": conflict.en if lang == "en" else conflict.zh,
        "chosen": key == chosen,
        "sides": [side | {"zones": [_zone(atlas, each, lang) for each in side["zones"]]}
                  for side in sides(atlas, conflict, lang)],
        "scopes": [scope_name(atlas, each, lang) for each in conflict.zones if each not in atlas.zones.index],
        "sources": _sources(atlas, conflict, pages if key == chosen else {}, lang),
        "unread": not pages,
    }  # fmt: skip


def _zone(atlas: Atlas, zone_id: str, lang: str) -> dict[str, Any]:
    row = atlas.zones.loc[zone_id]
    located = row.geometry is not None or row["axis"] is not None
    return {"id": zone_id, "name": row[f"name_{lang}"], "located": located}


def _sources(atlas: Atlas, conflict: Conflict, pages: Pages, lang: str) -> list[dict[str, Any]]:
    """Return the passages by plan, each once; one plan against itself passage by passage."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for said in dict.fromkeys(conflict.evidence):
        plan = atlas.plans[said.plan_id]
        entry = place(plan, pages, section_of(plan, said.lines), said.lines, lang)
        groups.setdefault(said.plan_id, []).append(entry)
    if len(groups) == 1:
        return [{"places": [entry]} for entries in groups.values() for entry in entries]
    return [{"places": entries} for entries in groups.values()]


def csv(atlas: Atlas, found: list[Conflict], lang: str) -> bytes:
    """Return the list of contradictions as CSV bytes, one row to each."""
    rows = [
        {
            t("conflict_kind", lang): words.CONFLICTS[each.kind][0][lang == "en"],
            t("statement", lang): each.en if lang == "en" else each.zh,
            t("zones_of", lang): "; ".join(scope_name(atlas, zone_id, lang) for zone_id in each.zones),
            "zone_id": "; ".join(each.zones),
            t("source", lang): "; ".join(
                entry["at"] for group in _sources(atlas, each, {}, lang) for entry in group["places"]
            ),
        }
        for each in found
    ]
    return csv_bytes(pd.DataFrame(rows))
