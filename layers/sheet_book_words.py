"""Fixed texts of an atlas in print, in Chinese and English."""

from layers import style

WORDS: dict[str, tuple[str, str]] = {
    "cover": ("封面", "Cover"),
    "contents": ("目录", "Contents"),
    "index": ("索引图", "Index map"),
    "index_note": ("数字为页码", "figures are page numbers"),
    "more_contents": ("目录（续）", "Contents, continued"),
    "book": ("深圳创新区图册", "Atlas of Shenzhen's innovation zones"),
    "counts": (
        "{zones} 个区　{located} 个有图形　{plans} 份规划",
        "{zones} zones   {located} with a shape   {plans} plans",
    ),
    "page": ("页", "Page"),
    "facts": ("基本信息", "About"),
    "kind": ("类别", "Kind"),
    "district": ("所在区", "District"),
    "plan": ("规划", "Plan"),
    "scheme": ("方案", "Scheme"),
    "parent": ("所属", "Part of"),
    "alias": ("又名", "Also called"),
    "grade": ("边界等级", "Outline"),
    "error": ("边界误差", "Edge error"),
    "basis": ("边界依据", "Basis"),
    "axis_basis": ("轴线依据", "Basis of axis"),
    "method": ("绘制方法", "Method"),
    "traced_on": ("绘制日期", "Drawn on"),
    "half_width": ("假定半宽", "Assumed half-width"),
    "positioning": ("定位", "Purpose"),
    "industries": ("重点产业", "Industries"),
    "anchors": ("主要单位", "Who is here"),
    "platforms": ("平台设施", "Facilities"),
    "areas": ("面积", "Area"),
    "way": ("算法", "Method"),
    "receipt": ("凭证", "Receipt"),
    "ellipsoid": ("椭球面积", "Ellipsoid"),
    "survey": ("国土调查公式", "Survey formula"),
    "plane": ("高斯平面", "Gauss plane"),
    "declared": ("规划所述", "Stated in the plan"),
    "difference": ("图上量算之差", "Measured less stated"),
    "no_area": ("点或轴，无面积。", "A point or an axis has no area."),
    "overlaps": ("重叠", "Overlaps"),
    "other": ("与", "With"),
    "share": ("占本区", "Of this zone"),
    "no_overlap": ("没有与其他区重叠。", "It overlaps no other zone."),
    "more": ("另有 {n} 项。", "{n} more."),
    "sources": ("依据", "Sources"),
    "lines": ("第{start}–{end}行", "lines {start}–{end}"),
    "line": ("第{start}行", "line {start}"),
    "no_shape": ("没有图形", "No shape"),
    "context": ("编号虚线为与之重叠的区，见上表。", "Numbered outlines: zones that it overlaps, see above."),
    "page_print": ("本页指纹 {id}", "Page fingerprint {id}"),
    "metres": ("{value:,.0f} m", "{value:,.0f} m"),
    "issued": ("编制单位：{name}", "Issued by {name}"),
    "date": ("日期 {date}", "Date {date}"),
    "colon": ("：", ": "),
}


def said(key: str, lang: str, **values: object) -> str:
    """Return a fixed text of the atlas, with its values filled in."""
    return style.label(WORDS, key, lang).format(**values)
