"""Where a raster comes from: the box for a file, or a path on this machine where the server is this machine's own."""

import tempfile
from pathlib import Path

import streamlit as st

from ui.imports import sending
from ui.imports.sending import Box, Source
from ui.state import View
from ui.words.i18n import t
from zones.errors import InputError
from zones.intake.import_guard import full_path, head_of

KEPT = "raster-kept"
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
        return sending.path_box("raster", kept, local, lang)
    return sending.upload_box(BOX, lang)


def keep(name: str, path: Path) -> Path:
    """Put a raster that has come into a folder of its own: files beside a raster can say what its cells mean.

    Raises
    ------
    InputError
        If its name is not that of a GeoTIFF; then it is gone.
    """
    try:
        _check_name(name)
    except InputError:
        path.unlink()
        raise
    return path.replace(Path(tempfile.mkdtemp(prefix="raster-", dir=path.parent)) / "raster.tif")


BOX = Box("raster", ",".join(SUFFIXES), keep)


def local(text: str) -> Path:
    """Return the raster a person names on this machine by its full path.

    Raises
    ------
    InputError
        If it is no full path, lies on another machine, is named as another kind, or does not exist.
    """
    path = full_path(text)
    _check_name(str(path))
    head_of(path)
    return path


def _check_name(name: str) -> None:
    if Path(name).suffix.lower() not in SUFFIXES:
        raise InputError(f"{name}: this kind of file is not taken; send a GeoTIFF (.tif)")
