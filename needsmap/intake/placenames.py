"""Finding an area by what people call it: "Dunmoor ward", "District 2 – the hill", "2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from needsmap.intake.tokens import normalise


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LIKE_ENOUGH = 86.0
"""Least likeness (0-100, Indel ratio) of a misspelt name; "Dunmore"–"Dunmoor" is 86."""
_CLEAR_LEAD = 5.0
_SHORTEST_FUZZY = 5
_LEVEL_WORDS = _words(
    "ward district neighbourhood neighborhood area parish town village estate council city the of "
    "division electoral community borough kaupunginosa peruspiiri alue barrio distrito zone lsoa "
    "msoa"
)


@dataclass(frozen=True)
class NameMatch:
    """What a name was taken for: areas as (level id, code), and how it was read.

    `read_as` is the known name when it was spelt differently; more than one area means
    that the name is ambiguous.
    """

    areas: tuple[tuple[str, str], ...]
    read_as: str = ""
    inside: bool = False


class PlaceNames:
    """All names of a place's areas, ready to be matched with what people wrote."""

    def __init__(self, names: Mapping[str, Mapping[str, str]]) -> None:
        """Take level id → code → name."""
        self._areas: dict[str, dict[tuple[str, str], None]] = {}
        self._shown: dict[str, str] = {}
        self._numbers: dict[str, dict[tuple[str, str], None]] = {}
        self._longest = 0
        for level, by_code in names.items():
            for code, name in by_code.items():
                self.add(str(name), level, str(code))

    def add(self, name: str, level: str, code: str) -> None:
        """Make an area known by one more name."""
        # "District 2 – The Hill" is also "District 2", "The Hill" and plain "2".
        parts = [name, *re.split(r"\s[-–—:]\s|[(\[\])]", name)]
        keys = [key for part in parts for key in (_key(part), _bare(_key(part)))]
        for key in dict.fromkeys(keys):
            if key.isdigit():
                self._numbers.setdefault(key.lstrip("0"), {})[level, code] = None
            elif key:
                self._areas.setdefault(key, {})[level, code] = None
                self._shown.setdefault(key, name)
        self._longest = max(self._longest, len(_key(name).split()))

    def find(self, text: str) -> NameMatch:
        """Return what a text names; no areas when it names none that is known."""
        readings = list(dict.fromkeys(_readings(text)))
        for reading in readings:
            if reading in self._areas:
                return NameMatch(tuple(self._areas[reading]))
        for reading in readings:
            bare = reading.lstrip("0")
            if bare.isdigit() and bare in self._numbers:
                return NameMatch(tuple(self._numbers[bare]))
        inside = self._inside(_key(text))
        if inside.areas:
            return inside
        return self._spelt_nearly(readings)

    def _inside(self, key: str) -> NameMatch:
        """Find names standing inside a longer text; two different names are ambiguous."""
        words = key.split()
        found: dict[tuple[str, str], None] = {}
        names: list[str] = []
        place = 0
        while place < len(words):
            for size in range(min(self._longest, len(words) - place), 0, -1):
                phrase = " ".join(words[place : place + size])
                if len(phrase) > 3 and phrase in self._areas and phrase not in _LEVEL_WORDS:
                    found.update(self._areas[phrase])
                    names.append(self._shown[phrase])
                    place += size - 1
                    break
            place += 1
        return NameMatch(tuple(found), ", ".join(dict.fromkeys(names)), inside=True)

    def _spelt_nearly(self, readings: list[str]) -> NameMatch:
        for reading in readings:
            if len(reading) < _SHORTEST_FUZZY:
                continue
            near = process.extract(
                reading,
                self._areas.keys(),
                scorer=fuzz.ratio,
                score_cutoff=_LIKE_ENOUGH - 6,
                limit=4,
            )
            # "Hale 001A" and "Hale 001B" are alike and different places: digits must agree.
            same = [(key, score) for key, score, _ in near if _digits(key) == _digits(reading)]
            if not same or same[0][1] < _LIKE_ENOUGH - 0.5:
                continue
            best, score = same[0]
            rivals = {
                area
                for key, other in same
                if score - other < _CLEAR_LEAD
                for area in self._areas[key]
            }
            return NameMatch(tuple(dict.fromkeys([*self._areas[best], *rivals])), self._shown[best])
        return NameMatch(())


def _key(text: str) -> str:
    words = ["and" if word == "&" else word for word in text.replace("&", " & ").split()]
    joined = " ".join(normalise(" ".join(words).replace("'", "").replace("’", "")))
    return re.sub(r"\bsaint\b", "st", joined)


def _bare(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _LEVEL_WORDS)


def _digits(text: str) -> str:
    found = re.findall(r"\d+[a-z]?", text)
    return " ".join(part.lstrip("0") for part in found)


def _readings(text: str) -> Iterator[str]:
    """Yield the ways a text may be read as a name, the fullest first."""
    text = text[:300]
    parts = [text, re.sub(r"[(\[].{0,200}?[)\]]", " ", text)]
    parts += re.split(r"\s[-–—]\s|[,:;/(\[\])|]", text)
    for part in parts:
        key = _key(part)
        yield key
        if _bare(key):
            yield _bare(key)
