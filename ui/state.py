"""What a person has chosen: language, zone, unit and hidden groups; kept in the session and in the address.

The session holds identities only, never data. The address is plain text, and nothing in it is believed
before it is found in the atlas.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from ui.tree import Tree
from zones.units import UNITS, Unit

LANGUAGES = ("zh", "en")
KEY = "view"
FOCUS = "focus"
TO_MAP = "to-map"
PARAMETERS = ("zone", "plans", "lang", "unit")


@dataclass(frozen=True)
class View:
    """The choices of one reader."""

    lang: str = "zh"
    zone: str | None = None
    unit: Unit = "km2"
    off: frozenset[str] = frozenset()


def decode(parameters: Mapping[str, str], tree: Tree) -> View:
    """Return the view an address asks for; whatever the atlas does not hold is passed over."""
    lang, unit, zone = (parameters.get(name, "") for name in ("lang", "unit", "zone"))
    return View(
        lang=lang if lang in LANGUAGES else "zh",
        zone=zone if zone in tree.leaves else None,
        unit=next((known for known in UNITS if known == unit), "km2"),
        off=_hidden(parameters.get("plans", ""), tree),
    )


def encode(view: View, tree: Tree) -> dict[str, str]:
    """Return the address parameters of a view; what is as at the start is left out."""
    found = {}
    if view.zone:
        found["zone"] = view.zone
    if view.off:
        found["plans"] = ",".join(_on(view.off, tree)) or "none"
    if view.lang != "zh":
        found["lang"] = view.lang
    if view.unit != "km2":
        found["unit"] = view.unit
    return found


def _hidden(text: str, tree: Tree) -> frozenset[str]:
    """Return the hidden groups, given those to show: plan ids, scheme ids, or `none`."""
    wanted = set(text.split(",")) - {""}
    if not wanted:
        return frozenset()
    on = {group.key for branch in tree.branches for group in branch.groups if {branch.plan_id, group.key} & wanted}
    if not on and "none" not in wanted:
        return frozenset()
    return frozenset(tree.keys) - on


def _on(off: frozenset[str], tree: Tree) -> list[str]:
    """Return the shown groups, a plan's id standing for all of its groups."""
    names = []
    for branch in tree.branches:
        shown = [group.key for group in branch.groups if group.key not in off]
        names += [branch.plan_id] if len(shown) == len(branch.groups) else shown
    return names


def current(tree: Tree) -> View:
    """Return the view of this session; at its start, the one the address asks for."""
    if KEY not in st.session_state:
        st.session_state[KEY] = decode({name: st.query_params.get(name, "") for name in PARAMETERS}, tree)
        st.session_state[FOCUS] = 1 if st.session_state[KEY].zone else 0
    view: View = st.session_state[KEY]
    # Data may have changed under a running session.
    if view.zone and view.zone not in tree.leaves:
        view = st.session_state[KEY] = replace(view, zone=None)
    return view


def change(**fields: Any) -> None:  # noqa: ANN401 (fields of View, checked there)
    """Change fields of the view of this session."""
    st.session_state[KEY] = replace(st.session_state[KEY], **fields)


def pick(zone_id: str | None, *, go: bool) -> None:
    """Choose a zone, or none; with `go` the map comes up and moves to it."""
    change(zone=zone_id or None)
    if go:
        st.session_state[FOCUS] += 1
        st.session_state[TO_MAP] = True


def picked_in_table() -> None:
    """Take the zone a reader chose in a table to the map."""
    zone_id = st.session_state["web-table"]["picked"]
    if zone_id:
        pick(zone_id, go=True)


def picked_in_matrix() -> None:
    """Take the zone a reader chose in the overlap matrix to the map."""
    zone_id = st.session_state["web-matrix"]["picked"]
    if zone_id:
        pick(zone_id, go=True)


def wants_map() -> bool:
    """Tell, once, whether a zone was picked that the map should show."""
    return bool(st.session_state.pop(TO_MAP, False))


def focus() -> int:
    """Return a number that grows each time the map is asked to move to the chosen zone."""
    return int(st.session_state[FOCUS])


def write_address(view: View, tree: Tree) -> None:
    """Put the view into the address, so that it can be copied and sent."""
    wanted = encode(view, tree)
    for name in PARAMETERS:
        if name not in wanted:
            if name in st.query_params:
                del st.query_params[name]
        elif st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
