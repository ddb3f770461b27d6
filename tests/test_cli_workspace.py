"""The commands `zones workspace ...`: JSON on standard output, sentences on standard error, exit statuses."""

import json

import pytest

from tests.desk import PART, WHOLE, raw
from tests.tiny import feature, polygon
from zones.workspace.workspace_place import workspace_path


@pytest.fixture
def desk(zones):
    def run(*arguments):
        return zones("workspace", *arguments)

    assert run("new", "--who", "甲", "--format", "json")[0] == 0
    return run


@pytest.fixture
def drawn(tmp_path):
    """Write the whole park, widened, as a file; return its path."""
    path = tmp_path / "drawn.geojson"
    told = feature(WHOLE, polygon(113.85, 22.70, 113.88, 22.72), error_m=50.0)
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [told]}), encoding="utf-8")
    return path


def test_new_makes_revision_one_of_the_data_in_use(zones, tmp_path):
    status, out, err = zones("workspace", "new", "--format", "json")
    assert (status, json.loads(out)) == (0, {"path": str(workspace_path()), "revision": 1, "zones": 3})
    assert "made, with 3 zones as revision 1" in err
    status, out, err = zones("workspace", "new")
    assert (status, out) == (2, "")
    assert err.endswith("a file is here already; choose another name, or go on with that one\n")
    other = tmp_path / "other.gpkg"
    assert zones("workspace", "new", "--workspace", other)[0] == 0
    assert other.is_file()


def test_save_undo_redo_compare_and_log(desk, drawn):
    status, out, err = desk("save", drawn, "--why", "扩大", "--who", "乙", "--base", 1, "--format", "json")
    saved = json.loads(out)
    assert (status, saved["revision"], err) == (0, 2, "revision 2 saved: 1 zone changed\n")
    assert saved["changes"][0]["zone_id"] == WHOLE
    assert saved["changes"][0]["geometry_after"]["coordinates"][0][1] == [113.88, 22.7]
    assert desk("undo", "--who", "丙", "--format", "json")[0] == 0
    assert desk("redo", "--who", "丙")[0] == 0
    status, out, _ = desk("compare", 1, 4, "--format", "json")
    (change,) = json.loads(out)
    assert (change["zone_id"], change["kind"]) == (WHOLE, "changed")
    assert change["fields"] == [{"name": "error_m", "before": 200.0, "after": 50, "part": "extent"}]
    assert change["area_change_m2"] == change["area_after_m2"] - change["area_before_m2"]
    status, out, err = desk("log", "--format", "json")
    rows = json.loads(out)
    assert [(row["revision"], row["who"], row["action"], row["of_revision"]) for row in rows] == [
        (4, "丙", "redo", 2), (3, "丙", "undo", 2), (2, "乙", "save", None), (1, "甲", "create", None),
    ]  # fmt: skip
    assert rows[0]["zone_ids"] == [WHOLE]
    assert rows[3]["area_change_m2"] is None
    assert err == ""
    assert "km²" in desk("log")[1]
    assert WHOLE in desk("compare", 1, 2)[1]


def test_parts_that_a_file_does_not_hold_stay(desk, tmp_path):
    told = feature("tiny.corridor.line", polygon(113.84, 22.704, 113.88, 22.708), half_width_m=200.0)
    path = tmp_path / "line.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [told]}), encoding="utf-8")
    (change,) = json.loads(desk("save", path, "--why", "加宽", "--base", 1, "--format", "json")[1])["changes"]
    assert change["axis_after"] == change["axis_before"] is not None
    assert [field["name"] for field in change["fields"]] == ["half_width_m"]


def test_a_collision_gives_both_shapes(desk, drawn):
    assert desk("save", drawn, "--why", "扩大", "--who", "乙", "--base", 1)[0] == 0
    status, out, err = desk("save", drawn, "--why", "也扩大", "--who", "丙", "--base", 1, "--format", "json")
    met = json.loads(out)["collision"]
    assert status == 2
    assert err.startswith(f"zone {WHOLE}: changed by 乙 at ")
    assert (met["zone_ids"], met["who"]) == ([WHOLE], "乙")
    assert met["theirs"]["features"][0]["properties"]["zone_id"] == WHOLE
    assert met["ours"]["features"][0]["geometry"]["type"] == "Polygon"


def test_restore_stage_and_export(desk, drawn, tmp_path):
    desk("save", drawn, "--why", "扩大", "--base", 1)
    assert desk("restore", 1, "--why", "退回", "--zone", WHOLE)[0] == 0
    status, out, err = desk("stage", 3, "checked", "--why", "已核", "--name", "第一版")
    assert (status, out, err) == (0, "", "revision 3 is checked now\n")
    assert desk("stage", 3, "final", "--why", "x")[0] == 2
    status, _, err = desk("stage", 3, "published", "--why", "发布")
    assert (status, "zones workspace publish" in err) == (2, True)
    assert json.loads(desk("log", "--format", "json")[1])[0]["stage"] == "checked"
    status, out, err = desk("export", tmp_path / "geo", "--format", "json")
    assert status == 0
    assert str(tmp_path / "geo" / "tiny.geojson") in json.loads(out)
    assert (tmp_path / "geo" / "tiny.geojson").read_bytes() == (tmp_path / "data/geo/tiny.geojson").read_bytes()
    assert desk("export", tmp_path / "geo", "--revision", 9)[0] == 2


def test_check_tells_a_changed_past_by_its_exit_status(desk):
    status, out, _ = desk("check", "--format", "json")
    told = json.loads(out)
    assert (status, told["holds"], told["findings"], told["lines"]) == (0, True, [], 1)
    assert desk("check", "--newest", told["newest"])[0] == 0
    assert desk("check", "--newest", "0" * 64)[0] == 1
    raw(workspace_path(), "DROP TRIGGER log_no_update", "UPDATE log SET entry = entry || ' '")
    status, out, _ = desk("check")
    assert status == 1
    assert out.startswith("log line 1: was changed after it was written\n")


def test_changes_made_in_qgis_are_adopted_or_discarded(desk):
    for act, lines in (("discard", 2), ("adopt", 3)):
        raw(workspace_path(), f"UPDATE zones_area SET error_m = 9 WHERE zone_id = '{PART}'")
        assert f"changed outside the desk: {PART}" in desk("check")[2]
        assert desk(act, "--why", "看过", "--format", "json")[0] == 0
        told = json.loads(desk("check", "--format", "json")[1])
        assert (told["lines"], told["changed_outside"]) == (lines, [])


@pytest.mark.parametrize("command", [("log",), ("undo",), ("check",), ("compare", 1, 2)])
def test_without_a_workspace_one_sentence(zones, command):
    status, out, err = zones("workspace", *command)
    assert (status, out) == (2, "")
    assert err == f"{workspace_path()}: there is no workspace here; make one with 'zones workspace new'\n"
