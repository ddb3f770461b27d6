"""Bringing a layer in: place, shift, repair; features read = kept + named; areas as published."""

import json
import re
import zipfile

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import Geod

from tests.shapes import BAOAN, BOW_TIE, PINGSHAN, SHENSHAN
from zones.errors import ChoiceError, CrsError, InputError
from zones.intake.bring_in import Told, bring_in
from zones.intake.datum import wgs_to_bd, wgs_to_gcj

LONLAT_M2 = 67_135_869.69
GK_STRAIGHT_M2 = 67_135_186.42
"""Published areas of PINGSHAN with edges straight in lon/lat, and straight on the plane (see test_measure)."""


def save(path, shapes, crs="EPSG:4490", **columns):
    frame = geopandas.GeoDataFrame(columns or {"n": range(len(shapes))}, geometry=list(shapes), crs=crs)
    if path.suffix == ".geojson":
        path.write_text(frame.to_json(drop_id=True), encoding="utf-8")
    else:
        frame.to_file(path, encoding="GBK") if path.suffix == ".shp" else frame.to_file(path)
    return path


def kinds(brought):
    return {issue.kind for issue in brought.issues}


@pytest.mark.parametrize(("code", "area"), [(4490, LONLAT_M2), (4547, GK_STRAIGHT_M2), (4526, GK_STRAIGHT_M2)])
def test_area_follows_the_edges_of_the_file(tmp_path, code, area):
    shape = geopandas.GeoSeries([PINGSHAN], crs=4490).to_crs(code)
    brought = bring_in(save(tmp_path / "x.gpkg", shape, code), Told())
    assert brought.crs == f"EPSG:{code}"
    assert brought.area_before_m2 == brought.area_after_m2 == pytest.approx(area, abs=0.05)
    assert brought.frame.crs == "EPSG:4490"


def test_a_crossing_outline_on_the_plane_keeps_both_wings(tmp_path):
    bow = shapely.transform(BOW_TIE, lambda points: points * 500 + (500_000, 2_500_000))
    brought = bring_in(save(tmp_path / "x.gpkg", [bow], 4547), Told())
    assert [issue.kind for issue in brought.issues] == ["repaired"]
    # Two triangles with a base of 1000 m and a height of 500 m, on the central meridian.
    assert brought.area_after_m2 == pytest.approx(500_000, rel=1e-6)


def test_short_edges_are_left_alone(tmp_path):
    small = shapely.box(484_593, 2_516_859, 484_633, 2_516_899)
    brought = bring_in(save(tmp_path / "x.gpkg", [small], 4547), Told())
    assert shapely.get_num_coordinates(brought.frame.geometry.iloc[0]) == 5
    # 40 m x 40 m, where the plane is 5.5 ppm larger than the ellipsoid (4.3 of the published table).
    assert brought.area_after_m2 == pytest.approx(1600 / (1 + 5.5e-6), abs=1e-3)


def test_read_is_kept_and_named(tmp_path):
    bow = shapely.transform(BOW_TIE, lambda points: points / 100 + (114, 22.6))
    line = shapely.Polygon([(113.9, 22.5), (113.91, 22.5), (113.9, 22.5)])
    path = save(tmp_path / "x.geojson", [BAOAN, None, bow, line])
    brought = bring_in(path, Told())
    assert brought.read == brought.kept + len(brought.dropped) == 4
    assert {each.feature: each.reason for each in brought.dropped} == {
        "2": "it has no shape", "4": "its shape encloses nothing",
    }  # fmt: skip
    repaired = [issue for issue in brought.issues if issue.kind == "repaired" and issue.feature == "3"]
    assert "m² -> " not in repaired[0].message
    assert "->" in repaired[0].message
    assert brought.area_after_m2 > brought.area_before_m2


def test_axes_swapped_in_geojson(tmp_path):
    shape = shapely.transform(PINGSHAN, lambda points: points[:, ::-1])
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}))
    brought = bring_in(path, Told())
    assert brought.swapped
    assert "swapped_axes" in kinds(brought)
    assert brought.area_after_m2 == pytest.approx(LONLAT_M2, abs=0.05)


def test_unknown_systems_are_asked_for_and_a_person_may_say(tmp_path):
    shape = geopandas.GeoSeries([PINGSHAN], crs=4490).to_crs(32650)
    path = save(tmp_path / "x.shp", shape, 32650)
    path.with_suffix(".prj").unlink()
    with pytest.raises(ChoiceError) as caught:
        bring_in(path, Told())
    assert caught.value.choices == ("EPSG:4548", "EPSG:32650")
    assert bring_in(path, Told(crs="EPSG:32650")).how == "told"
    with pytest.raises(CrsError, match="you said EPSG:4547, but"):
        bring_in(path, Told(crs="EPSG:4547"))
    with pytest.raises(InputError, match="no known reference system"):
        bring_in(path, Told(crs="Shenzhen"))


def test_parameters_from_a_file(tmp_path):
    local = "+proj=tmerc +lat_0=0 +lon_0=114 +x_0=123456 +y_0=-2400000 +ellps=GRS80 +units=m"
    shape = geopandas.GeoSeries([PINGSHAN], crs=4490).to_crs(local)
    path = save(tmp_path / "x.shp", shape, local)
    path.with_suffix(".prj").unlink()
    (tmp_path / "own.prj").write_text(local)
    brought = bring_in(path, Told(crs=str(tmp_path / "own.prj")))
    assert np.allclose(brought.frame.total_bounds, PINGSHAN.bounds, atol=1e-9)


@pytest.mark.parametrize(("name", "forward"), [("gcj02", wgs_to_gcj), ("bd09", wgs_to_bd)])
def test_shifted_coordinates(tmp_path, name, forward):
    path = save(tmp_path / "x.geojson", shapely.transform(np.array([PINGSHAN, BAOAN]), forward))
    brought = bring_in(path, Told(datum=name))
    # A shift bends edges by far less than a millimetre at the vertices, which are what is compared.
    assert shapely.hausdorff_distance(brought.frame.geometry.iloc[0], PINGSHAN) < 1e-8
    assert brought.datum == name
    assert "unshifted" in kinds(brought)
    assert "datum_unproven" not in kinds(brought)


def test_towards_hong_kong_it_asks(tmp_path):
    hong_kong = shapely.box(114.16, 22.30, 114.18, 22.32)
    path = save(tmp_path / "x.geojson", shapely.transform(np.array([BAOAN, hong_kong]), wgs_to_gcj))
    with pytest.raises(ChoiceError, match=r"1 features .* towards Hong Kong or Macau") as caught:
        bring_in(path, Told(crs="EPSG:4490", datum="gcj02"))
    assert caught.value.about == "south"
    moved = bring_in(path, Told(crs="EPSG:4490", datum="gcj02", south="shift")).frame.geometry
    kept = bring_in(path, Told(crs="EPSG:4490", datum="gcj02", south="keep")).frame.geometry
    assert shapely.hausdorff_distance(moved.iloc[1], hong_kong) < 1e-8
    assert shapely.hausdorff_distance(kept.iloc[1], hong_kong) > 1e-3
    assert shapely.hausdorff_distance(kept.iloc[0], BAOAN) < 1e-8


def test_a_zipped_shapefile_of_gbk(tmp_path):
    save(tmp_path / "x.shp", [BAOAN, SHENSHAN], 名称=["铁仔山", "深汕"])
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf", "prj", "cpg"):
            archive.write(tmp_path / f"x.{suffix}", f"folder/地块.{suffix}")
    brought = bring_in(tmp_path / "x.zip", Told())
    assert brought.frame["名称"].tolist() == ["铁仔山", "深汕"]
    assert brought.encoding == "gb18030"
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for suffix in ("shp", "shx", "dbf", "prj"):
            archive.write(tmp_path / f"x.{suffix}", f"a.{suffix}")
            archive.write(tmp_path / f"x.{suffix}", f"b.{suffix}")
    with pytest.raises(ChoiceError, match="holds 2 layers"):
        bring_in(tmp_path / "two.zip", Told())
    assert bring_in(tmp_path / "two.zip", Told(layer="b")).kept == 2


def test_a_fault_within_an_archive_names_the_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a/b.geojson", '{"type": "FeatureCollection", "features": [')
    with pytest.raises(InputError) as caught:
        bring_in(tmp_path / "x.zip", Told())
    assert str(caught.value).startswith(f"{tmp_path / 'x.zip'}/b.geojson: not readable")


def test_nothing_usable(tmp_path):
    path = save(tmp_path / "x.geojson", [None, None])
    with pytest.raises(InputError, match="none of its 2 features has a usable shape; the first: it has no shape"):
        bring_in(path, Told())


def test_how_far_a_shift_went_is_said_as_it_is_on_the_ellipsoid(tmp_path):
    given = shapely.get_coordinates(BAOAN)
    path = save(tmp_path / "x.geojson", [BAOAN])
    brought = bring_in(path, Told(crs="EPSG:4490", datum="gcj02"))
    [note] = [issue for issue in brought.issues if issue.kind == "unshifted"]
    low, high = map(int, re.search(r"by (\d+) to (\d+) m", note.message).groups())
    metres = Geod(ellps="GRS80").inv(*given.T, *shapely.get_coordinates(brought.frame.geometry).T)[2]
    assert (low, high) == pytest.approx((metres.min(), metres.max()), abs=2)
    assert "Hong Kong" not in note.message


def test_areas_with_lines_or_points_in_one_shape_keep_the_areas_and_say_so(tmp_path):
    mixed = shapely.GeometryCollection(
        [PINGSHAN, shapely.Point(114.35, 22.7), shapely.LineString([(114, 22.6), (114.1, 22.6)])]
    )
    brought = bring_in(save(tmp_path / "x.geojson", [mixed]), Told())
    assert brought.frame.geom_type.tolist() == ["MultiPolygon"]
    assert brought.area_after_m2 == pytest.approx(LONLAT_M2, abs=0.05)
    assert [issue.value for issue in brought.issues if issue.kind == "parts_left_out"] == ["2"]


def test_a_layer_without_area_says_that_it_covers_nothing(tmp_path):
    corners = [shapely.Point(point) for point in shapely.get_coordinates(PINGSHAN)]
    assert "no_area" in kinds(bring_in(save(tmp_path / "x.geojson", corners), Told()))
    assert "no_area" not in kinds(bring_in(save(tmp_path / "y.geojson", [*corners, PINGSHAN]), Told()))


def test_a_plane_stated_in_geojson_is_known_from_the_file(tmp_path):
    path = save(tmp_path / "x.geojson", geopandas.GeoSeries([PINGSHAN], crs=4490).to_crs(4547), 4547)
    told = json.loads(path.read_text("utf-8"))
    told["crs"] = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4547"}}
    path.write_text(json.dumps(told), "utf-8")
    brought = bring_in(path, Told())
    assert (brought.crs, brought.how) == ("EPSG:4547", "file")


def test_degrees_said_to_be_wgs_84_may_be_shifted_all_the_same(tmp_path):
    assert "datum_unproven" in kinds(bring_in(save(tmp_path / "x.gpkg", [PINGSHAN], "EPSG:4326"), Told()))
    assert "datum_unproven" not in kinds(bring_in(save(tmp_path / "y.gpkg", [PINGSHAN], "EPSG:4490"), Told()))
