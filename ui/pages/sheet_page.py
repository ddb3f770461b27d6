"""Map making: a sheet beside its choices, drawn anew with each, and an atlas of one page per zone."""

import streamlit as st

from ui import cache, pickers, state
from ui.sentences import faults
from ui.sheets import atlas_maker, clearing, sheet_controls, sheet_preview
from ui.words.i18n import t
from zones.errors import ZonesError

tree = cache.tree()
view = state.current(tree)
lang = view.lang

st.title(t("sheet_page_title", lang), anchor=False)
with st.container(horizontal=True, vertical_alignment="bottom", key="sheet-bar"):
    part = pickers.part_picker(view, {"one_sheet": None, "one_atlas": None})
st.html(f"<p class='z-lead'>{t('sheet_lead' if part == 'one_sheet' else 'atlas_lead', lang)}</p>")
left, right = st.columns([2, 5], gap="large")
if part == "one_sheet":
    with left:
        chosen, ids = sheet_controls.zones_picker(tree, view, "sheet_zones")
        order = sheet_controls.order_form(cache.atlas(), chosen, view)
        own = sheet_controls.own_form(lang)
    with right, st.container(key="beside"):
        try:
            if ids:
                marked = ids if own is None else (*ids, repr(own))
                order = clearing.signed(marked, order)
                held_back = clearing.told(marked, order, sheet_preview.preview(ids, order, lang, own), lang)
                sheet_preview.downloads(ids, order, lang, own, held_back=held_back)
            else:
                st.info(t("empty_map", lang))
        except ZonesError as error:
            faults.show(str(error), lang)
else:
    with left:
        _, ids = sheet_controls.zones_picker(tree, view, "atlas_zones")
        book = atlas_maker.atlas_form(view)
    with right:
        try:
            if ids:
                atlas_maker.make(ids, clearing.signed(ids, book), lang)
            else:
                st.info(t("empty_map", lang))
        except ZonesError as error:
            faults.show(str(error), lang)
