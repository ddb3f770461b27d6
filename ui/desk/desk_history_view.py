"""Tables, sentences and outlines of the bench of revisions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import shapely
from shapely.geometry import mapping

from layers import style
from ui.desk.revision_slips import CHANGE, COMPARED, row_key
from ui.words import words_desk_history as words
from ui.words.i18n import t
from zones.units import UNITS, Unit, format_area, format_change
from zones.workspace.workspace_compare import FieldChange, ZoneChange

NAMED = 2
"""Zones named in a row; the rest are counted."""

LONG = ("basis", "basis_en")
LABELS = {"grade": style.GRADE_LABELS, "method": style.METHOD_LABELS, "edge_rule": style.EDGE_LABELS}
BEFORE = {"color": style.INK_SOFT, "weight": 2, "dashArray": "6 5", "fill": False}
AFTER = {"color": style.ACCENT, "weight": 2.5, "fillColor": style.ACCENT, "fillOpacity": 0.12}
ACTIONS = {"create": "history_create", "save": "history_save", "adopt": "history_adopt_action"}

Names = Mapping[str, str]


def local(at: str) -> str:
    """Return a time in UTC as the clock of this machine shows it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


def reason(row: Mapping[str, Any], lang: str) -> str:
    """Return the reason of a revision; that of the first one in the language of the page."""
    shipped = row["action"] == "create" and row["why"] == words.TEXTS["history_first_why"][1]
    return t("history_first_why", lang) if shipped else str(row["why"])


def option(row: Mapping[str, Any], lang: str) -> str:
    """Return a revision as a choice of a list."""
    return t("history_option", lang, n=row["revision"], who=row["who"], why=reason(row, lang))


def action(row: Mapping[str, Any], lang: str) -> str:
    """Return what a revision did."""
    key = ACTIONS.get(row["action"])
    return t(key, lang) if key else t(f"history_action_{row['action']}", lang, n=row["of_revision"])


def zones_named(ids: tuple[str, ...], names: Names, lang: str) -> str:
    """Return the zones of a revision by name, the first of them where they are many."""
    told = [names.get(each) or each or t("history_no_id", lang) for each in ids]
    comma = "、" if lang == "zh" else ", "
    if len(told) <= NAMED + 1:
        return comma.join(told)
    return t("history_many", lang, names=comma.join(told[:NAMED]), n=len(told))


def revision_table(rows: pd.DataFrame, names: Names, unit: Unit, lang: str) -> dict[str, Any]:
    """Return the revisions as JSON data for the browser, newest first."""
    shown = []
    for row in rows.to_dict("records"):
        first = {"text": f"{row['revision']} · {reason(row, lang)}", "sort": row["revision"]}
        texts = [local(row["at"]), row["who"], action(row, lang), zones_named(row["zone_ids"], names, lang)]
        area = None if pd.isna(row["area_change_m2"]) else row["area_change_m2"]
        last = [t(f"history_{row['stage']}", lang), row["name"]]
        cells = [*({"text": text} for text in texts), _difference(area, row["area_error_m2"], unit)]
        find = " ".join([first["text"], *texts, *last, *(names.get(each, each) for each in row["zone_ids"])]).lower()
        # The first one is the data as it was taken in: it changed no area.
        marked = None if area is None else str(row["revision"])
        shown.append({"cells": [first, *cells, *({"text": text} for text in last)], "find": find, "receipt": marked})
    titles = ("number", "at", "by", "action", "zones", "area", "stage", "name")
    columns: list[dict[str, Any]] = [{"title": t(f"history_{each}", lang)} for each in titles]
    columns[4]["wide"] = True
    columns[5] |= {"number": True, "unit": UNITS[unit][lang == "en"], "receipt": CHANGE}
    return _table(columns, shown, "history_list", "history_filter", lang)


def _difference(change_m2: float | None, error_m2: float | None, unit: Unit) -> dict[str, Any]:
    if change_m2 is None:
        return {"text": "—", "sort": None}
    still = not change_m2 and not error_m2
    return {"text": "0" if still else format_change(change_m2, error_m2, unit), "sort": change_m2}


def change_table(
    changes: tuple[ZoneChange, ...], names: Names, unit: Unit, lang: str, between: tuple[int, int] | None = None
) -> dict[str, Any]:
    """Return what differs between two revisions as JSON data for the browser: one row for each zone, in words.

    `between` are the revisions, where areas have marks that lead to their receipts.
    """
    rows = []
    for change in changes:
        name, said = names.get(change.zone_id) or change.zone_id, in_words(change, lang)
        figures_ = [
            _area(change.area_before_m2, change.error_before_m2, unit),
            _area(change.area_after_m2, change.error_after_m2, unit),
            _difference(change.area_change_m2, change.area_error_m2, unit),
        ]
        marked = None if between is None else row_key(*between, change.zone_id)
        cells = [{"text": name}, {"text": said}, *figures_]
        rows.append({"cells": cells, "find": f"{name} {said}".lower(), "receipt": marked})
    figures = {"number": True, "unit": UNITS[unit][lang == "en"]}
    columns: list[dict[str, Any]] = [
        {"title": t("zone", lang)}, {"title": t("history_what", lang), "wide": True},
        *({"title": t(f"history_{each}", lang), **figures, "receipt": each} for each in COMPARED),
    ]  # fmt: skip
    return _table(columns, rows, "history_changes", "filter_rows", lang)


def _table(
    columns: list[dict[str, Any]], rows: list[dict[str, Any]], caption: str, hint: str, lang: str
) -> dict[str, Any]:
    words_ = {"filter": t(hint, lang), "none": t("no_rows", lang), "caption": t(caption, lang)}
    return {"lang": lang, "columns": columns, "rows": rows, **words_, "receipt_open": t("receipt_open", lang)}


def _area(area_m2: float | None, error_m2: float | None, unit: Unit) -> dict[str, Any]:
    return {"text": "—" if area_m2 is None else format_area(area_m2, error_m2, unit), "sort": area_m2}


def in_words(change: ZoneChange, lang: str) -> str:
    """Return what changed of a zone, such as `图形有改；等级 推断 → 描绘`."""
    said = []
    if change.kind != "changed":
        said.append(t(f"history_zone_{change.kind}", lang))
    else:
        if None not in (change.geometry_before, change.geometry_after):
            said += [t("history_zone_moved", lang)] if change.geometry_before != change.geometry_after else []
        if None not in (change.axis_before, change.axis_after):
            said += [t("history_axis_moved", lang)] if change.axis_before != change.axis_after else []
        said += [_field(field, lang) for field in change.fields]
    return ("；" if lang == "zh" else "; ").join(said)


def _field(field: FieldChange, lang: str) -> str:
    if field.name == "part":
        key = "history_part_lost" if field.after is None else "history_part_new"
        return t(key, lang, part=t(f"history_part_{field.part}", lang))
    known = f"field_{field.name}" in words.TEXTS
    name = t(f"field_{field.name}", lang) if known else field.name
    if field.part == "axis":
        name = t("history_axis_of", lang, name=name)
    if field.name in LONG:
        return t("history_reworded", lang, name=name)
    before, after = (_value(field.name, value, lang) for value in (field.before, field.after))
    return t("history_from_to", lang, name=name, before=before, after=after)


def _value(name: str, value: Any, lang: str) -> str:  # noqa: ANN401 (a property may be anything)
    if value is None:
        return "—"
    if isinstance(value, int | float):
        return f"{value:g}"
    label = LABELS.get(name, {}).get(value)
    return label[lang == "en"] if label else str(value)


def outlines(changes: tuple[ZoneChange, ...]) -> list[dict[str, Any]]:
    """Return the shapes that differ, before and after, each with its look, as a small map draws them."""
    pairs = [
        pair
        for change in changes
        for pair in ((change.geometry_before, change.geometry_after), (change.axis_before, change.axis_after))
    ]
    looks = [(shape, look) for before, after in pairs if before != after
             for shape, look in ((after, AFTER), (before, BEFORE)) if shape is not None]  # fmt: skip
    # What was stands above what is: a dashed line over a filled ground shows both.
    looks.sort(key=lambda each: each[1] is BEFORE)
    return [{"shape": mapping(shape), "look": _look(shape, look)} for shape, look in looks]


def _look(shape: shapely.Geometry, look: dict[str, Any]) -> dict[str, Any]:
    return look if shape.geom_type.endswith("Polygon") else look | {"fill": False}
