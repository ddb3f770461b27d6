"""Errors and findings in Chinese: no sentence of the program may be forgotten, and no value of it lost."""

import ast
import re
import time
from pathlib import Path

import pytest

from tests.raised import Module, filled, name_of
from ui.sentences import sentences
from ui.sentences.sentences import TEMPLATES, TOLD, VALUE, find, translate
from ui.words import i18n
from ui.words.words_import import KINDS

ROOT = Path(__file__).resolve().parents[1]
COMMAND_LINE = {
    "ui/commands/cli.py", "ui/commands/cli_georef.py", "ui/commands/cli_makers.py", "ui/commands/cli_measures.py",
    "ui/commands/cli_official.py", "ui/commands/cli_raster.py", "ui/commands/cli_slides.py",
    "ui/commands/drawings.py", "ui/commands/selecting.py", "ui/commands/tabulating.py", "ui/commands/zonal_rows.py",
    "ui/server.py", "zones/counting/dask_tasks.py", "zones/counting/tabulate_dask.py", "zones/counting/versions.py",
}  # fmt: skip
"""What only a command can reach; it speaks English."""

FILES = [path for room in ("zones", "layers", "ui") for path in sorted((ROOT / room).rglob("*.py"))]
RAISED = {
    "ValueError",
    *(name for path in FILES for name in re.findall(r"^class (\w+(?:Error|Fault))\(", path.read_text("utf-8"), re.M)),
}
SEEN = [path for path in FILES if path.relative_to(ROOT).as_posix() not in COMMAND_LINE]
NAME = re.compile(r"[-.]*[A-Z.\-][\w.\-]*")
"""Names that are the same in both languages: a format, an option, a suffix."""


def forgotten(text):
    """Return the pieces of a sentence, its values marked, that stay English."""
    found = find(text)
    if found is None:
        return [text] if re.search("[A-Za-z]{2}", text) else []
    pieces = []
    for name, value in found.values.items():
        if name.startswith(TOLD):
            pieces += forgotten(value)
        elif re.search("[A-Za-z]{2}", value) and not all(map(NAME.fullmatch, value.split(", "))):
            pieces.append(value)
    return [each for each in pieces if not NAME.fullmatch(each)]


@pytest.mark.parametrize("path", SEEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_sentence_has_chinese(path):
    told = Module(path).sentences(RAISED, set(KINDS))
    left = {text: forgotten(filled(text)) for text in told}
    assert not {text: pieces for text, pieces in left.items() if pieces}


def test_the_walk_finds_the_sentences():
    """By hand: a plain raise, one by way of a variable, one of an issue, one of a called function."""
    found = Module(ROOT / "zones/overlap.py").sentences(RAISED, set())
    assert "zone \0: the shape is not valid; repair it first" in found
    assert any(text.endswith("no right overlap was found; check the shapes with 'zones check'") for text in found)
    found = Module(ROOT / "zones/repair.py").sentences(RAISED, set())
    assert "shape was invalid (\0) and was rebuilt by \0: area \0 -> \0 m²; check it on the map" in found
    assert "its shape is empty" in Module(ROOT / "zones/intake/raw.py").sentences(RAISED, set())


def test_templates_hold_the_same_values():
    for english, chinese in TEMPLATES.items():
        assert sorted(VALUE.findall(english)) == sorted(VALUE.findall(chinese)), english
        assert len(set(VALUE.findall(english))) == len(VALUE.findall(english)), english
        assert english != chinese


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("x.shp: no such file; check the name", "x.shp：没有这个文件；请核对文件名"),
        (
            "/a/b: c.gpkg: holds 2 layers (地块, roads); name one with --layer",
            "/a/b: c.gpkg：里面有 2 个图层（地块, roads）；请选择一个",
        ),
        ("x.shp: has no field '用地'; it has none", "x.shp：没有字段“用地”；现有 无"),
        ("x.shp: has no field 'none'; it has none_2, b", "x.shp：没有字段“none”；现有 none_2, b"),
        (
            "sz.yaml: sz.core.a: kind: Field required (found 'x: y'); 3 more faults follow",
            "sz.yaml：sz.core.a：kind：缺少此项（现为“x: y”）；其后还有 3 处错误",
        ),
        (
            "a.yaml: sz.core.a: kind: Input should be 'core', 'park' or 'belt' (found 'x')",
            "a.yaml：sz.core.a：kind：应为 'core'、'park' 或 'belt'（现为“x”）",
        ),
        (
            'a.yaml: not readable as YAML: mapping values are not allowed in this context in "<unicode string>", '
            "line 3, column 8; mend that line",
            "a.yaml：不能按 YAML 读取：第 3 行第 8 列不应有冒号；请改正该行",
        ),
        (
            "feature 7: shape was invalid (Self-intersection[114 22.5]) and was rebuilt by structure: "
            "area 1,200.0 -> 800.0 m²",
            "要素 7：图形无效（自相交，在 114 22.5），已按结构重建：面积 1,200.0 → 800.0 m²",
        ),
        (
            "a.csv: no reference system is given, and its numbers (480000, 2500000) fit EPSG:4548 (CGCS2000 "
            "Gauss-Krüger, 117 E) or EPSG:32650 (WGS 84 UTM zone 50N); say which with --crs",
            "a.csv：没有说明坐标系，数值（480000, 2500000）与这些都相符：EPSG:4548（CGCS2000 高斯，中央经线 117°），"
            "或 EPSG:32650（WGS 84 UTM 50N 带）；请选择",
        ),
        (
            "a.xls: '.xls' files cannot be read; convert it to one of .shp, .csv",
            "a.xls：不能读“.xls”文件；请转为 .shp、.csv 之一",
        ),
        ("值.xlsx: row 3: value is '约 5'; give a number", "值.xlsx：第 3 行：数值为“约 5”；请填数字"),
        ("out/a.png cannot be written: No space left on device; choose another place.",
         "out/a.png 无法写入：磁盘已满；请换一个位置。"),
    ],
)  # fmt: skip
def test_sentences_in_chinese(english, chinese):
    assert translate(english, "zh") == chinese
    assert translate(english, "en") == english


@pytest.mark.parametrize(
    "text", ["", "never said before: {path}", "a: b", "文件：3.0 MB；请缩小", "x" * 9000, "a{b}: c"]
)
def test_what_is_not_known_stays_as_it_is(text):
    assert translate(text, "zh") == text


def test_values_are_never_taken_for_sentences():
    """A folder, file or field may be called like anything, a template included."""
    name = "{path}: none; it has no shape"
    assert translate(f"{name}: no such file; check the name", "zh") == f"{name}：没有这个文件；请核对文件名"


@pytest.mark.parametrize(
    "piece", ["a: ", "a; b: c (", "x: '", ": line 1, layer '': x is empty; fill it i", " or ", "[]"]
)
def test_a_hostile_text_takes_no_time(piece):
    """A value of a file may be long and full of marks: each is compared in one pass, and only so deep."""
    start = time.process_time()
    translate(piece * (4000 // len(piece)), "zh")
    assert time.process_time() - start < 2


def test_reason_that_is_not_known_stays_english_within_the_sentence():
    text = "a.gpkg: not readable as GeoPackage: something of GDAL's own"
    assert translate(text, "zh") == "a.gpkg：不能按 GeoPackage 读取：something of GDAL's own"


def test_errors_are_shown_in_one_way():
    """Elsewhere `st.error` shows words of the interface only."""
    others = [path for path in FILES if path.name != "faults.py"]
    calls = [call for path in others for call in Module(path).calls if name_of(call.func) == "error" and call.args]
    shown = [call.args[0] for call in calls if name_of(getattr(call.func, "value", None)) == "st"]
    texts = [each for text in shown for each in ([text.body, text.orelse] if isinstance(text, ast.IfExp) else [text])]
    assert {name_of(getattr(text, "func", None)) for text in texts} == {"t"}


def test_the_font_has_every_sign():
    assert set("".join(TEMPLATES.values())) <= set(i18n.every_character())


def test_one_sentence_stands_in_one_table():
    tables = (each for name, each in vars(sentences).items() if name.startswith("sentences_"))
    assert len(TEMPLATES) == sum(len(table.TEMPLATES) for table in tables)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        (
            "x.geojson: not readable as GeoJSON: damaged or cut off; get the file anew "
            "(Expecting value: line 1 column 260 (char 259))",
            "x.geojson：不能按 GeoJSON 读取：文件损坏或不完整，请重新获取（第 1 行第 260 列缺少值（第 259 个字符））",
        ),
        (
            "x.gpkg: not readable: damaged or cut off; get the file anew (database disk image is malformed)",
            "x.gpkg：无法读取：文件损坏或不完整，请重新获取（数据库内容损坏）",
        ),
        (
            ".cpg file says gb18030, but 1 texts are not gb18030; read as utf-8",
            ".cpg 文件写明 gb18030，但有 1 处文字不是 gb18030；按 utf-8 读取",
        ),
        (
            "a.zip: .prj file says EPSG:4547, but its numbers (38532891.31, 2505813.4) are those of "
            "EPSG:4526; say which is right with --crs",
            "a.zip：.prj 文件写明 EPSG:4547，数值（38532891.31, 2505813.4）却是 EPSG:4526 的；请核对后指定",
        ),
    ],
)
def test_sentences_on_files_are_whole_in_chinese(english, chinese):
    assert translate(english, "zh") == chinese
