"""The front door of Needs Map: `streamlit run dashboard.py`.

`app` is the whole web application: the frame and its pages, our own routes and the
security headers. `streamlit run` finds it by its name. When this file is itself run as
a page script (as the page tests do), it shows the frame directly.
"""

import runpy

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from needsmap.ui import server

app = st.App(
    server.HOME,
    routes=server.routes(),
    middleware=server.middleware(),
    lifespan=server.lifespan,
)

if get_script_run_ctx(suppress_warning=True) is not None:
    runpy.run_path(str(server.HOME), run_name="__main__")
