"""A file as it was read: every cell as text, every row with its number in the file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.errors import Problems
from needsmap.intake.cells import TEXT, Cells
from needsmap.intake.encoded import MANY_ROWS, Encoded, encode_beside, encode_texts

__all__ = ["Encoded", "FileFormat", "RawTable", "column_key", "encode_texts"]

FileFormat = Literal["csv", "xlsx", "ods"]


def column_key(position: int) -> str:
    """Return the key (16 letters) by which the cells of the column at a position are hashed."""
    return hashlib.blake2b(str(position).encode(), digest_size=8).hexdigest()


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
    written
        The cells, one row an answer; texts, "" where blank. `cells` gives them as a frame with
        columns labelled 0…n-1, `texts` one column of it.
    row_numbers
        int64, one a row of cells: the line (CSV) or row (workbook) it starts on.
    problems
        What was set aside or changed, with row numbers.
    rows_seen
        Answer rows in the file: `rows` and those set aside.
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
    written: Cells
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

    @property
    def cells(self) -> pd.DataFrame:
        """Return all cells as a frame. Of a large table a frame takes long: ask for less."""
        return self.written.frame

    @property
    def rows(self) -> int:
        """Return how many rows of answers there are."""
        return len(self.written)

    def texts(self, position: int) -> pd.Series:
        """Return the cells of the column at a position from 1, as they are written."""
        return self.written.column(position - 1)

    def first_texts(self, position: int, most: int) -> list[str]:
        """Return the first different cells of a column as they are written, also a blank one."""
        codes, texts = self.column(position).as_written
        found = list(texts[:most].to_pylist())
        blank = codes < 0
        if blank.any():
            # Codes follow the order in which texts come.
            found.insert(int(codes[: blank.argmax()].max(initial=-1)) + 1, "")
        return found[:most]

    def beginning(self, position: int, most: int) -> list[str]:
        """Return the first cells of the column at a position from 1, as they are written."""
        return self.written.beginning(position - 1, most)

    def first_rows(self, most: int) -> pd.DataFrame:
        """Return the cells of the first rows, columns labelled 0…n-1."""
        return self.written.part(slice(0, most))

    def column(self, position: int) -> Encoded:
        """Return the distinct texts and codes of the column at a position from 1.

        They are found once. Cells must not change in place after that.
        """
        if position not in self._encoded:
            if self.is_large:
                self._encode_all()
            else:
                self._encoded[position] = encode_texts(self.texts(position), column_key(position))
        return self._encoded[position]

    def _encode_all(self) -> None:
        """Encode all columns that are not yet."""
        left = [p for p in range(1, self.written.width + 1) if p not in self._encoded]
        columns = [self.texts(position) for position in left]
        found = encode_beside(columns, [column_key(position) for position in left])
        self.know(dict(zip(left, found, strict=True)))

    def know(self, encoded: Mapping[int, Encoded]) -> None:
        """Take over columns, by position, that were encoded while the file was read."""
        self._encoded.update(encoded)

    def with_columns(self, changed: dict[int, pd.Series], headings: list[str]) -> RawTable:
        """Return the table with other texts in some columns (by position) and headings."""
        if not changed and headings == self.headings:
            return self
        written = self.written.with_columns({p - 1: texts for p, texts in changed.items()})
        table = replace(self, written=written, headings=headings)
        kept = {p: column for p, column in self._encoded.items() if p not in changed}
        table._encoded.update(kept)
        return table

    def rewritten(self, position: int, texts: Sequence[str]) -> pd.Series:
        """Return a column's cells with other words, one for each of its distinct texts."""
        lookup = pd.Series([*texts, ""], dtype=TEXT)
        return lookup.take(self.column(position).codes).reset_index(drop=True)

    @property
    def is_large(self) -> bool:
        """Say whether there are so many rows that work is worth doing beside other work."""
        return self.rows >= MANY_ROWS

    @property
    def set_aside(self) -> int:
        """Rows that could not be read; each has a problem naming its row number."""
        return self.rows_seen - self.rows
