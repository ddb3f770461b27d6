"""Sentences of the pages on indicators and contradictions, in Chinese and English; `ui.words.i18n` holds the others."""

TEXTS: dict[str, tuple[str, str]] = {
    "indicators": ("指标", "Indicators"),
    "conflicts": ("冲突", "Conflicts"),
    "loading_map": ("正在载入地图…", "Loading the map…"),
    "plan_filter": ("规划", "Plan"),
    "all_plans": ("全部规划", "All plans"),
    # evidence
    "no_documents": (
        "这里只有行号；把规划文本放进一个文件夹，用环境变量 ZONES_DOCUMENTS 指向它，即可展开原文。",
        "Lines only; to read the passages here, put the plan documents into a folder "
        "and name it in the variable ZONES_DOCUMENTS.",
    ),
    "note": ("注", "Note"),
    "zone_indicators": ("本区指标", "Indicators of this zone"),
    # conflicts page
    "conflict_title": ("冲突与质量控制", "Contradictions and quality control"),
    "conflict_lead": (
        "按规则找出规划之间、规划之内对不上的说法，并列两边出处；只列事实，不判定谁对。",
        "Rules find what does not agree between plans or within one, with the sources of both sides; "
        "facts only, no verdict on who is right.",
    ),
    "part": ("内容", "Part"),
    "contradictions": ("冲突 {n}", "Contradictions {n}"),
    "rules": ("空间规则", "Rules of place"),
    "crosswalk": ("对照表", "Crosswalk"),
    "no_conflict": ("这份规划没有发现冲突。", "No contradiction found for this plan."),
    "conflict_map": ("所选冲突的各区", "Zones of the chosen contradiction"),
    "no_shape_here": (
        "这一条说的是指标或没有图形的区，图上没有可显示的。",
        "This one is about indicators, or zones without a shape; there is nothing to draw.",
    ),
    "choose_conflict": ("看出处与地图", "Show sources and map"),
    "zones_of": ("涉及的区", "Zones"),
    "scope_of": ("涉及", "Concerns"),
    "sources_of": ("两边出处", "Sources of both sides"),
    "conflict_file": ("冲突清单", "contradictions"),
    "conflict_kind": ("类别", "Kind"),
    "statement": ("说法", "Statement"),
    "whole": ("整体", "Whole"),
    "part_zones": ("部分", "Parts"),
    "first_side": ("一方", "One side"),
    "other_side": ("另一方", "The other side"),
    # rules of place
    "rules_lead": (
        "每条规则对每个适用的区都查一遍；差距小于边线误差的算成立，已说明理由的列为已接受。",
        "Every rule is tried on every zone it applies to; a gap within the error of the edges counts as holding, "
        "one with a stated reason as accepted.",
    ),
    "rule": ("规则", "Rule"),
    "tried": ("适用", "Tried"),
    "holds": ("成立", "Holds"),
    "fails": ("不成立", "Fails"),
    "accepted": ("已接受", "Accepted"),
    "open": ("待处理", "Open"),
    "states_remainder": ("已列剩余", "Remainder stated"),
    "failures": ("不成立的各条", "What does not hold"),
    "no_failure": ("全部成立。", "All of them hold."),
    "against_what": ("对照", "Against"),
    "found": ("结果", "Found"),
    "reason": ("说明", "Reason"),
    "apart": ("相距 {metres} m", "{metres} m apart"),
    "outside_by": ("{share} 在外", "{share} outside"),
    "remainders": ("整体与各部分之差", "What parts leave over"),
    "remainder_note": (
        "规划列出的部分不必铺满整体；这里写明剩余，而不是把图形凑满。",
        "The parts a plan lists need not fill the whole; the remainder is stated here, not drawn away.",
    ),
    "left_over": ("剩余占整体", "Left over"),
    "scheme": ("方案", "Scheme"),
    # crosswalk
    "crosswalk_lead": (
        "在几份规划里都出现的地方：只有规划写明相同，或同区同名，才算同一地方；其余只说属于或重叠。",
        "Places that stand in several plans. Only what a plan calls the same, or what bears one name in one district, "
        "counts as one place; all else is told as part of or overlapping.",
    ),
    "same_place": ("同一地方", "Same place"),
    "renamed": ("同一地方，名称不同", "Same place, other name"),
    "cross_part_of": ("属于", "Part of"),
    "cross_overlaps": ("重叠", "Overlaps"),
    "relation": ("关系", "Relation"),
    "here": ("此处", "Here"),
    "there": ("彼处", "There"),
    "source": ("出处", "Source"),
    "no_crosswalk": ("这份规划没有与其他规划相同或重叠的地方。", "No place of this plan stands in another one."),
    # indicators page
    "indicator_title": ("指标管理", "Indicators"),
    "indicator_lead": (
        "各规划写下的每一个数：基期到目标，原文怎么写就怎么列；不是数的不计算。",
        "Every figure the plans give, from baseline to target and as written; what is no number is not computed with.",
    ),
    "all_indicators": ("全部指标", "All indicators"),
    "side_by_side": ("同类对比", "Side by side"),
    "current_values": ("现状与进度", "Current values"),
    "indicator": ("指标", "Indicator"),
    "baseline": ("基期", "Baseline"),
    "target": ("目标", "Target"),
    "origin": ("来自", "From"),
    "origin_table": ("指标表", "target table"),
    "origin_text": ("正文", "text"),
    "all_origins": ("指标表与正文", "Tables and text"),
    "only_lint": ("只看有提示的", "Only those with remarks"),
    "lint": ("提示", "Remarks"),
    "filter_indicators": ("筛选指标或区划", "Filter by indicator or area"),
    "no_indicator": ("没有符合的指标。", "No indicator fits."),
    "scope": ("范围", "Scope"),
    "theme": ("主题", "Theme"),
    "all_themes": ("全部主题", "All themes"),
    "measure": ("单位", "Unit"),
    "themes_lead": (
        "两份以上规划都有的主题，按区并列。名称或单位不同时只供对照，不能直接比大小。",
        "Themes found in two plans or more, side by side by district. Where name or unit differ, the figures stand "
        "beside each other but must not be ranked.",
    ),
    "differs": ("名称或单位不同，不可直接比较", "name or unit differ: not the same measure"),
    "alike": ("名称与单位一致", "same name and unit"),
    "covered": ("覆盖：{n} / {all} 个区{shenshan}", "Covers {n} of {all} districts{shenshan}"),
    "with_shenshan": (" + 深汕", " + Shenshan"),
    "without_shenshan": ("，深汕无", ", Shenshan not"),
    "coverage_total": (
        "本图集有 {n} 个区和全市的规划；其余 {rest} 个区与深汕特别合作区没有数据，不能据此合计全市。",
        "The atlas holds the plans of {n} districts and the city; the other {rest} districts and Shenshan have "
        "no data, so nothing here adds up to the city.",
    ),
    "current_lead": (
        "下载模板，在 year 和 value 两列填入年份与现状值，再传回来；进度按基期年到目标年的直线推算。",
        "Download the template, fill in year and value, and bring it back; progress is measured along a straight "
        "line from the baseline's year to the target's.",
    ),
    "template": ("下载模板", "Download template"),
    "template_file": ("指标现状值模板", "indicator-template"),
    "download_board": ("下载指标表 Excel", "Download indicators as Excel"),
    "board_file": ("指标", "indicators"),
    "upload": ("选择填好的 Excel 文件", "Choose the filled-in Excel file"),
    "upload_note": (
        "只用于本次会话，不保存；.xlsx，不超过 2 MB。",
        "Kept for this session only, never saved; .xlsx, at most 2 MB.",
    ),
    "too_large": (
        "{name}：{size} MB，超过 2 MB；请只保留模板的第一张表。",
        "{name}: {size} MB is above 2 MB; keep only the first sheet of the template.",
    ),
    "read_rows": ("读入 {n} 行，{m} 行未用。", "{n} rows read, {m} left out."),
    "left_out": ("未用的行", "Rows left out"),
    "no_values": (
        "文件里没有填好的现状值；请在 year 和 value 两列填数。",
        "The file holds no filled-in value; fill in the columns year and value.",
    ),
    "current": ("现状", "Current"),
    "progress": ("完成进度", "Progress"),
    "expected": ("应达", "due"),
    "status": ("状态", "Status"),
    "severity": ("级别", "Severity"),
    "status_draft": ("初稿", "draft"),
    "status_not_given": ("日期未载", "undated"),
    "status_draft_note": ("所据文本为初稿，非正式印发本", "the text read is a draft, not the issued plan"),
    "status_not_given_note": (
        "所据文本未载发布机关与日期",
        "the text read gives neither issuer nor date",
    ),
    "status_issued_note": ("{issuer}，{issued}", "{issuer}, {issued}"),
}

CONFLICTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "swapped_roles": (
        ("南北对调", "Roles swapped"),
        (
            "一份规划把产业放在北片，另一份放在南片",
            "one plan places an industry in the north, the other in the south",
        ),
    ),
    "split_or_merged": (
        ("拆分或合并", "Split or merged"),
        ("一处算一个区，另一处算几个", "one area in one place, several in another"),
    ),
    "areas_do_not_add_up": (
        ("面积加不拢", "Areas do not add up"),
        ("各部分面积之和不等于整体", "stated parts do not make the stated whole"),
    ),
    "one_name_two_things": (
        ("同名异物", "One name, two things"),
        ("同一个名称在两份规划里所指不同", "one coined name means different zones in two plans"),
    ),
    "zone_in_two_clusters": (
        ("一区两属", "In two clusters"),
        ("同一地方列入两个集群区", "one place is put in two clusters"),
    ),
    "differing_industries": (
        ("产业不一致", "Industries differ"),
        ("同一地方，两份规划所列产业无一相同", "two plans name no industry in common for one place"),
    ),
    "target_below_baseline": (
        ("目标低于现状", "Target below baseline"),
        ("定的目标比已达到的还低", "the target lies below what is already reached"),
    ),
    "two_values": (
        ("同年两个目标", "Two targets for one year"),
        ("一份规划给同一指标写了两个数", "one plan gives one indicator two figures"),
    ),
    "parts_do_not_add_up": (
        ("分项加不拢", "Items do not add up"),
        ("分项之和不等于总数", "listed items do not make the stated total"),
    ),
    "sum_exceeds_whole": (
        ("各区之和超过全市", "Districts exceed the city"),
        ("各区目标合计大于全市目标", "district targets add up to more than the city's"),
    ),
}
"""Kind of contradiction to its label and a plain account of it."""

SEVERITIES: dict[str, tuple[str, str]] = {
    "error": ("错误", "error"),
    "warning": ("警告", "warning"),
    "note": ("提示", "note"),
}
