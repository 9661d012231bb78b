"""Rows to mend: handed out with their reasons, and known again when they come back mended."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from needsmap.errors import Problems
from needsmap.intake.cells import TEXT, Cells
from needsmap.intake.raw_table import RawTable
from needsmap.words import say

_KEY = re.compile(r"[0-9a-f]{32}")


def to_mend(raw: RawTable, problems: Problems, keys: pd.Series) -> pd.DataFrame:
    """Return the rows with a problem: `Row`, `What to mend`, the file's columns, a key.

    `keys` has one a row of the file. The key tells, when the mended file comes in, which
    rows were kept already, so that nobody counts twice. Rows that could not be read at all
    have empty cells, to be filled from the original.
    """
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        if problem.row is not None:
            reasons.setdefault(problem.row, []).append(problem.message)
    numbers = np.array(sorted(reasons), np.int64)
    said = [" ".join(dict.fromkeys(reasons[number])) for number in numbers.tolist()]
    told = np.flatnonzero(np.isin(raw.row_numbers, numbers))
    # Rows that could not be read have no place among those that could.
    place = pd.Series(np.arange(len(told)), index=raw.row_numbers[told])
    place = place[~place.index.duplicated(keep="last")].reindex(numbers)
    cells = raw.written.part(told)
    cells[raw.written.width] = keys.iloc[told].reset_index(drop=True)
    cells = cells.reindex(place.fillna(-1).astype(np.int64)).fillna("")
    table = pd.concat(
        [
            pd.DataFrame({"row": numbers, "said": pd.Series(said, dtype="str")}),
            cells.reset_index(drop=True),
        ],
        axis=1,
    )
    first, second, last = _headings()
    table.columns = pd.Index([first, second, *raw.headings, last])
    return table


def mended(raw: RawTable) -> tuple[RawTable, list[str]]:
    """Return the form's own table out of a mended file, with the key of each row.

    A file that is none comes back as it is, with no keys. Row numbers are those of the
    file the rows were taken from.
    """
    first, second, last = _headings()
    tidy = [heading.strip() for heading in raw.headings]
    if len(tidy) < 4 or (tidy[0], tidy[1], tidy[-1]) != (first, second, last):
        return raw, []
    numbers = pd.to_numeric(raw.texts(1).str.strip(), errors="coerce").to_numpy(float)
    known = np.isfinite(numbers) & (numbers > 0)
    keys = [key if _KEY.fullmatch(key) else "" for key in raw.texts(raw.written.width).str.strip()]
    cells = raw.cells.iloc[:, 2:-1].copy()
    cells.columns = pd.RangeIndex(cells.shape[1])
    own = replace(
        raw,
        headings=raw.headings[2:-1],
        written=Cells.of(cells),
        row_numbers=np.where(known, np.nan_to_num(numbers), raw.row_numbers).astype(np.int64),
        header_cells=tuple(row[2:-1] for row in raw.header_cells),
    )
    return own, keys


def with_given(keys: pd.Series, given: list[str]) -> pd.Series:
    """Return keys of rows, those given in a mended file above those worked out anew.

    A key given twice counts once: a copied row is a row of its own.
    """
    if not given:
        return keys
    seen: set[str] = set()
    settled = []
    for own, key in zip(keys, given, strict=True):
        use = key if key and key not in seen else own
        seen.add(use)
        settled.append(use)
    return pd.Series(settled, dtype=TEXT)


def _headings() -> tuple[str, str, str]:
    return say("Row"), say("What to mend"), say("Needs Map key")
