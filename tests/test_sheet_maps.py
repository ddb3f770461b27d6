"""Ten sheets of the shipped atlas: no text over another, a legend of what is drawn, signs that the font has."""

import hashlib
import io
from dataclasses import replace
from functools import cache

import pypdf
import pytest
from fontTools.ttLib import TTFont
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from shapely import STRtree, box

from layers import style
from layers.assets import font_file
from layers.sheets.sheet import draw_sheet, sheet_bytes
from layers.sheets.sheet_plan import Order
from layers.sheets.sheet_template import template
from zones import read_atlas
from zones.errors import InputError
from zones.select import select

MAPS = (
    ("a4", "plan:sz", "zh"),
    ("a3", "plan:baoan", "zh"),
    ("a3", "plan:futian", "zh"),
    ("a4", "plan:longhua", "en"),
    ("a3", "plan:pingshan", "zh"),
    ("slide", "plan:longhua", "zh"),
    ("a0", "all", "zh"),
    ("a4", "kind:corridor", "zh"),
    ("a3", "kind:cluster", "en"),
    ("slide", "kind:park", "zh"),
)


@cache
def shipped():
    return read_atlas()


@cache
def drawn(name, selection, lang):
    atlas = shipped()
    return draw_sheet(atlas, select(atlas.zones, selection), Order("深圳", template=template(name), lang=lang))


def text_boxes(figure):
    """Return the ground of each text in mm, as the renderer measures it: not as the placer reckoned it."""
    renderer, pixel = figure.canvas.get_renderer(), 25.4 / figure.dpi
    found = {}
    for text in figure.findobj(Text):
        if text.get_text().strip() and text.get_visible():
            edge = text.get_window_extent(renderer)
            # A name and its halo are two texts at one place.
            key = (text.get_text(), round(edge.x0, 1), round(edge.y0, 1))
            found[key] = box(edge.x0 * pixel, edge.y0 * pixel, edge.x1 * pixel, edge.y1 * pixel)
    return found


@pytest.mark.parametrize(("name", "selection", "lang"), MAPS)
def test_no_two_texts_of_a_sheet_overlap(name, selection, lang):
    figure = drawn(name, selection, lang).figure
    boxes = text_boxes(figure)
    texts, shapes = [key[0] for key in boxes], list(boxes.values())
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    clashes = [
        (texts[i], texts[j])
        for i, j in zip(first, second, strict=True)
        if i < j and shapes[i].intersection(shapes[j]).area > 0
    ]
    assert clashes == []
    size = figure.get_size_inches() * 25.4
    paper = box(0, 0, *size)
    assert [text for text, shape in zip(texts, shapes, strict=True) if not paper.covers(shape)] == []


@pytest.mark.parametrize(("name", "selection", "lang"), MAPS[:4])
def test_the_plan_of_a_sheet_says_what_is_on_it(name, selection, lang):
    sheet = drawn(name, selection, lang)
    plan, column = sheet.plan, f"name_{lang}"
    zones = select(shipped().zones, selection)
    for zone in plan.zones:
        assert zone.name == zones.at[zone.zone_id, column]
    # The name of each zone that is said to be named stands on the sheet, perhaps in several lines.
    written = "".join(plan.texts).replace("\n", "").replace(" ", "")
    assert all(zone.name.replace(" ", "") in written for zone in plan.zones if zone.named)
    kinds = {zone.kind for zone in plan.zones}
    legend = "".join(text for text in plan.texts if "（" in text or "(" in text)
    for kind in kinds:
        assert style.label(style.KIND_LABELS, kind, lang) in legend
    face = next(axes for axes in sheet.figure.axes if axes.get_label() == "map")
    west, east = face.get_xlim()
    # Measured on the figure, whose paper is a whole number of pixels.
    assert plan.bar.mm * plan.scale / 1000 == pytest.approx(plan.bar.metres, rel=1e-3)
    assert (east - west) / plan.scale * 1000 == pytest.approx(
        face.get_window_extent().width / sheet.figure.dpi * 25.4, rel=1e-3
    )
    assert any(isinstance(each, PathCollection) for each in face.collections)
    assert plan.indicative
    assert plan.internal
    assert plan.sources


@pytest.mark.parametrize(("name", "selection", "lang"), MAPS)
def test_the_shipped_font_has_every_sign_of_a_sheet(name, selection, lang):
    with TTFont(font_file("regular"), lazy=True) as regular, TTFont(font_file("bold"), lazy=True) as bold:
        known = set(regular.getBestCmap()) & set(bold.getBestCmap())
    signs = {ord(sign) for text in drawn(name, selection, lang).plan.texts for sign in text} - {ord("\n")}
    assert signs <= known


def test_no_font_of_the_machine_is_used():
    used = {text.get_fontproperties().get_file() for text in drawn(*MAPS[0]).figure.findobj(Text) if text.get_text()}
    assert used <= {str(font_file("regular")), str(font_file("bold"))}


def test_the_names_of_a_sheet_can_be_taken_out_of_its_pdf():
    sheet = drawn("a3", "plan:futian", "zh")
    page = pypdf.PdfReader(io.BytesIO(sheet_bytes(sheet.figure, "pdf"))).pages[0]
    text = page.extract_text().replace("\n", "").replace(" ", "")
    for zone in sheet.plan.zones:
        if zone.named:
            assert zone.name.replace(" ", "") in text
    # A halo is drawn, not written: each name stands there once for each time it is on the sheet.
    name = "梅林-彩田"
    assert text.count(name) == sum(each.replace("\n", "") == name for each in set_texts(sheet))


def set_texts(sheet):
    return [key[0] for key in text_boxes(sheet.figure)]


def test_a_scale_that_is_asked_for_is_kept_or_refused_with_one_that_fits():
    atlas = shipped()
    frame = select(atlas.zones, "baoan.core.tiezaishan")
    assert draw_sheet(atlas, frame, Order("图", scale=50_000)).plan.scale == 50_000
    with pytest.raises(InputError, match=r"At 1:10000 the zones do not fit the paper; choose 1:25000"):
        draw_sheet(atlas, frame, Order("图", scale=10_000))
    for odd in (0, -5, 12_345, 10_000_000):
        with pytest.raises(InputError, match="is no round scale"):
            draw_sheet(atlas, frame, Order("图", scale=odd))


def test_parts_can_be_left_out_but_credits_and_marks_stay():
    atlas = shipped()
    frame = select(atlas.zones, "baoan.core.tiezaishan")
    bare = draw_sheet(atlas, frame, Order("图", show=())).plan
    assert (bare.scale, bare.bar, bare.north) == (None, None, False)
    assert not {"图例", "底图", "比例尺", "编制单位"} & set(bare.texts)
    assert "示意图" in bare.texts
    assert any(text.startswith("内部用图") for text in bare.texts)
    assert any("© OpenStreetMap" in text for text in bare.texts)


def test_the_title_block_holds_what_was_given_and_leaves_cells_to_fill_in():
    atlas = shipped()
    frame = select(atlas.zones, "baoan.core.tiezaishan")
    given = Order("图", organisation="某局", number="图-3", review_number="粤S（2026）012号", date="2026年11月")
    plan = draw_sheet(atlas, frame, given).plan
    assert {"某局", "图-3", "粤S（2026）012号", "2026年11月", "日期"} <= set(plan.texts)
    assert plan.internal
    assert "内部用图" in plan.texts
    public = draw_sheet(atlas, frame, replace(given, use="public")).plan
    assert not any("内部用图" in text for text in public.texts)
    empty = draw_sheet(atlas, frame, Order("图"))
    assert {"编制单位", "图号", "数据日期", "无（内部用图）"} <= set(empty.plan.texts)
    slide = draw_sheet(atlas, frame, Order("图", template=template("slide")))
    assert "编制单位" not in slide.plan.texts


def test_one_id_stands_for_the_receipts_of_a_page():
    sheet = drawn(*MAPS[0])
    ids = ",".join(sorted(receipt.id for receipt in sheet.receipts))
    assert sheet.plan.receipt_id == hashlib.sha256(ids.encode()).hexdigest()[:12]
    assert any(sheet.plan.receipt_id in text for text in sheet.plan.texts)


def test_a_very_long_title_stays_on_the_paper():
    atlas = shipped()
    frame = select(atlas.zones, "baoan.core.tiezaishan")
    sheet = draw_sheet(atlas, frame, Order("深圳市国土空间总体规划创新区" * 8))
    boxes = text_boxes(sheet.figure)
    assert all(shape.bounds[0] >= 0 and shape.bounds[2] <= 297 for shape in boxes.values())
