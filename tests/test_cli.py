"""The command line, as the contract fixes it: JSON alone on standard output, sentences on standard error."""

import json

import geopandas
import pandas
import pytest
import shapely

from tests.shapes import BAOAN, BOW_TIE, PINGSHAN, SHIFTED, SQUARE
from tests.tiny import FEATURES, PLAN, changed, collection, feature, polygon, write_atlas
from zones.atlas import DATA_VARIABLE


def answer(result, status=0):
    code, out, err = result
    assert code == status, err
    return json.loads(out)


def two_squares(tmp_path, name="squares.geojson"):
    path = tmp_path / name
    shapes = geopandas.GeoDataFrame({"zone_id": ["p", "q"]}, geometry=[SQUARE, SHIFTED], crs="EPSG:4326")
    path.write_text(shapes.to_json(), encoding="utf-8")
    return path


def test_list_filters(zones):
    assert len(answer(zones("list", "--format", "json"))) == 4
    rows = answer(zones("list", "--plan", "tiny", "--kind", "core", "--scheme", "tiny.scheme.two", "--format", "json"))
    assert [row["zone_id"] for row in rows] == ["tiny.core.part"]


def test_list_for_people_and_spreadsheets(zones):
    assert "铁仔山园区" in zones("list")[1]
    table = zones("list", "--format", "csv")[1].splitlines()
    assert table[0].startswith("\ufeffzone_id,name_zh")
    assert len(table) == 5


def test_list_as_geojson_is_a_map(zones):
    shapes = json.loads(zones("list", "--format", "geojson")[1])
    assert shapes["type"] == "FeatureCollection"
    assert {one["properties"]["zone_id"] for one in shapes["features"]} >= {"tiny.park.whole", "tiny.core.part"}
    assert shapes["features"][0]["properties"]["receipt"] in {one["id"] for one in shapes["receipts"]["receipts"]}


def test_show(zones):
    zone = answer(zones("show", "tiny.park.whole", "--format", "json"))
    assert zone["name_en"] == "Tiezaishan Park"
    assert "Tiezaishan Park" in zones("show", "tiny.park.whole")[1]


def test_search(zones):
    assert answer(zones("search", "tzs", "--format", "json"))[0]["zone_id"] == "tiny.park.whole"
    assert answer(zones("search", "火星", "--format", "json")) == []
    assert "nothing found" in zones("search", "火星")[2]


def test_measure_lists_three_methods(zones):
    rows = answer(zones("measure", "tiny.park.whole", "tiny.node.lost", "--format", "json"))
    park, lost = rows
    assert set(park["area_m2"]) == {"ellipsoid", "survey", "plane"}
    assert park["plane_crs"] == "EPSG:4547"
    assert park["difference_m2"] == pytest.approx(park["area_m2"]["ellipsoid"] - 4e6)
    assert lost["area_m2"] == {"ellipsoid": None, "survey": None, "plane": None}
    shown = zones("measure")[1]
    assert all(said in shown for said in ("±", "ppm)", "EPSG:4547", "Write the survey figure in land-survey"))


def test_measure_of_a_file_equals_the_published_vectors(zones, tmp_path):
    # GK-straight edges of these two polygons, from PROJ and GeographicLib.
    path = tmp_path / "plane.gpkg"
    frame = geopandas.GeoDataFrame(geometry=[BAOAN, PINGSHAN], crs="EPSG:4490").to_crs("EPSG:4547")
    frame.to_file(path)
    rows = answer(zones("measure", "--layer", path, "--format", "json"))
    assert [row["id"] for row in rows] == ["1", "2"]
    areas = [row["area_m2"]["ellipsoid"] for row in rows]
    assert areas == pytest.approx([1_023_645.10, 67_135_186.42], abs=0.01)


def test_overlap_of_the_atlas(zones):
    found = answer(zones("overlap", "--a", "scheme:tiny.scheme.two", "--format", "json"))
    assert [(pair["a_id"], pair["b_id"]) for pair in found["pairs"]] == [("tiny.park.whole", "tiny.core.part")]
    assert found["pairs"][0]["share_of_b"] == pytest.approx(1)
    assert sum(fold["k"] * fold["area_m2"] for fold in found["k_fold"]) == pytest.approx(found["sum_m2"])
    assert "counted once" in zones("overlap")[1]


def test_overlap_between_sides_and_by_union(zones):
    sides = ("--a", "kind:corridor", "--b", "scheme:tiny.scheme.two")
    pairs = answer(zones("overlap", *sides, "--format", "json"))["pairs"]
    assert {pair["b_id"] for pair in pairs} == {"tiny.park.whole", "tiny.core.part"}
    once = answer(zones("overlap", *sides, "--by", "union", "--format", "json"))["pairs"]
    assert len(once) == 1
    assert once[0]["overlap_m2"] == pytest.approx(max(pair["overlap_m2"] for pair in pairs))


def test_overlap_of_a_drawing_in_plain_coordinates(zones, tmp_path):
    found = answer(zones("overlap", "--a", two_squares(tmp_path), "--planar", "--format", "json"))
    assert found["pairs"] == [{"a_id": "p", "b_id": "q", "overlap_m2": 1.0, "share_of_a": 0.25, "share_of_b": 0.25}]
    assert found["union_m2"] == 7.0
    left_out = answer(
        zones("overlap", "--a", two_squares(tmp_path), "--planar", "--slivers-below", 2, "--format", "json")
    )
    assert left_out["pairs"] == []
    assert left_out["slivers"] == {"below_m2": 2.0, "count": 1, "sum_m2": 1.0}


def test_check_of_the_atlas_is_clean(zones):
    code, out, err = zones("check", "--atlas", "--format", "json")
    assert code == 0
    assert {issue["severity"] for issue in json.loads(out)} == {"note"}
    assert "4 zones = 3 with a shape + 1 without" in err


def test_check_of_a_file_counts_and_repairs(zones, tmp_path):
    path, mended = tmp_path / "bow.geojson", tmp_path / "mended.geojson"
    path.write_text(collection([
        feature("bow", shapely.geometry.mapping(shapely.transform(BOW_TIE, lambda p: p / 100 + (113.85, 22.7)))),
        feature("none", None),
        feature("good", polygon(113.85, 22.70, 113.86, 22.71)),
    ]), encoding="utf-8")  # fmt: skip
    code, out, err = zones("check", path, "--repair", mended, "--format", "json")
    assert code == 1
    assert {(issue["feature"], issue["kind"]) for issue in json.loads(out)} == {
        ("bow", "repaired"),
        ("none", "no_shape"),
    }
    assert "3 features read = 2 usable + 1 named without a shape" in err
    back = geopandas.read_file(mended)
    assert len(back) == 3
    assert back.geometry.dropna().is_valid.all()


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".csv", ".xlsx"])
def test_export(zones, tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    written = answer(zones("export", "-o", path, "scheme:tiny.scheme.two", "--format", "json"))
    assert written["features"] == 2
    assert path.stat().st_size > 0


@pytest.mark.parametrize(
    "figures",
    [
        ["measure"],
        ["overlap"],
        ["overlap", "--a", "kind:park", "--b", "all"],
        ["overlap", "--a", "kind:corridor", "--b", "kind:park,kind:core", "--by", "union"],
    ],
)
def test_figures_leave_receipts_that_verify_until_the_data_change(zones, tmp_path, figures):
    path = tmp_path / "receipts.json"
    answer(zones(*figures, "--receipts", path, "--format", "json"))
    told = answer(zones("verify", path, "--format", "json"))
    assert told["holds"] is True
    assert told["stale"] == []
    shapes = tmp_path / "data" / "geo" / "tiny.geojson"
    shapes.write_text(shapes.read_text(encoding="utf-8").replace("22.72]", "22.7200001]"), encoding="utf-8")
    told = answer(zones("verify", path, "--format", "json"), status=1)
    assert told["holds"] is False
    assert all("tiny.park.whole" in each["zones"] for each in told["stale"])
    assert "zone tiny.park.whole: geometry changed" in told["reason"]
    code, out, _ = zones("verify", path)
    assert code == 1
    assert "stale" in out


def test_the_receipts_of_an_export_verify(zones, tmp_path):
    answer(zones("export", "-o", tmp_path / "out.xlsx", "--format", "json"))
    code, out, err = zones("verify", tmp_path / "out.xlsx")
    assert (code, err) == (0, "")
    assert out.startswith("all 3 receipts hold")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["verify", "no.json"], "no such file"),
        (["overlap", "--a", "x.geojson", "--planar", "--receipts", "r.json"], "leave out --planar or --receipts"),
        (["measure", "tiny.node.lost", "--receipts", "r.json"], "none of these zones has a polygon"),
        (["measure", "--receipts", "no/such/r.json"], "no/such"),
        (["show", "tiny.park.wrong"], "not in the atlas"),
        (["list", "--plan", "mars"], "no plan 'mars'"),
        (["measure", "--layer", "none.geojson"], "no such file"),
        (["measure", "all", "--layer", "x.geojson"], "not both"),
        (["overlap", "--by", "intersection"], "the only choice is union"),
        (["overlap", "--by", "union"], "give --b too"),
        (["overlap", "--planar"], "--planar is for files"),
        (["overlap", "--slivers-below", "-3"], "--slivers-below is -3; give an area in m², 0 or more"),
        (["check"], "either a file or --atlas"),
        (["check", "x.geojson", "--atlas"], "either a file or --atlas"),
        (["check", "--atlas", "--repair", "x.gpkg"], "--repair writes a checked file"),
        (["export", "-o", "zones.docx"], ".docx"),
        (["export", "-o", "no/such/folder/zones.gpkg"], "no/such/folder"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(zones, arguments, words):
    code, out, err = zones(*arguments)
    assert code == 2
    assert out == ""
    assert words in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_a_broken_atlas_is_one_sentence(zones, tmp_path, monkeypatch):
    broken = write_atlas(tmp_path / "broken", plan=changed(PLAN, ("zones", 0, "kind"), "garden"))
    monkeypatch.setenv(DATA_VARIABLE, str(broken))
    code, out, err = zones("list")
    assert (code, out) == (2, "")
    assert "tiny.yaml" in err and "tiny.park.whole" in err and "kind" in err


def test_a_file_that_names_another_file_is_not_followed(zones, tmp_path):
    # An OGR virtual dataset under a harmless name would let GDAL read any file it points to.
    secret = tmp_path / "secret.csv"
    secret.write_text("id,wkt\n1,POINT (1 1)\n", encoding="utf-8")
    trap = tmp_path / "trap.geojson"
    trap.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource>'
        "<GeometryType>wkbPoint</GeometryType></OGRVRTLayer></OGRVRTDataSource>",
        encoding="utf-8",
    )
    code, out, err = zones("measure", "--layer", trap)
    assert (code, out) == (2, "")
    assert "not readable as GeoJSON" in err


def test_a_repeated_id_in_a_file_is_refused(zones, tmp_path):
    path = tmp_path / "twice.geojson"
    path.write_text(collection([FEATURES[0], FEATURES[0]]), encoding="utf-8")
    code, _, err = zones("measure", "--layer", path)
    assert code == 2
    assert "stands more than once" in err


def parcels(tmp_path, crs="EPSG:4547"):
    path = tmp_path / "parcels.gpkg"
    shapes = geopandas.GeoSeries([SQUARE, SHIFTED], crs="EPSG:4547").affine_transform([1000, 0, 0, 1000, 5e5, 2.5e6])
    geopandas.GeoDataFrame({"use": ["R", None]}, geometry=shapes).to_crs(crs).to_file(path)
    return path


def test_tabulate_a_layer_by_a_file_of_zones(zones, tmp_path):
    path = parcels(tmp_path)
    pairs = tmp_path / "pairs.parquet"
    result = zones("tabulate", "--of", path, "--class", "use", "--zones", path, "--pairs", pairs, "--format", "json")
    assert answer(result) == [
        {"zone_id": "1", "class": "R", "count_inside": 1, "count_partly": 0, "area_m2": 4e6},
        {"zone_id": "1", "class": None, "count_inside": 0, "count_partly": 1, "area_m2": 1e6},
        {"zone_id": "2", "class": "R", "count_inside": 0, "count_partly": 1, "area_m2": 1e6},
        {"zone_id": "2", "class": None, "count_inside": 1, "count_partly": 0, "area_m2": 4e6},
    ]
    assert "2 features, 0 repaired, 0 left out; area: plane of EPSG:4547" in result[2]
    assert len(pandas.read_parquet(pairs)) == 4


def test_tabulate_over_zones_of_the_atlas(zones, tmp_path):
    path = tmp_path / "whole.gpkg"
    geopandas.GeoDataFrame(geometry=[shapely.box(113, 22, 116, 23)], crs="EPSG:4490").to_file(path)
    result = zones("tabulate", "--of", path, "--zones", "tiny.park.whole", "--format", "json")
    measured = answer(zones("measure", "tiny.park.whole", "--format", "json"))[0]["area_m2"]["ellipsoid"]
    assert [row["area_m2"] for row in answer(result)] == [pytest.approx(measured, rel=1e-10)]
    assert "area: ellipsoid, edges straight in lon/lat" in result[2]


def test_tabulate_says_what_is_wrong(zones, tmp_path):
    code, out, err = zones("tabulate", "--of", parcels(tmp_path), "--class", "height")
    assert (code, out) == (2, "")
    assert err.strip().endswith("parcels.gpkg: has no field 'height'; it has use")
