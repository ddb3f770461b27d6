"""Borders that zones share, on squares of one cell whose corners can be counted by hand."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely import Polygon, box

from zones.editing.shared_border import follow

U = 0.01
"""Side of a cell, in degrees."""


def poly(*points, holes=()):
    """Return a polygon of points in cells, at 114° E and 22.5° N."""
    ring = [place(*point) for point in points]
    return Polygon(ring, [[place(*point) for point in hole] for hole in holes])


def place(x, y):
    return round(114 + x * U, 6), round(22.5 + y * U, 6)


def cell(x, y, wide=1, high=1):
    return poly((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))


def moved(shape, old, new):
    """Return a shape with one vertex elsewhere, or gone where `new` is None."""

    def ring_of(ring):
        points = [place(*new) if new and point == place(*old) else point for point in ring.coords[:-1]]
        return [point for point in points if new or point != place(*old)]

    return Polygon(ring_of(shape.exterior), [ring_of(ring) for ring in shape.interiors])


def with_vertex(shape, behind, new):
    points = list(shape.exterior.coords[:-1])
    at = points.index(place(*behind)) + 1
    return Polygon([*points[:at], place(*new), *points[at:]])


def same(one, other):
    return shapely.equals_identical(one, other)


def gaps_and_overlaps(*shapes):
    """Return the ground that is held twice, and the ground closed in that nobody holds."""
    whole = shapely.union_all(shapes)
    holes = sum(Polygon(ring).area for part in shapely.get_parts(whole) for ring in part.interiors)
    return sum(each.area for each in shapes) - whole.area, holes


def test_one_corner_of_four_cells_moves_in_all_four():
    cells = {(x, y): cell(x, y) for x in (0, 1) for y in (0, 1)}
    own = cells.pop((0, 0))
    after = moved(own, (1, 1), (1.2, 1.1))
    found = follow(own, after, {f"{x}{y}": shape for (x, y), shape in cells.items()})
    assert same(found.own, after)
    assert set(found.neighbours) == {"01", "10", "11"}
    for (x, y), shape in cells.items():
        assert same(found.neighbours[f"{x}{y}"], moved(shape, (1, 1), (1.2, 1.1)))
    assert gaps_and_overlaps(found.own, *found.neighbours.values()) == pytest.approx((0, 0), abs=1e-15)


def test_who_does_not_meet_the_vertex_stays():
    own, far = cell(0, 0), cell(1, 0)
    found = follow(own, moved(own, (0, 1), (0, 1.2)), {"far": far, "apart": cell(5, 5)})
    assert (found.neighbours, found.stays) == ({}, ())


def test_junction_on_the_edge_of_a_neighbour_becomes_its_vertex():
    # Two cells stand on one long one: their common corner lies inside its upper edge.
    left, right, below = cell(0, 1), cell(1, 1), cell(0, 0, wide=2)
    after = moved(left, (1, 1), (1, 0.8))
    found = follow(left, after, {"right": right, "below": below})
    assert same(found.own, after)
    assert same(found.neighbours["right"], moved(right, (1, 1), (1, 0.8)))
    assert same(found.neighbours["below"], poly((0, 0), (2, 0), (2, 1), (1, 0.8), (0, 1)))


def test_corner_of_neighbours_on_an_edge_that_moves_becomes_a_vertex_of_the_zone():
    left, right, below = cell(0, 1), cell(1, 1), cell(0, 0, wide=2)
    found = follow(below, moved(below, (2, 1), (2, 1.3)), {"left": left, "right": right})
    assert same(found.own, poly((0, 0), (2, 0), (2, 1.3), (1, 1), (0, 1)))
    assert set(found.neighbours) == {"right"}
    assert same(found.neighbours["right"], moved(right, (2, 1), (2, 1.3)))
    assert gaps_and_overlaps(found.own, left, found.neighbours["right"]) == pytest.approx((0, 0), abs=1e-15)


def test_an_edge_that_ends_on_a_longer_one_is_held_there():
    # The border of the small cell ends inside the long edge at (1, 1): there the long one must not give way.
    small, long_ = cell(1, 1), cell(0, 0, wide=3)
    found = follow(small, moved(small, (2, 1), (2, 0.7)), {"long": long_})
    assert same(found.neighbours["long"], poly((0, 0), (3, 0), (3, 1), (2, 0.7), (1, 1), (0, 1)))


def test_corner_of_one_neighbour_on_the_edge_of_another_holds_that_edge():
    # The border of the two upper cells moves at its foot; the right one has a longer edge there than the left one,
    # whose neighbour above ends half-way up.
    own = poly((0, 0), (2, 0), (2, 1), (1, 1), (0, 1))
    left, right, high = cell(0, 1), cell(1, 1, high=2), cell(0, 2)
    found = follow(own, moved(own, (1, 1), (1.2, 1)), {"left": left, "right": right, "high": high})
    assert set(found.neighbours) == {"left", "right"}
    assert same(found.neighbours["right"], poly((1.2, 1), (2, 1), (2, 3), (1, 3), (1, 2)))
    assert gaps_and_overlaps(found.own, high, *found.neighbours.values()) == pytest.approx((0, 0), abs=1e-15)


def test_edge_that_gives_way_holds_at_a_zone_farther_along():
    own, long_, far = cell(0, 1), cell(0, 0, wide=5), cell(3, 1)
    found = follow(own, moved(own, (1, 1), (1, 0.8)), {"long": long_, "far": far})
    assert same(found.neighbours["long"], poly((0, 0), (5, 0), (5, 1), (4, 1), (3, 1), (1, 0.8), (0, 1)))
    assert gaps_and_overlaps(found.own, far, *found.neighbours.values()) == pytest.approx((0, 0), abs=1e-15)


def test_vertex_that_two_parts_of_the_zone_have_moves_in_both():
    own = shapely.MultiPolygon([cell(0, 0), cell(1, 1)])
    after = shapely.MultiPolygon([moved(cell(0, 0), (1, 1), (1.1, 0.9)), cell(1, 1)])
    found = follow(own, after, {"right": cell(1, 0), "left": cell(0, 1)})
    assert same(found.own.geoms[1], moved(cell(1, 1), (1, 1), (1.1, 0.9)))
    assert gaps_and_overlaps(found.own, *found.neighbours.values()) == pytest.approx((0, 0), abs=1e-15)


def test_vertex_put_in_is_put_in_beside():
    own, other = cell(0, 0), cell(1, 0)
    found = follow(own, with_vertex(own, (1, 0), (1.2, 0.5)), {"other": other})
    assert same(found.neighbours["other"], poly((1, 0), (2, 0), (2, 1), (1, 1), (1.2, 0.5)))
    assert gaps_and_overlaps(found.own, *found.neighbours.values()) == pytest.approx((0, 0), abs=1e-15)


def test_vertex_put_in_between_two_neighbours_goes_to_the_nearer():
    left, right, below = cell(0, 1), cell(1, 1), cell(0, 0, wide=2)
    found = follow(below, with_vertex(below, (2, 1), (1.5, 1.2)), {"left": left, "right": right})
    assert same(found.own, poly((0, 0), (2, 0), (2, 1), (1.5, 1.2), (1, 1), (0, 1)))
    assert set(found.neighbours) == {"right"}
    assert gaps_and_overlaps(found.own, left, found.neighbours["right"]) == pytest.approx((0, 0), abs=1e-15)


def test_vertex_removed_is_removed_beside_but_not_where_three_meet():
    own = poly((0, 0), (1, 0), (1.2, 0.5), (1, 1), (0, 1))
    other = poly((1, 0), (2, 0), (2, 1), (1, 1), (1.2, 0.5))
    found = follow(own, moved(own, (1.2, 0.5), None), {"other": other})
    assert same(found.neighbours["other"], cell(1, 0))
    above = cell(0, 1, wide=2)
    found = follow(own, moved(own, (1, 1), None), {"other": other, "above": above})
    assert found.neighbours == {}
    assert set(found.stays) == {"other", "above"}


def test_vertex_taken_out_of_a_straight_border_changes_no_neighbour():
    own, below = poly((1, 1), (1.5, 1), (2, 1), (2, 2), (1, 2)), cell(0, 0, wide=3)
    found = follow(own, moved(own, (1.5, 1), None), {"below": below})
    assert (found.neighbours, found.stays) == ({}, ())


def test_zone_in_a_hole_moves_the_hole():
    own = cell(1, 1)
    around = poly((0, 0), (3, 0), (3, 3), (0, 3), holes=[[(1, 1), (1, 2), (2, 2), (2, 1)]])
    found = follow(own, moved(own, (2, 2), (2.3, 2.2)), {"around": around})
    assert same(found.neighbours["around"], moved(around, (2, 2), (2.3, 2.2)))


def test_first_part_and_kind_of_a_neighbour_stay():
    own, other = cell(0, 0), shapely.MultiPolygon([cell(5, 5), cell(1, 0)])
    found = follow(own, moved(own, (1, 1), (1.1, 0.9)), {"other": other})
    made = found.neighbours["other"]
    assert made.geom_type == "MultiPolygon"
    assert same(made.geoms[0], other.geoms[0])
    assert same(made.geoms[1], moved(other.geoms[1], (1, 1), (1.1, 0.9)))


def test_vertex_put_on_the_next_one_is_one_with_it():
    own, other = poly((0, 0), (1, 0), (1, 0.5), (1, 1), (0, 1)), poly((1, 0), (2, 0), (2, 1), (1, 1), (1, 0.5))
    found = follow(own, moved(own, (1, 0.5), (1, 1)), {"other": other})
    assert same(found.neighbours["other"], cell(1, 0))


def test_who_may_not_be_moved_is_named():
    own, other = cell(0, 0), cell(1, 0)
    found = follow(own, moved(own, (1, 1), (1.1, 1)), {"other": other}, fixed={"other"})
    assert (found.neighbours, found.stays) == ({}, ("other",))


def test_more_than_one_place_is_no_step():
    own = cell(0, 0)
    assert follow(own, own, {"other": cell(1, 0)}) is None
    assert follow(own, shapely.MultiPolygon([own, cell(3, 3)]), {"other": cell(1, 0)}) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_tiling_stays_one(seed):
    """Cells of random heights over long ones: after any move of a common vertex no ground is lost or held twice."""
    chance = np.random.default_rng(seed)
    cuts = [0, *sorted(round(float(each), 3) for each in chance.uniform(0.3, 5.7, 4)), 6]
    above = {f"a{n}": cell(a, 1, b - a) for n, (a, b) in enumerate(pairwise(cuts))}
    cuts = [0, *sorted(round(float(each), 3) for each in chance.uniform(0.3, 5.7, 3)), 6]
    below = {f"b{n}": cell(a, 0, b - a) for n, (a, b) in enumerate(pairwise(cuts))}
    zones = above | below
    for name in list(zones):
        own = zones[name]
        corner = next(point for point in own.exterior.coords if abs(point[1] - place(0, 1)[1]) < 0.004)
        x, y = (corner[0] - 114) / U, (corner[1] - 22.5) / U
        new = (x, y + round(float(chance.uniform(0.01, 0.05)), 3))
        after = Polygon([place(*new) if point == corner else point for point in own.exterior.coords[:-1]])
        found = follow(own, after, {other: shape for other, shape in zones.items() if other != name})
        zones |= {name: found.own} | found.neighbours
        assert found.stays == ()
    overlap, holes = gaps_and_overlaps(*zones.values())
    # New nodes are those that stood: nothing is rounded, so only what floats leave can differ.
    assert (overlap, holes) == pytest.approx((0, 0), abs=1e-12)
    outside = shapely.union_all(list(zones.values())).symmetric_difference(box(*place(0, 0), *place(6, 2)))
    assert outside.area < 0.06 * U * U * 6
