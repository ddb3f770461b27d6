"""A drawn area in words: sides of a rectangle, shares along a side, and what runs along no line."""

import geopandas
import pytest
import shapely

from tests.sides_grid import CRS, FOUR, lines, path, square
from zones.sides.sides import compile_sides
from zones.sides.sides_check import check, compare
from zones.sides.sides_edges import split
from zones.sides.sides_grammar import Direction
from zones.sides.sides_words import sides_of, words

N, E, S, W = Direction.NORTH, Direction.EAST, Direction.SOUTH, Direction.WEST


def ground(*points):
    """Return a polygon through points on the grid, in EPSG:4490."""
    ring = shapely.Polygon(path(*points, points[0]).coords)
    return geopandas.GeoSeries([ring], crs=CRS).to_crs("EPSG:4490").iloc[0]


def box(west, south, east, north):
    return ground((west, south), (east, south), (east, north), (west, north))


def test_a_rectangle_has_four_sides_of_its_own_length():
    edges = split(shapely.box(0, 0, 300, 200))
    assert {each: round(edge.length_m, 6) for each, edge in edges.items()} == {N: 300, E: 200, S: 300, W: 200}


def test_the_square_between_four_streets_is_named_by_them():
    sides = sides_of(box(0, 0, 1000, 1000), square())
    assert words(sides) == FOUR
    assert words(sides, "en") == "north to 甲路, east to 乙路, south to 丙路, west to 丁路"
    assert all(side.unmatched == pytest.approx(0, abs=1e-9) for side in sides)


def test_a_line_along_part_of_a_side_has_its_share():
    # 甲路 runs along the first 700 m of 1000, 戊路 along the rest.
    frame = lines([("甲路", path((0, 1000), (700, 1000))), ("戊路", path((700, 1000), (1000, 1000)))])
    north, *others = sides_of(box(0, 0, 1000, 1000), frame)
    assert [(run.name, round(run.share, 2)) for run in north.runs] == [("甲路", 0.7), ("戊路", 0.3)]
    assert words((north,)) == "北至甲路（70%）、戊路（30%）"
    assert words(tuple(others)) == "东（无对应的线），南（无对应的线），西（无对应的线）"
    assert [side.unmatched for side in others] == [1.0, 1.0, 1.0]


def test_a_line_that_crosses_or_lies_too_far_names_nothing():
    frame = lines([("横穿路", path((500, 500), (500, 1500))), ("远路", path((0, 1200), (1000, 1200)))])
    assert sides_of(box(0, 0, 1000, 1000), frame)[0].runs == ()
    # A larger error of the area reaches further.
    assert [run.name for run in sides_of(box(0, 0, 1000, 1000), frame, 250)[0].runs] == ["远路"]


def test_a_line_along_less_than_a_tenth_of_a_side_is_not_named():
    frame = lines([("甲路", path((0, 1000), (950, 1000))), ("戊路", path((950, 1000), (1000, 1000)))])
    [north, *_] = sides_of(box(0, 0, 1000, 1000), frame)
    assert [run.name for run in north.runs] == ["甲路"]
    assert north.unmatched == pytest.approx(0.05, abs=0.02)


def test_each_line_has_its_own_english_name_and_source():
    west, east = {"name_en": "A Road", "source": "a"}, {"name_en": "E Road", "source": "e"}
    frame = lines([("甲路", (path((0, 1000), (700, 1000)), west)), ("戊路", (path((700, 1000), (1000, 1000)), east))])
    sides = sides_of(box(0, 0, 1000, 1000), frame)
    assert words(sides[:1], "en") == "north to A Road (70%) and E Road (30%)"
    assert [run.source for run in sides[0].runs] == ["a", "e"]


def test_distances_of_a_parallel_line():
    [north, *_] = sides_of(box(0, 0, 1000, 970), square())
    [run] = north.runs
    assert (run.mean_m, run.max_m) == (pytest.approx(30, abs=0.1), pytest.approx(30, abs=0.1))


def test_a_text_against_a_drawing():
    # The drawing ends 60 m inside 甲路, 30 m outside 乙路, on 丙路, and there is no 丁路.
    frame = square()
    result = compile_sides(FOUR, frame[frame["name_zh"] != "丁路"].reset_index(drop=True))
    north, east, south, west = check(result, box(0, 0, 1030, 940), error_m=15)
    assert (north.status, east.status, south.status, west.status) == ("deviates", "agrees", "agrees", "no_line")
    assert (north.mean_m, north.max_m, north.beyond_m) == pytest.approx((60, 60, -60), abs=0.1)
    assert (east.mean_m, east.beyond_m, east.tolerance_m) == pytest.approx((30, 30, 35), abs=0.1)
    assert south.max_m == pytest.approx(0, abs=0.1)


def test_a_drawing_at_an_angle_to_a_line_is_judged_by_its_worst_place():
    # From 甲路 itself in the west to 60 m inside it in the east: 30 m on average.
    drawn = ground((0, 0), (1000, 0), (1000, 940), (0, 1000))
    north, *_ = check(compile_sides(FOUR, square()), drawn, error_m=15)
    assert (north.status, north.tolerance_m) == ("deviates", 35)
    assert (north.mean_m, north.max_m) == pytest.approx((30, 60), abs=3)
    north, *_ = check(compile_sides(FOUR, square()), drawn, error_m=45)
    assert north.status == "agrees"


def test_a_side_that_a_drawing_does_not_have_is_said():
    # The long edge of this triangle looks north, by 1 in 2: nothing of it looks east.
    drawn = ground((0, 0), (2000, 0), (0, 1000))
    assert [side.status for side in check(compile_sides(FOUR, square()), drawn)][1] == "no_edge"


def test_a_candidate_beside_a_drawing():
    both = compare(box(0, 0, 1000, 1000), box(0, 0, 1000, 800))
    assert (both.share_of_candidate, both.share_of_drawing) == pytest.approx((0.8, 1.0), abs=1e-4)
    assert both.hausdorff_m == pytest.approx(200, abs=0.2)
