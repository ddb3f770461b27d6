"""Overlaps of drawings in plain x and y: units are said, repairs are seen. Areas by hand."""

import json

import geopandas
import pyogrio
import pytest
from shapely import MultiPolygon, box

from tests.shapes import SHIFTED, SQUARE, frame
from zones.read import read_layer

QUARTER = MultiPolygon([box(0, 0, 1, 1), box(0.5, 0.5, 1.5, 1.5)])


@pytest.fixture
def drawing(tmp_path):
    """A drawing without a reference system: two squares, and one that overlaps itself by a quarter."""
    path = tmp_path / "drawing.gpkg"
    shapes = frame([SQUARE, SHIFTED, QUARTER], ["p", "q", "r"], crs=None).reset_index()
    pyogrio.write_dataframe(shapes, path, driver="GPKG", geometry_type="Unknown")
    return path


pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided")


def test_areas_are_in_the_unit_of_the_drawing_unless_it_is_stated(zones, drawing):
    found = json.loads(zones("overlap", "--a", drawing, "--planar", "--format", "json")[1])
    assert found["area_unit"] == "square drawing units"
    assert {(pair["a_id"], pair["b_id"]): pair["overlap_m2"] for pair in found["pairs"]} == {
        ("p", "r"): 1.75, ("p", "q"): 1.0, ("q", "r"): 0.25,
    }  # fmt: skip
    assert (found["sum_m2"], found["union_m2"]) == (9.75, 7.0)
    stated = json.loads(zones("overlap", "--a", drawing, "--planar", "--unit", "cm", "--format", "json")[1])
    assert stated["area_unit"] == "m2"
    assert stated["union_m2"] == pytest.approx(7e-4)
    assert "square drawing units" in zones("overlap", "--a", drawing, "--planar")[1]
    told = zones("overlap", "--a", drawing, "--planar", "--unit", "m", "--slivers-below", "0.5")[1]
    assert "counted once 7.00 m²" in told
    assert "left out below 0.5 m²: 1, 0.25 m²" in told


def test_the_method_of_repair_is_said_and_can_be_chosen(zones, drawing):
    _, _, err = zones("overlap", "--a", drawing, "--planar")
    assert "rebuilt by structure: area 2.0 -> 1.8 square drawing units; linework would give 1.5" in err
    _, out, err = zones("overlap", "--a", drawing, "--planar", "--repair-method", "linework", "--format", "json")
    assert json.loads(out)["sum_m2"] == 9.5
    assert "rebuilt by linework" in err


def test_two_drawings_and_their_unions(zones, drawing, tmp_path):
    path = tmp_path / "other.gpkg"
    pyogrio.write_dataframe(frame([box(0, 0, 3, 1)], ["s"], crs=None).reset_index(), path, driver="GPKG")
    sides = ("overlap", "--a", drawing, "--b", path, "--planar")
    found = json.loads(zones(*sides, "--format", "json")[1])
    assert {(pair["a_id"], pair["b_id"]): pair["overlap_m2"] for pair in found["pairs"]} == {
        ("p", "s"): 2.0, ("r", "s"): 1.25,
    }  # fmt: skip
    once = json.loads(zones(*sides, "--by", "union", "--format", "json")[1])
    assert [pair["overlap_m2"] for pair in once["pairs"]] == [2.0]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--unit", "m"), "give --planar with it"),
        (("--planar", "--unit", "尺"), "may be in m, cm"),
        (("--planar", "--by", "union"), "give --b too"),
        (("--planar", "--repair-method", "buffer"), "choose structure or linework"),
        (("--planar", "--receipts", "x.json"), "on the ellipsoid"),
    ],
)
def test_wrong_options_are_refused_in_one_sentence(zones, drawing, options, says):
    code, out, err = zones("overlap", "--a", drawing, *options)
    assert (code, out) == (2, "")
    assert says in err


def test_zones_of_the_atlas_are_no_drawing(zones):
    assert "on the ellipsoid" in zones("overlap", "--a", "all", "--planar")[2]


def test_check_of_a_drawing_repairs_it_where_it_lies(zones, drawing, tmp_path):
    mended = tmp_path / "mended.gpkg"
    code, out, err = zones("check", drawing, "--planar", "--repair", mended, "--format", "json")
    assert code == 1
    assert [(issue["feature"], issue["kind"]) for issue in json.loads(out)] == [("r", "repaired")]
    assert "3 features read = 3 usable" in err
    back = read_layer(mended, planar=True)
    assert back.geometry.is_valid.all()
    assert list(back.geometry.area) == [4, 4, 1.75]
    assert pyogrio.read_info(mended)["crs"] is None
    refused = zones("check", drawing, "--planar", "--repair", tmp_path / "mended.csv")
    assert refused[0] == 2
    assert "written as .gpkg or .geojson" in refused[2]


def test_a_drawing_as_geojson_keeps_its_digits(tmp_path):
    from layers.exports.drawings import write_drawing

    path = tmp_path / "far.geojson"
    shape = box(500_000.123456789, 2_500_000.5, 500_010.25, 2_500_020.75)
    assert write_drawing(geopandas.GeoDataFrame({"zone_id": ["p"]}, geometry=[shape]), path) == 1
    assert read_layer(path, planar=True).geometry.iloc[0].equals(shape)
