"""Every sentence of the interface, in Chinese and English."""

from layers import style
from layers.corridors import corridor_picture
from layers.rasters import zonal_words
from layers.tables import indicator_tables, indicator_words, receipt_page, tabulation_tables
from ui.sentences import sentences
from ui.words import (
    words,
    words_corridor,
    words_desk,
    words_desk_draw,
    words_desk_georef,
    words_desk_history,
    words_desk_official,
    words_desk_pending,
    words_desk_pictures,
    words_desk_sides,
    words_downloads,
    words_frame,
    words_import,
    words_lint,
    words_raster,
    words_receipts,
    words_shapes,
    words_sheets,
    words_slides,
    words_tabulate,
    words_verify,
)
from zones.schema import DISTRICTS
from zones.units import UNITS

TEXTS: dict[str, tuple[str, str]] = {
    "product": ("创新区图集", "Innovation-zone atlas"),
    "place": ("深圳", "Shenzhen"),
    "map": ("地图", "Map"),
    "area": ("面积", "Area"),
    "overlap": ("重叠", "Overlap"),
    "skip": ("跳到正文", "Skip to main content"),
    "other_language": ("English", "中文"),
    "data_version": ("数据版本 {version}", "Data {version}"),
    # rail
    "layers": ("资源浏览", "Layers"),
    "all_on": ("全部显示", "Show all"),
    "all_off": ("全部隐藏", "Hide all"),
    "located": ("已上图 / 全部", "on the map / all"),
    "unlocated": ("未定位", "not located"),
    "rail_note": (
        "点击名称展开各区；没有图形的区也在此列出。",
        "Open a name to list its zones; zones without a shape are listed too.",
    ),
    "search": ("查询", "Search"),
    "search_hint": ("查询名称、别名或拼音", "Search name, alias or pinyin"),
    "clear": ("清除", "Clear"),
    "nothing_found": ("没有找到；请试试别名或拼音首字母。", "Nothing found; try an alias or pinyin initials."),
    "layers_search": ("图层与查询", "Layers and search"),
    # map
    "map_label": ("创新区地图；各区也可由图层列表选取", "Map of zones; every zone can also be chosen from the list"),
    "legend": ("图例", "Legend"),
    "kind": ("类别", "Kind"),
    "grade": ("边界等级", "Boundary grade"),
    "indicative": ("示意图，非官方边界", "Indicative, not official boundaries"),
    "all_official": ("所示各区均为官方边界", "All boundaries shown are official"),
    "official_credit": ("官方边界：{of}", "Official boundaries: {of}"),
    "north": ("上为正北", "North is up"),
    "zoom_in": ("放大", "Zoom in"),
    "zoom_out": ("缩小", "Zoom out"),
    "whole_view": ("查看全部", "Show everything"),
    "overlap_here": ("此处 {n} 个区", "{n} zones here"),
    "export": ("出图", "Export"),
    "export_png": ("图片 PNG", "Image PNG"),
    "export_png_note": ("当前视图，300 dpi", "Current view, 300 dpi"),
    "export_pdf": ("文档 PDF", "Document PDF"),
    "export_pdf_note": ("A4，文字可选取", "A4, text selectable"),
    "export_html": ("网页 HTML", "Web page HTML"),
    "export_html_note": ("离线可开，单个文件", "One file, opens offline"),
    "exporting": ("正在出图…", "Drawing the map…"),
    "sheet_title": ("深圳创新区图", "Innovation zones of Shenzhen"),
    "empty_map": (
        "没有显示任何区；请在左侧打开一个方案。",
        "No zone is shown; switch on a scheme at the left.",
    ),
    "nothing_in_view": (
        "视图内没有显示任何区；请移动地图再出图。",
        "No zone shows in this view; move the map and export again.",
    ),
    "base_map": ("底图", "Base map"),
    "sea_drawn": ("海域（示意）", "Sea, schematic"),
    "outside": ("图外（未绘）", "Not drawn"),
    # card
    "close": ("关闭", "Close"),
    "also": ("又名：", "Also: "),
    "unlocated_title": ("没有图形", "No shape"),
    "area_extent": ("面积", "Area"),
    "area_band": ("示意带面积", "Area of the indicative band"),
    "band_note": (
        "规划未给出宽度；带宽按每侧 {width} m 假定。",
        "The plan gives no width; {width} m to each side is assumed.",
    ),
    "unit": ("单位", "Unit"),
    "declared": ("规划所述面积", "Stated in the plan"),
    "difference": ("图上量算之差", "Measured less stated"),
    "within_error": ("在误差以内（{share}）", "within ± ({share})"),
    "all_credits": ("全部来源", "All sources"),
    "industries": ("重点产业", "Focus industries"),
    "anchors": ("主要单位", "Who is here"),
    "platforms": ("平台与设施", "Platforms and facilities"),
    "relations": ("空间关系", "Relations"),
    "issues": ("数据提示", "Data notes"),
    "sources": ("依据", "Sources"),
    "more": ("其余 {n} 项", "{n} more"),
    "why": ("为何是这个形状", "Why this shape"),
    "why_basis": ("依据", "Basis"),
    "why_method": ("方法", "Method"),
    "why_error": ("误差", "Error"),
    "why_error_value": ("边线 ±{error} m", "edges ±{error} m"),
    "why_axis": ("轴线依据", "Basis of the axis"),
    "why_axis_error": ("轴线等级与误差", "Grade and error of the axis"),
    "why_edge": ("边的含义", "Edge rule"),
    "why_traced": ("绘制日期", "Drawn on"),
    "line_range": ("第{start}-{end}行", "lines {start}-{end}"),
    "line_one": ("第{start}行", "line {start}"),
    "rel_part_of": ("属于", "Part of"),
    "rel_contains": ("包含", "Contains"),
    "rel_passes": ("串联", "Strings together"),
    "rel_passed_by": ("所在走廊", "Strung by"),
    "rel_connects_to": ("连接", "Connects to"),
    "rel_borders": ("相邻", "Borders"),
    "rel_built_on": ("依托", "Built on"),
    "rel_base_of": ("支撑", "Base of"),
    "rel_overlaps": ("重叠", "Overlaps"),
    "rel_same_as": ("同一区", "Same as"),
    "rel_near": ("邻近", "Near"),
    # area page
    "area_title": ("面积量算", "Areas"),
    "area_lead": (
        "三种算法并列，± 来自描绘误差；没有一位数字超出误差所能支持。",
        "Three methods side by side; ± follows from the tracing error, and no digit goes beyond it.",
    ),
    "area_which": (
        "国土调查与报批文件用“国土调查公式”；工程图与坐标成果用高斯平面；比较、统计和对外说明用椭球面积。",
        "Use the land-survey formula in land-survey and approval papers, the Gauss-Krüger plane on engineering "
        "drawings, and the ellipsoid for comparison, statistics and public figures.",
    ),
    "zone": ("区", "Zone"),
    "plan": ("规划", "Plan"),
    "all_kinds": ("全部类别", "All kinds"),
    "ellipsoid": ("椭球面积", "Ellipsoid"),
    "survey": ("国土调查公式", "Survey formula"),
    "plane": ("高斯平面", "Gauss plane"),
    "against": ("较椭球", "vs ellipsoid"),
    "declared_short": ("规划所述", "Stated"),
    "difference_short": ("差", "Difference"),
    "filter_rows": ("筛选名称", "Filter by name"),
    "no_rows": ("没有符合的区。", "No zone fits."),
    "no_area": ("点或轴，无面积", "point or axis, no area"),
    "download_xlsx": ("下载 Excel", "Download Excel"),
    "download_csv": ("下载 CSV", "Download CSV"),
    "area_file": ("面积量算", "areas"),
    "edge_note": (
        "CGCS2000；边按经纬度直线；高斯平面取各区所在的 3° 带，东经 115.5° 以西为 EPSG:4547。",
        "CGCS2000; edges straight in longitude and latitude; the plane is the 3° belt each zone lies in, "
        "EPSG:4547 west of 115.5° E.",
    ),
    # overlap page
    "overlap_title": ("重叠分析", "Overlap"),
    "overlap_lead": (
        "选两组区，看哪些互相重叠、占各自多少；合计、去重与 k 重面积总能对上。",
        "Choose two sets of zones to see what overlaps and by how much; sum, union and k-fold always add up.",
    ),
    "set_a": ("甲组", "Set A"),
    "set_b": ("乙组", "Set B"),
    "same_set": ("与甲组自身", "Within set A"),
    "everything": ("所有显示的区", "All zones shown"),
    "by_plan": ("规划：{name}", "Plan: {name}"),
    "by_scheme": ("方案：{name}", "Scheme: {name}"),
    "by_kind": ("类别：{name}", "Kind: {name}"),
    "no_overlap": (
        "这两组没有重叠；请换一组，或在左侧打开更多方案。",
        "These sets do not overlap; choose another set, or switch on more schemes at the left.",
    ),
    "matrix": ("重叠矩阵", "Matrix"),
    "matrix_note": (
        "格内为重叠占该行区的百分比，颜色越深占比越高。",
        "Share of the row's zone that is covered, in percent; darker is more.",
    ),
    "matrix_cut": (
        "矩阵只列重叠最多的 {n} 个区；全部见列表。",
        "The matrix holds the {n} most overlapped zones; the list holds all.",
    ),
    "pairs": ("重叠列表", "Pairs"),
    "overlap_area": ("重叠面积", "Overlap"),
    "share_a": ("占甲", "of A"),
    "share_b": ("占乙", "of B"),
    "zone_a": ("甲", "A"),
    "zone_b": ("乙", "B"),
    "pair": ("在图上查看这一对", "Show this pair on the map"),
    "pair_map": ("所选一对", "The chosen pair"),
    "sum": ("简单相加", "Simple sum"),
    "union": ("只计一次", "Counted once"),
    "double": ("重复计入", "Counted again"),
    "k_fold": ("k 重覆盖", "k-fold cover"),
    "k_times": ("{k} 重", "{k}-fold"),
    "k_note": (
        "Σ k × 面积 = 简单相加；Σ 面积 = 只计一次。多留的位数只为核对加总，各区误差见面积页。",
        "Σ k × area = simple sum; Σ area = counted once. The extra digits only let you check the sums; "
        "for the error of each zone see the area page.",
    ),
    "layers_covering": ("重数", "Layers"),
    "area_once": ("面积", "Area"),
    "times": ("k × 面积", "k × area"),
    "total": ("合计", "Total"),
    "overlap_file": ("重叠分析", "overlaps"),
    "polygons_only": (
        "点和没有图形的区不参加；走廊与带按示意带计算。",
        "Points and zones without a shape take no part; corridors and belts count as their indicative bands.",
    ),
    **words.TEXTS,
    **words_corridor.TEXTS,
    **words_desk.TEXTS,
    **words_desk_draw.TEXTS,
    **words_desk_pending.TEXTS,
    **words_desk_history.TEXTS,
    **words_desk_sides.TEXTS,
    **words_desk_georef.TEXTS,
    **words_desk_official.TEXTS,
    **words_desk_pictures.TEXTS,
    **words_downloads.TEXTS,
    **words_frame.TEXTS,
    **words_import.TEXTS,
    **words_raster.TEXTS,
    **words_receipts.TEXTS,
    **words_shapes.TEXTS,
    **words_sheets.TEXTS,
    **words_slides.TEXTS,
    **words_tabulate.TEXTS,
    **words_verify.TEXTS,
    **words_lint.TEXTS,
}


def t(key: str, lang: str, **values: object) -> str:
    """Return a sentence of the interface in `zh` or `en`, with its values filled in."""
    sentence = TEXTS[key][1 if lang == "en" else 0]
    return sentence.format(**values) if values else sentence


def strings(lang: str, *keys: str) -> dict[str, str]:
    """Return several sentences by key, as a browser module takes them."""
    return {key: t(key, lang) for key in keys}


def every_character() -> str:
    """Return all texts of the interface in one string, for the font subset and its test."""
    tables = (
        *(style.KIND_LABELS, style.GRADE_LABELS, style.GRADE_NOTES, style.METHOD_LABELS, style.EDGE_LABELS),
        *(indicator_tables.LINT_LABELS, indicator_tables.STATUS_LABELS, indicator_tables.ATTRIBUTE_LABELS),
        *(
            words.SEVERITIES,
            indicator_words.THEMES,
            tabulation_tables.ODD_LABELS,
            corridor_picture.WORDS,
            zonal_words.HEADS,
            zonal_words.NODATA,
        ),
        *(words_receipts.METHODS, words_receipts.ERRORS, words_receipts.CAUSES, words_receipts.HEADS),
        *(receipt_page.KINDS, receipt_page.METHODS),
        *(words_import.KINDS, words_import.CRS_NAMES, words_desk_official.KINDS),
        *(words_desk_draw.FIELDS, words_desk_draw.MENDS, words_desk_draw.TRACED),
    )
    pairs = [*TEXTS.values(), *UNITS.values(), *(pair for table in tables for pair in table.values())]
    pairs += [pair for both in words.CONFLICTS.values() for pair in both]
    told = [
        *sentences.TEMPLATES.values(),
        *words_import.ENCODING_KNOWN.values(),
        *words_frame.STREAMLIT.values(),
    ]
    marks = "±−·×²–—“”°©%‰、。，：；（）"
    return "".join(
        [
            *(text for pair in pairs for text in pair),
            *told,
            *DISTRICTS.values(),
            *indicator_words.MEASURES_EN.values(),
            marks,
        ]
    )
