"""Makes an atlas from the page: progress while it is drawn, a way to stop, and the book to take away."""

import base64
import hashlib
import html
from typing import Any

import streamlit as st

from layers.sheets.sheet_book import BookOrder
from layers.sheets.sheet_book_words import said
from layers.sheets.sheet_plan import SheetPlan
from ui import cache
from ui.imports import own_layers
from ui.sheets import clearing
from ui.sheets.sheet_controls import block_form
from ui.sheets.sheet_orders import book_order_for
from ui.state import View
from ui.words.i18n import t

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
    use = clearing.use_picker(lang, "atlas")
    return book_order_for(title.strip() or None, lang, size=size, theme=look, use=use, **block_form(lang))


def make(ids: tuple[str, ...], order: BookOrder, lang: str) -> None:
    """Show the button that starts an atlas; while it is drawn, how far it is and a way to stop; then the book."""
    asked = hashlib.sha256(repr((cache.stamp(), ids, order)).encode()).hexdigest()[:16]
    st.caption(t("atlas_pages", lang, zones=len(ids)))
    with st.spinner(t("drawing_sheet", lang)):
        plan = _plan(cache.stamp(), ids, repr(order), order) if order.look.use == "public" else None
    held_back = clearing.told(ids, order, plan, lang)
    drawing = st.session_state.get(WANTED) == asked
    label = t("make_atlas", lang)
    st.button(label, type="primary", key="make-atlas", on_click=_want, args=(asked,), disabled=drawing or held_back)
    if drawing:
        _draw(asked, ids, order, lang)
    told: dict[str, Any] = st.session_state.get(MADE, {})
    if told.get("asked") == asked:
        st.success(t("atlas_ready", lang, pages=told["pages"], drawn=told["drawn"], kept=told["kept"]))
        st.download_button(
            t("download_atlas", lang), lambda: _book(told["path"]), f"{order.title}.pdf", "application/pdf",
            on_click="ignore", key="atlas-pdf",
        )  # fmt: skip
    picture, name = _sample(cache.stamp(), ids, order)
    alt = html.escape(t("atlas_sample", lang, name=name), quote=True)
    st.html(f"<img class='z-sheet' alt='{alt}' src='data:image/png;base64,{picture}'>")


@st.cache_data(max_entries=12, show_spinner=False)
def _sample(key: cache.Stamp, ids: tuple[str, ...], order: BookOrder) -> tuple[str, str]:
    """Return a page of the atlas as a PNG in base64, that of the first zone with a shape, and the zone's name."""
    from layers.sheets.page_facts import page_facts
    from layers.sheets.sheet import sheet_bytes
    from layers.sheets.sheet_page import MOST_OVERLAPS, draw_page

    del key
    atlas = cache.atlas()
    frame = atlas.zones.loc[list(ids)]
    located = frame[frame.geometry.notna()]
    one = (located if len(located) else frame).iloc[[0]]
    figure = draw_page(atlas, page_facts(atlas, one, MOST_OVERLAPS)[0], order.look)
    picture = sheet_bytes(figure, "png", dpi=110 if order.look.size == "A3" else 154)
    return base64.b64encode(picture).decode(), one[f"name_{order.look.lang}"].iloc[0]


@st.cache_data(max_entries=12, show_spinner=False)
def _plan(key: cache.Stamp, ids: tuple[str, ...], asked: str, _order: BookOrder) -> SheetPlan | None:
    """Return what the maps of a book show; kept by data, zones and the order in words."""
    from layers.sheets.sheet_atlas import book_plan

    del key, asked
    atlas = cache.atlas()
    return book_plan(atlas, atlas.zones.loc[list(ids)], _order)


def _draw(asked: str, ids: tuple[str, ...], order: BookOrder, lang: str) -> None:
    """Draw the atlas; a press on stop ends this run at the next page."""
    from layers.sheets.page_cache import cache_folder
    from layers.sheets.sheet_atlas import write_atlas

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
    from layers.sheets.page_cache import read_book

    return read_book(path)
