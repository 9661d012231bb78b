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
from needsmap.intake.csv_reading import TEXT
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
            if self.is_large:
                self._encode_all()
            else:
                self._encoded[position] = encode_texts(
                    self.cells[position - 1], column_key(position)
                )
        return self._encoded[position]

    def _encode_all(self) -> None:
        """Encode all columns that are not yet."""
        left = [p for p in range(1, self.cells.shape[1] + 1) if p not in self._encoded]
        columns = [self.cells[position - 1] for position in left]
        found = encode_beside(columns, [column_key(position) for position in left])
        self.know(dict(zip(left, found, strict=True)))

    def know(self, encoded: Mapping[int, Encoded]) -> None:
        """Take over columns, by position, that were encoded while the file was read."""
        self._encoded.update(encoded)

    def with_columns(self, changed: dict[int, pd.Series], headings: list[str]) -> RawTable:
        """Return the table with other texts in some columns (by position) and headings."""
        cells = {c: changed.get(c + 1, self.cells[c]) for c in range(self.cells.shape[1])}
        table = replace(
            self, cells=pd.DataFrame(cells, columns=self.cells.columns), headings=headings
        )
        kept = {p: column for p, column in self._encoded.items() if p not in changed}
        table._encoded.update(kept)
        return table

    def rewritten(self, position: int, texts: Sequence[str]) -> pd.Series:
        """Return a column's cells with other words, one for each of its distinct texts."""
        lookup = pd.Series([*texts, ""], dtype=TEXT)
        cells = lookup.take(self.column(position).codes).reset_index(drop=True)
        return cells.set_axis(self.cells.index)

    @property
    def is_large(self) -> bool:
        """Say whether there are so many rows that work is worth doing beside other work."""
        return len(self.cells) >= MANY_ROWS

    @property
    def set_aside(self) -> int:
        """Rows that could not be read; each has a problem naming its row number."""
        return self.rows_seen - len(self.cells)
