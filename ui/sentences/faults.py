"""The one way the app says what went wrong: in the language of the page, and as it is typed."""

import streamlit as st

from ui.counting.tabulate_view import plain
from ui.sentences.sentences import translate


def show(text: str, lang: str) -> None:
    """Show the sentence of an error, line by line where it has several; names in it are no Markdown."""
    st.error(plain(translate(text, lang)).replace("\n", "  \n"))
