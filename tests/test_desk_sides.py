"""The bench for boundary texts as Streamlit runs it, in both languages, and what it hands over."""

import re
from types import SimpleNamespace

import pytest

from layers.desk import sides_look
from tests.sides_grid import FOUR, square
from tests.test_app import component, run
from ui.desk import sides_view
from ui.desk.desk_sides import CANDIDATE
from ui.imports import own_layers
from zones.sides.sides import compile_sides
from zones.sides.sides_check import check

SCENE = "pingshan.park.scene"
STAND_IN = "科彩印务旁的无名路"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def bench(lang="zh"):
    app = run("desk", lang=lang)
    if app.session_state["desk-bench"] != "sides":
        app.session_state["desk-bench"] = "sides"
        app.run()
    assert not app.exception
    return app


def texts(app):
    return "\n".join(each.proto.body for each in app.get("html"))


@pytest.mark.parametrize(("lang", "words"), [("zh", "没有围合：东边敞开"), ("en", "Not closed: open to the east")])
def test_the_shipped_text_stands_ready_and_its_east_is_open(lang, words):
    app = bench(lang)
    assert app.text_area[0].value.startswith("北至兰竹东路")
    assert words in texts(app)
    rows = component(app, "web-sides-found")["rows"]
    assert len(rows) == 5
    assert rows[1]["cells"][1]["text"] == "—"
    assert "z-swatches" in texts(app)
    assert CANDIDATE not in app.session_state


def test_a_line_that_stands_in_closes_the_area_and_a_draft_is_handed_over():
    app = bench()
    app.selectbox(key="sides-stand-in-east-zh").select(STAND_IN).run()
    assert "各边已闭合" in texts(app)
    drawn = [each["look"] for each in component(app, "web-grounds-map")["grounds"]]
    # The candidate, four sides of which the west is two lines in one, and what was added at a corner.
    assert [look["color"] for look in drawn].count(sides_look.area_look()["color"]) == 1
    assert len({look.get("dashArray") for look in drawn[1:5]}) == 4
    app.button(key="sides-hand-over").click().run()
    assert app.session_state["desk-bench"] == "draw"
    draft = component(app, "web-desk")["candidate"]
    assert (draft["zone_id"], draft["error_m"], draft["method"]) == (SCENE, 300, "named_roads")
    assert draft["geometry"]["type"] == "Polygon"
    assert "代替金兰路" in draft["basis"]
    assert not CHINESE.search(draft["basis_en"].replace("金兰路", ""))


def test_a_text_of_one_s_own_and_one_without_sides():
    app = bench()
    app.text_area[0].set_value("以城市主干道为界").run()
    assert "没有找到边" in app.info[0].value
    app.text_area[0].set_value("北至外环高速，西至南光高速，南至机荷高速，东至龙大高速").run()
    assert "各边已闭合" in texts(app)


def test_the_way_back_gives_words_to_copy():
    app = bench()
    app.session_state["sides-mode"] = "describe"
    app.run()
    chinese, english = (each.value for each in app.code)
    assert chinese == "北至兰竹东路，东至科彩印务旁的无名路，南至金牛东路，西至绿梓大道"
    assert english.startswith("north to Lanzhu East Road, east to")
    assert [row["cells"][0]["text"] for row in component(app, "web-sides-words")["rows"]] == list("北东南西")


def test_lines_of_one_s_own_are_used(tmp_path):
    file = tmp_path / "own.parquet"
    square().rename(columns={"name_zh": "路名"})[["路名", "geometry"]].to_parquet(file)
    app = bench()
    app.session_state[f"{own_layers.KEY}-folder"] = SimpleNamespace(name=str(tmp_path))
    app.session_state[own_layers.KEY] = (own_layers.OwnLayer("<b>我的路", file, ("路名",), 4),)
    app.run()
    app.selectbox(key="sides-lines-zh").select("<b>我的路").run()
    app.text_area[0].set_value(FOUR).run()
    assert "各边已闭合" in texts(app)
    assert component(app, "web-sides-found")["rows"][0]["cells"][2]["text"] == "<b>我的路"


def test_differences_are_said_and_escaped():
    frame = square()
    frame["name_zh"] = [f"<b>{name}" for name in frame["name_zh"]]
    frame["aliases"] = [(name[3:],) for name in frame["name_zh"]]
    result = compile_sides(FOUR, frame)
    told = sides_view.differences(check(result, result.polygon), None, "zh")
    assert "北边：与&lt;b&gt;甲路平均相距 0 米" in told
    assert "<b>" not in told


def test_figures_keep_no_digit_the_error_cannot_carry():
    result = compile_sides(FOUR, square())
    # 4 km of edge off by 20 m: ±0.08 km².
    assert "1.00 ± 0.08 <small>" in sides_view.figures(result, "km2", "zh")


def test_each_side_has_its_own_dash_and_swatch():
    looks = [sides_look.line_look(each) for each in sides_look.DASHES]
    assert len({look["dashArray"] for look in looks}) == 8
    assert all("style='" in sides_look.swatch(look) for look in [*looks, sides_look.area_look(), sides_look.end_look()])


def test_a_text_of_which_no_line_is_found_draws_nothing():
    frame = square()
    result = compile_sides("北至子路，东至丑路", frame)
    assert sides_view.grounds(result) == []
    assert "敞开" in sides_view.verdict(result, "zh")
    assert [row["cells"][4]["text"][:2] for row in sides_view.side_table(result, "zh")["rows"]] == [
        "缺线", "缺线", "文中", "文中",
    ]  # fmt: skip
