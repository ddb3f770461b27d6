"""Chapters on what the plans say and how the figures are made: indicators, contradictions, method, receipts."""

from layers import style
from layers.office.story import Story, cite, lost_rows
from layers.reports.report_paper import Report, add_heading, add_statement, add_table
from layers.reports.report_words import phrase
from layers.tables.indicator_tables import ATTRIBUTE_LABELS, LINT_LABELS
from layers.tables.indicator_words import DASH, measure_name, told_briefly, written
from layers.tables.receipt_page import KINDS
from layers.tables.tables import METHODS
from zones.schema import EdgeRule
from zones.statements.board import lint
from zones.statements.conflicts import Conflict, conflicts
from zones.statements.indicators import Indicator
from zones.statements.plans import Plan

SAID_APART = frozenset({"no_target"})
"""A remark that goes without saying in a target table."""


def write_indicators(report: Report, told: Story) -> None:
    """Write the target tables, how far each target lies from its baseline, and what to know before use."""
    plans = [plan for plan in told.plans.values() if plan.indicators]
    if not plans:
        return
    add_heading(report, phrase("indicators", told.lang))
    for plan in plans:
        add_heading(report, getattr(plan.plan.short, told.lang), 2)
        table = [each for each in plan.indicators if each.origin == "table"]
        if table:
            _write_targets(report, told, plan, table)
        else:
            add_statement(report, phrase("no_table", told.lang), [plan.plan.document.name])
        rest = len(plan.indicators) - len(table)
        if rest:
            add_statement(report, phrase("indicator_text", told.lang, n=rest), [plan.plan.document.name])
        _write_remarks(report, told, plan)


def _write_targets(report: Report, told: Story, plan: Plan, held: list[Indicator]) -> None:
    for each in held:
        sentence = _growth(told, each)
        if sentence:
            add_statement(report, sentence, [_at(told, plan, each)], listed=True)
    heads = [(told.say(key), share, False) for key, share in (("indicator", 52), ("unit", 17), ("attribute", 16))]
    heads += [(told.say("baseline"), 25, True), (told.say("target"), 25, True), (told.say("source"), 45, False)]
    rows = [
        (
            getattr(each.name, told.lang),
            measure_name(each.unit, told.lang) or DASH,
            style.label(ATTRIBUTE_LABELS, each.attribute, told.lang) if each.attribute else DASH,
            written(each.baseline),
            written(each.target),
            _at(told, plan, each).partition(" · ")[2],
        )
        for each in held
    ]
    caption = phrase("indicator_caption", told.lang, plan=getattr(plan.plan.short, told.lang))
    add_table(report, caption, heads, rows)


def _growth(told: Story, each: Indicator) -> str | None:
    """Return how many times the baseline the target is, where both are plain numbers."""
    if each.baseline is None or each.target is None or each.baseline.value is None or each.target.value is None:
        return None
    if each.baseline.value <= 0:
        return None
    unit = measure_name(each.unit, told.lang)
    start, end = (written(value, "" if each.unit in value.raw else unit) for value in (each.baseline, each.target))
    ratio = f"{each.target.value / each.baseline.value:.2f}"
    return phrase("grows", told.lang, name=getattr(each.name, told.lang), start=start, end=end, ratio=ratio)


def _at(told: Story, plan: Plan, each: Indicator) -> str:
    return cite(told, plan, each.source.section, each.source.lines[0])


def _write_remarks(report: Report, told: Story, plan: Plan) -> None:
    odd = [(each, found) for each in plan.indicators if each.origin == "table" and (found := _remarks(told, each))]
    if not odd:
        return
    add_statement(report, phrase("remarks", told.lang) + ("：" if told.lang == "zh" else ":"))
    for each, found in odd:
        values = told_briefly(each, told.lang)
        text = phrase("remark", told.lang, name=getattr(each.name, told.lang), remarks=found, values=values)
        add_statement(report, text, [_at(told, plan, each)], listed=True)


def _remarks(told: Story, each: Indicator) -> str:
    found = [key for key in lint(each) if key not in SAID_APART]
    return told.say("sep").join(style.label(LINT_LABELS, key, told.lang) for key in found)


def write_conflicts(report: Report, told: Story) -> None:
    """Write what the plans concerned say that does not go together, with the passages of both sides."""
    add_heading(report, phrase("conflicts", told.lang))
    found = [each for each in conflicts(told.atlas.plans) if _concerns(each, told)]
    if not found:
        add_statement(report, phrase("no_conflict", told.lang))
        return
    add_statement(report, phrase("conflict_lead", told.lang, n=len(found)))
    for each in found:
        sources = [cite(told, told.atlas.plans[passage.plan_id], "", passage.lines) for passage in each.evidence]
        add_statement(report, each.en if told.lang == "en" else each.zh, sources, listed=True)


def _concerns(conflict: Conflict, told: Story) -> bool:
    return any(passage.plan_id in told.plans for passage in conflict.evidence)


def write_lost(report: Report, told: Story) -> None:
    """Write which zones have no shape, and why."""
    add_heading(report, phrase("lost", told.lang))
    rows = lost_rows(told)
    if not rows:
        add_statement(report, phrase("no_lost", told.lang))
        return
    add_statement(report, phrase("lost_lead", told.lang, n=len(rows)))
    heads = [(told.say("zone"), 50, False), (told.say("kind"), 16, False), (told.say("plan"), 20, False)]
    heads.append((told.say("reason"), 80, False))
    add_table(report, phrase("lost_caption", told.lang), heads, rows)


def write_method(report: Report, told: Story) -> None:
    """Write how areas, ± and overlaps are made, what edges and grades mean, and what all of it rests on."""
    at = told.lang == "en"
    add_heading(report, phrase("method", told.lang))
    heads = [(told.say("item"), 30, False), (told.say("meaning"), 136, False)]
    rows = [(item[at], text[at]) for item, text in METHODS]
    rules = [rule for rule in EdgeRule if (told.frame["edge_rule"] == rule.value).any()]
    rows += [(phrase("edge_rule", told.lang), style.label(style.EDGE_LABELS, rule, told.lang)) for rule in rules]
    rows += [(label[at], style.GRADE_NOTES[grade][at]) for grade, label in style.GRADE_LABELS.items()]
    add_table(report, phrase("method_caption", told.lang), heads, rows)
    add_heading(report, phrase("sources", told.lang))
    _write_documents(report, told)
    _write_layers(report, told)


def _write_documents(report: Report, told: Story) -> None:
    heads = [(told.say("plan"), 80, False), (phrase("document", told.lang), 46, False)]
    heads.append((phrase("hash", told.lang), 40, False))
    rows = [
        (getattr(plan.plan.name, told.lang), plan.plan.document.name, plan.plan.document.sha256[:16])
        for plan in told.plans.values()
    ]
    add_table(report, phrase("plan_caption", told.lang), heads, rows)


def _write_layers(report: Report, told: Story) -> None:
    english = told.lang == "en"
    used = {*told.frame["layer"].dropna(), *told.atlas.base}
    heads = [(phrase("layer", told.lang), 40, False), (phrase("credit", told.lang), 90, False)]
    heads.append((phrase("licence", told.lang), 30, False))
    rows = [
        (
            layer.title_en if english else layer.title_zh,
            ((layer.credit_en or layer.credit_zh) if english else layer.credit_zh),
            layer.licence,
        )
        for layer in told.atlas.layers
        if layer.layer in used
    ]
    add_table(report, phrase("layer_caption", told.lang), heads, rows)


def write_receipts(report: Report, told: Story) -> None:
    """Write the ids of the receipts of areas and sums; the file carries all receipts whole."""
    held = [*told.area_receipts, *told.overlap_receipts, *told.totals_receipts]
    if not held:
        return
    add_heading(report, phrase("receipts", told.lang))
    add_statement(report, phrase("receipt_lead", told.lang, n=len({each.id for each in held})))
    heads = [(phrase("figure_of", told.lang), 90, False), (phrase("value", told.lang), 40, True)]
    heads.append((phrase("receipt_id", told.lang), 36, False))
    rows = [
        (phrase("ellipsoid_of", told.lang, name=told.name(each.zones[0].zone_id)), f"{each.value:,.1f}", each.id)
        for each in told.area_receipts
        if each.method.startswith("ellipsoid/")
    ]
    rows += [
        (style.label(KINDS, each.kind, told.lang).format(k=each.thresholds.k), f"{each.value:,.1f}", each.id)
        for each in told.totals_receipts
    ]
    add_table(report, phrase("receipt_caption", told.lang), heads, rows)
