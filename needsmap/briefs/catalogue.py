"""The shared list of themes, with a place's own additions, as briefs need it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from needsmap.settings import THEMES_FOLDER
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Pack


@dataclass(frozen=True)
class ThemeEntry:
    """A theme: id, label in residents' tone, matching domain ("" if none), service kinds.

    grant_words : words by which a grant for it is known. words : how residents name it.
    """

    id: str
    label: str
    domain: str
    services: tuple[str, ...]
    grant_words: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


DOMAINS = {
    "imd": "All measures together",
    "income": "Income",
    "employment": "Work",
    "education": "Education and skills",
    "health": "Health",
    "crime": "Crime",
    "barriers": "Housing and getting to services",
    "living": "Homes, air and roads",
    "idaci": "Income of families with children",
    "idaopi": "Income of older people",
}
"""Words for the domains of the index."""

SERVICES = {
    "gp": "Doctor's surgery",
    "dentist": "Dentist",
    "pharmacy": "Pharmacy",
    "hospital": "Hospital",
    "mental_health": "Mental health support",
    "school": "School",
    "nursery": "Nursery",
    "library": "Library",
    "community_centre": "Community centre",
    "youth_club": "Youth club",
    "park": "Park",
    "playground": "Playground",
    "sports": "Sports place",
    "food_bank": "Food bank",
    "post_office": "Post office",
    "jobcentre": "Jobcentre",
    "bus_stop": "Bus stop",
    "rail": "Station",
    "care_home": "Care home",
    "worship": "Place of worship",
    "shop": "Shop",
    "allotment": "Allotments",
    "advice": "Advice",
}
"""Words for the kinds of service."""
GRANTS = "grant"
LANDMARKS = {"town_centre": "Town centre", GRANTS: "Grants"}
"""Kinds that lie among the services without being one: no place is said to lack them."""


def themes_of(pack_folder: Path | None) -> dict[str, ThemeEntry]:
    """Return theme id → entry: the shared list, then the place's ``themes.toml`` over it."""
    own = pack_folder / "themes.toml" if pack_folder else None
    changed = own.stat().st_mtime_ns if own and own.is_file() else 0
    return _read(own if changed else None, changed)


def theme_label(themes: dict[str, ThemeEntry], theme: str) -> str:
    """Return a theme's words; an unknown id is shown as it is written."""
    return themes[theme].label if theme in themes else theme.replace("_", " ").capitalize()


def domain_label(domain: str) -> str:
    """Return a domain's words; unknown domains are shown as they are written."""
    return say(DOMAINS.get(domain, domain.replace("_", " ").capitalize()))


def points_of(pack: Pack) -> tuple[str, ...]:
    """Return the kinds of points a place can show on its map: its services', then grants."""
    kinds = tuple(dict.fromkeys(map(str, pack.services["category"]))) if len(pack.services) else ()
    return (*kinds, GRANTS) if len(pack.grants) else kinds


def service_label(category: str) -> str:
    """Return the words for a kind of service."""
    known = SERVICES | LANDMARKS
    return say(known.get(category, category.replace("_", " ").capitalize()))


@lru_cache(maxsize=32)
def _read(own: Path | None, changed: int) -> dict[str, ThemeEntry]:
    found: dict[str, ThemeEntry] = {}
    for path in (THEMES_FOLDER / "en.toml", own):
        if path is None or not path.is_file():
            continue
        for theme, entry in tomllib.loads(path.read_text("utf-8")).get("themes", {}).items():
            before = found.get(theme)
            found[theme] = ThemeEntry(
                theme,
                str(entry.get("label", before.label if before else theme)),
                str(entry.get("domain", before.domain if before else "")).strip("-"),
                tuple(entry.get("services", before.services if before else ())),
                tuple(entry.get("grant_words", before.grant_words if before else ())),
                tuple(entry.get("words", before.words if before else ())),
            )
    return found
