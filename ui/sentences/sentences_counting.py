"""Sentences on layers that are counted, and on the workbook of current values: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # taking a layer in
    "{name}: this kind of file is not taken; send .parquet, .gpkg, or a Shapefile as .zip":
        "{name}：不收这种文件；请提供 .parquet、.gpkg，或打成 .zip 的 Shapefile",
    "{name}: cannot be read ({reason}); check who may read it": "{name}：无法读取（{reason}）；请核对读取权限",
    "{name}: holds {n} Shapefiles; zip the .shp, .shx, .dbf and .prj of one layer":
        "{name}：里面有 {n} 个 Shapefile；请只压缩一个图层的 .shp、.shx、.dbf 和 .prj",
    "{name}: holds no Shapefile; zip the .shp, .shx, .dbf and .prj of one layer":
        "{name}：里面没有 Shapefile；请压缩一个图层的 .shp、.shx、.dbf 和 .prj",
    "{path}: lies on another machine; copy the file to this one, or upload it":
        "{path}：文件在另一台机器上；请复制到本机，或上传",
    "{path}: give the full path, from the root of the disk on": "{path}：请写完整路径，从盘符或根目录起",
    # reading it
    "{path}: its text is UTF-8 by its standard; --encoding is for Shapefiles":
        "{path}：该格式的文字规定为 UTF-8；--encoding 只用于 Shapefile",
    "{path}: holds {n} layers ({names}); name one with --layer": "{path}：里面有 {n} 个图层（{names}）；请选择一个",
    "{path}: holds {kind} features; choose a layer of polygons": "{path}：里面是 {kind} 要素；请选面状图层",
    "{path}: cut off after {n} of {all} bytes; get the file anew": "{path}：只有 {n} 字节，应为 {all} 字节；请重新获取",
    "{path}: its .dbf or .shx file is missing; put both beside it": "{path}：缺少 .dbf 或 .shx 文件；请放在同一文件夹",
    "{path}: {shapes} shapes but {records} stated records in the .dbf; get both files anew":
        "{path}：有 {shapes} 个图形，.dbf 却写明 {records} 条记录；请重新获取这两个文件",
    "{path}: {n} of {all} features could be read; get the file anew": "{path}：{all} 个要素只读出 {n} 个；请重新获取",
    "{path}: the coordinate reference system is not given; add it (for example EPSG:4547)":
        "{path}：没有说明坐标系；请补上（例如 EPSG:4547）",
    "{path}: its coordinate reference system cannot be read; set it anew": "{path}：坐标系无法识别；请重新设定",
    "{path}: may not be read by this user; change its rights or the user": "{path}：当前用户无权读取；请改权限或换用户",
    "{path}: its text is not whole in UTF-8; {reason}": "{path}：文字不全是 UTF-8；{reason}",
    "name its encoding with --encoding, or save it as GeoPackage": "请另存为 GeoPackage，或用 --encoding 指定编码",
    "{path}: damaged or cut off, nothing was counted; get the file anew ({reason})":
        "{path}：文件损坏或不完整，未作统计；请重新获取（{reason}）",
    "{path}: has no field '{field}'; it has {reason}": "{path}：没有字段“{field}”；现有 {reason}",
    "none": "无",
    "{path}: field '{field}' {reason}; write all parts alike": "{path}：字段“{field}”{reason}；各部分应写成一致",
    "is {one} in {first} but {two} in {second}": "在 {first} 中为 {one}，在 {second} 中为 {two}",
    "{path}: its geometry column is '{column}', that of {other} '{theirs}'; write all parts alike":
        "{path}：图形列为“{column}”，{other} 的却为“{theirs}”；各部分应写成一致",
    "{path}: its CRS is not that of {other}; write all parts alike": "{path}：坐标系与 {other} 不同；各部分应写成一致",
    "{path}: holds folders ({name}); write the parts side by side, without partition_on":
        "{path}：里面还有文件夹（{name}）；各部分应并列存放，不要用 partition_on",
    "{path}: holds no .parquet part; give the folder that has them":
        "{path}：里面没有 .parquet 文件；请指定存放它们的文件夹",
    "{path}: is Parquet but not GeoParquet (no 'geo' metadata); save it as GeoParquet":
        "{path}：是 Parquet 而不是 GeoParquet（没有 geo 元数据）；请另存为 GeoParquet",
    "{path}: geometry is stored as encoding {encoding}, edges {edges}; save it as WKB with planar edges":
        "{path}：图形的存储为 encoding {encoding}、edges {edges}；请存为 WKB、平面边",
    "{path}: its 'geo' metadata cannot be read; save it as GeoParquet again":
        "{path}：geo 元数据无法读取；请重新另存为 GeoParquet",
    "{path}: is not the file it was at the start; start again when nobody writes it":
        "{path}：文件中途有变；请在无人写入时重新开始",
    # counting
    "{path}: {crs} is not CGCS2000 or WGS 84; convert it to EPSG:4490":
        "{path}：{crs} 不是 CGCS2000 或 WGS 84；请转为 EPSG:4490",
    "{path}: {crs} is neither degrees nor a map plane; convert it to EPSG:4490":
        "{path}：{crs} 既不是经纬度，也不是投影平面；请转为 EPSG:4490",
    "{path}: plane areas of {crs} are {share} off here; convert it to EPSG:4490":
        "{path}：{crs} 的平面面积在此处偏差 {share}；请转为 EPSG:4490",
    "{path}: over {n} different classes; choose a field with fewer values":
        "{path}：类别超过 {n} 种；请选取值较少的字段",
    "{path}: the pair table is written as Parquet; name it .parquet":
        "{path}：明细表写为 Parquet；文件名请以 .parquet 结尾",
    "{path}: there is no folder {folder}; make it first": "{path}：没有文件夹 {folder}；请先建立",
    "{path}: is there already; with dask the pairs are a new folder, name another":
        "{path}：已经存在；用 dask 时明细表是新文件夹，请另取名",
    # current values
    "{name}: not readable as an Excel workbook ({reason}); save it as .xlsx":
        "{name}：不能按 Excel 工作簿读取（{reason}）；请另存为 .xlsx",
    "{name}: the first row lacks {names}; start from the template": "{name}：第一行缺少 {names}；请用模板填写",
    "{name}: row {row}: {reason}": "{name}：第 {row} 行：{reason}",
    "indicator_id '{id}' is not in the atlas; copy it from the template": "图集里没有 indicator_id“{id}”；请从模板复制",
    "year is '{year}'; give a year such as 2023": "年份为“{year}”；请填如 2023 的年份",
    "value is '{value}'; give a number": "数值为“{value}”；请填数字",
}  # fmt: skip
