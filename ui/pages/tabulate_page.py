"""A layer a person brings, counted under the zones: by zone and class, with chart, map and files."""

import streamlit as st

from ui import cache, receipt_view, state
from ui.counting import tabulate_job, tabulate_panel, tabulate_receipts, tabulate_source
from ui.words.i18n import t

tree = cache.tree()
view = state.current(tree)
lang = view.lang
job = tabulate_job.current()

st.title(t("tabulate_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('tabulate_lead', lang)}</p>")
busy = tabulate_job.is_running(job)
source = tabulate_source.choose_layer(view)
order = tabulate_source.choose_counting(tree, view, source, busy=busy)
if order is not None:
    tabulate_panel.start(order)
if busy:
    tabulate_panel.progress(lang)
elif job is not None:
    tabulate_panel.result(view, job)
receipt_view.show(lang, lambda key: tabulate_receipts.receipt_of(cache.atlas(), job, key))
