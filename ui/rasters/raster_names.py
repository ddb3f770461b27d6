"""The names of a raster's classes from a table that a person sends beside it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui import components, state
from ui.counting.tabulate_view import plain
from ui.imports import own_layers
from ui.imports.sending import PART_BYTES
from ui.plans import current_values
from ui.plans.current_values import Sent
from ui.sentences import faults
from ui.words.i18n import t
from zones.counting import parcel_files
from zones.errors import ZonesError
from zones.rasters.raster_classes import MOST_BYTES, names_in

BOX, TAKEN = "raster-names", "raster-names-taken"


@dataclass(frozen=True)
class Names:
    """A table of class names, or why it is none."""

    table: str
    names: tuple[tuple[int, str], ...] = ()
    fault: str | None = None


def choose(lang: str) -> Names | None:
    """Show the box for a table; return the one sent, None where there is none that can be read."""
    taken: Names | None = st.session_state.get(TAKEN)
    most = min(MOST_BYTES, PART_BYTES)
    told = {
        "upload": t("raster_names" if taken is None else "raster_names_again", lang),
        "upload_note": t("raster_names_note", lang),
        "sending": t("layer_sending", lang),
    }
    held = [taken.table, str(hash(taken))] if taken else []
    data = {"accept": ".csv", "most": most, "strings": told, "held": held, "part": PART_BYTES, "next": None}
    components.mount("upload", data, name=BOX, part=_came)
    if taken is None:
        return None
    if taken.fault is not None:
        faults.show(taken.fault, lang)
        return None
    st.caption(plain(t("raster_names_known", lang, name=taken.table, n=len(taken.names))))
    return taken


def of_order(names: Names) -> dict[str, Any]:
    """Return what an order takes of a table."""
    return {"names": names.names, "names_from": names.table}


def _came() -> None:
    said = components.said(BOX, "part")
    if isinstance(said, dict):
        lang = st.session_state[state.KEY].lang
        st.session_state[TAKEN] = taken(current_values.received(said), own_layers.folder(), lang)


def taken(sent: Sent, folder: Path, lang: str) -> Names:
    """Return the names in a table as it was sent; its file is not kept."""
    if sent.size > MOST_BYTES or sent.size != len(sent.content):
        return Names(sent.name, fault=t("layer_not_sent", lang, name=sent.name))
    with tempfile.TemporaryDirectory(dir=folder) as place:
        path = Path(place) / "names.csv"
        parcel_files.add_part(path, 0, sent.content)
        try:
            return Names(sent.name, tuple(names_in(path).items()))
        except ZonesError as error:
            return Names(sent.name, fault=str(error).replace(str(path), sent.name))
