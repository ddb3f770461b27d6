"""Contradictions within and between plans, found by rules over what the plan files say of places.

A rule reports facts that do not go together; it does not judge which plan is right.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any, Literal

from zones.schema import Kind
from zones.statements.board import lint, shown
from zones.statements.crosswalk import places, short_name
from zones.statements.indicators import Indicator
from zones.statements.passages import LineRange
from zones.statements.plans import Plan, Scheme, Zone

ConflictKind = Literal[
    "swapped_roles",
    "split_or_merged",
    "areas_do_not_add_up",
    "one_name_two_things",
    "zone_in_two_clusters",
    "differing_industries",
    "target_below_baseline",
    "two_values",
    "parts_do_not_add_up",
    "sum_exceeds_whole",
]

ROUNDING = 0.005
"""Stated areas are rounded: parts and whole may differ by this share without a word."""

COUNTED = re.compile(r"[二三四五六七八九十两]+(?:大)?(?:廊|核|带|环|轴|圈|翼|集群|片区|平台|区)")
"""A number with a spatial word, as plans coin it: 四核, 三廊, 三集群."""


@dataclass(frozen=True)
class Evidence:
    """A passage: plan and lines of its document."""

    plan_id: str
    lines: LineRange


@dataclass(frozen=True)
class Conflict:
    """Facts that do not go together.

    Attributes
    ----------
    kind : str
    zones : tuple of str
        Zones concerned; the scope of indicators where those are concerned.
    zh, en : str
        What was found, in one sentence.
    evidence : tuple of Evidence
        At least one passage for each side.
    """

    kind: ConflictKind
    zones: tuple[str, ...]
    zh: str
    en: str
    evidence: tuple[Evidence, ...]


Plans = Mapping[str, Plan]
Rule = Callable[[Plans], Iterator[Conflict]]


def conflicts(plans: Plans) -> list[Conflict]:
    """Return all contradictions found, in the order of the rules."""
    return [conflict for rule in RULES for conflict in rule(plans)]


def as_json(plans: Plans, found: list[Conflict]) -> list[dict[str, Any]]:
    """Return conflicts as the JSON of `zones conflicts` lists them."""
    return [
        {
            "kind": conflict.kind,
            "zones": list(conflict.zones),
            "statement": conflict.zh,
            "statement_en": conflict.en,
            "evidence": [
                {
                    "document": plans[passage.plan_id].plan.document.name,
                    "line_start": passage.lines[0],
                    "line_end": passage.lines[1],
                }
                for passage in conflict.evidence
            ],
        }
        for conflict in found
    ]


def _zones(plans: Plans) -> dict[str, Zone]:
    return {zone.zone_id: zone for plan in plans.values() for zone in plan.zones}


def _plan_id(zone: Zone) -> str:
    return zone.zone_id.split(".")[0]


def _industries(zone: Zone) -> dict[str, Evidence]:
    return {said.zh: Evidence(_plan_id(zone), said.at[0]) for said in zone.industries}


def _first(zone: Zone) -> Evidence:
    return Evidence(_plan_id(zone), zone.sources[0].lines[0])


def _across_plans(plans: Plans) -> Iterator[tuple[Zone, Zone]]:
    """Yield pairs of zones that are one place in two plans and have industries in both."""
    zones = _zones(plans)
    for group in places(plans):
        for first, second in combinations((zones[zone_id] for zone_id in group), 2):
            if _plan_id(first) != _plan_id(second) and first.industries and second.industries:
                yield first, second


def differing_industries(plans: Plans) -> Iterator[Conflict]:
    """Yield places for which two plans name not one industry in common."""
    for first, second in _across_plans(plans):
        ours, theirs = _industries(first), _industries(second)
        if not any(_alike(a, b) for a in ours for b in theirs):
            yield Conflict(
                "differing_industries",
                (first.zone_id, second.zone_id),
                f"同一地方“{first.name.zh}”，两份规划所列产业无一相同：{'、'.join(ours)}；{'、'.join(theirs)}。",
                f"{first.name.en}: two plans name no industry in common.",
                (next(iter(ours.values())), next(iter(theirs.values()))),
            )


def _alike(a: str, b: str) -> bool:
    """Tell whether one industry's name holds the other's: 集成电路 and 半导体与集成电路 are no contradiction."""
    return a in b or b in a


def split_or_merged(plans: Plans) -> Iterator[Conflict]:
    """Yield names that join what a scheme counts as separate zones: 尖岗山-石岩南 against 尖岗山 and 石岩南."""
    zones = _zones(plans)
    by_short: dict[str, list[Zone]] = {}
    for zone in zones.values():
        by_short.setdefault(short_name(zone.name.zh), []).append(zone)
    joined: dict[tuple[str, ...], list[Zone]] = {}
    for zone in zones.values():
        pieces = re.split(r"[-－—]", short_name(zone.name.zh))
        for scheme_id in _shared_schemes([by_short.get(piece, []) for piece in pieces]):
            parts = [next(part for part in by_short[piece] if scheme_id in part.scheme_ids) for piece in pieces]
            if len(pieces) > 1 and scheme_id not in zone.scheme_ids:
                joined.setdefault(tuple(part.zone_id for part in parts), []).append(zone)
    for part_ids, wholes in joined.items():
        yield _split(wholes, [zones[part_id] for part_id in part_ids])


def _shared_schemes(candidates: list[list[Zone]]) -> list[str]:
    """Return the schemes that hold a zone of every name."""
    held = [{scheme_id for zone in zones for scheme_id in zone.scheme_ids} for zones in candidates]
    return sorted(set.intersection(*held))


def _split(wholes: list[Zone], parts: list[Zone]) -> Conflict:
    names = "、".join(part.name.zh for part in parts)
    return Conflict(
        "split_or_merged",
        tuple(zone.zone_id for zone in (*wholes, *parts)),
        f"“{wholes[0].name.zh}”在一处算一个片区，在另一处分为{names}。",
        f"{wholes[0].name.en} is one area in one place and {len(parts)} in another.",
        tuple(_first(zone) for zone in (*wholes, *parts)),
    )


def areas_do_not_add_up(plans: Plans) -> Iterator[Conflict]:
    """Yield wholes whose stated area is not the sum of the stated areas of a scheme's parts."""
    zones = _zones(plans)
    for whole in zones.values():
        if whole.declared_area is None:
            continue
        children = [zone for zone in zones.values() if whole.zone_id in zone.parent_ids and zone.declared_area]
        for scheme_id in sorted({scheme_id for zone in children for scheme_id in zone.scheme_ids}):
            parts = [zone for zone in children if scheme_id in zone.scheme_ids]
            total = sum(part.declared_area.area_m2 for part in parts if part.declared_area) / 1e6
            stated = whole.declared_area.area_m2 / 1e6
            if len(parts) > 1 and abs(total - stated) > ROUNDING * stated:
                yield Conflict(
                    "areas_do_not_add_up",
                    (whole.zone_id, *(part.zone_id for part in parts)),
                    f"“{whole.name.zh}”规划面积{stated:g}平方公里，列出的{len(parts)}部分合计{total:g}平方公里，"
                    f"相差{abs(stated - total):.4g}平方公里。",
                    f"{whole.name.en}: {stated:g} km² stated, {len(parts)} listed parts make {total:g} km², "
                    f"a difference of {abs(stated - total):.4g} km².",
                    tuple(
                        Evidence(_plan_id(zone), zone.declared_area.at[0])
                        for zone in (whole, *parts)
                        if zone.declared_area
                    ),
                )


def one_name_two_things(plans: Plans) -> Iterator[Conflict]:
    """Yield coined names, such as 四核, that stand for different zones in two plans."""
    users: dict[str, list[tuple[str, Scheme]]] = {}
    for plan_id, plan in plans.items():
        for scheme in plan.schemes:
            for name in dict.fromkeys(COUNTED.findall(scheme.name.zh)):
                users.setdefault(name, []).append((plan_id, scheme))
    for name, schemes in users.items():
        for (plan_a, a), (plan_b, b) in combinations(schemes, 2):
            if plan_a != plan_b and short_name(a.name.zh) != short_name(b.name.zh):
                yield Conflict(
                    "one_name_two_things",
                    (*_members(plans[plan_a], a), *_members(plans[plan_b], b)),
                    f"“{name}”在{plans[plan_a].plan.short.zh}“{a.name.zh}”和"
                    f"{plans[plan_b].plan.short.zh}“{b.name.zh}”中所指不同。",
                    f"{name} means one thing in the {plans[plan_a].plan.short.en} and another in the "
                    f"{plans[plan_b].plan.short.en}.",
                    (Evidence(plan_a, a.sources[0].lines[0]), Evidence(plan_b, b.sources[0].lines[0])),
                )


def _members(plan: Plan, scheme: Scheme) -> tuple[str, ...]:
    return tuple(zone.zone_id for zone in plan.zones if scheme.scheme_id in zone.scheme_ids)


def zone_in_two_clusters(plans: Plans) -> Iterator[Conflict]:
    """Yield places that belong to two clusters which no plan relates to each other."""
    zones = _zones(plans)
    home = {zone_id: group for group in places(plans) for zone_id in group}
    for group in places(plans):
        clusters: dict[tuple[str, ...], tuple[str, str]] = {}
        for zone_id in group:
            for parent in zones[zone_id].parent_ids:
                if parent in zones and zones[parent].kind == Kind.CLUSTER:
                    clusters.setdefault(home[parent], (parent, zone_id))
        for (a, member_a), (b, member_b) in combinations(clusters.values(), 2):
            if _related(zones[a], zones[b]):
                continue
            yield Conflict(
                "zone_in_two_clusters",
                tuple(dict.fromkeys((member_a, member_b, a, b))),
                f"“{zones[member_a].name.zh}”既列入“{zones[a].name.zh}”，又列入“{zones[b].name.zh}”。",
                f"{zones[member_a].name.en} is put in {zones[a].name.en} and in {zones[b].name.en}.",
                (_first(zones[member_a]), _first(zones[member_b])),
            )


def _related(a: Zone, b: Zone) -> bool:
    """Tell whether two clusters are the same ground: a plan says so, or their names share four characters."""
    said = any(
        relation.target == other.zone_id and relation.type in ("same_as", "part_of", "contains")
        for zone, other in ((a, b), (b, a))
        for relation in zone.relations
    )
    first, second = short_name(a.name.zh), short_name(b.name.zh)
    return said or SequenceMatcher(None, first, second).find_longest_match().size >= 4


def swapped_roles(plans: Plans) -> Iterator[Conflict]:
    """Yield roles that one plan gives to the north of a place and another plan to the south."""
    zones = _zones(plans)
    for north, south in _opposites(zones):
        for other_north, other_south in _opposites(zones):
            if _plan_id(north) >= _plan_id(other_north) or not _one_ground(north, other_north, zones):
                continue
            for here, there, same in ((north, other_south, other_north), (south, other_north, other_south)):
                crossed = _industries(here).keys() & _industries(there).keys()
                if crossed and not _industries(here).keys() & _industries(same).keys() and same.industries:
                    yield _swapped(here, there, sorted(crossed))


def _opposites(zones: Mapping[str, Zone]) -> list[tuple[Zone, Zone]]:
    """Return pairs of zones of one plan whose names differ only in 北 and 南."""
    by_name = {(_plan_id(zone), zone.name.zh): zone for zone in zones.values()}
    pairs = []
    for (plan_id, name), zone in by_name.items():
        south = by_name.get((plan_id, name.replace("北", "南")))
        if "北" in name and south is not None and zone.industries and south.industries:
            pairs.append((zone, south))
    return pairs


def _one_ground(a: Zone, b: Zone, zones: Mapping[str, Zone]) -> bool:
    """Tell whether two zones lie in one district, so that their north and south can be the same."""
    return bool(set(a.district_codes) & set(b.district_codes)) and a.zone_id in zones


def _swapped(here: Zone, there: Zone, crossed: list[str]) -> Conflict:
    ours, theirs = _industries(here), _industries(there)
    english = [said.en for said in here.industries if said.zh in crossed]
    return Conflict(
        "swapped_roles",
        (here.zone_id, there.zone_id),
        f"{'、'.join(crossed)}：一份规划放在“{here.name.zh}”，另一份放在“{there.name.zh}”。",
        f"{', '.join(english)}: one plan places it in {here.name.en}, the other in {there.name.en}.",
        (ours[crossed[0]], theirs[crossed[0]]),
    )


def target_below_baseline(plans: Plans) -> Iterator[Conflict]:
    """Yield targets that lie under the value already reached."""
    for plan_id, plan in plans.items():
        for each in plan.indicators:
            if "target_below_baseline" in lint(each):
                values = f"{shown(each.baseline)} → {shown(each.target)}"
                yield _about(
                    "target_below_baseline", plan_id, (each,),
                    f"“{each.name.zh}”目标低于现状：{values}（{each.unit}）。",
                    f"{each.name.en}: the target is below the baseline, {values} ({each.unit}).",
                )  # fmt: skip


def two_values(plans: Plans) -> Iterator[Conflict]:
    """Yield pairs of targets that one plan sets for one thing in one year."""
    for plan_id, plan in plans.items():
        for a, b in combinations(plan.indicators, 2):
            same = a.theme and (a.theme, a.scope, a.unit, a.name.zh) == (b.theme, b.scope, b.unit, b.name.zh)
            if same and a.target and b.target and a.target.year == b.target.year and a.target.raw != b.target.raw:
                yield _about(
                    "two_values", plan_id, (a, b),
                    f"“{a.name.zh}”同年两个目标：{a.target.raw}和{b.target.raw}（{a.unit}）。",
                    f"{a.name.en}: two targets for one year, {a.target.raw} and {b.target.raw} ({a.unit}).",
                )  # fmt: skip


def sum_exceeds_whole(plans: Plans) -> Iterator[Conflict]:
    """Yield city targets that the districts' targets together exceed, in one theme, unit and year."""
    city = [(plan_id, each) for plan_id, plan in plans.items() for each in plan.indicators if each.scope == "440300"]
    for plan_id, whole in city:
        aim = whole.target
        if aim is None or aim.form != "number" or aim.value is None or "%" in whole.unit or not whole.theme:
            continue
        parts = [part for other, plan in plans.items() if other != plan_id for part in plan.indicators]
        parts = [part for part in parts if (part.theme, part.unit) == (whole.theme, whole.unit) and part.target]
        values = [part.target.value for part in parts if part.target and part.target.year == aim.year]
        total = sum(value for value in values if value is not None)
        if total > aim.value:
            evidence = [Evidence(part.indicator_id.split(".")[0], part.source.lines[0]) for part in parts]
            yield Conflict(
                "sum_exceeds_whole",
                tuple(part.scope for part in parts),
                f"“{whole.name.zh}”各区目标合计{total:g}，超过全市目标{aim.raw}（{whole.unit}）。",
                f"{whole.name.en}: district targets add up to {total:g}, above the city's {aim.raw} ({whole.unit}).",
                (Evidence(plan_id, whole.source.lines[0]), *evidence),
            )


def parts_do_not_add_up(plans: Plans) -> Iterator[Conflict]:
    """Yield figures whose parts, as the plan itself lists them, make another sum."""
    for plan_id, plan in plans.items():
        known = {each.indicator_id: each for each in plan.indicators}
        for whole in plan.indicators:
            parts = [known[part] for part in whole.parts]
            values = [part.baseline.value for part in parts if part.baseline and part.baseline.value is not None]
            stated = whole.baseline.value if whole.baseline else None
            if parts and stated is not None and len(values) == len(parts) and sum(values) != stated:
                yield _about(
                    "parts_do_not_add_up", plan_id, (whole, *parts),
                    f"“{whole.name.zh}”{stated:g}{whole.unit}，列出的{len(parts)}项合计{sum(values):g}{whole.unit}。",
                    f"{whole.name.en}: {stated:g} stated, the {len(parts)} listed parts make {sum(values):g}.",
                )  # fmt: skip


def _about(kind: ConflictKind, plan_id: str, indicators: tuple[Indicator, ...], zh: str, en: str) -> Conflict:
    evidence = dict.fromkeys(Evidence(plan_id, span) for each in indicators for span in each.source.lines)
    scopes = dict.fromkeys(each.scope for each in indicators)
    return Conflict(kind, tuple(scopes), zh, en, tuple(evidence))


RULES: tuple[Rule, ...] = (
    swapped_roles,
    split_or_merged,
    areas_do_not_add_up,
    one_name_two_things,
    zone_in_two_clusters,
    differing_industries,
    target_below_baseline,
    two_values,
    parts_do_not_add_up,
    sum_exceeds_whole,
)
