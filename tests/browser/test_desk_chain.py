"""The whole way at the desk: made, drawn by clicks, saved, checked, published, and seen on another page."""

import re

import numpy as np
import pytest
import shapely
from playwright.sync_api import expect

from tests.browser.test_desk_draw import CORNERS, DESK, LOST, choose, extent, place, settled, store
from zones.atlas import data_folder
from zones.measure import lonlat_area
from zones.workspace.published import published_root
from zones.workspace.workspace import check_log, revisions

pytestmark = pytest.mark.browser

VERSION = ".z-version"


@pytest.fixture
def nothing_yet(workspace):
    """No workspace, before and after: the other tests read the shipped data."""

    def clear():
        root = published_root(workspace)
        for path in sorted([*root.rglob("*"), *workspace.parent.glob(f"{workspace.name}*")], reverse=True):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)

    clear()
    yield
    clear()


def bench(page, name):
    page.locator(".st-key-desk-bench").get_by_text(name, exact=True).click()


def field(page, key, text):
    box = page.locator(f".st-key-{key} input")
    box.fill(text)
    box.press("Enter")


@pytest.mark.usefixtures("nothing_yet")
def test_from_nothing_to_published_figures(watched, workspace):
    page = watched.page
    page.goto(f"{watched.address}/desk")
    page.wait_for_selector(".z-desk[data-painted]", timeout=30_000)
    page.wait_for_function(f"() => Boolean({DESK}.index)")
    shipped = page.inner_text(VERSION)
    page.fill(".z-desk-begin .z-desk-who", "甲")
    page.click(".z-desk-begin .z-primary")
    page.wait_for_selector(".z-desk[data-revision='1']")

    choose(page, LOST)
    page.evaluate(f"() => {{ {DESK}.map.setView([22.435, 114.12], 12.5, {{animate: false}}) }}")
    page.click(".z-tool-add")
    for at in [*CORNERS, CORNERS[0]]:
        page.mouse.move(*place(page, *at))
        page.wait_for_timeout(120)
        page.mouse.click(*place(page, *at))
        page.wait_for_timeout(120)
    page.wait_for_function(f"() => Boolean({DESK}.drawing.now.extent)")
    drawn = shapely.geometry.shape(extent(page))
    page.select_option("select[name=grade]", "traced")
    page.select_option("select[name=method]", "block_outline")
    page.fill("input[name=error_m]", "50")
    page.fill("textarea[name=basis]", "按图描绘")
    settled(page)
    assert "第 2 次修订" in store(page)

    bench(page, "修订记录")
    field(page, "history-why-act", "图形已看过")
    page.get_by_role("button", name="标为已审核").click()
    page.get_by_text("第 2 次修订已标为已审核").wait_for()
    bench(page, "发布")
    field(page, "publish-why", "试用")
    field(page, "publish-name", "第一版")
    page.locator(".st-key-official-publish button, [data-testid=stForm] button").last.click()
    page.get_by_text("第 2 次修订已发布").wait_for(timeout=30_000)
    expect(page.locator(VERSION)).not_to_have_text(shipped, timeout=20_000)

    page.get_by_role("link", name="面积").click()
    row = page.locator(".z-table tbody tr", has_text="石壁龙园区").first
    row.wait_for(timeout=30_000)
    shown = float(re.search(r"([\d.]+) ± ", row.inner_text())[1])
    assert shown == pytest.approx(lonlat_area(np.array([drawn]))[0] / 1e6, rel=0.01)
    assert list(revisions(workspace)["stage"]) == ["published", "draft"]
    assert (published_root(workspace) / "2" / "log.txt").is_file()
    assert check_log(workspace) == ()
    assert data_folder().name == "data"
    watched.is_clean()
