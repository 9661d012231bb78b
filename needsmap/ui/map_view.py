"""The map on a page: shows a layer and says which area was chosen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from needsmap.picture import Viewpoint
from needsmap.places import areas
from needsmap.places.pack import Pack
from needsmap.tables import MapLayer
from needsmap.ui.map_frame import Ground, publish_outlines, publish_services, show_layer

_MOST_LABELLED = 60


def show_map(
    layer: MapLayer,
    *,
    pack: Pack,
    services: pd.DataFrame | None = None,
    focus: str = "",
    view: Viewpoint | None = None,
    height: int = 520,
    key: str = "map",
) -> str | None:
    """Show `layer` on the map of `pack`, with `services` on top and `focus` outlined.

    Parameters
    ----------
    layer
        What to colour; `layer.level` chooses the outlines.
    services
        Rows as `tables.SERVICES`, already narrowed to the categories chosen; None for none.
    focus
        Code of the area outlined (an area of `layer.level`), or "".
    view
        Where to look; None fits the place. Changing layers never moves the map.
    height
        Height of map and legend together in CSS pixels.

    Returns
    -------
    str or None
        The code of the area a viewer has just chosen by click, tap or keyboard; "" when
        they have just let go of it (Esc, or a click outside); None when nothing new.
    """
    ground = _ground(pack.name, pack.version, layer.level, pack)
    on_top = _level_on_top(pack, layer.level)
    return show_layer(
        layer,
        place=pack.name,
        ground=ground,
        borders=_ground(pack.name, pack.version, on_top, pack).name if on_top else "",
        points=publish_services(pack.name, services),
        focus=focus,
        view=view,
        height=height,
        key=key,
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def _ground(place: str, version: str, level: str, _pack: Pack) -> Ground:
    return publish_outlines(place, level, areas.outlines(_pack, level))


def _level_on_top(pack: Pack, level: str) -> str:
    """Choose the level whose borders and names give orientation; "" for none.

    Wards where there are any, for people know them; else the next level that divides
    the place. Where the areas shown are few they carry their own names.
    """
    order = [known.id for known in pack.levels]
    above = order[order.index(level) + 1 :]
    several = [other for other in above if len(pack.names.get(other, {})) > 1]
    if "ward" in several:
        return "ward"
    if 1 < len(pack.names.get(level, {})) <= _MOST_LABELLED:
        return level
    return several[0] if several else ""
