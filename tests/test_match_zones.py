"""Features held against zones: only an id, a name or an alias to the letter makes a match."""

import geopandas
import pytest
from shapely.geometry import GeometryCollection, LineString, Point, box

from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.official.match_zones import match, plain_name, proposals

SQUARE = box(113.85, 22.70, 113.86, 22.71)
ELSEWHERE = box(113.95, 22.60, 113.96, 22.61)
WHOLE, PART, LINE, LOST = "tiny.park.whole", "tiny.core.part", "tiny.corridor.line", "tiny.node.lost"


@pytest.fixture
def zones(tmp_path):
    return read_atlas(write_atlas(tmp_path / "data")).zones


def layer(*rows, **fields):
    """Return features numbered from 1, each a name and a shape."""
    names, shapes = zip(*rows, strict=True)
    index = range(1, len(rows) + 1)
    return geopandas.GeoDataFrame({"名称": names, **fields}, geometry=list(shapes), index=index, crs=4490)


def told(matched):
    return [tuple(row) for row in matched.pairs[["feature", "zone_id", "part", "how"]].itertuples(index=False)]


def left(matched):
    return [(row.feature, row.why) for row in matched.left.itertuples()]


def test_id_name_and_alias_match_and_both_sides_are_listed(zones):
    features = layer((WHOLE, SQUARE), ("石岩南片区", SQUARE), ("Coast Corridor", SQUARE), ("陌生", SQUARE))
    matched = match(features, zones)
    assert told(matched) == [
        ("1", WHOLE, "extent", "zone_id"),
        ("2", PART, "extent", "name"),
        ("3", LINE, "extent", "name"),
    ]
    assert left(matched) == [("4", "unknown")]
    assert matched.without == (LOST,)
    assert matched.field == "名称"
    assert told(match(layer(("高新北", SQUARE)), zones)) == [("1", WHOLE, "extent", "alias")]


@pytest.mark.parametrize(
    "name", ["石岩南", "石岩南片", "石岩南园区", "石岩南片区（一期）", "铁仔山", "shiyannanpianqu", ""]
)
def test_what_is_only_like_a_name_is_no_match(zones, name):
    matched = match(layer((name, SQUARE)), zones)
    assert matched.pairs.empty
    assert left(matched) == [("1", "unknown")]
    assert len(matched.without) == len(zones)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("石岩南片区", "石岩南"),
        ("石岩南园区", "石岩南"),
        ("石岩南（一期）", "石岩南"),
        ("石岩南 (Phase I)", "石岩南"),
        ("ＡＢＣ产业园", "abc"),
        ("留仙洞区", "留仙洞"),
        ("园区", "园区"),
    ],
)
def test_names_without_what_lists_differ_in(text, bare):
    assert plain_name(text) == bare


@pytest.mark.parametrize(
    ("label", "how"),
    [("石岩南园区", "spelling"), ("石岩南（二期）", "spelling"), ("shiyannan", "sound"), ("syn", "sound")],
)
def test_likeness_is_proposed(zones, label, how):
    best = proposals(label, ELSEWHERE, zones)[0]
    assert (best.zone_id, best.how) == (PART, how)


def test_a_place_is_proposed_by_ground_in_common(zones):
    """By hand: the square is the core itself, a quarter of the park (too little), and none of the band's shape."""
    found = {each.zone_id: each for each in proposals("无名", SQUARE, zones)}
    assert found[PART] == (PART, "place", 1.0)
    assert set(found) == {PART}
    # Half the core: 0.5 of both together.
    half = box(113.85, 22.70, 113.855, 22.71)
    assert proposals("", half, zones) == ((PART, "place", 0.5),)


def test_several_features_become_parts_of_one_zone(zones):
    matched = match(layer(("铁仔山园区", SQUARE), ("高新北", ELSEWHERE)), zones)
    assert list(matched.pairs["zone_id"]) == [WHOLE, WHOLE]
    assert matched.left.empty


def test_a_name_of_two_zones_is_ambiguous_until_a_person_chooses(tmp_path):
    plan = changed(PLAN, ["zones", 1, "name", "zh"], "高新北")
    zones = read_atlas(write_atlas(tmp_path / "data", plan=plan)).zones
    features = layer(("高新北", SQUARE), ("x", SQUARE))
    matched = match(features, zones, field="名称")
    assert left(matched) == [("1", "ambiguous"), ("2", "unknown")]
    assert set(matched.left["zones"].iloc[0]) == {WHOLE, PART}
    assert {each.zone_id for each in proposals("高新北", None, zones, (WHOLE, PART))} >= {WHOLE, PART}
    # One ground may be a zone of two plans: a person may say both.
    matched = match(features, zones, field="名称", chosen={"1": (WHOLE, PART), "2": ()})
    assert told(matched) == [("1", WHOLE, "extent", "chosen"), ("1", PART, "extent", "chosen")]
    assert left(matched) == [("2", "ignored")]


def test_lines_points_and_what_has_no_use(zones):
    line = LineString([(113.84, 22.706), (113.88, 22.706)])
    features = layer(
        ("滨海走廊", line), ("铁仔山园区", line), ("某镇", Point(113.86, 22.7)),
        ("石岩南片区", GeometryCollection([line])),
    )  # fmt: skip
    matched = match(features, zones)
    assert told(matched) == [("1", LINE, "axis", "name"), ("3", LOST, "extent", "name")]
    assert left(matched) == [("2", "no_axis"), ("4", "no_shape")]
    both = match(layer(("某镇", Point(113.86, 22.7)), ("某镇", SQUARE)), zones)
    assert told(both) == [("2", LOST, "extent", "name")]
    assert left(both) == [("1", "mixed")]


def test_every_feature_is_accounted_for(zones):
    names = [WHOLE, "铁仔山园区", "x", "滨海走廊", "", "某镇", "某镇"]
    shapes = [SQUARE, SQUARE, SQUARE, LineString([(113.8, 22.7), (113.9, 22.7)]), SQUARE, Point(113.8, 22.7), SQUARE]
    features = layer(*zip(names, shapes, strict=True))
    matched = match(features, zones, chosen={"3": (PART, WHOLE)})
    assert set(matched.pairs["feature"]) | set(matched.left["feature"]) == set(features.index.astype(str))
    assert not set(matched.pairs["feature"]) & set(matched.left["feature"])


def test_the_field_that_names_most_is_taken_unless_another_is_named(zones):
    features = layer(("x", SQUARE), ("某镇", SQUARE), code=[WHOLE, PART])
    assert match(features, zones).field == "code"
    assert told(match(features, zones, field="名称")) == [("2", LOST, "extent", "name")]
    assert match(layer(("x", SQUARE)), zones).field is None


def test_what_cannot_be_is_said(zones):
    features = layer(("x", SQUARE))
    with pytest.raises(InputError, match="no field 'z'; it has 名称"):
        match(features, zones, field="z")
    with pytest.raises(InputError, match="no feature 9"):
        match(features, zones, chosen={"9": (WHOLE,)})
    with pytest.raises(InputError, match=r"'tiny\.park\.wholy' is not in the atlas"):
        match(features, zones, chosen={"1": ("tiny.park.wholy",)})
