"""Zones written to files: every zone in, nothing run, nothing half, and read back as it was."""

import csv
import hashlib
import io
import json
from pathlib import Path

import geopandas
import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.exports.export_geojson import geojson_text
from layers.exports.export_rows import flatten
from layers.exports.exports import export, write_frame
from layers.write import fill_atomically, write_atomically
from tests.shapes import SHIFTED, SQUARE, frame
from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.read import read_layer

FORMULA = "=HYPERLINK(A1)"


@pytest.fixture
def atlas(tmp_path):
    return read_atlas(write_atlas(tmp_path / "data"))


@pytest.fixture
def hostile(tmp_path):
    return read_atlas(write_atlas(tmp_path / "hostile", plan=changed(PLAN, ["zones", 0, "name", "zh"], FORMULA)))


def test_geojson_holds_every_zone_and_axis_once(atlas, tmp_path):
    answer = export(atlas, atlas.zones, tmp_path / "out.geojson")
    read = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    found = [(each["properties"]["zone_id"], each["properties"]["part"]) for each in read["features"]]
    assert found == [
        ("tiny.park.whole", "extent"),
        ("tiny.core.part", "extent"),
        ("tiny.corridor.line", "extent"),
        ("tiny.corridor.line", "axis"),
        ("tiny.node.lost", "extent"),
    ]
    assert answer["features"] == 5
    assert answer["path"] == str(tmp_path / "out.geojson")
    assert answer["receipt"]["sha256"] == hashlib.sha256((tmp_path / "out.geojson").read_bytes()).hexdigest()


def test_geojson_follows_rfc_7946(atlas):
    document = json.loads(geojson_text(atlas.zones))
    assert "crs" not in document
    for each in document["features"]:
        if each["geometry"] and each["geometry"]["type"] == "Polygon":
            outer = shapely.LinearRing(each["geometry"]["coordinates"][0])
            assert outer.is_ccw
            assert outer.coords[0] == outer.coords[-1]


def test_a_zone_without_shape_says_why(atlas):
    lost = json.loads(geojson_text(atlas.zones))["features"][-1]
    assert lost["geometry"] is None
    assert lost["properties"]["unlocated_en"] == "No place given"


def test_lists_are_joined_and_missing_values_are_none(atlas):
    table = flatten(atlas.zones)
    assert table.at["tiny.park.whole", "aliases"] == "高新北"
    assert table.at["tiny.node.lost", "aliases"] is None
    assert table.at["tiny.node.lost", "error_m"] is None
    assert table.at["tiny.park.whole", "declared_area_m2"] == 4e6


def test_geopackage_keeps_axes_as_a_layer_of_their_own(atlas, tmp_path):
    path = tmp_path / "out.gpkg"
    assert export(atlas, atlas.zones, path)["features"] == 5
    assert pyogrio.list_layers(path).tolist() == [["zones", "Polygon"], ["axes", "LineString"]]
    zones = geopandas.read_file(path, layer="zones")
    assert zones.crs.to_epsg() == 4490
    assert zones["zone_id"].tolist() == atlas.zones.index.tolist()
    assert geopandas.read_file(path, layer="axes")["zone_id"].tolist() == ["tiny.corridor.line"]


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".csv", ".xlsx"])
def test_equal_zones_give_equal_bytes(atlas, tmp_path, suffix):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        export(atlas, atlas.zones, tmp_path / folder / f"zones{suffix}")
    assert (tmp_path / "one" / f"zones{suffix}").read_bytes() == (tmp_path / "two" / f"zones{suffix}").read_bytes()


def test_own_geojson_reads_back_as_it_was(atlas, tmp_path):
    export(atlas, atlas.zones, tmp_path / "out.geojson")
    back = read_layer(tmp_path / "out.geojson")
    extents = back[back["part"] == "extent"].set_index("zone_id").geometry
    located = atlas.zones.geometry.dropna()
    assert all(extents[zone_id].equals(shape) for zone_id, shape in located.items())


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(113.7, 114.6), st.floats(22.4, 22.9)), min_size=3, max_size=12, unique=True))
def test_written_vertices_stay_within_a_centimetre(points):
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon":
        return
    written = json.loads(geojson_text(frame([hull])))["features"][0]["geometry"]["coordinates"][0]
    there, back = np.array(sorted(written)), np.array(sorted(hull.exterior.coords))
    nearest = np.abs(there[:, None, :] - back[None, :, :]).max(axis=2).min(axis=1)
    assert nearest.max() <= 0.51e-7


def test_csv_carries_shapes_as_text_and_runs_no_formula(hostile, tmp_path):
    export(hostile, hostile.zones, tmp_path / "out.csv")
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert rows[0]["name_zh"] == "'" + FORMULA
    assert shapely.from_wkt(rows[1]["geometry_wkt"]).equals(hostile.zones.geometry.iloc[1])
    assert rows[3]["geometry_wkt"] == ""
    assert rows[2]["axis_wkt"].startswith("LINESTRING")


def test_xlsx_runs_no_formula(hostile, tmp_path):
    export(hostile, hostile.zones, tmp_path / "out.xlsx")
    cells = [cell for row in openpyxl.load_workbook(tmp_path / "out.xlsx")["zones"].iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert "'" + FORMULA in {cell.value for cell in cells}


def test_an_unknown_suffix_names_the_good_ones(atlas, tmp_path):
    with pytest.raises(InputError, match=r"'.docx' files cannot be written; .*\.geojson, \.gpkg, \.shp\.zip, .*\.xlsx"):
        export(atlas, atlas.zones, tmp_path / "zones.docx")


def test_a_missing_folder_is_named(atlas, tmp_path):
    with pytest.raises(InputError, match=r"the folder .*nowhere does not exist"):
        export(atlas, atlas.zones, tmp_path / "nowhere" / "zones.csv")


def test_a_frame_of_its_own_columns_is_written_as_it_is(tmp_path):
    squares = frame([SQUARE, SHIFTED], note=["甲", None])
    assert write_frame(squares, tmp_path / "own.geojson") == 2
    read = json.loads((tmp_path / "own.geojson").read_text(encoding="utf-8"))
    assert read["features"][0]["properties"] == {"zone_id": "a", "error_m": None, "note": "甲"}
    assert write_frame(squares, tmp_path / "own.gpkg") == 2
    assert geopandas.read_file(tmp_path / "own.gpkg")["zone_id"].tolist() == ["a", "b"]


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path):
    path = write_atomically(tmp_path / "kept.txt", b"old")

    def fail(temporary):
        temporary.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left on device"):
        fill_atomically(path, fail)
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["kept.txt"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are counted as Linux lists them")
def test_no_file_stays_open(tmp_path):
    """A program that saves for days must not run out of files."""
    write_atomically(tmp_path / "a.txt", b"a")
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(5):
        write_atomically(tmp_path / "a.txt", b"a")
    assert len(list(Path("/proc/self/fd").iterdir())) <= before
