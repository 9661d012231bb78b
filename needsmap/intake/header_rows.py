"""Which rows hold the questions: below titles and notes, and sometimes two or three deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from needsmap.errors import UnreadableFile
from needsmap.intake.header_tiers import Record, is_old_qualtrics, tier_headings, tiers
from needsmap.intake.shapes import is_value
from needsmap.words import say

_SEARCHED = 40
_LOOKED_AT = 60
_IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"\s*:')


@dataclass(frozen=True)
class HeaderRows:
    """The heading rows of a table.

    rows: their row numbers. cells: their texts, padded to `width`. headings: one text a
    column. next_row: row number after which answers begin.
    """

    rows: list[int]
    cells: tuple[tuple[str, ...], ...]
    headings: list[str]
    width: int
    next_row: int


def find_header_rows(records: Sequence[Record], told: int | None = None) -> HeaderRows:
    """Find the heading rows among the first records of a file.

    `records` come in file order; blank ones may be left in. `told` is a row number that
    somebody chose: it is believed.

    Raises
    ------
    UnreadableFile
        When no row can hold headings, or the first row holds answers.
    """
    filled = [(row, cells) for row, cells in records if any(map(str.strip, cells))]
    if not filled:
        raise UnreadableFile(
            say("This file has no rows."), say("Export the answers again and try the new file.")
        )
    if told is not None:
        at = next((i for i, (row, _) in enumerate(filled) if row == told), None)
        if at is None:
            raise UnreadableFile(
                say("Row {row} cannot hold the headings: it is empty.", row=told),
                say("Choose the row with the questions."),
            )
        return _headings(filled, at, told=True)
    imported = _import_id_row(filled)
    if imported is not None:
        return _qualtrics(filled, imported)
    at = _first_header(filled)
    return _headings(filled, at, told=False)


def _count(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _first_header(filled: Sequence[Record]) -> int:
    """Return the index of the first row as full as a row of headings must be.

    Titles and notes above a table fill one or two cells. A fuller row that follows after
    a blank line, or "label: value" pairs, are not headings either.
    """
    start = filled[:_SEARCHED]
    widths = Counter(len(cells) for _, cells in filled)
    usual = max(widths.items(), key=lambda pair: (pair[1], pair[0]))[0]
    usual_fill = max((_count(cells) for _, cells in start if len(cells) <= usual), default=1)
    needed = 1 if usual_fill < 2 else max(2, usual_fill * 0.5)
    for i, (row, cells) in enumerate(start):
        if _count(cells) < needed and not tiers(filled, i):
            continue
        after = start[i + 1] if i + 1 < len(start) else None
        if after is not None and _count(cells) < _count(after[1]):
            gap = after[0] - row > 1
            pair = _count(cells) == 2 and cells[0].strip().endswith(":")
            if gap or pair:
                continue
        return i
    return max(range(len(start)), key=lambda i: (_count(start[i][1]), -i))


def _headings(filled: Sequence[Record], at: int, *, told: bool) -> HeaderRows:
    """Build the headings from row `at` and, where it belongs to it, the row below."""
    row, cells = filled[at]
    body = filled[at + 1 :]
    below = body[0] if body else (row, [])
    if body and is_old_qualtrics(cells, below[1]):
        names = [(b or a).strip() for a, b in zip(*_padded([cells, below[1]]), strict=True)]
        return _two_rows(filled[at], below, names)
    if kind := tiers(filled, at):
        answers = [c for _, c in body[1:_LOOKED_AT] if len(c) == len(cells)]
        return _two_rows(filled[at], below, tier_headings(kind, cells, below[1], answers))
    width = _settled_width(cells, body)
    if not told:
        _refuse_answers(row, cells, body)
    padded = _padded([cells], width)
    return HeaderRows([row], padded, [" ".join(c.split()) for c in padded[0]], width, row)


def _two_rows(top: Record, below: Record, headings: list[str]) -> HeaderRows:
    width = max(len(top[1]), len(below[1]))
    padded = _padded([top[1], below[1]])
    return HeaderRows([top[0], below[0]], padded, headings, width, below[0])


def _settled_width(cells: Sequence[str], body: Sequence[Record]) -> int:
    """Return the table's width: the headings', unless every row ends in one blank cell more."""
    wide = [c for _, c in body if len(c) == len(cells) + 1]
    if body and len(wide) == len(body) and all(not c[-1].strip() for c in wide):
        return len(cells) + 1
    return len(cells)


def _padded(rows: Sequence[Sequence[str]], width: int = 0) -> tuple[tuple[str, ...], ...]:
    width = max([width, *(len(cells) for cells in rows)])
    return tuple(tuple(cells) + ("",) * (width - len(cells)) for cells in rows)


def _import_id_row(filled: Sequence[Record]) -> int | None:
    """Return the index of Qualtrics' row of import ids, which is JSON in every cell."""
    for i, (_, cells) in enumerate(filled[:10]):
        marks = sum(_IMPORT_ID.match(cell) is not None for cell in cells)
        if marks >= 2 and marks >= 0.5 * _count(cells):
            return i
    return None


def _qualtrics(filled: Sequence[Record], imported: int) -> HeaderRows:
    """Take the rows down to the import ids as headings; the one above them has the questions."""
    rows = filled[max(0, imported - 2) : imported + 1]
    texts = rows[-2][1] if len(rows) > 1 else rows[0][1]
    width = max(len(cells) for _, cells in rows)
    names = [" ".join(c.split()) for c in _padded([texts], width)[0]]
    return HeaderRows(
        [row for row, _ in rows], _padded([c for _, c in rows]), names, width, rows[-1][0]
    )


def _refuse_answers(row: int, cells: Sequence[str], body: Sequence[Record]) -> None:
    """Refuse a file whose first full row is an answer like those below it."""
    given = [(i, cell.strip()) for i, cell in enumerate(cells) if cell.strip()]
    values = [(i, cell) for i, cell in given if is_value(cell)]
    rows = [c for _, c in body if len(c) == len(cells)]
    # A column that says nothing but its heading is an option ticked or not, as Typeform writes.
    columns = list(zip(*rows, strict=True))
    again = sum(
        bool(rows) and any(cell in each for each in columns[i]) and _comes_again(cell, columns[i])
        for i, cell in given
    )
    alike = sum(
        bool(rows) and sum(is_value(c[i]) for c in rows) > 0.8 * len(rows) for i, _ in values
    )
    # One year or code as a heading is usual; half a row of dates, numbers and answers is not.
    is_data = alike >= 2 and alike + again >= 0.5 * len(given)
    repeated = len(given) >= 2 and len(rows) >= 3 and again >= max(2, 0.8 * len(given))
    if is_data or repeated:
        raise UnreadableFile(
            say("Row {row} holds answers where the questions should be.", row=row),
            say("Put a row with the questions on top of the columns and try again."),
        )


def _comes_again(heading: str, cells: Sequence[str]) -> bool:
    """Say whether a heading stands among the cells below it, and they say something else too."""
    below = {cell.strip() for cell in cells} - {""}
    return heading in below and len(below) > 1
