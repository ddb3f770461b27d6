"""How zones stand to each other, told from both sides: a plan says it once, the other side is derived."""

from collections.abc import Mapping
from dataclasses import dataclass

from zones.statements.passages import LineRange, Text
from zones.statements.plans import Plan, Zone

INVERSE = {
    "part_of": "contains",
    "contains": "part_of",
    "passes": "passed_by",
    "connects_to": "connects_to",
    "borders": "borders",
    "built_on": "base_of",
    "overlaps": "overlaps",
    "same_as": "same_as",
    "near": "near",
}
"""Relation type to the type seen from the target."""


@dataclass(frozen=True)
class RelationView:
    """A relation as seen from one zone.

    Attributes
    ----------
    type : str
    target_id : str or None
        The other zone, or None where the other side is a place that is no zone of the atlas.
    name_zh, name_en : str
        Name of the other side.
    plan_id : str
        Plan whose document says so.
    at : tuple of line ranges
        Lines of that document.
    derived : bool
        True where the document says it of the other zone.
    """

    type: str
    target_id: str | None
    name_zh: str
    name_en: str
    plan_id: str
    at: tuple[LineRange, ...]
    derived: bool


def relations(plans: Mapping[str, Plan], zone_id: str) -> list[RelationView]:
    """Return all relations of a zone: its parents, what it says itself, what others say of it."""
    names = {zone.zone_id: zone for plan in plans.values() for zone in plan.zones}
    views = []
    for plan_id, plan in plans.items():
        for zone in plan.zones:
            views += _stated(plan_id, zone, zone_id, names)
    seen: dict[tuple[str, str], RelationView] = {}
    for view in sorted(views, key=lambda view: view.derived):
        seen.setdefault((view.type, view.target_id or view.name_zh), view)
    return list(seen.values())


def _stated(plan_id: str, zone: Zone, zone_id: str, names: Mapping[str, Zone]) -> list[RelationView]:
    """Return what one zone's entry says that concerns `zone_id`, from that zone's side."""
    own = zone.zone_id == zone_id
    first = zone.sources[0].lines
    said: list[tuple[str, str | None, Text | None, tuple[LineRange, ...]]]
    said = [("part_of", parent, None, first) for parent in zone.parent_ids]
    said += [(relation.type, relation.target, relation.name, relation.at) for relation in zone.relations]
    views = []
    for kind, target, name, at in said:
        if own and name is not None:
            views.append(RelationView(kind, None, name.zh, name.en, plan_id, at, False))
        elif own and target is not None and target in names:
            other = names[target].name
            views.append(RelationView(kind, target, other.zh, other.en, plan_id, at, False))
        elif target == zone_id:
            back = RelationView(INVERSE[kind], zone.zone_id, zone.name.zh, zone.name.en, plan_id, at, True)
            views.append(back)
    return views
