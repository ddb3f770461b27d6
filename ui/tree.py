"""What the rail lists: plans, the schemes of each, and their zones, as light plain data.

Built once for a version of the data, so that a click on a switch needs no work on frames.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from layers.style import DRAW_ORDER
from ui.plans.evidence import status
from zones import Atlas
from zones.statements.plans import Plan, Text

OTHER = Text(zh="其他", en="Other")
"""Name of the group that holds the zones a plan names outside any scheme."""


@dataclass(frozen=True)
class Leaf:
    """One zone, as far as lists need it."""

    zone_id: str
    name: Text
    kind: str
    grade: str | None
    plan_id: str
    groups: tuple[str, ...]
    located: bool


@dataclass(frozen=True)
class Group:
    """A scheme of a plan, or its zones outside any scheme."""

    key: str
    name: Text
    leaves: tuple[Leaf, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds held, the highest drawn first."""
        held = {leaf.kind for leaf in self.leaves}
        return tuple(kind for kind in reversed(DRAW_ORDER) if kind in held)


@dataclass(frozen=True)
class Branch:
    """A plan and its groups; `tag` and `note` tell of the text it was read from (see `ui.plans.evidence.status`)."""

    plan_id: str
    short: Text
    name: Text
    groups: tuple[Group, ...]
    tag: Text | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Tree:
    """All plans, and all zones by id."""

    branches: tuple[Branch, ...]
    leaves: dict[str, Leaf]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of all groups, in the order shown."""
        return tuple(group.key for branch in self.branches for group in branch.groups)

    def shown(self, off: Iterable[str], kinds: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the ids of zones that stand in at least one group not in `off` (and are of the kinds given)."""
        hidden, wanted = frozenset(off), frozenset(kinds)
        return tuple(
            leaf.zone_id
            for leaf in self.leaves.values()
            if not hidden.issuperset(leaf.groups) and (not wanted or leaf.kind in wanted)
        )


def build(atlas: Atlas) -> Tree:
    """Return the tree of an atlas, in the order of its plan files."""
    zones = atlas.zones
    located = zones.geometry.notna() | zones["axis"].notna()
    leaves = {}
    for row, has_shape in zip(zones.itertuples(), located, strict=True):
        groups = group_keys(row.scheme_ids, row.plan_id)
        name = Text(zh=row.name_zh, en=row.name_en)
        grade = row.grade if isinstance(row.grade, str) else None
        leaves[row.Index] = Leaf(row.Index, name, row.kind, grade, row.plan_id, groups, bool(has_shape))
    return Tree(tuple(_branch(plan, leaves) for plan in atlas.plans.values()), leaves)


def group_keys(scheme_ids: Iterable[str], plan_id: str) -> tuple[str, ...]:
    """Return the groups a zone stands in: its schemes, else the plan's group of others."""
    return tuple(scheme_ids) or (other_key(plan_id),)


def other_key(plan_id: str) -> str:
    """Return the key of a plan's group without scheme."""
    return f"{plan_id}.other"


def _branch(plan: Plan, leaves: dict[str, Leaf]) -> Branch:
    info = plan.plan
    named = [(scheme.scheme_id, scheme.name) for scheme in plan.schemes] + [(other_key(info.plan_id), OTHER)]
    own = [leaf for leaf in leaves.values() if leaf.plan_id == info.plan_id]
    groups = [Group(key, name, tuple(leaf for leaf in own if key in leaf.groups)) for key, name in named]
    zh, en = status(plan, "zh"), status(plan, "en")
    tag = Text(zh=zh.tag, en=en.tag) if zh.tag and en.tag else None
    note = Text(zh=zh.note, en=en.note)
    return Branch(info.plan_id, info.short, info.name, tuple(group for group in groups if group.leaves), tag, note)
