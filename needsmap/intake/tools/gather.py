"""Put columns that share a question together, whatever tool wrote them.

What the columns hold decides: ticks make one question of many choices, places 1…n a
ranking, numbers to be shared out an amount; anything else is a grid, one question a row.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from needsmap.intake.facts import distinct_texts
from needsmap.intake.numbers_in import place_in
from needsmap.intake.raw_table import RawTable
from needsmap.intake.scales import scale_of
from needsmap.intake.ticks import NOT_CHOSEN
from needsmap.intake.tools.evidence import ColumnGroup

_TWICE = 0.05
_SAME_AGAIN = 0.1
_BRACKETS = re.compile(r"(?P<question>.*\S)\s*\[(?P<option>[^\[\]]*)\]\s*", re.DOTALL)
_CHOSEN = frozenset(
    {"1", "yes", "true", "selected", "checked", "y", "x", "✓", "ja", "oui", "sí", "si", "sì", "on",
     "kyllä", "ie", "tak", "sim", "да", "quoted", "genannt"}
)  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """A column's position, its question, and the option it stands for ("" when single)."""

    position: int
    question: str
    option: str = ""


def gather(
    raw: RawTable, headings: Sequence[Heading], *, any_tick: bool = True
) -> list[ColumnGroup]:
    """Return the column groups of headings that are told apart into question and option.

    any_tick: a column with one text alone, whatever it says, is a column of ticks.

    Neighbours with the same question and an option each are one question, a ranking, or the
    rows of a grid. Columns with neither heading nor answers are left out.
    """
    groups: list[ColumnGroup] = []
    for (question, has_option), run in groupby(
        headings, key=lambda h: (h.question, h.option != "")
    ):
        members = list(run)
        if not has_option or len(members) == 1:
            for member in members:
                text = f"{question} [{member.option}]" if member.option else question
                if text or distinct_texts(raw, member.position):
                    groups.append(ColumnGroup(text, (member.position,)))
            continue
        groups.extend(_together(raw, question, members, any_tick=any_tick))
    return groups


def _together(
    raw: RawTable, question: str, members: list[Heading], *, any_tick: bool
) -> list[ColumnGroup]:
    """Return the group or groups of several columns under one question."""
    given = [distinct_texts(raw, m.position) for m in members]
    positions = tuple(m.position for m in members)
    options = tuple(m.option for m in members)
    ticks = [
        is_ticks(texts, option, any_tick=any_tick)
        for texts, option in zip(given, options, strict=True)
    ]
    # The last column may be what people wrote under "other".
    if ticks and (all(ticks) or (len(ticks) > 2 and all(ticks[:-1]))) and any(given):
        return [ColumnGroup(question, positions, "spread_options", options, "many_choices")]
    if is_places(given) and are_orders(raw, positions):
        return [ColumnGroup(question, positions, "ranking_columns", options, "ranking")]
    if is_a_column_a_place(options, given) and not _same_again(raw, positions):
        return [ColumnGroup(question, positions, "ranking_columns", (), "ranking")]
    return [ColumnGroup(f"{question} [{m.option}]", (m.position,), "grid_row") for m in members]


def is_ticks(texts: dict[str, int], option: str, *, any_tick: bool = True) -> bool:
    """Tell a column of ticks: blank, 0/1, yes/no, or nothing but one text."""
    said = {text for text in texts if text.casefold() not in NOT_CHOSEN or text == option}
    if not said:
        return True
    if len(said) > 1:
        return False
    text = next(iter(said))
    return text.casefold() in _CHOSEN or text == option or (any_tick and len(texts) == 1)


def is_places(given: Sequence[dict[str, int]]) -> bool:
    """Tell ranks: every column holds whole numbers from 1 to the number of columns."""
    n = len(given)
    numbers = {text for texts in given for text in texts}
    places = [place_in(text) for text in numbers]
    values = {place for place in places if place is not None}
    if n < 2 or not numbers or None in places:
        return False
    return values <= set(range(1, n + 1)) and len(values) >= min(n, 2) and n > 2


def are_orders(raw: RawTable, positions: Sequence[int]) -> bool:
    """Tell places from ratings: nobody gives the same place twice."""
    lines = []
    for position in positions:
        column = raw.column(position)
        numbers = [place_in(text) or 0 for text in column.texts]
        lines.append(np.array([*numbers, 0], np.int64)[column.codes])
    places = np.sort(np.array(lines), axis=0)
    said = (places > 0).sum(axis=0) > 1
    twice = ((places[1:] == places[:-1]) & (places[1:] > 0)).any(axis=0)
    return bool(said.any()) and float(twice[said].mean()) <= _TWICE


def is_a_column_a_place(options: Sequence[str], given: Sequence[dict[str, int]]) -> bool:
    """Tell "Rank 1", "Rank 2", … in any language, holding words of one common list."""
    stems = {re.sub(r"\d+", "#", option) for option in options}
    places = [int(found[0]) for option in options if (found := re.findall(r"\d+", option))]
    if len(stems) != 1 or places != list(range(1, len(options) + 1)) or len(options) < 2:
        return False
    words = {text for texts in given for text in texts}
    if any(text.isdigit() for text in words) or scale_of(sorted(words)):
        return False
    return 2 <= len(words) <= 60


def _same_again(raw: RawTable, positions: Sequence[int]) -> bool:
    """Tell columns in which people give one answer twice, as they never do in a ranking."""
    number: dict[str, int] = {}
    lines = []
    for position in positions:
        column = raw.column(position)
        codes = [number.setdefault(text, len(number) + 1) for text in column.texts]
        lines.append(np.array([*codes, 0], np.int64)[column.codes])
    given = np.sort(np.array(lines), axis=0)
    said = (given > 0).sum(axis=0) > 1
    twice = ((given[1:] == given[:-1]) & (given[1:] > 0)).any(axis=0)
    return bool(said.any()) and float(twice[said].mean()) > _SAME_AGAIN


def in_brackets(raw: RawTable) -> list[ColumnGroup]:
    """Return groups of a table whose headings may read "Question [Option]".

    Only neighbours that share their question are cut; every other heading stays whole.
    """
    cut = [_BRACKETS.fullmatch(heading) for heading in raw.headings]
    shared = Counter(found["question"] for found in cut if found)
    headings = [
        Heading(i, found["question"], found["option"].strip())
        if found and shared[found["question"]] > 1 and found["option"].strip()
        else Heading(i, heading)
        for i, (heading, found) in enumerate(zip(raw.headings, cut, strict=True), start=1)
    ]
    return gather(raw, headings, any_tick=False)
