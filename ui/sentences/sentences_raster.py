"""Sentences on rasters and their statistics: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    "{path}: is no TIFF, whatever its name says; save the raster as GeoTIFF":
        "{path}：内容不是 TIFF；请将栅格另存为 GeoTIFF",
    "{path}: not readable as GeoTIFF ({reason}); get the file anew or save it anew":
        "{path}：不能按 GeoTIFF 读取（{reason}）；请重新获取，或重新另存",
    "{path}: has {n} bands, and no band {band}; choose one of them": "{path}：有 {n} 个波段，没有波段 {band}；请另选",
    "{path}: band {band} holds {kind} values; only whole and real numbers have a mean":
        "{path}：波段 {band} 的值是 {kind} 型；只有整数和实数可以统计",
    "{path}: is stored in one piece of over 1 GB; save it tiled": "{path}：整幅存为一块，超过 1 GB；请另存为分块格式",
    "{path}: states {crs}, --crs another system; leave --crs out, or mend the file":
        "{path}：文件写明坐标系 {crs}，与所给的不同；请不要另给，或改正文件",
    "{path}: the coordinate reference system is not given; say it with --crs, such as EPSG:4547":
        "{path}：没有说明坐标系；请填写，例如 EPSG:4547",
    "{path}: {crs} is neither degrees nor a map plane; convert the raster to EPSG:4490":
        "{path}：{crs} 既不是经纬度，也不是投影平面；请将栅格转为 EPSG:4490",
    "{path}: has control points but no grid; georeference it first": "{path}：只有控制点，没有格网；请先配准",
    "{path}: does not say where its cells lie; georeference it first, or add its .tfw file":
        "{path}：没有写明各格的位置；请先配准，或补上 .tfw 文件",
    "{path}: its cells have no area; georeference it anew": "{path}：像元面积为零；请重新配准",
    "{path}: band {band} holds real numbers, which are no classes; leave --classes":
        "{path}：波段 {band} 是实数，不能当作类别；请不要按类统计",
    "{path}: over {n} different values in a zone; leave out {known}":
        "{path}：一个区内有 {n} 种以上的值；请不要统计 {known}",
    "over {n} different values under the zones, which are no classes; leave --classes":
        "各区内有 {n} 种以上的值，不能当作类别；请不要按类统计",
    "there is no statistic '{name}'; choose among {known}": "没有统计量“{name}”；可选 {known}",
    "zone {zone}: lies across the line where the raster's longitudes begin; cut it there": (
        "区 {zone}：跨过栅格经度的起算线；请先沿该线切开"
    ),
    "zone {zone}: lies where the raster's reference system is not defined": "区 {zone}：在栅格坐标系的适用范围之外",
    "{path}: is too large for a table of class names; give values and names alone":
        "{path}：作为类别名称表过大；请只保留值和名称",
    "{path}: needs two columns, value and name, in every row; add them": "{path}：每行应有值和名称两列；请补上",
    "{path}: no row starts with a whole number; put the class values in the first column":
        "{path}：没有一行以整数开头；请把类别值放在第一列",
    "{name}: this kind of file is not taken; send a GeoTIFF (.tif)": "{name}：不收这种文件；请提供 GeoTIFF（.tif）",
}  # fmt: skip
