"""Sentences of slides and reports, in Chinese and English."""

from layers import style

WORDS: dict[str, tuple[str, str]] = {
    "product": ("深圳创新区图集", "Innovation-zone atlas of Shenzhen"),
    "zones_of": ("{plan}的创新区", "Innovation zones of the {plan}"),
    "foot": (
        "创新区图集 · 数据版本 {version} · 数据日期 {day}",
        "Innovation-zone atlas · data {version} · as of {day}",
    ),
    "indicative": (
        "示意图：描绘、推定的边界不是法定界线，不作权属与审批依据。",
        "Indicative: traced and inferred outlines are not legal lines and decide no rights or permits.",
    ),
    "ratio": ("比例尺 1:{scale}（图宽 {wide} mm 时）", "Scale 1:{scale} where the map is {wide} mm wide"),
    "map_sources": ("资料来源：{names}", "Sources: {names}"),
    "sep": ("、", ", "),
    "stop": ("；", "; "),
    "of_pages": ("{title}（{at}/{all}）", "{title} ({at}/{all})"),
    # decks
    "deck_area": ("面积", "Areas"),
    "deck_overlap": ("重叠", "Overlap"),
    "deck_indicators": ("指标", "Indicators"),
    "deck_corridor": ("走廊", "Corridors"),
    "cover_counts": (
        "{zones} 个区：{areas} 个有面，{places} 个仅知地点，{lost} 个不能定位",
        "{zones} zones: {areas} with an outline, {places} known as a place only, {lost} not located",
    ),
    "plans": ("规划：{names}", "Plans: {names}"),
    # overview
    "where": ("区位与边界等级", "Where the zones are, and how well their outlines are known"),
    "where_plan": ("{plan}：区位与边界等级", "{plan}: where the zones are"),
    "legend": ("图例", "Legend"),
    "grades": ("边界等级", "How the outline is known"),
    "places": ("仅知地点", "Place only"),
    "unnamed": ("图面所限，{n} 处未注名称，见表。", "{n} zones had no room for a name; see the tables."),
    "off_map": ("{n} 处在图幅之外。", "{n} zones lie outside this map."),
    "unlocated_note": ("{n} 个区不能定位，未绘。", "{n} zones cannot be located and are not drawn."),
    "error_range": ("边界误差 {low}–{high} m。", "Edge error {low}–{high} m."),
    "map_of": ("{title}的地图，{n} 个区", "Map: {title}, {n} zones"),
    "kinds": ("各类区的数量", "Zones by kind"),
    "with_outline": ("有面", "With an outline"),
    "place_only": ("仅知地点", "Place only"),
    "not_located": ("不能定位", "Not located"),
    "count": ("个", "zones"),
    "zones_total": ("个区", "zones"),
    # areas
    "largest": ("面积最大的 {n} 个区", "The {n} largest zones"),
    "area_axis": ("椭球面积（km²），误差线为 ±", "Ellipsoid area (km²), bars show ±"),
    "area_table": ("面积（km²）：三种算法与规划所述", "Areas (km²) by three methods, and as stated"),
    "area_cut": ("按面积列前 {n} 个；其余 {rest} 个见面积表。", "The {n} largest; {rest} more in the area table."),
    "bands": (
        "走廊、带与轴的面积是示意带的面积：规划未给宽度，带宽为假定值，± 只计轴线误差。",
        "Areas of corridors, belts and axes are those of indicative bands: no plan gives a width; "
        "± counts the axis alone.",
    ),
    "stated_against": ("量算面积与规划所述面积", "Measured against stated areas"),
    "measured": ("量算", "Measured"),
    "stated": ("规划所述", "Stated"),
    "lost_table": ("不能定位的区及原因", "Zones that cannot be located, and why"),
    "rows_cut": ("列出 {n} 条；其余 {rest} 条见报告。", "{n} rows are shown; {rest} more stand in the report."),
    "zone": ("区", "Zone"),
    "kind": ("类型", "Kind"),
    "plan": ("规划", "Plan"),
    "grade": ("边界等级", "Grade"),
    "reason": ("原因", "Why"),
    "ellipsoid": ("椭球面积 ±", "Ellipsoid ±"),
    "survey": ("国土调查公式", "Survey formula"),
    "plane": ("高斯平面", "Gauss plane"),
    "declared": ("规划所述", "Stated"),
    "difference": ("差", "Difference"),
    # overlap
    "fold_map": ("地面被几个区覆盖", "How many zones cover the ground"),
    "sum": ("简单相加", "Simple sum"),
    "union": ("只计一次", "Counted once"),
    "double": ("重复计入", "Counted again"),
    "fold": ("k 重覆盖", "k-fold cover"),
    "fold_axis": ("恰被 k 个区覆盖的面积（km²）", "Ground under exactly k zones (km²)"),
    "fold_k": ("{k} 重", "{k}-fold"),
    "fold_under": ("恰被 {k} 个区覆盖", "Under exactly {k} zones"),
    "fold_one": ("只被 1 个区覆盖", "Under one zone only"),
    "once": ("面积（km²）", "Area (km²)"),
    "times": ("k × 面积（km²）", "k × area (km²)"),
    "total": ("合计", "Total"),
    "fold_note": (
        "Σ k × 面积 = 简单相加；Σ 面积 = 只计一次。相接不算重叠。多留的位数只为核对加总，各区的 ± 见面积表。",
        "Σ k × area = simple sum; Σ area = counted once. Touching is no overlap. The extra digits only let you check "
        "the sums; ± of each zone stands in the area table.",
    ),
    "pairs": ("重叠的区", "Zones that overlap"),
    "pairs_cut": (
        "按重叠面积列前 {n} 对；其余 {rest} 对见重叠表。",
        "The {n} largest; {rest} more in the overlap table.",
    ),
    "a": ("甲", "A"),
    "b": ("乙", "B"),
    "overlap": ("重叠（km²）", "Overlap (km²)"),
    "share_a": ("占甲", "of A"),
    "share_b": ("占乙", "of B"),
    "no_overlap": ("所选各区没有互相重叠。", "None of the chosen zones overlap."),
    # indicators
    "indicator_count": ("各规划的量化表述", "Quantified statements of the plans"),
    "in_table": ("指标表", "Target table"),
    "in_text": ("正文", "Text"),
    "statements": ("条", "statements"),
    "indicator": ("指标", "Indicator"),
    "unit": ("单位", "Unit"),
    "baseline": ("基期", "Baseline"),
    "target": ("目标", "Target"),
    "attribute": ("属性", "Attribute"),
    "source": ("出处", "Source"),
    "scope": ("范围", "Scope"),
    "targets_of": ("{plan}：指标表", "{plan}: target table"),
    "index_of": ("{plan}：从基期到目标", "{plan}: baseline to target"),
    "index_axis": ("基期 = 100", "Baseline = 100"),
    "index_note": (
        "只列基期与目标都是数的指标；括号内为规划原值。",
        "Only where baseline and target are both plain numbers; the plan's own figures stand in brackets.",
    ),
    "theme_of": ("{theme}：各规划并列", "{theme}: plans side by side"),
    "theme_note": (
        "各规划的口径可能不同，只并列，不相加。",
        "The plans may not count the same thing; figures stand side by side and are not added up.",
    ),
    "theme_chart": (
        "图中只有为全区写成一个数的目标。",
        "The chart holds targets that are one plain number for a whole district.",
    ),
    "themes_cut": ("另有 {n} 个主题见指标页。", "{n} more themes stand on the page of indicators."),
    "no_indicator": ("所选规划没有指标。", "The chosen plans have no indicators."),
    # corridors
    "corridors": ("走廊比较：按现用半宽", "Corridors compared, at the half-width in use"),
    "corridor_of": ("{name}：谁在走廊里", "{name}: what lies in it"),
    "curve_of": ("{name}：覆盖率随半宽而变", "{name}: coverage over half-width"),
    "parts_of": ("{name}：各区与空档", "{name}: zones and gaps"),
    "width_note": (
        "规划未给出走廊宽度：半宽为假定值，每侧 {width} m。"
        "覆盖者为有自己边界的区，同一地面只计一次；假定宽度的带不算覆盖。",
        "No plan gives a width: {width} m to each side is assumed. Covers are zones with an outline of their own, "
        "ground counted once; bands of an assumed width cover nothing.",
    ),
    "curve_note": (
        "半宽是假定值，所以给出曲线而不是一个数；细线为 ±，由覆盖各区的边界误差与轴线误差推得。",
        "The half-width is an assumption, so a curve is given and not one number; thin lines show ±, from the edge "
        "errors of the covers and of the axis.",
    ),
    "no_corridor": ("所选各区没有走廊。", "None of the chosen zones is a corridor."),
    "length": ("轴线长（km）", "Axis (km)"),
    "band_area": ("走廊面积（km²）", "Band (km²)"),
    "covered": ("已覆盖（km²）", "Covered (km²)"),
    "share": ("覆盖率", "Coverage"),
    "share_axis": ("覆盖率（%）", "Coverage (%)"),
    "share_less": ("减 ±", "less ±"),
    "share_more": ("加 ±", "plus ±"),
    "width_axis": ("每侧半宽（m）", "Half-width to each side (m)"),
    "half_width": ("半宽（m）", "Half-width (m)"),
    "gaps": ("空档（处）", "Gaps"),
    "longest_gap": ("最长空档（km）", "Longest gap (km)"),
    "corridor": ("走廊", "Corridor"),
    "inside": ("在走廊内（km²）", "Inside (km²)"),
    "share_inside": ("占该区", "of the zone"),
    "share_of_corridor": ("占走廊", "of the corridor"),
    "gap": ("空档", "Gap"),
    "from_to": ("里程（km）", "Chainage (km)"),
    "gap_length": ("长（km）", "Length (km)"),
    "no_gap": ("沿线没有空档。", "There is no gap along it."),
    "chainage_note": (
        "里程自图上轴线起点算起；空档指整个横断面上没有任何覆盖的一段。列出 {n} 个区，共 {all} 个。"
        "多留的位数只为核对加总。",
        "Chainage runs from the drawn start of the axis; a gap is a stretch on whose whole cross-section nothing is "
        "covered. {n} of {all} zones are listed. The extra digits only let you check the sums.",
    ),
    # method and notes
    "method": ("方法与来源", "Method and sources"),
    "item": ("项目", "Item"),
    "meaning": ("内容", "What it means"),
    "notes_sources": ("来源", "Sources"),
    "notes_receipts": ("数字凭证（zones verify 可重算）", "Receipts (zones verify makes the figures again)"),
    "notes_credits": ("底图与图形", "Base map and shapes"),
    "receipt": ("凭证", "receipt"),
    "line": ("第{first}行", "line {first}"),
    "lines": ("第{first}-{last}行", "lines {first}-{last}"),
    "line_list": ("第{lines}行", "lines {lines}"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return a sentence in `zh` or `en`, with its values filled in."""
    text = style.label(WORDS, key, lang)
    return text.format(**values) if values else text
