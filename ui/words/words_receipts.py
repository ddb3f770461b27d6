"""Words of number receipts: what a receipt says, how its number was made, and why it no longer holds."""

TEXTS: dict[str, tuple[str, str]] = {
    "receipt": ("数字凭证", "Number receipt"),
    "receipt_open": ("凭证：这个数字怎样算出", "Receipt: how this number was made"),
    "receipt_value": ("数值", "Value"),
    "receipt_full": ("未取位", "Unrounded"),
    "receipt_error": ("误差", "Error"),
    "receipt_shares": ("占比", "Shares"),
    "receipt_share_a": ("占甲 {share}", "{share} of A"),
    "receipt_share_b": ("占乙 {share}", "{share} of B"),
    "receipt_share_corridor": ("占走廊带 {share}", "{share} of the corridor"),
    "receipt_share_cover": ("占该区 {share}", "{share} of the zone"),
    "receipt_band": ("走廊", "Corridor"),
    "receipt_assumed_width": (
        "每侧宽 {value} m（规划未给出宽度）",
        "{value} m to each side (no plan gives a width)",
    ),
    "receipt_profile": (
        "每侧宽沿轴线变化（里程:米）{pairs}；规划未给出宽度",
        "half-width along the axis (chainage:metres) {pairs}; no plan gives a width",
    ),
    "receipt_limit": ("止于区界，指纹 {mark}", "ends at the district line, shape {mark}"),
    "receipt_limit_error": ("区界误差 ±{value} m", "district line ±{value} m"),
    "receipt_step": ("带边每 {value} m 加点", "edges of the band split every {value} m"),
    "receipt_cut": ("求交格网 {value}°", "cut on a grid of {value}°"),
    "receipt_method": ("算法", "Method"),
    "receipt_inputs": ("输入", "Inputs"),
    "receipt_inputs_all": ("全部 {n} 项输入", "All {n} inputs"),
    "receipt_many": ("走廊内的 {n} 个要素", "{n} features in the corridor"),
    "receipt_many_mark": ("全部图形、误差与类别的 SHA-256 {mark}", "SHA-256 of all shapes, errors and classes {mark}"),
    "receipt_shape": ("图形指纹 {mark}", "shape {mark}"),
    "receipt_axis": ("轴线指纹 {mark}", "axis {mark}"),
    "receipt_edge_error": ("边线误差 ±{value} m", "edges ±{value} m"),
    "receipt_half_width": ("每侧宽 {value} m", "{value} m to each side"),
    "receipt_axis_error": ("轴线误差 ±{value} m", "axis ±{value} m"),
    "receipt_stated": ("规划所述 {value} m²", "stated {value} m²"),
    "receipt_edge": ("边的含义", "Edge rule"),
    "receipt_crs": ("坐标系", "Reference system"),
    "receipt_thresholds": ("阈值", "Thresholds"),
    "receipt_grid": ("求交格网 {size}°，原点 {x}, {y}", "cut on a grid of {size}°, origin {x}, {y}"),
    "receipt_below": ("小于 {value} m² 的重叠不列", "overlaps below {value} m² left out"),
    "receipt_side": ("前 {n} 个区为甲组", "the first {n} zones are set A"),
    "receipt_balance": ("各面块之和与各区之和相差不超过 {value}", "faces add up to the zones within {value}"),
    "receipt_k": ("恰被 {k} 个区覆盖", "under exactly {k} zones"),
    "receipt_none": ("无", "none"),
    "receipt_rows": ("所含各行", "Rows"),
    "receipt_rows_all": ("全部 {n} 行", "All {n} rows"),
    "receipt_workspace": ("工作库", "Workspace"),
    "receipt_log_first": ("日志首行指纹 {mark}", "first line of the log {mark}"),
    "receipt_at": ("第 {n} 次修订", "revision {n}"),
    "receipt_between": ("第 {old} 次与第 {new} 次修订之间", "between revisions {old} and {new}"),
    "receipt_file": ("所依据的文件", "File it rests on"),
    "receipt_file_hash": ("{name}，SHA-256 {mark}", "{name}, SHA-256 {mark}"),
    "receipt_features": ("要素 {n} 个", "{n} features"),
    "receipt_read_as": ("按 {crs} 读入", "read as {crs}"),
    "receipt_told": ("由使用者指定：{told}", "as the reader said: {told}"),
    "receipt_versions": ("版本", "Versions"),
    "receipt_data": ("数据 {version}", "data {version}"),
    "receipt_id": ("凭证号", "Receipt no."),
    "receipt_copy": ("复制 JSON", "Copy JSON"),
    "receipt_copied": ("已复制", "Copied"),
    "receipt_download": ("下载 JSON", "Download JSON"),
    "receipt_check": (
        "以后可在“核验”页或用命令 zones verify 离线重算；输入有一处变动，凭证即失效。",
        "Recompute it offline later on the Verify page or with 'zones verify'; when any input changes, it is stale.",
    ),
    "receipts_download": ("下载全部凭证", "Download all receipts"),
    "receipts_file": ("凭证", "receipts"),
    "own_take": ("下载", "Download"),
    "import_take_layer": (
        "下载读入后的图层（GeoParquet，凭证所依据）",
        "Download the layer as read (GeoParquet, what receipts rest on)",
    ),
    "perimeter": ("周长", "Perimeter"),
    "verify": ("核验", "Verify"),
    "verify_title": ("核验凭证", "Verify receipts"),
    "verify_lead": (
        "放入一份凭证或本图集做出的文件，这里离线重算其中每个数字，并说明哪些已经失效、为什么。",
        "Give a receipts file or any file this atlas made: every number in it is recomputed here, offline, and each "
        "that no longer holds is named with the reason.",
    ),
    "verify_too_large": (
        "{name} 有 {size} MB，超过 {most} MB；请改用命令 zones verify。",
        "{name} has {size} MB, over {most} MB; use the command 'zones verify'.",
    ),
    "verify_holds": ("全部 {n} 张凭证有效", "All {n} receipts hold"),
    "verify_holds_one": ("这张凭证有效", "The receipt holds"),
    "verify_stale": ("{n} 张凭证中有 {m} 张失效", "{m} of {n} receipts are stale"),
    "verify_basis": ("{name} · 按数据版本 {version} 重算", "{name} · recomputed on data {version}"),
    "verify_basis_files": ("{name} · 按 {files} 重算", "{name} · recomputed on {files}"),
    "verify_issued": ("发出时的数据版本 {version}", "issued on data {version}"),
    "verify_list": ("失效的凭证", "Stale receipts"),
    "verify_was": ("原值", "Then"),
    "verify_now": ("现值", "Now"),
    "verify_why": ("原因", "Why"),
    "verify_figure": ("数字", "Figure"),
    "verify_none": ("没有符合的凭证。", "No receipt fits."),
}

METHODS: dict[str, tuple[str, str]] = {
    "ellipsoid": (
        "CGCS2000 椭球面积：每条边在经纬度上为直线，边与首点纬线之间的椭球面积按闭式对经度积分"
        "（五点高斯-勒让德求积），外环减内环。",
        "Area on the CGCS2000 ellipsoid: each edge is straight in longitude and latitude; the ellipsoid's area between "
        "it and the ring's first parallel is the closed form integrated over longitude (five-point Gauss-Legendre); "
        "outer rings less holes.",
    ),
    "survey": (
        "国土调查公式：国土调查办发〔2008〕32号的椭球面梯形公式，逐边一个梯形，长边不加密。",
        "Land-survey formula: the ellipsoidal trapezoid formula of 国土调查办发〔2008〕32号, one trapezoid to an edge, "
        "long edges not split.",
    ),
    "plane": (
        "高斯平面面积：顶点投影到该区所在的 CGCS2000 3° 带，边取平面直线，按鞋带公式计算。",
        "Plane area: vertices projected to the zone's own CGCS2000 3° Gauss-Krüger belt, edges straight there, "
        "shoelace formula.",
    ),
    "geodesic": (
        "周长：相邻顶点间 CGCS2000 椭球大地线长之和，内外环都计。",
        "Perimeter: sum of the geodesics between neighbouring vertices on the CGCS2000 ellipsoid, holes included.",
    ),
    "ellipsoid_less_stated": (
        "差 = 椭球面积 − 规划所述面积。",
        "Difference = ellipsoid area − area stated in the plan.",
    ),
    "pair": (
        "两区图形置于同一格网求交，交集按椭球面积计算；占比 = 重叠面积 ÷ 各区面积。",
        "Both shapes are laid on one grid and intersected; the area shared is measured on the ellipsoid; "
        "share = overlap ÷ area of each zone.",
    ),
    "pair_of_unions": (
        "两组各自合并后求交，交集按椭球面积计算。",
        "Each set is merged, the two are intersected, and the area shared is measured on the ellipsoid.",
    ),
    "faces": (
        "所有边线把地面切成互不重叠的面块，逐块计椭球面积并数明被几个区覆盖（k）；"
        "简单相加 = Σ k×面积，只计一次 = Σ 面积，重复计入 = 两者之差。",
        "All outlines cut the ground into faces that do not overlap; each is measured on the ellipsoid and the zones "
        "over it are counted (k); simple sum = Σ k × area, counted once = Σ area, counted again = the difference.",
    ),
    "band": (
        "走廊带：轴线在过其中点的高斯平面上向两侧展宽，折点外侧为圆弧，两端平直，转回经纬度后按椭球面积计算。",
        "The axis is widened to both sides on a Gauss-Krüger plane through its middle, round outside bends and "
        "straight at the ends; back in degrees, the band is measured on the ellipsoid.",
    ),
    "cells": (
        "走廊带与覆盖它的区切成互不重叠的单元，逐块计椭球面积；被覆盖的地面只计一次，覆盖率 = 被覆盖 ÷ 走廊带。",
        "The band and what covers it are cut into cells that do not overlap, each measured on the ellipsoid; covered "
        "ground counts once; share = covered ÷ band.",
    ),
    "class_cells": (
        "走廊带只与这一类的区切成互不重叠的单元，逐块计椭球面积；同类重叠处只计一次，误差由这一类的边线另行合成。",
        "The band and the covers of this class alone are cut into cells that do not overlap, each measured on the "
        "ellipsoid; ground under several of the class counts once, and ± rests on the edges of the class.",
    ),
    "along": (
        "轴线长度：沿轴线按 CGCS2000 椭球大地线计；在某个行政区内的长度，为轴线落在该区之内各段之和。",
        "Length of the axis along geodesics on the CGCS2000 ellipsoid; within a district, of the stretches inside it.",
    ),
    "lanes": (
        "走廊带切成单元后，把某个区在轴线一侧的单元投到轴线上，相接的并为一段，长度沿轴线按大地线计。",
        "The cells of one cover on one side are laid along the axis; those that meet make one stretch, its length "
        "measured along the axis on the ellipsoid.",
    ),
    "stretches": (
        "走廊带切成单元后，把被覆盖的单元投到轴线上；整个横断面都无覆盖的路段为缺口，长度沿轴线按大地线计。",
        "The covered cells of the band are laid along the axis; a stretch on whose whole cross-section nothing is "
        "covered is a gap, its length measured along the axis on the ellipsoid.",
    ),
    "tabulate": (
        "图层逐面与各区求交，按区与类别计数、累加面积；区外部分小于阈值算整个在内，共有部分大于阈值才算部分在内。",
        "Each polygon of the layer is cut by the zones; counts and areas add up by zone and class. Inside when less "
        "than the threshold lies outside, partly inside when more than it is shared.",
    ),
    "drawn": (
        "图层的全部要素转到图幅的平面，外接矩形与图幅相接的计入；图例按类别计数，没有图形的要素不绘、单独计数。",
        "All features of the layer are moved to the plane of the map; those whose box reaches into its window count. "
        "The legend counts by class; features without a shape are not drawn and are counted by themselves.",
    ),
    "zonal": (
        "栅格逐格统计：在栅格的行列坐标里精确求出每格被区覆盖的比例，按比例计入；"
        "地面取该格在 CGCS2000 椭球上的真实面积。栅格不重采样，区的边先加密再换到栅格的坐标系。",
        "Raster cells by their shares: the share of each cell that a zone covers is found exactly in columns and rows, "
        "and the cell counts with it; ground is the cell's true area on the CGCS2000 ellipsoid. The raster is never "
        "resampled; the zones' edges are split and moved to its reference system.",
    ),
    "as_read": (
        "文件按所述坐标系读入、转到 CGCS2000 经纬度后，未作任何修复，逐要素按椭球面积计算并相加；重叠处重复计入。",
        "The file is read in its reference system and brought to CGCS2000 degrees; before any repair each feature is "
        "measured on the ellipsoid and all are added up, ground under two features twice.",
    ),
    "widths": (
        "走廊带按各半宽一次切成单元，逐块计椭球面积，由窄到宽累加：每行是一个半宽下的走廊带、被覆盖面积及其 ±、"
        "缺口和各类覆盖。",
        "The band is cut once at all half-widths into cells, each measured on the ellipsoid and added up from narrow "
        "to wide; a row holds band, covered ground with its ±, gaps and classes at one half-width.",
    ),
    "revisions": (
        "工作库中两次修订所存图形的椭球面积之差（后减前），多个区相加；某次没有图形的区按 0 计。",
        "Ellipsoid areas of the shapes that the workspace holds at the two revisions, later less earlier, zones added "
        "up; a zone without a shape counts as 0.",
    ),
}
"""How a number is made, by the name of its method."""

ERRORS: dict[str, tuple[str, str]] = {
    "outline": (
        "±² = (周长×边线误差)² + 顶点误差²：边线整体内外偏移与各顶点独立误差合成。",
        "±² = (perimeter × edge error)² + (vertex term)²: all edges off to one side, and vertices off independently.",
    ),
    "band": (
        "± = 带宽 × 轴线长度误差；宽度为假定值，不计误差。",
        "± = width × error of the axis length; the width is assumed and bears no error.",
    ),
    "corridor": (
        "± = 带宽 × 两端合成的轴线误差；宽度为假定值，不计误差。",
        "± = width × error of both ends of the axis; the width is assumed and bears no error.",
    ),
    "covered": (
        "±² = Σ（覆盖边长 × 该区边线误差）² +（轴线左右偏移项）² +（两端项）²；宽度为假定值，不计误差。",
        "±² = Σ (covered edge × error of the zone's edge)² + (axis to one side)² + (ends)²; the width is assumed and "
        "bears no error.",
    ),
    "class": (
        "±² = Σ（该类覆盖边长 × 其边线误差）² +（轴线左右偏移项）² +（两端项）²；宽度为假定值，不计误差。",
        "±² = Σ (edge of what the class covers × error of that edge)² + (axis to one side)² + (ends)²; the width is "
        "assumed and bears no error.",
    ),
    "fold": (
        "±²：未被覆盖的地面与被覆盖的地面误差相同，见“走廊被覆盖的面积”。",
        "±: ground that is not covered is off by as much as ground that is.",
    ),
    "curve": (
        "最宽处的 ±，同“走廊被覆盖的面积”；其他半宽的 ± 在各行中。",
        "± at the widest half-width, as for covered ground; those of the others stand in the rows.",
    ),
    "change": (
        "±：只计有改动的边线，改动边长 × 边线误差，前后两次平方和开方；带状区按轴线误差。多个区再平方和开方。",
        "±: edges that changed alone, their length × their error, both revisions in quadrature; for bands from the "
        "axis. Several zones in quadrature.",
    ),
    "none": ("此数不带 ±。", "This number bears no ±."),
}
"""Where the ± of a number comes from."""

HEADS: dict[str, tuple[str, str]] = {
    "half_width_m": ("半宽 {value} m", "half-width {value} m"),
    "corridor_m2": ("走廊带 {value} m²", "band {value} m²"),
    "covered_m2": ("被覆盖 {value} m²", "covered {value} m²"),
    "share": ("覆盖率 {value}", "share {value}"),
    "error_m2": ("± {value} m²", "± {value} m²"),
    "count": ("涉及 {value} 个", "{value} covers"),
    "gap_count": ("缺口 {value} 处", "{value} gaps"),
    "longest_gap_m": ("最长缺口 {value} m", "longest gap {value} m"),
    "from_m": ("自 {value} m", "from {value} m"),
    "to_m": ("至 {value} m", "to {value} m"),
    "area_m2": ("{value} m²", "{value} m²"),
    "id": ("{value}", "{value}"),
    "side": ("{value}侧", "{value}"),
    "class": ("{name} {value} m²", "{name} {value} m²"),
}
"""A cell of a table that a receipt holds, by its head."""

CAUSES: dict[str, tuple[str, str]] = {
    "altered": (
        "凭证发出后被改动：按其内容，凭证号应为 {id}",
        "the receipt was altered after it was issued: its content gives the number {id}",
    ),
    "gone": ("图集中已没有 {zone}", "{zone} is no longer in the atlas"),
    "gone_feature": ("文件中已没有要素 {zone}", "feature {zone} is no longer in its file"),
    "no_polygon": ("{zone} 已没有面状图形", "{zone} has no polygon any more"),
    "bad_grid": ("求交格网 {size}（原点 {origin}）不可能：凭证被改动", "grid {size} from {origin}: altered"),
    "bad_inputs": ("输入与数字不符（{kind}，{count} 项）：凭证被改动", "{count} inputs do not fit ({kind}): altered"),
    "no_grid": ("凭证没有写明求交格网：被改动", "the receipt names no grid to cut on: it was altered"),
    "no_figure": ("{zone} 已不能按原方法得出这个数字", "{zone} no longer has this figure by this method"),
    "not_valid": (
        "{zone} 的图形现在无效，不能求交",
        "the shape of {zone} is not valid now: nothing can be cut",
    ),
    "no_fold": ("现在没有恰被其中 {k} 个区覆盖的地面", "no ground lies under exactly {k} of these zones now"),
    "fault": ("不能重算：{fault}", "it cannot be made again: {fault}"),
    "geometry": ("{zone}：图形已变，指纹 {was} → {now}", "{zone}: shape changed, fingerprint {was} → {now}"),
    "error_m": ("{zone}：边线误差 {was} → {now} m", "{zone}: edge error {was} → {now} m"),
    "half_width_m": ("{zone}：每侧宽 {was} → {now} m", "{zone}: half width {was} → {now} m"),
    "axis": ("{zone}：轴线已变，指纹 {was} → {now}", "{zone}: axis changed, fingerprint {was} → {now}"),
    "limit": ("{zone}：两端的区界已变，指纹 {was} → {now}", "{zone}: district line changed, fingerprint {was} → {now}"),
    "limit_error_m": ("{zone}：区界误差 {was} → {now} m", "{zone}: error of the district line {was} → {now} m"),
    "no_axis": ("{zone} 已没有轴线", "{zone} has no axis any more"),
    "reached": ("{zone} 现已伸入走廊", "{zone} now reaches into the corridor"),
    "class_name": ("{zone}：类别 {was} → {now}", "{zone}: class {was} → {now}"),
    "axis_error_m": ("{zone}：轴线误差 {was} → {now} m", "{zone}: error of the axis {was} → {now} m"),
    "declared_area_m2": ("{zone}：规划所述面积 {was} → {now} m²", "{zone}: stated area {was} → {now} m²"),
    "crs": ("{zone}：文件所述坐标系 {was} → {now}", "{zone}: reference system of its file {was} → {now}"),
    "file": ("被统计的文件已变，SHA-256 {was} → {now}", "the file counted changed, SHA-256 {was} → {now}"),
    "without_shape": ("没有图形的要素数 {was} → {now}", "features without a shape {was} → {now}"),
    "class_count": ("“{name}”类的要素数 {was} → {now}", "features of class {name}: {was} → {now}"),
    "no_field": ("文件中已没有字段“{name}”", "the file has no field {name} any more"),
    "many": (
        "走廊内的 {n} 个要素有变动，SHA-256 {was} → {now}",
        "some of the {n} features in the corridor changed, SHA-256 {was} → {now}",
    ),
    "many_count": ("走廊内的要素数 {was} → {now}", "features in the corridor {was} → {now}"),
    "features": ("文件中的要素数 {was} → {now}", "features in the file {was} → {now}"),
    "method": ("算法 {was} → {now}", "method {was} → {now}"),
    "edge_rule": ("边的含义 {was} → {now}", "edge rule {was} → {now}"),
    "system": ("坐标系 {was} → {now}", "reference system {was} → {now}"),
    "unit": ("单位 {was} → {now}", "unit {was} → {now}"),
    "no_gap": ("{zone}：轴线 {low}–{high} m 处现在没有缺口", "{zone}: no gap between {low} and {high} m now"),
    "no_piece": (
        "{zone}：轴线 {low}–{high} m 处现在没有这块未覆盖地面",
        "{zone}: no piece without cover at {low}–{high} m now",
    ),
    "no_lane": ("{zone}：轴线 {low}–{high} m 处现在没有这一路段", "{zone}: no such stretch at {low}–{high} m now"),
    "not_met": ("走廊已不经过{zone}", "the corridor does not reach {zone} any more"),
    "stretch": ("起止 {was} → {now} m", "the stretch runs from {was} → {now} m"),
    "software": ("输入未变，软件版本已变：{was} → {now}", "no input changed; the software did: {was} → {now}"),
    "value": ("数值 {was} → {now}", "value {was} → {now}"),
    "error": ("误差 {was} → {now} m²", "± {was} → {now} m²"),
    "share": ("占比 {side}：{was} → {now}", "share {side}: {was} → {now}"),
    "row": ("表中 {zone}、类别 {name}：{was} → {now}", "row {zone}, class {name}: {was} → {now}"),
    "statistic": ("{zone}：{name} {was} → {now}", "{zone}: {name} {was} → {now}"),
    "rule": ("量算规则 {was} → {now}", "rule of the table {was} → {now}"),
    "fit": (
        "拟合的 {name}：文件写作 {was}，按其控制点应为 {now}",
        "{name} of the fit: {was} in the file, {now} by its points",
    ),
    "residual": ("控制点 {name} 的 {part}：{was} → {now}", "point {name}: {part} {was} → {now}"),
    "picture": ("配准所用的图片不是这一张，SHA-256 {was} → {now}", "another picture, SHA-256 {was} → {now}"),
    "shown": (
        "文件中“{head}”写作 {shown}，凭证所发为 {issued}",
        "the file shows {shown} under {head}, the receipt was issued for {issued}",
    ),
    "other_workspace": (
        "不是同一个工作库：日志首行的指纹 {was} → {now}",
        "another workspace: first line of its log {was} → {now}",
    ),
    "no_revision": (
        "工作库中没有第 {revision} 次修订，最新为第 {newest} 次",
        "the workspace has no revision {revision}; the newest is {newest}",
    ),
    "not_then": (
        "工作库第 {revision} 次修订中找不到 {zone} 的图形",
        "{zone} has no such shape at revision {revision} of the workspace",
    ),
    "then_too": (
        "工作库第 {revision} 次修订中原没有 {zone} 的图形，现在有",
        "{zone} has a shape at revision {revision} of the workspace, which had none",
    ),
    "series": ("表中第 {name} 行：{was} → {now}", "row {name} of the table: {was} → {now}"),
    "columns": ("表的各列：{was} → {now}", "columns of the table: {was} → {now}"),
    "no_receipt": ("文件中没有这张凭证", "the file holds no such receipt"),
}
"""Why a receipt is stale, by the names in `zones.proof.causes`."""
