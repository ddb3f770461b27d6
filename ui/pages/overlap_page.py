"""Overlap of two sets of zones: sums that add up, matrix, pairs, and a map of one pair."""

import streamlit as st

from layers.tables import tables
from ui import cache, components, map_component, overlap_view, receipt_view, state, takeaway
from ui.pickers import members, pair_picker, see_pair, set_picker, unit_picker
from ui.words.i18n import t

tree = cache.tree()
view = state.current(tree)
lang = view.lang

st.title(t("overlap_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('overlap_lead', lang)} {t('polygons_only', lang)}</p>")
with st.container(horizontal=True, vertical_alignment="bottom", key="overlap-bar"):
    a = members(tree, view, set_picker(tree, view, "set_a"))
    chosen = set_picker(tree, view, "set_b", first=("same", "same_set"))
    b = None if chosen == "same" else members(tree, view, chosen)
    unit = unit_picker(view)
pairs, totals = cache.pairs(a, b), cache.totals(a, b)
if pairs.empty:
    st.info(t("no_overlap", lang))
else:
    atlas = cache.atlas()
    st.html(overlap_view.figures(totals, unit, lang))
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.subheader(t("pairs", lang), anchor=False)
        table = overlap_view.pair_table(atlas, pairs, unit, lang)
        components.mount("table", table, picked=state.picked_in_table, see=see_pair)
    with right:
        st.subheader(t("pair_map", lang), anchor=False)
        pair = pair_picker(atlas, pairs, lang)
        map_component.show_pair(view, pair, overlap_view.shared_ground(atlas.zones, *pair))
        takeaway.pair_buttons(pair, pairs, unit, lang)
        st.subheader(t("k_fold", lang), anchor=False)
        st.html(overlap_view.k_table(totals, unit, lang))
        st.caption(t("k_note", lang))
    st.subheader(t("matrix", lang), anchor=False)
    st.caption(t("matrix_note", lang) + t("matrix_cut", lang, n=overlap_view.WIDEST))
    components.mount("table", overlap_view.matrix(atlas, pairs, lang), name="matrix", picked=state.picked_in_matrix)
    frame = atlas.zones.loc[list(cache.both(a, b))]
    name = f"{t('overlap_file', lang)}_{atlas.version}"
    with st.container(horizontal=True):
        st.download_button(
            t("download_xlsx", lang), lambda: tables.overlap_workbook(atlas, frame, pairs, totals, unit, lang),
            f"{name}.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            on_click="ignore", key="overlap-xlsx",
        )  # fmt: skip
        receipt_view.download(lambda: cache.overlap_receipts(a, b), name, lang)
    takeaway.buttons(view, tuple(frame.index), "overlap", t("overlap_file", lang))
    receipt_view.show(lang, lambda key: overlap_view.keyed(cache.overlap_receipts(a, b)).get(key))
