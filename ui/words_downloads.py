"""Sentences of the files that pages hand over, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "download_map_as": ("地图 {form}", "Map ({form})"),
    "shared_ground": ("共有范围", "Shared ground"),
    "shared_share": ("占{zone} {share}。", "{share} of {zone}."),
    "shared_area": ("约 {area} {unit}", "about {area} {unit}"),
    "shared_digits": ("位数按两区中较小的 ± 取。", "Digits as far as the smaller ± of the two carries."),
    "class_row": ("{name}（{n}；{area} {unit}）", "{name} ({n}; {area} {unit})"),
    "class_picture_note": (
        "括号内为本区计入的要素数与区内面积。面积算法：{rule}。",
        "In brackets: features counted in this zone, and their area inside it. Areas: {rule}.",
    ),
    "import_picture": ("{name}：导入预览", "{name}: import preview"),
    "further": ("其余", "Further"),
    "document": ("文件", "document"),
    "lines_of": ("行号", "lines"),
    "passage": ("原文", "passage"),
    "import_file": ("导入检查", "import-report"),
    "verify_file": ("核验结果", "verification"),
}
