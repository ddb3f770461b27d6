"""Files a browser sent: Streamlit holds them in memory until the session ends, unless they are let go of before."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

KEY = "uploads-held"


def hold(file_ids: Sequence[str]) -> None:
    """Note which files the box holds now; those it held before and holds no more leave the memory."""
    held: tuple[str, ...] = st.session_state.get(KEY, ())
    st.session_state[KEY] = tuple(file_ids)
    _let_go([each for each in held if each not in file_ids])


def _let_go(file_ids: Sequence[str]) -> None:
    context = get_script_run_ctx()
    # Only this manager keeps files in memory, and can let go of one.
    if context is None or not isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        return
    for each in file_ids:
        context.uploaded_file_mgr.remove_file(context.session_id, each)
