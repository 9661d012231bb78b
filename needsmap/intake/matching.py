"""How residents' wording is matched to the shared list of needs.

What stewards of the place corrected before comes first. Then words, beginnings of words
and phrases; only wording in which none of them is found is tried for near spellings. Every
match says why in words. Wording that matches nothing is kept as it was written: the screen
shows it as *other*, for a person to settle.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from rapidfuzz.distance import DamerauLevenshtein

from needsmap.intake.patterns import Pattern, first_words, may_be_form_of
from needsmap.intake.themes import ThemeList
from needsmap.intake.tokens import normalise
from needsmap.words import say

_place_in_list = attrgetter("number")
_SHORTEST_NEAR = 6
"""Shorter words have too many neighbours: "park" is one letter from "part"."""
_LONG_WORD = 9
_MOST_REMEMBERED = 200_000
_PLAIN = re.compile(r"\*?[A-Za-z0-9]+\*?(?:[ -]\*?[A-Za-z0-9]+\*?)*+")
"""Wordings of which every piece holds a word."""


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
        self._inside: list[tuple[str, bool, Pattern]] = []
        self._patterns = 0
        self._remembered: dict[str, tuple[Pattern, ...]] = {}
        self._remembered_near: dict[str, tuple[tuple[str, str], ...]] = {}
        self._near: dict[str, list[tuple[str, Pattern]]] = {}
        self._not_near = {
            word for text in (*theme_list.not_near, *theme_list.skip) for word in normalise(text)
        }
        for theme in theme_list.themes:
            for wording in (*theme.words, theme.label, *theme.phrases):
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
        known = self._remembered
        for place, word in enumerate(words):
            patterns = known.get(word)
            if patterns is None:
                patterns = self.beginning_with(word)
            if patterns:
                return next(self._hits(words, place), None) is not None
        return False

    def _exact(self, words: tuple[str, ...]) -> dict[str, str]:
        """Return theme id → the first wording that named it, longest phrases first."""
        found: dict[str, str] = {}
        for theme, wording in self._hits(words):
            found.setdefault(theme, wording)
        return found

    def _hits(self, words: tuple[str, ...], place: int = 0) -> Iterator[tuple[str, str]]:
        """Yield theme id and wording of each theme named, the longest phrase at each place.

        `place`: of the word to begin with.
        """
        while place < len(words):
            patterns = self.beginning_with(words[place])
            if not patterns:
                place += 1
                continue
            longest = 0
            hits: list[Pattern] = []
            for pattern in patterns:
                size = pattern.words_fitting(words, place, longest)
                if size > longest:
                    hits, longest = [pattern], size
                elif size:
                    hits.append(pattern)
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
        if len(word) < _SHORTEST_NEAR or word in self._not_near or self._stands_whole(word):
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
        patterns = self._stands_whole(word)
        length = len(word)
        for size, starts in self._starts.items():
            if size <= length and (here := starts.get(word[:size])):
                patterns.extend(here)
        for text, anywhere, pattern in self._inside:
            if text in word and (anywhere or word.endswith(text)):
                patterns.append(pattern)
        found = tuple(patterns)
        if len(self._remembered) < _MOST_REMEMBERED:
            self._remembered[word] = found
        return found

    def _stands_whole(self, word: str) -> list[Pattern]:
        """Return the patterns that a word begins as a whole word, in the order of the list."""
        if word[-1:] != "s":
            return self._whole.get(word, [])[:]
        found = [pattern for base in may_be_form_of(word) for pattern in self._whole.get(base, ())]
        found.sort(key=_place_in_list)
        return found

    def _add(self, wording: str, theme: str) -> None:
        pieces = wording.replace("-", " ").split()
        begins: tuple[tuple[str, bool, bool], ...]
        if _PLAIN.fullmatch(wording):
            first = pieces[0]
            begins = ((first.strip("*").lower(), first[-1] == "*", first[0] == "*"),)
        else:
            pieces = [piece for piece in pieces if first_words(piece)]
            if not pieces:
                return
            begins = first_words(pieces[0])
        self._patterns += 1
        pattern = Pattern(self._patterns, theme, tuple(pieces))
        for text, stem, inside in begins:
            if inside:
                # Where a word may be one of several, only the pattern itself can tell.
                self._inside.append((text, stem, pattern) if "|" not in pieces[0]
                                    else ("", True, pattern))  # fmt: skip
            elif stem:
                self._starts.setdefault(len(text), {}).setdefault(text, []).append(pattern)
            else:
                self._whole.setdefault(text, []).append(pattern)
                alone = theme and len(pieces) == 1 and len(text) >= _SHORTEST_NEAR
                if alone and (len(text) == len(pieces[0]) or len(pattern.parts) == 1):
                    self._near.setdefault(text[0], []).append((text, pattern))


def guess_language(texts: Iterable[str], matchers: Mapping[str, Matcher]) -> str:
    """Return the language whose words name a theme in most of the texts ("en" on a tie)."""
    sample = Counter(normalise(text) for text in texts)
    best, most = "en", -1
    for language in sorted(matchers, key=lambda language: language != "en"):
        score, left = 0, sample.total()
        for words, times in sample.items():
            # English goes first and keeps a tie, as does each list the one after it.
            if score + left <= most:
                break
            left -= times
            score += times if matchers[language].names_a_theme(words) else 0
        if score > most:
            best, most = language, score
    return best
