"""Records of a text table one by one, with their line numbers and faults."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence

from needsmap.errors import UnreadableFile
from needsmap.words import say


def allow_long_cells() -> None:
    """Lift the limit on the length of a cell that Python's csv reader has."""
    # Long cells are cut and counted later; csv's own limit would refuse the whole file.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def records(lines: list[str], delimiter: str, after: int) -> Iterator[tuple[int, list[str], str]]:
    """Yield line number, cells and fault ("" when none) of each record after line `after`.

    A quotation mark that opens a cell and is not closed properly swallows the lines that
    follow. On one line that row alone is set aside; over several lines nobody can tell
    which rows were swallowed, so the file is refused and the line named.
    """
    allow_long_cells()
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            end = reader.line_num
            opened = _line_of_open_quote(lines[start - 1 : end], delimiter, start)
            if end > start or "unexpected end" in str(error):
                raise UnreadableFile(
                    say("A quotation mark opened on line {row} is not closed.", row=opened),
                    say("Close it or take it out on that line, then try again."),
                ) from error
            if start > after:
                yield (
                    start,
                    [],
                    say("Row {row} has text after a closing quotation mark.", row=start),
                )
            continue
        # A heading over several lines ends the heading rows later than its own number.
        if start > after:
            yield start, cells, ""


def _line_of_open_quote(record: Sequence[str], delimiter: str, start: int) -> int:
    """Return the line on which the cell opened that the record's fault lies in."""
    inside, cell_start, opened = False, True, start
    for number, line in enumerate(record, start=start):
        i = 0
        while i < len(line):
            character = line[i]
            if inside and character == '"':
                if line[i + 1 : i + 2] == '"':
                    i += 1
                else:
                    inside = False
                    if line[i + 1 : i + 2] not in {delimiter, "\r", "\n", ""}:
                        return opened
            elif not inside and character == '"' and cell_start:
                inside, opened = True, number
            cell_start = not inside and character == delimiter
            i += 1
        cell_start = cell_start or not inside
    return opened
