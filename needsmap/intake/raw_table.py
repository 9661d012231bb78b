"""A file as it was read: every cell as text, every row with its number in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.errors import Problems

FileFormat = Literal["csv", "xlsx", "ods"]


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

    @property
    def set_aside(self) -> int:
        """Rows that could not be read; each has a problem naming its row number."""
        return self.rows_seen - len(self.cells)
