"""Corridors: what covers their band, where nothing does, and how that hangs on an assumed width."""

from functools import partial

import streamlit as st

from ui import cache, receipt_view, state
from ui.corridors import corridor_panel, corridor_receipts
from ui.pickers import unit_picker
from ui.words.i18n import t

tree = cache.tree()
view = state.current(tree)
lang = view.lang

st.title(t("corridor_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('corridor_lead', lang)}</p>")
with st.container(horizontal=True, vertical_alignment="bottom", key="corridor-bar"):
    asked = corridor_panel.choices(tree, view)
    unit_picker(view)
if asked.zones or asked.layer:
    corridor_panel.results(asked, state.current(tree))
    receipt_view.show(lang, partial(corridor_receipts.receipt_of, asked))
else:
    st.info(t("nothing_to_cover", lang))
