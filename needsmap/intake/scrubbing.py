"""Personal details taken out of text, replaced by a word in square brackets: [email]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from needsmap.intake.identifiers import Found, find_identifiers
from needsmap.intake.names import find_names
from needsmap.intake.quick_look import FROM, surely_clean

PLACEHOLDERS = {
    "email": "[email]",
    "phone": "[phone]",
    "postcode": "[postcode]",
    "name": "[name]",
    "NHS number": "[NHS number]",
    "NI number": "[NI number]",
    "IP address": "[IP address]",
    "device": "[device number]",
    "card": "[card number]",
    "coordinates": "[place on the map]",
    "address": "[address]",
}
_PLACEHOLDER = re.compile("|".join(re.escape(word) for word in PLACEHOLDERS.values()))
LONGEST = 20_000
"""Letters of a text that are searched; nothing after them is kept."""
_MOST_ROUNDS = 12


def find_in(text: str, country: str = "GB") -> list[Found]:
    """Return all personal details in a text, in order; formal kinds go before names."""
    return list(found_in(text[:LONGEST], country))


def scrub(text: str, country: str = "GB") -> tuple[str, int]:
    """Return the text with personal details replaced, and how many were.

    Scrubbing a scrubbed text changes nothing. Text past 20,000 characters is cut: nobody
    checks it, so it must not be kept.
    """
    text = text[:LONGEST]
    total = 0
    for _ in range(_MOST_ROUNDS):
        text, replaced = _one_round(text, country)
        total += replaced
        if not replaced:
            break
    return text, total


def scrub_many(
    texts: Sequence[str], country: str = "GB", clean: npt.NDArray[np.bool_] | None = None
) -> list[str]:
    """Return the texts with personal details replaced, each as `scrub` returns it.

    `clean`: what `surely_clean` says of them, where it is known.
    """
    if len(texts) < FROM:
        return [scrub(text, country)[0] for text in texts]
    if clean is None:
        clean = surely_clean(pa.array(texts, pa.large_string()))
    scrubbed = list(texts)
    for place in np.flatnonzero(~clean).tolist():
        scrubbed[place] = scrub(texts[place], country)[0]
    return scrubbed


def scrub_identifiers(text: str, country: str = "GB") -> tuple[str, int]:
    """Return the text without details of a known form; names stay (for printed options)."""
    replaced = 0
    for found in reversed(find_identifiers(text, country)):
        text = text[: found.start] + PLACEHOLDERS[found.kind] + text[found.end :]
        replaced += 1
    return text, replaced


def _one_round(text: str, country: str) -> tuple[str, int]:
    pieces: list[str] = []
    replaced = 0
    start = 0
    # Placeholders are walls: nothing is searched across them, so a second pass over the
    # same text finds what this one left, and nothing else.
    for wall in [*_PLACEHOLDER.finditer(text), None]:
        piece = text[start : wall.start()] if wall else text[start:]
        for found in reversed(found_in(piece, country)):
            piece = piece[: found.start] + PLACEHOLDERS[found.kind] + piece[found.end :]
            replaced += 1
        pieces.append(piece)
        if wall:
            pieces.append(wall.group())
            start = wall.end()
    return "".join(pieces), replaced


@lru_cache(maxsize=50_000)
def found_in(text: str, country: str) -> tuple[Found, ...]:
    """Return all personal details in a text, as `find_in`, whatever its length."""
    formal = find_identifiers(text, country)
    names = [
        name
        for name in find_names(text)
        if all(name.end <= other.start or name.start >= other.end for other in formal)
    ]
    return tuple(sorted([*formal, *names], key=lambda found: found.start))
