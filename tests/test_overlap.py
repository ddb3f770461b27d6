"""Overlap on squares a reader can count, and identities that hold for any shapes."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from tests.shapes import BAOAN, BOW_TIE, HOLED, PINGSHAN, PLACE, SHIFTED, SQUARE, TOUCHING, frame
from zones.errors import CrsError, GeometryError
from zones.measure import lonlat_area
from zones.overlap import drop_slivers, faces, grid_size, pairs, totals, union


def plain(shapes, ids=None):
    return frame(shapes, ids, crs=None)


def test_two_squares_share_a_corner():
    table = pairs(plain([SQUARE, SHIFTED]), planar=True)
    assert table.to_dict("records") == [
        {"a_id": "a", "b_id": "b", "overlap_m2": 1.0, "share_of_a": 0.25, "share_of_b": 0.25}
    ]


def test_touching_is_not_overlapping():
    assert pairs(plain([SQUARE, TOUCHING]), planar=True).empty
    assert totals(faces(plain([SQUARE, TOUCHING]), planar=True)) == {
        "sum_m2": 8.0, "union_m2": 8.0, "k_fold": [{"k": 1, "area_m2": 8.0}],
    }  # fmt: skip


def test_k_fold_of_three_squares_by_hand():
    # Unit steps along a diagonal: 2 x 2 squares at 0, 1 and 1 again.
    cut = faces(plain([SQUARE, SHIFTED, SHIFTED]), planar=True)
    assert totals(cut) == {
        "sum_m2": 12.0,
        "union_m2": 7.0,
        "k_fold": [{"k": 1, "area_m2": 3.0}, {"k": 2, "area_m2": 3.0}, {"k": 3, "area_m2": 1.0}],
    }
    assert sorted(cut["zone_ids"]) == [("a",), ("a", "b", "c"), ("b", "c")]


def test_what_lies_in_a_hole_is_not_shared():
    inside = box(1.5, 1.5, 2.5, 2.5)
    assert pairs(plain([HOLED, inside]), planar=True).empty
    assert totals(faces(plain([HOLED, inside]), planar=True))["union_m2"] == 13.0


def test_two_sides_pair_across_and_skip_only_the_same_zone():
    left, right = plain([SQUARE], ["a"]), plain([SQUARE, SHIFTED], ["a", "b"])
    assert list(pairs(left, right, planar=True)["b_id"]) == ["b"]
    namesake = plain([SHIFTED], ["a"])
    assert list(pairs(left, namesake, planar=True)["overlap_m2"]) == [1.0]


def test_points_and_missing_shapes_are_passed_over():
    assert pairs(frame([BAOAN, PLACE, None])).empty
    assert totals(faces(frame([PLACE, None]))) == {"sum_m2": 0.0, "union_m2": 0.0, "k_fold": []}
    assert faces(frame([PLACE, None])).crs == faces(frame([BAOAN])).crs == "EPSG:4490"


def test_faces_that_do_not_add_up_are_refused(monkeypatch):
    """A face that an overlay loses must not go missing from a table in silence."""
    whole = shapely.polygonize
    monkeypatch.setattr(shapely, "polygonize", lambda lines: shapely.GeometryCollection(whole(lines).geoms[1:]))
    with pytest.raises(GeometryError):
        faces(plain([SQUARE, SHIFTED]), planar=True)


def test_invalid_shapes_are_refused_by_name():
    with pytest.raises(GeometryError, match="zone b: the shape is not valid"):
        pairs(plain([SQUARE, BOW_TIE]), planar=True)


def test_mixed_reference_systems_are_refused():
    with pytest.raises(CrsError, match="different reference systems"):
        pairs(frame([BAOAN]), frame([PINGSHAN], crs="EPSG:4547"))


def test_slivers_are_left_out_by_name():
    table = pairs(plain([SQUARE, SHIFTED, box(1.9, 0, 3, 0.5)]), planar=True)
    kept, slivers = drop_slivers(table, below_m2=0.1)
    assert list(kept["overlap_m2"]) == [1.0]
    assert (slivers.count, slivers.sum_m2) == (1, pytest.approx(0.05))
    assert drop_slivers(table, below_m2=0)[1].count == 0
    # One of just that size is no sliver.
    assert list(drop_slivers(table, below_m2=1.0)[0]["overlap_m2"]) == [1.0]


def test_union_of_a_side_is_one_zone():
    whole = union(plain([SQUARE, SHIFTED]), "left")
    assert list(whole.index) == ["left"]
    assert whole.geometry.iloc[0].area == 7


def test_index_labels_do_not_matter():
    shapes = [SQUARE, SHIFTED, TOUCHING]
    named = pairs(plain(shapes, [0, 13, 26]), planar=True)
    assert list(named.loc[0, ["a_id", "b_id"]]) == [0, 13]


def test_grid_follows_the_coordinates():
    assert grid_size([box(0, 0, 450, 450)]) == pytest.approx(1e-10)
    assert grid_size([BAOAN]) == pytest.approx(1e-10)
    assert grid_size([box(465000, 4438000, 465001, 4438001)]) == pytest.approx(1e-6)


coordinate = st.integers(0, 40)
boxes = st.builds(
    lambda x, y, w, h: box(114 + x / 1000, 22.5 + y / 1000, 114 + (x + w) / 1000, 22.5 + (y + h) / 1000),
    coordinate, coordinate, st.integers(1, 20), st.integers(1, 20),
)  # fmt: skip
tilted = st.builds(
    lambda x, y, r, n: shapely.transform(
        shapely.Point(0, 0).buffer(r / 1000, quad_segs=n), lambda p: p + np.array([114 + x / 1000, 22.5 + y / 1000])
    ),
    coordinate, coordinate, st.integers(1, 12), st.integers(1, 5),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.one_of(boxes, tilted), min_size=1, max_size=7))
def test_parts_add_up_to_the_whole(shapes):
    zones = frame(shapes)
    cut = faces(zones)
    whole = float(lonlat_area(zones.geometry.array).sum())
    counted = totals(cut)
    assert counted["sum_m2"] == pytest.approx(whole, rel=1e-9)
    assert sum(fold["area_m2"] for fold in counted["k_fold"]) == pytest.approx(counted["union_m2"], rel=1e-12)
    # Every pair's overlap is the sum of the faces under both zones.
    for pair in pairs(zones).itertuples():
        under = cut["zone_ids"].map(lambda held, pair=pair: pair.a_id in held and pair.b_id in held)
        assert float(cut.loc[under, "area_m2"].sum()) == pytest.approx(pair.overlap_m2, rel=1e-6, abs=0.01)


@settings(deadline=None)
@given(st.lists(boxes, min_size=2, max_size=5))
def test_overlap_is_symmetric_and_never_more_than_a_zone(shapes):
    zones = frame(shapes)
    forward = pairs(zones)
    backward = pairs(zones.iloc[::-1])
    assert sorted(forward["overlap_m2"]) == pytest.approx(sorted(backward["overlap_m2"]), rel=1e-9, abs=1e-3)
    assert (forward[["share_of_a", "share_of_b"]] <= 1 + 1e-9).all(axis=None)
