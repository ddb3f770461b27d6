"""Where a raster comes from: the box for a file, or a path on this machine where the server is this machine's own."""

import tempfile
from dataclasses import replace
from pathlib import Path

import streamlit as st

from ui import components, state
from ui.counting.tabulate_source import MOST_BYTES, PART_BYTES, Coming, Source, reads_own_files
from ui.imports import own_layers
from ui.plans import current_values
from ui.plans.current_values import Sent
from ui.state import View
from ui.words.i18n import t
from zones.counting import parcel_files
from zones.errors import InputError

BOX = "raster-upload"
TAKEN, COMING, KEPT = "raster-taken", "raster-coming", "raster-kept"
SUFFIXES = (".tif", ".tiff")


def choose(view: View) -> Source | None:
    """Show where a raster may come from; return the one chosen, None as long as there is none."""
    lang = view.lang
    ways = ["from_upload", "from_path"]
    kept = st.session_state.setdefault(KEPT, {})
    if "raster-way" not in st.session_state:
        st.session_state["raster-way"] = kept.get("way", ways[0])
    kept["way"] = way = st.segmented_control(
        t("raster_source", lang), ways, format_func=lambda key: t(key, lang), required=True, key="raster-way"
    )
    if way == "from_path":
        return _path_box(lang)
    taken: Source | None = st.session_state.get(TAKEN)
    _upload_box(taken, lang)
    return taken


@st.fragment
def _upload_box(taken: Source | None, lang: str) -> None:
    told = {
        "upload": t("raster_upload" if taken is None else "raster_upload_again", lang),
        "upload_note": t("raster_upload_note", lang, most=MOST_BYTES >> 20),
        "sending": t("layer_sending", lang),
    }
    held = [taken.name, taken.path.parent.name if taken.path else taken.fault] if taken else []
    data = {"accept": ",".join(SUFFIXES), "most": MOST_BYTES, "strings": told, "held": held}
    coming: Coming | None = st.session_state.get(COMING)
    following = {"id": coming.id, "at": coming.at} if coming else None
    components.mount("upload", data | {"part": PART_BYTES, "next": following}, name=BOX, part=_part_came)
    if st.session_state.get(TAKEN) != taken:
        st.rerun()


def _part_came() -> None:
    said = components.said(BOX, "part")
    if not isinstance(said, dict):
        return
    sent = current_values.received(said)
    coming = Coming(str(said.get("id", ""))[:40], int(said.get("at", 0)))
    at, taken = take_part(sent, coming, own_layers.folder(), st.session_state[state.KEY].lang)
    st.session_state[COMING] = replace(coming, at=at)
    if taken is not None:
        st.session_state[TAKEN] = taken


def take_part(sent: Sent, coming: Coming, folder: Path, lang: str) -> tuple[int, Source | None]:
    """Take in a part of a raster; return how many bytes are there now, and the raster once all are."""
    path = folder / "raster-coming"
    if sent.size > MOST_BYTES:
        size = f"{sent.size / 1024**2:.1f}"
        fault = t("layer_too_large", lang, name=sent.name, size=size, most=MOST_BYTES >> 20)
        return sent.size, Source(sent.name, None, fault)
    if coming.at == 0:
        path.unlink(missing_ok=True)
    held = parcel_files.add_part(path, coming.at, sent.content)
    if held > MOST_BYTES or (held < sent.size and not sent.content):
        path.unlink(missing_ok=True)
        return sent.size, Source(sent.name, None, t("layer_not_sent", lang, name=sent.name))
    if held < sent.size:
        return held, None
    return sent.size, _kept(sent.name, path)


def _kept(name: str, path: Path) -> Source:
    if Path(name).suffix.lower() not in SUFFIXES:
        path.unlink(missing_ok=True)
        return Source(name, None, str(InputError(f"{name}: this kind of file is not taken; send a GeoTIFF (.tif)")))
    # A folder of its own: files beside a raster can say what its cells mean.
    place = Path(tempfile.mkdtemp(prefix="raster-", dir=path.parent))
    return Source(name, path.replace(place / "raster.tif"))


def _path_box(lang: str) -> Source | None:
    if not reads_own_files(str(st.get_option("server.address") or ""), st.context.headers):
        st.info(t("path_closed", lang))
        return None
    kept = st.session_state[KEPT]
    if "raster-path" not in st.session_state and kept.get("path"):
        st.session_state["raster-path"] = kept["path"]
    kept["path"] = text = st.text_input(
        t("raster_path", lang), placeholder=t("raster_path_hint", lang), key="raster-path", width=640, max_chars=1000
    )
    return local(text) if text and text.strip() else None


def local(text: str) -> Source:
    """Return the raster a person names on this machine by its full path, or why there is none."""
    told = text.strip().strip("\"'")
    if told.startswith(("\\\\", "//")):
        fault = InputError(f"{told}: lies on another machine; copy the file to this one, or upload it")
        return Source(told, None, str(fault))
    path = Path(told).expanduser()
    if not path.is_absolute():
        return Source(told, None, str(InputError(f"{told}: give the full path, from the root of the disk on")))
    if path.suffix.lower() not in SUFFIXES:
        return Source(told, None, str(InputError(f"{told}: this kind of file is not taken; send a GeoTIFF (.tif)")))
    if not path.is_file():
        return Source(told, None, str(InputError(f"{told}: no such file; check the name")))
    return Source(path.name, path)
