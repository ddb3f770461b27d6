"""The bench of revisions: tables and sentences, and the page itself from an empty place to an undone change."""

import datetime

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from tests.desk import LINE, PART, WHOLE, box, edit_of, new_workspace, raw
from ui.desk import desk_history_view as views
from ui.words.i18n import TEXTS
from zones.workspace.published import NOTED, published_root
from zones.workspace.workspace import Edit, compare, features_at, restore, revisions, save, undo
from zones.workspace.workspace_place import workspace_path

NAMES = {WHOLE: "全园", PART: "片区"}
PAGE = """
import streamlit as st
from ui.desk import desk_history
from ui.state import View
desk_history.show(View(lang=st.query_params.get("lang", "zh")))
"""


@pytest.fixture
def desk(quick_folder):
    path = new_workspace(quick_folder)
    save(path, [edit_of(path, shape=box(5), grade="traced", error_m=20.0)], who="李工", why="按路网", base=1)
    save(path, [edit_of(path, PART, basis="新的依据")], who="王芳", why="补充", base=2)
    undo(path, "陈")
    return path


def cells(table):
    return [[cell["text"] for cell in row["cells"]] for row in table["rows"]]


def test_revisions_are_listed_newest_first_with_what_they_did(desk):
    table = views.revision_table(revisions(desk), NAMES, "ha", "zh")
    rows = cells(table)
    assert [row[0] for row in rows] == ["4 · 补充", "3 · 补充", "2 · 按路网", "1 · 随附数据"]
    assert [row[3] for row in rows] == ["撤销第 3 次", "修改", "修改", "建立"]
    assert [row[4] for row in rows] == ["片区", "片区", "全园", "全园、片区、tiny.corridor.line"]
    assert [row[5] for row in rows][::3] == ["0", "—"]
    assert rows[2][5].startswith("+")
    assert " ± " in rows[2][5]
    assert table["columns"][5]["unit"] == "公顷"
    english = cells(views.revision_table(revisions(desk), {}, "km2", "en"))
    assert english[0][3] == "undid no. 3"
    assert english[3][0] == "1 · the data as shipped"


def test_columns_of_sentences_keep_room_for_a_line(desk):
    """Without, figures that do not break leave them three signs to a line."""
    for table, wide in (
        (views.revision_table(revisions(desk), NAMES, "km2", "zh"), "区"),
        (views.change_table(compare(desk, 1, 2), NAMES, "km2", "zh"), "改了什么"),
    ):
        assert [column["title"] for column in table["columns"] if column.get("wide")] == [wide]


def test_many_zones_are_counted():
    ids = tuple(f"z{n}" for n in range(9))
    assert views.zones_named(ids, {"z0": "甲", "z1": "乙"}, "zh") == "甲、乙 等 9 个区"
    assert views.zones_named(("",), {}, "zh") == "没有编号的要素"


def test_times_are_those_of_this_machine():
    at = "2026-11-21T19:05:00.123Z"
    expected = datetime.datetime(2026, 11, 21, 19, 5, tzinfo=datetime.UTC).astimezone()
    assert views.local(at) == expected.strftime("%Y-%m-%d %H:%M")


def test_a_comparison_reads_as_sentences(desk):
    (row,) = cells(views.change_table(compare(desk, 1, 4), NAMES, "km2", "zh"))
    assert row[:2] == ["全园", "图形有改；等级 推定边界 → 描绘边界；误差（m） 200 → 20"]
    assert all(" ± " in text for text in row[2:])
    (row,) = cells(views.change_table(compare(desk, 3, 4), NAMES, "km2", "en"))
    assert row[:2] == ["片区", "basis reworded"]
    assert row[4] == "0"


def test_parts_and_zones_that_come_and_go_are_said(desk):
    now = features_at(desk)
    extent = now[(now["zone_id"] == LINE) & (now["part"] == "extent")]
    save(desk, [Edit(LINE, "tiny", extent), Edit(PART, "tiny", now.iloc[:0])], who="乙", why="删", base=4)
    rows = {row[0]: row[1] for row in cells(views.change_table(compare(desk, 4, 5), NAMES, "km2", "zh"))}
    assert rows == {LINE: "删去轴线", "片区": "图形已删去"}
    back = {row[0]: row[1] for row in cells(views.change_table(compare(desk, 5, 4), NAMES, "km2", "zh"))}
    assert back == {LINE: "新增轴线", "片区": "新画"}


def test_outlines_are_of_what_differs_the_old_ones_above(desk):
    drawn = views.outlines(compare(desk, 1, 4))
    assert [each["look"]["color"] for each in drawn] == [views.AFTER["color"], views.BEFORE["color"]]
    assert shapely.geometry.shape(drawn[0]["shape"]).equals(box(5))
    assert shapely.geometry.shape(drawn[1]["shape"]).equals(box())
    assert views.outlines(compare(desk, 3, 4)) == []


def test_every_action_and_stage_has_its_words():
    for name in ("undo", "redo", "restore"):
        assert f"history_action_{name}" in TEXTS
    for name in ("draft", "checked", "published"):
        assert f"history_{name}" in TEXTS


def page():
    return AppTest.from_string(PAGE, default_timeout=60).run()


def text_of(app):
    return "\n".join(str(each.value) for kind in ("info", "success", "error", "warning", "text", "caption")
                     for each in getattr(app, kind))  # fmt: skip


def test_from_no_workspace_to_a_change_undone():
    app = page()
    assert "还没有工作库" in text_of(app)
    assert app.button(key="history-new").disabled
    app.text_input(key="history-who").set_value("李工").run()
    app.button(key="history-new").click().run()
    assert "工作库已建立。" in text_of(app)
    assert "没有可撤销的修订" in text_of(app)
    assert "日志 1 行逐行核对无误" in text_of(app)
    path = workspace_path()
    edit = features_at(path)
    edit = edit[edit["zone_id"] == "futian.core.hetao"].assign(basis="新依据")
    save(path, [Edit("futian.core.hetao", "futian", edit)], who="王芳", why="补依据", base=1)
    app.run()
    assert "将撤销第 2 次：王芳，补依据" in text_of(app)
    assert "只改了属性，图形相同" in text_of(app)
    app.button(key="history-undo").click().run()
    assert "已存为第 3 次修订，1 个区有变" in text_of(app)
    assert revisions(path).iloc[0]["who"] == "李工"
    app.text_input(key="history-why-act").set_value("看过").run()
    app.button(key="history-mark").click().run()
    assert "第 3 次修订已标为已审核" in text_of(app)
    assert not app.exception


def test_outside_changes_and_a_broken_log_are_told(desk, monkeypatch):
    monkeypatch.setenv("ZONES_WORKSPACE", str(desk))
    raw(desk, f"UPDATE zones_area SET error_m = 9 WHERE zone_id = '{PART}'")
    raw(desk, "DROP TRIGGER log_no_update", "UPDATE log SET entry = entry || ' ' WHERE line = 2")
    app = page()
    assert "在工作台之外（如 QGIS）改动过" in text_of(app)
    assert "日志第 2 行在写入后被改过" in text_of(app)
    app.text_input(key="history-who").set_value("李工").run()
    app.text_input(key="history-why-outside").set_value("采纳 QGIS").run()
    app.button(key="history-adopt").click().run()
    assert "已存为第 5 次修订" in text_of(app)


def test_what_a_folder_published_beside_notes_counts_as_soon_as_it_is_there(desk, monkeypatch):
    monkeypatch.setenv("ZONES_WORKSPACE", str(desk))
    app = page()
    assert "日志 4 行逐行核对无误" in text_of(app)
    noted = published_root(desk) / "9"
    noted.mkdir(parents=True)
    (noted / NOTED).write_text(f"9 2026-01-01T00:00:00Z {'ab' * 32}\n", encoding="utf-8")
    assert "日志 4 行逐行核对无误" not in text_of(app.run())
    (noted / NOTED).unlink()
    assert "日志 4 行逐行核对无误" in text_of(app.run())


def test_what_fails_is_one_sentence(desk, monkeypatch):
    monkeypatch.setenv("ZONES_WORKSPACE", str(desk))
    app = page()
    app.text_input(key="history-who").set_value("李工").run()
    restore(desk, 1, who="别人", why="退回")
    app.button(key="history-undo").click().run()
    assert "下一步已是第 5 次修订，不再是第 2 次" in text_of(app)
    assert not app.exception
