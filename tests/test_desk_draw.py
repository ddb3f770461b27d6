"""The desk's answers while a zone is drawn and saved, on the tiny atlas."""

import copy
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import box

from tests.tiny import FEATURES, feature, polygon, write_atlas
from ui import static_files
from ui.desk import desk_candidate, desk_draft, desk_draw
from ui.state import View
from ui.words import words_desk
from zones.atlas import DATA_VARIABLE
from zones.errors import GeometryError, UnknownZoneError
from zones.measure import lonlat_area, measure
from zones.overlap import pairs
from zones.workspace.workspace import create, features_at, revisions
from zones.workspace.workspace_place import WORKSPACE_VARIABLE

PART, LINE, LOST = "tiny.core.part", "tiny.corridor.line", "tiny.node.lost"
TOLD = {"who": "甲", "why": "更正", "despite": True, "serial": 1}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A workspace of the tiny atlas, its first revision just made."""
    data = write_atlas(tmp_path / "data")
    monkeypatch.setenv(DATA_VARIABLE, str(data))
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "zones.gpkg"))
    create(tmp_path / "zones.gpkg", data=data, who="甲")
    return tmp_path / "zones.gpkg"


def ask(verb, **told):
    return desk_draw._answer({**TOLD, "verb": verb, **told}, desk_draft.current(), "zh")


def drawn(zone_id):
    return copy.deepcopy(desk_candidate.opened(desk_draft.current(), zone_id)["parts"])


def area(shape):
    return float(lonlat_area(np.array([shape]))[0])


def test_zone_is_opened_as_it_is_stored(desk):
    parts = drawn(LINE)
    assert [each["part"] for each in parts] == ["extent", "axis"]
    stored = features_at(desk).query("zone_id == @LINE")
    for each, shape in zip(parts, stored.geometry, strict=True):
        assert shapely.equals_identical(desk_candidate.geometry(each["geometry"]), shape)


def test_load_and_save_changes_nothing(desk):
    for zone_id in (PART, LINE):
        assert ask("save", zone=zone_id, parts=drawn(zone_id), base=1)["unchanged"]
    assert len(revisions(desk)) == 1


def test_one_vertex_is_one_zone_of_the_next_revision(desk):
    before = features_at(desk).set_index(["zone_id", "part"]).geometry
    parts = drawn(PART)
    parts[0]["geometry"] = {
        "type": "Polygon",
        "coordinates": [[*polygon(113.85, 22.70, 113.86, 22.71)["coordinates"][0]]],
    }
    parts[0]["geometry"]["coordinates"][0][2] = [113.859, 22.709]
    answer = ask("save", zone=PART, parts=parts, base=1)
    assert "第 2 次修订" in answer["saved"]
    after = features_at(desk).set_index(["zone_id", "part"]).geometry
    assert [key for key in before.index if not shapely.equals_identical(before[key], after[key])] == [(PART, "extent")]
    assert desk_draft.current().revision == 2


@pytest.mark.usefixtures("desk")
def test_changed_word_of_the_record_is_a_change():
    parts = drawn(PART)
    parts[0]["record"]["basis"] = "按新图"
    draft = desk_draft.current()
    features = desk_candidate.features_of(PART, "tiny", parts)
    assert desk_candidate.changes(draft, PART, features) == ["extent.basis"]
    assert "saved" in ask("save", zone=PART, parts=parts, base=1)


@pytest.mark.usefixtures("desk")
def test_figures_are_those_of_the_pages():
    draft = desk_draft.current()
    shape = box(113.85, 22.70, 113.862, 22.712)
    parts = drawn(PART)
    parts[0]["geometry"] = shapely.geometry.mapping(shape)
    atlas = desk_candidate.in_atlas(draft, PART, desk_candidate.features_of(PART, "tiny", parts))
    told = desk_candidate.figures(atlas, PART, "zh")
    assert told["area_m2"] == measure(atlas.zones.loc[[PART]])["ellipsoid_m2"].iloc[0] == area(shape)
    expected = pairs(atlas.zones.loc[[PART]], atlas.zones.drop(PART))
    assert [each["id"] for each in told["overlaps"]] == list(expected["b_id"])
    assert told["overlaps"][0]["share"] == "100.0%"


@pytest.mark.usefixtures("desk")
def test_figures_wait_for_a_valid_outline():
    parts = drawn(PART)
    parts[0]["geometry"] = {
        "type": "Polygon",
        "coordinates": [[[113.85, 22.7], [113.86, 22.71], [113.86, 22.7], [113.85, 22.71], [113.85, 22.7]]],
    }
    assert "自相交" in ask("figure", zone=PART, parts=parts)["figures"]["note"]
    found = ask("save", zone=PART, parts=parts, base=1)
    assert found["asks"] == "mend"
    assert found["findings"][0]["mends"][0] == ["structure", "按外框重建"]
    assert ask("propose", zone=PART, parts=parts, mend="structure")["proposal"]["extent"]["type"] == "MultiPolygon"


def test_zone_without_a_shape_gets_one(desk):
    record = FEATURES[0]["properties"] | {"method": "point_place"}
    parts = [{"part": "extent", "record": record, "geometry": {"type": "Point", "coordinates": [113.86, 22.71]}}]
    assert "saved" in ask("save", zone=LOST, parts=parts, base=1)
    assert LOST in set(features_at(desk)["zone_id"])


@pytest.mark.usefixtures("desk")
def test_zone_of_no_plan_is_refused():
    assert "规划里没有" in ask("open", zone="tiny.park.new")["error"]
    with pytest.raises(UnknownZoneError):
        desk_candidate.opened(desk_draft.current(), "tiny.park.new")


def test_what_is_missing_is_named_before_anything_is_saved(desk):
    parts = [{"part": "extent", "record": {"edge_rule": "lonlat"}, "geometry": polygon(113.85, 22.70, 113.86, 22.71)}]
    answer = ask("save", zone=LOST, parts=parts, base=1, why=" ")
    assert answer["sentence"] == "未保存；请先填写：边界等级、方法、误差（米）、依据、原因。"
    assert answer["missing"][-1] == ["", "why"]
    assert len(revisions(desk)) == 1


@pytest.mark.usefixtures("desk")
def test_warnings_are_shown_before_the_save():
    parts = drawn(PART)
    # 1 km east of its whole, the park, whose error of 200 m does not reach that far.
    parts[0]["geometry"] = polygon(113.88, 22.70, 113.89, 22.71)
    answer = ask("save", zone=PART, parts=parts, base=1, despite=False)
    assert answer["asks"] == "confirm"
    assert "in-whole" in {each["kind"] for each in answer["findings"]}
    assert "saved" in ask("save", zone=PART, parts=parts, base=1)


def test_collision_shows_theirs_and_ours_can_go_on_top(desk):
    theirs, ours = drawn(PART), drawn(PART)
    theirs[0]["geometry"] = polygon(113.85, 22.70, 113.859, 22.71)
    ours[0]["geometry"] = polygon(113.85, 22.70, 113.858, 22.71)
    ask("save", zone=PART, parts=theirs, base=1, who="乙")
    met = ask("save", zone=PART, parts=ours, base=1)["collision"]
    (told,) = met["zones"]
    assert told["zone"] == PART
    assert "乙" in told["sentence"]
    assert desk_candidate.geometry(told["theirs"][0]).equals(box(113.85, 22.70, 113.859, 22.71))
    assert met["base"] == 2
    assert "saved" in ask("save", zone=PART, parts=ours, base=met["base"])
    assert len(revisions(desk)) == 3


@pytest.mark.parametrize(
    ("verb", "told", "cells"),
    [
        ("add", {"tool": polygon(113.86, 22.70, 113.87, 22.71)}, 2),
        ("take_out", {"tool": polygon(113.855, 22.69, 113.87, 22.72)}, 0.5),
        ("cut", {"tool": {"type": "LineString", "coordinates": [[113.855, 22.69], [113.855, 22.72]]}}, 1),
        ("merge", {"other": "tiny.park.whole"}, 4),
    ],
)
@pytest.mark.usefixtures("desk")
def test_edits_by_name(verb, told, cells):
    answer = ask(verb, zone=PART, extent=polygon(113.85, 22.70, 113.86, 22.71), **told)
    # Cells of the north are a hair smaller.
    assert answer["after"] == pytest.approx(cells * area(box(113.85, 22.70, 113.86, 22.71)), rel=1e-4)


@pytest.mark.usefixtures("desk")
def test_band_and_remove():
    axis = {"type": "LineString", "coordinates": [[113.84, 22.706], [113.88, 22.706]]}
    made = ask("band", zone=LINE, extent=None, axis=axis, half_width_m=100)
    assert made["after"] == pytest.approx(2 * 100 * 4108, rel=2e-3)
    assert ask("band", zone=LINE, extent=None, axis=axis, half_width_m=0)["error"].startswith("半宽")
    assert made["said"].startswith("面积 0 → 82")
    assert made["said"].endswith("，块数 0 → 1")
    gone = ask("remove", zone=PART, extent=polygon(113.85, 22.70, 113.86, 22.71), at=[113.855, 22.705])
    assert (gone["extent"], gone["after"]) == (None, 0.0)
    assert "还没有面" in ask("cut", zone=PART, extent=None, tool=axis)["error"]
    assert "没有面可并入" in ask("merge", zone=PART, extent=None, other=LOST)["error"]


@pytest.mark.parametrize(
    "told",
    [
        {"type": "Polygon", "coordinates": [[[113.85, 22.7], [113.86, 22.7], [113.85, 22.7]]]},
        {"type": "MultiPolygon", "coordinates": [[[[113.85, 22.7], [113.85, 22.7]]]]},
        {"type": "LineString", "coordinates": [[113.85, 22.7]]},
        {"type": "MultiLineString", "coordinates": [[[113.85, 22.7]]]},
    ],
)
def test_too_few_vertices(told):
    with pytest.raises(GeometryError, match="vertices"):
        desk_candidate.geometry(told)


def test_without_a_workspace_the_published_shapes_stand_there(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(write_atlas(tmp_path / "data")))
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "none.gpkg"))
    draft = desk_draft.current()
    assert draft.revision is None
    assert desk_draw._state(draft, "en") == words_desk.TEXTS["desk_none"][1]
    assert len(draft.features) == len(FEATURES)
    assert draft.layer_of(LOST) == "tiny"
    desk_draft.begin("甲")
    assert desk_draft.current().revision == 1


def test_a_workspace_made_anew_in_the_same_place_is_another(desk):
    assert desk_draft.current().who == "甲"
    assert "saved" in ask("save", zone=PART, parts=[], base=1)
    assert desk_draft.current().revision == 2
    desk.unlink()
    create(desk, data=desk.parent / "data", who="乙")
    ask("save", zone=LINE, parts=[], base=1)
    draft = desk_draft.current()
    assert (draft.revision, draft.who) == (2, "甲")
    assert [len(draft.of_zone(zone_id)) for zone_id in (PART, LINE)] == [1, 0]


def test_files_of_a_draft_cleared_away_are_written_again(desk):  # noqa: ARG001 (the workspace in use)
    """A workspace put back from a copy is one known already, while its files may have gone since."""
    files = [static_files.STATIC / Path(address).name for address in desk_draft.files().values()]
    before = [file.read_bytes() for file in files]
    for file in files:
        file.unlink()
    desk_draft.files()
    assert [file.read_bytes() for file in files] == before


def test_pictures_of_the_session_lie_under_the_drawing(monkeypatch):
    picture = {
        "name": "规划图",
        "image_url": "data:image/png;base64,",
        "bounds": [[22.5, 113.8], [22.8, 114]],
        "error_m": 12.0,
    }
    monkeypatch.setattr(desk_draw.st, "session_state", {desk_draw.OVERLAYS: [picture]})
    assert desk_draw.overlays()[0] == {
        "name": "规划图",
        "url": picture["image_url"],
        "bounds": picture["bounds"],
        "error_m": 12.0,
    }


def test_official_is_not_offered():
    offered = desk_draw.codes("en")
    assert "official" not in dict(offered["grade"])
    assert "supplied" not in dict(offered["method"])
    assert feature(PART, None)["properties"]["grade"] in dict(offered["grade"])


@pytest.mark.usefixtures("desk")
def test_a_zone_loses_its_shape_only_when_that_is_confirmed():
    asked = ask("save", zone=PART, parts=[], base=1, despite=False)
    assert asked["asks"] == "confirm"
    assert "没有图形" in asked["sentence"]
    assert "saved" in ask("save", zone=PART, parts=[], base=1)
    assert desk_candidate.opened(desk_draft.current(), PART)["parts"] == []


@pytest.mark.usefixtures("desk")
def test_a_date_is_a_date():
    parts = drawn(PART)
    parts[0]["record"]["traced_on"] = "去年"
    assert ask("save", zone=PART, parts=parts, base=1)["error"] == "绘制日期为“去年”；请写成 2026-01-31 的样子"


def test_a_shape_from_another_bench_is_handed_over_once(desk, monkeypatch):
    made = {"zone_id": PART, "geometry": polygon(113.85, 22.70, 113.86, 22.71), "error_m": 80.0, "basis": "四至"}
    monkeypatch.setattr(desk_draw.st, "session_state", {desk_draw.CANDIDATE: made})
    draft = desk_draft.current()
    assert desk.exists()
    assert desk_draw.data(View(), draft, None)["candidate"] == made
    assert desk_draw.data(View(), draft, None)["candidate"] is None
