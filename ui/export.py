"""Files of the current map view: drawn when asked for, handed to the browser once."""

import base64
import secrets
from typing import Any

import streamlit as st

from ui import cache, components
from ui.state import View
from ui.words.i18n import t

Bounds = tuple[float, float, float, float]

WANTED = "export-wanted"
MIME = {"png": "image/png", "pdf": "application/pdf", "html": "text/html"}


def asked() -> None:
    """Note which file the map asks for, and the bounds of its view."""
    wanted = components.said("map", "export")
    if isinstance(wanted, dict) and wanted.get("format") in MIME:
        st.session_state[WANTED] = wanted


def deliver(view: View, visible: tuple[str, ...]) -> None:
    """Draw the file asked for, if one was, and hand it to the browser."""
    wanted = st.session_state.pop(WANTED, None)
    told: dict[str, Any] = {}
    if wanted:
        with st.container(key="busy"), st.spinner(t("exporting", view.lang)):
            body = draw(view, visible, wanted["format"], _bounds(wanted["bounds"]))
        if body is None:
            with st.container(key="hint"):
                st.info(t("nothing_in_view", view.lang))
        else:
            told = _parcel(body, wanted["format"], view.lang)
    components.mount("download", told)


def _parcel(body: bytes, form: str, lang: str) -> dict[str, Any]:
    return {
        # The browser takes each ticket once, however often the page is redrawn.
        "ticket": secrets.token_hex(8),
        "name": f"{t('sheet_title', lang)}.{form}",
        "mime": MIME[form],
        "base64": base64.b64encode(body).decode(),
    }


def draw(view: View, visible: tuple[str, ...], form: str, bounds: Bounds) -> bytes | None:
    """Return the map file of the zones shown, marked for internal use; None where none of them lies in the view.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north in degrees.
    """
    atlas = cache.atlas()
    frame = atlas.zones.loc[list(visible)]
    west, south, east, north = bounds
    if frame.cx[west:east, south:north].empty:
        return None
    # Drawing libraries are heavy and rarely asked for.
    if form == "html":
        from layers.web import webmap

        return webmap.web_map_bytes(atlas, frame, view.lang)
    from layers.sheets.sheet import draw_sheet
    from layers.sheets.sheet_files import sheet_file
    from layers.sheets.sheet_plan import Order

    order = Order(t("sheet_title", view.lang), lang=view.lang, extent=bounds)
    return sheet_file(atlas, draw_sheet(atlas, frame, order), form)[0]


def _bounds(edges: list[float]) -> Bounds:
    west, south, east, north = (float(edge) for edge in edges)
    return west, south, east, north
