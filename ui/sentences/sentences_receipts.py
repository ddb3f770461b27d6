"""Sentences on receipts and the files that carry them: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    "{path}: no such file; check the name": "{path}：没有这个文件；请核对文件名",
    "{path}: the receipts rest on this file, which is not at hand; give it too (--file)":
        "{path}：凭证依据这个文件，而它不在手边；请一并提供",
    "{path}: '{suffix}' files hold no receipts; give one of {known}":
        "{path}：“{suffix}”文件不含凭证；请提供 {known} 之一",
    "{path}: '{suffix}' files carry no receipts; give one of {known}":
        "{path}：“{suffix}”文件不含凭证；请提供 {known} 之一",
    "'{suffix}' files carry no receipts; choose one of {known}": "“{suffix}”文件不能带凭证；可选 {known}",
    "{path}: carries no receipt; give the file as it was made, not a reprint":
        "{path}：不含凭证；请提供原始导出的文件，不要用另存或重印的",
    "{path}: the record it carries is no list of receipts; make it again": "{path}：所带记录不是凭证；请重新导出",
    "{path}: holds no receipt; its receipts stand in {name}, which is not beside it":
        "{path}：本身不含凭证；凭证在 {name} 中，请放在同一文件夹",
    "{path}: holds no receipt ({format}); give a file that 'zones export' or --receipts wrote":
        "{path}：不含凭证（{format}）；请提供从图集导出的文件",
    "{path}: not readable as {kind}: {reason}; make it again": "{path}：不能按 {kind} 读取：{reason}；请重新生成",
    "{path}: not readable as JSON: {reason}; export it again": "{path}：不能按 JSON 读取：{reason}；请重新导出",
    "{path}: not readable as XLSX: {reason}; export it again": "{path}：不能按 XLSX 读取：{reason}；请重新导出",
    "{path}: not readable as CSV: {reason}; export it again": "{path}：不能按 CSV 读取：{reason}；请重新导出",
    "{path}: a receipt in its JSON column is not readable: {reason}; export it again":
        "{path}：JSON 列中有凭证无法读取：{reason}；请重新导出",
    "{path}: not readable as GeoParquet with receipts: {reason}; export it again":
        "{path}：不能按带凭证的 GeoParquet 读取：{reason}；请重新导出",
    "{path}: not readable as a Shapefile with receipts: {reason}; export it again":
        "{path}：不能按带凭证的 Shapefile 读取：{reason}；请重新导出",
    "{path}: holds no receipt ({format}); give an archive that 'zones export' wrote":
        "{path}：不含凭证（{format}）；请提供从图集导出的压缩包",
    "{path}: not readable as a GeoPackage with receipts: {reason}; export it again":
        "{path}：不能按带凭证的 GeoPackage 读取：{reason}；请重新导出",
    "it is no database": "文件不是数据库",
    "{path}: {reason}; export it again": "{path}：{reason}；请重新导出",
    "receipt {n}: {reason}": "第 {n} 份凭证：{reason}",
    "receipt {n}: {field}: {reason}": "第 {n} 份凭证的 {field}：{reason}",
    "{path}: receipt {n}: a number is not finite; export it again": "{path}：第 {n} 份凭证有数字不是有限数；请重新导出",
    "its record is cut off or too long": "所带记录不完整或过长",
    "it does not start as one": "文件开头不符",
    "the chunk {kind} is damaged": "数据块 {kind} 已损坏",
    "{name} is too long": "{name} 过长",
    "the bytes are no {kind} file: {reason}; make it again": "内容不是 {kind} 文件：{reason}；请重新生成",
    "the record does not stay as it is in this {kind} file; make the file again":
        "记录写入这个 {kind} 文件后有变；请重新生成该文件",
    "it draws nothing": "其中没有内容",
    "the package names no document": "文件包里没有指明正文",
    "a part of the package has no {root}": "文件包的一个部分缺少 {root}",
    "corridor '{name}': its receipts rest on the district line; read the atlas with its base map":
        "走廊“{name}”：凭证依据行政区界线；请连同底图读取图集",
    "corridor '{name}': its receipts rest on districts; read the base map too":
        "走廊“{name}”：凭证依据行政区；请连同底图读取图集",
    "{path}: no revision here changes an area, so there is no figure to write a receipt for":
        "{path}：这些修订都没有改动面积，没有可写凭证的数字",
    "{path}: not readable as GeoTIFF: {reason}; make it again": "{path}：不能按 GeoTIFF 读取：{reason}；请重新生成",
    "{path}: carries no fit; give a GeoTIFF that 'zones georef' wrote":
        "{path}：没有拟合记录；请提供由配准生成的 GeoTIFF",
    "{path}: the points in its tags are not readable; make it again": "{path}：标签中的控制点无法读取；请重新生成",
    "{path}: holds {n} control points, more than {most}; make it again":
        "{path}：有 {n} 个控制点，多于 {most}；请重新生成",
    "{path}: its tag GEOREF_{name} is no number; make it again": "{path}：标签 GEOREF_{name} 不是数字；请重新生成",
    # the page of verification
    "{name}: '{suffix}' files are not taken here; verify with the command 'zones verify'":
        "{name}：此处不收“{suffix}”文件；请用命令 zones verify 核验",
    "{name}: the content is not what {suffix} files hold; give the file as it was":
        "{name}：内容与 {suffix} 文件不符；请提供原文件",
    "{path}: receipts hold for repair by structure; leave out --repair-method or --receipts":
        "{path}：凭证只适用于按结构修复；请去掉 --repair-method 或 --receipts",
    "{path}: none of these zones has a polygon, so there is no figure to write a receipt for":
        "{path}：这些区都没有面状图形，没有可写凭证的数字",
}  # fmt: skip
