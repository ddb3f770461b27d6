"""Maps beside the tables of a page, taken away: the same ground, sides, classes and figures as the page has."""

import pytest

from layers import style
from tests.counting import PARK, write_layer
from tests.tiny import write_atlas
from ui import overlap_view
from ui.counting import tabulate_job, tabulate_view
from ui.counting.tabulate_job import Order
from ui.plans import conflict_view
from ui.sheets import page_pictures
from ui.sheets.own_picture import OwnPicture, added, told
from zones import read_atlas
from zones.errors import InputError
from zones.measure import measure
from zones.overlap import pairs
from zones.proof.passport import record_in

CORE = "tiny.core.part"


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("pictures") / "data"))


@pytest.fixture(scope="module")
def counted(atlas, tmp_path_factory):
    folder = tmp_path_factory.mktemp("counted")
    order = Order("地块.parquet", write_layer(folder / "own.parquet"), None, "use", (PARK,), PARK)
    job = tabulate_job.launch(order, atlas.zones.loc[[PARK]], folder)
    return order, job.future.result(timeout=120)


def test_the_shared_ground_is_drawn_with_the_digits_its_zones_can_carry(atlas):
    table = pairs(atlas.zones.loc[[PARK, CORE]])
    row = table.iloc[0]
    made = page_pictures.pair_added(atlas, (row.a_id, row.b_id), table, "km2", "zh")
    [overlay] = made.overlays
    # The core lies in the park: what they share is the core.
    shape = overlay.shapes.geometry.iloc[0]
    assert shape.symmetric_difference(atlas.zones.geometry[CORE]).area < 1e-12
    error_km2 = measure(atlas.zones.loc[[CORE]])["error_m2"].iloc[0] / 1e6
    assert 0.355 <= error_km2 < 0.95 or error_km2 >= 0.1
    assert overlay.looks[0].label.startswith("约 ")
    assert {f"占铁仔山园区 {overlap_view.percent(0.25)}。", "占石岩南片区 100%。"} <= set(overlay.notes)
    # A solid line would say more of the outline than is known.
    assert overlay.looks[0].edge_px == 0
    assert overlay.looks[0].pattern
    assert [receipt.kind for receipt in made.receipts] == ["overlap"]
    held = record_in(page_pictures.pair_sheet(atlas, (row.a_id, row.b_id), table, "km2", "svg", "zh"), ".svg", "it")
    assert {each["kind"] for each in held["receipts"]} == {"area", "overlap"}


def test_sides_keep_their_colours_and_labels():
    sides = [{"label": "甲", "colour": "#0072B2", "ink": "#00598B", "zones": [PARK]}]
    [side] = page_pictures.sides_added(sides).sides
    assert (side.label, side.colour, side.ink, side.zones) == ("甲", "#0072B2", "#00598B", (PARK,))
    assert conflict_view.SIDE_KINDS


def test_classes_are_drawn_as_counted(atlas, counted):
    order, outcome = counted
    drawn = page_pictures.class_sheet(atlas, PARK, order, outcome, "ha", "svg", "zh")
    record = record_in(drawn, ".svg", "the file")
    assert {each["kind"] for each in record["receipts"]} == {"area", "table"}
    [held] = record["overlays"]
    # The park holds two R, a bow tie M and half a box M.
    assert (held["name"], held["features"], held["field"], held["zone_id"]) == ("地块.parquet", 4, "use", PARK)
    assert held["files"] == outcome.hashes
    table = outcome.found.table
    looks = tabulate_view.looks(table)
    rows = page_pictures._rows(table, looks, "use", "ha", "zh")
    # 0.002° by 0.002° at 22.7° N are 205.5 m by 221.5 m, 4.55 ha: two R; of M half a box, and half a box in triangles.
    assert [rows[look] for look in looks.values()] == ["R（2；9.1 公顷）", "M（2；4.6 公顷）"]
    assert [look.colour for look in looks.values()] == [each for each, _ in style.CLASS_LOOKS[:2]]


def test_an_import_is_drawn_alone_under_its_own_name(atlas, tmp_path):
    path = tmp_path / "layer.parquet"
    write_layer(path)
    drawn = page_pictures.import_sheet(atlas, path, "某地块.gpkg", "svg", "zh")
    [held] = record_in(drawn, ".svg", "the file")["overlays"]
    assert (held["name"], held["features"], list(held["files"])) == ("某地块.gpkg", 6, ["某地块.gpkg"])


def test_what_no_paper_holds_is_told_before():
    assert page_pictures.no_sheet((113.8, 22.5, 114.3, 22.8)) is None
    assert "at most 1:1000000" in page_pictures.no_sheet((100.0, 20.0, 120.0, 40.0))


def test_words_on_a_layer_need_a_layer(tmp_path):
    assert told(None, None, "", "", "") is None
    with pytest.raises(InputError, match="name it with --layer"):
        told(None, "use", "", "", "")
    path = write_layer(tmp_path / "own.gpkg", count=3)
    [overlay] = added(told(path, "use", "某局", "", ""), "en").overlays
    assert [look.label for look in overlay.looks] == ["R (2)", "M (1)"]
    assert added(None, "zh").overlays == ()
    assert OwnPicture(path, "a") != OwnPicture(path, "b")
