"""The words of the import page, and the sentences of an import in Chinese."""

import re

TEXTS: dict[str, tuple[str, str]] = {
    "import": ("导入", "Import"),
    "import_title": ("导入数据", "Import data"),
    "import_lead": (
        "把自己的图层带进来：坐标系、文字编码和图形先检查、再修复，每个要素都有交代；确认后才进入图集，会话结束即删除。",
        "Bring your own layer: reference system, text encoding and shapes are checked and repaired, every feature is "
        "accounted for. It enters the atlas only when you accept it, and is deleted when the session ends.",
    ),
    "import_box": ("选择文件", "Choose files"),
    "import_formats": (
        "Shapefile（zip，或 shp、dbf、shx、prj 一起选）、GeoPackage、GeoJSON、GeoParquet、KML/KMZ、DXF、CSV、XLSX，"
        "不超过 {most} MB",
        "Shapefile (zip, or shp, dbf, shx and prj together), GeoPackage, GeoJSON, GeoParquet, KML/KMZ, DXF, CSV, XLSX; "
        "at most {most} MB",
    ),
    "import_drop": ("把文件拖到这里，或点击选择", "Drop files here, or click to choose"),
    "import_remove": ("移除文件", "Remove the file"),
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
    "how_standard": ("格式规定或列名所示，且数值落在深圳", "by the format or its column names, and the numbers agree"),
    "how_range": ("文件未说明；按数值范围，只有它能落在深圳", "not stated; by range, only this one lies in Shenzhen"),
    "datum_assumed": ("假定；仅凭数值不能证实", "assumed; the numbers alone cannot prove it"),
    "axes_swapped": ("北坐标在前，已对调", "north came first and was swapped"),
    "proof": ("写出后回读", "Read back after writing"),
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
        "请对照底图核对位置：整体错开约 600 m 或 1.2 km，多半是 GCJ-02 或 BD-09。",
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

SENTENCES: tuple[tuple[str, str], ...] = (
    (r"it has no shape", "没有图形"),
    (r"its shape is empty", "图形为空"),
    (r"its shape encloses nothing", "图形不围成任何面积"),
    (r"its shape has a coordinate that is no place: (.+)", "坐标不是地面位置：{0}"),
    (r"its coordinates hold something other than numbers", "坐标里有不是数字的内容"),
    (r"its coordinates hold numbers that are infinite or missing", "坐标里有无穷大或缺失的数"),
    (r"its coordinates hold '(.*)', which is no place", "坐标“{0}”不是位置"),
    (r"its coordinates are '(.*)', '(.*)', which is no place", "坐标“{0}”“{1}”不是位置"),
    (r"its coordinates are not pairs of numbers", "坐标不成对"),
    (r"its shape has no coordinates", "图形没有坐标"),
    (r"its WKT cannot be read: '(.*)'", "WKT 无法读取：“{0}”"),
    (r"its place does not exist in (.+)", "位置在 {0} 中不存在"),
    (r"a ring has fewer than three corners", "环的角点少于三个"),
    (r"a line has fewer than two points", "线的点少于两个"),
    (r"a polygon has no (?:outer )?ring", "多边形没有外环"),
    (r"a (\S+) is no outline on the ground", "{0} 不是地面上的轮廓"),
    (r"the row has (\d+) cells, the header (\d+)", "该行有 {0} 格，表头只有 {1} 格"),
    (
        r"block '(.*)' is repeated (\d+) times, above (\d+);.*",
        "图块“{0}”重复 {1} 次，超过 {2} 次；请先在制图软件中分解",
    ),
    (r"block '(.*)' unfolds into over (\d+) shapes;.*", "图块“{0}”展开后超过 {1} 个图形；请先分解"),
    (r"block '(.*)' is in another file, which is not followed", "图块“{0}”在外部文件中，未读取"),
    (
        r"shape was invalid \((.+)\) and was rebuilt: area (\S+) -> (\S+) m²; check it on the map",
        "图形无效，已重建：面积 {1} → {2} m²；请在图上核对",
    ),
    (
        r"a ring was not closed and was closed with a straight edge; check it on the map",
        "环未闭合，已用直线补齐；请在图上核对",
    ),
    (
        r"(\d+) features lie outside Shenzhen at least in part \(such as (.+)\); check them on the map",
        "{0} 个要素至少有一部分在深圳以外（如 {1}）；请在图上核对",
    ),
    (r"the numbers stand with north before east \((.+)\) and were swapped", "北坐标在前（{0}），已对调"),
    (
        r"degrees alone do not tell .*",
        "仅凭经纬度分不出 CGCS2000 与 GCJ-02（此处相差约 600 m）、BD-09（约 1240 m）；"
        "若来自高德、腾讯或百度，请选择坐标基准",
    ),
    (
        r"taken as (\S+): Xian 1980 or Beijing 1954 would look alike .*",
        "按 {0} 读取；西安 80、北京 54 的数值看起来一样，最多偏约 100 m",
    ),
    (
        r"metres of Web Mercator may also be shifted .*",
        "网络墨卡托的坐标也可能已偏移（高德、腾讯、百度）；请在图上核对一个角点",
    ),
    (r"the format calls for degrees, but (.+) are metres of (\S+)", "该格式应为经纬度，而 {0} 是 {1} 的米制坐标"),
    (
        r"taken as (\S+), (\S+) of the vertices lie outside Shenzhen.*",
        "按 {0} 读取，{1} 的角点在深圳以外；请核对坐标系",
    ),
    (r"nothing of it lies in Shenzhen \((.+)\); check the coordinates", "全部在深圳以外（{0}）；请核对坐标"),
    (
        r"(.+): no public parameters lead to CGCS2000, .*",
        "{0} 到 CGCS2000 没有公开参数，位置可能偏几十米以上；请由数据方转换",
    ),
    (
        r"(GCJ02|BD09) became WGS 84 vertex by vertex, by (\d+) to (\d+) m.*",
        "{0} 已逐点改正为 WGS 84，移动 {1} 至 {2} m",
    ),
    (r"(\d+) texts became the attribute 'text' of the polygon they lie in", "{0} 处文字成为所在图形的属性 text"),
    (r"(\d+) texts lie in no polygon and stay as points", "{0} 处文字不在任何图形内，保留为点"),
    (r"(\d+) polygons hold more than one text, .*", "{0} 个图形内有多处文字，以“；”相连"),
    (r"arcs became chords within (\S+) drawing units", "圆弧化为折线，偏差不超过 {0} 个图上单位"),
    (
        r"(\d+) shapes but (\d+) records in the \.dbf: the last (\d+) shapes .*",
        "{0} 个图形、{1} 条属性：最后 {2} 个图形没有属性",
    ),
    (
        r"(\d+) shapes but (\d+) records in the \.dbf: the last (\d+) records .*",
        "{0} 个图形、{1} 条属性：最后 {2} 条属性没有图形",
    ),
    (r"its \.dbf file is missing: the shapes have no attributes", "缺 dbf 文件，图形没有属性"),
    (r"field name '(.*)' was cut off within a character", "字段名“{0}”末尾的半个字已去掉"),
    (r"(\d+) texts end within a character: cut to the width", "{0} 处文字末尾的半个字已去掉"),
    (r"(.+) says (\S+), but (\d+) texts are not (\S+); read as (\S+)", "{0}写明 {1}，但有 {2} 处文字不符；按 {4} 读取"),
    (
        r"\$DWGCODEPAGE says ANSI_1252, but the text is Chinese; read as (\S+)",
        "图中写明西文编码，文字却是中文；按 {0} 读取",
    ),
    (r"(\d+) values are lists or objects and were kept as JSON text", "{0} 个列表或嵌套值存为 JSON 文本"),
    (r"links to other files in the KML are not followed", "KML 中指向其他文件的链接没有读取"),
    (r"field '(.*)' became '(.*)': .*", "字段“{0}”改名为“{1}”"),
    # errors, behind the name of the file
    (
        r"no reference system is given, and its numbers \((.+)\) fit (.+); say which with --crs",
        "文件没有说明坐标系，数值（{0}）有几种可能；请选择",
    ),
    (
        r"its numbers \((.+)\) may be decimal degrees, or degrees with minutes and seconds .*",
        "数值（{0}）可能是十进制度，也可能是“度.分秒”；若是十进制度请选 EPSG:4490，否则请先换算",
    ),
    (
        r"the reference system cannot be told: none is given, .*深圳独立坐标系.*",
        "无法判定坐标系：数值像是深圳独立坐标系等地方坐标，其参数不公开；请向数据方索取 CGCS2000 成果，或填写参数",
    ),
    (
        r"the reference system cannot be told: none is given, and no known system puts (.+) in Shenzhen "
        r"\(they look like (.+): convert them.*",
        "无法判定坐标系：{0} 不在任何已知坐标系的深圳范围内（像是 {1}）；请先换算，或填写坐标系",
    ),
    (
        r"the reference system cannot be told: none is given, and no known system puts (.+) in Shenzhen.*",
        "无法判定坐标系：{0} 不在任何已知坐标系的深圳范围内；请填写坐标系",
    ),
    (
        r"(?:you said|(.+) says) (EPSG:\d+), but its numbers \((.+)\) are those of (.+); say which is right with --crs",
        "所说的坐标系是 {1}，数值（{2}）却是 {3} 的；请核对后指定",
    ),
    (
        r"(?:you said|(.+) says) (.+), but its numbers \((.+)\) are no place in it; name another",
        "所说的坐标系是 {1}，数值（{2}）不在其中；请另行指定",
    ),
    (
        r"(\d+) features \(such as (.+)\) lie towards Hong Kong or Macau, .*",
        "{0} 个要素（如 {1}）在香港、澳门一侧，各家地图是否偏移并不一致；请选择",
    ),
    (r"holds (\d+) (?:layers|sheets) \((.+)\); name one with --layer", "文件里有 {0} 个图层；请选择一个"),
    (r"its text is neither UTF-8 nor GB18030 throughout; .*", "文字既不全是 UTF-8，也不全是 GB18030；请选择编码"),
    (r"its text is not (\S+) \(such as .*", "文字不是 {0}；请另选编码"),
    (
        r"not readable as (.+): it holds (.+); check the file and its name",
        "文件内容与名称不符，不能按 {0} 读取；请核对",
    ),
    (r"is empty, so not readable .*", "文件是空的；请重新获取"),
    (r"holds no feature; .*", "文件里没有要素；请选择有图形的文件"),
    (r"none of its (\d+) features has a usable shape.*", "{0} 个要素都没有可用的图形"),
    (r"'(.*)' points outside the archive; nothing was read", "压缩包里的“{0}”指向包外，未读取"),
    (r"'(.*)' is a link to another file; nothing was read", "压缩包里的“{0}”是链接，未读取"),
    (r"'(.*)' is an archive within the archive; unpack it first", "压缩包里还有压缩包“{0}”；请先解开"),
    (r"unpacks to (?:over|more than) .*", "压缩包解开后过大，未读取"),
    (r"not done after (\d+) s, so it was stopped; .*", "{0} 秒内没有读完，已停止；请简化图形或拆分文件"),
    (r"needs more than (\d+) GB of memory; .*", "需要的内存超过 {0} GB，已停止；请拆分文件"),
    (r"reading it ended without an answer .*", "读取中断：文件损坏或内存不足；请重新获取文件，或拆分后再试"),
    (
        r"no columns with coordinates among (.+); name them .*",
        "没有坐标列（现有：{0}）；请命名为 经度、纬度，或 x、y，或 WKT",
    ),
    (r"holds no row below its header; .*", "表头以下没有数据"),
    (r"(?:.*)(?:damaged|cut off)(?:.*)", "文件损坏或不完整；请重新获取"),
)
"""Sentences of an import as patterns, and how they are said in Chinese."""

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

PATTERNS = tuple((re.compile(pattern, re.DOTALL), text) for pattern, text in SENTENCES)


def said(sentence: str, lang: str, name: str = "") -> str:
    """Return a sentence of an import in the language of the page; one that is not known stays as it is.

    Parameters
    ----------
    sentence : str
        As the report or an error has it; an error starts with the name of the file.
    name : str
        That name.
    """
    if lang == "en":
        return sentence
    head, rest = (
        (f"{name}：", sentence.removeprefix(f"{name}: "))
        if name and sentence.startswith(f"{name}: ")
        else ("", sentence)
    )
    for pattern, text in PATTERNS:
        found = pattern.fullmatch(rest)
        if found:
            return head + text.format(*(group or "" for group in found.groups()))
    return sentence


def kind(code: str, lang: str) -> str:
    """Return the name of a kind of finding."""
    pair = KINDS.get(code, (code, code))
    return pair[lang == "en"]
