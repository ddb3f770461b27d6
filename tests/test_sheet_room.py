"""Room for labels: many places tested at once say what each would alone."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.sheets.sheet_frame import Box
from layers.sheets.sheet_room import Ground, Tries, crosses

WHOLE = st.integers(-6, 6)
LINES = st.tuples(WHOLE, WHOLE, WHOLE, WHOLE)
BOXES = st.tuples(WHOLE, WHOLE, st.integers(1, 5), st.integers(1, 5))


@given(st.lists(LINES, min_size=1, max_size=5), st.lists(BOXES, min_size=1, max_size=5))
def test_lines_meet_boxes_as_geos_says(lines, boxes):
    ends = np.array(lines, dtype=float).reshape(-1, 2, 2)
    sides = np.array([(x, y, x + wide, y + high) for x, y, wide, high in boxes], dtype=float)
    expected = shapely.intersects(shapely.linestrings(ends)[:, None], shapely.box(*sides.T))
    assert (crosses(ends, sides) == expected).all()


def ground(used=(), symbols=0, barred=None):
    boxes = np.array(used, dtype=float).reshape(-1, 4)
    return Ground(Box(0, 0, 100, 100), boxes, symbols, barred, shapely.MultiLineString())


def tries(*centres, anchors=None, off=None):
    spots = np.array(centres, dtype=float)
    return Tries(spots, spots if anchors is None else np.array(anchors, dtype=float), 10, 4, off)


def test_labels_stay_inside_the_frame_and_off_others_and_may_touch():
    spots = tries((50, 50), (5, 50), (5.5, 50), (50, 97.6), (60, 50), (59.9, 50))
    # A label of 10 x 4 around (50, 50): the next may begin where it ends.
    free = ground([(45, 48, 55, 52)]).free(spots)
    assert free.tolist() == [2, 4]


def test_labels_keep_off_what_is_barred():
    barred = shapely.LineString([(20, 0), (20, 100)])
    assert ground(barred=barred).free(tries((50, 50), (20, 50), (15, 50), (14, 50))).tolist() == [0, 3]


def test_a_leader_line_may_leave_its_own_symbol_and_crosses_no_other_thing():
    symbols = [(7, 7, 13, 13), (29, 9, 31, 11)]
    away = {"anchors": [(10, 10)] * 3, "off": 2.0}
    # Straight up, through the second symbol, and the same way to a label that lies on the line.
    spots = tries((10, 40), (50, 10), (10, 60), **away)
    assert ground(symbols, symbols=2).free(spots).tolist() == [0, 2]
    assert ground(symbols, symbols=0).free(spots).tolist() == []
    # A second leader may not lie on the first, nor its label; one beside it may.
    held = ground(symbols, symbols=2).with_label(spots.at(np.array([0])))
    more = tries((10, 60), (40, 40), (10, 20), anchors=[(10, 10), (40, 70), (80, 20)], off=2.0)
    assert held.free(more).tolist() == [1]


def test_a_leader_line_begins_off_its_anchor():
    lines = tries((10, 40), (40, 50), anchors=[(10, 10), (10, 10)], off=5.0).leaders()
    # 3-4-5: of 50 mm the first 5 are left out.
    assert np.allclose(lines, [[(10, 15), (10, 40)], [(13, 14), (40, 50)]])
