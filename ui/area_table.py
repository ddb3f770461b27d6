"""Rows of the area page: three methods side by side, ±, the stated area and the difference."""

import math
from typing import Any

import pandas as pd

from layers import style
from ui.words.i18n import t
from zones import Atlas
from zones.units import UNITS, Unit, format_area

DASH = "—"
PPM = 1e6


def table(atlas: Atlas, measures: pd.DataFrame, ids: tuple[str, ...], unit: Unit, lang: str) -> dict[str, Any]:
    """Return the area table of some zones, as JSON data for the browser.

    Parameters
    ----------
    measures : pandas.DataFrame
        As `zones.measure.measure` returns it for all zones, m².
    ids : tuple of str
        Zones to list, in this order.
    """
    rows = [_row(atlas, zone, figures, unit, lang) for zone, figures in _picked(atlas, measures, ids)]
    return {
        "lang": lang,
        "caption": t("area_title", lang),
        "columns": _columns(unit, lang),
        "rows": rows,
        "filter": t("filter_rows", lang),
        "none": t("no_rows", lang),
        "receipt_open": t("receipt_open", lang),
    }


def _picked(atlas: Atlas, measures: pd.DataFrame, ids: tuple[str, ...]) -> list[tuple[Any, Any]]:
    wanted = list(ids)
    return list(zip(atlas.zones.loc[wanted].itertuples(), measures.loc[wanted].itertuples(), strict=True))


def _columns(unit: Unit, lang: str) -> list[dict[str, Any]]:
    name = UNITS[unit][lang == "en"]
    # On a phone the figures must be in sight; kind and plan stand on the card.
    plain: list[dict[str, Any]] = [
        {"title": t(key, lang), "minor": key in ("kind", "plan")} for key in ("zone", "kind", "plan", "grade")
    ]
    methods: list[dict[str, Any]] = [
        {"title": t("ellipsoid", lang), "unit": f"{name} ±", "number": True, "receipt": "ellipsoid"},
        *(
            {"title": t(key, lang), "unit": f"{name} · {t('against', lang)}", "number": True, "receipt": key}
            for key in ("survey", "plane")
        ),
        # What a plan states is no number of ours: it has a source, not a receipt.
        {"title": t("declared_short", lang), "unit": name, "number": True},
        {"title": t("difference_short", lang), "unit": name, "number": True, "receipt": "ellipsoid_less_stated"},
    ]
    return plain + methods


def _row(atlas: Atlas, zone: Any, figures: Any, unit: Unit, lang: str) -> dict[str, Any]:  # noqa: ANN401 (tuples of pandas)
    name = zone.name_en if lang == "en" else zone.name_zh
    plan = getattr(atlas.plans[zone.plan_id].plan.short, lang)
    grade = style.label(style.GRADE_LABELS, zone.grade, lang) if isinstance(zone.grade, str) else t("unlocated", lang)
    cells = [
        {"text": name, "pick": zone.Index, "colour": style.KIND_COLOURS[zone.kind]},
        {"text": style.label(style.KIND_LABELS, zone.kind, lang)},
        {"text": plan},
        {"text": grade},
        _measured(zone, figures, unit, lang),
        _method(figures.survey_m2, figures, unit),
        _method(figures.plane_m2, figures, unit),
        _stated(figures.declared_area_m2, unit),
        difference(figures, unit),
    ]
    find = " ".join([zone.name_zh, zone.name_en, *zone.aliases, zone.Index]).lower()
    return {"cells": cells, "find": find, "receipt": zone.Index}


def _measured(zone: Any, figures: Any, unit: Unit, lang: str) -> dict[str, Any]:  # noqa: ANN401
    if math.isnan(figures.ellipsoid_m2):
        reason = zone.unlocated_en if lang == "en" else zone.unlocated_zh
        return {"text": DASH, "sort": None, "note": reason if isinstance(reason, str) else t("no_area", lang)}
    number, _, error = format_area(figures.ellipsoid_m2, figures.error_m2, unit).partition(" ± ")
    return {"text": number, "soft": f" ± {error}" if error else "", "sort": figures.ellipsoid_m2}


def _method(area_m2: float, figures: Any, unit: Unit) -> dict[str, Any]:  # noqa: ANN401
    if math.isnan(area_m2):
        return {"text": DASH, "sort": None}
    number = format_area(area_m2, figures.error_m2, unit).partition(" ± ")[0]
    return {"text": number, "soft": f"  {ppm(area_m2, figures.ellipsoid_m2)}", "sort": area_m2}


def ppm(area_m2: float, ellipsoid_m2: float) -> str:
    """Return how far one method's area is from the ellipsoid's, in parts per million."""
    value = round((area_m2 / ellipsoid_m2 - 1) * PPM, 1)
    return f"{value:+.1f} ppm".replace("-", "−") if value else "0.0 ppm"


def _stated(area_m2: float, unit: Unit) -> dict[str, Any]:
    if math.isnan(area_m2):
        return {"text": DASH, "sort": None}
    # The plan's own number, as it stands there: no error of ours belongs to it.
    return {"text": stated(area_m2, unit), "sort": area_m2}


def stated(area_m2: float, unit: Unit) -> str:
    """Return an area a plan states, without the zeros that conversion would add."""
    number = format_area(area_m2, None, unit)
    return number.rstrip("0").rstrip(".") if "." in number else number


def difference(figures: Any, unit: Unit) -> dict[str, Any]:  # noqa: ANN401
    """Return measured less stated; within ± no more than its share is said."""
    if math.isnan(figures.difference_m2):
        return {"text": DASH, "sort": None}
    share = f"{figures.difference_m2 / figures.declared_area_m2:+.0%}".replace("-", "−")
    number = format_area(abs(figures.difference_m2), figures.error_m2, unit).partition(" ± ")[0]
    sign = "−" if figures.difference_m2 < 0 else "+"
    inside = abs(figures.difference_m2) <= figures.error_m2
    text = "< ±" if inside else f"{sign}{number}"
    return {"text": text, "soft": f"  {share}", "sort": figures.difference_m2}
