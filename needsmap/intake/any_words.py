r"""Tables of regular expressions of which any one may be found: few are ever made.

To make hundreds of patterns takes longer than to read a small file, and most of them cannot
stand in most headings: `\bpost ?codes?\b` needs "post". So what a pattern needs is read off
its own text, and it is made when a text holds that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOTHING = "\0"
_ONE_OF_MANY = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\\[\n])+\]")
_GROUP = re.compile(r"\(([^()\n]*)\)")
_MAYBE = re.compile(r".(?:[?*]|\{[^{}\n]*\})")
_BETWEEN = re.compile("[\0.^$+?*{}]")
_LOOKS_AROUND = ("?!", "?=", "?<!", "?<=")
_ODD = re.compile(r"\(\?(?![:=!]|<[=!])|[\ue000-\uf8ff]")
_FIRST_GROUP, _MOST_GROUPS = 0xE000, 0x1900
_IN_GROUPS = re.compile("([\ue000-\uf8ff])")
_LONG = 3
"""So many letters stand in few headings; with fewer it is worth looking into brackets."""

Needs = tuple[str, ...]
_UNKNOWN: Needs = ("",)


class AnyWords:
    """Some regular expressions, asked whether any one is found in a text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = list(zip(needs_of(patterns), patterns, strict=True))
        self._made: dict[str, re.Pattern[str]] = {}

    def found_in(self, text: str) -> bool:
        """Say whether any of the patterns is found in a text, as `re.search` does."""
        for needs, pattern in self._patterns:
            for needed in needs:
                if needed in text:
                    break
            else:
                continue
            made = self._made.get(pattern)
            if made is None:
                made = self._made[pattern] = re.compile(pattern)
            if made.search(text) is not None:
                return True
        return False


def needs_of(patterns: Sequence[str]) -> list[Needs]:
    """Return for each pattern texts of which one stands in every text it is found in.

    Where nothing is known that is ("",), which stands in all texts.
    """
    written = "\n".join(patterns)
    if not patterns or _ODD.search(written) or written.count("\n") >= len(patterns):
        return [_UNKNOWN] * len(patterns)
    # What may be one of several letters is no letter; brackets and what may be left out go.
    letters = _ONE_OF_MANY.sub(_NOTHING, written)
    outside, swaps = letters, 1
    while swaps:
        outside, swaps = _GROUP.subn(_NOTHING, outside)
    found: list[Needs] = []
    for whole, part in zip(letters.split("\n"), _MAYBE.sub(_NOTHING, outside).split("\n"),
                           strict=True):  # fmt: skip
        if any(mark in part for mark in "()[]"):
            found.append(_UNKNOWN)
            continue
        needed = "" if "|" in part else max(_BETWEEN.split(part), key=len)
        found.append((needed,) if len(needed) >= _LONG else _needed_inside(whole))
    return found


def _needed_inside(pattern: str) -> Needs:
    """Return what a pattern needs, what stands in its brackets included."""
    groups: list[Needs] = []

    def of_group(bracket: re.Match[str]) -> str:
        inside = bracket[1]
        if inside.startswith(_LOOKS_AROUND) or len(groups) == _MOST_GROUPS:
            return _NOTHING
        groups.append(_needed(inside.removeprefix("?:"), groups))
        return chr(_FIRST_GROUP + len(groups) - 1)

    swaps = 1
    while swaps:
        pattern, swaps = _GROUP.subn(of_group, pattern)
    return _needed(pattern, groups)


def _needed(part: str, groups: Sequence[Needs]) -> Needs:
    """Return what a part without brackets needs; groups stand in it as one character each."""
    needs: list[str] = []
    for either in _MAYBE.sub(_NOTHING, part).split("|"):
        best, least = _UNKNOWN, 0
        for run in _BETWEEN.split(either):
            for text in _IN_GROUPS.split(run) if run else ():
                inside = "\ue000" <= text <= "\uf8ff" and len(text) == 1
                told = groups[ord(text) - _FIRST_GROUP] if inside else (text,)
                if (shortest := min(map(len, told))) > least:
                    best, least = told, shortest
        needs.extend(best)
    return tuple(dict.fromkeys(needs))
