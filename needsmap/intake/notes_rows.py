"""Rows right under the headings that are no answers: how to answer, or parts of the form.

They are told by what they do not share with the answers below: nothing they say is ever said
again in the same column, and where every answer has a date or a number they have none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from needsmap.errors import Problems
from needsmap.intake.marks import marks
from needsmap.intake.shapes import is_value
from needsmap.words import say

_MOST = 2
_LOOKED_AT = 200
NOTES_WITHIN = _MOST + _LOOKED_AT
"""Rows at the top by which notes are told."""
_FEWEST, _ENOUGH = 3, 8
_CLOSING = {"(": ")", "[": "]", "<": ">", "{": "}"}
_MOSTLY = 0.6
_LONGEST = 60


def without_notes(
    cells: pd.DataFrame, numbers: np.ndarray, problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """Set aside rows of notes at the top; each has a problem that names it."""
    start = 0
    while start < _MOST and _is_notes(cells.iloc[start : start + 1 + _LOOKED_AT]):
        problems.add(
            "notes_row",
            say("Row {row} tells how to answer or names a part of the form. It is no answer.",
                row=int(numbers[start])),
            row=int(numbers[start]),
        )  # fmt: skip
        start += 1
    if not start:
        return cells, numbers
    return cells.iloc[start:].reset_index(drop=True), numbers[start:]


@dataclass(frozen=True)
class _Column:
    """What a column holds below its first row.

    shaped: share of its cells that are dates, numbers and the like. filled: share of rows with
    something. repeats: few different answers, given again and again.
    """

    here: str
    again: bool
    shaped: float
    filled: float
    repeats: bool


def _column(texts: list[str]) -> _Column:
    below = [text for text in texts[1:] if text]
    counted = Counter(below)
    often = sum(n for n in counted.values() if n > 1)
    return _Column(
        here=texts[0],
        again=texts[0] in counted,
        shaped=sum(map(is_value, below)) / len(below) if below else 0.0,
        filled=len(below) / (len(texts) - 1),
        repeats=len(below) >= _ENOUGH and often >= 0.8 * len(below),
    )


def _is_notes(rows: pd.DataFrame) -> bool:
    """Say whether the first of the rows is a row of notes."""
    if len(rows) <= _FEWEST:
        return False
    first = [str(cell).strip() for cell in rows.iloc[0]]
    said = [text for text in first if text]
    # Most files end here: an answer holds a date, a number or something long.
    if not said or any(map(is_value, said)):
        return False
    columns = [
        _column([str(cell).strip() for cell in rows.iloc[:, place]]) for place in range(len(first))
    ]
    written = [column for column in columns if column.here]
    if any(column.again for column in written):
        return False
    tells = sum(_tells_how(column.here) for column in written)
    if tells >= 2 and tells >= _MOSTLY * len(written):
        return True
    stamped = [column for column in columns if column.shaped >= 0.95 and column.filled >= 0.95]
    new = sum(column.repeats and column.shaped < 0.5 for column in written)
    # Without the date that all others have, and in words that nobody chose.
    return bool(stamped) and new > 0 and all(len(text) <= _LONGEST for text in said)


def _tells_how(text: str) -> bool:
    """Tell words in brackets, strokes without a word, and "tick one", "open text"."""
    if text.casefold() in marks().missing:
        return False
    if text[0] in _CLOSING and text.endswith(_CLOSING[text[0]]):
        return True
    words = any(character.isalnum() for character in text)
    return not words or marks().instructions.search(text.casefold()) is not None
