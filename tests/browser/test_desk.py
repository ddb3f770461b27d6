"""What a planner sees and does, in a real browser: offline, painted, and in one language at a time.

How long it takes is measured in `benchmarks/app_speed.py`, not here.
"""

import io
import itertools
import re

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import expect
from pypdf import PdfReader

from layers.assets import ROOT
from zones import load

pytestmark = pytest.mark.browser

PHONE = (390, 844)
TABLES = ("/area", "/overlap", "/indicators", "/conflicts")
TIEZAISHAN = "baoan.core.tiezaishan"
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Latin words that belong in the Chinese interface: units, names of methods, file formats, proper names in the data.
LATIN_WELCOME = re.compile(
    r"km²|m²|km|ppm|dpi|PNG|PDF|HTML|Excel|CSV|A4|ID|English|CGCS\d+|EPSG:\d+|OpenStreetMap|GeoPackage|[A-Z][\w.]*/[\w.-]+|MIT|BSD-?\d?"
    r"|ZONES_DOCUMENTS|year|value|xlsx|ODbL|N\b|k\b|X\b|Σ|5G|GCJ-02|[0-9a-f]{8}"
)

# What stands as the plans write it: headings, values, passages, coined names such as 四核.
QUOTED = ".z-sources, .z-quoted, .z-passage, .z-wide, .z-clash-at, .z-clash-text"

COLOURS_ON_CANVAS = """() => [...document.querySelectorAll('.z-canvas canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4 * 97) if (data[i + 3] > 40) seen.add(data.slice(i, i + 3).join());
  return seen.size;
})"""
CENTRE = "() => { const view = sessionStorage.getItem('zones-map-view'); return view && JSON.parse(view); }"


def place_of(page, zone_id):
    """Return where a zone's label point lies on the screen."""
    return page.evaluate(
        """async (id) => {
          const host = document.querySelector('.z-map').parentElement;
          const desk = host.zonesDesk;
          await desk.ready;
          const zone = desk.zones.all.get(id);
          const point = desk.map.latLngToContainerPoint([zone.at[1], zone.at[0]]);
          const box = desk.canvasBox.getBoundingClientRect();
          return [box.left + point.x, box.top + point.y];
        }""",
        zone_id,
    )


def words_on(page, without=None):
    """Return the visible text of the page; `without` leaves out what a selector names.

    Streamlit's icons are words that a font turns into pictures: no reader sees them as words.
    """
    unread = ", ".join(filter(None, ["[data-testid=stIconMaterial]", without]))
    page.add_style_tag(content=f":is({unread}) {{ display: none !important; }}")
    return page.inner_text("body")


@pytest.mark.parametrize("path", ["/", *TABLES, f"/?zone={TIEZAISHAN}", "/?lang=en"])
def test_every_page_is_whole_without_a_network(watched, path):
    page = watched.open(path)
    page.wait_for_timeout(600)
    watched.is_clean()


def test_map_is_painted(watched):
    page = watched.open()
    page.wait_for_timeout(500)
    colours = page.evaluate(COLOURS_ON_CANVAS)
    assert len(colours) == 2
    assert min(colours) > 5
    assert int(page.get_attribute(".z-map", "data-painted")) > 50


def test_click_opens_the_card_and_keeps_the_view(watched):
    page = watched.open(f"/?zone={TIEZAISHAN}")
    page.wait_for_timeout(900)
    page.keyboard.press("Escape")
    page.wait_for_selector(".z-card", state="detached")
    before = page.evaluate(CENTRE)
    page.mouse.click(*place_of(page, TIEZAISHAN))
    page.wait_for_selector(".z-card")
    assert page.evaluate(CENTRE) == before
    assert page.locator(".z-card h2").inner_text()


def test_repeated_clicks_go_through_all_zones_under_the_point(watched):
    page = watched.open(f"/?zone={TIEZAISHAN}")
    page.wait_for_timeout(900)
    point = place_of(page, TIEZAISHAN)
    seen = []
    page.mouse.click(*point)
    page.wait_for_selector(".z-chooser:not([hidden])")
    count = page.locator(".z-chooser button").count()
    assert count > 1
    for _ in range(count):
        page.wait_for_timeout(450)
        if seen:
            page.wait_for_function("was => document.querySelector('.z-map').dataset.selected !== was", arg=seen[-1])
        seen.append(page.get_attribute(".z-map", "data-selected"))
        page.mouse.click(*point)
    assert len(set(seen)) == count


def test_filter_keeps_the_view(watched):
    page = watched.open("/?zone=" + TIEZAISHAN)
    page.wait_for_timeout(900)
    before = page.evaluate(CENTRE)
    painted = page.get_attribute(".z-map", "data-painted")
    page.locator(".z-plan header .z-switch").nth(1).click()
    page.wait_for_function("before => document.querySelector('.z-map').dataset.painted !== before", arg=painted)
    assert page.evaluate(CENTRE) == before
    page.wait_for_url("**plans=*baoan**")


def test_first_view_shows_the_heads_of_all_plans(watched):
    page = watched.open()
    heads = page.locator(".z-plan header")
    assert heads.count() == 5
    assert all(box["y"] + box["height"] <= 900 for box in (heads.nth(place).bounding_box() for place in range(5)))
    heads.nth(2).locator(".z-plan-fold").click()
    assert page.locator(".z-plan").nth(2).locator(".z-group").count() > 3


def test_map_goes_as_far_as_shenshan(watched):
    page = watched.open("/?zone=sz.cluster.shenshan")
    page.wait_for_timeout(900)
    left, top = place_of(page, "sz.cluster.shenshan")
    assert 300 < left < 1080
    assert 52 < top < 900


def test_name_of_a_scheme_finds_its_zones_with_their_plans(watched):
    page = watched.open()
    page.locator(".z-search input").press_sequentially("四核", delay=20)
    page.wait_for_selector(".z-found:not([hidden]) li[role=option]")
    plans = set(page.locator(".z-found li small").all_inner_texts()[:8])
    assert plans == {"宝安规划", "坪山规划"}


@pytest.mark.parametrize("words", ["tzs", "铁仔山", "Tiezaishan"])
def test_search_finds_and_opens(watched, words):
    page = watched.open()
    page.locator(".z-search input").press_sequentially(words, delay=20)
    page.wait_for_selector(".z-found:not([hidden]) li[role=option]")
    assert "铁仔山" in page.locator(".z-found li").first.inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector(f".z-card[data-zone='{TIEZAISHAN}']")
    assert f"zone={TIEZAISHAN}" in page.url


def test_relation_moves_the_map(watched):
    page = watched.open(f"/?zone={TIEZAISHAN}")
    page.wait_for_timeout(900)
    before = page.evaluate(CENTRE)
    page.locator(".z-card .z-relations .z-go").first.click()
    page.wait_for_selector(f".z-card:not([data-zone='{TIEZAISHAN}'])")
    page.wait_for_timeout(900)
    assert page.evaluate(CENTRE) != before


def test_deep_link(watched):
    page = watched.open("/?zone=pingshan.park.hightech&plans=pingshan&lang=en&unit=ha")
    page.wait_for_selector(".z-card[data-zone='pingshan.park.hightech']")
    assert page.locator(".z-units [aria-pressed=true]").inner_text() == "ha"
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator(".z-plan").first.locator("header .z-switch").get_attribute("aria-checked") == "false"


@pytest.mark.parametrize("path", ["/", f"/?zone={TIEZAISHAN}", *TABLES])
def test_english_leaves_no_chinese_in_the_interface(watched, path):
    page = watched.open(path)
    page.wait_for_timeout(400)
    page.click(".st-key-language button")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.wait_for_timeout(700)
    # The button names the other language.
    text = words_on(page, QUOTED).replace("中文", "")
    left = [line for line in text.splitlines() if CHINESE.search(line)]
    assert left == []


@pytest.mark.parametrize("path", ["/", f"/?zone={TIEZAISHAN}", *TABLES])
def test_chinese_holds_no_english_words(watched, path):
    page = watched.open(path)
    page.wait_for_timeout(400)
    # The card gives the English name below the Chinese one.
    lines = words_on(page, ".z-other, .z-passage").splitlines()
    for name in load()["name_zh"]:
        lines = [line.replace(name, "") for line in lines]
    left = [line for line in lines if re.search(r"[A-Za-z]{4,}", LATIN_WELCOME.sub("", line))]
    assert left == []
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


@pytest.mark.parametrize("path", [f"/?zone={TIEZAISHAN}", *TABLES])
def test_no_missing_glyph(watched, path):
    page = watched.open(path)
    page.wait_for_timeout(400)
    drawn = set(words_on(page)) - set("\n\t\r\u200b")
    for weight in ("400", "700"):
        assert page.evaluate(f"document.fonts.check('{weight} 14px \"Noto Sans SC Desk\"', '深圳')")
        held = TTFont(ROOT / "static" / f"NotoSansSC-{weight}.woff2").getBestCmap()
        assert {letter for letter in drawn if ord(letter) not in held} == set()


def test_keyboard_reaches_zones_through_the_list(watched):
    page = watched.open()
    for fold in (page.locator(".z-plan-fold").nth(1), page.locator(".z-plan").nth(1).locator(".z-fold").first):
        fold.focus()
        page.keyboard.press("Enter")
    page.wait_for_selector(".z-zones:not([hidden]) .z-zone")
    page.locator(".z-zones:not([hidden]) .z-zone").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".z-card")
    page.keyboard.press("Escape")
    page.wait_for_selector(".z-card", state="detached")


def test_pages_change_in_place(watched):
    page = watched.open(f"/?zone={TIEZAISHAN}")
    page.get_by_role("link", name="面积").click()
    page.wait_for_selector(".z-table tbody tr")
    page.wait_for_url(f"**/area?zone={TIEZAISHAN}")
    page.locator(".z-table .z-go").nth(2).click()
    page.wait_for_selector(".z-map[data-painted]")
    page.wait_for_selector(".z-card")
    watched.is_clean()


def test_table_sorts_with_the_unknown_last(watched):
    page = watched.open("/area")
    for _ in range(2):
        page.locator(".z-table thead button").nth(4).click()
        texts = page.locator(".z-table tbody tr td:nth-child(5)").all_inner_texts()
        known = [text for text in texts if text != "—"]
        assert texts[: len(known)] == known
    numbers = [float(text.split("±")[0].replace(",", "")) for text in known]
    # Shown rounded to what ± supports, so neighbours may read out of order by a last digit.
    assert all(left <= right * 1.5 for left, right in itertools.pairwise(numbers))


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
@pytest.mark.parametrize("path", ["/", f"/?zone={TIEZAISHAN}", *TABLES, "/?lang=en"])
def test_phone_never_scrolls_sideways(watched, path):
    page = watched.open(path)
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE[0]
    watched.is_clean()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_phone_raises_the_rail_as_a_sheet(watched):
    page = watched.open()
    assert not page.locator(".z-rail").is_visible()
    page.click(".z-sheet-button")
    page.wait_for_timeout(400)
    assert page.locator(".z-rail").is_visible()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
@pytest.mark.parametrize("path", ["/indicators", "/overlap"])
def test_phone_has_no_button_for_layers_over_a_page_that_shows_none(watched, path):
    page = watched.open(path)
    expect(page.locator(".z-sheet-button")).to_be_hidden()


def test_quotation_marks_are_narrow_between_english_words(watched):
    page = watched.open("/?lang=en")
    widths = page.evaluate("""() => ["“", "字"].map((letter) => {
      const text = document.createElement("span");
      text.textContent = letter;
      document.querySelector(".stApp").append(text);
      return text.getBoundingClientRect().width;
    })""")
    assert widths[0] < 0.6 * widths[1]


@pytest.mark.parametrize(("place", "start"), [(0, b"\x89PNG"), (1, b"%PDF"), (2, b"<!")])
def test_export_of_the_view(watched, place, start):
    page = watched.open(f"/?zone={TIEZAISHAN}")
    page.wait_for_timeout(900)
    page.click(".z-export")
    with page.expect_download(timeout=90_000) as download:
        page.locator(".z-menu button").nth(place).click()
    body = download.value.path().read_bytes()
    assert body.lstrip().startswith(start)
    if start == b"%PDF":
        assert "铁仔山" in PdfReader(io.BytesIO(body)).pages[0].extract_text()
    watched.is_clean()


def test_pair_of_the_list_comes_on_the_map(watched):
    page = watched.open("/overlap")
    page.wait_for_selector(".z-map-inset[data-painted]")
    row = page.locator(".z-table tbody tr").nth(3)
    names = [row.locator(".z-go").nth(place).inner_text() for place in (0, 1)]
    row.locator(".z-see").click()
    expect(page.locator(".st-key-pair input")).to_have_value(" × ".join(names))
    assert page.get_attribute(".z-map-inset", "data-painted") == "2"
    watched.is_clean()
