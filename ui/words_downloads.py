"""Sentences of the files that pages hand over, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "download_map": ("下载地图 PNG", "Download map (PNG)"),
    "further": ("其余", "Further"),
    "document": ("文件", "document"),
    "lines_of": ("行号", "lines"),
    "passage": ("原文", "passage"),
    "import_file": ("导入检查", "import-report"),
    "verify_file": ("核验结果", "verification"),
}
