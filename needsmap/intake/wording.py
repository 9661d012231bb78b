"""What the words of a heading say, read from data/intake/wording.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from needsmap.intake.scales import is_apart
from needsmap.settings import DATA_FOLDER
from needsmap.tables import Role

_MOST_OPTIONS = 0.6
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


@dataclass(frozen=True)
class Wording:
    """The compiled table: patterns by section; by group, those of headings and of options."""

    roles: dict[str, re.Pattern[str]]
    groups: tuple[tuple[str, re.Pattern[str]], ...]
    options: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def table() -> Wording:
    """Read the table once."""
    given = tomllib.loads((DATA_FOLDER / "intake" / "wording.toml").read_text("utf-8"))
    roles = {
        name: re.compile("|".join(section["words"]))
        for name, section in given.items()
        if "words" in section
    }
    group = given["group"]
    groups = tuple((name, re.compile("|".join(group[name]))) for name in group["order"])
    options = tuple(
        (name, re.compile("|".join(words))) for name, words in given["group_options"].items()
    )
    return Wording(roles, groups, options)


def role_of_facts(heading: str) -> tuple[Role | None, str]:
    """Return the role of a heading that asks who, when or where, and the group it names."""
    text = normal(heading)
    words = table()
    for role in _ORDER:
        if role == "group":
            for name, pattern in words.groups:
                if pattern.search(text):
                    return "group", name
        elif words.roles[role].search(text):
            return role, ""
    return None, ""


def role_of_meaning(heading: str) -> Role | None:
    """Return what the heading asks for: need, strength, offer or a comment; None if unclear.

    "other": it sounds like a need and is none, such as what to spend less on.
    """
    text = normal(heading)
    for section, role in _MEANING:
        if table().roles[section].search(text):
            return cast(Role, role)
    return None


def may_be_a_wish(heading: str, *, shared_out: bool = False) -> bool:
    """Say whether a heading asks for a choice that may be a wish: not what people do or know.

    `shared_out`: people share out points or money, so no word need say that they choose.
    """
    text = normal(heading)
    words = table().roles
    if words["no_need"].search(text) or words["no_choice"].search(text):
        return False
    return shared_out or says_nothing(heading) or bool(words["choice"].search(text))


def normal(text: str) -> str:
    """Return the text in small letters with plain apostrophes, "_" as spaces kept apart."""
    text = text.casefold().replace("’", "'")
    # Code names (your_need) are read as words; ids such as _uuid keep their mark too.
    spaced = re.sub(r"[_/.]+", " ", text).strip()
    return text if spaced == text else f"{spaced} | {text}"


def rates_a_need(heading: str) -> bool:
    """Say whether a rating under this heading says how much something is needed."""
    return table().roles["rated_need"].search(normal(heading)) is not None


def own_need(heading: str) -> bool:
    """Say whether a yes or no under this heading tells what the person needs."""
    return table().roles["own_need"].search(normal(heading)) is not None


def group_of_options(options: Sequence[str]) -> str:
    """Return the group that options tell of by themselves: "female", "male"; "" for none."""
    offered = [text.casefold() for text in options if not is_apart(text)]
    for name, pattern in table().options:
        told = sum(pattern.search(text) is not None for text in offered)
        if told >= 2 and told >= _MOST_OPTIONS * len(offered):
            return name
    return ""


def are_offers(options: Sequence[str]) -> bool:
    """Say whether most options tell of what people can do for others: "Lend tools"."""
    offered = [text.casefold() for text in options if not is_apart(text)]
    told = sum(table().roles["offer_options"].search(text) is not None for text in offered)
    return told >= 2 and told >= _MOST_OPTIONS * len(offered)


def asks_to_choose(heading: str) -> bool:
    """Say whether a heading asks to choose from something: "which", "tick", "select"."""
    return table().roles["choice"].search(normal(heading)) is not None


def asks_for_order(heading: str) -> bool:
    """Say whether a heading asks to put things in order."""
    return table().roles["order"].search(normal(heading)) is not None


def says_nothing(heading: str) -> bool:
    """Tell a heading that is only a code: "q0003", "G01Q02"."""
    return _CODE.fullmatch(heading.strip()) is not None
