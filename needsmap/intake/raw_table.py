"""A file as it was read: every cell as text, every row with its number in the file."""

from __future__ import annotations

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
    array = pa.array(column.array, pa.large_string(), from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    encoded = pc.dictionary_encode(array, null_encoding="mask")
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    trimmed = pc.utf8_trim_whitespace(encoded.dictionary)
    again = pc.dictionary_encode(pc.if_else(pc.equal(trimmed, ""), None, trimmed))
    if len(again.dictionary) < len(encoded.dictionary):
        # Code -1 looks up the last entry, which stands for nothing at all.
        new = np.append(
            again.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32),
            np.int32(-1),
        )
        codes = new[codes]
    counts = np.bincount(codes[codes >= 0], minlength=len(again.dictionary))
    return Encoded(codes, again.dictionary, counts)


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

    def column(self, position: int) -> Encoded:
        """Return the distinct texts and codes of the column at a position from 1.

        They are found once. Cells must not change in place after that.
        """
        if position not in self._encoded:
            self._encoded[position] = encode_texts(self.cells[position - 1])
        return self._encoded[position]

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
