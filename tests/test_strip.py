"""The strip: everything named once, nothing over anything else, and nothing from a name that could run."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from layers.corridors.strip import Bar, Spot, Strip, strip_svg
from layers.svg import steps, text_width

SVG = "{http://www.w3.org/2000/svg}"


def drawn(strip):
    return ElementTree.fromstring(strip_svg(strip))


def labels(root):
    """Return left, right, middle height and words of every text."""
    found = []
    for each in root.iter(f"{SVG}text"):
        wide = text_width(each.text or "", float(each.get("font-size")))
        start = float(each.get("x")) - {"start": 0, "middle": wide / 2, "end": wide}[each.get("text-anchor", "start")]
        found.append((start, start + wide, float(each.get("y")), each.text))
    return found


def crowd(count):
    bars = tuple(Bar(f"创新片区第{place}号", place * 300.0, place * 300.0 + 400 + 90 * place) for place in range(count))
    return Strip(
        20_000.0,
        left=bars,
        right=bars[::2],
        gaps=((12_000.0, 15_000.0),),
        places=(Bar("甲", 0, 9000), Bar("乙", 9000, 20_000)),
        roads=tuple(Spot(f"道路{place}", 500.0 * place) for place in range(40)),
        left_stations=tuple(Spot(f"车站{place}", 400.0 * place) for place in range(50)),
        words={"left": "左侧", "right": "右侧", "gap": "缺口", "title": "展开图"},
    )


def test_names_never_meet():
    found = labels(drawn(crowd(24)))
    assert len(found) > 60
    for one in found:
        for other in found:
            apart = one[1] <= other[0] + 1 or other[1] <= one[0] + 1 or abs(one[2] - other[2]) >= 9
            assert one is other or apart, (one, other)


def test_every_cover_is_named():
    words = [each[3] for each in labels(drawn(crowd(24)))]
    assert words.count("创新片区第7号") == 1
    assert words.count("创新片区第8号") == 2


def test_nothing_leaves_the_picture():
    root = drawn(crowd(24))
    wide, high = (float(root.get(name)) for name in ("width", "height"))
    assert all(left >= 0 and right <= wide and 0 <= y <= high for left, right, y, _ in labels(root))


def test_bars_lie_at_their_chainage():
    root = drawn(Strip(10_000.0, left=(Bar("甲", 2000.0, 7000.0, key="z.a"),)))
    bar = next(each for each in root.iter(f"{SVG}g") if each.get("data-pick") == "z.a").find(f"{SVG}rect")
    axis = next(each for each in root.iter(f"{SVG}rect") if each.get("height") == "8")
    start, wide = float(axis.get("x")), float(axis.get("width"))
    assert float(bar.get("x")) == pytest.approx(start + 0.2 * wide, abs=0.02)
    assert float(bar.get("width")) == pytest.approx(0.5 * wide, abs=0.02)


def test_bars_of_a_group_share_a_row_and_one_name():
    bars = tuple(Bar("工业", place * 100.0, place * 100.0 + 60, group="工业") for place in range(50))
    root = drawn(Strip(10_000.0, left=bars))
    rows = {each.get("y") for each in root.iter(f"{SVG}rect") if each.get("fill-opacity")}
    assert len(rows) == 1
    assert [each[3] for each in labels(root)].count("工业") == 1


def test_names_cannot_run():
    hostile = "<script>alert(1)</script>\"'&"
    root = drawn(Strip(1000.0, left=(Bar(hostile, 0.0, 500.0, key=hostile),), words={"title": hostile}))
    assert not list(root.iter(f"{SVG}script"))
    assert hostile in [each[3] for each in labels(root)]


@pytest.mark.parametrize("last", [0.4, 1.0, 3.0, 31.05, 58.8, 900.0])
def test_ticks_are_round(last):
    found = steps(last, 16)
    assert found[0] == 0
    assert found[-1] <= last + 1e-9
    assert 3 <= len(found) <= 21
    step = found[1] - found[0]
    assert re.fullmatch(r"[125]0*", f"{step * 1000:.0f}")
    assert all(b - a == pytest.approx(step) for a, b in pairwise(found))
