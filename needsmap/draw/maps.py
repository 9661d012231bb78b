"""The map, described with folium: one constant map, and the little a new layer changes.

folium says what stands on the map: `base_map` is a `folium.Map` with our ground on it,
`values` a `folium.FeatureGroup` with one layer. `describe` turns both into the plain values
the map's own script takes. folium's templates are never run for it: they would compile
words of others as a program on the server (`draw.safe`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, get_args

import folium
import pandas as pd
from branca.element import Element, MacroElement
from folium.utilities import camelize

from needsmap.draw import assets, palettes, safe
from needsmap.draw.legends import class_characters, legend
from needsmap.draw.packed import Packed, pack, pack_quickly
from needsmap.draw.symbols import categories, symbol
from needsmap.tables import LayerKind, MapLayer
from needsmap.words import say

_KINDS: tuple[LayerKind, ...] = get_args(LayerKind)


@dataclass(frozen=True)
class Scene:
    """One layer on one level's outlines.

    codes
        Area codes in the order of the outlines file.
    outlines
        Name of the published outlines file.
    said
        Name of the published file of findings (`make_findings`), "" for none.
    """

    layer: MapLayer
    codes: tuple[str, ...]
    outlines: str
    said: str = ""


@dataclass(frozen=True)
class BaseTiles:
    """Picture tiles on a map.

    address : below the app's root, with {z}, {x}, {y}. credit : who is to be named.
    least, most : smallest and largest zoom there are pictures of. bounds : south-west and
    north-east corner (latitude, longitude) of what they cover.
    """

    address: str
    credit: str
    least: int
    most: int
    bounds: tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Around:
    """What a picture needs besides its layer; names are those of published files.

    place : when it changes the map moves there. box : west, south, east, north in degrees.
    borders, services : larger areas and services on top. categories : kinds among the
    services, in the order of the legend. focus : code of the area outlined. view :
    latitude, longitude, zoom to open at. foot : lines under a saved picture. picture :
    its file name, "" when it may not be saved. together : maps of the same name move
    together. near_from : zoom from which a second, finer scene is drawn. keeps : whether the
    page's address says where the map looks. base : a base map over the colours.
    """

    place: str
    box: tuple[float, float, float, float]
    borders: str = ""
    services: str = ""
    categories: tuple[str, ...] = ()
    focus: str = ""
    view: tuple[float, float, float] | None = None
    foot: tuple[str, ...] = ()
    picture: str = ""
    together: str = ""
    near_from: float = 0.0
    keeps: bool = True
    base: BaseTiles | None = None


class OfflineMap(folium.Map):
    """A folium map that loads nothing: the page's own script draws it.

    folium's own list names ten files on four hosts; without the internet not even the
    outlines would be drawn.
    """

    def __init__(self) -> None:
        # folium's own max_zoom goes to its tile layer only, and there may be none.
        super().__init__(
            location=(0, 0), zoom_start=2, tiles=None, keyboard=False, zoom_snap=0.25,
            attribution_control=False,
        )  # fmt: skip
        self.default_js, self.default_css = [], []
        self.options["max_zoom"] = 19
        self.options["min_zoom"] = 2


class _Ground(MacroElement):
    """What every layer is drawn with: colours, symbols, words, by the name of their file."""

    def __init__(self, look: str) -> None:
        super().__init__()
        self._name = "needs_ground"
        self.look = safe.file_name(look)


class _Layer(MacroElement):
    """One picture as plain values. It has no template: folium never sees its words."""

    def __init__(self, message: dict[str, Any]) -> None:
        super().__init__()
        self._name = "needs_layer"
        self.message = message


def base_map(look: str) -> folium.Map:
    """Return the map without anything on it: outlines are its ground.

    Parameters
    ----------
    look
        Name under which the bytes of `make_look` were published.
    """
    made = OfflineMap()
    made.add_child(_Ground(look))
    return made


def values(scene: Scene, around: Around, near: Scene | None = None) -> folium.FeatureGroup:
    """Return what must travel for one picture: one character an area, and the legend.

    `near` is a finer scene of the same finding, drawn as one comes near. Areas a layer
    does not name are drawn as missing.
    """
    message = _scene(scene) | {
        "borders": around.borders,
        "services": around.services,
        "categories": list(around.categories),
        "place": around.place,
        "box": list(around.box),
        "focus": around.focus,
        "view": list(around.view) if around.view else None,
        "foot": list(around.foot),
        "picture": around.picture,
        "together": around.together,
        "keeps": around.keeps,
        "near": _scene(near) | {"from": around.near_from} if near else None,
    }
    if around.base is not None:
        message["base"] = asdict(around.base)
    shown = {name: value for name, value in message.items() if name not in {"view", "focus"}}
    message["mark"] = hashlib.sha256(json.dumps(shown).encode(errors="replace")).hexdigest()[:12]
    group = folium.FeatureGroup()
    group.add_child(_Layer(message))
    return group


def describe(drawn: folium.Map, *groups: folium.FeatureGroup) -> dict[str, Any]:
    """Return a folium map and a layer's feature group as the values the map's script takes.

    Raises
    ------
    ValueError
        When one of the two was not made by `base_map` and `values`.
    """
    look = [child.look for child in _children(drawn) if isinstance(child, _Ground)]
    found = [child.message for g in groups for child in _children(g) if isinstance(child, _Layer)]
    if not look or not found:
        raise ValueError("describe() takes what base_map() and values() made.")
    return {
        "options": {camelize(name): value for name, value in drawn.options.items()}
        | {"center": list(drawn.location)},
        "style": assets.address("map.css"),
        "look": look[0],
        "message": found[-1],
    }


def _children(element: Element) -> Iterator[Element]:
    yield from element._children.values()


def _scene(scene: Scene) -> dict[str, Any]:
    layer = scene.layer
    return {
        "kind": layer.kind,
        "level": layer.level,
        "title": layer.title,
        "based": layer.based,
        "legend": [[key.key, key.words] for key in legend(layer)],
        "words": {entry.key: entry.label for entry in layer.legend},
        "outlines": safe.file_name(scene.outlines),
        "said": safe.file_name(scene.said) if scene.said else "",
        "classes": safe.class_characters(class_characters(layer, scene.codes)),
    }


def make_findings(table: pd.DataFrame, codes: tuple[str, ...]) -> Packed:
    """Return what a pointer says of each area, in the order of `codes`, as a JSON file.

    `table` is a layer's: code, name, the finding in words, then figures with headings.
    """
    said = {}
    heads = [str(head) for head in table.columns[3:]]
    for row in table.itertuples(index=False, name=None):
        figures = [f"{h}: {v}" for h, v in zip(heads, row[3:], strict=True) if str(v) not in "–"]
        said[row[0]] = "\n".join([str(row[2]), *figures])
    found = [said.get(code, "") for code in codes]
    return pack_quickly(json.dumps(found, separators=(",", ":")).encode(), "application/json")


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
        "words": _words(),
    }
    return pack(json.dumps(look, separators=(",", ":")).encode(), "application/json")


def _words() -> dict[str, str]:
    """Return the words of the map's own controls."""
    return {
        "keys": say(
            "Arrow keys go from area to area, Enter chooses, Escape lets go, plus and minus zoom."
        ),
        "unreachable": say("The map could not be loaded. Load the page again."),
        "nine_up": say("Asked for more, upwards"),
        "nine_right": say("Higher in the index, to the right"),
        "picture": say("Save as a picture"),
        "my_area": say("My area"),
        "elsewhere": say("You are not in this place just now."),
        "no_position": say("Your phone did not say where it is. Type your postcode instead."),
        "refused": say("You did not allow it, and that is fine. Type your postcode instead."),
        "whole": say("Show all small areas at once"),
        "from_afar": say("Show larger areas from afar"),
        "seen": say("Seen before:"),
        "looking_back": say("Looking back. Go to:"),
    }
