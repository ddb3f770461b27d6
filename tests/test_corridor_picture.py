"""From a corridor to its drawings: the same figures as the engine gives."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from layers.corridors.corridor_picture import changes, compared, curve_of, strip_of
from layers.corridors.curve import curve_svg
from layers.corridors.strip import strip_svg
from zones import read_atlas
from zones.corridors.corridor import corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import at, curve
from zones.corridors.covers import zone_covers

WIDTHS = (500.0, 1000.0, 2000.0)


@pytest.fixture(scope="module")
def known():
    atlas = read_atlas()
    made = corridor(atlas, "baoan.corridor.nanguang", ends="district")
    cells = cut(made, zone_covers(atlas.zones, made.corridor_id), WIDTHS)
    return atlas, cells


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_strip_holds_what_the_engine_found(known, lang):
    atlas, cells = known
    found = at(cells, 1)
    names = dict(atlas.zones[f"name_{lang}"])
    strip = strip_of(atlas, cells, 1, found, names, lang)
    assert len(strip.left) + len(strip.right) == len(found.lanes)
    assert {bar.name for bar in strip.left} == {names[each] for each in found.lanes[found.lanes.side == "left"]["id"]}
    assert strip.gaps == tuple(found.gaps[["from_m", "to_m"]].itertuples(index=False, name=None))
    assert strip.places
    # The axis follows its road: that is no crossing.
    assert "南光高速" not in {spot.name for spot in strip.roads}
    ElementTree.fromstring(strip_svg(strip))


def test_curve_holds_the_shares_and_their_errors(known):
    _, cells = known
    table = curve(cells)
    drawn = curve_of(cells, "zh")
    assert drawn.lines[0].shares == tuple(table["share"])
    assert drawn.lines[0].errors == tuple(table["error_m2"] / table["corridor_m2"])
    assert drawn.assumed_m == 1000
    ElementTree.fromstring(curve_svg(drawn, 1000.0))


def test_corridors_side_by_side(known):
    _, cells = known
    table = curve(cells)
    other = table.assign(share=[0.0, table["share"][1], 1.0], covered_m2=0.0)
    drawn = compared({"a": table, "b": other}, {"a": "甲", "b": "乙"}, None, "zh")
    assert [line.name for line in drawn.lines] == ["甲", "乙"]
    assert [line.strong for line in drawn.lines] == [True, False]
    assert [change.words for change in drawn.changes] == ["半宽自 1.00 km 起，乙的覆盖率超过甲"]


def test_a_change_lies_on_both_lines():
    shares = pd.DataFrame({"a": [0.2, 0.2], "b": [0.1, 0.3]}, index=pd.Index([1000.0, 2000.0]))
    change = changes(shares, {"a": "A", "b": "B"}, "en")[0]
    assert (change.half_width_m, change.share) == pytest.approx((1500, 0.2))
    assert change.words == "from 1.50 km on B exceeds A"
