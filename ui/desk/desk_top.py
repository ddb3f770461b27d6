"""What all benches share: which state of the workspace they stand on, the name, edits from outside, the way around."""

import time
from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import cache
from ui.counting.tabulate_view import plain
from ui.desk import desk_history_view as views
from ui.words.i18n import t
from zones.errors import ZonesError
from zones.workspace import workspace
from zones.workspace.workspace_place import workspace_path

BENCH, WHO, SHOWN = "desk-bench", "desk-who", "desk-shown"
FIRST = "draw"
KEPT = (
    BENCH, "sides-mode", "history-why-act", "history-why-outside", "history-label", "official-authority",
    "official-paper", "official-date", "official-error", "publish-name", "publish-why",
)  # fmt: skip
"""What a person chose or wrote on a bench; it outlives a look at another page."""


def remember() -> None:
    """Keep what was written at the desk; Streamlit forgets what a run does not show."""
    for key in KEPT:
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]


def room(bench: str) -> DeltaGenerator:
    """Return the place of a bench; what another bench left there goes at once, not when this one has been computed."""
    place = st.empty()
    if st.session_state.get(SHOWN, bench) != bench:
        place.empty()
        # Two messages for one place are sent as one unless the first has gone.
        time.sleep(0.05)
    st.session_state[SHOWN] = bench
    return place.container()


def go(bench: str) -> None:
    """Go to another bench; to be called before the benches are shown, as by a button."""
    st.session_state[BENCH] = bench


def go_button(bench: str, lang: str, key: str) -> None:
    """Show the button that leads to the bench where the work goes on."""
    st.button(t("desk_go", lang, bench=t(f"desk_{bench}", lang)), key=key, on_click=go, args=(bench,))


def name_box(lang: str, key: str, width: int = 180) -> str:
    """Show the box for the person's name, the same on every bench; return the name."""
    given = st.text_input(
        t("desk_who", lang), value=st.session_state.get(WHO, ""), placeholder=t("desk_who_note", lang), key=key,
        width=width,
    )  # fmt: skip
    if given.strip():
        st.session_state[WHO] = given.strip()
    return given.strip()


def reason_box(lang: str, key: str, width: int = 320) -> str:
    """Show the box for the reason, the same on every bench; return the reason."""
    return st.text_input(t("desk_why", lang), placeholder=t("desk_why_hint", lang), key=key, width=width).strip()


def state_text(row: Mapping[str, Any], lang: str) -> str:
    """Return which revision a bench stands on, in one line."""
    stage = t(f"history_{row['stage']}", lang)
    told = {"n": row["revision"], "stage": stage, "who": row["who"], "at": views.local(row["at"])}
    return t("desk_state", lang, **told)


def outside_text(lang: str) -> str:
    """Return what was changed outside the desk and waits to be adopted; nothing where nothing was."""
    ids = workspace.zones_outside(workspace_path()) if workspace_path().is_file() else ()
    if not ids:
        return ""
    names = cache.atlas().zones[f"name_{lang}"].to_dict()
    return t("desk_outside", lang, names=views.zones_named(ids, names, lang))


def strip(bench: str, lang: str) -> None:
    """Show the sentence on what a bench is for, the revision it stands on, and edits from outside that wait."""
    st.html(f"<p class='z-lead z-bench-lead'>{t(f'desk_help_{bench}', lang)}</p>")
    path = workspace_path()
    try:
        if not path.is_file() or not path.stat().st_size:
            if bench not in ("history", "official"):
                st.caption(t("desk_none", lang))
            return
        st.caption(plain(state_text(workspace.revisions(path).iloc[0].to_dict(), lang)))
        outside = outside_text(lang)
    except ZonesError:
        # The bench itself says what is wrong with the file.
        return
    if outside and bench != "history":
        st.warning(plain(outside))
        go_button("history", lang, "desk-go-outside")
