"""Layers as text: what is not edited stays to the byte, what is edited changes as little as can be."""

import json

import pytest
import shapely

from zones.atlas import SHIPPED_DATA
from zones.errors import InputError
from zones.workspace.geojson_layers import feature_text, layer_text, read_texts, split_layer, write_texts, written_shape


@pytest.mark.parametrize("path", sorted((SHIPPED_DATA / "geo").glob("*.geojson")), ids=lambda path: path.stem)
def test_shipped_layers_come_back_to_the_byte(path):
    text = read_texts([path])[path.name]
    form, features = split_layer(text, path.name)
    assert len(features) == len(json.loads(text)["features"])
    assert layer_text(form, list(features)).encode() == path.read_bytes()
    assert [json.loads(feature) for feature in features] == json.loads(text)["features"]


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "FeatureCollection", "features": [{"a": 1}, {"a": 2}]}',
        '\ufeff{"features":[\r\n{"a":"]},{"},\r\n{"a":[1,{"b":2}]}\r\n],"type":"FeatureCollection"}\r\n',
        '{"type":"FeatureCollection","features":[\n]}\n',
        '{"features":[{}]}',
    ],
)
def test_other_ways_to_write_a_layer(text):
    form, features = split_layer(text, "x")
    assert layer_text(form, list(features)) == text
    assert [json.loads(each) for each in features] == json.loads(text.removeprefix("\ufeff"))["features"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"type":"FeatureCollection"}', '{"features":{}}', '{"features":[{}'])
def test_what_is_no_layer_is_refused(text):
    with pytest.raises(InputError, match=r"x\.geojson: not readable as a GeoJSON FeatureCollection"):
        split_layer(text, "x.geojson")


def test_an_unchanged_shape_keeps_its_text_whatever_its_digits():
    line = '{"type":"Feature","properties":{"n":null,"e":500},"geometry":{"type":"MultiPoint","coordinates":[[1.12345678,2.0]]},"id":7}'  # noqa: E501
    old = json.loads(line)
    assert feature_text({"n": None, "e": 500}, shapely.Point(1.12345678, 2), spaced=False, before=old) == line
    changed = feature_text({"n": None, "e": 5}, shapely.Point(1.12345678, 2), spaced=False, before=old)
    assert changed == line.replace("500", "5")


def test_new_vertices_have_six_decimals_and_old_ones_theirs():
    old = {"type": "LineString", "coordinates": [[1.123456789, 2.0], [3.0, 4.0]]}
    shape = shapely.LineString([(1.123456789, 2.0), (1.123456789, 2.5), (3.00000049, 4.0)])
    assert written_shape(shape, old)["coordinates"] == [[1.123456789, 2.0], [1.123457, 2.5], [3.0, 4.0]]


def test_outer_rings_run_counter_clockwise_and_one_part_stands_alone():
    clockwise = shapely.MultiPolygon([shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])])
    told = written_shape(clockwise)
    assert told["type"] == "Polygon"
    assert shapely.is_ccw(shapely.geometry.shape(told).exterior)


def test_layers_written_with_blanks_keep_them():
    assert feature_text({"a": 1}, shapely.Point(1, 2), spaced=True) == (
        '{"type": "Feature", "properties": {"a": 1}, "geometry": {"type": "Point", "coordinates": [1.0, 2.0]}}'
    )


def test_files_are_written_whole_and_leave_nothing_beside(tmp_path):
    (tmp_path / "a.csv").write_text("old", encoding="utf-8")
    paths = write_texts(tmp_path, {"a.csv": "新\r\n"})
    assert [path.read_bytes() for path in paths] == ["新\r\n".encode()]
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_texts(tmp_path / "no" / "folder", {"a": ""})


def test_a_missing_or_foreign_file_is_named(tmp_path):
    (tmp_path / "b.csv").write_bytes("区".encode("gb18030"))
    for name, reason in (("a.csv", "missing"), ("b.csv", "it is not UTF-8")):
        with pytest.raises(InputError, match=f"{name}.*{reason}"):
            read_texts([tmp_path / name])
