"""The words of the import page, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "import": ("导入", "Import"),
    "import_title": ("导入数据", "Import data"),
    "import_lead": (
        "把自己的图层带进来：坐标系、文字编码和图形先检查、再修复，每个要素的去留都有说明；确认后才进入图集，关闭页面后即删除。",
        "Bring your own layer: reference system, text encoding and shapes are checked and repaired, every feature is "
        "accounted for. It enters the atlas only when you accept it, and is deleted when the session ends.",
    ),
    "import_box": ("选择文件", "Choose files"),
    "import_formats": (
        "Shapefile（zip，或 shp、dbf、shx、prj 一起选）、GeoPackage、GeoJSON、GeoParquet、KML/KMZ、DXF、CSV、XLSX、"
        "勘测定界 TXT，不超过 {most} MB",
        "Shapefile (zip, or shp, dbf, shx and prj together), GeoPackage, GeoJSON, GeoParquet, KML/KMZ, DXF, CSV, XLSX, "
        "survey coordinates (TXT); at most {most} MB",
    ),
    "import_drop": ("把文件拖到这里，或点击选择", "Drop files here, or click to choose"),
    "step_starting": ("正在启动…", "Starting…"),
    "step_reading": ("正在读取 {name} …", "Reading {name} …"),
    "step_placing": ("正在判定坐标系…", "Finding the reference system…"),
    "step_repairing": ("正在检查与修复图形…", "Checking and repairing shapes…"),
    "step_writing": ("正在写出并回读核对…", "Writing, and reading back to compare…"),
    "import_cancel": ("取消", "Cancel"),
    "import_stopped": ("已取消，没有保留任何内容。", "Cancelled; nothing was kept."),
    "import_again": ("按以上选择重新读取", "Read again with these choices"),
    "ask_crs": ("坐标系", "Reference system"),
    "ask_crs_hint": ("例如 EPSG:4547", "for example EPSG:4547"),
    "ask_encoding": ("文字编码", "Text encoding"),
    "ask_layer": ("图层", "Layer"),
    "ask_datum": ("坐标基准", "Datum of degrees"),
    "ask_south": ("香港、澳门一侧", "Towards Hong Kong and Macau"),
    "datum_wgs84": ("CGCS2000 / WGS 84（未偏移）", "CGCS2000 / WGS 84 (unshifted)"),
    "datum_gcj02": ("GCJ-02（高德、腾讯）", "GCJ-02 (Amap, Tencent)"),
    "datum_bd09": ("BD-09（百度）", "BD-09 (Baidu)"),
    "south_shift": ("也已偏移，一并改正", "Shifted too: correct them"),
    "south_keep": ("未偏移，保持原位", "Not shifted: leave them"),
    "by_itself": ("按文件判定", "As found"),
    "import_question": ("需要您确认一件事", "One thing only you know"),
    "go_on": ("继续", "Go on"),
    "import_read": ("读入要素", "Features read"),
    "import_kept": ("保留", "Kept"),
    "import_dropped": ("未采用", "Left out"),
    "import_area_before": ("修复前面积", "Area before repair"),
    "import_area_after": ("修复后面积", "Area after repair"),
    "import_known": ("如何判定", "How it is known"),
    "import_fact": ("项目", "Item"),
    "import_value": ("结果", "Result"),
    "how_told": ("由您指定", "you said so"),
    "how_file": ("文件自带", "stated in the file"),
    "how_standard": ("格式规定，或列名所示", "by the format or its column names"),
    "how_range": ("文件未说明；按数值范围，只有它能落在深圳", "not stated; by range, only this one lies in Shenzhen"),
    "datum_assumed": ("假定；仅凭数值不能证实", "assumed; the numbers alone cannot prove it"),
    "axes_swapped": ("北坐标在前，已对调", "north came first and was swapped"),
    "proof": ("写出后回读核对", "Read back after writing"),
    "proof_value": (
        "{features} 个要素、{texts} 个属性值与面积全部一致",
        "{features} features, {texts} attribute values and the area all agree",
    ),
    "import_findings": ("提示与修复", "Findings and repairs"),
    "import_left_out": ("未采用的要素", "Features left out"),
    "feature": ("要素", "Feature"),
    "own_count": ("{n} 个要素 · 属性：{names}", "{n} features · attributes: {names}"),
    "reason": ("原因", "Reason"),
    "finding": ("内容", "Finding"),
    "finding_kind": ("类型", "Kind"),
    "whole_layer": ("整层", "whole layer"),
    "import_preview": ("位置预览", "Preview"),
    "import_preview_note": (
        "请对照底图核对位置：如果整体错开约 600 m 或 1.2 km，很可能是 GCJ-02 或 BD-09 坐标。",
        "Compare with the base map: a shift of about 600 m or 1.2 km of everything points to GCJ-02 or BD-09.",
    ),
    "import_preview_some": ("均匀抽取 {n} 个要素绘出。", "{n} features, evenly chosen, are drawn."),
    "text_samples": ("各编码下的文字", "The text in each encoding"),
    "text_samples_note": ("选中读得通的一种。", "Choose the one that reads well."),
    "import_name": ("图层名称", "Name of the layer"),
    "import_accept": ("加入图集", "Add to the atlas"),
    "import_discard": ("放弃", "Discard"),
    "import_choices": ("判定有误？改正后重新读取", "Not right? Correct it and read again"),
    "own_layers": ("本次会话的图层", "Layers of this session"),
    "own_none": ("还没有导入图层。", "No layer has been imported yet."),
    "own_on_map": (" · 地图页以蓝色显示", " · drawn in blue on the map page"),
    "own_not_on_map": (" · 要素较多，不在地图页显示", " · too many features for the map page"),
    "own_remove": ("删除", "Remove"),
    "own_added": (
        "“{name}”已加入图集，可在各分析页使用。",
        "“{name}” was added; the analysis pages can use it.",
    ),
    "import_no_main": (
        "选中的文件里没有可以读取的图层；Shapefile 请把 shp、dbf、shx、prj 一起选，或打成 zip。",
        "None of the files chosen can be read; for a Shapefile choose shp, dbf, shx and prj together, or a zip.",
    ),
    "import_several": (
        "一次只导入一个图层；选中了 {n} 个。",
        "One layer at a time; {n} were chosen.",
    ),
    "no_finding": ("没有发现问题。", "Nothing was found."),
}

CRS_NAMES: dict[str, tuple[str, str]] = {
    "EPSG:4490": ("经纬度（CGCS2000 或 WGS 84）", "degrees, CGCS2000 or WGS 84"),
    "EPSG:4326": ("WGS 84 经纬度", "WGS 84 degrees"),
    "EPSG:4547": ("CGCS2000 3° 带，中央经线 114°", "CGCS2000 3°, 114 E"),
    "EPSG:4526": ("CGCS2000 3° 带，带号 38", "CGCS2000 3°, zone 38"),
    "EPSG:4546": ("CGCS2000 高斯，中央经线 111°", "CGCS2000 Gauss-Krüger, 111 E"),
    "EPSG:4548": ("CGCS2000 高斯，中央经线 117°", "CGCS2000 Gauss-Krüger, 117 E"),
    "EPSG:32649": ("UTM 49N", "UTM 49N"),
    "EPSG:32650": ("UTM 50N", "UTM 50N"),
    "EPSG:3857": ("网络墨卡托", "Web Mercator"),
}
"""Short names of reference systems that a reader chooses from."""

KINDS: dict[str, tuple[str, str]] = {
    "repaired": ("图形已修复", "repaired"),
    "ring_closed": ("环未闭合，已补齐", "ring closed"),
    "swapped_axes": ("坐标轴对调", "axes swapped"),
    "datum_unproven": ("坐标基准未能证实", "datum not proven"),
    "datum_shift_unknown": ("基准转换参数未知", "datum shift unknown"),
    "outside_study_area": ("落在深圳以外", "outside Shenzhen"),
    "not_degrees": ("不是经纬度", "not degrees"),
    "unshifted": ("已改正偏移", "shift undone"),
    "encoding_doubt": ("编码与文件所述不符", "encoding in doubt"),
    "name_cut": ("字段名被截断", "field name cut"),
    "text_cut": ("文字被截断", "text cut"),
    "parts_left_out": ("只保留了面", "areas alone kept"),
    "no_area": ("没有面", "no area"),
    "records_differ": ("图形与属性条数不符", "records differ"),
    "no_attributes": ("没有属性表", "no attributes"),
    "nested_value": ("嵌套属性存为文本", "nested values"),
    "network_link": ("外部链接未读取", "link not followed"),
    "texts_joined": ("文字归入所在图形", "texts joined"),
    "several_texts": ("一个图形内有多处文字", "several texts"),
    "free_texts": ("文字不在任何图形内", "free texts"),
    "arcs_split": ("圆弧化为折线", "arcs split"),
    "field_renamed": ("字段改名", "field renamed"),
    "reader_says": ("读取程序的提示", "reader says"),
}
"""Kinds of findings."""

ENCODING_KNOWN: dict[str, str] = {
    "you said": "由您指定",
    ".cpg": "cpg 文件写明",
    "language byte": "dbf 语言标记写明",
    "no file says so, but": "未写明；全部文字严格符合 UTF-8",
    "no file says so; the text is not": "未写明；文字不是 UTF-8，严格符合 GB18030（GBK）",
    "all text is plain": "全部是英文字母与数字",
    "byte-order": "文件开头的字节序标记",
    "$DWGCODEPAGE": "图形文件头写明",
    "version": "该版本一律为 UTF-8",
    "binary": "二进制 DXF",
    "stated": "文件写明或标准规定",
    "it has no .dbf": "没有属性文字",
    "the format": "格式规定",
}
"""How an encoding is known, by the start of its English sentence."""


def kind(code: str, lang: str) -> str:
    """Return the name of a kind of finding."""
    pair = KINDS.get(code, (code, code))
    return pair[lang == "en"]
