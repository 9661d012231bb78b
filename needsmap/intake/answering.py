"""Which columns and rows hold answers: what goes into the store, and what is set aside."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from needsmap.errors import Problem
from needsmap.intake.choices import Choices
from needsmap.intake.privacy import Personal, scrub
from needsmap.intake.raw_table import RawTable
from needsmap.tables import Question
from needsmap.words import say

NOT_ANSWERS = frozenset({"identity", "when", "location"})
"""Roles of questions that say who, when and where: they are used, never kept."""


def answer_columns(
    questions: tuple[Question, ...], personal: tuple[Personal, ...], choices: Choices
) -> list[int]:
    """Return positions of columns that go into the store: no place, no day, no person."""
    gone = set(choices.drop) | {
        found.column
        for found in personal
        if found.action != "scrub" and not choices.keep_personal.get(found.column, "").strip()
    }
    return sorted(
        position
        for question in questions
        if question.role not in NOT_ANSWERS and not gone & set(question.columns)
        for position in question.columns
    )


def answered(raw: RawTable, columns: list[int]) -> npt.NDArray[np.bool_]:
    """Say of every row whether any of the columns (positions) holds something."""
    filled = np.zeros(raw.rows, dtype=bool)
    for position in columns:
        filled |= raw.column(position).codes >= 0
        if filled.all():
            # In a large file the first columns nearly always show that every row says something.
            break
    return filled


def rows_without_answer(raw: RawTable, columns: list[int]) -> list[Problem]:
    """Return a problem for each row that is blank, or says nothing in the columns (positions)."""
    rows = np.flatnonzero(~answered(raw, columns))
    if not len(rows):
        return []
    blank = say("This row is blank, so it was set aside.")
    silent = say("This row answers no question, so it was set aside.")
    anything = answered(raw, list(range(1, raw.written.width + 1)))
    return [
        Problem("no_answer" if anything[row] else "blank_row", silent if anything[row] else blank,
                row=int(raw.row_numbers[row]))
        for row in rows
    ]  # fmt: skip


def details_kept(personal: Iterable[Personal], choices: Choices) -> list[tuple[int, str, str]]:
    """Return (column, kind, reason) of each personal detail a person gave a reason to keep.

    The reason is scrubbed: it goes into the audit log.
    """
    return [
        (found.column, found.kind, scrub(reason)[0])
        for found in personal
        if (reason := choices.keep_personal.get(found.column, "").strip())
    ]
