"""How each official English file must be credited, as far as the file itself says.

The sentences are those the publishers ask for: ONS and OS for boundaries and lookups
("Contains National Statistics and OS data © Crown copyright and database right"), Royal
Mail too for postcodes, MHCLG for the Indices, OpenStreetMap for what came from its map.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from needsmap.errors import UnreadableFile
from needsmap.places.build.files import read_json
from needsmap.places.parts import Source
from needsmap.words import say

OGL = "Open Government Licence v3.0"
ODBL = "Open Database License (ODbL) 1.0"
_CROWN = "Contains National Statistics and OS data © Crown copyright and database right"
_ROYAL_MAIL = "Contains Royal Mail data © Royal Mail copyright and database right"
_LICENCE_KEYS = ("license", "licence", "dc:license", "dct:license", "dcterms:license")
_LEVELS = {"lsoa": "LSOA", "msoa": "MSOA", "ward": "Ward"}


def _crown(year: str) -> str:
    return f"{_CROWN} {year}".strip() + "."


def year_of(*headings: str | None) -> str:
    """Return the year a heading like "lsoa21cd" or "LSOA code (2021)" says, or ""."""
    for heading in headings:
        found = re.search(r"(?:19|20)\d\d|(?<=[a-z])\d\d(?=\D|$)", heading or "", re.IGNORECASE)
        if found:
            return found[0] if len(found[0]) == 4 else f"20{found[0]}"
    return ""


def index(file: str, edition: int) -> Source:
    """Return the source of a File 7."""
    return Source(
        title=f"English indices of deprivation {edition}, File 7",
        licence=OGL,
        attribution=(
            f"Ministry of Housing, Communities and Local Government (MHCLG), English indices "
            f"of deprivation {edition}. © Crown copyright."
        ),
        date=str(edition),
        path=file,
    )


def outlines(file: str, level: str, heading: str) -> Source:
    """Return the source of outlines; the year is the one their code column names."""
    year = year_of(heading)
    title = say("{level} boundaries", level=_LEVELS.get(level, level))
    return Source(f"{title} {year}".strip(), OGL, _crown(year), year, file)


def lookup(file: str, title: str, heading: str) -> Source:
    """Return the source of a table that says which area lies in which."""
    year = year_of(heading)
    return Source(title, OGL, _crown(year), year, file)


def postcodes(file: str) -> Source:
    """Return the source of a postcode lookup, which Royal Mail has a part in."""
    return Source(say("Postcodes and their areas"), OGL, f"{_crown('')} {_ROYAL_MAIL}.", "", file)


def people(file: str, period: str) -> Source:
    """Return the source of a count of people; the date is the period it is about."""
    credit = "Source: Office for National Statistics, licensed under the " + OGL + "."
    return Source(say("People of each age"), OGL, credit, period, file)


def services(file: str, headings: Iterable[str], days: Iterable[str]) -> Source:
    """Return the source of a list of services; the date is the last day one was checked.

    A column `osm_id` says the list was taken from OpenStreetMap, whose licence then holds.
    """
    last = max((day for day in days if day), default="")
    title = file.rpartition("/")[2].partition(".")[0].replace("_", " ")
    if any(heading.casefold().startswith("osm_") for heading in headings):
        return Source(title, ODBL, "© OpenStreetMap contributors", last, file)
    licence = say("{licence}, as usual for official lists; the file does not say", licence=OGL)
    return Source(title, licence, _crown(""), last, file)


def grants(path: Path, file: str, funders: Iterable[str], days: Iterable[str]) -> Source:
    """Return the source of grants: the licence the publisher put into the file, or beside it.

    `days` are award dates; the last of them is the date.
    """
    names = sorted({name for name in funders if name})
    who = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    licence = _licence_in(path, file) or say("its publishers'; the file does not say which")
    return Source(
        title=say("Grants by {who}", who=who) if who else say("Grants"),
        licence=licence,
        attribution=say("{who}, published in the 360Giving standard", who=who or "Funders"),
        date=max((day[:10] for day in days if day), default=""),
        path=file,
    )


def _licence_in(path: Path, file: str) -> str:
    """Look for a licence in the metadata of a JSON file, or of the one beside a CSV."""
    beside = path.with_name(path.name + "-metadata.json")
    for candidate in (path if path.suffix == ".json" else beside, beside):
        if not candidate.is_file():
            continue
        try:
            content = read_json(candidate, file)
        except UnreadableFile:
            continue
        found = _licence_of(content)
        if found:
            return found
    return ""


def _licence_of(content: Any) -> str:
    if not isinstance(content, dict):
        return ""
    places = [content, content.get("metadata"), content.get("publisher"), content.get("package")]
    for place in places:
        if not isinstance(place, dict):
            continue
        for key in _LICENCE_KEYS:
            value = place.get(key)
            if isinstance(value, dict):
                value = value.get("@id") or value.get("name") or value.get("url")
            if isinstance(value, str) and value.strip():
                return value.strip()
    return ""
