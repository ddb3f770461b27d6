"""A plan figure in a real browser: sent, clicked on both sides, typed, dragged, and laid on the map."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 1200, 800
CORNERS = [(100, 100), (1100, 100), (1100, 700), (100, 700), (600, 400)]
WEST, NORTH, STEP = 113.95, 22.60, 5e-5
"""The figure shows 0.06 by 0.04 degrees."""


def figure(path):
    image = Image.fromarray(np.full((HEIGHT, WIDTH, 3), 245, np.uint8))
    for column, row in CORNERS:
        ImageDraw.Draw(image).ellipse((column - 6, row - 6, column + 6, row + 6), fill="red")
    image.save(path)
    return path


def press(page, name, column, row):
    """Press on the figure where a pixel of it stands."""
    box = page.locator(f".z-geo-{name} .leaflet-image-layer").first.bounding_box()
    page.mouse.click(box["x"] + box["width"] * column / WIDTH, box["y"] + box["height"] * row / HEIGHT)


def set_point(page, column, row):
    """Press on the figure and type where that is."""
    page.locator(".z-geo-picture").scroll_into_view_if_needed()
    press(page, "picture", column, row)
    form = page.locator(".z-geo-typing")
    fields = form.locator("input[inputmode=decimal]")
    fields.nth(0).fill(f"{WEST + STEP * column:.6f}")
    fields.nth(1).fill(f"{NORTH - STEP * row:.6f}")
    before = page.locator(".z-geo-table tbody tr").count()
    form.locator("button[type=submit]").click()
    page.wait_for_function(f"document.querySelectorAll('.z-geo-table tbody tr').length === {before + 1}")
    page.wait_for_function(
        "![...document.querySelectorAll('.z-geo-table td')].some((cell) => cell.textContent.startsWith('…'))"
    )


def test_a_figure_is_laid_on_the_map(watched, tmp_path):
    page = watched.page
    page.goto(f"{watched.address}/desk")
    page.wait_for_selector("[data-testid=stMainBlockContainer]", timeout=60_000)
    page.locator(".stMain").get_by_text("图件配准", exact=True).first.click(timeout=60_000)
    page.wait_for_selector("input.z-file", state="attached", timeout=60_000)
    page.locator("input.z-file").first.set_input_files(figure(tmp_path / "规划图.png"))
    page.wait_for_selector(".z-geo-picture .leaflet-image-layer", timeout=60_000)
    page.wait_for_timeout(800)
    for column, row in CORNERS:
        set_point(page, column, row)
    page.wait_for_selector(".z-geo-figures")
    told = page.locator(".z-geo-table tbody tr").first.inner_text()
    assert "键入" in told
    side = 5e-5 * 111_000
    lengths = page.locator(".z-geo-table tbody tr td:nth-child(8)").all_inner_texts()
    assert all(float(text) < 2 * side for text in lengths), "a press meets its pixel within two"
    page.locator(".z-geo-picture").scroll_into_view_if_needed()
    mark = page.locator(".z-geo-picture .z-geo-mark").nth(4).bounding_box()
    page.mouse.move(mark["x"] + 11, mark["y"] + 11)
    page.mouse.down()
    page.mouse.move(mark["x"] + 91, mark["y"] + 11, steps=6)
    page.mouse.up()
    page.wait_for_selector(".z-geo-slip-row", timeout=20_000)
    page.locator(".z-geo-remove").nth(4).click()
    page.wait_for_selector(".z-geo-slip-row", state="detached", timeout=20_000)
    page.get_by_role("button", name="纠正并叠加到地图").click()
    page.wait_for_selector(".z-geo-map .leaflet-image-layer", timeout=90_000)
    page.get_by_role("button", name="用作描图底图").click()
    page.get_by_text("已放到“绘制编辑”工作台").wait_for(timeout=20_000)
    watched.is_clean()
