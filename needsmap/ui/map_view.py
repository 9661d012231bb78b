"""The map on a page: shows a layer and says which area was chosen."""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from needsmap import settings
from needsmap.draw.maps import Around, Scene
from needsmap.draw.outlines import Outlines, make_outlines
from needsmap.picture import Viewpoint
from needsmap.places import areas
from needsmap.places.pack import Pack
from needsmap.tables import MapLayer
from needsmap.ui.base_map import base_tiles
from needsmap.ui.kept import OfShared
from needsmap.ui.kept_outlines import FEWEST, kept_outlines
from needsmap.ui.map_frame import (
    Ground,
    publish_findings,
    publish_services,
    serve_outlines,
    show_layer,
)

_MOST_LABELLED = 60
_NEAR_PIXELS = 9
"""Small areas are drawn from the zoom at which a typical one is this wide."""


def show_map(
    layer: MapLayer,
    *,
    pack: Pack,
    services: pd.DataFrame | None = None,
    focus: str = "",
    view: Viewpoint | None = None,
    height: int = 520,
    key: str = "map",
    near: MapLayer | None = None,
    foot: Sequence[str] = (),
    picture: str = "",
    together: str = "",
    on_choose: Callable[[str], None] | None = None,
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
        Height of map, legend and buttons together in CSS pixels.
    near
        The same finding at a finer level, for a whole country: its areas are fetched and
        drawn as one comes near, or all at once when the viewer asks for them.
    foot, picture
        Lines under the map when it is saved as a picture (mark, sources), and the file's
        name without its ending; with no name it cannot be saved.
    together
        Maps of the same name on a page move together.
    on_choose
        Called with the area chosen ("" when let go) before the page runs: one run is enough.

    Returns
    -------
    str or None
        The code of the area a viewer has just chosen by click, tap or keyboard; "" when
        they have just let go of it (Esc, or a click outside); None when nothing new.
    """
    ground, borders = publish_grounds(pack, layer.level)
    points = publish_services(pack.name, services)
    fine = publish_grounds(pack, near.level)[0] if near else None
    return show_layer(
        _scene(pack, layer, ground),
        Around(
            place=pack.name,
            box=ground.box,
            borders=borders,
            services=points.name,
            categories=points.categories,
            focus=focus,
            view=(view.latitude, view.longitude, view.zoom) if view else None,
            foot=tuple(foot),
            picture=picture,
            together=together,
            near_from=_near_from(fine) if fine else 0.0,
            base=base_tiles(pack),
        ),
        near=_scene(pack, near, fine) if near and fine else None,
        height=height,
        key=key,
        on_choose=on_choose,
    )


def show_two_maps(
    left: MapLayer,
    right: MapLayer,
    *,
    pack: Pack,
    other_pack: Pack | None = None,
    focus: str = "",
    height: int = 440,
    key: str = "two",
    foot: Sequence[str] = (),
    picture: str = "",
    on_choose: Callable[[str], None] | None = None,
) -> str | None:
    """Show two layers side by side. Two maps of one place move together.

    `other_pack` is the place of `right` when it is another one; give layers with the same
    breaks, so that a colour means the same on both. `foot` and `picture` are as `show_map`
    takes them, for each of the two. Returns what `show_map` does.
    """
    together = "" if other_pack is not None else key
    columns = st.columns(2, gap="medium")
    chosen = None
    for side, layer, where in zip("lr", (left, right), (pack, other_pack or pack), strict=True):
        with columns["lr".index(side)]:
            told = show_map(
                layer, pack=where, focus=focus, height=height, key=f"{key}-{side}",
                foot=foot, picture=f"{picture}-{side}" if picture else "",
                together=together, on_choose=on_choose,
            )  # fmt: skip
            chosen = told if told is not None else chosen
    return chosen


def publish_grounds(pack: Pack, level: str) -> tuple[Ground, str]:
    """Serve the outlines of a level and of the one drawn over it ("" for none)."""
    return _GROUNDS.get([pack], level, lambda: _publish_grounds(pack, level))


_GROUNDS = OfShared(most=64)
"""Grounds by pack, found again without Streamlit's memory, which signs what it is asked."""


def _publish_grounds(pack: Pack, level: str) -> tuple[Ground, str]:
    on_top = _level_on_top(pack, level)
    ground = _ground(pack.name, pack.version, level, pack)
    return ground, _ground(pack.name, pack.version, on_top, pack).name if on_top else ""


@st.cache_resource(show_spinner=False, max_entries=64)
def _ground(place: str, version: str, level: str, _pack: Pack) -> Ground:
    def make() -> Outlines:
        return make_outlines(areas.outlines(_pack, level))

    # A larger level's outlines are joined from the finest: these decide what making them costs.
    if len(_pack.areas) < FEWEST:
        return serve_outlines(place, level, make())
    folder = settings.load().home / "outlines"
    return serve_outlines(place, level, kept_outlines(folder, place, version, level, make))


def _scene(pack: Pack, layer: MapLayer, ground: Ground) -> Scene:
    said = publish_findings(pack.name, layer, ground, f"{pack.version} {_digest(layer)}")
    return Scene(layer, ground.codes, ground.name, said)


_DIGESTS: dict[int, tuple[weakref.ref[MapLayer], str]] = {}
"""Briefs are shared by all viewers: each of their layers is looked through once."""


def _digest(layer: MapLayer) -> str:
    kept = _DIGESTS.get(id(layer))
    if kept is not None and kept[0]() is layer:
        return kept[1]
    facts: list[object] = [layer.title, layer.level, *sorted(layer.classes.items())]
    if len(layer.table):
        facts.append(pd.util.hash_pandas_object(layer.table, index=False).sum())
    found = hashlib.sha256(repr(facts).encode(errors="replace")).hexdigest()
    number = id(layer)
    _DIGESTS[number] = (weakref.ref(layer, lambda _: _DIGESTS.pop(number, None)), found)
    return found


def _near_from(ground: Ground) -> float:
    """Return the zoom at which areas of a ground are wide enough to be told apart."""
    west, _, east, _ = ground.box
    width = max(east - west, 1e-6) / max(len(ground.codes), 1) ** 0.5
    zoom = 0.0
    while zoom < 12 and width * 256 * 2**zoom / 360 < _NEAR_PIXELS:
        zoom += 0.5
    return zoom


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
