"""Sentences on official boundaries and on publishing: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # matching
    "{layer}: none of its {n} features names a zone of the atlas; choose the zones by hand, or name the field that "
    "holds ids or names (--field)":
        "{layer}：{n} 个要素都没有写明是图集中的哪个区；请逐个选择，或指明存放编号或名称的字段",
    "feature {n}: zone '{zone}' is not in the atlas; 'zones search' finds ids":
        "要素 {n}：图集中没有区“{zone}”；请先查询编号",
    "the layer has no feature {n}; its features are numbered 1 to {last}": "图层没有要素 {n}；编号为 1 至 {last}",
    "the layer has no field '{field}'; it has {known}": "图层没有字段“{field}”；现有 {known}",
    # doubts
    "{n} matched shapes lie about {metres} m off their zones, in the direction in which {datum} shifts; if the file "
    "comes from {provider}, bring it in with --datum {name}":
        "{n} 个对上的图形整体偏离原图形约 {metres} m，方向与 {datum} 偏移一致；如来自{provider}，请按 {name} 重新导入",
    "its {n} features share {area} m², which counts once; check the file":
        "它的 {n} 个要素相互重叠 {area} m²，只计一次；请核对文件",
    "lies {gap} m away from where the atlas has this zone, further than both errors together ({error} m); check that "
    "it is the same place":
        "离图集中该区的位置 {gap} m，超过两者误差之和（{error} m）；请核对是否同一地方",
    # what is said of the document
    "an official boundary needs its authority: say who supplied it": "正式边界必须写明提供单位",
    "an official boundary needs its document: say with which one it was supplied": "正式边界必须写明所据文件",
    "the accuracy is '{error}'; give the error the document states, in metres, above 0":
        "精度为“{error}”；请按文件所述填写误差（米），须大于 0",
    "the date of the document is {day}, which has not come yet; check the year":
        "文件日期 {day} 还没有到；请核对年份",
    "the date of the document is '{day}'; write it as 2026-03-31": "文件日期为“{day}”；请写成 2026-03-31",
    "the edge rule is '{rule}'; it must be one of {known}": "边的含义为“{rule}”；应为 {known} 之一",
    "zone '{zone}': layers.csv has no layer for the zones of plan '{plan}'; add one":
        "区“{zone}”：layers.csv 中没有规划“{plan}”各区的图层；请添加",
    # publishing
    "publishing needs its who: say who publishes; it is kept with the revision": "发布须写明由谁发布，随修订留存",
    "publishing needs its why: say what it is published for; it is kept with the revision":
        "发布须写明原因，随修订留存",
    "publishing needs its name: say what this edition is called; it is kept with the revision":
        "发布须写明版本名称，随修订留存",
    "revision {n} is a draft; say that it is checked, then publish it": "第 {n} 次修订还是草稿；请确认已核对，再发布",
    "revision {n} is not in {path}; the newest is {newest}": "{path} 中没有第 {n} 次修订；最新为第 {newest} 次",
    "revision {n}: nothing was published: {reason}": "第 {n} 次修订未发布：{reason}",
    "revision {n}: zone '{zone}' ({part}) came back from the written files with another shape; nothing was published: "
    "repair its shape":
        "第 {n} 次修订：区“{zone}”（{part}）写出后回读，图形不一致，未发布；请修复图形",
    "{path} cannot be written: {reason}; nothing was published": "{path} 无法写入：{reason}；未发布",
    "{path} cannot be written: {reason}; the data in use stay; free the file and publish again":
        "{path} 无法写入：{reason}；仍用原来的数据，请让该文件可写后再发布一次",
    "{path}: the published data are missing; publish again, or delete {pointer} to use the shipped data":
        "{path}：已发布的数据不见了；请重新发布，或删除 {pointer} 以改用随附数据",
}  # fmt: skip
