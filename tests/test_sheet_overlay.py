"""Layers over the zones of a sheet: the ground each colour covers, counts in the legend, and what a public map asks."""

import io
from dataclasses import replace

import geopandas
import numpy as np
import pypdf
import pytest
from matplotlib.path import Path
from PIL import Image
from shapely import LineString, MultiPolygon, Point, Polygon, box

from layers import style
from layers.sheets import sheet_overlay
from layers.sheets.map_check import lint
from layers.sheets.own_overlay import own_overlay
from layers.sheets.sheet import draw_sheet, sheet_bytes
from layers.sheets.sheet_added import Added, Look, Overlay, Side
from layers.sheets.sheet_files import sheet_file
from layers.sheets.sheet_overlay import areas_path
from layers.sheets.sheet_plan import Order
from tests.tiny import write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.proof.passport import record_in

PARK, CORE = "tiny.park.whole", "tiny.core.part"
SQUARES = [box(113.852 + 0.002 * at, 22.715, 113.853 + 0.002 * at, 22.716) for at in range(3)]
SQUARES.append(box(113.858, 22.715, 113.8585, 22.716))


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("overlay") / "data"))


def layer(uses=("R", "R", "M", None), shapes=SQUARES, **columns):
    return geopandas.GeoDataFrame({"use": list(uses), **columns}, geometry=list(shapes), crs="EPSG:4490")


def draw(atlas, overlay, ids=(PARK,), fit=False, **fields):
    return draw_sheet(atlas, atlas.zones.loc[list(ids)], Order("图", **fields), Added((overlay,), fit=fit))


def colours(figure):
    """Return the colours of a figure drawn for the screen, as a set of three whole numbers each."""
    image = np.asarray(Image.open(io.BytesIO(sheet_bytes(figure, "png", 100))).convert("RGB"))
    return {tuple(int(part) for part in each) for each in np.unique(image.reshape(-1, 3), axis=0)}


def test_one_path_holds_parts_and_holes():
    ring = Polygon(box(0, 0, 4, 4).exterior, [box(1, 1, 2, 2).exterior.coords])
    path = areas_path(np.array([ring, MultiPolygon([box(10, 0, 11, 1), box(12, 0, 13, 1)])], dtype=object))
    assert list(path.codes).count(Path.MOVETO) == list(path.codes).count(Path.CLOSEPOLY) == 4
    assert len(path.vertices) == 20
    # A hole turns the other way, so that the non-zero rule leaves it empty: 16 less 1, and two of 1.
    x, y = path.vertices.reshape(4, 5, 2).transpose(2, 0, 1)
    turned = (x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(axis=1) / 2
    assert sorted(turned) == [-1.0, 1.0, 1.0, 16.0]


def test_the_legend_counts_the_features_of_each_class(atlas):
    drawn = draw(atlas, own_overlay(layer(), "地块.gpkg", "zh", field="use", source="某局"))
    [told] = drawn.plan.overlays
    assert (told.head, told.features) == ("地块.gpkg", 4)
    assert told.labels == ("R（2）", "M（1）", "未分类（1）")
    assert {"R（2）", "M（1）", "未分类（1）", "地块.gpkg"} <= set(drawn.plan.texts)
    assert "自有数据，来源：某局。" in drawn.plan.texts
    assert "地块.gpkg：某局" in drawn.plan.sources


def test_classes_beyond_the_looks_share_one():
    uses = [f"c{at}" for at in range(9)]
    shapes = [box(113.85 + 0.001 * at, 22.70, 113.8505 + 0.001 * at, 22.70 + 0.001 * (9 - at)) for at in range(9)]
    made = own_overlay(layer(uses, shapes), "a", "en", field="use")
    assert [look.label for look in made.looks] == [*(f"c{at} (1)" for at in range(7)), "2 other classes (2)"]
    assert [look.colour for look in made.looks] == [*(each for each, _ in style.CLASS_LOOKS), style.CLASS_REST[0]]
    assert list(made.shapes["look"]) == [0, 1, 2, 3, 4, 5, 6, 7, 7]


def test_the_ground_of_a_look_has_its_colour(atlas):
    # Opaque and without a pattern, so that the colour on paper is the colour itself.
    frame = geopandas.GeoDataFrame({"look": [0]}, geometry=[box(113.852, 22.712, 113.868, 22.718)], crs="EPSG:4490")
    assert (254, 1, 2) in colours(draw(atlas, Overlay("a", frame, (Look("a", "#FE0102", opacity=1.0),))).figure)


def test_a_grey_print_has_no_colour_of_a_layer(atlas):
    drawn = draw(atlas, own_overlay(layer(), "a", "zh", field="use"), theme="print")
    assert all(max(each) - min(each) <= 2 for each in colours(drawn.figure))


def test_equal_input_gives_equal_bytes_that_keep_what_the_layer_is(atlas):
    made = own_overlay(layer(), "地块.gpkg", "zh", field="use", facts={"files": {"地块.gpkg": "ab"}})
    for form in ("pdf", "svg"):
        first, second = (sheet_file(atlas, draw(atlas, made), form)[0] for _ in range(2))
        assert first == second
        held = record_in(first, f".{form}", "the file")["overlays"]
        assert held == [
            {"name": "地块.gpkg", "features": 4, "field": "use", "licence": "", "source": "",
             "files": {"地块.gpkg": "ab"}}
        ]  # fmt: skip


def test_a_public_map_asks_for_licence_source_and_date(atlas):
    def found(**said):
        drawn = draw(
            atlas, own_overlay(layer(), "地块.gpkg", "zh", **said), use="public", review_number="粤S（2026）1号"
        )
        return {each.rule.rule_id for each in lint(drawn.plan) if each.blocks}

    bare = found()
    assert "base-licence" in bare
    told = found(licence="CC-BY-4.0", source="某局", source_date="2025")
    assert "base-licence" not in told
    assert bare - told >= {"base-licence"}
    internal = draw(atlas, own_overlay(layer(), "地块.gpkg", "zh"))
    assert internal.plan.internal
    assert any("内部用图" in text for text in internal.plan.texts)


def test_a_layer_alone_fills_the_window(atlas):
    shapes = [Point(113.90, 22.75), LineString([(113.91, 22.75), (113.92, 22.76)]), box(113.93, 22.75, 113.94, 22.76)]
    made = own_overlay(layer("RRR", shapes), "a", "zh")
    drawn = draw(atlas, made, ids=(), fit=True)
    west, south, east, north = drawn.plan.extent
    assert west < 113.90
    assert east > 113.94
    assert south < 22.75 < 22.76 < north
    assert drawn.plan.overlays[0].labels == ("要素（3）",)
    assert not any("仅知地点" in text for text in drawn.plan.texts)


def test_what_lies_outside_the_window_is_counted(atlas):
    far = [*SQUARES[:3], box(114.3, 22.5, 114.31, 22.51)]
    drawn = draw(atlas, own_overlay(layer(shapes=far), "a", "zh"))
    assert drawn.plan.overlays[0].features == 3
    assert "图幅内 3 个，全层 4 个。" in drawn.plan.texts


def test_outlines_follow_the_grades_a_layer_states(atlas):
    made = own_overlay(layer(grade=["official", "traced", "inferred", "traced"]), "a", "zh")
    assert "线型按该层 grade 字段：官方实线、描绘虚线、推定点线。" in made.notes
    face = next(each for each in draw(atlas, made).figure.axes if each.get_label() == "map")
    dashes = {repr(patch.get_linestyle()) for patch in face.patches if not patch.get_fill() and patch.get_linewidth()}
    assert len(dashes) == 3
    unknown = own_overlay(layer(grade=["official", "sure", None, ""]), "a", "zh")
    assert "边界等级未注明，未经本图集核定。" in unknown.notes


def test_a_layer_of_very_many_vertices_becomes_a_picture_and_says_so(atlas, monkeypatch):
    made = own_overlay(layer(), "a", "zh", field="use")

    def pictures(drawn):
        return len(pypdf.PdfReader(io.BytesIO(sheet_bytes(drawn.figure, "pdf"))).pages[0].images)

    told = "此层节点极多，以 300 dpi 图像嵌入。"
    light = draw(atlas, made)
    assert (pictures(light), told in light.plan.texts) == (0, False)
    monkeypatch.setattr(sheet_overlay, "MOST_VERTICES", 10)
    heavy = draw(atlas, made)
    assert pictures(heavy) > 0
    assert told in heavy.plan.texts


def test_no_vertex_finer_than_the_print_is_kept_and_no_feature_is_lost():
    round_, dust = Point(113.86, 22.71).buffer(0.01, quad_segs=200), Point(113.9, 22.71).buffer(1e-7)
    seen = sheet_overlay.View(0.0, 2_400_000.0, 1e6, 2_600_000.0, 50_000)
    frame = geopandas.GeoDataFrame({"look": [0, 0]}, geometry=[round_, dust], crs="EPSG:4490")
    light = sheet_overlay.in_view(frame, seen)
    plane = frame.geometry.to_crs(sheet_overlay.PLANE_CRS)
    assert len(light) == 2
    assert len(light.geometry.iloc[0].exterior.coords) < len(round_.exterior.coords) / 4
    # 0.04 mm at 1:50 000 are 2 m.
    assert light.geometry.iloc[0].hausdorff_distance(plane.iloc[0]) <= 2.0
    assert not light.geometry.is_empty.any()


def test_sides_take_the_place_of_kinds(atlas):
    sides = (Side("甲方", "#FE0102", "#FE0102", (PARK,)), Side("乙方", "#0203FD", "#0203FD", (CORE,)))
    drawn = draw_sheet(atlas, atlas.zones.loc[[PARK, CORE]], Order("图"), Added(sides=sides))
    assert {"甲方", "乙方"} <= set(drawn.plan.texts)
    assert not any(text.startswith(("园区（", "核心片区（")) for text in drawn.plan.texts)
    seen = colours(drawn.figure)
    assert {(254, 1, 2), (2, 3, 253)} <= seen
    assert tuple(int(style.KIND_COLOURS["park"][at : at + 2], 16) for at in (1, 3, 5)) not in seen


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (
            lambda: own_overlay(layer(), "a.gpkg", field="lost"),
            r"a.gpkg: there is no field 'lost'; choose one of use",
        ),
        (lambda: own_overlay(layer(["R"], [None]), "a.gpkg"), r"a.gpkg: no feature has a shape to draw"),
    ],
)
def test_what_cannot_be_drawn_is_said(made, sentence):
    with pytest.raises(InputError, match=sentence):
        made()


def test_a_plan_without_layers_names_none(atlas):
    plan = draw_sheet(atlas, atlas.zones.loc[[PARK]], Order("图")).plan
    assert replace(plan, overlays=()) == plan
