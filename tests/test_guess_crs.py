"""One polygon in 坪山 in many guises: named right, or said that it cannot be told."""

import numpy as np
import pytest
from pyproj import CRS, Transformer
from shapely import get_coordinates

from tests.shapes import PINGSHAN
from zones.errors import ChoiceError, CrsError
from zones.intake.datum import wgs_to_gcj
from zones.intake.guess_crs import recognise

LONLAT = get_coordinates(PINGSHAN)
FIRST_4547 = (532891.3066, 2505813.3997)  # of the published table (see test_measure)


def in_crs(code):
    return np.column_stack(Transformer.from_crs("EPSG:4490", code, always_xy=True).transform(*LONLAT.T))


def sexagesimal():
    degrees, rest = np.divmod(LONLAT, 1)
    minutes, rest = np.divmod(rest * 60 + 1e-9, 1)
    return degrees + minutes / 100 + rest * 60 / 10_000


def degrees_and_minutes():
    degrees, rest = np.divmod(LONLAT, 1)
    return degrees * 100 + rest * 60


SWAP = slice(None, None, -1)
NAMED = {
    "lon/lat": (LONLAT, "EPSG:4490", False),
    "lat/lon": (LONLAT[:, SWAP], "EPSG:4490", True),
    "114 E": (in_crs("EPSG:4547"), "EPSG:4547", False),
    "114 E, north first": (in_crs("EPSG:4547")[:, SWAP], "EPSG:4547", True),
    "zone 38": (in_crs("EPSG:4526"), "EPSG:4526", False),
    "zone 38, north first": (in_crs("EPSG:4526")[:, SWAP], "EPSG:4526", True),
    "zone 37": (in_crs("EPSG:4525"), "EPSG:4525", False),
    "zone 39": (in_crs("EPSG:4527"), "EPSG:4527", False),
    "zone 19 of 6 degrees": (in_crs("EPSG:4497"), "EPSG:4497", False),
    "zone 20 of 6 degrees": (in_crs("EPSG:4498"), "EPSG:4498", False),
    "Web Mercator": (in_crs("EPSG:3857"), "EPSG:3857", False),
    "Web Mercator, north first": (in_crs("EPSG:3857")[:, SWAP], "EPSG:3857", True),
}
CANNOT_TELL = {
    "111 E": (in_crs("EPSG:4546"), "EPSG:4546 .* or EPSG:32649"),
    "111 E, north first": (in_crs("EPSG:4546")[:, SWAP], "EPSG:4546 .* or EPSG:32649"),
    "117 E": (in_crs("EPSG:4548"), "EPSG:4548 .* or EPSG:32650"),
    "UTM 49": (in_crs("EPSG:32649"), "EPSG:4546 .* or EPSG:32649"),
    "UTM 50": (in_crs("EPSG:32650"), "EPSG:4548 .* or EPSG:32650"),
    "local": (np.array([(118_000.0, 31_000.0), (123_000.0, 31_000.0), (123_000.0, 36_000.0)]), "深圳独立坐标系"),
    "kilometres": (in_crs("EPSG:4547") / 1000, "in kilometres"),
    "feet": (in_crs("EPSG:4547") / 0.3048, "in feet"),
    "millimetres": (in_crs("EPSG:4547") * 1000, "in millimetres"),
    "radians": (np.radians(LONLAT), "in radians"),
    "seconds of arc": (LONLAT * 3600, "in seconds of arc"),
    "degrees and minutes": (degrees_and_minutes(), "degrees and minutes"),
    "degrees, minutes, seconds": (sexagesimal(), "minutes and seconds"),
    "elsewhere": (LONLAT + np.array([2, 17]), "no known system"),
}


def test_the_published_corner():
    assert np.allclose(in_crs("EPSG:4547")[0], FIRST_4547, atol=1e-3)


@pytest.mark.parametrize("case", NAMED)
def test_named_right_and_said_why(case):
    points, code, swapped = NAMED[case]
    found = recognise(points, "x.csv")
    assert (found.code, found.swapped, found.how) == (code, swapped, "range")
    assert found.reason.startswith("by range: nothing states it")
    assert ("swapped_axes" in dict(found.doubts)) == swapped


@pytest.mark.parametrize("case", CANNOT_TELL)
def test_cannot_tell(case):
    points, words = CANNOT_TELL[case]
    with pytest.raises(ChoiceError, match=words) as caught:
        recognise(points, "x.csv")
    assert caught.value.about == "crs"


def test_shifted_degrees_look_like_any_others_and_that_is_said():
    found = recognise(wgs_to_gcj(LONLAT), "x.csv")
    assert found.code == "EPSG:4490"
    assert "do not tell CGCS2000 and WGS 84 from GCJ-02" in dict(found.doubts)["datum_unproven"]


def test_bare_xian_80_is_taken_for_cgcs2000_with_a_warning():
    found = recognise(in_crs("EPSG:2383"), "x.shp")
    assert "Xian 1980" in dict(found.doubts)["datum_unproven"]


def test_stated_xian_80_is_kept_and_its_shift_is_said_to_be_unknown():
    found = recognise(in_crs("EPSG:2383"), "x.shp", stated=CRS("EPSG:2383"), stated_from=".prj file")
    assert (found.code, found.how) == ("EPSG:2383", "file")
    assert "no public parameters" in dict(found.doubts)["datum_shift_unknown"]


@pytest.mark.parametrize(
    ("points", "stated", "meant"),
    [
        ("lon/lat", 4547, 4490),
        ("114 E", 4490, 4547),
        ("zone 38", 4547, 4526),
        ("Web Mercator", 4490, 3857),
        ("114 E", 4526, 4547),
    ],
)
def test_a_statement_that_the_numbers_contradict(points, stated, meant):
    with pytest.raises(CrsError, match=f"says EPSG:{stated}, but its numbers .* are those of EPSG:{meant}"):
        recognise(NAMED[points][0], "x.shp", stated=CRS(stated), stated_from=".prj file")


def test_a_statement_with_axes_swapped():
    found = recognise(in_crs("EPSG:4547")[:, SWAP], "x.shp", stated=CRS(4547), stated_from=".prj file")
    assert found.swapped
    assert "were swapped" in found.reason


def test_numbers_beyond_the_earth():
    with pytest.raises(CrsError, match="no place in it"):
        recognise(LONLAT * 9, "x.shp", stated=CRS(4490), stated_from=".prj file")


def test_a_stated_place_elsewhere_is_believed_with_a_warning():
    found = recognise(LONLAT + np.array([2, 17]), "x.shp", stated=CRS(4490), stated_from=".prj file")
    assert "lie outside Shenzhen" in dict(found.doubts)["outside_study_area"]


def test_one_slip_at_the_origin_hides_nothing():
    points = np.vstack([np.repeat(in_crs("EPSG:4547"), 10, axis=0), [(0.0, 0.0)]])
    assert recognise(points, "x.csv").code == "EPSG:4547"


def test_plain_decimals_are_not_taken_for_minutes():
    assert recognise(np.array([(113.9, 22.5), (114.1, 22.5), (114.1, 22.55)]), "x.csv").code == "EPSG:4490"


def test_geojson_in_metres_is_named_and_warned_of():
    found = recognise(in_crs("EPSG:4547"), "x.geojson", degrees=True)
    assert found.code == "EPSG:4547"
    assert "not_degrees" in dict(found.doubts)


def test_degrees_by_the_standard_of_a_format():
    """GeoJSON and KML say themselves that their numbers are degrees; in Shenzhen or elsewhere."""
    here = recognise(LONLAT, "x.geojson", degrees=True)
    assert (here.code, here.how, here.swapped, list(dict(here.doubts))) == (
        "EPSG:4490", "standard", False, ["datum_unproven"],
    )  # fmt: skip
    there = recognise(LONLAT + np.array([2, 17]), "x.geojson", degrees=True)
    assert (there.code, there.how, list(dict(there.doubts))) == ("EPSG:4490", "standard", ["outside_study_area"])


def test_a_system_without_a_map_is_refused():
    with pytest.raises(CrsError, match="no system of positions on a map; name another with --crs"):
        recognise(LONLAT, "x.shp", stated=CRS("EPSG:4479"), stated_from=".prj file")


def test_a_stated_system_with_a_published_shift_is_not_doubted():
    """Hong Kong 1980 leads to WGS 84 by parameters that its Survey and Mapping Office published: EPSG:1825."""
    found = recognise(in_crs("EPSG:2326"), "x.shp", stated=CRS("EPSG:2326"), stated_from=".prj file")
    assert (found.code, found.how, dict(found.doubts)) == ("EPSG:2326", "file", {})


@pytest.mark.parametrize(
    ("points", "choices"),
    [([(200_000.0, 900.0), (200_100.0, 950.0)], ()), ([(2.35, 48.85), (2.36, 48.86)], ("EPSG:4326", "EPSG:4490"))],
    ids=["metres of nobody", "degrees of Paris"],
)
def test_degrees_alone_are_offered_to_choose_for_numbers_that_can_be_degrees(points, choices):
    with pytest.raises(ChoiceError) as caught:
        recognise(np.array(points), "x")
    assert (caught.value.about, caught.value.choices) == ("crs", choices)
