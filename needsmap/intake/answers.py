"""Answers to one question, encoded once per distinct cell: what was chosen, ranked, given."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from needsmap.intake.numbers_in import number_in, place_in
from needsmap.intake.raw_table import RawTable
from needsmap.intake.scales import from_one, scale_of, turned_round
from needsmap.intake.splitting import split
from needsmap.intake.ticks import NOT_CHOSEN, is_own_words, is_tick, joined_column
from needsmap.tables import AnswerColumn, Question

Chosen = tuple[tuple[int, float], ...]
_JOINT = "; "


def encode(raw: RawTable, question: Question) -> AnswerColumn:
    """Encode all answers to one question.

    Work grows with distinct cells, not rows.

    Parameters
    ----------
    raw
        The table as read; one code is returned for each row.
    question
        As guessed or chosen. Its columns are read together when there are several.

    Returns
    -------
    AnswerColumn
        `codes` int32, -1 where blank. `cells` distinct texts without outer blanks (columns
        of one question joined with "; "). `choices` per distinct cell: see `AnswerColumn`;
        wording outside the offered options counts for the option that is not `offered`.
        A rating's point is 0 where people gave no point (don't know), else 1 or more, high
        for good, much or important. `themes` is empty.
    """
    if len(question.columns) == 1:
        codes, cells = distinct(raw, question.columns[0])
        read = _reader(question)
        choices = tuple(map(read, cells)) if read else ((),) * len(cells)
    else:
        codes, cells, choices = _several_columns(raw, question)
    return AnswerColumn(question.id, codes, cells, choices, ((),) * len(cells))


def distinct(raw: RawTable, position: int) -> tuple[npt.NDArray[np.int32], tuple[str, ...]]:
    """Return codes (-1 blank) and distinct texts of a column, in order of appearance."""
    column = raw.column(position)
    return column.codes, column.texts


def _reader(question: Question) -> Callable[[str], Chosen] | None:
    """Return how a cell of this question becomes choices; None where nothing is chosen."""
    index = {option.text: i for i, option in enumerate(question.options) if option.offered}
    offered = frozenset(index)
    other = next((i for i, option in enumerate(question.options) if not option.offered), None)

    def many(cell: str) -> Chosen:
        if question.separator:
            texts, rest = split(cell, question.separator, offered)
        else:
            texts, rest = ([cell], "") if cell in offered else ([], cell)
        chosen = [(index[text], 1.0) for text in dict.fromkeys(texts)]
        if rest and other is not None:
            chosen.append((other, 1.0))
        return tuple(chosen)

    def ranking(cell: str) -> Chosen:
        if question.separator is None:
            return many(cell)
        texts, _ = split(cell, question.separator, offered)
        return tuple((index[text], float(i)) for i, text in enumerate(dict.fromkeys(texts), 1))

    points = scale_points(
        [option.text for option in question.options if option.offered], question.text
    )

    def rating(cell: str) -> Chosen:
        if cell in index:
            return ((index[cell], points.get(cell, 0.0)),)
        return ((other, 0.0),) if other is not None else ()

    def amount(cell: str) -> Chosen:
        number = number_in(cell)
        return ((0, 1.0),) if number and index else ()

    readers: dict[str, Callable[[str], Chosen]] = {
        "one_choice": many,
        "many_choices": many,
        "ranking": ranking,
        "rating": rating,
        "amount": amount,
    }
    return readers.get(question.kind)


def scale_points(options: Sequence[str], heading: str = "") -> dict[str, float]:
    """Return the point on the scale of each option: its number, or its place among words.

    High is good, much or important; where options or heading say that 1 is best, points are
    turned round. A scale from 0 is counted from 1: the point 0 stands for no point.
    """
    known = scale_of(list(options), heading)
    if known is not None:
        return known
    points = {text: number for text in options if (number := number_in(text)) is not None}
    return turned_round(from_one(points), heading)


def _several_columns(
    raw: RawTable, question: Question
) -> tuple[npt.NDArray[np.int32], tuple[str, ...], tuple[Chosen, ...]]:
    """Encode a question of several columns by their distinct combinations."""
    joined = joined_column(raw.headings, question.columns)
    parts = [distinct(raw, position) for position in question.columns if position != joined]
    if not raw.rows:
        return np.empty(0, np.int32), (), ()
    table = np.column_stack([codes for codes, _ in parts])
    combinations, codes = _combinations(table)
    describe = {
        "ranking": _ranking,
        "amount": _amounts,
        "point": _point,
    }.get(question.kind, _ticks)
    texts = [texts for _, texts in parts]
    number_of: dict[tuple[str, Chosen], int] = {}
    new = np.empty(len(combinations), np.int32)
    own = [
        is_own_words(dict.fromkeys(column, 1), option)
        for column, option in zip(texts, _column_options(question, texts), strict=True)
    ]
    for i, combination in enumerate(combinations):
        row = [column[c] if c >= 0 else "" for column, c in zip(texts, combination, strict=True)]
        cell, chosen = describe(row, question, own)
        new[i] = number_of.setdefault((cell, chosen), len(number_of)) if cell else -1
    return (
        new[codes.reshape(-1)],
        tuple(cell for cell, _ in number_of),
        tuple(chosen for _, chosen in number_of),
    )


def _combinations(
    table: npt.NDArray[np.int32],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Return the distinct rows of codes and which of them each row is.

    Columns are folded into one number one after the other, so only whole numbers are
    sorted, never rows.
    """
    folded = np.zeros(len(table), np.int64)
    for column in table.T:
        _, folded = np.unique(folded * (int(column.max()) + 2) + column, return_inverse=True)
        folded = folded.reshape(-1)
    _, first, codes = np.unique(folded, return_index=True, return_inverse=True)
    return table[first], codes


def _column_options(question: Question, texts: Sequence[Sequence[str]]) -> list[str]:
    """Return the option each column stands for; the *other* column has none."""
    offered = [option.text for option in question.options if option.offered]
    if len(offered) == len(texts):
        return offered
    # The column people wrote in themselves is not among the options.
    left = iter(offered)
    return [
        "" if is_own_words(dict.fromkeys(column, 1), "") else next(left, "") for column in texts
    ]


def _ticks(row: Sequence[str], question: Question, own: Sequence[bool]) -> tuple[str, Chosen]:
    """Return the options ticked in a row of one column an option."""
    other = next((i for i, option in enumerate(question.options) if not option.offered), None)
    names: list[str] = []
    chosen: list[tuple[int, float]] = []
    at = 0
    for text, is_own in zip(row, own, strict=True):
        if is_own and other is not None:
            if text.casefold() not in NOT_CHOSEN:
                names.append(text)
                chosen.append((other, 1.0))
            continue
        if at < len(question.options) and is_tick(text, question.options[at].text):
            names.append(question.options[at].text)
            chosen.append((at, 1.0))
        at += 1
    # A row of noughts is an answer too: nothing was chosen.
    said = _JOINT.join(names) or next((text for text in row if text), "")
    return said, tuple(dict.fromkeys(chosen))


def _ranking(row: Sequence[str], question: Question, own: Sequence[bool]) -> tuple[str, Chosen]:
    """Return places from a column an item (holding numbers) or a column a place."""
    index = {option.text: i for i, option in enumerate(question.options)}
    filled = [text for text in row if text]
    places = [place_in(text) for text in row]
    if len(question.options) == len(row) and sum(p is not None for p in places) == len(filled):
        placed = sorted((place, i) for i, place in enumerate(places) if place is not None)
        chosen = tuple((i, float(place)) for place, i in placed)
    else:
        first: dict[int, float] = {}
        for place, text in enumerate(row, 1):
            if text in index:
                first.setdefault(index[text], float(place))
        chosen = tuple(first.items())
    said = _JOINT.join(f"{place:g}. {question.options[i].text}" for i, place in chosen)
    return said or (filled[0] if filled else ""), chosen


def _amounts(row: Sequence[str], question: Question, own: Sequence[bool]) -> tuple[str, Chosen]:
    """Return each item's share of the row's own total; totals need not be 100."""
    numbers = [number_in(text) or 0.0 for text in row]
    total = sum(n for n in numbers if n > 0)
    if not total:
        return next((text for text in row if text), ""), ()
    chosen = tuple((i, n / total) for i, n in enumerate(numbers) if n > 0)
    return _JOINT.join(f"{question.options[i].text}: {row[i]}" for i, _ in chosen), chosen


def _point(row: Sequence[str], question: Question, own: Sequence[bool]) -> tuple[str, Chosen]:
    """Return "latitude, longitude" where both are given."""
    if len(row) < 2 or not row[0] or not row[1]:
        return "", ()
    return f"{row[0]}, {row[1]}", ()
