"""Search finds a zone however a planner types it."""

import pytest

from tests.search_queries import ENGLISH, QUERIES, TYPOS
from tests.shapes import PLACE, frame
from zones import load
from zones.search import search

NAMES = [
    ("baoan.core.tiezaishan", "铁仔山片区", "Tiezaishan Area", ("铁仔山",)),
    ("baoan.node.park", "铁仔山高新园区", "Tiezaishan High-tech Park", ()),
    ("baoan.core.shiyannan", "石岩南片区", "Shiyan South Area", ("石岩南",)),
    ("pingshan.park.north", "坪山高新北先进制造业园区", "Pingshan High-tech North Park", ("高新北",)),
    ("baoan.corridor.r107", "107科技创新走廊", "Route 107 Corridor", ()),
]


@pytest.fixture(scope="module")
def zones():
    ids, zh, en, aliases = zip(*NAMES, strict=True)
    plans = [zone_id.split(".")[0] for zone_id in ids]
    kinds = [zone_id.split(".")[1] for zone_id in ids]
    schemes = [("三廊四核三集群",) if kind in ("core", "corridor") else () for kind in kinds]
    names = {"name_zh": zh, "name_en": en, "aliases": aliases, "scheme_names": schemes}
    return frame([PLACE] * len(ids), ids, **names, plan_id=plans, kind=kinds)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("铁仔山片区", "baoan.core.tiezaishan"),
        ("铁仔山", "baoan.core.tiezaishan"),
        ("tiezaishan", "baoan.core.tiezaishan"),
        ("Tie Zai Shan", "baoan.core.tiezaishan"),
        ("tzs", "baoan.core.tiezaishan"),
        ("syn", "baoan.core.shiyannan"),
        ("高新北", "pingshan.park.north"),
        ("gxb", "pingshan.park.north"),
        ("shiyan south", "baoan.core.shiyannan"),
        ("107", "baoan.corridor.r107"),
        ("107走廊", "baoan.corridor.r107"),
        ("baoan.corridor.r107", "baoan.corridor.r107"),
        ("high-tech park", "baoan.node.park"),
    ],
)
def test_first_hit(zones, text, first):
    assert search(zones, text)["zone_id"].iloc[0] == first


def test_an_ambiguous_term_shows_all_with_their_plan(zones):
    found = search(zones, "高新")
    assert set(found["plan_id"]) == {"baoan", "pingshan"}


def test_the_name_of_a_scheme_finds_what_it_counts(zones):
    found = search(zones, "四核")
    assert list(found["kind"]) == ["core", "core", "corridor"]
    assert search(zones, "三廊")["zone_id"].iloc[0] == "baoan.corridor.r107"


def test_nothing_found_is_an_empty_table(zones):
    assert search(zones, "火星").empty
    assert search(zones, "  ·").empty


def test_scores_fall_and_limit_holds(zones):
    found = search(zones, "铁仔山", limit=2)
    assert len(found) == 2
    assert found["score"].is_monotonic_decreasing
    assert found["score"].between(0, 1).all()


@pytest.fixture(scope="module")
def atlas_zones():
    return load()


def misses(atlas_zones, queries):
    return [text for text, right in queries if not {*search(atlas_zones, text, 3)["zone_id"]} & {*right.split()}]


def test_the_right_zone_is_among_the_first_three(atlas_zones):
    assert len(QUERIES) == 100
    assert {zone for _, right in QUERIES for zone in right.split()} <= {*atlas_zones.index}
    assert len(misses(atlas_zones, QUERIES)) <= 5


def test_words_with_others_between_and_a_wrong_letter_are_found(atlas_zones):
    assert misses(atlas_zones, ENGLISH + TYPOS) == []


def test_four_cores_are_those_of_both_plans(atlas_zones):
    found = search(atlas_zones, "四核", 8)
    assert set(found["kind"]) == {"core"}
    assert set(found["plan_id"]) == {"baoan", "pingshan"}
