"""Text tables: a fast way for regular files and a careful way for all others.

Both give the same table for a regular file (a property test compares them). A file is
regular when every quotation mark opens or closes a cell or is doubled inside one, lines
end in one way, and every row is as wide as the headings.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from needsmap.errors import Problems, UnreadableFile
from needsmap.intake.cells import TEXT, Cells, as_text
from needsmap.intake.csv_marks import NEWLINE, RETURN, regular_lines, row_end_after
from needsmap.intake.csv_pieces import Pieces, parsed
from needsmap.intake.encoded import Encoded
from needsmap.intake.header_rows import HeaderRows, Record, find_header_rows
from needsmap.intake.records import allow_long_cells, records
from needsmap.intake.separators import sniff_delimiter, told_delimiter
from needsmap.words import say

MOST_COLUMNS = 500
SAMPLE_BYTES = 400_000
_SAMPLE_RECORDS = 400
_LARGE = 4 * 1024 * 1024
"""Bytes of a file from which on it is parsed while its marks are looked at."""
_STEP = 0.02
"""Share of a file after which is told again how far its reading is."""
_TOLD_EVERY = 5_000
"""Rows after which the careful way says how far it is: a tenth of a second or so."""


@dataclass
class ReadCsv:
    """A text table as read: headings, cells, line numbers, and what was set aside."""

    delimiter: str
    header: HeaderRows
    written: Cells
    row_numbers: npt.NDArray[np.int64]
    rows_seen: int
    problems: Problems = field(default_factory=Problems)
    way: str = "fast"
    encoded: Sequence[Encoded] = ()
    """The columns of a large table as distinct texts and codes."""

    @property
    def cells(self) -> pd.DataFrame:
        """Return the cells as a frame."""
        return self.written.frame


def read_csv(
    data: bytes,
    *,
    delimiter: str | None = None,
    header_row: int | None = None,
    most_rows: int,
    careful: bool = False,
    tell: Callable[[float], None] = lambda share: None,
) -> ReadCsv:
    """Read UTF-8 bytes without a byte-order mark or NUL.

    `careful` forces the careful way (for tests). `tell` is called now and then with the
    share of the file that has been read, 0 to 1. Rows of the wrong width are set aside
    with their line number; blank lines are no rows.

    Raises
    ------
    UnreadableFile
        No rows, no headings, a quotation mark never closed (names its line), more than
        500 columns, more than `most_rows` rows.
    """
    sample = data[:SAMPLE_BYTES].decode("utf-8", errors="ignore")
    complete = len(data) <= SAMPLE_BYTES
    lines = list(io.StringIO(sample, newline=""))
    if not complete and len(lines) > 1:
        lines.pop()
    skipped = 0
    if lines and told_delimiter(lines[0]):
        skipped = 1
        delimiter = delimiter or told_delimiter(lines[0])
    delimiter = delimiter or sniff_delimiter(lines)
    first = list(_sample_records(lines, delimiter, skipped))
    if max((len(cells) for _, cells in first), default=0) > MOST_COLUMNS:
        raise UnreadableFile(
            say("This file has more than {n} columns.", n=MOST_COLUMNS),
            say("Keep only the columns with questions and answers and try again."),
        )
    header = find_header_rows(first, header_row)
    tell(0.0)
    told = 0.0

    def onward(share: float) -> None:
        # Often enough to be seen, and never back: the careful way begins anew.
        nonlocal told
        if share >= told + _STEP:
            told = share
            tell(share)

    read = None if careful else _fast(data, delimiter, header, most_rows, onward)
    if read is None:
        read = _careful(data, delimiter, header, most_rows, onward)
    tell(1.0)
    return read


def _sample_records(lines: Sequence[str], delimiter: str, skipped: int) -> Iterator[Record]:
    """Yield the first records; broken quoting is passed over here and judged later."""
    reader = csv.reader(lines[skipped:], delimiter=delimiter)
    allow_long_cells()
    for _ in range(_SAMPLE_RECORDS):
        start = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        yield start, cells


# --- The fast way -----------------------------------------------------------------------


def _fast(
    data: bytes,
    delimiter: str,
    header: HeaderRows,
    most_rows: int,
    tell: Callable[[float], None],
) -> ReadCsv | None:
    """Read a regular file with Arrow; None when it is not regular."""
    # The last line may come without its end; then record ends and lines agree again.
    body = data if data.endswith(b"\n") else data + b"\n"
    pieces = _pieces(body, header, delimiter, tell)
    try:
        return _regular(body, delimiter, header, most_rows, pieces)
    finally:
        if pieces is not None:
            pieces.stop()


def _regular(
    body: bytes, delimiter: str, header: HeaderRows, most_rows: int, pieces: Pieces | None
) -> ReadCsv | None:
    characters = np.frombuffer(body, dtype=np.uint8)
    lines = regular_lines(characters, delimiter, *([pieces.up_to] if pieces else []))
    if lines is None:
        return None
    newlines, ends = lines.newlines, lines.ends
    after = int(np.searchsorted(ends, newlines[header.next_row - 1]))
    start = int(ends[after]) + 1
    ends = ends[after + 1 :]
    starts = np.concatenate(([start], ends[:-1] + 1)) if len(ends) else np.empty(0, np.int64)
    if len(ends) and (ends - starts).min() < 2:
        blank = (ends - starts == 0) | (
            (ends - starts == 1) & (characters[np.maximum(ends - 1, 0)] == RETURN)
        )
        starts = starts[~blank]
    if len(starts) > most_rows:
        raise too_many_rows(most_rows)
    first = np.searchsorted(newlines, start) + 1
    if len(starts) == len(newlines) - first + 1:
        # Every line is a row.
        line_numbers = np.arange(first, first + len(starts))
    else:
        line_numbers = np.searchsorted(newlines, starts) + 1
    told: Sequence[Encoded] = ()
    if not len(starts):
        cells = Cells([as_text(pa.array([], pa.large_string()))] * header.width, 0)
    elif pieces is not None and pieces.start == start:
        columns = pieces.columns()
        if columns is None:
            return None
        told, cells = columns, Cells(columns, len(columns[0].codes))
    else:
        table = parsed(memoryview(body)[start:], delimiter, header.width)
        if table is None:
            return None
        cells = Cells([as_text(column) for column in table.columns], table.num_rows)
    if len(cells) != len(starts):
        return None
    return ReadCsv(
        delimiter, header, cells, line_numbers.astype(np.int64), len(cells), encoded=told
    )


def _pieces(
    body: bytes, header: HeaderRows, delimiter: str, tell: Callable[[float], None]
) -> Pieces | None:
    """Return what parses a large file while its marks are looked at.

    None for a small file, or where the headings are too long to tell where the answers seem
    to begin. What comes of an irregular file is not used.
    """
    if len(body) < _LARGE:
        return None
    characters = np.frombuffer(body, np.uint8)
    newlines = np.flatnonzero(characters[:SAMPLE_BYTES] == NEWLINE)
    if header.next_row > len(newlines):
        return None
    start = row_end_after(characters, 0, int(newlines[header.next_row - 1]), SAMPLE_BYTES) + 1
    return Pieces(body, start, delimiter, header.width, tell) if start else None


# --- The careful way --------------------------------------------------------------------


def _careful(
    data: bytes,
    delimiter: str,
    header: HeaderRows,
    most_rows: int,
    tell: Callable[[float], None],
) -> ReadCsv:
    """Read record by record, setting aside rows of the wrong width or with broken quotes."""
    lines = list(io.StringIO(data.decode("utf-8"), newline=""))
    problems = Problems()
    rows: list[list[str]] = []
    numbers: list[int] = []
    seen = 0
    after = header.next_row
    for start, cells, fault in records(lines, delimiter, after):
        if not fault and not any(cell.strip() for cell in cells):
            continue
        seen += 1
        if seen % _TOLD_EVERY == 0:
            tell(start / len(lines))
        if seen > most_rows:
            raise too_many_rows(most_rows)
        if fault:
            problems.add("broken_quotes", fault, row=start)
        elif len(cells) != header.width:
            problems.add(
                "wrong_width",
                say(
                    "Row {row} has {n} cells where the headings have {width}. "
                    "Look for a missing or extra '{delimiter}' or quotation mark.",
                    row=start,
                    n=len(cells),
                    width=header.width,
                    delimiter=_shown(delimiter),
                ),
                row=start,
            )
        else:
            rows.append(cells)
            numbers.append(start)
    if seen and not rows:
        raise UnreadableFile(
            say("No row has as many cells as there are headings ({n}).", n=header.width),
            say("Export the answers again, or choose another separator or heading row."),
        )
    table = pd.DataFrame(
        {i: pd.array([row[i] for row in rows], dtype=TEXT) for i in range(header.width)},
        columns=range(header.width),
    )
    return ReadCsv(
        delimiter,
        header,
        Cells.of(table),
        np.array(numbers, np.int64),
        seen,
        problems,
        way="careful",
    )


def _shown(delimiter: str) -> str:
    return say("tab") if delimiter == "\t" else delimiter


def too_many_rows(most_rows: int) -> UnreadableFile:
    """Return the refusal of a file with more rows than are read."""
    return UnreadableFile(
        say("This file has more than {n} rows.", n=f"{most_rows:,}"),
        say("Split it into smaller files and add them one after the other."),
    )
