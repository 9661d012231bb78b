"""A cheap look at a text before the dear search for names in it."""

from __future__ import annotations

import re
from typing import NamedTuple

from needsmap.intake.name_cues import (
    LEADS_TO_A_PERSON,
    LOWER_TITLES,
    OTHERS_BEFORE_A_NAME,
    RELATIONS,
)
from needsmap.intake.name_words import NO_NAME, TITLES

_CAPITALISED = re.compile(r"[A-Z][A-Za-z'-]*")
# Parts of all words of introduction, and titles that count in small letters.
_INTRODUCING = ("name", "called", "known as", "signed", "fy enw", "me llamo", "nimeni", "ich hei",
                "m'appelle")  # fmt: skip
CUES = (*_INTRODUCING, *LOWER_TITLES)
_TOKEN = re.compile(r"\w+")
_LEADING = frozenset(
    _TOKEN.findall(cue)[0] for cue in LEADS_TO_A_PERSON | RELATIONS | OTHERS_BEFORE_A_NAME
)
_SIGNING = ("regards", "thank", "cheers", "sincerely", "faithfully", "wishes", "best", "love",
            "yours", "diolch", "cofion", "gracias", "saludos", "atentamente", "kiitos",
            "terveisin", "me:", "gan", "-", "~", "\n")  # fmt: skip
_BEFORE_ANOTHER = (" and ", " next door", " across the road")


class Cues(NamedTuple):
    """Which of the dear patterns of `name_cues` can be met in a text at all."""

    introduce: bool = True
    lead_to_a_person: bool = True
    sign_off: bool = True
    name_another: bool = True


def cues_in(text: str) -> Cues:
    """Return which patterns are worth a search; all where letters are not plain.

    Each pattern holds one of its cues, so where none stands it cannot be met. Letters that
    are not plain may be met by others in capitals, so there nothing is ruled out.
    """
    if not text.isascii():
        return Cues()
    small = text.lower()
    return Cues(
        introduce=any(cue in small for cue in _INTRODUCING),
        lead_to_a_person=not _LEADING.isdisjoint(_TOKEN.findall(small)),
        sign_off=any(cue in small for cue in _SIGNING),
        name_another=any(cue in small for cue in _BEFORE_ANOTHER),
    )


def surely_no_name(text: str) -> bool:
    """Say of a text in plain letters, at little cost, that no name can be found in it.

    A name begins with a capital, unless words of introduction or a title in small letters
    stand before it, and never with a word that is no name.
    """
    if not text.isascii() or may_begin_a_name(text):
        return False
    small = text.lower()
    return not any(cue in small for cue in CUES)


def may_begin_a_name(text: str) -> bool:
    """Say whether a word with a capital is a title, or none of the words that are no name."""
    for word in _CAPITALISED.findall(text):
        plain = word.strip("'-").lower()
        if plain in TITLES or (plain not in NO_NAME and plain.removesuffix("'s") not in NO_NAME):
            return True
    return False
