"""The page that makes maps: a public map is held back until it is cleared or signed off by name."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.tiny import write_atlas

ROOT = Path(__file__).resolve().parent.parent
FORMS = ("pdf", "svg", "png")


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setenv("ZONES_DATA", str(write_atlas(tmp_path / "data")))

    def open_page(lang="zh"):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["lang"] = lang
        app.run()
        return app.switch_page("ui/pages/sheet_page.py").run()

    return open_page


def held_back(app):
    """Return the state of the three buttons: all held back, or none."""
    states = {app.get("download_button")[at].proto.disabled for at in range(3)}
    assert len(states) == 1
    return states.pop()


def html(app):
    return "".join(element.proto.body for element in app.get("html"))


def test_a_public_map_is_held_back_until_it_has_its_number(page):
    app = page()
    assert not app.exception
    assert not held_back(app)
    assert "公开前检查" not in html(app)
    app.button_group(key="use-sheet").set_value("public").run()
    assert held_back(app)
    assert "图上没有审图号。" in html(app)
    assert "处理：将成图送审" in html(app)
    assert any("请向审图机构核实" in each.value for each in app.caption)
    app.text_input(key="block-review_number-True").set_value("粤S（2026）012号").run()
    assert not held_back(app)
    assert not app.exception


def test_a_sign_off_holds_for_one_map_and_lapses_with_a_change(page):
    app = page("en")
    app.button_group(key="use-sheet").set_value("public").run()
    button = next(each for each in app.button if each.label == "Sign off")
    button.click().run()
    assert any("Give a name and a reason" in each.value for each in app.error)
    app.text_input(key="sign-name").set_value("王某")
    app.text_input(key="sign-reason").set_value("draft for comment")
    app.text_input(key="sign-day").set_value("today")
    next(each for each in app.button if each.label == "Sign off").click().run()
    assert any("Write the day as" in each.value for each in app.error)
    app.text_input(key="sign-day").set_value("2026-11-21")
    next(each for each in app.button if each.label == "Sign off").click().run()
    assert not held_back(app)
    assert "Cleared by 王某 on 2026-11-21, reason: draft for comment" in app.info[0].value
    app.text_input(key="sheet-title-en").set_value("Another map").run()
    assert held_back(app)
    app.text_input(key="sheet-title-en").set_value("").run()
    assert not held_back(app)
    app.button(key="sign-undo").click().run()
    assert held_back(app)
    assert not app.exception


def test_a_public_atlas_is_held_back_too(page):
    app = page()
    app.button_group(key="part-one_sheet").set_value("one_atlas").run()
    make = app.button(key="make-atlas")
    assert not make.disabled
    app.button_group(key="use-atlas").set_value("public").run()
    assert app.button(key="make-atlas").disabled
    assert "图上没有审图号。" in html(app)
    app.text_input(key="block-review_number-False").set_value("粤S（2026）012号").run()
    assert not app.button(key="make-atlas").disabled
    assert not app.exception
