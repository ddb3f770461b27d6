"""What libraries and the system say within our sentences: English template to Chinese one."""

PLACE_IN_YAML = 'in "<unicode string>", line {line}, column {column}'
WHILE = (
    "parsing a block mapping", "parsing a block collection", "parsing a flow mapping", "parsing a flow sequence",
    "parsing a node", "scanning a simple key", "scanning a quoted scalar", "scanning a plain scalar",
    "scanning a block scalar", "scanning an anchor", "scanning an alias", "scanning for the next token",
    "parsing a document", "scanning a directive", "scanning a tag",
)  # fmt: skip
"""What YAML may be at when it stops; where that began is told, not what it was."""

YAML = {
    "{reason} " + PLACE_IN_YAML: "第 {line} 行第 {column} 列{reason}",
    **{
        f'while {at} in "<unicode string>", line {{first}}, column {{start}} {{reason}} {PLACE_IN_YAML}':
            "第 {line} 行第 {column} 列{reason}（该处从第 {first} 行第 {start} 列开始）"
        for at in WHILE
    },
    "mapping values are not allowed in this context": "不应有冒号",
    "mapping values are not allowed here": "不应有冒号",
    "did not find expected key": "缩进或键不对",
    "did not find expected '-' indicator": "缩进不对，或缺少“-”",
    "did not find expected <document start>": "有多余的内容",
    "did not find expected ',' or ']'": "缺少“,”或“]”",
    "did not find expected ',' or '}'": "缺少“,”或“}”",
    "did not find expected node content": "缺少内容",
    "could not find expected ':'": "缺少冒号",
    "found unexpected end of stream": "引号没有结束",
    "found character that cannot start any token": "有不能用在开头的字符",
    "found a tab character that violates indentation": "缩进用了制表符",
    "found a tab character where an indentation space is expected": "缩进用了制表符",
    "found undefined alias": "引用了没有定义的别名",
    "found unknown escape character": "有不认识的转义字符",
    "block sequence entries are not allowed in this context": "不应有“-”",
    "control characters are not allowed": "有控制字符",
}  # fmt: skip

FIELDS = {
    "Value error, {reason}": "{reason}",
    "Field required": "缺少此项",
    "Extra inputs are not permitted": "没有这一项",
    "Input should be a valid string": "应为文字",
    "Input should be a valid integer": "应为整数",
    "Input should be a valid integer, unable to parse string as an integer": "应为整数",
    "Input should be a valid integer, got a number with a fractional part": "应为整数",
    "Input should be a valid number": "应为数字",
    "Input should be a valid number, unable to parse string as a number": "应为数字",
    "Input should be a finite number": "应为有限数",
    "Input should be a valid boolean": "应为 true 或 false",
    "Input should be a valid tuple": "应为列表",
    "Input should be a valid list": "应为列表",
    "Input should be a valid dictionary": "应为一组键和值",
    "Input should be a valid dictionary or instance of {name}": "应为一组键和值（{name}）",
    "Input should be a valid date": "应为日期",
    "Input should be {value}": "应为 {value}",
    "Input should be {known} or {last}": "应为 {known} 或 {last}",
    "Input should be greater than {n}": "应大于 {n}",
    "Input should be greater than or equal to {n}": "应不小于 {n}",
    "Input should be less than {n}": "应小于 {n}",
    "Input should be less than or equal to {n}": "应不大于 {n}",
    "String should match pattern '{pattern}'": "写法应符合 {pattern}",
    "String should have at least {n} character": "不能为空（至少 {n} 个字符）",
    "String should have at least {n} characters": "至少 {n} 个字符",
    "Tuple should have at least {n} item after validation, not {found}": "至少要有 {n} 项，现有 {found} 项",
    "Tuple should have at least {n} items after validation, not {found}": "至少要有 {n} 项，现有 {found} 项",
}

SYSTEM = {
    "[Errno {n}] {reason}: '{path}'": "{reason}：“{path}”（{n}）",
    "Permission denied": "没有权限",
    "No space left on device": "磁盘已满",
    "Disk quota exceeded": "超出磁盘配额",
    "No such file or directory": "没有这个文件或文件夹",
    "Is a directory": "这是文件夹",
    "Not a directory": "不是文件夹",
    "Read-only file system": "磁盘只读",
    "File exists": "已经存在",
    "File name too long": "文件名过长",
    "Input/output error": "读写出错",
    "Too many open files": "打开的文件过多",
    "Operation not permitted": "不允许这样做",
}

FILES = {
    "File is not a zip file": "不是 zip 文件",
    "Bad magic number for central directory": "zip 目录损坏",
    "Bad magic number for file header": "zip 文件头损坏",
    "Truncated file header": "zip 文件头不完整",
    "Bad CRC-32 for file '{name}'": "“{name}”校验不符",
    "\"There is no item named '{name}' in the archive\"": "压缩包里没有“{name}”",
    "'{codec}' codec can't decode byte {byte} in position {at}: {reason}":
        "位置 {at} 的字节 {byte} 不是 {codec}：{reason}",
    "'{codec}' codec can't decode bytes in position {at}: {reason}": "位置 {at} 的字节不是 {codec}：{reason}",
    "invalid start byte": "起始字节不对",
    "invalid continuation byte": "后续字节不对",
    "unexpected end of data": "内容中断",
    "illegal multibyte sequence": "字节组合不对",
    "incomplete multibyte sequence": "字节组合不完整",
    "{reason}: line {line} column {column} (char {at})": "第 {line} 行第 {column} 列{reason}（第 {at} 个字符）",
    "Expecting value": "缺少值",
    "Expecting property name enclosed in double quotes": "缺少带双引号的键名",
    "Expecting ',' delimiter": "缺少逗号",
    "Expecting ':' delimiter": "缺少冒号",
    "Extra data": "有多余的内容",
    "Unterminated string starting at": "文字没有结束引号",
    "Invalid control character at": "有控制字符",
    "Invalid \\escape": "转义写法不对",
    "{reason}: line {line}, column {column}": "第 {line} 行第 {column} 列{reason}",
    "not well-formed (invalid token)": "不合 XML 语法",
    "syntax error": "不合语法",
    "no element found": "没有内容",
    "mismatched tag": "标签不配对",
    "unclosed token": "标签没有结束",
    "junk after document element": "正文之后有多余内容",
    "{reason} (at line {line}, column {column})": "第 {line} 行第 {column} 列{reason}",
    "{reason} (at end of document)": "文件末尾{reason}",
    "Invalid value": "值的写法不对",
    "Invalid statement": "写法不对",
    "Expected '=' after a key in a key/value pair": "键名之后缺少等号",
    "Expected newline or end of document after a statement": "一行之后有多余内容",
    "Cannot overwrite a value": "同一键写了两次",
    "Unclosed array": "方括号没有结束",
    "Unterminated string": "文字没有结束引号",
    "Error {code} while decompressing data: {detail}": "解压出错 {code}（{detail}）",
    "Stream has ended unexpectedly": "内容中断",
    "EOF marker not found": "缺少文件结束标记",
    "Cannot read an empty file": "文件是空的",
    "database disk image is malformed": "数据库内容损坏",
    "Parquet magic bytes not found in footer. Either the file is corrupted or this is not a parquet file.":
        "缺少文件结束标记",
    "DXFStructureError: missing {name} tag.": "缺少 {name} 标记",
}  # fmt: skip

SHAPES = {
    "Self-intersection[{at}]": "自相交，在 {at}",
    "Ring Self-intersection[{at}]": "环自相交，在 {at}",
    "Too few points in geometry component[{at}]": "点数不足，在 {at}",
    "Hole lies outside shell[{at}]": "洞在外环以外，在 {at}",
    "Holes are nested[{at}]": "洞相互嵌套，在 {at}",
    "Nested shells[{at}]": "外环相互嵌套，在 {at}",
    "Interior is disconnected[{at}]": "内部不连通，在 {at}",
    "Duplicate Rings[{at}]": "环重复，在 {at}",
    "Invalid Coordinate[{at}]": "坐标无效，在 {at}",
}

TEMPLATES: dict[str, str] = {**YAML, **FIELDS, **SYSTEM, **FILES, **SHAPES}
