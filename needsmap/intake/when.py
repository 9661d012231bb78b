"""The day an answer was given. The time of day leaves here: a moment can name a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.intake.cells import as_text

_YEAR_FIRST = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(
    r"\s*(?:(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?|([A-Za-z]{3})[a-z]* (\d{1,2}),?) (\d{4})"
)
_LONGEST_NUMBERS, _LONGEST_NAMED = 12, 30
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip


def days(cells: Sequence[str] | pd.Series, *, country: str = "GB") -> list[str]:
    """Return ISO dates, one a cell; "" where the cell holds no date.

    Whether 1/9/2025 is January or September is settled by the column: a part above 12
    is a day. When no cell tells, `country` does: month first in the United States.
    """
    return list(days_of(pd.Series(cells, dtype="str"), country=country))


def days_of(cells: pd.Series, *, country: str = "GB") -> pd.Series:
    """Return what `days` does for a column of texts, as texts."""
    texts = pc.utf8_ltrim_whitespace(pa.chunked_array(pa.array(cells.array, pa.large_string())))
    # The time of day makes nearly every moment unlike all others, and is not needed.
    codes, distinct = _beginnings(texts, _LONGEST_NUMBERS)
    if not _all_numbers(distinct):
        codes, distinct = _beginnings(texts, _LONGEST_NAMED)
    parts = [_YEAR_LAST.match(str(text)) for text in distinct]
    firsts = [int(part[1]) for part in parts if part]
    seconds = [int(part[2]) for part in parts if part]
    month_first = max(seconds, default=0) > 12 or (country == "US" and max(firsts, default=0) <= 12)
    read = [_day(str(text), month_first) for text in distinct]
    return as_text(pa.array([*read, ""], pa.large_string()).take(pa.array(codes)))


def _beginnings(
    texts: pa.ChunkedArray, longest: int
) -> tuple[npt.NDArray[np.int64], list[str | None]]:
    """Return a code a text and the distinct beginnings of texts, in order of appearance.

    Answers mostly come day after day, so runs of one beginning are told apart first.
    """
    if pc.all(pc.string_is_ascii(texts)).as_py():
        # A byte a letter: bytes are cut four times as quickly.
        texts = pc.binary_slice(texts.cast(pa.large_binary()), 0, longest).cast(pa.large_string())
    else:
        texts = pc.utf8_slice_codeunits(texts, 0, longest)
    runs = [pc.run_end_encode(chunk, run_end_type=pa.int64()) for chunk in texts.chunks]
    if not runs:
        return np.empty(0, np.int64), []
    lengths = np.concatenate([np.diff(np.asarray(run.run_ends), prepend=0) for run in runs])
    begun = pa.concat_arrays([run.values for run in runs])  # noqa: PD011 - Arrow's, not pandas'
    values = begun.dictionary_encode("encode")
    return np.repeat(np.asarray(values.indices, np.int64), lengths), values.dictionary.to_pylist()


def _all_numbers(texts: Iterable[str | None]) -> bool:
    """Tell dates in figures from those that name the month."""
    return all(not text or _YEAR_FIRST.match(text) or _YEAR_LAST.match(text) for text in texts)


def _day(text: str, month_first: bool) -> str:
    if part := _YEAR_FIRST.match(text):
        return _iso(int(part[1]), int(part[2]), int(part[3]))
    if part := _YEAR_LAST.match(text):
        one, two, year = int(part[1]), int(part[2]), int(part[3])
        year += 2000 if year < 100 else 0
        month, day = (one, two) if month_first else (two, one)
        return _iso(year, month, day)
    if part := _NAMED.match(text):
        month = _MONTHS.get((part[2] or part[3]).lower(), 0)
        return _iso(int(part[5]), month, int(part[1] or part[4]))
    return ""


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
