"""Indicators as XLSX: the board to take away, and the template that brings current values back."""

from collections.abc import Mapping, Sequence

import pandas as pd

from layers import style
from layers.office.workbook import Page, workbook_bytes
from zones.statements.board import board, progress
from zones.statements.current import Current
from zones.statements.plans import Plan

HEADS: dict[str, tuple[str, str]] = {
    "indicator_id": ("indicator_id", "indicator_id"),
    "plan": ("规划", "Plan"),
    "name": ("指标", "Indicator"),
    "unit": ("单位", "Unit"),
    "baseline_year": ("基期年", "Baseline year"),
    "baseline": ("基期值", "Baseline"),
    "baseline_raw": ("基期原文", "Baseline as written"),
    "target_year": ("目标年", "Target year"),
    "target": ("目标值", "Target"),
    "target_raw": ("目标原文", "Target as written"),
    "attribute": ("属性", "Attribute"),
    "lint": ("提示", "Notes"),
    "current_year": ("现状年", "Current year"),
    "current": ("现状值", "Current"),
    "share": ("完成进度", "Progress"),
    "status": ("状态", "Status"),
    "source": ("出处", "Source"),
}

LINT_LABELS: dict[str, tuple[str, str]] = {
    "target_below_baseline": ("目标低于现状", "target below baseline"),
    "no_baseline": ("无基期值", "no baseline"),
    "no_target": ("无目标值", "no target"),
    "placeholder": ("原文为占位符", "placeholder in the text"),
    "double_value": ("一格两值", "two values in one cell"),
    "year_override": ("基期年份另注", "another baseline year"),
}

STATUS_LABELS: dict[str, tuple[str, str]] = {
    "reached": ("已达成", "reached"),
    "on_track": ("按期", "on track"),
    "behind": ("滞后", "behind"),
    "falling": ("倒退", "falling"),
    "not_comparable": ("不可比", "not comparable"),
}

ATTRIBUTE_LABELS: dict[str, tuple[str, str]] = {
    "expected": ("预期性", "expected"),
    "binding": ("约束性", "binding"),
}

TEMPLATE_FIELDS = ("indicator_id", "plan", "name", "unit", "target_raw")


def indicator_workbook(plans: Mapping[str, Plan], current: Sequence[Current] = (), lang: str = "zh") -> bytes:
    """Return the board of indicators as XLSX bytes, with progress where current values are given."""
    table = indicator_table(plans, current, lang)
    share = style.label(HEADS, "share", lang)
    formats = pd.DataFrame({share: ["0%"] * len(table)}, index=table.index)
    return workbook_bytes([Page(("指标", "Indicators")[lang == "en"], table, formats)])


def template_workbook(plans: Mapping[str, Plan], lang: str = "zh") -> bytes:
    """Return a workbook to fill in: every indicator with a target, and empty columns `year` and `value`."""
    table = board(plans)
    table = table[table["target"].notna() | table["target_year"].notna()].reset_index()
    names = table["name_en" if lang == "en" else "name_zh"]
    shorts = [_short(plans[plan_id], lang) for plan_id in table["plan_id"]]
    filled = table.assign(plan=shorts, name=names)[list(TEMPLATE_FIELDS)]
    filled.columns = [style.label(HEADS, name, lang) for name in filled.columns]
    # These two headings are read back, so they stay as they are in both languages.
    filled["year"], filled["value"] = None, None
    return workbook_bytes([Page(("现状值", "Current values")[lang == "en"], filled)])


def indicator_table(plans: Mapping[str, Plan], current: Sequence[Current] = (), lang: str = "zh") -> pd.DataFrame:
    """Return the board under readable heads, with progress where current values are given.

    Returns
    -------
    pandas.DataFrame
        One row to an indicator; numbers only where the plan gives a number, its own words beside them.
    """
    latest = {value.indicator_id: value for value in sorted(current, key=lambda value: value.year)}
    rows = []
    for plan in plans.values():
        for each in plan.indicators:
            now = latest.get(each.indicator_id)
            stands = progress(each, now.value, now.year) if now else None
            rows.append(
                {
                    "current_year": now.year if now else None,
                    "current": now.value if now else None,
                    "share": stands.share if stands else None,
                    "status": style.label(STATUS_LABELS, stands.status, lang) if stands else None,
                    "source": f"{_short(plan, lang)} · {each.source.section} · "
                    + ";".join(f"{start}-{end}" for start, end in each.source.lines),
                }
            )
    table = board(plans).reset_index()
    table["plan"] = [_short(plans[plan_id], lang) for plan_id in table["plan_id"]]
    table["name"] = table["name_en" if lang == "en" else "name_zh"]
    table["lint"] = [_words(LINT_LABELS, held, lang) for held in table["lint"]]
    table["attribute"] = [_words(ATTRIBUTE_LABELS, [each] if each else [], lang) for each in table["attribute"]]
    added = pd.DataFrame(rows, index=table.index, columns=["current_year", "current", "share", "status", "source"])
    table = pd.concat([table, added], axis=1)[list(HEADS)]
    return table.set_axis([style.label(HEADS, name, lang) for name in HEADS], axis=1)


def _words(labels: dict[str, tuple[str, str]], keys: Sequence[str], lang: str) -> str:
    return ("; " if lang == "en" else "；").join(style.label(labels, key, lang) for key in keys)


def _short(plan: Plan, lang: str) -> str:
    return plan.plan.short.en if lang == "en" else plan.plan.short.zh
