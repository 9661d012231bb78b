"""Where the marks of a text table are: line ends and quotation marks, found in its bytes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

NEWLINE, RETURN, QUOTE = 10, 13, 34
_CACHED = 256 * 1024
"""Bytes looked at in one go: few enough to stay near the processor."""


def marks_in(
    characters: npt.NDArray[np.uint8],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], int]:
    """Return where line feeds and quotation marks are, and how many carriage returns."""
    newlines, quotes, returns = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0
    for start in range(0, len(characters), _CACHED):
        piece = characters[start : start + _CACHED]
        newlines.append(np.flatnonzero(piece == NEWLINE) + start)
        quotes.append(np.flatnonzero(piece == QUOTE) + start)
        returns += int(np.count_nonzero(piece == RETURN))
    return np.concatenate(newlines), np.concatenate(quotes), returns


def regular_quotes(
    characters: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64], delimiter: str
) -> bool:
    """Tell whether each quotation mark opens or closes a cell, or is doubled inside one."""
    if len(quotes) % 2:
        return False
    if not len(quotes):
        return True
    edges = np.array([ord(delimiter), NEWLINE, RETURN], dtype=np.uint8)
    opening, closing = quotes[0::2], quotes[1::2]
    before = characters[np.maximum(opening - 1, 0)]
    opens = (opening == 0) | np.isin(before, edges[:2])
    opens[1:] |= opening[1:] == closing[:-1] + 1
    after = characters[np.minimum(closing + 1, len(characters) - 1)]
    closes = np.isin(after, edges)
    closes[:-1] |= closing[:-1] + 1 == opening[1:]
    return bool(opens.all() and closes.all())
