"""Symbols of services, drawn by us: each kind has its own shape and a dark colour.

A shape is an SVG path in a 24 × 24 box. Shapes differ in outline, so they can be told
apart without colour and when small.
"""

from __future__ import annotations

from dataclasses import dataclass

from needsmap.draw.palettes import SERVICE_DARK
from needsmap.words import say

_INK, _PLUM, _SEA, _WINE, _BLUE = SERVICE_DARK


@dataclass(frozen=True)
class Symbol:
    """One kind of service: its name in words, its outline, its colour."""

    label: str
    path: str
    colour: str


_SYMBOLS: dict[str, tuple[str, str, str]] = {
    "gp": ("Doctors", "M9 2h6v7h7v6h-7v7H9v-7H2V9h7z", _WINE),
    "dentist": (
        "Dentists",
        "M6 2q3 2 6 1 3 1 6-1 4 2 3 8l-3 12q-2 1-3-3l-2-6h-2l-2 6q-1 4-3 3L3 10Q2 4 6 2z",
        _WINE,
    ),
    "pharmacy": ("Pharmacies", "M3 3h18v18H3zM10 6v4H6v4h4v4h4v-4h4v-4h-4V6z", _WINE),
    "hospital": ("Hospitals", "M3 2h6v7h6V2h6v20h-6v-7H9v7H3z", _WINE),
    "mental_health": (
        "Mental health support", "M12 21L3 12q-3-5 2-8 4-2 7 3 3-5 7-3 5 3 2 8z", _WINE,
    ),
    "school": ("Schools", "M12 2l11 7-11 7L1 9zM5 14l7 4 7-4v5l-7 4-7-4z", _BLUE),
    "nursery": ("Nurseries", "M4 10h6V4l6 6h5v6q0 5-5 5H9q-5 0-5-5z", _BLUE),
    "library": ("Libraries", "M2 4q5-1 9 2v15q-4-3-9-2zM22 4q-5-1-9 2v15q4-3 9-2z", _BLUE),
    "community_centre": ("Community centres", "M12 2l10 9h-3v11h-5v-7h-4v7H5V11H2z", _PLUM),
    "youth_club": (
        "Youth clubs", "M12 1l3 8h8l-6 5 2 9-7-5-7 5 2-9-6-5h8z", _PLUM,
    ),
    "park": ("Parks", "M12 1l7 9h-4l6 8h-7v5h-4v-5H3l6-8H5z", _SEA),
    "playground": ("Playgrounds", "M4 22L11 3h2l7 19h-3L12 9 7 22zM9 15h6v3H9z", _SEA),
    "sports": (
        "Sports and leisure", "M2 8h4V5h3v5h6V5h3v3h4v8h-4v3h-3v-5H9v5H6v-3H2z", _SEA,
    ),
    "food_bank": ("Food banks", "M2 9h20l-3 12H5zM8 3h8l2 5H6z", _PLUM),
    "post_office": ("Post offices", "M2 5h20l-10 8zM2 8l10 8 10-8v11H2z", _INK),
    "jobcentre": ("Jobcentres", "M8 3h8v4h6v6H2V7h6zM2 15h20v6H2z", _INK),
    "bus_stop": ("Bus stops", "M4 4h16v14h-2v3h-4v-3h-4v3H6v-3H4zM6 7v5h12V7z", _INK),
    "rail": ("Stations", "M3 5h12V1l8 8H3zM21 19H9v4l-8-8h20z", _INK),
    "care_home": ("Care homes", "M2 12V9l10-7 10 7v3zM4 14h16v8H4z", _WINE),
    "worship": ("Places of worship", "M10 1h4v5h4v3h-4v13h-4V9H6V6h4z", _PLUM),
    "shop": ("Shops", "M3 3h18l2 7h-3v11H4V10H1zM7 13v5h10v-5z", _INK),
    "allotment": ("Allotments", "M11 22V12Q3 12 3 4q8 0 9 6 1-6 9-6 0 8-8 8v10z", _SEA),
    "advice": ("Advice", "M2 3h20v14h-9l-6 6v-6H2z", _PLUM),
    "grant": (
        "Grants",
        "M12 1a11 11 0 1 0 .01 0zM16 8q-1-3-4-3t-4 4v3H6v2h2v3l-1 2h10v-2h-6v-3h3v-2h-3V9q0-2 1-2z",
        _INK,
    ),
    "town_centre": ("Town centres", "M2 22V9h5V5l5-4 5 4v4h5v13h-5v-7h-3v7h-4v-7H7v7z", _INK),
}  # fmt: skip

_OTHER = ("Other services", "M12 3a9 9 0 1 0 .01 0z", _INK)


def symbol(category: str) -> Symbol:
    """Return the symbol of a service category; a disc for one nobody has drawn yet."""
    label, path, colour = _SYMBOLS.get(category, _OTHER)
    return Symbol(say(label), path, colour)


def categories() -> tuple[str, ...]:
    """Return the categories that have a symbol of their own, in the order of a legend."""
    return tuple(_SYMBOLS)
