"""Texts and tables of the overlap page, made from pairs and faces of `zones.overlap`."""

import html
from collections.abc import Iterable
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import mapping

from layers import style
from ui.receipt_view import mark
from ui.words.i18n import t
from zones import Atlas
from zones.overlap import grid_size
from zones.proof.receipts import Receipt
from zones.units import UNITS, Unit, in_unit

PAIR = "pair"
"""Starts the key of a pair's receipt; the two ids follow."""

WIDEST = 12
"""Most zones a matrix shows; more would be unreadable."""
DARKEST = 0.6
"""Mix of the accent at a share of 1: darker, and neither dark nor light text could be read on it."""
SELF = {"text": "", "self": True}
DECIMALS: dict[Unit, int] = {"km2": 2, "ha": 0, "mu": 0, "m2": 0}


def number(area_m2: float, unit: Unit) -> str:
    """Return an area of a table whose rows must add up: fixed decimals, one for all."""
    return f"{in_unit(area_m2, unit):,.{DECIMALS[unit]}f}"


def percent(share: float) -> str:
    """Return a share in percent; a real overlap never reads as 0."""
    return "< 1%" if 0 < share < 0.005 else f"{share:.0%}"


def pair_table(atlas: Atlas, pairs: pd.DataFrame, unit: Unit, lang: str) -> dict[str, Any]:
    """Return the list of pairs, largest overlap first, as JSON data for the browser."""
    names = atlas.zones[f"name_{lang}"]
    kinds = atlas.zones["kind"]
    rows = []
    for pair in pairs.itertuples():
        ends = [
            {"text": names[zone_id], "pick": zone_id, "colour": style.KIND_COLOURS[kinds[zone_id]]}
            for zone_id in (pair.a_id, pair.b_id)
        ]
        figures = [
            {
                "text": number(pair.overlap_m2, unit),
                "sort": pair.overlap_m2,
                "see": [pair.a_id, pair.b_id],
                "note": t("pair", lang),
            },
            {"text": percent(pair.share_of_a), "sort": pair.share_of_a},
            {"text": percent(pair.share_of_b), "sort": pair.share_of_b},
        ]
        find = " ".join(end["text"] for end in ends).lower()
        rows.append({"cells": [*ends, *figures], "find": find, "receipt": f"{pair.a_id} {pair.b_id}"})
    unit_name = UNITS[unit][lang == "en"]
    columns = [
        {"title": t("zone_a", lang)},
        {"title": t("zone_b", lang)},
        {"title": t("overlap_area", lang), "unit": unit_name, "number": True, "receipt": PAIR},
        {"title": t("share_a", lang), "number": True},
        {"title": t("share_b", lang), "number": True},
    ]
    keys = {"filter": "filter_rows", "none": "no_rows", "caption": "pairs", "receipt_open": "receipt_open"}
    return {"lang": lang, "columns": columns, "rows": rows, **{name: t(key, lang) for name, key in keys.items()}}


def matrix(atlas: Atlas, pairs: pd.DataFrame, lang: str) -> dict[str, Any]:
    """Return the heat table: share of the row's zone that the column's zone covers; the most overlapped first."""
    both = pd.concat(
        [
            pairs.rename(columns={"a_id": "row", "b_id": "column", "share_of_a": "share"}),
            pairs.rename(columns={"b_id": "row", "a_id": "column", "share_of_b": "share"}),
        ]
    )
    order = both.groupby("row")["overlap_m2"].sum().sort_values(ascending=False, kind="stable").index[:WIDEST]
    shares = both.set_index(["row", "column"])["share"].to_dict()
    # A pair has one receipt, which both of its cells lead to.
    keys = {
        ends: f"{PAIR} {a} {b}" for a, b in zip(pairs["a_id"], pairs["b_id"], strict=True) for ends in ((a, b), (b, a))
    }
    names = atlas.zones[f"name_{lang}"]
    rows = [
        {
            "cells": [
                {"text": names[row], "pick": row},
                *(SELF if each == row else _shade(shares.get((row, each)), keys.get((row, each))) for each in order),
            ],
            "find": "",
        }
        for row in order
    ]
    columns = [{"title": "", "fixed": True}, *({"title": names[each], "fixed": True} for each in order)]
    return {
        "lang": lang,
        "heat": True,
        "columns": columns,
        "rows": rows,
        "filter": None,
        "none": t("no_rows", lang),
        "caption": t("matrix", lang),
        "receipt_open": t("receipt_open", lang),
    }


def _shade(share: float | None, key: str | None) -> dict[str, Any]:
    if share is None:
        return {"text": ""}
    return {"text": percent(share), "shade": round(share * DARKEST, 3), "receipt": key}


def figures(totals: dict[str, Any], unit: Unit, lang: str) -> str:
    """Return the three sums as HTML: simple sum, counted once, counted again."""
    parts = {"sum": totals["sum_m2"], "union": totals["union_m2"], "double": totals["sum_m2"] - totals["union_m2"]}
    name = html.escape(UNITS[unit][lang == "en"])
    items = "".join(
        f"<div><dt>{t(key, lang)}</dt><dd>{number(area, unit)} <small>{name}</small>{mark(key, lang)}</dd></div>"
        for key, area in parts.items()
    )
    return f"<dl class='z-figures'>{items}</dl>"


def k_table(totals: dict[str, Any], unit: Unit, lang: str) -> str:
    """Return the k-fold cover as an HTML table whose last row adds up."""
    name = html.escape(UNITS[unit][lang == "en"])
    heads = (t("layers_covering", lang), f"{t('area_once', lang)} ({name})", f"{t('times', lang)} ({name})")
    rows = [
        (t("k_times", lang, k=row["k"]), row["area_m2"], row["k"] * row["area_m2"], f"k_fold {row['k']}", "")
        for row in totals["k_fold"]
    ]
    rows.append((t("total", lang), totals["union_m2"], totals["sum_m2"], "union", "sum"))
    head = "".join(
        f"<th scope='col' class='{'z-number' if place else ''}'>{text}</th>" for place, text in enumerate(heads)
    )
    body = "".join(
        f"<tr><th scope='row'>{label}</th><td class='z-number'>{number(once, unit)}{mark(first, lang)}</td>"
        f"<td class='z-number'>{number(times, unit)}{mark(second or first, lang)}</td></tr>"
        for label, once, times, first, second in rows
    )
    return f"<table class='z-table z-k' lang='{lang}'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def keyed(receipts: Iterable[Receipt]) -> dict[str, Receipt]:
    """Return receipts of pairs and sums under the keys that their marks on the page carry."""
    return {_key(receipt): receipt for receipt in receipts}


def _key(receipt: Receipt) -> str:
    if receipt.kind == "overlap":
        return " ".join([PAIR, *(source.zone_id for source in receipt.zones)])
    return receipt.kind if receipt.thresholds.k is None else f"{receipt.kind} {receipt.thresholds.k}"


def shared_ground(frame: geopandas.GeoDataFrame, a_id: str, b_id: str) -> dict[str, Any]:
    """Return the ground two zones share as a GeoJSON geometry, on the grid the pair table is measured on."""
    shared: dict[str, Any] = mapping(shared_shape(frame, a_id, b_id))
    return shared


def shared_shape(frame: geopandas.GeoDataFrame, a_id: str, b_id: str) -> shapely.Geometry:
    """Return the ground two zones share, on the grid the pair table is measured on."""
    shapes = np.array([frame.geometry[a_id], frame.geometry[b_id]], dtype=object)
    return shapely.intersection(*shapes, grid_size=grid_size(shapes))
