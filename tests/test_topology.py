"""Each finding on a shape made to have it, and on the shipped atlas none that a reader would not expect."""

from functools import cache

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, Polygon, box

from tests.tiny import PLAN, changed, feature, polygon, write_atlas
from zones import read_atlas
from zones.atlas import data_folder
from zones.editing.draft import draft, others, same_shape, with_zone
from zones.editing.edit import polygons
from zones.editing.topology import findings, propose, siblings, tidied
from zones.errors import GeometryError, UnknownZoneError
from zones.measure import lonlat_area
from zones.schema import STORAGE_CRS, Severity
from zones.statements.rules import read_rules

PART, TWIN = "tiny.core.part", "tiny.core.twin"
HOME = (113.85, 22.70, 113.86, 22.71)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    """The tiny atlas with a second part beside the first, sharing its east edge."""
    twin = {**PLAN["zones"][1], "zone_id": TWIN, "name": {"zh": "石岩北片区", "en": "Shiyan North"}}
    plan = changed(PLAN, ["zones"], [*PLAN["zones"], twin])
    shapes = [
        feature("tiny.park.whole", polygon(113.85, 22.70, 113.87, 22.72)),
        feature(PART, polygon(*HOME)),
        feature(TWIN, polygon(113.86, 22.70, 113.87, 22.71)),
    ]
    root = write_atlas(tmp_path_factory.mktemp("atlas") / "data", plan=plan, features=shapes)
    return read_atlas(root)


@cache
def rules():
    return read_rules(data_folder() / "rules.yaml")


def row(zone_id, shape, **changes):
    record = feature(zone_id, None, **changes)["properties"]
    return geopandas.GeoDataFrame([record], geometry=[shape], crs=STORAGE_CRS)


def found(atlas, shape, zone_id=PART, error_m=1.0):
    drawn = with_zone(atlas, zone_id, row(zone_id, shape, error_m=error_m))
    return {each.issue.kind: each for each in findings(drawn, zone_id, rules())}


def area(shape):
    return float(lonlat_area(np.array([shape]))[0])


def test_a_good_shape_has_no_finding(atlas):
    assert found(atlas, box(*HOME)) == {}


def test_bow_tie_stops_and_both_ways_of_mending_are_offered(atlas):
    # Two triangles that meet in the middle: both rebuilds give half of the box each.
    tie = Polygon([(113.85, 22.70), (113.86, 22.71), (113.86, 22.70), (113.85, 22.71)])
    only = found(atlas, tie)["not_valid"]
    assert only.stops
    assert only.at.equals_exact(Point(113.855, 22.705), 1e-9)
    drawn = with_zone(atlas, PART, row(PART, tie))
    made = propose(drawn, PART, only.mends[0])
    assert made.shape.is_valid
    assert made.area_after_m2 == pytest.approx(area(box(*HOME)) / 2, rel=1e-5)


def test_ground_enclosed_twice_is_kept_or_made_a_hole(atlas):
    # A ring that goes round a box and then round its middle third once more.
    inner = [(113.853, 22.703), (113.857, 22.703), (113.857, 22.707), (113.853, 22.707)]
    outer = list(box(*HOME, ccw=True).exterior.coords)
    twice = Polygon([*outer, *inner, inner[0]])
    offered = found(atlas, twice)["not_valid"]
    drawn = with_zone(atlas, PART, row(PART, twice))
    areas = [propose(drawn, PART, mend).area_after_m2 for mend in offered.mends]
    assert offered.mends == ("structure", "linework")
    assert areas[0] > areas[1]


def test_spike_and_repeated_vertex_are_tidied(atlas):
    # The spike goes 1 km east of the middle of the east edge and comes back 1 m beside where it left.
    outline = [(113.85, 22.70), (113.858, 22.70), (113.858, 22.70), (113.858, 22.705), (113.8595, 22.705),
               (113.858, 22.70501), (113.858, 22.71), (113.85, 22.71)]  # fmt: skip
    kinds = found(atlas, Polygon(outline))
    assert {"spike", "repeated_vertex"} <= set(kinds)
    assert not any(each.stops for each in kinds.values())
    assert kinds["spike"].at.equals(shapely.MultiPoint([(113.8595, 22.705)]))
    made = propose(with_zone(atlas, PART, row(PART, Polygon(outline))), PART, "tidy")
    # The spike is half of 1 m by 154 m; nothing else goes.
    assert made.area_before_m2 - made.area_after_m2 == pytest.approx(0.5 * 1.107 * 154.2, rel=0.01)
    assert (113.8595, 22.705) not in list(made.shape.exterior.coords)


def test_house_sized_part_and_hole_are_slivers(atlas):
    # 5e-5 degrees are 5.1 m and 5.5 m: 28 m².
    hut = box(113.8655, 22.7155, 113.86555, 22.71555)
    whole = MultiPolygon([box(*HOME).difference(box(113.855, 22.705, 113.85505, 22.70505)), hut])
    kinds = found(atlas, whole)
    assert {"sliver_part", "sliver_hole"} <= set(kinds)
    assert propose(with_zone(atlas, PART, row(PART, whole)), PART, "tidy").shape.equals(box(*HOME))


def test_ring_without_ground_stops(atlas):
    flat = Polygon([(113.85, 22.70), (113.86, 22.70), (113.86, 22.70), (113.85, 22.70)])
    assert found(atlas, flat)["ring_collapsed"].stops


@pytest.mark.parametrize("mend", ["structure", "tidy"])
def test_a_mend_that_leaves_nothing_is_refused(atlas, mend):
    """A shape of no ground has none to keep; beside a sound part the empty ring goes and the part stays."""
    flat = Polygon([(113.85, 22.70), (113.86, 22.70), (113.86, 22.70), (113.85, 22.70)])
    assert mend in found(atlas, flat)["ring_collapsed"].mends + found(atlas, flat)["not_valid"].mends
    with pytest.raises(GeometryError, match="nothing of the zone would be left"):
        propose(with_zone(atlas, PART, row(PART, flat)), PART, mend)
    both = with_zone(atlas, PART, row(PART, MultiPolygon([flat, box(*HOME)])))
    assert propose(both, PART, mend).shape.equals(box(*HOME))


def test_lines_that_string_zones_together_have_no_siblings(atlas):
    assert siblings(atlas, "tiny.corridor.line").empty


def test_overlap_with_a_sibling_is_named_and_trimmed(atlas):
    # 0.001 of the twin's 0.01 degrees: a tenth.
    wide = box(113.85, 22.70, 113.861, 22.71)
    kinds = found(atlas, wide)
    assert "(10.0% of it)" in kinds["sibling_overlap"].issue.message
    made = propose(with_zone(atlas, PART, row(PART, wide)), PART, "trim")
    assert made.shape.equals(box(*HOME))


def test_zones_of_another_kind_may_overlap(atlas):
    assert "sibling_overlap" not in found(atlas, box(*HOME), "tiny.park.whole")
    assert list(siblings(atlas, PART).index) == [TWIN]


def test_gap_to_a_sibling_is_named_and_closed(atlas):
    # 5e-5 degrees are 5.1 m.
    kinds = found(atlas, box(113.85, 22.70, 113.85995, 22.71))
    assert "keeps 5.1 m away" in kinds["sibling_gap"].issue.message
    drawn = with_zone(atlas, PART, row(PART, box(113.85, 22.70, 113.85995, 22.71)))
    assert propose(drawn, PART, "snap").shape.equals(box(*HOME))


def test_slit_between_siblings_that_touch(atlas):
    # The edge steps back 10 m over a third of its length: about 10 m x 330 m.
    edge = [(113.86, 22.70), (113.86, 22.703), (113.8599, 22.7031), (113.8599, 22.706), (113.86, 22.7061)]
    outline = Polygon([(113.85, 22.70), *edge, (113.86, 22.71), (113.85, 22.71)])
    kinds = found(atlas, outline)
    assert set(kinds) == {"sibling_slit"}
    drawn = with_zone(atlas, PART, row(PART, outline))
    assert area(box(*HOME)) == pytest.approx(propose(drawn, PART, "snap").area_after_m2, rel=1e-9)


def test_far_away_stops(atlas):
    assert found(atlas, box(116.0, 22.70, 116.01, 22.71))["outside_study_area"].stops


def test_outside_its_district_and_its_whole(atlas):
    # The district reaches to 113.9 E, waters from 113.7; half of this box lies east of it.
    kinds = found(atlas, box(113.89, 22.70, 113.91, 22.71), "tiny.park.whole")
    assert "in-district" in kinds
    assert "in-whole" in found(atlas, box(113.88, 22.70, 113.89, 22.71))


def test_ground_beyond_the_band_of_the_axis(atlas):
    """A band of 100 m to each side; the box reaches 0.003 degrees, 332 m, north of the axis: 232 m beyond."""
    line = shapely.LineString([(113.84, 22.706), (113.88, 22.706)])
    both = [
        row("tiny.corridor.line", line, part="axis"),
        row("tiny.corridor.line", box(113.84, 22.706, 113.88, 22.709), half_width_m=100.0),
    ]
    drawn = with_zone(atlas, "tiny.corridor.line", pd.concat(both))
    told = {each.issue.kind: each.issue for each in findings(drawn, "tiny.corridor.line", ())}
    assert float(told["beyond_band"].value) == pytest.approx(232.2 * 4108, rel=0.01)


def test_unknown_zone_is_refused(atlas):
    with pytest.raises(UnknownZoneError, match="stands in no plan"):
        with_zone(atlas, "tiny.park.new", row("tiny.park.new", box(*HOME)))


def test_zone_without_shape_has_no_finding(atlas):
    empty = with_zone(atlas, PART, row(PART, box(*HOME)).iloc[:0])
    assert findings(empty, PART, rules()) == ()
    assert PART not in others(empty, "").index


def test_draft_of_the_same_features_is_the_same_atlas(atlas):
    features = geopandas.GeoDataFrame(
        [feature(zone_id, None)["properties"] | {"layer": "tiny"} for zone_id in others(atlas, "").index],
        geometry=list(others(atlas, "").geometry),
        crs=STORAGE_CRS,
    )
    same = draft(atlas, features)
    assert list(same.zones.columns) == list(atlas.zones.columns)
    for one, other in zip(same.zones.geometry, atlas.zones.geometry, strict=True):
        assert same_shape(one, other)


def test_shipped_siblings_have_no_findings_of_shape():
    whole = read_atlas()
    told = {
        (zone_id, each.issue.kind)
        for zone_id in [*others(whole, "").index[::7], *whole.zones.index[whole.zones["half_width_m"].notna()]]
        for each in findings(whole, zone_id, ())
    }
    assert told == set()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 40)] * 2), min_size=3, max_size=9, unique=True))
def test_tidied_is_never_larger_in_vertices_and_stays_tidy(points):
    shape = Polygon([(113.85 + x / 4000, 22.70 + y / 4000) for x, y in points])
    if not shape.is_valid or area(shape) < 500:
        return
    once = tidied(shape)
    assert shapely.get_num_coordinates(once) <= shapely.get_num_coordinates(shape)
    assert tidied(once).equals(once)
    assert all(part.is_valid for part in polygons(once)) or not shape.is_simple


def test_errors_come_first(atlas):
    kinds = found(atlas, box(116.0, 22.70, 116.00001, 22.70001))
    assert next(iter(kinds.values())).issue.severity == Severity.ERROR
