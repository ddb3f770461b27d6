"""Reading and joining the whole atlas: nothing is lost in silence, and faults say what, where and what to do."""

import pytest
import shapely

from tests.tiny import FEATURES, LAYERS, changed, feature, polygon, write_atlas
from zones import load, read_atlas
from zones.atlas import DATA_VARIABLE, data_version
from zones.errors import InputError


def test_every_zone_of_the_plan_has_one_row(tmp_path):
    zones = load(write_atlas(tmp_path / "data"))
    assert list(zones.index) == ["tiny.park.whole", "tiny.core.part", "tiny.corridor.line", "tiny.node.lost"]
    assert zones.crs == "EPSG:4490"
    assert zones.loc["tiny.park.whole", "declared_area_m2"] == 4e6
    assert zones.loc["tiny.corridor.line", "axis"].geom_type == "LineString"
    assert zones.loc["tiny.corridor.line", "grade"] == "inferred"
    assert zones.loc["tiny.corridor.line", "axis_grade"] == "traced"
    assert zones.loc["tiny.park.whole", "axis"] is None
    assert zones.loc["tiny.node.lost", "geometry"] is None
    assert zones.loc["tiny.node.lost", "unlocated_en"] == "No place given"


def test_a_whole_atlas_has_no_issue(tmp_path):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    assert atlas.issues.empty
    assert set(atlas.base) == {"base_districts", "base_water"}


def test_mismatches_are_told_from_both_sides(tmp_path):
    stranger = feature("tiny.park.stranger", polygon(113.85, 22.70, 113.86, 22.71))
    reasons = "zone_id,reason_zh,reason_en\ntiny.park.whole,甲,A\ntiny.node.gone,乙,B\n"
    atlas = read_atlas(write_atlas(tmp_path / "data", features=[*FEATURES, stranger], reasons=reasons))
    found = set(atlas.issues[["feature", "kind"]].itertuples(index=False, name=None))
    assert found == {
        ("tiny.park.stranger", "shape_without_zone"),
        ("tiny.node.gone", "reason_without_zone"),
        ("tiny.node.lost", "zone_without_shape"),
        ("tiny.park.whole", "needless_reason"),
    }


def test_broken_shape_is_repaired_in_sight(tmp_path):
    bow = {
        "type": "Polygon",
        "coordinates": [[[113.85, 22.7], [113.86, 22.71], [113.86, 22.7], [113.85, 22.71], [113.85, 22.7]]],
    }
    atlas = read_atlas(write_atlas(tmp_path / "data", features=[feature("tiny.park.whole", bow), *FEATURES[1:]]))
    issue = atlas.issues.iloc[0]
    assert (issue["feature"], issue["kind"]) == ("tiny.park.whole", "repaired")
    assert "area" in issue["message"]
    assert shapely.is_valid(atlas.zones.loc["tiny.park.whole", "geometry"])


def test_clockwise_rings_are_turned(tmp_path):
    clockwise = {"type": "Polygon", "coordinates": [FEATURES[0]["geometry"]["coordinates"][0][::-1]]}
    zones = load(write_atlas(tmp_path / "data", features=[feature("tiny.park.whole", clockwise), *FEATURES[1:]]))
    assert zones.loc["tiny.park.whole", "geometry"].exterior.is_ccw


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"grade": "certain"}, ["tiny.geojson", "tiny.park.whole", "grade is 'certain'", "official"]),
        ({"error_m": 0}, ["tiny.park.whole", "error_m is '0.0'"]),
        ({"error_m": None}, ["tiny.park.whole", "error_m"]),
        ({"method": "guess"}, ["tiny.park.whole", "method is 'guess'"]),
        ({"zone_id": ""}, ["feature 1", "zone_id is empty"]),
        ({"zone_id": "tiny.core.part"}, ["tiny.core.part", "more than one feature"]),
    ],
)
def test_a_broken_feature_stops_with_one_sentence(tmp_path, change, words):
    first = changed(FEATURES[0], ("properties",), FEATURES[0]["properties"] | change)
    with pytest.raises(InputError) as caught:
        load(write_atlas(tmp_path / "data", features=[first, *FEATURES[1:]]))
    assert "\n" not in str(caught.value)
    for word in words:
        assert word in str(caught.value)


def test_a_feature_without_a_shape_stops(tmp_path):
    with pytest.raises(InputError, match=r"zone 'tiny.park.whole': geometry is empty"):
        load(write_atlas(tmp_path / "data", features=[feature("tiny.park.whole", None), *FEATURES[1:]]))


def test_a_layer_that_is_no_geojson_stops(tmp_path):
    root = write_atlas(tmp_path / "data")
    (root / "geo/tiny.geojson").write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    with pytest.raises(InputError, match=r"tiny.geojson: not readable as GeoJSON"):
        load(root)


@pytest.mark.parametrize(
    ("layers", "words"),
    [
        ([LAYERS[0], LAYERS[0]], "layer tiny stands twice"),
        ([LAYERS[0].replace("ODbL-1.0", "")], "licence is empty"),
        ([LAYERS[0].replace(",zones,", ",zone,")], "role is 'zone'"),
        ([LAYERS[0].replace("tiny.geojson", "none.geojson")], "no such file"),
    ],
)
def test_a_broken_catalogue_stops(tmp_path, layers, words):
    with pytest.raises(InputError, match=words):
        load(write_atlas(tmp_path / "data", layers=layers))


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        ("zone_id,reason_zh,reason_en\ntiny.node.lost,甲,\n", "line 2, zone 'tiny.node.lost': reason_en is empty"),
        ("zone_id,reason_zh,reason_en\nx,甲,A\nx,甲,A\n", "line 3: x stands twice"),
    ],
)
def test_broken_reasons_stop(tmp_path, reasons, words):
    with pytest.raises(InputError, match=words):
        load(write_atlas(tmp_path / "data", reasons=reasons))


def test_missing_files_are_named(tmp_path):
    for name in ("geo/layers.csv", "geo/unlocated.csv", "geo/accepted.csv"):
        root = write_atlas(tmp_path / name.replace("/", "-"))
        (root / name).unlink()
        with pytest.raises(InputError, match=r"\.csv: .* is missing; restore it"):
            load(root)


def test_a_folder_without_plans_is_named(tmp_path):
    root = write_atlas(tmp_path / "data")
    (root / "plans/tiny.yaml").unlink()
    with pytest.raises(InputError, match="no plan file"):
        load(root)


def test_one_zone_in_two_plans_is_refused(tmp_path):
    root = write_atlas(tmp_path / "data")
    text = (root / "plans/tiny.yaml").read_text(encoding="utf-8")
    (root / "plans/other.yaml").write_text(text.replace("plan_id: tiny", "plan_id: other"), encoding="utf-8")
    with pytest.raises(InputError, match=r"tiny.park.whole' stands in other.yaml too"):
        load(root)


def test_another_data_folder_by_environment(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    assert set(load()["plan_id"]) == {"tiny"}


def test_version_changes_with_any_byte(tmp_path):
    root = write_atlas(tmp_path / "data")
    before = data_version(root)
    assert data_version(root) == before
    path = root / "geo/unlocated.csv"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert data_version(root) != before
