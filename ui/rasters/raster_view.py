"""Facts, legend, tables and map of raster statistics, made from what the other process answered."""

import html
import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
import shapely
from shapely.geometry import mapping

from layers import style
from layers.rasters.histogram import Histogram, histogram_svg, number
from layers.rasters.zonal_words import Under, ZonalMap, head
from ui.words.i18n import t
from zones import Atlas
from zones.rasters.steps import Step, steps_of
from zones.rasters.unmarked import OF, unmarked_value

FIGURES = ("mean", "area_mean", "sum", "median", "min", "max", "std", "q10", "q90", "count", "share_with_data")
"""What the map may show."""

COLUMNS = ("mean", "sum", "min", "max", "std", "median", "q10", "q90", "count", "area_m2", "share_in_raster",
           "share_with_data")  # fmt: skip
STEP = 1e-6
OPACITY = 0.82
LINE = 0.8
MOST_CLASSES = 20
NO_DATA = style.CLASS_REST[0]


def shown(name: str, value: float | None) -> str:
    """Return a figure as the page shows it."""
    if value is None:
        return "–"
    if name.startswith("share"):
        return "100%" if value == 1 else f"{min(value, 0.9999):.2%}"
    return f"{value / 1e6:,.3f}" if name == "area_m2" else number(value)


def facts(told: dict[str, Any], lang: str) -> str:
    """Return what a raster is as HTML."""
    size = " × ".join(f"{side:.6g}" for side in told["cell"])
    unit = "°" if told["degrees"] else ""
    turned = "" if told["upright"] else t("raster_turned", lang)
    seen = t("raster_range_none", lang) if told["low"] is None else f"{number(told['low'])} – {number(told['high'])}"
    scaled = t("raster_scaled", lang, scale=told["scale"]) if told["scale"] else ""
    rows = (
        ("raster_cell", f"{size}{unit}", turned),
        ("raster_type", told["dtype"], scaled),
        ("raster_band", t("raster_bands", lang, band=told["band"], bands=told["bands"]), told["name"] or ""),
        ("raster_range", seen, told["unit"] or ""),
        ("raster_no_value", told["nodata"][lang], ""),
    )
    items = "".join(
        f"<div><dt>{t(key, lang)}</dt><dd>{html.escape(text)} <small>{html.escape(note)}</small></dd></div>"
        for key, text, note in rows
    )
    return f"<dl class='z-figures z-raster-facts'>{items}</dl>"


def colours(count: int) -> list[str]:
    """Return a colour for each class, as far apart as there are."""
    most = len(style.STEP_COLOURS)
    return [style.STEP_COLOURS[round(at * (most - 1) / max(count - 1, 1)) if count > 1 else most // 2]
            for at in range(count)]  # fmt: skip


def figures(answer: dict[str, Any], lang: str, *, per_area: bool) -> dict[str, str]:
    """Return what the map may show, by name: of classes the share of each, the one with the most ground first."""
    plain_figures = {name: head(name, lang, per_area=per_area) for name in FIGURES}
    frame = pd.DataFrame(answer["classes"], columns=["value", "name", "area_m2"])
    order = frame.groupby("value")["area_m2"].sum().sort_values(ascending=False, kind="stable").index[:MOST_CLASSES]
    named = {row["value"]: class_label(row) for row in answer["classes"]}
    shares = {f"share_of {value}": t("raster_share_of", lang, name=named[value]) for value in order}
    return shares | plain_figures


def with_shares(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows with the share of each class, of the ground with data."""
    rows: dict[str, dict[str, Any]] = {row["id"]: dict(row) for row in answer["rows"]}
    for value in {row["value"] for row in answer["classes"]}:
        for row in rows.values():
            row[f"share_of {value}"] = 0.0 if row["count"] else None
    for row in answer["classes"]:
        rows[row["zone_id"]][f"share_of {row['value']}"] = row["share"]
    return list(rows.values())


def classed(rows: Sequence[dict[str, Any]], name: str) -> tuple[tuple[Step, ...], dict[str, int | None]]:
    """Return the classes of a figure, and that of each zone."""
    made, places = steps_of([row[name] for row in rows])
    return made, dict(zip([row["id"] for row in rows], places, strict=True))


def entries(made: Sequence[Step], places: dict[str, int | None], name: str, lang: str) -> list[tuple[str, str]]:
    """Return the legend: colour, and values with the count of zones."""
    told = []
    for colour, step in zip(colours(len(made)), made, strict=True):
        low, high = shown(name, step.low), shown(name, step.high)
        values = low if low == high else f"{low} – {high}"
        told.append((colour, t("raster_count_zones", lang, range=values, n=step.count)))
    missing = sum(place is None for place in places.values())
    if missing:
        told.append((NO_DATA, t("raster_count_zones", lang, range=t("raster_no_data_here", lang), n=missing)))
    return told


def legend(told: Sequence[tuple[str, str]]) -> str:
    """Return the legend as an HTML list."""
    items = "".join(
        f"<li><i class='z-class' style='background-color:{colour}'></i><span>{html.escape(words)}</span></li>"
        for colour, words in told
    )
    return f"<ul class='z-classes'>{items}</ul>"


def fills(made: Sequence[Step], places: dict[str, int | None]) -> dict[str, str]:
    """Return the colour of each zone by id."""
    known = colours(len(made))
    return {own: NO_DATA if place is None else known[place] for own, place in places.items()}


def shapes(atlas: Atlas, rows: Sequence[dict[str, Any]], name: str, fill: dict[str, str], lang: str) -> dict[str, Any]:
    """Return the zones for the map, each in the colour of its class; large ones below."""
    looks = list(dict.fromkeys(fill.values()))
    values = {row["id"]: row[name] for row in rows}
    held = atlas.zones.loc[list(fill)]
    sizes = pd.Series(shapely.area(held.geometry.array), index=held.index)
    order = sizes.sort_values(ascending=False, kind="stable").index
    names = held[f"name_{lang}"]
    features = []
    for own in order:
        shape = shapely.set_precision(held.geometry[own], STEP, mode="pointwise")
        tip = f"{names[own]} · {shown(name, values[own])}"
        features.append({
            "type": "Feature", "properties": {"look": looks.index(fill[own]), "tip": tip}, "geometry": mapping(shape)
        })  # fmt: skip
    told = [{"colour": colour, "hatch": None, "opacity": OPACITY} for colour in looks]
    ticket = f"{name}-{lang}-{hash(tuple(sorted(fill.items())))}"
    return {
        "ticket": ticket,
        "looks": told,
        "line": LINE,
        "shapes": {"type": "FeatureCollection", "features": features},
    }


def zone_table(atlas: Atlas, rows: Sequence[dict[str, Any]], lang: str, *, per_area: bool) -> dict[str, Any]:
    """Return the figures of each zone as JSON data for the browser."""
    names, kinds = atlas.zones[f"name_{lang}"], atlas.zones["kind"]
    told, columns = [], _columns(rows)
    for row in rows:
        own = row["id"]
        cells: list[dict[str, Any]] = [
            {"text": names[own], "pick": own, "colour": style.KIND_COLOURS[kinds[own]]},
            *({"text": shown(name, row[name]), "sort": row[name]} for name in columns),
        ]
        cells[1] |= {"see": own, "note": t("raster_see", lang)}
        told.append({"cells": cells, "find": str(names[own]).lower()})
    heads = [{"title": t("zone", lang)}]
    for name in columns:
        unit = {"unit": "km²"} if name == "area_m2" else {}
        title = head(name, lang, per_area=per_area)
        heads.append({"title": title.split("（m")[0].split(" (m")[0], "number": True, **unit})  # type: ignore[dict-item]
    words = {"filter": t("filter_rows", lang), "none": t("no_rows", lang), "caption": t("raster_by_zone", lang)}
    return {"lang": lang, "columns": heads, "rows": told, **words}


def _columns(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return the figures of the table; those of the zone's edge moved out and in beside their own."""
    told = []
    for name in COLUMNS:
        told += [name, *(f"{name}_{side}" for side in ("shrunk", "grown") if f"{name}_{side}" in rows[0])]
    return told


def class_frame(classes: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return classes as the chart of counts takes them, each under its name, or its value where it has none."""
    rows = [(row["zone_id"], class_label(row), row["area_m2"]) for row in classes]
    return pd.DataFrame(rows, columns=["zone_id", "class", "area_m2"])


def class_label(row: dict[str, Any]) -> str:
    """Return what a class is called."""
    return f"{row['value']} {row['name']}" if row["name"] else str(row["value"])


def class_table(atlas: Atlas, classes: Sequence[dict[str, Any]], lang: str) -> dict[str, Any]:
    """Return counts and areas by zone and class as JSON data for the browser."""
    names, kinds = atlas.zones[f"name_{lang}"], atlas.zones["kind"]
    rows = []
    for row in classes:
        own = row["zone_id"]
        cells = [
            {"text": names[own], "pick": own, "colour": style.KIND_COLOURS[kinds[own]]},
            {"text": class_label(row), "sort": row["value"], "quoted": True},
            {"text": number(row["count"]), "sort": row["count"]},
            {"text": shown("area_m2", row["area_m2"]), "sort": row["area_m2"]},
            {"text": shown("share", row["share"]), "sort": row["share"]},
        ]
        rows.append({"cells": cells, "find": f"{names[own]} {class_label(row)}".lower()})
    heads = [
        {"title": t("zone", lang)},
        {"title": t("raster_class", lang)},
        {"title": head("count", lang), "number": True},
        {"title": t("class_area", lang), "unit": "km²", "number": True},
        {"title": head("share", lang), "number": True},
    ]
    words = {"filter": t("filter_rows", lang), "none": t("no_rows", lang), "caption": t("raster_by_class", lang)}
    return {"lang": lang, "columns": heads, "rows": rows, **words}


def histogram(answer: dict[str, Any], own: str, zone: str, lang: str, unit: str | None) -> str | None:
    """Return the histogram of a zone as SVG, None where it has no data."""
    row = next(each for each in answer["rows"] if each["id"] == own)
    if own not in answer["histograms"] or row["mean"] is None or not math.isfinite(row["mean"]):
        return None
    edges, counts = answer["histograms"][own]
    marks = {
        t("raster_hist_mean", lang, value=number(row["mean"])): row["mean"],
        t("raster_hist_median", lang, value=number(row["median"])): row["median"],
    }
    x = t("raster_hist_x", lang) + (f" ({unit})" if unit else "")
    words = {"title": t("raster_hist_of", lang, zone=zone), "x": x, "y": t("raster_hist_y", lang)}
    return histogram_svg(Histogram(edges, counts, marks, words))


def notes(rows: Sequence[dict[str, Any]], lang: str) -> list[str]:
    """Return what has to be said of zones that are not wholly covered."""
    beyond = sum(row["share_in_raster"] < 1 for row in rows)
    gaps = sum(row["share_with_data"] < row["share_in_raster"] - 1e-9 for row in rows)
    said = [("raster_partly", beyond), ("raster_gaps", gaps)]
    return [t(key, lang, n=count) for key, count in said if count]


def doubt(rows: Sequence[dict[str, Any]], lang: str) -> str:
    """Return what speaks for cells without data that the file does not declare; empty where nothing does."""
    odd = unmarked_value(row.get(name) for row in rows for name in OF)
    return "" if odd is None else t("raster_unmarked", lang, value=f"{odd:.6g}")


def picture(
    told: Sequence[tuple[str, str]],
    fill: dict[str, str],
    stat: str,
    subtitle: str,
    lang: str,
    under: Under | None = None,
) -> ZonalMap:
    """Return what the picture to take away says, with the raster under the zones where it is given."""
    first, _, rest = t("raster_legend_note", lang).partition("；" if lang == "zh" else "; ")
    lines = (first, rest, t("raster_under_note", lang) if under else "")
    return ZonalMap(t("raster_map", lang, stat=stat), subtitle, told, fill, tuple(filter(None, lines)), under)
