"""What makes an answer the same answer when it comes again, and what looks sent twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from needsmap.errors import Problem
from needsmap.intake.raw_table import RawTable
from needsmap.intake.row_prints import (
    Lane,
    as_hex,
    lane_of,
    ordinals,
    repeats,
    row_prints,
    some_prints,
)
from needsmap.siphash import mixed
from needsmap.words import say

_PLATFORM_ID = re.compile(
    r"^(_?uuid|_?id|key|meta/instanceid|instanceid|meta:instanceid|#|urn|response ?id|responseid"
    r"|respondent ?id|respondentid|submission ?id|record ?id|unique response number"
    r"|id der antwort|token)$",
    re.IGNORECASE,
)
_ENOUGH_TEXT = 40
"""Two answers with this many letters of free text in common were hardly written twice."""


def heading_fingerprint(raw: RawTable) -> str:
    """Return a SHA-256 (hex) over the headings: the same form has the same fingerprint."""
    tidy = "\x1f".join(" ".join(heading.split()).casefold() for heading in raw.headings)
    return hashlib.sha256(tidy.encode("utf-8", "surrogatepass")).hexdigest()


def platform_id_column(raw: RawTable) -> int | None:
    """Return the position (from 1) of the tool's own id of an answer, or None.

    A column counts only when every row has a value and no two are alike.
    """
    for position, heading in enumerate(raw.headings, start=1):
        if _PLATFORM_ID.match(heading.strip()):
            column = raw.column(position)
            if raw.rows and len(column.dictionary) == raw.rows:
                return position
    return None


def columns_but_id(raw: RawTable) -> list[int]:
    """Return the positions of all columns but the tool's own id of an answer."""
    id_column = platform_id_column(raw)
    return [p for p in range(1, raw.written.width + 1) if p != id_column]


def row_keys(raw: RawTable) -> pd.Series:
    """Return one key a row: 32 hex digits, the same when the row comes in a longer export.

    With the tool's own id the key is its hash, so the id itself goes nowhere. Without one
    it is the hash of the row's cells and of how many equal rows came before it.
    """
    # Short ids ("1", "2") repeat from form to form; the headings tell forms apart.
    form = heading_fingerprint(raw)
    column = platform_id_column(raw)
    positions = [column] if column is not None else range(1, raw.written.width + 1)
    high, low = row_prints(raw, positions)
    salt = lane_of(("id" if column is not None else "row") + form)
    nth = ordinals(high).astype(np.uint64)
    return as_hex(mixed(high + salt + mixed(nth)), mixed(low ^ salt ^ mixed(nth + np.uint64(7))))


def sent_twice(
    raw: RawTable, answer_columns: Sequence[int], text_columns: Sequence[int]
) -> Iterator[Problem]:
    """Yield a problem for each row that says word for word what an earlier row says.

    `answer_columns` and `text_columns`: positions of columns with answers and, of those,
    with free text. Rows are compared when they hold enough free text, or are alike in
    every cell but the tool's id. Both stay: only a person can tell.
    """
    if not raw.rows or not raw.written.width:
        return
    all_but_id = columns_but_id(raw)
    again = _first_alike(row_prints(raw, all_but_id)[0])
    # Rows that differ in little things are compared by what they say at length.
    spoken = np.flatnonzero((again < 0) & (_letters(raw, text_columns) >= _ENOUGH_TEXT))
    said = _first_alike(some_prints(raw, answer_columns, spoken))
    again[spoken] = np.where(said >= 0, spoken[said], -1)
    for row in np.flatnonzero(again >= 0):
        if all(raw.column(position).codes[row] < 0 for position in all_but_id):
            continue
        yield Problem(
            "same_answer_again",
            say(
                "This says word for word what row {row} says. Both are kept; take one out "
                "of the file if it was sent twice.",
                row=int(raw.row_numbers[again[row]]),
            ),
            row=int(raw.row_numbers[row]),
        )


def _letters(raw: RawTable, columns: Sequence[int]) -> npt.NDArray[np.int32]:
    """Return how many letters stand in some columns (positions from 1), a number a row."""
    written = np.zeros(raw.rows, np.int32)
    for position in columns:
        column = raw.column(position)
        letters = pc.utf8_length(column.dictionary).to_numpy(zero_copy_only=False)
        # "wrap": code -1, nothing written, picks the last.
        written += np.append(letters, 0).astype(np.int32).take(column.codes, mode="wrap")
    return written


def _first_alike(lane: Lane) -> npt.NDArray[np.int64]:
    """Return, for each number, the place of the first equal one before it, or -1."""
    if not repeats(lane):
        return np.full(len(lane), -1, np.int64)
    _, first, which = np.unique(lane, return_index=True, return_inverse=True)
    found = first[which.reshape(-1)].astype(np.int64)
    found[found == np.arange(len(lane))] = -1
    return found
