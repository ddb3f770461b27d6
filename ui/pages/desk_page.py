"""The digitizing desk: one bench at a time, each with its own work on the zones' shapes."""

from collections.abc import Callable

import streamlit as st

from ui import cache, desk_history, desk_official, desk_sides, state
from ui.i18n import t
from ui.state import View

BENCHES: dict[str, Callable[[View], None]] = {
    "history": desk_history.show,
    "sides": desk_sides.show,
    "official": desk_official.show,
}

view = state.current(cache.tree())
lang = view.lang

st.title(t("desk_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('desk_lead', lang)}</p>")
bench = st.segmented_control(
    t("desk_bench", lang),
    list(BENCHES),
    default=next(iter(BENCHES)),
    required=True,
    format_func=lambda name: t(f"desk_{name}", lang),
    key="desk-bench",
    label_visibility="collapsed",
)
BENCHES[bench](view)
