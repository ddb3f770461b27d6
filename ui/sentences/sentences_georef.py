"""What georeferencing says, English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # methods and points
    "--method is '{text}'; choose one of {known}": "--method 为“{text}”；请选择 {known} 之一",
    "{count} control points, but {method} needs {least}; set more points, or choose a simpler method":
        "现有 {count} 个控制点，方法 {method} 需要 {least} 个；请增加控制点，或换较简单的方法",
    "{count} control points beside {checks} check points, but {method} needs {least}; set more points, or choose a "
    "simpler method":
        "除 {checks} 个检查点外只有 {count} 个控制点，方法 {method} 需要 {least} 个；请增加控制点，或换较简单的方法",
    "the control points lie on one line or curve, which leaves {method} open; set a point well off it":
        "控制点落在一条直线或曲线上，方法 {method} 定不下来；请在线外另设一点",
    "the control points are one and the same place; set them apart": "控制点都在同一处；请分开设置",
    "two control points are one and the same place in the picture; remove one": "图上有两个控制点重合；请删去一个",
    "point {name}: has no place on the ground; check its coordinates": "点 {name}：没有地面位置；请核对坐标",
    "point {name}: has no place in {crs}; check its coordinates": "点 {name}：在 {crs} 中没有位置；请核对坐标",
    "point {name}: column {column}, row {row} lies outside the picture of {width} × {height} pixels; check column and "
    "row":
        "点 {name}：第 {column} 列、第 {row} 行在图件（{width} × {height} 像素）之外；请核对行列",
    "two points are named {name}; give each its own name": "有两个点都叫 {name}；请各取其名",
    "points {name} and {other} are the same point; remove one": "点 {name} 与点 {other} 是同一点；请删去一个",
    "points {name} and {other} stand on the same pixel but at different coordinates; remove one":
        "点 {name} 与点 {other} 在同一像素，坐标却不同；请删去一个",
    "points {name} and {other} have the same coordinates but stand on different pixels; remove one":
        "点 {name} 与点 {other} 坐标相同，却在不同像素；请删去一个",
    "the control points all lie within {share} of the picture's diagonal; spread them over the picture":
        "控制点都挤在图件对角线 {share} 的范围内；请散布到全图",
    "the control points lie nearly on one line {where} ({share} as wide as long), so the picture could tip about it; "
    "set a point well off the line":
        "控制点在{where}几乎成一条直线（宽为长的 {share}），图件可绕它翻转；请在线外另设一点",
    "the control points lie nearly on one line in the picture ({share} as wide as long), so the picture could tip "
    "about it; set a point well off the line":
        "控制点在图上几乎成一条直线（宽为长的 {share}），图件可绕它翻转；请在线外另设一点",
    "the control points lie nearly on one line on the ground ({share} as wide as long), so the picture could tip "
    "about it; set a point well off the line":
        "控制点在地面几乎成一条直线（宽为长的 {share}），图件可绕它翻转；请在线外另设一点",
    "the control points show the picture mirrored (negative scale on one axis): column and row, or east and north, are "
    "probably swapped, or rows count upwards; check them":
        "按这些控制点，图件左右或上下反了（一个方向的比例为负）：可能行列对调、东北对调，或行数由下往上数；请核对",
    "{method} folds the picture over at point {names}: points next to each other contradict each other; check them, or "
    "choose a simpler method":
        "方法 {method} 使图件在点 {names} 处翻折：相邻的点互相矛盾；请核对，或换较简单的方法",
    "no control point yet": "还没有控制点",
    "'{x}, {y}' are no two numbers; type x and y, such as 114.06 and 22.54":
        "“{x}, {y}”不是两个数；请填 x 和 y，例如 114.06 和 22.54",
    # warnings
    "{count} points are the least {method} needs, so nothing tests them: the error is not known; set more points":
        "{count} 个点恰为方法 {method} 所需的最少点数，没有多余的点检验：误差未知；请增加控制点",
    "without point {names} the others leave the method open, so nothing tests it: the error is not known; set another "
    "point near it":
        "少了点 {names}，其余各点就定不下此方法，它无从检验：误差未知；请在它附近另设一点",
    "the points enclose {share} of the picture; beyond them the fit is a guess that grows with distance":
        "控制点只围住图件的 {share}；以外是外推，越远越不可靠",
    "{method} folds over in {share} of the picture, far from the points; that part is left out":
        "方法 {method} 在远离控制点处有 {share} 的图件翻折；该部分不绘",
    "the fit runs away towards an edge of the picture; that part is left out": "拟合在图件边缘失控；该部分不绘",
    "the picture comes out {share} longer one way than the other; check the points, or whether the picture was "
    "stretched":
        "图件两个方向的比例相差 {share}；请核对控制点，或图件是否被拉伸过",
    "point {name}: probably a slip, {metres} m from where the other points put it; check its coordinates and its place "
    "in the picture":
        "点 {name}：疑为笔误，距其余各点推算的位置 {metres} m；请核对它的坐标和图上位置",
    "without points {names} the others agree much better, but they are too few to prove it; check these first, or set "
    "more points":
        "去掉点 {names} 后其余各点吻合得多，但点数太少，不足以定论；请先核对这些点，或增加控制点",
    "against the others, points {names} miss by about {metres} m the way {map} coordinates do; if they were read off "
    "such a map, say so for them (datum {datum}): nothing was moved":
        "与其余各点相比，点 {names} 偏约 {metres} m，正如 {map} 坐标那样；若取自该类地图，请对这些点注明（{datum}）；"
        "本程序没有移动任何点",
    "points {names} are switched off in the file": "点 {names} 在文件中已停用",
    # files of points
    "{path}: is larger than {size} MB, as no file of control points is; check it":
        "{path}：超过 {size} MB，不像控制点文件；请核对",
    "{path}: '{suffix}' is no file of control points; use .csv, .points or .geojson":
        "{path}：“{suffix}”不是控制点文件；请用 .csv、.points 或 .geojson",
    "{path}: rows of a QGIS .points file are negative, here one is {row}: the picture had coordinates of its own "
    "there; georeference the plain picture, or give a CSV":
        "{path}：QGIS 的 .points 文件行数为负，这里却有 {row}：图件在那里已有自己的坐标；请对原图配准，或改用 CSV",
    "{path}: holds no control point; each needs column, row, x and y": "{path}：没有控制点；每点要有 column、row、x、y",
    "{path}: {count} control points are above {most}; keep the best of them":
        "{path}：{count} 个控制点超过 {most} 个；请只留较好的",
    "{path}: its line #CRS names no known reference system; remove the line":
        "{path}：“#CRS”一行不是已知的坐标系；请删去该行",
    "{path}: states several reference systems for its points ({names}); give a file for each":
        "{path}：各点所写的坐标系不同（{names}）；请按坐标系分成几个文件",
    "{path}: its column crs says '{value}', which is no known reference system; write one such as EPSG:4547, or leave "
    "the column out":
        "{path}：crs 列写的“{value}”不是已知的坐标系；请写成 EPSG:4547 这样，或去掉该列",
    "{path}: has no column for {known}; it has {heads}; name them column, row, x, y":
        "{path}：缺少 {known} 列；现有 {heads}；请命名为 column、row、x、y",
    "{path}: is no GeoJSON of points; each point needs the properties column and row":
        "{path}：不是点的 GeoJSON；每点要有属性 column 和 row",
    "{path}: row {row}: its {field} is '{value}', which is no number; give one":
        "{path}：第 {row} 行：{field} 为“{value}”，不是数字；请填数字",
    "{path}: feature {row}: its {field} is '{value}', which is no number; give one":
        "{path}：第 {row} 个要素：{field} 为“{value}”，不是数字；请填数字",
    "{where}: its {field} is '{value}', which is no number; give one":
        "{where}：{field} 为“{value}”，不是数字；请填数字",
    "{crs} does not count in metres; choose another system for the result": "{crs} 不以米为单位；请为成果另选坐标系",
    "{crs} is no system of positions on a map; choose another for the result": "{crs} 不是地图上的坐标系；请为成果另选",
    # pictures
    "the picture was turned upright as its camera says; columns and rows are those after":
        "照片已按相机记录转正；行列按转正后计",
    "{path}: holds measured values, no picture; save it as an image with 8 bits":
        "{path}：里面是测量值，不是图像；请另存为 8 位图像",
    "printing colours (CMYK) were turned into screen colours without a colour profile":
        "印刷色（CMYK）已转为屏幕色，未用色彩配置",
    "{path}: has one and the same value everywhere; check the file": "{path}：处处同一个值；请核对文件",
    "16 bits became 8: values {low} to {high} were spread over black to white":
        "16 位已转为 8 位：数值 {low} 至 {high} 拉伸为黑到白",
    "{path}: its kind of {kind} cannot be read; save it anew as PNG": "{path}：这种 {kind} 不能读；请另存为 PNG",
    "{path}: is damaged or cut off ({reason}); get it anew": "{path}：已损坏或不完整（{reason}）；请重新获取",
    "{path}: '{suffix}' is no picture that can be read; use PNG, JPG, TIFF or PDF":
        "{path}：“{suffix}”不是能读的图件；请用 PNG、JPG、TIFF 或 PDF",
    "{path}: is larger than {size} MB; scan it with fewer dots per inch": "{path}：超过 {size} MB；请降低扫描分辨率",
    "{path}: does not hold a {kind} picture; check the file and its name":
        "{path}：内容不是 {kind} 图像；请核对文件和文件名",
    "--dpi is {dpi}; choose {least} to {most}": "--dpi 为 {dpi}；请在 {least} 至 {most} 之间选择",
    "{path}: is locked with a password; save it without one": "{path}：有密码；请去掉密码另存",
    "{path}: page {page} has {size} million pixels at {dpi} dpi; use --dpi {fits}":
        "{path}：第 {page} 页在 {dpi} dpi 下有 {size} 百万像素；请改为 {fits} dpi",
    "{path}: has {pages} pages, and page {page} was asked for; give another with --page":
        "{path}：共 {pages} 页，却要第 {page} 页；请另选一页",
    "{path}: {width} × {height} pixels are above {size} million pixels; scan it with fewer dots per inch, or cut it "
    "into parts":
        "{path}：{width} × {height} 像素，超过 {size} 百万像素；请降低扫描分辨率，或裁成几块",
    "{path}: {width} × {height} pixels are too few for a plan figure; check the file":
        "{path}：{width} × {height} 像素，对图件来说太小；请核对文件",
    # results
    "--resolution must be above 0; give the side of a pixel in units of --crs":
        "--resolution 须大于 0；请给出像素边长，单位同 --crs",
    "the result would have {width} × {height} pixels; choose larger ones with --resolution (now {step}), or check the "
    "points":
        "成果将有 {width} × {height} 像素；请用 --resolution 加大像素（现为 {step}），或核对控制点",
    "{path}: '{suffix}' files cannot be written; end the name with .tif":
        "{path}：不能写“{suffix}”文件；文件名请以 .tif 结尾",
}  # fmt: skip
