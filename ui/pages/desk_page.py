"""The digitizing desk: one bench at a time, each with its own work on the zones' shapes."""

from collections.abc import Callable

import streamlit as st

from ui import cache, receipt_view, state
from ui.desk import (
    desk_draw,
    desk_georef,
    desk_history,
    desk_official,
    desk_sides,
    desk_top,
    official_publish,
    revision_slips,
    shape_slips,
)  # fmt: skip
from ui.imports import import_view
from ui.state import View
from ui.words.i18n import t
from zones.proof.receipts import Receipt

BENCHES: dict[str, Callable[[View], None]] = {
    "draw": desk_draw.show,
    "georef": desk_georef.show,
    "sides": desk_sides.show,
    "official": desk_official.show,
    "history": desk_history.show,
    "publish": official_publish.show,
}

view = state.current(cache.tree())
lang = view.lang

st.title(t("desk_title", lang), anchor=False)
# A bench may send a reader to another one; a default beside that would be two answers to one question.
st.session_state.setdefault(desk_top.BENCH, desk_top.FIRST)
bench = st.segmented_control(
    t("desk_bench", lang),
    list(BENCHES),
    required=True,
    format_func=lambda name: t(f"desk_{name}", lang),
    key=desk_top.BENCH,
    label_visibility="collapsed",
)
bench = bench or desk_top.FIRST
with desk_top.room(bench):
    # The drawing bench says all this in the panel beside its map.
    if bench != "draw":
        desk_top.strip(bench, lang)
    BENCHES[bench](view)


def _receipt_of(key: str) -> Receipt | None:
    return next(filter(None, (each.receipt_of(key) for each in (revision_slips, shape_slips, import_view))), None)


receipt_view.show(lang, _receipt_of, shape_slips.document)
