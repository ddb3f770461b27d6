"""Sentences of the page that makes sheets and atlases, in Chinese and English."""

TEXTS: dict[str, tuple[str, str]] = {
    "sheet": ("出图", "Sheets"),
    "sheet_of": ("{name}分布图", "Map of {name}"),
    "sheet_of_plan": ("{name}创新区分布图", "Innovation zones of the {name}"),
    "sheet_of_kind": ("深圳创新{name}分布图", "Innovation zones of Shenzhen: {name}"),
}
