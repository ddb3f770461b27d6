"""GeoJSON read strictly: each odd feature is kept with a note, or named."""

import json

import pytest

from tests.tiny import polygon
from zones.errors import CrsError, InputError
from zones.intake.read_geojson import read_geojson

BOX = polygon(113.9, 22.5, 113.91, 22.51)


def write(path, *geometries, **top):
    features = [{"type": "Feature", "properties": {"n": n}, "geometry": g} for n, g in enumerate(geometries, start=1)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | top), encoding="utf-8")
    return path


def ring(*points):
    return {"type": "Polygon", "coordinates": [list(map(list, points))]}


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "has no shape"),
        ({"type": "Polygon", "coordinates": []}, "is empty"),
        ({"type": "Point", "coordinates": [1e300, 5]}, "1e\\+300"),
        ({"type": "Point", "coordinates": [float("nan"), 5]}, "infinite or missing"),
        ({"type": "Point", "coordinates": [True, 22.5]}, "other than numbers"),
        ({"type": "Point", "coordinates": ["113.9", "22.5"]}, "other than numbers"),
        ({"type": "Point", "coordinates": [113.9]}, "not pairs"),
        ({"type": "Point"}, "no coordinates"),
        ({"type": "Circle", "coordinates": [1, 2]}, "'Circle'"),
        ({"type": "LineString", "coordinates": [[113.9, 22.5]]}, "fewer than two"),
        (ring((113.9, 22.5), (113.91, 22.5)), "fewer than three corners"),
        ("POINT (1 2)", "'None'"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_kept(tmp_path, geometry, reason):
    raw = read_geojson(write(tmp_path / "x.geojson", BOX, geometry, BOX))
    assert raw.read == 3
    assert list(raw.frame.index) == [1, 3]
    assert [each.feature for each in raw.dropped] == ["2"]
    assert __import__("re").search(reason, raw.dropped[0].reason)


def test_an_open_ring_is_closed_and_said(tmp_path):
    raw = read_geojson(write(tmp_path / "x.geojson", ring((0, 0), (2, 0), (2, 2), (0, 2))))
    assert raw.frame.area.tolist() == [4]
    assert [issue.kind for issue in raw.issues] == ["ring_closed"]


def test_heights_here_and_there(tmp_path):
    raw = read_geojson(write(tmp_path / "x.geojson", ring((0, 0, 5), (2, 0), (2, 2, 5), (0, 0))))
    assert raw.frame.area.tolist() == [2]
    assert not raw.frame.has_z.any()


def test_holes_parts_and_collections(tmp_path):
    hole = {"type": "MultiPolygon", "coordinates": [[BOX["coordinates"][0]], [
        [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], [[1, 1], [1, 3], [3, 3], [3, 1], [1, 1]]]]}  # fmt: skip
    raw = read_geojson(write(tmp_path / "x.geojson", hole, {"type": "GeometryCollection", "geometries": [BOX, hole]}))
    assert raw.frame.area.iloc[0] == pytest.approx(12 + 1e-4)
    assert raw.frame.area.iloc[1] == pytest.approx(12 + 2e-4)


def test_attributes_keep_their_kind(tmp_path):
    path = tmp_path / "x.geojson"
    cells = [{"whole": 1, "text": "甲", "mixed": 1, "nested": {"a": [1]}, "truth": True}, {"whole": None, "mixed": "b"}]
    features = [{"type": "Feature", "properties": each, "geometry": BOX} for each in cells]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    raw = read_geojson(path)
    assert raw.frame["whole"].tolist()[0] == 1
    assert raw.frame["whole"].dtype == "Int64"
    assert raw.frame["mixed"].tolist() == ["1", "b"]
    assert raw.frame["nested"].iloc[0] == '{"a": [1]}'
    assert raw.frame["truth"].dtype == "boolean"
    assert [issue.kind for issue in raw.issues] == ["nested_value"]


def named(name):
    return {"type": "name", "properties": {"name": name}}


def test_stated_systems(tmp_path):
    assert read_geojson(write(tmp_path / "a.geojson", BOX)).crs is None
    assert read_geojson(write(tmp_path / "b.geojson", BOX, crs=named("urn:ogc:def:crs:EPSG::4547"))).crs == "EPSG:4547"
    raw = read_geojson(write(tmp_path / "c.geojson", BOX, crs=named("EPSG:99999")))
    assert raw.crs is None
    assert "not known" in raw.crs_fault


def test_several_systems(tmp_path):
    path = write(tmp_path / "x.geojson", BOX, BOX)
    told = json.loads(path.read_text())
    for feature, code in zip(told["features"], (4490, 4547), strict=True):
        feature["crs"] = named(f"EPSG:{code}")
    path.write_text(json.dumps(told))
    with pytest.raises(CrsError, match="2 reference systems"):
        read_geojson(path)
    with pytest.raises(CrsError, match="JSON-FG"):
        read_geojson(write(tmp_path / "y.geojson", BOX, coordRefSys="http://www.opengis.net/def/crs/EPSG/0/4547"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"type": "FeatureCollection", "features": [', "damaged or cut off"),
        ('{"type": "FeatureCollection", "features": []}', "holds no feature"),
        ('{"type": "FeatureCollection"}', "no list"),
        ('{"type": "Topology"}', "'Topology'"),
        ('{"features": ' + "[" * 100_000, "damaged or cut off"),
    ],
)
def test_no_geojson_is_one_sentence(tmp_path, text, words):
    path = tmp_path / "x.geojson"
    path.write_text(text)
    with pytest.raises(InputError, match=words) as caught:
        read_geojson(path)
    assert "\n" not in str(caught.value)


def test_a_lone_geometry(tmp_path):
    (tmp_path / "x.geojson").write_text(json.dumps(BOX))
    assert len(read_geojson(tmp_path / "x.geojson").frame) == 1


def test_brackets_without_end(tmp_path):
    path = tmp_path / "x.geojson"
    path.write_text('{"type":"FeatureCollection","features":' + "[" * 100_000, "utf-8")
    with pytest.raises(InputError, match="nested too deeply"):
        read_geojson(path)
