"""Sentences on maps, decks, corridors and files that are made: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # writing
    "{path} cannot be written: the folder {folder} does not exist; make it first.":
        "{path} 无法写入：没有文件夹 {folder}；请先建立。",
    "{path} cannot be written: {reason}; choose another place.": "{path} 无法写入：{reason}；请换一个位置。",
    "{path}: '{suffix}' files cannot be written; end the name with one of {known}.":
        "{path}：不能写“{suffix}”文件；文件名请以 {known} 之一结尾。",
    "{path}: '{suffix}' files cannot be written; end the name with {known}":
        "{path}：不能写“{suffix}”文件；文件名请以 {known} 之一结尾",
    "'{name}' cannot be written here; the name must end in {suffix}": "“{name}”不能写在这里；文件名应以 {suffix} 结尾",
    "{path}: a drawing is written as {known}; end the name with one of them":
        "{path}：图形文件写为 {known}；文件名请以其中之一结尾",
    "{path}: is the file to read; choose another name for the one to write": "{path}：是要读的文件；写出的文件请另取名",
    "{path} cannot be read: {reason}.": "{path} 无法读取：{reason}。",
    "sheet '{title}': a text of {n} characters does not fit a cell; write CSV.":
        "工作表“{title}”：一段文字有 {n} 个字符，单元格放不下；请改写 CSV。",
    # what the program needs
    "{path} is missing; install the program again.": "缺少 {path}；请重新安装程序。",
    "{name} is not installed under node_modules; run make setup.": "node_modules 下没有 {name}；请运行 make setup。",
    "Font weight '{weight}' is not known; choose one of {known}.": "没有字重“{weight}”；可选 {known}。",
    "'{text}' cannot be printed: the font has no {signs}; write it with other signs.":
        "“{text}”无法印出：字库没有 {signs}；请换用其他字符。",
    # sheets and atlases
    "None of the chosen zones has a shape; choose zones that are located.": "所选各区都没有图形；请选已上图的区。",
    "No zone lies in the map window; move the map, or switch on a plan that is there.":
        "图框内没有任何区；请移动地图，或打开该处的规划。",
    "'{form}' is no format of a sheet; choose one of {known}.": "不能出“{form}”格式的图；可选 {known}。",
    "{path}: a sheet is no '{suffix}' file; end the name with one of {known}.":
        "{path}：不能出“{suffix}”格式的图；文件名请以 {known} 之一结尾。",
    "{path}: an atlas is a PDF; end the name with .pdf.": "{path}：图册为 PDF；文件名请以 .pdf 结尾。",
    "an atlas is A3 or A4; '{size}' is neither": "图册为 A3 或 A4；不能用“{size}”",
    "Paper size '{size}' is not known; choose one of {known}.": "没有纸张“{size}”；可选 {known}。",
    "Map extent {extent} is no window in degrees; give west, south, east, north.":
        "图幅范围 {extent} 不是经纬度范围；请依次写西、南、东、北。",
    "Map extent {extent} lies too far from 114° E to be drawn in {crs}.":
        "图幅范围 {extent} 离东经 114° 太远，不能用 {crs} 绘制。",
    "The map would need a scale of 1:{scale}; choose a smaller extent (at most 1:1000000).":
        "比例尺需为 1:{scale}；请缩小范围（最小 1:1000000）。",
    "1:{scale} is no round scale between 1:500 and 1:1000000; give one such as 25000.":
        "1:{scale} 不是 1:500 至 1:1000000 之间的整比例尺；请写如 25000。",
    "At 1:{scale} the zones do not fit the paper; choose 1:{fits}, larger paper or fewer zones.":
        "按 1:{scale}，纸上放不下各区；请用 1:{fits}、更大的纸张或更少的区。",
    "Template '{name}' is not known; choose one of {known}, or name a {suffix} file.":
        "没有模板“{name}”；可选 {known}，或指定 {suffix} 文件。",
    "{path}: there is no such template; name another file.": "{path}：没有这个模板；请另指定文件。",
    "{path}: this is no TOML file ({reason}); copy a shipped template and change that.":
        "{path}：不是 TOML 文件（{reason}）；请复制自带模板再改。",
    "{path}: {field}: {reason} (found '{value}').": "{path}：{field}：{reason}（现为“{value}”）。",
    "{path}: {field}: {reason}.": "{path}：{field}：{reason}。",
    "Theme '{name}' is not known; choose one of {known}.": "没有配色“{name}”；可选 {known}。",
    "{folder} cannot hold pages: {reason}; set {variable}.": "{folder} 不能存放图页：{reason}；请设置 {variable}。",
    "{path} cannot be read: {reason}; make the atlas again.": "{path} 无法读取：{reason}；请重新生成图册。",
    "'{size}' is no size of a corridor's page; choose one of {known}.": "走廊图没有“{size}”这种尺寸；可选 {known}。",
    "A sign-off needs the name of a person and a reason; give both.": "签认须写明姓名与理由；请都填上。",
    "The day of a sign-off is '{day}'; write it as 2026-11-21.": "签认日期为“{day}”；写法应如 2026-11-21。",
    "A sign-off is for a public map; add --public, or leave the sign-off out.":
        "签认只用于公开地图；请选公开用途，或去掉签认。",
    # wind roses
    "{name}: a wind rose holds 16 figures; this file has {bytes} bytes.":
        "{name}：风玫瑰只有 16 个数；这个文件却有 {bytes} 字节。",
    "{name}: this is no TOML file ({reason}); see the manual for the form of a rose.":
        "{name}：不是 TOML 文件（{reason}）；写法见手册。",
    "{name}: the 16 shares and calm make {total} %, not 100 %; correct the figures.":
        "{name}：16 个方位与静风合计 {total}%，不是 100%；请改正数字。",
    "the 16 directions must all stand there and nothing else; see {names}": "应恰好写 16 个方位；请核对 {names}",
    "each share must lie between 0 and 100": "各频率应在 0 至 100 之间",
    # decks, reports, stories
    "deck '{name}' is not known; choose one of {known}, all": "没有汇报稿“{name}”；可选 {known}、all",
    "language '{lang}' is not known; choose zh or en": "没有语言“{lang}”；可选 zh 或 en",
    "--lang is '{lang}'; choose zh or en": "没有语言“{lang}”；可选 zh 或 en",
    "the selection holds no zone; choose at least one": "没有选中任何区；请至少选一个",
    # corridors
    "zone '{zone}' has no axis; these have one: {known}": "区“{zone}”没有轴线；有轴线的是 {known}",
    "{name}: has no line '{feature}'; it has {held}": "{name}：没有线“{feature}”；现有 {held}",
    "{name}: holds no line; a corridor needs a LineString as its axis": "{name}：没有线要素；走廊须以线为轴",
    "{name}: its {n} lines do not join to one; name one: {held}": "{name}：{n} 条线不能首尾相接；请指定一条：{held}",
    "corridor '{name}': its axis lies in none of its districts; use ends as drawn":
        "走廊“{name}”：轴线不在所属各行政区内；两端请按所绘",
    "half-width {width} m cannot be used; give {least} to {most} m": "半宽 {width} m 不可用；请填 {least} 至 {most} m",
    "the chainages of a width profile must rise, such as 0:500,8000:1200":
        "各段半宽的里程须递增，写法如 0:500,8000:1200",
    "half-width '{text}': write metres as 1000, or chainage:metres as 0:500,8000:1200":
        "半宽“{text}”：请写米数如 1000，或里程:米数如 0:500,8000:1200",
    "curve '{text}': write FROM:TO:STEP in metres, such as 250:3000:250":
        "曲线“{text}”：请写 起:止:步长（米），如 250:3000:250",
    "curve '{text}': makes {n} widths; give 1 to {most}, such as 250:3000:250":
        "曲线“{text}”：共 {n} 个宽度；应为 1 至 {most} 个，如 250:3000:250",
    "{name}: holds no polygon; a corridor can be covered by areas only": "{name}：没有面要素；走廊只能由面覆盖",
    "the cells add up to {cells} m² where the shape has {whole} m²; check the shapes with 'zones check'":
        "各块合计 {cells} m²，而图形为 {whole} m²；请用命令 zones check 检查图形",
    "{path}: a corridor is no '{suffix}' file; end the name with one of {known}.":
        "{path}：走廊不能写为“{suffix}”文件；文件名请以 {known} 之一结尾。",
    "{path}: no zone has a shape, and a drawing holds nothing else; choose .csv or .xlsx":
        "{path}：所选各区都没有图形，而图纸只能容纳图形；请改存 .csv 或 .xlsx",
    "--feature {feature} is for a file; zone '{zone}' has one axis":
        "--feature {feature} 只用于文件；区 {zone} 只有一条轴线",
    "--class {field} is for a file; zones are told apart by kind": "分类字段 {field} 只用于文件；各区按类别区分",
}  # fmt: skip
