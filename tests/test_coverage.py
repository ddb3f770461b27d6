"""Coverage of corridors whose answers follow from a drawing on squared paper."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from tests.shapes import frame, on_ground, polygons
from zones import read_atlas
from zones.corridors.corridor import Corridor, band, corridor
from zones.corridors.corridor_cells import cut
from zones.corridors.coverage import (
    at,
    class_curves,
    coverage,
    covered_ground,
    crossings,
    curve,
    error,
    gaps_at,
    uncovered,
)
from zones.corridors.covers import zone_covers
from zones.errors import GeometryError
from zones.measure import lonlat_area

LONG, HALF = 10_000.0, 500.0
# True to 1 in a million on the plane, and 4 in 100 000 at round bends.
EXACT = 1e-5


def straight(start=(0, 0), end=(LONG, 0), **changes):
    axis = on_ground(LineString([start, end]))
    return Corridor("c", "c", "c", axis, **({"half_width": HALF, "axis_error_m": 20.0} | changes))


def covers(*shapes, classes=None, error_m=10.0):
    columns = {"error_m": [error_m] * len(shapes), "class": list(classes) if classes else [None] * len(shapes)}
    return frame([on_ground(shape) for shape in shapes], **columns)


def test_nothing_covers():
    found = coverage(straight(), covers(box(0, 5000, 100, 5100)))
    assert found.corridor_m2 == pytest.approx(2 * HALF * LONG, rel=EXACT)
    assert (found.covered_m2, found.share, found.error_m2) == (0, 0, 0)
    assert found.gaps["length_m"].tolist() == pytest.approx([LONG], abs=0.1)
    assert found.parts.empty
    assert found.chainage.empty


def test_a_quarter_of_the_band_on_the_left():
    found = coverage(straight(), covers(box(2000, 0, 7000, 4000)))
    assert found.covered_m2 == pytest.approx(HALF * 5000, rel=EXACT)
    assert found.share == pytest.approx(0.25, rel=EXACT)
    assert found.left_m2 == pytest.approx((HALF * 5000, HALF * LONG), rel=EXACT)
    assert found.right_m2[0] == pytest.approx(0, abs=1)
    part = found.parts.iloc[0]
    assert part["share_inside"] == pytest.approx(1 / 8, rel=EXACT)
    assert part["inside_m2"] + part["outside_m2"] == pytest.approx(5000 * 4000, rel=EXACT)
    assert found.gaps[["from_m", "to_m"]].to_numpy() == pytest.approx(np.array([[7000, 10_000], [0, 2000]]), abs=0.5)
    assert found.lanes[["id", "side"]].to_numpy().tolist() == [["a", "left"]]
    assert found.lanes[["from_m", "to_m"]].to_numpy() == pytest.approx(np.array([[2000, 7000]]), abs=0.5)


def test_ground_under_two_counts_once():
    found = coverage(straight(), covers(box(0, -900, 4000, 900), box(3000, -900, 6000, 900), classes="xy"))
    assert found.covered_m2 == pytest.approx(6000 * 2 * HALF, rel=EXACT)
    assert found.sum_m2 == pytest.approx(7000 * 2 * HALF, rel=EXACT)
    assert found.k_fold["k"].tolist() == [0, 1, 2]
    assert found.k_fold["area_m2"].tolist() == pytest.approx([4e6, 5e6, 1e6], rel=1e-4)
    assert found.by_class["class"].tolist() == ["x", "y"]
    assert found.by_class["share"].tolist() == pytest.approx([0.4, 0.3], rel=EXACT)


def test_one_class_twice_is_one_piece_of_ground():
    found = coverage(straight(), covers(box(0, -900, 4000, 900), box(3000, -900, 6000, 900), classes="xx"))
    assert found.by_class[["covered_m2", "count"]].to_numpy()[0] == pytest.approx([6e6, 2], rel=EXACT)


def test_chainage_and_gaps_known_by_hand():
    blocks = covers(box(500, -100, 1500, 100), box(1500, -400, 2000, -200), box(6000, 300, 6500, 700))
    found = coverage(straight(), blocks)
    assert found.chainage["id"].tolist() == ["a", "b", "c"]
    expected = np.array([[500, 1500], [1500, 2000], [6000, 6500]])
    assert found.chainage[["from_m", "to_m"]].to_numpy() == pytest.approx(expected, abs=0.5)
    assert found.gaps["length_m"].tolist() == pytest.approx([4000, 3500, 500], abs=1)


def test_gaps_follow_the_width_asked_for():
    """Ground 300 m off the axis and further leaves a narrow band bare, and half of a wide one covered."""
    cells = cut(straight(), covers(box(2000, 300, 5000, 900)), (200.0, 500.0))
    assert gaps_at(cells, 0)[["from_m", "to_m"]].to_numpy() == pytest.approx(np.array([[0, LONG]]), abs=0.5)
    assert gaps_at(cells, 1)[["from_m", "to_m"]].to_numpy() == pytest.approx(
        np.array([[5000, LONG], [0, 2000]]), abs=0.5
    )


def test_what_lies_wholly_in_the_band_has_nothing_outside():
    part = coverage(straight(), covers(box(2000, -100, 3000, 100))).parts.iloc[0]
    assert (part["inside_m2"], part["outside_m2"]) == pytest.approx((200_000, 0), rel=EXACT, abs=0.01)
    assert part["share_inside"] == pytest.approx(1, rel=1e-9)


def test_error_of_a_half_covered_band():
    # The cover's one edge runs along the axis; the band's left edge and half of each end lie in the cover.
    found = coverage(straight(), covers(box(-9000, 0, 19_000, 4000)))
    edge, sideways, ends = 10 * LONG, 20 * LONG, 20 * HALF * np.sqrt(2)
    assert found.error_m2 == pytest.approx(np.sqrt(edge**2 + sideways**2 + ends**2), rel=1e-4)


def test_error_of_a_block_within_the_band_is_that_of_its_own_edge():
    found = coverage(straight(), covers(box(2000, -100, 3000, 100)))
    assert found.error_m2 == pytest.approx(10 * 2400, rel=1e-4)


def test_an_axis_off_to_one_side_gains_left_what_it_loses_right():
    found = coverage(straight(), covers(box(-9000, -4000, 19_000, 4000)))
    assert found.error_m2 == pytest.approx(20 * 2 * HALF * np.sqrt(2), rel=1e-4)
    assert found.share == pytest.approx(1, abs=1e-12)


def test_an_edge_of_two_covers_counts_once_with_the_larger_error():
    block = box(2000, -100, 3000, 100)
    twins = covers(block, block)
    twins["error_m"] = [10.0, 30.0]
    assert coverage(straight(), twins).error_m2 == pytest.approx(30 * 2400, rel=1e-4)


def test_unknown_errors_are_named_and_add_nothing():
    found = coverage(straight(axis_error_m=float("nan")), covers(box(0, 0, 900, 300), error_m=float("nan")))
    assert (found.error_m2, found.errors_unknown) == (0, 1)
    assert np.isnan(found.corridor_error_m2)


def test_error_of_the_band_is_that_of_its_ends():
    assert coverage(straight(), covers(box(0, 0, 9, 9))).corridor_error_m2 == pytest.approx(2 * HALF * 2 * 20)


WIDTHS = tuple(np.arange(250.0, 3001.0, 250.0))


def test_curve_and_the_width_where_a_ranking_changes():
    # x covers 500 m to each side all along; y all that lies 1 to 3 km to the left: equal at 2 km.
    both = covers(box(-500, -500, LONG + 500, 500), box(-500, 1000, LONG + 500, 3000), classes="xy")
    cells = cut(straight(), both, WIDTHS)
    table = curve(cells)
    widths = table["half_width_m"].to_numpy()
    expected = LONG * (2 * np.minimum(widths, 500) + np.clip(widths - 1000, 0, 2000))
    assert table["covered_m2"].to_numpy() == pytest.approx(expected, rel=EXACT)
    assert table["corridor_m2"].to_numpy() == pytest.approx(2 * widths * LONG, rel=EXACT)
    change = crossings(class_curves(cells)).iloc[0]
    assert change["half_width_m"] == pytest.approx(2000, abs=0.5)
    assert (change["up"], change["down"]) == ("y", "x")
    assert table["count"].tolist() == [1] * 4 + [2] * 8


def test_curve_and_single_answer_agree():
    both = covers(box(1000, -900, 4000, 700), box(3000, -300, 6000, 2000), classes="xy")
    table = curve(cut(straight(), both, WIDTHS))
    one = coverage(straight(half_width=1250.0), both)
    row = table.set_index("half_width_m").loc[1250.0]
    assert row["covered_m2"] == pytest.approx(one.covered_m2, rel=1e-9)
    assert row["error_m2"] == pytest.approx(one.error_m2, rel=1e-6)
    assert row["longest_gap_m"] == pytest.approx(one.gaps["length_m"].max(), abs=0.1)


def test_crossings_need_a_change_of_order():
    index = pd.Index([1.0, 2.0, 3.0])
    touching = pd.DataFrame({"x": [1.0, 2, 3], "y": [0.0, 2, 2]}, index=index)
    assert crossings(touching).empty
    passing = pd.DataFrame({"x": [0.0, 2, 3], "y": [1.0, 2, 2]}, index=index)
    # Ahead by -1, 0, 1: the two are equal at 2.
    assert crossings(passing)["half_width_m"].tolist() == [pytest.approx(2.0)]


def test_profile_covers_as_drawn():
    made = straight(half_width=((0.0, 100.0), (LONG, 500.0)))
    found = coverage(made, covers(box(-500, 0, LONG + 500, 4000)))
    assert found.corridor_m2 == pytest.approx(600 * LONG, rel=EXACT)
    assert found.share == pytest.approx(0.5, rel=EXACT)


def test_uncovered_pieces_and_covered_ground():
    cells = cut(straight(), covers(box(2000, -900, 5000, 900)))
    rest = uncovered(cells, 0)
    assert rest["area_m2"].tolist() == pytest.approx([5e6, 2e6], rel=EXACT)
    assert rest[["from_m", "to_m"]].to_numpy() == pytest.approx(np.array([[5000, LONG], [0, 2000]]), abs=0.5)
    whole = shapely.union_all([covered_ground(cells, 0), covered_ground(cells, 0, covered=False)])
    assert lonlat_area(np.array([whole]))[0] == pytest.approx(2 * HALF * LONG, rel=EXACT)


def test_invalid_cover_is_refused():
    bow_tie = shapely.Polygon([(0, 0), (900, 400), (900, 0), (0, 400)])
    with pytest.raises(GeometryError, match="not valid"):
        coverage(straight(), frame([shapely.transform(bow_tie, lambda points: points * 1e-5 + [114, 22.6])]))


def spread(seed, count):
    random = np.random.default_rng(seed)
    line = np.cumsum(random.uniform([-600, -1500], [3000, 1500], (random.integers(2, 6), 2)), axis=0)
    found = polygons(random, count, 9000, 2500)
    shapes = covers(*found, classes=[random.choice(["x", "y", "z"]) for _ in found])
    return Corridor("c", "c", "c", on_ground(LineString(line)), HALF, axis_error_m=30.0), shapes


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 12))
def test_what_always_holds(seed, count):
    made, shapes = spread(seed, count)
    cells = cut(made, shapes, (200.0, 700.0, 1500.0))
    table = curve(cells)
    assert (np.diff(table["covered_m2"]) >= 0).all()
    assert (np.diff(table["corridor_m2"]) > 0).all()
    assert (table["share"] <= 1).all()
    assert (error(cells) >= 0).all()
    for place in range(3):
        found = at(cells, place)
        assert found.k_fold["area_m2"].sum() == pytest.approx(found.corridor_m2, rel=1e-9)
        assert found.left_m2[1] + found.right_m2[1] == pytest.approx(found.corridor_m2, rel=1e-9)
        assert found.parts["inside_m2"].sum() == pytest.approx(found.sum_m2, rel=1e-9)
        assert (found.k_fold["k"] * found.k_fold["area_m2"]).sum() == pytest.approx(found.sum_m2, rel=1e-9)
        assert found.covered_m2 <= found.by_class["covered_m2"].sum() * (1 + 1e-9)
        whole = found.parts["inside_m2"] + found.parts["outside_m2"]
        areas = pd.Series(lonlat_area(np.asarray(shapes.geometry.array)), index=shapes.index)
        assert whole.to_numpy() == pytest.approx(areas[found.parts["id"]].to_numpy(), rel=1e-9)
        assert found.gaps["length_m"].sum() <= cells.measure.length_m + 1e-6
    # Against GEOS, by another way: one overlay of the union of all with the band.
    union = shapely.intersection(shapely.union_all(shapes.geometry.array), band(made))
    single = coverage(made, shapes).covered_m2
    assert single == pytest.approx(float(lonlat_area(np.array([union]))[0]), rel=1e-6, abs=1.0)


@pytest.mark.parametrize("ends", ["drawn", "district"])
def test_corridor_of_the_atlas(ends):
    atlas = read_atlas()
    made = corridor(atlas, "baoan.corridor.r107", ends=ends)
    shapes = zone_covers(atlas.zones, made.corridor_id)
    found = coverage(made, shapes)
    ground = band(made)
    # By another way: union of the zones, cut by the band, on the ellipsoid.
    cover = shapely.intersection(shapely.union_all(shapes.geometry.array), ground)
    assert found.covered_m2 == pytest.approx(float(lonlat_area(np.array([cover]))[0]), rel=1e-6)
    assert found.corridor_m2 == pytest.approx(float(lonlat_area(np.array([ground]))[0]), rel=1e-9)
    assert found.corridor.assumed
    assert "baoan.corridor.r107" not in set(found.parts["id"])
    assert 0 < found.share < 1
    if ends == "drawn":
        plane = shapely.buffer(atlas.zones["axis"].to_crs(4547)["baoan.corridor.r107"], 1000, cap_style="flat")
        assert found.corridor_m2 == pytest.approx(plane.area, rel=1e-3)


def test_error_is_what_moving_the_lines_does():
    # By another way: draw all covers 1 m larger, or the axis 1 m further left, and measure again.
    random = np.random.default_rng(5)
    shapes = list(polygons(random, 9, 9000, 2500))
    shapes = [shapely.transform(shape, lambda points: points - [0, 4000]) for shape in shapes]
    cells = cut(straight(), covers(*shapes))
    now = at(cells, 0).covered_m2
    larger = covers(*(shapely.buffer(shape, 1.0, join_style="mitre") for shape in shapes))
    grown = coverage(straight(), larger).covered_m2 - now
    assert cells.edges.covers_m.sum() == pytest.approx(grown, rel=5e-3)
    aside = straight((0, 1), (LONG, 1))
    moved = coverage(aside, covers(*shapes)).covered_m2 - now
    assert cells.edges.sides_m.sum() == pytest.approx(moved, rel=5e-3)
    further = straight((0, 0), (LONG + 1, 0))
    longer = coverage(further, covers(*shapes)).covered_m2 - now
    assert cells.edges.ends_m[0, 1] == pytest.approx(longer, rel=5e-3, abs=0.1)
