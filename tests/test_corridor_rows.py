"""Receipts of a corridor's rows: closed forms, what turns each stale and what does not."""

from dataclasses import replace

import geopandas
import pytest
from shapely import LineString, box

from tests.test_coverage_receipts import FAR, LINE, NEAR_M, PART, WHOLE, of_kind, tiny, touching
from tests.test_receipts import moved, stale, with_cell
from ui.words import words_receipts
from zones.corridors.corridor import corridor
from zones.corridors.coverage import coverage
from zones.corridors.covers import zone_covers
from zones.errors import InputError
from zones.measure import GEOD
from zones.proof.corridor_rows import row_receipts
from zones.proof.coverage_receipts import band_of
from zones.proof.receipts import content_id
from zones.proof.verify import verify

__all__ = ["tiny"]

WEST, EAST = "甲区", "乙区"


@pytest.fixture
def two(tiny):
    """Return the tiny atlas with two districts that part in the middle of the axis."""
    halves = [box(113.80, 22.60, 113.86, 22.80), box(113.86, 22.60, 113.92, 22.80)]
    names = {"name_zh": [WEST, EAST], "name_en": ["A", "B"], "code": ["1", "2"]}
    return replace(tiny, base={"base_districts": geopandas.GeoDataFrame(names, geometry=halves, crs=4490)})


def issued(atlas, covered_by="zones"):
    made = corridor(atlas, LINE, NEAR_M)
    return row_receipts(atlas, made, zone_covers(atlas.zones, LINE), band_of(made, covered_by=covered_by))


def test_rows_have_their_closed_forms_and_hold(two):
    receipts = issued(two)
    found = coverage(corridor(two, LINE, NEAR_M), zone_covers(two.zones, LINE))
    axis = [each for each in receipts if each.kind == "axis"]
    whole = GEOD.line_length([113.84, 113.88], [22.706, 22.706])
    assert axis[0].value == pytest.approx(whole, rel=1e-6)
    assert [each.value for each in axis[1:]] == pytest.approx([whole / 2] * 2, rel=1e-4)
    crossed = {each.zones[0].zone_id: each for each in receipts if each.kind == "crossed"}
    assert set(crossed) == {WEST, EAST}
    assert sum(each.value for each in crossed.values()) == pytest.approx(found.corridor_m2, rel=1e-9)
    assert crossed[WEST].shares.of_corridor == pytest.approx(0.5, abs=1e-4)
    sides = {(each.kind, each.band.side): each.value for each in receipts if each.kind.startswith("side")}
    assert sides[("side", "left")] == pytest.approx(NEAR_M * whole, rel=1e-3)
    assert sides[("side", "left")] + sides[("side", "right")] == pytest.approx(found.corridor_m2, rel=1e-9)
    assert sides[("side_covered", "right")] == pytest.approx(found.right_m2[0], rel=1e-12)
    # The park covers the middle half: what is left are the two quarters at the ends.
    pieces = [each for each in receipts if each.kind == "piece"]
    assert [each.value for each in pieces] == pytest.approx([found.corridor_m2 / 4] * 2, rel=1e-3)
    lanes = [each.value for each in receipts if each.kind == "lane" and each.zones[0].zone_id == WHOLE]
    assert lanes == pytest.approx([whole / 2] * 2, rel=1e-4)
    assert verify(two, receipts).holds
    assert [each.id for each in receipts] == [content_id(each) for each in receipts]
    assert len({each.id for each in receipts}) == len(receipts)
    assert issued(two) == receipts


@pytest.mark.parametrize("zone_id", [WHOLE, PART])
def test_a_centimetre_of_a_cover_touches_exactly_its_own(two, zone_id):
    receipts = issued(two)
    nudged = with_cell(two, zone_id, "geometry", moved(two.zones.geometry[zone_id], 0))
    verdict = verify(nudged, receipts)
    assert {each.id for each in verdict.stale} == touching(receipts, zone_id) != set()
    assert of_kind(receipts, "side", "axis", "crossed").isdisjoint(each.id for each in verdict.stale)


def test_a_centimetre_of_the_axis_touches_all(two):
    receipts = issued(two)
    axis = LineString([(113.84, 22.706), (113.88, 22.706 + 0.01 / 111_000)])
    assert len(stale(with_cell(two, LINE, "axis", axis), receipts)) == len(receipts)
    assert stale(with_cell(two, LINE, "axis_error_m", 9.0), receipts) == set()
    assert stale(with_cell(two, FAR, "geometry", moved(two.zones.geometry[FAR], 0)), receipts) == set()


def test_a_centimetre_of_a_district_touches_its_own(two):
    receipts = issued(two)
    layer = two.base["base_districts"]
    shapes = [layer.geometry.iloc[0], moved(layer.geometry.iloc[1], 0)]
    verdict = verify(replace(two, base={"base_districts": layer.set_geometry(shapes)}), receipts)
    assert {each.id for each in verdict.stale} == touching(receipts, EAST)
    assert f"zone {EAST}: geometry changed" in verdict.stale[0].reasons[0]
    off = replace(two, base={"base_districts": layer.set_geometry([box(0, 0, 1, 1), layer.geometry.iloc[1]])})
    assert f"the corridor does not reach {WEST} any more" in verify(off, receipts).reason
    gone = replace(two, base={"base_districts": layer.iloc[1:]})
    assert {each.id for each in verify(gone, receipts).stale} == touching(receipts, WEST)
    with pytest.raises(InputError, match="read the base map too"):
        verify(replace(two, base={}), receipts)


def test_rows_that_went_are_named_in_both_languages(two):
    receipts = issued(two)
    over = with_cell(two, WHOLE, "geometry", box(113.83, 22.70, 113.87, 22.715))
    causes = {each.what for found in verify(over, receipts).stale for each in found.causes}
    assert "no_piece" in causes
    aside = with_cell(two, WHOLE, "geometry", box(113.85, 22.75, 113.87, 22.76))
    lane = next(each for each in verify(aside, receipts).stale if each.kind == "lane")
    assert [each.what for each in lane.causes] == ["no_lane"]
    told = words_receipts.CAUSES["no_lane"][0].format(**lane.causes[0].values)
    assert told.startswith(f"{LINE}：轴线 ")


def test_altered_rows_are_named(two):
    receipts = issued(two)
    for kind, change in (
        ("lane", {"side": "above"}),
        ("crossed", {"areas": "base_roads"}),
        ("side", {"side": None}),
        ("piece", {"from_m": None}),
    ):
        one = next(each for each in receipts if each.kind == kind)
        verdict = verify(two, [replace(one, band=replace(one.band, **change))])
        assert "altered" in verdict.stale[0].reasons[-1], kind
