"""Buttons that hand a page over as slides, report, map or one-file map, made when they are pressed."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import streamlit as st

from layers.sheets.map_check import Finding
from ui import cache
from ui.sheets import clearing, page_pictures
from ui.sheets.sheet_preview import MIME, file_name
from ui.state import View
from ui.words.i18n import t
from zones.units import Unit

if TYPE_CHECKING:
    from layers.sheets.map_use import MapUse

OFFICE = "application/vnd.openxmlformats-officedocument"
MADE = {"pptx": f"{OFFICE}.presentationml.presentation", "docx": f"{OFFICE}.wordprocessingml.document",
        "html": "text/html"}  # fmt: skip
Deck = Literal["area", "overlap", "indicators"]


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


def buttons(view: View, ids: tuple[str, ...], deck: Deck, name: str) -> None:
    """Show the buttons for some zones, and what the files are for; one for the public is checked and may be held back.

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
    row, below = st.container(horizontal=True, vertical_alignment="bottom", key=f"take-{deck}"), st.container()
    with row:
        purpose = clearing.use_picker(lang, deck, t("use_of_files", lang))
        number = _number(deck, lang) if purpose == "public" else ""
    forms = [form for form in MADE if form != "html" or cache.atlas().zones.loc[list(ids)].geometry.notna().any()]
    use, held_back = None, dict.fromkeys(forms, False)
    if purpose == "public":
        with below:
            use, held_back = _cleared(ids, deck, forms, number, lang)
    with row:
        for form in forms:
            file = t("report_file", lang) if form == "docx" else name
            st.download_button(
                t(f"download_{form}", lang), partial(_file, form, ids, deck, lang, use), f"{file}_{version}.{form}",
                MADE[form], on_click="ignore", key=f"{deck}-{form}", disabled=held_back[form],
            )  # fmt: skip


def _number(deck: str, lang: str) -> str:
    hint = t("review_hint", lang)
    return st.text_input(t("review_of", lang), placeholder=hint, max_chars=60, key=f"review-{deck}", width=280).strip()


def _cleared(
    ids: tuple[str, ...], deck: Deck, forms: Sequence[str], number: str, lang: str
) -> tuple["MapUse", dict[str, bool]]:
    """Check the files for the public; return their use with the sign-off given, and which of them are held back."""
    from layers.sheets.map_use import MapUse

    use = MapUse("public", number)
    with st.spinner(t("checking_files", lang)):
        found = {form: _findings(cache.stamp(), form, ids, deck, lang, number) for form in forms}
    # The same zones on another page make other slides.
    marked = (deck, lang, *ids)
    use = clearing.signed(marked, use)
    return use, clearing.told_of_files(marked, use, found, lang)


# Drawing libraries are heavy and rarely asked for.


@st.cache_data(max_entries=24, show_spinner=False)
def _findings(
    key: cache.Stamp, form: str, ids: tuple[str, ...], deck: Deck, lang: str, number: str
) -> tuple[Finding, ...]:
    """Return what the rules find in a file for the public that nobody signed off; the file is made for it."""
    from layers.reports.report import report_findings
    from layers.sheets.map_use import MapUse
    from layers.slides.slides import slides_findings
    from layers.web.webmap import web_map_findings

    del key
    atlas, use = cache.atlas(), MapUse("public", number)
    frame = atlas.zones.loc[list(ids)]
    if form == "pptx":
        return slides_findings(atlas, frame, (deck,), lang, use)
    return (report_findings if form == "docx" else web_map_findings)(atlas, frame, lang, use)


def _file(form: str, ids: tuple[str, ...], deck: Deck, lang: str, use: "MapUse | None") -> bytes:
    """Return slides, report or web page; for internal use without a use of its own."""
    from layers.reports.report import report_docx
    from layers.sheets.map_use import INTERNAL
    from layers.slides.slides import slides_bytes
    from layers.web.webmap import web_map_file

    atlas = cache.atlas()
    frame, asked = atlas.zones.loc[list(ids)], use or INTERNAL
    if form == "pptx":
        return slides_bytes(atlas, frame, (deck,), lang, asked)[0]
    if form == "docx":
        return report_docx(atlas, frame, lang, asked)[0]
    return web_map_file(atlas, frame, lang, use=asked)[0]
