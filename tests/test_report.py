"""The written report: native tables, numbered headings, a source after each statement, and no figure of its own."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from layers.reports.report import report_docx
from tests.test_indicator_tables import ODD, RECORD
from tests.test_slides import CORE, PARK
from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.proof.passport import read_record
from zones.proof.receipts import canonical

HEADS = ["概况", "面积", "重叠", "各区定位与产业", "指标", "规划之间对不上的说法"]
HEADS += ["不能定位的区", "方法", "资料来源", "数字凭证"]
FALLING = RECORD | {
    "indicator_id": "tiny.indicator.falling",
    "name": {"zh": "能耗", "en": "Energy"},
    "baseline": {"year": 2020, "form": "number", "value": 300, "raw": "300"},
}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    plan = changed(PLAN, ["indicators"], [RECORD, ODD, FALLING])
    return read_atlas(write_atlas(tmp_path_factory.mktemp("report") / "data", plan=plan))


@pytest.fixture(scope="module")
def made(atlas):
    return report_docx(atlas, atlas.zones)


@pytest.fixture(scope="module")
def document(made):
    return Document(io.BytesIO(made[0]))


def texts(document, style=None):
    return [each.text for each in document.paragraphs if style is None or each.style.name == style]


def tables(document):
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def table_with(document, head):
    return next(rows for rows in tables(document) if head in rows[0])


def test_it_is_a4_with_running_head_and_page_numbers(document, atlas):
    section = document.sections[0]
    assert abs(section.page_width - Mm(210)) + abs(section.page_height - Mm(297)) < Mm(0.1)
    assert section.header.paragraphs[0].text == "小规划的创新区：空间与指标报告\t内部用图"
    foot = section.footer.paragraphs[0]
    assert f"数据版本 {atlas.version}" in foot.text
    assert "内部用图" in foot.text
    codes = [each.text.strip() for each in foot._p.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_headings_number_themselves(document):
    assert texts(document, "Heading 1") == HEADS
    assert "某镇（节点）" in texts(document, "Heading 3")
    for level in (1, 2, 3):
        number = document.styles[f"Heading {level}"].element.pPr.numPr
        assert number.ilvl.val == level - 1
    kinds = document.part.numbering_part.element.findall(qn("w:abstractNum"))
    ours = next(each for each in kinds if each.get(qn("w:abstractNumId")) == str(number.numId.val))
    assert [each.get(qn("w:val")) for each in ours.iter(qn("w:lvlText"))] == ["%1", "%1.%2", "%1.%2.%3"]


def test_the_contents_are_a_field_that_holds_the_headings_and_asks_word_to_fill_it(document):
    codes = [each.text.strip() for each in document.element.iter(qn("w:instrText"))]
    assert codes[0].startswith("TOC ")
    listed = [re.sub(r"^[\d.]+  |\t$", "", text) for text in texts(document, "Contents 1")]
    assert listed == HEADS
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
    marks = {each.get(qn("w:name")) for each in document.element.iter(qn("w:bookmarkStart"))}
    assert {code.split()[1] for code in codes if code.startswith("PAGEREF")} <= marks


def test_nothing_of_the_template_stays_behind(made):
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_fields_open_and_close_in_turn(document):
    depth = 0
    for mark in document.element.iter(qn("w:fldChar")):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(qn("w:fldCharType"))]
        assert depth in (0, 1, 2)
    assert depth == 0


def test_tables_are_native_with_heads_that_repeat(document, made):
    assert len(document.tables) == made[1]["table"]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    rows = table_with(document, "椭球面积 ±")
    assert rows[1] == ["铁仔山园区", "园区", "推定边界", "4.6 ± 1.8", "4.6", "4.6", "4", "< ± (+14%)"]
    assert table_with(document, "占甲")[1] == ["铁仔山园区", "石岩南片区", f"{CORE:.2f}", "25%", "100%"]
    assert ["某镇", "节点", "小规划", "未给出位置"] in table_with(document, "原因")


def test_figures_and_tables_have_numbered_captions(document, made):
    captions = texts(document, "Caption")
    for kind, name in (("figure", "图"), ("table", "表")):
        numbers = [int(text.split()[1]) for text in captions if text.startswith(f"{name} ")]
        assert numbers == list(range(1, made[1][kind] + 1))
    assert len(document.inline_shapes) == made[1]["figure"] == 2


def test_figures_carry_vectors_beside_the_picture(made):
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        vectors = sorted(name for name in package.namelist() if name.endswith(".svg"))
        assert vectors == ["word/media/map1.svg", "word/media/map2.svg"]
        assert all(ElementTree.fromstring(package.read(name)).tag.endswith("svg") for name in vectors)


def test_each_statement_is_followed_by_its_source(document):
    said = {each.runs[0].text: each.runs[-1].text for each in document.paragraphs if len(each.runs) > 1}
    assert said["定位：智造。"] == "〔小规划 · 一（二） · 第3行〕"
    assert said["产业：新能源。"] == "〔小规划 · 一（二） · 第4-5行〕"
    stated = next(text for text in said if text.startswith("“铁仔山园区”规划所述"))
    assert stated == "“铁仔山园区”规划所述 4 km²，图上量算 4.6 ± 1.8 km²，差 < ± (+14%)。"
    assert said[stated].startswith("〔小规划 · 二 · 第20行；凭证 ")
    growth = next(text for text in said if text.startswith("“研发投入”"))
    assert growth == "“研发投入”100 亿元 (2020) → 200 亿元 (2025)，目标为基期的 2.00 倍。".replace(" 亿元", "亿元")
    assert said[growth] == "〔小规划 · 一（二） · 第1-9行〕"


def test_sums_in_sentences_are_those_of_the_table(document):
    sentence = next(text for text in texts(document) if text.startswith("各区面积简单相加"))
    total = table_with(document, "k × 面积（km²）")[-1]
    assert f"{total[2]} km²" in sentence
    assert f"{total[1]} km²" in sentence
    assert float(total[2]) > PARK + CORE


def test_a_zone_without_shape_says_why(document):
    assert any(text.startswith("不能定位：未给出位置。") for text in texts(document))


def test_contradictions_name_both_sides(document):
    found = next(text for text in texts(document) if text.startswith("“能耗”目标低于现状"))
    assert "小规划 · 第1-9行" in found


def test_method_edges_grades_and_documents_are_told(document):
    rows = dict(table_with(document, "内容")[1:])
    assert rows["边的规则"] == "经纬度直线边"
    assert {"±", "推定边界", "官方边界", "国土调查公式"} <= rows.keys()
    assert table_with(document, "文件")[1] == ["小区规划", "tiny.txt", "0" * 16]


def test_the_type_is_one_that_office_has(document):
    for name in ("Normal", "Title", "Heading 1", "Cell", "Caption"):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert not [key for key in fonts.attrib if key.endswith("Theme")]


def test_the_file_carries_its_receipts_and_names_their_ids(made, document, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(made[0])
    assert canonical(read_record(path)) == canonical(made[2])
    named = {row[2] for row in table_with(document, "凭证号")[1:]}
    # Four areas; sum, union and ground counted again; once and twice.
    assert len(named) == 9
    assert named <= {receipt["id"] for receipt in made[2]["receipts"]}


def test_an_english_report_speaks_english(atlas):
    document = Document(io.BytesIO(report_docx(atlas, atlas.zones, "en")[0]))
    assert document.paragraphs[0].text == "Innovation zones of the Tiny: report on space and indicators"
    assert "Positioning: Smart making. [Tiny · 一（二） · line 3]" in texts(document)


def test_zones_without_any_shape_still_make_a_report(atlas):
    content, counts, record = report_docx(atlas, atlas.zones.loc[["tiny.node.lost"]])
    assert (counts.get("figure", 0), record["receipts"]) == (0, [])
    assert "不能定位的区" in texts(Document(io.BytesIO(content)), "Heading 1")
