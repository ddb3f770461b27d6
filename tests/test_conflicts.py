"""Contradictions: each class planted and found, with its two sides; a plan that agrees with itself is left in peace."""

import pytest

from tests.tiny import LINES, PLAN
from zones.statements.conflicts import as_json, conflicts
from zones.statements.crosswalk import places, short_name
from zones.statements.plans import Plan


def zone(zone_id, zh, industries=(), km2=None, **more):
    said = [{"zh": term, "en": term, "at": 4} for term in industries]
    record = {
        "zone_id": zone_id, "name": {"zh": zh, "en": zone_id}, "kind": zone_id.split(".")[1],
        "district_codes": ["440310"], "sources": [LINES], "industries": said,
    }  # fmt: skip
    if km2 is not None:
        record["declared_area"] = {"value": km2, "unit": "km2", "raw": f"{km2}平方公里", "at": 5}
    return record | more


def scheme(scheme_id, zh):
    return {"scheme_id": scheme_id, "name": {"zh": zh, "en": scheme_id}, "sources": [LINES]}


def plan(plan_id, zones=(), schemes=(), indicators=()):
    info = PLAN["plan"] | {"plan_id": plan_id}
    return Plan.model_validate({"plan": info, "schemes": schemes, "zones": zones, "indicators": indicators})


def found(*plans):
    return [(each.kind, each.zones) for each in conflicts({each.plan.plan_id: each for each in plans})]


def number(value, year=2020):
    return {"year": year, "form": "number", "value": value, "raw": str(value)}


def indicator(name, baseline=None, target=None, scope="440310", **more):
    record = {
        "indicator_id": name, "name": {"zh": "甲", "en": "A"}, "unit": "家", "scope": scope, "origin": "text",
        "baseline": baseline, "target": target, "source": LINES,
    }  # fmt: skip
    return record | more


def test_plans_that_agree_have_no_contradiction():
    a = plan("a", [zone("a.park.x", "北园区", ["新能源"], km2=4), zone("a.park.y", "南园区", ["医药"])])
    b = plan("b", [zone("b.park.x", "北园区", ["新能源", "材料"]), zone("b.park.y", "南园区", ["医药"])])
    assert found(a, b) == []


def test_swapped_roles():
    a = plan("a", [zone("a.park.n", "高新北园区", ["汽车"]), zone("a.park.s", "高新南园区", ["芯片"])])
    b = plan("b", [zone("b.park.n", "园区北片", ["医药"]), zone("b.park.s", "园区南片", ["汽车"])])
    assert found(a, b) == [("swapped_roles", ("a.park.n", "b.park.s"))]


def test_split_or_merged():
    zones = [
        zone("a.subarea.both", "东山-西湖片区"),
        zone("a.core.east", "东山片区", scheme_ids=["a.scheme.four"]),
        zone("a.core.west", "西湖片区", scheme_ids=["a.scheme.four"]),
    ]
    four = scheme("a.scheme.four", "四块")
    assert found(plan("a", zones, [four])) == [("split_or_merged", ("a.subarea.both", "a.core.east", "a.core.west"))]


@pytest.mark.parametrize(("whole", "wrong"), [(10, True), (5, False), (5.01, False)])
def test_areas_that_do_not_add_up(whole, wrong):
    part = {"parent_ids": ["a.park.w"], "scheme_ids": ["a.scheme.parts"]}
    zones = [
        zone("a.park.w", "园区", km2=whole),
        zone("a.subarea.p", "甲基地", km2=2, **part),
        zone("a.subarea.q", "乙基地", km2=3, **part),
    ]
    kinds = [kind for kind, _ in found(plan("a", zones, [scheme("a.scheme.parts", "组成")]))]
    assert kinds == (["areas_do_not_add_up"] if wrong else [])


def test_one_name_for_two_things():
    a = plan("a", [zone("a.core.x", "甲片", scheme_ids=["a.scheme.x"])], [scheme("a.scheme.x", "三廊四核")])
    b = plan("b", [zone("b.core.y", "乙片", scheme_ids=["b.scheme.y"])], [scheme("b.scheme.y", "四核一环")])
    assert found(a, b) == [("one_name_two_things", ("a.core.x", "b.core.y"))]
    same = plan("c", [], [scheme("c.scheme.z", "三廊四核")])
    assert found(a, same) == []


def test_a_zone_in_two_clusters():
    a = plan("a", [zone("a.cluster.n", "北部集群"), zone("a.subarea.p", "燕李片区", parent_ids=["a.cluster.n"])])
    b = plan("b", [zone("b.cluster.m", "玉塘集群"), zone("b.subarea.p", "燕李片区", parent_ids=["b.cluster.m"])])
    assert found(a, b) == [("zone_in_two_clusters", ("a.subarea.p", "b.subarea.p", "a.cluster.n", "b.cluster.m"))]


def test_one_cluster_under_two_headings_is_not_two():
    same = [{"type": "same_as", "target": "a.cluster.n", "at": 3}]
    a = plan("a", [zone("a.cluster.n", "北部集群"), zone("a.subarea.p", "燕李片区", parent_ids=["a.cluster.n"])])
    b = plan(
        "b",
        [
            zone("b.cluster.m", "北区产业群", relations=same),
            zone("b.subarea.p", "燕李片区", parent_ids=["b.cluster.m"]),
        ],
    )
    assert found(a, b) == []


def test_differing_industries():
    same = [{"type": "same_as", "target": "a.core.t", "at": 3}]
    a = plan("a", [zone("a.core.t", "铁山片区", ["影视"])])
    b = plan("b", [zone("b.core.t", "西乡铁山", ["智能终端"], relations=same)])
    assert found(a, b) == [("differing_industries", ("a.core.t", "b.core.t"))]
    near = plan("b", [zone("b.core.t", "西乡铁山", ["影视文化"], relations=same)])
    assert found(a, near) == []


def test_targets_and_sums():
    falling = indicator("a.indicator.one", number(7.76), number(6, 2025))
    old = indicator("a.indicator.old", number(9, 2019), number(5, 2020))
    whole = indicator("a.indicator.all", number(80), parts=["a.indicator.p", "a.indicator.q"])
    parts = [indicator("a.indicator.p", number(39)), indicator("a.indicator.q", number(28))]
    kinds = [kind for kind, _ in found(plan("a", indicators=[falling, old, whole, *parts]))]
    assert kinds == ["target_below_baseline", "parts_do_not_add_up"]


def test_two_values_for_one_target():
    one = indicator("a.indicator.one", None, number(35, 2025), theme="parks")
    two = indicator("a.indicator.two", None, number(25, 2025), theme="parks")
    assert [kind for kind, _ in found(plan("a", indicators=[one, two]))] == ["two_values"]


def test_districts_above_the_city():
    city = plan("city", indicators=[indicator("city.indicator.x", None, number(10, 2025), "440300", theme="firms")])
    east = plan("east", indicators=[indicator("east.indicator.x", None, number(7, 2025), "440310", theme="firms")])
    west = plan("west", indicators=[indicator("west.indicator.x", None, number(4, 2025), "440306", theme="firms")])
    assert [kind for kind, _ in found(city, east, west)] == ["sum_exceeds_whole"]
    assert found(city, east) == []


def test_json_names_documents_and_lines():
    plans = {"a": plan("a", indicators=[indicator("a.indicator.one", number(7.76), number(6, 2025))])}
    row = as_json(plans, conflicts(plans))[0]
    assert row["kind"] == "target_below_baseline"
    assert row["evidence"] == [{"document": "tiny.txt", "line_start": 1, "line_end": 9}]


def test_places_merge_what_is_said_to_be_the_same_and_nothing_else():
    a = plan("a", [zone("a.core.t", "铁山片区"), zone("a.core.u", "铁山片区")])
    b = plan("b", [zone("b.core.t", "铁山片区"), zone("b.core.v", "铁山片区", district_codes=["440306"])])
    assert places({"a": a, "b": b}) == [("a.core.t", "b.core.t"), ("a.core.u",), ("b.core.v",)]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("铁仔山片区", "铁仔山"),
        ("保税区（综保区）", "保税区"),
        ("“互联网+”未来科技城", "互联网+未来科技城"),
        ("片区", "片区"),
    ],
)
def test_short_names(name, short):
    assert short_name(name) == short
