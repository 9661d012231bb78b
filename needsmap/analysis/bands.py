"""Bands of age: reading what forms wrote, and adding fine population bands up to them."""

from __future__ import annotations

import re

OLDEST = 200
WIDEST_SPLIT = 5
"""Years of the widest band that may be taken in part."""
DEFAULT_AGE_BANDS = ("0-15", "16-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+")

_RANGE = re.compile(r"^\D*(\d{1,3})\s*(?:-|–|—|to|and|bis|à)\s*(\d{1,3})\b")
_OPEN = re.compile(r"(\d{1,3})\s*(?:\+|plus|(?:years )?(?:and|or) (?:over|older|above|more))", re.I)
_OVER = re.compile(r"^\s*(?:over|above|older than)\s*(\d{1,3})", re.I)
_UNDER = re.compile(r"^\s*(?:under|below|younger than|less than)\s*(\d{1,3})", re.I)


def limits(band: str) -> tuple[int, int] | None:
    """Return the first and last age of a band, or None when it is not one of ages.

    Understands "16-24", "16 to 24", "65+", "65 and over", "Under 16", "over 75" (which
    starts at 76).
    """
    if found := _RANGE.search(band):
        low, high = int(found[1]), int(found[2])
        return (low, high) if low <= high else None
    if found := _OPEN.search(band):
        return int(found[1]), OLDEST
    if found := _OVER.search(band):
        return int(found[1]) + 1, OLDEST
    if found := _UNDER.search(band):
        return 0, int(found[1]) - 1
    return None


def tidy_age(text: str) -> str:
    """Return an age answer as "lo-hi" or "lo+"; a bare age goes to its usual band.

    What is not an age ("Prefer not to say") comes back as it was.
    """
    bare = text.strip()
    if bare.isdigit() and int(bare) <= OLDEST:
        age = int(bare)
        return next(b for b in DEFAULT_AGE_BANDS if _holds(b, age))
    found = limits(bare)
    if found is None:
        return bare
    low, high = found
    return f"{low}+" if high == OLDEST else f"{low}-{high}"


def adds_up(fine: list[str], coarse: str) -> dict[str, float] | None:
    """Return the fine bands that make up the coarse one, and the part of each to take.

    A band of at most five years that reaches over an edge is taken in part, as if people
    were spread evenly over its years (16-24 takes four fifths of 15-19). None when a wider
    band reaches over an edge or an age is missing. Bands that are not ages must be the
    same word.
    """
    wanted = limits(coarse)
    if wanted is None:
        return {coarse: 1.0} if coarse in fine else None
    inside = []
    for band in fine:
        found = limits(band)
        if found is None or found[1] < wanted[0] or found[0] > wanted[1]:
            continue
        low, high = max(found[0], wanted[0]), min(found[1], wanted[1])
        years = found[1] - found[0] + 1
        if (low, high) != found and years > WIDEST_SPLIT:
            return None
        inside.append((low, high, band, (high - low + 1) / years))
    inside.sort()
    edge = wanted[0]
    for low, high, _, _ in inside:
        if low != edge:
            return None
        edge = high + 1
    if edge != wanted[1] + 1:
        return None
    return {band: part for _, _, band, part in inside}


def _holds(band: str, age: int) -> bool:
    found = limits(band)
    return found is not None and found[0] <= age <= found[1]
