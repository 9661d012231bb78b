"""Serves ours.py through the routes and guards of the real app."""

from pathlib import Path

import streamlit as st

from needsmap.ui import server

app = st.App(
    Path(__file__).with_name("ours.py"), routes=server.routes(), middleware=server.middleware()
)
