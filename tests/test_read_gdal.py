"""Shapefiles as they come from Chinese offices, GeoPackage and GeoParquet: every text and every shape."""

import contextlib
import sqlite3

import geopandas
import numpy as np
import pyarrow.parquet
import pyogrio
import pytest
from pyproj import CRS

from tests.shapes import BAOAN, PINGSHAN, SHENSHAN
from zones.errors import ChoiceError, InputError
from zones.intake.read_gdal import known_crs, read_geopackage, read_geoparquet, read_shapefile

NAMES = ["铁仔山", "坪山中心区", "深汕合作区"]


def frame(count=3, name="用地名称"):
    shapes = [BAOAN, PINGSHAN, SHENSHAN][:count]
    return geopandas.GeoDataFrame({name: NAMES[:count], "n": range(1, count + 1)}, geometry=shapes, crs="EPSG:4490")


def shapefile(path, encoding="GBK", **options):
    frame(**options).to_file(path, encoding=encoding)
    return path


@pytest.mark.parametrize(("encoding", "found"), [("GBK", "gb18030"), ("UTF-8", "utf-8")])
@pytest.mark.parametrize("cpg", [True, False])
def test_text_of_a_shapefile(tmp_path, encoding, found, cpg):
    name = "名称" if encoding == "UTF-8" else "用地名称"
    path = shapefile(tmp_path / "x.shp", encoding, name=name)
    if not cpg:
        path.with_suffix(".cpg").unlink()
    raw = read_shapefile(path)
    assert raw.frame[name].tolist() == NAMES
    assert raw.encoding == found
    assert (".cpg" in raw.encoding_from) == cpg
    assert raw.previews[found][0] == "坪山中心区"
    assert raw.crs == "EPSG:4490"


def test_the_language_byte(tmp_path):
    path = shapefile(tmp_path / "x.shp")
    path.with_suffix(".cpg").unlink()
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0x4D
    path.with_suffix(".dbf").write_bytes(bytes(table))
    raw = read_shapefile(path)
    assert raw.encoding_from == "language byte 0x4D of the .dbf"
    assert raw.frame["用地名称"].tolist() == NAMES


def test_a_wrong_cpg(tmp_path):
    path = shapefile(tmp_path / "x.shp")
    path.with_suffix(".cpg").write_text("UTF-8")
    raw = read_shapefile(path)
    assert raw.frame["用地名称"].tolist() == NAMES
    assert [issue.kind for issue in raw.issues] == ["encoding_doubt"]


def test_a_field_name_cut_within_a_character(tmp_path):
    path = shapefile(tmp_path / "x.shp", "UTF-8", name="规划用")
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[32:43] = "规划用地".encode()[:10] + b"\x00"
    path.with_suffix(".dbf").write_bytes(bytes(table))
    raw = read_shapefile(path)
    assert "规划用" in raw.frame.columns
    assert [issue.kind for issue in raw.issues] == ["name_cut"]


def test_fewer_records_than_shapes(tmp_path):
    path = shapefile(tmp_path / "x.shp")
    other = shapefile(tmp_path / "two.shp", count=2)
    path.with_suffix(".dbf").write_bytes(other.with_suffix(".dbf").read_bytes())
    raw = read_shapefile(path)
    assert raw.read == len(raw.frame) == 3
    assert raw.frame["用地名称"].tolist() == [*NAMES[:2], None]
    assert "3 shapes but 2 records" in raw.issues[0].message


def test_without_dbf_prj_or_shx(tmp_path):
    path = shapefile(tmp_path / "x.shp")
    path.with_suffix(".prj").unlink()
    path.with_suffix(".dbf").unlink()
    raw = read_shapefile(path)
    assert len(raw.frame) == 3
    assert raw.crs is None
    assert [issue.kind for issue in raw.issues] == ["no_attributes"]
    path.with_suffix(".shx").unlink()
    with pytest.raises(InputError, match=r"\.shx file is missing"):
        read_shapefile(path)


@pytest.mark.parametrize("share", [0.1, 0.6, 0.99])
def test_a_shapefile_cut_off(tmp_path, share):
    path = shapefile(tmp_path / "x.shp")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(InputError, match="cut off"):
        read_shapefile(path)


@pytest.mark.parametrize("code", [4490, 4547, 4526, 4326, 3857, 2383, 32650])
def test_esri_spellings_are_known(tmp_path, code):
    frame().to_crs(code).to_file(tmp_path / "x.shp", encoding="GBK")
    assert read_shapefile(tmp_path / "x.shp").crs.to_epsg() == code


def test_a_system_of_its_own_stays_one():
    crs = CRS.from_proj4("+proj=tmerc +lat_0=22.5 +lon_0=114.05 +k=1 +x_0=50000 +y_0=20000 +ellps=GRS80 +units=m")
    assert known_crs(crs) == crs


def test_layers_of_a_geopackage(tmp_path):
    path = tmp_path / "x.gpkg"
    frame().to_file(path, layer="north")
    assert len(read_geopackage(path).frame) == 3
    frame(2).to_file(path, layer="south")
    with pytest.raises(ChoiceError) as caught:
        read_geopackage(path)
    assert caught.value.choices == ("north", "south")
    assert read_geopackage(path, "south").frame["用地名称"].tolist() == NAMES[:2]
    with pytest.raises(ChoiceError, match="has no layer 'west'"):
        read_geopackage(path, "west")


def test_a_geopackage_without_a_system_or_shapes(tmp_path):
    bare = frame().set_crs(None, allow_override=True)
    with pytest.warns(UserWarning, match="crs"):
        pyogrio.write_dataframe(bare, tmp_path / "x.gpkg")
    assert read_geopackage(tmp_path / "x.gpkg").crs is None
    missing = frame()
    missing.loc[1, "geometry"] = None
    missing.to_file(tmp_path / "y.gpkg")
    raw = read_geopackage(tmp_path / "y.gpkg")
    assert (raw.read, list(raw.frame.index), raw.dropped[0].feature) == (3, [1, 3], "2")


def test_damaged_databases(tmp_path):
    (tmp_path / "x.gpkg").write_bytes(b"SQLite format 3\x00" + b"\x01" * 500)
    with pytest.raises(InputError, match="damaged or cut off"):
        read_geopackage(tmp_path / "x.gpkg")


def test_geoparquet(tmp_path):
    frame().to_crs(4547).to_parquet(tmp_path / "x.parquet")
    raw = read_geoparquet(tmp_path / "x.parquet")
    assert raw.crs == "EPSG:4547"
    assert raw.frame["用地名称"].tolist() == NAMES
    frame().set_crs(None, allow_override=True).to_parquet(tmp_path / "y.parquet")
    assert read_geoparquet(tmp_path / "y.parquet").crs is None
    table = pyarrow.parquet.read_table(tmp_path / "x.parquet").replace_schema_metadata({})
    pyarrow.parquet.write_table(table, tmp_path / "z.parquet")
    with pytest.raises(InputError, match="not GeoParquet"):
        read_geoparquet(tmp_path / "z.parquet")
    content = (tmp_path / "x.parquet").read_bytes()
    (tmp_path / "x.parquet").write_bytes(content[: len(content) // 2])
    with pytest.raises(InputError):
        read_geoparquet(tmp_path / "x.parquet")


def test_numbers_and_coordinates_are_those_of_the_file(tmp_path):
    raw = read_shapefile(shapefile(tmp_path / "x.shp"))
    assert raw.frame["n"].tolist() == [1, 2, 3]
    assert np.allclose(raw.frame.total_bounds, frame().total_bounds, atol=0)


def test_dates_stay_the_text_that_the_file_holds(tmp_path):
    path = tmp_path / "x.gpkg"
    frame().assign(day=np.datetime64("2021-03-04T05:06:07", "ms")).to_file(path, layer="x")
    with contextlib.closing(sqlite3.connect(path)) as held:
        written = [text for (text,) in held.execute("SELECT day FROM x")]
    day = read_geopackage(path).frame["day"].tolist()
    # With or without the fraction and the zone that SQLite's writer adds; no zone is converted.
    assert [text[:19] for text in day] == [text[:19] for text in written] == ["2021-03-04T05:06:07"] * 3
