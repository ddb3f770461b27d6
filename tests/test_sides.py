"""Compiled sides on grids whose areas are known by hand, and what stays open."""

import math

import geopandas
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.sides_grid import FOUR, flat, lines, path, square, streets
from zones.errors import InputError
from zones.sides.sides import area, closing_lines, compile_sides, error_by_side, open_ends
from zones.sides.sides_grammar import Direction
from zones.sides.sides_words import sides_of, words

N, E, S, W = Direction.NORTH, Direction.EAST, Direction.SOUTH, Direction.WEST


def without(frame, name):
    return frame[frame["name_zh"] != name].reset_index(drop=True)


def joined(*frames):
    return geopandas.GeoDataFrame(pd.concat(frames, ignore_index=True), crs=frames[0].crs)


def with_other(frame, other):
    """Return a frame in which some lines give way to others of their names."""
    return joined(frame[~frame["name_zh"].isin(other["name_zh"])], other)


def close(shape, expected, within_m=0.3):
    return flat(shape).hausdorff_distance(expected) < within_m


def test_four_streets_make_the_square_between_them():
    result = compile_sides(FOUR, square())
    assert close(result.polygon, shapely.box(0, 0, 1000, 1000))
    assert result.built.gaps == ()
    assert (result.error_m, result.grade) == (20.0, "traced")
    assert [side.direction for side in result.sides] == [N, E, S, W]
    # The plane's scale at 60 km from the meridian is off by less than 5 parts in 100 000.
    assert area(result)["ellipsoid_m2"] == pytest.approx(1e6, rel=2e-4)
    assert error_by_side(result) == pytest.approx(4 * 1000 * 20, rel=0.01)


def test_a_side_without_a_line_stays_open_and_so_does_the_area():
    result = compile_sides(FOUR, without(square(), "乙路"))
    assert result.polygon is None
    assert result.missing == ("乙路",)
    assert [side.direction for side in result.open_sides] == [E]
    assert result.open_sides[0].open_code == "no_line"
    assert math.isnan(area(result)["ellipsoid_m2"])
    # Both lines beside it stop 100 m past the corner that is missing.
    ends = {(round(flat(end).x), round(flat(end).y)) for _, end in open_ends(result)}
    assert ends == {(1100, 1000), (1100, 0)}


def test_a_name_without_a_line_is_never_closed_by_the_other_names_of_its_side():
    result = compile_sides("北至甲路，东至乙路、无名路，南至丙路，西至丁路", square())
    assert result.polygon is None
    assert result.missing == ("无名路",)


def test_a_side_the_text_leaves_out_stays_open():
    result = compile_sides("北至甲路，南至丙路，西至丁路", square())
    assert result.polygon is None
    assert [side.open_code for side in result.open_sides] == ["not_said"]


def test_three_streets_that_meet_make_a_triangle():
    # Legs of 1000 m: 500 000 m².
    frame = lines(
        [
            ("斜路", path((-100, 1100), (1100, -100))),
            ("丙路", path((-100, 0), (1100, 0))),
            ("丁路", path((0, -100), (0, 1100))),
        ]
    )
    result = compile_sides("东北至斜路，南至丙路，西至丁路", frame)
    assert close(result.polygon, shapely.Polygon([(0, 0), (1000, 0), (0, 1000)]))
    assert [side.direction for side in result.sides] == [Direction.NORTHEAST, S, W]


def test_a_line_that_stops_short_is_carried_on_within_the_tolerance():
    short = path((-100, 1000), (960, 1000))
    frame = lines([("甲路", short)])
    frame = with_other(square(), frame)
    result = compile_sides(FOUR, frame)
    assert close(result.polygon, shapely.box(0, 0, 1000, 1000))
    [gap] = result.built.gaps
    assert (gap.how, set(gap.between)) == ("extended", {N, E})
    assert gap.length_m == pytest.approx(40, abs=0.3)
    assert result.error_m == pytest.approx(40, abs=0.3)
    # 3960 m of lines off by 20 m, and a gap of 40 m off by its own length.
    assert error_by_side(result) == pytest.approx(3960 * 20 + 40**2, rel=0.01)
    assert result.grade == "inferred"
    unclosed = compile_sides(FOUR, frame, gap_m=30)
    assert unclosed.polygon is None
    [corner] = unclosed.built.open_corners
    assert corner.between == (N, E)
    assert corner.distance_m == pytest.approx(40, abs=0.3)


def test_two_lines_that_both_stop_short_meet_where_both_lead():
    # North ends 30 m west of the corner, east 40 m south of it: 70 m are added.
    frame = with_other(
        square(), lines([("甲路", path((-100, 1000), (970, 1000))), ("乙路", path((1000, -100), (1000, 960)))])
    )
    result = compile_sides(FOUR, frame)
    assert close(result.polygon, shapely.box(0, 0, 1000, 1000))
    assert sum(gap.length_m for gap in result.built.gaps) == pytest.approx(70, abs=0.5)


def test_pieces_of_one_side_are_joined_and_said():
    frame = with_other(
        square(), lines([("甲路", path((-100, 1000), (450, 1000))), ("甲路", path((500, 1000), (1100, 1000)))])
    )
    result = compile_sides(FOUR, frame)
    assert close(result.polygon, shapely.box(0, 0, 1000, 1000))
    [gap] = result.built.gaps
    assert (gap.how, gap.between) == ("joined", (N,))
    assert gap.length_m == pytest.approx(50, abs=0.2)


def test_a_curved_side_is_followed():
    # A half circle of 500 m on top of the square: 1 000 000 + π 500² / 2.
    arc = shapely.Point(500, 1000).buffer(500, quad_segs=90).boundary
    points = [point for point in arc.coords if point[1] >= 1000]
    points.sort()
    result = compile_sides(FOUR, with_other(square(), lines([("甲路", path(*points))])))
    assert flat(result.polygon).area == pytest.approx(1e6 + math.pi * 500**2 / 2, rel=1e-3)


def test_two_lines_in_sequence_make_one_side():
    # The northern side steps up by 200 m at the middle, along 戊路.
    frame = with_other(
        square(),
        lines(
            [
                ("甲路", path((-100, 1000), (500, 1000), (500, 1200))),
                ("戊路", path((500, 1200), (1100, 1200))),
                ("乙路", path((1000, -100), (1000, 1300))),
            ]
        ),
    )
    result = compile_sides("北至甲路、戊路，东至乙路，南至丙路，西至丁路", frame)
    assert flat(result.polygon).area == pytest.approx(1e6 + 500 * 200, rel=1e-4)


def test_a_side_along_an_error_that_is_not_known_makes_the_area_s_error_unknown():
    frame = with_other(square(), lines([("甲路", path((-100, 1000), (1100, 1000)))], error_m=math.nan))
    result = compile_sides(FOUR, frame)
    assert result.polygon is not None
    assert math.isnan(result.error_m)
    assert math.isnan(error_by_side(result))


def test_a_planned_line_makes_the_area_inferred():
    frame = with_other(square(), lines([("丁路", path((0, -100), (0, 1100)))], planned=True, grade="inferred"))
    result = compile_sides("北至甲路，东至乙路，南至丙路，西至丁路（规划）", frame)
    assert result.grade == "inferred"
    assert result.sides[3].planned


def test_a_line_that_only_crosses_the_edge_has_no_say_in_its_error():
    frame = with_other(square(), lines([("丁路", path((0, -100), (0, 1100)))]))
    far = lines([("丁路", path((0, 1100), (0, 2000)))], error_m=500)
    result = compile_sides(FOUR, joined(frame, far))
    assert result.error_m == 20
    assert [round(line.along_m) for line in result.sides[3].lines] == [1000, 0]


def test_lines_that_would_close_an_open_side_are_offered_not_taken():
    frame = with_other(without(square(), "乙路"), lines([("戊路", path((800, -100), (800, 1100)))]))
    result = compile_sides(FOUR, frame)
    assert result.polygon is None
    assert closing_lines(result, frame) == {E: ("戊路",)}
    taken = compile_sides(FOUR, frame, stand_ins={E: "戊路"})
    assert close(taken.polygon, shapely.box(0, 0, 800, 1000))
    assert taken.grade == "inferred"
    assert taken.sides[1].lines[0].stand_in
    with pytest.raises(InputError, match="no line here is called '己路'"):
        compile_sides(FOUR, frame, stand_ins={E: "己路"})


def test_a_text_without_sides_is_refused():
    with pytest.raises(InputError, match="names no side"):
        compile_sides("以城市主干道为界", square())
    with pytest.raises(InputError, match="2001 signs long"):
        compile_sides("路" * 2001, square())


@pytest.mark.parametrize("gap_m", [-1, 2001, math.inf, math.nan])
def test_a_gap_out_of_reason_is_refused(gap_m):
    with pytest.raises(InputError, match="give 0 to 2000 m"):
        compile_sides(FOUR, square(), gap_m=gap_m)


def jitter():
    return some.tuples(some.integers(-150, 150), some.integers(-150, 150))


@settings(max_examples=25, deadline=None)
@given(moves=some.tuples(jitter(), jitter(), jitter(), jitter()))
def test_any_four_sided_area_is_found_between_its_own_lines(moves):
    """Corners anywhere near those of a square, each side running 100 m on past both: the area between is theirs."""
    square_ = ((0, 1000), (1000, 1000), (1000, 0), (0, 0))
    corners = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(square_, moves, strict=True)]
    named = [
        (name, path(beyond(b, a), beyond(a, b)))
        for name, a, b in zip(("甲路", "乙路", "丙路", "丁路"), corners, [*corners[1:], corners[0]], strict=True)
    ]
    result = compile_sides(FOUR, lines(named))
    assert result.built.gaps == ()
    assert close(result.polygon, shapely.Polygon(corners))
    assert words(sides_of(result.polygon, lines(named))) == FOUR


def beyond(a, b, more_m=100.0):
    """Return the point 100 m past `b`, coming from `a`."""
    length = math.dist(a, b)
    return tuple(end + (end - start) / length * more_m for start, end in zip(a, b, strict=True))


def cuts(count):
    return some.lists(some.integers(200, 900), min_size=count, max_size=count).map(
        lambda steps: [sum(steps[:n]) for n in range(len(steps))]
    )


@settings(max_examples=20, deadline=None)
@given(xs=cuts(4), ys=cuts(4), data=some.data())
def test_text_to_area_to_text_on_any_grid(xs, ys, data):
    """On a grid of any spacing a block's sides give the block, and the block gives its sides."""
    west, east = sorted(data.draw(some.sets(some.integers(0, 3), min_size=2, max_size=2)))
    south, north = sorted(data.draw(some.sets(some.integers(0, 3), min_size=2, max_size=2)))
    named = "甲乙丙丁"
    text = f"北至横{named[north]}路，东至纵{named[east]}路，南至横{named[south]}路，西至纵{named[west]}路"
    frame = streets(xs, ys)
    result = compile_sides(text, frame)
    assert close(result.polygon, shapely.box(xs[west], ys[south], xs[east], ys[north]))
    assert words(sides_of(result.polygon, frame)) == text
