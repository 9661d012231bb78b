"""A cheap look at a text before the dear search for names in it."""

from __future__ import annotations

import re

from needsmap.intake.name_cues import LOWER_TITLES
from needsmap.intake.name_words import NO_NAME, TITLES

_CAPITALISED = re.compile(r"[A-Z][A-Za-z'-]*")
# Parts of all words of introduction, and titles that count in small letters.
CUES = ("name", "called", "known as", "signed", "fy enw", "me llamo", "nimeni", "ich hei",
        "m'appelle", *LOWER_TITLES)  # fmt: skip


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
