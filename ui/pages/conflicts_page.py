"""Contradictions of the plans, the rules of place, and the crosswalk of places."""

import streamlit as st

from ui import cache, components, map_component, pickers, state, takeaway
from ui.plans import conflict_book, conflict_view, rule_view
from ui.words.i18n import t

tree = cache.tree()
view = state.current(tree)
lang = view.lang
atlas = cache.atlas()

st.title(t("conflict_title", lang), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", key="conflict-bar"):
    part = pickers.part_picker(view, {"contradictions": len(cache.found_conflicts()), "rules": None, "crosswalk": None})
    plan = pickers.plan_picker(tree, view) if part != "rules" else None

found = conflict_view.of_plan(cache.found_conflicts(), plan)
if part == "contradictions":
    st.html(f"<p class='z-lead'>{t('conflict_lead', lang)}</p>")
    chosen = pickers.chosen_conflict(found)
    if chosen is None:
        st.info(t("no_conflict", lang))
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            told = conflict_view.listing(atlas, found, conflict_view.key_of(chosen), cache.documents(), lang)
            components.mount("clashes", told, chosen=pickers.see_conflict, picked=pickers.picked_in_clashes)
            body = conflict_view.csv(atlas, found, lang)
            name = f"{t('conflict_file', lang)}_{atlas.version}.csv"
            st.download_button(t("download_csv", lang), body, name, "text/csv", on_click="ignore", key="conflict-csv")
        with right, st.container(key="beside"):
            st.subheader(t("conflict_map", lang), anchor=False)
            sides = conflict_view.sides(atlas, chosen, lang)
            if any(tree.leaves[zone_id].located for side in sides for zone_id in side["zones"]):
                map_component.show_sides(view, sides)
                takeaway.sides_buttons(sides, lang)
            else:
                st.info(t("no_shape_here", lang))
elif part == "rules":
    rules, results = cache.rule_results()
    reasons = cache.accepted_reasons(lang)
    st.html(f"<p class='z-lead'>{t('rules_lead', lang)}</p>")
    components.mount("table", rule_view.rule_table(rules, results, reasons, lang), name="rules")
    st.subheader(t("failures", lang), anchor=False)
    failed = rule_view.failure_table(atlas, rules, results, reasons, lang)
    components.mount("table", failed, picked=state.picked_in_table)
    st.subheader(t("remainders", lang), anchor=False)
    st.caption(t("remainder_note", lang))
    rest = rule_view.remainder_table(atlas, rules, results, lang)
    components.mount("table", rest, name="matrix", picked=state.picked_in_matrix)
else:
    st.html(f"<p class='z-lead'>{t('crosswalk_lead', lang)}</p>")
    components.mount("table", rule_view.crosswalk_table(atlas, plan, lang), picked=state.picked_in_table)
conflict_book.download(atlas, found, plan, lang)
