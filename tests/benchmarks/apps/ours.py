"""Our map around invented areas, for the benchmark."""

import os
import sys
from pathlib import Path

import pandas as pd
import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
import voronoi

from needsmap.draw.maps import Around, Scene
from needsmap.tables import LegendEntry, MapLayer
from needsmap.ui.map_frame import publish_outlines, show_layer

SIZE = int(os.environ["MAP_BENCH_AREAS"])


@st.cache_resource(show_spinner=False)
def ground(size: int):
    return publish_outlines("bench", "small", voronoi.simple(size))


kind = st.radio("Layer", voronoi.LAYERS, horizontal=True)
served = ground(SIZE)
classes = voronoi.classes(kind, served.codes)
legend = tuple(LegendEntry(str(i), f"{kind} fifth {i + 1}", 1) for i in range(5))
chosen = show_layer(
    Scene(
        MapLayer(kind, kind, "small", classes, legend, pd.DataFrame()), served.codes, served.name
    ),
    Around(place="bench", box=served.box),
    height=500,
)  # fmt: skip
if chosen is not None:
    st.session_state["chosen"] = chosen
st.text(f"Chosen: {st.session_state.get('chosen', 'none')}")
