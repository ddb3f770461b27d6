"""Streamlit front door: page config, the shared frame and navigation; nothing else."""

import streamlit as st

from ui import frame

st.set_page_config(page_title=frame.title(), page_icon=frame.ICON, layout="wide", initial_sidebar_state="collapsed")
frame.run(st.navigation(frame.pages(), position="hidden"))
