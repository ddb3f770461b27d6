"""The preview of a sheet and its files: drawn once for an order, kept while the data stand."""

import base64
import html
from functools import partial

import streamlit as st

from layers.sheets.sheet_plan import Order, SheetPlan
from ui import cache
from ui.cache import Stamp
from ui.sheets import own_picture
from ui.sheets.own_picture import OwnPicture
from ui.words.i18n import t

WIDE_PX = 1800
"""Wider than it is shown: type set straight at the size of a screen stands unevenly."""
WIDTHS_MM = {"A4": 297, "A3": 420, "A0": 1189, "slide": 339}
MIME = {"pdf": "application/pdf", "svg": "image/svg+xml", "png": "image/png"}


def preview(ids: tuple[str, ...], order: Order, lang: str, own: OwnPicture | None = None) -> SheetPlan:
    """Show the sheet as a picture, with what it holds under it; return that. `own` is a layer over the zones.

    Raises
    ------
    InputError
        When the sheet cannot be drawn.
    """
    with st.spinner(t("drawing_sheet", lang)):
        picture, plan = _picture(cache.stamp(), ids, repr((order, own)), order, own)
    scale = f"{plan.scale:,}".replace(",", " ") if plan.scale else "—"
    alt = html.escape(t("preview_alt", lang, title=plan.title, scale=scale), quote=True)
    data = base64.b64encode(picture).decode()
    st.html(f"<img class='z-sheet' alt='{alt}' src='data:image/png;base64,{data}'>")
    named = sum(zone.named for zone in plan.zones)
    size = t("size_slide", lang) if plan.size == "slide" else plan.size
    st.caption(
        t("preview_note", lang, size=size, scale=scale, zones=len(plan.zones), named=named, receipt=plan.receipt_id)
    )
    return plan


def downloads(
    ids: tuple[str, ...], order: Order, lang: str, own: OwnPicture | None = None, *, held_back: bool = False
) -> None:
    """Show a button for each format, without effect while the map is held back; a file is drawn when asked for."""
    with st.container(horizontal=True):
        for form, mime in MIME.items():
            st.download_button(
                t("download_as", lang, form=form.upper()), partial(file, ids, order, form, own),
                f"{file_name(order.title)}.{form}", mime, on_click="ignore", key=f"sheet-{form}",
                disabled=held_back,
            )  # fmt: skip


def file(ids: tuple[str, ...], order: Order, form: str, own: OwnPicture | None = None) -> bytes:
    """Return the sheet as the bytes of a file."""
    from layers.sheets.sheet import draw_sheet
    from layers.sheets.sheet_files import sheet_file

    atlas = cache.atlas()
    drawn = draw_sheet(atlas, atlas.zones.loc[list(ids)], order, own_picture.added(own, order.lang))
    return sheet_file(atlas, drawn, form)[0]


@st.cache_data(max_entries=24, show_spinner=False)
def _picture(
    key: Stamp, ids: tuple[str, ...], asked: str, _order: Order, _own: OwnPicture | None
) -> tuple[bytes, SheetPlan]:
    """Return the sheet as a PNG for the screen, and its plan; kept by data, zones, order and layer in words."""
    from layers.sheets.sheet import draw_sheet, sheet_bytes

    del key, asked
    atlas = cache.atlas()
    drawn = draw_sheet(atlas, atlas.zones.loc[list(ids)], _order, own_picture.added(_own, _order.lang))
    dpi = round(WIDE_PX / WIDTHS_MM[drawn.plan.size] * 25.4)
    return sheet_bytes(drawn.figure, "png", dpi), drawn.plan


def file_name(title: str) -> str:
    """Return a title as the name of a file on any system."""
    return "".join("_" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in title).strip(". ") or "sheet"
