"""plotly's `choropleth_map`, with outlines by URL or embedded (MAP_BENCH_EMBED=1)."""

import json
import os
import sys
from pathlib import Path

import plotly.graph_objects as go
import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
import voronoi

from needsmap.draw import palettes
from needsmap.draw.packed import PUBLISHED, pack_quickly

SIZE = int(os.environ["MAP_BENCH_AREAS"])


@st.cache_resource(show_spinner=False)
def outlines(size: int):
    simple = voronoi.simple(size)
    found = voronoi.geojson(size)
    if os.environ.get("MAP_BENCH_EMBED"):
        return found, tuple(simple["code"]), simple.total_bounds
    body = json.dumps(found, separators=(",", ":")).encode()
    name = PUBLISHED.put("plotly", pack_quickly(body, "application/json"))
    return f"/outlines/{name}", tuple(simple["code"]), simple.total_bounds


kind = st.radio("Layer", voronoi.LAYERS, horizontal=True)
geojson, codes, box = outlines(SIZE)
classes = voronoi.classes(kind, codes)
colours = palettes.ramp(kind)
steps = [[(i + j) / 5, colour] for i, colour in enumerate(colours) for j in (0, 1)]
figure = go.Figure(
    go.Choroplethmap(
        geojson=geojson, locations=list(codes), z=[int(classes[c]) for c in codes], zmin=-0.5,
        zmax=4.5, colorscale=steps, showscale=False, marker={"opacity": 1, "line": {"width": 0.3}},
    )
)  # fmt: skip
# Of plotly's own styles only this one draws without the internet.
figure.update_layout(
    map={
        "style": "white-bg",
        "center": {"lon": float(box[0] + box[2]) / 2, "lat": float(box[1] + box[3]) / 2},
        "zoom": voronoi.zoom(box),
    },
    margin={"l": 0, "r": 0, "t": 0, "b": 0},
    height=500,
)
event = st.plotly_chart(figure, key="map", on_select="rerun", theme=None)
points = event["selection"]["points"] if event else []
st.text(f"Chosen: {points[0].get('location', '?') if points else 'none'}")
