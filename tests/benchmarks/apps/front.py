"""Serves the app named by MAP_BENCH_APP through the routes and guards of the real app."""

import os
from importlib.util import find_spec
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from needsmap.ui import server

LEAFLET = Path(next(iter(find_spec("js_lib_leaflet").submodule_search_locations)))
KEPLER = find_spec("keplergl")
# Leaflet by itself, for st_folium: without the internet it would draw nothing.
routes = [
    *server.routes(), Mount("/leaflet", StaticFiles(directory=LEAFLET / "static/js_lib_leaflet"))
]  # fmt: skip
if KEPLER is not None:
    folder = Path(next(iter(KEPLER.submodule_search_locations))) / "static"
    routes.append(Mount("/kepler", StaticFiles(directory=folder)))
app = st.App(
    Path(__file__).with_name(os.environ["MAP_BENCH_APP"] + ".py"),
    routes=routes,
    middleware=server.middleware(),
)
