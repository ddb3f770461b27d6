"""What the browser map is given: shapes, label points, looks and credits."""

import json

import pytest
import shapely

from layers import style
from ui import map_data, static_files
from ui.map_data import credits, home, label_point, short_name, styles, zone_features
from zones import read_atlas
from zones.schema import Grade, Kind


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


def test_label_stands_inside_even_a_horseshoe():
    horseshoe = shapely.from_wkt("POLYGON((0 0, 9 0, 9 9, 6 9, 6 3, 3 3, 3 9, 0 9, 0 0))")
    assert horseshoe.contains(shapely.Point(label_point(horseshoe, None)))


def test_label_stands_on_the_longest_axis():
    axis = shapely.from_wkt("MULTILINESTRING((0 0, 1 0), (0 5, 4 5))")
    assert label_point(None, axis) == [2.0, 5.0]


def test_zone_without_shape_has_no_label():
    assert label_point(None, None) is None


def test_short_name_only_for_long_names():
    assert short_name("深圳国家高新区坪山园区", ("坪山园区", "园区", "别处")) == "坪山园区"
    assert short_name("铁仔山片区", ("铁仔山",)) == "铁仔山片区"


def test_each_located_zone_is_on_the_map_once_with_valid_shape(atlas):
    features = list(zone_features(atlas.zones))
    located = set(atlas.zones.index[atlas.zones.geometry.notna() | atlas.zones["axis"].notna()])
    assert {feature["properties"]["id"] for feature in features} == located
    for feature in features:
        assert shapely.geometry.shape(feature["geometry"]).is_valid, feature["properties"]["id"]


def test_looks_are_those_of_the_style():
    told = styles("en")
    assert {kind: look["colour"] for kind, look in told["kinds"].items()} == {
        str(kind): style.KIND_COLOURS[kind] for kind in Kind
    }
    # Grade must survive grey print, so no two grades may share dash and hatch.
    assert len({(grade["dash"], grade["hatch"]) for grade in told["grades"].values()}) == len(Grade)
    json.dumps(told)


def test_start_box_holds_every_outline_and_far_points_do_not_widen_it(atlas):
    (south, west), (north, east) = home(atlas)
    start = shapely.box(west - 1e-4, south - 1e-4, east + 1e-4, north + 1e-4)
    outlines = atlas.zones[atlas.zones.geometry.geom_type.isin(["Polygon", "MultiPolygon"])]
    assert start.contains(shapely.box(*outlines.total_bounds))
    assert not start.contains(atlas.zones.geometry["sz.cluster.shenshan"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_credits_name_openstreetmap_once(atlas, lang):
    told = credits(atlas, lang)
    assert len(told) == len(set(told))
    assert "OpenStreetMap" in told[0]


def test_map_files_are_named_by_content(atlas, tmp_path, monkeypatch):
    monkeypatch.setattr(static_files, "STATIC", tmp_path)
    first, again = map_data.write(atlas), map_data.write(atlas)
    assert first == again
    assert len(list(tmp_path.iterdir())) == 2
    body = json.loads((tmp_path / first["zones_url"].removeprefix("app/static/")).read_text(encoding="utf-8"))
    assert body["type"] == "FeatureCollection"


def test_old_map_files_go_after_a_few(tmp_path, monkeypatch):
    monkeypatch.setattr(static_files, "STATIC", tmp_path)
    for number in range(6):
        newest = static_files.write_json("zones", {"number": number})
    assert len(list(tmp_path.iterdir())) == static_files.KEPT
    assert (tmp_path / newest.removeprefix("app/static/")).exists()
