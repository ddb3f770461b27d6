"""Slides on indicators: how many there are, the target tables, and themes that several plans share."""

from collections.abc import Sequence

import pandas as pd

from layers import style
from layers.office.story import Story, cite
from layers.sheets.sheet_frame import Box
from layers.slides.slide_charts import BASE, add_bars
from layers.slides.slide_pages import add_note, page, table_pages, tell
from layers.slides.slide_paper import BODY, Native
from layers.slides.slide_shapes import Column, add_table, text_high
from layers.tables.indicator_tables import ATTRIBUTE_LABELS
from layers.tables.indicator_words import CITY, DASH, THEMES, measure_name, scope_name, written
from zones.proof.receipts import Receipt
from zones.schema import DISTRICTS
from zones.statements.board import board, comparable
from zones.statements.indicators import Indicator, Value
from zones.statements.plans import Plan

MOST_THEMES = 6
MOST_BARS = 12
LEAST_BARS = 3
"""Fewer are read faster in the table."""

LEAST_COMPARED = 2
BAR_MM, AXIS_MM = 22.0, 24.0
"""Height of a chart of few bars: so much for each, and for the axis."""


def indicator_deck(deck: Native, told: Story) -> list[Receipt]:
    """Add the slides on the indicators of the plans concerned; they hold no measured figure, so no receipt."""
    if not any(plan.indicators for plan in told.plans.values()):
        slide = page(deck, told, told.say("deck_indicators"))
        add_note(slide, [told.say("no_indicator")])
        tell(slide, told, ())
        return []
    if len(told.plans) > 1:
        _counts(deck, told)
    for plan in told.plans.values():
        _targets(deck, told, plan)
    _themes(deck, told)
    return []


def _counts(deck: Native, told: Story) -> None:
    slide = page(deck, told, told.say("indicator_count"))
    plans = list(told.plans.values())
    counts = {
        origin: [sum(each.origin == origin for each in plan.indicators) for plan in plans]
        for origin in ("table", "text")
    }
    series = [
        (told.say("in_table"), counts["table"], style.ACCENT),
        (told.say("in_text"), counts["text"], style.KIND_COLOURS["subarea"]),
    ]
    add_bars(
        slide, BODY, [getattr(plan.plan.short, told.lang) for plan in plans], series,
        number_format="0", stacked=True, axis_title=told.say("statements"), name="Statements",
    )  # fmt: skip
    tell(slide, told, (), cited=[_document(told, plan) for plan in plans])


def _document(told: Story, plan: Plan) -> str:
    return f"{getattr(plan.plan.short, told.lang)} · {plan.plan.document.name}"


def _targets(deck: Native, told: Story, plan: Plan) -> None:
    """Add the target table of a plan, and its way from baseline to target as an index."""
    held = [each for each in plan.indicators if each.origin == "table"]
    if not held:
        return
    name = getattr(plan.plan.short, told.lang)
    heads = (("indicator", 58), ("unit", 10), ("attribute", 12), ("baseline", 24), ("target", 22), ("source", 66))
    columns = [Column(told.say(head), share, head in ("baseline", "target")) for head, share in heads]
    rows = [_row(told, plan, each) for each in held]
    placed, _ = table_pages(deck, told, told.say("targets_of", plan=name), columns, rows)
    for slide, span in placed:
        tell(slide, told, (), cited=[_document(told, plan), *(_cited(told, plan, each) for each in held[span])])
    _index(deck, told, plan, held)


def _row(told: Story, plan: Plan, each: Indicator) -> tuple[str, ...]:
    attribute = style.label(ATTRIBUTE_LABELS, each.attribute, told.lang) if each.attribute else DASH
    unit = measure_name(each.unit, told.lang) or DASH
    name = getattr(each.name, told.lang)
    return name, unit, attribute, written(each.baseline), written(each.target), _where(told, plan, each)


def _where(told: Story, plan: Plan, each: Indicator) -> str:
    return cite(told, plan, each.source.section, each.source.lines[0]).partition(" · ")[2]


def _cited(told: Story, plan: Plan, each: Indicator) -> str:
    return f"{getattr(each.name, told.lang)}: {cite(told, plan, each.source.section, each.source.lines[0])}"


def _index(deck: Native, told: Story, plan: Plan, held: Sequence[Indicator]) -> None:
    rows = [(each, index) for each in held if (index := _target_index(each)) is not None][:MOST_BARS]
    if len(rows) < LEAST_BARS:
        return
    slide = page(deck, told, told.say("index_of", plan=getattr(plan.plan.short, told.lang)))
    high = add_note(slide, [told.say("index_note")])
    series = [
        (told.say("baseline"), [100.0] * len(rows), BASE),
        (told.say("target"), [index for _, index in rows], style.ACCENT),
    ]
    add_bars(
        slide, Box(BODY.x, BODY.y, BODY.wide, BODY.high - high), [_span(told, each) for each, _ in rows], series,
        number_format="#,##0", axis_title=told.say("index_axis"), name="Baseline to target",
    )  # fmt: skip
    tell(slide, told, (), cited=[_document(told, plan), *(_cited(told, plan, each) for each, _ in rows)])


def _target_index(each: Indicator) -> float | None:
    """Return the target where the baseline is 100; None where either is no plain number."""
    start, end = (value.value if value is not None else None for value in (each.baseline, each.target))
    return None if start is None or end is None or start <= 0 else end / start * 100


def _span(told: Story, each: Indicator) -> str:
    unit = measure_name(each.unit, told.lang)
    values = " → ".join(value.raw for value in (each.baseline, each.target) if value is not None)
    shown = values if unit in values else f"{values} {unit}".rstrip()
    name = getattr(each.name, told.lang)
    return f"{name} ({shown})" if told.lang == "en" else f"{name}（{shown}）"


def _themes(deck: Native, told: Story) -> None:
    """Add a slide to the themes with most to compare, figures as written beside a chart of the plain numbers."""
    found = comparable(board(told.plans))
    order = sorted(found, key=lambda theme: (-len(_charted(found[theme])), -found[theme]["plan_id"].nunique()))
    shown = order[:MOST_THEMES]
    known = {each.indicator_id: (plan, each) for plan in told.plans.values() for each in plan.indicators}
    for theme in shown:
        rest = len(order) - len(shown) if theme == shown[-1] else 0
        _theme(deck, told, theme, [known[indicator_id] for indicator_id in found[theme].index], found[theme], rest)


def _theme(
    deck: Native, told: Story, theme: str, held: Sequence[tuple[Plan, Indicator]], rows: pd.DataFrame, rest: int
) -> None:
    named = THEMES[theme][told.lang == "en"] if theme in THEMES else theme
    slide = page(deck, told, told.say("theme_of", theme=named))
    charted = _charted(rows)
    compared = len(charted) >= LEAST_COMPARED
    remarks = (("theme_note", True), ("theme_chart", compared), ("themes_cut", bool(rest)))
    high = BODY.high - add_note(slide, [told.say(key, n=rest) for key, said in remarks if said])
    wide = BODY.wide
    if compared:
        wide = BODY.wide * 0.56
        labels = [_label(told, plan, each) for plan, each in held if each.indicator_id in charted]
        values = [each.target.value for _, each in held if each.indicator_id in charted and each.target]
        unit = measure_name(rows.loc[charted[0], "unit"], told.lang)
        tall = min(high, AXIS_MM + BAR_MM * len(charted))
        box = Box(BODY.x + wide + 6, BODY.y, BODY.wide - wide - 6, tall)
        add_bars(
            slide, box, labels, [(told.say("target"), values, style.ACCENT)],
            number_format="#,##0.##", axis_title=f"{told.say('target')} ({unit})", name="Targets",
        )  # fmt: skip
    columns = [
        Column(told.say("scope"), 14), Column(told.say("indicator"), 34), Column(told.say("baseline"), 20, True),
        Column(told.say("target"), 20, True),
    ]  # fmt: skip
    table = [_theme_row(told, each) for _, each in held]
    size = 12.0
    while 8.5 + text_high([row[1] for row in table], size, wide * 34 / 88 - 4) + 3 * len(table) > high and size > 7:
        size -= 0.5
    add_table(slide, Box(BODY.x, BODY.y, wide, high), columns, table, size)
    tell(slide, told, (), cited=[_cited(told, plan, each) for plan, each in held])


def _charted(rows: pd.DataFrame) -> list[str]:
    """Return the rows a chart can compare: plain numbers of whole districts for one year, in the most used unit."""
    whole = rows["scope"].isin([*DISTRICTS, CITY])
    plain = rows[rows["target"].notna() & (rows["form"] == "number") & whole]
    # A plan may give one figure in its table and again in its text.
    plain = plain.drop_duplicates(["scope", "target", "target_year", "unit"])
    if plain.empty:
        return []
    for column in ("unit", "target_year"):
        plain = plain[plain[column] == plain[column].mode(dropna=False).iloc[0]]
    return list(plain.index)


def _label(told: Story, plan: Plan, each: Indicator) -> str:
    scope = scope_name(told.atlas, each.scope, told.lang)
    return scope if scope else getattr(plan.plan.short, told.lang)


def _theme_row(told: Story, each: Indicator) -> tuple[str, ...]:
    scope = scope_name(told.atlas, each.scope, told.lang)
    baseline, target = (_with_unit(told, each, value) for value in (each.baseline, each.target))
    return scope, getattr(each.name, told.lang), baseline, target


def _with_unit(told: Story, each: Indicator, value: Value | None) -> str:
    """Return a value as the plan writes it, with its unit where the value lacks it."""
    return written(value, "" if value is not None and each.unit in value.raw else measure_name(each.unit, told.lang))
