"""Numbers in place of names that find no room: each on the map once, each in the list with its name."""

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Rectangle
from shapely import STRtree, box

from layers.sheets.sheet import draw_sheet
from layers.sheets.sheet_frame import PLANE_CRS
from layers.sheets.sheet_keys import _runs
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


def test_each_number_stands_on_the_map_and_in_the_list(crowded):
    texts = list(text_boxes(crowded.figure))
    count = next(
        int(text.split()[0]) for text in crowded.plan.texts if text.endswith("处以编号注于图上，区名见编号表。")
    )
    assert count > 50
    held = Counter(text for text, _, _ in texts if text.isdigit())
    # The scale bar says 0, 5 and 10 too.
    held -= Counter(["0", "5", "10"])
    assert held == {str(at): 2 for at in range(1, count + 1)}
    # With number or name all but those that are counted.
    left = next(int(text.split()[1]) for text in crowded.plan.texts if text.endswith("处因图面所限未注名称。"))
    assert sum(not zone.named for zone in crowded.plan.zones) == left < 20
    written = {text.replace("\n", "").replace(" ", "") for text in crowded.plan.texts}
    assert all(zone.name.replace(" ", "") in written for zone in crowded.plan.zones if zone.named)


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
