"""Verification: a file with receipts in, a verdict out; each number that no longer holds with the reason."""

import streamlit as st

from ui import cache, state, verify_view
from ui.words.i18n import t

lang = state.current(cache.tree()).lang

st.title(t("verify_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('verify_lead', lang)}</p>")
verify_view.show(lang)
