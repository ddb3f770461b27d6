"""Supplied features as the zones would hold them: to the last digit, with what was said of them."""

import datetime
from dataclasses import replace

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import Point, box

from tests.metres import AXIS, CLOSE, KM2, LINE, LOST, PART, WHOLE, square, supplied, write
from zones import read_atlas
from zones.errors import InputError
from zones.measure import measure
from zones.official.match_zones import match
from zones.official.official import COLUMNS, changed_zones, credited, given, proposed, with_features

SAID = given("市规划局", "南片区详细规划", "2026-03-31", 0.5)


@pytest.fixture
def atlas(tmp_path):
    return read_atlas(write(tmp_path / "data"))


def offered(atlas, features, said=SAID):
    return proposed(atlas, features, match(features, atlas.zones), said)


def test_a_feature_becomes_the_zone_s_own_to_the_last_digit(atlas):
    # 7 digits are 1 cm: a survey states them, and none may be lost.
    shape = box(113.8500001, 22.7000003, 113.8600007, 22.7100009)
    made = offered(atlas, supplied(part=shape))
    assert tuple(made.columns) == COLUMNS
    [row] = made.to_dict("records")
    assert shapely.equals_identical(row["geometry"], shape)
    assert (row["zone_id"], row["part"], row["layer"]) == (PART, "extent", "tiny")
    assert (row["grade"], row["method"], row["error_m"]) == ("official", "supplied", 0.5)
    assert (row["edge_rule"], row["traced_on"]) == ("lonlat", "2026-03-31")
    assert np.isnan(row["half_width_m"])
    assert row["basis"] == "市规划局《南片区详细规划》（2026-03-31）提供的边界，原样采用。"
    assert row["basis_en"] == "Boundary supplied by 市规划局: 南片区详细规划 (2026-03-31), taken as it is."


def test_parts_of_a_zone_are_put_together(atlas):
    features = supplied(part=square(0, 0, 1000, 1000)).loc[[1, 1, 1]].set_axis([1, 2, 3])
    features.geometry = [square(0, 0, 500, 1000), square(500, 0, 1000, 1000), square(1500, 0, 2000, 1000)]
    [row] = offered(atlas, features).to_dict("records")
    # Two halves that touch are one square; the third lies apart.
    assert len(shapely.get_parts(row["geometry"])) == 2
    assert row["geometry"].is_valid
    assert "3个要素合为一区" in row["basis"]
    area = measure(with_features(atlas, offered(atlas, features)).zones).at[PART, "ellipsoid_m2"]
    assert area == pytest.approx(1.5 * KM2, rel=CLOSE)


def test_pieces_of_an_axis_stay_pieces_in_their_order(atlas):
    """Lines are not dissolved: which piece comes first is what its chainage counts from."""
    pieces = [shapely.LineString([(113.86, 22.706), (113.88, 22.706)]),
              shapely.LineString([(113.84, 22.706), (113.86, 22.706)])]  # fmt: skip
    features = supplied(axis=pieces[0]).loc[[1, 1]].set_axis([1, 2])
    features.geometry = pieces
    [row] = offered(atlas, features).to_dict("records")
    assert row["part"] == "axis"
    assert shapely.equals_identical(row["geometry"], shapely.MultiLineString(pieces))


def test_what_the_layer_says_of_its_edges_is_kept_unless_a_person_says_otherwise(atlas):
    features = supplied(part=square(0, 0, 1000, 1000)).assign(edge_rule="plane")
    assert offered(atlas, features)["edge_rule"].tolist() == ["plane"]
    said = given("局", "文", "2026-03-31", 0.5, "geodesic")
    assert offered(atlas, features, said)["edge_rule"].tolist() == ["geodesic"]


def test_a_zone_without_a_shape_gets_one_in_the_layer_of_its_plan(atlas):
    made = offered(atlas, supplied(lost=square(0, 0, 100, 100)))
    assert made["layer"].tolist() == ["tiny"]
    after = with_features(atlas, made)
    assert pd.isna(after.zones.at[LOST, "unlocated_zh"])
    assert after.zones.at[LOST, "grade"] == "official"
    assert changed_zones(atlas, after) == (LOST,)


def test_a_place_of_a_plan_without_a_layer_is_said(atlas):
    bare = replace(atlas, layers=())
    with pytest.raises(InputError, match=f"zone '{LOST}': layers.csv has no layer for the zones of plan 'tiny'"):
        offered(bare, supplied(lost=square(0, 0, 100, 100)))


def test_a_corridor_keeps_its_axis_unless_one_is_supplied(atlas):
    extent = with_features(atlas, offered(atlas, supplied(line=square(-1000, 300, 3000, 700))))
    assert shapely.equals_identical(extent.zones.at[LINE, "axis"], AXIS)
    assert extent.zones.at[LINE, "axis_grade"] == "traced"
    # The supplied outline is no assumed width: its ± is that of an outline, perimeter x 0.5 m.
    assert np.isnan(extent.zones.at[LINE, "half_width_m"])
    row = measure(extent.zones).loc[LINE]
    assert row["ellipsoid_m2"] == pytest.approx(4000 * 400, rel=CLOSE)
    assert row["error_bias_m2"] == pytest.approx(2 * (4000 + 400) * 0.5, rel=CLOSE)
    moved = shapely.affinity.translate(AXIS, 0, 0.001)
    axis = with_features(atlas, offered(atlas, supplied(axis=moved)))
    assert axis.zones.at[LINE, "axis_grade"] == "official"
    assert shapely.equals_identical(axis.zones.at[LINE, "geometry"], atlas.zones.at[LINE, "geometry"])


def test_nothing_else_changes(atlas):
    made = offered(atlas, supplied(part=square(0, 0, 1000, 1000)))
    after = with_features(atlas, made)
    assert changed_zones(atlas, with_features(atlas, made.iloc[:0])) == ()
    rest = [WHOLE, LINE, LOST]
    columns = [name for name in atlas.zones.columns if name not in ("geometry", "axis")]
    pd.testing.assert_frame_equal(
        pd.DataFrame(atlas.zones.loc[rest, columns]), pd.DataFrame(after.zones.loc[rest, columns])
    )
    assert list(after.zones.index) == list(atlas.zones.index)


def test_the_same_ground_written_otherwise_is_no_change(atlas):
    made = with_features(atlas, offered(atlas, supplied(part=square(0, 0, 1000, 1000))))
    whole = [*square(0, 0, 1000, 1000).exterior.coords][:-1]
    ring = [*whole[5:], *whole[:5]][::-1]
    same = with_features(made, offered(made, supplied(part=shapely.MultiPolygon([shapely.Polygon(ring)]))))
    assert changed_zones(made, same) == ()


def test_a_point_may_be_a_place(atlas):
    made = offered(atlas, supplied(lost=Point(113.86, 22.71)))
    assert with_features(atlas, made).zones.at[LOST, "geometry"].geom_type == "Point"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (("", "文", "2026-01-01", 1.0), "needs its authority"),
        (("局", " ", "2026-01-01", 1.0), "needs its document"),
        (("局", "文", "2026-13-01", 1.0), "date of the document is '2026-13-01'"),
        (("局", "文", "去年", 1.0), "write it as"),
        (("局", "文", str(datetime.date.today() + datetime.timedelta(days=2)), 1.0), "has not come yet"),
        (("局", "文", "2026-01-01", 0.0), "above 0"),
        (("局", "文", "2026-01-01", float("nan")), "above 0"),
        (("局", "文", "2026-01-01", None), "above 0"),
        (("局", "文", "2026-01-01", "半米"), "accuracy is '半米'"),
        (("局", "文", "2026-01-01", 1.0, "straight"), "edge rule is 'straight'"),
    ],
)
def test_without_its_papers_no_boundary_is_official(said, message):
    with pytest.raises(InputError, match=message):
        given(*said)


def test_credits_name_who_supplied_a_boundary_and_with_what():
    told = {"grade": ["official", "official", "traced"],
            "basis": ["市规划局《详规》（2026-03-31）提供的边界，原样采用。"] * 2 + ["描绘"],
            "basis_en": ["Boundary supplied by 市规划局: 详规 (2026-03-31), taken as it is."] * 2
            + ["drawn"]}  # fmt: skip
    zones = geopandas.GeoDataFrame(told)
    assert credited(zones, "zh") == ["市规划局《详规》（2026-03-31）"]
    assert credited(zones, "en") == ["市规划局: 详规 (2026-03-31)"]
