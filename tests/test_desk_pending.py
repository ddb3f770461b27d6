"""Several zones before one save: looked at as a whole, saved as one revision or not at all."""

import copy

import numpy as np
import pytest
import shapely
from shapely import box

from tests.tiny import PLAN, changed, feature, polygon, write_atlas
from ui.desk import desk_candidate, desk_draft, desk_draw
from zones.atlas import DATA_VARIABLE
from zones.measure import lonlat_area
from zones.workspace.workspace import Edit, check_log, create, features_at, revisions, save
from zones.workspace.workspace_place import WORKSPACE_VARIABLE

WHOLE, PART, TWIN, LINE = "tiny.park.whole", "tiny.core.part", "tiny.core.twin", "tiny.corridor.line"
TOLD = {"who": "甲", "why": "移动边界", "despite": True, "serial": 1}
WEST, EAST = (113.85, 22.70, 113.86, 22.71), (113.86, 22.70, 113.87, 22.71)
AXIS = {"type": "LineString", "coordinates": [[113.84, 22.705], [113.86, 22.705]]}


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A workspace of the tiny atlas with a second part that shares the east edge of the first, and a band."""
    twin = {**PLAN["zones"][1], "zone_id": TWIN, "name": {"zh": "石岩北片区", "en": "Shiyan North"}}
    plan = changed(PLAN, ["zones"], [*PLAN["zones"], twin])
    shapes = [
        feature(WHOLE, polygon(113.84, 22.69, 113.88, 22.72)),
        feature(PART, polygon(*WEST)),
        feature(TWIN, polygon(*EAST)),
        feature(LINE, polygon(113.84, 22.70, 113.86, 22.71), half_width_m=500.0, method="axis_buffer"),
        feature(LINE, AXIS, part="axis"),
    ]
    data = write_atlas(tmp_path / "data", plan=plan, features=shapes)
    monkeypatch.setenv(DATA_VARIABLE, str(data))
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(tmp_path / "zones.gpkg"))
    create(tmp_path / "zones.gpkg", data=data, who="甲")
    return tmp_path / "zones.gpkg"


def ask(verb, **told):
    return desk_draw._answer({**TOLD, "verb": verb, **told}, desk_draft.current(), "zh")


def drawn(zone_id, west=None, base=1):
    """Return a zone as the browser sends it, its box another one where one is given."""
    parts = copy.deepcopy(desk_candidate.opened(desk_draft.current(), zone_id)["parts"])
    if west:
        parts[0]["geometry"] = polygon(*west)
    return {"zone": zone_id, "base": base, "parts": parts}


def moved(border):
    """Return both parts with their common border elsewhere."""
    return drawn(PART, (113.85, 22.70, border, 22.71)), drawn(TWIN, (border, 22.70, 113.87, 22.71))


def shapes(desk, revision=None):
    return features_at(desk, revision).set_index(["zone_id", "part"]).geometry


def kinds(answer):
    return sorted((each["of"], each["kind"]) for each in answer["findings"] if each["kind"].startswith("sibling"))


def test_one_save_is_one_revision_of_just_these_zones(desk):
    one, other = moved(113.861)
    answer = ask("save", **one, others=[other])
    assert answer["saved"] == "已存为第 2 次修订，共 2 个区：石岩南片区、石岩北片区。"
    before, after = shapes(desk, 1), shapes(desk)
    changed_ = [key for key in before.index if not shapely.equals_identical(before[key], after[key])]
    assert changed_ == [(PART, "extent"), (TWIN, "extent")]
    assert shapely.equals_identical(after[TWIN, "extent"], shapely.geometry.shape(other["parts"][0]["geometry"]))
    assert check_log(desk) == ()


@pytest.mark.usefixtures("desk")
def test_zones_put_aside_are_saved_with_none_open():
    one, other = moved(113.861)
    assert "共 2 个区" in ask("save", others=[one, other])["saved"]


def test_a_zone_that_was_changed_back_is_no_part_of_the_save(desk):
    one, _ = moved(113.861)
    assert ask("save", **one, others=[drawn(TWIN)])["saved"] == "已存为第 2 次修订。"
    assert revisions(desk)["zone_ids"].iloc[0] == (PART,)
    assert ask("save", others=[drawn(TWIN, base=2)])["unchanged"]


@pytest.mark.usefixtures("desk")
def test_border_moved_in_both_has_no_finding_and_in_one_alone_it_has():
    one, other = moved(113.861)
    assert kinds(ask("check", **one, others=[other])) == []
    assert kinds(ask("check", others=[one, other])) == []
    assert kinds(ask("check", **one)) == [(PART, "sibling_overlap")]
    # 5 m away, less than anybody means.
    apart = drawn(TWIN, (113.86005, 22.70, 113.87, 22.71))
    assert kinds(ask("check", **apart)) == [(TWIN, "sibling_gap")]
    assert kinds(ask("check", **drawn(PART, (113.85, 22.70, 113.86005, 22.71)), others=[apart])) == []


@pytest.mark.usefixtures("desk")
def test_what_two_have_in_common_is_told_once():
    one, other = drawn(PART, (113.85, 22.70, 113.862, 22.71)), drawn(TWIN, (113.859, 22.70, 113.87, 22.71))
    assert kinds(ask("check", **one, others=[other])) == [(PART, "sibling_overlap")]
    assert kinds(ask("check", **other, others=[one])) == [(TWIN, "sibling_overlap")]


@pytest.mark.usefixtures("desk")
def test_figures_lie_beside_the_others_as_they_will_be():
    one, other = moved(113.861)
    alone = ask("figure", **one)["figures"]
    assert TWIN in {each["id"] for each in alone["overlaps"]}
    both = ask("figure", **one, others=[other])["figures"]
    assert TWIN not in {each["id"] for each in both["overlaps"]}
    assert both["area_m2"] == alone["area_m2"]


@pytest.mark.usefixtures("desk")
def test_ground_of_another_that_waits_can_be_joined_as_it_will_be():
    _, other = moved(113.865)
    answer = ask("merge", zone=PART, extent=polygon(113.85, 22.70, 113.865, 22.71), other=TWIN, others=[other])
    assert desk_candidate.geometry(answer["extent"]).equals(box(113.85, 22.70, 113.87, 22.71))


@pytest.mark.usefixtures("desk")
def test_outline_that_crosses_itself_stops_the_save_of_all_and_is_named():
    one, other = moved(113.861)
    cross = [[113.861, 22.70], [113.87, 22.71], [113.87, 22.70], [113.861, 22.71], [113.861, 22.70]]
    other["parts"][0]["geometry"] = {"type": "Polygon", "coordinates": [cross]}
    answer = ask("save", **one, others=[other])
    assert answer["asks"] == "mend"
    assert (answer["findings"][0]["of"], answer["findings"][0]["kind"]) == (TWIN, "not_valid")
    assert "area" in ask("figure", **one, others=[other])["figures"]
    assert ask("pending", **one, others=[other])["pending"][1] == {"zone": TWIN, "change": ""}


@pytest.mark.usefixtures("desk")
def test_differences_of_area_are_listed():
    one, other = moved(113.861)
    listed = {each["zone"]: each["change"] for each in ask("pending", **one, others=[other])["pending"]}
    strip = float(lonlat_area(np.array([box(113.86, 22.70, 113.861, 22.71)]))[0]) / 1e6
    # Drawn to 200 m: the edge that moved, and once it and the two stretches by which the box is longer or shorter.
    edge, stretches = 0.01 * 110.75, 2 * 0.001 * 102.8
    error = 0.2 * np.hypot(edge, edge + stretches)
    assert listed == {PART: f"+{strip:.2f} ± {error:.2f}", TWIN: f"−{strip:.2f} ± {error:.2f}"}
    assert ask("pending", others=[drawn(TWIN)])["pending"] == [{"zone": TWIN, "change": "0"}]
    lost = {"zone": "tiny.node.lost", "base": 1, "parts": []}
    assert ask("pending", others=[lost])["pending"] == [{"zone": "tiny.node.lost", "change": ""}]


def test_empty_fields_of_any_zone_stop_the_save_of_all(desk):
    one, other = moved(113.861)
    other["parts"][0]["record"]["basis"] = ""
    answer = ask("save", **one, others=[other])
    assert (answer["zone"], answer["missing"]) == (TWIN, [["extent", "basis"]])
    assert answer["sentence"] == "未保存；请先填写“石岩北片区”的：依据。"
    assert len(revisions(desk)) == 1


def test_collision_is_told_for_each_zone_and_nothing_is_saved(desk):
    rows = features_at(desk)
    theirs = rows[rows["zone_id"] == TWIN].assign(geometry=[box(113.86, 22.70, 113.868, 22.71)])
    save(desk, [Edit(TWIN, "tiny", theirs)], who="乙", why="别处", base=1)
    one, other = moved(113.861)
    met = ask("save", **one, others=[other])["collision"]
    assert [each["zone"] for each in met["zones"]] == [TWIN]
    assert "乙" in met["zones"][0]["sentence"]
    assert "石岩北片区" in met["zones"][0]["sentence"]
    assert desk_candidate.geometry(met["zones"][0]["theirs"][0]).equals(box(113.86, 22.70, 113.868, 22.71))
    assert len(revisions(desk)) == 2
    # Mine on top of theirs: that zone rests on the newest revision now, the other still on the one it was opened at.
    assert "共 2 个区" in ask("save", **one, others=[other | {"base": met["base"]}])["saved"]


def test_zones_opened_at_different_revisions_meet_only_what_came_after(desk):
    rows = features_at(desk)
    theirs = rows[rows["zone_id"] == TWIN].assign(basis="别处")
    save(desk, [Edit(TWIN, "tiny", theirs)], who="乙", why="别处", base=1)
    one, _ = moved(113.861)
    later = drawn(TWIN, (113.861, 22.70, 113.87, 22.71), base=2)
    assert "共 2 个区" in ask("save", **one, others=[later])["saved"]


@pytest.mark.usefixtures("desk")
def test_zone_that_loses_its_shape_is_confirmed_by_name():
    one, _ = moved(113.861)
    answer = ask("save", **one, others=[{"zone": TWIN, "base": 1, "parts": []}], despite=False)
    assert answer["asks"] == "confirm"
    assert "石岩北片区" in answer["sentence"]


def test_neighbours_follow_but_bands_and_official_boundaries_stay(desk):
    before, after = polygon(*WEST), polygon(*WEST)
    place = after["coordinates"][0].index([113.86, 22.71])
    after["coordinates"][0][place] = [113.861, 22.712]
    answer = ask("follow", zone=PART, before=before, after=after, others=[])
    assert shapely.equals_identical(desk_candidate.geometry(answer["own"]), desk_candidate.geometry(after))
    (twin,) = answer["zones"]
    assert twin["zone"]["id"] == TWIN
    expected = polygon(*EAST)
    expected["coordinates"][0] = [
        [113.861, 22.712] if at == [113.86, 22.71] else at for at in expected["coordinates"][0]
    ]
    assert shapely.equals_identical(desk_candidate.geometry(twin["extent"]), desk_candidate.geometry(expected))
    assert "滨海走廊" in answer["said"]
    rows = features_at(desk)
    official = rows[rows["zone_id"] == TWIN].assign(grade="official", method="supplied")
    save(desk, [Edit(TWIN, "tiny", official)], who="乙", why="批复", base=1)
    answer = ask("follow", zone=PART, before=before, after=after, others=[])
    assert answer["zones"] == []
    assert "石岩北片区" in answer["said"]


@pytest.mark.usefixtures("desk")
def test_a_neighbour_that_waits_follows_from_where_it_will_be():
    one, other = moved(113.861)
    before, after = one["parts"][0]["geometry"], copy.deepcopy(one["parts"][0]["geometry"])
    after["coordinates"][0][after["coordinates"][0].index([113.861, 22.71])] = [113.862, 22.712]
    answer = ask("follow", zone=PART, before=before, after=after, others=[other])
    (twin,) = answer["zones"]
    expected = shapely.Polygon([(113.861, 22.70), (113.87, 22.70), (113.87, 22.71), (113.862, 22.712)])
    assert desk_candidate.geometry(twin["extent"]).equals(expected)


@pytest.mark.usefixtures("desk")
def test_a_step_in_two_places_says_that_nobody_follows():
    after = {"type": "MultiPolygon", "coordinates": [polygon(*WEST)["coordinates"], polygon(*EAST)["coordinates"]]}
    answer = ask("follow", zone=PART, before=polygon(*WEST), after=after, others=[])
    assert (answer["own"], answer["zones"]) == (after, [])
    assert "邻区未随动" in answer["said"]
