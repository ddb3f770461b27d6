"""± of each class by itself: closed forms, many classes at once, and nothing matched twice."""

import numpy as np
import pytest
from shapely import box

from tests.test_coverage import HALF, LONG, covers, straight
from zones.corridors import class_edges
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import at, coverage

WIDTHS = (HALF / 2, HALF, 2 * HALF)


def test_each_class_has_the_error_it_would_have_alone():
    # Half the band on the left, and a block across it: its edge counts where it borders on the other class, too.
    left, block = box(-9000, 0, 19_000, 4000), box(2000, -100, 3000, 100)
    both = coverage(straight(), covers(left, block, classes="xy")).by_class.set_index("class")["error_m2"]
    edge, sideways, ends = 10 * LONG, 20 * LONG, 20 * HALF * np.sqrt(2)
    assert both["x"] == pytest.approx(np.sqrt(edge**2 + sideways**2 + ends**2), rel=1e-4)
    assert both["y"] == pytest.approx(10 * 2400, rel=1e-4)


def test_every_width_has_that_of_its_own_band():
    shapes = [box(1000, -3000, 4000, 300), box(2000, -200, 6000, 5000), box(5000, -5000, 7000, -50)]
    cells = cut(straight(), covers(*shapes, classes="xyx"), WIDTHS)
    for place, width in enumerate(WIDTHS):
        alone = cut(straight(), covers(*shapes[::2], classes="xx"), (width,))
        found = at(cells, place).by_class.set_index("class")["error_m2"]["x"]
        assert found == pytest.approx(at(alone, 0).error_m2, rel=1e-9)


def test_as_many_classes_as_features():
    # 60 rows of 25 blocks, 20 by 10 m, each a class: 10 m of error times the 60 m around it.
    blocks = [box(x, y, x + 20, y + 10) for x in range(100, 6100, 100) for y in range(-240, 260, 20)]
    names = [f"{number:04d}" for number in range(len(blocks))]
    found = coverage(straight(), covers(*blocks, classes=names)).by_class
    assert found["error_m2"].to_numpy() == pytest.approx(600, rel=1e-3)


def test_a_move_of_the_slider_matches_no_edge_again(monkeypatch):
    cells = cut(straight(), covers(box(2000, -100, 3000, 100), classes="x"), WIDTHS)
    first = at(cells, 0).by_class["error_m2"][0]
    monkeypatch.setattr(class_edges, "shared_edges", None)
    assert at(cells, 1).by_class["error_m2"][0] == pytest.approx(first, rel=1e-9)
