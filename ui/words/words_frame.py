"""Words of what stands around every page: the groups of pages and their menu."""

TEXTS: dict[str, tuple[str, str]] = {
    "pages": ("功能", "Pages"),
    "group_browse": ("资源浏览", "Browse"),
    "group_query": ("查询统计", "Query and statistics"),
    "group_compare": ("对比分析", "Comparison"),
    "group_indicators": ("指标管理", "Indicators"),
    "group_maps": ("专题制图", "Thematic maps"),
    "group_results": ("成果管理", "Data and results"),
}
