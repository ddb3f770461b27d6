"""The saved web map: one file, no address to load from, no text of the data that could run."""

import html
import json
import re

import pytest

from layers.web.webmap import web_map, web_map_bytes
from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.errors import InputError

SCRIPT = "<img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7*7 }}{% x %}"
KNOWN_TEXTS = {
    # Namespace of SVG and notes in Leaflet's own comments and attribution prefix: named, never loaded.
    "http://www.w3.org/2000/svg",
    "https://leafletjs.com",
    "https://bugs.chromium.org/p/chromium/issues/detail",
    "https://bugzilla.mozilla.org/show_bug.cgi",
}


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("web") / "data"))


@pytest.fixture(scope="module")
def page(atlas):
    return web_map_bytes(atlas, atlas.zones).decode()


def features(page):
    """Return all zone features the page holds, by id."""
    found = {}
    for text in re.findall(r"_add\((\{.*\})\);", page):
        found |= {each["id"]: each for each in json.loads(text)["features"]}
    return found


def said(page):
    """Return the texts the page holds."""
    text = page.split("atlasMap.hold(")[1].split(");</script>")[0]
    return json.loads(text)


def test_nothing_is_loaded_from_outside(page):
    assert set(re.findall(r"https?://[\w./-]+", page)) <= KNOWN_TEXTS
    assert not re.search(r"<script[^>]+src=|<link[^>]+href=|@import|url\((?![\"']?(data:|#))", page)


def test_every_located_zone_is_there_once_and_the_rest_is_not(page):
    zones = {name for name in features(page) if not name.startswith("base_") and not name.endswith(("-edge", "-axis"))}
    assert zones == {"tiny.park.whole", "tiny.core.part", "tiny.corridor.line"}
    assert "tiny.corridor.line-axis" in features(page)


def test_a_card_tells_kind_grade_area_and_source(page):
    card = said(page)["cards"]["tiny.park.whole"]
    rows = dict(card["rows"])
    assert card["name"] == "铁仔山园区"
    assert rows["类型"] == "园区"
    assert rows["边界等级"] == "推定边界"
    assert rows["面积"] == "4.6 ± 1.8 km²"
    assert rows["规划所述面积"] == "4 km²"
    assert rows["出处"].splitlines() == ["小规划 · 一（二） · 第1-9行", "小规划 · 二 · 第20行"]


def test_the_english_page_speaks_english(atlas):
    page = web_map_bytes(atlas, atlas.zones, "en").decode()
    assert '<html lang="en">' in page
    assert dict(said(page)["cards"]["tiny.park.whole"]["rows"])["Kind"] == "Park"
    assert "Indicative" in page


def test_no_text_of_the_data_becomes_markup_or_template(tmp_path):
    plan = PLAN
    for place in (["zones", 0, "name", "zh"], ["zones", 0, "positioning", "zh"], ["plan", "short", "zh"]):
        plan = changed(plan, place, SCRIPT)
    atlas = read_atlas(write_atlas(tmp_path / "hostile", plan=plan))
    page = web_map_bytes(atlas, atlas.zones, title=SCRIPT).decode()
    assert "<img" not in page
    assert "alert(2)</script>" not in page
    assert html.escape(SCRIPT) in page
    assert said(page)["cards"]["tiny.park.whole"]["name"] == SCRIPT


def test_grade_shows_in_the_dash(page):
    assert '"dashArray": "1.2 3.8"' in page


def test_the_font_holds_the_signs_of_the_page(page):
    assert re.search(r'@font-face \{ font-family: "Atlas Sans".*data:font/woff2;base64,', page)


def test_the_note_legend_and_credit_are_there(page):
    for expected in ("示意图", "另有 1 个区不能定位", "图例", "© 某", "审图号：无"):
        assert expected in page


def test_a_notebook_shows_it_without_a_network(atlas):
    shown = html.unescape(web_map(atlas, atlas.zones)._repr_html_())
    assert "atlasMap.finish(" in shown
    assert set(re.findall(r"https?://[\w./-]+", shown)) <= KNOWN_TEXTS


def test_zones_without_shape_alone_are_refused(atlas):
    with pytest.raises(InputError, match="None of the chosen zones has a shape"):
        web_map(atlas, atlas.zones.loc[["tiny.node.lost"]])
