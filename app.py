"""Streamlit front door: page config, the shared frame and navigation; nothing else."""

import streamlit as st

from ui import frame

page = st.navigation(frame.pages(), position="hidden")
st.set_page_config(page_title=frame.title(page), page_icon=frame.ICON, layout="wide", initial_sidebar_state="collapsed")
frame.run(page)
