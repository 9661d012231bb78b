"""The map: one constant folium map, and the little that changes when a layer changes.

`base_map` never changes for a place, so the map's frame is made once. `values` holds
what a layer needs besides outlines the browser already has: one character an area and
the legend's words. All words travel as parcels (`draw.safe`) and become text, never
markup, in the browser.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import get_args

import folium
from branca.element import MacroElement
from folium.template import Template

from needsmap.draw import assets, palettes, safe
from needsmap.draw.legends import legend
from needsmap.draw.packed import Packed, pack
from needsmap.draw.symbols import categories, symbol
from needsmap.tables import MISSING_CLASS, LayerKind, MapLayer
from needsmap.words import say

_FROM_FRAME = "../../"
"""From the map's frame (component/<name>/index.html) to the app's root, whatever its path."""

_KINDS: tuple[LayerKind, ...] = get_args(LayerKind)


class OfflineMap(folium.Map):
    """A folium map whose script and style come from this app; nothing else is loaded.

    folium's own list names ten files on four hosts; without the internet not even the
    outlines would be drawn.
    """

    def __init__(self) -> None:
        # folium's own max_zoom goes to its tile layer only, and there may be none.
        super().__init__(
            location=(0, 0), zoom_start=2, tiles=None, keyboard=False, zoom_snap=0.25,
            attribution_control=False,
        )  # fmt: skip
        self.options["max_zoom"] = 19
        self.options["min_zoom"] = 2
        self.default_js = [_file("leaflet.js"), _file("needs-map.js")]
        self.default_css = [_file("leaflet.css"), _file("needs-map.css")]


def _file(name: str) -> tuple[str, str]:
    return name, _FROM_FRAME + assets.address(name)


class _Start(MacroElement):
    """Starts our map script on folium's map, with colours, symbols and words."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'NeedsMap.start({{ this._parent.get_name() }}, "{{ this.look }}");'
        "{% endmacro %}"
    )

    def __init__(self, look: str) -> None:
        super().__init__()
        self._name = "needs_start"
        self.look = look


class _Show(MacroElement):
    """Shows a layer. Sits in a feature group, which streamlit-folium replaces alone.

    streamlit-folium calls the map `map_div` in the browser, whatever its name here.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        'NeedsMap.show(map_div, "{{ this.parcel }}", "{{ this.classes }}");'
        "{% endmacro %}"
    )

    def __init__(self, parcel: str, classes: str) -> None:
        super().__init__()
        self._name = "needs_show"
        self.parcel = parcel
        self.classes = classes


def base_map(look: str) -> folium.Map:
    """Return the map without anything on it: outlines are its ground.

    Parameters
    ----------
    look
        Name under which the bytes of `make_look` were published.
    """
    made = OfflineMap()
    made.add_child(_Start(safe.file_name(look)))
    return made


def values(
    layer: MapLayer,
    codes: tuple[str, ...],
    *,
    place: str,
    outlines: str,
    box: tuple[float, float, float, float],
    borders: str = "",
    services: str = "",
    service_categories: tuple[str, ...] = (),
    focus: str = "",
    view: tuple[float, float, int] | None = None,
) -> folium.FeatureGroup:
    """Return what must travel for one picture.

    Parameters
    ----------
    layer
        The layer to show; areas it does not name are drawn as missing.
    codes
        Area codes in the order of the outlines file.
    place
        Name of the place: when it changes the map moves there, otherwise it stays.
    outlines, borders, services
        Names of published files: areas to colour, larger areas on top, services.
    box
        West, south, east, north of the place in degrees.
    service_categories
        Categories among `services`, in the order the legend names them.
    focus
        Code of the area outlined.
    view
        Latitude, longitude, zoom to open at; None fits the place.
    """
    characters = "".join(layer.classes.get(code, MISSING_CLASS) for code in codes)
    words = legend(layer)
    message = {
        "kind": layer.kind,
        "level": layer.level,
        "title": layer.title,
        "legend": [[key.key, key.words] for key in words],
        "words": {entry.key: entry.label for entry in layer.legend},
        "outlines": outlines,
        "borders": borders,
        "services": services,
        "categories": list(service_categories),
        "place": place,
        "box": list(box),
        "focus": focus,
        "view": list(view) if view else None,
        "mark": hashlib.sha256((layer.title + characters).encode(errors="replace")).hexdigest()[
            :12
        ],
    }
    group = folium.FeatureGroup()
    group.add_child(_Show(safe.parcel(message), safe.class_characters(characters)))
    return group


@cache
def make_look(tiles: str = "", tiles_credit: str = "") -> Packed:
    """Return what the script needs to draw any layer: colours, symbols, words.

    Parameters
    ----------
    tiles, tiles_credit
        Address and attribution of an optional street map under the areas.
    """
    drawn = {name: symbol(name) for name in (*categories(), "other")}
    look = {
        "styles": {
            kind: {key: fill.as_dict() for key, fill in palettes.fills(kind).items()}
            for kind in _KINDS
        },
        "symbols": {
            name: {"label": s.label, "path": s.path, "colour": s.colour}
            for name, s in drawn.items()
        },
        "paper": palettes.PAPER,
        "line": palettes.SWATCH_EDGE,
        "border": palettes.INK,
        "focus": palettes.INK,
        "cursor": palettes.ACCENT,
        "tiles": {"address": tiles, "credit": tiles_credit} if tiles else None,
        "words": {
            "keys": say(
                "Arrow keys go from area to area, Enter chooses, Escape lets go, "
                "plus and minus zoom."
            ),
            "unreachable": say("The map could not be loaded. Load the page again."),
            "nine_up": say("Asked for more, upwards"),
            "nine_right": say("Higher in the index, to the right"),
        },
    }
    return pack(json.dumps(look, separators=(",", ":")).encode(), "application/json")
