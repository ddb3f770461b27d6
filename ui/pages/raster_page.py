"""A raster a person brings, under the zones: figures by zone and class, with map, histogram and files."""

import streamlit as st

from ui import cache, state
from ui.rasters import raster_job, raster_panel, raster_source
from ui.words.i18n import t

tree = cache.tree()
view = state.current(tree)
lang = view.lang
job = raster_job.current()

st.title(t("raster_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('raster_lead', lang)}</p>")
busy = raster_job.busy(job)
source = raster_source.choose(view)
order = raster_panel.choices(tree, view, source, busy=busy)
if order is not None:
    raster_panel.start(order)
if busy:
    raster_panel.progress(lang)
elif job is not None:
    raster_panel.result(view, job)
