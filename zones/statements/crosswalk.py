"""Crosswalk of places: which zones of which plans are one and the same place.

Only what a plan says (`same_as`) or what bears the very same name within one district counts as the same;
overlapping, being part of or lying near is told by relations and never merged.
"""

import re
from collections.abc import Iterable, Mapping

from zones.statements.plans import Plan, Zone

GENERIC = ("创新集群区", "创新集聚区", "集聚区", "先进制造业园区", "片区", "园区", "地区")
"""Words that say what kind of area a name is; without them names of one place can be compared."""


def places(plans: Mapping[str, Plan]) -> list[tuple[str, ...]]:
    """Return the zones grouped by place, each group in the order of the plans; most groups hold one zone."""
    zones = [zone for plan in plans.values() for zone in plan.zones]
    group = {zone.zone_id: zone.zone_id for zone in zones}

    def root(zone_id: str) -> str:
        while group[zone_id] != zone_id:
            zone_id = group[zone_id]
        return zone_id

    for first, second in (*_said(zones), *_namesakes(zones)):
        if first in group and second in group:
            group[root(second)] = root(first)
    members: dict[str, list[str]] = {}
    for zone in zones:
        members.setdefault(root(zone.zone_id), []).append(zone.zone_id)
    return [tuple(held) for held in members.values()]


def _said(zones: Iterable[Zone]) -> list[tuple[str, str]]:
    return [
        (zone.zone_id, relation.target)
        for zone in zones
        for relation in zone.relations
        if relation.type == "same_as" and relation.target
    ]


def _namesakes(zones: Iterable[Zone]) -> list[tuple[str, str]]:
    """Return pairs of zones of different plans with one name and a district in common."""
    by_name: dict[str, list[Zone]] = {}
    for zone in zones:
        by_name.setdefault(zone.name.zh, []).append(zone)
    return [
        (held[0].zone_id, other.zone_id)
        for held in by_name.values()
        for other in held[1:]
        if _plan_of(other) != _plan_of(held[0]) and set(other.district_codes) & set(held[0].district_codes)
    ]


def _plan_of(zone: Zone) -> str:
    return zone.zone_id.split(".")[0]


def short_name(name: str) -> str:
    """Return a name without brackets, quotation marks and the words that only say what kind of area it is."""
    bare = re.sub(r"[（(].*?[)）]|[“”‘’\"' ]", "", name)
    for word in GENERIC:
        if bare.endswith(word) and len(bare) > len(word) + 1:
            return bare.removesuffix(word)
    return bare
