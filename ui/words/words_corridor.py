"""Sentences of the corridor page, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "corridor": ("走廊", "Corridor"),
    "corridor_title": ("走廊覆盖", "Corridor coverage"),
    "corridor_lead": (
        "规划未给出走廊宽度：半宽是假定值，覆盖率随它变化。拖动滑块，看结论在多宽时仍然成立。",
        "No plan gives a corridor a width: the half-width is an assumption, and coverage hangs on it. "
        "Move the slider to see at which widths a claim still holds.",
    ),
    "corridor_pick": ("走廊", "Corridor"),
    "compare_with": ("并列比较", "Compare with"),
    "compare_none": ("可选至多 3 条", "Up to 3 more"),
    "covered_by": ("覆盖图层", "Covered by"),
    "zones_shown": ("创新区", "Zones"),
    "class_field": ("分类字段", "Class field"),
    "no_class": ("不分类", "None"),
    "ends": ("两端", "Ends"),
    "ends_drawn": ("按所画", "As drawn"),
    "ends_district": ("止于区界", "At district line"),
    "corridor_xlsx": ("下载工作簿（公式）", "Workbook with formulas"),
    "corridor_gpkg": ("下载图形（GeoPackage）", "Shapes (GeoPackage)"),
    "corridor_pdf": ("下载图纸（PDF）", "Printed page (PDF)"),
    "half_width": ("半宽", "Half-width"),
    "profile": ("分段半宽（里程:半宽，m）", "Widths along it (at:half-width)"),
    "profile_wrong": (
        "请写成 里程:半宽，里程递增，半宽 1 至 10000 m。",
        "Write chainage:half-width, chainages rising, widths 1 to 10,000 m.",
    ),
    "profile_result": (
        "按沿线半宽 {width} m：走廊带 {band}，被覆盖 {covered}，覆盖率 {share}。"
        "以下图表按此计算；滑块与曲线仍按统一半宽。",
        "With half-widths of {width} m along the axis: band {band}, covered {covered}, share {share}. All below "
        "follows from these; slider and curve keep to one half-width.",
    ),
    "half_width_note": ("每侧，自轴线量起", "to each side of the axis"),
    "half_width_assumed": ("图集假定 {width:g} m", "the atlas assumes {width:g} m"),
    "computing": ("正在切分走廊…", "Cutting the corridor…"),
    "band_area": ("走廊带面积", "Area of the band"),
    "covered_area": ("被覆盖（只计一次）", "Covered, counted once"),
    "covered_share": ("覆盖率", "Share covered"),
    "uncovered_area": ("未覆盖", "Not covered"),
    "longest_gap": ("最长缺口", "Longest gap"),
    "covers_in": ("涉及", "Reaching in"),
    "gaps_count": ("共 {n} 处", "{n} in all"),
    "zones_count": ("{n} 个区", "{n} zones"),
    "features_count": ("{n} 个图形", "{n} features"),
    "none_at_all": ("无", "none"),
    "curve": ("宽度曲线", "Width curve"),
    "curve_note": (
        "浅灰带为描绘误差带来的范围（±）；菱形表示名次在此改变。",
        "The pale band is ± from the tracing error; a diamond marks a change of ranking.",
    ),
    "changes": ("名次变化的宽度", "Widths at which the ranking changes"),
    "no_change": (
        "在 {low:g}–{high:g} km 之间名次不变。",
        "The ranking does not change between {low:g} and {high:g} km.",
    ),
    "strip": ("里程展开图", "Chainage strip"),
    "strip_note": (
        "轴线拉直，里程自所画起点起算；轴线上方为左侧，下方为右侧。浅橙色为两侧均无覆盖的缺口。",
        "The axis laid out straight, measured from where it is drawn first; left side above, right side below. "
        "Pale orange marks gaps: nothing covered on either side.",
    ),
    "start_end": ("起于{start}，止于{end}，轴长 {length} km。", "From {start} to {end}; the axis is {length} km long."),
    "corridor_map": ("走廊带", "The band"),
    "map_key": (
        "半宽 {width} m；橙色为走廊带，斜线为其中被覆盖的部分。",
        "Half-width {width} m; hatched is covered, orange is the band.",
    ),
    "uncovered_note": ("按连片面积由大到小。", "Connected pieces, largest first."),
    "gaps": ("缺口", "Gaps"),
    "gaps_note": (
        "走廊带整个横断面都没有覆盖的区段，由长到短。",
        "Stretches with nothing covered across the whole band, longest first.",
    ),
    "no_gap": ("没有缺口。", "No gap."),
    "from_km": ("起", "From"),
    "to_km": ("止", "To"),
    "length": ("长度", "Length"),
    "where": ("所在街道", "Subdistrict"),
    "cover_parts": ("各区在走廊内外的面积", "Each zone, inside and outside"),
    "layer_parts": ("各图形在走廊内外的面积", "Each feature, inside and outside"),
    "inside": ("在走廊内", "Inside"),
    "share_inside": ("占自身面积", "Of itself"),
    "outside_part": ("在走廊外", "Outside"),
    "share_of_corridor": ("占走廊带", "Of the band"),
    "stretch": ("里程", "Chainage"),
    "stretches": (" · {n} 段", " · {n} parts"),
    "no_cover": ("走廊带内没有。", "Nothing lies in the band."),
    "class": ("类别", "Class"),
    "by_class": ("按类别", "By class"),
    "by_class_note": ("类内只计一次；类之间可重叠。", "Counted once within a class; classes may overlap."),
    "count": ("个数", "Count"),
    "crossed": ("经过的区与街道", "Districts and subdistricts"),
    "crossed_name": ("区、街道", "District, subdistrict"),
    "district": ("行政区", "District"),
    "subdistrict": ("街道", "Subdistrict"),
    "axis_in": ("轴线", "Axis"),
    "k_fold_corridor": ("按重叠层数", "k-fold cover"),
    "k_none": ("未覆盖", "not covered"),
    "k_sum": ("各行相加等于走廊带面积。", "The rows add up to the band."),
    "uncovered_pieces": ("未覆盖的连片范围", "Uncovered ground"),
    "method_corridor": ("计算方法", "How it is computed"),
    "method_corridor_text": (
        "走廊带 = 轴线两侧各取半宽，外弯为圆弧，两端平直；在过走廊中部的高斯平面上作图（长度变形不超过 {ppm} ppm），"
        "面积按 CGCS2000 椭球量算。被几个区同时覆盖的地只计一次；由假定宽度展宽的带不算覆盖。"
        "± 由轴线误差（{axis}）与各区边线误差合成：误差乘受影响的边长，再取平方和的根。{unknown}",
        "The band is the ground within the half-width of the axis, round outside bends, straight at the ends; drawn on "
        "a Gauss-Krüger plane through its middle (lengths within {ppm} ppm) and measured on the CGCS2000 ellipsoid. "
        "Ground under several zones counts once; bands of an assumed width cover nothing. "
        "± joins the error of the axis ({axis}) and those of the zones' edges: error times the length of edge "
        "concerned, added in quadrature.{unknown}",
    ),
    "axis_error": ("±{error:g} m", "±{error:g} m"),
    "axis_error_unknown": ("未知", "not known"),
    "errors_unknown": (" {n} 个图形误差未知，未计入。", " The error of {n} features is not known and left out."),
    "feature": ("图形", "Feature"),
    "feature_number": ("第 {n} 号", "no. {n}"),
    "nothing_to_cover": (
        "这个选择里没有带边界的区；请换一个选择。",
        "This choice holds no zone with an outline; choose another.",
    ),
}
