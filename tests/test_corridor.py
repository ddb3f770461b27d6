"""A corridor is built again from its parts, and refuses parts it cannot use."""

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiLineString

from tests.shapes import frame, on_ground
from zones import read_atlas
from zones.corridors.corridor import (
    Corridor,
    at_district_line,
    band,
    bands,
    checked_width,
    corridor,
    corridor_of_lines,
    length_m,
    scale_error,
    stretches,
    with_half_width,
)
from zones.errors import GeometryError, InputError, UnknownZoneError
from zones.measure import lonlat_area

R107 = "baoan.corridor.r107"


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


def area(shape):
    return float(lonlat_area(np.array([shape]))[0])


def lines(*shapes, ids=None):
    return frame([on_ground(LineString(shape)) for shape in shapes], ids).reset_index()


def test_width_of_the_atlas_is_marked_as_assumed(atlas):
    shipped, own = corridor(atlas, R107), corridor(atlas, R107, 800.0)
    assert (shipped.half_width, shipped.assumed) == (1000.0, True)
    assert (own.half_width, own.assumed) == (800.0, False)
    assert not with_half_width(shipped, 1000.0).assumed


def test_a_change_of_width_builds_the_band_again(atlas):
    made = corridor(atlas, R107)
    wider = with_half_width(made, 1500.0)
    assert area(band(wider)) / area(band(made)) == pytest.approx(1.5, rel=2e-3)
    assert area(bands(made, [1500.0])[0]) == area(band(wider))


def test_shipped_band_is_the_buffer_of_its_axis(atlas):
    # The shipped outlines of corridors were drawn by GEOS, to whole metres.
    made = corridor(atlas, R107)
    assert area(band(made)) == pytest.approx(2 * 1000 * length_m(made), rel=3e-3)


def test_length_is_that_of_the_geodesic():
    made = Corridor("c", "c", "c", LineString([(114.0, 22.6), (114.0, 22.7)]), 100.0)
    # A tenth of a degree of meridian: its radius of curvature a (1 - e²) / (1 - e² sin² φ)^1.5 in the middle.
    e2 = 0.00669438002290
    radius = 6_378_137 * (1 - e2) / (1 - e2 * np.sin(np.radians(22.65)) ** 2) ** 1.5
    assert length_m(made) == pytest.approx(radius * np.radians(0.1), abs=0.01)
    assert scale_error(made, 3000.0) < 1.2e-7


def test_band_stops_at_the_district_line(atlas):
    drawn, cut = (
        corridor(atlas, "longhua.corridor.meiguan"),
        corridor(atlas, "longhua.corridor.meiguan", ends="district"),
    )
    districts = atlas.base["base_districts"].set_index("code")
    assert cut.ends == "district"
    assert cut.limit_error_m == 250
    assert area(band(cut)) <= area(band(drawn))
    outside = shapely.difference(band(cut), districts.geometry["440309"])
    assert area(outside) < 1
    # Chainage stays as drawn.
    assert stretches(cut)[-1][1] <= stretches(drawn)[-1][1] + 0.01


def test_a_corridor_of_the_city_stops_at_the_line_of_all_districts(atlas):
    cut = corridor(atlas, "sz.corridor.gsga", ends="district")
    assert shapely.covers(cut.limit, atlas.base["base_districts"].geometry.iloc[0].representative_point())


def test_stretches_break_where_the_axis_does():
    axis = on_ground(MultiLineString([[(0, 0), (1000, 0)], [(1500, 0), (2500, 0)]]))
    found = stretches(Corridor("c", "c", "c", axis, 100.0))
    assert found == pytest.approx(np.array([[0, 1000], [1000, 2000]]), abs=0.01)


def test_lines_of_a_file_that_meet_are_one_axis():
    made = corridor_of_lines(lines([(0, 0), (1000, 0)], [(1000, 0), (2000, 500)]), "road", 300.0)
    assert made.axis.geom_type == "LineString"
    assert (made.corridor_id, made.assumed) == ("road", False)
    # The second line rises 500 m over 1000 m; the plane is true to 1 in a million.
    assert length_m(made) == pytest.approx(1000 + np.hypot(1000, 500), abs=0.01)


def test_lines_that_do_not_meet_must_be_named():
    apart = lines([(0, 0), (1000, 0)], [(5000, 0), (6000, 0)], ids=["east", "west"])
    with pytest.raises(InputError, match=r"do not join.*east, west"):
        corridor_of_lines(apart, "roads")
    assert corridor_of_lines(apart, "roads", feature="west").corridor_id == "west"
    with pytest.raises(InputError, match="no line 'north'"):
        corridor_of_lines(apart, "roads", feature="north")


def test_width_stated_in_a_file_is_used():
    stated = lines([(0, 0), (1000, 0)]).assign(half_width_m=250.0, error_m=15.0)
    made = corridor_of_lines(stated, "road")
    assert (made.half_width, made.axis_error_m, made.assumed) == (250.0, 15.0, False)
    assert corridor_of_lines(lines([(0, 0), (1000, 0)]), "road").assumed


def test_a_file_without_a_line_is_refused():
    with pytest.raises(InputError, match="holds no line"):
        corridor_of_lines(frame([shapely.Point(114, 22.6)]).reset_index(), "points")


@pytest.mark.parametrize("half_width", [0.0, -5.0, float("nan"), 20_000.0, ((0.0, 100.0), (0.0, 200.0)), ()])
def test_widths_that_cannot_be_used(half_width):
    with pytest.raises(InputError):
        checked_width(half_width)


def test_zones_without_an_axis_are_refused(atlas):
    with pytest.raises(UnknownZoneError, match=r"has no axis; these have one: .*baoan\.corridor\.r107"):
        corridor(atlas, "baoan.core.tiezaishan")


def test_an_axis_outside_its_districts_is_refused(atlas):
    made = Corridor("c", "c", "c", LineString([(110, 22), (110.1, 22)]), 100.0)
    with pytest.raises(GeometryError, match="lies in none"):
        at_district_line(made, atlas)
