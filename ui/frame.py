"""What stands around every page: theme, top bar, rail with search, and the one place errors are caught."""

from functools import cache as once
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from layers import style
from ui import cache, components, rail, search_component, state
from ui.desk import desk_top
from ui.sentences import faults
from ui.static_files import style_sheet
from ui.words.i18n import strings, t
from ui.words.words_frame import streamlit_words
from zones.errors import ZonesError

FOLDER = Path(__file__).resolve().parent
ICON = FOLDER / "web" / "icon.svg"
GROUPS = {
    "group_browse": ("map",),
    "group_query": ("area", "tabulate", "raster"),
    "group_compare": ("overlap", "corridor", "conflicts"),
    "group_indicators": ("indicators",),
    "group_maps": ("sheet",),
    "group_results": ("import", "desk", "verify"),
}
"""Pages by what they are for, in the terms of GB/T 39972."""
PAGES = tuple(name for names in GROUPS.values() for name in names)
COLOURS = {
    "ink": style.INK,
    "ink-soft": style.INK_SOFT,
    "ink-faint": style.INK_FAINT,
    "accent": style.ACCENT,
    "paper": style.PAPER,
    "panel": style.PANEL,
    "rule": style.RULE,
    "outside": style.LAND_OUTSIDE,
    "sea-name": style.COAST_NAME,
    "halo": style.HALO,
    "district-name": style.DISTRICT_NAME,
    "station": style.STATION,
}


def title(page: StreamlitPage) -> str:
    """Return the title of the browser's tab, in the language of the session: the page first, then the product."""
    return f"{page.title} · {t('product', language())}"


def language() -> str:
    """Return the language of this session before anything is loaded, so that even a first error is in it."""
    view = st.session_state.get(state.KEY)
    asked = view.lang if view else st.query_params.get("lang", "")
    return asked if asked in state.LANGUAGES else state.LANGUAGES[0]


def pages() -> list[StreamlitPage]:
    """Return the pages, the map first."""
    lang = language()
    return [
        st.Page(FOLDER / "pages" / f"{name}_page.py", title=t(name, lang), url_path=name, default=name == "map")
        for name in PAGES
    ]


def run(page: StreamlitPage) -> None:
    """Show the frame and the page in it; an error of the atlas is shown as its sentence."""
    st.html(f"<style>{theme()}</style>")
    desk_top.remember()
    try:
        tree = cache.tree()
        view = state.current(tree)
        name = page.url_path or PAGES[0]
        # At the desk, a zone picked in the rail is one to draw.
        stays = name == "map" or (
            name == "desk" and st.session_state.get(desk_top.BENCH, desk_top.FIRST) == desk_top.FIRST
        )
        if state.wants_map() and not stays:
            st.switch_page(FOLDER / "pages" / "map_page.py")
        _top_bar(view.lang, name)
        with st.container(key="rail"):
            search_component.show(view.lang)
            rail.show(tree, view)
        page.run()
        state.write_address(state.current(tree), tree)
    except ZonesError as error:
        with st.container(key="error"):
            faults.show(str(error), language())


def _top_bar(lang: str, page: str) -> None:
    version = t("data_version", lang, version=cache.atlas().version)
    with st.container(key="topbar", horizontal=True, vertical_alignment="center", wrap=False, gap="small"):
        st.html(
            f"<p class='z-brand'><b>{t('product', lang)}</b><span>{t('place', lang)}</span>"
            f"<small class='z-version'>{version}</small></p>",
            width="content",
        )
        words = strings(lang, "pages", page)
        components.mount("menu", {"page": page, "label": words["pages"], "now": words[page]})
        _page_links(lang, page, version)
        st.button(t("other_language", lang), key="language", on_click=_switch_language, type="tertiary")
    words = strings(lang, "layers_search", "skip", "page_computing", "stop")
    components.mount("frame", {"lang": lang, "page": page, "strings": words, "streamlit": streamlit_words(lang)})


def _page_links(lang: str, page: str, version: str) -> None:
    """Show the way to each page: in one row where there is room, in groups below the menu button where not."""
    with st.container(key="pages", horizontal=True, vertical_alignment="center", wrap=False, gap=None):
        for group, names in GROUPS.items():
            with st.container(key=f"pages-{group}", horizontal=True, vertical_alignment="center", wrap=False, gap=None):
                st.html(f"<p class='z-group-name'>{t(group, lang)}</p>", width="content")
                for name in names:
                    current = "on" if name == page else "off"
                    with st.container(key=f"tab-{current}-{name}", width="content"):
                        st.page_link(FOLDER / "pages" / f"{name}_page.py", label=t(name, lang))
        st.html(f"<p class='z-menu-version'>{version}</p>", width="content")


def _switch_language() -> None:
    state.change(lang="en" if language() == "zh" else "zh")


@once
def theme() -> str:
    """Return the style sheet, with the colours of `layers.style` as its variables."""
    variables = "".join(f"--{name}:{value};" for name, value in COLOURS.items())
    return f":root{{{variables}}}{style_sheet()}"
