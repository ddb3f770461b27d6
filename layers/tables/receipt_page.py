"""Receipts as a work sheet: one row a number, for people to read and for `zones verify` to read back."""

from collections.abc import Sequence

import pandas as pd

from layers import style
from layers.office.workbook import Page
from zones.proof.receipt_files import JSON_HEAD
from zones.proof.receipts import Receipt, as_dict, canonical, subjects

PIECE = 30_000
"""Characters of JSON to a cell; a cell holds 32 767."""

MANY = 3
"""Zones named in a row; of more, only their number is given."""

TITLE = ("凭证", "Receipts")
HEADS = {
    "id": ("凭证号", "Receipt"),
    "kind": ("数字", "Figure"),
    "method": ("方法", "Method"),
    "zones": ("所用的区", "Zones"),
    "value": ("数值", "Value"),
    "unit": ("单位", "Unit"),
    "error": ("±（m²）", "± (m²)"),
}
KINDS = {
    "area": ("面积", "Area"),
    "perimeter": ("周长", "Perimeter"),
    "difference": ("与规划所述之差", "Difference from the plan"),
    "overlap": ("重叠面积", "Overlap"),
    "sum": ("各区面积之和", "Simple sum"),
    "union": ("合并面积（只计一次）", "Union (counted once)"),
    "double": ("重复计入的面积", "Counted again"),
    "table": ("统计表面积合计", "Table, areas added up"),
    "corridor": ("走廊带面积", "Area of the corridor"),
    "covered": ("走廊被覆盖的面积", "Covered ground of the corridor"),
    "class": ("被“{name}”覆盖的面积", "Ground covered by: {name}"),
    "fold": ("走廊中恰被 {k} 个区覆盖的地面", "Ground of the corridor under exactly {k} zones"),
    "gap": ("走廊的缺口 {low}–{high} km", "Gap in the corridor, {low}–{high} km"),
    "axis": ("轴线长度", "Length of the axis"),
    "crossed": ("走廊在行政区内的面积", "Ground of the corridor in a district"),
    "side": ("走廊{side}侧的面积", "Ground on the {side} of the axis"),
    "side_covered": ("走廊{side}侧被覆盖的面积", "Covered ground on the {side} of the axis"),
    "piece": ("未覆盖的一块地面 {low}–{high} km", "Piece without cover, {low}–{high} km"),
    "lane": ("{side}侧路段 {low}–{high} km", "Stretch on the {side}, {low}–{high} km"),
    "inside": ("在走廊内的面积", "Ground inside the corridor"),
    "layer": ("图层面积（各要素之和）", "Area of the layer, features added up"),
    "layer_read": ("图层面积（修复前，各要素之和）", "Area of the layer before repair, features added up"),
    "curve": ("宽度曲线 {n} 行，最宽处被覆盖的面积", "Width curve, {n} rows; covered ground at the widest"),
    "pieces": ("未覆盖地块 {n} 块，面积合计", "Pieces without cover, all {n} added up"),
    "lanes": ("各区路段 {n} 段，长度合计", "Stretches of all covers, {n} added up"),
    "change": ("面积变化（第 {old} 次 → 第 {new} 次修订）", "Change of area, revision {old} → {new}"),
    "zonal": ("栅格统计的地面（有数据）", "Ground of raster statistics, with data"),
    "drawn": ("图幅内的要素数", "Features in the map window"),
    "k_fold": ("恰被 {k} 个区覆盖", "Under exactly {k} zones"),
}
METHODS = {
    "ellipsoid": ("椭球面积", "Ellipsoid area"),
    "survey": ("国土调查公式", "Land-survey formula"),
    "plane": ("高斯平面面积", "Gauss-Krüger plane"),
    "geodesic": ("大地线长", "Geodesic length"),
    "ellipsoid_less_stated": ("椭球面积－所述面积", "Ellipsoid area - stated area"),
    "pair": ("两区相交", "Intersection of two zones"),
    "pair_of_unions": ("两组合并后相交", "Intersection of two unions"),
    "tabulate": ("逐面统计", "Counted polygon by polygon"),
    "band": ("沿轴线展宽", "Axis widened to a band"),
    "stretches": ("沿轴线的路段", "Stretches along the axis"),
    "along": ("沿轴线的大地线长", "Geodesic length along the axis"),
    "lanes": ("一侧沿轴线的路段", "Stretches of one side along the axis"),
    "cells": ("走廊带切成单元相加", "Cells of the band, added up"),
    "class_cells": ("类内单元相加", "Cells of one class, added up"),
    "zonal": ("栅格逐格按占比统计", "Raster cells by their shares"),
    "as_read": ("读入后未修复", "As read, before repair"),
    "widths": ("各半宽一次切分", "One cut at all half-widths"),
    "revisions": ("修订之间面积相减", "Areas of revisions, subtracted"),
    "drawn": ("按图幅逐要素计数", "Features counted in the map window"),
    "faces": ("不重叠的面块相加", "Faces that do not overlap, added up"),
}
SIDES = {"left": ("左", "left"), "right": ("右", "right")}
UNITS = {"m2": "m²", "m": "m", "count": ""}


def by_zone(receipts: Sequence[Receipt]) -> pd.Series:
    """Return the ids of receipts of one zone each as a column `receipt` on that zone's id."""
    ids = {receipt.zones[0].zone_id: receipt.id for receipt in receipts}
    return pd.Series(ids, name="receipt", dtype=object)


def figure_name(receipt: Receipt, lang: str) -> str:
    """Return in words what a receipt's number is."""
    name = receipt.band.class_name or "" if receipt.band is not None else ""
    if name in style.KIND_LABELS:
        name = style.label(style.KIND_LABELS, name, lang)
    low, high = (f"{(each or 0) / 1000:.2f}" for each in _stretch(receipt))
    side = SIDES.get(receipt.band.side or "", ("", "")) if receipt.band is not None else ("", "")
    rows, told = receipt.series, receipt.workspace
    values = {
        "k": receipt.thresholds.k, "name": name, "low": low, "high": high, "side": side[lang == "en"],
        "n": len(rows.rows) if rows else 0, "old": told and told.old, "new": told and told.new,
    }  # fmt: skip
    return style.label(KINDS, receipt.kind, lang).format(**values)


def _stretch(receipt: Receipt) -> tuple[float | None, float | None]:
    return (receipt.band.from_m, receipt.band.to_m) if receipt.band is not None else (None, None)


def receipts_page(receipts: Sequence[Receipt], lang: str = "zh") -> Page:
    """Return the page of receipts; the JSON in its last columns is what `zones verify` reads.

    Parameters
    ----------
    receipts : sequence of Receipt
    lang : {"zh", "en"}
    """
    at = 1 if lang == "en" else 0
    rows = [_row(receipt, lang) for receipt in receipts]
    table = pd.DataFrame(rows, columns=[head[at] for head in HEADS.values()], dtype=object)
    pieces = [json_pieces(canonical(as_dict(receipt))) for receipt in receipts]
    for place in range(max(map(len, pieces), default=1)):
        head = JSON_HEAD if place == 0 else f"{JSON_HEAD} {place + 1}"
        table[head] = [held[place] if place < len(held) else None for held in pieces]
    return Page(TITLE[at], table)


def _row(receipt: Receipt, lang: str) -> tuple[object, ...]:
    ids = subjects(receipt)
    named = "；".join(ids) if len(ids) <= MANY else f"{len(ids)} zones" if lang == "en" else f"{len(ids)} 个区"
    kind = figure_name(receipt, lang)
    method = style.label(METHODS, receipt.method.partition("/")[0], lang)
    return receipt.id, kind, method, named, receipt.value, UNITS[receipt.unit], receipt.error_m2


def json_pieces(text: str) -> list[str]:
    """Return JSON cut into pieces that fit a cell, each after the first starting with a quotation mark.

    A piece that started with a sign of a number could be taken for a formula and be changed.
    """
    pieces = []
    while len(text) > PIECE:
        cut = text.rindex('"', 1, PIECE)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]
