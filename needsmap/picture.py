"""The Picture: one small frozen value that is the link, the sidebar and the evidence.

Everybody who holds the same link holds the same picture. This module is the only
parser and writer of links. A link is a stranger's input: unknown names fall away,
texts are cut, numbers are clamped; whether an area or theme exists is settled later
against the place (`needsmap.briefs.settle`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

LAYERS = ("voice", "index", "beside", "heard")
"""voice: a theme's share. index: an indicator. beside: both. heard: answers per people."""

MOST_GROUPS = 2
"""At most two attributes may be combined (policy D3)."""

_TOKEN = re.compile(r"[^\w .,+&/'()–-]", re.UNICODE)
_LONGEST = 80
_LATER = {"years", "steadied", "other", "against", "steps", "offer"}
"""Fields added later: left out of the mark while empty, so older marks stay as printed."""


@dataclass(frozen=True)
class Viewpoint:
    """Where the map looks: WGS84 degrees and a zoom of 0-20, in quarter steps."""

    latitude: float
    longitude: float
    zoom: float


@dataclass(frozen=True)
class Picture:
    """A question put to a place. Empty fields mean "the usual choice".

    Fields
    ------
    place : pack name. surveys : survey ids. level : level id. show : one of `LAYERS`.
    theme : theme id. indicator : indicator id. groups : up to two (group, band).
    question : question id as "survey/question". services : service categories drawn on
    top. area : code in focus. other : code of the area it is compared with. years : first
    and last year of grants counted, empty for all. steadied : shares of areas are drawn
    toward the whole place's where few answered, instead of as counted. against : what a
    second map beside the first shows, as ("theme", id), ("index", id), ("heard",) or
    ("place", pack name). steps : what a meeting shows, in order. offer : the kind of offer the
    map of strengths shows instead of something people value. view : viewpoint, not part
    of the mark.
    """

    place: str = ""
    surveys: tuple[str, ...] = ()
    level: str = ""
    show: str = "voice"
    theme: str = ""
    indicator: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    question: str = ""
    services: tuple[str, ...] = ()
    area: str = ""
    other: str = ""
    years: tuple[int, ...] = ()
    steadied: bool = False
    against: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    offer: str = ""
    view: Viewpoint | None = None

    def but(self, **changes: object) -> Picture:
        """Return the same picture with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def query(self) -> dict[str, str]:
        """Return the link's parameters, only those that differ from the usual choice."""
        found = {
            "place": self.place,
            "survey": "~".join(self.surveys),
            "by": self.level,
            "show": "" if self.show == "voice" else self.show,
            "theme": self.theme,
            "index": self.indicator,
            "people": "~".join(f"{group}:{band}" for group, band in self.groups),
            "question": self.question,
            "services": "~".join(self.services),
            "area": self.area,
            "other": self.other,
            "years": "_".join(map(str, self.years)),
            "steadied": "1" if self.steadied else "",
            "against": "~".join(self.against),
            "steps": "~".join(self.steps),
            "offer": self.offer,
        }
        if self.view is not None:
            view = self.view
            found["view"] = f"{view.latitude:.5f}_{view.longitude:.5f}_{view.zoom:g}"
        return {name: value for name, value in found.items() if value}

    def link(self) -> str:
        """Return the query string, without the question mark."""
        return urlencode(self.query())

    def mark(self, *, release: str, pack_version: str) -> str:
        """Return the short code printed wherever the picture is shown, like ``7F3A-21``.

        It covers the picture without its viewpoint, the release of the answers and the
        version of the pack: two people with the same mark see the same numbers.
        """
        facts = [
            f"{f.name}={getattr(self, f.name)!r}"
            for f in fields(self)
            # What was added later counts only when it is used, so that old marks stay true.
            if f.name != "view" and (f.name not in _LATER or getattr(self, f.name))
        ]
        digest = hashlib.sha256("\n".join([*facts, release, pack_version]).encode()).hexdigest()
        return f"{digest[:4]}-{digest[4:6]}".upper()


def from_query(parameters: Mapping[str, str]) -> Picture:
    """Read a picture from a link's parameters. Never raises: bad parts fall away."""
    show = parameters.get("show", "")
    return Picture(
        place=_clean(parameters.get("place", "")),
        surveys=_several(parameters.get("survey", "")),
        level=_clean(parameters.get("by", "")),
        show=show if show in LAYERS else "voice",
        theme=_clean(parameters.get("theme", "")),
        indicator=_clean(parameters.get("index", "")),
        groups=_pairs(parameters.get("people", ""))[:MOST_GROUPS],
        question=_clean(parameters.get("question", "")),
        services=_several(parameters.get("services", "")),
        area=_clean(parameters.get("area", "")),
        other=_clean(parameters.get("other", "")),
        years=_years(parameters.get("years", "")),
        steadied=parameters.get("steadied", "") == "1",
        against=_several(parameters.get("against", ""))[:2],
        steps=_several(parameters.get("steps", "")),
        offer=_clean(parameters.get("offer", "")),
        view=_viewpoint(parameters.get("view", "")),
    )


def _clean(text: str) -> str:
    # Space at the ends is dropped last: what was taken out, or cut off, may have hidden it.
    return _TOKEN.sub("", text).strip()[:_LONGEST].strip()


def _several(text: str) -> tuple[str, ...]:
    return tuple(_once(_clean(part) for part in text.split("~")[:30]))


def _once(parts: Iterable[str]) -> list[str]:
    return [part for part in dict.fromkeys(parts) if part]


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [part.partition(":") for part in text.split("~") if ":" in part]
    return tuple(dict.fromkeys((_clean(group), _clean(band)) for group, _, band in pairs))


def _years(text: str) -> tuple[int, ...]:
    """Return a first and a last year; one year alone is both; what is no year falls away."""
    parts = text.split("_")[:2]
    if not all(re.fullmatch("[1-9][0-9]{3}", part) for part in parts):
        return ()
    first, last = int(parts[0]), int(parts[-1])
    return (min(first, last), max(first, last))


def _viewpoint(text: str) -> Viewpoint | None:
    parts = text.split("_")
    if len(parts) != 3:
        return None
    try:
        latitude, longitude, zoom = (float(part) for part in parts)
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return None
    if zoom != zoom:
        return None
    return Viewpoint(latitude, longitude, round(4 * min(max(zoom, 0.0), 20.0)) / 4)
