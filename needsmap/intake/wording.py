"""What the words of a heading or an answer scale say, read from data/intake/wording.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from needsmap.settings import DATA_FOLDER
from needsmap.tables import Role

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
    """The compiled table: patterns by section, group patterns in order, scales, words apart."""

    roles: dict[str, re.Pattern[str]]
    groups: tuple[tuple[str, re.Pattern[str]], ...]
    scales: tuple[dict[str, int], ...]
    apart: frozenset[str]


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
    scales = tuple(
        {word: point for point, words in enumerate(scale, 1) for word in words.split("|")}
        for scale in given["scales"]["lists"]
    )
    return Wording(roles, groups, scales, frozenset(given["scales"]["apart"]))


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
    return shared_out or bool(words["choice"].search(text))


def normal(text: str) -> str:
    """Return the text in small letters with plain apostrophes, "_" as spaces kept apart."""
    text = text.casefold().replace("’", "'")
    # Code names (your_need) are read as words; ids such as _uuid keep their mark too.
    spaced = re.sub(r"[_/.]+", " ", text).strip()
    return text if spaced == text else f"{spaced} | {text}"


def is_apart(answer: str) -> bool:
    """Tell wording that is no point of a scale: "don't know", "not applicable"."""
    return _scale_word(answer) in table().apart


def scale_of(answers: list[str]) -> dict[str, float] | None:
    """Return each answer's point on a known scale (0 for words apart), or None.

    All answers must be found on one scale, at least two points of it. The scale is counted
    from 1 without the points nobody could choose: five words give 1-5.
    """
    plain = {answer: _scale_word(answer) for answer in answers}
    if numbered := _numbered_scale(plain):
        return numbered
    on_scale = {answer: word for answer, word in plain.items() if word not in table().apart}
    if len(on_scale) < 2:
        return None
    for scale in table().scales:
        if all(word in scale for word in on_scale.values()):
            points = sorted({scale[word] for word in on_scale.values()})
            if len(points) < 2:
                return None
            rank = {point: float(i) for i, point in enumerate(points, 1)}
            return {
                answer: rank[scale[word]] if answer in on_scale else 0.0
                for answer, word in plain.items()
            }
    return None


def _numbered_scale(plain: dict[str, str]) -> dict[str, float] | None:
    """Return the points of answers that each start with theirs: "1 not at all" to "5 fully"."""
    points = {answer: 0.0 for answer, word in plain.items() if word in table().apart}
    for answer in plain.keys() - points.keys():
        started = re.match(r"(\d{1,2})(?:$|[\s_.:)(=–-]+\D)", answer)
        if started is None or re.search(r"\d", answer[started.end() :]):
            return None
        points[answer] = float(started[1])
    given = sorted(point for point in points.values() if point)
    steady = given == [given[0] + i for i in range(len(given))] if given else False
    return points if len(given) >= 3 and steady and given[0] <= 1 else None


def _scale_word(answer: str) -> str:
    """Return the words of an answer such as "5 - Very satisfied" or "1___not_at_all"."""
    text = answer.casefold().replace("’", "'").replace("_", " ").strip()
    text = re.sub(r"^\d+\s*[-–.:)=]*\s*|\s*[-–(]*\s*\d+\)?$", "", text)
    return " ".join(text.split())
