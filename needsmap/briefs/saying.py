"""Plain words for numbers: shares, dates, distances, orders, certainty."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from needsmap.words import say

_SHARES = (
    (0.10, "one in ten people"),
    (0.20, "one in five people"),
    (0.25, "a quarter of people"),
    (0.30, "three in ten people"),
    (1 / 3, "a third of people"),
    (0.40, "four in ten people"),
    (0.50, "half of people"),
    (0.60, "six in ten people"),
    (2 / 3, "two thirds of people"),
    (0.70, "seven in ten people"),
    (0.75, "three quarters of people"),
    (0.80, "eight in ten people"),
    (0.90, "nine in ten people"),
    (1.00, "nearly everybody"),
)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_FIRST = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}


@lru_cache(maxsize=4096)
def share_of_people(share: float) -> str:
    """Return a fraction 0-1 as everyday words: 0.41 → "about four in ten people"."""
    if share < 0.07:
        return say("fewer than one in ten people")
    value, words = min(_SHARES, key=lambda pair: abs(pair[0] - share))
    return say(words) if value == 1 else say("about {share}", share=say(words))


def ordinal(place: int) -> str:
    """Return 1 → "1st", 12 → "12th", 22 → "22nd"."""
    ending = "th" if place % 100 in {11, 12, 13} else _ENDINGS.get(place % 10, "th")
    return f"{place}{ending}"


def places(first: int, last: int) -> str:
    """Return the places something could hold: "1st", "1st or 2nd", "1st to 3rd"."""
    if first == last:
        return ordinal(first)
    if last == first + 1:
        return say("{one} or {other}", one=ordinal(first), other=ordinal(last))
    return say("{one} to {other}", one=ordinal(first), other=ordinal(last))


def order_words(first: int, last: int) -> str:
    """Return "the first wish", or "somewhere from first to third"."""
    one, other = _FIRST.get(first, ordinal(first)), _FIRST.get(last, ordinal(last))
    if first == last:
        return say("the {place} wish", place=one)
    if last == first + 1:
        return say("the {one} or {other} wish", one=one, other=other)
    return say("somewhere from the {one} to the {other} wish", one=one, other=other)


def band_words(likely: tuple[int, int], possible: tuple[int, int]) -> str:
    """Return places in words: "first or second, could be third".

    `likely` and `possible`: first and last place, the second around the first.
    """
    told = _from_to(*likely)
    if likely == possible:
        return told
    before, after = possible[0] < likely[0], possible[1] > likely[1]
    if before and after:
        return say("{likely}, could be {range}", likely=told, range=_from_to(*possible))
    edge = possible[0] if before else possible[1]
    return say("{likely}, could be {place}", likely=told, place=_FIRST.get(edge, ordinal(edge)))


def _from_to(first: int, last: int) -> str:
    one, other = _FIRST.get(first, ordinal(first)), _FIRST.get(last, ordinal(last))
    if first == last:
        return one
    joined = "{one} or {other}" if last == first + 1 else "{one} to {other}"
    return say(joined, one=one, other=other)


def certainty(first: int, last: int) -> tuple[str, str]:
    """Return dots and words for how sure a place in the order is, by how far it could move."""
    if first == last:
        return "●●●", say("clear")
    if last - first <= 3:
        return "●●○", say("fairly sure")
    return "●○○", say("a rough idea")


def season(asked: date | None) -> str:
    """Return "Spring 2026" for a date in the northern year, "" when unknown."""
    if asked is None:
        return ""
    name = ("Winter", "Spring", "Summer", "Autumn")[asked.month % 12 // 3]
    return say("{season} {year}", season=say(name), year=asked.year)


def distance(metres: float) -> str:
    """Return a straight-line distance: "650 m as the crow flies"."""
    return say("{length} as the crow flies", length=length(metres))


def length(metres: float) -> str:
    """Return metres in words: to 50 m below a kilometre, else to 0.1 km."""
    if metres < 975:
        return say("{metres} m", metres=max(50, round(metres / 50) * 50))
    return say("{km} km", km=f"{round(metres / 100) / 10:.1f}")


def one_in(people: float, answered: float) -> str:
    """Return "about 1 in 60 people" for a population and a published count."""
    ratio = people / answered
    step = 1 if ratio < 10 else 5 if ratio < 100 else 10 ** math.floor(math.log10(ratio) - 0.3)
    return say("about 1 in {number} people", number=f"{round(ratio / step) * step:,.0f}")


def listed(names: Sequence[str], *, most: int = 3) -> str:
    """Return names as "A, B and C", at most `most`, then "and 2 more"."""
    if not names:
        return ""
    if len(names) > most:
        first = ", ".join(names[:most])
        return say("{names} and {number} more", names=first, number=len(names) - most)
    if len(names) == 1:
        return names[0]
    return say("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])


def quoted(label: str) -> str:
    """Return a wish as it stands inside a sentence: its first letter small."""
    return label[:1].lower() + label[1:]


def capital(sentence: str) -> str:
    """Return a sentence with its first letter capital."""
    return sentence[:1].upper() + sentence[1:]
