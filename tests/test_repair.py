"""Repair: the method decides the area, and both areas are said. Areas by hand."""

import geopandas
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from tests.shapes import BOW_TIE, SQUARE, frame
from zones.errors import InputError
from zones.repair import MOST_CROSSINGS, crossings, method_of, read_repaired, repair, valid_shape

# Two unit squares that share a quarter: 1.75 once, 1.5 with the shared quarter cut out, 2 as a plain sum.
QUARTER = MultiPolygon([box(0, 0, 1, 1), box(0.5, 0.5, 1.5, 1.5)])
# A band that runs round and crosses itself in a 2 x 2 square: 15 with the square, 11 without.
LOOP = Polygon([(0, 0), (4, 0), (4, 3), (1, 3), (1, 1), (3, 1), (3, 4), (0, 4)])


def star(points, step):
    angle = np.arange(points + 1) * step * 2 * np.pi / points
    return Polygon(np.column_stack([np.cos(angle), np.sin(angle)]))


@pytest.mark.parametrize(("shape", "structure", "linework"), [(QUARTER, 1.75, 1.5), (LOOP, 15, 11), (BOW_TIE, 2, 2)])
def test_the_method_decides_the_area(shape, structure, linework):
    assert valid_shape(shape).area == structure
    assert valid_shape(shape, "linework").area == linework


def test_an_issue_gives_the_areas_of_both_methods():
    plain = frame([QUARTER, BOW_TIE, SQUARE], crs=None).reset_index()
    repaired, issues = repair(plain, "x.dxf", planar=True)
    assert list(repaired.geometry.area) == [1.75, 2, 4]
    assert [issue.feature for issue in issues] == ["a", "b"]
    assert "by structure: area 2.0 -> 1.8 square drawing units; linework would give 1.5" in issues[0].message
    assert "would" not in issues[1].message
    _, other = repair(plain, "x.dxf", "linework", planar=True)
    assert "by linework: area 2.0 -> 1.5 square drawing units; structure would give 1.8" in other[0].message


def test_areas_of_degrees_are_square_metres():
    shape = shapely.transform(LOOP, lambda points: points * 1e-3 + (114, 22.6))
    _, issues = repair(frame([shape]).reset_index(), "x")
    # A square of a thousandth of a degree is 110.74 x 102.84 m² at this latitude.
    structure, linework = (f"{area * 110.74 * 102.84:,.0f}"[:4] for area in (15, 11))
    assert f"-> {structure}" in issues[0].message
    assert f"linework would give {linework}" in issues[0].message


def test_lines_left_over_by_linework_are_let_go():
    spike = Polygon([(0, 0), (2, 0), (2, 5), (2, 0), (2, 2), (0, 2)])
    for method in ("structure", "linework"):
        mended = valid_shape(spike, method)
        assert (mended.geom_type, mended.area, mended.is_valid) == (mended.geom_type, 4, True)
        assert mended.geom_type in ("Polygon", "MultiPolygon")


def test_a_shape_that_crosses_itself_too_often_is_not_tried_by_linework():
    assert crossings(star(5, 2), 99) == 5
    assert crossings(SQUARE, 99) == 0
    assert crossings(star(101, 50), MOST_CROSSINGS) > MOST_CROSSINGS
    _, issues = repair(frame([star(101, 50)], crs=None).reset_index(), "x", planar=True)
    assert "linework was not tried" in issues[0].message


def test_outer_rings_run_counterclockwise():
    """As RFC 7946 (3.1.6) has it: the outer ring counterclockwise, holes clockwise."""
    holed = Polygon(box(0, 0, 4, 4, ccw=False).exterior, [box(1, 1, 2, 2).exterior])
    two = MultiPolygon([box(5, 0, 6, 1, ccw=False), box(7, 0, 8, 1)])
    repaired, issues = repair(frame([holed, two], crs=None).reset_index(), "x", planar=True)
    parts = shapely.get_parts(repaired.geometry.array)
    assert [part.exterior.is_ccw for part in parts] == [True, True, True]
    assert [ring.is_ccw for ring in parts[0].interiors] == [False]
    assert issues == []


def test_one_polygon_stays_one():
    doubled = Polygon([(0, 0), (2, 0), (2, 2), (0, 2), (0, 1), (1, 1), (0, 1)])
    assert (valid_shape(doubled).geom_type, valid_shape(doubled).area) == ("Polygon", 4)


def test_a_drawing_is_repaired_in_its_own_units(tmp_path):
    path = tmp_path / "site.gpkg"
    with pytest.warns(UserWarning, match="crs"):
        geopandas.GeoDataFrame({"zone_id": ["a"]}, geometry=[QUARTER]).to_file(path, layer="x")
    repaired, issues = read_repaired(path, planar=True)
    assert repaired.geometry.area.tolist() == [1.75]
    assert "area 2.0 -> 1.8 square drawing units" in issues[0].message
    assert repaired["error_m"].isna().all()


def test_unknown_methods_and_repeated_ids_are_refused(tmp_path):
    assert method_of("linework") == "linework"
    with pytest.raises(InputError, match="choose structure or linework"):
        method_of("buffer")
    twice = tmp_path / "twice.gpkg"
    geopandas.GeoDataFrame({"zone_id": ["p", "p"]}, geometry=[SQUARE, SQUARE], crs="EPSG:4490").to_file(twice)
    with pytest.raises(InputError, match="zone_id p stands more than once"):
        read_repaired(twice)
