"""A file as it was read: every cell as text, every row with its number in the file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.errors import Problems

FileFormat = Literal["csv", "xlsx", "ods"]
_BLANK, _PLAIN_END = 0x20, 0x7F
_MANY_ROWS = 100_000
"""From so many rows on, columns are encoded beside each other."""


@dataclass(frozen=True)
class Encoded:
    """A column as its distinct texts and a code a row: work goes by texts, not by rows.

    codes
        int32, one a row; -1 where nothing but blanks is written.
    dictionary
        The distinct texts, outer blanks removed, in order of appearance.
    counts
        int64, how many rows have each text.
    """

    codes: npt.NDArray[np.int32]
    dictionary: pa.LargeStringArray
    counts: npt.NDArray[np.int64]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the distinct texts as Python strings."""
        return tuple(self.dictionary.to_pylist())

    @property
    def answered(self) -> int:
        """Return how many rows hold something."""
        return int(self.counts.sum())


def encode_texts(column: pd.Series) -> Encoded:
    """Return the distinct texts of a column of strings, their codes and counts."""
    array = pa.chunked_array(pa.array(column.array, pa.large_string(), from_pandas=True))
    # All pieces of one call share one dictionary.
    encoded = pa.chunked_array(pc.dictionary_encode(array, null_encoding="mask"))
    if not encoded.num_chunks:
        empty = pa.array([], pa.large_string())
        return Encoded(np.empty(0, np.int32), empty, np.empty(0, np.int64))
    codes = np.concatenate(
        [
            chunk.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
            for chunk in encoded.chunks
        ]
    )
    dictionary, new = _trimmed(encoded.chunk(0).dictionary)
    if new is not None:
        # Code -1 looks up the last entry, which stands for nothing at all.
        codes = np.append(new, np.int32(-1))[codes]
    counts = np.bincount(codes + 1, minlength=len(dictionary) + 1)[1:]
    return Encoded(codes, dictionary, counts)


def _trimmed(
    texts: pa.LargeStringArray,
) -> tuple[pa.LargeStringArray, npt.NDArray[np.int32] | None]:
    """Return distinct texts without outer blanks, and where each of the former is now.

    Blank ones are nowhere (-1). None where all stay in their places.
    """
    _, offsets, letters = texts.buffers()
    bounds = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    written = bounds[1:] > bounds[:-1]
    if letters is None or not written.any():
        return texts[:0], np.full(len(texts), -1, np.int32)
    bytes_ = np.frombuffer(letters, np.uint8)
    if written.all():
        edges = (bytes_[bounds[:-1]], bytes_[bounds[1:] - 1])
    else:
        edges = (bytes_[bounds[:-1][written]], bytes_[bounds[1:][written] - 1])
    if all(((edge > _BLANK) & (edge < _PLAIN_END)).all() for edge in edges):
        # No text begins or ends with what may be a blank, and most columns are so.
        if written.all():
            return texts, None
        places = np.where(written, np.cumsum(written) - 1, -1).astype(np.int32)
        return texts.filter(pa.array(written)), places
    trimmed = pc.utf8_trim_whitespace(texts)
    again = pc.dictionary_encode(pc.if_else(pc.equal(trimmed, ""), None, trimmed))
    places = again.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return again.dictionary, places


@dataclass(frozen=True)
class RawTable:
    """A table of texts and how it was read.

    name, digest
        The given file name (shown, never used as a path) and the sha256 of the bytes.
    format, encoding, delimiter, sheet, sheets
        How it was opened. `encoding` and `delimiter` are "" for workbooks; `sheet` and
        `sheets` (all sheets with something in them) are "" and () for text files.
    header_rows
        Numbers in the file (from 1) of the rows that hold headings, in order.
    header_cells
        The texts of those rows, one tuple a row, as wide as the table.
    headings
        One text a column. The position is a column's identity; headings may repeat.
    cells
        One row an answer, columns labelled 0…n-1, dtype str, "" where blank.
    row_numbers
        int64, one a row of `cells`: the line (CSV) or row (workbook) it starts on.
    problems
        What was set aside or changed, with row numbers.
    rows_seen
        Answer rows in the file: `len(cells)` and those set aside.
    """

    name: str
    digest: str
    format: FileFormat
    encoding: str
    delimiter: str
    sheet: str
    sheets: tuple[str, ...]
    header_rows: list[int]
    headings: list[str]
    cells: pd.DataFrame
    row_numbers: npt.NDArray[np.int64]
    problems: Problems
    rows_seen: int
    header_cells: tuple[tuple[str, ...], ...] = field(default=())
    _encoded: dict[int, Encoded] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    prints: dict[tuple[int, ...], tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """Prints of rows worked out already, by the columns they are over (`row_prints`)."""

    def column(self, position: int) -> Encoded:
        """Return the distinct texts and codes of the column at a position from 1.

        They are found once. Cells must not change in place after that.
        """
        if position not in self._encoded:
            if len(self.cells) >= _MANY_ROWS:
                self._encode_all()
            else:
                self._encoded[position] = encode_texts(self.cells[position - 1])
        return self._encoded[position]

    def _encode_all(self) -> None:
        """Encode all columns that are not yet. Other threads run while Arrow works."""
        left = [p for p in range(1, self.cells.shape[1] + 1) if p not in self._encoded]
        columns = [self.cells[position - 1] for position in left]
        with ThreadPoolExecutor(max_workers=2) as beside:
            self._encoded.update(zip(left, beside.map(encode_texts, columns), strict=True))

    def with_columns(self, changed: dict[int, pd.Series], headings: list[str]) -> RawTable:
        """Return the table with other texts in some columns (by position) and headings."""
        cells = {c: changed.get(c + 1, self.cells[c]) for c in range(self.cells.shape[1])}
        table = replace(
            self, cells=pd.DataFrame(cells, columns=self.cells.columns), headings=headings
        )
        kept = {p: column for p, column in self._encoded.items() if p not in changed}
        table._encoded.update(kept)
        return table

    @property
    def set_aside(self) -> int:
        """Rows that could not be read; each has a problem naming its row number."""
        return self.rows_seen - len(self.cells)
