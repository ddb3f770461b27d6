"""The corridor page in a real browser: whole without a network, and its figures follow the slider at once."""

import re

import pytest

from tests.browser.test_desk import CHINESE, LATIN_WELCOME, PHONE, words_on
from zones import load

pytestmark = pytest.mark.browser

MOVE = """(stop) => {
  const slider = document.querySelector('.z-range');
  slider.value = String(stop);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  return [document.querySelector('.z-range-value').textContent, document.querySelector('.z-live').innerText];
}"""
TITLE = "() => document.querySelector('.z-drawing svg title').textContent"
LET_GO = "() => document.querySelector('.z-range').dispatchEvent(new Event('change', { bubbles: true }))"


def opened(watched, path="/corridor"):
    page = watched.open(path)
    page.wait_for_selector(".z-map-inset[data-painted]", timeout=60_000)
    page.wait_for_selector(".z-drawing svg")
    page.wait_for_timeout(600)
    return page


def test_figures_follow_the_slider_and_the_rest_follows_them(watched):
    page = opened(watched)
    assert page.inner_text(".z-range-value") == "1000 m"
    wide, at_wide = page.evaluate(MOVE, 39)
    assert wide == "2000 m"
    narrow, at_narrow = page.evaluate(MOVE, 9)
    assert narrow == "500 m"
    assert at_wide != at_narrow
    page.evaluate(LET_GO)
    page.wait_for_function(f"({TITLE})().includes(' 500 m')", timeout=60_000)
    assert page.inner_text(".z-range-value") == "500 m"
    # A second corridor beside the first.
    page.get_by_role("combobox", name="并列比较").click()
    page.get_by_role("option").nth(1).click()
    page.wait_for_selector(".z-live .z-table tbody tr:nth-child(2)", timeout=60_000)
    assert page.locator(".z-live .z-table tbody tr").count() == 2
    page.keyboard.press("Escape")
    # A zone of the strip leads to the map.
    bar = page.locator(".z-strip-bar").first
    zone_id = bar.get_attribute("data-pick")
    bar.locator("rect").dispatch_event("click")
    page.wait_for_selector(f".z-card[data-zone='{zone_id}']", timeout=30_000)
    watched.is_clean()


def test_one_language_at_a_time(watched):
    page = opened(watched)
    lines = words_on(page, ".z-other").splitlines()
    for name in load()["name_zh"]:
        lines = [line.replace(name, "") for line in lines]
    # The name of an icon, written in its own font.
    lines = [line for line in lines if not line.startswith("keyboard_arrow")]
    assert [line for line in lines if re.search(r"[A-Za-z]{4,}", LATIN_WELCOME.sub("", line))] == []
    page.click(".st-key-language button")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.wait_for_function(f"({TITLE})().includes('chainage')", timeout=60_000)
    page.wait_for_timeout(1500)
    left = words_on(page).replace("中文", "").splitlines()
    assert [line for line in left if CHINESE.search(line)] == []


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_phone_never_scrolls_sideways(watched):
    page = opened(watched, "/corridor?lang=en")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE[0]
    watched.is_clean()
