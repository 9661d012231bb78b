"""Finding a street by what people write: house numbers, short forms and slips are no matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from needsmap.intake.tokens import normalise

_SHORT = {
    "st": "street", "str": "street", "rd": "road", "av": "avenue", "ave": "avenue", "ln": "lane",
    "dr": "drive", "drv": "drive", "cl": "close", "clo": "close", "cres": "crescent",
    "cresc": "crescent", "ct": "court", "crt": "court", "gdns": "gardens", "gdn": "gardens",
    "gr": "grove", "grv": "grove", "pl": "place", "sq": "square", "ter": "terrace",
    "terr": "terrace", "pk": "park", "blvd": "boulevard", "hwy": "highway", "wy": "way",
}  # fmt: skip
_LIKE_ENOUGH = 88.0
"""Least likeness (0-100, Indel ratio) of a misspelt street."""
_CLEAR_LEAD = 4.0
_SAME_KIND = 80.0
_SHORTEST_FUZZY = 8
_NUMBER = re.compile(r"^(?:(?:flat|apartment|apt|unit|no|number)\s+)?\d+[a-z]?\s+")


@dataclass(frozen=True)
class Street:
    """A street found: the areas it runs through, and its name when it was spelt differently."""

    areas: frozenset[str]
    read_as: str = ""


class Streets:
    """The streets a pack knows, each with the finest areas it runs through."""

    def __init__(self) -> None:
        self._areas: dict[str, set[str]] = {}

    def add(self, name: str, areas: frozenset[str]) -> None:
        """Make a street known, or add areas to one that is."""
        if areas and (key := street_key(name)):
            self._areas.setdefault(key, set()).update(areas)

    def find(self, text: str) -> Street | None:
        """Return the street a text names, or None; two that are alike are not guessed."""
        return self.find_exactly(text) or self._spelt_nearly(street_key(text))

    def find_exactly(self, text: str) -> Street | None:
        """Return the street a text, or a part of it between commas, names word for word."""
        if not self._areas:
            return None
        # "Flat 3, 12 Long Lane, Dunmore": each part between commas may be the street.
        for part in [text, *re.split(r"[,;/\n]", text)] if "," in text else [text]:
            key = street_key(part)
            if key in self._areas:
                return Street(frozenset(self._areas[key]))
        return None

    def _spelt_nearly(self, key: str) -> Street | None:
        if len(key) < _SHORTEST_FUZZY or " " not in key:
            return None
        kind = key.rpartition(" ")[2]
        near = [
            (name, score)
            for name, score, _ in process.extract(
                key, self._areas.keys(), scorer=fuzz.ratio,
                score_cutoff=_LIKE_ENOUGH - _CLEAR_LEAD, limit=6,
            )
            # "Mill Lane" and "Mill Close" are alike and different streets.
            if fuzz.ratio(name.rpartition(" ")[2], kind) >= _SAME_KIND
        ]  # fmt: skip
        if not near or near[0][1] < _LIKE_ENOUGH:
            return None
        if len(near) > 1 and near[0][1] - near[1][1] < _CLEAR_LEAD:
            return None
        return Street(frozenset(self._areas[near[0][0]]), near[0][0].title())


def street_key(text: str) -> str:
    """Return a street as it is compared: no house number, short forms written out."""
    plain = " ".join(normalise(text.replace("'", "").replace("’", "")))
    words = _NUMBER.sub("", plain).split()
    last = len(words) - 1
    full = []
    for place, word in enumerate(words):
        if place == last and place > 0 and word == "saint":
            # Lookups write every "st" as "saint"; at the end it is a street.
            full.append("street")
        elif place == 0 and word == "st":
            full.append("saint")
        else:
            full.append(_SHORT.get(word, word) if place > 0 else word)
    return " ".join(full)
