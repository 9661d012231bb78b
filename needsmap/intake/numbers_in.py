"""The number a person wrote: "£1,200", "20%", "12,5" or "about 30"."""

from __future__ import annotations

import re

_AMOUNT = re.compile(r"-?\d+(?:[.,]\d+)?")


def number_in(text: str) -> float | None:
    """Return the first number in a text ("£1,200" is 1200), or None."""
    found = _AMOUNT.search(re.sub(r"(?<=\d),(?=\d{3})", "", text))
    return float(found.group().replace(",", ".")) if found else None
