"""Sentences on layers of a reader's own that are drawn on a sheet: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    "{name}: no feature has a shape to draw; choose another layer.": "{name}：没有可以绘制的图形；请换一个图层。",
    "{name}: there is no field '{field}'; choose one of {known}.": "{name}：没有字段“{field}”；可选 {known}。",
    "--class, --layer-source, --layer-licence and --layer-date tell of a layer; name it with --layer":
        "--class、--layer-source、--layer-licence、--layer-date 说的是自有图层；请用 --layer 指定它",
}  # fmt: skip
