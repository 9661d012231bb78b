"""Which character stands between the cells of a text file."""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Sequence

DELIMITERS = (",", ";", "\t", "|")
_RECORDS_LOOKED_AT = 300
_WHOLE_FIRST = 0.6


def sniff_delimiter(lines: Sequence[str]) -> str:
    """Return the delimiter that cuts most records into equally many cells.

    `lines` are the first lines of the file with their line ends. A line `sep=;`, which
    Excel writes, settles it. A file of one column gives one that does not occur in
    it.
    """
    if lines and (told := told_delimiter(lines[0])):
        return told
    text = "".join(lines)
    # A character that does not occur cuts nothing.
    scores = {d: _score(lines, d) if d in text else 0.0 for d in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    if scores[best] > 0:
        return best
    # One column: a character that does not occur leaves its texts whole.
    return next((d for d in (",", "\t", "|", ";") if d not in text), ",")


def told_delimiter(line: str) -> str:
    """Return the delimiter of an Excel `sep=` line, or "" when it is none."""
    line = line.strip().strip('"')
    if line.lower().startswith("sep=") and len(line) == 5:
        return line[-1]
    return "\t" if line.lower() == "sep=" else ""


def _score(lines: Sequence[str], delimiter: str) -> float:
    """Return 0 for one column, else how evenly and finely the delimiter cuts (0-2)."""
    widths: Counter[int] = Counter()
    first = seen = 0
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for record in reader:
            if any(map(str.strip, record)):
                widths[len(record)] += 1
                first = first or len(record)
                seen += 1
            if seen >= _RECORDS_LOOKED_AT:
                break
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    if width < 2:
        # Mostly one cell: only a table when the rest, a wide majority of cells, agrees.
        return 0.0
    evenness = times / seen
    if first == 1 and evenness < 0.8:
        # A list of texts that happen to hold commas.
        return 0.0
    score = evenness + 0.1 * math.log2(width) * evenness
    # Headings that stay whole speak against a mark that only stands in answers.
    return score * (_WHOLE_FIRST if first == 1 else 1.0)
