"""Tables of patterns say what Python's own `re` says of all of them joined."""

from __future__ import annotations

import random
import re

import pytest

from needsmap.intake.any_words import AnyWords, needs_of
from needsmap.intake.word_lists import word_list


def _tables() -> dict[str, list[str]]:
    tables = {}
    for file in ("wording", "marks"):
        for section, given in word_list(file).items():
            named = given.items() if isinstance(given, dict) else [("", given)]
            for name, patterns in named:
                plain = isinstance(patterns, list) and all(isinstance(p, str) for p in patterns)
                if plain and any("\\" in pattern for pattern in patterns):
                    tables[f"{section} {name}"] = patterns
    return tables


def test_every_table_finds_what_all_its_patterns_joined_find() -> None:
    tables = _tables()
    assert len(tables) > 20
    say = random.Random(7)
    found = 0
    for patterns in tables.values():
        words = re.findall(r"[^\W\d_]{2,}", " ".join(patterns).replace("\\b", " "))
        joined, asked = re.compile("|".join(patterns)), AnyWords(patterns)
        for _ in range(200):
            text = say.choice((" ", "")).join(say.choices(words, k=say.randint(1, 6)))
            expected = joined.search(text) is not None
            found += expected
            assert asked.found_in(text) == expected, (text, patterns)
    assert found > 1_000


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bpost ?codes?\b", ("post",)),
        ("colou?rs", ("colo",)),
        (r"\b(rent|own) it\b", (" it",)),
        (r"^(rent|own(ed)?)$", ("rent", "own")),
        ("(very )?(good|bad)", ("good", "bad")),
        ("one|two", ("one", "two")),
        ("one|x*", ("one", "")),
        ("(?!never)(?:sun|rain)", ("sun", "rain")),
        ("(?<!mid)day", ("day",)),
        ("(?i)day", ("",)),
        ("[abc]{2}", ("",)),
        ("ab{0,2}c", ("a",)),
        (r"\(a\)", ("a",)),
        ("(one", ("",)),
        ("one\ntwo", ("",)),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: tuple[str, ...]) -> None:
    assert needs_of([pattern]) == [needs]


def test_no_patterns_are_found_nowhere() -> None:
    assert not AnyWords([]).found_in("anything")
