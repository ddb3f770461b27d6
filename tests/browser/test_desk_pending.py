"""Several zones drawn before one save, and a border that two share moved once, in a real browser."""

import json
import re

import pytest
import shapely

from tests.browser.test_desk_draw import DESK, HELD, SAID, choose, desk, extent, place, settled, store  # noqa: F401
from zones.workspace.workspace import check_log, features_at, revisions, save
from zones.workspace.workspace_edit import Edit

pytestmark = pytest.mark.browser

WEST, EAST = "baoan.subarea.songgang-shajing", "baoan.subarea.xinqiao-songgang"
COMMON = (113.8218, 22.7565)
"""A vertex that these two share, and no other zone."""

CORNER = (114.3417, 22.6997)
MEET = {"pingshan.subarea.old-center", "pingshan.subarea.old-town", "pingshan.subarea.yanziling"}
"""Where three zones meet."""

PHONE = (390, 844)


@pytest.fixture
def page(desk):  # noqa: F811 (the fixture of the bench)
    """The bench with snapping off, so that a vertex goes where the pointer goes."""
    desk.evaluate(f"() => {DESK}.setSnap(false)")
    return desk


def drag(page, vertex, by=(9, -12)):
    """Drag a vertex of the open zone by some pixels, close enough to grasp it alone."""
    if page.locator(".z-tool-edit[aria-pressed=true]").count() == 0:
        page.click(".z-tool-edit")
    page.evaluate(f"at => {{ {DESK}.map.setView([at[1], at[0]], 16, {{animate: false}}) }}", list(vertex))
    page.wait_for_selector(".marker-icon-middle", state="attached")
    steps = page.evaluate(f"() => {DESK}.drawing.at")
    x, y = place(page, *vertex)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)
    page.mouse.up()
    page.wait_for_function(f"was => {DESK}.drawing.at > was", arg=steps)
    rest(page)


def rest(page):
    """Wait until nothing is asked, and no neighbour is on its way."""
    page.wait_for_function(f"() => !{DESK}.shared.busy")
    settled(page)


def pending(page):
    return {each.get_attribute("data-zone") for each in page.locator(".z-desk-pending li").all()}


def wait_for_pending(page, number):
    page.wait_for_selector(f".z-desk[data-pending='{number}']")
    rest(page)


def aside(page, zone_id):
    """Return the extent of a zone that was put aside."""
    held = page.evaluate(
        f"id => {{ const held = {DESK}.pending.held.get(id); return JSON.stringify(held.steps[held.at].extent) }}",
        zone_id,
    )
    return json.loads(held)


def points(shape):
    return {tuple(point) for point in shapely.get_coordinates(shapely.geometry.shape(shape)).tolist()}


def differing(workspace, old, new):
    before, after = (features_at(workspace, at).set_index(["zone_id", "part"]) for at in (old, new))
    assert list(before.index) == list(after.index)
    assert before.drop(columns="geometry").equals(after.drop(columns="geometry"))
    return {key[0] for key in before.index if not shapely.equals_identical(before.geometry[key], after.geometry[key])}


def first_vertex(page):
    return extent(page)["coordinates"][0][3]


def test_two_zones_are_changed_and_saved_as_one_revision(page, watched, workspace):
    choose(page, HELD)
    start = extent(page)
    drag(page, first_vertex(page))
    held = extent(page)
    page.click(".z-desk-title .z-close")
    page.wait_for_selector(".z-desk-pick")
    wait_for_pending(page, 1)
    assert pending(page) == {HELD}
    choose(page, WEST)
    other = extent(page)
    drag(page, COMMON)
    wait_for_pending(page, 2)
    changed = extent(page)
    # Undo and redo are those of the zone that is open.
    page.keyboard.press("Control+z")
    wait_for_pending(page, 1)
    assert extent(page) == other
    assert aside(page, HELD) == held
    page.keyboard.press("Control+y")
    wait_for_pending(page, 2)
    page.locator(f".z-desk-pending li[data-zone='{HELD}'] button").first.click()
    page.wait_for_selector(f".z-desk[data-zone='{HELD}']")
    assert extent(page) == held
    page.keyboard.press("Control+z")
    assert extent(page) == start
    page.keyboard.press("Control+y")
    assert extent(page) == held
    wait_for_pending(page, 2)
    # Another page and back, then a reload: both are there.
    page.reload()
    page.wait_for_selector(".z-desk[data-painted]", timeout=30_000)
    wait_for_pending(page, 2)
    assert (extent(page), aside(page, WEST)) == (held, changed)
    assert len(revisions(workspace)) == 1
    assert "第 2 次修订，共 2 个区" in store(page)
    assert differing(workspace, 1, 2) == {HELD, WEST}
    assert check_log(workspace) == ()
    wait_for_pending(page, 0)
    watched.is_clean()


def test_a_zone_put_aside_can_be_dropped(page, watched, workspace):
    choose(page, HELD)
    start = extent(page)
    drag(page, first_vertex(page))
    choose_another(page, WEST)
    wait_for_pending(page, 1)
    page.click(".z-pending-drop")
    page.locator(f"{SAID} button").first.click()
    wait_for_pending(page, 0)
    assert store(page) == "没有改动，未保存。"
    choose_another(page, HELD)
    assert extent(page) == start
    assert len(revisions(workspace)) == 1
    watched.is_clean()


def choose_another(page, zone_id):
    page.click(".z-desk-title .z-close")
    page.wait_for_selector(".z-desk-pick")
    choose(page, zone_id)


def test_shared_border_is_moved_once(page, watched, workspace):
    choose(page, WEST)
    before = points(extent(page))
    page.click(".z-tool-share")
    drag(page, COMMON)
    wait_for_pending(page, 2)
    assert pending(page) == {WEST, EAST}
    mine, theirs = points(extent(page)), points(aside(page, EAST))
    (new,) = mine - before
    assert before - mine == {COMMON}
    stored = features_at(workspace).set_index("zone_id").geometry
    assert points(stored[EAST]) - theirs == {COMMON}
    assert theirs - points(stored[EAST]) == {new}
    # One step back takes both back, one forth brings both again.
    page.keyboard.press("Control+z")
    wait_for_pending(page, 0)
    assert points(extent(page)) == before
    page.keyboard.press("Control+y")
    wait_for_pending(page, 2)
    assert points(aside(page, EAST)) == theirs
    page.click(".z-desk-check")
    settled(page)
    kinds = page.locator(".z-desk-found li").evaluate_all("rows => rows.map((each) => each.dataset.kind)")
    assert not [kind for kind in kinds if kind.startswith("sibling")]
    assert "共 2 个区" in store(page)
    assert differing(workspace, 1, 2) == {WEST, EAST}
    watched.is_clean()


def test_a_vertex_dragged_out_of_a_middle_is_one_step_of_both(page, watched):
    choose(page, WEST)
    ring = extent(page)["coordinates"][0]
    at = [tuple(point) for point in ring].index(COMMON)
    # The other end of the edge that both have.
    ends = [ring[at - 1], ring[at + 1]]
    page.click(".z-tool-share")
    east = features_of(page, EAST)
    end = next(each for each in ends if tuple(each) in east)
    middle = [(COMMON[0] + end[0]) / 2, (COMMON[1] + end[1]) / 2]
    drag(page, middle, by=(14, 10))
    wait_for_pending(page, 2)
    (new,) = points(aside(page, EAST)) - east
    assert new in points(extent(page))
    page.keyboard.press("Control+z")
    wait_for_pending(page, 0)
    assert extent(page)["coordinates"][0] == ring
    watched.is_clean()


def features_of(page, zone_id):
    told = page.evaluate(
        f"async id => {{ const {{ zone }} = await {DESK}.asking.ask('open', {{ zone: id }});"
        " return JSON.stringify(zone.parts.find((each) => each.part === 'extent').geometry); }",
        zone_id,
    )
    return points(json.loads(told))


def test_where_three_zones_meet_all_move(page, watched, workspace):
    own = sorted(MEET)[0]
    choose(page, own)
    page.click(".z-tool-share")
    drag(page, CORNER)
    wait_for_pending(page, 3)
    assert pending(page) == MEET
    # Another step of one of them alone: stepping back in the first is told that it does not go along.
    other = sorted(MEET)[1]
    page.click(".z-tool-share")
    page.locator(f".z-desk-pending li[data-zone='{other}'] button").first.click()
    page.wait_for_selector(f".z-desk[data-zone='{other}']")
    (moved,) = points(extent(page)) - features_of(page, other)
    drag(page, moved)
    page.locator(f".z-desk-pending li[data-zone='{own}'] button").first.click()
    page.wait_for_selector(f".z-desk[data-zone='{own}']")
    page.keyboard.press("Control+z")
    wait_for_pending(page, 1)
    assert pending(page) == {other}
    assert "未一并退回" in page.inner_text(SAID)
    assert len(revisions(workspace)) == 1
    watched.is_clean()


def test_who_else_saved_is_told_for_each_zone(page, watched, workspace):
    choose(page, WEST)
    page.click(".z-tool-share")
    drag(page, COMMON)
    wait_for_pending(page, 2)
    mine = extent(page)
    rows = features_at(workspace)
    edits = [Edit(each, "baoan", rows[rows["zone_id"] == each].assign(basis="别处")) for each in (WEST, EAST)]
    save(workspace, edits, who="乙", why="同时", base=1)
    page.fill(".z-desk-foot .z-desk-who", "甲")
    page.fill(".z-desk-foot .z-desk-why", "移动边界")
    page.click(".z-desk-store")
    confirm(page)
    page.wait_for_selector(".z-collided")
    assert page.locator(".z-collided").count() == 2
    assert len(revisions(workspace)) == 2
    for zone_id in (WEST, EAST):
        page.locator(f".z-collided[data-zone='{zone_id}'] button").nth(1).click()
    page.wait_for_selector(f"{SAID}.z-desk-good")
    stored = features_at(workspace).set_index("zone_id")
    assert points(stored.geometry[WEST]) == points(mine)
    assert next(iter(revisions(workspace)["zone_ids"])) == (WEST, EAST)
    watched.is_clean()


def confirm(page):
    """Pass over warnings, where there are any, before what is awaited."""
    page.wait_for_selector(f"{SAID} button, .z-collided")
    if page.locator(f"{SAID} > .z-desk-row .z-primary").count():
        page.locator(f"{SAID} .z-primary").click()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_the_list_has_room_on_a_phone(page, watched):
    choose(page, HELD)
    page.evaluate(f"""() => {{
      const desk = {DESK};
      const [ring] = desk.drawing.now.extent.coordinates;
      desk.drawing.commit({{ extent: {{ type: "Polygon", coordinates: [[...ring.slice(0, 2), ...ring.slice(3)]] }} }});
    }}""")
    choose_another(page, WEST)
    wait_for_pending(page, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    row = page.locator(".z-desk-pending li").bounding_box()
    assert row["x"] >= 0
    assert row["x"] + row["width"] <= PHONE[0]
    watched.is_clean()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_every_tool_is_in_reach_on_a_phone(page, watched):
    choose(page, WEST)
    assert tools_out_of_reach(page) == []
    page.click(".z-tool-add")
    page.wait_for_selector(".z-tool-finish")
    assert tools_out_of_reach(page) == []
    page.click(".z-tool-cancel")
    page.wait_for_selector(".z-tool-add")
    watched.is_clean()


def tools_out_of_reach(page):
    """Return the tools and map buttons that are not what a finger in their middle meets."""
    return page.evaluate("""() => [...document.querySelectorAll('.z-desk-tools .z-tool, .z-desk .z-buttons button')]
      .filter((each) => each.checkVisibility())
      .filter((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return !each.contains(document.elementFromPoint(x + width / 2, y + height / 2));
      }).map((each) => each.className || each.title)""")


def test_an_outline_that_two_share_is_drawn_once(page, watched):
    choose(page, WEST)
    page.click(".z-tool-share")
    drag(page, COMMON)
    wait_for_pending(page, 2)
    page.click(".z-desk-title .z-close")
    page.wait_for_selector(".z-desk-pick")
    told = page.evaluate(f"""() => {{
      const name = (...ends) => ends.map((end) => end.slice(0, 2).join()).sort().join(" ");
      const edges = (ring) => ring.slice(1).map((end, at) => name(ring[at], end));
      const held = {DESK}.pending.aside.flatMap(({{ steps, at }}) => steps[at].extent.coordinates.flatMap(edges));
      const bands = [];
      {DESK}.ground.waiting.eachLayer((group) => {{
        bands.push(group.toGeoJSON(9).features.flatMap(({{ geometry }}) => geometry.coordinates.flatMap(edges)));
      }});
      return {{ held, bands }};
    }}""")
    held = set(told["held"])
    assert len(held) < len(told["held"])
    # A light band, and the dashes on it.
    assert len(told["bands"]) == 2
    for drawn in told["bands"]:
        assert sorted(drawn) == sorted(held)
    watched.is_clean()


def test_moving_borders_together_stays_on_after_a_reload(page, watched):
    choose(page, WEST)
    page.click(".z-tool-share")
    drag(page, COMMON)
    wait_for_pending(page, 2)
    page.reload()
    page.wait_for_selector(f".z-desk[data-zone='{WEST}']", timeout=30_000)
    wait_for_pending(page, 2)
    assert page.get_attribute(".z-tool-share", "aria-pressed") == "true"
    page.click(".z-tool-share")
    page.reload()
    page.wait_for_selector(f".z-desk[data-zone='{WEST}']", timeout=30_000)
    wait_for_pending(page, 2)
    assert page.get_attribute(".z-tool-share", "aria-pressed") == "false"
    watched.is_clean()


def test_the_figures_keep_their_place_until_they_are_there(page, watched):
    told = page.evaluate(f"async id => {{ await {DESK}.openZone(id); return {DESK}.panel.figureBox.innerText; }}", WEST)
    assert told.split() == ["量算", "正在重算…", "…"]
    settled(page)
    page.wait_for_selector(".z-desk-figures[data-area]:not(.z-desk-counting)")
    watched.is_clean()


@pytest.mark.parametrize("watched", [PHONE], indirect=True)
def test_a_time_in_the_list_of_revisions_stands_in_one_line(page, watched):
    page.locator(".st-key-desk-bench").get_by_text("修订记录", exact=True).click()
    page.wait_for_selector(".z-table tbody td")
    time = page.locator(".z-table tbody td").first
    height, line = time.evaluate("""cell => {
      const { lineHeight } = getComputedStyle(cell);
      const range = document.createRange();
      range.selectNodeContents(cell);
      return [range.getBoundingClientRect().height, parseFloat(lineHeight)];
    }""")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", time.inner_text().strip())
    assert height < 1.5 * line
    watched.is_clean()
