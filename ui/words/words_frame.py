"""Words of what stands around every page: the groups of pages and their menu."""

TEXTS: dict[str, tuple[str, str]] = {
    "pages": ("功能", "Pages"),
    "page_computing": ("正在计算…", "Computing…"),
    "stop": ("停止", "Stop"),
    "group_browse": ("资源浏览", "Browse"),
    "group_query": ("查询统计", "Query and statistics"),
    "group_compare": ("对比分析", "Comparison"),
    "group_indicators": ("指标管理", "Indicators"),
    "group_maps": ("专题制图", "Thematic maps"),
    "group_results": ("成果管理", "Data and results"),
}

STREAMLIT: dict[str, str] = {
    "Open": "展开",
    "Close": "关闭",
    "Dismiss": "收起",
    "Clear all": "全部清除",
    "Clear value": "清除",
    "Clear entry": "清除",
    "Selected values": "已选项",
    "Choose an option": "请选择",
    "Choose options": "请选择",
    "No results": "没有匹配项",
    "No options to select": "没有可选项",
    "Remove *": "移除 *",
    "* options available.": "共 * 项可选。",
    "1 option available.": "共 1 项可选。",
    "*, selected": "*，已选",
    "file upload": "选择文件",
    "Add files": "添加文件",
    "Upload": "选择文件",
    "add icon": "添加",
    "Error:": "错误：",
    "* files are not allowed.": "不支持 * 类型的文件。",
    "File must be * or smaller.": "文件不能超过 *。",
    "Markdown content": "说明",
    "Link to heading": "本节链接",
    "Copy to clipboard": "复制",
    "Notifications": "通知",
    "Running...": "正在运行",
    "Connection error": "与程序的连接已断开",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接已断开；恢复连接后请再试一次。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "程序可能已经关闭。重新启动后，本页会自动连接；未下载的结果需要重新计算。启动命令："
    ),
    "streamlit run yourscript.py": "zones app",
}
"""What Streamlit itself writes, and its Chinese; `*` stands for a name or a number."""

STREAMLIT_ENGLISH: dict[str, str] = {
    "Connection error": "The program does not answer",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "It may have been closed. Once it runs again, this page connects by itself; results not downloaded "
        "have to be computed again. To start it:"
    ),
    "streamlit run yourscript.py": "zones app",
}
"""Where the English of Streamlit names Streamlit itself, the words of this product."""


def streamlit_words(lang: str) -> list[tuple[str, str]]:
    """Return pairs of what Streamlit writes and what stands there instead; in English the way back as well."""
    if lang == "zh":
        return list(STREAMLIT.items())
    back = [(chinese, said) for said, chinese in STREAMLIT.items() if said not in STREAMLIT_ENGLISH]
    return [*STREAMLIT_ENGLISH.items(), *back]
