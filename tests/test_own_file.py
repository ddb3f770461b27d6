"""Files named to commands: every format, nothing guessed, every feature there."""

import geopandas
import pytest

from tests.shapes import BAOAN, PINGSHAN
from tests.tiny import collection, feature, polygon
from zones.errors import CrsError, InputError
from zones.intake.own_file import is_file_name, read_own


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.shp", "x.kml", "x.parquet", "x.csv"])
def test_each_format(tmp_path, name):
    path = tmp_path / name
    frame = geopandas.GeoDataFrame({"zone_id": ["p", "q"]}, geometry=[BAOAN, PINGSHAN], crs="EPSG:4326")
    if name == "x.csv":
        path.write_text("zone_id,WKT\np,SRID=4490;POINT(113.9 22.5)\nq,SRID=4490;POINT(114 22.6)\n")
    elif name == "x.parquet":
        frame.to_parquet(path)
    elif name == "x.kml":
        frame.to_file(path, driver="LIBKML")
    else:
        frame.to_file(path)
    found = read_own(path)
    assert len(found) == 2
    assert list(found["zone_id"]) == (["p", "q"] if name != "x.kml" else list(found["zone_id"]))
    assert found.crs == "EPSG:4490"
    assert set(found["edge_rule"]) == {"lonlat"}
    assert is_file_name(name)


def test_a_feature_without_a_shape_stays_with_its_attributes(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(collection([feature("p", polygon(113.9, 22.5, 113.91, 22.51)), feature("lost", None)]))
    found = read_own(path)
    assert list(found["zone_id"]) == ["p", "lost"]
    assert list(found.geometry.isna()) == [False, True]


def test_what_is_not_stated_is_not_guessed(tmp_path):
    path = tmp_path / "x.shp"
    geopandas.GeoDataFrame({"a": [1]}, geometry=[BAOAN], crs=4490).to_crs(4547).to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(CrsError, match=r"not given \(by range.* bring it in with: zones import"):
        read_own(path)


def test_metres_are_not_taken_for_degrees(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(collection([feature("p", polygon(484_000, 2_516_000, 485_000, 2_517_000))]))
    with pytest.raises(CrsError, match="by range: nothing states it; only as EPSG:4547"):
        read_own(path)


def test_plain_coordinates_stay_as_they_are(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(collection([feature("p", polygon(0, 0, 500, 500))]))
    found = read_own(path, planar=True)
    assert found.crs is None
    assert list(found.total_bounds) == [0, 0, 500, 500]


def test_an_empty_id(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(collection([feature("", polygon(113.9, 22.5, 113.91, 22.51))]))
    with pytest.raises(InputError, match="feature 1: zone_id is empty"):
        read_own(path)
