"""The shipped data: every zone, every locator, every shape where its plan puts it."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import shapely

from zones import read_atlas
from zones.atlas import SHIPPED_DATA
from zones.check import check_atlas
from zones.issues import is_clean
from zones.measure import measure
from zones.overlap import faces, pairs, totals
from zones.schema import FEATURE_FIELDS
from zones.search import search
from zones.statements.conflicts import conflicts
from zones.statements.documents import check_sources, read_documents
from zones.statements.rules import PLANE, read_rules

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the plan documents are not shipped")

# Areas as the plans state them, in km²: 宝安 line 156; 坪山 lines 205-207, 225, 498.
STATED_KM2 = {
    "baoan.park.hightech": 23.52,
    "pingshan.park.hightech": 51.6,
    "pingshan.subarea.nev": 13.5,
    "pingshan.subarea.bio": 3.3,
    "pingshan.subarea.new-industry": 13.2,
    "pingshan.subarea.bonded": 1.91,
    "pingshan.platform.center": 24.08,
    "pingshan.park.incubation": 5.0,
}


@pytest.fixture(scope="module")
def atlas():
    return read_atlas()


@pytest.fixture(scope="module")
def plane(atlas):
    return atlas.zones.geometry.to_crs(PLANE)


def expected_ids():
    with (SHARED / "zone_ids.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@needs_shared
def test_every_zone_of_the_shipped_plans_is_there(atlas):
    shipped = {plan.plan.document.name for plan in atlas.plans.values()}
    rows = {row["zone_id"]: row for row in expected_ids() if row["document"] in shipped}
    assert set(rows) == set(atlas.zones.index)
    assert {zone_id: row["kind"] for zone_id, row in rows.items()} == atlas.zones["kind"].to_dict()
    missing = [zone_id for zone_id, row in rows.items() if row["geometry"] == "required"]
    assert atlas.zones.loc[missing].geometry.notna().all()
    for zone_id, row in rows.items():
        assert not row["scheme_id"] or row["scheme_id"] in atlas.zones.at[zone_id, "scheme_ids"]
        assert not row["parent_id"] or row["parent_id"] in atlas.zones.at[zone_id, "parent_ids"]


@needs_shared
def test_every_scheme_is_there(atlas):
    shipped = {plan.plan.document.name for plan in atlas.plans.values()}
    with (SHARED / "scheme_ids.csv").open(encoding="utf-8-sig", newline="") as stream:
        wanted = {row["scheme_id"] for row in csv.DictReader(stream) if row["document"] in shipped}
    assert wanted == {scheme.scheme_id for plan in atlas.plans.values() for scheme in plan.schemes}


@needs_shared
def test_every_locator_holds(atlas):
    pages = read_documents(SHARED / "plans", atlas.plans)
    assert set(pages) == set(atlas.plans)
    issues, checked = check_sources(atlas.plans, pages)
    assert issues.empty, issues.to_string()
    assert checked > 1000


@needs_shared
def test_no_sentence_of_a_plan_is_copied(atlas):
    for plan in atlas.plans.values():
        text = (SHARED / "plans" / plan.plan.document.name).read_text(encoding="utf-8").replace("\n", "")
        for zone in plan.zones:
            said = zone.positioning.zh if zone.positioning else ""
            runs = (said[place : place + 18] for place in range(max(len(said) - 17, 0)))
            assert not any(run in text for run in runs), zone.zone_id


def test_one_word_has_one_translation(atlas):
    english: dict[str, set[str]] = {}
    for plan in atlas.plans.values():
        for zone in plan.zones:
            for said in zone.industries:
                english.setdefault(said.zh, set()).add(said.en)
    assert {zh: en for zh, en in english.items() if len(en) > 1} == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("铁仔山", {"baoan.core.tiezaishan", "sz.subarea.xixiang-tiezaishan"}),
        ("107走廊", {"baoan.corridor.r107"}),
        ("滨海走廊", {"baoan.corridor.binhai"}),
        ("河套", {"futian.core.hetao", "sz.platform.hetao"}),
        ("坪山高新区", {"pingshan.park.hightech"}),
        ("gxb", {"pingshan.park.north"}),
        ("Chegongmiao", {"futian.cluster.chegongmiao"}),
        ("光明科学城", {"sz.platform.guangming"}),
        ("meiguan", {"longhua.corridor.meiguan", "sz.axis.meiguan"}),
        ("坂雪岗", {"sz.subarea.banxuegang"}),
        ("海洋新城", {"baoan.node.haiyangxincheng", "baoan.cluster.haiyangxincheng"}),
        ("场景实验区", {"pingshan.park.scene"}),
    ],
)
def test_common_queries_are_answered_in_the_first_three(atlas, text, expected):
    assert expected <= set(search(atlas.zones, text, limit=3)["zone_id"])


def test_a_scheme_name_shared_by_two_plans_shows_both(atlas):
    assert set(search(atlas.zones, "四核", limit=8)["plan_id"]) == {"baoan", "pingshan"}
    assert set(search(atlas.zones, "3+3", limit=6)["zone_id"].str.startswith("pingshan.")) == {True}


# Hand-checked against the documents: every finding of the shipped plans, by kind and the zones it starts from.
CONTRADICTIONS = {
    ("swapped_roles", "pingshan.park.north"),  # 003:484 and 001:343
    ("split_or_merged", "sz.subarea.jiangangshan-shiyannan"),  # 000:156, 001:361 and 000:464
    ("areas_do_not_add_up", "pingshan.park.hightech"),  # 003:205-207: 31.91 of 51.6
    ("one_name_two_things", "baoan.corridor.binhai"),  # 三廊: 000:448 and 002:434; 四核: 000:448 and 003:235
    ("zone_in_two_clusters", "sz.subarea.yanluo-lixi"),  # 000:502 and 001:371
    ("differing_industries", "sz.subarea.xixiang-tiezaishan"),  # 000:482 and 001:361
    ("differing_industries", "sz.subarea.xinqiaodong"),  # 000:486 and 001:361
    ("target_below_baseline", "440310"),  # 003:174 and 183: 7.76 % reached, 6-6.5 aimed at
    ("parts_do_not_add_up", "440309"),  # 002:119: 72 listed of 80
}


def test_contradictions_are_those_checked_by_hand(atlas):
    found = conflicts(atlas.plans)
    assert {(each.kind, each.zones[0]) for each in found} == CONTRADICTIONS
    names = {(each.kind, name) for each in found for name in ("三廊", "四核") if f"“{name}”" in each.zh}
    assert names == {("one_name_two_things", "三廊"), ("one_name_two_things", "四核")}


def test_target_tables_are_whole(atlas):
    # Rows of the plans' own target tables, counted in the documents: 56 in all.
    rows = {plan_id: sum(each.origin == "table" for each in plan.indicators) for plan_id, plan in atlas.plans.items()}
    assert rows == {"baoan": 18, "sz": 8, "longhua": 10, "futian": 7, "pingshan": 13}


def test_no_odd_form_was_forced_into_a_number(atlas):
    values = [
        value
        for plan in atlas.plans.values()
        for each in plan.indicators
        for value in (each.baseline, each.target, *each.milestones)
        if value is not None
    ]
    assert {value.form for value in values} == {
        "number", "range", "bound", "pair", "placeholder", "text", "missing",
    }  # fmt: skip
    assert all((value.value is None) == (value.form != "number") for value in values)


def test_the_atlas_checks_clean(atlas):
    issues = check_atlas(atlas, read_rules(SHIPPED_DATA / "rules.yaml"))
    assert is_clean(issues), issues[issues["severity"] != "note"].to_string()


def test_stated_areas_are_kept_as_stated(atlas):
    declared = atlas.zones["declared_area_m2"].dropna() / 1e6
    assert declared.to_dict() == pytest.approx(STATED_KM2)


def test_inferred_outlines_come_near_the_stated_area(atlas):
    table = measure(atlas.zones).loc[list(STATED_KM2)]
    assert (table["difference_m2"].abs() <= 0.1 * table["declared_area_m2"]).all()


def test_corridors_and_belts_keep_their_axis(atlas):
    lines = atlas.zones[atlas.zones["kind"].isin(["corridor", "belt"]) & atlas.zones.geometry.notna()]
    assert lines["axis"].notna().all()
    for zone in lines.itertuples():
        assert zone.geometry.intersects(zone.axis), zone.Index


def test_a_band_is_its_axis_and_its_half_width(atlas, plane):
    axes = atlas.zones["axis"].set_crs(atlas.zones.crs).to_crs(PLANE)
    for zone_id, half_width in atlas.zones["half_width_m"].dropna().items():
        # A section of a corridor is cut off along a road, not square to its axis: up to 1 % may lie over its end.
        outside = plane[zone_id].difference(axes[zone_id].buffer(half_width + 5)).area
        assert outside <= 1e-2 * plane[zone_id].area, zone_id


def test_four_cores_make_three_areas(plane):
    cores = [f"baoan.core.{name}" for name in ("jiangangshan", "shiyannan", "tiezaishan", "xinqiaodong")]
    whole = plane["baoan.park.hightech"]
    assert shapely.union_all(plane[cores].array).symmetric_difference(whole).area < 1e-4 * whole.area
    pair = plane[["baoan.core.jiangangshan", "baoan.core.shiyannan"]].union_all()
    joint = plane["baoan.subarea.jiangangshan-shiyannan"]
    assert pair.symmetric_difference(joint).area < 1e-4 * joint.area


def test_cores_and_parts_do_not_overlap_each_other(atlas):
    cores = atlas.zones[atlas.zones.index.str.startswith("baoan.core.")]
    parts = atlas.zones[atlas.zones["parent_ids"].map(lambda held: "pingshan.platform.center" in held)]
    parts = parts[parts["kind"] == "subarea"]
    listed = atlas.zones.loc[[key for key in STATED_KM2 if key.startswith("pingshan.subarea.")]]
    for siblings in (cores, parts, listed):
        assert len(siblings) >= 4
        assert pairs(siblings)["overlap_m2"].sum() < 1.0


def test_listed_parts_leave_most_of_the_park_unlisted(plane):
    # 坪山 lines 205-207 list 13.5 + 3.3 + 13.2 + 1.91 = 31.91 of 51.6 km²: the parts may not fill the park.
    listed = plane[[key for key in STATED_KM2 if key.startswith("pingshan.subarea.")]]
    park = plane["pingshan.park.hightech"]
    assert listed.area.sum() < 0.75 * park.area


def test_the_scene_area_lies_within_its_four_roads(atlas):
    # Anchors of the gazetteer: 兰竹东路(东端) north of it, 金牛创景路口 on its south side (line 502).
    west, south, east, north = atlas.zones.geometry["pingshan.park.scene"].bounds
    assert south - 0.004 < 22.711575 < north + 0.004
    assert west < 114.389682 < east
    assert south < 22.718163 < north + 0.004


def test_parts_add_up_on_the_shipped_layers(atlas):
    cut = faces(atlas.zones)
    sums = totals(cut)
    whole = measure(atlas.zones)["ellipsoid_m2"].sum()
    assert sums["sum_m2"] == pytest.approx(whole, rel=1e-9)
    assert sum(fold["area_m2"] for fold in sums["k_fold"]) == pytest.approx(sums["union_m2"], rel=1e-12)


@pytest.mark.parametrize("path", sorted(SHIPPED_DATA.glob("geo/*.geojson")), ids=lambda path: path.stem)
def test_layers_are_strict_geojson(path):
    # RFC 7946: no crs member, outer rings counterclockwise; digits as design.md fixes them.
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["type"] == "FeatureCollection"
    assert "crs" not in data
    digits = 4 if path.stem.startswith("base_") else 6
    for feature in data["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        points = shapely.get_coordinates(shape)
        assert shape.is_valid
        assert np.abs(points - points.round(digits)).max() < 1e-12
        assert all(part.exterior.is_ccw for part in shapely.get_parts(shape) if part.geom_type == "Polygon")
        if digits == 6:
            assert set(feature["properties"]) == set(FEATURE_FIELDS)


def test_every_layer_of_the_folder_is_catalogued(atlas):
    files = {path.name for path in (SHIPPED_DATA / "geo").glob("*.geojson")}
    assert files == {layer.file for layer in atlas.layers}
    for layer in atlas.layers:
        assert layer.credit_zh, layer.layer
        assert layer.credit_en, layer.layer
