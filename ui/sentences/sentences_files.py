"""Sentences on files from elsewhere, read or imported: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # reading a file of the atlas or of a person
    "{path}: feature {numbers}: {field} is empty; give each feature an id":
        "{path}：要素 {numbers} 的 {field} 为空；请逐个编号",
    "{path}: zone_id {ids} stands more than once; ids must be unique": "{path}：zone_id {ids} 重复；编号不能重复",
    "{path}: '{suffix}' files cannot be read; convert it to one of {known}":
        "{path}：不能读“{suffix}”文件；请转为 {known} 之一",
    "{path}: holds {n} layers ({names}); name one": "{path}：里面有 {n} 个图层（{names}）；请指定一个",
    "{path}: holds {n} {reason} ({names}); name one with --layer":
        "{path}：里面有 {n} 个{reason}（{names}）；请选择一个",
    "layers": "图层",
    "sheets": "工作表",
    "{path}: has no layer '{layer}'; it has {held}": "{path}：没有图层“{layer}”；现有 {held}",
    "{path}: has no folder '{layer}'; it has {held}": "{path}：没有文件夹“{layer}”；现有 {held}",
    "{path}: not readable as {kind}: {reason}": "{path}：不能按 {kind} 读取：{reason}",
    "{path}: not readable: {reason}": "{path}：无法读取：{reason}",
    "damaged or cut off; get the file anew ({reason})": "文件损坏或不完整，请重新获取（{reason}）",
    "{path}: not readable as {kind}: damaged or cut off; get the file anew ({reason})":
        "{path}：不能按 {kind} 读取：文件损坏或不完整，请重新获取（{reason}）",
    "{path}: not readable: damaged or cut off; get the file anew ({reason})":
        "{path}：无法读取：文件损坏或不完整，请重新获取（{reason}）",
    "{path}: damaged or cut off; get the file anew ({reason})": "{path}：文件损坏或不完整，请重新获取（{reason}）",
    "nested too deeply": "括号嵌套过深",
    "{path}: {n} rows state EPSG:{code} and {rest} state nothing; split it into one file for each, or write SRID "
    "before every WKT":
        "{path}：{n} 行写明 EPSG:{code}，{rest} 行没有写；请拆成两个文件，或在每个 WKT 前写上 SRID",
    "areas, lines and points in one shape: the areas were kept, {n} lines or points left out":
        "一个图形里既有面又有线或点：保留了面，{n} 个线或点未采用",
    "the layer holds no area, so nothing can be measured or covered by it; if its points are corners of outlines, "
    "bring the outlines in (WKT, GeoJSON, Shapefile, DXF)":
        "图层里没有面，不能量面积，也不能用来算覆盖；如果这些点是界址点，请导入连成的面（WKT、GeoJSON、Shapefile、DXF）",
    "{path}: its features hold no geometry; choose a file with shapes": "{path}：要素没有图形；请选有图形的文件",
    "{path}: holds no feature; choose a file with shapes": "{path}：里面没有要素；请选有图形的文件",
    "{path}: holds no layer with shapes; choose a file with shapes": "{path}：里面没有带图形的图层；请选有图形的文件",
    "{path}: holds no layer that can be read; zip a .shp with its .dbf, .shx and .prj":
        "{path}：里面没有可读的图层；请把 .shp 与 .dbf、.shx、.prj 一起压缩",
    "{path}: holds no shape in model space; choose a drawing with outlines":
        "{path}：模型空间里没有图形；请选有轮廓线的图",
    "{path}: holds no row below its header; choose a file with rows": "{path}：表头以下没有数据；请选有数据的文件",
    "{path}: holds no .kml file; save it as KML": "{path}：里面没有 .kml 文件；请另存为 KML",
    "{path}: defines XML entities, which can hide other files; save it anew from the map program":
        "{path}：含有 XML 实体，可能引向其他文件；请用制图软件重新另存",
    "{path}: cut off after {n} bytes; get the file anew": "{path}：只有 {n} 字节，不完整；请重新获取",
    "{path}: its .shx file is missing or damaged; put it beside the .shp, with the .dbf and .prj":
        "{path}：.shx 文件缺失或损坏；请与 .shp、.dbf、.prj 放在一起",
    "its type is '{type}'; save it as a FeatureCollection": "类型为“{type}”；请另存为 FeatureCollection",
    "'features' is no list; save it as a FeatureCollection": "features 不是列表；请另存为 FeatureCollection",
    "{path}: is JSON-FG, whose features may each have their own system; save it as plain GeoJSON":
        "{path}：是 JSON-FG，各要素可有各自的坐标系；请另存为普通 GeoJSON",
    "{path}: its features state {n} reference systems; split it into one file for each":
        "{path}：各要素写有 {n} 种坐标系；请按坐标系拆成几个文件",
    "{path}: its rows state {n} reference systems; split it into one file for each":
        "{path}：各行写有 {n} 种坐标系；请按坐标系拆成几个文件",
    "{path}: no columns with coordinates among {names}; name them 经度 and 纬度 (lon, lat), x and y, "
    "东坐标 and 北坐标, or WKT":
        "{path}：没有坐标列（现有 {names}）；列名请用 经度、纬度，x、y，东坐标、北坐标，或 WKT",
    # safety
    "{path}: is empty, so not readable as {kind}; get the file anew":
        "{path}：文件是空的，不能按 {kind} 读取；请重新获取",
    "{path}: {size} GB is above {most} GB; cut it into parts": "{path}：{size} GB，超过 {most} GB；请拆分",
    "{path}: not readable as {kind}: it holds {reason}; check the file and its name":
        "{path}：不能按 {kind} 读取：内容是{reason}；请核对文件与文件名",
    "JSON": " JSON",
    "Parquet": " Parquet",
    "something else": "别的东西",
    "{path}: is empty, so not readable as zip archive; get the file anew": "{path}：文件是空的，不是压缩包；请重新获取",
    "{path}: not readable as zip archive: it holds {reason}; check the file and its name":
        "{path}：不是压缩包：内容是{reason}；请核对文件与文件名",
    "a GDAL virtual dataset, which names other files": "指向其他文件的 GDAL 虚拟数据集",
    "XML or HTML": " XML 或 HTML",
    "an archive": "压缩包",
    "a database": "数据库",
    "a Shapefile": " Shapefile",
    "a DWG drawing (save it as DXF)": " DWG 图（请另存为 DXF）",
    "a PDF": " PDF",
    "an old Excel or CAD file": "旧版 Excel 或 CAD 文件",
    "{path}: holds {n} files, more than {most}; keep only the layer's own files":
        "{path}：里面有 {n} 个文件，超过 {most} 个；请只留该图层的文件",
    "{path}: the archive is damaged or cut off; get it anew ({reason})":
        "{path}：压缩包损坏或不完整；请重新获取（{reason}）",
    "{path}: unpacks to more than {n} GB; cut it into parts": "{path}：解开后超过 {n} GB；请拆分",
    "{path}: unpacks to over {n} times its size, as no map does; nothing was read":
        "{path}：解开后大小超过 {n} 倍，不像地图文件；未读取",
    "{path}: '{name}' points outside the archive; nothing was read": "{path}：压缩包里的“{name}”指向包外；未读取",
    "{path}: '{name}' is a link to another file; nothing was read":
        "{path}：压缩包里的“{name}”是指向其他文件的链接；未读取",
    "{path}: '{name}' is an archive within the archive; unpack it first":
        "{path}：压缩包里还有压缩包“{name}”；请先解开",
    "{path}: '{name}' is locked with a password; save the archive without one":
        "{path}：压缩包里的“{name}”加了密码；请去掉密码再存",
    "{path}: holds two files named '{name}'; keep one of them": "{path}：里面有两个文件都叫“{name}”；请只留一个",
    "{name}: stopped on request; nothing was kept": "{name}：已按要求停止；没有保留任何内容",
    "{name}: needs more than {n} GB of memory; cut it into parts": "{name}：需要的内存超过 {n} GB；请拆分",
    "{name}: not done after {n} s, so it was stopped; simplify it or cut it into parts":
        "{name}：{n} 秒内没有读完，已停止；请简化图形或拆分",
    "{name}: reading it ended without an answer (status {code}): it is damaged, or memory ran out; "
    "get the file anew or cut it into parts":
        "{name}：读取中断（状态 {code}）：文件损坏，或内存不足；请重新获取，或拆分",
    # encodings
    "{path}: its text is neither UTF-8 nor GB18030 throughout; name the encoding with --encoding":
        "{path}：文字既不全是 UTF-8，也不全是 GB18030；请选择编码",
    "{path}: the .dbf file is cut off; get the file anew": "{path}：.dbf 文件不完整；请重新获取",
    "{path}: the header of the .dbf file makes no sense; get the file anew": "{path}：.dbf 文件头不对；请重新获取",
    "{path}: '{encoding}' is no known encoding; use one of {known}": "{path}：没有编码“{encoding}”；可用 {known}",
    "{path}: its text is not {encoding} (such as {text}); choose another encoding":
        "{path}：文字不是 {encoding}（如 {text}）；请另选编码",
    "{path}: byte {at} is not {encoding}; choose another encoding with --encoding":
        "{path}：第 {at} 个字节不是 {encoding}；请另选编码",
    "{reason}; read as {encoding}": "{reason}；按 {encoding} 读取",
    "{reason} says {encoding}, but {n} texts are not {named}; read as {other}":
        "{reason}写明 {encoding}，但有 {n} 处文字不是 {named}；按 {other} 读取",
    "{reason} says {encoding}, but the text is Chinese; read as {other}":
        "{reason}写明 {encoding}（西文），文字却是中文；按 {other} 读取",
    "{reason} says {encoding}, but the text is Chinese": "{reason}写明 {encoding}（西文），文字却是中文",
    "version AC{version} is always UTF-8, but its text is not; read as {encoding}":
        "AC{version} 版的图按规定是 UTF-8，文字却不是；按 {encoding} 读取",
    "{reason} says {encoding}, but {n} texts are not {named}": "{reason}写明 {encoding}，但有 {n} 处文字不是 {named}",
    "$DWGCODEPAGE says ANSI_1252, but the text is Chinese": "图中写明 ANSI_1252（西文），文字却是中文",
    ".cpg file": ".cpg 文件",
    "language byte {byte} of the .dbf": ".dbf 的语言标记 {byte} ",
    # reference systems
    "--crs is '{crs}', which is no known reference system; use EPSG:4547, for example":
        "没有坐标系“{crs}”；写法如 EPSG:4547",
    "--datum is '{datum}'; choose one of {known}": "没有坐标基准“{datum}”；可选 {known}",
    "{path}: its .prj file cannot be understood; name the system with --crs": "{path}：.prj 文件无法识别；请指定坐标系",
    "{path}: states a reference system that is not known ({text}); name it with --crs":
        "{path}：写明的坐标系无法识别（{text}）；请指定坐标系",
    "{path}: no reference system is given, and its numbers ({x}, {y}) fit {reason}; say which with --crs":
        "{path}：没有说明坐标系，数值（{x}, {y}）与这些都相符：{reason}；请选择",
    "EPSG:{code} ({reason}) or {reason2}": "EPSG:{code}（{reason}），或 {reason2}",
    "EPSG:{code} or {reason}": "EPSG:{code} 或 {reason}",
    "{code} ({reason})": "{code}（{reason}）",
    "degrees of CGCS2000 or WGS 84, which agree within 1 m": "CGCS2000 或 WGS 84 经纬度，两者相差不到 1 m",
    "CGCS2000 3-degree Gauss-Krüger, 114 E": "CGCS2000 3° 带，中央经线 114°",
    "CGCS2000 Gauss-Krüger, 111 E": "CGCS2000 高斯，中央经线 111°",
    "CGCS2000 Gauss-Krüger, 117 E": "CGCS2000 高斯，中央经线 117°",
    "CGCS2000 3-degree Gauss-Krüger, zone {zone} written before the easting": "CGCS2000 3° 带，东坐标前带号 {zone}",
    "CGCS2000 6-degree Gauss-Krüger, zone {zone} written before the easting": "CGCS2000 6° 带，东坐标前带号 {zone}",
    "WGS 84 UTM zone {zone}": "WGS 84 UTM {zone} 带",
    "Web Mercator": "网络墨卡托",
    "{path}: its numbers ({x}, {y}) may be decimal degrees, or degrees with minutes and seconds after the point; "
    "say --crs EPSG:4490 if they are decimal, else convert them first":
        "{path}：数值（{x}, {y}）可能是十进制度，也可能是“度.分秒”；若是十进制度请选 EPSG:4490，否则请先换算",
    "{path}: you said {crs}, which is no system of positions on a map; name another with --crs":
        "{path}：所指定的 {crs} 不是平面或经纬度坐标系；请另行指定",
    "{path}: {reason} says {crs}, which is no system of positions on a map; name another with --crs":
        "{path}：{reason}写明的 {crs} 不是平面或经纬度坐标系；请另行指定",
    "{path}: you said {crs}, but its numbers ({x}, {y}) are those of {reason}; say which is right with --crs":
        "{path}：所指定的是 {crs}，数值（{x}, {y}）却是 {reason} 的；请核对后指定",
    "{path}: {reason} says {crs}, but its numbers ({x}, {y}) are those of {reason2}; say which is right with --crs":
        "{path}：{reason}写明 {crs}，数值（{x}, {y}）却是 {reason2} 的；请核对后指定",
    "{path}: you said {crs}, but its numbers ({x}, {y}) are no place in it; name another":
        "{path}：所指定的是 {crs}，数值（{x}, {y}）不在其中；请另行指定",
    "{path}: {reason} says {crs}, but its numbers ({x}, {y}) are no place in it; name another":
        "{path}：{reason}写明 {crs}，数值（{x}, {y}）不在其中；请另行指定",
    ".prj file": ".prj 文件",
    "the GeoPackage's own table": "GeoPackage 内部的表",
    "the file's 'geo' metadata": "文件的 geo 元数据",
    "its member 'crs'": "文件的 crs 项",
    "KML, which is always WGS 84": "KML 格式",
    "SRID in the WKT": "WKT 中的 SRID ",
    "its head": "文件头",
    "{path}: holds no parcel below {mark}; choose a file with shapes": "{path}：{mark} 以下没有地块；请选有图形的文件",
    "its head says {n} corners, {m} follow; check it on the map": "标明 {n} 个界址点，实有 {m} 个；请在图上核对",
    "{path}: the reference system cannot be told: none is given, and no known system puts {x}, {y} in Shenzhen; "
    "name it with --crs (EPSG code, or a .prj file)":
        "{path}：无法判定坐标系：没有说明，{x}, {y} 按任何已知坐标系都不在深圳；请填写坐标系",
    "{path}: the reference system cannot be told: none is given, and no known system puts {x}, {y} in Shenzhen "
    "({reason}); name it with --crs (EPSG code, or a .prj file)":
        "{path}：无法判定坐标系：没有说明，{x}, {y} 按任何已知坐标系都不在深圳（{reason}）；请填写坐标系",
    "they look like degrees and minutes written together: convert them to decimal degrees first":
        "像是度与分连写：请先换算为十进制度",
    "they look like a local system, such as 深圳独立坐标系, whose parameters are not public: ask for "
    "the file in CGCS2000, or give your own parameters":
        "像是深圳独立坐标系等地方坐标，其参数不公开：请索取 CGCS2000 成果，或填写自有参数",
    "they look like {crs} in {reason}: convert them first": "像是以{reason}为单位的 {crs}：请先换算",
    "kilometres": "千米",
    "feet": "英尺",
    "centimetres": "厘米",
    "millimetres": "毫米",
    "radians": "弧度",
    "seconds of arc": "角秒",
    "{path}: the axes are swapped ({reason}); bring it in with: zones import {again} -o OUT.gpkg":
        "{path}：坐标轴对调了（{reason}）；请先在导入页导入，或用命令 zones import {again} -o OUT.gpkg",
    "{path}: the coordinate reference system is not given ({reason}); bring it in with: "
    "zones import {again} -o OUT.gpkg":
        "{path}：没有说明坐标系（{reason}）；请先在导入页导入，或用命令 zones import {again} -o OUT.gpkg",
    "by range: nothing states it; only as {reason} do {x}, {y} lie in Shenzhen":
        "按数值范围：文件未说明，只有按 {reason}，{x}, {y} 才在深圳",
    "{code} ({reason}, with north before east)": "{code}（{reason}，北坐标在前）",
    "{reason} says {crs}; {reason2}": "{reason}写明 {crs}；{reason2}",
    "{path}: {n} features (such as {feature}) lie towards Hong Kong or Macau, where some providers shift {datum} "
    "and some do not; say --south shift or --south keep":
        "{path}：{n} 个要素（如 {feature}）在香港、澳门一侧，各家地图在那里是否作 {datum} 偏移并不一致；请选择",
    "{datum} at {x}, {y} has no WGS 84 position; check the datum":
        "{datum} 坐标 {x}, {y} 没有对应的 WGS 84 位置；请核对坐标基准",
    "{datum} became WGS 84 vertex by vertex, by {least} to {most} m":
        "{datum} 已逐点改正为 WGS 84，移动 {least} 至 {most} m",
    "{datum} became WGS 84 vertex by vertex, by {least} to {most} m; {n} towards Hong Kong or Macau stay as they were":
        "{datum} 已逐点改正为 WGS 84，移动 {least} 至 {most} m；香港、澳门一侧的 {n} 个保持原位",
    "the numbers stand with north before east ({x}, {y}) and were swapped": "北坐标在前（{x}, {y}），已对调",
    "degrees alone do not tell CGCS2000 and WGS 84 from GCJ-02 (about 600 m off here) or BD-09 (about 1240 m off): "
    "if they come from 高德, 腾讯 or 百度, say --datum gcj02 or bd09":
        "仅凭经纬度分不出 CGCS2000 与 GCJ-02（此处相差约 600 m）、BD-09（约 1240 m）；"
        "若来自高德、腾讯或百度，请选择坐标基准",
    "taken as {crs}: Xian 1980 or Beijing 1954 would look alike and lie up to about 100 m off":
        "按 {crs} 读取；西安 80、北京 54 的数值看起来一样，最多偏约 100 m",
    "metres of Web Mercator may also be shifted (高德, 腾讯) or 百度's own; check one corner on the map":
        "网络墨卡托的坐标也可能已偏移（高德、腾讯），或为百度自有；请在图上核对一个角点",
    "the format calls for degrees, but {x}, {y} are metres of {crs}":
        "该格式应为经纬度，而 {x}, {y} 是 {crs} 的米制坐标",
    "taken as {crs}, {share} of the vertices lie outside Shenzhen ({x}, {y}); check the system":
        "按 {crs} 读取，{share} 的角点在深圳以外（{x}, {y}）；请核对坐标系",
    "nothing of it lies in Shenzhen ({x}, {y}); check the coordinates": "全部在深圳以外（{x}, {y}）；请核对坐标",
    "{crs}: no public parameters lead to CGCS2000, so positions may be off by tens of metres or more; "
    "have the file converted by its owner":
        "{crs} 到 CGCS2000 没有公开参数，位置可能偏几十米以上；请由数据方转换",
    "{n} features lie outside Shenzhen at least in part (such as {names}); check them on the map":
        "{n} 个要素至少有一部分在深圳以外（如 {names}）；请在图上核对",
    # features left out
    "{path}: none of its {n} features has a usable shape": "{path}：{n} 个要素都没有可用的图形",
    "{path}: none of its {n} features has a usable shape; the first: {reason}":
        "{path}：{n} 个要素都没有可用的图形；第一个：{reason}",
    "{path}: none of its {n} features has a usable shape after repair": "{path}：修复之后，{n} 个要素仍没有可用的图形",
    "it has no shape": "没有图形",
    "its shape is empty": "图形为空",
    "its shape encloses nothing": "图形不围成任何面积",
    "its shape has a coordinate that is no place: {x}, {y}": "有坐标不是地面位置：{x}, {y}",
    "its shape has no coordinates": "图形没有坐标",
    "its shape is of type '{type}', which GeoJSON does not have": "图形类型“{type}”不是 GeoJSON 的类型",
    "its coordinates hold something other than numbers": "坐标里有不是数字的内容",
    "its coordinates hold numbers that are infinite or missing": "坐标里有无穷大或缺失的数",
    "its coordinates hold '{text}', which is no place": "坐标“{text}”不是位置",
    "its coordinates are '{x}', '{y}', which is no place": "坐标“{x}”“{y}”不是位置",
    "its coordinates are not pairs of numbers": "坐标不成对",
    "its WKT cannot be read: '{text}'": "WKT 无法读取：“{text}”",
    "its place does not exist in {crs}": "位置在 {crs} 中不存在",
    "the row has {n} cells, the header {heads}": "该行有 {n} 格，表头有 {heads} 格",
    "a line has fewer than two points": "线的点少于两个",
    "a polygon has no ring": "多边形没有环",
    "a polygon has no outer ring": "多边形没有外环",
    "a ring has fewer than three corners": "环的角点少于三个",
    "a {kind} is no outline on the ground": "{kind} 不是地面上的轮廓",
    "a {kind} (handle {handle}) cannot be read: {reason}": "{kind}（句柄 {handle}）无法读取：{reason}",
    "block '{name}' is repeated {n} times, above {most}; unfold it in the drawing program":
        "图块“{name}”重复 {n} 次，超过 {most} 次；请先在制图软件中分解",
    "block '{name}' unfolds into over {n} shapes; unfold it before": "图块“{name}”展开后超过 {n} 个图形；请先分解",
    "block '{name}' is in another file, which is not followed": "图块“{name}”在外部文件中，未读取",
    "block '{name}' is nested deeper than {n}": "图块“{name}”嵌套超过 {n} 层",
    # findings of an import
    "shape was invalid ({reason}) and was rebuilt: area {old} -> {new} m²; check it on the map":
        "图形无效（{reason}），已重建：面积 {old} → {new} m²；请在图上核对",
    "a ring was not closed and was closed with a straight edge; check it on the map":
        "环未闭合，已用直线补齐；请在图上核对",
    "arcs became chords within {sag} drawing units": "圆弧化为折线，偏差不超过 {sag} 个图上单位",
    "{n} texts became the attribute 'text' of the polygon they lie in": "{n} 处文字成为所在图形的属性 text",
    "{n} polygons hold more than one text, joined by '{mark}'": "{n} 个图形内有多处文字，以“{mark}”相连",
    "{n} texts lie in no polygon and stay as points": "{n} 处文字不在任何图形内，保留为点",
    "{shapes} shapes but {records} records in the .dbf: the last {n} shapes (from number {first}) have no attributes":
        "{shapes} 个图形、{records} 条属性：最后 {n} 个图形（从第 {first} 个起）没有属性",
    "{shapes} shapes but {records} records in the .dbf: the last {n} records belong to no shape and were left out":
        "{shapes} 个图形、{records} 条属性：最后 {n} 条属性没有图形，未采用",
    "its .dbf file is missing: the shapes have no attributes": "缺 .dbf 文件，图形没有属性",
    "field name '{name}' was cut off within a character": "字段名“{name}”末尾的半个字已去掉",
    "{n} texts end within a character: cut to the width": "{n} 处文字末尾的半个字已去掉",
    "{n} values are lists or objects and were kept as JSON text": "{n} 个列表或嵌套值存为 JSON 文本",
    "links to other files in the KML are not followed": "KML 中指向其他文件的链接没有读取",
    "field '{name}' became '{other}': a GeoPackage holds one field of that name":
        "字段“{name}”改名为“{other}”：GeoPackage 中同名字段只能有一个",
    "{path}: reading back gave {reason}; nothing was kept: choose another format":
        "{path}：写出后回读不符（{reason}），没有保留；请换一种格式",
    "{n} of {all} features": "{all} 个要素只有 {n} 个",
    "an area of {found} in place of {wanted} m²": "面积 {found} m²，应为 {wanted} m²",
    "other values in field '{name}'": "字段“{name}”的值有变",
}  # fmt: skip
