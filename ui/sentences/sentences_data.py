"""Sentences on the data of the atlas, on zones, and what checks find: English template to Chinese one."""

TEMPLATES: dict[str, str] = {
    # plan files
    "{path}: the plan file is missing; restore it or name another": "{path}：缺少这个规划文件；请恢复，或另指定一个",
    "{path}: byte {at} is not UTF-8; save the file as UTF-8": "{path}：第 {at} 个字节不是 UTF-8；请另存为 UTF-8 编码",
    "{path}: not readable as YAML: {reason}; mend that line": "{path}：不能按 YAML 读取：{reason}；请改正该行",
    "{path}: holds no plan; it must have the keys plan, schemes and zones":
        "{path}：里面没有规划；应有 plan、schemes、zones 三个键",
    "{path}: {reason}": "{path}：{reason}",
    "{path}: {reason}: {reason2}": "{path}：{reason}：{reason2}",
    "{reason} (found '{value}')": "{reason}（现为“{value}”）",
    "{reason}; {n} more faults follow": "{reason}；其后还有 {n} 处错误",
    "key '{key}' stands twice near line {line}": "第 {line} 行附近，键“{key}”重复",
    "a relation needs either `target` (a zone_id) or `name`, not both":
        "关系只能填 target（zone_id）或 name 之一，且不能都空",
    "{field}: lines {start}-{end} are outside the zone's sources": "{field}：第 {start}-{end} 行不在该区的出处之内",
    "district_codes: {codes} unknown; use one of {known}": "district_codes：没有 {codes}；可用 {known}",
    "{field} repeats: {values}": "{field} 重复：{values}",
    "{indicator}: parts {parts} are not in this file": "{indicator}：分项 {parts} 不在这个文件里",
    "{zone}: scheme_ids {ids} are not in this file": "{zone}：scheme_ids {ids} 不在这个文件里",
    "lines '{value}' must look like 484, 482-484 or 482-484;490": "行号“{value}”的写法应如 484、482-484 或 482-484;490",
    "lines '{value}' run backwards or start at 0": "行号“{value}”前大后小，或从 0 开始",
    "form '{form}' does not go with {reason}": "形式“{form}”与所填数值（{reason}）不配",
    "no number": "没有数字",
    "a bound needs a comparator: >, >=, < or <=": "上下限要有比较号：>、>=、< 或 <=",
    "needs a baseline, a target or a milestone": "基期、目标、阶段值至少要填一项",
    # the folder of data
    "{folder}: no plan file (*.yaml) is here; restore the folder or set {variable}":
        "{folder}：没有规划文件（*.yaml）；请恢复该文件夹，或设置 {variable}",
    "{path}: plan_id '{plan}' stands in another file too; one file to a plan":
        "{path}：plan_id“{plan}”在另一个文件里也有；一份规划只用一个文件",
    "{path}: zone_id '{zone}' stands in {other} too; ids must be unique":
        "{path}：zone_id“{zone}”在 {other} 里也有；编号不能重复",
    "layer {layers}: zone '{zone}' has more than one feature with part '{part}'; keep one":
        "图层 {layers}：区“{zone}”有不止一个 part 为“{part}”的要素；请只留一个",
    "{path}: no feature has the property {names}; add it to each feature": "{path}：要素都没有属性 {names}；请逐个补上",
    "{path}: zone '{zone}': {field} is '{value}'; it must be one of {known}":
        "{path}：区“{zone}”的 {field} 为“{value}”；应为 {known} 之一",
    "{path}: zone '{zone}': error_m is '{value}'; give the error in metres, above 0":
        "{path}：区“{zone}”的 error_m 为“{value}”；请填误差米数，须大于 0",
    "{path}: zone '{zone}': geometry is empty; draw it, or list it in unlocated.csv":
        "{path}：区“{zone}”的图形为空；请绘出，或列入 unlocated.csv",
    "{path}: this file of the atlas is missing; restore it": "{path}：图集缺少这个文件；请恢复",
    "{path}: line {line}, zone '{zone}': {names} is empty; fill it in":
        "{path}：第 {line} 行，区“{zone}”：{names} 为空；请补填",
    "{path}: line {line}: {name} stands twice; keep one row": "{path}：第 {line} 行：{name} 重复；请只留一行",
    "{path}: the layer catalogue is missing; restore it": "{path}：缺少图层目录；请恢复",
    "{path}: column {names} is missing; add it to the header line": "{path}：缺少列 {names}；请在表头补上",
    "{path}: layer {names} stands twice; each layer needs one row": "{path}：图层 {names} 重复；每个图层只占一行",
    "{path}: line {line}, layer '{layer}': {names} is empty; fill it in":
        "{path}：第 {line} 行，图层“{layer}”：{names} 为空；请补填",
    "{path}: line {line}: role is '{role}'; it must be zones or base":
        "{path}：第 {line} 行：role 为“{role}”；应为 zones 或 base",
    "{path}: line {line}: datum is '{datum}'; it must be one of {known}, or empty":
        "{path}：第 {line} 行：datum 为“{datum}”；应为 {known} 之一，或留空",
    # rules
    "{path}: the rules are missing; restore the file": "{path}：缺少规则文件；请恢复",
    "{path}: is no list of rules; it must be YAML with the key rules":
        "{path}：不是规则清单；应为含键 rules 的 YAML 文件",
    "{path}: rule '{rule}': {field}: {reason}": "{path}：规则“{rule}”的 {field}：{reason}",
    "{path}: rule '{rule}' stands twice; keep one": "{path}：规则“{rule}”重复；请只留一条",
    "{path}: the rules for public maps are missing; restore the file": "{path}：缺少公开地图规则；请恢复该文件",
    "{path}: is no YAML file; restore it, or correct what was changed":
        "{path}：不是 YAML 文件；请恢复，或改正所作的修改",
    "{path}: rule '{rule}': source '{source}' is not listed under sources":
        "{path}：规则“{rule}”的依据“{source}”没有列在 sources 下",
    "the pattern is wrong ({reason})": "匹配式有误（{reason}）",
    # documents
    "{folder}: no such folder; name the folder that holds the plan documents":
        "{folder}：没有这个文件夹；请指定存放规划文本的文件夹",
    "{path}: byte {at} is not UTF-8; restore the document": "{path}：第 {at} 个字节不是 UTF-8；请恢复该文本",
    "no file there has the hash of {name}; its locators were not checked":
        "没有文件与 {name} 的校验值相符；其行号未核对",
    "cites line {last}, the document ends at {end}; correct the lines":
        "引到第 {last} 行，而文本只有 {end} 行；请改正行号",
    "'{term}' does not stand in lines {lines}; correct the term or the lines":
        "第 {lines} 行里没有“{term}”；请改正词语或行号",
    "no documents are registered; give --documents DIR or set {variable}":
        "没有登记规划文本；请用 --documents 指定文件夹，或设置 {variable}",
    # choosing zones
    "selection '{text}' is empty; name zones, plan:P, kind:K, scheme:S or all":
        "所选“{text}”为空；请写区的编号、plan:P、kind:K、scheme:S 或 all",
    "'{term}': '{field}' is no way to select; use plan:, kind: or scheme:":
        "“{term}”：不能按“{field}”选取；请用 plan:、kind: 或 scheme:",
    "'{term}': no {field} '{value}' is in the atlas; it has {known}":
        "“{term}”：图集里没有 {field}“{value}”；现有 {known}",
    "'{term}': no {field} '{value}' is in the atlas; it has {known} and {n} more":
        "“{term}”：图集里没有 {field}“{value}”；现有 {known} 等，另有 {n} 个",
    "zone '{zone}' is not in the atlas; did you mean {near}?": "图集里没有区“{zone}”；是否指 {near}？",
    "zone '{zone}' is not in the atlas; 'zones search' finds ids by name": "图集里没有区“{zone}”；请按名称查询其编号",
    "no plan '{plan}' is in the atlas; it has {known}": "图集里没有规划“{plan}”；现有 {known}",
    # shapes of zones
    "none of the zones has a polygon; choose zones with a geometry": "所选各区都没有面状图形；请选有图形的区",
    "zone {zones}: the shape is not valid; repair it first": "区 {zones}：图形无效；请先修复",
    "the layers have different reference systems ({a} and {b}); bring both to one":
        "两个图层的坐标系不同（{a} 与 {b}）；请统一",
    "longitude {longitude}: CGCS2000 3-degree belts cover 73.5 to 136.5 degrees east":
        "经度 {longitude}：超出 CGCS2000 3° 带的范围（东经 73.5° 至 136.5°）",
    "the faces add up to {faces}, the zones to {zones}: no right overlap was found; "
    "check the shapes with 'zones check'":
        "各块合计 {faces}，各区合计 {zones}，两者不等，重叠不可信；请用命令 zones check 检查图形",
    "the repair method is '{method}'; choose {known}": "没有修复方法“{method}”；可选 {known}",
    # findings
    "this id stands more than once; give each feature its own": "编号重复；每个要素要有各自的编号",
    "lies at {west}, {south} to {east}, {north}, outside Shenzhen; check the reference system and the axis order":
        "位于 {west}, {south} 至 {east}, {north}，在深圳以外；请核对坐标系与坐标轴顺序",
    "measures only {area} m²; delete it if it is a slip": "面积只有 {area} m²；若是误绘，请删除",
    "this feature has no shape and cannot be measured; draw it or delete it": "该要素没有图形，无法量算；请绘出或删除",
    "names zone '{zone}', which no plan has; correct the id": "提到的区“{zone}”不在任何规划中；请改正编号",
    "the plan states {stated} km², the shape measures {measured} km² ({share}), within its error":
        "规划所述 {stated} km²，图上量得 {measured} km²（{share}），在误差以内",
    "the plan states {stated} km², the shape measures {measured} km² ({share}), beyond its error":
        "规划所述 {stated} km²，图上量得 {measured} km²（{share}），超出误差",
    "{reason} (accepted: {why})": "{reason}（已接受：{why}）",
    "this shape belongs to no zone of the plans; add the zone to its plan file or correct the id":
        "图形不属于任何规划中的区；请在规划文件里补上该区，或改正编号",
    "unlocated.csv explains a zone that no plan has; correct the id or delete the row":
        "unlocated.csv 中的这个区不在任何规划里；请改正编号或删去该行",
    "this zone has neither a shape nor a reason in unlocated.csv; draw it or say why not":
        "该区没有图形，unlocated.csv 也没有说明原因；请绘出或说明",
    "this zone has a shape and a reason why it has none; delete its row in unlocated.csv":
        "该区已有图形，却仍列在 unlocated.csv；请删去该行",
    "{share} of it lies outside {districts}, further than its error; check outline or code":
        "有 {share} 在 {districts} 以外，超出误差；请核对边线或行政区代码",
    "{share} of it lies outside '{zone}', which should hold it; check both outlines":
        "有 {share} 在所属的“{zone}”以外；请核对两者边线",
    "keeps {metres} m away from '{zone}', to which it belongs; check both shapes":
        "与所属的“{zone}”相距 {metres} m；请核对两者图形",
    "keeps {metres} m away from '{zone}', which it should pass; check both shapes":
        "与应经过的“{zone}”相距 {metres} m；请核对两者图形",
    "its {n} parts of {scheme} leave {rest} of {whole} km² over":
        "{scheme} 的 {n} 个部分未覆盖全部：{whole} km² 中余 {rest} km²",
    # repairs
    "shape was invalid ({reason}) and was rebuilt by {reason2}: area {old} -> {new} {reason3}":
        "图形无效（{reason}），已{reason2}重建：面积 {old} → {new} {reason3}",
    "{reason}; check it on the map": "{reason}；请在图上核对",
    "{reason}; {reason2} would give {area} {reason3}, so choose the one that is meant (--repair-method)":
        "{reason}；若{reason2}重建则为 {area} {reason3}，请选定一种（--repair-method）",
    "{reason}; {reason2} was not tried, the shape crosses itself too often":
        "{reason}；图形自交过多，未试{reason2}重建",
    "structure": "按结构",
    "linework": "按线划",
    "square drawing units": "图上平方单位",
    "{n} more shapes were repaired": "另有 {n} 个图形已修复",
    "feature {feature}: {reason}": "要素 {feature}：{reason}",
    "feature {feature}: shape was invalid ({reason}) and was rebuilt by structure: area {old} -> {new} m²":
        "要素 {feature}：图形无效（{reason}），已按结构重建：面积 {old} → {new} m²",
    "ring was not closed": "环未闭合",
    "the shape cannot be read and was left out": "图形无法读取，未计入",
    "the shape has coordinates that are no numbers and was left out": "图形的坐标不是数字，未计入",
    "a {kind} has no area and was left out": "{kind} 没有面积，未计入",
}  # fmt: skip
