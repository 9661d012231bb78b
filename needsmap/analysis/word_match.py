"""What a text is about, found by words, with the reason.

It reads grants and offers. A guess by words is shown with the words that made it, and a
grant's can be corrected.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"\w+")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class WordMatch:
    """What a text is about, and why.

    ids : of the things it names. field : which part of the text told ("" when nothing did,
    "corrected" when a person did). words : the words found there. also : a second part that
    told, with its words, where two parts were read each for itself.
    """

    ids: tuple[str, ...] = ()
    field: str = ""
    words: tuple[str, ...] = ()
    also: tuple[str, tuple[str, ...]] | None = None


NOTHING = WordMatch()
CORRECTED = "corrected"


def both(one: WordMatch, other: WordMatch) -> WordMatch:
    """Return what two readings of the same thing say together, with both reasons.

    What both name holds; where they name nothing in common, all that either names does.
    """
    if not one.ids or not other.ids:
        return one if one.ids else other
    agreed = tuple(name for name in one.ids if name in other.ids)
    ids = agreed or tuple(dict.fromkeys((*one.ids, *other.ids)))
    return WordMatch(ids, one.field, one.words, (other.field, other.words))


class WordMatcher:
    """Finds which of some things a text names. Made once for a list of things."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Keep id → words for it; "librar*" finds every word that begins so."""
        self._phrases = _phrases(words)

    def match(self, fields: Mapping[str, str], *, recipient: str = "") -> WordMatch:
        """Return what one text in several parts is about.

        `fields`: name of the part → its text, the most telling part first. The first part
        in which any word is found decides; within it the longest phrase wins over the words
        inside it ("mental health" is not also "health"). `recipient` is cut out of the
        texts first: "Grant to the Park Road Trust" says nothing about parks.
        """
        for field, text in fields.items():
            cut = re.sub(re.escape(recipient), " ", text, flags=re.I) if recipient else text
            found = list(_found(_tokens(cut), self._phrases))
            if found:
                themes = dict.fromkeys(theme for _, named in found for theme in named)
                return WordMatch(
                    tuple(themes), field, tuple(dict.fromkeys(words for words, _ in found))
                )
        return NOTHING


def _phrases(words: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[Phrase, str]]]:
    """Return first word (in every number) → phrases that begin with it, the longest first."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for theme, listed in words.items():
        for text in listed:
            phrase = tuple(_tokens(text, stars=True))
            if not phrase:
                continue
            # A phrase whose first word is a beginning is found by its first three letters.
            first = phrase[0]
            keys = [first.strip("*")[:3] + "*"] if "*" in first else _numbers(first)
            for key in keys:
                found.setdefault(key, []).append((phrase, theme))
    for listed_phrases in found.values():
        listed_phrases.sort(key=lambda pair: -len(pair[0]))
    return found


def _found(
    tokens: list[str], phrases: dict[str, list[tuple[Phrase, str]]]
) -> Iterator[tuple[str, list[str]]]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        nearby = [p for key in (*_numbers(token), token[:3] + "*") for p in phrases.get(key, ())]
        hits = [(p, t) for p, t in nearby if _same(p, tokens[at : at + len(p)])]
        longest = max((len(p) for p, _ in hits), default=0)
        if longest:
            named = list(dict.fromkeys(t for p, t in hits if len(p) == longest))
            yield " ".join(tokens[at : at + longest]), named
        at += max(longest, 1)


def _same(phrase: Phrase, tokens: list[str]) -> bool:
    if len(phrase) != len(tokens):
        return False
    return all(
        token.startswith(word.strip("*"))
        if word.endswith("*")
        else not _numbers(word).isdisjoint(_numbers(token))
        for word, token in zip(phrase, tokens, strict=True)
    )


@lru_cache(maxsize=50_000)
def _numbers(word: str) -> frozenset[str]:
    """Return a word as it stands and without endings of the plural."""
    found = {word}
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        found.add(word[:-1])
        if word.endswith("ies"):
            found.add(word[:-3] + "y")
        elif word.endswith("es"):
            found.add(word[:-2])
    return frozenset(found)


def _tokens(text: str, *, stars: bool = False) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"\w+\*?", plain) if stars else _TOKEN.findall(plain)
