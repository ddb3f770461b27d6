"""Slides a presenter can edit: native objects, the page's numbers, sources in the notes, nothing past an edge."""

import io
import zipfile
from xml.etree import ElementTree

import pytest
import yaml
from PIL import Image
from pptx import Presentation
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pyproj import Geod, Transformer

from layers import style
from layers.sheets.sheet_frame import Box
from layers.slides.slide_charts import round_up
from layers.slides.slide_shapes import Column, column_widths, head_high, in_pages, largest_size, row_high
from layers.slides.slides import slides_bytes
from tests.test_indicator_tables import ODD, RECORD
from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.proof.passport import read_record
from zones.proof.receipts import canonical

EQUAL_AREA = Transformer.from_crs("EPSG:4326", "+proj=cea +ellps=GRS80", always_xy=True)
LONG = "宝安湾区文化艺术中心（中国国际动作电影总部基地）与深港科技创新合作延伸区示范片区"
THIRD = RECORD | {"indicator_id": "tiny.indicator.two", "name": {"zh": "专利", "en": "Patents"}, "unit": "件"}
FOURTH = THIRD | {"indicator_id": "tiny.indicator.three", "name": {"zh": "企业", "en": "Firms"}, "unit": "家"}


def box_km2(west, south, east, north):
    """Return the area of a box in degrees: on an equal-area cylinder it is a rectangle."""
    (x0, x1), (y0, y1) = EQUAL_AREA.transform([west, east], [south, north])
    return (x1 - x0) * (y1 - y0) / 1e6


PARK = box_km2(113.85, 22.70, 113.87, 22.72)
CORE = box_km2(113.85, 22.70, 113.86, 22.71)
BAND = box_km2(113.84, 22.705, 113.88, 22.707)
BAND_IN_PARK = box_km2(113.85, 22.705, 113.87, 22.707)
BAND_IN_CORE = box_km2(113.85, 22.705, 113.86, 22.707)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    plan = changed(PLAN, ["indicators"], [RECORD, ODD, THIRD, FOURTH])
    plan = changed(plan, ["zones", 1, "name", "zh"], LONG)
    return read_atlas(write_atlas(tmp_path_factory.mktemp("slides") / "data", plan=plan))


@pytest.fixture(scope="module")
def made(atlas):
    return slides_bytes(atlas, atlas.zones)


@pytest.fixture(scope="module")
def deck(made):
    return Presentation(io.BytesIO(made[0]))


def flat(shapes):
    for shape in shapes:
        yield shape
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from flat(shape.shapes)


def charts(deck):
    return {shape.name: shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart}


def tables(deck):
    """Return all tables as rows of texts."""
    held = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in held]


def table_with(deck, head):
    return next(rows for rows in tables(deck) if head in rows[0])


def test_it_is_wide_and_every_slide_has_its_title_in_the_placeholder(deck, made):
    assert (deck.slide_width, deck.slide_height) == (12192120, 6858000)
    assert len(deck.slides) == made[1]
    kinds = {slide.shapes.title.placeholder_format.type for slide in deck.slides}
    assert kinds == {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
    assert all(slide.shapes.title.text.strip() for slide in deck.slides)


def test_every_slide_but_the_cover_has_foot_and_number(deck, atlas):
    for slide in list(deck.slides)[1:]:
        held = {shape.placeholder_format.type: shape for shape in slide.placeholders}
        assert f"数据版本 {atlas.version} · 数据日期 2026-11-21" in held[PP_PLACEHOLDER.FOOTER].text_frame.text
        assert held[PP_PLACEHOLDER.SLIDE_NUMBER]._element.find(f".//{qn('a:fld')}").get("type") == "slidenum"


def test_no_placeholder_is_empty_and_nothing_leaves_the_slide(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.is_placeholder:
                assert shape.text_frame.text
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width + 1000
            assert shape.top + shape.height <= deck.slide_height + 1000


def test_nothing_of_the_template_stays_behind(made, deck):
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name or "printer" in name]
    assert [layout.name for layout in deck.slide_layouts] == ["封面", "标题与内容"]


def test_shape_ids_are_unique_on_each_slide(deck):
    for slide in deck.slides:
        ids = [each.get("id") for each in slide._element.iter(qn("p:cNvPr"))]
        assert len(ids) == len(set(ids))


def test_the_theme_names_a_font_that_office_has(made):
    with zipfile.ZipFile(io.BytesIO(made[0])) as package:
        themes = [name for name in package.namelist() if name.startswith("ppt/theme/")]
        for name in themes:
            root = ElementTree.fromstring(package.read(name))
            for side in ("latin", "ea"):
                fonts = root.iter(f"{{http://schemas.openxmlformats.org/drawingml/2006/main}}{side}")
                assert {font.get("typeface") for font in fonts} == {"Microsoft YaHei"}
    assert len(themes) == 2


def test_the_map_is_a_picture_of_300_dpi_with_vectors_of_the_same_map(made, deck):
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.name == "Map"]
    # Cover, overview, ground by how many zones cover it, and the corridor.
    assert len(pictures) == 4
    package = zipfile.ZipFile(io.BytesIO(made[0]))
    vectors = [name for name in package.namelist() if name.endswith(".svg")]
    assert len(vectors) == len(pictures)
    for shape in pictures:
        wide = Image.open(io.BytesIO(shape.image.blob)).width
        assert wide / (shape.width / 914400) == pytest.approx(300, abs=0.5)
        assert shape._element.find(".//{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip") is not None
        assert shape._element.nvPicPr.cNvPr.get("descr")
    for name in vectors:
        assert ElementTree.fromstring(package.read(name)).tag.endswith("svg")
        # Office draws no pattern.
        assert b"<pattern" not in package.read(name)


def test_the_legend_is_native_and_shows_the_grade_by_its_line(deck):
    legend = next(shape for slide in deck.slides for shape in slide.shapes if shape.name == "Legend")
    parts = list(flat(legend.shapes))
    texts = [part.text_frame.text for part in parts if part.has_text_frame and part.text_frame.text]
    assert texts[:2] == ["图例", "核心片区（1）"]
    assert any(text.startswith("推定边界") for text in texts)
    dashes = {part.line.dash_style for part in parts if part.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE}
    assert {MSO_LINE.DASH, MSO_LINE.ROUND_DOT} <= dashes
    fills = {str(part.fill.fore_color.rgb) for part in parts if part.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE
             and part.fill.type == 1}  # fmt: skip
    assert style.KIND_COLOURS["core"].lstrip("#") in fills


def test_areas_of_chart_and_table_are_those_of_the_ellipsoid(deck):
    chart = charts(deck)["Areas"]
    assert list(chart.plots[0].series[0].values) == pytest.approx([PARK, CORE, BAND], rel=1e-9)
    bars = chart.plots[0].series[0]._element.find(qn("c:errBars"))
    plus = [float(value.text) for value in bars.find(qn("c:plus")).iter(qn("c:v"))]
    assert plus[0] == pytest.approx(1.8, abs=0.05)
    # The longest error bar, 4.55 + 1.8, ends inside the axis.
    assert chart.value_axis.maximum_scale == 6.5
    rows = table_with(deck, "椭球面积 ±")
    assert rows[1][:5] == ["铁仔山园区", "园区", "小规划", "推定边界", "4.6 ± 1.8"]
    assert rows[1][7:] == ["4", "< ± (+14%)"]


def test_the_name_of_a_zone_stays_whole(deck):
    assert table_with(deck, "椭球面积 ±")[2][0] == LONG


def test_overlap_adds_up_as_boxes_do(deck):
    rows = table_with(deck, "k × 面积（km²）")
    once, whole = PARK + BAND - BAND_IN_PARK, PARK + CORE + BAND
    thrice, twice = BAND_IN_CORE, CORE + BAND_IN_PARK - 2 * BAND_IN_CORE
    assert [row[1] for row in rows[1:]] == [f"{area:.2f}" for area in (once - twice - thrice, twice, thrice, once)]
    assert rows[-1] == ["合计", f"{once:.2f}", f"{whole:.2f}"]
    assert list(charts(deck)["k-fold cover"].plots[0].series[0].values)[2] == pytest.approx(thrice, rel=1e-6)
    assert table_with(deck, "占甲")[1] == ["铁仔山园区", LONG, f"{CORE:.2f}", "25%", "100%"]


def test_a_corridor_is_told_over_its_width(deck):
    # Park and core lie under the middle half of the axis, whatever the width below 600 m: a quarter is free at each
    # end.
    end_km = Geod(ellps="GRS80").inv(113.84, 22.706, 113.85, 22.706)[2] / 1000
    rows = next(rows for rows in tables(deck) if rows[0][0] == "空档")
    assert [row[2] for row in rows[1:]] == [f"{end_km:.1f}"] * 2
    assert {row[1] for row in rows[1:]} == {f"0.0–{end_km:.1f}", f"{3 * end_km:.1f}–{4 * end_km:.1f}"}
    curve = charts(deck)["Coverage over half-width"].plots[0].series[0]
    assert next(iter(curve.values)) == pytest.approx(50, abs=0.01)
    widths = [float(point.text) for point in curve._element.find(qn("c:xVal")).iter(qn("c:v"))]
    assert widths == [100, *range(300, 3001, 300)]
    inside = table_with(deck, "占走廊")
    assert inside[1][0] == "铁仔山园区"
    assert inside[1][4] == "50%"


def test_indicators_keep_their_words_and_chart_only_numbers(deck):
    rows = table_with(deck, "基期")
    assert rows[1][:5] == ["研发投入", "亿元", "预期性", "100 (2020)", "200 (2025)"]
    assert rows[2][3:5] == ["—", "XX (2025)"]
    base, target = charts(deck)["Baseline to target"].plots[0].series
    assert (list(base.values), list(target.values)) == ([100, 100, 100], [200, 200, 200])


def test_a_zone_without_shape_is_told_with_its_reason(deck):
    assert ["某镇", "节点", "小规划", "未给出位置"] in table_with(deck, "原因")


def test_notes_name_document_lines_and_receipts(deck, made):
    ids = {receipt["id"] for receipt in made[2]["receipts"]}
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert all("tiny.txt" in text for text in notes)
    largest = next(slide for slide in deck.slides if slide.shapes.title.text == "面积最大的 3 个区")
    text = largest.notes_slide.notes_text_frame.text
    assert "小规划 · tiny.txt · 第1-9、20行" in text
    said = [line.rpartition(": ")[2] for line in text.splitlines() if line.startswith("铁仔山园区: ")]
    assert len(said) == 1
    assert set(said) <= ids


def test_the_file_carries_its_receipts(made, tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(made[0])
    assert canonical(read_record(path)) == canonical(made[2])
    # Three areas, three differences or perimeters, three pairs, sum, union, ground counted again and three folds.
    assert {receipt["kind"] for receipt in made[2]["receipts"]} == {
        "area", "difference", "overlap", "sum", "union", "double", "k_fold", "corridor", "covered", "class", "inside",
        "fold", "gap",
    }  # fmt: skip


def test_notes_of_a_corridor_name_the_receipts_of_its_figures(deck, made):
    ids = {receipt["kind"]: receipt["id"] for receipt in made[2]["receipts"]}
    notes = [slide.notes_slide.notes_text_frame.text for slide in deck.slides]
    assert any(f"滨海走廊 · 覆盖率: {ids['covered']}" in text for text in notes)
    assert any(f"滨海走廊 · 走廊面积（km²）: {ids['corridor']}" in text for text in notes)


def test_an_english_deck_speaks_english(atlas):
    deck = Presentation(io.BytesIO(slides_bytes(atlas, atlas.zones, ("area",), "en")[0]))
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == "Innovation zones of the Tiny"
    assert "The 3 largest zones" in titles
    assert not charts(deck).keys() & {"k-fold cover", "Baseline to target"}


def test_plans_that_count_one_thing_stand_side_by_side(tmp_path):
    one = changed(PLAN, ["indicators"], [RECORD | {"theme": "rd-spending"}])
    root = write_atlas(
        tmp_path / "data",
        plan=one,
        reasons="zone_id,reason_zh,reason_en\ntiny.node.lost,无,None\n"
        + "".join(f"{zone['zone_id'].replace('tiny', 'other')},无,None\n" for zone in PLAN["zones"]),
    )
    text = yaml.safe_dump(one, allow_unicode=True, sort_keys=False).replace("tiny", "other").replace("440306", "440310")
    (root / "plans" / "other.yaml").write_text(text, encoding="utf-8")
    atlas = read_atlas(root)
    deck = Presentation(io.BytesIO(slides_bytes(atlas, atlas.zones, ("indicators",))[0]))
    slide = next(slide for slide in deck.slides if slide.shapes.title.text == "全社会研发投入：各规划并列")
    rows = [[cell.text for cell in row.cells] for row in next(s for s in slide.shapes if s.has_table).table.rows]
    assert rows[1:] == [["宝安区", "研发投入", "100亿元 (2020)", "200亿元 (2025)"],
                        ["坪山区", "研发投入", "100亿元 (2020)", "200亿元 (2025)"]]  # fmt: skip


def test_zones_without_any_shape_still_make_slides(atlas):
    content, pages, record = slides_bytes(atlas, atlas.zones.loc[["tiny.node.lost"]], ("area", "overlap"))
    assert (len(Presentation(io.BytesIO(content)).slides), record["receipts"]) == (pages, [])


def test_what_cannot_be_made_is_said(atlas):
    with pytest.raises(InputError, match="deck 'corridors' is not known; choose one of"):
        slides_bytes(atlas, atlas.zones, ("corridors",))
    with pytest.raises(InputError, match="holds no zone"):
        slides_bytes(atlas, atlas.zones.iloc[:0])
    with pytest.raises(InputError, match="language 'de'"):
        slides_bytes(atlas, atlas.zones, lang="de")


COLUMNS = (Column("名称", 30), Column("说明", 70))


@pytest.mark.parametrize("count", [0, 1, 7, 60])
def test_a_long_table_is_dealt_without_loss_and_without_overflow(count):
    rows = [(LONG * (1 + at % 3), f"第{at}行") for at in range(count)]
    pages = in_pages(rows, COLUMNS, 300, 120)
    assert [row for page in pages for row in page] == rows
    widths = column_widths(COLUMNS, 300)
    head = head_high(COLUMNS, 300, 10.5)
    assert all(head + sum(row_high(row, widths, 10.5) for row in page) <= 120 for page in pages)


@pytest.mark.parametrize(("high", "size"), [(300.0, 12.0), (8.0, 9.0)])
def test_a_table_is_set_as_large_as_its_box_allows(high, size):
    columns, rows = [Column("区", 1), Column("长", 1, True)], [("铁仔山", "3.1")] * 10
    assert largest_size(columns, rows, Box(0, 0, 100, high), 9) == size


def test_no_cell_breaks_only_for_larger_type():
    # 14 signs in 64 mm, less 2.2 mm on each side: at 12 pt 14 x 12 pt = 59.3 mm, with 4 % of slack 61.6 mm, too wide.
    columns, rows = [Column("区", 1)], [("深圳高新区坪山园区创新集群",)]
    assert largest_size(columns, [(rows[0][0] + "区",)], Box(0, 0, 64, 300), 9) == 11.5
    assert largest_size(columns, rows, Box(0, 0, 64, 300), 9) == 12.0


def test_an_axis_ends_at_a_round_number():
    assert [round_up(value) for value in (121, 150, 151, 9.7, 0.31)] == pytest.approx([150, 150, 200, 10, 0.35])
