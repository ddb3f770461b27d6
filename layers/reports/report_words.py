"""Sentences of the report, in Chinese and English; each is filled with exact values only."""

from layers import style

WORDS: dict[str, tuple[str, str]] = {
    "title": ("{subject}：空间与指标报告", "{subject}: report on space and indicators"),
    "contents": ("目录", "Contents"),
    "page": ("第 {page} 页 / 共 {pages} 页", "Page {page} of {pages}"),
    "figure": ("图", "Figure"),
    "table": ("表", "Table"),
    "source_open": ("〔", " ["),
    "source_close": ("〕", "]"),
    # overview
    "overview": ("概况", "Overview"),
    "lead": (
        "本报告由图集数据生成，句中每个数都可由图集重算；图形多为描绘、推定，不是法定界线。",
        "This report is made from the data of the atlas; each figure in it can be made again from the atlas. "
        "Most outlines are traced or inferred and are not legal lines.",
    ),
    "plan_counts": (
        "《{name}》（{status}）列有 {zones} 个区、{statements} 条量化表述，其中指标表 {table} 条。",
        "“{name}” ({status}) names {zones} zones and makes {statements} quantified statements, {table} of them in its "
        "target table.",
    ),
    "status_issued": ("{issued} 印发", "issued {issued}"),
    "status_draft": ("初稿，{issued}", "first draft, {issued}"),
    "status_not_given": ("文本未写印发情况", "the text does not say whether it is issued"),
    "located": (
        "所选 {zones} 个区中，{areas} 个有面，{places} 个仅知地点，{lost} 个不能定位。",
        "Of the {zones} zones chosen, {areas} have an outline, {places} are known as a place only and {lost} cannot be "
        "located.",
    ),
    "graded": (
        "有图形的 {n} 个区中：{parts}。",
        "Of the {n} zones with a shape: {parts}.",
    ),
    "graded_part": ("{grade} {n} 个", "{n} {grade}"),
    "map_caption": (
        "{subject}：各区位置与边界等级（实线官方、长划描绘、点线推定）",
        "{subject}: zones and how well their outlines are known (solid official, dashed traced, dotted inferred)",
    ),
    "kind_caption": ("各类区的数量", "Zones by kind"),
    # areas
    "areas": ("面积", "Areas"),
    "area_range": (
        "{n} 个有面的区中，最大的是{largest}，{most} km²；最小的是{smallest}，{least} km²。",
        "Of {n} zones with an outline the largest is {largest}, {most} km²; the smallest is {smallest}, {least} km².",
    ),
    "stated_count": (
        "规划写明面积的有 {n} 个区，其中 {inside} 个的量算值与所述之差在误差以内。",
        "The plans state an area for {n} of them; for {inside} the difference from the measured one lies within ±.",
    ),
    "stated_one": (
        "“{name}”规划所述 {stated} km²，图上量算 {measured} km²，差 {difference}。",
        "{name}: {stated} km² stated, {measured} km² measured, difference {difference}.",
    ),
    "area_caption": ("各区面积（km²），按椭球面积排列", "Areas of the zones (km²), by ellipsoid area"),
    # overlap
    "overlap": ("重叠", "Overlap"),
    "sums": (
        "各区面积简单相加为 {sum} km²，地面只计一次为 {union} km²，重复计入 {double} km²。",
        "The areas add up to {sum} km²; counting ground once they cover {union} km²; {double} km² are counted again.",
    ),
    "most_covered": (
        "最多有 {k} 个区盖在同一块地面上，这样的地面有 {area} km²。",
        "At most {k} zones lie over the same ground; there are {area} km² of it.",
    ),
    "pair_count": (
        "互相重叠的有 {n} 对；重叠最大的一对是{a}与{b}，{area} km²，占前者 {of_a}、占后者 {of_b}。",
        "{n} pairs overlap; the largest is {a} with {b}, {area} km², {of_a} of the former and {of_b} of the latter.",
    ),
    "fold_caption": ("恰被 k 个区覆盖的面积（km²）", "Ground under exactly k zones (km²)"),
    "fold_figure": ("地面被几个区覆盖：颜色越深，区越多", "How many zones cover the ground: darker is more"),
    "pair_caption": (
        "重叠的区（按面积列前 {n} 对，共 {all} 对）",
        "Zones that overlap (the {n} largest of {all} pairs)",
    ),
    # zones
    "zones": ("各区定位与产业", "What the plans want of each zone"),
    "named": ("规划提及本区。", "The plan names this zone."),
    "positioning": ("定位：{text}。", "Positioning: {text}."),
    "industries": ("产业：{text}。", "Industries: {text}."),
    "area_is": ("面积 {area} km²，{grade}，边界误差 {error} m。", "Area {area} km², {grade}, edge error {error} m."),
    "place_is": ("仅知地点，{grade}。", "Known as a place only, {grade}."),
    "lost_is": ("不能定位：{reason}。", "Not located: {reason}."),
    # indicators
    "indicators": ("指标", "Indicators"),
    "indicator_caption": ("{plan}：指标表（原文写法）", "{plan}: target table, as written"),
    "indicator_text": (
        "正文另有 {n} 条量化表述，全部见图集“指标”页与 Excel。",
        "The text makes {n} further quantified statements; all stand on the page of indicators and in its workbook.",
    ),
    "grows": (
        "“{name}”{start} → {end}，目标为基期的 {ratio} 倍。",
        "{name}: {start} → {end}, the target is {ratio} times the baseline.",
    ),
    "remark": ("“{name}”：{remarks}（{values}）。", "{name}: {remarks} ({values})."),
    "remarks": ("使用前须知", "To know before use"),
    "no_table": ("文本没有指标表。", "The text has no target table."),
    # conflicts
    "conflicts": ("规划之间对不上的说法", "Contradictions of the plans"),
    "conflict_lead": (
        "按规则找出 {n} 条；只列事实与出处，不判定谁对。",
        "Rules found {n}; facts and passages only, no verdict on who is right.",
    ),
    "no_conflict": ("所涉规划没有发现对不上的说法。", "No contradiction was found in the plans concerned."),
    # lost
    "lost": ("不能定位的区", "Zones that cannot be located"),
    "lost_lead": (
        "{n} 个区没有图形。图集不为没有依据的区画界。",
        "{n} zones have no shape. The atlas draws no outline that nothing supports.",
    ),
    "lost_caption": ("不能定位的区及原因", "Zones that cannot be located, and why"),
    "no_lost": ("所选各区全部定位。", "All the chosen zones are located."),
    # method
    "method": ("方法", "Method"),
    "method_caption": ("量算方法与口径", "How the figures are made"),
    "edge_rule": ("边的规则", "Edge rule"),
    "sources": ("资料来源", "Sources"),
    "plan_caption": ("规划文本", "Plan documents"),
    "document": ("文件", "Document"),
    "hash": ("SHA-256（前 16 位）", "SHA-256 (first 16)"),
    "layer_caption": ("图形与底图", "Shapes and base map"),
    "layer": ("图层", "Layer"),
    "licence": ("许可", "Licence"),
    "credit": ("署名", "Credit"),
    "receipts": ("数字凭证", "Receipts"),
    "receipt_lead": (
        "本文件内含 {n} 张数字凭证；“zones verify 文件名”可离线重算，并指出已过时的数及原因。"
        "表中为各区椭球面积与合计的凭证号。",
        "This file carries {n} receipts; “zones verify FILE” makes the figures again offline and says which are out of "
        "date and why. The table names the receipts of the ellipsoid areas and the sums.",
    ),
    "receipt_caption": ("凭证号", "Receipt ids"),
    "figure_of": ("数字", "Figure"),
    "value": ("数值（m²）", "Value (m²)"),
    "receipt_id": ("凭证号", "Receipt"),
    "ellipsoid_of": ("{name}：椭球面积", "{name}: ellipsoid area"),
}


def phrase(key: str, lang: str, **values: object) -> str:
    """Return a sentence of the report in `zh` or `en`, with its values filled in."""
    text = style.label(WORDS, key, lang)
    return text.format(**values) if values else text
