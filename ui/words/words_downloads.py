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
    "own_over": ("叠加自有图层", "A layer of your own over it"),
    "own_over_none": (
        "还没有自有图层；先在“导入”页读入，即可叠加到图上。",
        "No layer of your own yet; bring one in on the page Import, then draw it here.",
    ),
    "own_over_layer": ("图层", "Layer"),
    "own_over_off": ("不叠加", "None"),
    "own_over_field": ("着色", "Colour by"),
    "own_over_whole": ("单色", "One colour"),
    "own_over_source": ("来源", "Source"),
    "own_over_licence": ("许可（如 CC-BY-4.0）", "Licence (such as CC-BY-4.0)"),
    "own_over_source_date": ("数据日期", "Date of the data"),
    "own_over_note": (
        "来源、许可、日期印在图上或记入文件；公开地图缺一不可。",
        "Printed or kept in the file; a map for the public needs all three.",
    ),
    "import_picture": ("{name}：导入预览", "{name}: import preview"),
    "further": ("其余", "Further"),
    "document": ("文件", "document"),
    "lines_of": ("行号", "lines"),
    "passage": ("原文", "passage"),
    "import_file": ("导入检查", "import-report"),
    "verify_file": ("核验结果", "verification"),
}
