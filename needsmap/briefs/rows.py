"""Going through a table's rows by column name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def each_row(table: pd.DataFrame) -> Iterator[Any]:
    """Return the rows as named tuples: `row.share` is the cell of column "share"."""
    return table.itertuples(index=False)
