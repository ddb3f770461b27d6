"""Receipts of areas in a workspace: closed forms, what turns each stale and what does not, and what is not found."""

import json
import shutil
from dataclasses import replace

import openpyxl
import pytest

from tests import corridor_cases
from tests.desk import LINE, PART, WHOLE, box, edit_of, new_workspace, raw
from tests.test_cli import answer
from ui import receipt_view
from ui.desk import desk_history_view as views
from ui.desk import revision_slips as slips
from ui.words import words_receipts
from ui.words.i18n import t
from zones.errors import InputError
from zones.measure import GEOD
from zones.proof.receipts import content_id
from zones.proof.revision_receipts import compare_receipts, list_receipts, revision_receipt
from zones.proof.verify import verify
from zones.workspace.workspace import Edit, compare, features_at, restore, revisions, save, undo
from zones.workspace.workspace_place import WORKSPACE_VARIABLE

NAME = "desk.gpkg"
CENTIMETRE = 0.01 / 102_700
"""Degrees of longitude in a centimetre at 22.7° north."""


@pytest.fixture
def desk(quick_folder):
    """Return a workspace: the park widened (2), the core reworded (3), both put back as they were at first (4)."""
    path = new_workspace(quick_folder)
    save(path, [edit_of(path, shape=box(5), grade="traced", error_m=20.0)], who="李工", why="按路网", base=1)
    save(path, [edit_of(path, PART, basis="新的依据")], who="王芳", why="补充", base=2)
    restore(path, 1, who="陈", why="退回")
    return path


def every(path):
    """Return all receipts of the list, and of each comparison of two neighbours and of the first with the third."""
    pairs = ((1, 2), (2, 3), (3, 4), (1, 3))
    found = [
        *list_receipts(path, NAME),
        *(each for pair in pairs for each in compare_receipts(path, *pair, None, NAME)),
    ]
    return list({each.id: each for each in found}.values())


def stale(path, receipts):
    return {each.id for each in verify(corridor_cases.atlas(), receipts, files={NAME: path}).stale}


def touch(path, revision, zone_id, change, part="extent"):
    """Change the text of a past shape in the file, as somebody with another program could."""
    where = f"revision = {revision} AND zone_id = '{zone_id}' AND part = '{part}'"
    ((text,),) = raw(path, f"SELECT feature FROM past_shapes WHERE {where}")
    held = json.loads(text)
    change(held)
    told = json.dumps(held).replace("'", "''")
    raw(
        path, "DROP TRIGGER IF EXISTS past_shapes_no_update", f"UPDATE past_shapes SET feature = '{told}' WHERE {where}"
    )


def a_centimetre(held):
    held["geometry"]["coordinates"][0][1][0] += CENTIMETRE


def resting_on(receipts, zone_id, shown_at):
    """Return the receipts that rest on a zone at one of some revisions."""
    return {
        each.id
        for each in receipts
        if any(source.zone_id == zone_id and source.revision in shown_at for source in each.zones)
    }


def test_areas_and_differences_have_their_closed_forms_and_hold(desk):
    before, after, change = compare_receipts(desk, 1, 2, None, NAME)
    areas = [abs(GEOD.geometry_area_perimeter(each)[0]) for each in (box(), box(5))]
    assert [before.value, after.value] == pytest.approx(areas, rel=1e-6)
    assert change.value == pytest.approx(areas[1] - areas[0], rel=1e-4)
    (told,) = compare(desk, 1, 2)
    assert (before.error_m2, after.error_m2) == (told.error_before_m2, told.error_after_m2)
    assert change.error_m2 == pytest.approx(told.area_error_m2, rel=1e-12)
    assert [(each.revision, each.error_m) for each in change.zones] == [(1, 200.0), (2, 20.0)]
    rows = revisions(desk).set_index("revision")
    listed = {each.workspace.new: each for each in list_receipts(desk, NAME)}
    assert set(listed) == {2, 3, 4}
    for revision, receipt in listed.items():
        assert receipt.value == pytest.approx(rows.at[revision, "area_change_m2"], rel=1e-12, abs=1e-9)
        assert receipt.error_m2 == pytest.approx(rows.at[revision, "area_error_m2"], rel=1e-12, abs=1e-9)
    # Between neighbours the list and the comparison are one number, with one receipt.
    assert listed[2].id == change.id
    assert {source.zone_id for source in listed[4].zones} == {WHOLE, PART}
    receipts = every(desk)
    assert stale(desk, receipts) == set()
    assert [each.id for each in receipts] == [content_id(each) for each in receipts]
    assert revision_receipt(desk, 1) is None


def test_what_is_saved_since_plays_no_part(desk):
    receipts = every(desk)
    save(desk, [edit_of(desk, shape=box(9))], who="甲", why="再扩", base=4)
    undo(desk, "甲")
    assert stale(desk, receipts) == set()
    told = verify(corridor_cases.atlas(), receipts, files={NAME: desk})
    assert told.reason.endswith(f"{NAME} changed, but in nothing that they rest on")


@pytest.mark.parametrize(
    ("revision", "zone_id", "shown_at"),
    # A shape stands from its revision until the next one of its zone.
    [(1, WHOLE, {1}), (2, WHOLE, {2, 3}), (1, PART, {1, 2}), (3, PART, {3}), (4, WHOLE, {4}), (4, PART, {4})],
)
def test_a_centimetre_of_a_shape_touches_exactly_what_rests_on_it(desk, revision, zone_id, shown_at):
    receipts = every(desk)
    touch(desk, revision, zone_id, a_centimetre)
    verdict = verify(corridor_cases.atlas(), receipts, files={NAME: desk})
    assert {each.id for each in verdict.stale} == resting_on(receipts, zone_id, shown_at) != set()
    assert all(f"zone {zone_id}: geometry changed" in each.reasons[0] for each in verdict.stale)


def test_errors_count_where_there_is_a_figure_and_words_do_not(desk):
    receipts = every(desk)
    touch(desk, 2, WHOLE, lambda held: held["properties"].update(basis="改写"))
    assert stale(desk, receipts) == set()
    touch(desk, 2, WHOLE, lambda held: held["properties"].update(error_m=21.0))
    assert stale(desk, receipts) == resting_on(receipts, WHOLE, {2, 3})


def test_the_area_of_a_band_rests_on_its_axis(desk):
    now = features_at(desk)
    band = now[now["zone_id"] == LINE].reset_index(drop=True)
    band.loc[band["part"] == "axis", "error_m"] = 50.0
    save(desk, [Edit(LINE, "tiny", band)], who="甲", why="轴线误差", base=4)
    receipts = compare_receipts(desk, 4, 5, None, NAME)
    assert [each.axis_error_m for each in receipts[-1].zones] == [200.0, 50.0]
    assert receipts[0].zones[0].half_width_m == 100.0
    assert stale(desk, receipts) == set()

    def along(held):
        held["geometry"]["coordinates"][1][0] += CENTIMETRE

    touch(desk, 5, LINE, along, part="axis")
    assert stale(desk, receipts) == resting_on(receipts, LINE, {5})


def test_a_zone_that_came_or_went_counts_as_nothing_on_the_other_side(desk):
    save(desk, [Edit(PART, "tiny", features_at(desk).iloc[:0])], who="乙", why="删", base=4)
    before, change = compare_receipts(desk, 4, 5, None, NAME)
    assert change.value == -before.value
    assert [each.revision for each in change.zones] == [4]
    assert change.error_m2 == pytest.approx(before.error_m2, rel=1e-12)
    back, alone = compare_receipts(desk, 5, 4, None, NAME)[::-1]
    assert (back.value, alone.id) == (-change.value, before.id)
    assert stale(desk, [before, change, back]) == set()


def test_what_is_not_to_be_found_is_said_in_both_languages(desk, tmp_path):
    receipts = every(desk)
    atlas = corridor_cases.atlas()
    newest = max(receipts, key=lambda each: each.workspace.new)
    beyond = replace(newest, workspace=replace(newest.workspace, new=99))
    raw(
        desk,
        "DROP TRIGGER past_shapes_no_delete",
        f"DELETE FROM past_shapes WHERE revision = 2 AND zone_id = '{WHOLE}'",
    )
    gone = verify(atlas, receipts, files={NAME: desk}).stale
    assert {each.id for each in gone} == resting_on(receipts, WHOLE, {2, 3})
    assert {each.what for found in gone for each in found.causes} == {"not_then"}
    cause = next(each for found in gone for each in found.causes if each.values["revision"] == "2")
    chinese = words_receipts.CAUSES["not_then"][0].format(**cause.values)
    assert chinese == f"工作库第 2 次修订中找不到 {WHOLE} 的图形"
    (told,) = verify(atlas, [beyond], files={NAME: desk}).stale
    assert told.reasons[-1] == "the workspace has no revision 99, the newest is 4"
    other = new_workspace(tmp_path / "other")
    verdict = verify(atlas, receipts, files={NAME: other})
    assert len(verdict.stale) == len(receipts)
    assert {each.causes[0].what for each in verdict.stale} == {"other_workspace"}
    with pytest.raises(InputError, match="there is no workspace here"):
        verify(atlas, receipts, files={NAME: tmp_path / NAME})
    with pytest.raises(InputError, match="is not at hand"):
        verify(atlas, receipts)


def test_a_shape_that_came_later_and_altered_receipts_are_named(desk):
    before, _, change = compare_receipts(desk, 1, 2, None, NAME)
    atlas = corridor_cases.atlas()
    one_side = replace(change, zones=change.zones[:1])
    (told,) = verify(atlas, [one_side], files={NAME: desk}).stale
    assert "altered" in told.reasons[0]
    assert told.reasons[1] == f"zone {WHOLE} has a shape at revision 2 of the workspace, which had none"
    for altered in (replace(change, workspace=None), replace(before, zones=()), replace(before, kind="change")):
        (told,) = verify(atlas, [altered], files={NAME: desk}).stale
        assert any("altered" in each for each in told.reasons)
    touch(desk, 2, WHOLE, lambda held: held.update(geometry=None))
    (told,) = verify(atlas, [change], files={NAME: desk}).stale
    assert "a past shape in the workspace is damaged" in told.reasons[0]


def test_commands_write_receipts_that_verify_on_a_workspace_named(zones, tmp_path):
    desk = new_workspace(tmp_path / "desk")
    said = zones("workspace", "log", "--workspace", desk, "--receipts", tmp_path / "none.json")
    assert said[0] == 2
    assert "no revision here changes an area" in said[2]
    save(desk, [edit_of(desk, shape=box(5))], who="李工", why="按路网", base=1)
    of_list, of_two = tmp_path / "list.json", tmp_path / "two.json"
    answer(zones("workspace", "log", "--workspace", desk, "--receipts", of_list, "--format", "json"))
    answer(zones("workspace", "compare", 1, 2, "--workspace", desk, "--receipts", of_two, "--format", "json"))
    for path, count in ((of_list, 1), (of_two, 3)):
        told = answer(zones("verify", path, "--format", "json"))
        assert (told["holds"], len(json.loads(path.read_text("utf-8"))["receipts"])) == (True, count)
    moved = tmp_path / "elsewhere" / "copy.gpkg"
    moved.parent.mkdir()
    shutil.move(desk, moved)
    code, _, err = zones("verify", of_two)
    assert code == 2
    assert "give it too (--file)" in err
    assert answer(zones("verify", of_two, "--file", moved, "--format", "json"))["holds"] is True
    touch(moved, 1, WHOLE, a_centimetre)
    code, out, _ = zones("verify", of_two, "--file", moved, "--format", "json")
    assert code == 1
    assert [each["kind"] for each in json.loads(out)["stale"]] == ["area", "change"]


def marks(told):
    """Return the keys of all marks that the browser draws in a table."""
    return [
        f"{column['receipt']} {row['receipt']}"
        for row in told["rows"]
        for cell, column in zip(row["cells"], told["columns"], strict=True)
        if column.get("receipt") and row["receipt"] and cell.get("sort", 0) is not None
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_mark_of_the_bench_opens_its_receipt(desk, monkeypatch, lang):
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(desk))
    listed = views.revision_table(revisions(desk), {}, "km2", lang)
    compared = views.change_table(compare(desk, 1, 3), {}, "km2", lang, (1, 3))
    assert marks(listed) == ["change 4", "change 3", "change 2"]
    assert len(marks(compared)) == 3 * len(compared["rows"]) == 6
    issued = slips.of_list() | slips.of_comparison(1, 3)
    for key in marks(listed) + marks(compared):
        receipt = slips.receipt_of(key)
        assert receipt == issued[key]
        slip = json.dumps(receipt_view.slip(corridor_cases.atlas(), receipt, lang), ensure_ascii=False)
        for source in receipt.zones:
            assert source.geometry in slip
            assert (f"第 {source.revision} 次修订" if lang == "zh" else f"revision {source.revision}") in slip
        assert receipt.workspace.first in slip
    row = compared["rows"][0]["cells"]
    values = [slips.receipt_of(key).value for key in marks(compared)[:3]]
    assert [cell["sort"] for cell in row[2:]] == pytest.approx(values, rel=1e-12)
    for key in ("change 1", "change 99", "change x", "before 1 9 a", f"before 1 2 {PART}", "sides", ""):
        assert slips.receipt_of(key) is None
    assert marks(views.change_table(compare(desk, 1, 3), {}, "km2", lang)) == []


def test_tables_taken_away_carry_their_receipts(zones, desk, monkeypatch, tmp_path):
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(desk))
    told = views.change_table(compare(desk, 1, 2), {}, "km2", "zh", (1, 2))
    path = tmp_path / "对照.xlsx"
    path.write_bytes(slips.workbook(told, slips.of_comparison(1, 2), "zh"))
    first, second = openpyxl.load_workbook(path).worksheets
    heads = [cell.value for cell in first[1]]
    assert heads[-3:] == [f"凭证：{t(f'history_{each}', 'zh')}" for each in slips.COMPARED]
    ids = [cell.value for cell in second["A"]][1:]
    assert [cell.value for cell in first[2]][-3:] == ids
    # The workspace of that name is in use, so it need not be given.
    assert answer(zones("verify", path, "--format", "json"))["holds"] is True
    assert ids[0] in slips.csv(told, slips.of_comparison(1, 2), "zh").decode("utf-8-sig")
