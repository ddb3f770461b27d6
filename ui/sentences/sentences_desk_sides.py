"""Sentences on boundary texts: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    "the text names no side of an area; write it like 北至甲路，东至乙路，南至丙路，西至丁路":
        "文字里没有找到边；请写成“北至甲路，东至乙路，南至丙路，西至丁路”",
    "the text is {n} signs long; give the sides alone, in at most {most}":
        "文字有 {n} 字；请只给四至一段，最多 {most} 字",
    "a gap of {gap} m cannot be closed with any sense; give 0 to {most} m":
        "{gap} 米的缺口不宜补接；请给 0 至 {most} 米",
    "no line here is called '{name}'; choose one of the named lines, or bring your own":
        "没有名为“{name}”的线；请从有名字的线里选，或用自己的线",
    "{source}: no field holds names of lines; name the field one of {known}":
        "{source}：没有哪个字段是线的名称；字段请命名为 {known} 之一",
    "{source}: holds no named line or area; give lines with a name each":
        "{source}：没有带名称的线或面；请给每条线一个名称",
    "zone '{zone}': its plan gives no sides of it; write them as TEXT":
        "“{zone}”：规划没有给出它的四至；请自行写出文字",
    "the sides do not close, so there is no area to write; see what is missing":
        "各边没有围合，没有范围可写；请看缺了什么",
    "--words needs --zone": "--words 要与 --zone 同用",
    "sides needs a TEXT or --zone": "请给出四至文字，或用 --zone 指定规划区",
    "zone '{zone}' has no outline, so it has no sides; choose a zone with an area":
        "“{zone}”没有范围图形，也就没有四边；请选有范围的区",
    "--side is '{text}'; write it like east=NAME": "--side 写的是“{text}”；请写成 east=线名",
}  # fmt: skip
