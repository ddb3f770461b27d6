"""Selections in words."""

import pytest

from tests.tiny import write_atlas
from zones import load
from zones.errors import UnknownZoneError
from zones.select import select


@pytest.fixture(scope="module")
def zones(tmp_path_factory):
    return load(write_atlas(tmp_path_factory.mktemp("select") / "data"))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("tiny.core.part", ["core.part"]),
        ("tiny.core.part, tiny.park.whole", ["park.whole", "core.part"]),
        ("kind:corridor", ["corridor.line"]),
        ("scheme:tiny.scheme.two", ["park.whole", "core.part"]),
        ("kind:corridor,tiny.core.part", ["core.part", "corridor.line"]),
        ("plan:tiny", ["park.whole", "core.part", "corridor.line", "node.lost"]),
        ("all", ["park.whole", "core.part", "corridor.line", "node.lost"]),
    ],
)
def test_selection(zones, text, ids):
    assert list(select(zones, text).index) == [f"tiny.{tail}" for tail in ids]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tiny.core.wrong", "not in the atlas; 'zones search'"),
        ("core.part", "did you mean tiny.core.part"),
        ("plan:mars", "no plan 'mars' is in the atlas; it has tiny"),
        ("size:big", "'size' is no way to select"),
        (" , ", "is empty"),
    ],
)
def test_what_is_not_there_is_said(zones, text, words):
    with pytest.raises(UnknownZoneError, match=words):
        select(zones, text)
