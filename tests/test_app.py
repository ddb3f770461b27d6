"""The app as Streamlit runs it, without a browser: every page, both languages, one act each."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from zones import read_atlas

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("map", "area", "overlap")


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


def test_broken_data_shows_one_sentence(tmp_path, monkeypatch):
    for folder in ("geo", "plans"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("ZONES_DATA", str(tmp_path))
    app = run()
    assert not app.exception
    assert len(app.error) == 1
    assert "layers.csv" in app.error[0].value
    assert "Traceback" not in app.error[0].value
