"""Wishes and strengths as bars: markup made from encoded text, shown by `show.wishes`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from needsmap.briefs.saying import ordinal
from needsmap.briefs.shapes import Wish
from needsmap.draw.palettes import STRENGTH, VOICE
from needsmap.draw.safe import map_text
from needsmap.ui.plain import visible
from needsmap.words import say


def bars(
    found: Sequence[Wish], *, strengths: bool = False, further: bool = False, short: bool = False
) -> str:
    """Return a list of bars, "" for none.

    Each has label, share, dots for how sure its place is, and under it the same in words.
    `further` adds what the index says and the nearest service; `short` keeps the words for
    those who cannot see the dots only.
    """
    colour = STRENGTH if strengths else VOICE[3]
    rows = "".join(_bar(wish, colour, further=further, short=short) for wish in found)
    return f'<ul class="nm-bars">{rows}</ul>' if rows else ""


@dataclass(frozen=True)
class Pair:
    """Two shares (0-1, NaN when unknown) of one thing, with their words."""

    label: str
    first: float
    first_words: str
    second: float
    second_words: str


def pair_bars(found: Sequence[Pair], *, names: tuple[str, str], colours: tuple[str, str]) -> str:
    """Return two bars a thing, the same scale for all, with a key above them."""
    key = " ".join(
        f'<span class="nm-key"><span class="nm-patch" style="background:{colour}"></span>'
        f"{map_text(name)}</span>"
        for name, colour in zip(names, colours, strict=True)
    )
    shares = [v for one in found for v in (one.first, one.second) if v == v]
    most = max([*shares, 0.01])
    rows = "".join(
        f"<li><span>{map_text(visible(one.label))}</span>"
        + _half(one.first, one.first_words, names[0], colours[0], most)
        + _half(one.second, one.second_words, names[1], colours[1], most)
        + "</li>"
        for one in found
    )
    return f'<p class="nm-small">{key}</p><ul class="nm-bars nm-pairs">{rows}</ul>'


def _half(share: float, words: str, name: str, colour: str, most: float) -> str:
    width = 0.0 if share != share else 100 * share / most
    return (
        f'<div class="nm-half"><span class="nm-unseen">{map_text(name)}: </span>'
        f'<span class="nm-line"><span style="width:{width:.1f}%;background:{colour}"></span></span>'
        f"<strong>{map_text(words)}</strong></div>"
    )


def dots_explained() -> str:
    """Return the key to the dots, as encoded text."""
    return map_text(say("●●● clear place · ●●○ fairly sure · ●○○ a rough idea"))


def place_words(wish: Wish) -> str:
    """Return where a wish may stand: "somewhere between 1st and 3rd"; "" where it is clear."""
    if wish.likely:
        return wish.likely
    first, last = wish.first_place, wish.last_place
    if first == last:
        return ""
    if last == first + 1:
        return say("{one} or {other} wish", one=ordinal(first), other=ordinal(last))
    return say("somewhere between {one} and {other}", one=ordinal(first), other=ordinal(last))


def _bar(wish: Wish, colour: str, *, further: bool, short: bool) -> str:
    notes = [wish.sure]
    if further:
        ranges = wish.share.range_words
        notes = [place_words(wish) or wish.sure]
        notes += [say("could be {range}", range=ranges)] if ranges else []
        notes += [_index(wish.index), wish.nearest]
    words = map_text(" · ".join(part for part in notes if part))
    return (
        f'<li><div class="nm-row"><span>{map_text(visible(wish.label))}</span>'
        f"<span><strong>{map_text(wish.share.words)}</strong> "
        f'<span aria-hidden="true">{map_text(wish.dots)}</span></span></div>'
        f'<div class="nm-track">{_length(0.0, wish.share.value, "nm-bar", colour)}'
        f"{_length(wish.share.low, wish.share.high, 'nm-whisker', 'currentColor')}</div>"
        f'<div class="{"nm-unseen" if short else "nm-small"}">{words}</div></li>'
    )


def _index(words: str) -> str:
    """Return what the index says with its name before it, or that there is no measure."""
    if not words or words == say("no official measure"):
        return words
    return say("the index: {words}", words=words)


def _length(low: float | None, high: float | None, name: str, colour: str) -> str:
    """Return a stroke from one share to another (fractions 0-1); "" when not shown."""
    if low is None or high is None:
        return ""
    where = f"left:{100 * low:.1f}%;width:{100 * (high - low):.1f}%;background:{colour}"
    return f'<span class="{name}" style="{where}"></span>'
