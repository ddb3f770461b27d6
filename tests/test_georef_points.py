"""Control points from files and hands: three formats, any system, datums, and what is refused."""

import json

import numpy as np
import pytest
from pyproj import CRS

from zones.errors import ChoiceError, CrsError, InputError
from zones.georeference.georef_points import placed, plane_for, points_of_text, read_points
from zones.intake.datum import Datum

TRUE, AMAP, BAIDU = (114.06, 22.52), (114.065114854, 22.517285200), (114.071664566, 22.522952157)
"""One published place in WGS 84, GCJ-02 and BD-09."""

CSV = "name,column,row,x,y,check,error_m\nA,10.5,20,490000,2510000,,\nB,900,30.25,494000,2510100,yes,2.5\n"


def test_csv():
    raw = points_of_text(CSV, "p.csv")
    assert (raw.names, raw.checks, raw.errors) == (("A", "B"), (False, True), (None, 2.5))
    assert raw.pixels.tolist() == [[10.5, 20.0], [900.0, 30.25]]
    assert raw.places.tolist() == [[490000.0, 2510000.0], [494000.0, 2510100.0]]
    assert (raw.upright, raw.degrees, raw.stated) == (True, False, None)


@pytest.mark.parametrize(("column", "crs"), [("坐标系", "EPSG:2383"), ("crs", "4547")])
def test_the_system_that_a_table_states_is_taken(column, crs):
    text = f"name,column,row,x,y,{column}\nA,1,2,500000,2500000,{crs}\nB,3,4,510000,2510000,{crs}\n"
    found = placed(points_of_text(text, "p.csv"), "p.csv")
    # Xian 1980 and CGCS2000 look alike on this plane; nobody could tell by the numbers.
    assert found.crs == f"EPSG:{crs.removeprefix('EPSG:')}"
    assert found.how_known.startswith("the file says")


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (("EPSG:4547", "EPSG:4526"), "states several reference systems for its points (EPSG:4547, EPSG:4526)"),
        (("EPSG:4547", ""), "states several reference systems for its points (EPSG:4547, none)"),
        (("高德", "高德"), "its column crs says '高德', which is no known reference system"),
    ],
)
def test_systems_that_a_table_cannot_mean_are_refused(stated, sentence):
    rows = "\n".join(f"{at},{at},2,520000,25{at}0000,{crs}" for at, crs in enumerate(stated))
    with pytest.raises(InputError) as raised:
        points_of_text(f"name,column,row,x,y,crs\n{rows}\n", "p.csv")
    assert sentence in str(raised.value)


def test_csv_with_chinese_heads_in_gb18030(tmp_path):
    path = tmp_path / "点.csv"
    path.write_bytes("点号,列,行,经度,纬度,检查点\n角,1,2,114.06,22.52,是\n口,9,8,114.07,22.51,否\n".encode("gb18030"))
    raw = read_points(path)
    assert (raw.names, raw.checks, raw.degrees) == (("角", "口"), (True, False), True)


def test_qgis_rows_are_negative_and_switched_off_points_are_named():
    text = (
        f"#CRS: {CRS.from_epsg(4547).to_wkt()}\nmapX,mapY,sourceX,sourceY,enable,dX,dY,residual\n"
        "490000,2510000,100,-200,1,0,0,0\n490500,2510000,200,-200,0,0,0,0\n490000,2509500,100,-300,1,0,0,0\n"
    )
    raw = points_of_text(text, "plan.points")
    assert raw.pixels.tolist() == [[100.0, 200.0], [100.0, 300.0]]
    assert raw.stated == CRS.from_epsg(4547)
    assert (raw.names, raw.left_out, raw.upright) == (("1", "3"), ("2",), False)
    here = placed(raw, "plan.points")
    assert here.crs == "EPSG:4547"
    assert ("points_off", "points 2 are switched off in the file") in here.warnings


def test_old_qgis_heads():
    raw = points_of_text("mapX,mapY,pixelX,pixelY,enable\n114.06,22.52,5,-7,1\n", "plan.points")
    assert raw.pixels.tolist() == [[5.0, 7.0]]


def test_qgis_rows_that_count_upwards_are_refused():
    with pytest.raises(InputError, match=r"rows of a QGIS \.points file are negative, here one is 200"):
        points_of_text("mapX,mapY,sourceX,sourceY,enable\n490000,2510000,100,200,1\n", "plan.points")


def test_geojson():
    features = [
        {"type": "Feature", "properties": {"column": 3, "row": 4, "name": "塔", "check": True, "error_m": 5},
         "geometry": {"type": "Point", "coordinates": list(TRUE)}},
        {"type": "Feature", "properties": {"column": 30, "row": 4},
         "geometry": {"type": "Point", "coordinates": [114, 22.5]}},
    ]  # fmt: skip
    raw = points_of_text(json.dumps({"type": "FeatureCollection", "features": features}), "p.geojson")
    assert (raw.names, raw.checks, raw.errors, raw.degrees) == (("塔", "2"), (True, False), (5.0, None), True)
    assert raw.places[0].tolist() == list(TRUE)


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("column,row,x\n1,2,3\n", "p.csv", "p.csv: has no column for y; it has column, row, x; name them"),
        ("column,row,x,y\n1,2,3,4\n1,2,abc,4\n", "p.csv", "p.csv: row 3: its x is 'abc', which is no number; give one"),
        ("column,row,x,y\n1,2,nan,4\n", "p.csv", "p.csv: row 2: its x is 'nan', which is no number; give one"),
        ("column,row,x,y\n", "p.csv", "p.csv: holds no control point"),
        ("column,row,x,y\n" + "1,2,3,4\n" * 301, "p.csv", "301 control points are above 300"),
        ("", "p.xyz", "'.xyz' is no file of control points"),
        ('{"features": [{"properties": null}]}', "p.geojson", "p.geojson: is no GeoJSON of points"),
        ("#CRS: nonsense\nmapX,mapY,sourceX,sourceY\n1,2,3,-4\n", "p.points", "line #CRS names no known"),
    ],
)
def test_what_cannot_be_read_is_said(text, name, sentence):
    with pytest.raises(InputError) as refused:
        points_of_text(text, name)
    assert sentence in str(refused.value)


def test_missing_and_large_files(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_points(tmp_path / "p.csv")
    (tmp_path / "p.csv").write_bytes(b" " * (2 * 1024**2 + 1))
    with pytest.raises(InputError, match="larger than 2 MB"):
        read_points(tmp_path / "p.csv")


def typed(*places):
    rows = "\n".join(f"{at},{10 * at},{20 * at},{x!r},{y!r}" for at, (x, y) in enumerate(places))
    return points_of_text(f"name,column,row,lon,lat\n{rows}", "p.csv")


@pytest.mark.parametrize(("datum", "place"), [(None, TRUE), (Datum.GCJ02, AMAP), (Datum.BD09, BAIDU)])
def test_the_same_place_in_three_datums(datum, place):
    """By the Gauss-Krüger formula, 114.06 E is 6 km east of the meridian of the belt."""
    here = placed(typed(place, (114.2, 22.6)), "p.csv", datum=datum)
    expected = placed(typed(TRUE, (114.2, 22.6)), "p.csv").points[0]
    assert (here.points[0].east, here.points[0].north) == pytest.approx((expected.east, expected.north), abs=0.01)
    assert expected.east == pytest.approx(500_000 + np.radians(0.06) * 6_378_137 * np.cos(np.radians(22.52)), abs=10)
    assert ("datum_unproven" in dict(here.warnings)) == (datum is None)


def test_north_before_east_is_put_right_and_said():
    text = "column,row,x,y\n1,2,2510000,490000\n9,8,2511000,495000\n"
    here = placed(points_of_text(text, "p.csv"), "p.csv")
    assert (here.points[0].east, here.points[0].north) == (pytest.approx(490000), pytest.approx(2510000))
    assert "swapped_axes" in dict(here.warnings)


def test_zone_number_before_the_easting_is_known_by_range():
    text = "column,row,x,y\n1,2,38490000,2510000\n9,8,38495000,2511000\n"
    here = placed(points_of_text(text, "p.csv"), "p.csv", out=CRS.from_epsg(4547))
    assert (here.crs, here.plane) == ("EPSG:4526", "EPSG:4547")
    assert here.points[0].east == pytest.approx(490000, abs=1e-6)


def test_numbers_that_fit_nothing_take_the_system_of_the_result():
    text = "column,row,x,y\n1,2,440000,4400000\n9,8,441000,4401000\n"
    raw = points_of_text(text, "p.csv")
    with pytest.raises(ChoiceError, match="the reference system cannot be told"):
        placed(raw, "p.csv")
    assert placed(raw, "p.csv", out=CRS.from_epsg(4548)).crs == "EPSG:4548"
    assert placed(raw, "p.csv", told=CRS.from_epsg(4548), accuracy_m=3.0).points[0].error_m == 3.0


def test_plane_of_the_fit():
    degrees = np.array([TRUE])
    assert plane_for(degrees, None) == "EPSG:4547"
    assert plane_for(np.array([(115.6, 22.8)]), None) == "EPSG:4548"
    assert plane_for(degrees, CRS.from_epsg(3857)) == "EPSG:4547", "metres of Web Mercator are none on the ground"
    assert plane_for(degrees, CRS.from_epsg(4490)) == "EPSG:4547"
    assert plane_for(degrees, CRS.from_epsg(4526)) == "EPSG:4526"
    with pytest.raises(CrsError, match="does not count in metres"):
        plane_for(degrees, CRS.from_epsg(2263))
    with pytest.raises(CrsError, match="no system of positions on a map"):
        plane_for(degrees, CRS.from_epsg(4479))
