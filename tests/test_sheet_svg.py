"""Drawings of `layers.svg` on paper: places, colours and texts as the drawing says."""

import numpy as np
import pytest
from matplotlib.patches import Circle, PathPatch, Rectangle

from layers.sheets.sheet_face import new_figure, paper_axes
from layers.sheets.sheet_frame import Box, layout
from layers.sheets.sheet_svg import draw_svg, svg_size
from layers.svg import picture, tag, text

# 100 px wide on 50 mm: half a millimetre to a pixel, from the upper left corner at (10, 90).
BOX = Box(10, 40, 50, 50)


@pytest.fixture
def drawn():
    def draw(*marks):
        paper = layout("A4", upright=False)
        axes = paper_axes(new_figure(paper), paper)
        draw_svg(axes, picture((100.0, 60.0), "".join(marks), "name"), BOX, paper)
        return axes

    return draw


def test_size():
    assert svg_size(picture((100.0, 60.0), "", "name")) == (100, 60)


def test_rectangle_and_circle_stand_where_the_drawing_says(drawn):
    axes = drawn(
        tag("rect", x=20, y=10, width=40, height=8, fill="#FF0000", fill_opacity=0.5),
        tag("circle", cx=10, cy=20, r=4, stroke="#000000", stroke_width=2),
    )
    box, ring = axes.patches
    assert isinstance(box, Rectangle) and isinstance(ring, Circle)
    assert (*box.get_xy(), box.get_width(), box.get_height()) == pytest.approx((20, 81, 20, 4))
    assert box.get_facecolor() == (1, 0, 0, 0.5)
    assert box.get_linewidth() == 0
    assert (*ring.center, ring.radius) == pytest.approx((15, 80, 2))
    # 2 px are 1 mm, which is 72 / 25.4 points.
    assert ring.get_linewidth() == pytest.approx(72 / 25.4)


@pytest.mark.parametrize("said", ["M10 10L30 10L30 20Z", "M10 10H30V20Z", "M10 10l20 0l0 10Z", "m10 10h20v10z"])
def test_ways_to_say_one_path(drawn, said):
    (patch,) = drawn(tag("path", d=said, fill="none", stroke="#000000")).patches
    assert isinstance(patch, PathPatch)
    assert np.array(patch.get_path().vertices) == pytest.approx(np.array([(15, 85), (25, 85), (25, 80), (15, 85)]))


def test_group_moved_aside(drawn):
    inner = tag("rect", x=0, y=0, width=2, height=2, fill="#000000")
    (patch,) = drawn(tag("g", inner, transform="translate(40 10)")).patches
    assert patch.get_xy() == pytest.approx((30, 84))


def test_text_keeps_anchor_size_weight_and_halo(drawn):
    axes = drawn(text((50, 20), "缺口 <1 km>", 12, text_anchor="middle", font_weight=700, stroke="#FFFFFF"))
    (written,) = axes.texts
    assert written.get_text() == "缺口 <1 km>"
    assert written.get_position() == (35, 80)
    assert written.get_fontsize() == pytest.approx(6 * 72 / 25.4)
    assert "Bold" in written.get_fontproperties().get_file()
    assert written.get_ha() == "center" and written.get_path_effects()


def test_dashes_are_those_of_the_drawing(drawn):
    (patch,) = drawn(tag("path", d="M0 0H9", stroke="#000000", stroke_width=2, stroke_dasharray="4 3")).patches
    assert patch.get_linestyle() == (0, (2.0, 1.5))
