"""The corridor page as Streamlit runs it, without a browser."""

import json
import time

import pytest
from shapely import box
from streamlit.testing.v1 import AppTest

from tests.shapes import frame
from tests.test_app import ROOT, component, run
from ui.commands.covering import covered
from ui.commands.selecting import verified
from ui.corridors import corridor_view as views
from ui.imports.own_layers import KEY, OwnLayer
from zones.proof.receipt_files import read_receipts


@pytest.fixture(scope="module")
def app():
    return run("corridor")


def figure(told, key, stop):
    return next(each for each in told["corridors"][0]["figures"] if each["key"] == key)["values"][stop]


def test_page_says_what_the_command_says(app):
    told = component(app, "web-corridor")
    answer, _ = covered("baoan.corridor.r107", None)
    assert told["widths"][told["now"]] == answer["half_width_m"] == 1000
    share = views.share(answer["share"], answer["error_m2"] / answer["corridor_m2"])
    assert figure(told, "covered_share", told["now"]) == share
    gaps = component(app, "web-gaps")["rows"]
    assert [row["cells"][3]["sort"] for row in gaps] == pytest.approx(
        [row["length_m"] for row in answer["gaps"]], abs=0.1
    )
    parts = component(app, "web-table")["rows"]
    assert [row["cells"][0]["pick"] for row in parts] == [row["id"] for row in answer["parts"]]
    assert told["assumed"] == "图集假定 1000 m"


def press(app, key):
    app.session_state["receipt-asked"] = ({"key": key, "turn": 1}, time.monotonic())
    app.run()
    assert not app.exception
    return component(app, "web-receipt").get("slip")


def test_a_mark_opens_the_receipt_that_the_command_writes(tmp_path):
    app, out = run("corridor"), tmp_path / "r.json"
    told = component(app, "web-corridor")["corridors"][0]
    marked = {each["key"]: each["receipt"] for each in told["figures"] if each["receipt"]}
    covering = {"covered_share": "covered", "covered_area": "covered", "uncovered_area": "fold"}
    assert marked == covering | {"band_area": "corridor", "longest_gap": "gap"}
    covered("baoan.corridor.r107", "1000", receipts_to=out)
    of_command = {each.id: each for each in read_receipts(out).receipts}
    row = component(app, "web-table")["rows"][0]
    here = "1000 baoan.corridor.r107"
    keys = [f"covered {here}", f"corridor {here}", f"inside {row['receipt']}", f"fold {here}"]
    for each in of_command.values():
        if each.kind == "class":
            keys.append(f"class {here} {each.band.class_name}")
        elif each.kind in ("fold", "gap"):
            part = each.thresholds.k if each.kind == "fold" else f"{each.band.from_m:.0f}"
            keys.append(f"{each.kind} {here} {part}")
    for key in keys:
        slip = press(app, key)
        assert of_command[slip["id"]].kind == key.split(" ")[0]
        assert "每侧宽 1000 m（规划未给出宽度）" in dict(map(tuple, slip["rows"]))["走廊"]
    assert press(app, "covered 350 baoan.corridor.r107")["id"] not in of_command
    for key in ("covered 333 baoan.corridor.r107", "covered 1000 baoan.corridor.binhai", "inside 1000", "covered"):
        assert press(app, key) is None


def test_another_corridor_starts_at_its_own_width(app):
    app.selectbox(key="corridor-zh").set_value("pingshan.corridor.pingshan-avenue").run()
    told = component(app, "web-corridor")
    assert told["widths"][told["now"]] == 300
    app.segmented_control(key="ends").set_value("district").run()
    assert not app.exception
    app.multiselect(key="compare-zh").set_value(["baoan.corridor.r107"]).run()
    assert len(component(app, "web-corridor")["corridors"]) == 2


def test_no_zone_shown_says_what_to_do():
    assert run("corridor", plans="none").info[0].value.startswith("这个选择里没有")


def test_layer_brought_along(tmp_path):
    blocks = frame([box(113.87, 22.58, 113.90, 22.60), box(113.83, 22.70, 113.86, 22.72)], use=["M1", None])
    path = tmp_path / "blocks.parquet"
    blocks.reset_index(drop=True).to_parquet(path)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state[KEY] = (OwnLayer("blocks", path, ("use",), 2),)
    app.run()
    app.switch_page("ui/pages/corridor_page.py").run()
    app.selectbox(key="cover-zh").set_value("blocks").run()
    app.selectbox(key="class-field").set_value("use").run()
    assert not app.exception
    rows = component(app, "web-table")["rows"]
    assert {row["cells"][0]["text"] for row in rows} <= {"第 1 号", "第 2 号"}
    assert rows
    assert any(each["receipt"] for each in component(app, "web-corridor")["corridors"][0]["figures"])
    assert {row["cells"][1]["text"] for row in rows} <= {"M1", "未分类"}


def test_half_widths_along_the_axis():
    app = run("corridor")
    app.text_input(key="corridor-profile").set_value("0：500，31100：500").run()
    answer, _ = covered("baoan.corridor.r107", "500")
    rows = component(app, "web-table")["rows"]
    assert sum(row["cells"][2]["sort"] for row in rows) == pytest.approx(answer["sum_m2"], rel=1e-6)
    assert not app.exception
    app.text_input(key="corridor-profile").set_value("wide").run()
    assert not app.exception


def test_figures_under_an_own_layer_rest_on_the_layer_as_it_is_downloaded(tmp_path):
    path = tmp_path / "in.parquet"
    frame([box(113.85, 22.6, 113.9, 22.72)], use=["R"]).drop(columns="error_m").to_parquet(path, index=False)
    app = run("corridor")
    app.session_state[KEY] = (OwnLayer("blocks", path, ("use",), 1),)
    app.run()
    app.selectbox(key="cover-zh").set_value("blocks").run()
    slip = press(app, "covered 1000 baoan.corridor.r107")
    held = tmp_path / "slip.json"
    held.write_text(slip["json"], "utf-8")
    told = verified(held, [path])
    assert told.holds, told.reason
    assert told.reason.endswith("blocks.parquet")
    found = component(app, "web-corridor")["corridors"][0]["figures"]
    assert {each["key"] for each in found if each["receipt"]} >= {"covered_area", "band_area"}
    row = component(app, "web-table")["rows"][0]
    assert press(app, f"inside {row['receipt']}") is not None
    moved = frame([box(113.85, 22.6, 113.9 + 1e-7, 22.72)], use=["R"]).drop(columns="error_m")
    moved.to_parquet(path, index=False)
    assert "geometry changed" in verified(held, [path]).reason


def test_a_layer_with_ids_and_errors_of_its_own_has_receipts_and_the_figures_of_the_command(tmp_path):
    path, told = tmp_path / "blocks.parquet", {"zone_id": ["厂区"], "error_m": [20.0]}
    frame([box(113.85, 22.6, 113.9, 22.72)]).drop(columns="error_m").assign(**told).to_parquet(path, index=False)
    app = run("corridor")
    # More features than once had receipts; the file says how many there are.
    app.session_state[KEY] = (OwnLayer("blocks", path, ("zone_id", "error_m"), 25_000),)
    app.run()
    app.selectbox(key="cover-zh").set_value("blocks").run()
    slip, out = press(app, "covered 1000 baoan.corridor.r107"), tmp_path / "r.json"
    answer, _ = covered("baoan.corridor.r107", "1000", of=str(path), receipts_to=out)
    held = json.loads(slip["json"])["receipts"][0]
    assert held["id"] in {each.id for each in read_receipts(out).receipts}
    assert held["error_m2"] == answer["error_m2"]
    row = component(app, "web-table")["rows"][0]
    assert row["cells"][0]["text"] == "厂区"
    for key in (f"inside {row['receipt']}", "fold 1000 baoan.corridor.r107 0", "piece 1000 baoan.corridor.r107"):
        assert press(app, key) is not None


@pytest.mark.parametrize("kind", ["axis", "crossed", "piece"])
def test_rows_of_the_page_open_their_receipts(app, kind):
    table = {"axis": "web-crossed", "crossed": "web-crossed", "piece": "web-uncovered_pieces"}[kind]
    row = component(app, table)["rows"][0]
    slip = press(app, f"{kind} {row['receipt']}")
    held = json.loads(slip["json"])["receipts"][0]
    assert held["kind"] == kind
