"""Bring your own data: files in, a report on what they hold, and a look on the map before they are accepted."""

import streamlit as st

from ui import cache, receipt_view, state
from ui.imports import import_job, import_view
from ui.words.i18n import t

view = state.current(cache.tree())

st.title(t("import_title", view.lang), anchor=False)
st.html(f"<p class='z-lead'>{t('import_lead', view.lang)}</p>")
import_view.files_box(view.lang)
job = import_job.current()
if job is not None:
    import_view.show_job(view, job)
import_view.show_own(view.lang)
receipt_view.show(view.lang, import_view.receipt_of)
