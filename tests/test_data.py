"""The shipped data: every zone, every locator, every shape where its plan puts it."""

import csv
import hashlib
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
from zones.rules import PLANE, read_rules
from zones.schema import FEATURE_FIELDS

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
def test_every_locator_holds_its_terms(atlas):
    wrong = []
    for plan in atlas.plans.values():
        path = SHARED / "plans" / plan.plan.document.name
        assert hashlib.sha256(path.read_bytes()).hexdigest() == plan.plan.document.sha256
        lines = path.read_text(encoding="utf-8").split("\n")
        for entry in (*plan.zones, *plan.schemes):
            for source in entry.sources:
                held = [line for first, last in source.lines for line in lines[first - 1 : last]]
                entry_id = getattr(entry, "zone_id", None) or entry.scheme_id
                wrong += [(entry_id, term) for term in source.terms if not any(term in line for line in held)]
    assert not wrong


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
