"""The map of shapes before and after, taken away: what is drawn, by which grade, and which areas it tells."""

import pytest

from tests.desk import PART, WHOLE, box, edit_of, new_workspace
from tests.metres import PART as CORE
from tests.metres import WHOLE as PARK
from tests.metres import square, supplied, write
from ui.desk import before_after
from ui.desk.before_after import AFTER, BEFORE
from zones import read_atlas
from zones.official.adopting import preview
from zones.official.official import given
from zones.proof.passport import record_in
from zones.workspace.workspace import compare, save

NAMES = {WHOLE: "全园", PART: "片区"}


@pytest.fixture
def desk(quick_folder):
    path = new_workspace(quick_folder)
    edits = [edit_of(path, shape=box(5), grade="traced", error_m=20.0), edit_of(path, PART, basis="新的依据")]
    save(path, edits, who="李工", why="按路网", base=1)
    return path


def test_two_revisions_show_what_moved_by_the_grade_it_had(desk):
    picture = before_after.of_revisions(desk, compare(desk, 1, 2), (1, 2), NAMES, "ha", "zh")
    # The second zone has other words alone: it keeps its shape and is not drawn.
    assert [(each.state, each.grade) for each in picture.outlines] == [(BEFORE, "inferred"), (AFTER, "traced")]
    assert picture.outlines[AFTER].shape.equals(box(5))
    assert picture.facts == {"revisions": [1, 2]}
    assert [line.split("：")[0] for line in picture.areas] == ["全园", "片区"]
    assert " → " in picture.areas[0]
    assert picture.areas[0].endswith("公顷")
    [overlay] = before_after.added(picture, "zh").overlays
    assert [look.label for look in overlay.looks] == ["原图形", "现图形"]
    assert list(overlay.shapes["look"]) == [BEFORE, AFTER]


def test_the_file_says_what_was_compared(desk, tmp_path):
    atlas = read_atlas(write(tmp_path / "data"))
    for lang, title in (("zh", "修订对照：第 1 次 → 第 2 次"), ("en", "Revisions 1 → 2")):
        picture = before_after.of_revisions(desk, compare(desk, 1, 2), (1, 2), NAMES, "km2", lang)
        made = before_after.sheet(atlas, picture, "svg", lang)
        assert title in made.decode()
        [held] = record_in(made, ".svg", "the file")["overlays"]
        assert (held["name"], held["revisions"]) == (title, [1, 2])


def test_official_boundaries_stand_over_what_they_replace(tmp_path):
    atlas = read_atlas(write(tmp_path / "data"))
    layer = supplied(part=square(0, 0, 500, 1000), whole=square(0, 0, 2000, 1000))
    told = preview(atlas, layer, given("市规划局", "批复", "2026-03-31", "0.5"), (), layer="红线")
    picture = before_after.of_preview(told, "红线", None, "km2", "zh")
    assert sorted((each.state, each.grade) for each in picture.outlines) == [
        (BEFORE, "inferred"), (BEFORE, "inferred"), (AFTER, "official"), (AFTER, "official"),
    ]  # fmt: skip
    # A core of 1 km² becomes half a square kilometre, the park of 4 km² becomes two.
    after = {line.split("：")[0]: line.split(" → ")[1] for line in picture.areas}
    assert sorted(float(text.split(" ± ")[0]) for text in after.values()) == pytest.approx([0.5, 2.0], rel=1e-3)
    one = before_after.of_preview(told, "红线", CORE, "km2", "zh")
    assert len(one.outlines) == 2
    assert len(one.areas) == 1
    assert {CORE, PARK} == set(told.zone_ids)


def test_many_zones_are_counted_under_the_legend():
    picture = before_after.Picture("对照", (), ("原图形", "现图形"), tuple(f"区{at}" for at in range(11)))
    notes = before_after.added(picture, "zh").overlays[0].notes
    assert notes[7:9] == ("区7", "另有 3 个区。")
