"""A tiny app around one map, so that the map can be tried without the pages."""

import os

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import streamlit as st

from needsmap.draw.maps import Around, Scene
from needsmap.tables import LegendEntry, MapLayer
from needsmap.ui.map_frame import publish_outlines, publish_services, show_layer

SIZE = int(os.environ.get("MAP_APP_AREAS", "139"))
HOSTILE = "{{7*7}} ${alert(1)} `x` <img src=x onerror=window.top.ran=1> {% raw %}"


@st.cache_resource
def world(size: int) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Invented areas (Voronoi cells of seeded points) and nine larger ones made of them."""
    chosen = np.random.default_rng(7).uniform((-2.45, 53.35), (-2.25, 53.48), (size, 2))
    frame = shapely.box(-2.46, 53.34, -2.24, 53.49)
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(chosen), extend_to=frame, ordered=True)
    )
    areas = gpd.GeoDataFrame(
        {
            "code": [f"X{i:08d}" for i in range(size)],
            "name": [HOSTILE if i == 0 else f"Area {i}" for i in range(size)],
        },
        geometry=shapely.intersection(cells, frame),
        crs=4326,
    )
    middle = shapely.centroid(areas.geometry.to_numpy())
    column = np.digitize(shapely.get_x(middle), [-2.387, -2.313])
    row = np.digitize(shapely.get_y(middle), [53.39, 53.44])
    wards = areas.assign(ward=row * 3 + column).dissolve("ward").reset_index()
    wards["code"] = [f"W{n}" for n in wards["ward"]]
    wards["name"] = [f"Ward {n}" for n in wards["ward"]]
    return areas, wards[["code", "name", "geometry"]]


@st.cache_resource
def grounds(size: int):
    areas, wards = world(size)
    return publish_outlines("harness", "small", areas), publish_outlines("harness", "ward", wards)


small, large = grounds(SIZE)
kind = st.radio("Layer", ["voice", "index", "beside", "heard"], horizontal=True, key="layer")
level = st.radio("By", ["small", "ward"], horizontal=True, key="by")
with_services = st.checkbox("Services", key="services")
ground = small if level == "small" else large

keys = [str(i) for i in range(9 if kind == "beside" else 5)]
special = ["u", "h", "m"]
draw = np.random.default_rng(len(kind)).choice(
    [*keys, *special], size=len(ground.codes), p=[*[0.85 / len(keys)] * len(keys), 0.05, 0.05, 0.05]
)
classes = dict(zip(ground.codes, draw.tolist(), strict=True))
words = {k: f"class {k} of {kind}" for k in keys} | {
    "u": "Not clear yet", "h": "Too few answers to show", "m": "Nobody was asked",
}  # fmt: skip
layer = MapLayer(
    kind=kind,
    title=f"{kind}: {HOSTILE}",
    level=level,
    classes=classes,
    legend=tuple(LegendEntry(k, w, int((draw == k).sum())) for k, w in words.items()),
    table=pd.DataFrame(),
)
services = pd.DataFrame(
    {
        "category": ["library", "gp", "park", "unheard_of", "school"],
        "name": ["Library", HOSTILE, "Park", "Other", "School"],
        "latitude": [53.40, 53.42, 53.45, 53.37, 53.46],
        "longitude": [-2.40, -2.35, -2.30, -2.28, -2.42],
    }
)
focus = st.session_state.get("focus", "")
points = publish_services("harness", services if with_services else None)
chosen = show_layer(
    Scene(layer, ground.codes, ground.name),
    Around(
        place="harness", box=ground.box, borders=large.name, services=points.name,
        categories=points.categories, focus=focus, picture="harness",
        foot=("Picture 0000-00", HOSTILE),
    ),
    height=560,
)  # fmt: skip
if chosen is not None:
    st.session_state["focus"] = chosen
    st.rerun()
st.text(f"Chosen: {focus or 'none'}")
