"""Areas of all zones of the schemes switched on: table, units, filter, download."""

import streamlit as st

from layers.tables import tables
from ui import area_table, cache, components, receipt_view, shapes_out, state, takeaway
from ui.pickers import kind_picker, unit_picker
from ui.words.i18n import t
from zones.proof.receipts import area_receipts

tree = cache.tree()
view = state.current(tree)
lang = view.lang

st.title(t("area_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('area_lead', lang)}</p><p class='z-which'>{t('area_which', lang)}</p>")
with st.container(horizontal=True, vertical_alignment="bottom", key="area-bar"):
    unit = unit_picker(view)
    kinds = kind_picker(tree, view)
ids = tree.shown(view.off, kinds)
if ids:
    atlas = cache.atlas()
    frame = atlas.zones.loc[list(ids)]
    components.mount("table", area_table.table(atlas, cache.measures(), ids, unit, lang), picked=state.picked_in_table)
    st.caption(t("edge_note", lang))
    with st.container(horizontal=True):
        name = f"{t('area_file', lang)}_{atlas.version}"
        st.download_button(
            t("download_xlsx", lang), lambda: tables.area_workbook(atlas, frame, lang=lang), f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", on_click="ignore", key="area-xlsx",
        )  # fmt: skip
        st.download_button(
            t("download_csv", lang), lambda: tables.area_csv(atlas, frame, lang=lang), f"{name}.csv",
            "text/csv", on_click="ignore", key="area-csv",
        )  # fmt: skip
        shapes_out.menu(ids, name, lang)
        receipt_view.download(lambda: area_receipts(atlas, frame), name, lang)
    takeaway.buttons(view, ids, "area", t("area_file", lang))
    receipt_view.show(lang, receipt_view.of_zone)
else:
    st.info(t("empty_map", lang))
