"""Drawings: areas in closed form, text into the polygon it lies in, blocks that would never end."""

import itertools
import math

import ezdxf
import pytest
from ezdxf.enums import TextEntityAlignment

from zones.errors import ChoiceError, InputError
from zones.intake import read_dxf as reader
from zones.intake.dxf_outlines import with_bulges
from zones.intake.read_dxf import read_dxf

SQUARE = [(0, 0), (10, 0), (10, 10), (0, 10)]


@pytest.fixture
def drawing():
    made = ezdxf.new("R2000")
    made.header["$DWGCODEPAGE"] = "ANSI_936"
    made.encoding = "gbk"
    return made


def save(drawing, path):
    drawing.saveas(path)
    return path


def areas(raw):
    return raw.frame.area.tolist()


def test_outlines_have_their_areas(drawing, tmp_path):
    space = drawing.modelspace()
    space.add_lwpolyline(SQUARE, close=True)
    space.add_lwpolyline([(0, 0, 1), (200, 0, 1)], format="xyb", close=True)  # two half circles
    space.add_lwpolyline([(0, 0, -1), (200, 0, -1)], format="xyb", close=True)
    space.add_circle((5, 5), 100)
    space.add_ellipse((0, 0), (50, 0), 0.5)
    space.add_polyline2d(SQUARE, close=True)
    space.add_polyline3d([(*point, 3) for point in SQUARE], close=True)
    space.add_solid([(0, 0), (1, 0), (0, 1), (1, 1)])
    raw = read_dxf(save(drawing, tmp_path / "x.dxf"))
    circle, ellipse = math.pi * 100**2, math.pi * 50 * 25
    assert areas(raw) == pytest.approx([100, circle, circle, circle, ellipse, 100, 100, 1], rel=3e-5)
    assert {issue.kind for issue in raw.issues} == {"arcs_split"}


def test_a_bulge_is_the_tangent_of_a_quarter_of_its_arc():
    points = with_bulges([(0, 0, math.tan(math.pi / 8)), (1, 1, 0)], closed=False)
    # A quarter circle to the left of the chord's right side: centre (0, 1), radius 1.
    assert all(math.isclose(math.dist(point, (0, 1)), 1) for point in points)


@pytest.mark.parametrize(("radius", "share"), [(0.5, 0.5), (30.0, 0.25), (100.0, 0.1)])
def test_no_chord_of_an_arc_lies_more_than_a_millimetre_beside_it(radius, share):
    turn = share * 2 * math.pi
    start, end = (radius, 0.0, math.tan(turn / 4)), (radius * math.cos(turn), radius * math.sin(turn), 0)
    points = with_bulges([start, end], closed=False)
    middles = [math.hypot((x + u) / 2, (y + v) / 2) for (x, y), (u, v) in itertools.pairwise(points)]
    assert radius - min(middles) <= 0.001 * (1 + 1e-6)


def test_a_centred_text_stands_where_it_is_aligned(drawing, tmp_path):
    """Centred along its line, with no height of alignment: its first letter may lie in the neighbour."""
    space = drawing.modelspace()
    space.add_lwpolyline(SQUARE, close=True)
    space.add_lwpolyline([(x + 10, y) for x, y in SQUARE], close=True)
    text = space.add_text("乙地块").set_placement((15, 5), align=TextEntityAlignment.CENTER)
    text.dxf.insert = (9, 5)
    assert (text.dxf.halign, text.dxf.valign) == (1, 0)
    raw = read_dxf(save(drawing, tmp_path / "x.dxf"))
    assert [each or None for each in raw.frame["text"].fillna("")] == [None, "乙地块"]


def test_lines_stay_lines(drawing, tmp_path):
    space = drawing.modelspace()
    space.add_line((0, 0), (3, 4))
    space.add_lwpolyline(SQUARE)
    space.add_arc((0, 0), 1, 0, 90)
    space.add_point((1, 2))
    raw = read_dxf(save(drawing, tmp_path / "x.dxf"))
    assert raw.frame.geom_type.tolist() == ["LineString", "LineString", "LineString", "Point"]
    assert raw.frame.length.tolist() == pytest.approx([5, 30, math.pi / 2, 0], abs=1e-2)


def test_hatches_with_holes_and_arcs(drawing, tmp_path):
    space = drawing.modelspace()
    holed = space.add_hatch()
    holed.paths.add_polyline_path(SQUARE, is_closed=True)
    holed.paths.add_polyline_path([(2, 2), (4, 2), (4, 4), (2, 4)], is_closed=True, flags=0)
    for first, counter in ((True, True), (False, False)):
        half = space.add_hatch().paths.add_edge_path()
        if not first:
            half.add_line((-100, 0), (100, 0))
        half.add_arc((0, 0), 100, 0 if counter else 180, 180 if counter else 360, ccw=counter)
        if first:
            half.add_line((-100, 0), (100, 0))
    assert areas(read_dxf(save(drawing, tmp_path / "x.dxf"))) == pytest.approx([96, *[math.pi * 5000] * 2], rel=3e-5)


def test_text_goes_into_the_smallest_polygon_around_it(drawing, tmp_path):
    space = drawing.modelspace()
    space.add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "规划_核心"})
    space.add_lwpolyline([(1, 1), (3, 1), (3, 3), (1, 3)], close=True)
    space.add_text("铁仔山").set_placement((2, 2))
    space.add_mtext("外\\P圈").set_location((8, 8))
    space.add_text("散字").set_placement((50, 50))
    raw = read_dxf(save(drawing, tmp_path / "x.dxf"))
    assert raw.frame["text"].tolist() == ["外\n圈", "铁仔山", "散字"]
    assert raw.frame["layer"].iloc[0] == "规划_核心"
    assert raw.read == len(raw.frame) == 3
    assert (raw.encoding, raw.encoding_from) == ("gb18030", "$DWGCODEPAGE ANSI_936")
    assert {issue.kind for issue in raw.issues} == {"texts_joined", "free_texts"}
    assert areas(read_dxf(tmp_path / "x.dxf", "规划_核心")) == [100]
    with pytest.raises(ChoiceError, match="has no layer '别的'"):
        read_dxf(tmp_path / "x.dxf", "别的")


def test_a_western_code_page_with_chinese_text(drawing, tmp_path):
    drawing.modelspace().add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "规划_核心"})
    path = save(drawing, tmp_path / "x.dxf")
    path.write_bytes(path.read_bytes().replace(b"ANSI_936", b"ANSI_1252"))
    raw = read_dxf(path)
    assert raw.frame["layer"].tolist() == ["规划_核心"]
    assert [issue.kind for issue in raw.issues] == ["encoding_doubt"]


def test_blocks(drawing, tmp_path, monkeypatch):
    block = drawing.blocks.new("B")
    block.add_lwpolyline([(0, 0), (1, 0), (1, 1), (0, 1)], close=True)
    block.add_line((0, 0), (1, 1))
    outer = drawing.blocks.new("OUTER")
    outer.add_blockref("B", (0, 0))
    space = drawing.modelspace()
    space.add_blockref("B", (5, 5), dxfattribs={"layer": "楼", "xscale": 2, "yscale": 3})
    array = {"row_count": 3, "column_count": 2, "row_spacing": 2, "column_spacing": 2}
    space.add_blockref("B", (0, 0), dxfattribs=array)
    space.add_blockref("B", (0, 0), dxfattribs=array | {"row_count": 30_000, "column_count": 30_000})
    space.add_blockref("OUTER", (0, 0))
    raw = read_dxf(save(drawing, tmp_path / "x.dxf"))
    assert sum(areas(raw)) == pytest.approx(6 + 6 + 1)
    assert raw.frame["layer"].iloc[0] == "楼"
    assert [each.reason for each in raw.dropped] == [
        "block 'B' is repeated 900000000 times, above 10000; unfold it in the drawing program"
    ]
    monkeypatch.setattr(reader, "MOST_ENTITIES", 3)
    assert "unfolds into over 3 shapes" in read_dxf(tmp_path / "x.dxf").dropped[0].reason


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_drawing_cut_off(drawing, tmp_path, share):
    drawing.modelspace().add_lwpolyline(SQUARE, close=True)
    path = save(drawing, tmp_path / "x.dxf")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_dxf(path)


def test_an_empty_drawing(drawing, tmp_path):
    with pytest.raises(InputError, match="holds no shape"):
        read_dxf(save(drawing, tmp_path / "x.dxf"))


def test_what_is_no_outline_is_named(drawing, tmp_path):
    space = drawing.modelspace()
    space.add_lwpolyline(SQUARE, close=True)
    space.add_ray((0, 0), (1, 0))
    raw = read_dxf(save(drawing, tmp_path / "x.dxf"))
    assert (raw.read, len(raw.frame)) == (2, 1)
    assert raw.dropped[0].reason == "a RAY is no outline on the ground"


def test_a_new_version_that_holds_gbk_all_the_same(drawing, tmp_path):
    drawing.modelspace().add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "规划_核心"})
    path = save(drawing, tmp_path / "x.dxf")
    text = path.read_bytes().decode(drawing.encoding if drawing.dxfversion < "AC1021" else "utf-8")
    version = drawing.dxfversion
    path.write_bytes(text.replace(version, "AC1024").encode("gb18030"))
    raw = read_dxf(path)
    assert raw.frame["layer"].tolist() == ["规划_核心"]
    assert "AC1024 is always UTF-8, but its text is not" in raw.issues[0].message
