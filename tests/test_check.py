"""Checks: each planted fault is found, and a sound atlas is not accused."""

from shapely import box

from tests.shapes import BAOAN, BOW_TIE, frame
from tests.tiny import FEATURES, PLAN, changed, polygon, write_atlas
from zones import read_atlas
from zones.atlas import SHIPPED_DATA
from zones.check import check_atlas, check_file
from zones.issues import is_clean
from zones.statements.rules import read_rules

RULES = read_rules(SHIPPED_DATA / "rules.yaml")


def kinds(tmp_path, **pieces):
    issues = check_atlas(read_atlas(write_atlas(tmp_path / "data", **pieces)), RULES)
    return {(row.feature, row.kind, row.severity) for row in issues.itertuples()}


def moved(place, *bounds):
    """The tiny features, with the one at `place` drawn elsewhere."""
    return changed(FEATURES, (place, "geometry"), polygon(*bounds))


def test_a_sound_atlas_has_only_the_note_on_its_stated_area(tmp_path):
    # The park is 2.05 x 2.21 km: 4.55 km² against 4 stated, within ±200 m x 8.5 km of edge.
    assert kinds(tmp_path) == {("tiny.park.whole", "area_differs", "note")}


def test_stated_area_beyond_the_error_is_a_warning(tmp_path):
    plan = changed(PLAN, ("zones", 0, "declared_area", "value"), 9)
    assert ("tiny.park.whole", "area_differs", "warning") in kinds(tmp_path, plan=plan)


def test_a_part_outside_its_whole(tmp_path):
    found = kinds(tmp_path, features=moved(1, 113.872, 22.70, 113.88, 22.71))
    assert ("tiny.core.part", "in-whole", "warning") in found


def test_a_part_within_the_error_of_its_whole_is_left_in_peace(tmp_path):
    found = kinds(tmp_path, features=moved(1, 113.8485, 22.70, 113.86, 22.71))  # 154 m over, error 200 m
    assert not any(kind == "in-whole" for _, kind, _ in found)


def test_a_zone_outside_its_district(tmp_path):
    found = kinds(tmp_path, features=moved(1, 113.895, 22.70, 113.91, 22.71))
    assert ("tiny.core.part", "in-district", "warning") in found


def test_a_corridor_that_misses_its_stop(tmp_path):
    found = kinds(tmp_path, features=moved(2, 113.84, 22.78, 113.88, 22.782))
    assert ("tiny.corridor.line", "passes", "warning") in found


def test_an_accepted_finding_becomes_a_note_with_its_reason(tmp_path):
    root = write_atlas(
        tmp_path / "data",
        features=moved(2, 113.84, 22.78, 113.88, 22.782),
        accepted="tiny.corridor.line,passes,远,far\n",
    )
    issues = check_atlas(read_atlas(root), RULES).set_index("kind")
    assert issues.loc["passes", "severity"] == "note"
    assert issues.loc["passes", "message"].endswith("(accepted: far)")


def test_an_unknown_parent(tmp_path):
    plan = changed(PLAN, ("zones", 1, "parent_ids"), ["tiny.park.gone"])
    assert ("tiny.core.part", "unknown_zone", "error") in kinds(tmp_path, plan=plan)


def test_a_file_gives_back_as_many_features_as_it_holds():
    far = box(2.3, 48.8, 2.4, 48.9)
    speck = box(113.85, 22.75, 113.85005, 22.75005)
    shapes = frame([BAOAN, BOW_TIE, None, far, speck]).reset_index()
    repaired, issues = check_file(shapes, "x.geojson")
    assert len(repaired) == 5
    assert set(issues[["feature", "kind"]].itertuples(index=False, name=None)) == {
        ("b", "repaired"), ("b", "outside_study_area"), ("c", "no_shape"), ("d", "outside_study_area"), ("e", "tiny"),
    }  # fmt: skip
    assert not is_clean(issues)


def test_repeated_ids_are_named_once():
    _, issues = check_file(frame([BAOAN, BAOAN, BAOAN], ["a", "a", "b"]).reset_index(), "x")
    assert list(issues["kind"]) == ["repeated_id"]
