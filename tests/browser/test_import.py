"""A reader's own layer in a real browser: brought in, looked at, accepted, drawn; nothing in it comes alive."""

import pytest

from tests.tiny import collection, feature, polygon

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)>"


def test_a_layer_is_brought_in_and_drawn_on_the_map(watched, tmp_path):
    path = tmp_path / "<b onclick=alert(1)>园区.geojson"
    square = feature(HOSTILE, polygon(113.95, 22.60, 114.0, 22.65), **{HOSTILE: "=1+1", "![x](http://10.0.0.1/x)": 1})
    path.write_text(collection([square, feature("lost", None)]), encoding="utf-8")
    page = watched.page
    spoken = []
    page.on("dialog", lambda dialog: (spoken.append(dialog.message), dialog.dismiss()))
    page.goto(f"{watched.address}/import")
    page.wait_for_selector("[data-testid=stFileUploaderDropzone]", timeout=30_000)
    page.set_input_files("input[type=file]", path)
    page.wait_for_selector(".z-import-figures", timeout=60_000)
    page.wait_for_selector(".z-map-inset[data-painted]", timeout=30_000)
    assert "EPSG:4490" in page.inner_text(".stMain")
    page.get_by_role("button", name="加入图集").click()
    page.wait_for_selector(".z-own")
    assert "<b onclick=alert(1)>园区" in page.inner_text(".z-own")
    page.get_by_role("link", name="地图", exact=True).click()
    page.wait_for_selector(".z-map[data-painted]:not(.z-map-inset)", timeout=30_000)
    assert spoken == []
    watched.is_clean()
