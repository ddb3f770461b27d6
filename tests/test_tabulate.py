"""Counts and areas of a large layer under zones, against hand-counted squares, shapely and exact fractions."""

import os
import signal
import subprocess
import sys
import time

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from tests.shapes import AT, BOW_TIE, HOLED, SHIFTED, SQUARE, TOUCHING, frame, polygons
from zones.counting.parcel_stream import open_layer
from zones.counting.tabulate import tabulate
from zones.errors import CrsError, GeometryError, InputError
from zones.measure import lonlat_area

PLANE = "EPSG:4547"


def moved(shape, scale=1000.0):
    """Return a tiny shape, a kilometre to the unit, where EPSG:4547 covers Shenzhen."""
    return shapely.transform(shape, lambda points: points * scale + np.array(AT))


def write(path, shapes, crs=PLANE, **columns):
    columns = columns or {"use": ["R"] * len(shapes)}
    layer = geopandas.GeoDataFrame(columns, geometry=list(shapes), crs=crs)
    if path.suffix == ".parquet":
        layer.to_parquet(path, write_covering_bbox=True, row_group_size=2)
    else:
        layer.to_file(path)
    return path


def count(path, zones, field=None, **options):
    return tabulate(open_layer(path), zones, field, **options)


def rows(found):
    return [tuple(row) for row in found.table.itertuples(index=False)]


SQUARES = [moved(SQUARE), moved(SHIFTED), moved(TOUCHING)]


ZONE = frame([moved(SQUARE)], crs=PLANE)


@pytest.mark.parametrize("name", ["p.parquet", "p.gpkg", "p.shp"])
def test_squares_counted_by_hand(tmp_path, name):
    path = write(tmp_path / name, [*SQUARES, moved(box(0, 0, 1, 1))], use=["R", "R", "M", None])
    found = count(path, ZONE, "use")
    assert rows(found)[0] == ("a", "R", 1, 1, 5e6)
    assert rows(found)[1][2:] == (1, 0, 1e6)
    assert pd.isna(rows(found)[1][1])
    assert (found.features, found.repaired, found.left_out) == (4, 0, 0)
    assert "EPSG:4547" in found.area_rule


def test_without_a_class_all_stand_together(tmp_path):
    found = count(write(tmp_path / "p.parquet", SQUARES), ZONE)
    assert [row[2:] for row in rows(found)] == [(1, 1, 5e6)]
    assert found.table["class"].isna().all()


def test_touching_is_neither_inside_nor_partly(tmp_path):
    found = count(write(tmp_path / "p.parquet", [moved(TOUCHING), moved(box(2, 2, 3, 3))]), ZONE)
    assert found.table.empty


def test_a_parcel_on_the_edge_of_its_zone_is_inside(tmp_path):
    found = count(write(tmp_path / "p.parquet", [moved(box(0, 0, 2, 1)), moved(SQUARE)]), ZONE)
    assert [row[2:] for row in rows(found)] == [(2, 0, 6e6)]


def test_holes_parts_and_doubles_add_up(tmp_path):
    two = MultiPolygon([box(0, 0, 1, 1), box(3, 3, 4, 4)])
    zone = frame([moved(HOLED), moved(MultiPolygon([box(0, 0, 2, 4), box(3, 0, 4, 4)]))], crs=PLANE)
    parcels = [moved(each) for each in (box(0, 0, 4, 4), two, HOLED, HOLED)]
    found = count(write(tmp_path / "p.parquet", parcels), zone)
    assert rows(found)[0][2:] == (3, 1, (12 + 2 + 12 + 12) * 1e6)
    assert rows(found)[1][2:] == (1, 3, (12 + 2 + 10 + 10) * 1e6)


def test_a_bow_tie_is_repaired_named_and_counted(tmp_path):
    found = count(write(tmp_path / "p.parquet", [SQUARES[0], moved(BOW_TIE)]), ZONE)
    assert rows(found)[0][2:] == (2, 0, pytest.approx(6e6, rel=1e-12))
    assert found.repaired == 1
    assert "feature 2: shape was invalid (Self-intersection" in found.issues["message"][0]


def raw_layer(path, wkb, crs=PLANE):
    """Write records as they are, which no library would."""
    write(path, [SQUARES[0]], crs)
    told = pyarrow.parquet.read_schema(path).metadata
    table = pyarrow.table({"geometry": pyarrow.array(wkb, pyarrow.binary())})
    geo = told[b"geo"].replace(b'"covering"', b'"was_covering"')
    pyarrow.parquet.write_table(table.replace_schema_metadata({b"geo": geo}), path)
    return path


def test_odd_records_are_named_and_the_rest_is_counted(tmp_path):
    good = bytes(shapely.to_wkb(SQUARES[0]))
    big_endian = bytes(shapely.to_wkb(SQUARES[0], byte_order=0))
    open_ring = good[:9] + (4).to_bytes(4, "little") + good[13 : 13 + 64]
    # The first corner is no number, the last one is: that ring is neither closed nor finite.
    not_a_number = good[:13] + np.array([np.nan, 0.0]).tobytes() + good[29:]
    point = bytes(shapely.to_wkb(shapely.Point(AT)))
    high = bytes(shapely.to_wkb(shapely.force_3d(SQUARES[0], 7.0)))
    iso = bytes(shapely.to_wkb(shapely.force_3d(SQUARES[0], 7.0), flavor="iso"))
    empty = bytes(shapely.to_wkb(Polygon()))
    records = [good, None, big_endian, open_ring, not_a_number, point, high, iso, empty, good[:50], b""]
    found = count(raw_layer(tmp_path / "p.parquet", records), ZONE)
    assert rows(found)[0][2:] == (5, 0, 20e6)
    assert (found.features, found.repaired, found.left_out) == (11, 1, 4)
    assert sorted(found.issues["feature"]) == ["10", "11", "4", "5", "6"]


def test_degrees_are_measured_on_the_ellipsoid(tmp_path):
    west, south = 114.0, 22.6
    parcel = Polygon([(west, south), (west + 0.02, south + 0.004), (west + 0.03, south + 0.02), (west, south + 0.01)])
    zone = box(west + 0.01, south, west + 0.05, south + 0.03)
    found = count(write(tmp_path / "p.gpkg", [parcel], "EPSG:4490"), frame([zone]))
    want = lonlat_area(np.array([parcel.intersection(zone)]))[0]
    assert found.table["area_m2"][0] == pytest.approx(want, rel=1e-11)
    assert found.area_rule == "ellipsoid, edges straight in lon/lat"


def test_zones_in_degrees_meet_a_projected_layer(tmp_path):
    zone = geopandas.GeoSeries([moved(SQUARE)], crs=PLANE).segmentize(10).to_crs("EPSG:4490")
    found = count(write(tmp_path / "p.parquet", SQUARES), frame(zone))
    assert found.table["area_m2"][0] == pytest.approx(5e6, rel=1e-8)


def city(folder, count=4000):
    random = np.random.default_rng(3)
    shapes = [moved(each, 100.0) for each in polygons(random, count, 60, 1.5)]
    uses = random.choice(["R", "M", "甲"], len(shapes))
    return write(folder / "city.parquet", shapes, use=uses), random


def test_bit_equal_for_any_number_of_threads_and_pairs_add_up(tmp_path, monkeypatch):
    monkeypatch.setattr("zones.counting.parcel_layer.BATCH_ROWS", 100)
    path, random = city(tmp_path)
    zones = frame([moved(each, 100.0) for each in polygons(random, 9, 50, 20)], crs=PLANE)
    seen = []
    one = count(path, zones, "use", threads=1, progress=lambda done, total: seen.append((done, total)))
    four = count(path, zones, "use", threads=4, pairs_to=tmp_path / "pairs.parquet")
    assert one.table.equals(four.table)
    assert seen[-1] == (one.features, one.features)
    assert seen == sorted(seen)
    table = pyarrow.parquet.read_table(tmp_path / "pairs.parquet").to_pandas()
    sums = table.astype({"zone_id": str, "class": str}).groupby(["zone_id", "class"])["area_m2"].sum()
    assert np.allclose(sums.to_numpy(), one.table["area_m2"].to_numpy(), rtol=1e-12)
    inside = (table["relation"] == "inside").sum()
    assert (inside, len(table) - inside) == (one.table["count_inside"].sum(), one.table["count_partly"].sum())
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_row_groups_off_the_zones_are_not_read(tmp_path):
    parcels = [moved(box(at, 0, at + 1, 1)) for at in range(8)]
    seen = []
    found = count(write(tmp_path / "p.parquet", parcels), frame([moved(box(4.5, 0, 4.9, 1))], crs=PLANE),
                  pairs_to=tmp_path / "o.parquet", progress=lambda done, _: seen.append(done))  # fmt: skip
    assert seen == [6]
    assert found.features == 8
    assert pyarrow.parquet.read_table(tmp_path / "o.parquet")["feature"].to_pylist() == [5]


def test_what_stops_the_work_leaves_no_file(tmp_path):
    def stop(_done, _total):
        raise KeyboardInterrupt

    path = write(tmp_path / "p.parquet", SQUARES)
    with pytest.raises(KeyboardInterrupt):
        count(path, ZONE, pairs_to=tmp_path / "pairs.parquet", progress=stop)
    assert [each.name for each in tmp_path.iterdir()] == ["p.parquet"]


def test_control_c_ends_with_one_sentence(tmp_path):
    path = write(tmp_path / "p.gpkg", SQUARES * 300)
    zone = write(tmp_path / "z.gpkg", [SQUARES[0]])
    script = (
        "import sys, time, zones.counting.count_batch as t\n"
        "slow = t.count_batch\n"
        "t.count_batch = lambda *a: (print('started', flush=True), time.sleep(2), slow(*a))[-1]\n"
        "from ui.commands.cli import main\nmain()"
    )
    command = [sys.executable, "-c", script, "tabulate", "--of", str(path), "--zones", str(zone)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "started\n"
        time.sleep(0.2)
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == f"{path}: stopped on request; nothing was written"


def test_a_cut_off_file_is_one_sentence(tmp_path):
    for name in ("p.parquet", "p.shp", "p.gpkg"):
        path = write(tmp_path / name, SQUARES * 3000)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(InputError, match=r"cut off|could be read|get the file anew"):
            count(path, ZONE, pairs_to=tmp_path / "pairs.parquet")
        assert not (tmp_path / "pairs.parquet").exists()


def test_bytes_damaged_inside_are_one_sentence(tmp_path):
    path = write(tmp_path / "p.parquet", SQUARES * 3000)
    body = bytearray(path.read_bytes())
    body[200 : len(body) // 2] = bytes(len(body) // 2 - 200)
    path.write_bytes(body)
    with pytest.raises(InputError, match="damaged or cut off"):
        count(path, ZONE)


def test_a_table_with_fewer_records_than_shapes_is_refused(tmp_path):
    path = write(tmp_path / "p.shp", SQUARES)
    write(tmp_path / "two.shp", SQUARES[:2])
    (tmp_path / "p.dbf").write_bytes((tmp_path / "two.dbf").read_bytes())
    with pytest.raises(InputError, match=r"3 shapes but 2 stated records"):
        open_layer(path)


def test_bad_input_is_one_sentence(tmp_path):
    path = write(tmp_path / "p.parquet", SQUARES)
    with pytest.raises(InputError, match=r"no field 'height'; it has use, bbox"):
        count(path, ZONE, "height")
    with pytest.raises(InputError, match="no such file"):
        open_layer(tmp_path / "none.gpkg")
    (tmp_path / "p.docx").write_text("use")
    with pytest.raises(InputError, match=r"'\.docx' files cannot be read"):
        open_layer(tmp_path / "p.docx")
    with pytest.raises(InputError, match=r"name it \.parquet"):
        count(path, ZONE, pairs_to=tmp_path / "pairs.csv")
    pandas_only = tmp_path / "plain.parquet"
    pd.DataFrame({"a": [1]}).to_parquet(pandas_only)
    with pytest.raises(InputError, match="not GeoParquet"):
        open_layer(pandas_only)
    points = write(tmp_path / "points.gpkg", [shapely.Point(AT)])
    with pytest.raises(InputError, match="choose a layer of polygons"):
        open_layer(points)
    with pytest.raises(GeometryError, match="zone a: the shape is not valid"):
        count(path, frame([moved(BOW_TIE)], crs=PLANE))
    with pytest.raises(GeometryError, match="none of the zones has a polygon"):
        count(path, frame([shapely.Point(AT)], crs=PLANE))


def test_layers_that_would_mislead_are_refused(tmp_path):
    zone = frame([box(114, 22.5, 114.1, 22.6)])
    shapes = list(geopandas.GeoSeries(zone.geometry).to_crs("EPSG:3857"))
    with pytest.raises(CrsError, match=r"plane areas of EPSG:3857 are \+17\.\d% off here"):
        count(write(tmp_path / "m.gpkg", shapes, "EPSG:3857"), zone)
    with pytest.raises(CrsError, match="not CGCS2000 or WGS 84"):
        count(write(tmp_path / "b.gpkg", list(zone.geometry), "EPSG:4214"), zone)
    with pytest.raises(CrsError, match="not given"):
        open_layer(write(tmp_path / "none.parquet", SQUARES, None))


def test_too_many_classes(tmp_path, monkeypatch):
    monkeypatch.setattr("zones.counting.tabulation.MOST_CLASSES", 1)
    path = write(tmp_path / "p.parquet", SQUARES[:2], use=[1, 2])
    with pytest.raises(InputError, match="over 1 different classes"):
        count(path, ZONE, "use")
