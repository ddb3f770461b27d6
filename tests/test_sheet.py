"""The printed sheet: true to scale, named for what it shows, readable text."""

import io
import math

import numpy as np
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.text import Text
from PIL import Image
from shapely import box

from layers.sheets import sheet_frame, sheet_labels, sheet_panel, sheet_text
from layers.sheets.sheet import sheet, sheet_bytes
from tests.tiny import FEATURES, PLAN, changed, feature, polygon, write_atlas
from zones import read_atlas
from zones.errors import InputError

TITLE = "小区规划图"
SIGNS = "铁仔山坪北A1 "


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("sheet") / "data"))


@pytest.fixture(scope="module")
def drawn(atlas):
    return sheet(atlas, atlas.zones, TITLE)


def texts(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def axes(figure, label):
    return next(each for each in figure.axes if each.get_label() == label)


def paper_mm(figure, size):
    return [length * 25.4 for length in size.transformed(figure.dpi_scale_trans.inverted()).size]


@pytest.mark.parametrize("size", ["A4", "A3", "slide"])
def test_the_map_is_true_to_the_scale_it_states(atlas, size):
    figure = sheet(atlas, atlas.zones, TITLE, size=size)
    face = axes(figure, "map")
    wide_mm, high_mm = paper_mm(figure, face.get_window_extent())
    stated = int(next(text for text in texts(figure) if text.startswith("比例尺 1:"))[6:].replace(" ", ""))
    west, east = face.get_xlim()
    south, north = face.get_ylim()
    assert (east - west) * 1000 / wide_mm == pytest.approx(stated, rel=1e-3)
    assert (north - south) * 1000 / high_mm == pytest.approx(stated, rel=1e-3)


@pytest.mark.parametrize(("size", "pixels"), [("A4", (3508, 2480)), ("A3", (4961, 3508)), ("slide", (4000, 2250))])
def test_paper_sizes_are_whole_pixels_at_300_dpi(atlas, size, pixels):
    image = Image.open(io.BytesIO(sheet_bytes(sheet(atlas, atlas.zones, TITLE, size=size), "png")))
    assert image.size == pixels


def test_a_tall_window_stands_upright(atlas):
    figure = sheet(atlas, atlas.zones, TITLE, extent=(113.85, 22.68, 113.86, 22.74))
    assert figure.get_figheight() > figure.get_figwidth()


def test_all_zones_lie_inside_the_map(atlas, drawn):
    face = axes(drawn, "map")
    window = box(face.get_xlim()[0], face.get_ylim()[0], face.get_xlim()[1], face.get_ylim()[1])
    assert atlas.zones.geometry.dropna().to_crs(sheet_frame.PLANE_CRS).within(window).all()


def test_the_legend_holds_only_what_is_drawn(atlas):
    only = texts(sheet(atlas, atlas.zones.loc[["tiny.core.part"]], TITLE))
    assert "核心片区（1）" in only
    assert not [text for text in only if text.startswith(("园区", "走廊"))]
    assert "描绘边界" not in only
    # The district reaches far past the map: its name is there, its line is not.
    assert "区界" not in only
    assert "推定边界" in only


def test_a_far_place_does_not_shrink_the_map_but_is_counted(tmp_path):
    far = feature("tiny.node.lost", {"type": "Point", "coordinates": [115.05, 22.8]}, method="point_place")
    reasons = "zone_id,reason_zh,reason_en\n"
    atlas = read_atlas(write_atlas(tmp_path / "far", features=[*FEATURES, far], reasons=reasons))
    figure = sheet(atlas, atlas.zones, TITLE)
    assert np.diff(axes(figure, "map").get_xlim())[0] < 20_000
    assert "另有 1 处在图幅之外。" in "".join(texts(figure))


def test_the_grade_of_an_axis_is_in_the_legend(atlas):
    assert "描绘边界" in texts(sheet(atlas, atlas.zones.loc[["tiny.corridor.line"]], TITLE))


def test_a_sheet_of_the_whole_city_needs_no_locator():
    shipped = read_atlas()
    assert "位置" in texts(sheet(shipped, shipped.zones.loc[["baoan.core.tiezaishan"]], TITLE))
    assert "位置" not in texts(sheet(shipped, shipped.zones[shipped.zones["plan_id"] == "sz"], TITLE))


def test_an_indicative_map_says_so_and_an_official_one_does_not(tmp_path):
    official = [feature("tiny.core.part", polygon(113.85, 22.70, 113.86, 22.71), grade="official")]
    reasons = "zone_id,reason_zh,reason_en\n" + "".join(
        f"{zone},无,None\n" for zone in ("tiny.park.whole", "tiny.corridor.line", "tiny.node.lost")
    )
    atlas = read_atlas(write_atlas(tmp_path / "official", features=official, reasons=reasons))
    assert not any("示意图" in text for text in texts(sheet(atlas, atlas.zones, TITLE)))
    inferred = changed(official, [0, "properties", "grade"], "inferred")
    atlas = read_atlas(write_atlas(tmp_path / "inferred", features=inferred, reasons=reasons))
    assert any("示意图" in text for text in texts(sheet(atlas, atlas.zones, TITLE)))


@pytest.mark.parametrize(
    ("rows", "kept"),
    # An A4 panel holds 168 mm: both, then areas without locator, then the locator alone, then neither.
    [((60, 30, 30), "both"), ((60, 80, 30), "areas"), ((60, 110, 30), "locator"), ((160, 30, 30), "neither")],
)
def test_the_panel_drops_what_has_no_room(rows, kept):
    paper = sheet_frame.layout("A4", upright=False)
    names = ("kinds", "areas", "locator")
    sections = {name: [sheet_panel.Row(high, None)] for name, high in zip(names, rows, strict=True)}
    (column,) = sheet_panel.arrange(sections, paper)
    wanted = {"both": names, "areas": names[:2], "locator": ("kinds", "locator"), "neither": ("kinds",)}[kept]
    assert column == [sections[name] for name in wanted]


def test_zones_that_cannot_be_drawn_are_counted(drawn):
    assert "另有 1 个区不能定位，未绘，见表。" in "".join(texts(drawn))


def test_grade_shows_as_line_and_hatch(drawn):
    hatches = {patch.get_hatch() for patch in axes(drawn, "map").patches}
    assert "..." in hatches


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pdf_text_can_be_selected_and_sources_are_named(atlas, lang):
    content = sheet_bytes(sheet(atlas, atlas.zones, TITLE, lang=lang), "pdf")
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    text = page.extract_text().replace("\n", "")
    name, credit = ("Tiezaishan", "© Some") if lang == "en" else ("铁仔山园区", "© 某")
    for expected in (TITLE, name, credit, "EPSG:4547", atlas.version, "2026-11-21", "1:"):
        assert expected in text
    kinds = {font.get_object()["/Subtype"] for font in page["/Resources"]["/Font"].values()}
    assert "/Type3" not in kinds
    # Each weight is cut out of its font once.
    names = sorted(
        str(font.get_object()["/BaseFont"]).partition("+")[2] for font in page["/Resources"]["/Font"].values()
    )
    assert names == ["NotoSansSC-Bold", "NotoSansSC-Regular"]
    assert [round(float(side) * 25.4 / 72) for side in page.mediabox[2:]] == [297, 210]


def test_the_map_face_is_not_blank(drawn):
    image = np.asarray(Image.open(io.BytesIO(sheet_bytes(drawn, "png"))).convert("RGB"))
    face = image[400:2200, 300:2600]
    assert len(np.unique(face.reshape(-1, 3), axis=0)) > 50


def test_a_sign_the_font_lacks_is_named(tmp_path):
    odd = changed(PLAN, ["zones", 1, "name", "zh"], "石岩\U0001f680南")
    atlas = read_atlas(write_atlas(tmp_path / "odd", plan=odd))
    with pytest.raises(InputError, match=r"U\+1F680"):
        sheet(atlas, atlas.zones, TITLE)


def test_dollar_signs_are_no_formula(tmp_path):
    odd = changed(PLAN, ["zones", 1, "name", "zh"], "石岩$x^2$南")
    atlas = read_atlas(write_atlas(tmp_path / "odd", plan=odd))
    content = sheet_bytes(sheet(atlas, atlas.zones, "总图 $\\frac$"), "pdf")
    text = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert "石岩$x^2$南" in text.replace("\n", "")
    assert "$\\frac$" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"size": "A5"}, "Paper size 'A5' is not known; choose one of A4, A3, A0, slide"),
        ({"extent": (114.0, 22.0, 113.0, 23.0)}, "is no window in degrees"),
        ({"extent": (484593.0, 2516859.0, 484600.0, 2516900.0)}, "is no window in degrees"),
        ({"extent": (113.0, 21.0, 120.0, 25.0)}, "choose a smaller extent"),
        ({"extent": (114.30, 22.60, 114.31, 22.61)}, "No zone lies in the map window"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(atlas, arguments, message):
    with pytest.raises(InputError, match=message):
        sheet(atlas, atlas.zones, TITLE, **arguments)


def test_zones_without_shape_alone_are_refused(atlas):
    with pytest.raises(InputError, match="None of the chosen zones has a shape"):
        sheet(atlas, atlas.zones.loc[["tiny.node.lost"]], TITLE)


def test_an_unknown_format_is_refused(drawn):
    with pytest.raises(InputError, match="choose one of pdf, png, svg"):
        sheet_bytes(drawn, "gif")


def test_a_place_is_drawn_at_a_readable_scale(tmp_path):
    spot = feature("tiny.core.part", {"type": "Point", "coordinates": [113.86, 22.71]}, method="point_place")
    atlas = read_atlas(write_atlas(tmp_path / "spot", features=[*FEATURES[:1], spot, *FEATURES[2:]]))
    figure = sheet(atlas, atlas.zones.loc[["tiny.core.part"]], TITLE)
    assert "比例尺 1:10 000" in texts(figure)
    assert "仅知地点（推定）" in texts(figure)


@pytest.mark.parametrize(
    ("window", "scale"),
    # A frame of 200 x 100 mm: 10 km wide needs 1:50 000 exactly, a metre more the next round scale.
    [((0, 0, 10_000, 10), 50_000), ((0, 0, 10_001, 10), 60_000), ((0, 0, 10, 10_000), 100_000)],
)
def test_the_scale_is_the_largest_round_one_that_fits(window, scale):
    assert sheet_frame.view(window, sheet_frame.Box(0, 0, 200, 100)).scale == scale


@given(st.floats(0, 9000), st.floats(0, 9000), st.floats(100, 20_000), st.floats(100, 20_000))
def test_a_view_moved_towards_land_still_shows_the_whole_window(west, south, wide, high):
    window = (west, south, west + wide, south + high)
    seen = sheet_frame.view(window, sheet_frame.Box(0, 0, 200, 100), box(8000, 0, 40_000, 5000))
    grown = box(*seen.bounds).buffer(1e-6)
    assert grown.covers(box(*window))


def test_a_view_moves_towards_land():
    paper = sheet_frame.Box(0, 0, 200, 100)
    west, south, east, north = sheet_frame.view((0, 0, 100, 10_000), paper, box(0, -100, 50_000, 10_100)).bounds
    # 20 km wide at 1:100 000; land lies to the east, so the window moves west by a fifth of the map.
    assert (west, east) == pytest.approx((-9950 + 4000, 10_050 + 4000))
    assert (south, north) == pytest.approx((0, 10_000))


def test_true_north_is_turned_as_published():
    # Convergence at 115.05 E in the zone of 114 E is 0.407 degrees: true north lies to the left there.
    x, y = sheet_frame.TO_PLANE.transform(115.05, 22.82)
    seen = sheet_frame.view((x - 100, y - 100, x + 100, y + 100), sheet_frame.Box(0, 0, 200, 100))
    assert sheet_frame.true_north(seen) == pytest.approx(-0.407, abs=0.001)


@pytest.mark.parametrize(("wide_mm", "metres"), [(40, 2000), (19, 500), (20, 1000), (110, 5000)])
def test_the_scale_bar_has_a_round_length(wide_mm, metres):
    seen = sheet_frame.View(0, 0, 10_000, 5000, 50_000)
    assert sheet_frame.bar_length(seen, wide_mm) == metres


def test_graticule_figures_stand_where_they_should():
    x, y = sheet_frame.TO_PLANE.transform(114.0, 22.6)
    seen = sheet_frame.view((x - 5000, y - 5000, x + 5000, y + 5000), sheet_frame.Box(0, 0, 200, 200))
    side, minutes, east, north = next(each for each in sheet_frame.graticule_crossings(seen) if each[0] == "bottom")
    lon, lat = sheet_frame.TO_LONLAT.transform(east, north)
    assert (side, lon * 60) == ("bottom", pytest.approx(minutes, abs=1e-4))
    assert north == pytest.approx(seen.south)
    assert 2 <= sum(each[0] == "bottom" for each in sheet_frame.graticule_crossings(seen)) <= 9
    assert lat < 22.6


@given(
    st.lists(
        st.tuples(st.text(SIGNS, min_size=1, max_size=12), st.floats(0, 200), st.floats(0, 100)),
        max_size=30,
    )
)
def test_no_two_names_overlap_and_all_stay_in_the_frame(labels):
    frame = sheet_frame.Box(0, 0, 200, 100)
    wishes = [sheet_labels.Wish(text, [(x, y)], 7.0, radius=0.5) for text, x, y in labels]
    placed, left_out = sheet_labels.place(wishes, frame)
    assert len(placed) + len(left_out) == len(wishes)
    boxes = [sheet_labels.box_of(label) for label in placed]
    shapes = [box(b.x, b.y, b.right, b.top) for b in boxes]
    assert all(box(0, 0, 200, 100).contains(shape) for shape in shapes)
    assert not any(a.intersection(b).area > 1e-9 for i, a in enumerate(shapes) for b in shapes[:i])


def test_width_counts_a_chinese_sign_as_one_em():
    assert sheet_text.width_mm("铁仔山", 10) == pytest.approx(3 * 10 * 25.4 / 72)


@given(st.text("铁仔山（）、 abc", max_size=80))
def test_broken_lines_keep_every_sign_and_fit(text):
    lines = sheet_text.fill_lines(text, 6, 30)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(sheet_text.width_mm(line, 6) <= 30 or " " not in line for line in lines)


@pytest.mark.parametrize(
    ("text", "lang", "wrapped"),
    [
        ("铁仔山片区", "zh", "铁仔山片区"),
        ("坪山金沙-碧湖先进制造业园区", "zh", "坪山金沙-\n碧湖先进制造业园区"),
        ("Tiezaishan Innovation Area of Baoan", "en", "Tiezaishan\nInnovation Area of Baoan"),
    ],
)
def test_long_names_break_where_they_may(text, lang, wrapped):
    made = sheet_text.wrap(text, lang)
    assert made.replace("\n", "" if lang == "zh" else " ") == text
    assert (made == wrapped) or lang == "en"
    assert made.count("\n") == wrapped.count("\n")


def test_a_leader_line_starts_at_its_anchor():
    frame = sheet_frame.Box(0, 0, 60, 60)
    blocked = [sheet_frame.Box(24, 24, 12, 12)]
    (label,), _ = sheet_labels.place([sheet_labels.Wish("甲", [(30, 30)], 7.0, radius=0.5)], frame, blocked)
    assert label.leader in (None, (30, 30))
    assert math.hypot(label.x - 30, label.y - 30) > 3
