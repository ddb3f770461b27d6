"""The digitizing desk: one bench at a time, each with its own work on the zones' shapes."""

from collections.abc import Callable

import streamlit as st

from ui import cache, receipt_view, state
from ui.desk import desk_draw, desk_georef, desk_history, desk_official, desk_sides, shape_slips
from ui.state import View
from ui.words.i18n import t

BENCHES: dict[str, Callable[[View], None]] = {
    "draw": desk_draw.show,
    "georef": desk_georef.show,
    "sides": desk_sides.show,
    "official": desk_official.show,
    "history": desk_history.show,
}

view = state.current(cache.tree())
lang = view.lang

st.title(t("desk_title", lang), anchor=False)
st.html(f"<p class='z-lead'>{t('desk_lead', lang)}</p>")
first = next(iter(BENCHES))
# A bench may send a reader to another one; a default beside that would be two answers to one question.
st.session_state.setdefault("desk-bench", first)
bench = st.segmented_control(
    t("desk_bench", lang),
    list(BENCHES),
    required=True,
    format_func=lambda name: t(f"desk_{name}", lang),
    key="desk-bench",
    label_visibility="collapsed",
)
BENCHES[bench or first](view)
receipt_view.show(lang, shape_slips.receipt_of, shape_slips.document)
