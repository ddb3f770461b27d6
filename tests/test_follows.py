"""What follows from new shapes, counted by hand on squares of whole metres."""

import math

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, box

from tests.metres import AXIS, CLOSE, CORNER, KM2, LINE, LOST, PART, WHOLE, square, supplied, write
from tests.shapes import on_ground
from zones import read_atlas
from zones.atlas import SHIPPED_DATA
from zones.official.follows import apart, follows, stale_in
from zones.official.match_zones import match
from zones.official.official import changed_zones, given, proposed, with_features
from zones.proof.receipts import area_receipts, overlap_receipts, totals_receipts
from zones.statements.rules import read_rules

RULES = read_rules(SHIPPED_DATA / "rules.yaml")


@pytest.fixture
def atlas(tmp_path):
    return read_atlas(write(tmp_path / "data"))


def after(atlas, features):
    said = given("局", "文", "2026-03-31", 1.0)
    return with_features(atlas, proposed(atlas, features, match(features, atlas.zones), said))


def told(atlas, features):
    new = after(atlas, features)
    return follows(atlas, new, changed_zones(atlas, new), RULES)


def test_areas_before_and_after(atlas):
    """The park grows from 2 x 2 to 3 x 2 km; the plan states 4 km². Its edges were 200 m off, now 1 m."""
    found = told(atlas, supplied(whole=square(0, 0, 3000, 2000)))
    [row] = found.zones.to_dict("records")
    assert (row["zone_id"], row["part"], row["grade_before"], row["grade_after"]) == (
        WHOLE, "extent", "inferred", "official",
    )  # fmt: skip
    assert row["size_before"] == pytest.approx(4 * KM2, rel=CLOSE)
    assert row["size_after"] == pytest.approx(6 * KM2, rel=CLOSE)
    assert row["difference"] == pytest.approx(2 * KM2, rel=2 * CLOSE)
    # Perimeters 8 and 10 km; what vertices add in quadrature is below 2 % of it for these few.
    assert row["size_error_before"] == pytest.approx(8000 * 200, rel=0.02)
    assert row["size_error_after"] == pytest.approx(10_000 * 1, rel=0.02)
    assert row["jaccard"] == pytest.approx(4 / 6, rel=CLOSE)
    assert row["largest_distance_m"] == pytest.approx(1000, rel=CLOSE)
    assert row["declared_m2"] == 4e6
    assert row["declared_difference_before_m2"] == pytest.approx(0, abs=40)
    assert row["declared_difference_after_m2"] == pytest.approx(2 * KM2, rel=2 * CLOSE)


def test_distances_between_boundaries():
    """By hand: the right half of a square moves on by half a side; see the sum in the text.

    New sides: left (1000 m) keeps min(y, 1000 - y), 250 m on average; right keeps 500 m; top and bottom run along
    the old ones for 500 m and leave them for 500 m, 250 m on average: (250 + 500 + 2 x 125) / 4 = 250 m.
    """
    found = apart(square(0, 0, 1000, 1000), square(500, 0, 1500, 1000))
    assert found["jaccard"] == pytest.approx(1 / 3, rel=CLOSE)
    assert found["largest_distance_m"] == pytest.approx(500, rel=CLOSE)
    assert found["mean_distance_m"] == pytest.approx(250, rel=1e-3)
    # A square inside another, 100 m off all round: the corners of the outer one are the farthest.
    inside = apart(square(0, 0, 1000, 1000), square(100, 100, 900, 900))
    assert inside["largest_distance_m"] == pytest.approx(100 * math.sqrt(2), rel=1e-4)
    assert inside["mean_distance_m"] == pytest.approx(100, rel=1e-4)
    assert inside["jaccard"] == pytest.approx(0.64, rel=CLOSE)


def test_distances_of_what_is_no_area():
    """By hand: a line moved 100 m aside is 100 m off all along; of 300 m east and 400 m north 500 m remain."""
    line, moved = (on_ground(LineString([(0, at), (1000, at)]), middle=CORNER) for at in (0, 100))
    found = apart(line, moved)
    assert (found["largest_distance_m"], found["mean_distance_m"]) == pytest.approx((100, 100), rel=CLOSE)
    assert math.isnan(found["jaccard"])
    place, other = (on_ground(Point(at), middle=CORNER) for at in ((0, 0), (300, 400)))
    assert apart(place, other)["mean_distance_m"] == pytest.approx(500, rel=CLOSE)
    # From the corner of a square of 100 m, its own far corner is the farthest.
    far = apart(place, square(0, 0, 100, 100))
    assert far["largest_distance_m"] == pytest.approx(100 * math.sqrt(2), rel=CLOSE)
    assert all(math.isnan(value) for value in apart(None, square(0, 0, 10, 10)).values())


def test_a_longer_line_is_as_far_off_as_its_far_end():
    """By hand: 500 m more of 1500 m lie 0 to 500 m off, 250 m on average: (1000 x 0 + 500 x 250) / 1500."""
    short, long = (on_ground(LineString([(0, 0), (end, 0)]), middle=CORNER) for end in (1000, 1500))
    found = apart(short, long)
    assert (found["largest_distance_m"], found["mean_distance_m"]) == pytest.approx((500, 250 / 3), rel=1e-4)
    assert apart(long, short)["largest_distance_m"] == pytest.approx(500, rel=1e-4)
    assert apart(long, short)["mean_distance_m"] == pytest.approx(0, abs=1e-3)


def test_overlaps_that_change_and_only_those(atlas):
    """The core moves to the park's far corner and a lost place gets 500 x 500 m in the park.

    Core and park share 1, then 0.25 km²; core and band 1000 x 200 m, then nothing; place and park nothing, then
    0.25 km². Park and band stay and are not listed.
    """
    found = told(atlas, supplied(part=square(1500, 1500, 2500, 2500), lost=square(0, 1000, 500, 1500)))
    rows = {(row.a_id, row.b_id): row for row in found.overlaps.itertuples()}
    assert {pair: row.what for pair, row in rows.items()} == {
        (WHOLE, PART): "changed",
        (PART, LINE): "gone",
        (WHOLE, LOST): "new",
    }
    assert rows[WHOLE, PART].before_m2 == pytest.approx(KM2, rel=CLOSE)
    assert rows[WHOLE, PART].after_m2 == pytest.approx(0.25 * KM2, rel=CLOSE)
    assert rows[PART, LINE].before_m2 == pytest.approx(200_000, rel=CLOSE)
    assert rows[WHOLE, LOST].after_m2 == pytest.approx(250_000, rel=CLOSE)
    # Sum: 4 + 1 + 0.8, then 0.25 more. Union: the park and 2 x 1 km of band beyond it, then 0.75 of the core too.
    assert found.totals["sum_m2"] == pytest.approx((5.8 * KM2, 6.05 * KM2), rel=CLOSE)
    assert found.totals["union_m2"] == pytest.approx((4.4 * KM2, 5.15 * KM2), rel=CLOSE)


def test_a_zone_that_had_no_shape_stands_with_what_it_gets(atlas):
    found = told(atlas, supplied(lost=square(0, 1000, 500, 1500)))
    [row] = found.zones.to_dict("records")
    assert row["zone_id"] == LOST
    assert math.isnan(row["size_before"])
    assert row["size_after"] == pytest.approx(250_000, rel=CLOSE)


def test_coverage_follows(atlas):
    """The band lies under the park for 2 of its 4 km; a park 1 km wider covers 3 of 4."""
    found = told(atlas, supplied(whole=square(0, 0, 3000, 2000)))
    [row] = found.coverages.to_dict("records")
    assert row["corridor_id"] == LINE
    assert (row["share_before"], row["share_after"]) == pytest.approx((0.5, 0.75), rel=1e-4)
    # The core lies in the park: wherever it goes within it, the ground covered is the same.
    assert told(atlas, supplied(part=square(1000, 0, 2000, 1000))).coverages.empty


def test_a_new_axis_moves_the_band(atlas):
    """2 km further north nothing is covered: the park ends there."""
    moved = shapely.transform(AXIS, lambda points: points + np.array([0, 2000 / 110_750]))
    found = told(atlas, supplied(axis=moved))
    [row] = found.zones.to_dict("records")
    assert (row["part"], row["grade_after"]) == ("axis", "official")
    assert row["size_after"] == pytest.approx(4000, rel=1e-3)
    assert row["mean_distance_m"] == pytest.approx(2000, rel=1e-3)
    [covered] = found.coverages.to_dict("records")
    assert covered["share_before"] == pytest.approx(0.5, rel=1e-4)
    assert covered["share_after"] == 0.0


def test_rules_and_checks_that_come_out_otherwise(atlas):
    """A core three quarters out of its park breaks the rule that a part lies in its whole; an area of 6 km² is not 4.

    The errors of both allow 200 m, and the rule gives its own slack: 1.5 km beyond is more than either.
    """
    gone = told(atlas, supplied(part=square(3000, 0, 4000, 1000))).findings
    assert ("new", "in-whole", PART, WHOLE) in [tuple(row)[:4] for row in gone.itertuples(index=False)]
    grown = told(atlas, supplied(whole=square(0, 0, 3000, 2000))).findings
    [row] = grown[grown["kind"] == "area_differs"].to_dict("records")
    assert (row["what"], row["zone_id"]) == ("changed", WHOLE)
    assert row["before"].endswith("within its error")
    assert row["after"].endswith("beyond its error")


def test_accepted_findings_that_no_longer_turn_up_are_told(tmp_path):
    """The core lies out of its park and that is accepted; the official core lies in it."""
    from tests.metres import FEATURES
    from tests.tiny import feature

    out = [feature(PART, shapely.geometry.mapping(square(3000, 0, 4000, 1000))) if each is FEATURES[1] else each
           for each in FEATURES]  # fmt: skip
    accepted = f"{PART},in-whole,规划如此,So the plan says\n"
    atlas = read_atlas(write(tmp_path / "data", features=out, accepted=accepted))
    found = told(atlas, supplied(part=square(0, 0, 1000, 1000)))
    assert found.idle == ((PART, "in-whole"),)
    assert told(atlas, supplied(part=square(3000, 0, 4000, 1001))).idle == ()


def test_exactly_the_touched_receipts_turn_stale(atlas):
    """Receipts of areas, pairs and sums; the core alone is replaced."""
    receipts = (
        *area_receipts(atlas, atlas.zones),
        *overlap_receipts(atlas, atlas.zones),
        *totals_receipts(atlas, atlas.zones),
        *totals_receipts(atlas, atlas.zones.loc[[WHOLE, LINE]]),
    )
    found = stale_in("a.json", receipts, atlas, after(atlas, supplied(part=square(0, 0, 1000, 900))))
    touched = {each.id for each in receipts if PART in [source.zone_id for source in each.zones]}
    assert {each.id for each in found.stale} == touched
    assert 0 < len(touched) < len(receipts)
    assert (found.name, found.receipts, found.stale_before) == ("a.json", receipts, 0)
    # One that did not hold before is not laid at the door of the new shape.
    older = after(atlas, supplied(whole=square(0, 0, 2000, 1900)))
    again = stale_in("a.json", receipts, older, after(older, supplied(part=square(0, 0, 1000, 900))))
    assert again.stale_before > 0
    assert all(PART in each.zones and WHOLE not in each.zones for each in again.stale)


def test_shapes_that_are_the_same_change_nothing(atlas):
    same = told(atlas, supplied(part=atlas.zones.geometry[PART]))
    assert same.overlaps.empty
    assert same.coverages.empty
    # The grade did change.
    assert list(same.zones["grade_after"]) == ["official"]
    assert list(same.zones["difference"]) == [0.0]


def test_boxes_are_where_the_test_thinks():
    assert square(0, 0, 10, 10).is_valid
    assert box(113.8, 22.6, 113.9, 22.8).contains(square(-1000, 0, 4000, 2500))


def test_overlaps_that_change_by_a_sliver_are_told_apart(atlas):
    """The core's eastern side moves by 5 cm over 1 km, 50 m²; the park it lies in stays."""
    found = told(atlas, supplied(part=square(0, 0, 1000.05, 1000)))
    change = (found.overlaps["after_m2"] - found.overlaps["before_m2"]).abs()
    # With the park 0.05 x 1000; with the band, 200 m broad, 0.05 x 200.
    assert sorted(change) == pytest.approx([10, 50], rel=0.02)
    assert list(found.unseen(100.0)) == [True, True]
    assert sorted(found.unseen(20.0)) == [False, True]
