"""A layer is brought, counted, drawn and taken away in a real browser; and a long count is stopped."""

import io
import re

import geopandas
import numpy as np
import pytest
import shapely
from openpyxl import load_workbook
from shapely import box

from tests.browser.test_desk import CHINESE, COLOURS_ON_CANVAS, PHONE, QUOTED, words_on
from zones import load

pytestmark = pytest.mark.browser

ZONE = "baoan.core.tiezaishan"
# Names of formats, of the file of this test and of its field.
FORMATS = re.compile(r"parquet|gpkg|Shapefile|zip|EPSG:\d+|Excel|CSV|English|OpenStreetMap|km²|m²|MB|[0-9a-f]{8}")
MANY = 600_000


def tiny_layer(tmp_path):
    """Return a GeoPackage of three squares of a hundred metres: two in the middle of a zone, one far out at sea."""
    middle = load().geometry[ZONE].representative_point()
    x, y = middle.x, middle.y
    shapes = [box(x, y, x + 0.001, y + 0.001), box(x - 0.001, y, x, y + 0.001), box(114.5, 21.5, 114.501, 21.501)]
    assert load().geometry[ZONE].contains(shapely.union_all(shapes[:2]))
    path = tmp_path / "a.gpkg"
    geopandas.GeoDataFrame({"use": ["R", "M", "R"]}, geometry=shapes, crs="EPSG:4490").to_file(path)
    return path


def many_parcels(tmp_path):
    """Return a GeoParquet file that takes a while to count."""
    random = np.random.default_rng(1)
    west, south = random.uniform(113.8, 114.3, MANY), random.uniform(22.5, 22.8, MANY)
    path = tmp_path / "many.parquet"
    shapes = shapely.box(west, south, west + 0.001, south + 0.001)
    geopandas.GeoDataFrame(geometry=shapes, crs="EPSG:4490").to_parquet(path)
    return path


def open_page(watched, lang="zh"):
    watched.page.goto(f"{watched.address}/tabulate?lang={lang}")
    watched.page.wait_for_selector(".z-upload", timeout=30_000)
    return watched.page


def choose_field(page, name):
    page.locator(".st-key-tabulate-bar [data-testid=stSelectbox]").first.click()
    page.get_by_role("option", name=name, exact=True).click()


def counted(watched, tmp_path, lang="zh"):
    page = open_page(watched, lang)
    page.set_input_files(".z-file", tiny_layer(tmp_path))
    page.wait_for_selector(".st-key-tabulate-start button", timeout=30_000)
    choose_field(page, "use")
    page.wait_for_timeout(400)
    page.click(".st-key-tabulate-start button")
    page.wait_for_selector(".z-map-inset[data-features]", timeout=120_000)
    page.wait_for_timeout(600)
    return page


def speaks_one_language(page):
    """Check the page in Chinese, then in English."""
    # Streamlit tells a screen reader in English how many options a picker has.
    lines = words_on(page, f"{QUOTED}, [aria-live]").splitlines()
    for name in load()["name_zh"]:
        lines = [line.replace(name, "") for line in lines]
    assert [line for line in lines if re.search(r"[A-Za-z]{4,}", FORMATS.sub("", line))] == []
    page.click(".st-key-language button")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.wait_for_timeout(900)
    text = page.inner_text("body").replace("中文", "")
    assert [line for line in text.splitlines() if CHINESE.search(line)] == []


def test_a_layer_is_counted_drawn_and_taken_away(watched, tmp_path):
    page = counted(watched, tmp_path)
    # Read, inside a zone, partly, in no zone, left out.
    assert page.locator(".z-figures dd").all_inner_texts() == ["3", "2", "0", "1", "0"]
    page.locator(".z-filter").fill(load().at[ZONE, "name_zh"])
    rows = [[cell.strip() for cell in text.split("\t")] for text in page.locator(".z-table tbody tr").all_inner_texts()]
    of_zone = [row for row in rows if row[0] == load().at[ZONE, "name_zh"]]
    assert sorted(row[1:4] for row in of_zone) == [["M", "1", "0"], ["R", "1", "0"]]
    assert {row[5] for row in of_zone} == {"50.0%"}
    assert page.get_attribute(".z-map-inset", "data-features") == "2"
    assert "全部 2 个要素" in page.locator(".stMain").inner_text()
    assert min(page.evaluate(COLOURS_ON_CANVAS)) > 2
    assert page.locator(".z-chart-row").count() >= 1
    with page.expect_download() as download:
        page.locator(".st-key-tabulate-xlsx button").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert book.worksheets[0].cell(book.worksheets[0].max_row, 4).value.startswith("=SUBTOTAL(109,")
    speaks_one_language(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_timeout(400)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= PHONE[0]
    watched.is_clean()


def test_a_bad_file_is_told_in_a_sentence_and_a_long_count_is_stopped(watched, tmp_path):
    page = open_page(watched)
    page.set_input_files(".z-file", {"name": "a.gpkg", "mimeType": "application/octet-stream", "buffer": b"nothing"})
    page.wait_for_selector("[data-testid=stAlert]")
    told = page.locator("[data-testid=stAlert]").inner_text()
    assert told == "a.gpkg：不能按 GeoPackage 读取：内容是别的东西；请核对文件与文件名"
    assert page.locator(".st-key-tabulate-start").count() == 0
    page.locator(".stMain [data-testid=stButtonGroup] button").nth(1).click()
    page.locator(".st-key-tabulate-path input").fill(str(many_parcels(tmp_path)))
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-tabulate-start button")
    page.click(".st-key-tabulate-start button")
    page.locator(".st-key-tabulate-stop button").click()
    page.wait_for_selector("[data-testid=stAlert]", timeout=60_000)
    assert page.locator("[data-testid=stAlert]").inner_text() == "已停止，没有留下结果。"
    assert page.locator(".z-figures").count() == 0
    assert page.locator(".st-key-tabulate-start button").is_enabled()
    watched.is_clean()
