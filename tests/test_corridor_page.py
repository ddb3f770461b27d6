"""The corridor page as Streamlit runs it, without a browser."""

import json
import re
import time

import pytest
from shapely import box
from streamlit.testing.v1 import AppTest

from tests.shapes import frame
from tests.test_app import ROOT, component, run
from ui import cache
from ui.commands.covering import covered
from ui.commands.selecting import verified
from ui.corridors import corridor_panel, corridor_receipts
from ui.corridors import corridor_view as views
from ui.corridors.corridor_data import Asked
from ui.imports.own_layers import KEY, OwnLayer
from zones.proof.receipt_files import read_receipts
from zones.units import format_area


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
    # A press is answered for some seconds only; a busy machine may take longer over a run of the whole page.
    app.session_state["receipt-asked"] = ({"key": key, "turn": 1}, time.monotonic() + 120)
    app.run()
    assert not app.exception
    return component(app, "web-receipt").get("slip")


def test_a_mark_opens_the_receipt_that_the_command_writes(app, tmp_path, monkeypatch):
    told, out = component(app, "web-corridor")["corridors"][0], tmp_path / "r.json"
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
    # Each press computes all receipts of a band anew; here each band's are computed once for all its keys.
    issue, held = corridor_receipts.issued, {}
    monkeypatch.setattr(
        corridor_receipts, "issued",
        lambda cells, width, by: held[width] if width in held else held.setdefault(width, issue(cells, width, by)),
    )  # fmt: skip
    asked = Asked(("baoan.corridor.r107",), "drawn", tuple(cache.atlas().zones.index))
    for key in keys:
        assert of_command[corridor_receipts.receipt_of(asked, key).id].kind == key.split(" ")[0]
    assert len(set(keys)) > 10
    assert corridor_receipts.receipt_of(asked, "covered 350 baoan.corridor.r107").id not in of_command
    for key in ("covered 333 baoan.corridor.r107", "covered 1000 baoan.corridor.binhai", "inside 1000", "covered"):
        assert corridor_receipts.receipt_of(asked, key) is None
    # The page itself runs whole for each press: one that opens a slip, and one that leads to none.
    slip = press(app, keys[2])
    assert (of_command[slip["id"]].kind, slip["id"]) == ("inside", corridor_receipts.receipt_of(asked, keys[2]).id)
    assert "每侧宽 1000 m（规划未给出宽度）" in dict(map(tuple, slip["rows"]))["走廊"]
    assert press(app, "covered 333 baoan.corridor.r107") is None


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


def test_a_run_that_changes_nothing_computes_nothing(monkeypatch):
    app, asked = run("corridor"), []
    for module, name in ((corridor_panel, "at"), (views, "crossed_table"), (corridor_panel, "strip_svg")):
        made = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, _made=made, _name=name, **k: asked.append(_name) or _made(*a, **k))
    app.run()
    assert not app.exception
    assert asked == []
    app.session_state[corridor_panel.WIDTH] = (("baoan.corridor.r107",), 1100.0)
    app.run()
    assert sorted(asked) == ["at", "crossed_table", "strip_svg"]


def test_a_layer_replaced_under_its_name_is_measured_anew(tmp_path):
    app, shares = run("corridor"), []
    for number, east in enumerate((113.87, 113.92)):
        path = tmp_path / f"{number}.parquet"
        frame([box(113.85, 22.58, east, 22.72)], use=["R"]).reset_index(drop=True).to_parquet(path)
        app.session_state[KEY] = (OwnLayer("blocks", path, ("use",), 1),)
        app.run()
        app.selectbox(key="cover-zh").set_value("blocks").run()
        shares.append(figure(component(app, "web-corridor"), "covered_area", -1)["text"])
    assert float(shares[0]) < float(shares[1])


def test_half_widths_along_the_axis(tmp_path):
    app = run("corridor")
    app.text_input(key="corridor-profile").set_value("0：500，31100：500").run()
    # Each figure of the sentence on the profile has its mark.
    said = next(each.proto.body for each in app.get("html") if "按沿线半宽" in each.proto.body)
    keys = re.findall("data-receipt='(.*?)'", said)
    assert keys == [f"{kind} profile baoan.corridor.r107" for kind in ("corridor", "covered", "covered")]
    for key in keys[:2]:
        held = tmp_path / "profile.json"
        held.write_text(press(app, key)["json"], "utf-8")
        assert verified(held).holds
        (receipt,) = read_receipts(held).receipts
        assert receipt.band.half_width == ((0.0, 500.0), (31100.0, 500.0))
        shown = format_area(receipt.value, None if receipt.kind == "corridor" else receipt.error_m2, "km2")
        assert shown[:4].strip() in said
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
