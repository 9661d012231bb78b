"""Tables as they fit on upright paper: no empty columns, none too wide, widths by content."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from needsmap.report.tables import plain
from needsmap.words import say

MOST_COLUMNS = 8
"""More do not fit upright paper: the table goes on below, its first column repeated."""

_SHORT = 14
"""Texts up to this long, like "24% to 33%", stay on one line."""

_FIGURE = re.compile(r"not shown|(under |about |fewer than )?[\d.,]+ ?%?|–|")


@dataclass(frozen=True)
class PaperTable:
    """A table as it is printed, all of it text.

    name : its heading. headings, rows : texts. numbers : one a column, True where it holds
    figures. widths : one a column, relative to each other; 0 where all texts are short and
    the column is as wide as they are.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]
    widths: tuple[float, ...]


def paper_tables(tables: Mapping[str, pd.DataFrame]) -> Iterator[PaperTable]:
    """Yield the tables of an export as they are printed, in order.

    Columns without any text are left out; a wide table comes in several parts, each with
    the first column. No row and no figure is lost.
    """
    for name, table in tables.items():
        rows = [
            [_text(plain(cell)) for cell in row] for row in table.itertuples(index=False, name=None)
        ]
        headings = [str(heading) for heading in table.columns]
        filled = [
            place for place in range(len(headings)) if not rows or any(row[place] for row in rows)
        ]
        title = name[:1].upper() + name[1:]
        several = _cut(filled)
        for number, places in enumerate(several, start=1):
            part = say("{table} ({n} of {all})", table=title, n=number, all=len(several))
            yield _part(title if len(several) == 1 else part, headings, rows, places)


def _cut(places: list[int]) -> list[list[int]]:
    """Cut the columns of a wide table into parts of about the same size."""
    if len(places) <= MOST_COLUMNS:
        return [places]
    first, rest = places[0], places[1:]
    parts = math.ceil(len(rest) / (MOST_COLUMNS - 1))
    size = math.ceil(len(rest) / parts)
    return [[first, *rest[start : start + size]] for start in range(0, len(rest), size)]


def _part(name: str, headings: list[str], rows: list[list[str]], places: list[int]) -> PaperTable:
    chosen = tuple(tuple(row[place] for place in places) for row in rows)
    columns = [[row[place] for row in rows] for place in places]
    heads = tuple(headings[place] for place in places)
    return PaperTable(
        name=name,
        headings=heads,
        rows=chosen,
        numbers=tuple(all(_FIGURE.fullmatch(text) for text in column) for column in columns),
        widths=tuple(_width(h, c) for h, c in zip(heads, columns, strict=True)),
    )


def _width(heading: str, column: list[str]) -> float:
    """Return how much room a column wants: long texts more, but not by their whole length."""
    longest = max(map(len, column), default=0)
    if max(longest, len(heading)) <= _SHORT:
        return 0
    word = max((len(word) for text in (heading, *column) for word in text.split()), default=1)
    wanted = min(longest, _SHORT) + 2 + 2.2 * math.sqrt(max(longest - _SHORT, 0))
    return max(wanted, min(word, 24) + 2)


def _text(cell: str | int | float) -> str:
    if isinstance(cell, str):
        return cell
    # Four figures say enough, but thousands of people are not written as powers of ten.
    return f"{cell:,.0f}" if float(cell).is_integer() or abs(cell) >= 1000 else f"{cell:.4g}"
