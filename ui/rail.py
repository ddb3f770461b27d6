"""The rail: plans as groups, schemes below, each with a switch, its colours and a count."""

from typing import Any

from layers.style import KIND_COLOURS
from ui import components, state
from ui.state import View
from ui.tree import Branch, Group, Leaf, Tree
from ui.words.i18n import strings


def show(tree: Tree, view: View) -> None:
    """Mount the rail."""
    components.mount("rail", data(tree, view), off=_switched, picked=_picked)


def data(tree: Tree, view: View) -> dict[str, Any]:
    """Return what the rail draws: names in both languages, counts as located / all."""
    shown = tree.shown(view.off)
    return {
        "lang": view.lang,
        "off": sorted(view.off),
        "selected": view.zone,
        "shown": sum(tree.leaves[zone_id].located for zone_id in shown),
        "total": len(tree.leaves),
        "colours": {str(kind): colour for kind, colour in KIND_COLOURS.items()},
        "plans": [_plan(branch) for branch in tree.branches],
        "strings": strings(view.lang, "layers", "all_on", "all_off", "located", "unlocated", "rail_note"),
    }


def _plan(branch: Branch) -> dict[str, Any]:
    leaves = {leaf.zone_id: leaf for group in branch.groups for leaf in group.leaves}
    return {
        "key": branch.plan_id,
        "zh": branch.short.zh,
        "en": branch.short.en,
        "full_zh": f"{branch.name.zh} · {branch.note.zh}" if branch.note else branch.name.zh,
        "full_en": f"{branch.name.en} · {branch.note.en}" if branch.note else branch.name.en,
        "tag_zh": branch.tag.zh if branch.tag else None,
        "tag_en": branch.tag.en if branch.tag else None,
        "count": _count(tuple(leaves.values())),
        "groups": [_group(group) for group in branch.groups],
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "key": group.key,
        "zh": group.name.zh,
        "en": group.name.en,
        "kinds": group.kinds,
        "count": _count(group.leaves),
        "zones": [_zone(leaf) for leaf in group.leaves],
    }


def _zone(leaf: Leaf) -> dict[str, Any]:
    return {
        "id": leaf.zone_id,
        "zh": leaf.name.zh,
        "en": leaf.name.en,
        "kind": leaf.kind,
        "located": leaf.located,
    }


def _count(leaves: tuple[Leaf, ...]) -> str:
    located = sum(leaf.located for leaf in leaves)
    return str(located) if located == len(leaves) else f"{located}/{len(leaves)}"


def _switched() -> None:
    off = components.said("rail", "off")
    if off is not None:
        state.change(off=frozenset(off))


def _picked() -> None:
    state.pick(components.said("rail", "picked"), go=True)
