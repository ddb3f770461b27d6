"""Tables of a layer counted under the zones: CSV and XLSX, with a sheet that says how each figure was made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyogrio

from layers import style
from layers.office.workbook import Page, csv_bytes, workbook_bytes
from layers.tables.receipt_page import receipts_page
from layers.tables.tables import TABS, Sheet
from zones.atlas import Atlas
from zones.counting.counted import Tally
from zones.proof.receipts import Receipt, software
from zones.units import MAX_DECIMALS, UNITS, Unit, in_unit

if TYPE_CHECKING:
    from zones.counting.tabulate import Tabulation

MOST_ROWS = 20_000
"""Rows up to which a workbook is made, in seconds; the CSV has no limit."""

HEADS: dict[str, tuple[str, str]] = {
    "zone_id": ("编号", "Zone id"),
    "name": ("名称", "Name"),
    "class": ("分类", "Class"),
    "count_inside": ("完全在内", "Inside"),
    "count_partly": ("部分在内", "Partly"),
    "area": ("区内面积", "Area in the zone"),
    "share": ("占区内合计", "Of the zone's sum"),
    "feature": ("要素序号", "Feature"),
    "message": ("说明", "Message"),
    "item": ("项目", "Item"),
    "text": ("内容", "What it means"),
}
TAB_COUNTS = ("分类统计", "Counts by class")
TAB_ODD = ("修复与未计入", "Repaired or left out")
SUMS = (
    "合计（随筛选变化；几个区都计的要素重复计入）",
    "Sum (follows the filter; features under two zones count twice)",
)

ODD_LABELS: dict[str, tuple[str, str]] = {
    "repaired": ("图形无效，已重建", "shape was invalid and was rebuilt"),
    "unreadable": ("图形读不出，未计入", "shape cannot be read; left out"),
    "no_polygon": ("不是面，未计入", "not a polygon; left out"),
    "area_change": ("面积 {before} → {after} m²", "area {before} → {after} m²"),
    "feature": ("第 {n} 个要素", "Feature {n}"),
}
"""What is said of a feature that was repaired or left out."""

RULES: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("完全在内", "Inside"),
        (
            "在区外的部分不足 0.001 m²（小要素为其面积的百万分之一）",
            "less than 0.001 m² of the feature (a millionth of it, if that is less) lies outside the zone",
        ),
    ),
    (
        ("部分在内", "Partly"),
        (
            "与区共有的部分超过上述限值而不完全在内；相接不计",
            "shares more than that with the zone; touching does not count",
        ),
    ),
    (
        ("区内面积", "Area in the zone"),
        (
            "各要素在区内部分的面积之和；要素互相重叠之处、区与区重叠之处都重复计入",
            "sum over features of what lies in the zone; ground under two features or two zones counts twice",
        ),
    ),
    (
        ("区的边界", "Edges of the zones"),
        (
            "描绘、推定的边界只作示意，误差见面积页；数字保留全部位数以便核对",
            "traced and inferred outlines are indicative, their error stands in the area table; all digits are kept "
            "so that sums can be checked",
        ),
    ),
)


@dataclass(frozen=True)
class Origin:
    """What was counted.

    Attributes
    ----------
    name : str
        Name of the layer as the person knows it.
    layer, field : str or None
        Layer of the file, and the field with the class.
    crs : str
        Coordinate reference system of the layer.
    hashes : mapping of str to str
        SHA-256 of each file, by name.
    selection : str
        Zones, as `zones tabulate --zones` takes them.
    """

    name: str
    layer: str | None
    field: str | None
    crs: str
    hashes: Mapping[str, str]
    selection: str


def rule_text(rule: str, lang: str) -> str:
    """Return the area rule of a tabulation in `zh` or `en`."""
    if lang == "en":
        return rule
    if rule.startswith("ellipsoid"):
        return "椭球面积，边按经纬度直线"
    told = re.fullmatch(r"plane of (.+), ([+-]\d+) ppm from the ellipsoid at the middle of the zones", rule)
    return f"{told[1]} 平面面积，在各区中央较椭球 {told[2]} ppm" if told else rule


def odd_text(issue: Mapping[str, str], lang: str) -> str:
    """Return one sentence on a feature that was repaired or left out."""
    named = style.label(ODD_LABELS, "feature", lang).format(n=issue["feature"])
    text = style.label(ODD_LABELS, issue["kind"], lang) if issue["kind"] in ODD_LABELS else issue["message"]
    change = re.search(r"area ([\d,.]+) -> ([\d,.]+) m²", issue["message"])
    if change:
        told = style.label(ODD_LABELS, "area_change", lang).format(before=change[1], after=change[2])
        text += f"{'，' if lang == 'zh' else ', '}{told}"
    return f"{named}{'：' if lang == 'zh' else ': '}{text}"


def tabulation_sheet(atlas: Atlas, table: pd.DataFrame, unit: Unit = "km2", lang: str = "zh") -> Sheet:
    """Return counts and areas by zone and class under readable heads, numbers in full precision.

    Parameters
    ----------
    table : pandas.DataFrame
        As `zones.counting.tabulate.tabulate` returns it, m².
    unit : {"km2", "ha", "mu", "m2"}
        A second column of areas is in this unit, unless it is m².
    """
    names = atlas.zones[f"name_{lang}"]
    columns = {
        _head("zone_id", lang): table["zone_id"],
        _head("name", lang): table["zone_id"].map(names),
        _head("class", lang): table["class"],
        _head("count_inside", lang): table["count_inside"],
        _head("count_partly", lang): table["count_partly"],
    }
    shown: list[Unit] = ["m2"] if unit == "m2" else [unit, "m2"]
    for each in shown:
        columns[_area_head(each, lang)] = in_unit(table["area_m2"], each)
    columns[_head("share", lang)] = table["area_m2"] / table.groupby("zone_id")["area_m2"].transform("sum")
    formats = {_head(name, lang): "#,##0" for name in ("count_inside", "count_partly")}
    formats |= {_area_head(each, lang): f"#,##0.{'0' * MAX_DECIMALS[each]}" for each in shown}
    formats[_head("share", lang)] = "0.0%"
    return Sheet(pd.DataFrame(columns), pd.DataFrame(formats, index=table.index))


def tabulation_csv(atlas: Atlas, table: pd.DataFrame, unit: Unit = "km2", lang: str = "zh") -> bytes:
    """Return `tabulation_sheet` as CSV bytes, UTF-8 with mark."""
    return csv_bytes(tabulation_sheet(atlas, table, unit, lang).table)


def tabulation_workbook(
    atlas: Atlas,
    found: "Tabulation",
    tally: Tally,
    origin: Origin,
    unit: Unit = "km2",
    lang: str = "zh",
    receipt: Receipt | None = None,
) -> bytes:
    """Return the table with sums that follow the filter, the odd features, method and receipt, as XLSX bytes.

    Equal input gives equal bytes.
    """
    at = lang == "en"
    sheet = tabulation_sheet(atlas, found.table, unit, lang)
    pages = [Page(TAB_COUNTS[at], sheet.table, sheet.formats, sums=SUMS[at])]
    if not found.issues.empty:
        pages.append(Page(TAB_ODD[at], _odd_table(found.issues, lang), wide=True))
    pages.append(Page(TABS["method"][at], _method(atlas, found, tally, origin, lang), wide=True))
    if receipt is not None:
        pages.append(receipts_page([receipt], lang))
    return workbook_bytes(pages)


def _odd_table(issues: pd.DataFrame, lang: str) -> pd.DataFrame:
    rows = issues.to_dict("records")
    return pd.DataFrame(
        {
            _head("feature", lang): [int(row["feature"]) for row in rows],
            _head("message", lang): [odd_text(row, lang) for row in rows],
        }
    )


def _method(atlas: Atlas, found: "Tabulation", tally: Tally, origin: Origin, lang: str) -> pd.DataFrame:
    at = lang == "en"
    read = f"{found.features:,} = {tally.inside:,} + {tally.partly:,} + {tally.outside:,} + {tally.left_out:,}"
    rows = [
        (("图层", "Layer")[at], " · ".join(filter(None, (origin.name, origin.layer)))),
        *((f"SHA-256 {name}", digest) for name, digest in origin.hashes.items()),
        (("图层坐标系", "CRS of the layer")[at], origin.crs),
        (("分类字段", "Class field")[at], origin.field or ("不分类", "none")[at]),
        (("区", "Zones")[at], origin.selection),
        (("要素", "Features")[at], f"{read}（{_parts(at)}）" if not at else f"{read} ({_parts(at)})"),
        (("修复", "Repaired")[at], f"{found.repaired:,}"),
        (("面积算法", "Areas")[at], rule_text(found.area_rule, lang)),
        *((item[at], text[at]) for item, text in RULES),
        (("单位", "Units")[at], ("1 亩 = 2000/3 m²；15 亩 = 1 公顷", "1 mu = 2000/3 m²; 15 mu = 1 ha")[at]),
        (("数据版本", "Data version")[at], atlas.version),
        (("软件", "Software")[at], _versions()),
        (("同一结果的命令", "Command with the same result")[at], _command(origin)),
    ]
    return pd.DataFrame(rows, columns=[_head("item", lang), _head("text", lang)])


def _parts(at: bool) -> str:
    return ("完全在区内 + 部分在区内 + 在各区之外 + 未计入", "inside + partly + in no zone + left out")[at]


def _versions() -> str:
    held = software() | {"pyogrio": pyogrio.__version__, "gdal": pyogrio.__gdal_version_string__}
    return ", ".join(f"{name} {number}" for name, number in held.items())


def _command(origin: Origin) -> str:
    words = ["zones", "tabulate", "--of", origin.name]
    for option, value in (("--layer", origin.layer), ("--class", origin.field), ("--zones", origin.selection)):
        words += [option, value] if value else []
    return " ".join(f'"{word}"' if " " in word else word for word in words)


def _head(field: str, lang: str) -> str:
    return style.label(HEADS, field, lang)


def _area_head(unit: Unit, lang: str) -> str:
    label = UNITS[unit][lang == "en"]
    return f"{_head('area', lang)} ({label})" if lang == "en" else f"{_head('area', lang)}（{label}）"
