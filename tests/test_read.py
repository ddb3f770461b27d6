"""The only reader: nothing dropped, nothing guessed, nothing followed elsewhere."""

import subprocess
import sys

import geopandas
import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon

from tests.shapes import BAOAN, BOW_TIE, HOLED, PINGSHAN
from tests.tiny import collection, feature, polygon
from zones.errors import CrsError, InputError
from zones.read import DRIVERS, read_layer, split_edges


@pytest.mark.parametrize("module", ["zones", "layers.exports.exports", "layers.sheets.sheet", "ui.commands.selecting"])
def test_gdal_follows_no_file_elsewhere_however_it_is_loaded(module):
    code = f"import {module}, pyogrio; print('OGR_VRT' in pyogrio.list_drivers())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.shp", "x.kml"])
def test_each_format_keeps_count_and_place(tmp_path, name):
    path = tmp_path / name
    geopandas.GeoDataFrame({"zone_id": ["p", "q"]}, geometry=[BAOAN, PINGSHAN], crs="EPSG:4326").to_file(
        path, driver=DRIVERS[path.suffix]
    )
    frame = read_layer(path)
    assert len(frame) == 2
    assert frame.crs == "EPSG:4490"
    assert np.allclose(frame.total_bounds, [113.85, 22.65, 114.4, 22.759], atol=1e-9)
    assert set(frame["edge_rule"]) == {"lonlat"}


def test_features_without_ids_are_numbered_in_file_order(tmp_path):
    path = tmp_path / "x.gpkg"
    geopandas.GeoDataFrame(geometry=[BAOAN, PINGSHAN], crs="EPSG:4490").to_file(path)
    assert list(read_layer(path)["zone_id"]) == ["1", "2"]


def test_projected_edges_are_split_before_they_bend(tmp_path):
    path = tmp_path / "x.gpkg"
    line = LineString([(480000, 2510000), (480100, 2510000)])
    geopandas.GeoDataFrame(geometry=[line], crs="EPSG:4547").to_file(path)
    frame = read_layer(path)
    assert len(frame.geometry.iloc[0].coords) == 11
    assert frame["edge_rule"].iloc[0] == "plane"


def test_splitting_edges_loses_no_part_of_a_polygon():
    # GEOS alone would keep one wing of the bow tie (half its area) and say that all is well.
    bow = shapely.transform(BOW_TIE, lambda points: points * 1000)
    holed = shapely.transform(HOLED, lambda points: points * 1000)
    both = MultiPolygon([holed, shapely.box(5000, 0, 6000, 1000)])
    small = shapely.box(0, 0, 50, 50)
    given = np.array([bow, holed, both, LineString([(0, 0), (30, 40), (600, 800)]), None, small], dtype=object)
    found = split_edges(given)
    assert not found[0].is_valid
    assert shapely.get_num_coordinates(found[0]) == 2 * 283 + 2 * 200 + 1  # diagonals of 2828.4 m, sides of 2000 m
    assert shapely.area(found[1:3]).tolist() == [12e6, 13e6]
    assert found[2].geom_type == "MultiPolygon"
    assert found[3].length == 1000
    assert found[4] is None
    assert shapely.equals_identical(found[5], small)
    assert shapely.hausdorff_distance(found[0].boundary, bow.boundary) < 1e-9


def test_plain_coordinates_stay_as_they_are(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text(collection([feature("p", polygon(0, 0, 500, 500))]), encoding="utf-8")
    frame = read_layer(path, planar=True)
    assert frame.crs is None
    assert list(frame.total_bounds) == [0, 0, 500, 500]


def test_an_unknown_reference_system_is_never_guessed(tmp_path):
    path = tmp_path / "x.shp"
    geopandas.GeoDataFrame({"a": [1]}, geometry=[BAOAN], crs="EPSG:4490").to_file(path)
    path.with_suffix(".prj").unlink()
    with pytest.raises(CrsError, match="reference system is not given"):
        read_layer(path)


def test_a_file_of_several_layers_asks_which(tmp_path):
    path = tmp_path / "x.gpkg"
    shapes = geopandas.GeoDataFrame({"a": [1]}, geometry=[BAOAN], crs="EPSG:4490")
    shapes.to_file(path, layer="north")
    shapes.to_file(path, layer="south")
    with pytest.raises(InputError, match=r"holds 2 layers \(north, south\)"):
        read_layer(path)
    assert len(read_layer(path, layer="south")) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.dwg", b"AC1032", "cannot be read"),
        ("x.geojson", b"", "not readable"),
        ("x.geojson", b'{"type": "Feature"', "not readable"),
        ("x.gpkg", b"not a database", "not readable"),
        ("x.geojson", b'{"type": "FeatureCollection", "features": []}', "holds no feature"),
    ],
)
def test_bad_files_are_one_sentence(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=words) as caught:
        read_layer(path)
    assert "\n" not in str(caught.value)
    assert name in str(caught.value)
