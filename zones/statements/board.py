"""The board of indicators: baseline to target, with lint, current values and status.

GB/T 39972-2021 calls this 指标管理. Nothing is computed from a value that is no number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from zones.statements.indicators import Indicator, Value
from zones.statements.plans import Plan

Lint = Literal["target_below_baseline", "no_baseline", "placeholder", "double_value", "no_target", "year_override"]
Status = Literal["reached", "on_track", "behind", "falling", "not_comparable"]

PERIOD_FROM = 2021
"""First year of the "十四五" period."""

BEHIND_BY = 0.1
"""An indicator is behind when its progress lags the share of time gone by more than this."""

COLUMNS = (
    *("plan_id", "name_zh", "name_en", "theme", "unit", "scope", "origin", "baseline_year", "baseline"),
    *("baseline_raw", "target_year", "target", "target_raw", "comparator", "form", "attribute", "lint"),
)


@dataclass(frozen=True)
class Progress:
    """Where an indicator stands.

    Attributes
    ----------
    share : float or None
        Way gone from baseline to target, 1 at the target; None where either is no number.
    expected : float or None
        Share of the time from baseline to target that has passed.
    status : Status
    """

    share: float | None
    expected: float | None
    status: Status


def board(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return one row for each indicator of the plans, in their order.

    Returns
    -------
    pandas.DataFrame
        Index `indicator_id`; `plan_id`, `name_zh`, `name_en`, `theme`, `unit`, `scope`, `origin`,
        `baseline_year`, `baseline`, `baseline_raw`, `target_year`, `target`, `target_raw`, `comparator`,
        `form`, `attribute`, `lint` (tuple). Numbers are NaN where the plan gives none.
    """
    rows = [_row(plan_id, each) for plan_id, plan in plans.items() for each in plan.indicators]
    return pd.DataFrame(rows, columns=["indicator_id", *COLUMNS]).set_index("indicator_id")


def records(plans: Mapping[str, Plan]) -> list[dict[str, Any]]:
    """Return the indicators as the JSON of `zones indicators` lists them."""
    return [
        {
            "indicator_id": each.indicator_id,
            "name_zh": each.name.zh,
            "name_en": each.name.en,
            "plan_id": plan_id,
            "theme": each.theme,
            "unit": each.unit,
            "scope": each.scope,
            "origin": each.origin,
            "baseline": _value(each.baseline),
            "milestones": [_value(value) for value in each.milestones],
            "target": _value(each.target),
            "attribute": each.attribute,
            "form": form(each),
            "issues": list(lint(each)),
            "note": each.note.zh if each.note else None,
            "source": {
                "document": plan.plan.document.name,
                "line_start": each.source.lines[0][0],
                "line_end": each.source.lines[0][1],
                "section": each.source.section,
            },
        }
        for plan_id, plan in plans.items()
        for each in plan.indicators
    ]


def form(indicator: Indicator) -> str:
    """Return the form of the target, or of the baseline where there is no target."""
    value = indicator.target or (indicator.milestones or (indicator.baseline,))[-1]
    return value.form if value else "missing"


def lint(indicator: Indicator) -> tuple[Lint, ...]:
    """Return what a reader should know before using an indicator's numbers."""
    found: list[Lint] = []
    baseline, target = indicator.baseline, indicator.target
    if target is not None and (baseline is None or baseline.form == "missing"):
        found.append("no_baseline")
    if baseline is not None and target is None and not indicator.milestones:
        found.append("no_target")
    values = [value for value in (baseline, *indicator.milestones, target) if value is not None]
    if any(value.form == "placeholder" for value in values):
        found.append("placeholder")
    if any(value.form == "pair" for value in values):
        found.append("double_value")
    if baseline is not None and target is not None and _ends_below(baseline, target):
        found.append("target_below_baseline")
    if baseline is not None and baseline.year is not None and f"（{baseline.year}" in baseline.raw:
        found.append("year_override")
    return tuple(found)


def _ends_below(baseline: Value, target: Value) -> bool:
    """Tell whether even the best reading of the target lies under the baseline.

    Targets of the period before were set before that baseline was reached: passing them is no contradiction.
    """
    if baseline.value is None or (target.year is not None and target.year < PERIOD_FROM):
        return False
    highest = target.value if target.form == "number" else target.high
    return highest is not None and highest < baseline.value


def progress(indicator: Indicator, current: float, year: int) -> Progress:
    """Return how far a current value has come from the baseline to the target.

    Progress and time run straight from the baseline's year to the target's. A bound counts as reached
    where it holds; on the way to it, its number serves as the target.
    """
    start = indicator.baseline.value if indicator.baseline else None
    end = _aim(indicator.target) if indicator.target else None
    if indicator.baseline is None or indicator.target is None or start is None or end is None or start == end:
        return Progress(None, None, "not_comparable")
    share = (current - start) / (end - start)
    first, last = indicator.baseline.year, indicator.target.year
    expected = min(max((year - first) / (last - first), 0.0), 1.0) if first and last and last > first else None
    return Progress(share, expected, _status(share, expected))


def _aim(target: Value) -> float | None:
    if target.form == "bound":
        return target.low if target.low is not None else target.high
    return target.low if target.form == "range" else target.value


def _status(share: float, expected: float | None) -> Status:
    if share >= 1:
        return "reached"
    if share < 0:
        return "falling"
    if expected is None:
        return "not_comparable"
    return "on_track" if share >= expected - BEHIND_BY else "behind"


def comparable(table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the rows that share a theme across at least two plans, by theme, in order of first mention."""
    themed = table[table["theme"].notna()]
    groups = {str(theme): rows for theme, rows in themed.groupby("theme", sort=False)}
    return {theme: rows for theme, rows in groups.items() if rows["plan_id"].nunique() > 1}


def differs(rows: pd.DataFrame) -> bool:
    """Tell whether the rows of a theme differ in unit or name, so that their numbers are not the same thing."""
    return bool(rows["unit"].nunique() > 1 or rows["name_zh"].nunique() > 1)


def shown(value: Value | None) -> str:
    """Return a value as the plan writes it; a dash where it gives none."""
    return value.raw if value is not None else "—"


def _value(value: Value | None) -> dict[str, Any] | None:
    return None if value is None else value.model_dump()


def _row(plan_id: str, each: Indicator) -> dict[str, Any]:
    baseline, target = each.baseline, each.target
    return {
        "indicator_id": each.indicator_id,
        "plan_id": plan_id,
        "name_zh": each.name.zh,
        "name_en": each.name.en,
        "theme": each.theme,
        "unit": each.unit,
        "scope": each.scope,
        "origin": each.origin,
        "baseline_year": baseline.year if baseline else None,
        "baseline": baseline.value if baseline else None,
        "baseline_raw": shown(baseline),
        "target_year": target.year if target else None,
        "target": target.value if target else None,
        "target_raw": shown(target),
        "comparator": target.comparator if target else None,
        "form": form(each),
        "attribute": each.attribute,
        "lint": lint(each),
    }
