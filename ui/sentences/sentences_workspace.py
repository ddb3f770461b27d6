"""Sentences of the digitizing desk's workspace: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # the file
    "{path}: the disk is full, so nothing was saved; make room and save again":
        "{path}：磁盘已满，没有保存；请腾出空间再保存",
    "{path}: another program is writing to it, so nothing was saved; try again, or close it there":
        "{path}：另一个程序正在写入，没有保存；请再试，或先在那里关闭文件",
    "{path}: may only be read, so nothing was saved; ask for the right to write to it and its folder":
        "{path}：只能读取，没有保存；请取得该文件及其文件夹的写入权限",
    "{path}: is no workspace (no GeoPackage at all); choose another file":
        "{path}：不是工作库（也不是 GeoPackage）；请另选文件",
    "{path}: the file is damaged; go back to a copy of it": "{path}：文件已损坏；请改用它的备份",
    "{path}: cannot be opened; check that the folder is there and may be written":
        "{path}：打不开；请确认文件夹存在且可以写入",
    "{path}: reading or writing failed on the disk or the network; look at its revisions before saving again":
        "{path}：磁盘或网络读写失败；请先查看修订记录，再保存",
    "{path}: the file refused the change ({reason}); what it held before is untouched":
        "{path}：文件拒绝了这次改动（{reason}）；原有内容未动",
    "{path}: not usable as a workspace: {reason}; what it held before is untouched":
        "{path}：不能作为工作库使用：{reason}；原有内容未动",
    "this table only grows; what it holds is never changed or deleted": "此表只增不减，已有内容不改不删",
    "{path}: there is no workspace here; make one with 'zones workspace new'":
        "{path}：这里还没有工作库；请先新建",
    "{path}: a file is here already; choose another name, or go on with that one":
        "{path}：这里已有文件；请换一个名称，或继续用它",
    "{path}: the file is empty; make a workspace of it with 'zones workspace new'":
        "{path}：文件是空的；请先在此新建工作库",
    "{path}: is no workspace of the digitizing desk; choose another file, or make one":
        "{path}：不是数字化工作台的工作库；请另选文件，或新建",
    "{path}: was made by a newer version of this program; update the program to use it":
        "{path}：由更新版本的程序建立；请更新程序后再用",
    "{path}: was made by an older version of this program; export it there, and make it anew":
        "{path}：由较旧版本的程序建立；请在旧版中导出，再重新建立",
    "{path}: there is no revision {n}; the newest is {newest}": "{path}：没有第 {n} 次修订；最新为第 {newest} 次",
    "{path}: cannot be read: {reason}": "{path}：无法读取：{reason}",
    "it is not UTF-8": "文件不是 UTF-8",
    "{path}: not readable as a GeoJSON FeatureCollection; restore it":
        "{path}：不能按 GeoJSON FeatureCollection 读取；请恢复该文件",
    "{path}: feature {n}: zone_id is empty; give each feature an id":
        "{path}：要素 {n}：zone_id 为空；请给每个要素编号",
    # what is saved
    "a revision needs {reason}; nothing was saved": "每次修订要有{reason}；没有保存",
    "a name (who)": "姓名",
    "a reason": "原因",
    "a reason (why)": "原因",
    "nothing differs from what is there already, so nothing was saved": "与现有内容没有差别，没有保存",
    "zone '{zone}' stands in two edits; make one of them": "“{zone}”在两处修改中出现；请合为一处",
    "zone {zones}: changed by {who} at {at} (revision {n}), after revision {base} on which this edit rests; nothing "
    "was saved; compare both shapes, then save again":
        "{zones}：{who} 已于 {at} 改动（第 {n} 次修订），晚于本次修改所依据的第 {base} 次；没有保存；"
        "请对照两个图形再保存",
    "zone {zones}: was changed outside the desk, in QGIS for example; adopt or discard that first; nothing was saved":
        "{zones}：在工作台之外（如 QGIS）改动过；请先采用或舍弃那里的改动；没有保存",
    "zone '{zone}': there is no layer '{layer}'; choose one of {known}":
        "“{zone}”：没有图层“{layer}”；请从 {known} 中选一个",
    "zone '{zone}': its shapes are in {crs}; bring them to EPSG:4490":
        "“{zone}”：图形的坐标系为 {crs}；请转为 EPSG:4490",
    "zone '{zone}': part '{part}' stands twice; keep one": "“{zone}”：部分“{part}”出现两次；请只留一个",
    "zone '{zone}': part is '{part}'; it must be one of {known}": "“{zone}”：part 为“{part}”；应为 {known} 之一",
    "zone '{zone}': one of its features says that it is of zone '{other}'; correct the id":
        "“{zone}”：其中一个要素的编号是“{other}”；请改正",
    "zone '{zone}', {part}: {field} is '{value}'; it must be one of {known}":
        "“{zone}”（{part}）：{field} 为“{value}”；应为 {known} 之一",
    "zone '{zone}', {part}: {field} is '{value}'; give metres, above 0":
        "“{zone}”（{part}）：{field} 为“{value}”；请填大于 0 的米数",
    "zone '{zone}', {part}: basis is empty; say what the shape was drawn on":
        "“{zone}”（{part}）：依据为空；请写明图形据何描绘",
    "zone '{zone}', {part}: it has no shape; draw it, or leave this part out":
        "“{zone}”（{part}）：没有图形；请绘制，或去掉这一部分",
    "zone '{zone}', {part}: a coordinate is no number; draw it again":
        "“{zone}”（{part}）：有坐标不是数字；请重新绘制",
    "zone '{zone}', {part}: its shape mixes points, lines and areas; keep one kind":
        "“{zone}”（{part}）：图形混有点、线、面；请只留一种",
    "zone '{zone}', {part}: its shape lies at {x}, {y}, which is no longitude and latitude; bring it to EPSG:4490":
        "“{zone}”（{part}）：图形位于 {x}, {y}，不是经纬度；请转为 EPSG:4490",
    "zone '{zone}', {part}: its shape is not valid ({reason}); correct it there, then save":
        "“{zone}”（{part}）：图形无效（{reason}）；请改正后再保存",
    "there is nothing to undo": "没有可以撤销的修订",
    "there is nothing to redo": "没有可以重做的修订",
    "revision {n} is no longer the next one, {other} is; look at the list again":
        "下一步已是第 {other} 次修订，不再是第 {n} 次；请重新查看列表",
    "these bytes are no geometry of a GeoPackage": "这些字节不是 GeoPackage 图形",
    "zone '{zone}': the workspace never held it; check the id": "“{zone}”：工作库中从未有过；请核对编号",
    "stage is '{stage}'; it must be one of {known}": "阶段为“{stage}”；应为 {known} 之一",
    "revision {n} is {before}, and {stage} follows {needed} only; nothing was marked":
        "第 {n} 次修订现为 {before}，{stage} 只能接在 {needed} 之后；没有标记",
    # changed outside
    "zone '{zone}': its shape in the file is damaged; draw it again in QGIS":
        "“{zone}”：文件中的图形已损坏；请在 QGIS 中重画",
    "a feature drawn outside the desk has no zone_id; give it one in QGIS, or discard it":
        "工作台之外画的一个要素没有 zone_id；请在 QGIS 中填写，或舍弃",
    # the log
    "a past shape in the workspace is damaged ({start}); 'zones workspace check' says which":
        "工作库中有留存图形已损坏（{start}）；请核对日志",
    "log line {n}: is missing": "日志第 {n} 行缺失",
    "log line {n}: was changed after it was written": "日志第 {n} 行在写入后被改过",
    "log line {n}: does not follow from line {other}; one of the two was changed":
        "日志第 {n} 行接不上第 {other} 行；两行之一被改过",
    "log line {n}: what it says the zones and files were is not what is held":
        "日志第 {n} 行所记的图形与文件，与现存的不符",
    "revision {n}, zone '{zone}': its past shape is not the one the log is bound to":
        "第 {n} 次修订，“{zone}”：留存的图形与日志所绑定的不符",
    "revision {n}: what the tables say of it is not what the log says": "第 {n} 次修订：表中所记与日志不符",
    "the table of stages does not hold what the log says": "阶段表与日志不符",
    "{n} of the {total} triggers that guard the log were taken away ({name}, ...)":
        "保护日志的 {total} 个触发器少了 {n} 个（{name} 等）",
    "no line of the log has the hash {hash}; lines were cut off, or the log was made anew":
        "日志中没有哈希为 {hash} 的行；末尾若干行被截去，或日志被重做",
    "published folder {name}: no line of the log has the hash {hash} noted there; lines were cut off, or the log was "
    "made anew":
        "已发布的 {name}：其中所记的哈希 {hash} 不在日志中；末尾若干行被截去，或日志被重做",
    "a mark alone publishes nothing; use 'zones workspace publish', which writes the data too":
        "只作标记并不发布；请用 zones workspace publish，它同时写出数据",
    "{path} cannot be written: {reason}; the hash of the log is not noted":
        "{path} 无法写入：{reason}；日志的哈希没有记下",
}  # fmt: skip
