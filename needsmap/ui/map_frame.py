"""The map's element: publishes what a map needs and shows one layer of it on a page.

An element of our own (Streamlit's components, version 2), fed with what folium
describes (`draw.maps`). Its script and style are served by this app; a change sends one
character an area. How it compares with `st_folium`: docs/map.md.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import pandas as pd
import streamlit as st

from needsmap import settings
from needsmap.draw import assets, maps
from needsmap.draw.outlines import Outlines, make_outlines
from needsmap.draw.packed import PUBLISHED, pack
from needsmap.draw.symbols import categories as known_categories
from needsmap.tables import MapLayer
from needsmap.ui.kept import OfShared

# Sent again with every change, so it only fetches the map's script, which is kept.
_LOADER = """
export default async function (element) {
  const own = document.querySelector('script[src*="static/js/"]').src;
  const root = own.slice(0, own.indexOf("static/js/"));
  return (await import(root + element.data.script)).show(element, root);
}
"""
_element = st.components.v2.component("needs_map", js=_LOADER, isolate_styles=False)


_SHOWN, _POINTS = OfShared(most=300), OfShared(most=300)
"""Layers as they travel, and services as served: briefs are shared, so each is made once."""


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
    scene: maps.Scene,
    around: maps.Around,
    *,
    near: maps.Scene | None = None,
    height: int = 520,
    key: str = "map",
    on_choose: Callable[[str], None] | None = None,
) -> str | None:
    """Show a scene whose files are published already.

    Returns the code of the area just chosen, "" when one was let go, None when nothing is
    new. `on_choose` is called with the same before the page runs, so that one run is enough.
    """
    chosen = settings.load()
    look = PUBLISHED.put("look", maps.make_look(chosen.tiles, chosen.tiles_credit))
    shown = _SHOWN.get(
        [each.layer for each in (scene, near) if each is not None],
        (look, scene.outlines, scene.said, near and (near.outlines, near.said), around),
        lambda: maps.describe(maps.base_map(look), maps.values(scene, around, near)),
    )

    def tell() -> None:
        area = _chosen(st.session_state.get(key), scene, near)
        if on_choose is not None and area is not None:
            on_choose(area)

    event = _element(
        key=key,
        data={**shown, "script": assets.address("map.js"), "height": height},
        on_chosen_change=tell,
    )
    return _chosen(event, scene, near)


def publish_outlines(place: str, level: str, outlines: gpd.GeoDataFrame) -> Ground:
    """Make outlines (columns code, name, geometry) and serve them; the same again is cheap."""
    return serve_outlines(place, level, make_outlines(outlines))


def serve_outlines(place: str, level: str, made: Outlines) -> Ground:
    """Serve outlines made already."""
    name = PUBLISHED.put(f"{place}-{level}", made.packed)
    return Ground(name, made.codes, made.box)


def publish_findings(place: str, layer: MapLayer, ground: Ground, digest: str) -> str:
    """Serve what a pointer says of each area; "" for a layer without a table."""
    if layer.table.shape[1] < 3 or layer.table.empty:
        return ""
    # By name: for those given by their place Streamlit looks the function's signature up.
    return _published_findings(place=place, digest=digest, _layer=layer, _ground=ground)


@st.cache_resource(show_spinner=False, max_entries=300, on_release=PUBLISHED.drop)
def _published_findings(place: str, digest: str, _layer: MapLayer, _ground: Ground) -> str:
    return PUBLISHED.put(f"{place}-said", maps.make_findings(_layer.table, _ground.codes))


def publish_services(place: str, services: pd.DataFrame | None) -> Points:
    """Serve services (columns as `tables.SERVICES`); rows without a point are left out."""
    if services is None or services.empty:
        return Points()
    return _POINTS.get([services], place, lambda: _publish_points(place, services))


def _publish_points(place: str, services: pd.DataFrame) -> Points:
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


def _chosen(event: Any, scene: maps.Scene, near: maps.Scene | None) -> str | None:
    """Return the area of an event. The browser's word is checked against known codes."""
    told = None if event is None else event.get("chosen")
    if not isinstance(told, dict):
        return None
    area = told.get("area")
    known = area == "" or area in scene.codes or (near is not None and area in near.codes)
    return area if known else None
