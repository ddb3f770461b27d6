"""Rules of place and the crosswalk of places, as tables for the browser."""

from typing import Any

import pandas as pd

from layers.style import KIND_COLOURS
from layers.tables.indicator_words import scope_name
from ui.plans.evidence import locator, section_of
from ui.words.i18n import t
from ui.words.words import SEVERITIES
from zones import Atlas
from zones.statements.crosswalk import places
from zones.statements.plans import Plan
from zones.statements.relations import relations
from zones.statements.rules import Rule

Cells = list[dict[str, Any]]
REMAINDER = "parts_add_up"
WIDE = ("source", "reason")
CROSSING = {"part_of": "cross_part_of", "overlaps": "cross_overlaps"}


def _table(lang: str, caption: str, heads: list[dict[str, Any]], rows: list[Cells], none: str) -> dict[str, Any]:
    told = [
        {"cells": cells, "find": " ".join(str(cell["text"]) for cell in cells).lower()} for cells in rows
    ]  # every cell can be searched
    return {"lang": lang, "caption": caption, "columns": heads, "rows": told, "none": none, "filter": None}


def _heads(lang: str, *keys: str, numbers: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return [{"title": t(key, lang), "number": key in numbers, "wide": key in WIDE} for key in keys]


def _zone(atlas: Atlas, zone_id: str, lang: str) -> dict[str, Any]:
    name, colour = atlas.zones.at[zone_id, f"name_{lang}"], KIND_COLOURS[atlas.zones.at[zone_id, "kind"]]
    return {"text": name, "pick": zone_id, "colour": colour}


def _other(atlas: Atlas, code: str, lang: str) -> dict[str, Any]:
    return _zone(atlas, code, lang) if code in atlas.zones.index else {"text": scope_name(atlas, code, lang)}


def rule_table(rules: tuple[Rule, ...], results: pd.DataFrame, reasons: dict[Any, str], lang: str) -> dict[str, Any]:
    """Return one row to a rule: how many zones it was tried on, where it holds, fails, is accepted, stays open.

    Parameters
    ----------
    results : pandas.DataFrame
        As `zones.statements.rules.result_frame` returns it.
    reasons : dict of (zone_id, rule_id) to str
        Why a failure stands as it is.
    """
    rows = []
    for rule in rules:
        held = results[results["rule_id"] == rule.rule_id]
        failed = held[~held["holds"]]
        accepted = sum((zone_id, rule.rule_id) in reasons for zone_id in failed["zone_id"])
        counts = [len(held), int(held["holds"].sum()), len(failed), accepted]
        remainder = rule.check == REMAINDER
        left = t("states_remainder", lang) if remainder and len(failed) else str(len(failed) - accepted)
        rows.append(
            [
                {"text": getattr(rule.name, lang)},
                {"text": SEVERITIES[rule.severity][lang == "en"]},
                *({"text": f"{count:,}", "sort": count} for count in counts),
                {"text": left, "sort": 0 if remainder else len(failed) - accepted},
            ]
        )
    keys = ("rule", "severity", "tried", "holds", "fails", "accepted", "open")
    return _table(lang, t("rules", lang), _heads(lang, *keys, numbers=keys[2:]), rows, t("no_failure", lang))


def failure_table(
    atlas: Atlas, rules: tuple[Rule, ...], results: pd.DataFrame, reasons: dict[Any, str], lang: str
) -> dict[str, Any]:
    """Return what does not hold: rule, zone, against what, by how much, and why it is accepted."""
    known = {rule.rule_id: rule for rule in rules if rule.check != REMAINDER}
    rows = [
        [
            {"text": getattr(known[row.rule_id].name, lang)},
            _zone(atlas, row.zone_id, lang),
            _other(atlas, row.other, lang),
            {"text": _found(known[row.rule_id], row.value, lang), "sort": row.value},
            {"text": _reason(reasons.get((row.zone_id, row.rule_id)), lang)},
        ]
        for row in results[~results["holds"]].itertuples()
        if row.rule_id in known
    ]
    heads = _heads(lang, "rule", "zone", "against_what", "found", "reason", numbers=("found",))
    return _table(lang, t("failures", lang), heads, rows, t("no_failure", lang))


def _found(rule: Rule, value: float, lang: str) -> str:
    if rule.check in ("touches_parent", "passes"):
        return t("apart", lang, metres=f"{value:,.0f}")
    return t("outside_by", lang, share=f"{value:.1%}")


def _reason(reason: str | None, lang: str) -> str:
    return f"{t('accepted', lang)}{'：' if lang == 'zh' else ': '}{reason}" if reason else t("open", lang)


def remainder_table(atlas: Atlas, rules: tuple[Rule, ...], results: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return what the parts of a scheme leave over of the whole they lie in."""
    named = {rule.rule_id for rule in rules if rule.check == REMAINDER}
    rows = [
        [
            _zone(atlas, row.zone_id, lang),
            {"text": scope_name(atlas, row.other, lang)},
            {"text": f"{row.value:.0%}", "sort": row.value},
        ]
        for row in results[results["rule_id"].isin(named) & ~results["holds"]].itertuples()
    ]
    heads = _heads(lang, "whole", "scheme", "left_over", numbers=("left_over",))
    return _table(lang, t("remainders", lang), heads, rows, t("no_failure", lang))


def crosswalk_table(atlas: Atlas, plan_id: str | None, lang: str) -> dict[str, Any]:
    """Return the places that stand in several plans: the same, the same under another name, part of, overlapping."""
    found = [row for row in (*_same(atlas), *_crossing(atlas)) if plan_id is None or plan_id in row[3]]
    rows = [
        [
            _zone(atlas, a, lang) | {"note": _plan_name(atlas, a, lang)},
            {"text": _plan_name(atlas, a, lang)},
            {"text": t(relation, lang)},
            _zone(atlas, b, lang),
            {"text": _plan_name(atlas, b, lang)},
            {"text": _cited(atlas, a, b, lang)},
        ]
        for relation, a, b, _ in found
    ]
    heads = _heads(lang, "here", "plan", "relation", "there", "plan", "source")
    return _table(lang, t("crosswalk", lang), heads, rows, t("no_crosswalk", lang))


Row = tuple[str, str, str, frozenset[str]]


def _same(atlas: Atlas) -> list[Row]:
    names = atlas.zones["name_zh"]
    return [
        ("same_place" if names[group[0]] == names[other] else "renamed", group[0], other, _plans(group[0], other))
        for group in places(atlas.plans)
        for other in group[1:]
    ]


def _crossing(atlas: Atlas) -> list[Row]:
    """Return what one plan says of a zone of another: part of it, or overlapping; each pair once."""
    found: dict[tuple[str, frozenset[str]], Row] = {}
    for zone_id in atlas.zones.index:
        for view in relations(atlas.plans, zone_id):
            target = view.target_id
            if view.type in CROSSING and target and len(_plans(zone_id, target)) > 1:
                row = (CROSSING[view.type], zone_id, target, _plans(zone_id, target))
                found.setdefault((view.type, frozenset({zone_id, target})), row)
    return list(found.values())


def _plans(*zone_ids: str) -> frozenset[str]:
    return frozenset(zone_id.split(".")[0] for zone_id in zone_ids)


def _plan(atlas: Atlas, zone_id: str) -> Plan:
    return atlas.plans[atlas.zones.at[zone_id, "plan_id"]]


def _plan_name(atlas: Atlas, zone_id: str, lang: str) -> str:
    return str(getattr(_plan(atlas, zone_id).plan.short, lang))


def _cited(atlas: Atlas, a: str, b: str, lang: str) -> str:
    """Return where the two plans name the two zones."""
    cited = []
    for zone_id in (a, b):
        plan = _plan(atlas, zone_id)
        span = next(zone.sources[0].lines[0] for zone in plan.zones if zone.zone_id == zone_id)
        cited.append(locator(getattr(plan.plan.short, lang), section_of(plan, span), span, lang))
    return "; ".join(cited)
