"""Shapefile, GeoParquet, KML and DXF: nothing lost, nothing cut in silence, and read back by other software."""

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import ezdxf
import geopandas
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely

from layers import style
from layers.exports.export_drawing import belt
from layers.exports.export_shapefile import fitting, short_names
from layers.exports.exports import WRITERS, export, write_frame
from tests.shapes import BAOAN, PINGSHAN, SQUARE, frame
from tests.tiny import FEATURES, PLAN, changed, write_atlas
from zones import read_atlas
from zones.errors import InputError
from zones.intake.read_any import read_raw
from zones.proof.receipt_files import read_receipts
from zones.proof.verify import verify

NEW = (".shp.zip", ".parquet", ".kml", ".dxf")
LONG = "很长的名称" * 40
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture
def atlas(tmp_path):
    return read_atlas(write_atlas(tmp_path / "data"))


def table(archive, name):
    with zipfile.ZipFile(archive) as members:
        return list(csv.DictReader(io.StringIO(members.read(name).decode("utf-8-sig"))))


@pytest.mark.parametrize("ending", WRITERS)
def test_equal_zones_give_equal_bytes(atlas, tmp_path, ending):
    one, two = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
    export(atlas, atlas.zones, one)
    export(atlas, atlas.zones, two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("ending", WRITERS)
def test_receipts_of_each_format_hold_and_no_file_is_left_behind(atlas, tmp_path, ending):
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / f"zones{ending}"
    export(atlas, atlas.zones, path)
    wanted = {path.name, f"{path.name}.receipts.json"} if ending in (".csv", ".kml", ".dxf") else {path.name}
    held = read_receipts(path)
    assert len(held.receipts) == 3
    assert verify(atlas, held.receipts, shown=held.shown).holds
    assert {each.name for each in folder.iterdir()} == wanted


@pytest.mark.parametrize("ending", [".shp.zip", ".parquet"])
def test_an_altered_area_is_among_the_figures_shown(atlas, tmp_path, ending):
    path = tmp_path / f"zones{ending}"
    export(atlas, atlas.zones, path)
    shown = read_receipts(path).shown
    areas = {each.receipt_id: each.value for each in shown if each.figure == "value"}
    assert {receipt.id: receipt.value for receipt in read_receipts(path).receipts} == pytest.approx(areas, rel=1e-12)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".shp.zip", ".parquet", ".kml"])
def test_an_axis_carries_its_own_grade_error_and_basis(tmp_path, ending):
    """The band is assumed to 200 m; its axis is traced along a road to 15 m."""
    own = {"error_m": 15.0, "basis": "沿路", "basis_en": "Along a road"}
    *others, axis = FEATURES
    features = [*others, axis | {"properties": axis["properties"] | own}]
    atlas = read_atlas(write_atlas(tmp_path / "data", features=features))
    path = tmp_path / f"zones{ending}"
    export(atlas, atlas.zones, path)
    layer = {".gpkg": "axes", ".shp.zip": "axes", ".kml": "轴线"}.get(ending)
    back = read_raw(path, layer=layer).frame
    [axis] = back[back.geom_type.isin(["LineString", "MultiLineString"])].to_dict("records")
    assert axis["zone_id"] == "tiny.corridor.line"
    assert (axis["grade"], float(axis["error_m"]), axis["basis"], axis["basis_en"]) == (
        "traced", 15.0, "沿路", "Along a road",
    )  # fmt: skip
    whole = back if "part" in back.columns else read_raw(path, layer={".kml": "创新区"}.get(ending, "zones")).frame
    band = whole[(whole["zone_id"] == "tiny.corridor.line") & (whole.geom_type != axis["geometry"].geom_type)].iloc[0]
    assert (band["grade"], float(band["error_m"]), band["basis"]) == ("inferred", 200.0, "按道路")


@pytest.mark.parametrize("ending", [".shp.zip", ".parquet", ".kml"])
def test_outlines_come_back_as_they_were(atlas, tmp_path, ending):
    path = tmp_path / f"zones{ending}"
    export(atlas, atlas.zones, path)
    layer = {".shp.zip": "zones", ".parquet": None, ".kml": "创新区"}[ending]
    raw = read_raw(path, layer=layer)
    back = raw.frame.set_index("zone_id")
    back = back[back["part"] == "extent"] if "part" in back.columns else back
    located = atlas.zones[atlas.zones.geometry.notna()]
    for zone_id, shape in located.geometry.items():
        assert shapely.force_2d(back.geometry[zone_id]).normalize().equals_exact(shape.normalize(), 1e-7)
        assert back.at[zone_id, "name_zh"] == located.at[zone_id, "name_zh"]


def test_shapefile_keeps_long_names_and_texts_beside_it(tmp_path):
    path = tmp_path / "long.shp.zip"
    shapes = frame([SQUARE]).assign(a_name_longer_than_ten=[LONG], A_NAME_LONger=["short"])
    assert write_frame(shapes, path) == 1
    fields = {row["field"]: row["full_name"] for row in table(path, "fields.csv")}
    assert fields["a_name_lon"] == "a_name_longer_than_ten"
    assert fields["A_NAME_L_2"] == "A_NAME_LONger"
    assert [row["text"] for row in table(path, "texts.csv")] == [LONG]
    held = pyogrio.read_dataframe(f"/vsizip/{path}/zones.shp")
    assert held["a_name_lon"][0] == LONG[:83] + "…"
    assert held.crs.to_epsg() == 4490


def test_names_and_texts_fit_what_dbase_holds():
    names = [f"field_number_{number}" for number in range(120)]
    short = list(short_names(names).values())
    assert len({each.lower() for each in short}) == 120
    assert all(len(each.encode()) <= 10 for each in short)
    assert fitting("a" * 254) == "a" * 254
    assert fitting("a" * 255) == "a" * 251 + "…"


@pytest.mark.parametrize("ending", WRITERS)
def test_a_frame_that_is_no_part_of_the_atlas_is_written_in_each_format(tmp_path, ending):
    """Two outlines with a note each; neither axis nor receipt."""
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / f"own{ending}"
    assert write_frame(frame([BAOAN, PINGSHAN], note=["甲", "乙"]), path) == 2
    assert [each.name for each in folder.iterdir()] == [path.name]
    if ending == ".dxf":
        assert len(ezdxf.readfile(path).modelspace().query("LWPOLYLINE")) == 2
    elif ending == ".xlsx":
        assert [row[-1] for row in openpyxl.load_workbook(path).active.values] == ["note", "甲", "乙"]
    else:
        held = pd.read_csv(path) if ending == ".csv" else read_raw(path).frame
        assert list(held["note"]) == ["甲", "乙"]
        assert "part" not in held.columns


def test_parquet_tells_extents_from_axes(atlas, tmp_path):
    path = tmp_path / "zones.parquet"
    assert export(atlas, atlas.zones, path)["features"] == 5
    back = geopandas.read_parquet(path)
    assert list(back["part"]) == ["extent"] * 4 + ["axis"]
    assert back.crs.to_epsg() == 4490
    # Readers that know the covering skip what lies elsewhere: 113.875 E is in the band and on its axis only.
    east = geopandas.read_parquet(path, bbox=(113.875, 22.70, 113.88, 22.72))
    assert list(east["zone_id"]) == ["tiny.corridor.line"] * 2


def test_axes_and_points_are_layers_of_their_own_in_the_archive(atlas, tmp_path):
    """A Shapefile holds one type of shape: the lost node, given a place, is no outline."""
    zones = atlas.zones.copy()
    zones.loc["tiny.node.lost", "geometry"] = shapely.Point(113.86, 22.73)
    path = tmp_path / "zones.shp.zip"
    assert export(atlas, zones, path)["features"] == 5
    held = {name: pyogrio.read_dataframe(f"/vsizip/{path}/{name}.shp") for name in ("zones", "points", "axes")}
    assert {name: list(each["zone_id"]) for name, each in held.items()} == {
        "zones": ["tiny.park.whole", "tiny.core.part", "tiny.corridor.line"],
        "points": ["tiny.node.lost"],
        "axes": ["tiny.corridor.line"],
    }
    assert held["points"].geometry[0] == shapely.Point(113.86, 22.73)
    assert held["axes"].geometry[0] == shapely.LineString([(113.84, 22.706), (113.88, 22.706)])


def test_kml_colours_each_kind_and_keeps_the_order_its_schema_asks(atlas, tmp_path):
    path = tmp_path / "zones.kml"
    export(atlas, atlas.zones, path)
    root = ElementTree.parse(path).getroot()
    styles = {each.get("id"): each.find(f"{KML}LineStyle/{KML}color").text for each in root.iter(f"{KML}Style")}
    red, green, blue = (style.KIND_COLOURS["park"][at : at + 2].lower() for at in (1, 3, 5))
    assert styles["park"] == f"ff{blue}{green}{red}"
    for placemark in root.iter(f"{KML}Placemark"):
        tags = [each.tag.removeprefix(KML) for each in placemark]
        assert tags[:2] == ["name", "styleUrl"]
        assert placemark.find(f"{KML}styleUrl").text.removeprefix("#") in styles


def test_kml_runs_no_script(tmp_path):
    hostile = changed(PLAN, ["zones", 0, "name", "zh"], "<script>alert(1)</script>")
    atlas = read_atlas(write_atlas(tmp_path / "data", plan=hostile))
    export(atlas, atlas.zones, tmp_path / "zones.kml")
    assert "<script" not in (tmp_path / "zones.kml").read_text(encoding="utf-8")


def test_drawing_holds_closed_outlines_in_metres_on_layers_by_kind(atlas, tmp_path):
    path = tmp_path / "zones.dxf"
    assert export(atlas, atlas.zones, path)["features"] == 4
    drawing = ezdxf.readfile(path)
    assert not drawing.audit().errors
    assert drawing.header["$INSUNITS"] == 6
    assert dict(drawing.header.custom_vars.properties)["CRS"] == "EPSG:4547"
    lines = list(drawing.modelspace().query("LWPOLYLINE"))
    ids = [line.get_xdata("ZONES")[0].value for line in lines]
    assert sorted(set(ids)) == ["tiny.core.part", "tiny.corridor.line", "tiny.park.whole"]
    park = next(line for line in lines if line.get_xdata("ZONES")[0].value == "tiny.park.whole")
    assert park.closed
    assert park.dxf.layer == "园区"
    # The plane figure of the zone, made from its vertices by another program's transformation.
    plane = geopandas.GeoSeries([atlas.zones.geometry["tiny.park.whole"]], crs=4490).to_crs(4547)
    drawn = shapely.Polygon(park.get_points("xy"))
    assert drawn.area == pytest.approx(plane.area[0], rel=1e-6)
    texts = list(drawing.modelspace().query("TEXT"))
    # Each name once, with its outline and not again with its axis, in a font that has Chinese signs.
    assert sorted(text.dxf.text for text in texts) == sorted(["铁仔山园区", "石岩南片区", "滨海走廊"])
    assert {drawing.styles.get(text.dxf.style).dxf.font for text in texts} == {"simhei.ttf"}
    # By the EPSG register, 4547 is CGCS2000 / 3-degree Gauss-Kruger CM 114E.
    assert "114°E (EPSG:4547)" in dict(drawing.header.custom_vars.properties)["NOTE"]


def test_drawing_shows_grade_by_line_type_and_keeps_holes_axes_and_points(atlas, tmp_path):
    zones = atlas.zones.copy()
    hollow = shapely.box(113.85, 22.70, 113.87, 22.72).difference(shapely.box(113.855, 22.705, 113.86, 22.71))
    zones.loc["tiny.park.whole", "geometry"] = hollow
    zones.loc["tiny.park.whole", "grade"] = "official"
    zones.loc["tiny.node.lost", "geometry"] = shapely.Point(113.86, 22.73)
    path = tmp_path / "zones.dxf"
    assert export(atlas, zones, path)["features"] == 5
    space = ezdxf.readfile(path).modelspace()
    drawn = [(line.get_xdata("ZONES")[0].value, line.dxf.linetype, line.closed) for line in space.query("LWPOLYLINE")]
    assert sorted(drawn) == [
        ("tiny.core.part", "DOT", True),
        ("tiny.corridor.line", "DASHED", False),
        ("tiny.corridor.line", "DOT", True),
        ("tiny.park.whole", "CONTINUOUS", True),
        ("tiny.park.whole", "CONTINUOUS", True),
    ]
    [point] = space.query("POINT")
    place = geopandas.GeoSeries([shapely.Point(113.86, 22.73)], crs=4490).to_crs(4547).iloc[0]
    assert (point.dxf.location.x, point.dxf.location.y) == pytest.approx((place.x, place.y), abs=1e-3)


def test_drawing_names_the_zones_it_cannot_hold(atlas, tmp_path):
    export(atlas, atlas.zones, tmp_path / "zones.dxf")
    note = dict(ezdxf.readfile(tmp_path / "zones.dxf").header.custom_vars.properties)["NOTE"]
    assert "另有 1 个区没有图形" in note
    with pytest.raises(InputError, match="no zone has a shape"):
        export(atlas, atlas.zones.loc[["tiny.node.lost"]], tmp_path / "lost.dxf")


def test_belt_is_that_of_most_shapes():
    west, east = shapely.box(114, 22, 114.1, 22.1), shapely.box(116.9, 22, 117, 22.1)
    assert belt(geopandas.GeoSeries([west, west, east])) == "EPSG:4547"
    assert belt(geopandas.GeoSeries([west, east, east])) == "EPSG:4548"


@pytest.mark.parametrize("ending", NEW)
def test_damaged_files_are_refused_in_one_sentence(atlas, tmp_path, ending):
    path = tmp_path / f"zones{ending}"
    export(atlas, atlas.zones, path)
    beside = Path(f"{path}.receipts.json")
    if beside.exists():
        beside.write_text(json.dumps({"format": "zones-receipts/1"}), encoding="utf-8")
    else:
        path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(InputError, match=r"zones\.") as told:
        read_receipts(path)
    assert "\n" not in str(told.value)
