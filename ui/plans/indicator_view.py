"""Indicators as the page and the card show them: as the plans write them, with remarks, and side by side."""

from collections.abc import Mapping
from typing import Any

from layers.tables.indicator_tables import ATTRIBUTE_LABELS, LINT_LABELS
from layers.tables.indicator_words import DASH, measure_name, scope_name
from ui.plans.evidence import locator
from ui.words.i18n import t
from zones import Atlas
from zones.statements.board import lint, shown
from zones.statements.indicators import Indicator, Value
from zones.statements.passages import LineRange
from zones.statements.plans import Plan


def cited(plan: Plan, indicator: Indicator, lang: str) -> str:
    """Return where a plan gives an indicator."""
    spans: tuple[LineRange, ...] = indicator.source.lines
    first = locator(getattr(plan.plan.short, lang), indicator.source.section, spans[0], lang)
    others = [locator("", "", span, lang) for span in spans[1:]]
    return "; ".join([first, *others])


def remarks(indicator: Indicator, lang: str) -> list[str]:
    """Return what a reader should know before using the numbers, as short labels."""
    return [LINT_LABELS[key][lang == "en"] for key in lint(indicator)]


def board_table(
    atlas: Atlas, plans: Mapping[str, Plan], lang: str, *, origin: str | None = None, only_lint: bool = False
) -> dict[str, Any]:
    """Return the indicators of some plans as a table for the browser.

    Parameters
    ----------
    origin : str, optional
        `table` or `text`: only what stands in a target table, or in the text.
    only_lint : bool
        Only indicators with a remark on their numbers, a missing target apart.
    """
    rows = [
        _board_row(atlas, plan, each, lang)
        for plan in plans.values()
        for each in plan.indicators
        if (origin is None or each.origin == origin) and (not only_lint or set(lint(each)) - {"no_target"})
    ]
    heads = ("indicator", "scope", "baseline", "target", "unit", "lint", "source")
    return {
        "lang": lang,
        "caption": t("all_indicators", lang),
        "columns": [
            {"title": t(key, lang), "number": key in ("baseline", "target"), "wide": key == "source"} for key in heads
        ],
        "rows": rows,
        "filter": t("filter_indicators", lang),
        "none": t("no_indicator", lang),
    }


def _board_row(atlas: Atlas, plan: Plan, each: Indicator, lang: str) -> dict[str, Any]:
    scope = scope_name(atlas, each.scope, lang)
    target = each.target or (each.milestones[-1] if each.milestones else None)
    kind = ATTRIBUTE_LABELS[each.attribute][lang == "en"] if each.attribute else None
    origin = t("origin_table" if each.origin == "table" else "origin_text", lang)
    cells = [
        {"text": getattr(each.name, lang), "note": getattr(each.note, lang) if each.note else None},
        {"text": scope, "pick": each.scope if each.scope in atlas.zones.index else None},
        _value(each.baseline),
        _value(target),
        {"text": measure_name(each.unit, lang)},
        {"text": "", "tags": remarks(each, lang), "sort": len(lint(each))},
        {"text": cited(plan, each, lang), "soft": "".join(f" · {part}" for part in (origin, kind) if part)},
    ]
    find = " ".join([each.name.zh, each.name.en, scope, each.unit, each.theme or "", *remarks(each, lang)])
    return {"cells": cells, "find": find.lower()}


def _value(value: Value | None) -> dict[str, Any]:
    """Return a cell with the value as written and its year; sorted by the number, where there is one."""
    if value is None:
        return {"text": DASH, "sort": None}
    number = value.value if value.value is not None else value.low if value.low is not None else value.high
    return {"text": shown(value), "quoted": True, "soft": f"  {value.year}" if value.year else "", "sort": number}
