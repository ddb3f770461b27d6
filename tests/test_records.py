"""Records as the contract lists them, and relations told from both sides."""

import json

import pytest

from tests.tiny import PLAN, changed, write_atlas
from zones import read_atlas
from zones.errors import UnknownZoneError
from zones.measure import lonlat_area
from zones.records import listing, record

# The contract of `zones list`.
LIST_KEYS = [
    "zone_id", "name_zh", "name_en", "aliases", "kind", "plan_id", "scheme_ids", "parent_ids", "district_codes",
    "grade", "error_m", "area_m2", "declared_area_m2", "unlocated_reason", "sources",
]  # fmt: skip
SHOW_KEYS = [*LIST_KEYS, "positioning", "industries", "anchors", "platforms", "relations", "indicators", "issues"]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    return read_atlas(write_atlas(tmp_path_factory.mktemp("records") / "data"))


def test_list_keys_and_nulls(atlas):
    rows = listing(atlas, atlas.zones)
    assert [sorted(row) for row in rows] == [sorted(LIST_KEYS)] * 4
    lost = rows[3]
    assert (lost["grade"], lost["error_m"], lost["area_m2"]) == (None, None, None)
    assert lost["unlocated_reason"] == "未给出位置"
    assert rows[0]["area_m2"] == lonlat_area([atlas.zones.geometry.iloc[0]])[0]
    json.dumps(rows, allow_nan=False)


def test_sources_carry_document_lines_and_section(atlas):
    assert listing(atlas, atlas.zones)[0]["sources"] == [
        {"document": "tiny.txt", "line_start": 1, "line_end": 9, "section": "一（二）"},
        {"document": "tiny.txt", "line_start": 20, "line_end": 20, "section": "二"},
    ]


def test_show_adds_what_the_plan_says(atlas):
    zone = record(atlas, "tiny.park.whole")
    assert sorted(zone) == sorted(SHOW_KEYS)
    assert zone["industries"][0]["source"]["section"] == "一（二）"
    json.dumps(zone, allow_nan=False)


def test_show_lists_the_indicators_of_the_zone(tmp_path):
    value = {"year": 2020, "form": "number", "value": 7, "raw": "7"}
    record_of = {"unit": "家", "origin": "text", "baseline": value, "source": PLAN["schemes"][0]["sources"][0]}
    named = {"name": {"zh": "企业", "en": "Firms"}, "indicator_id": "tiny.indicator.firms", "scope": "tiny.core.part"}
    other = named | {"indicator_id": "tiny.indicator.all", "scope": "440306"}
    plan = changed(PLAN, ("indicators",), [named | record_of, other | record_of])
    atlas = read_atlas(write_atlas(tmp_path / "data", plan=plan))
    assert [each["indicator_id"] for each in record(atlas, "tiny.core.part")["indicators"]] == ["tiny.indicator.firms"]
    assert record(atlas, "tiny.park.whole")["indicators"] == []


def relations(atlas, zone_id):
    return {(relation["type"], relation["target"]) for relation in record(atlas, zone_id)["relations"]}


def test_relations_from_both_sides(atlas):
    assert relations(atlas, "tiny.corridor.line") == {("passes", "tiny.core.part")}
    assert relations(atlas, "tiny.park.whole") == {("contains", "tiny.core.part")}
    assert relations(atlas, "tiny.core.part") == {
        ("part_of", "tiny.park.whole"),
        ("connects_to", "东莞"),
        ("passed_by", "tiny.corridor.line"),
    }


def test_unknown_zone(atlas):
    with pytest.raises(UnknownZoneError, match=r"tiny\.core\.part"):
        record(atlas, "part")
