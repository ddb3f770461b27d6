"""The map: zones of the schemes switched on, and the card of the one chosen."""

import streamlit as st

from ui import cache, card_component, export, map_component, receipt_view, state
from ui.imports import import_job
from ui.words.i18n import t

tree = cache.tree()
view = state.current(tree)
visible = tuple(zone_id for zone_id in tree.shown(view.off) if tree.leaves[zone_id].located)

st.html(f"<h1 class='z-unseen'>{t('map', view.lang)}</h1>")
map_component.show(view, visible, export.asked, import_job.drawn_on_map())
if not visible:
    with st.container(key="hint"):
        st.info(t("empty_map", view.lang))
if view.zone:
    card_component.show(view)
    receipt_view.show(view.lang, receipt_view.of_zone)
export.deliver(view, visible)
