"""Telling a list of codes from answers: it belongs beside the answers, not in their place."""

from __future__ import annotations

import re

from needsmap.errors import Problem
from needsmap.intake.raw_table import RawTable
from needsmap.words import say

_MOST_COLUMNS = 6
_FEWEST, _MOST_ROWS = 3, 20_000
_HEADINGS = frozenset(
    {"code", "codes", "value", "values", "name", "label", "labels", "meaning", "question", "type",
     "variable", "field", "list_name", "list name", "description", "question text", "answer text"}
)  # fmt: skip
_KEYS = frozenset({"code", "codes", "name", "variable", "value"})
_CODE = re.compile(r"-?\d{1,5}|[A-Za-z_]{1,20}\d*(?:[_.]?[A-Za-z0-9]+)*")
_NUMBER = re.compile(r"-?\d{1,5}")


def is_list_of_codes(raw: RawTable) -> bool:
    """Tell a list that says what codes stand for: the KEY of an export, or an XLSForm's sheet.

    Either its headings say so and its codes are words without blanks; or it is two columns in
    which the numbers begin again under every question's code.
    """
    if len(raw.headings) > _MOST_COLUMNS or not _FEWEST <= raw.rows <= _MOST_ROWS:
        return False
    return _by_headings(raw) or _by_pairs(raw)


def list_of_codes_told() -> Problem:
    """Return what to tell about such a list."""
    return Problem(
        "list_of_codes",
        say(
            "This looks like a list of codes or questions, not answers. "
            "Open the answers and add this list beside them."
        ),
    )


def _by_headings(raw: RawTable) -> bool:
    names = [heading.strip().casefold() for heading in raw.headings]
    if sum(name in _HEADINGS for name in names) < 2:
        return False
    keys = [position for position, name in enumerate(names, start=1) if name in _KEYS]
    return any(
        texts and all(_CODE.fullmatch(text) for text in texts)
        for position in keys
        if (texts := raw.column(position).texts)
    )


def _by_pairs(raw: RawTable) -> bool:
    """Tell rows "Q1, text", "1, words", "2, words", "Q2, text", "1, words" and so on."""
    if len(raw.headings) != 2:
        return False
    first = [raw.headings[0].strip(), *raw.texts(1).str.strip().tolist()]
    numbers = [bool(_NUMBER.fullmatch(text)) for text in first]
    starts = sum(text == "1" for text in first)
    named = [text for text, number in zip(first, numbers, strict=True) if not number]
    codes = all(_CODE.fullmatch(text) for text in named)
    return codes and starts > 1 and len(set(named)) == len(named) >= 2 and not numbers[0]
