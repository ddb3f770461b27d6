"""The saved web map in a real browser: it draws, asks nothing, and runs no text of the data."""

import pytest
from pyproj import Geod

from layers.web.webmap import web_map_bytes
from layers.write import write_atomically
from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7*7 }}"


T1 = [[113.850, 22.750], [113.860, 22.750], [113.860, 22.759], [113.850, 22.759]]
T2 = [[114.320, 22.650], [114.385, 22.655], [114.400, 22.700], [114.380, 22.735], [114.330, 22.730], [114.310, 22.690]]


@pytest.fixture(params=[(1440, 900)], ids=lambda size: str(size[0]))
def opened(browser, tmp_path, request):
    plan = changed(PLAN, ["zones", 0, "name", "zh"], SCRIPT)
    atlas = read_atlas(write_atlas(tmp_path / "data", plan=plan))
    path = write_atomically(tmp_path / "map.html", web_map_bytes(atlas, atlas.zones, title=SCRIPT))
    wide, high = request.param
    page = browser.new_page(viewport={"width": wide, "height": high})
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


both_widths = pytest.mark.parametrize("opened", [(1440, 900), (390, 844)], indirect=True, ids=("1440", "390"))


@pytest.mark.parametrize(("ring", "area_m2"), [(T1, 1_023_645.10), (T2, 67_135_869.69)], ids=("T1", "T2"))
def test_the_page_measures_areas_on_the_ellipsoid(opened, ring, area_m2):
    # Values of an independent run: edges straight in longitude and latitude, split at 1e-4 degrees.
    measured = opened.evaluate("(ring) => atlasMeasure.area(ring)", ring)
    assert measured == pytest.approx(area_m2, rel=1e-8)
    assert opened.evaluate("(ring) => atlasMeasure.area(ring)", ring[::-1]) == pytest.approx(measured, rel=1e-14)


def test_the_page_measures_distances_along_geodesics(opened):
    geod = Geod(a=6378137, rf=298.257222101)
    for start, end in (((113.85, 22.75), (114.35, 22.69)), ((114.06, 22.52), (114.06, 22.53))):
        measured = opened.evaluate("([start, end]) => atlasMeasure.distance(start, end)", [start, end])
        assert measured == pytest.approx(geod.inv(*start, *end)[2], abs=1e-3)
    assert opened.evaluate("() => atlasMeasure.distance([114, 22], [114, 22])") == 0


@both_widths
def test_an_area_is_measured_by_clicks_and_no_card_opens(opened):
    opened.locator(".atlas-measure button").nth(1).click()
    box = opened.locator(".folium-map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for right, down in ((-50, 40), (50, 40), (50, 110), (-50, 110)):
        opened.mouse.click(x + right, y + down)
    assert opened.locator(".atlas-figure").inner_text().endswith("m²")
    opened.get_by_role("button", name="完成").click()
    assert "按经纬度直线" in opened.locator(".atlas-hint").inner_text()
    assert opened.locator(".atlas-card").count() == 0
    opened.keyboard.press("Escape")
    assert opened.locator(".atlas-measured").is_hidden()
    opened.locator("path.leaflet-interactive").first.dispatch_event("click")
    opened.wait_for_selector(".atlas-card h2")
    assert opened.seen["faults"] == []


FOUND = {"石岩": "石岩南片区", "shiyan": "石岩南片区", "BHZL": "滨海走廊", "coast": "滨海走廊", "高新北": SCRIPT}


@both_widths
def test_a_search_opens_the_card(opened):
    for typed, name in FOUND.items():
        opened.fill("#atlas-search input", typed)
        assert opened.locator("#atlas-search li").first.inner_text().startswith(name)
        opened.keyboard.press("Enter")
        assert opened.locator(".atlas-card h2").inner_text() == name
        opened.keyboard.press("Escape")
        opened.locator(".leaflet-popup-close-button").click()
        opened.wait_for_selector(".atlas-card", state="detached")
    assert opened.seen["faults"] == []


def test_a_search_that_finds_nothing_says_so(opened):
    opened.fill("#atlas-search input", "某处")
    assert opened.locator("#atlas-search li").inner_text() == "没有找到"


def test_a_zone_of_a_kind_switched_off_is_found_all_the_same(opened):
    opened.hover(".leaflet-control-layers")
    opened.get_by_text("走廊", exact=True).first.click()
    opened.mouse.move(700, 500)
    opened.fill("#atlas-search input", "滨海")
    opened.keyboard.press("Enter")
    assert opened.locator(".atlas-card h2").inner_text() == "滨海走廊"


def test_nothing_sticks_out_of_a_telephone(browser, tmp_path):
    atlas = read_atlas(write_atlas(tmp_path / "data"))
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(write_atomically(tmp_path / "map.html", web_map_bytes(atlas, atlas.zones)).as_uri())
    page.wait_for_selector("path.leaflet-interactive")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
