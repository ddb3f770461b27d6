"""Faults planted in maps, each found by its own rule and no other; a clean map raises no alarm."""

import json
from dataclasses import replace
from functools import cache

import pytest
import shapely
from matplotlib.text import Text as Drawn

from layers.sheets.map_check import NotClearedError, clear, lint, use_record
from layers.sheets.sheet import draw_sheet
from layers.sheets.sheet_measured import measured
from layers.sheets.sheet_plan import BoundaryDrawn, LabelDrawn, LayerDrawn, Order, SignOff
from layers.sheets.sheet_template import template
from tests.test_sheet_maps import drawn, shipped
from tests.tiny import LAYERS, polygon, write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.select import select

NUMBER = "GS(2026)1234号"
PUBLIC = Order("小区图", use="public", review_number=NUMBER)
SIGNED = SignOff("王某", "征询意见", "2026-11-21")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("data") / "data"))


@pytest.fixture(scope="module")
def clean(tiny):
    """Return a public map without a fault."""
    return draw_sheet(tiny, tiny.zones, PUBLIC).plan


def found(plan):
    return [finding.rule.rule_id for finding in lint(plan)]


def with_layers(tmp_path, *rows, **files):
    """Return the plan of a public map of an atlas with other layers."""
    root = write_atlas(tmp_path / "data", layers=list(rows))
    for name, text in files.items():
        (root / "geo" / f"{name}.geojson").write_text(text, encoding="utf-8")
    atlas = read_atlas(root)
    return draw_sheet(atlas, atlas.zones, PUBLIC).plan


def test_a_clean_map_raises_no_alarm(clean):
    assert found(clean) == []
    clear(clean, lint(clean))


# --- the twelve faults, in the order of the list they were planted from


def test_1_no_review_number(tiny):
    assert found(draw_sheet(tiny, tiny.zones, replace(PUBLIC, review_number="")).plan) == ["review-number"]


@pytest.mark.parametrize("number", ["GS1234号", "粤S(26)12号", "1234"])
def test_2_number_without_year(clean, number):
    assert found(replace(clean, review_number=number)) == ["review-number-form"]


def china(*islands):
    """Return a base layer with a rough outline of China as big as the mainland, and islands."""
    shapes = [polygon(73.5, 18.2, 135.1, 53.6), *(polygon(x, y, x + 0.1, y + 0.1) for x, y in islands)]
    features = [{"type": "Feature", "properties": {}, "geometry": shape} for shape in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features})


LAND = "base_land,国土,Country,base,,base_land.geojson,Polygon,traced,60,own,2026,ODbL-1.0,© 某,© S,"
DIAOYU, CHIWEI, NANSHA = (123.45, 25.7), (124.5, 25.9), (114.3, 10.3)


@pytest.mark.parametrize(
    ("islands", "rules", "named"),
    [
        ((DIAOYU, CHIWEI), ["china-islands"], "缺南海诸岛。"),
        ((NANSHA, CHIWEI), ["china-islands"], "缺钓鱼岛。"),
        ((), ["china-islands"], "缺南海诸岛、钓鱼岛、赤尾屿。"),
        ((DIAOYU, CHIWEI, NANSHA), [], ""),
    ],
)
def test_3_china_outline_without_its_islands(tmp_path, islands, rules, named):
    plan = with_layers(tmp_path, *LAYERS, LAND, base_land=china(*islands))
    assert found(plan) == rules
    assert named in "".join(finding.said.zh for finding in lint(plan))
    # Wrong in every hand: an internal map tells of it too.
    assert found(replace(plan, use="internal")) == rules


def test_3_islands_in_an_inset_are_named_there(clean):
    outline = LayerDrawn("base_land", "国土", "ODbL-1.0", "某", "2026", "cgcs2000", ((73.5, 18.2, 135.1, 53.6),))
    plan = replace(clean, layers=(*clean.layers, outline))
    assert found(plan) == ["china-islands"]
    assert found(replace(plan, texts=(*plan.texts, "南海诸岛", "钓鱼岛", "赤尾屿"))) == []


@pytest.mark.parametrize(("x", "hits"), [(98.0, False), (98.5, True), (100.5, False), (99.5, True)])
def test_4_label_over_a_boundary(clean, x, hits):
    # A line upright at 100 mm, and a label 2 mm wide: it is on the line from 98 to 100.
    line = BoundaryDrawn("base_districts", shapely.LineString([(100.25, 0), (100.25, 200)]))
    plan = replace(clean, boundaries=(line,), labels=(LabelDrawn("某园", x, 50, 2, 3, True),))
    assert found(plan) == (["label-on-boundary"] if hits else [])
    assert found(replace(plan, boundaries=(replace(line, layer="base_subdistricts"),))) == []


@pytest.mark.parametrize(("licence", "named"), [("all rights reserved", "all rights reserved"), ("未知", "未知")])
def test_5_base_map_without_a_licence_to_publish(tmp_path, licence, named):
    plan = with_layers(tmp_path, *(row.replace("2026,ODbL-1.0", f"2026,{licence}") for row in LAYERS[:2]), LAYERS[2])
    assert found(plan) == ["base-licence"]
    assert named in lint(plan)[0].said.en


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
def test_6_shifted_base_map_under_true_outlines(tmp_path, datum, monkeypatch):
    monkeypatch.setattr("tests.tiny.HEADER", "layer,title_zh,title_en,role,plan_id,file,geometry,grade,error_m,source,"
                        "source_date,licence,credit_zh,credit_en,note,datum")  # fmt: skip
    plan = with_layers(tmp_path, LAYERS[0] + ",", LAYERS[1] + f",{datum}", LAYERS[2] + ",cgcs2000")
    assert found(plan) == ["datum-mix"]
    assert "行政区" in lint(plan)[0].said.zh
    alike = tuple(replace(layer, datum=datum) for layer in plan.layers)
    assert found(replace(plan, layers=alike)) == []


def test_7_inferred_zone_drawn_solid(clean):
    zones = tuple(replace(zone, dash=()) if zone.grade == "inferred" else zone for zone in clean.zones[:1])
    assert found(replace(clean, zones=zones)) == ["inferred-solid"]
    assert found(replace(clean, zones=tuple(replace(zone, grade="official") for zone in zones))) == []
    assert found(replace(clean, zones=tuple(replace(zone, shape="point") for zone in zones))) == []


@pytest.mark.parametrize(
    ("show", "missing"),
    [((), ["数字比例尺", "线段比例尺"]), (("title_block",), ["线段比例尺"]), (("scale",), [])],
)
def test_8_no_scale(tiny, show, missing):
    plan = draw_sheet(tiny, tiny.zones, replace(PUBLIC, show=show)).plan
    assert found(plan) == (["scale-missing"] if missing else [])
    assert all(part in lint(plan)[0].said.zh for part in missing)


def test_9_scale_wrong_after_the_sheet_was_resized(tiny):
    sheet = draw_sheet(tiny, tiny.zones, PUBLIC)
    sheet.figure.set_size_inches(sheet.figure.get_size_inches() * 0.7)
    plan = measured(sheet.plan, sheet.figure)
    # The bar shrinks with the map and stays right; the ratio in print does not.
    assert found(plan) == ["scale-wrong"]
    assert plan.map_scale == pytest.approx(sheet.plan.scale / 0.7, rel=1e-3)
    assert plan.bar.metres * 1000 / plan.bar.mm == pytest.approx(plan.map_scale, rel=1e-3)


def test_9_scale_bar_wrong_after_the_map_was_resized(tiny):
    sheet = draw_sheet(tiny, tiny.zones, PUBLIC)
    face = next(axes for axes in sheet.figure.axes if axes.get_label() == "map")
    place = face.get_position()
    face.set_position((place.x0, place.y0, place.width / 2, place.height / 2))
    plan = measured(sheet.plan, sheet.figure)
    # Both the ratio and the bar are those of the map as it was, at twice the size.
    assert found(plan) == ["scale-wrong", "scale-wrong"]
    assert found(replace(plan, use="internal")) == ["scale-wrong", "scale-wrong"]


@pytest.mark.parametrize(
    "change",
    [
        {"date": ""},
        {"date": "—"},
        {"sources": ()},
        {"layers": (LayerDrawn("base_roads", "道路", "ODbL-1.0", "", "2026", "cgcs2000"),)},
    ],
)
def test_10_missing_date_or_source(clean, change):
    assert found(replace(clean, **change)) == ["date-source"]


def test_11_no_word_that_an_inferred_map_is_indicative(clean):
    texts = tuple(text for text in clean.texts if not text.startswith("示意"))
    assert len(texts) < len(clean.texts)
    # That the sea is schematic, as a legend says, does not say it of the outlines.
    plan = replace(clean, texts=(*texts, "海域（示意）"))
    assert found(plan) == ["indicative-word"]
    assert found(replace(plan, grades=("official",))) == []


@pytest.mark.parametrize("text", ["05 商业", "05商业服务业用地", "代码 05：商业用地", "09 湿地"])
def test_12_code_with_another_name(clean, text):
    assert found(replace(clean, texts=(*clean.texts, text))) == ["code-name"]


@pytest.mark.parametrize("text", ["05 湿地", "09 商业服务业用地", "2026年05月", "105 商业街", "12 商业", "05 号楼"])
def test_12_codes_with_their_names_and_other_figures_raise_no_alarm(clean, text):
    assert found(replace(clean, texts=(*clean.texts, text))) == []


# --- beyond the twelve


def test_military_sites_are_not_shown(clean):
    assert found(replace(clean, texts=(*clean.texts, "某军事管理区"))) == ["sensitive"]
    assert found(replace(clean, texts=(*clean.texts, "定军山电影科技创新小镇"))) == []


def test_the_line_to_hong_kong_is_noted_for_the_national_reviewer(clean):
    hetao = replace(clean, extent=(114.04, 22.50, 114.09, 22.54))
    findings = lint(hetao)
    assert [finding.rule.rule_id for finding in findings] == ["hong-kong-line"]
    assert not findings[0].blocks
    clear(hetao, findings)
    # North of the line; the second reaches farther south than the line does farther east.
    for extent in ((114.04, 22.60, 114.09, 22.64), (113.86, 22.558, 114.118, 22.78)):
        assert found(replace(clean, extent=extent)) == []


def test_an_internal_map_needs_no_number_but_says_what_it_is(tiny):
    plan = draw_sheet(tiny, tiny.zones, Order("小区图")).plan
    assert found(plan) == []
    assert plan.internal
    assert any("内部用图" in text for text in plan.texts)


def test_a_map_with_faults_is_stopped_and_each_is_said(clean):
    plan = replace(clean, review_number="", date="")
    with pytest.raises(NotClearedError) as stopped:
        clear(plan, lint(plan))
    lines = str(stopped.value).splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("- 图上没有审图号。将成图送审")
    assert "请向审图机构核实" in lines[3]
    with pytest.raises(NotClearedError, match="faults found: 2"):
        clear(replace(plan, lang="en"), lint(plan))


def test_a_sign_off_lets_it_out_and_stands_in_the_record(tiny):
    sheet = draw_sheet(tiny, tiny.zones, replace(PUBLIC, review_number="", sign_off=SIGNED))
    findings = lint(sheet.plan)
    clear(sheet.plan, findings)
    record = use_record(sheet.plan, findings)
    assert record["signed_off"] == {"name": "王某", "reason": "征询意见", "day": "2026-11-21"}
    assert [each["rule_id"] for each in record["findings"]] == ["review-number"]
    assert json.loads(json.dumps(record)) == record
    assert any(text.startswith("公开签批：王某，2026-11-21；理由：征询意见。") for text in sheet.plan.texts)


@pytest.mark.parametrize(("name", "selection", "lang"), [("a4", "plan:sz", "zh"), ("a4", "plan:longhua", "en")])
def test_shipped_sheets_for_internal_use_have_no_fault(name, selection, lang):
    assert found(drawn(name, selection, lang).plan) == []


@cache
def public_sheet():
    atlas = shipped()
    order = Order("坪山", template=template("a4"), use="public", review_number=NUMBER)
    return draw_sheet(atlas, select(atlas.zones, "plan:pingshan"), order)


def test_a_shipped_map_is_clean_once_it_has_its_number():
    assert found(public_sheet().plan) == []


def test_no_name_on_a_public_map_meets_a_district_line_as_the_renderer_draws_both():
    figure = public_sheet().figure
    renderer = figure.canvas.get_renderer()
    face, paper = (next(axes for axes in figure.axes if axes.get_label() == name) for name in ("map", "paper"))
    lines = shipped().base["base_districts"].geometry.to_crs("EPSG:4547").boundary.union_all()
    pixels = shapely.transform(lines, face.transData.transform).intersection(shapely.box(*face.bbox.extents))
    assert not pixels.is_empty
    names = [text for text in paper.findobj(Drawn) if text.get_text() and not text.get_rotation()]
    inside = [text for text in names if face.bbox.containsx(text.get_window_extent(renderer).x0)
              and face.bbox.containsy(text.get_window_extent(renderer).y0)]  # fmt: skip
    assert len(inside) > 20
    met = [text.get_text() for text in inside
           if pixels.intersects(shapely.box(*text.get_window_extent(renderer).extents))]  # fmt: skip
    assert met == []


def test_a_datum_that_is_not_known_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.tiny.HEADER", "layer,title_zh,title_en,role,plan_id,file,geometry,grade,error_m,source,"
                        "source_date,licence,credit_zh,credit_en,note,datum")  # fmt: skip
    root = write_atlas(tmp_path / "data", layers=[LAYERS[0] + ",beijing54", *LAYERS[1:]])
    with pytest.raises(InputError, match="line 2: datum is 'beijing54'; it must be one of cgcs2000"):
        read_atlas(root)
