"""Marks in headings and cells that say how to read them, from data/intake/marks.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from needsmap.intake.word_lists import word_list


@dataclass(frozen=True)
class Marks:
    """The compiled table.

    missing: texts, small letters. counting, follow_up, latitude, longitude: patterns for a
    heading in small letters. ordinals: one pattern a place, first to fifth. counted: words that
    count columns, one tuple a way of counting. instructions: a pattern for a cell in small
    letters that tells how to answer.
    """

    missing: frozenset[str]
    counting: re.Pattern[str]
    follow_up: re.Pattern[str]
    latitude: re.Pattern[str]
    longitude: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]
    counted: tuple[tuple[str, ...], ...]
    instructions: re.Pattern[str]


@lru_cache(maxsize=1)
def marks() -> Marks:
    """Read the table once."""
    given = word_list("marks")

    def either(name: str) -> re.Pattern[str]:
        return re.compile("|".join(given[name]))

    return Marks(
        missing=frozenset(given["missing"]),
        counting=either("counting"),
        follow_up=either("follow_up"),
        latitude=either("latitude"),
        longitude=either("longitude"),
        ordinals=tuple(
            re.compile(r"\b(?:" + "|".join(words) + r")\b") for words in given["ordinals"]
        ),
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
    return marks().follow_up.search(plain_heading(heading)) is not None
