"""Area and overlap tables a planner takes away: CSV and XLSX, with a sheet that says how each figure was made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import geopandas
import pandas as pd

from layers import style
from layers.office.workbook import Page, csv_bytes, workbook_bytes
from layers.tables import receipt_page
from layers.tables.receipt_page import by_zone, receipts_page
from zones.atlas import Atlas
from zones.measure import measure
from zones.proof.receipt_files import EXPORT_HEADS, Head
from zones.proof.receipts import Receipt, area_receipts, overlap_receipts, totals_receipts
from zones.schema import EdgeRule
from zones.units import M2_PER_UNIT, MAX_DECIMALS, UNITS, Unit, error_decimals, in_unit

DEFAULT_UNITS: tuple[Unit, ...] = ("km2", "ha", "mu")

HEADS: dict[str, tuple[str, str]] = {
    "zone_id": ("编号", "Zone id"),
    "name": ("名称", "Name"),
    "kind": ("类型", "Kind"),
    "plan": ("规划", "Plan"),
    "grade": ("边界等级", "Grade"),
    "error_m": ("边界误差（m）", "Edge error (m)"),
    "ellipsoid_m2": ("椭球面积", "Ellipsoid area"),
    "survey_m2": ("国土调查公式", "Land-survey formula"),
    "plane_m2": ("高斯平面面积", "Gauss-Krüger plane"),
    "error_m2": ("±", "±"),
    "declared_area_m2": ("规划所述面积", "Stated in the plan"),
    "difference_m2": ("差值（椭球－所述）", "Difference (ellipsoid - stated)"),
    "plane_crs": ("平面坐标系", "Plane CRS"),
    "perimeter_m": ("周长（m）", "Perimeter (m)"),
    "receipt": ("凭证号", "Receipt"),
    "note": ("说明", "Note"),
    "a": ("甲", "A"),
    "b": ("乙", "B"),
    "a_id": ("甲编号", "A id"),
    "b_id": ("乙编号", "B id"),
    "overlap_m2": ("重叠面积", "Overlap"),
    "share_of_a": ("占甲", "Share of A"),
    "share_of_b": ("占乙", "Share of B"),
    "figure": ("数字", "Figure"),
    "area": ("面积", "Area"),
    "item": ("项目", "Item"),
    "text": ("内容", "What it means"),
    "sum": ("各区面积之和", "Simple sum"),
    "union": ("合并面积（只计一次）", "Union (counted once)"),
    "double": ("重复计入的面积", "Counted again"),
    "k": ("恰被 {k} 个区覆盖", "Under exactly {k} zones"),
}
TABS = {
    "areas": ("面积", "Areas"),
    "pairs": ("两两重叠", "Pairs"),
    "totals": ("只计一次", "Counted once"),
    "method": ("方法与来源", "Method and sources"),
}
FIGURES = {
    "ellipsoid_m2": Head("value"),
    "error_m2": Head("error"),
    "survey_m2": Head("value", "survey"),
    "plane_m2": Head("value", "plane"),
    "difference_m2": Head("value", "ellipsoid_less_stated"),
    "overlap_m2": Head("value"),
    "area": Head("value"),
}
"""Columns of areas, and which number of which receipt they hold."""

METHODS: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("坐标系", "Reference system"),
        (
            "CGCS2000 经纬度（EPSG:4490）；平面面积按高斯-克吕格 3 度带，所用带见表中“平面坐标系”",
            "CGCS2000 longitude and latitude (EPSG:4490); plane areas in the Gauss-Krüger zone the table names",
        ),
    ),
    (
        ("椭球面积", "Ellipsoid area"),
        (
            "CGCS2000 椭球面上的面积，边为经纬度直线；用于比较、统计和对外说明",
            "area on the CGCS2000 ellipsoid, edges straight in longitude and latitude; to compare and to quote",
        ),
    ),
    (
        ("国土调查公式", "Land-survey formula"),
        (
            "国土调查办发〔2008〕32号的椭球面梯形公式，常数按 CGCS2000；用于国土调查与报批文件",
            "trapezoid formula of the 2008 national land survey (document 32), with CGCS2000 constants; for surveys",
        ),
    ),
    (
        ("高斯平面面积", "Gauss-Krüger plane"),
        (
            "投影平面上的面积，用于与地籍图、施工图上的数比较；离中央经线越远越偏大",
            "area on the projection plane, to compare with cadastral drawings; too large away from the meridian",
        ),
    ),
    (
        ("±", "±"),
        (
            "由边界误差推得：周长 × 边界误差，与各顶点独立误差（二倍标准差）平方和开方；"
            "走廊与带的宽度为假定值，只计轴线误差；显示位数由 ± 决定",
            "from the edge error: perimeter x edge error, and vertex errors (2σ), in quadrature; for bands, whose "
            "width is assumed, from the axis alone; sets the digits",
        ),
    ),
    (
        ("单位", "Units"),
        (
            "1 亩 = 2000/3 m²；15 亩 = 1 公顷；100 公顷 = 1 km²；单元格存全精度，只按 ± 显示",
            "1 mu = 2000/3 m²; 15 mu = 1 ha; 100 ha = 1 km²; cells hold full precision and show what ± carries",
        ),
    ),
    (
        ("重叠", "Overlap"),
        (
            "面积为椭球面积；相接不算重叠；各区面积之和 = Σ k × 恰被 k 个区覆盖的面积",
            "ellipsoid areas; touching is no overlap; simple sum = Σ k x the area under exactly k zones",
        ),
    ),
    (
        ("凭证号", "Receipt"),
        (
            "每个数都有凭证：所用边界的指纹、方法、边的规则、坐标系、阈值、版本与 ±，见“凭证”页；"
            "面积表中为椭球面积的凭证，其余各数的凭证按区查；"
            "用 zones verify 加本文件名可离线重算，并指出已过时的数及原因",
            "each figure has a receipt with fingerprints of the outlines, method, edge rule, CRS, thresholds, versions "
            "and ±, on the sheet Receipts; area rows name that of the ellipsoid area, the others stand by zone; "
            "'zones verify' and the name of this file make the figures again offline and say which are out of date",
        ),
    ),
    (
        ("示意", "Indicative"),
        (
            "描绘、推定的边界只作示意，不是法定界线；有官方边界时可替换，各数随之改变",
            "traced and inferred outlines are indicative, not legal lines; official ones can replace them",
        ),
    ),
)


@dataclass(frozen=True)
class Sheet:
    """A table for people: cells in full precision under readable heads, and how each number is shown.

    Attributes
    ----------
    table, formats : pandas.DataFrame
        Same rows; `formats` holds Excel number formats for the number columns.
    """

    table: pd.DataFrame
    formats: pd.DataFrame


def area_sheet(
    atlas: Atlas, frame: geopandas.GeoDataFrame, units: Sequence[Unit] = DEFAULT_UNITS, lang: str = "zh"
) -> Sheet:
    """Return the areas of zones by three methods, with ±, stated area and difference, in the units asked for.

    Parameters
    ----------
    atlas : Atlas
        Gives the short names of the plans.
    frame : geopandas.GeoDataFrame
        Zones, EPSG:4490.
    units : sequence of {"km2", "ha", "mu", "m2"}
        One group of columns each.
    lang : {"zh", "en"}
    """
    areas = measure(frame)
    table, formats = _who(atlas, frame, lang), pd.DataFrame(index=frame.index)
    formats[_head("error_m", lang)] = "#,##0"
    for unit in units:
        for field in ("ellipsoid_m2", "error_m2", "survey_m2", "plane_m2", "declared_area_m2", "difference_m2"):
            head = _head(field, lang, unit)
            table[head] = areas[field] / M2_PER_UNIT[unit]
            digits = _decimals(areas["error_m2"], unit)
            if field == "declared_area_m2":
                # What the plan says carries no error of ours; show it as it was said.
                digits = pd.Series(MAX_DECIMALS[unit], index=digits.index)
            formats[head] = digits.map(_number_format)
    table[_head("plane_crs", lang)] = areas["plane_crs"]
    table[_head("perimeter_m", lang)] = areas["perimeter_m"]
    formats[_head("perimeter_m", lang)] = "#,##0"
    table[_head("receipt", lang)] = by_zone(area_receipts(atlas, frame, ("ellipsoid",))).reindex(frame.index)
    table[_head("note", lang)] = frame["unlocated_en" if lang == "en" else "unlocated_zh"]
    return Sheet(table.reset_index(drop=True), formats.reset_index(drop=True))


def area_csv(
    atlas: Atlas, frame: geopandas.GeoDataFrame, units: Sequence[Unit] = DEFAULT_UNITS, lang: str = "zh"
) -> bytes:
    """Return `area_sheet` as CSV bytes, UTF-8 with mark, numbers in full precision."""
    return csv_bytes(area_sheet(atlas, frame, units, lang).table)


def area_workbook(
    atlas: Atlas, frame: geopandas.GeoDataFrame, units: Sequence[Unit] = DEFAULT_UNITS, lang: str = "zh"
) -> bytes:
    """Return `area_sheet` as XLSX bytes, with sheets of receipts and of method; equal input, equal bytes."""
    sheet = area_sheet(atlas, frame, units, lang)
    receipts = receipts_page(area_receipts(atlas, frame), lang)
    return workbook_bytes([_page("areas", sheet, lang), receipts, method_page(atlas, frame, lang)])


def overlap_sheet(
    frame: geopandas.GeoDataFrame,
    pairs: pd.DataFrame,
    unit: Unit = "km2",
    lang: str = "zh",
    receipts: Sequence[Receipt] = (),
) -> Sheet:
    """Return overlapping pairs with names.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Holds the names of all zones in `pairs`.
    pairs : pandas.DataFrame
        As `zones.overlap.pairs` returns it; areas in m², shares from 0 to 1.
    unit : {"km2", "ha", "mu", "m2"}
    lang : {"zh", "en"}
    receipts : sequence of Receipt
        One for each pair, in order; their ids make a column. Without them there is none.
    """
    names = frame["name_en" if lang == "en" else "name_zh"].to_dict()
    table = pd.DataFrame(
        {
            _head("a", lang): [names.get(zone_id, zone_id) for zone_id in pairs["a_id"]],
            _head("b", lang): [names.get(zone_id, zone_id) for zone_id in pairs["b_id"]],
            _head("overlap_m2", lang, unit): pairs["overlap_m2"] / M2_PER_UNIT[unit],
            _head("share_of_a", lang): pairs["share_of_a"],
            _head("share_of_b", lang): pairs["share_of_b"],
            _head("a_id", lang): pairs["a_id"],
            _head("b_id", lang): pairs["b_id"],
            **_receipt_column(receipts, lang),
        }
    )
    formats = pd.DataFrame(index=table.index)
    formats[_head("overlap_m2", lang, unit)] = _number_format(MAX_DECIMALS[unit])
    formats[_head("share_of_a", lang)] = formats[_head("share_of_b", lang)] = "0.0%"
    return Sheet(table.reset_index(drop=True), formats.reset_index(drop=True))


def totals_sheet(
    totals: dict[str, Any], unit: Unit = "km2", lang: str = "zh", receipts: Sequence[Receipt] = ()
) -> Sheet:
    """Return `zones.overlap.totals` as rows: simple sum, union, what is counted again, ground under k zones.

    Receipts, one for each row in order, add a column with their ids.
    """
    whole, once = totals["sum_m2"], totals["union_m2"]
    rows = [(_head("sum", lang), whole), (_head("union", lang), once), (_head("double", lang), whole - once)]
    rows += [(_head("k", lang).format(k=each["k"]), each["area_m2"]) for each in totals["k_fold"]]
    head = _head("area", lang, unit)
    table = pd.DataFrame(
        {
            _head("figure", lang): [row[0] for row in rows],
            head: [in_unit(row[1], unit) for row in rows],
            **_receipt_column(receipts, lang),
        }
    )
    return Sheet(table, pd.DataFrame({head: [_number_format(MAX_DECIMALS[unit])] * len(rows)}))


def overlap_workbook(
    atlas: Atlas,
    frame: geopandas.GeoDataFrame,
    pairs: pd.DataFrame,
    totals: dict[str, Any],
    unit: Unit = "km2",
    lang: str = "zh",
) -> bytes:
    """Return pairs, totals that add up, receipts and method as XLSX bytes; equal input, equal bytes."""
    of_pairs, of_totals = overlap_receipts(atlas, frame, table=pairs), totals_receipts(atlas, frame, totals)
    return workbook_bytes(
        [
            _page("pairs", overlap_sheet(frame, pairs, unit, lang, of_pairs), lang),
            _page("totals", totals_sheet(totals, unit, lang, of_totals), lang),
            receipts_page([*of_pairs, *of_totals], lang),
            method_page(atlas, frame, lang),
        ]
    )


def method_page(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str = "zh") -> Page:
    """Return the page that says how the figures of `frame` were made and what they rest on."""
    at = 1 if lang == "en" else 0
    rows = [(("数据版本", "Data version")[at], atlas.version)]
    rows += [(item[at], text[at]) for item, text in METHODS]
    used = [rule for rule in EdgeRule if (frame["edge_rule"] == rule.value).any()]
    rows += [(("边的规则", "Edge rule")[at], style.EDGE_LABELS[rule][at]) for rule in used]
    rows += [(style.GRADE_LABELS[grade][at], style.GRADE_NOTES[grade][at]) for grade in style.GRADE_LABELS]
    for plan_id in dict.fromkeys(frame["plan_id"]):
        plan = atlas.plans[plan_id].plan
        named = plan.name.en if at else plan.name.zh
        told = " · ".join(filter(None, (named, plan.issued, plan.document.name)))
        rows.append((plan.short.en if at else plan.short.zh, told))
    for layer in atlas.layers:
        if layer.layer in set(frame["layer"].dropna()):
            credit = (layer.credit_en or layer.credit_zh) if at else layer.credit_zh
            rows.append((layer.title_en if at else layer.title_zh, f"{credit} · {layer.source_date} · {layer.licence}"))
    table = pd.DataFrame(rows, columns=[_head("item", lang), _head("text", lang)])
    return Page(TABS["method"][at], table, wide=True)


def figure_heads() -> dict[str, Head]:
    """Return what the columns of these tables and of the page of receipts hold, by head, in both languages."""
    heads = dict(EXPORT_HEADS)
    for lang in ("zh", "en"):
        heads[_head("receipt", lang)] = Head("id")
        heads[_head("perimeter_m", lang)] = Head("value", "geodesic")
        heads[_head("share_of_a", lang)], heads[_head("share_of_b", lang)] = Head("of_a"), Head("of_b")
        heads[style.label(receipt_page.HEADS, "value", lang)] = Head("value")
        for unit, factor in M2_PER_UNIT.items():
            heads |= {_head(field, lang, unit): replace(what, factor=factor) for field, what in FIGURES.items()}
    return heads


def _receipt_column(receipts: Sequence[Receipt], lang: str) -> dict[str, list[str]]:
    return {_head("receipt", lang): [receipt.id for receipt in receipts]} if receipts else {}


def _page(tab: str, sheet: Sheet, lang: str) -> Page:
    return Page(style.label(TABS, tab, lang), sheet.table, sheet.formats)


def _head(field: str, lang: str, unit: Unit | None = None) -> str:
    head = style.label(HEADS, field, lang)
    if unit is None:
        return head
    label = UNITS[unit][1 if lang == "en" else 0]
    return f"{head} ({label})" if lang == "en" else f"{head}（{label}）"


def _who(atlas: Atlas, frame: geopandas.GeoDataFrame, lang: str) -> pd.DataFrame:
    plans = {plan_id: plan.plan.short for plan_id, plan in atlas.plans.items()}
    grades = [None if pd.isna(grade) else style.label(style.GRADE_LABELS, grade, lang) for grade in frame["grade"]]
    return pd.DataFrame(
        {
            _head("zone_id", lang): list(frame.index),
            _head("name", lang): list(frame["name_en" if lang == "en" else "name_zh"]),
            _head("kind", lang): [style.label(style.KIND_LABELS, kind, lang) for kind in frame["kind"]],
            _head("plan", lang): [plans[each].en if lang == "en" else plans[each].zh for each in frame["plan_id"]],
            _head("grade", lang): grades,
            _head("error_m", lang): list(frame["error_m"]),
        },
        index=frame.index,
    )


def _decimals(error_m2: pd.Series, unit: Unit) -> pd.Series:
    """Return the decimals each ± supports; where there is none, the unit's usual ones."""
    known = error_m2.where(error_m2 > 0)
    digits = (known / M2_PER_UNIT[unit]).map(error_decimals, na_action="ignore").fillna(MAX_DECIMALS[unit])
    return digits.clip(0, MAX_DECIMALS[unit]).astype(int)


def _number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
