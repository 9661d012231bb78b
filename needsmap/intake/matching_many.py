"""Themes of many texts at once: what `Matcher.match` says of each, worked out by words.

Texts repeat few words in ever new order. So each distinct word is looked up once, phrases
are followed word by word for all places together, and a number a text gathers the themes,
one bit each. A property test holds this to `Matcher.match`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from needsmap.beside import begun
from needsmap.intake.matching import Matcher
from needsmap.intake.patterns import Pattern
from needsmap.intake.tokens import Tokens, tokens_of
from needsmap.tables import Coded

Bits = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

MOST_THEMES = 64
_TOGETHER = 50_000
"""Texts taken at a time, so that memory stays small."""
_NOWHERE = -1


@dataclass(frozen=True, eq=False)
class _State:
    """How far the phrases that may begin at a place have been followed.

    `going`: patterns of which all words so far fit, and which have more. `whole`: the
    longest that stand there whole. `size`: words of those.
    """

    going: tuple[Pattern, ...]
    whole: tuple[Pattern, ...] = ()
    size: int = 0


@dataclass
class _Following:
    """States met so far, by number, and where each leads with a word."""

    bits: dict[str, int]
    states: list[_State] = field(default_factory=list)
    numbers: dict[tuple[int, ...], int] = field(default_factory=dict)
    open: list[bool] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)

    def number(self, state: _State) -> int:
        """Return the number of a state, new or met before."""
        # Patterns are told apart by which they are: to compare what they hold takes long.
        same = (state.size, len(state.going), *map(id, state.going), *map(id, state.whole))
        known = self.numbers.get(same)
        if known is None:
            known = self.numbers[same] = len(self.states)
            self.states.append(state)
            self.open.append(bool(state.going))
            self.size.append(state.size)
            themes = 0
            for pattern in state.whole:
                themes |= self.bits.get(pattern.theme, 0)
            self.themes.append(themes)
        return known

    def after(self, state: _State, word: str, step: int) -> int:
        """Return the number of the state a word leads to, `step` words after the first."""
        fitting = [pattern for pattern in state.going if pattern.fits_at(step, word)]
        ended = tuple(pattern for pattern in fitting if len(pattern.parts) == step + 1)
        going = tuple(pattern for pattern in fitting if len(pattern.parts) > step + 1)
        if ended:
            return self.number(_State(going, ended, step + 1))
        return self.number(_State(going, state.whole, state.size))


def themes_of_many(
    matcher: Matcher, texts: Sequence[str]
) -> tuple[Sequence[tuple[str, ...]], npt.NDArray[np.bool_]]:
    """Return the theme ids of each text, and for each whether the matcher has settled it.

    The themes are those of `Matcher.match`; a text is settled where that gives a reason: it
    names a theme, or a steward said that it names none.
    """
    names = list(matcher.labels)
    if len(names) > MOST_THEMES:
        each = [matcher.match(text) for text in texts]
        return [one.themes for one in each], np.array([bool(one.reason) for one in each], bool)
    following = _Following({name: 1 << place for place, name in enumerate(names)})
    themes = np.zeros(len(texts), np.uint64)
    by_hand: dict[int, tuple[str, ...]] = {}
    for start, tokens in _cut(texts):
        found = _exact(matcher, tokens, following)
        silent = np.flatnonzero(found == 0)
        found[silent] = _nearly(matcher, tokens, silent, following.bits)
        themes[start : start + _TOGETHER] = found
        by_hand |= {start + text: told for text, told in _corrected(matcher, tokens).items()}
    distinct, which = np.unique(themes, return_inverse=True)
    lists = [
        tuple(name for name, bit in following.bits.items() if mask & bit)
        for mask in distinct.tolist()
    ]
    settled = themes > 0
    named: Sequence[tuple[str, ...]] = Coded.of(lists, which.reshape(-1).astype(np.int32))
    if by_hand:
        named = list(named)
        for text, told in by_hand.items():
            named[text], settled[text] = told, True
    return named, settled


def _cut(texts: Sequence[str]) -> Iterator[tuple[int, Tokens]]:
    """Yield where each part of the texts begins, and its words; the next is cut meanwhile."""

    def words(start: int) -> Callable[[], Tokens]:
        part = texts[start : start + _TOGETHER]
        return begun(lambda: tokens_of(part), large=len(texts) > _TOGETHER)

    starts = list(range(0, len(texts), _TOGETHER))
    coming = words(0)
    for place, start in enumerate(starts):
        tokens = coming()
        if place + 1 < len(starts):
            coming = words(starts[place + 1])
        yield start, tokens


def _exact(matcher: Matcher, tokens: Tokens, following: _Following) -> Bits:
    """Return the themes named word for word: the longest phrase at each place, left to right."""
    themes = np.zeros(len(tokens.starts) - 1, np.uint64)
    first = np.array([_begun(matcher, word, following) for word in tokens.words], np.int64)
    if not len(first):
        return themes
    state = first[tokens.ids]
    places = np.flatnonzero(state != _NOWHERE)
    state = state[places]
    ends = np.repeat(tokens.starts[1:], np.diff(tokens.starts))[places]
    _follow(places, ends, state, tokens, following)
    size = np.array(following.size, np.int64)[state]
    found = size > 0
    places, size = places[found], size[found]
    bits = np.array(following.themes, np.uint64)[state[found]]
    stands = _not_inside_another(places, size) & (bits > 0)
    places, bits = places[stands], bits[stands]
    if not len(places):
        return themes
    text = np.searchsorted(tokens.starts, places, side="right") - 1
    heads = np.flatnonzero(np.append(True, text[1:] != text[:-1]))
    themes[text[heads]] = np.bitwise_or.reduceat(bits, heads)
    return themes


def _begun(matcher: Matcher, word: str, following: _Following) -> int:
    """Return the number of the state a first word brings about."""
    patterns = matcher.beginning_with(word)
    if not patterns:
        return _NOWHERE
    whole = tuple(pattern for pattern in patterns if len(pattern.parts) == 1)
    # The first part may be met by its beginning and yet not fit: every pattern asks itself.
    whole = tuple(pattern for pattern in whole if pattern.parts[0].fits(word))
    going = tuple(
        pattern for pattern in patterns if len(pattern.parts) > 1 and pattern.parts[0].fits(word)
    )
    return following.number(_State(going, whole, 1 if whole else 0))


def _follow(
    places: Places, ends: Places, state: Places, tokens: Tokens, following: _Following
) -> None:
    """Follow every phrase begun at the places to its end; `state` is changed in place.

    Words and states are few, so each pair of them that occurs is looked at once.
    """
    step = 1
    open_ = np.flatnonzero(np.array(following.open, bool)[state])
    vocabulary = len(tokens.words)
    while True:
        open_ = open_[places[open_] + step < ends[open_]]
        if not len(open_):
            return
        pairs = state[open_] * vocabulary + tokens.ids[places[open_] + step]
        distinct, which = np.unique(pairs, return_inverse=True)
        leads = [
            following.after(
                following.states[pair // vocabulary], tokens.words[pair % vocabulary], step
            )
            for pair in distinct.tolist()
        ]
        state[open_] = np.array(leads, np.int64)[which]
        open_ = open_[np.array(following.open, bool)[state[open_]]]
        step += 1


def _not_inside_another(places: Places, size: Places) -> npt.NDArray[np.bool_]:
    """Say which wordings stand for themselves: a wording goes on after the one before it."""
    stands = np.ones(len(places), bool)
    ends = places + size
    after = np.searchsorted(places, ends)
    covered = 0
    for place in np.flatnonzero(after > np.arange(1, len(places) + 1)).tolist():
        if place >= covered:
            covered = int(after[place])
            stands[place + 1 : covered] = False
    return stands


def _nearly(matcher: Matcher, tokens: Tokens, texts: Places, bits: dict[str, int]) -> Bits:
    """Return the themes that words of some texts are nearly spelt as."""
    lengths = tokens.starts[texts + 1] - tokens.starts[texts]
    themes = np.zeros(len(texts), np.uint64)
    filled = np.flatnonzero(lengths)
    if not len(filled):
        return themes
    lengths = lengths[filled]
    heads = np.cumsum(lengths) - lengths
    words = np.arange(lengths.sum()) - np.repeat(heads - tokens.starts[texts[filled]], lengths)
    ids = tokens.ids[words]
    by_word = np.zeros(len(tokens.words), np.uint64)
    for word in np.unique(ids).tolist():
        themes_near = 0
        for theme, _ in matcher.near(tokens.words[word]):
            themes_near |= bits.get(theme, 0)
        by_word[word] = themes_near
    themes[filled] = np.bitwise_or.reduceat(by_word[ids], heads)
    return themes


def _corrected(matcher: Matcher, tokens: Tokens) -> dict[int, tuple[str, ...]]:
    """Return what stewards settled, by the place of each text whose wording they settled."""
    found: dict[int, tuple[str, ...]] = {}
    if not matcher.corrections:
        return found
    number = {word: place for place, word in enumerate(tokens.words)}
    lengths = np.diff(tokens.starts)
    by_length = {int(n): np.flatnonzero(lengths == n) for n in np.unique(lengths)}
    for wording in matcher.corrections:
        words = [number.get(word, _NOWHERE) for word in wording.split(" ")] if wording else []
        alike = by_length.get(len(words), np.empty(0, np.int64))
        for step, word in enumerate(words):
            alike = alike[tokens.ids[tokens.starts[alike] + step] == word]
        found |= dict.fromkeys(alike.tolist(), matcher.corrected(wording) or ())
    return found
