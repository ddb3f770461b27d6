"""Receipts in a real browser: opened by keyboard, equal to the command's, verified by dropping the file in."""

import json

import pytest

from layers.passport import embed
from tests.browser.test_desk import PHONE
from zones import read_atlas
from zones.proof.receipts import area_receipts, document

pytestmark = pytest.mark.browser

ZONE = "baoan.core.tiezaishan"
ATLAS = read_atlas(base=False)


def issued(method):
    return area_receipts(ATLAS, ATLAS.zones.loc[[ZONE]], (method,))[0]


def opened(page):
    page.wait_for_selector("dialog.z-slip[open]")
    return page.locator("dialog.z-slip")


@pytest.mark.parametrize(("lang", "title"), [("zh", "面积 · 椭球面积"), ("en", "Area · Ellipsoid area")])
def test_card_opens_its_receipt_by_keyboard(watched, lang, title):
    page = watched.open(f"/?zone={ZONE}&lang={lang}")
    page.wait_for_selector(".z-card .z-mark")
    page.locator(".z-card .z-close").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "z-mark"
    page.keyboard.press("Enter")
    slip = opened(page)
    receipt = issued("ellipsoid")
    assert slip.locator("h2").inner_text() == title
    assert slip.locator(".z-slip-foot code").inner_text() == receipt.id
    text = slip.inner_text()
    for part in (
        f"{receipt.value:,}",
        f"{receipt.error_m2:,.1f}",
        receipt.zones[0].geometry,
        "EPSG:4490",
        "ellipsoid/1",
    ):
        assert part in text
    # Escape closes the slip, not the card, and the mark has the focus again.
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.z-slip", state="hidden")
    assert page.locator(".z-card").count() == 1
    assert page.evaluate("document.activeElement.dataset.receipt") == f"ellipsoid {ZONE}"
    # And it opens a second time.
    page.keyboard.press("Enter")
    opened(page)
    watched.is_clean()


def test_downloaded_receipt_is_the_command_s_and_verifies(watched, tmp_path):
    page = watched.open(f"/?zone={ZONE}")
    page.locator(".z-card .z-mark").nth(1).click()
    slip = opened(page)
    with page.expect_download() as download:
        slip.locator(".z-slip-foot button").nth(1).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert json.loads(path.read_text()) == json.loads(json.dumps(document([issued("geodesic")])))
    page.goto(f"{watched.address}/verify")
    page.set_input_files(".z-upload input", path)
    page.wait_for_selector(".z-verdict.z-holds")
    watched.is_clean()


def test_table_has_one_tab_stop_for_its_marks_and_arrows_between(watched):
    page = watched.open("/area")
    marks = page.locator(".z-table .z-mark")
    assert page.evaluate("document.querySelectorAll('.z-table .z-mark[tabindex=\"0\"]').length") == 1
    first, second = (marks.nth(place).get_attribute("data-receipt") for place in (0, 1))
    marks.nth(0).focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.receipt") == second != first
    page.keyboard.press("Enter")
    assert opened(page).locator(".z-slip-foot code").inner_text()
    watched.is_clean()


@pytest.mark.parametrize("mark", [".z-table td .z-mark", ".z-figures .z-mark", ".z-k .z-mark"])
def test_numbers_of_the_overlap_page_open_theirs(watched, mark):
    page = watched.open("/overlap")
    page.locator(mark).last.click()
    assert len(opened(page).locator(".z-slip-foot code").inner_text()) == 12
    watched.is_clean()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_phone_shows_the_whole_slip(watched, lang):
    page = watched.open(f"/?zone={ZONE}&lang={lang}")
    page.locator(".z-card .z-mark").first.click()
    box = opened(page).bounding_box()
    assert box["width"] <= PHONE[0]
    assert box["y"] + box["height"] <= PHONE[1] + 1
    assert page.locator(".z-slip-foot button").first.is_visible()
    assert page.evaluate(
        "document.querySelector('.z-slip-body').scrollWidth <= document.querySelector('.z-slip-body').clientWidth"
    )


def test_stale_picture_is_named_in_words(watched, tmp_path):
    zones = ATLAS.zones.loc[[ZONE]].assign(error_m=123.0)
    picture = embed(
        b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>', ".svg", document(area_receipts(ATLAS, zones))
    )
    (tmp_path / "map.svg").write_bytes(picture)
    page = watched.page
    page.goto(f"{watched.address}/verify")
    page.wait_for_selector(".z-upload")
    page.set_input_files(".z-upload input", tmp_path / "map.svg")
    page.wait_for_selector(".z-verdict.z-stale")
    assert page.locator(".z-verdict b").inner_text() == "4 张凭证中有 3 张失效"
    page.wait_for_selector(".z-table tbody tr")
    assert "边线误差 123.0 → " in page.locator(".z-table tbody tr").first.inner_text()
    (tmp_path / "other.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
    page.set_input_files(".z-upload input", tmp_path / "other.svg")
    page.wait_for_selector("[data-testid=stAlert]")
    assert "other.svg：不含凭证" in page.locator("[data-testid=stAlert]").inner_text()
    watched.is_clean()
