"""Cells that put things in order with numbers or arrows, brought to one form.

"1. Parks, 2. Jobs", "Jobs (2); Parks (1)" and "Parks > Jobs" all say the same. Such columns are
rewritten with the things on lines of their own, the first on top. Lists in people's own words
look alike; there hardly anything is named twice, so they stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from needsmap.intake.choices import Choices
from needsmap.intake.raw_table import Encoded, RawTable
from needsmap.intake.splitting import least_to_be_offered
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.wording import asks_for_order

_JOINT = "\n"
_BEFORE = re.compile(
    r"(?:^|(?<=[\s,;|/]))(?:\((\d{1,2})\)|#(\d{1,2})\b|(\d{1,2})\s?[):]|(\d{1,2})\.(?!\d)"
    r"|(\d{1,2})\s[-–—](?=\s)|(\d{1,2})(?:st|nd|rd|th)\b\s?[:.)–-]?)\s*"
)
_AFTER = re.compile(r"\s*(?:\((\d{1,2})\)|\[(\d{1,2})\]|[=:]\s?(\d{1,2}))\s*(?:[,;|/\n]\s*|$)")
_ARROW = re.compile(r"\s*(?:[-=]?>{1,3}|[→⇒➔➜›»])\s*")
_DIGIT, _POINTED = re.compile(r"\d"), re.compile("[>→⇒➔➜›»]")
_LOOKED_AT = 60
_MOST_THINGS = 60
_ANSWERS = 3
_NEARLY_ALL = 0.9
_KNOWN = 0.7
"""Share of what is named that is named again and again: less is people's own words."""
_AGAIN = 1.7
_MOVING = 0.3


def put_in_order(
    raw: RawTable, groups: Sequence[ColumnGroup], choices: Choices
) -> tuple[RawTable, list[ColumnGroup]]:
    """Return the table and its column groups with ordered cells brought to one form.

    Columns that somebody calls something else, or cuts otherwise, stay as written; of those
    called a ranking a few answers are enough.
    """
    changed: dict[int, pd.Series] = {}
    known: list[ColumnGroup] = []
    for group in groups:
        known.append(group)
        position = group.columns[0]
        sure = choices.kinds.get(position) == "ranking"
        if len(group.columns) > 1 or (group.hint_kind is not None and not sure):
            continue
        if not sure and position in choices.kinds:
            continue
        if choices.separators.get(position, _JOINT) != _JOINT:
            continue
        column = raw.column(position)
        lists = _lists(column, asks_for_order(group.text), sure)
        if lists is None:
            continue
        changed[position] = raw.rewritten(position, [_JOINT.join(things) for things in lists])
        known[-1] = replace(
            group, hint_kind="ranking", hint_separator=_JOINT, option_texts=_things(column, lists)
        )
    return (raw.with_columns(changed, raw.headings) if changed else raw), known


def _lists(column: Encoded, ordered: bool, sure: bool) -> list[list[str]] | None:
    """Return the things of each distinct cell in order; None where the column has no order.

    `ordered`: the heading asks for an order, so arrows need no other sign of one. `sure`: it
    is known to be a ranking.
    """
    if column.answered < (1 if sure else _ANSWERS):
        return None
    sample = column.dictionary[:_LOOKED_AT].to_pylist()
    together = "\n".join(sample)
    ways: list[Callable[[str], list[str]]] = []
    # Most columns hold neither figures nor arrows.
    if _DIGIT.search(together):
        ways += [_numbered, _marked_behind]
    if _POINTED.search(together):
        ways.append(_arrows)
    for way in ways:
        several = sum(len(way(text)) > 1 for text in sample)
        if several < 0.5 * len(sample):
            continue
        lists = [way(text) or [_tidy(text)] for text in column.texts]
        if not (sure or _names_again(column, lists)) or any(len(set(x)) < len(x) for x in lists):
            continue
        if way is _arrows and not (sure or ordered or _change_places(lists)):
            continue
        return lists
    return None


def _numbered(cell: str) -> list[str]:
    """Return the things of "1. Parks, 2. Jobs" in the order of their numbers, or []."""
    marks = list(_BEFORE.finditer(cell))
    if not marks or cell[: marks[0].start()].strip():
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(cell)]
    return _sorted(
        (_number(mark), cell[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)
    )


def _marked_behind(cell: str) -> list[str]:
    """Return the things of "Jobs (2); Parks (1)" in the order of their numbers, or []."""
    marks = list(_AFTER.finditer(cell))
    if not marks or marks[-1].end() < len(cell):
        return []
    starts = [0] + [mark.end() for mark in marks[:-1]]
    return _sorted(
        (_number(mark), cell[start : mark.start()])
        for mark, start in zip(marks, starts, strict=True)
    )


def _arrows(cell: str) -> list[str]:
    return [tidy for piece in _ARROW.split(cell) if (tidy := _tidy(piece))]


def _number(mark: re.Match[str]) -> int:
    return int(next(number for number in mark.groups() if number))


def _sorted(given: Iterable[tuple[int, str]]) -> list[str]:
    """Return the things by their numbers when these run from 1 and none is missing."""
    pairs = sorted((number, _tidy(text)) for number, text in given)
    if [number for number, _ in pairs] != list(range(1, len(pairs) + 1)):
        return []
    return [text for _, text in pairs] if all(text for _, text in pairs) else []


def _tidy(text: str) -> str:
    return " ".join(text.split()).strip(" ,;|/")


def _names_again(column: Encoded, lists: Sequence[Sequence[str]]) -> bool:
    """Tell a form's own things from people's own words: the former come again and again."""
    named = _counted(column, lists)
    offered = [n for n in named.values() if n >= max(2, least_to_be_offered(column.answered))]
    whole = sum(n for n, x in zip(column.counts.tolist(), lists, strict=True) if len(x) > 1)
    return (
        2 < len(offered) <= _MOST_THINGS
        and sum(offered) >= _KNOWN * sum(named.values())
        and sum(named.values()) >= _AGAIN * len(named)
        and whole >= 0.5 * column.answered
    )


def _counted(column: Encoded, lists: Sequence[Sequence[str]]) -> Counter[str]:
    named: Counter[str] = Counter()
    for things, n in zip(lists, column.counts.tolist(), strict=True):
        for thing in things:
            named[thing] += n
    return named


def _things(column: Encoded, lists: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return what the form offered to be put in order, most named first."""
    least = least_to_be_offered(column.answered)
    named = _counted(column, lists).most_common()
    return tuple(thing for thing, n in named if n >= least)


def _change_places(lists: Sequence[Sequence[str]]) -> bool:
    """Tell an order from steps down a tree ("Outdoors > Parks"): there all have their place."""
    places: dict[str, set[int]] = {}
    for things in lists:
        if len(things) > 1:
            for place, thing in enumerate(things):
                places.setdefault(thing, set()).add(place)
    moving = sum(len(each) > 1 for each in places.values())
    return moving >= max(2, _MOVING * len(places))
