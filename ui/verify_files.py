"""Files given for verification: sent in parts or named on this machine, the one to verify and those it rests on."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from ui.imports import own_layers, sending
from ui.imports.sending import Box, Source
from ui.words.i18n import t
from zones.errors import InputError
from zones.intake.import_guard import SUFFIXES as KINDS
from zones.intake.import_guard import fits, full_path, head_of
from zones.proof.georef_again import SUFFIXES as PICTURES
from zones.proof.passport import SUFFIXES as CARRIERS

MOST_BYTES = 64 * 1024 * 1024
"""Of what is read in the app's own process; a GeoTIFF, read in another, may be larger."""

HOLDING = (".json", ".geojson", ".gpkg", ".csv", *CARRIERS)
"""Files that hold receipts."""

ACCEPTED = (*HOLDING, *PICTURES)
RESTED_ON = (".json", ".geojson", ".gpkg", ".parquet", ".kml", ".kmz", ".dxf", ".csv", ".xlsx", ".zip")
"""Files that receipts rest on. Their content has to fit: GDAL goes by it, and some formats lead it to other files."""

ORIGINALS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".pdf")
"""Pictures that are georeferenced; of one only the hash is taken, so its content is not looked at."""

RESTED, ORIGINAL, WORKSPACE = "verify_source", "verify_original", "verify_workspace"
"""Boxes for a file that is needed, and for two that are welcome; their words go by these names."""

KEPT, OF, SOURCES = "verify-kept", "verify-of", "verify-sources"


def choose(lang: str) -> Source | None:
    """Show where a file may come from; return the one chosen, None as long as there is none."""
    ways, kept = ("from_upload", "from_path"), st.session_state.setdefault(KEPT, {})
    if "verify-way" not in st.session_state:
        st.session_state["verify-way"] = kept.get("way", ways[0])
    kept["way"] = way = st.segmented_control(
        t("verify_from", lang), ways, format_func=lambda key: t(key, lang), required=True, key="verify-way"
    )
    given = sending.path_box("verify", kept, local, lang) if way == "from_path" else sending.upload_box(BOX, lang)
    which = str(given.path) if given else ""
    if st.session_state.get(OF) != which:
        st.session_state[OF], st.session_state[SOURCES] = which, {}
        for kind in (RESTED, ORIGINAL, WORKSPACE):
            st.session_state.pop(_source_box(kind, "", ()).taken, None)
    return given


def local(text: str) -> Path:
    """Return the file to verify that a person names on this machine by its full path.

    Raises
    ------
    InputError
        If it is no full path, lies on another machine, is of another kind, or does not exist.
    """
    path = full_path(text)
    _check_name(str(path), ACCEPTED)
    head_of(path)
    return path


def keep(name: str, path: Path) -> Path:
    """Put a file that has come into a folder of its own, under the last part of its name.

    Raises
    ------
    InputError
        If it is of a kind that is not verified; then it is gone.
    """
    return _kept(name, path, ACCEPTED)


BOX = Box("verify", ",".join(ACCEPTED), keep)


def sources() -> Mapping[str, Path]:
    """Return the files given so far that the chosen one rests on, by name."""
    held: dict[str, Path] = st.session_state.setdefault(SOURCES, {})
    return held


def ask_source(lang: str, name: str = "", kind: str = RESTED, accept: tuple[str, ...] = RESTED_ON) -> None:
    """Show the box, or where the first file was named the field, for a file that the chosen one rests on.

    Parameters
    ----------
    name : str
        As receipts name it.
    kind : str
        Which box: `RESTED`, `ORIGINAL` or `WORKSPACE`.
    accept : tuple of str
        File name endings that are taken.
    """
    if st.session_state[KEPT]["way"] == "from_path":
        key = f"{kind}-path-{len(sources())}"
        text = st.text_input(t(f"{kind}_upload", lang, name=name), key=key, width=640, max_chars=1000)
        given = sending.named(text, lambda told: _named_source(told, accept))
    else:
        box = _source_box(kind, name, accept)
        given = sending.upload_box(box, lang)
        if given is not None and given.path is not None:
            # The next one that is missing starts with an empty box.
            st.session_state.pop(box.taken, None)
    if given is None:
        return
    if given.path is None:
        raise InputError(str(given.fault))
    st.session_state[SOURCES] = {**sources(), given.name: given.path}
    st.rerun()


def _named_source(text: str, accept: tuple[str, ...]) -> Path:
    path = full_path(text)
    head_of(path)
    return sound(path.name, path, accept)


def _source_box(kind: str, name: str, accept: tuple[str, ...]) -> Box:
    return Box(
        kind, ",".join(accept), lambda sent, path: sound(sent, _kept(sent, path, accept), accept), name
    )  # fmt: skip


def sound(name: str, path: Path, accept: tuple[str, ...] = RESTED_ON) -> Path:
    """Return a file that receipts rest on, if it is what its name says.

    Raises
    ------
    InputError
        If it is of another kind, or too large to be read here.
    """
    _check_name(name, accept)
    kind = KINDS.get(Path(name).suffix.lower())
    if accept is not ORIGINALS and kind is not None and not fits(kind, head_of(path)):
        suffix = Path(name).suffix.lower()
        raise InputError(f"{name}: the content is not what {suffix} files hold; give the file as it was")
    return path


def too_large(path: Path) -> bool:
    """Tell whether a file is larger than what is read in the app's own process."""
    return path.stat().st_size > MOST_BYTES


def _kept(name: str, path: Path, accept: tuple[str, ...]) -> Path:
    last = Path(name.replace("\\", "/")).name or "file"
    try:
        _check_name(last, accept)
    except InputError:
        path.unlink()
        raise
    return path.replace(Path(tempfile.mkdtemp(prefix="verify-", dir=own_layers.folder())) / last)


def _check_name(name: str, accept: tuple[str, ...]) -> None:
    suffix = Path(name).suffix.lower()
    if suffix not in accept:
        raise InputError(f"{name}: '{suffix}' files are not taken here; verify with the command 'zones verify'")
