"""`zones workspace adopt` and `publish`: the account of a file, what follows, and figures of other commands."""

import json

import pytest

from tests.metres import CLOSE, KM2, LINE, LOST, PART, WHOLE, square, supplied, write
from zones import atlas as atlas_module
from zones.atlas import DATA_VARIABLE
from zones.workspace import workspace
from zones.workspace.workspace_place import workspace_path

SAID = ("--authority", "市规划局", "--document", "南片区详细规划", "--date", "2026-03-31", "--error-m", "0.5")
PAPERS = ("--name", "第一版", "--why", "批复下达", "--who", "甲", "--checked")


@pytest.fixture
def zones(tmp_path, monkeypatch, run_command):
    """Run `zones ...` with the squares of whole metres as the shipped data."""
    monkeypatch.setattr(atlas_module, "SHIPPED_DATA", write(tmp_path / "data"))
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    return run_command


@pytest.fixture
def file(tmp_path):
    """Write three features: the core, a place not located before, and one that nobody knows."""
    frame = supplied(part=square(0, 0, 1000, 500), lost=square(0, 1000, 500, 1500), whole=square(0, 0, 10, 10))
    frame["名称"] = ["石岩南片区", "某镇", "铁仔山"]
    path = tmp_path / "official.geojson"
    path.write_text(frame.drop(columns="zone_id").to_json(), encoding="utf-8")
    return path


def desk():
    workspace.create(workspace_path(), data=atlas_module.SHIPPED_DATA, who="甲")


def test_a_dry_run_tells_and_changes_nothing(zones, file):
    code, out, err = zones("workspace", "adopt", file, *SAID, "--dry-run", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert "3 features read = 2 matched + 1 listed + 0 without a usable shape" in err
    assert [(row["feature"], row["zone_id"], row["how"]) for row in told["matched"]] == [
        ("1", PART, "name"), ("2", LOST, "name"),
    ]  # fmt: skip
    [left] = told["unmatched"]
    assert (left["feature"], left["why"], left["proposals"][0]["zone_id"]) == ("3", "unknown", WHOLE)
    assert told["zones_without"] == [WHOLE, LINE]
    assert told["revision"] is None
    sizes = {row["zone_id"]: (row["size_before"], row["size_after"]) for row in told["zones"]}
    assert sizes[PART] == pytest.approx((KM2, 0.5 * KM2), rel=CLOSE)
    assert sizes[LOST][0] is None
    assert {(row["a_id"], row["b_id"]): row["what"] for row in told["overlaps"]} == {
        (WHOLE, PART): "changed", (WHOLE, LOST): "new", (PART, LINE): "changed",
    }  # fmt: skip
    assert not workspace_path().exists()


def test_adopted_and_published_all_commands_follow(zones, file, tmp_path):
    desk()
    receipts = tmp_path / "old.json"
    zones("measure", "--receipts", receipts)
    before = {each["id"]: each for each in json.loads(receipts.read_text(encoding="utf-8"))["receipts"]}
    code, out, _ = zones("workspace", "adopt", file, *SAID, "--who", "甲", "--receipts", receipts, "--format", "json")
    told = json.loads(out)
    assert (code, told["revision"]) == (0, 2)
    touched = {own for own, each in before.items() if PART in [zone["zone_id"] for zone in each["zones"]]}
    assert {each["id"] for each in told["stale"][0]["stale"]} == touched
    assert zones("verify", receipts)[0] == 0
    code, out, err = zones("workspace", "publish", *PAPERS, "--receipts", receipts, "--format", "json")
    made = json.loads(out)
    assert (code, made["revision"], made["in_use"]) == (0, 2, True)
    assert made["zones_changed"] == [PART, LOST]
    assert "in use now" in err
    areas = {row["id"]: row["area_m2"]["ellipsoid"] for row in json.loads(zones("measure", "--format", "json")[1])}
    assert areas[PART] == pytest.approx(0.5 * KM2, rel=CLOSE)
    assert areas[LOST] == pytest.approx(0.25 * KM2, rel=CLOSE)
    shown = json.loads(zones("show", PART, "--format", "json")[1])
    assert (shown["grade"], shown["error_m"]) == ("official", 0.5)
    code, out, _ = zones("verify", receipts, "--format", "json")
    assert code == 1
    assert {each["id"] for each in json.loads(out)["stale"]} == touched
    # The park holds a quarter of a square kilometre more that counts twice.
    pairs = json.loads(zones("overlap", "--a", "all", "--format", "json")[1])["pairs"]
    shares = {(row["a_id"], row["b_id"]): row["overlap_m2"] for row in pairs}
    assert shares[WHOLE, LOST] == pytest.approx(0.25 * KM2, rel=CLOSE)


def test_a_person_may_say_who_is_who(zones, file):
    code, out, _ = zones(
        "workspace", "adopt", file, *SAID, "--zone", f"3={WHOLE}", "--zone", "1=", "--dry-run", "--format", "json"
    )
    told = json.loads(out)
    assert code == 0
    assert {row["feature"]: row["how"] for row in told["matched"]} == {"2": "name", "3": "chosen"}
    assert [(row["feature"], row["why"]) for row in told["unmatched"]] == [("1", "ignored")]


def test_tables_for_people(zones, file):
    code, out, _ = zones("workspace", "adopt", file, *SAID, "--dry-run")
    assert code == 0
    for title in ("matched", "features without a zone", "zones without a feature", "zones", "overlaps"):
        assert f"\n{title}\n" in out
    desk()
    assert zones("workspace", "adopt", file, *SAID, "--who", "甲")[0] == 0
    code, out, err = zones("workspace", "publish", *PAPERS)
    assert (code, "revision 2 published" in err) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no workspace here"),
        (("--dry-run", "--zone", "3"), "write FEATURE=ZONE_ID"),
        (("--dry-run", "--zone", "9=x"), "has no feature 9"),
        (("--dry-run", "--field", "name"), "no field 'name'; it has 名称"),
        (("--dry-run", "--date", "31.3.2026"), "write it as 2026-03-31"),
        (("--dry-run", "--authority", " "), "needs its authority"),
    ],
)
def test_what_cannot_be_is_one_sentence(zones, file, arguments, message):
    code, out, err = zones("workspace", "adopt", file, *SAID, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_layer_that_names_no_zone_is_refused(zones, tmp_path):
    path = tmp_path / "a.geojson"
    path.write_text(supplied(part=square(0, 0, 10, 10)).drop(columns="zone_id").to_json(), encoding="utf-8")
    code, _, err = zones("workspace", "adopt", path, *SAID, "--dry-run")
    assert (code, "none of its 1 features names a zone" in err) == (2, True)


def test_a_draft_is_not_published_unawares(zones):
    desk()
    code, _, err = zones("workspace", "publish", *PAPERS[:-1])
    assert (code, "revision 1 is a draft" in err) == (2, True)
