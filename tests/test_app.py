"""The app as Streamlit runs it, without a browser: every page, both languages, one act each."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from layers.tables.indicator_tables import template_workbook
from ui.plans.conflict_view import key_of
from ui.plans.current_values import SENT, Sent
from zones import read_atlas
from zones.statements.conflicts import conflicts

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "map",
    "area",
    "overlap",
    "corridor",
    "tabulate",
    "raster",
    "indicators",
    "conflicts",
    "sheet",
    "import",
    "desk",
    "verify",
)
FIRMS = "pingshan.indicator.hightech-firms-2025"


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


def run(page="map", **parameters):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    if page != "map":
        app.switch_page(f"ui/pages/{page}_page.py").run()
    return app


def said(app):
    """Return the sentence of the error shown, without the marks that keep Markdown off it."""
    return app.error[0].value.replace("\\", "")


def component(app, key):
    """Return the data a browser module was given."""
    for element in app.main:
        found = _search(element, key)
        if found is not None:
            return found
    raise AssertionError(f"no module {key} on the page")


def _search(element, key):
    proto = getattr(element, "proto", None)
    if element.type == "bidi_component" and key in proto.id:
        return json.loads(proto.json)
    for child in getattr(element, "children", {}).values():
        found = _search(child, key)
        if found is not None:
            return found
    return None


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs(page, lang):
    app = run(page, lang=lang)
    assert not app.exception
    assert not app.error


def test_map_is_told_the_located_zones(atlas):
    told = component(run(), "web-map")
    located = atlas.zones.index[atlas.zones.geometry.notna() | atlas.zones["axis"].notna()]
    assert told["visible"] == list(located)
    assert told["selected"] is None


def test_language_button_switches_and_stays_in_the_address():
    app = run()
    app.button(key="language").click().run()
    assert app.query_params["lang"] == "en"
    assert component(app, "web-rail")["strings"]["layers"] == "Layers"


def test_deep_link_opens_the_card(atlas):
    zone_id = "baoan.core.tiezaishan"
    app = run(zone=zone_id)
    card = component(app, "web-card")
    assert card["name"] == atlas.zones.at[zone_id, "name_zh"]
    assert " ± " in card["areas"]["km2"]
    assert component(app, "web-map")["focus"] == 1


def test_unknown_zone_in_the_address_is_passed_over():
    app = run(zone="nobody.core.knows")
    assert not app.exception
    assert component(app, "web-map")["selected"] is None


def test_address_hides_plans(atlas):
    told = component(run(plans="pingshan"), "web-map")
    assert told["visible"]
    assert set(atlas.zones.loc[told["visible"], "plan_id"]) == {"pingshan"}


def test_nothing_shown_says_what_to_do():
    app = run(plans="none")
    assert app.info[0].value.startswith("没有显示任何区")


def test_area_unit_switch_changes_the_table(atlas):
    app = run("area")
    told = component(app, "web-table")
    assert len(told["rows"]) == len(atlas.zones)
    app.segmented_control(key="unit").set_value("ha").run()
    assert component(app, "web-table")["columns"][4]["unit"].startswith("公顷")
    assert app.query_params["unit"] == "ha"


def test_area_kind_filter():
    app = run("area")
    app.selectbox(key="kind-zh").set_value("corridor").run()
    rows = component(app, "web-table")["rows"]
    assert rows
    assert {row["cells"][1]["text"] for row in rows} == {"走廊"}


def test_overlap_sums_add_up_as_shown():
    app = run("overlap")
    app.selectbox(key="set_a-zh").set_value("plan:pingshan").run()
    assert not app.exception
    pairs = component(app, "web-table")["rows"]
    areas = [row["cells"][2]["sort"] for row in pairs]
    assert areas == sorted(areas, reverse=True)
    assert all(row["cells"][0]["pick"].startswith("pingshan.") for row in pairs)


def test_choosing_a_contradiction_shows_its_zones_apart(atlas):
    app = run("conflicts")
    found = conflicts(atlas.plans)
    wanted = next(each for each in found if each.kind == "areas_do_not_add_up")
    app.session_state["conflict"] = key_of(wanted)
    app.run()
    told = component(app, "web-clashes")
    assert [item["key"] for group in told["groups"] for item in group["items"] if item["chosen"]] == [key_of(wanted)]
    sides = component(app, "web-sides-map")["sides"]
    assert [side["zones"] for side in sides] == [list(wanted.zones[:1]), list(wanted.zones[1:])]
    assert len({side["colour"] for side in sides}) == 2


def test_contradictions_of_one_plan(atlas):
    app = run("conflicts")
    app.selectbox(key="plan-zh").set_value("longhua").run()
    shown = [item["key"] for group in component(app, "web-clashes")["groups"] for item in group["items"]]
    held = [key_of(each) for each in conflicts(atlas.plans) if "longhua" in {side.plan_id for side in each.evidence}]
    assert sorted(shown) == sorted(held)


def test_each_rule_accounts_for_every_zone_it_was_tried_on():
    app = run("conflicts")
    app.segmented_control(key="part-contradictions").set_value("rules").run()
    for row in component(app, "web-rules")["rows"]:
        tried, holds, fails, accepted = (cell["sort"] for cell in row["cells"][2:6])
        assert tried == holds + fails
        assert accepted <= fails


def test_crosswalk_lists_places_of_two_plans():
    app = run("conflicts")
    app.segmented_control(key="part-contradictions").set_value("crosswalk").run()
    rows = [[cell["text"] for cell in row["cells"]] for row in component(app, "web-table")["rows"]]
    assert rows
    assert all(row[1] != row[4] for row in rows)
    held = {(frozenset({row[0], row[3]}), row[2]) for row in rows}
    assert (frozenset({"铁仔山片区", "西乡铁仔山片区"}), "同一地方，名称不同") in held


def test_registered_documents_unfold_in_the_page(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONES_DOCUMENTS", str(tmp_path))
    assert component(run("conflicts"), "web-clashes")["groups"][0]["items"][0]["unread"]
    monkeypatch.setenv("ZONES_DOCUMENTS", str(tmp_path / "nowhere"))
    app = run("conflicts")
    assert not app.exception
    assert said(app).endswith("nowhere：没有这个文件夹；请指定存放规划文本的文件夹")


def filled_template(atlas, rows):
    """Return the template with some rows filled in: indicator_id to year and value."""
    book = load_workbook(io.BytesIO(template_workbook(atlas.plans)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        given = rows.get(row[heads.index("indicator_id")].value)
        if given:
            row[heads.index("year")].value, row[heads.index("value")].value = given
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def current_page(content, name="现状.xlsx"):
    app = run("indicators")
    app.segmented_control(key="part-all_indicators").set_value("current_values").run()
    app.session_state[SENT] = Sent(name, len(content), content)
    return app.run()


def test_every_indicator_is_listed_as_written(atlas):
    rows = component(run("indicators"), "web-table")["rows"]
    assert len(rows) == sum(len(plan.indicators) for plan in atlas.plans.values())
    shown = {cell["text"] for row in rows for cell in row["cells"][2:4]}
    assert {">22000", "60, 90", "—"} <= shown


def test_indicators_with_remarks_of_one_plan():
    app = run("indicators")
    app.selectbox(key="plan-zh").set_value("pingshan").run()
    app.toggle(key="only-lint").set_value(True).run()
    rows = component(app, "web-table")["rows"]
    assert rows
    assert all(row["cells"][5]["tags"] for row in rows)
    assert any("目标低于现状" in row["cells"][5]["tags"] for row in rows)


def test_filled_template_gives_progress(atlas):
    app = current_page(filled_template(atlas, {FIRMS: (2023, 700)}))
    assert not app.error
    (row,) = component(app, "web-table")["rows"]
    assert row["cells"][3]["text"] == "700"
    assert row["cells"][7]["status"] in ("on_track", "behind")
    assert 0 < row["cells"][6]["bar"]["share"] < 1


def test_wrong_file_gives_one_sentence():
    app = current_page(b"no workbook", "错.xlsx")
    assert not app.exception
    assert len(app.error) == 1
    assert said(app) == "错.xlsx：不能按 Excel 工作簿读取（不是 zip 文件）；请另存为 .xlsx"


def test_too_large_a_file_is_named_and_not_read():
    app = current_page(b"", "大.xlsx")
    app.session_state[SENT] = Sent("大.xlsx", 3 * 1024**2, b"")
    app.run()
    assert said(app).startswith("大.xlsx：3.0 MB")


def test_broken_data_shows_one_sentence(tmp_path, monkeypatch):
    for folder in ("geo", "plans"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("ZONES_DATA", str(tmp_path))
    app = run()
    assert not app.exception
    assert len(app.error) == 1
    assert said(app).endswith("layers.csv：缺少图层目录；请恢复")
    assert "Traceback" not in said(app)
