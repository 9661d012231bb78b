"""`st_folium` fed as sparingly as it can be: outlines by URL once, values alone after.

The folium map never changes, so its frame stays; a feature group carries one digit an
area. It relies on the name `map_div` that st_folium gives its map.
"""

import os
import sys
from pathlib import Path

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

sys.path.insert(0, str(Path(__file__).parent))
import json

import voronoi

from needsmap.draw import palettes
from needsmap.draw.packed import PUBLISHED, pack_quickly

SIZE = int(os.environ["MAP_BENCH_AREAS"])
folium.Map.default_js = [("leaflet", "../../leaflet/leaflet.js")]
folium.Map.default_css = [("leaflet_css", "../../leaflet/leaflet.css")]


class Outlines(MacroElement):
    """Fetches the outlines once and keeps them for `Values`."""

    _template = Template("""{% macro script(this, kwargs) %}
        window.areas = L.geoJSON(null, { style: { stroke: false, fillOpacity: 1 } });
        window.areas.addTo({{ this._parent.get_name() }});
        window.paint = () => {
            let at = 0;
            if (window.values) window.areas.eachLayer((area) => area.setStyle(
                { fillColor: window.values[0][window.values[1][at++]] }));
        };
        fetch({{ this.address|tojson }}).then((answer) => answer.json()).then((found) => {
            window.areas.addData(found);
            window.paint();
        });
    {% endmacro %}""")

    def __init__(self, address):
        super().__init__()
        self._name = "outlines"
        self.address = address


class Values(MacroElement):
    """One digit an area, and the colours they mean."""

    _template = Template("""{% macro script(this, kwargs) %}
        window.values = [{{ this.colours|tojson }}, {{ this.digits|tojson }}];
        if (window.paint) window.paint();
    {% endmacro %}""")

    def __init__(self, colours, digits):
        super().__init__()
        self._name = "values"
        self.colours, self.digits = list(colours), digits


@st.cache_resource(show_spinner=False)
def outlines(size: int):
    body = json.dumps(voronoi.geojson(size), separators=(",", ":")).encode()
    simple = voronoi.simple(size)
    name = PUBLISHED.put("values", pack_quickly(body, "application/json"))
    return f"/outlines/{name}", tuple(simple["code"]), simple.total_bounds


kind = st.radio("Layer", voronoi.LAYERS, horizontal=True)
address, codes, (west, south, east, north) = outlines(SIZE)
shown = folium.Map(tiles=None, zoom_snap=0.25, prefer_canvas=True)
shown.fit_bounds([[south, west], [north, east]])
shown.add_child(Outlines(address))
group = folium.FeatureGroup()
classes = voronoi.classes(kind, codes)
group.add_child(Values(palettes.ramp(kind), "".join(classes[code] for code in codes)))
event = st_folium(
    shown, key="map", height=500, use_container_width=True, feature_group_to_add=group,
    returned_objects=["last_active_drawing"],
)  # fmt: skip
feature = event.get("last_active_drawing") or {}
st.text(f"Chosen: {feature.get('properties', {}).get('code', 'none')}")
