"""Drawing at the desk in a real browser: what is clicked is what is saved, and nothing else changes."""

import json
import re

import numpy as np
import pytest
import shapely

from tests.browser.test_desk import CHINESE, LATIN_WELCOME, words_on
from zones import load
from zones.atlas import data_folder
from zones.measure import lonlat_area
from zones.workspace.workspace import create, features_at, revisions

pytestmark = pytest.mark.browser

LOST, HELD = "sz.node.shibilong", "pingshan.core.iur"
DESK = "document.querySelector('.z-desk').parentElement.zonesDraw"
SAID = ".z-desk-panel > .z-desk-said"
# Over the sea south of the city, where nothing is in reach of a snap.
CORNERS = [(114.10, 22.42), (114.14, 22.42), (114.14, 22.45), (114.10, 22.45)]


@pytest.fixture
def desk(watched, workspace):
    """The desk with a fresh workspace of one revision."""
    for old in workspace.parent.iterdir():
        old.unlink()
    create(workspace, data=data_folder(), who="Li")
    page = watched.page
    page.goto(watched.address + "/desk")
    page.wait_for_selector(".z-desk[data-painted]", timeout=30_000)
    page.wait_for_function(f"() => Boolean({DESK}.index)")
    return page


def choose(page, zone_id):
    page.fill(".z-pick-input", zone_id)
    page.keyboard.press("Enter")
    page.wait_for_selector(f".z-desk[data-zone='{zone_id}']")
    settled(page)


def settled(page):
    """Wait until no figure is on its way."""
    page.wait_for_timeout(200)
    page.wait_for_function(f"() => !{DESK}.asking.asked && !{DESK}.asking.waiting.length")


def place(page, lng, lat):
    return page.evaluate(
        f"""([lng, lat]) => {{
          const desk = {DESK};
          const point = desk.map.latLngToContainerPoint([lat, lng]);
          const box = desk.canvasBox.getBoundingClientRect();
          return [box.left + point.x, box.top + point.y];
        }}""",
        [lng, lat],
    )


def extent(page):
    return json.loads(page.evaluate(f"() => JSON.stringify({DESK}.drawing.now.extent)"))


def store(page, why="试画"):
    page.fill(".z-desk-foot .z-desk-who", "甲")
    page.fill(".z-desk-foot .z-desk-why", why)
    page.click(".z-desk-store")
    page.wait_for_selector(f"{SAID}:not([hidden])")
    settled(page)
    again = page.locator(f"{SAID} .z-primary")
    if again.count():
        again.click()
        page.wait_for_selector(f"{SAID}.z-desk-good")
    return page.inner_text(SAID)


def by_part(frame):
    return frame.set_index(["zone_id", "part"])


def test_polygon_drawn_by_clicks_is_saved_as_clicked(desk, watched, workspace):
    choose(desk, LOST)
    desk.evaluate(f"() => {{ {DESK}.map.setView([22.435, 114.12], 12.5, {{animate: false}}) }}")
    desk.click(".z-tool-add")
    hints = set()
    for at in [*CORNERS, CORNERS[0]]:
        desk.mouse.move(*place(desk, *at))
        desk.wait_for_timeout(120)
        hints |= set(desk.locator(".leaflet-tooltip").all_inner_texts())
        desk.mouse.click(*place(desk, *at))
        desk.wait_for_timeout(120)
    desk.wait_for_function(f"() => Boolean({DESK}.drawing.now.extent)")
    assert hints == {"点图放第一个节点", "点图继续", "点第一个节点结束"}
    drawn = shapely.geometry.shape(extent(desk))
    assert len(drawn.exterior.coords) == 5
    # A pixel is 15 m here; each vertex has 6 decimals.
    assert np.abs(np.array(sorted(drawn.exterior.coords[:-1])) - sorted(CORNERS)).max() < 5e-4
    assert (np.round(shapely.get_coordinates(drawn), 6) == shapely.get_coordinates(drawn)).all()
    desk.select_option("select[name=grade]", "traced")
    desk.select_option("select[name=method]", "block_outline")
    desk.fill("input[name=error_m]", "50")
    desk.fill("textarea[name=basis]", "按图描绘")
    settled(desk)
    assert float(desk.get_attribute(".z-desk-figures", "data-area")) == lonlat_area(np.array([drawn]))[0]
    assert "第 2 次修订" in store(desk)
    saved = by_part(features_at(workspace)).loc[(LOST, "extent")]
    assert shapely.equals_identical(saved.geometry, drawn)
    assert (saved["grade"], saved["error_m"], saved["basis"]) == ("traced", 50, "按图描绘")
    assert desk.get_attribute(".z-desk", "data-revision") == "2"
    watched.is_clean()


def test_one_vertex_moved_is_one_zone_changed_and_steps_go_back(desk, watched, workspace):
    before = by_part(features_at(workspace))
    choose(desk, HELD)
    start = extent(desk)
    desk.click(".z-tool-snap")
    desk.click(".z-tool-edit")
    desk.wait_for_selector(".marker-icon-middle")
    box = desk.locator(".marker-icon:not(.marker-icon-middle)").nth(2).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(x + 6, y - 9, steps=5)
    desk.mouse.up()
    settled(desk)
    moved = extent(desk)
    old, new = ({tuple(point) for ring in shape["coordinates"] for point in ring} for shape in (start, moved))
    assert (len(old - new), len(new - old)) == (1, 1)
    desk.keyboard.press("Control+z")
    assert extent(desk) == start
    desk.keyboard.press("Control+y")
    assert extent(desk) == moved
    settled(desk)
    assert "第 2 次修订" in store(desk)
    after = by_part(features_at(workspace))
    differs = [key for key in before.index if not shapely.equals_identical(before.geometry[key], after.geometry[key])]
    assert differs == [(HELD, "extent")]
    watched.is_clean()


def test_load_and_save_without_an_edit_saves_nothing(desk, watched, workspace):
    choose(desk, "baoan.park.hightech")
    desk.click(".z-tool-edit")
    desk.wait_for_selector(".marker-icon-middle")
    desk.click(".z-tool-edit")
    assert store(desk) == "没有改动，未保存。"
    assert len(revisions(workspace)) == 1
    watched.is_clean()


def test_panning_asks_nothing_and_new_ids_are_refused(desk, watched):
    desk.fill(".z-pick-input", "sz.park.made-up")
    assert "规划里没有“sz.park.made-up”" in desk.inner_text(".z-desk-pick .z-desk-wrong")
    choose(desk, HELD)
    serial = desk.evaluate(f"() => {DESK}.asking.serial")
    desk.mouse.move(700, 700)
    desk.mouse.down()
    desk.mouse.move(600, 600, steps=4)
    desk.mouse.up()
    desk.wait_for_timeout(400)
    assert desk.evaluate(f"() => {DESK}.asking.serial") == serial
    tips = desk.locator(".z-tool").evaluate_all("buttons => buttons.map((each) => each.title)")
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in tip) for tip in tips)
    watched.is_clean()


def test_each_language_is_whole(desk, watched):
    choose(desk, HELD)
    desk.click(".z-desk-title .z-close")
    desk.wait_for_selector(".z-desk-pick")
    lines = words_on(desk).splitlines()
    for name in load()["name_zh"]:
        lines = [line.replace(name, "") for line in lines]
    assert [line for line in lines if re.search(r"[A-Za-z]{4,}", LATIN_WELCOME.sub("", line))] == []
    desk.click(".st-key-language button")
    desk.wait_for_function("document.documentElement.lang === 'en'")
    desk.wait_for_function("() => document.querySelector('.z-desk-state')?.textContent.startsWith('Workspace')")
    choose(desk, HELD)
    # The page is drawn anew part by part: the last of them decides.
    for _ in range(60):
        # The basis stands as the record has it, in the field for Chinese.
        left = [line for line in words_on(desk).replace("中文", "").splitlines() if CHINESE.search(line)]
        if not left:
            break
        desk.wait_for_timeout(500)
    assert left == []
    watched.is_clean()
