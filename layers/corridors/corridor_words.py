"""Words of the files handed over about a corridor, in Chinese and English."""

import numpy as np

from layers import style
from layers.corridors.handover import Handover

WORDS: dict[str, tuple[str, str]] = {
    "summary": ("汇总", "Summary"),
    "checks": ("核对", "Checks"),
    "parts": ("各区内外", "Parts"),
    "classes": ("类别", "Classes"),
    "curve": ("宽度曲线", "Curve"),
    "changes": ("名次变化", "Rankings"),
    "gaps": ("缺口", "Gaps"),
    "chainage": ("里程", "Chainage"),
    "folds": ("k重覆盖", "k-fold"),
    "crossed": ("行政区", "Districts"),
    "rest": ("未覆盖地块", "Uncovered"),
    "units": ("单位", "Units"),
    "method": ("方法与来源", "Method and sources"),
    "item": ("项目", "Item"),
    "value": ("数值", "Value"),
    "unit": ("单位", "Unit"),
    "share": ("占走廊", "Share of corridor"),
    "note": ("说明", "Note"),
    "band": ("走廊带面积", "Area of the band"),
    "covered": ("被覆盖（只计一次）", "Covered, counted once"),
    "uncovered": ("未覆盖", "Not covered"),
    "covered_share": ("覆盖率", "Share covered"),
    "sum": ("各区在内面积之和", "Simple sum of parts"),
    "twice": ("重复计入", "Counted more than once"),
    "left": ("左侧", "Left"),
    "right": ("右侧", "Right"),
    "left_all": ("左侧面积", "Left side"),
    "left_covered": ("左侧被覆盖", "Left side, covered"),
    "right_all": ("右侧面积", "Right side"),
    "right_covered": ("右侧被覆盖", "Right side, covered"),
    "half_width": ("半宽（每侧）", "Half-width, each side"),
    "axis": ("轴线长", "Length of the axis"),
    "axis_error": ("轴线误差", "Error of the axis"),
    "gap_count": ("缺口数", "Number of gaps"),
    "gap_longest": ("最长缺口", "Longest gap"),
    "gap_sum": ("缺口合计", "Gaps together"),
    "covers": ("涉及个数", "Covers reaching in"),
    "name": ("名称", "Name"),
    "id": ("编号", "Id"),
    "class": ("类别", "Class"),
    "inside": ("在走廊内（m²）", "Inside (m²)"),
    "outside": ("在走廊外（m²）", "Outside (m²)"),
    "whole": ("全区（m²）", "Whole (m²)"),
    "share_inside": ("占该区", "Share of it"),
    "ha": ("公顷", "ha"),
    "mu": ("亩", "mu"),
    "left_m2": ("左侧（m²）", "Left (m²)"),
    "right_m2": ("右侧（m²）", "Right (m²)"),
    "from": ("起（m）", "From (m)"),
    "to": ("止（m）", "To (m)"),
    "length": ("长度（m）", "Length (m)"),
    "receipt": ("全区面积凭证", "Receipt of the whole"),
    "receipt_inside": ("区内面积凭证", "Receipt of the part inside"),
    "receipt_no": ("凭证", "Receipt no."),
    "receipt_band": ("带面积凭证", "Receipt of the band"),
    "receipt_covered": ("覆盖面积凭证", "Receipt of covered ground"),
    "receipt_axis": ("轴线长凭证", "Receipt of the axis"),
    "receipt_row": ("整行凭证", "Receipt of the row"),
    "receipt_gap": ("最长缺口凭证", "Receipt of the longest gap"),
    "total": ("合计", "Total"),
    "count": ("个数", "Count"),
    "once": ("覆盖（类内只计一次，m²）", "Covered, once within the class (m²)"),
    "width_m": ("半宽（m）", "Half-width (m)"),
    "band_m2": ("走廊带（m²）", "Band (m²)"),
    "covered_m2": ("被覆盖（m²）", "Covered (m²)"),
    "error_m2": ("±（m²）", "± (m²)"),
    "error_share": ("±（覆盖率）", "± of the share"),
    "low": ("下限", "Low"),
    "high": ("上限", "High"),
    "longest": ("最长缺口（m）", "Longest gap (m)"),
    "used": ("所用", "In use"),
    "here": ("本表所用", "used here"),
    "up": ("自此居前", "Ahead from there"),
    "down": ("自此居后", "Behind from there"),
    "no": ("序号", "No."),
    "where": ("所在街道", "Subdistrict"),
    "share_axis": ("占轴线", "Share of the axis"),
    "side": ("侧", "Side"),
    "k": ("层数 k", "k"),
    "area_m2": ("面积（m²）", "Area (m²)"),
    "k_area": ("k × 面积（m²）", "k x area (m²)"),
    "level": ("级别", "Level"),
    "district": ("行政区", "District"),
    "subdistrict": ("街道", "Subdistrict"),
    "beyond": ("区界以外", "Beyond the districts"),
    "axis_m": ("轴线长（m）", "Axis (m)"),
    "share_rest": ("占未覆盖", "Share of uncovered"),
    "none": ("无", "none"),
    "a": ("甲", "A"),
    "b": ("乙", "B"),
    "difference": ("差（m²）", "Difference (m²)"),
    "allowed": ("容差（m²）", "Allowed (m²)"),
    "result": ("结果", "Result"),
    "agrees": ("相符", "agrees"),
    "differs": ("不符", "differs"),
    "check_whole": ("被覆盖 + 未覆盖 = 走廊带", "covered + not covered = band"),
    "check_sides": ("左侧 + 右侧 = 走廊带", "left + right = band"),
    "check_side_covered": ("左侧被覆盖 + 右侧被覆盖 = 被覆盖", "covered left + covered right = covered"),
    "check_sum": ("Σ k × 面积 = Σ 各区在内", "sum of k x area = sum of parts inside"),
    "check_rest": ("Σ 未覆盖地块 = 未覆盖", "sum of uncovered pieces = not covered"),
    "check_curve": ("宽度曲线在所用半宽处 = 被覆盖", "curve at the half-width in use = covered"),
    "check_receipts": ("Σ（在内 + 在外）= Σ 凭证面积", "sum of inside + outside = sum of receipts"),
    "m2_per": ("每单位合 m²", "m² in one unit"),
    "chart_x": ("半宽（m）", "half-width (m)"),
    "chart": ("覆盖率随半宽变化（虚线为 ±）", "Coverage against half-width (dashed: ±)"),
    "assumed": (
        "规划未给出宽度；此半宽为图集假定，覆盖率随它变化。",
        "No plan gives a width; this half-width is the atlas's assumption, and coverage hangs on it.",
    ),
    "chosen": (
        "规划未给出宽度；此半宽由使用者设定，覆盖率随它变化。",
        "No plan gives a width; this half-width was set by the reader, and coverage hangs on it.",
    ),
    "profile": (
        "半宽沿轴线变化：{pairs}（里程 m：半宽 m）。",
        "It varies along the axis: {pairs} (chainage m: half-width m).",
    ),
    "zones_cover": (
        "图集中带边界的创新区 {n} 处；由假定宽度展宽的带不算覆盖",
        "{n} zones of the atlas with an outline of their own; bands of an assumed width cover nothing",
    ),
    "bands_cover": (
        "图集中的区 {n} 处，其中 {bands} 处的边界由假定宽度展宽而成",
        "{n} zones of the atlas, of which {bands} have an outline made with an assumed width",
    ),
    "file_covers": ("{name}（{n} 个图形）", "{name} ({n} features)"),
    "ends_drawn": ("按所画，两端平直", "as drawn, straight at the ends"),
    "ends_district": ("止于区界", "at the district line"),
}

METHOD: tuple[tuple[tuple[str, str], tuple[str, str]], ...] = (
    (
        ("坐标系", "Reference system"),
        ("CGCS2000 经纬度（EPSG:4490）", "CGCS2000 longitude and latitude (EPSG:4490)"),
    ),
    (
        ("走廊带", "Band"),
        (
            "轴线两侧各取半宽，外弯为圆弧，两端平直；在过走廊中部的高斯-克吕格平面上作图，"
            "长度变形不超过 {ppm} ppm，再换回经纬度",
            "the ground within the half-width of the axis, round outside bends, straight at the ends; built on a "
            "Gauss-Krüger plane through its middle, lengths within {ppm} ppm, and brought back to degrees",
        ),
    ),
    (
        ("面积", "Area"),
        (
            "CGCS2000 椭球面积，边为经纬度直线；几个区同时覆盖的地只计一次",
            "on the CGCS2000 ellipsoid, edges straight in longitude and latitude; ground under several covers "
            "counts once",
        ),
    ),
    (
        ("±", "±"),
        (
            "误差乘受影响的边长，取平方和的根：各区边线误差、轴线误差（{axis}）、两端误差{unknown}；不含宽度假定本身",
            "error times the length of edge concerned, added in quadrature: edges of the covers, the axis ({axis}), "
            "both ends{unknown}; the assumption of the width is no part of it",
        ),
    ),
    (
        ("里程与左右", "Chainage and sides"),
        (
            "自轴线所画起点量起，单位 m；左、右按里程增加的方向",
            "metres from where the axis is drawn first; left and right as seen in that direction",
        ),
    ),
    (
        ("缺口", "Gap"),
        (
            "整个横断面都没有覆盖的路段；1 m 以内的不计",
            "a stretch with nothing covered across the whole band; none of up to 1 m",
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
        ("示意", "Indicative"),
        (
            "描绘、推定的轴线与边界只作示意，不是法定界线；有官方边界时可替换，各数随之改变",
            "traced and inferred axes and outlines are indicative, not legal lines; official ones can replace them",
        ),
    ),
)


def word(key: str, lang: str) -> str:
    """Return a fixed text of these files in Chinese or English."""
    return style.label(WORDS, key, lang)


def assumption(held: Handover) -> str:
    """Return the sentence that says whose the half-width is."""
    made = held.found.corridor
    said = word("assumed" if made.assumed else "chosen", held.lang)
    if not isinstance(made.half_width, tuple):
        return said
    pairs = ", ".join(f"{at_m:g}:{width:g}" for at_m, width in made.half_width)
    varies = word("profile", held.lang).format(pairs=pairs)
    return held.of((f"{said}{varies}", f"{said} {varies}"))


def width(held: Handover) -> str:
    """Return the half-width in metres, or the least and the largest of a profile."""
    made = held.found.corridor
    if not isinstance(made.half_width, tuple):
        return f"{made.half_width:,.0f} m"
    return f"{min(each for _, each in made.half_width):,.0f}–{made.widest_m:,.0f} m"


def covered_by(held: Handover) -> str:
    """Return what covers."""
    ids = held.found.parts["id"]
    bands = 0 if held.covered_by else int(held.atlas.zones.loc[list(ids), "half_width_m"].notna().sum())
    key = "file_covers" if held.covered_by else "bands_cover" if bands else "zones_cover"
    return word(key, held.lang).format(name=held.covered_by, n=len(ids), bands=bands)


def ends(held: Handover) -> str:
    """Return where the band ends."""
    return word(f"ends_{held.found.corridor.ends}", held.lang)


def method(held: Handover) -> list[tuple[str, str]]:
    """Return how the figures were made: heads and sentences."""
    error = held.found.corridor.axis_error_m
    axis = held.of(("未知", "not known")) if np.isnan(error) else f"±{error:g} m"
    count = held.found.errors_unknown
    unknown = held.of((f"，误差未知的 {count} 个图形未计入", f", {count} features of unknown error left out"))
    values = {
        "ppm": f"{max(held.found.scale_error * 1e6, 0.1):.1f}",
        "axis": axis,
        "unknown": unknown if count else "",
    }
    return [(held.of(head), held.of(text).format(**values)) for head, text in METHOD]
