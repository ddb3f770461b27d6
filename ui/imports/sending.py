"""A large file on its way from the browser, in parts; and who may name files of this machine in its place."""

import ipaddress
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import streamlit as st

from ui import components, state
from ui.imports import own_layers
from ui.plans import current_values
from ui.plans.current_values import Sent
from ui.words.i18n import t
from zones.counting.parcel_files import add_part
from zones.errors import InputError

MOST_BYTES = 200 * 1024 * 1024
"""Largest file taken through the browser; a file on this machine may be of any size."""

PART_BYTES = 12 * 1024 * 1024
"""A browser may send 25 MB at a time, and what it sends here grows by a third."""


@dataclass(frozen=True)
class Source:
    """A layer chosen: its name for people, and where it is; `fault` says why there is none."""

    name: str
    path: Path | None
    fault: str | None = None


@dataclass(frozen=True)
class Coming:
    """A file on its way in parts: which sending, and how many bytes are here."""

    id: str
    at: int


@dataclass(frozen=True)
class Box:
    """A box that takes a file.

    Attributes
    ----------
    kind : str
        `layer` or `raster`: how its words, its widget and what it holds are named.
    accept : str
        File name endings.
    keep : callable
        Takes the file's name and the path of its content, and returns where it was put; raises InputError.
    about : str
        Name that its words may tell.
    """

    kind: str
    accept: str
    keep: Callable[[str, Path], Path]
    about: str = ""

    @property
    def taken(self) -> str:
        """Key of what was taken, in the session."""
        return f"{self.kind}-taken"

    @property
    def coming(self) -> str:
        """Key of how much has come, in the session."""
        return f"{self.kind}-coming"


def upload_box(box: Box, lang: str) -> Source | None:
    """Show a box for a file; return what it took last, None as long as there is nothing."""
    taken: Source | None = st.session_state.get(box.taken)
    _mounted(box, taken, lang)
    return taken


@st.fragment
def _mounted(box: Box, taken: Source | None, lang: str) -> None:
    told = {
        "upload": t(f"{box.kind}_upload" if taken is None else f"{box.kind}_upload_again", lang, name=box.about),
        "upload_note": t(f"{box.kind}_upload_note", lang, most=MOST_BYTES >> 20),
        "sending": t("layer_sending", lang),
    }
    # The box takes its words anew whenever what it holds has changed.
    held = [taken.name, taken.path.parent.name if taken.path else taken.fault] if taken else []
    data = {"accept": box.accept, "most": MOST_BYTES, "part": PART_BYTES, "strings": told, "held": held}
    coming: Coming | None = st.session_state.get(box.coming)
    following = {"id": coming.id, "at": coming.at} if coming else None
    components.mount("upload", data | {"next": following}, name=f"{box.kind}-upload", part=partial(_part_came, box))
    if st.session_state.get(box.taken) != taken:
        # The page around the box shows what was taken.
        st.rerun()


def _part_came(box: Box) -> None:
    said = components.said(f"{box.kind}-upload", "part")
    if not isinstance(said, dict):
        return
    sent = current_values.received(said)
    coming = Coming(str(said.get("id", ""))[:40], int(said.get("at", 0)))
    path = own_layers.folder() / f"coming-{box.kind}"
    at, taken = take_part(sent, coming, path, st.session_state[state.KEY].lang, box.keep)
    st.session_state[box.coming] = replace(coming, at=at)
    if taken is not None:
        st.session_state[box.taken] = taken


def take_part(
    sent: Sent, coming: Coming, path: Path, lang: str, keep: Callable[[str, Path], Path]
) -> tuple[int, Source | None]:
    """Take in a part of a file; return how many bytes are there now, and the file once all are.

    Parameters
    ----------
    sent : Sent
        Name and size of the whole file, and the part.
    coming : Coming
        Which sending it belongs to, and where the part starts.
    path : Path
        Where the parts are put together, in the session's folder.
    keep : callable
        See `Box`.
    """
    if sent.size > MOST_BYTES:
        size = f"{sent.size / 1024**2:.1f}"
        fault = t("layer_too_large", lang, name=sent.name, size=size, most=MOST_BYTES >> 20)
        return sent.size, Source(sent.name, None, fault)
    if coming.at == 0:
        path.unlink(missing_ok=True)
    held = add_part(path, coming.at, sent.content)
    if held > MOST_BYTES or (held < sent.size and not sent.content):
        path.unlink(missing_ok=True)
        return sent.size, Source(sent.name, None, t("layer_not_sent", lang, name=sent.name))
    if held < sent.size:
        return held, None
    try:
        return sent.size, Source(sent.name, keep(sent.name, path))
    except InputError as error:
        return sent.size, Source(sent.name, None, str(error))


def path_box(name: str, kept: MutableMapping[str, str], local: Callable[[str], Path], lang: str) -> Source | None:
    """Show the field in which a file of this machine is named; return the file, None as long as there is none.

    Parameters
    ----------
    name : str
        Of the box: its key is `NAME-path`, its words are `NAME_path` and `NAME_path_hint`.
    kept : mapping
        Keeps what was written under `path`; Streamlit forgets what a run does not show.
    local : callable
        As `named` takes it.
    """
    if not may_name_files(lang):
        return None
    key = f"{name}-path"
    if key not in st.session_state and kept.get("path"):
        st.session_state[key] = kept["path"]
    kept["path"] = text = st.text_input(
        t(f"{name}_path", lang), placeholder=t(f"{name}_path_hint", lang), key=key, width=640, max_chars=1000
    )
    return named(text, local)


def named(text: str | None, local: Callable[[str], Path]) -> Source | None:
    """Return the file that a person names on this machine, or why there is none; None as long as nothing is said."""
    if not text or not text.strip():
        return None
    try:
        path = local(text)
    except InputError as error:
        return Source(text, None, str(error))
    return Source(path.name, path)


def may_name_files(lang: str) -> bool:
    """Tell whether this reader may name files of the machine that runs the app; say so where not."""
    allowed = reads_own_files(str(st.get_option("server.address") or ""), st.context.headers)
    if not allowed:
        st.info(t("path_closed", lang))
    return allowed


def reads_own_files(address: str, headers: Mapping[str, str]) -> bool:
    """Tell whether a reader may name files of the machine that runs the app.

    Only where the server listens to this machine alone, and the page was asked for under a name of this machine
    and through no proxy: whoever asks then sits at it.

    Parameters
    ----------
    address : str
        What the server is bound to.
    headers : mapping of str to str
        Of the request.
    """
    held = {name.lower(): value for name, value in headers.items()}
    proxied = held.keys() & {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"}
    host = held.get("host", "").rsplit(":", 1)[0].strip("[]")
    return _is_loopback(address) and _is_loopback(host) and not proxied


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
