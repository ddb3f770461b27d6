"""The histogram as SVG: heights by hand, words escaped."""

import re

from layers.rasters.histogram import BOTTOM, SIZE, TOP, Histogram, histogram_svg, number


def bars(svg):
    return [tuple(map(float, found)) for found in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', svg)]


def test_heights_go_with_counts():
    svg = histogram_svg(Histogram([0, 1, 2, 3], [4.0, 0.0, 2.0], {"平均": 1.5}, {"title": "人口 <x>", "x": "人"}))
    (_, first, _), (_, second, _) = bars(svg)
    bottom = SIZE[1] - BOTTOM
    assert first == TOP
    assert second == (TOP + bottom) / 2
    assert "人口 &lt;x&gt;" in svg
    assert "平均" in svg


def test_one_value():
    assert len(bars(histogram_svg(Histogram([4.0, 4.0, 4.0], [9.0, 0.0])))) == 1


def test_numbers_are_short():
    assert [number(value) for value in (12500.4, 0.03512, 0, 999.96, -3.4028235e38)] == [
        "12,500", "0.03512", "0", "1000", "-3.403e+38",
    ]  # fmt: skip
