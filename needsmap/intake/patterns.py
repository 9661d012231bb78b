"""Wordings of the theme lists as patterns: whole words, beginnings and insides of words."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from needsmap.intake.tokens import normalise


class Part(NamedTuple):
    """A word of a wording: the whole of it, its beginning (stem) or what stands inside words."""

    text: str
    stem: bool
    inside: bool
    forms: frozenset[str]

    def fits(self, word: str) -> bool:
        """Say whether a word of a text is this one."""
        if self.inside:
            return self.text in word if self.stem else word.endswith(self.text)
        return word.startswith(self.text) if self.stem else word in self.forms


class Pattern:
    """A wording of a theme ("" for one that is no need), a part a word.

    A list has thousands and a file meets few, so its parts are made when somebody asks.
    `number`: its place in the list. `pieces`: the wording, cut at blanks; the first holds a word.
    """

    __slots__ = ("_parts", "number", "pieces", "theme")

    def __init__(self, number: int, theme: str, pieces: tuple[str, ...]) -> None:
        self.number = number
        self.theme = theme
        self.pieces = pieces
        self._parts: tuple[Part, ...] = ()

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts of the wording, one a word."""
        if not self._parts:
            parts = tuple(part for piece in self.pieces for part in parts_of(piece))
            if not self.theme:
                # "Good job" is no wish for work; "good jobs" is.
                parts = tuple(part._replace(forms=frozenset({part.text})) for part in parts)
            self._parts = parts
        return self._parts

    def fits_at(self, step: int, word: str) -> bool:
        """Say whether a word is the part after so many others."""
        return self.parts[step].fits(word)

    def words_fitting(self, words: tuple[str, ...], place: int, least: int = 0) -> int:
        """Return how many words it is where it stands in the words from a place on, else 0.

        `least`: of shorter wordings it is not asked.
        """
        parts = self.parts
        size = len(parts)
        if size < least or place + size > len(words):
            return 0
        fitting = (part.fits(words[place + step]) for step, part in enumerate(parts))
        return size if all(fitting) else 0


@lru_cache(maxsize=8192)
def parts_of(piece: str) -> tuple[Part, ...]:
    """Return the parts of one piece of a wording, mostly one: "play*", "*talo", "up".

    "room|hall" is one part too, which either word fits.
    """
    if "|" in piece:
        either = [word for one in piece.split("|") for word in normalise(one)]
        forms = frozenset(form for word in either for form in forms_of(word))
        return (Part(either[0], False, False, forms),) if either else ()
    words = normalise(piece)
    last = len(words) - 1
    return tuple(
        Part(
            word,
            stem=piece.endswith("*") and place == last,
            inside=piece.startswith("*") and place == 0,
            forms=frozenset(forms_of(word)),
        )
        for place, word in enumerate(words)
    )


def first_words(piece: str) -> tuple[tuple[str, bool, bool], ...]:
    """Return text, stem and inside of a piece's first part, of each where several fit it.

    Nothing where the piece holds no word.
    """
    bare = piece.strip("*")
    if bare.isascii() and bare.isalnum():
        return ((bare.lower(), piece.endswith("*"), piece.startswith("*")),)
    if "|" in piece:
        return tuple(found for one in piece.split("|") for found in first_words(one))
    return tuple(part[:3] for part in parts_of(piece)[:1])


def forms_of(word: str) -> tuple[str, ...]:
    """Return a word with its plain English plurals; harmless in other languages."""
    if len(word) < 3 or word.isdigit():
        return (word,)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word, word[:-1] + "ies")
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word, word + "es")
    return (word, word + "s")


def may_be_form_of(word: str) -> tuple[str, ...]:
    """Return the words of which a word may be a form (`forms_of`), itself first."""
    if not word.endswith("s"):
        return (word,)
    bases = [word[:-1]]
    if word.endswith("es"):
        bases.append(word[:-2])
    if word.endswith("ies"):
        bases.append(word[:-3] + "y")
    return (word, *(base for base in bases if word in forms_of(base)))
