"""What the words of a heading say, read from data/intake/wording.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import cast

from needsmap.intake.scales import is_apart
from needsmap.intake.word_lists import word_list
from needsmap.tables import Role

_MOST_OPTIONS = 0.6
_HEADINGS = 600
"""So many headings are remembered: several steps ask the same of each."""
_CODE = re.compile(r"[A-Za-z]{0,4}\d+(?:[A-Za-z]\d*)?(?:_\d+)*(?: ?\[\w+\])?")
_ORDER: tuple[Role, ...] = ("identity", "when", "location", "group")
_MEANING: tuple[tuple[str, Role], ...] = (
    ("text_first", "open_text"),
    ("no_need", "other"),
    ("need_first", "need"),
    ("offer", "offer"),
    ("strength", "strength"),
    ("need", "need"),
    ("text", "open_text"),
)


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    """Return the pattern of some words of the table; few files ask for all of them."""
    return re.compile("|".join(word_list("wording")[section][name]))


def _found(section: str, text: str) -> bool:
    """Say whether a text has words of a section."""
    return _pattern(section, "words").search(text) is not None


@lru_cache(maxsize=_HEADINGS)
def role_of_facts(heading: str) -> tuple[Role | None, str]:
    """Return the role of a heading that asks who, when or where, and the group it names."""
    text = normal(heading)
    for role in _ORDER:
        if role == "group":
            for name in word_list("wording")["group"]["order"]:
                if _pattern("group", name).search(text):
                    return "group", name
        elif _found(role, text):
            return role, ""
    return None, ""


@lru_cache(maxsize=_HEADINGS)
def role_of_meaning(heading: str) -> Role | None:
    """Return what the heading asks for: need, strength, offer or a comment; None if unclear.

    "other": it sounds like a need and is none, such as what to spend less on.
    """
    text = normal(heading)
    for section, role in _MEANING:
        if _found(section, text):
            return cast(Role, role)
    return None


def asks_for_words(heading: str) -> bool:
    """Say whether a heading asks for nothing but words: "Anything else?", "Other comments"."""
    return _found("text_first", normal(heading))


def may_be_a_wish(heading: str, *, shared_out: bool = False) -> bool:
    """Say whether a heading asks for a choice that may be a wish: not what people do or know.

    `shared_out`: people share out points or money, so no word need say that they choose.
    """
    text = normal(heading)
    if _found("no_need", text) or _found("no_choice", text):
        return False
    return shared_out or says_nothing(heading) or _found("choice", text)


def normal(text: str) -> str:
    """Return the text in small letters with plain apostrophes, "_" as spaces kept apart."""
    text = text.casefold().replace("’", "'")
    # Code names (your_need) are read as words; ids such as _uuid keep their mark too.
    spaced = re.sub(r"[_/.]+", " ", text).strip()
    return text if spaced == text else f"{spaced} | {text}"


def rates_a_need(heading: str) -> bool:
    """Say whether a rating under this heading says how much something is needed."""
    return _found("rated_need", normal(heading))


def own_need(heading: str) -> bool:
    """Say whether a yes or no under this heading tells what the person needs."""
    return _found("own_need", normal(heading))


def group_of_options(options: Sequence[str]) -> str:
    """Return the group that options tell of by themselves: "female", "male"; "" for none."""
    offered = [text.casefold() for text in options if not is_apart(text)]
    for name in word_list("wording")["group_options"]:
        pattern = _pattern("group_options", name)
        told = sum(pattern.search(text) is not None for text in offered)
        if told >= 2 and told >= _MOST_OPTIONS * len(offered):
            return name
    return ""


def are_offers(options: Sequence[str]) -> bool:
    """Say whether most options tell of what people can do for others: "Lend tools"."""
    offered = [text.casefold() for text in options if not is_apart(text)]
    told = sum(_found("offer_options", text) for text in offered)
    return told >= 2 and told >= _MOST_OPTIONS * len(offered)


def asks_to_choose(heading: str) -> bool:
    """Say whether a heading asks to choose from something: "which", "tick", "select"."""
    return _found("choice", normal(heading))


def asks_for_order(heading: str) -> bool:
    """Say whether a heading asks to put things in order."""
    return _found("order", normal(heading))


def says_nothing(heading: str) -> bool:
    """Tell a heading that is only a code: "q0003", "G01Q02"."""
    return _CODE.fullmatch(heading.strip()) is not None
