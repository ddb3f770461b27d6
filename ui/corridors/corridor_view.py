"""Figures, tables and map of the corridor page as JSON data for the browser."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from layers import style
from layers.corridors.corridor_picture import class_label, colours_of, places_along, short_place
from ui.area_table import DASH
from ui.corridors.corridor_receipts import FIGURES as FIGURES_WITH_RECEIPT
from ui.corridors.corridor_receipts import where
from ui.receipt_view import mark
from ui.words.i18n import t
from zones import Atlas
from zones.corridors.corridor import Corridor
from zones.corridors.corridor_cells import Cells
from zones.corridors.coverage import Coverage, covered_ground, uncovered
from zones.corridors.crossed import areas_crossed
from zones.proof.corridor_rows import MOST_PIECES
from zones.units import UNITS, Unit, error_decimals, format_area, in_unit

MOST_ROWS = 300
MAP_DECIMALS = 1e-6
LIST_DECIMALS: dict[Unit, int] = {"km2": 2, "ha": 0, "mu": 0, "m2": 0}
DISTRICT_LAYERS = {"district": "base_districts", "subdistrict": "base_subdistricts"}


def names_of(atlas: Atlas, cells: Cells, lang: str, *, own: bool) -> Mapping[str, str]:
    """Return the name of each cover: a zone's own; of a feature of an own layer its id or number."""
    if own:
        # A layer with ids of its own has names for its features; one without goes by their numbers.
        return {each: t("feature_number", lang, n=each) if each.isdecimal() else each for each in cells.covers.index}
    return dict(atlas.zones.loc[list(cells.covers.index), f"name_{lang}"])


def corridor_name(atlas: Atlas, corridor_id: str, lang: str) -> str:
    """Return the name of a corridor, with its plan where another plan has one of the same name."""
    row = atlas.zones.loc[corridor_id]
    plan = getattr(atlas.plans[row["plan_id"]].plan.short, lang)
    return f"{row[f'name_{lang}']} · {plan}"


def area(area_m2: float, error_m2: float | None, unit: Unit, lang: str) -> dict[str, str]:
    """Return an area with its ± and its unit, in three parts."""
    number, _, error = format_area(area_m2, error_m2, unit).partition(" ± ")
    return {"text": number, "soft": f" ± {error}" if error else "", "unit": UNITS[unit][lang == "en"]}


def share(value: float, error: float | None = None) -> dict[str, str]:
    """Return a share in percent with its ±, no digit beyond what ± carries."""
    percent = value * 100
    if not error or np.isnan(error):
        return {"text": f"{percent:.1f}", "soft": "", "unit": "%"}
    decimals = min(error_decimals(error * 100), 1)
    shown = max(decimals, 0)
    return {
        "text": f"{round(percent, decimals):.{shown}f}",
        "soft": f" ± {round(error * 100, decimals):.{shown}f}",
        "unit": "%",
    }


def kilometres(length_m: float) -> str:
    """Return a length in km, to 10 m."""
    return f"{length_m / 1000:.2f}"


def figures(curve: pd.DataFrame, unit: Unit, lang: str, *, own: bool, marked: bool = True) -> list[dict[str, Any]]:
    """Return each figure of the page at every stop of the slider."""
    found: dict[str, list[dict[str, str]]] = {key: [] for key in FIGURES}
    for row in curve.itertuples():
        found["covered_share"].append(share(row.share, row.error_m2 / row.corridor_m2))
        found["covered_area"].append(area(row.covered_m2, row.error_m2, unit, lang))
        found["band_area"].append(area(row.corridor_m2, None, unit, lang) | {"text": _plain(row.corridor_m2, unit)})
        found["uncovered_area"].append(area(row.corridor_m2 - row.covered_m2, row.error_m2, unit, lang))
        gap = f"{kilometres(row.longest_gap_m)} km" if row.gap_count else t("none_at_all", lang)
        more = f" · {t('gaps_count', lang, n=row.gap_count)}" if row.gap_count else ""
        found["longest_gap"].append({"text": gap, "soft": more, "unit": ""})
        covers = t("features_count" if own else "zones_count", lang, n=row.count)
        found["covers_in"].append({"text": covers, "soft": "", "unit": ""})
    receipts = FIGURES_WITH_RECEIPT if marked else {}
    return [
        {"key": key, "label": t(key, lang), "values": values, "receipt": receipts.get(key)}
        for key, values in found.items()
    ]


FIGURES = ("covered_share", "covered_area", "uncovered_area", "band_area", "longest_gap", "covers_in")


def _plain(area_m2: float, unit: Unit) -> str:
    """Return the band's area: it follows from an assumed width, so no more digits than a planner would say."""
    return format_area(area_m2, area_m2 / 1000, unit).partition(" ± ")[0]


def parts_table(
    found: Coverage, names: Mapping[str, str], unit: Unit, lang: str, *, own: bool, marked: bool = True
) -> dict[str, Any]:
    """Return what covers the corridor: each with its ground inside and outside, largest first."""
    looks = colours_of(list(found.by_class["class"]))
    reach = found.chainage.groupby("id").agg(from_m=("from_m", "min"), to_m=("to_m", "max"), count=("id", "size"))
    rows = []
    for cover, kind, inside, part, outside, of_band, *_ in found.parts.head(MOST_ROWS).itertuples(index=False):
        label = names.get(cover, str(cover))
        colour = looks[kind][0] if kind in looks else style.INK_SOFT
        low, high, count = reach.loc[cover] if cover in reach.index else (np.nan, np.nan, 0)
        stretch = _stretch(low, high)
        if count > 1:
            stretch["soft"] = t("stretches", lang, n=int(count))
        row = [
            {"text": label, "colour": colour} | ({} if own else {"pick": cover}),
            {"text": class_label(kind, lang)},
            _number(inside, unit, found.corridor_m2),
            _percent(part),
            _number(outside, unit, found.corridor_m2),
            _percent(of_band),
            stretch,
        ]
        rows.append(
            {"cells": row, "find": f"{label} {cover}".lower(), "receipt": _key(found, str(cover), own=not marked)}
        )
    name = UNITS[unit][lang == "en"]
    columns = [
        _column(t("feature" if own else "zone", lang)),
        _column(t("class", lang)),
        _column(t("inside", lang), name, number=True) | {"receipt": "inside"},
        _column(t("share_inside", lang), number=True),
        _column(t("outside_part", lang), name, number=True),
        _column(t("share_of_corridor", lang), number=True),
        _column(t("stretch", lang), "km", number=True),
    ]
    title = t("layer_parts" if own else "cover_parts", lang)
    return _table(columns, rows, title, lang, "no_cover", filter_rows=True)


def gap_table(atlas: Atlas, cells: Cells, found: Coverage, lang: str, *, own: bool = False) -> dict[str, Any]:
    """Return the gaps, longest first, each with the subdistricts the axis runs through there."""
    places = places_along(atlas, cells, lang)
    rows = []
    for low, high, length in found.gaps.head(MOST_ROWS).itertuples(index=False):
        met = places[(places["from_m"] < high - 1) & (places["to_m"] > low + 1)]["id"]
        met_there = ("、" if lang == "zh" else ", ").join(dict.fromkeys(short_place(each, lang) for each in met))
        cells_of = [{"text": met_there or DASH}, _length(low), _length(high), _length(length)]
        rows.append({"cells": cells_of, "find": met_there, "receipt": _key(found, f"{low:.0f}", own=own)})
    columns = [
        _column(t("where", lang)),
        _column(t("from_km", lang), "km", number=True),
        _column(t("to_km", lang), "km", number=True),
        _column(t("length", lang), "km", number=True) | {"receipt": "gap"},
    ]
    return _table(columns, rows, t("gaps", lang), lang, "no_gap")


def _key(found: Coverage, row: str, *, own: bool) -> str | None:
    """Return the key of a row's receipt (see `ui.corridors.corridor_receipts`); none where `own` ones have none."""
    return None if own else f"{where(found.corridor.corridor_id, found.corridor.half_width)} {row}"


def uncovered_table(
    cells: Cells, place: int, found: Coverage, unit: Unit, lang: str, *, own: bool = False
) -> dict[str, Any]:
    """Return the connected pieces of ground that nothing covers, largest first; crumbs below 0.1 ha are left out."""
    rest = uncovered(cells, place)
    rest, whole = rest[rest["area_m2"] >= 1000].head(MOST_ROWS), float(rest["area_m2"].sum())
    # Beyond the largest ones all stand under one receipt: each alone would name every cover again.
    at = where(found.corridor.corridor_id, found.corridor.half_width)
    together = {} if own else {"receipt": f"pieces {at}"}
    rows = [
        {
            "cells": [_stretch(low, high), _number(size, unit, whole) | (together if row >= MOST_PIECES else {})],
            "find": "",
            "receipt": _key(found, f"{size:.0f}", own=own) if row < MOST_PIECES else None,
        }
        for row, (size, low, high) in enumerate(rest[["area_m2", "from_m", "to_m"]].itertuples(index=False))
    ]
    columns = [
        _column(t("stretch", lang), "km"),
        _column(t("area", lang), UNITS[unit][lang == "en"], number=True) | {"receipt": "piece"},
    ]
    return _table(columns, rows, t("uncovered_pieces", lang), lang, "none_at_all")


def class_table(found: Coverage, unit: Unit, lang: str, *, own: bool = False) -> dict[str, Any]:
    """Return what each class covers, counted once within it."""
    looks = colours_of(list(found.by_class["class"]))
    rows = [
        {
            "cells": [
                {"text": class_label(name, lang), "colour": looks[name][0]},
                _number(size, unit, found.corridor_m2) | _soft(error, unit, found.corridor_m2),
                _percent(part),
                {"text": str(count), "sort": count},
            ],
            "find": "",
            "receipt": _key(found, str(name), own=own),
        }
        for name, size, part, count, error in found.by_class.itertuples(index=False)
    ]
    columns = [
        _column(t("class", lang)),
        _column(t("area", lang), UNITS[unit][lang == "en"], number=True) | {"receipt": "class"},
        _column(t("share_of_corridor", lang), number=True),
        _column(t("count", lang), number=True),
    ]
    return _table(columns, rows, t("by_class", lang), lang, "no_cover")


def crossed_table(
    atlas: Atlas, cells: Cells, place: int, found: Coverage, unit: Unit, lang: str, *, own: bool = False
) -> dict[str, Any]:
    """Return the districts, and below each its subdistricts, that the band lies in."""
    ground = cells.grounds[place]
    rows = []
    for kind in DISTRICT_LAYERS:
        table = areas_crossed(found.corridor, _named(atlas, kind, lang), ground, cells.measure)
        table = table[table["share_of_corridor"] > 0.0005]
        base = atlas.base[DISTRICT_LAYERS[kind]]
        # Receipts know a district by its Chinese name.
        known = dict(zip(base[f"name_{lang}"], base["name_zh"], strict=True))
        for name, inside, of_band, _, axis_m, low, high in table.itertuples(index=False):
            row = [
                {"text": name, "tags": [t(kind, lang)] if kind == "district" else None},
                _number(inside, unit, found.corridor_m2),
                _percent(of_band),
                _length(axis_m) if axis_m else {"text": DASH, "sort": None},
                _stretch(low, high),
            ]
            rows.append({"cells": row, "find": name, "receipt": _key(found, known[name], own=own)})
    columns = [
        _column(t("crossed_name", lang)),
        _column(t("inside", lang), UNITS[unit][lang == "en"], number=True) | {"receipt": "crossed"},
        _column(t("share_of_corridor", lang), number=True),
        _column(t("axis_in", lang), "km", number=True) | {"receipt": "axis"},
        _column(t("stretch", lang), "km", number=True),
    ]
    return _table(columns, rows, t("crossed", lang), lang, "none_at_all")


def k_table(found: Coverage, unit: Unit, lang: str, *, own: bool = False) -> dict[str, Any]:
    """Return the ground under exactly k covers, from none on; the rows add up to the band."""
    rows = [
        {
            "cells": [
                {"text": t("k_times", lang, k=k) if k else t("k_none", lang), "sort": k},
                _number(size, unit, found.corridor_m2),
                _percent(size / found.corridor_m2),
            ],
            "find": "",
            "receipt": _key(found, str(k), own=own),
        }
        for k, size in found.k_fold.itertuples(index=False)
    ]
    columns = [
        _column(t("layers_covering", lang)),
        _column(t("area_once", lang), UNITS[unit][lang == "en"], number=True) | {"receipt": "fold"},
        _column(t("share_of_corridor", lang), number=True),
    ]
    return _table(columns, rows, t("k_fold_corridor", lang), lang, "none_at_all")


def start_and_end(atlas: Atlas, cells: Cells, found: Coverage, lang: str) -> str:
    """Return where the axis begins and ends, by subdistrict, and how long it is."""
    places = places_along(atlas, cells, lang)["id"]
    start, end = (str(places.iloc[0]), str(places.iloc[-1])) if len(places) else (DASH, DASH)
    return t("start_end", lang, start=start, end=end, length=kilometres(found.length_m))


def widths_in_words(made: Corridor) -> str:
    """Return the half-width, or from the narrowest to the widest of a profile, in metres."""
    if not isinstance(made.half_width, tuple):
        return f"{made.half_width:g}"
    widths = [width for _, width in made.half_width]
    return f"{min(widths):g}–{max(widths):g}" if min(widths) < max(widths) else f"{max(widths):g}"


def profile_sentence(found: Coverage, unit: Unit, lang: str, *, own: bool = False) -> str:
    """Return what a profile of half-widths gives, in one sentence of HTML, with a mark at each figure."""
    at = where(found.corridor.corridor_id, found.corridor.half_width)
    band_mark, covered_mark = ("" if own else mark(f"{kind} {at}", lang) for kind in ("corridor", "covered"))
    part = share(found.share, found.error_m2 / found.corridor_m2)
    covered = area(found.covered_m2, found.error_m2, unit, lang)
    return t(
        "profile_result", lang, width=widths_in_words(found.corridor),
        share=f"{part['text']}{part['soft']}%{covered_mark}",
        covered=f"{covered['text']}{covered['soft']} {covered['unit']}{covered_mark}",
        band=f"{_plain(found.corridor_m2, unit)} {covered['unit']}{band_mark}",
    )  # fmt: skip


def method(found: Coverage, lang: str) -> str:
    """Return how the figures came about, with the errors that entered."""
    error = found.corridor.axis_error_m
    axis = t("axis_error_unknown", lang) if np.isnan(error) else t("axis_error", lang, error=error)
    unknown = t("errors_unknown", lang, n=found.errors_unknown) if found.errors_unknown else ""
    ppm = f"{max(found.scale_error * 1e6, 0.1):.1f}"
    return t("method_corridor_text", lang, ppm=ppm, axis=axis, unknown=unknown)


def grounds(cells: Cells, place: int, found: Coverage) -> list[dict[str, Any]]:
    """Return what the map draws above the zones: the band, what is covered, and the axis, each with its look."""
    colour = style.KIND_COLOURS["corridor"]
    covered = covered_ground(cells, place)
    looks: list[tuple[shapely.Geometry, dict[str, Any]]] = [
        (cells.grounds[place], {"color": colour, "weight": 1.8, "fillColor": colour, "fillOpacity": 0.14}),
        (covered, {"color": style.INK, "weight": 0.8, "fillOpacity": 0.1, "fillColor": style.INK, "hatch": "lines",
                   "colour": style.INK, "hatchOpacity": 0.55}),
        (found.corridor.axis, {"color": style.KIND_INKS["corridor"], "weight": 3, "fill": False}),
    ]  # fmt: skip
    return [
        {"shape": mapping(shapely.set_precision(shape, MAP_DECIMALS)), "look": look}
        for shape, look in looks
        if not shape.is_empty
    ]


def _named(atlas: Atlas, kind: str, lang: str) -> Any:  # noqa: ANN401 (a GeoDataFrame)
    return atlas.base[DISTRICT_LAYERS[kind]].set_index(f"name_{lang}")


def _column(title: str, unit: str | None = None, *, number: bool = False) -> dict[str, Any]:
    return {"title": title, "unit": unit, "number": number}


def _number(area_m2: float, unit: Unit, whole_m2: float) -> dict[str, Any]:
    """Return an area of a list: one number of decimals for all, by the size of what they are parts of."""
    more = 0 if whole_m2 >= 1e7 else 1 if whole_m2 >= 1e6 else 2
    decimals = LIST_DECIMALS[unit] + (more if unit != "m2" else 0)
    return {"text": f"{in_unit(area_m2, unit):,.{decimals}f}", "sort": area_m2}


def _soft(error_m2: float, unit: Unit, whole_m2: float) -> dict[str, str]:
    """Return the ± beside a number of a list, with as many decimals; none where nothing is known to be off."""
    return {"soft": f" ± {_number(error_m2, unit, whole_m2)['text']}"} if error_m2 else {}


def _percent(part: float) -> dict[str, Any]:
    text = "< 0.1%" if 0 < part < 0.0005 else f"{part:.1%}"
    return {"text": text, "sort": part}


def _length(length_m: float) -> dict[str, Any]:
    return {"text": kilometres(length_m), "sort": length_m}


def _stretch(low: float, high: float) -> dict[str, Any]:
    if np.isnan(low):
        return {"text": DASH, "sort": None}
    return {"text": f"{kilometres(low)}–{kilometres(high)}", "sort": low}


def _table(
    columns: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    caption: str,
    lang: str,
    none: str,
    *,
    filter_rows: bool = False,
) -> dict[str, Any]:
    return {
        "lang": lang,
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "filter": t("filter_rows", lang) if filter_rows else None,
        "none": t(none, lang),
    }
