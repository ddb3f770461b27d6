"""Sentences on shapes being drawn: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    "'{zone}' stands in no plan, so it cannot be drawn; the desk draws zones that the plans name: add it to its plan "
    "file first, with its source":
        "规划里没有“{zone}”，不能绘制；工作台只画规划写到的区：请先在规划文件中添加该区及其出处",
    # edits
    "the line cuts nothing off; draw it right across, from outside one edge to outside another":
        "这条线没有切开任何一块；请从一侧边线外画到另一侧边线外",
    "the ground is part of the zone already; draw it past the zone's edge":
        "这块地方已在区内；请画到区的边线以外",
    "nothing of the zone would be left; remove its shape instead, and say why":
        "这样整个区都没有了；若要去掉图形，请用“删块”并说明理由",
    "this ground is not in the zone; draw it over the zone": "这块地方不在区内；请画在区上",
    "neither a part nor a hole of the zone is here; click inside one":
        "这里既没有该区的一块，也没有洞；请点在其中",
    "the outline is not valid ({reason}); draw it without crossing itself":
        "所画的边线无效（{reason}）；请不要让它自相交",
    "the zone has no ground yet; draw a part first": "该区还没有面；请先画一块",
    "zone '{zone}' has no ground to join; choose one with an area": "“{zone}”没有面可并入；请选有面积的区",
    "a ring has {n} vertices; an area needs three, so add some or remove it":
        "有一圈边线只有 {n} 个节点；面至少要三个，请补画或删除",
    "a line has {n} vertices; it needs two, so add some or remove it":
        "有一条线只有 {n} 个节点；至少要两个，请补画或删除",
    "the date of drawing is '{text}'; write it as 2026-01-31": "绘制日期为“{text}”；请写成 2026-01-31 的样子",
    # findings
    "reaches {west}, {south} to {east}, {north}, outside Shenzhen; move it back":
        "范围为 {west}, {south} 至 {east}, {north}，伸出深圳以外；请移回",
    "the outline cannot be measured ({reason}); mend it, or move the vertices there":
        "边线无法量算（{reason}）；请修正，或移动该处的节点",
    "{n} rings hold no ground; remove them": "有 {n} 圈边线没有围出面积；请去掉",
    "{n} vertices stand twice in one place; one of each pair can go": "有 {n} 处节点重复；每处可去掉一个",
    "at {n} vertices the outline turns back on itself; a spike is hardly meant":
        "边线在 {n} 个节点处折回成尖刺；多半不是本意",
    "{n} parts ({area} m² in all) are slivers: smaller than a house or thinner than a path":
        "有 {n} 块碎面（共 {area} m²），小于一栋房屋或窄于一条小路",
    "{n} holes ({area} m² in all) are slivers: smaller than a house or thinner than a path":
        "有 {n} 个碎洞（共 {area} m²），小于一栋房屋或窄于一条小路",
    "overlaps '{zone}' by {area} m² ({share} of it), though both are parts of one whole in one scheme":
        "与“{zone}”重叠 {area} m²（占其 {share}），而两者是同一方案中同一整体的部分",
    "keeps {gap} m away from '{zone}', a part of the same whole; let them touch, or keep clear of it":
        "与“{zone}”相距 {gap} m，两者同属一个整体；请让它们相接，或明显分开",
    "leaves slits of {area} m² in all between itself and '{zone}', which it touches":
        "与相接的“{zone}”之间留有缝隙，共 {area} m²",
    "{area} m² lie beyond {width} m of the axis, though a half-width is stated; make the band anew, or empty the "
    "half-width":
        "有 {area} m² 在轴线两侧 {width} m 以外，却写着每侧宽度；请重新按宽成带，或清空每侧宽度",
}  # fmt: skip
