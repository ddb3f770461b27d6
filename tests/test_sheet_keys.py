"""Numbers in place of names that find no room: each on the map once, each in the list with its name."""

import itertools
from collections import Counter

import geopandas
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from shapely import STRtree, box

from layers.sheets.sheet import draw_sheet
from layers.sheets.sheet_frame import PLANE_CRS, View, layout
from layers.sheets.sheet_key_list import Row, in_columns
from layers.sheets.sheet_keys import _runs, _shared
from layers.sheets.sheet_labels import Placed, Wish
from layers.sheets.sheet_plan import Order
from layers.sheets.sheet_template import template
from tests.test_sheet_maps import text_boxes
from zones import read_atlas


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


@pytest.fixture(scope="module")
def crowded(atlas):
    return draw_sheet(atlas, atlas.zones, Order("深圳创新区分布图", template=template("a3")))


@pytest.fixture(scope="module")
def small(atlas):
    return draw_sheet(atlas, atlas.zones, Order("深圳创新区分布图", template=template("a4")))


def noted(plan, end):
    """Return the number in the note that ends so; 0 where there is none."""
    note = next((text for text in plan.texts if text.endswith(end)), "0")
    return int("".join(sign for sign in note if sign.isdigit()))


@pytest.mark.parametrize("sheet", ["crowded", "small"])
def test_every_zone_drawn_is_named_on_the_map_or_in_the_list(sheet, request):
    drawn = request.getfixturevalue(sheet)
    plan = drawn.plan
    texts = list(text_boxes(drawn.figure))
    listed, shared = noted(plan, "处以编号注于图上，区名见编号表。"), noted(plan, "处与所在或紧邻处的区共用一个编号。")
    assert listed > 50 and shared > 0
    held = Counter(text for text, _, _ in texts if text.isdigit())
    # The scale bar says 0, 5 and 10 too.
    held -= Counter(["0", "5", "10"])
    # Once on the map, and in the list once for each zone that has it.
    assert set(held) == {str(at) for at in range(1, listed - shared + 1)}
    assert min(held.values()) == 2 and sum(held.values()) == listed + listed - shared
    assert all(zone.named for zone in plan.zones) and not noted(plan, "处因图面所限未注名称。")
    # A very long name stands in two lines of the list.
    written = "".join(text for text in plan.texts).replace("\n", "").replace(" ", "")
    assert all(zone.name.replace(" ", "") in written for zone in plan.zones)


def test_no_name_in_the_list_is_set_too_small_to_read(small):
    frames = [each for each in small.figure.findobj(Rectangle) if each.get_gid() == "keys"]
    assert 1 < len(frames) <= 4
    for frame in frames:
        room = frame.get_window_extent()
        sizes = [
            text.get_fontsize()
            for text in small.figure.findobj(Text)
            if text.get_text() and room.contains(*text.get_window_extent().get_points().mean(axis=0))
        ]
        assert len(sizes) > 8 and min(sizes) >= 4.2 * 0.75


def test_a_zone_without_a_number_shares_that_of_the_nearest():
    paper, seen = layout("A4", upright=False), View(0, 0, 100_000, 100_000, 500_000)
    squares = {"in": box(0, 0, 5000, 5000), "near": box(4000, 0, 6000, 2000), "far": box(50_000, 0, 51_000, 1000)}
    rows = geopandas.GeoDataFrame({"axis": [None] * 3}, index=list(squares), geometry=list(squares.values()))
    x, y = seen.to_paper(paper.map, 4500, 1000)
    at = Placed(Wish("1", [], 5.0), x, y, None)
    assert _shared(rows, {"in": at}, seen, paper) == {"near": "in"}
    # What counts is where the leader line points, not where the number stands.
    led = Placed(Wish("1", [], 5.0), x, y, seen.to_paper(paper.map, 50_500, 500))
    assert _shared(rows, {"in": led}, seen, paper) == {"far": "in"}


@given(st.lists(st.integers(1, 2), min_size=1, max_size=20), st.integers(1, 5))
def test_columns_of_the_list_hold_all_rows_in_order_and_part_none(lines, most):
    rows = [Row(str(at), ["名"] * count, "black") for at, count in enumerate(lines)]
    columns = in_columns(rows, most)
    assert len(columns) <= most and [row for column in columns for row in column] == rows
    # As low as may be: the lines of all, and one of each column that a name of two lines left empty.
    deepest = max(sum(len(row.lines) for row in column) for column in columns)
    assert deepest <= max(-(-sum(lines) // most) + 1, max(lines))


def test_no_number_lies_on_another_text_and_no_list_on_land(atlas, crowded):
    shapes = list(text_boxes(crowded.figure).values())
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    assert not [
        (i, j) for i, j in zip(first, second, strict=True) if i < j and shapes[i].intersection(shapes[j]).area > 0
    ]
    face = next(axes for axes in crowded.figure.axes if axes.get_label() == "map")
    frames = [each for each in crowded.figure.findobj(Rectangle) if each.get_gid() == "keys"]
    assert frames
    land = atlas.base["base_land"].geometry.to_crs(PLANE_CRS).union_all()
    for frame in frames:
        corners = face.transData.inverted().transform(frame.get_window_extent().get_points())
        assert not box(*corners.ravel()).intersects(land)


def test_a_map_with_room_for_all_names_has_no_list(atlas):
    plan = draw_sheet(atlas, atlas.zones.loc[["baoan.core.tiezaishan"]], Order("图")).plan
    assert "编号区名" not in plan.texts


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=1, max_size=5))
def test_the_widest_free_run_of_each_pair_of_lines_is_found(cells):
    free = np.array(cells)
    runs = _runs(free)
    assert all(free[low : low + high, left : left + wide].all() for low, left, high, wide in runs)
    found = {(low, low + high): wide for low, _, high, wide in runs}
    for low, top in itertools.combinations(range(len(free) + 1), 2):
        spans = itertools.combinations(range(6), 2)
        widest = max((right - left for left, right in spans if free[low:top, left:right].all()), default=0)
        assert found.get((low, top), 0) == widest
