"""The search box: words go to `zones.search`, the only ranking there is; its answers come back as a list."""

from typing import Any

import streamlit as st

from layers.style import KIND_COLOURS
from ui import cache, components, state
from ui.words.i18n import strings
from zones.search import search

LIMIT = 30
"""Most answers listed: the name of a scheme stands for all its zones."""
QUERY = "search-query"


@st.fragment
def show(lang: str) -> None:
    """Mount the search box. A fragment: typing reruns this part alone, never the map."""
    if st.session_state.pop("search-picked", None):
        st.rerun()
    data = {
        "lang": lang,
        "query": st.session_state.get(QUERY, ""),
        "found": found(st.session_state.get(QUERY, "")),
        "strings": strings(lang, "search", "search_hint", "nothing_found", "clear"),
    }
    components.mount("search", data, query=_typed, picked=_picked)


def found(words: str) -> list[dict[str, Any]]:
    """Return the zones that fit the words, best first, as the list shows them."""
    if not words:
        return []
    atlas = cache.atlas()
    return [
        {
            "id": row.zone_id,
            "zh": row.name_zh,
            "en": row.name_en,
            "colour": KIND_COLOURS[row.kind],
            "plan_zh": atlas.plans[row.plan_id].plan.short.zh,
            "plan_en": atlas.plans[row.plan_id].plan.short.en,
        }
        for row in search(atlas.zones, words, LIMIT).itertuples()
    ]


def _typed() -> None:
    words = components.said("search", "query")
    if words is not None:
        st.session_state[QUERY] = str(words)[:80]


def _picked() -> None:
    picked = components.said("search", "picked")
    if picked:
        st.session_state["search-picked"] = True
        state.pick(picked, go=True)
