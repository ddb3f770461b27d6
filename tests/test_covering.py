"""`zones coverage` from the outside: the contract's JSON, tables for people, and one sentence for what cannot be."""

import json
from functools import partial

import pytest
import shapely
from shapely import LineString, box

from tests.shapes import frame, on_ground
from ui.commands.covering import half_width_of, widths_of
from zones.errors import InputError

CONTRACT = {
    "corridor", "half_width_m", "corridor_m2", "covered_m2", "share", "by_class", "parts", "gaps", "chainage", "curve",
}  # fmt: skip
BESIDE = {
    "profile", "width_assumed", "ends", "length_m", "corridor_error_m2", "error_m2", "uncovered_m2", "sum_m2", "sides",
    "k_fold", "lanes", "districts", "subdistricts", "ranking_changes",
}  # fmt: skip
"""Told besides what the contract lists."""


@pytest.fixture
def zones(run_command):
    return partial(run_command, "coverage")


@pytest.fixture
def drawn(tmp_path):
    """Return a line of 10 km, and two blocks over it: 4 km wide right across, 2 km on the left half."""
    line, blocks = tmp_path / "road.geojson", tmp_path / "blocks.gpkg"
    axis = frame([on_ground(LineString([(0, 0), (10_000, 0)]))])
    line.write_text(axis.reset_index(drop=True).drop(columns="error_m").to_json(), encoding="utf-8")
    shapes = [on_ground(box(1000, -3000, 5000, 3000)), on_ground(box(7000, 0, 9000, 3000))]
    frame(shapes, use=["M", "R"]).reset_index().to_file(blocks)
    return line, blocks


def test_line_and_layer_of_files(zones, drawn):
    line, blocks = drawn
    asked = ("--corridor", line, "--half-width", 500, "--of", blocks, "--class", "use", "--curve", "250:1000:250")
    code, out, err = zones(*asked, "--format", "json")
    assert code == 0, err
    answer = json.loads(out)
    assert set(answer) == CONTRACT | BESIDE
    assert (answer["corridor"], answer["half_width_m"], answer["width_assumed"]) == ("road", 500, False)
    assert answer["corridor_m2"] == pytest.approx(10e6, rel=1e-5)
    assert answer["covered_m2"] == pytest.approx(5e6, rel=1e-5)
    assert answer["share"] == pytest.approx(0.5, rel=1e-5)
    assert [(row["class"], round(row["share"], 4)) for row in answer["by_class"]] == [("M", 0.4), ("R", 0.1)]
    assert [row["share_inside"] for row in answer["parts"]] == pytest.approx([1 / 6, 1 / 6], rel=1e-4)
    assert [row["length_m"] for row in answer["gaps"]] == pytest.approx([2000, 1000, 1000], abs=1)
    assert [(row["id"], round(row["from_m"], -1)) for row in answer["chainage"]] == [("a", 1000), ("b", 7000)]
    assert [row["half_width_m"] for row in answer["curve"]] == [250, 500, 750, 1000]
    assert [row["share"] for row in answer["curve"]] == pytest.approx([0.5] * 4, rel=1e-4)
    assert answer["curve"][1]["covered_m2"] == pytest.approx(answer["covered_m2"], rel=1e-9)
    assert "±" in err


@pytest.mark.parametrize("name", ["road.csv", "road.kml"])
def test_the_line_may_be_of_any_format(zones, drawn, run_command, tmp_path, name):
    points = shapely.get_coordinates(on_ground(LineString([(0, 0), (10_000, 0)])))
    path = tmp_path / name
    if name == "road.csv":
        path.write_text(f'wkt\n"SRID=4490;{LineString(points).wkt}"\n', encoding="utf-8")
    else:
        line = " ".join(f"{x},{y}" for x, y in points)
        path.write_text(
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><LineString><coordinates>'
            f"{line}</coordinates></LineString></Placemark></kml>",
            encoding="utf-8",
        )
    asked = ("--corridor", path, "--half-width", 500, "--of", drawn[1], "--receipts", tmp_path / "r.json")
    code, out, err = zones(*asked, "--format", "json")
    assert code == 0, err
    assert json.loads(out)["share"] == pytest.approx(0.5, rel=1e-5)
    assert run_command("verify", tmp_path / "r.json")[0] == 0


def test_corridor_of_the_atlas_under_its_zones(zones):
    code, out, err = zones("--corridor", "baoan.corridor.binhai", "--format", "json")
    answer = json.loads(out)
    assert code == 0
    assert set(answer) >= CONTRACT
    assert answer["half_width_m"] == 1000
    assert answer["covered_m2"] + answer["uncovered_m2"] == pytest.approx(answer["corridor_m2"], rel=1e-9)
    assert {row["id"] for row in answer["districts"]} >= {"宝安区"}
    assert answer["curve"] == []
    assert "no plan gives a width" in err


def test_tables_for_people(zones, drawn):
    line, blocks = drawn
    code, out, _ = zones("--corridor", line, "--of", blocks, "--class", "use", "--curve", "500:1000:500")
    assert code == 0
    assert "road, half-width 1000 m" in out
    assert "50.0%" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--corridor", "baoan.core.tiezaishan"), "has no axis"),
        (("--corridor", "nowhere"), "is not in the atlas"),
        (("--corridor", "gone.geojson"), "no such file"),
        (("--corridor", "gone.xlsx"), "no such file"),
        (("--corridor", "baoan.corridor.r107", "--feature", "3"), "--feature 3 is for a file"),
        (("--corridor", "baoan.corridor.r107", "--half-width", "wide"), "write metres"),
        (("--corridor", "baoan.corridor.r107", "--half-width", "0"), "cannot be used"),
        (("--corridor", "baoan.corridor.r107", "--curve", "1:2"), "FROM:TO:STEP"),
        (("--corridor", "baoan.corridor.r107", "--ends", "round"), "drawn or district"),
        (("--corridor", "baoan.corridor.r107", "--class", "kind"), "is for a file"),
    ],
)
def test_what_cannot_be_is_one_sentence(zones, arguments, sentence):
    code, out, err = zones(*arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_widths_in_words():
    assert half_width_of("1200") == 1200.0
    assert half_width_of("0:500,8000:1200") == ((0.0, 500.0), (8000.0, 1200.0))
    assert widths_of("250:3000:250") == tuple(250.0 * step for step in range(1, 13))
    assert len(widths_of("300:3000:100")) == 28
    for odd in ("250:3000:0", "3000:250:250", "1:10000:1"):
        with pytest.raises(InputError):
            widths_of(odd)
