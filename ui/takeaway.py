"""Buttons that hand a page over as slides, report, map or one-file map, made when they are pressed."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ui import cache, page_pictures
from ui.i18n import t
from ui.sheet_preview import MIME, file_name
from ui.state import View
from zones.units import Unit

OFFICE = "application/vnd.openxmlformats-officedocument"
PPTX = f"{OFFICE}.presentationml.presentation"
DOCX = f"{OFFICE}.wordprocessingml.document"


def picture_buttons(make: Callable[[str], bytes], name: str, lang: str, key: str = "map") -> None:
    """Show a button for each format of a small map; `make` draws it in a format when its button is pressed."""
    with st.container(horizontal=True):
        for form, mime in MIME.items():
            st.download_button(
                t("download_map_as", lang, form=form.upper()), partial(make, form),
                f"{file_name(name)}_{cache.atlas().version}.{form}", mime, on_click="ignore", key=f"{key}-{form}",
            )  # fmt: skip


def pair_buttons(pair: tuple[str, str], pairs: pd.DataFrame, unit: Unit, lang: str) -> None:
    """Show the buttons for the map of two zones and the ground they share (see `page_pictures.pair_added`)."""
    picture_buttons(
        lambda form: page_pictures.pair_sheet(cache.atlas(), pair, pairs, unit, form, lang), t("pair_map", lang), lang
    )


def sides_buttons(sides: list[dict[str, Any]], lang: str) -> None:
    """Show the buttons for the map of a contradiction (see `conflict_view.sides`)."""
    picture_buttons(
        lambda form: page_pictures.sides_sheet(cache.atlas(), sides, form, lang), t("conflict_map", lang), lang
    )


def buttons(view: View, ids: tuple[str, ...], deck: str, name: str) -> None:
    """Show the buttons for some zones.

    Parameters
    ----------
    ids : tuple of str
        Zones of the page.
    deck : {"area", "overlap", "indicators"}
        Slides that tell what the page tells.
    name : str
        Name of the files, without version and ending.
    """
    lang, version = view.lang, cache.atlas().version
    report = f"{t('report_file', lang)}_{version}.docx"
    st.download_button(
        t("download_pptx", lang), lambda: _slides(ids, deck, lang), f"{name}_{version}.pptx", PPTX,
        on_click="ignore", key=f"{deck}-pptx",
    )  # fmt: skip
    st.download_button(
        t("download_docx", lang), lambda: _report(ids, lang), report, DOCX, on_click="ignore", key=f"{deck}-docx"
    )
    if cache.atlas().zones.loc[list(ids)].geometry.notna().any():
        st.download_button(
            t("download_html", lang), lambda: _html(ids, lang), f"{name}_{version}.html", "text/html",
            on_click="ignore", key=f"{deck}-html",
        )  # fmt: skip


# Drawing libraries are heavy and rarely asked for.


def _slides(ids: tuple[str, ...], deck: str, lang: str) -> bytes:
    from layers.slides import slides_bytes

    atlas = cache.atlas()
    return slides_bytes(atlas, atlas.zones.loc[list(ids)], (deck,), lang)[0]


def _report(ids: tuple[str, ...], lang: str) -> bytes:
    from layers.report import report_docx

    atlas = cache.atlas()
    return report_docx(atlas, atlas.zones.loc[list(ids)], lang)[0]


def _html(ids: tuple[str, ...], lang: str) -> bytes:
    from layers.webmap import web_map_bytes

    atlas = cache.atlas()
    return web_map_bytes(atlas, atlas.zones.loc[list(ids)], lang)
