"""The cells of a table, column by column: made into texts only where somebody looks at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from needsmap.intake.encoded import Encoded

TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
"""The type of all cells."""


def as_text(column: pa.ChunkedArray | pa.Array) -> pd.Series:
    """Return Arrow texts as a pandas column of the type all cells have, without copying."""
    make: Any = TEXT.construct_array_type()
    return pd.Series(make(column, dtype=TEXT))


class Cells:
    """Columns of texts, one row an answer.

    `columns`: each as texts, or as distinct texts and codes, from which the texts are made
    when they are asked for; a million rows are hardly ever looked at one by one.
    """

    def __init__(self, columns: Sequence[pd.Series | Encoded], rows: int) -> None:
        self._columns = list(columns)
        self._rows = rows
        self._frame: pd.DataFrame | None = None

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Cells:
        """Return the cells of a frame with columns labelled 0…n-1."""
        cells = cls([frame[column] for column in frame.columns], len(frame))
        cells._frame = frame
        return cells

    def __len__(self) -> int:
        return self._rows

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        return len(self._columns)

    def column(self, place: int) -> pd.Series:
        """Return the texts of a column, counted from 0."""
        column = self._columns[place]
        if isinstance(column, Encoded):
            column = self._columns[place] = _written(column, slice(None))
        return column

    def beginning(self, place: int, most: int) -> list[str]:
        """Return the first texts of a column, counted from 0."""
        column = self._columns[place]
        if isinstance(column, Encoded):
            return list(_taken(column, slice(0, most)).to_pylist())
        return pa.array(column.iloc[:most].array, pa.large_string(), from_pandas=True).to_pylist()

    def part(self, rows: slice | npt.NDArray[np.integer]) -> pd.DataFrame:
        """Return some rows, numbered from 0."""
        columns = {
            place: _written(column, rows).array
            if isinstance(column, Encoded)
            else column.array[rows]
            for place, column in enumerate(self._columns)
        }
        return pd.DataFrame(columns, columns=range(self.width))

    @property
    def frame(self) -> pd.DataFrame:
        """Return all cells as a frame with columns labelled 0…n-1."""
        if self._frame is None:
            columns = {place: self.column(place) for place in range(self.width)}
            self._frame = pd.DataFrame(columns, columns=range(self.width))
        return self._frame

    def with_columns(self, changed: Mapping[int, pd.Series]) -> Cells:
        """Return the cells with other texts in some columns, counted from 0."""
        columns = [changed.get(place, column) for place, column in enumerate(self._columns)]
        return Cells(columns, self._rows)


def _written(column: Encoded, rows: slice | npt.NDArray[np.integer]) -> pd.Series:
    """Return cells as they were written, of some rows."""
    return as_text(_taken(column, rows))


def _taken(column: Encoded, rows: slice | npt.NDArray[np.integer]) -> pa.LargeStringArray:
    """Return cells as they were written, of some rows, as Arrow has them."""
    codes, texts = column.as_written
    codes = codes[rows]
    if len(codes) == len(texts) and np.array_equal(codes, np.arange(len(codes))):
        return texts
    if len(codes) < len(texts):
        # Of a long column a few rows are asked for: the other texts are not copied.
        return pc.fill_null(texts.take(pa.array(codes, mask=codes < 0)), "")
    blank = pa.array([""], pa.large_string())
    places = pa.array(np.where(codes < 0, len(texts), codes).astype(np.int64))
    return pa.concat_arrays([texts, blank]).take(places)
