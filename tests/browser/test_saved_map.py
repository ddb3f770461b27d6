"""The saved web map in a real browser: it draws, asks nothing, and runs no text of the data."""

import pytest

from layers.webmap import save_web_map
from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7*7 }}"


@pytest.fixture
def opened(browser, tmp_path):
    plan = changed(PLAN, ["zones", 0, "name", "zh"], SCRIPT)
    atlas = read_atlas(write_atlas(tmp_path / "data", plan=plan))
    path = save_web_map(atlas, atlas.zones, tmp_path / "map.html", title=SCRIPT)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.seen = {"requests": [], "faults": []}
    page.on("request", lambda request: page.seen["requests"].append(request.url))
    page.on("pageerror", lambda error: page.seen["faults"].append(str(error)))
    page.on("console", lambda message: page.seen["faults"].append(message.text) if message.type == "error" else None)
    page.on("dialog", lambda dialog: (page.seen["faults"].append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    page.wait_for_selector("path.leaflet-interactive")
    yield page
    page.close()


def test_it_asks_for_nothing_and_runs_nothing(opened):
    opened.locator("path.leaflet-interactive").first.dispatch_event("click")
    opened.wait_for_selector(".atlas-card h2")
    outside = [url for url in opened.seen["requests"] if not url.startswith(("file:", "data:"))]
    assert (outside, opened.seen["faults"]) == ([], [])


def test_a_click_tells_the_zone_in_its_own_words(opened):
    opened.locator("path.leaflet-interactive").nth(0).dispatch_event("click")
    names = {"滨海走廊", "石岩南片区", SCRIPT}
    assert opened.locator(".atlas-card h2").inner_text() in names
    assert opened.title() == opened.locator("h1").inner_text() == SCRIPT


def test_names_never_overlap(opened):
    boxes = opened.evaluate(
        "() => [...document.querySelectorAll('.atlas-name:not(.hidden)')].map((each) => "
        "{ const box = each.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom]; })"
    )
    assert boxes
    for place, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:place]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_the_embedded_font_is_used(opened):
    assert opened.evaluate("() => document.fonts.check('12px \"Atlas Sans\"', '石岩南片区')")
    assert opened.evaluate("() => [...document.fonts].every((face) => face.status === 'loaded')")
