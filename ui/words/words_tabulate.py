"""Sentences of the page that counts a layer under the zones, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "tabulate": ("统计", "Tabulate"),
    "tabulate_title": ("分类统计", "Counts by class"),
    "tabulate_lead": (
        "把一份面图层（地块、建筑、用地）按区统计：每类有多少个、占多少面积。文件再大也分批读取，不离开本机。",
        "Counts a layer of polygons (parcels, buildings, land use) under the zones: how many of each class, and how "
        "much ground. Files of any size are read in batches and stay on this machine.",
    ),
    "tabulate_receipt": ("整张表（含图表与分类图）共用一张凭证", "One receipt for the whole table, its chart and map"),
    # source
    "layer_source": ("图层来自", "Layer from"),
    "from_upload": ("上传文件", "Upload"),
    "from_path": ("本机文件", "File on this machine"),
    "from_own": ("已导入的图层", "Imported layer"),
    "layer_upload": ("选择或拖入图层文件", "Choose or drop a layer file"),
    "layer_upload_again": ("换一份图层文件", "Choose another layer file"),
    "layer_upload_note": (
        ".parquet、.gpkg，或打成 .zip 的 Shapefile；不超过 {most} MB，更大的请用本机文件。只用于本次会话。",
        ".parquet, .gpkg, or a Shapefile as .zip; at most {most} MB, for larger ones name a file on this machine. "
        "Kept for this session only.",
    ),
    "layer_sending": ("正在读入…", "Reading…"),
    "layer_too_large": (
        "{name}：{size} MB，超过上传上限 {most} MB；请改用“本机文件”，大小不限。",
        "{name}: {size} MB is above the {most} MB an upload may have; name it as a file on this machine, of any size.",
    ),
    "layer_not_sent": (
        "{name}：没有完整传到；请再传一次。",
        "{name}: did not arrive whole; send it again.",
    ),
    "layer_path": ("文件或文件夹的完整路径", "Full path of the file or folder"),
    "layer_path_hint": (
        "如 /data/parcels.gpkg；可用 .parquet、.gpkg、.shp，或存放 .parquet 的文件夹",
        "such as /data/parcels.gpkg; .parquet, .gpkg, .shp, or a folder of .parquet files",
    ),
    "path_closed": (
        "这个服务对其他机器开放，因此不读取它自己的文件；请上传图层。",
        "This server is open to other machines, so it does not read files of its own; upload the layer.",
    ),
    "layer_chosen": ("{name} · {n} 个要素 · {crs}", "{name} · {n} features · {crs}"),
    "layer_none": (
        "先选一份面图层，再选分类字段和区。",
        "Choose a layer of polygons first, then its class field and the zones.",
    ),
    "layer_of_file": ("文件中的图层", "Layer in the file"),
    "class_field": ("分类字段", "Class field"),
    "no_class_field": ("不分类", "No classes"),
    "zone_set": ("统计到", "Zones"),
    "start_count": ("开始统计", "Count"),
    # under way
    "counting": ("正在统计 {name}：已读 {done} / {all} 个要素", "Counting {name}: {done} of {all} features read"),
    "counting_start": ("正在准备统计 {name}…", "Getting ready to count {name}…"),
    "stop_count": ("停止", "Stop"),
    "stopping_count": ("正在停止…", "Stopping…"),
    "count_stopped": ("已停止，没有留下结果。", "Stopped; nothing was kept."),
    # result
    "count_of": (
        "{name} · 分类字段：{field} · {zones} 个区{passed}",
        "{name} · class field: {field} · {zones} zones{passed}",
    ),
    "count_passed": ("（另有 {n} 个没有面，未参加）", " ({n} more without a polygon take no part)"),
    "features_read": ("读入要素", "Features read"),
    "in_zones": ("完全在区内", "Inside a zone"),
    "partly_in_zones": ("部分在区内", "Partly in a zone"),
    "outside_zones": ("在各区之外", "In no zone"),
    "not_counted": ("未计入", "Left out"),
    "mended": ("修复 {n}", "{n} repaired"),
    "tally_note": (
        "每个要素只算一次，四项之和等于读入数；下面的表按区统计，区与区重叠处的要素在各区都计。",
        "Each feature once, so the four make up those read; the table below goes zone by zone, and a feature under "
        "two overlapping zones counts in both.",
    ),
    "odd_features": ("修复与未计入的要素（{n}）", "Features repaired or left out ({n})"),
    "odd_cut": ("只列前 {n} 个。", "The first {n} are listed."),
    "by_zone_and_class": ("各区各类", "By zone and class"),
    "class": ("分类", "Class"),
    "count_inside": ("完全在内", "Inside"),
    "count_partly": ("部分在内", "Partly"),
    "class_area": ("区内面积", "Area"),
    "class_share": ("占本区", "Share"),
    "unnamed_class": ("（未填）", "(empty)"),
    "all_features": ("全部要素", "All features"),
    "other_classes": ("其余 {n} 类", "{n} other classes"),
    "rows_cut": (
        "列表只放面积最大的 {n} 行，共 {all} 行；全部见 CSV。",
        "The list holds the {n} rows with the most area, of {all}; the CSV holds all.",
    ),
    "count_edge_note": (
        "面积算法：{rule}。相接不算在内；多留的位数只为核对加总，区边线的误差见面积页。",
        "Areas: {rule}. Touching counts for nothing. The extra digits only let you check the sums; for the error of "
        "the zones' edges see the area page.",
    ),
    "see_in_zone": ("在图上查看这个区的要素", "Show the features of this zone on the map"),
    "nothing_in_zones": (
        "这份图层没有要素落在所选的区内；请换一组区，或核对图层的坐标系。",
        "No feature of this layer lies in the zones chosen; choose other zones, or check the layer's CRS.",
    ),
    # chart
    "class_chart": ("各区面积构成", "Area by class"),
    "chart_cut": (
        "图中为区内面积最大的 {n} 个区，共 {all} 个；全部见列表。",
        "The chart shows the {n} zones with the most area, of {all}; the list holds all.",
    ),
    "chart_label": ("{zone}：合计 {sum} {unit}；{parts}", "{zone}: {sum} {unit} in all; {parts}"),
    # map
    "class_map": ("要素分布", "The features on the map"),
    "zone_on_map": ("图上的区", "Zone on the map"),
    "drawing_features": ("正在取出这个区的要素…", "Fetching the features of this zone…"),
    "drawn_all": ("图上画出这个区计入的全部 {n} 个要素。", "The map shows all {n} features counted in this zone."),
    "drawn_some": (
        "图上画出这个区内面积最大的 {n} 个要素，共 {all} 个；数字按全部计算。",
        "The map shows the {n} features with the most ground in this zone, of {all}; the figures count all.",
    ),
    # files
    "tabulate_file": ("分类统计", "counts-by-class"),
    "workbook_too_long": (
        "共 {all} 行，Excel 表放不下；请下载 CSV。",
        "{all} rows are too many for an Excel table; download the CSV.",
    ),
}
