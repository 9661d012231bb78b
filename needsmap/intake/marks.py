"""Marks in headings and cells that say how to read them, from data/intake/marks.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from needsmap.intake.any_words import AnyWords
from needsmap.intake.word_lists import word_list


@dataclass(frozen=True)
class Marks:
    """The compiled table.

    missing: texts, small letters. counting, follow_up, latitude, longitude: what a heading in
    small letters says. counted: words that count columns, one tuple a way of counting.
    instructions: what a cell in small letters says that tells how to answer.
    """

    missing: frozenset[str]
    counting: AnyWords
    follow_up: AnyWords
    latitude: AnyWords
    longitude: AnyWords
    counted: tuple[tuple[str, ...], ...]
    instructions: AnyWords

    @property
    def places(self) -> int:
        """Return how many places have words, first to fifth."""
        return len(word_list("marks")["ordinals"])


@cache
def ordinal(place: int) -> re.Pattern[str]:
    """Return the pattern of the words for a place, 0 for the first; few files ask for one."""
    return re.compile(r"\b(?:" + "|".join(word_list("marks")["ordinals"][place]) + r")\b")


@lru_cache(maxsize=1)
def marks() -> Marks:
    """Read the table once."""
    given = word_list("marks")

    def either(name: str) -> AnyWords:
        return AnyWords(given[name])

    return Marks(
        missing=frozenset(given["missing"]),
        counting=either("counting"),
        follow_up=either("follow_up"),
        latitude=either("latitude"),
        longitude=either("longitude"),
        counted=tuple(map(tuple, given["counted"])),
        instructions=either("instructions"),
    )


def place_told(first: str, this: str) -> int:
    """Return how many places "Choice C" comes after "Choice A"; 0 where nothing counts them.

    The two plain headings must be alike in every other word.
    """
    words = [re.findall(r"\w+", heading) for heading in (first, this)]
    if len(words[0]) != len(words[1]):
        return 0
    unlike = [(a, b) for a, b in zip(*words, strict=True) if a != b]
    if len(unlike) != 1 or len(words[0]) < 2:
        return 0
    ((one, other),) = unlike
    return next((way.index(other) for way in marks().counted if way[0] == one and other in way), 0)


def plain_heading(heading: str) -> str:
    """Return a heading in small letters, code names as words, its number left out."""
    text = re.sub(r"[_/]+", " ", heading.casefold().replace("’", "'"))
    return " ".join(re.sub(r"^\s*(?:q?\d{1,3}[a-z]?[.):]|q\d{1,3}\b)\s*", "", text).split())


def is_follow_up(heading: str) -> bool:
    """Tell a column for what people meant by "other"."""
    return marks().follow_up.found_in(plain_heading(heading))
