"""The choices above the tabulation."""

from ui.counting import tabulate_source
from ui.counting.tabulate_source import selection
from zones import read_atlas


def test_zones_are_named_as_the_command_takes_them(monkeypatch):
    atlas = read_atlas()
    monkeypatch.setattr(tabulate_source.cache, "atlas", lambda: atlas)
    everything = tuple(atlas.zones.index)
    assert selection("all", everything) == "all"
    assert selection("all", everything[:2]) == ",".join(everything[:2])
    assert selection("plan:baoan", tuple(atlas.zones.index[atlas.zones["plan_id"] == "baoan"])) == "plan:baoan"
