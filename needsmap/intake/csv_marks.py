"""Where the marks of a text table are: line ends and quotation marks, found in its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NEWLINE, RETURN, QUOTE = 10, 13, 34
_CACHED = 512 * 1024
"""Bytes looked at in one go: few enough to stay near the processor."""


@dataclass(frozen=True)
class Lines:
    """The line ends of a regular text: where each is, and whether it ends a row.

    newlines
        int64, where the line feeds are.
    ends
        int64, those of them that stand outside quotation marks; all others are in a cell.
    """

    newlines: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]


def regular_lines(
    characters: npt.NDArray[np.uint8],
    delimiter: str,
    rows_end: Callable[[int], None] = lambda place: None,
) -> Lines | None:
    """Return the line ends of a text that ends with one; None where it is not regular.

    Regular: each quotation mark opens or closes a cell, or is doubled inside one, and lines
    end in one way. `rows_end` is called on the way with the last place so far after which a
    row begins; in a text that turns out irregular it means nothing.
    """
    newlines, ends = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    inside = returns = before = 0
    for start in range(0, len(characters), _CACHED):
        piece = characters[start : start + _CACHED]
        returns += int(np.count_nonzero(piece == RETURN))
        marks = np.flatnonzero((piece == NEWLINE) | (piece == QUOTE))
        quote = piece.take(marks) == QUOTE
        lines = outside = marks
        if quote.any():
            quotes = marks[quote] + start
            # Before the very first character comes the last one here, a line end.
            first = characters.take(quotes[inside::2] - 1, mode="wrap")
            last = characters.take(quotes[1 - inside :: 2] + 1, mode="wrap")
            if not _may_open(first, delimiter).all():
                return None
            if not (_may_open(last, delimiter) | (last == RETURN)).all():
                return None
            at = np.flatnonzero(~quote)
            lines = outside = marks.take(at)
            # As many quotation marks stand before a line end as marks that are none.
            odd = ((at - np.arange(len(at)) + inside) & 1).astype(bool)
            if odd.any():
                outside = lines[~odd]
            inside = (inside + len(quotes)) % 2
        elif inside:
            outside = outside[:0]
        lines = lines + start
        outside = lines if len(outside) == len(lines) else outside + start
        before += int(np.count_nonzero(characters.take(lines - 1, mode="wrap") == RETURN))
        newlines.append(lines)
        ends.append(outside)
        if len(outside):
            rows_end(int(outside[-1]) + 1)
    if inside or before != returns:
        return None
    all_ = np.concatenate(newlines)
    # Mostly no cell holds a line end, and every line ends a row.
    return Lines(all_, all_ if len(all_) == sum(map(len, ends)) else np.concatenate(ends))


def row_end_after(characters: npt.NDArray[np.uint8], start: int, place: int, reach: int) -> int:
    """Return where the first row ends at or after a place; -1 when not within reach (bytes).

    `start`: where a row begins. So it is in a regular text; in others it means nothing.
    """
    inside = sum(
        int(np.count_nonzero(characters[at : min(at + _CACHED, place)] == QUOTE))
        for at in range(start, place, _CACHED)
    )
    piece = characters[place : place + reach]
    lines = np.flatnonzero(piece == NEWLINE)
    before = np.searchsorted(np.flatnonzero(piece == QUOTE), lines) + inside
    outside = lines[before % 2 == 0]
    return place + int(outside[0]) if len(outside) else -1


def _may_open(beside: npt.NDArray[np.uint8], delimiter: str) -> npt.NDArray[np.bool_]:
    """Say of each character whether it may stand before a mark that opens a cell.

    Marks open and close by turns, so a mark beside a mark is a doubled one. After a mark that
    closes the same may stand, or a carriage return.
    """
    return (beside == ord(delimiter)) | (beside == QUOTE) | (beside == NEWLINE)
