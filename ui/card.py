"""The texts of a zone's card, made from its record; the browser only lays them out."""

from typing import Any

import pandas as pd

from layers import style
from layers.tables.indicator_words import told_briefly
from ui.plans.evidence import locator, place, status
from ui.plans.indicator_view import cited
from ui.sentences.sentences import translate
from ui.words.i18n import strings, t
from zones import Atlas
from zones.measure import measure
from zones.records import none_if_nan, plan_zone, record, statement_locators
from zones.schema import Severity
from zones.statements.documents import Pages
from zones.statements.plans import Plan, Zone
from zones.units import UNITS, Unit, format_area, format_length

TITLES = (
    "close", "also", "unlocated", "unlocated_title", "unit", "declared", "difference", "industries", "anchors",
    "platforms", "relations", "issues", "sources", "more", "why", "note", "zone_indicators", "no_documents",
    "perimeter", "receipt_open",
)  # fmt: skip

RECEIPTS = {"area": "ellipsoid", "perimeter": "geodesic", "difference": "ellipsoid_less_stated"}
"""Figures of the card that have a receipt, with their methods (see `zones.proof.receipt_kinds.MEASURES`)."""


def card(atlas: Atlas, zone_id: str, lang: str, pages: Pages | None = None) -> dict[str, Any]:
    """Return the card of a zone in one language, as JSON data for the browser.

    Parameters
    ----------
    pages : mapping of str to lines, optional
        Plan documents that are registered (see `zones.statements.documents.read_documents`); they bring the passages.

    Raises
    ------
    UnknownZoneError
        If the atlas has no such zone.
    """
    told = record(atlas, zone_id)
    other = "en" if lang == "zh" else "zh"
    plan, zone = plan_zone(atlas, zone_id)
    look = style.for_zone(told["kind"], told["grade"])
    short = getattr(plan.plan.short, lang)
    about = status(plan, lang)
    statements = {
        field: [_statement(said, short, lang) for said in told[field]]
        for field in ("industries", "anchors", "platforms")
    }
    return {
        "zone_id": zone_id,
        "lang": lang,
        "name": told[f"name_{lang}"],
        "other_name": told[f"name_{other}"] if lang == "zh" else None,
        "aliases": told["aliases"] if lang == "zh" else [],
        "kind": style.label(style.KIND_LABELS, told["kind"], lang),
        "colour": look.colour,
        "ink": look.ink,
        "plan": short,
        "plan_tag": about.tag,
        "plan_note": f"{getattr(plan.plan.name, lang)} · {about.note}",
        "notes": _notes(plan, zone, lang),
        "indicators": _indicators(atlas, zone_id, lang),
        "positioning": _statement(told["positioning"], short, lang) if told["positioning"] else None,
        "relations": _relations(atlas, told["relations"], lang),
        "issues": [translate(row["message"], lang) for row in told["issues"] if row["severity"] != Severity.NOTE],
        "sources": _sources(plan, zone, pages or {}, lang),
        "unread": plan.plan.plan_id not in (pages or {}),
        "strings": strings(lang, *TITLES),
        "units": {unit: pair[lang == "en"] for unit, pair in UNITS.items()},
        **statements,
        **_grade(told["grade"], lang),
        **_areas(atlas, zone_id, lang),
        "why": _why(atlas, zone_id, lang),
    }


def _statement(said: dict[str, Any], plan: str, lang: str) -> dict[str, str]:
    """Return what the plan says, and where it says so."""
    return {"text": said[lang], "at": _source(said["source"], plan, lang)}


def _sources(plan: Plan, zone: Zone, pages: Pages, lang: str) -> list[dict[str, Any]]:
    return [place(plan, pages, source.section, span, lang) for source in zone.sources for span in source.lines]


def _notes(plan: Plan, zone: Zone, lang: str) -> list[str]:
    """Return the atlas's own remarks: on the zone, then on the schemes it stands in, each under its name."""
    held = [scheme for scheme in plan.schemes if scheme.scheme_id in zone.scheme_ids and scheme.note]
    mark = "：" if lang == "zh" else ": "
    own = [getattr(zone.note, lang)] if zone.note else []
    return own + [f"{getattr(scheme.name, lang)}{mark}{getattr(scheme.note, lang)}" for scheme in held]


def _indicators(atlas: Atlas, zone_id: str, lang: str) -> list[dict[str, str]]:
    """Return what the plans count for this zone, each with where it is said."""
    return [
        {"text": getattr(each.name, lang), "value": told_briefly(each, lang), "at": cited(plan, each, lang)}
        for plan in atlas.plans.values()
        for each in plan.indicators
        if each.scope == zone_id
    ]


def _grade(grade: str | None, lang: str) -> dict[str, Any]:
    if grade is None:
        return {"grade": None, "grade_key": None, "grade_note": None}
    note = style.label(style.GRADE_NOTES, grade, lang)
    return {"grade": style.label(style.GRADE_LABELS, grade, lang), "grade_key": grade, "grade_note": note}


def _areas(atlas: Atlas, zone_id: str, lang: str) -> dict[str, Any]:
    row = atlas.zones.loc[zone_id]
    measured = measure(atlas.zones.loc[[zone_id]]).iloc[0]
    area, error = none_if_nan(measured["ellipsoid_m2"]), none_if_nan(measured["error_m2"])
    declared, difference = (none_if_nan(measured[name]) for name in ("declared_area_m2", "difference_m2"))
    width = none_if_nan(row["half_width_m"])
    return {
        "area_title": t("area_band" if width else "area_extent", lang),
        "area_note": t("band_note", lang, width=f"{width:,.0f}") if width else None,
        "areas": {unit: format_area(area, error, unit) for unit in _units()} if area else None,
        "declared": f"{declared / 1e6:,.6g} km²" if declared else None,
        "declared_at": _declared_at(atlas, zone_id, lang) if declared else None,
        "difference": _difference(difference, declared, error, lang) if difference is not None and area else None,
        "perimeter": _perimeter(measured["perimeter_m"], row) if area else None,
        "receipts": {name: f"{method} {zone_id}" for name, method in RECEIPTS.items()} if area else {},
        "unlocated": none_if_nan(row[f"unlocated_{lang}"]),
    }


def _perimeter(length_m: float, row: pd.Series) -> str:
    """Return the length of the outline; along a band it is the axis that may lie elsewhere."""
    band = none_if_nan(row["half_width_m"]) is not None
    return f"{format_length(length_m, row['axis_error_m'] if band else row['error_m'])} km"


def _declared_at(atlas: Atlas, zone_id: str, lang: str) -> str:
    plan, zone = plan_zone(atlas, zone_id)
    places = statement_locators(plan, zone, zone.declared_area.at) if zone.declared_area else []
    return "; ".join(_source(place, getattr(plan.plan.short, lang), lang) for place in places)


def _units() -> tuple[Unit, ...]:
    return tuple(UNITS)


def _difference(difference_m2: float, declared_m2: float, error_m2: float, lang: str) -> str:
    """Return the difference with its sign and share; smaller than ±, it is said to be no more than that."""
    share = f"{difference_m2 / declared_m2:+.0%}".replace("-", "−")
    if abs(difference_m2) <= error_m2:
        return t("within_error", lang, share=share)
    number = format_area(abs(difference_m2), error_m2, "km2").split(" ± ")[0]
    return f"{'−' if difference_m2 < 0 else '+'}{number} km² ({share})"


def _relations(atlas: Atlas, relations: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for relation in relations:
        known = relation["target"] in atlas.zones.index
        colour = style.KIND_COLOURS[atlas.zones.at[relation["target"], "kind"]] if known else None
        # A relation may be told by another plan than the zone's own.
        teller = next(p.plan for p in atlas.plans.values() if p.plan.document.name == relation["source"]["document"])
        entry = {
            "name": relation[f"name_{lang}"],
            "target": relation["target"] if known else None,
            "colour": colour,
            "at": _source(relation["source"], getattr(teller.short, lang), lang),
        }
        groups.setdefault(relation["type"], []).append(entry)
    return [{"label": t(f"rel_{kind}", lang), "items": items} for kind, items in groups.items()]


def _source(place: dict[str, Any], plan: str, lang: str) -> str:
    return locator(plan, place["section"], (place["line_start"], place["line_end"]), lang)


def _why(atlas: Atlas, zone_id: str, lang: str) -> list[tuple[str, str]]:
    """Return basis, method and error of the shape, and of the axis where there is one, as names and texts."""
    row = atlas.zones.loc[zone_id]
    rows = []
    if none_if_nan(row["grade"]) is not None:
        rows = [
            (t("why_basis", lang), row["basis_en"] if lang == "en" else row["basis"]),
            (t("why_method", lang), style.label(style.METHOD_LABELS, row["method"], lang)),
            (t("why_error", lang), t("why_error_value", lang, error=f"{row['error_m']:,.0f}")),
            (t("why_edge", lang), style.label(style.EDGE_LABELS, row["edge_rule"], lang)),
            (t("why_traced", lang), str(row["traced_on"])[:10]),
        ]
    if none_if_nan(row["axis_grade"]) is not None:
        grade = style.label(style.GRADE_LABELS, row["axis_grade"], lang)
        error = t("why_error_value", lang, error=f"{row['axis_error_m']:,.0f}")
        rows += [
            (t("why_axis", lang), row["axis_basis_en"] if lang == "en" else row["axis_basis"]),
            (t("why_axis_error", lang), f"{grade} · {error}"),
        ]
    return rows
