"""Receipts files a person has at hand: kept for the session, held against new shapes, those that turn stale listed."""

from pathlib import Path

import streamlit as st

from layers.write import write_atomically
from ui import components
from ui.desk import adopting
from ui.desk import official_view as views
from ui.imports import own_layers
from ui.plans.current_values import received
from ui.sentences import faults
from ui.verify_files import HOLDING, MOST_BYTES
from ui.words.i18n import t
from zones import Atlas
from zones.errors import ZonesError
from zones.official.follows import StaleFile

KEY = "official-receipts"


def receipt_files(before: Atlas, after: Atlas, lang: str, name: str) -> list[StaleFile]:
    """Show a box for files with receipts, and which of their figures new shapes make stale."""
    views.part(t("official_receipts", lang))
    told = {"upload": t("official_receipts_add", lang), "upload_note": t("official_receipts_note", lang)}
    components.mount(
        "upload", {"accept": ",".join(HOLDING), "most": MOST_BYTES, "strings": told, "lang": lang},
        name=f"{name}-receipts", file=lambda: _taken(name),
    )  # fmt: skip
    found = []
    for path in st.session_state.get(KEY, ()):
        try:
            [file] = adopting.stale_files([path], before, after)
        except ZonesError as error:
            faults.show(str(error).replace(f"{path.parent}/", ""), lang)
            continue
        found.append(file)
        _verdict(file, after, lang, f"{name}-{path.stem}")
    return found


def _verdict(file: StaleFile, atlas: Atlas, lang: str, name: str) -> None:
    text = t("official_stale", lang, name=file.name, all=len(file.receipts), n=len(file.stale))
    if file.stale_before:
        text += t("official_stale_before", lang, n=file.stale_before)
    st.caption("".join(f"\\{mark}" if mark in r"\`*_{}[]<>#|~$" else mark for mark in text))
    if file.stale:
        components.mount("table", views.stale_table(atlas, file, lang), name=f"stale-{name}")


def _taken(name: str) -> None:
    said = components.said(f"{name}-receipts", "file")
    if isinstance(said, dict):
        sent = received(said)
        folder = own_layers.folder() / "receipts"
        folder.mkdir(exist_ok=True)
        path = write_atomically(folder / (Path(sent.name.replace("\\", "/")).name or "file"), sent.content)
        held: tuple[Path, ...] = st.session_state.get(KEY, ())
        st.session_state[KEY] = (*(each for each in held if each != path), path)
