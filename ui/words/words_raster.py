"""Sentences of the page on raster statistics, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "raster": ("栅格", "Raster"),
    "raster_title": ("栅格统计", "Raster statistics"),
    "raster_lead": (
        "把一份栅格（人口、地类、夜光、高程）按区统计：边上的格按落在区内的比例计，地面按椭球上的真实面积计。",
        "Statistics of a raster (population, land cover, night light, height) under the zones: a cell on the edge "
        "counts with the share of it inside, and ground with its true area on the ellipsoid.",
    ),
    # source
    "raster_source": ("栅格来自", "Raster from"),
    "raster_upload": ("选择或拖入 GeoTIFF", "Choose or drop a GeoTIFF"),
    "raster_upload_again": ("换一份 GeoTIFF", "Choose another GeoTIFF"),
    "raster_upload_note": (
        ".tif；不超过 {most} MB，更大的请用本机文件。只用于本次会话。",
        ".tif; at most {most} MB, for larger ones name a file on this machine. Kept for this session only.",
    ),
    "raster_path": ("文件的完整路径", "Full path of the file"),
    "raster_path_hint": ("如 /data/population.tif", "such as /data/population.tif"),
    "raster_none": ("先选一份栅格，再选区和统计量。", "Choose a raster first, then zones and a figure."),
    "raster_crs": ("坐标系（文件没有写明）", "Reference system (the file states none)"),
    "raster_crs_hint": ("如 EPSG:4547", "such as EPSG:4547"),
    "raster_nodata": ("另指无数据值", "Another no-data value"),
    "raster_nodata_hint": ("按文件", "as the file says"),
    "raster_nodata_bad": ("无数据值应为数字。", "The no-data value has to be a number."),
    "raster_reading": ("正在读取 {name}…", "Reading {name}…"),
    # facts
    "raster_facts": ("{name} · {width} × {height} 格 · {crs}", "{name} · {width} × {height} cells · {crs}"),
    "raster_cell": ("像元", "Cell"),
    "raster_range": ("取样所见的值", "Values in the sample"),
    "raster_range_none": ("未取样", "not sampled"),
    "raster_no_value": ("无数据", "No data"),
    "raster_type": ("类型", "Type"),
    "raster_band": ("波段", "Band"),
    "raster_bands": ("{band} / {bands}", "{band} of {bands}"),
    "raster_scaled": ("存储值 {scale}", "stored numbers {scale}"),
    "raster_turned": ("斜放", "turned"),
    "raster_copy_note": (
        "底图取自文件的缩略层；统计不用缩略层。",
        "The picture was made from a smaller copy in the file; the figures never are.",
    ),
    "raster_no_picture": (
        "图集范围内没有这份栅格的像元，或文件过大且没有缩略层，故不画底图。",
        "The raster has no cell around the atlas, or is too large and has no smaller copy, so no picture is drawn.",
    ),
    # choices
    "raster_zones": ("统计到", "Zones"),
    "raster_per_area": ("值为每 km² 的量", "Values are per km²"),
    "raster_per_area_help": (
        "如人/km²：合计 = 值 × 格的真实面积之和。",
        "People per km², say: the sum adds value × true area of the cell.",
    ),
    "raster_classes": ("按类统计", "By class"),
    "raster_bracket": ("算上边线误差", "Edge error, too"),
    "raster_bracket_help": (
        "把各区的边按其误差外扩、内缩各算一次，给出平均值与合计的上下界；按轴线缓冲的区宽度是设定的，不算。",
        "Makes mean and sum again with each zone's edge moved out and in by its error. A zone buffered from an axis "
        "has none, for its width is assumed.",
    ),
    "raster_bracket_note": (
        "“边外扩”“边内缩”是所有边同向偏一个误差时的值，是范围，不是标准误差；“–”表示这个区没有边线误差。",
        "Edge moved out and in: the figure with all edges off to the same side by their error. A bracket, not a "
        "standard error; – where a zone has no such error.",
    ),
    "raster_names": ("类名表（CSV：值、名称）", "Class names (CSV: value, name)"),
    "raster_names_again": ("换一份类名表", "Choose another table of names"),
    "raster_names_note": (
        ".csv，两列：值、名称。没有时用栅格自带的类名。",
        ".csv of two columns, value and name. Without it the raster's own names are used.",
    ),
    "raster_names_known": ("{name}：{n} 个类名。", "{name}: {n} names of classes."),
    "raster_step_bracket": ("正在计算边线误差…", "Working on the edge error…"),
    "raster_start": ("开始统计", "Compute"),
    "raster_stop": ("停止", "Stop"),
    "raster_stopped": ("已停止，没有留下结果。", "Stopped; nothing was kept."),
    "raster_step_starting": ("正在准备…", "Getting ready…"),
    "raster_step_reading": ("正在读取…", "Reading…"),
    "raster_step_drawing": ("正在取样…", "Sampling…"),
    "raster_step_counting": ("正在逐格统计…", "Going through the cells…"),
    "raster_step_writing": ("正在整理表格…", "Writing the tables…"),
    # result
    "raster_of": ("{name} · {zones} 个区{passed}", "{name} · {zones} zones{passed}"),
    "raster_passed": ("（另有 {n} 个没有面，未参加）", " ({n} more without a polygon take no part)"),
    "raster_stat": ("统计量", "Figure"),
    "raster_map": ("{stat}分布", "{stat} on the map"),
    "raster_by_zone": ("各区统计", "By zone"),
    "raster_no_data_here": ("无数据", "no data"),
    "raster_count_zones": ("{range}（{n} 个区）", "{range} ({n})"),
    "raster_see": ("查看这个区的直方图", "Show the histogram of this zone"),
    "raster_histogram": ("直方图", "Histogram"),
    "raster_hist_of": ("{zone}：值的分布", "{zone}: distribution of values"),
    "raster_hist_x": ("值", "value"),
    "raster_hist_y": ("像元数（按占比）", "cells, by share"),
    "raster_hist_mean": ("平均 {value}", "mean {value}"),
    "raster_hist_median": ("中位 {value}", "median {value}"),
    "raster_hist_none": ("这个区没有数据。", "This zone has no data."),
    "raster_zone": ("直方图的区", "Zone of the histogram"),
    "raster_share_of": ("“{name}”占比", "Share of {name}"),
    "raster_by_class": ("各区各类", "By zone and class"),
    "raster_class_chart": ("各区地面构成", "Ground by class"),
    "raster_class": ("类别", "Class"),
    "raster_partly": (
        "有 {n} 个区不全在栅格内；所占比例见“在栅格内”一列，数字只代表栅格内的部分。",
        "{n} zones reach beyond the raster; see the column In the raster. Their figures stand for the part inside.",
    ),
    "raster_unmarked": (
        "有一项结果为 {value}，像是文件没有声明的无数据值；请在上方填写无数据值后重新统计。",
        "A figure of {value} looks like cells without data that the file does not declare; state the value above and "
        "count again.",
    ),
    "raster_gaps": (
        "有 {n} 个区内有无数据的格；见“有数据”一列。",
        "{n} zones hold cells without data; see the column With data.",
    ),
    "raster_note": (
        "像元按落在区内的比例计入，由 exactextract 在栅格行列里求得；栅格不重采样，不用缩略层。"
        "地面为 CGCS2000 椭球面积。平均值按占比加权；多留的位数只为核对，区边线的误差见面积页。",
        "Cells count with the share inside the zone, found by exactextract in columns and rows; the raster is not "
        "resampled, its smaller copies are not used. Ground is area on the CGCS2000 ellipsoid. Means are weighted "
        "by shares. Extra digits only let you check; for the error of the zones' edges see the area page.",
    ),
    "raster_legend_note": (
        "五级，各级区数大致相等；界限取三位有效数字",
        "Up to five classes of about equally many zones; limits have three digits",
    ),
    "raster_under_note": ("区下为栅格缩略图，仅供参照", "Beneath the zones: the raster made small, for orientation"),
    "raster_picture_png": ("下载图片 PNG", "Download PNG"),
    "raster_picture_svg": ("下载图片 SVG", "Download SVG"),
    "raster_receipt": ("下载凭证", "Download receipt"),
    "raster_file": ("栅格统计", "raster-statistics"),
    "raster_outside": (
        "所选的区都在这份栅格之外；请换一组区，或核对栅格的坐标系。",
        "All zones chosen lie beyond this raster; choose other zones, or check the raster's reference system.",
    ),
}
