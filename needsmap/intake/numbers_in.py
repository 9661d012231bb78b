"""The number a person wrote: "£1,200", "20%", "12,5" or "about 30"."""

from __future__ import annotations

import re

_PLACE = re.compile(
    r"(?:no\.? ?|nr\.? ?|n[º°] ?|#)?(\d{1,3})(?:st|nd|rd|th|er|ère|e|ème|[.ºª°):])?"
    r"(?: (?:choice|place|priority|preference|valinta|sija|opción|lugar|choix|place|wahl|platz"
    r"|dewis|most important))?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)?")


def number_in(text: str) -> float | None:
    """Return the first number in a text ("£1,200" is 1200), or None."""
    found = _AMOUNT.search(re.sub(r"(?<=\d),(?=\d{3})", "", text))
    return float(found.group().replace(",", ".")) if found else None


def place_in(text: str) -> int | None:
    """Return the place a cell of a ranking names: "3", "3rd", "3rd choice"; else None."""
    found = _PLACE.fullmatch(text.strip())
    return int(found[1]) if found else None
