"""Makes an atlas from the page: progress while it is drawn, a way to stop, and the book to take away."""

import hashlib
from typing import Any

import streamlit as st

from layers.sheet_book import BookOrder
from layers.sheet_book_words import said
from ui import cache, own_layers
from ui.i18n import t
from ui.sheet_controls import block_form
from ui.sheet_orders import book_order_for
from ui.state import View

WANTED = "atlas-wanted"
MADE = "atlas-made"


def atlas_form(view: View) -> BookOrder:
    """Show the choices of an atlas but its zones; return the order they make."""
    lang = view.lang
    with st.container(horizontal=True, vertical_alignment="bottom"):
        size: str = st.selectbox(t("atlas_size", lang), ["A3", "A4"], filter_mode=None, key="atlas-size")
        looks = {each: t(f"look_{each}", lang) for each in ("colour", "print")}
        look: str = st.selectbox(
            t("look_of", lang), list(looks), format_func=looks.__getitem__, filter_mode=None, key=f"atlas-look-{lang}"
        )
    title = st.text_input(t("map_title", lang), placeholder=said("book", lang), max_chars=60, key=f"atlas-title-{lang}")
    return book_order_for(title.strip() or None, lang, size=size, theme=look, **block_form(lang))


def make(ids: tuple[str, ...], order: BookOrder, lang: str) -> None:
    """Show the button that starts an atlas; while it is drawn, how far it is and a way to stop; then the book."""
    asked = hashlib.sha256(repr((cache.stamp(), ids, order)).encode()).hexdigest()[:16]
    st.caption(t("atlas_pages", lang, zones=len(ids)))
    if st.session_state.get(WANTED) == asked:
        _draw(asked, ids, order, lang)
    else:
        st.button(t("make_atlas", lang), type="primary", key="make-atlas", on_click=_want, args=(asked,))
    told: dict[str, Any] = st.session_state.get(MADE, {})
    if told.get("asked") == asked:
        st.success(t("atlas_ready", lang, pages=told["pages"], drawn=told["drawn"], kept=told["kept"]))
        st.download_button(
            t("download_atlas", lang), lambda: _book(told["path"]), f"{order.title}.pdf", "application/pdf",
            on_click="ignore", key="atlas-pdf",
        )  # fmt: skip


def _draw(asked: str, ids: tuple[str, ...], order: BookOrder, lang: str) -> None:
    """Draw the atlas; a press on stop ends this run at the next page."""
    from layers.page_cache import cache_folder
    from layers.sheet_atlas import write_atlas

    with st.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, t("atlas_progress", lang, done=1, total=len(ids)))
        st.button(t("stop_atlas", lang), key="stop-atlas", on_click=_want, args=("",))

    def show(done: int, total: int) -> None:
        bar.progress(done / total, t("atlas_progress", lang, done=min(done + 1, total), total=total))

    atlas = cache.atlas()
    path = own_layers.folder() / f"atlas-{asked}.pdf"
    made = write_atlas(atlas, atlas.zones.loc[list(ids)], order, path, cache_folder(), show)
    st.session_state[MADE] = {"asked": asked, **{name: made[name] for name in ("path", "pages", "drawn", "kept")}}
    st.session_state[WANTED] = ""
    st.rerun()


def _want(asked: str) -> None:
    st.session_state[WANTED] = asked


def _book(path: str) -> bytes:
    from layers.page_cache import read_book

    return read_book(path)
