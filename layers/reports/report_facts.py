"""Chapters on what the map shows: overview, areas, overlap, and what the plans want of each zone."""

from collections.abc import Sequence

from layers import style
from layers.office.story import (
    Story,
    area_rows,
    area_text,
    cite_all,
    difference_text,
    fold_rows,
    kind_counts,
    km2,
    pair_rows,
    percent,
    stated_text,
    subject,
)
from layers.reports.report_paper import TEXT_WIDE, Report, add_figure, add_heading, add_remark, add_statement, add_table
from layers.reports.report_words import phrase
from layers.sheets.sheet_picture import shape_ratio
from zones.records import plan_zone, statement_locators
from zones.schema import Grade
from zones.statements.passages import LineRange
from zones.statements.plans import Plan, Zone

TALLEST = 150.0
"""Highest map in mm; its caption and a paragraph still fit the page."""

MOST_PAIRS = 40


def write_overview(report: Report, told: Story) -> None:
    """Write which plans and zones the report is about, with the map."""
    add_heading(report, phrase("overview", told.lang))
    add_statement(report, phrase("lead", told.lang))
    for plan_id, plan in told.plans.items():
        count = int((told.frame["plan_id"] == plan_id).sum())
        add_statement(report, _plan_sentence(told, plan, count), [plan.plan.document.name], listed=True)
    counts = {"areas": len(told.areas), "places": len(told.places), "lost": len(told.lost)}
    add_statement(report, phrase("located", told.lang, zones=len(told.frame), **counts))
    grades = told.frame.loc[told.frame.geometry.notna(), "grade"].value_counts()
    if len(grades):
        parts = [
            phrase(
                "graded_part",
                told.lang,
                grade=style.label(style.GRADE_LABELS, grade, told.lang).lower(),
                n=grades[grade],
            )
            for grade in style.GRADE_LABELS
            if grade in grades
        ]
        text = phrase("graded", told.lang, n=int(grades.sum()), parts=told.say("sep").join(parts))
        add_statement(report, text)
        _map(report, told)
    heads = [(told.say("kind"), 30, False), (told.say("with_outline"), 20, True), (told.say("place_only"), 20, True)]
    heads.append((told.say("not_located"), 20, True))
    rows = [
        (style.label(style.KIND_LABELS, kind, told.lang), *(str(count) if count else "—" for count in counted))
        for kind, *counted in kind_counts(told)
    ]
    add_table(report, phrase("kind_caption", told.lang), heads, rows)


def _plan_sentence(told: Story, plan: Plan, zones: int) -> str:
    status = phrase(f"status_{plan.plan.status}", told.lang, issued=plan.plan.issued or "")
    return phrase(
        "plan_counts", told.lang, name=getattr(plan.plan.name, told.lang), status=status, zones=zones,
        statements=len(plan.indicators), table=sum(each.origin == "table" for each in plan.indicators),
    )  # fmt: skip


def _map(report: Report, told: Story) -> None:
    caption = phrase("map_caption", told.lang, subject=subject(told))
    drawn = told.draw(told.frame, caption, *_map_size(told), type_size=1.05)
    add_figure(report, drawn, caption)
    if (told.frame["grade"].dropna() != Grade.OFFICIAL.value).any():
        add_remark(report, told.say("indicative"))
    if drawn.unnamed:
        add_remark(report, told.say("unnamed", n=drawn.unnamed))
    for text in told.beside(drawn):
        add_remark(report, text)


def _map_size(told: Story) -> tuple[float, float]:
    ratio = shape_ratio(told.frame)
    return (TEXT_WIDE, TEXT_WIDE / ratio) if TEXT_WIDE / ratio <= TALLEST else (max(TALLEST * ratio, 90.0), TALLEST)


def write_areas(report: Report, told: Story) -> None:
    """Write how large the zones are, and how that stands to what the plans state."""
    if told.areas.empty:
        return
    add_heading(report, phrase("areas", told.lang))
    first, last = told.areas.iloc[0], told.areas.iloc[-1]
    text = phrase(
        "area_range", told.lang, n=len(told.areas), largest=told.name(first.name), smallest=told.name(last.name),
        most=area_text(first["ellipsoid_m2"], first["error_m2"]),
        least=area_text(last["ellipsoid_m2"], last["error_m2"]),
    )  # fmt: skip
    add_statement(report, text, [_receipt_note(told, str(each.name)) for each in (first, last)])
    _write_stated(report, told)
    if told.frame["half_width_m"].notna().any():
        add_remark(report, told.say("bands"))
    heads = [(told.say(key), share, False) for key, share in (("zone", 40), ("kind", 20), ("grade", 19))]
    numbers = (("ellipsoid", 24), ("survey", 18), ("plane", 18), ("declared", 18), ("difference", 24))
    heads += [(told.say(key), share, True) for key, share in numbers]
    rows = [(row[0], row[1], row[3], *row[4:]) for row in area_rows(told, list(told.areas.index))]
    add_table(report, phrase("area_caption", told.lang), heads, rows)


def _receipt_note(told: Story, zone_id: str) -> str:
    return f"{told.say('receipt')} {told.receipt(zone_id)}"


def _write_stated(report: Report, told: Story) -> None:
    stated = told.areas[told.areas["declared_area_m2"].notna()]
    if stated.empty:
        return
    inside = int((stated["difference_m2"].abs() <= stated["error_m2"]).sum())
    add_statement(report, phrase("stated_count", told.lang, n=len(stated), inside=inside))
    for row in stated.itertuples():
        plan, zone = plan_zone(told.atlas, row.Index)
        text = phrase(
            "stated_one", told.lang, name=told.name(row.Index), stated=stated_text(row.declared_area_m2),
            measured=area_text(row.ellipsoid_m2, row.error_m2),
            difference=difference_text(row.difference_m2, row.declared_area_m2, row.error_m2),
        )  # fmt: skip
        at = zone.declared_area.at if zone.declared_area else ()
        add_statement(report, text, [*_cited(told, plan, zone, at), _receipt_note(told, row.Index)], listed=True)


def _cited(told: Story, plan: Plan, zone: Zone, at: Sequence[LineRange]) -> list[str]:
    return cite_all(told, plan, statement_locators(plan, zone, tuple(at)))


def write_overlap(report: Report, told: Story) -> None:
    """Write what the zones cover together, and which of them share ground."""
    if told.areas.empty:
        return
    add_heading(report, phrase("overlap", told.lang))
    if told.pairs.empty:
        add_statement(report, told.say("no_overlap"))
        return
    sums, first = told.totals, told.pairs.iloc[0]
    ids = [f"{told.say('receipt')} {each.id}" for each in told.totals_receipts]
    text = phrase(
        "sums", told.lang, sum=km2(sums["sum_m2"]), union=km2(sums["union_m2"]),
        double=km2(sums["sum_m2"] - sums["union_m2"]),
    )  # fmt: skip
    add_statement(report, text, ids[:2])
    top = sums["k_fold"][-1]
    add_statement(report, phrase("most_covered", told.lang, k=top["k"], area=km2(top["area_m2"])), ids[-1:])
    text = phrase(
        "pair_count", told.lang, n=len(told.pairs), a=told.name(first["a_id"]), b=told.name(first["b_id"]),
        area=km2(first["overlap_m2"]), of_a=percent(first["share_of_a"]), of_b=percent(first["share_of_b"]),
    )  # fmt: skip
    add_statement(report, text, [f"{told.say('receipt')} {told.overlap_receipts[0].id}"])
    add_remark(report, told.say("fold_note"))
    caption = phrase("fold_figure", told.lang)
    drawn = told.draw(told.frame, caption, *_map_size(told), type_size=1.05, folds=told.faces)
    add_figure(report, drawn, caption)
    for text in told.beside(drawn):
        add_remark(report, text)
    heads = [(told.say("fold"), 40, False), (told.say("once"), 25, True), (told.say("times"), 25, True)]
    add_table(report, phrase("fold_caption", told.lang), heads, fold_rows(told), last_is_total=True)
    rows = pair_rows(told)[:MOST_PAIRS]
    heads = [(told.say("a"), 55, False), (told.say("b"), 55, False), (told.say("overlap"), 24, True)]
    heads += [(told.say("share_a"), 16, True), (told.say("share_b"), 16, True)]
    add_table(report, phrase("pair_caption", told.lang, n=len(rows), all=len(told.pairs)), heads, rows)


def write_zones(report: Report, told: Story) -> None:
    """Write for each zone what the plan wants of it, with the lines that say so."""
    add_heading(report, phrase("zones", told.lang))
    for plan_id in told.plans:
        add_heading(report, told.plan_name(plan_id), 2)
        for zone_id in told.frame.index[told.frame["plan_id"] == plan_id]:
            add_heading(report, f"{told.name(zone_id)}（{told.kind(zone_id)}）" if told.lang == "zh"
                        else f"{told.name(zone_id)} ({told.kind(zone_id)})", 3)  # fmt: skip
            _write_zone(report, told, zone_id)


def _write_zone(report: Report, told: Story, zone_id: str) -> None:
    plan, zone = plan_zone(told.atlas, zone_id)
    add_statement(report, _shape_sentence(told, zone_id), _shape_sources(told, zone_id))
    if not zone.positioning and not zone.industries and zone_id not in told.lost.index:
        add_statement(report, phrase("named", told.lang), told.sources(zone_id))
    if zone.positioning:
        text = phrase("positioning", told.lang, text=getattr(zone.positioning, told.lang))
        add_statement(report, text, _cited(told, plan, zone, zone.positioning.at))
    if zone.industries:
        names = told.say("sep").join(getattr(said, told.lang) for said in zone.industries)
        spans = dict.fromkeys(span for said in zone.industries for span in said.at)
        add_statement(report, phrase("industries", told.lang, text=names), _cited(told, plan, zone, list(spans)))


def _shape_sentence(told: Story, zone_id: str) -> str:
    if zone_id in told.areas.index:
        row = told.areas.loc[zone_id]
        area = area_text(row["ellipsoid_m2"], row["error_m2"])
        error = f"{told.frame.at[zone_id, 'error_m']:,.0f}"
        return phrase("area_is", told.lang, area=area, grade=told.grade(zone_id).lower(), error=error)
    if zone_id in told.lost.index:
        reason = told.frame.at[zone_id, "unlocated_en" if told.lang == "en" else "unlocated_zh"]
        return phrase("lost_is", told.lang, reason=str(reason).rstrip("。."))
    return phrase("place_is", told.lang, grade=told.grade(zone_id).lower())


def _shape_sources(told: Story, zone_id: str) -> list[str]:
    """Return what a shape was drawn on, and the receipt of its area."""
    if zone_id in told.lost.index:
        return told.sources(zone_id)
    basis = str(told.frame.at[zone_id, "basis_en" if told.lang == "en" else "basis"]).rstrip("。.")
    return [basis, *([_receipt_note(told, zone_id)] if told.receipt(zone_id) else [])]
