"""pydeck's GeoJsonLayer through `st.pydeck_chart`."""

import os
import sys
from pathlib import Path

import pydeck
import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
import voronoi

from needsmap.draw import palettes

SIZE = int(os.environ["MAP_BENCH_AREAS"])


@st.cache_resource(show_spinner=False)
def outlines(size: int):
    simple = voronoi.simple(size)
    return voronoi.geojson(size)["features"], tuple(simple["code"]), simple.total_bounds


kind = st.radio("Layer", voronoi.LAYERS, horizontal=True)
features, codes, box = outlines(SIZE)
classes = voronoi.classes(kind, codes)
colours = [[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in palettes.ramp(kind)]
shown = [
    {**feature, "properties": {"code": code, "fill": colours[int(classes[code])]}}
    for feature, code in zip(features, codes, strict=True)
]
deck = pydeck.Deck(
    layers=[
        pydeck.Layer(
            "GeoJsonLayer", {"type": "FeatureCollection", "features": shown}, id="areas",
            get_fill_color="properties.fill", pickable=True, stroked=False,
        )
    ],
    initial_view_state=pydeck.ViewState(
        longitude=float(box[0] + box[2]) / 2, latitude=float(box[1] + box[3]) / 2,
        zoom=voronoi.zoom(box),
    ),
    map_provider=None,
)  # fmt: skip
event = st.pydeck_chart(deck, key="map", height=500, on_select="rerun")
picked = (event.selection.objects.get("areas") or []) if event else []
st.text(f"Chosen: {picked[0]['properties']['code'] if picked else 'none'}")
