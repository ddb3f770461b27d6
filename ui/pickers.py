"""Choices made above a table: unit, kind, and sets of zones. No picker may show a word in another language."""

import pandas as pd
import streamlit as st

from layers import style
from ui import components, state
from ui.plans.conflict_view import key_of
from ui.state import View
from ui.tree import Tree
from ui.words.i18n import t
from zones import Atlas
from zones.statements.conflicts import Conflict
from zones.units import UNITS, Unit

ALL = "all"
PAIR = "pair"
CONFLICT = "conflict"


def unit_picker(view: View) -> Unit:
    """Show the units; return the one chosen, which the card and the address follow."""
    label = {unit: pair[view.lang == "en"] for unit, pair in UNITS.items()}
    chosen: Unit = st.segmented_control(
        t("unit", view.lang), list(UNITS), default=view.unit, format_func=label.__getitem__, required=True, key="unit"
    )
    if chosen != view.unit:
        state.change(unit=chosen)
    return chosen


def kind_picker(tree: Tree, view: View) -> tuple[str, ...]:
    """Show the kinds that are on the map; return the one chosen, or none for all."""
    held = {tree.leaves[zone_id].kind for zone_id in tree.shown(view.off)}
    options = [ALL, *(kind for kind in reversed(style.DRAW_ORDER) if kind in held)]

    def label(kind: str) -> str:
        return t("all_kinds", view.lang) if kind == ALL else style.label(style.KIND_LABELS, kind, view.lang)

    chosen = st.selectbox(
        t("kind", view.lang), options, format_func=label, filter_mode=None, key=f"kind-{view.lang}", width=220
    )
    return () if chosen == ALL else (chosen,)


def set_picker(tree: Tree, view: View, name: str, first: tuple[str, str] | None = None) -> str:
    """Show the sets of zones that can be compared; return the one chosen, as a selection in words.

    Parameters
    ----------
    name : str
        Key of the label, such as `set_a`.
    first : (str, str), optional
        A choice put before all others: its value and the key of its label.
    """
    options = dict([first] if first else []) | {ALL: "everything"}
    labels = {value: t(key, view.lang) for value, key in options.items()} | _sets(tree, view)
    chosen: str = st.selectbox(
        t(name, view.lang),
        list(labels),
        format_func=labels.__getitem__,
        filter_mode=None,
        key=f"{name}-{view.lang}",
    )
    return chosen


def members(tree: Tree, view: View, chosen: str) -> tuple[str, ...]:
    """Return the zones of a set chosen in `set_picker`."""
    way, _, value = chosen.partition(":")
    if way == "kind":
        return tree.shown(view.off, (value,))
    if way == "plan":
        return tuple(zone_id for zone_id, leaf in tree.leaves.items() if leaf.plan_id == value)
    if way == "scheme":
        return tuple(zone_id for zone_id, leaf in tree.leaves.items() if value in leaf.groups)
    return tree.shown(view.off)


def pair_picker(atlas: Atlas, pairs: pd.DataFrame, lang: str) -> tuple[str, str]:
    """Show the pairs, largest overlap first; return the one chosen."""
    names = atlas.zones[f"name_{lang}"]
    options = list(zip(pairs["a_id"], pairs["b_id"], strict=True))
    if st.session_state.get(PAIR) not in options:
        st.session_state[PAIR] = options[0]
    chosen: tuple[str, str] = st.selectbox(
        t("pair", lang),
        options,
        format_func=lambda pair: f"{names[pair[0]]} × {names[pair[1]]}",
        filter_mode=None,
        key=PAIR,
        label_visibility="collapsed",
    )
    return chosen


def see_pair() -> None:
    """Take the pair a reader chose in the list to the map beside it."""
    pair = st.session_state["web-table"]["see"]
    if pair:
        st.session_state[PAIR] = tuple(pair)


def _sets(tree: Tree, view: View) -> dict[str, str]:
    lang = view.lang
    plans = {f"plan:{each.plan_id}": t("by_plan", lang, name=getattr(each.short, lang)) for each in tree.branches}
    schemes = {
        f"scheme:{group.key}": t("by_scheme", lang, name=f"{getattr(branch.short, lang)} · {getattr(group.name, lang)}")
        for branch in tree.branches
        for group in branch.groups
    }
    held = {leaf.kind for leaf in tree.leaves.values()}
    kinds = {
        f"kind:{kind}": t("by_kind", lang, name=style.label(style.KIND_LABELS, kind, lang))
        for kind in reversed(style.DRAW_ORDER)
        if kind in held
    }
    return plans | kinds | schemes


def part_picker(view: View, parts: dict[str, int | None]) -> str:
    """Show the parts of a page, each key of `parts` with its count where it has one; return the one chosen."""
    lang = view.lang
    labels = {key: t(key, lang) if count is None else t(key, lang, n=count) for key, count in parts.items()}
    chosen: str = st.segmented_control(
        t("part", lang), list(parts), default=next(iter(parts)), format_func=labels.__getitem__, required=True,
        key=f"part-{next(iter(parts))}", label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def plan_picker(tree: Tree, view: View) -> str | None:
    """Show the plans; return the id of the one chosen, or None for all."""
    labels = {ALL: t("all_plans", view.lang)} | {each.plan_id: getattr(each.short, view.lang) for each in tree.branches}
    chosen = st.selectbox(
        t("plan_filter", view.lang), list(labels), format_func=labels.__getitem__, filter_mode=None,
        key=f"plan-{view.lang}", width=220,
    )  # fmt: skip
    return None if chosen == ALL else str(chosen)


def chosen_conflict(found: list[Conflict]) -> Conflict | None:
    """Return the contradiction a reader chose, else the first; None where there is none."""
    wanted = st.session_state.get(CONFLICT)
    return next((each for each in found if key_of(each) == wanted), found[0] if found else None)


def see_conflict() -> None:
    """Take the contradiction a reader chose in the list to the map beside it."""
    st.session_state[CONFLICT] = components.said("clashes", "chosen")


def picked_in_clashes() -> None:
    """Take a zone of a contradiction to the map page."""
    zone_id = components.said("clashes", "picked")
    if zone_id:
        state.pick(zone_id, go=True)


def origin_picker(view: View) -> str | None:
    """Show where indicators may come from; return `table`, `text`, or None for both."""
    labels = {ALL: "all_origins", "table": "origin_table", "text": "origin_text"}
    chosen = st.selectbox(
        t("origin", view.lang), list(labels), format_func=lambda key: t(labels[key], view.lang), filter_mode=None,
        key=f"origin-{view.lang}", width=180,
    )  # fmt: skip
    return None if chosen == ALL else str(chosen)


def theme_picker(themes: dict[str, str], view: View) -> str | None:
    """Show the themes by name; return the one chosen, or None for all."""
    labels = {ALL: t("all_themes", view.lang)} | themes
    chosen = st.selectbox(
        t("theme", view.lang), list(labels), format_func=labels.__getitem__, filter_mode=None,
        key=f"theme-{view.lang}", width=320,
    )  # fmt: skip
    return None if chosen == ALL else str(chosen)
