"""Cells that say "not answered": "n/a", "-", 99 where no such answer can be.

The same text is an answer in one question and a blank in the next ("N/A" among the choices
of a scale, 9 in a count of people), so each column is judged by what else stands in it, and
by whether the same mark stands in unlike columns of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.errors import Problem
from needsmap.intake.cells import TEXT
from needsmap.intake.facts import Facts, facts_of
from needsmap.intake.marks import marks as known_marks
from needsmap.intake.raw_table import Encoded, RawTable
from needsmap.words import count, say

_UNLIKE_COLUMNS = 3
_SHARE_OF_COLUMNS = 0.2
_LONGEST_SCALE = 11
_OLDEST = 130
_SHAPES = ("number", "date", "postcode", "area_code", "point", "email", "identifier")
# Codes that survey programs give to "did not answer", and how far a scale may reach below.
_LONE = frozenset({8, 9})
_CODES = frozenset({-1, -8, -9, -97, -98, -99, 77, 88, 96, 97, 98, 99, 777, 888, 998, 999, 9999})


def find_missing(raw: RawTable) -> dict[int, tuple[str, ...]]:
    """Return, by position from 1, the texts that stand for no answer in that column."""
    marks: dict[int, list[str]] = {}
    found: dict[int, list[str]] = {}
    answered = 0
    for position, heading in enumerate(raw.headings, start=1):
        column = raw.column(position)
        answered += bool(len(column.dictionary))
        for text in _marks_in(column):
            if not _is_option(heading, text):
                marks.setdefault(position, []).append(text)
    alike: dict[str, set[object]] = {}
    columns: dict[str, int] = {}
    others = {position: _without(raw.column(position), texts) for position, texts in marks.items()}
    for position, texts in marks.items():
        for text in texts:
            columns[text] = columns.get(text, 0) + 1
            rest = others[position].texts
            alike.setdefault(text, set()).add(frozenset(rest) if len(rest) < 40 else position)
    everywhere = {
        text
        for text, sets in alike.items()
        if len(sets) >= _UNLIKE_COLUMNS and columns[text] >= _SHARE_OF_COLUMNS * answered
    }
    for position, texts in marks.items():
        facts = facts_of(others[position])
        for text in texts:
            if text in everywhere or _no_answer_here(text, others[position], facts):
                found.setdefault(position, []).append(text)
    for position, heading in enumerate(raw.headings, start=1):
        if numbers := _numbers_out_of_place(heading, raw.column(position), found.get(position, [])):
            found.setdefault(position, []).extend(numbers)
    return {position: tuple(texts) for position, texts in found.items()}


def blanked(raw: RawTable, missing: Mapping[int, Sequence[str]]) -> RawTable:
    """Return the table with those texts blank; other columns are shared, not copied."""
    changed: dict[int, pd.Series] = {}
    for position, texts in missing.items():
        if not 1 <= position <= len(raw.headings) or not texts:
            continue
        column = raw.column(position)
        gone = np.isin(np.arange(len(column.texts)), [
            i for i, text in enumerate(column.texts) if text in set(texts)
        ])  # fmt: skip
        blank = np.append(gone, False)[column.codes]
        changed[position] = raw.texts(position).mask(blank, "").astype(TEXT)
    return raw.with_columns(changed, raw.headings) if changed else raw


def told(raw: RawTable, missing: Mapping[int, Sequence[str]]) -> list[Problem]:
    """Say which marks are read as no answer, once a mark."""
    where: dict[str, list[int]] = {}
    for position, texts in missing.items():
        for text in texts:
            where.setdefault(text, []).append(position)
    return [
        Problem(
            "read_as_blank",
            count(
                "In one column '{text}' is read as not answered.",
                "In {n} columns '{text}' is read as not answered.",
                len(positions),
                text=text,
            )
            + " "
            + say("If it is an answer, say so for that column."),
            column=raw.headings[positions[0] - 1] if len(positions) == 1 else None,
        )
        for text, positions in sorted(where.items())
    ]


@cache
def _marks() -> tuple[pa.LargeStringArray, int]:
    """Return the marks as one array, and how many bytes the longest has."""
    marks = pa.array(sorted(known_marks().missing), pa.large_string())
    return marks, pc.max(pc.binary_length(marks)).as_py()


def _marks_in(column: Encoded) -> list[str]:
    """Return the distinct texts of a column that may mean nothing, as they are written."""
    if not len(column.dictionary):
        return []
    marks, longest = _marks()
    texts = column.dictionary
    plain = bool(pc.all(pc.string_is_ascii(texts)).as_py())
    if plain:
        texts = texts.filter(pc.less_equal(pc.binary_length(texts), longest))
    small = pc.ascii_lower(texts) if plain else pc.utf8_lower(texts)
    return list(texts.filter(pc.is_in(small, value_set=marks)).to_pylist())


def _without(column: Encoded, texts: Sequence[str]) -> Encoded:
    """Return the column's other distinct texts and counts; codes are not kept."""
    keep = pc.invert(pc.is_in(column.dictionary, value_set=pa.array(texts, pa.large_string())))
    counts = column.counts[keep.to_numpy(zero_copy_only=False)]
    return Encoded(column.codes[:0], column.dictionary.filter(keep), counts)


def _is_option(heading: str, text: str) -> bool:
    """Tell a column that stands for the option itself: "Which do you use? [N/A]"."""
    last = re.split(r"[\[/:]| - ", heading.rstrip("] "))[-1]
    whole = heading.rsplit("[", 1)[-1].rstrip("] ")
    return text.casefold() in {last.strip().casefold(), whole.strip().casefold()}


def _no_answer_here(text: str, others: Encoded, facts: Facts) -> bool:
    """Tell a mark among answers of one shape, alone in its column, or a mere stroke."""
    if not any(character.isalnum() for character in text):
        return "+" not in others.texts
    return not facts.answered or facts.looks_like in _SHAPES


def _numbers_out_of_place(heading: str, column: Encoded, marks: Sequence[str]) -> list[str]:
    """Return codes such as 9 and 99 that stand clear above (or below) a column's scale."""
    if not 3 <= len(column.dictionary) <= 120:
        return []
    values: dict[int, str] = {}
    for text in column.texts:
        plain = text.removesuffix(".0")
        if text in marks:
            continue
        if not re.fullmatch(r"-?\d{1,4}", plain):
            return []
        values[int(plain)] = text
    codes = sorted(value for value in values if value in _CODES)
    lone = [value for value in sorted(values) if value in _LONE]
    rest = sorted(value for value in values if value not in _CODES)
    counting = bool(known_marks().counting.search(heading.casefold()))
    scale = [value for value in rest if value not in lone]
    # 8 and 9 are codes only above a scale that ends well before them.
    if lone and scale and not counting and _is_scale(scale, most=6):
        codes, rest = [*codes, *lone], scale
    if not codes or not rest:
        return []
    if _is_scale(rest, most=_LONGEST_SCALE):
        return [values[code] for code in codes]
    impossible = [code for code in codes if code > 5 * max(rest) or (code < 0 <= min(rest))]
    if max(rest) <= _OLDEST and len(rest) >= 5:
        impossible = [c for c in impossible if c < 0 or c >= 777]
        return [values[code] for code in impossible]
    return []


def _is_scale(values: Sequence[int], *, most: int) -> bool:
    """Tell consecutive whole numbers from 0 or 1 up to `most`."""
    return (
        len(values) >= 2
        and values[0] in (0, 1)
        and values[-1] <= most
        and list(values) == list(range(values[0], values[-1] + 1))
    )
