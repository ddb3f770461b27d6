"""Counts and areas of a large layer under zones, against hand-counted squares, shapely and exact fractions."""

import os
import signal
import subprocess
import sys
import time
from fractions import Fraction

import geopandas
import numpy as np
import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity, box

from tests.shapes import BOW_TIE, HOLED, SHIFTED, SQUARE, TOUCHING, frame
from zones.clip_area import find_pairs, pair_areas
from zones.compiled import compile_kernels
from zones.errors import CrsError, GeometryError, InputError
from zones.measure import lonlat_area
from zones.parcel_stream import open_layer
from zones.ring_check import certainly_valid
from zones.tabulate import tabulate
from zones.wkb_arrays import POLYGON, UNUSUAL, read_rings
from zones.zone_grid import build_grid

PLANE = "EPSG:4547"
AT = (500_000.0, 2_500_000.0)


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


def rings_of(shapes):
    wkb = [bytes(each) for each in shapely.to_wkb(np.array(shapes, dtype=object))]
    offsets = np.cumsum([0, *map(len, wkb)])
    return read_rings(np.frombuffer(b"".join(wkb), np.uint8), offsets, np.ones(len(wkb), bool))


def shared(parcels, zones, unit=1.0, cells=1000):
    """Return the area each parcel shares with each zone."""
    rings = rings_of(parcels)
    grid = build_grid(np.array(zones, dtype=object), cells)
    pairs = find_pairs(rings, grid)
    table = np.zeros((len(parcels), len(zones)))
    table[pairs[0], pairs[1]] = pair_areas(rings, grid, pairs, unit)[0]
    return table


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


@pytest.mark.parametrize("size", [0.0004, 0.04, 0.06, 2.0])
def test_ellipsoid_areas_hold_for_any_size(size):
    parcel = Polygon([(113, 22), (113 + size, 22 + size / 3), (113 + size / 2, 22 + size)])
    zone = box(113 + size / 4, 22 - size, 113 + size * 0.7, 22 + size * 0.55)
    want = lonlat_area(np.array([parcel.intersection(zone)]))[0]
    assert shared([parcel], [zone], 0.0)[0, 0] == pytest.approx(want, rel=1e-10)


def test_zones_in_degrees_meet_a_projected_layer(tmp_path):
    zone = geopandas.GeoSeries([moved(SQUARE)], crs=PLANE).segmentize(10).to_crs("EPSG:4490")
    found = count(write(tmp_path / "p.parquet", SQUARES), frame(zone))
    assert found.table["area_m2"][0] == pytest.approx(5e6, rel=1e-8)


def blob(random, middle, radius, corners):
    angle = np.sort(random.uniform(0, 2 * np.pi, corners))
    reach = radius * random.uniform(0.4, 1, corners)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * reach[:, None] + middle
    return shapely.make_valid(Polygon(ring), method="structure")


def polygons(random, count, spread, radius):
    found = [blob(random, random.uniform(0, spread, 2), random.uniform(radius / 4, radius), 9) for _ in range(count)]
    return [each for each in found if each.geom_type == "Polygon" and each.area > 0]


@pytest.mark.parametrize("cells", [200, 20_000, 2_000_000])
def test_equal_to_shapely_for_any_grid(cells):
    random = np.random.default_rng(7)
    zones = polygons(random, 12, 100, 40)
    zones[0] = MultiPolygon([box(0, 0, 20, 20), box(20, 20, 60, 40), HOLED.buffer(0)][:2])
    zones[1] = box(10, 10, 90, 90).difference(box(30, 30, 60, 60))
    parcels = [*polygons(random, 300, 110, 12), box(-5, -5, 105, 105), box(20, 0, 20.5, 100)]
    want = shapely.area(shapely.intersection(np.array(parcels)[:, None], np.array(zones, dtype=object)[None]))
    found = shared(parcels, zones, cells=cells)
    assert np.abs(found - want).max() < 1e-10
    assert np.allclose(found.sum(axis=0), want.sum(axis=0), rtol=1e-12)


coordinate = st.integers(0, 6)
corner = st.tuples(coordinate, coordinate)


@st.composite
def lattice_polygon(draw):
    """Return a valid polygon on a coarse lattice, so that edges, corners and lines often coincide."""
    hull = shapely.MultiPoint(draw(st.lists(corner, min_size=3, max_size=7, unique=True))).convex_hull
    cut = shapely.MultiPoint(draw(st.lists(corner, min_size=3, max_size=5, unique=True))).convex_hull
    shape = hull.difference(cut) if draw(st.booleans()) else hull
    return shape if shape.geom_type in ("Polygon", "MultiPolygon") and shape.area > 0 else box(0, 0, 3, 3)


@settings(max_examples=150, deadline=None)
@given(lattice_polygon(), lattice_polygon(), st.sampled_from([60, 1000, 50_000]))
def test_degenerate_pairs_equal_shapely(parcel, zone, cells):
    want = parcel.intersection(zone).area
    assert shared([parcel], [zone], cells=cells)[0, 0] == pytest.approx(want, abs=1e-12)
    far = [shapely.transform(each, lambda points: points * 10 + np.array(AT)) for each in (parcel, zone)]
    # Seen from near again: what moving the shapes rounded off is no fault of the overlap.
    near = [shapely.transform(each, lambda points: points - np.array(AT)) for each in far]
    assert shared(far[:1], far[1:], cells=cells)[0, 0] == pytest.approx(near[0].intersection(near[1]).area, abs=1e-9)


def exact_area(a, b):
    """Return the area two convex rings share, by clipping in exact fractions."""
    ring = [(Fraction(x), Fraction(y)) for x, y in a]
    edges = [(Fraction(x), Fraction(y)) for x, y in b]
    for (px, py), (qx, qy) in zip(edges, [*edges[1:], edges[0]], strict=True):
        sides = [(qx - px) * (y - py) - (qy - py) * (x - px) for x, y in ring]
        kept = []
        for at, point in enumerate(ring):
            before, side = sides[at - 1], sides[at]
            if (before < 0) != (side < 0):
                share = before / (before - side)
                kept.append(tuple(u + share * (v - u) for u, v in zip(ring[at - 1], point, strict=True)))
            if side >= 0:
                kept.append(point)
        ring = kept
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True))
    return float(twice / 2)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(-2, 2), st.sampled_from([(0.0, 0.0), AT, (-447.0, 12.0)]))
def test_neighbours_a_last_digit_apart_equal_exact_fractions(seed, steps, at):
    random = np.random.default_rng(seed)
    shape = shapely.MultiPoint(random.uniform(-40, 40, (8, 2)) + at).convex_hull
    points = shapely.get_coordinates(shapely.orient_polygons(shape))[:-1]
    (x1, y1), (x2, y2) = points[0], points[1]
    for _ in range(abs(steps)):
        x1, y2 = np.nextafter(x1, steps * np.inf), np.nextafter(y2, -steps * np.inf)
    third = (x1 + x2) / 2 + (y2 - y1), (y1 + y2) / 2 - (x2 - x1)
    neighbour = [(x2, y2), (x1, y1), third]
    found = shared([Polygon(points)], [Polygon(neighbour)])[0, 0]
    assert found == pytest.approx(exact_area(points, shapely.get_coordinates(
        shapely.orient_polygons(Polygon(neighbour)))[:-1]), abs=1e-9)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=9))
def test_what_is_called_certain_is_valid(points):
    ring = [*points, points[0]]
    shape = Polygon(ring)
    sure = certainly_valid(rings_of([shape]), np.array([0]))[0]
    assert not sure or shape.is_valid


def test_plain_shapes_are_certain():
    shapes = [SQUARE, Polygon([(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (0, 1)]), affinity.rotate(SQUARE, 11)]
    assert certainly_valid(rings_of(shapes), np.arange(3)).all()
    assert not certainly_valid(rings_of([HOLED, BOW_TIE]), np.arange(2)).any()


def test_wkb_is_read_as_shapely_reads_it():
    shapes = [HOLED, MultiPolygon([SQUARE, TOUCHING]), shapely.force_3d(SQUARE, 1.0)]
    rings = rings_of(shapes)
    assert (rings.status == POLYGON).all()
    assert np.array_equal(rings.points, shapely.get_coordinates(shapes))
    assert rings.is_hole.tolist() == [False, True, False, False, False]
    assert np.array_equal(rings.box, shapely.bounds(shapes))
    assert rings_of([shapely.Point(1, 2)]).status.tolist() == [UNUSUAL]


def city(folder, count=4000):
    random = np.random.default_rng(3)
    shapes = [moved(each, 100.0) for each in polygons(random, count, 60, 1.5)]
    uses = random.choice(["R", "M", "甲"], len(shapes))
    return write(folder / "city.parquet", shapes, use=uses), random


def test_bit_equal_for_any_number_of_threads_and_pairs_add_up(tmp_path, monkeypatch):
    monkeypatch.setattr("zones.parcel_stream.BATCH_ROWS", 100)
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
        "import sys, time, zones.tabulate as t\n"
        "slow = t._measure\n"
        "t._measure = lambda *a: (sys.stdout.write('started\\n'), sys.stdout.flush(), time.sleep(0.5), slow(*a))[-1]\n"
        "from ui.cli import main\nmain()"
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
    with pytest.raises(InputError, match=r"'\.csv' files cannot be tabulated"):
        open_layer(tmp_path / "p.csv")
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
    monkeypatch.setattr("zones.tabulate.MOST_CLASSES", 1)
    path = write(tmp_path / "p.parquet", SQUARES[:2], use=[1, 2])
    with pytest.raises(InputError, match="over 1 different classes"):
        count(path, ZONE, "use")


def test_set_up_compiles_every_kernel():
    assert compile_kernels() == 1.0
