"""Words of number receipts: what a receipt says, how its number was made, and why it no longer holds."""

TEXTS: dict[str, tuple[str, str]] = {
    "receipt": ("数字凭证", "Number receipt"),
    "receipt_open": ("凭证：这个数字怎样算出", "Receipt: how this number was made"),
    "receipt_value": ("数值", "Value"),
    "receipt_shown": ("界面所示", "As shown"),
    "receipt_full": ("未取位", "Unrounded"),
    "receipt_error": ("误差", "Error"),
    "receipt_shares": ("占比", "Shares"),
    "receipt_share_a": ("占甲 {share}", "{share} of A"),
    "receipt_share_b": ("占乙 {share}", "{share} of B"),
    "receipt_method": ("算法", "Method"),
    "receipt_inputs": ("输入", "Inputs"),
    "receipt_inputs_all": ("全部 {n} 项输入", "All {n} inputs"),
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
    "perimeter": ("周长", "Perimeter"),
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
    "none": ("此数不带 ±。", "This number bears no ±."),
}
"""Where the ± of a number comes from."""
