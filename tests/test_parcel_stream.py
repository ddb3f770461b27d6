"""Folders of GeoParquet parts and Shapefiles with Chinese text: what is read, in which order, and what is refused."""

import geopandas
import pyarrow
import pyarrow.parquet
import pytest
from shapely import box

from tests.test_tabulate import PLANE, SQUARES, ZONE, count, moved, rows, write
from zones.counting.parcel_stream import open_layer
from zones.errors import CrsError, InputError


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "parts"
    made.mkdir()
    return made


def test_a_folder_counts_as_one_file_in_natural_order(folder, tmp_path):
    for number in (0, 9, 10, 2):
        write(folder / f"part.{number}.parquet", [moved(box(number, 0, number + 1, 1))], use=[f"u{number}"])
    (folder / "_metadata").write_bytes(b"")
    (folder / ".part.3.parquet.crc").write_bytes(b"")
    layer = open_layer(folder)
    assert [part.path.name for part in layer.parts] == [f"part.{n}.parquet" for n in (0, 2, 9, 10)]
    zone = geopandas.GeoDataFrame(geometry=[moved(box(0, 0, 20, 1))], index=["a"], crs=PLANE)
    found = count(folder, zone, "use", pairs_to=tmp_path / "pairs.parquet")
    assert [row[1:] for row in rows(found)] == [(f"u{n}", 1, 0, 1e6) for n in (0, 10, 2, 9)]
    pairs = pyarrow.parquet.read_table(tmp_path / "pairs.parquet")
    assert pairs["feature"].to_pylist() == [1, 2, 3, 4]
    assert pairs["class"].to_pylist() == ["u0", "u2", "u9", "u10"]


def test_how_a_layer_is_cut_does_not_touch_a_digit(folder, tmp_path, monkeypatch):
    # Areas that no binary fraction holds, in an order that plain sums of floats would feel.
    shapes = [moved(box(0, 0, 0.1 + 0.7 * (at % 3), 0.3)) for at in range(60)]
    whole = count(write(tmp_path / "one.parquet", shapes), ZONE, "use").table
    for number in range(6):
        write(folder / f"part.{number}.parquet", shapes[10 * number : 10 * number + 10][::-1])
    monkeypatch.setattr("zones.counting.parcel_layer.BATCH_ROWS", 7)
    assert count(folder, ZONE, "use").table.equals(whole)
    assert whole["area_m2"][0] == pytest.approx(20 * 0.3 * (0.1 + 0.8 + 1.5) * 1e6, rel=1e-15)


def test_an_empty_part_is_no_trouble(folder):
    write(folder / "part.0.parquet", SQUARES)
    empty = geopandas.GeoDataFrame({"use": []}, geometry=geopandas.GeoSeries([], crs=None))
    empty.to_parquet(folder / "part.1.parquet")
    write(folder / "part.2.parquet", SQUARES)
    assert rows(count(folder, ZONE, "use"))[0][2:] == (2, 2, 10e6)


def test_parts_that_do_not_go_together_are_named(folder):
    write(folder / "part.0.parquet", SQUARES, use=[1, 2, 3])
    write(folder / "part.1.parquet", SQUARES, use=[1.0, 2.0, 3.0])
    with pytest.raises(InputError, match=r"field 'use' is int64 in part\.0\.parquet but double in part\.1\.parquet"):
        count(folder, ZONE, "use")
    assert rows(count(folder, ZONE))[0][2:] == (2, 2, 10e6)
    write(folder / "part.1.parquet", SQUARES, height=[1, 2, 3])
    with pytest.raises(InputError, match=r"'height' is missing in part\.0\.parquet but int64 in part\.1\.parquet"):
        count(folder, ZONE, "height")
    write(folder / "part.1.parquet", SQUARES, "EPSG:4526")
    with pytest.raises(CrsError, match=r"part\.1\.parquet: its CRS is not that of part\.0\.parquet"):
        open_layer(folder)
    geopandas.read_parquet(folder / "part.0.parquet").rename_geometry("shape").to_parquet(folder / "part.1.parquet")
    with pytest.raises(InputError, match=r"part\.1\.parquet: its geometry column is 'shape', that of part\.0"):
        open_layer(folder)


def test_a_part_whose_values_are_all_absent_goes_with_text(folder):
    write(folder / "part.0.parquet", SQUARES, use=[None, None, None])
    write(folder / "part.1.parquet", SQUARES, use=["R", "R", "R"])
    assert rows(count(folder, ZONE, "use"))[0][1:] == ("R", 1, 1, 5e6)


def test_folders_that_hold_no_parts_are_refused(folder):
    with pytest.raises(InputError, match=r"holds no \.parquet part"):
        open_layer(folder)
    (folder / "use=R").mkdir()
    with pytest.raises(InputError, match=r"holds folders \(use=R\); write the parts side by side"):
        open_layer(folder)


CHINESE = {"用地类": ["居住用地", "工业用地", None]}


def shapefile(path, encoding, keep_cpg=False, language=None, columns=CHINESE):
    geopandas.GeoDataFrame(columns, geometry=SQUARES, crs=PLANE).to_file(path, encoding=encoding)
    if not keep_cpg:
        path.with_suffix(".cpg").unlink()
    table = path.with_suffix(".dbf")
    body = bytearray(table.read_bytes())
    body[29] = body[29] if language is None else language
    table.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("encoding", "options"),
    [
        ("GB18030", {}),
        ("UTF-8", {}),
        ("GBK", {"keep_cpg": True}),
        ("GBK", {"language": 0x4D}),
        ("GBK", {"language": 0x57}),
    ],
)
def test_chinese_text_of_a_shapefile_is_right_unasked(tmp_path, encoding, options):
    path = shapefile(tmp_path / "p.shp", encoding, **options)
    assert open_layer(path).fields == ("用地类",)
    assert [row[1] for row in rows(count(path, ZONE, "用地类"))] == ["居住用地", "工业用地"]


def test_a_character_cut_off_by_the_width_is_still_utf8(tmp_path):
    path = shapefile(tmp_path / "p.shp", "UTF-8", columns={"use": ["x" * 80, "y" * 80, "z" * 80]})
    table = path.with_suffix(".dbf")
    # 80 bytes hold 26 characters of three bytes, and two bytes of the next.
    table.write_bytes(table.read_bytes().replace(b"x" * 80, ("地" * 27).encode()[:80]))
    assert open_layer(path).encoding == "utf-8"


def test_a_field_name_cut_within_a_character_is_one_sentence(tmp_path):
    path = shapefile(tmp_path / "p.shp", "UTF-8", columns={"abcdefghij": ["R", "R", "R"]})
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes().replace(b"abcdefghij", "用地性质".encode()[:10]))
    with pytest.raises(
        InputError, match=r"p\.shp: its text is not whole in UTF-8; name its encoding with --encoding, or"
    ):
        open_layer(path)


def test_an_encoding_can_be_named(tmp_path):
    path = shapefile(tmp_path / "p.shp", "Big5", columns={"用地": ["住宅", "工業", None]})
    layer = open_layer(path, encoding="Big5")
    assert (layer.fields, layer.encoding) == (("用地",), "big5")
    with pytest.raises(InputError, match=r"--encoding: 'klingon' is no known encoding; use one of gb18030"):
        open_layer(path, encoding="klingon")
    with pytest.raises(InputError, match=r"p\.shp: its text is not utf-8 \(such as"):
        open_layer(path, encoding="UTF-8")
    with pytest.raises(InputError, match=r"--encoding is for Shapefiles"):
        open_layer(write(tmp_path / "p.parquet", SQUARES), encoding="GBK")
    with pytest.raises(InputError, match=r"--encoding is for Shapefiles"):
        open_layer(write(tmp_path / "p.gpkg", SQUARES), encoding="GBK")
