"""Tables: columns by their Chinese and English names, every row kept or named."""

import datetime

import numpy as np
import pandas as pd
import pytest
import shapely
from openpyxl import Workbook

from zones.errors import ChoiceError, CrsError, InputError
from zones.intake.raw import usable
from zones.intake.read_table import read_csv, read_xlsx


def csv_file(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "header",
    ["经度,纬度", "lon,lat", "Longitude,Latitude", "经度(°),纬度(°)", "X,Y", "x坐标,y坐标", "东坐标,北坐标",
     "Easting,Northing",
     "横坐标（米）,纵坐标（米）", "东经,北纬", "POINT_X,POINT_Y"],
)  # fmt: skip
def test_columns_by_name(tmp_path, header):
    raw = read_csv(csv_file(tmp_path / "x.csv", f"名称,{header}\n甲,113.9,22.5\n"))
    assert (raw.frame.geometry.x.iloc[0], raw.frame.geometry.y.iloc[0]) == (113.9, 22.5)
    assert raw.degrees == (header.lower().startswith(("经", "lon", "东经")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_encodings_and_separators(tmp_path, encoding, mark):
    text = "名称,经度,纬度\n工业用地甲,113.9,22.5\n".replace(",", mark)
    assert read_csv(csv_file(tmp_path / "x.csv", text, encoding)).frame["名称"].tolist() == ["工业用地甲"]


def test_rows_that_are_no_place_are_named(tmp_path):
    rows = ["甲,113.9,22.5", "乙,,22.5", "丙,abc,22.5", "丁,113.9,22.5,多,余", "戊,1e300,5", "己,113.9"]
    raw = read_csv(csv_file(tmp_path / "x.csv", "\n".join(["名称,lon,lat", *rows])))
    assert raw.read == 6
    assert raw.frame["名称"].tolist() == ["甲"]
    assert [each.feature for each in raw.dropped] == ["2", "3", "4", "5", "6"]
    assert "the row has 5 cells, the header 3" in raw.dropped[2].reason


def test_degrees_minutes_seconds(tmp_path):
    raw = read_csv(
        csv_file(tmp_path / "x.csv", "经度,纬度\n113°51′00″,22°45'0\"\n东经114度3分36秒,N22°31.2′\n113°70′0″,22\n")
    )
    assert raw.frame.geometry.x.tolist() == pytest.approx([113.85, 114.06])
    assert raw.frame.geometry.y.tolist() == pytest.approx([22.75, 22.52])
    assert [each.feature for each in raw.dropped] == ["3"]


def test_wkt(tmp_path):
    body = '甲,"POLYGON((0 0,2 0,2 2,0 2,0 0))"\n乙,POLYGON((0 0\n丙,\n'
    raw = read_csv(csv_file(tmp_path / "x.csv", "名称,几何\n" + body))
    assert raw.frame.area.tolist() == [4]
    assert [each.feature for each in raw.dropped] == ["2", "3"]
    assert list(raw.frame.columns) == ["名称", "geometry"]
    raw = read_csv(csv_file(tmp_path / "y.csv", "名称,WKT\n甲,SRID=4547;POINT(1 2)\n"))
    assert raw.crs == "EPSG:4547"
    with pytest.raises(CrsError, match="2 reference systems"):
        read_csv(csv_file(tmp_path / "z.csv", "n,WKT\n1,SRID=4547;POINT(1 2)\n2,SRID=4490;POINT(1 2)\n"))


def test_a_table_of_shapes_alone(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text('wkt\n"POINT (114 22.5)"\n"nowhere"\n"POINT (114.1 22.6)"\n', encoding="utf-8")
    raw = read_csv(path)
    assert [point.x for point in raw.frame.geometry] == [114, 114.1]
    assert [each.feature for each in raw.dropped] == ["2"]


def test_texts_stay_texts(tmp_path):
    rows = "0512,1.5,2020,440306000000000001,113.9,22.5\n0513,,2021,440306000000000002,113.9,22.5\n"
    frame = read_csv(csv_file(tmp_path / "x.csv", "编码,面积,年,身份,经度,纬度\n" + rows)).frame
    assert frame["编码"].tolist() == ["0512", "0513"]
    assert frame["身份"].tolist() == ["440306000000000001", "440306000000000002"]
    assert frame["年"].tolist() == [2020, 2021]
    assert frame["面积"].iloc[0] == 1.5


@pytest.mark.parametrize(
    ("text", "words"),
    [("a,b\n1,2\n", "no columns with coordinates among a, b"), ("lon,lat\n", "no row below"), ("", "no row below")],
)
def test_tables_that_are_none(tmp_path, text, words):
    with pytest.raises(InputError, match=words):
        read_csv(csv_file(tmp_path / "x.csv", text))


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_workbook(tmp_path):
    rows = [
        ("名称", "经度", "纬度", "日期", "数"),
        ("甲", 113.9, "22.5", datetime.date(2026, 1, 2), 3),
        ("乙", None, 22.5, None, None),
    ]
    path = book(tmp_path / "x.xlsx", 园区=rows, 空=[])
    raw = read_xlsx(path)
    assert raw.layer == "园区"
    assert raw.frame["日期"].iloc[0].startswith("2026-01-02")
    assert raw.frame["数"].tolist() == [3]
    assert [each.feature for each in raw.dropped] == ["2"]


def test_several_sheets_and_damage(tmp_path):
    rows = [("lon", "lat"), (113.9, 22.5)]
    path = book(tmp_path / "x.xlsx", 甲=rows, 乙=rows)
    with pytest.raises(ChoiceError, match="holds 2 sheets"):
        read_xlsx(path)
    assert len(read_xlsx(path, "乙").frame) == 1
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_xlsx(path)


def test_columns_of_one_name_are_all_kept(tmp_path):
    raw = read_csv(csv_file(tmp_path / "x.csv", "名称,经度,纬度,名称\n甲,113.9,22.5,乙\n"))
    assert raw.frame.drop(columns="geometry").iloc[0].tolist() == ["甲", 113.9, 22.5, "乙"]
    assert raw.frame.columns.is_unique


def test_an_attribute_called_geometry_is_kept_beside_the_shape():
    frame, dropped = usable(pd.DataFrame({"geometry": ["面状"]}), np.array([shapely.Point(113.9, 22.5)]))
    assert frame["geometry_text"].tolist() == ["面状"]
    assert (frame.geometry.iloc[0].coords[0], dropped) == ((113.9, 22.5), ())


def test_south_and_west_are_negative(tmp_path):
    raw = read_csv(csv_file(tmp_path / "x.csv", "经度,纬度\n151°12′36″E,33°51′36″S\n西经0度7分30秒,51.5\n"))
    assert raw.frame.geometry.x.tolist() == pytest.approx([151.21, -0.125])
    assert raw.frame.geometry.y.tolist() == pytest.approx([-33.86, 51.5])


def test_a_system_stated_in_some_rows_only_is_no_statement(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("n,WKT\n1,SRID=4547;POINT(500000 2500000)\n2,POINT(114 22.6)\n", "utf-8")
    with pytest.raises(CrsError, match="1 rows state EPSG:4547 and 1 state nothing"):
        read_csv(path)
