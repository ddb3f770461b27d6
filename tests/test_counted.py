"""What was counted, read back from the pair table: each feature once, and the shapes of one zone."""

import pytest
import shapely

from tests.counting import CORE, PARK, SHAPES, write_layer
from tests.tiny import write_atlas
from zones import load
from zones.atlas import DATA_VARIABLE
from zones.counting.counted import Tally, shapes_in_zone, tally
from zones.counting.parcel_stream import open_layer
from zones.counting.tabulate import tabulate


@pytest.fixture
def zones(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    return load()


def counted(tmp_path, zones, name="p.parquet", field="use", **options):
    layer = open_layer(write_layer(tmp_path / name, **options))
    pairs = tmp_path / "pairs.parquet"
    return layer, pairs, tabulate(layer, zones, field, pairs_to=pairs)


def test_each_feature_stands_once_and_the_parts_add_up(tmp_path, zones):
    _, pairs, found = counted(tmp_path, zones)
    # The first lies in two zones; the bow tie is repaired and inside; the point is left out.
    assert tally(pairs, found.features, found.left_out) == Tally(inside=3, partly=1, outside=1, left_out=1)


@pytest.mark.parametrize(
    ("name", "crs"), [("p.parquet", "EPSG:4490"), ("p.gpkg", "EPSG:4490"), ("p.gpkg", "EPSG:4547")]
)
def test_shapes_of_a_zone_are_those_counted(tmp_path, zones, name, crs):
    layer, pairs, _ = counted(tmp_path, zones, name, crs=crs, count=5)
    shapes, counted_here = shapes_in_zone(layer, pairs, zones.loc[[PARK]], 100, 1000)
    assert counted_here == 4
    # Equal in degrees, so the one farther south is larger by its cosine; then the half, and the bow tie, half of a box.
    assert set(shapes.index) == {1, 2, 3, 5}
    assert list(shapes.index[:2]) == [1, 2]
    assert dict(zip(shapes.index, shapes["relation"], strict=True)) == {
        1: "inside",
        2: "inside",
        3: "partly",
        5: "inside",
    }
    assert dict(zip(shapes.index, shapes["class"], strict=True)) == {1: "R", 2: "R", 3: "M", 5: "M"}
    assert shapes.crs == "EPSG:4490"
    assert shapely.equals_exact(shapes.geometry[3], SHAPES[2], tolerance=1e-8, normalize=True)


def test_the_largest_are_drawn_where_not_all_can_be(tmp_path, zones):
    layer, pairs, _ = counted(tmp_path, zones, field=None)
    shapes, counted_here = shapes_in_zone(layer, pairs, zones.loc[[PARK]], 2, 1000)
    assert (list(shapes.index), counted_here) == ([1, 2], 4)
    # A box has five points, first and last alike: nine leave room for one, four for none, but one is always drawn.
    for points in (9, 4):
        assert list(shapes_in_zone(layer, pairs, zones.loc[[PARK]], 100, points)[0].index) == [1]
    only = shapes_in_zone(layer, pairs, zones.loc[[CORE]], 100, 1000)
    assert (list(only[0].index), list(only[0]["class"]), only[1]) == ([1], [None], 1)
