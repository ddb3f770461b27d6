"""Buttons that hand a page over as slides, report, map sheet or one-file map, made when they are pressed."""

import streamlit as st

from ui import cache
from ui.i18n import t
from ui.state import View

OFFICE = "application/vnd.openxmlformats-officedocument"
PPTX = f"{OFFICE}.presentationml.presentation"
DOCX = f"{OFFICE}.wordprocessingml.document"


def map_button(ids: tuple[str, ...], title: str, lang: str) -> None:
    """Show the button that hands a small map over as a sheet of its zones, marked for internal use."""
    st.download_button(
        t("download_map", lang), lambda: _map(ids, title, lang), f"{title}_{cache.atlas().version}.png", "image/png",
        on_click="ignore", key="map-png",
    )  # fmt: skip


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


def _map(ids: tuple[str, ...], title: str, lang: str) -> bytes:
    from layers.sheet import draw_sheet
    from layers.sheet_files import sheet_file
    from layers.sheet_plan import Order

    atlas = cache.atlas()
    frame, comma = atlas.zones.loc[list(ids)], "、" if lang == "zh" else ", "
    named = f"{title}{'：' if lang == 'zh' else ': '}{comma.join(frame[f'name_{lang}'].iloc[:2])}"
    return sheet_file(atlas, draw_sheet(atlas, frame, Order(named, lang=lang)), "png")[0]


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
