"""Figures, table, chart and map of a layer counted under the zones, made from `tabulate` and its pair table."""

import html
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas
import pandas as pd
import shapely
from shapely.geometry import mapping

from layers import style
from layers.tables.tabulation_tables import odd_text, rule_text
from ui.words.i18n import t
from zones import Atlas
from zones.counting.counted import Tally
from zones.counting.pair_table import RELATIONS
from zones.units import UNITS, Unit, in_unit

if TYPE_CHECKING:
    from zones.counting.tabulate import Tabulation

MOST_ROWS = 1500
"""Rows of the list in the page; a browser draws them in half a second."""
MOST_BARS = 24
MOST_ODD = 100
MOST_DRAWN, MOST_POINTS = 8000, 160_000
"""Features and vertices on the map, about 4 MB to send."""
STEP = 1e-6
DECIMALS: dict[Unit, int] = {"km2": 3, "ha": 1, "mu": 0, "m2": 0}
FITS_AT = 0.042
"""Share of the chart's width that a Chinese character of a label needs; a Latin letter needs half of it."""


@dataclass(frozen=True)
class Look:
    """How a class is drawn: colour, and pattern over it."""

    colour: str
    hatch: str


def looks(table: pd.DataFrame) -> dict[str | None, Look]:
    """Return the look of each class, the one with the most ground first; all beyond the seventh look alike."""
    order = [known_name(name) for name in _by_area(table, "class").index]
    known = [Look(*pair) for pair in style.CLASS_LOOKS]
    rest = Look(*style.CLASS_REST)
    return {name: known[place] if place < len(known) else rest for place, name in enumerate(order)}


def _by_area(table: pd.DataFrame, column: str) -> pd.Series:
    sums = table.groupby(column, dropna=False, sort=False)["area_m2"].sum()
    return sums.sort_values(ascending=False, kind="stable")


def known_name(value: Any) -> str | None:  # noqa: ANN401 (a cell of a table)
    """Return the class that a cell holds; None where it holds none."""
    return value if isinstance(value, str) else None


def plain(text: str) -> str:
    """Return text that holds a name from outside, so that Markdown shows it as it is typed."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def class_name(name: str | None, field: str | None, lang: str) -> str:
    """Return what a class is called: as in the file, or a word of ours where the file has none."""
    if field is None:
        return t("all_features", lang)
    return name if name and name.strip() else t("unnamed_class", lang)


def number(area_m2: float, unit: Unit) -> str:
    """Return an area of the table: fixed decimals, one for all; real ground never reads as 0."""
    decimals = DECIMALS[unit]
    least = 10.0**-decimals
    value = in_unit(area_m2, unit)
    return f"< {least:.{decimals}f}" if 0 < value < least / 2 else f"{value:,.{decimals}f}"


def percent(share: float) -> str:
    """Return a share of what lies in the zone; a real one never reads as 0, nor a part as the whole."""
    if 0 < share < 0.0005:
        return "< 0.1%"
    return "> 99.9%" if 0.9995 <= share < 1 else f"{share:.1%}"


def figures(found: "Tabulation", tally: Tally, lang: str) -> str:
    """Return the features read and where they lie as HTML; the parts add up."""
    mended = t("mended", lang, n=f"{found.repaired:,}") if found.repaired else ""
    parts = (
        ("features_read", found.features, mended),
        ("in_zones", tally.inside, ""),
        ("partly_in_zones", tally.partly, ""),
        ("outside_zones", tally.outside, ""),
        ("not_counted", tally.left_out, ""),
    )
    items = "".join(
        f"<div><dt>{t(key, lang)}</dt><dd>{count:,} <small>{note}</small></dd></div>" for key, count, note in parts
    )
    return f"<dl class='z-figures'>{items}</dl>"


def odd_list(issues: pd.DataFrame, lang: str) -> str:
    """Return a sentence for each feature that was repaired or left out, as an HTML list."""
    rows = issues.head(MOST_ODD).to_dict("records")
    return f"<ul class='z-left-out'>{''.join(f'<li>{html.escape(odd_text(row, lang))}</li>' for row in rows)}</ul>"


def ordered(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows zone by zone, the zone with the most ground first, and in it the class with the most."""
    sums = table.groupby("zone_id")["area_m2"].transform("sum")
    ranked = table.assign(sum_m2=sums, share=table["area_m2"] / sums)
    return ranked.sort_values(["sum_m2", "zone_id", "area_m2"], ascending=[False, True, False], kind="stable")


def shown_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows the list has room for: those with the most ground, in the order of `ordered`."""
    rows = ordered(table).reset_index(drop=True)
    return rows if len(rows) <= MOST_ROWS else rows.loc[sorted(rows["area_m2"].nlargest(MOST_ROWS).index)]


def class_table(atlas: Atlas, table: pd.DataFrame, field: str | None, unit: Unit, lang: str) -> dict[str, Any]:
    """Return counts and areas by zone and class as JSON data for the browser."""
    names, kinds, look = atlas.zones[f"name_{lang}"], atlas.zones["kind"], looks(table)
    rows = []
    for row in shown_rows(table).itertuples(index=False):
        zone_id, name = row.zone_id, known_name(row[1])
        label = class_name(name, field, lang)
        cells = [
            {"text": names[zone_id], "pick": zone_id, "colour": style.KIND_COLOURS[kinds[zone_id]]},
            {"text": label, "quoted": True, "colour": look[name].colour},
            {"text": f"{row.count_inside:,}", "sort": row.count_inside},
            {"text": f"{row.count_partly:,}", "sort": row.count_partly},
            {"text": number(row.area_m2, unit), "sort": row.area_m2, "see": zone_id, "note": t("see_in_zone", lang)},
            {"text": percent(row.share), "sort": row.share},
        ]
        rows.append({"cells": cells, "find": f"{names[zone_id]} {label}".lower()})
    columns = [
        {"title": t("zone", lang)},
        {"title": t("class", lang)},
        {"title": t("count_inside", lang), "number": True},
        {"title": t("count_partly", lang), "number": True},
        {"title": t("class_area", lang), "unit": UNITS[unit][lang == "en"], "number": True},
        {"title": t("class_share", lang), "number": True},
    ]
    words = {"filter": t("filter_rows", lang), "none": t("no_rows", lang), "caption": t("by_zone_and_class", lang)}
    return {"lang": lang, "columns": columns, "rows": rows, **words}


def notes(found: "Tabulation", lang: str) -> str:
    """Return what has to be said below the list: how areas were measured, and what the list leaves out."""
    told = t("count_edge_note", lang, rule=rule_text(found.area_rule, lang))
    if len(found.table) > MOST_ROWS:
        told = t("rows_cut", lang, n=f"{MOST_ROWS:,}", all=f"{len(found.table):,}") + " " + told
    return told


def legend(table: pd.DataFrame, field: str | None, lang: str) -> str:
    """Return the classes with their looks as an HTML list; those that look alike stand as one."""
    held = looks(table)
    known = list(held.items())[: len(style.CLASS_LOOKS)]
    items = [(class_name(name, field, lang), look, field is not None and bool(name)) for name, look in known]
    if len(held) > len(known):
        items.append((t("other_classes", lang, n=len(held) - len(known)), Look(*style.CLASS_REST), False))
    return f"<ul class='z-classes'>{''.join(_legend_item(*item) for item in items)}</ul>"


def _legend_item(label: str, look: Look, quoted: bool) -> str:
    cls = " class='z-quoted'" if quoted else ""
    return f"<li><i {_dress(look)}></i><span{cls}>{html.escape(label)}</span></li>"


def _dress(look: Look) -> str:
    return f"class='z-class z-hatch-{look.hatch or 'none'}' style='background-color:{look.colour}'"


def chart(atlas: Atlas, table: pd.DataFrame, field: str | None, unit: Unit, lang: str) -> str:
    """Return a bar for each zone, made of its classes, as HTML; lengths are areas, the same scale for all zones."""
    names, look = atlas.zones[f"name_{lang}"], looks(table)
    sums = _by_area(table, "zone_id")
    rows = []
    for zone_id in sums.index[:MOST_BARS]:
        parts = table.loc[table["zone_id"] == zone_id]
        areas = dict.fromkeys(dict.fromkeys(look.values()), 0.0)
        labels: dict[Look, list[str]] = {each: [] for each in areas}
        for name, area in zip(parts["class"], parts["area_m2"], strict=True):
            areas[look[known_name(name)]] += area
            labels[look[known_name(name)]].append(class_name(known_name(name), field, lang))
        pieces = [(each, _joined(labels[each], lang), area) for each, area in areas.items() if area > 0]
        rows.append(_bar(str(names[zone_id]), pieces, float(sums.iloc[0]), unit, lang))
    return f"<div class='z-chart' role='list' lang='{lang}'>{''.join(rows)}</div>"


def _joined(labels: Sequence[str], lang: str) -> str:
    return labels[0] if len(labels) == 1 else t("other_classes", lang, n=len(labels))


def _bar(zone: str, pieces: list[tuple[Look, str, float]], most: float, unit: Unit, lang: str) -> str:
    whole = math.fsum(area for _, _, area in pieces)
    told = ("，" if lang == "zh" else ", ").join(f"{label} {number(area, unit)}" for _, label, area in pieces)
    name = UNITS[unit][lang == "en"]
    label = html.escape(
        t("chart_label", lang, zone=zone, sum=number(whole, unit), unit=name, parts=told), quote=True
    ).replace("'", "&#39;")
    inner = "".join(_piece(look, text, area, whole, most, unit) for look, text, area in pieces)
    return (
        f"<div class='z-chart-row' role='listitem' aria-label=\"{label}\"><span class='z-chart-name'>"
        f"{html.escape(zone)}</span><span class='z-chart-track'>"
        f"<span class='z-chart-bar' style='width:{whole / most:.2%}'>{inner}</span>"
        f"<b class='z-chart-sum'>{number(whole, unit)}</b></span></div>"
    )


def _piece(look: Look, text: str, area: float, whole: float, most: float, unit: Unit) -> str:
    """Return one class of a bar, with its name where there is room."""
    width = sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) / 2 * FITS_AT
    shown = f"<em class='z-quoted'>{html.escape(text)}</em>" if width + FITS_AT < area / most else ""
    said = html.escape(f"{text} {number(area, unit)}（{percent(area / whole)}）", quote=True)
    return (
        f"<i class='z-class z-hatch-{look.hatch or 'none'}' "
        f"style='background-color:{look.colour};flex:{area / whole:.6f} 1 0' title=\"{said}\">{shown}</i>"
    )


def zone_options(atlas: Atlas, table: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the zones that have features, the one with the most ground first, by id to name."""
    names = atlas.zones[f"name_{lang}"]
    return {zone_id: str(names[zone_id]) for zone_id in _by_area(table, "zone_id").index}


def class_shapes(
    shapes: geopandas.GeoDataFrame, table: pd.DataFrame, field: str | None, ticket: str, lang: str
) -> dict[str, Any]:
    """Return the features of a zone for the map, each with its class and look.

    Parameters
    ----------
    shapes : geopandas.GeoDataFrame
        As `zones.counting.counted.shapes_in_zone` returns it, EPSG:4490.
    ticket : str
        Differs whenever the features differ.
    """
    held = looks(table)
    order = list(dict.fromkeys(held.values()))
    inside = {RELATIONS[0]: t("count_partly", lang), RELATIONS[1]: t("count_inside", lang)}
    features = []
    # "pointwise" keeps every vertex: the map shows the shape, it does not mend it.
    rounded = shapely.set_precision(shapes.geometry.array, STEP, mode="pointwise")
    for name, relation, shape in zip(shapes["class"], shapes["relation"], rounded, strict=True):
        tip = f"{class_name(known_name(name), field, lang)} · {inside[relation]}"
        look = order.index(held.get(known_name(name), order[-1]))
        features.append({"type": "Feature", "properties": {"look": look, "tip": tip}, "geometry": mapping(shape)})
    told = [{"colour": each.colour, "hatch": each.hatch or None} for each in order]
    return {"ticket": ticket, "looks": told, "shapes": {"type": "FeatureCollection", "features": features}}
