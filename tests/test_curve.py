"""The width curve: lines where the numbers are, the marker where the page can move it."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from layers.corridors.curve import SIZE, Change, Curve, Line, curve_svg

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (500.0, 1000.0, 1500.0, 2000.0)
CURVE = Curve(
    WIDTHS,
    (
        Line("合计", "#111111", "#111111", (0.2, 0.4, 0.5, 0.6), (0.1, 0.1, 0.3, 0.5), strong=True),
        Line("园区", "#E69F00", "#855C00", (0.1, 0.1, 0.2, 0.1)),
    ),
    changes=(Change(1200.0, 0.3, "甲超过乙"),),
    assumed_m=1000.0,
    words={"title": "曲线", "x": "半宽", "y": "覆盖率", "assumed": "假定 1000 m"},
)


def root(now=1500.0):
    return ElementTree.fromstring(curve_svg(CURVE, now))


def path_points(path):
    return [tuple(map(float, pair.split())) for pair in path.get("d").strip("MZ").split("L")]


def test_lines_go_through_their_numbers():
    drawn = root()
    lines = [
        path for path in drawn.iter(f"{SVG}path") if path.find(f"{SVG}title") is not None and path.get("fill") == "none"
    ]
    left, right = float(drawn.get("data-left")), float(drawn.get("data-right"))
    xs, ys = zip(*path_points(lines[0]), strict=True)
    assert xs == pytest.approx([left, left + (right - left) / 3, left + (right - left) * 2 / 3, right], abs=0.1)
    # Equal steps of share are equal steps down the picture.
    assert ys[0] - ys[1] == pytest.approx(2 * (ys[1] - ys[2]), abs=0.2)


def test_error_band_stays_between_nothing_and_all():
    drawn = root()
    band = next(path for path in drawn.iter(f"{SVG}path") if path.get("fill-opacity"))
    ys = [y for _, y in path_points(band)]
    assert len(ys) == 2 * len(WIDTHS)
    assert min(ys) >= 22
    assert max(ys) <= SIZE[1] - 46


def test_marker_stands_at_the_width_in_use():
    drawn = root()
    now = next(each for each in drawn.iter(f"{SVG}g") if each.get("class") == "z-now")
    left, right = float(drawn.get("data-left")), float(drawn.get("data-right"))
    assert now.get("transform") == f"translate({left + (right - left) * 2 / 3:.1f} 0)"
    assert len(now.get("data-ys").split()) == len(WIDTHS)
    assert (drawn.get("data-low"), drawn.get("data-high")) == ("500", "2000")


def test_changes_assumption_and_names_are_said():
    words = "".join(root().itertext())
    for each in ("甲超过乙", "假定 1000 m", "合计", "园区", "半宽"):
        assert each in words


def test_names_at_the_end_do_not_meet():
    many = Curve(WIDTHS, tuple(Line(f"类{place}", "#111111", "#111111", (0.1,) * 4) for place in range(9)))
    drawn = ElementTree.fromstring(curve_svg(many))
    ys = sorted(float(each.get("y")) for each in drawn.iter(f"{SVG}text") if (each.text or "").startswith("类"))
    assert all(b - a >= 13.9 for a, b in pairwise(ys))
