"""Rows to mend as a file: opened safely in a spreadsheet, and handed in again."""

from __future__ import annotations

import csv
import io

import pandas as pd

from needsmap.report.tables import guard


def as_mend_csv(table: pd.DataFrame) -> bytes:
    """Return rows to mend (`Prepared.to_mend`) as CSV: UTF-8 with BOM, CRLF, formula-safe.

    Reading it again with `intake` gives the cells as they were: the guard is taken off.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([guard(str(heading)) for heading in table.columns])
    for row in table.itertuples(index=False, name=None):
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
    # The csv format has no place for NUL, and no reader agrees on it.
    return ("\ufeff" + text.getvalue().replace("\x00", "\u2400")).encode("utf-8", "replace")
