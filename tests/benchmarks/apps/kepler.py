"""kepler.gl's own widget, served from its Python package, with outlines by URL.

`keplergl` has no Streamlit element: its widget is given a model, as in a notebook. Told of a
new configuration it keeps the layer it has (0.4.0: `keepExistingConfig`), so at a change the
widget is made anew, as kepler.gl's own element for Streamlit does with its page; data and
program stay in the browser and only the configuration travels. The widget sends no clicks to
Python.
"""

import os
import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
import json

import voronoi

from needsmap.draw import palettes
from needsmap.draw.packed import PUBLISHED, pack_quickly

SIZE = int(os.environ["MAP_BENCH_AREAS"])
_SHIM = """
export default async function (element) {
  const { data, parentElement } = element;
  if (!parentElement.ready) {
    parentElement.ready = Promise.all([
      import(location.origin + "/kepler/widget.js"),
      fetch(data.outlines).then((answer) => answer.json()),
    ]);
  }
  const [widget, found] = await parentElement.ready;
  if (parentElement.leave) parentElement.leave();
  if (parentElement.box) parentElement.box.remove();
  const values = {
    data: { areas: { id: "areas", data: found, format: "geojson" } },
    config: data.config, height: 500,
  };
  const model = {
    get: (name) => values[name], set: (name, value) => { values[name] = value; },
    on: () => {}, off: () => {}, save_changes: () => {},
  };
  const box = parentElement.box = document.createElement("div");
  box.className = "needs-kepler"; box.style.height = "500px";
  parentElement.appendChild(box);
  parentElement.leave = widget.default.render({ model: model, el: box });
}
"""
_element = st.components.v2.component("kepler", js=_SHIM, isolate_styles=False)


@st.cache_resource(show_spinner=False)
def outlines(size: int):
    found = voronoi.geojson(size)
    simple = voronoi.simple(size)
    for layer in voronoi.LAYERS:
        classes = voronoi.classes(layer, tuple(simple["code"]))
        for feature in found["features"]:
            feature["properties"][layer] = int(classes[feature["properties"]["code"]])
    body = json.dumps(found, separators=(",", ":")).encode()
    name = PUBLISHED.put("kepler", pack_quickly(body, "application/json"))
    return f"/outlines/{name}", simple.total_bounds


def config(layer: str, box) -> dict:
    colours = {"name": layer, "type": "custom", "category": "Custom",
               "colors": list(palettes.ramp(layer))}  # fmt: skip
    return {
        "version": "v1",
        "config": {
            "visState": {"layers": [{
                "id": "areas", "type": "geojson",
                "config": {
                    "dataId": "areas", "label": "areas", "columns": {"geojson": "_geojson"},
                    "isVisible": True,
                    "visConfig": {"opacity": 1, "filled": True, "stroked": False,
                                  "colorRange": colours},
                },
                "visualChannels": {
                    "colorField": {"name": layer, "type": "integer"}, "colorScale": "quantize",
                },
            }]},
            "mapState": {
                "latitude": float(box[1] + box[3]) / 2, "longitude": float(box[0] + box[2]) / 2,
                "zoom": voronoi.zoom(box),
            },
            "mapStyle": {"styleType": "no_map"},
        },
    }  # fmt: skip


kind = st.radio("Layer", voronoi.LAYERS, horizontal=True)
address, box = outlines(SIZE)
_element(key="map", data={"outlines": address, "config": config(kind, box)})
st.text("Chosen: none")
