"""Indicators of all plans: the whole list, themes side by side, and current values a reader brings."""

import streamlit as st

from layers.tables import indicator_tables
from ui import cache, components, pickers, state, takeaway
from ui.plans import current_values, indicator_view, theme_view
from ui.words.i18n import t

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
tree = cache.tree()
view = state.current(tree)
lang = view.lang
atlas = cache.atlas()

st.title(t("indicator_title", lang), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", key="indicator-bar"):
    part = pickers.part_picker(view, {"all_indicators": None, "side_by_side": None, "current_values": None})
    plan = pickers.plan_picker(tree, view) if part == "all_indicators" else None
    origin = pickers.origin_picker(view) if part == "all_indicators" else None
    only_lint = part == "all_indicators" and st.toggle(t("only_lint", lang), key="only-lint")
    theme = pickers.theme_picker(theme_view.options(atlas, lang), view) if part == "side_by_side" else None
lead = {"all_indicators": "indicator_lead", "side_by_side": "themes_lead", "current_values": "current_lead"}[part]
st.html(f"<p class='z-lead'>{t(lead, lang)}</p>")

held = current_values.brought(atlas.plans, lang)
if part == "all_indicators":
    plans = {plan: atlas.plans[plan]} if plan else atlas.plans
    told = indicator_view.board_table(atlas, plans, lang, origin=origin, only_lint=only_lint)
    components.mount("table", told, picked=state.picked_in_table)
elif part == "side_by_side":
    st.html(f"<p class='z-which'>{theme_view.missing(atlas, lang)}</p>")
    found = theme_view.themes(atlas)
    for each in [theme] if theme else found:
        st.html(theme_view.theme_block(atlas, each, found[each], lang))
else:
    template, name = indicator_tables.template_workbook, f"{t('template_file', lang)}_{atlas.version}.xlsx"
    st.download_button(
        t("template", lang), lambda: template(atlas.plans, lang), name, XLSX, on_click="ignore", key="template"
    )
    current_values.upload_box(lang)
    if held:
        current_values.show(atlas.plans, held, lang)
board = indicator_tables.indicator_workbook
with st.container(horizontal=True):
    st.download_button(
        t("download_board", lang), lambda: board(atlas.plans, held.values if held else (), lang),
        f"{t('board_file', lang)}_{atlas.version}.xlsx", XLSX, on_click="ignore", key="board-xlsx",
    )  # fmt: skip
    whole = atlas.zones if plan is None else atlas.zones[atlas.zones["plan_id"] == plan]
takeaway.buttons(view, tuple(whole.index), "indicators", t("board_file", lang))
