"""Questions that lie in several columns: a column an option, a place, or half a point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from needsmap.intake.facts import distinct_texts
from needsmap.intake.raw_table import RawTable
from needsmap.intake.splitting import OTHER
from needsmap.intake.ticks import is_own_words, is_tick
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.wording import role_of_facts, role_of_meaning
from needsmap.tables import Kind, Option, Question, Role

def guess_spread(raw: RawTable, group: ColumnGroup, columns: Sequence[int]) -> Question:
    """Return the one question several columns hold.

    Raises nothing: columns that were dropped by hand are simply absent.
    """
    texts = dict(zip(group.columns, group.option_texts, strict=False))
    cells = [raw.cells[position - 1] for position in columns]
    kind: Kind
    options: tuple[Option, ...] = ()
    answered = int(_filled(cells).any(axis=0).sum()) if cells else 0
    role: Role | None = group.hint_role
    group_id = ""
    if group.shape == "point_parts":
        kind = "point"
        role = role or "location"
    elif group.shape == "ranking_columns":
        kind = "ranking"
        options = _ranked(cells, columns, texts)
    else:
        kind = group.hint_kind or "many_choices"
        options = _ticked(cells, columns, texts)
    if role is None:
        by_words, group_id = role_of_facts(group.text)
        role = by_words if by_words == "group" else role_of_meaning(group.text) or "other"
        role = "other" if role == "open_text" else role
    return Question(
        id=f"q{columns[0]}",
        text=group.text,
        role=role,
        kind=kind,
        columns=tuple(columns),
        options=options,
        answered=answered,
        group=group_id if role == "group" else "",
    )


def _filled(cells: Sequence[pd.Series]) -> np.ndarray:
    return np.array([column.str.strip().ne("").to_numpy() for column in cells])


def _ticked(
    cells: Sequence[pd.Series], columns: Sequence[int], texts: dict[int, str]
) -> tuple[Option, ...]:
    """Count ticks per option; a column of many different texts is the *other* column."""
    options: list[Option] = []
    others = 0
    for column, position in zip(cells, columns, strict=True):
        text = texts.get(position, "")
        given = distinct_texts(column)
        chosen = sum(n for cell, n in given.items() if is_tick(cell, text))
        if is_own_words(given, text):
            others += chosen
        else:
            options.append(Option(text, chosen))
    return (*options, Option(OTHER, others, offered=False)) if others else tuple(options)


def _ranked(
    cells: Sequence[pd.Series], columns: Sequence[int], texts: dict[int, str]
) -> tuple[Option, ...]:
    """Count how often each option was given a place."""
    if texts:
        return tuple(
            Option(texts.get(position, ""), sum(distinct_texts(column).values()))
            for column, position in zip(cells, columns, strict=True)
        )
    named: dict[str, int] = {}
    for column in cells:
        for text, n in distinct_texts(column).items():
            named[text] = named.get(text, 0) + n
    return tuple(Option(text, n) for text, n in sorted(named.items(), key=lambda p: -p[1]))
