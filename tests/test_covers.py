import pytest
from shapely import LineString, MultiPolygon, Polygon, box

from tests.shapes import frame, on_ground
from zones import load
from zones.corridors.corridor import Corridor
from zones.corridors.covers import layer_covers, stream_covers, zone_covers
from zones.counting.parcel_stream import open_layer
from zones.errors import InputError

DEGREE = box(114, 22.6, 114.01, 22.61)


def test_zones_cover_but_bands_of_assumed_width_do_not():
    zones = load()
    covers = zone_covers(zones, "baoan.core.tiezaishan")
    assert "baoan.core.tiezaishan" not in covers.index
    assert zones.loc[covers.index, "half_width_m"].isna().all()
    assert set(covers.geom_type) <= {"Polygon", "MultiPolygon"}
    assert covers["class"].equals(zones.loc[covers.index, "kind"].rename("class"))
    assert "baoan.corridor.r107" in zone_covers(zones, bands=True).index


def test_layer_covers_with_a_field_of_it():
    layer = frame([DEGREE, LineString([(114, 22), (115, 22)])], use=["M1", None], error_m=[5, None])
    covers = layer_covers(layer, "parcels", "use")
    assert covers["class"].tolist() == ["M1"]
    assert covers["error_m"].tolist() == [5.0]


def test_without_a_field_there_is_no_class():
    covers = layer_covers(frame([DEGREE], use=["M1"]), "parcels")
    assert covers["class"].tolist() == [None]
    assert covers["error_m"].isna().all()


def test_missing_field_and_missing_polygons_are_named():
    with pytest.raises(InputError, match="no field 'use'; it has kind"):
        layer_covers(frame([DEGREE], kind=["x"]), "parcels", "use")
    with pytest.raises(InputError, match="holds no polygon"):
        layer_covers(frame([LineString([(114, 22), (115, 22)])]), "roads")


def test_a_large_layer_is_read_near_the_corridor_only(tmp_path):
    made = Corridor("c", "c", "c", on_ground(LineString([(0, 0), (5000, 0)])), 500.0)
    bow_tie = Polygon([(114, 22.6), (114.001, 22.601), (114.001, 22.6), (114, 22.601)])
    near, far = on_ground(box(0, 0, 100, 100)), on_ground(box(0, 9000, 100, 9100))
    two = MultiPolygon([on_ground(box(200, 0, 300, 100)), on_ground(box(400, 0, 500, 100))])
    layer = frame([far, near, bow_tie, None, two], use=["x", "M", None, "x", "N"]).reset_index(drop=True)
    layer.to_parquet(tmp_path / "parcels.parquet")
    covers = stream_covers(open_layer(tmp_path / "parcels.parquet"), made, 1000.0, "use")
    assert covers.index.tolist() == ["2", "3", "5"]
    assert covers["class"].tolist() == ["M", None, "N"]
    assert covers.is_valid.all()
    assert covers["error_m"].isna().all()
    plain = stream_covers(open_layer(tmp_path / "parcels.parquet"), made, 1000.0)
    assert (plain.index.tolist(), plain["class"].tolist()) == (["2", "3", "5"], [None] * 3)
