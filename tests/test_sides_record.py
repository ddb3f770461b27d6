"""The shipped text of 003:502 compiled on the shipped lines; the record, the file, the command."""

import json

import geopandas
import pytest
import shapely

from tests.sides_grid import FOUR, path, square
from tests.sides_grid import lines as lines_of_a_grid
from tests.test_cli import answer
from ui.desk import siding
from zones.atlas import DATA_VARIABLE, SHIPPED_DATA, read_atlas
from zones.errors import InputError
from zones.intake.own_file import read_own
from zones.sides.sides import compile_sides
from zones.sides.sides_grammar import Direction
from zones.sides.sides_lines import atlas_lines, own_lines, parts_of, together
from zones.sides.sides_record import basis, open_reason, record, require_text, zone_text, zones_with_text

SCENE = "pingshan.park.scene"


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


@pytest.fixture(scope="module")
def lines(atlas):
    return atlas_lines(atlas)


def test_the_one_text_of_four_sides_is_found_with_its_line(atlas):
    assert zones_with_text(atlas) == (SCENE,)
    found = zone_text(atlas, SCENE)
    assert found.text == "北至兰竹东路，东至金兰路，南至金牛东路，西至绿梓大道(规划)"
    [source] = found.sources
    assert (source["document"][:3], source["line_start"], source["line_end"]) == ("003", 502, 502)
    assert zone_text(atlas, "pingshan.platform.center") is None
    with pytest.raises(InputError, match="gives no sides"):
        require_text(atlas, "pingshan.platform.center")


def test_three_sides_of_the_scene_area_are_found_and_the_fourth_stays_open(atlas, lines):
    told = record(compile_sides(zone_text(atlas, SCENE).text, lines))
    north, east, south, west = told["sides"]
    assert [each["matched"][0]["name"] for each in (north, south)] == ["兰竹东路", "金牛东路"]
    assert east["matched"] == []
    assert east["open_reason"].startswith("no line named 金兰路")
    assert west["planned"]
    assert {(line["name"], line["planned"]) for line in west["matched"]} == {("绿梓大道", False), ("绿梓大道", True)}
    assert (told["polygon"], told["area_m2"], told["error_m"], told["grade"]) == (None, None, None, None)
    assert (told["missing"], told["open"]) == (["金兰路"], ["east"])
    json.dumps(told, allow_nan=False)


def test_the_outline_of_the_scene_area_keeps_to_the_lines_found(atlas, lines):
    zone = atlas.zones.loc[SCENE]
    told = record(compile_sides(zone_text(atlas, SCENE).text, lines), (SCENE, zone.geometry, zone.error_m))
    fit = {each["direction"]: each for each in told["check"]["sides"]}
    assert {side: each["status"] for side, each in fit.items()} == {
        "north": "agrees", "east": "no_line", "south": "agrees", "west": "agrees",
    }  # fmt: skip
    assert told["check"]["overlap"] is None


def test_with_a_line_that_stands_in_the_scene_area_closes(atlas, lines):
    stand_in = {Direction.EAST: "科彩印务旁的无名路"}
    result = compile_sides(zone_text(atlas, SCENE).text, lines, stand_ins=stand_in)
    zone = atlas.zones.loc[SCENE]
    told = record(result, (SCENE, zone.geometry, zone.error_m))
    # The planned road's error is the largest.
    assert (told["error_m"], told["grade"], told["faces"]) == (300, "inferred", 1)
    assert told["check"]["overlap"]["share_of_drawing"] > 0.95
    assert "代替金兰路" in basis(result, "zh")
    assert "in place of 金兰路" in basis(result, "en")


def test_named_lines_lie_where_the_stops_are(lines):
    # Bus stops named after the roads, in WGS 84: a stop lies 20-100 m off, a line 90-150 m.
    stops = {
        "兰竹东路": [(114.389703, 22.718163), (114.400162, 22.718362), (114.386955, 22.718063)],
        "金牛东路": [(114.389682, 22.711575), (114.387278, 22.711401), (114.396767, 22.713789)],
        "创景路": [(114.390901, 22.713002)],
        "翠景路": [(114.379745, 22.726086)],
        "青松西路": [(114.379745, 22.726086), (114.39208, 22.725481)],
        "荔景路": [(114.362542, 22.713283), (114.363934, 22.710121)],
        "丹梓大道": [(114.350258, 22.718597), (114.352446, 22.720934), (114.383231, 22.741542)],
    }
    for name, points in stops.items():
        line = shapely.union_all(lines.loc[lines["name_zh"] == name, "geometry"].to_list())
        assert all(line.distance(shapely.Point(point)) * 105_000 < 130 for point in points), name


def test_borders_and_shores_are_lines_too(lines):
    by_name = lines.drop_duplicates("name_zh").set_index("name_zh")
    assert by_name.at["坪山区界", "source"] == "base_districts"
    assert by_name.at["深圳湾", "source"] == "base_water"
    assert by_name.at["深圳市界", "error_m"] == 320
    assert parts_of("京港澳高速（广深高速）") == ("京港澳高速", "广深高速")
    assert parts_of("107国道") == ()


def test_lines_of_one_s_own_come_first(lines, tmp_path):
    file = tmp_path / "路.geojson"
    square().rename(columns={"name_zh": "路名"})[["路名", "geometry"]].to_file(file)
    own = own_lines(read_own(file), file.name)
    assert list(own["name_zh"]) == ["甲路", "乙路", "丙路", "丁路"]
    assert own["error_m"].isna().all()
    both = together(own, lines)
    assert len(both) == len(lines) + 4
    told = record(compile_sides(FOUR, both))
    assert told["area_m2"] == pytest.approx(1e6, rel=2e-4)
    assert (told["error_m"], told["area_error_m2"], told["area_error_by_side_m2"]) == (None, None, None)
    json.dumps(told, allow_nan=False)
    stated = record(compile_sides(FOUR, together(own_lines(read_own(file), file.name, 5.0), lines)))
    assert (stated["error_m"], told["grade"], stated["grade"]) == (5, "inferred", "traced")


def test_a_file_without_names_is_refused(tmp_path):
    file = tmp_path / "路.geojson"
    square()[["geometry"]].to_file(file)
    with pytest.raises(InputError, match="no field holds names"):
        own_lines(read_own(file), file.name)


def test_areas_count_by_their_edge_and_points_not_at_all():
    shapes = [shapely.Point(114.3, 22.7).buffer(0.01), shapely.Point(114.3, 22.7), None, shapely.LineString()]
    shapes.append(shapely.GeometryCollection([shapes[0], shapes[1]]))
    whole = geopandas.GeoDataFrame({"name": list("甲乙丙丁戊")}, geometry=shapes, crs="EPSG:4490")
    own = own_lines(whole, "x")
    assert list(own["name_zh"]) == ["甲", "戊"]
    assert own.geometry.iloc[0].equals(own.geometry.iloc[1])
    with pytest.raises(InputError, match="no named line or area"):
        own_lines(whole.iloc[1:4], "x")


def test_why_a_side_is_open_is_said():
    frame = square()
    result = compile_sides("北至甲路，东至己路，西至丁路", frame)
    assert {side.direction.value: open_reason(side) for side in result.sides} == {
        "north": None,
        "east": "no line named 己路; give it with --lines FILE",
        "south": "the text does not name this side",
        "west": None,
    }


def test_names_of_several_lines_are_given_to_choose_from():
    frame = lines_of_a_grid([("建设路", path((0, 1000), (300, 1000))), ("建设路", path((5000, 1000), (6000, 1000)))])
    [north] = (side for side in compile_sides("北至建设路，南至丙路", frame).sides if side.direction.value == "north")
    assert north.open_code == "choices"
    told = open_reason(north)
    assert all(choice in told for match in north.matches for choice in match.choices)
    assert told.count("建设路") >= 2


def test_planned_are_the_lines_that_the_base_map_marks_so(lines):
    features = [
        feature
        for layer in ("base_roads", "base_named_lines")
        for feature in json.loads((SHIPPED_DATA / "geo" / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
    ]
    named = [feature["properties"] for feature in features if feature["properties"].get("name_zh")]
    roads = lines[lines["source"].isin(["base_roads", "base_named_lines"])]
    assert roads["planned"].sum() == sum(each.get("status") == "planned" for each in named) > 0
    assert set(roads.loc[roads["planned"], "grade"]) == {"inferred"}


def test_stand_ins_are_read():
    assert siding.stand_ins(["east=乙路", "北=甲路"]) == {Direction.EAST: "乙路", Direction.NORTH: "甲路"}
    with pytest.raises(InputError, match="east=NAME"):
        siding.stand_ins(["乙路"])


def test_the_command_prints_one_document_and_writes_the_candidate(zones, tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(SHIPPED_DATA))
    out = tmp_path / "候选.geojson"
    asked = ["sides", "--zone", SCENE, "--side", "east=科彩印务旁的无名路", "-o", str(out), "--format", "json"]
    told = answer(zones(*asked))
    [held] = json.loads(out.read_text("utf-8"))["features"]
    assert held["geometry"] == told["polygon"]
    assert held["properties"]["zone_id"] == SCENE
    assert told["evidence"][0]["line_start"] == 502
    assert told["check"]["against"] == SCENE
    worded = answer(zones("sides", "--zone", SCENE, "--words", "--format", "json"))
    assert worded["text"] == "北至兰竹东路，东至科彩印务旁的无名路，南至金牛东路，西至绿梓大道"
