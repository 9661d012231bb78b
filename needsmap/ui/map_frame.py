"""The map's frame: publishes what a map needs and shows one layer in it."""

from __future__ import annotations

import json
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from needsmap import settings
from needsmap.draw import maps
from needsmap.draw.outlines import make_outlines
from needsmap.draw.packed import PUBLISHED, pack
from needsmap.draw.symbols import categories as known_categories
from needsmap.picture import Viewpoint
from needsmap.tables import MapLayer


@dataclass(frozen=True)
class Ground:
    """Outlines this app serves: file name, area codes in its order, box in degrees."""

    name: str
    codes: tuple[str, ...]
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Points:
    """Services this app serves: file name ("" for none) and the categories in it."""

    name: str = ""
    categories: tuple[str, ...] = ()


def show_layer(
    layer: MapLayer,
    *,
    place: str,
    ground: Ground,
    borders: str = "",
    points: Points = Points(),
    focus: str = "",
    view: Viewpoint | None = None,
    height: int = 520,
    key: str = "map",
) -> str | None:
    """Show a layer on outlines already published; gives back what `show_map` does."""
    chosen = settings.load()
    event = st_folium(
        maps.base_map(PUBLISHED.put("look", maps.make_look(chosen.tiles, chosen.tiles_credit))),
        key=key,
        height=height,
        use_container_width=True,
        # Nothing of st_folium's own is sent up: pans and zooms cost the server nothing.
        # Our script sends the chosen area itself, without waiting and without its outline.
        returned_objects=[],
        feature_group_to_add=maps.values(
            layer,
            ground.codes,
            place=place,
            outlines=ground.name,
            box=ground.box,
            borders=borders,
            services=points.name,
            service_categories=points.categories,
            focus=focus,
            view=(view.latitude, view.longitude, view.zoom) if view else None,
        ),
    )
    return _new_choice(event, ground, key)


def publish_outlines(place: str, level: str, outlines: gpd.GeoDataFrame) -> Ground:
    """Make outlines (columns code, name, geometry) and serve them; the same again is cheap."""
    made = make_outlines(outlines)
    name = PUBLISHED.put(f"{place}-{level}", made.packed)
    return Ground(name, made.codes, made.box)


def publish_services(place: str, services: pd.DataFrame | None) -> Points:
    """Serve services (columns as `tables.SERVICES`); rows without a point are left out."""
    if services is None or services.empty:
        return Points()
    shown = services.loc[:, ["category", "name", "latitude", "longitude"]].dropna(
        subset=["latitude", "longitude"]
    )
    digest = int(pd.util.hash_pandas_object(shown, index=False).sum())
    return _published_points(place, digest, shown)


@st.cache_resource(show_spinner=False, max_entries=256)
def _published_points(place: str, digest: int, _shown: pd.DataFrame) -> Points:
    found = set(_shown["category"])
    content = {
        "category": [c if c in known_categories() else "other" for c in _shown["category"]],
        "name": [str(name) for name in _shown["name"]],
        "latitude": [round(float(v), 5) for v in _shown["latitude"]],
        "longitude": [round(float(v), 5) for v in _shown["longitude"]],
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    name = PUBLISHED.put(f"{place}-services", pack(body, "application/json"))
    in_order = [c for c in known_categories() if c in found]
    return Points(name, (*in_order, *(["other"] if found - set(in_order) else [])))


def _new_choice(event: object, ground: Ground, key: str) -> str | None:
    """Return the area of an event not seen before. The browser's word is checked."""
    if not isinstance(event, dict) or not event.get("event"):
        return None
    seen = f"{key} last event"
    if st.session_state.get(seen) == event["event"]:
        return None
    st.session_state[seen] = event["event"]
    area = event.get("area")
    return area if area == "" or area in ground.codes else None
