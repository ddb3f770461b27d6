"""Snapping while drawing: a click beside a road or the coast lands on it, and beside it where snapping is off."""

import numpy as np
import pytest
import shapely

from tests.browser.test_desk_draw import DESK, LOST, choose, desk, extent, place  # noqa: F401 (a fixture)
from zones import read_atlas

pytestmark = pytest.mark.browser

ZOOM, ASIDE_PX = 15, (6, 5)
"""A pixel is 4.4 m there; snapping reaches 14 pixels."""

LONELY_DEG = 0.002
GROUND = ("roads", "land", "stations", "districts", "subdistricts")
BESIDE = {"roads": ("land", "stations", "districts", "subdistricts"), "land": ("roads", "stations")}
"""What else a click might land on; districts end at the coast, so beside it they are the same line."""


@pytest.fixture(scope="module")
def targets():
    """A corner of a road and one of the coast with nothing else to snap to around them, and their lines."""
    atlas = read_atlas()
    base = {name: shapely.union_all(atlas.base[f"base_{name}"].geometry.to_numpy()) for name in GROUND}
    outlines = {
        name: shape if name in ("roads", "stations") else shapely.boundary(shape) for name, shape in base.items()
    }
    zones = shapely.union_all(atlas.zones.geometry.dropna().to_numpy())
    found = {}
    for name, beside in BESIDE.items():
        rest = shapely.union_all([zones, *(outlines[each] for each in beside)])
        corners = shapely.points(shapely.get_coordinates(outlines[name]))
        apart = shapely.distance(corners, rest)
        assert apart.max() > LONELY_DEG
        found[name] = (corners[int(apart.argmax())], outlines[name])
    return found


def clicked(page, x, y):
    page.mouse.move(x, y)
    page.wait_for_timeout(250)
    page.mouse.click(x, y)
    page.wait_for_timeout(150)


def drawn_beside(page, corner):
    """Draw a triangle whose first corner is clicked a few pixels beside a place; return that corner as saved."""
    page.evaluate(f"() => {{ {DESK}.map.setView([{corner.y}, {corner.x}], {ZOOM}, {{animate: false}}) }}")
    page.wait_for_timeout(600)
    page.click(".z-tool-add")
    x, y = place(page, corner.x, corner.y)
    x, y = x + ASIDE_PX[0], y + ASIDE_PX[1]
    aside = page.evaluate(
        f"([x, y]) => {{ const box = {DESK}.canvasBox.getBoundingClientRect();"
        f"const at = {DESK}.map.containerPointToLatLng([x - box.left, y - box.top]); return [at.lng, at.lat] }}",
        [x, y],
    )
    for at in ((x, y), (x + 130, y + 20), (x + 60, y + 150), (x, y)):
        clicked(page, *at)
    page.wait_for_function(f"() => Boolean({DESK}.drawing.now.extent)")
    ring = shapely.points(shapely.get_coordinates(shapely.geometry.shape(extent(page))))
    near = shapely.distance(ring, shapely.Point(aside))
    return ring[int(near.argmin())], shapely.Point(aside)


@pytest.mark.parametrize("name", ["roads", "land"])
def test_a_click_beside_a_line_of_the_base_map_lands_on_it(desk, watched, targets, name):  # noqa: F811
    corner, line = targets[name]
    choose(desk, LOST)
    landed, aside = drawn_beside(desk, corner)
    # Six decimals are 0.1 m; the click was some 30 m beside.
    assert shapely.distance(landed, line) < 2e-6
    assert shapely.distance(landed, aside) > 1e-4
    watched.is_clean()


@pytest.mark.parametrize("name", ["roads", "land"])
def test_a_click_stays_where_it_is_without_snapping(desk, watched, targets, name):  # noqa: F811
    corner, line = targets[name]
    choose(desk, LOST)
    desk.click(".z-tool-snap")
    landed, aside = drawn_beside(desk, corner)
    assert np.hypot(landed.x - aside.x, landed.y - aside.y) < 2e-5
    assert shapely.distance(landed, line) > 5e-5
    watched.is_clean()
