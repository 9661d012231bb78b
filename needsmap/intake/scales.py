"""Answers that stand on a scale: their points, lowest first, and words that are no point.

Words of known scales come from data/intake/wording.toml. A scale nobody listed is known by
how it is built: one word with "not at all", "fairly", "very" before it, or its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from needsmap.intake.word_lists import word_list

_LEAST_ALIKE = 4
_MEANS = r"\s*(?:=+|:|–|—|-|\(|\b(?:is|being|means|meaning|for|on|es|est|ist|yw)\b)\s*"
_WORDS = r"([^\W\d][^\d,;=()/\[\]]{1,60})"
_POINT_IS = re.compile(rf"(?<![\d£$€%])(\d{{1,2}}){_MEANS}{_WORDS}")
_IS_POINT = re.compile(rf"(?<![\w]){_WORDS}\s*=\s*(\d{{1,2}})(?!\d)")
_COUNTED = re.compile(
    r"(\d{1,2})\s*(?:(?:/|out of|of|von|sur|de)\s*(?:5|7|10)"
    r"|stars?|tähti|tähteä|estrellas?|étoiles?|sterne?|seren|sêr)",
    re.IGNORECASE,
)
_FINERY = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
"""What colours a picture and changes nothing of its meaning."""
_PICTURES = re.compile("[\u2190-\u2bff\U0001f300-\U0001faff]+")
_JOINING = re.compile(r"^(?:the|a|an|that)\s+|\s+(?:and|to|or|ja|y|et|und|a|i|bis|hasta)\s*$")


@dataclass(frozen=True)
class Scales:
    """The table of scales.

    lists: word → point, one mapping a scale. apart: words that are no point. degrees: words of
    degree → how strong (negative: against), longest first. opposites: beginnings that turn a
    word round.
    """

    lists: tuple[dict[str, int], ...]
    apart: frozenset[str]
    degrees: tuple[tuple[str, float], ...]
    opposites: tuple[str, ...]
    begins: tuple[str, ...]
    """The words of degree alone: `str.startswith` asks for all of them at once."""


@lru_cache(maxsize=1)
def scales() -> Scales:
    """Read the table once."""
    given = word_list("wording")["scales"]
    lists = tuple(
        {word: point for point, words in enumerate(scale, 1) for word in words.split("|")}
        for scale in given["lists"]
    )
    degrees = {
        word: float(strength) for strength, words in given["degrees"].items() for word in words
    }
    longest_first = sorted(degrees.items(), key=lambda pair: -len(pair[0]))
    return Scales(
        lists=lists,
        apart=frozenset(given["apart"]),
        degrees=tuple(longest_first),
        opposites=tuple(given["opposites"]),
        begins=tuple(degrees),
    )


def is_apart(answer: str) -> bool:
    """Tell wording that is no point of a scale: "don't know", "not applicable"."""
    return scale_word(answer) in scales().apart


def scale_of(answers: Sequence[str], heading: str = "") -> dict[str, float] | None:
    """Return each answer's point on a scale (0 for words apart), or None.

    All answers must be found on one scale, at least two points of it. The scale is counted
    from 1 without the points nobody could choose: five words give 1-5. High is good, much or
    important: numbers run the other way where their words, or the heading, say so.
    """
    plain = {answer: scale_word(answer) for answer in answers}
    if numbered := _numbered_scale(plain, heading):
        return numbered
    on_scale = {answer: word for answer, word in plain.items() if word not in scales().apart}
    if len(on_scale) < 2:
        return None
    strength = _strengths(list(on_scale.values()))
    if strength is None:
        return None
    points = sorted(set(strength.values()))
    rank = {point: float(i) for i, point in enumerate(points, 1)}
    return {
        answer: rank[strength[word]] if answer in on_scale else 0.0
        for answer, word in plain.items()
    }


def turned_round(points: Mapping[str, float], heading: str) -> dict[str, float]:
    """Return points with high and low exchanged where answers or heading say that 1 is best.

    `points`: answer → its number; 0 for words apart. "1 (very good)" and "5 (very bad)" say
    so, and "(1 = very important, 5 = not important)" in a heading.
    """
    given = [point for point in points.values() if point]
    worded = [
        (point, words)
        for answer, point in points.items()
        if point and (words := scale_word(answer)) and not words.isdigit()
    ]
    ends = worded if _runs_down(worded) is not None else _ends_told(heading)
    if not given or not _runs_down(ends):
        return dict(points)
    whole = [*given, *(number for number, _ in ends)]
    both = min(whole) + max(whole)
    return {answer: both - point if point else 0.0 for answer, point in points.items()}


def _ends_told(heading: str) -> list[tuple[float, str]]:
    """Return the points a heading explains: "1 = very bad", "5 being the best"."""
    text = " ".join(heading.casefold().replace("’", "'").split())
    found = [(float(number), words) for number, words in _POINT_IS.findall(text)]
    found += [(float(number), words) for words, number in _IS_POINT.findall(text)]
    return [(number, _JOINING.sub("", words).strip(" .\"'")) for number, words in found]


def _runs_down(ends: Sequence[tuple[float, str]]) -> bool | None:
    """Say whether the low numbers are the strong ones; None where the words do not tell."""
    known: list[tuple[float, float]] = []
    words = [word for _, word in ends]
    strength = _strengths(words) if len(set(words)) > 1 else None
    for number, word in ends:
        if strength is not None:
            known.append((number, strength[word]))
        elif (place := _place_in_a_list(word)) is not None:
            known.append((number, place))
    if not known:
        return None
    if len(known) == 1:
        # One end alone, "1 is the best": the other end is the other number.
        ((number, place),) = known
        return None if not place else (place > 0) == (number <= 1)
    low, high = min(known), max(known)
    return low[1] > high[1] if low[1] != high[1] else None


def _place_in_a_list(word: str) -> float | None:
    """Return where a word stands on the first scale that has it: -1 lowest, 1 highest."""
    for scale in scales().lists:
        if word in scale:
            last = max(scale.values())
            return (2 * scale[word] - 1 - last) / (last - 1)
    return None


def _strengths(words: Sequence[str]) -> dict[str, float] | None:
    """Return how strong each word is when all stand on one scale, two points at least."""
    wanted = set(words)
    for scale in scales().lists:
        if wanted <= scale.keys():
            found = {word: float(scale[word]) for word in words}
            return found if len(set(found.values())) > 1 else None
    return _degrees_of_one_word(words)


def _degrees_of_one_word(words: Sequence[str]) -> dict[str, float] | None:
    """Return how strong each is when all are degrees of one word: "very warm", "not warm"."""
    found = {word: _degree(word) for word in words}
    bare = {rest for _, rest in found.values() if rest}
    if len(found) < 2 or not bare:
        return None
    stem = min(bare, key=len)
    if len(stem) < _LEAST_ALIKE or (len(found) == 2 and len(bare) == 2):
        return None
    strengths: dict[str, float] = {}
    for word, (degree, rest) in found.items():
        if rest in {"", stem}:
            strengths[word] = degree
        elif any(rest == opposite + stem for opposite in scales().opposites):
            strengths[word] = -degree
        else:
            return None
    enough = sum(rest != "" for _, rest in found.values()) >= 2
    return strengths if enough and len(set(strengths.values())) == len(found) else None


def _degree(word: str) -> tuple[float, str]:
    """Return how strong a wording is and what it is strong in ("" for the middle alone)."""
    if turned := re.fullmatch(r"not (.+) at all", word):
        return -2.0, turned[1]
    if word.startswith("neither "):
        return 0.0, ""
    if not word.startswith(scales().begins):
        return 3.0, word
    for degree, strength in scales().degrees:
        if word == degree:
            return strength, ""
        if word.startswith(f"{degree} "):
            return strength, word[len(degree) + 1 :]
    return 3.0, word


def _numbered_scale(plain: Mapping[str, str], heading: str) -> dict[str, float] | None:
    """Return the points of answers that each start with theirs: "1 not at all" to "5 fully"."""
    points = {answer: 0.0 for answer, word in plain.items() if word in scales().apart}
    starts: dict[str, float] = {}
    counted = {answer: _out_of(answer) for answer in plain.keys() - points.keys()}
    if len(set(counted.values())) > 1 and None not in counted.values():
        # "3 stars" says what it counts, so nobody need have given 1 or 4.
        return points | turned_round(
            from_one({a: n for a, n in counted.items() if n is not None}), heading
        )
    for answer, count in counted.items():
        if count is not None:
            starts[answer] = count
            continue
        started = re.match(r"(\d{1,2})(?:$|[\s_.:)(=–-]+\D)", answer)
        if started is None or re.search(r"\d", answer[started.end() :]):
            return None
        starts[answer] = float(started[1])
    given = sorted(starts.values())
    if len(given) < 3 or given != [given[0] + i for i in range(len(given))] or given[0] > 1:
        return None
    return points | turned_round(from_one(starts), heading)


def _out_of(answer: str) -> float | None:
    """Return the points of "4/5", "4 out of 5" and "★★★★"."""
    stars = re.sub(r"\s*\(\d{1,2}\)$", "", _FINERY.sub("", answer.strip())).rstrip("☆")
    if stars and set(stars) <= set("★⭐*"):
        return float(len(stars))
    found = _COUNTED.fullmatch(answer.strip())
    return float(found[1]) if found else None


def from_one(points: Mapping[str, float]) -> dict[str, float]:
    """Return the points of a scale that begins at 0 counted from 1: 0 stands for no point."""
    up = 1.0 if points and min(points.values()) == 0 else 0.0
    return {answer: point + up for answer, point in points.items()}


@lru_cache(maxsize=1024)
def scale_word(answer: str) -> str:
    """Return the words of an answer such as "5 - Very satisfied" or "1___not_at_all"."""
    text = _FINERY.sub("", answer).casefold().replace("’", "'").replace("_", " ").strip()
    if any(character.isalpha() for character in text):
        # A face beside its word says the same once more.
        text = _PICTURES.sub("", text).strip()
    text = re.sub(r"^\d+(?:\.0)?\s*[-–—.:)(=]*\s*|\s*[-–(]*\s*\d+\)?$", "", text)
    text = text.removesuffix(")") if text.count("(") < text.count(")") else text
    return " ".join(text.split())
