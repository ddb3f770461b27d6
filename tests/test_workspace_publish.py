"""Publishing: pages, commands and receipts follow a revision, wholly or not at all."""

import json
from pathlib import Path

import pytest
import shapely

from tests.metres import CLOSE, KM2, LINE, LOST, PART, WHOLE, square, supplied, write
from zones import atlas as atlas_module
from zones import read_atlas
from zones.atlas import DATA_VARIABLE, data_folder, data_version, read_reasons
from zones.errors import InputError
from zones.measure import measure
from zones.official.adopting import adopt
from zones.official.match_zones import match
from zones.official.official import given, proposed
from zones.workspace import workspace
from zones.workspace.published import POINTER, published_revision, published_root
from zones.workspace.workspace_check import newest_line
from zones.workspace.workspace_place import workspace_path
from zones.workspace.workspace_publish import atlas_at, newest, publish

SAID = given("市规划局", "南片区详细规划", "2026-03-31", 0.5)
PAPERS = {"who": "甲", "why": "批复下达", "name": "2026年第一次", "checked": True}


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Let the squares of whole metres be the shipped data; return their folder."""
    folder = write(tmp_path / "data")
    monkeypatch.setattr(atlas_module, "SHIPPED_DATA", folder)
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    return folder


@pytest.fixture
def desk(shipped):
    path = workspace_path()
    workspace.create(path, data=shipped, who="甲")
    return path


def replaced(path, **shapes):
    atlas = atlas_at(path)
    features = supplied(**shapes)
    new = proposed(atlas, features, match(features, atlas.zones), SAID)
    return adopt(path, new, SAID, who="甲", base=newest(path)).revision


def area(zone_id):
    return measure(read_atlas(base=False).zones).at[zone_id, "ellipsoid_m2"]


def test_one_revision_replaces_all_and_keeps_the_axis(desk):
    revision = replaced(desk, part=square(0, 0, 1000, 500), line=square(-1000, 300, 3000, 700))
    assert revision == 2
    held = workspace.features_at(desk)
    assert held.groupby("zone_id")["part"].apply(list)[LINE] == ["extent", "axis"]
    assert held.set_index(["zone_id", "part"])["grade"].to_dict() == {
        (WHOLE, "extent"): "inferred",
        (PART, "extent"): "official",
        (LINE, "extent"): "official",
        (LINE, "axis"): "traced",
    }
    log = workspace.revisions(desk)
    assert set(log["zone_ids"].iloc[0]) == {PART, LINE}
    assert log["why"].iloc[0] == "采用正式边界：市规划局，南片区详细规划（2026-03-31），±0.5 m"
    # Nothing is published yet: figures are those of before.
    assert area(PART) == pytest.approx(KM2, rel=CLOSE)


def test_every_digit_that_was_supplied_comes_out(desk):
    shape = shapely.box(113.85400001, 22.70000003, 113.86300007, 22.70900009)
    replaced(desk, part=shape)
    publish(desk, **PAPERS)
    assert shapely.equals(read_atlas().zones.at[PART, "geometry"], shape)
    coordinates = set(shapely.get_coordinates(read_atlas().zones.at[PART, "geometry"]).ravel())
    assert coordinates == set(shapely.get_coordinates(shape).ravel())


def test_figures_follow_and_shipped_data_come_back(desk, shipped, monkeypatch):
    before = data_version(shipped)
    replaced(desk, part=square(0, 0, 1000, 500))
    told = publish(desk, **PAPERS)
    assert told.folder == published_root(desk) / "2"
    assert data_folder() == told.folder
    assert (told.revision, told.zone_ids, told.in_use) == (2, (PART,), True)
    assert published_revision(desk) == 2
    assert told.version == read_atlas().version != before
    assert area(PART) == pytest.approx(0.5 * KM2, rel=CLOSE)
    assert area(WHOLE) == pytest.approx(4 * KM2, rel=CLOSE)
    row = workspace.revisions(desk).iloc[0]
    assert (row["stage"], row["name"]) == ("published", "2026年第一次")
    monkeypatch.setenv(DATA_VARIABLE, str(shipped))
    assert data_folder() == shipped
    monkeypatch.delenv(DATA_VARIABLE)
    desk.unlink()
    assert data_folder() == shipped


def test_an_older_revision_can_be_published_again(desk):
    replaced(desk, part=square(0, 0, 1000, 500))
    publish(desk, **PAPERS)
    told = publish(desk, 1, **PAPERS)
    assert told.folder.name == "1"
    assert area(PART) == pytest.approx(KM2, rel=CLOSE)
    # Untouched data keep their version, so every receipt holds again.
    assert told.version == data_version(atlas_module.SHIPPED_DATA)
    assert publish(desk, 2, **PAPERS).folder.name == "2"


def test_each_published_folder_notes_the_log_and_a_log_made_anew_is_found(desk, shipped):
    replaced(desk, part=square(0, 0, 1000, 500))
    told = publish(desk, **PAPERS)
    publish(desk, **PAPERS)
    noted = [text.split() for text in (told.folder / "log.txt").read_text(encoding="utf-8").splitlines()]
    # Made, replaced, checked, published; then published once more.
    assert [line for line, _, _ in noted] == ["4", "5"]
    assert noted[-1][2] == newest_line(desk)[2]
    assert workspace.check_log(desk) == ()
    assert data_version(told.folder) == told.version
    desk.unlink()
    workspace.create(desk, data=shipped, who="乙")
    found = workspace.check_log(desk)
    assert len(found) == 2
    assert all(
        f"published folder 2: no line of the log has the hash {each[2][:16]}" in "".join(found) for each in noted
    )


def test_reasons_go_and_come_back_with_the_shape(desk):
    def reasons():
        return dict(read_reasons(data_folder() / "geo" / "unlocated.csv")["unlocated_zh"])

    replaced(desk, lost=square(0, 1000, 500, 1500))
    publish(desk, **PAPERS)
    assert reasons() == {}
    assert read_atlas().issues.empty
    for zone_id, layer in ((LOST, "tiny"), (PART, "tiny")):
        edit = workspace.Edit(zone_id, layer, workspace.features_at(desk).iloc[:0])
        workspace.save(desk, [edit], who="乙", why="位置有误", base=newest(desk))
    publish(desk, **PAPERS)
    # What the plan said comes back; a shape that was taken away says by whom and why.
    assert reasons() == {LOST: "未给出位置", PART: "图形已在第4次修订中移除：位置有误"}
    assert read_atlas().issues.empty


def test_a_failed_publication_leaves_the_former_one(desk, monkeypatch):
    replaced(desk, part=square(0, 0, 1000, 500))
    held = publish(desk, **PAPERS).folder
    replaced(desk, part=square(0, 0, 1000, 250))

    def broken(*_arguments):
        raise OSError(28, "No space left on device")

    for place in ("flush", "make_current"):
        with monkeypatch.context() as patch:
            patch.setattr(f"zones.workspace.workspace_publish.{place}", broken)
            with pytest.raises((InputError, OSError), match="No space left on device"):
                publish(desk, **PAPERS)
        assert data_folder() == held
        assert area(PART) == pytest.approx(0.5 * KM2, rel=CLOSE)
        assert not list(published_root(desk).glob(".making-*"))
    assert publish(desk, **PAPERS).folder.name == "3"


def test_data_that_do_not_pass_the_checks_are_not_published(desk, monkeypatch):
    replaced(desk, part=square(0, 0, 1000, 500))
    good = workspace.export

    def spoilt(path, folder, revision=None):
        written = good(path, folder, revision)
        file = folder / "tiny.geojson"
        text = json.loads(file.read_text(encoding="utf-8"))
        text["features"][1]["geometry"] = shapely.geometry.mapping(square(0, 0, 1000, 501))
        file.write_text(json.dumps(text), encoding="utf-8")
        return written

    monkeypatch.setattr(workspace, "export", spoilt)
    with pytest.raises(InputError, match=rf"zone '{PART}' .* another shape"):
        publish(desk, **PAPERS)
    assert data_folder() == atlas_module.SHIPPED_DATA
    assert [each.name for each in published_root(desk).iterdir()] == []


def test_a_missing_publication_is_said_not_passed_over(desk):
    replaced(desk, part=square(0, 0, 1000, 500))
    folder = publish(desk, **PAPERS).folder
    folder.rename(folder.with_name("away"))
    with pytest.raises(InputError, match="published data are missing"):
        read_atlas()
    (published_root(desk) / POINTER).write_text("../../../etc\n", encoding="utf-8")
    with pytest.raises(InputError, match="published data are missing"):
        data_folder()


def test_new_plans_under_an_old_revision_get_a_folder_of_their_own(desk, shipped):
    replaced(desk, part=square(0, 0, 1000, 500))
    first = publish(desk, **PAPERS)
    plan = Path(shipped / "plans" / "tiny.yaml")
    plan.write_text(plan.read_text(encoding="utf-8") + "# 注\n", encoding="utf-8")
    second = publish(desk, **PAPERS)
    assert second.folder.name == f"2-{second.version}"
    assert first.folder.is_dir()
    assert data_folder() == second.folder


def test_a_draft_is_published_only_by_who_says_that_it_is_checked(desk):
    replaced(desk, part=square(0, 0, 1000, 500))
    with pytest.raises(InputError, match="revision 2 is a draft"):
        publish(desk, **PAPERS | {"checked": False})
    assert not published_root(desk).exists()
    workspace.set_stage(desk, 2, "checked", who="乙", why="已核对")
    assert publish(desk, **PAPERS | {"checked": False}).revision == 2
    with pytest.raises(InputError, match=r"revision 7 is not in .*; the newest is 2"):
        publish(desk, 7, **PAPERS)


@pytest.mark.parametrize("missing", ["who", "why", "name"])
def test_publishing_needs_its_papers(desk, missing):
    with pytest.raises(InputError, match=f"needs its {missing}"):
        publish(desk, **PAPERS | {missing: " "})


def test_old_receipts_turn_stale_exactly_where_the_shape_entered(desk):
    from zones.proof.receipts import area_receipts, overlap_receipts, totals_receipts
    from zones.proof.verify import verify

    old = read_atlas()
    receipts = (
        *area_receipts(old, old.zones), *overlap_receipts(old, old.zones),
        *totals_receipts(old, old.zones.loc[[WHOLE, LINE]]),
    )  # fmt: skip
    replaced(desk, part=square(0, 0, 1000, 500))
    publish(desk, **PAPERS)
    verdict = verify(read_atlas(), receipts)
    touched = {each.id for each in receipts if PART in [source.zone_id for source in each.zones]}
    assert {each.id for each in verdict.stale} == touched
    assert 0 < len(touched) < len(receipts)
