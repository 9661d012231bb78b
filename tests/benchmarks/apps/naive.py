"""The naive way: `st_folium` with GeoJson, a style function and tooltips, for comparison."""

import os
import sys
from pathlib import Path

import folium
import streamlit as st
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).parent))
import voronoi

from needsmap.draw import palettes

SIZE = int(os.environ["MAP_BENCH_AREAS"])
# Leaflet from the same place as ours: without the internet this way draws nothing.
folium.Map.default_js = [("leaflet", "../../leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "../../leaflet/leaflet.css")]


@st.cache_resource(show_spinner=False)
def world(size: int):
    return voronoi.full(size)


kind = st.radio("Layer", voronoi.LAYERS, horizontal=True)
areas = world(SIZE)
classes = voronoi.classes(kind, tuple(areas["code"]))
colours = palettes.ramp(kind)
west, south, east, north = areas.total_bounds
shown = folium.Map(tiles=None, zoom_snap=0.25)
shown.fit_bounds([[south, west], [north, east]])
folium.GeoJson(
    areas,
    style_function=lambda f: {
        "fillColor": colours[int(classes[f["properties"]["code"]])],
        "fillOpacity": 1, "weight": 0.5, "color": palettes.SWATCH_EDGE,
    },
    tooltip=folium.GeoJsonTooltip(fields=["name", "code"]),
).add_to(shown)  # fmt: skip
event = st_folium(
    shown, key="map", height=500, use_container_width=True, returned_objects=["last_active_drawing"]
)
feature = event.get("last_active_drawing") or {}
st.text(f"Chosen: {feature.get('properties', {}).get('code', 'none')}")
