"""How residents' wording is matched to the shared list of needs.

What stewards of the place corrected before comes first. Then words, beginnings of words
and phrases; only wording in which none of them is found is tried for near spellings. Every
match says why in words. Wording that matches nothing is kept as it was written: the screen
shows it as *other*, for a person to settle.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from needsmap.intake.themes import ThemeList
from needsmap.intake.tokens import normalise
from needsmap.words import say

_SHORTEST_NEAR = 6
"""Shorter words have too many neighbours: "park" is one letter from "part"."""
_LONG_WORD = 9
_MOST_REMEMBERED = 200_000


@dataclass(frozen=True)
class Match:
    """The theme ids a text names, in the order of the list, and why, in words."""

    themes: tuple[str, ...] = ()
    reason: str = ""


def wording_of(text: str) -> str:
    """Return a text as corrections know it: its words in small letters, one space between."""
    return " ".join(normalise(text))


@lru_cache(maxsize=32)
def _made(theme_list: ThemeList) -> Matcher:
    return Matcher(theme_list)


class Matcher:
    """Finds the themes a text names. Made once for a theme list, used on distinct texts.

    `corrections`: wording (as `wording_of` gives it) → theme ids a steward settled for it,
    none when it names no theme. They stand above the list.
    """

    def __init__(
        self, theme_list: ThemeList, corrections: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.theme_list = theme_list
        self.corrections = dict(corrections or {})
        self.labels = {theme.id: theme.label for theme in theme_list.themes}
        self._order = {theme.id: place for place, theme in enumerate(theme_list.themes)}
        self._whole: dict[str, list[Pattern]] = {}
        self._starts: dict[int, dict[str, list[Pattern]]] = {}
        self._inside: list[Pattern] = []
        self._remembered: dict[str, tuple[Pattern, ...]] = {}
        self._remembered_near: dict[str, tuple[tuple[str, str], ...]] = {}
        self._near: dict[str, list[tuple[str, Pattern]]] = {}
        self._not_near = {
            word for text in (*theme_list.not_near, *theme_list.skip) for word in normalise(text)
        }
        for theme in theme_list.themes:
            for wording in (*theme.words, theme.label):
                self._add(wording, theme.id)
        for wording in theme_list.skip:
            self._add(wording, "")

    @classmethod
    def of(
        cls, theme_list: ThemeList, corrections: Mapping[str, tuple[str, ...]] | None = None
    ) -> Matcher:
        """Return a matcher whose patterns were made once for the list, however often asked."""
        twin = copy.copy(_made(theme_list))
        twin.corrections = dict(corrections or {})
        # What was remembered of one file's words is not kept for the next.
        twin._remembered = {}
        twin._remembered_near = {}
        return twin

    def match(self, text: str) -> Match:
        """Return the themes `text` names and why. No theme is an answer too: *other*."""
        words = normalise(text)
        if self.corrections and (known := self.corrected(" ".join(words))) is not None:
            return Match(known, say("corrected here before"))
        found = self._exact(words)
        if found:
            said = [
                say("'{word}' is a word of {theme}", word=word, theme=self.labels[theme])
                for theme, word in found.items()
            ]
        else:
            near = self._spelt_nearly(words)
            found = {theme: word for theme, (word, _) in near.items()}
            said = [
                say(
                    "'{word}' looks like '{known}', a word of {theme}",
                    word=word, known=known, theme=self.labels[theme],
                )
                for theme, (word, known) in near.items()
            ]  # fmt: skip
        themes = tuple(sorted(found, key=self._order.__getitem__))
        return Match(themes, "; ".join(said))

    def corrected(self, wording: str) -> tuple[str, ...] | None:
        """Return what stewards settled for a wording, or None where they settled nothing."""
        settled = self.corrections.get(wording)
        if settled is None:
            return None
        # A theme that a place has since dropped falls away.
        return tuple(theme for theme in settled if theme in self.labels)

    def names_a_theme(self, words: tuple[str, ...]) -> bool:
        """Say whether words (`normalise`) name a theme word for word; the first one settles it."""
        return next(self._hits(words), None) is not None

    def _exact(self, words: tuple[str, ...]) -> dict[str, str]:
        """Return theme id → the first wording that named it, longest phrases first."""
        found: dict[str, str] = {}
        for theme, wording in self._hits(words):
            found.setdefault(theme, wording)
        return found

    def _hits(self, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Yield theme id and wording of each theme named, the longest phrase at each place."""
        place = 0
        while place < len(words):
            longest = 0
            hits: list[Pattern] = []
            for pattern in self.beginning_with(words[place]):
                size = len(pattern.parts)
                if size >= longest and pattern.fits(words, place):
                    hits = [pattern] if size > longest else [*hits, pattern]
                    longest = size
            for pattern in hits:
                if pattern.theme:
                    yield pattern.theme, " ".join(words[place : place + longest])
            place += max(longest, 1)

    def _spelt_nearly(self, words: tuple[str, ...]) -> dict[str, tuple[str, str]]:
        """Return theme id → (word as written, the word it is nearly)."""
        found: dict[str, tuple[str, str]] = {}
        for word in dict.fromkeys(words):
            for theme, known in self.near(word):
                found.setdefault(theme, (word, known))
        return found

    def near(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return (theme id, word of it) for the words of the list that a word nearly is."""
        if len(word) < _SHORTEST_NEAR or word in self._not_near or word in self._whole:
            return ()
        known = self._remembered_near.get(word)
        if known is not None:
            return known
        allowed = 2 if len(word) >= _LONG_WORD else 1
        # The first letter is almost always typed right; holding to it keeps chance
        # neighbours out and the search small.
        found = tuple(
            (pattern.theme, known)
            for known, pattern in self._near.get(word[0], ())
            if abs(len(known) - len(word)) <= allowed
            and DamerauLevenshtein.distance(word, known, score_cutoff=allowed) <= allowed
        )
        if len(self._remembered_near) < _MOST_REMEMBERED:
            self._remembered_near[word] = found
        return found

    def beginning_with(self, word: str) -> tuple[Pattern, ...]:
        """Return the patterns that a word may begin."""
        known = self._remembered.get(word)
        if known is not None:
            return known
        patterns = list(self._whole.get(word, ()))
        for size, starts in self._starts.items():
            patterns.extend(starts.get(word[:size], ()) if len(word) >= size else ())
        patterns.extend(pattern for pattern in self._inside if pattern.parts[0].fits(word))
        found = tuple(patterns)
        if len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[word] = found
        return found

    def _add(self, wording: str, theme: str) -> None:
        parts = _parts(wording)
        if not parts:
            return
        if not theme:
            # "Good job" is no wish for work; "good jobs" is.
            parts = tuple(replace(part, forms=frozenset({part.text})) for part in parts)
        pattern = Pattern(theme, parts)
        first = parts[0]
        if first.inside:
            self._inside.append(pattern)
        elif first.stem:
            self._starts.setdefault(len(first.text), {}).setdefault(first.text, []).append(pattern)
        else:
            for form in _forms(first.text):
                self._whole.setdefault(form, []).append(pattern)
        single = len(parts) == 1 and not first.inside and not first.stem
        if single and theme and len(first.text) >= _SHORTEST_NEAR:
            self._near.setdefault(first.text[0], []).append((first.text, pattern))


@dataclass(frozen=True)
class _Part:
    text: str
    stem: bool = False
    inside: bool = False
    forms: frozenset[str] = frozenset()

    def fits(self, word: str) -> bool:
        if self.inside:
            return self.text in word if self.stem else word.endswith(self.text)
        return word.startswith(self.text) if self.stem else word in self.forms


@dataclass(frozen=True)
class Pattern:
    """A wording of a theme ("" for one that is no need), a part a word."""

    theme: str
    parts: tuple[_Part, ...]

    def fits(self, words: tuple[str, ...], place: int) -> bool:
        """Say whether it stands in the words from a place on."""
        if place + len(self.parts) > len(words):
            return False
        return all(part.fits(words[place + step]) for step, part in enumerate(self.parts))


def _parts(wording: str) -> tuple[_Part, ...]:
    parts = []
    for piece in wording.replace("-", " ").split():
        words = normalise(piece)
        for place, word in enumerate(words):
            last = place == len(words) - 1
            parts.append(
                _Part(
                    word,
                    stem=piece.endswith("*") and last,
                    inside=piece.startswith("*") and place == 0,
                    forms=frozenset(_forms(word)),
                )
            )
    return tuple(parts)


def _forms(word: str) -> tuple[str, ...]:
    """Return a word with its plain English plurals; harmless in other languages."""
    if len(word) < 3 or word.isdigit():
        return (word,)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word, word[:-1] + "ies")
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word, word + "es")
    return (word, word + "s")


def guess_language(texts: Iterable[str], matchers: Mapping[str, Matcher]) -> str:
    """Return the language whose words name a theme in most of the texts ("en" on a tie)."""
    sample = [normalise(text) for text in texts]
    scores = {
        language: sum(1 for words in sample if matcher.names_a_theme(words))
        for language, matcher in matchers.items()
    }
    return max(scores, key=lambda language: (scores[language], language == "en"), default="en")
