"""Serves the map harness through the same routes and guards as the real app."""

from pathlib import Path

import streamlit as st

from needsmap.ui import server

app = st.App(
    Path(__file__).with_name("map_app.py"), routes=server.routes(), middleware=server.middleware()
)
