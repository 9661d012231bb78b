"""What makes an answer the same answer when it comes again, and what looks sent twice."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

import pandas as pd

from needsmap.errors import Problem
from needsmap.intake.raw_table import RawTable
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
            ids = raw.cells.iloc[:, position - 1].str.strip()
            if len(ids) and bool((ids != "").all()) and bool(ids.is_unique):
                return position
    return None


def row_keys(raw: RawTable) -> list[str]:
    """Return one key a row: 32 hex digits, the same when the row comes in a longer export.

    With the tool's own id the key is its hash, so the id itself goes nowhere. Without one
    it is the hash of the row's cells and of how many equal rows came before it.
    """
    # Short ids ("1", "2") repeat from form to form; the headings tell forms apart.
    form = heading_fingerprint(raw)
    column = platform_id_column(raw)
    if column is not None:
        ids = raw.cells.iloc[:, column - 1].str.strip()
        return [_digest(f"id\x1e{form}\x1e{id_}") for id_ in ids]
    seen: dict[str, int] = {}
    keys = []
    for row in _joined(raw, range(raw.cells.shape[1])):
        ordinal = seen.get(row, 0)
        seen[row] = ordinal + 1
        keys.append(_digest(f"row\x1e{form}\x1e{row}\x1e{ordinal}"))
    return keys


def sent_twice(
    raw: RawTable, answer_columns: Sequence[int], text_columns: Sequence[int]
) -> Iterator[Problem]:
    """Yield a problem for each row that says word for word what an earlier row says.

    `answer_columns` and `text_columns`: positions of columns with answers and, of those,
    with free text. Rows are compared when they hold enough free text, or are alike in
    every cell but the tool's id. Both stay: only a person can tell.
    """
    if raw.cells.empty:
        return
    id_column = platform_id_column(raw)
    all_but_id = [p - 1 for p in range(1, raw.cells.shape[1] + 1) if p != id_column]
    written = pd.Series(0, index=raw.cells.index)
    for position in text_columns:
        written = written + raw.cells.iloc[:, position - 1].str.len()
    first_whole: dict[str, int] = {}
    first_said: dict[str, int] = {}
    said = _joined(raw, [position - 1 for position in answer_columns])
    for row, number, whole, words, letters in zip(
        range(len(raw.cells)), raw.row_numbers, _joined(raw, all_but_id), said, written, strict=True
    ):
        before = first_whole.setdefault(whole, int(number))
        if before == number and letters >= _ENOUGH_TEXT:
            before = first_said.setdefault(words, int(number))
        if before != number and row and whole.strip("\x1f "):
            yield Problem(
                "same_answer_again",
                say(
                    "This says word for word what row {row} says. Both are kept; take one out "
                    "of the file if it was sent twice.",
                    row=before,
                ),
                row=int(number),
            )


def _joined(raw: RawTable, places: Sequence[int] | range) -> list[str]:
    columns = [raw.cells.iloc[:, place].str.strip() for place in places]
    if not columns:
        return [""] * len(raw.cells)
    return ["\x1f".join(row) for row in zip(*columns, strict=True)]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
