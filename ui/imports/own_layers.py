"""Layers a person brought along: kept for the session only, apart from everyone else's, then deleted."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

KEY = "own-layers"


@dataclass(frozen=True)
class OwnLayer:
    """One layer that was imported and accepted.

    Attributes
    ----------
    name : str
        What the person sees; unique in the session.
    path : Path
        GeoParquet in EPSG:4490, in the session's folder.
    fields : tuple of str
        Attributes, without the geometry.
    features : int
    """

    name: str
    path: Path
    fields: tuple[str, ...]
    features: int


def folder() -> Path:
    """Return the folder of this session, which goes when the session does."""
    key = f"{KEY}-folder"
    if key not in st.session_state:
        st.session_state[key] = tempfile.TemporaryDirectory(prefix="atlas-own-")
    return Path(st.session_state[key].name)


def layers() -> tuple[OwnLayer, ...]:
    """Return the layers brought along in this session, oldest first."""
    return tuple(st.session_state.get(KEY, ()))


def add(layer: OwnLayer) -> None:
    """Keep a layer; one of the same name is replaced."""
    st.session_state[KEY] = (*(each for each in layers() if each.name != layer.name), layer)


def remove(name: str) -> None:
    """Forget a layer and delete its file."""
    for each in layers():
        if each.name == name:
            each.path.unlink(missing_ok=True)
    st.session_state[KEY] = tuple(each for each in layers() if each.name != name)
