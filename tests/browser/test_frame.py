"""What stands around every page: all pages in reach at each width, titles, the way past the bar, and one language."""

import re

import pytest

from tests.browser.test_desk import CHINESE, PHONE

pytestmark = pytest.mark.browser

BOXES = """() => ['.z-brand', '.st-key-pages', '.st-key-language'].map((name) => {
  const { left, right } = document.querySelector(name).getBoundingClientRect();
  return [left, right];
})"""
ENGLISH_NAMES = """() => [...document.querySelectorAll('[aria-label], [title], [placeholder]')]
  .flatMap((node) => ['aria-label', 'title', 'placeholder'].map((name) => node.getAttribute(name)))
  .filter((text) => text && /[A-Za-z]{4,}/.test(text))"""


@pytest.mark.parametrize("watched", [(1440, 900), (1280, 720)], indirect=True)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_brand_pages_and_language_stand_side_by_side(watched, lang):
    page = watched.open(f"/area?lang={lang}")
    (_, brand), (first, last), (language, end) = page.evaluate(BOXES)
    assert brand <= first < last <= language < end <= page.viewport_size["width"]
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.st-key-pages a')].map((a) => a.getBoundingClientRect().right))"
    )
    assert right <= language


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_phone_reaches_every_page_through_the_menu(watched):
    page = watched.open("/area")
    links = page.locator(".st-key-pages a")
    assert not links.first.is_visible()
    page.click(".z-pages-button")
    boxes = [link.bounding_box() for link in links.all()]
    assert len(boxes) == 12
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= PHONE[0] and box["height"] >= 40 for box in boxes)
    page.keyboard.press("Escape")
    assert not links.first.is_visible()
    assert page.evaluate("document.activeElement.className") == "z-pages-button"
    page.click(".z-pages-button")
    page.get_by_role("link", name="冲突").click()
    page.wait_for_selector(".z-clash")
    page.wait_for_function("!document.documentElement.classList.contains('z-menu-open')")
    assert page.title().startswith("冲突")
    watched.is_clean()


def test_skip_link_leads_past_bar_and_rail(watched):
    page = watched.open("/area")
    page.wait_for_function("document.querySelector('[data-testid=stSkipToContent]').textContent === '跳到正文'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.st-key-unit') !== null")


def test_names_only_a_screen_reader_says_are_chinese(watched):
    page = watched.open("/corridor")
    page.locator("[data-testid=stMultiSelect] input").click()
    page.wait_for_selector("[role=option]")
    page.wait_for_timeout(300)
    left = [text for text in page.evaluate(ENGLISH_NAMES) if not CHINESE.search(text)]
    assert left == []


def test_program_that_stopped_is_told_in_chinese(watched):
    page = watched.open("/area")
    # The notice as Streamlit builds it when its program is gone.
    page.evaluate("""() => {
      const notice = document.createElement('div');
      notice.setAttribute('role', 'dialog');
      notice.innerHTML = '<h2>Connection error</h2><button aria-label="Close"></button>';
      document.body.append(notice);
    }""")
    page.wait_for_function("document.querySelector('[role=dialog] h2')?.textContent === '与程序的连接已断开'")
    assert not re.search(r"[A-Za-z]", page.get_attribute("[role=dialog] button", "aria-label"))
