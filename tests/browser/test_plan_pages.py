"""The pages of indicators and contradictions in a real browser, part by part, in both languages."""

import io
import re

import pytest
from openpyxl import load_workbook

from tests.browser.test_desk import CHINESE, LATIN_WELCOME, PHONE, QUOTED, words_on
from zones import load

pytestmark = pytest.mark.browser

PARTS = [("/indicators", part) for part in range(3)] + [("/conflicts", part) for part in range(3)]
READY = {
    ("/indicators", 0): ".z-table tbody tr",
    ("/indicators", 1): ".z-theme",
    ("/indicators", 2): ".z-upload",
    ("/conflicts", 0): ".z-clash",
    ("/conflicts", 1): ".z-table tbody tr",
    ("/conflicts", 2): ".z-table .z-wide",
}
FIRMS = "pingshan.indicator.hightech-firms-2025"


def open_part(watched, path, part, lang="zh"):
    page = watched.open(f"{path}?lang={lang}")
    page.locator("[class*=-bar] [data-testid=stButtonGroup] button").nth(part).click()
    page.wait_for_selector(READY[path, part])
    page.wait_for_timeout(500)
    return page


@pytest.mark.parametrize(("path", "part"), PARTS)
def test_english_part_leaves_no_chinese_but_quotations(watched, path, part):
    page = open_part(watched, path, part, "en")
    text = words_on(page, QUOTED).replace("中文", "")
    assert [line for line in text.splitlines() if CHINESE.search(line)] == []
    watched.is_clean()


@pytest.mark.parametrize(("path", "part"), PARTS)
def test_chinese_part_holds_no_english_words(watched, path, part):
    page = open_part(watched, path, part)
    text = words_on(page, ".z-quoted, .z-passage")
    for name in load()["name_zh"]:
        text = text.replace(name, "")
    left = [line for line in text.splitlines() if re.search(r"[A-Za-z]{4,}", LATIN_WELCOME.sub("", line))]
    assert left == []
    watched.is_clean()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
@pytest.mark.parametrize(("path", "part"), PARTS)
def test_phone_part_never_scrolls_sideways(watched, path, part):
    page = open_part(watched, path, part)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE[0]


def test_contradiction_comes_on_the_map_and_its_zone_opens(watched):
    page = watched.open("/conflicts")
    page.wait_for_selector(".z-map-inset[data-painted]")
    before = page.get_attribute(".z-map-inset", "data-painted")
    item = page.locator(".z-clash").nth(2)
    item.locator(".z-clash-text").click()
    page.wait_for_function("before => document.querySelector('.z-map-inset').dataset.painted !== before", arg=before)
    name = page.locator(".z-clash-chosen .z-go").first.inner_text()
    page.locator(".z-clash-chosen .z-go").first.click()
    page.wait_for_selector(".z-card")
    assert page.locator(".z-card h2").inner_text() == name
    watched.is_clean()


def test_filled_template_is_brought_back(watched):
    page = open_part(watched, "/indicators", 2)
    with page.expect_download() as download:
        page.locator(".st-key-template button").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads.index("indicator_id")].value == FIRMS)
    row[heads.index("year")].value, row[heads.index("value")].value = 2023, 700
    body = io.BytesIO()
    book.save(body)
    files = {"name": "现状.xlsx", "mimeType": "application/octet-stream", "buffer": body.getvalue()}
    page.set_input_files(".z-file", files)
    page.wait_for_selector(".z-bar")
    assert "700" in page.locator(".z-table tbody tr").inner_text()
    page.set_input_files(".z-file", files | {"name": "错.xlsx", "buffer": b"nothing"})
    page.wait_for_selector("[data-testid=stAlert]")
    assert page.locator("[data-testid=stAlert]").inner_text().startswith("错.xlsx")
    watched.is_clean()


def test_indicators_are_filtered_by_words(watched):
    page = watched.open("/indicators")
    page.locator(".z-filter").fill("研发投入")
    rows = page.locator(".z-table tbody tr")
    page.wait_for_function("document.querySelectorAll('.z-table tbody tr').length < 60")
    assert all("研发" in text for text in rows.all_inner_texts())
