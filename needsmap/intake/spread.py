"""Questions that lie in several columns: a column an option, a place, or half a point."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from needsmap.intake.facts import distinct_texts
from needsmap.intake.numbers_in import number_in
from needsmap.intake.raw_table import RawTable
from needsmap.intake.splitting import OTHER
from needsmap.intake.ticks import is_own_words, is_tick, joined_column
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.wording import role_of_facts, role_of_meaning
from needsmap.tables import Kind, Option, Question, Role


def guess_spread(raw: RawTable, group: ColumnGroup, columns: Sequence[int]) -> Question:
    """Return the one question several columns hold.

    Raises nothing: columns that were dropped by hand are simply absent.
    """
    joined = joined_column(raw.headings, columns)
    own = [position for position in group.columns if position != joined]
    texts = dict(zip(own, group.option_texts, strict=False))
    parts = [position for position in columns if position != joined]
    kind: Kind
    options: tuple[Option, ...] = ()
    filled = np.array([raw.column(position).codes >= 0 for position in columns])
    role: Role | None = group.hint_role
    group_id = ""
    if group.shape == "point_parts":
        kind = "point"
        role = role or "location"
    elif group.shape == "ranking_columns":
        kind = "ranking"
        options = _ranked(raw, parts, texts)
    elif group.shape == "amount_columns":
        kind = "amount"
        options = _given(raw, parts, texts)
    else:
        kind = group.hint_kind or "many_choices"
        options = _ticked(raw, parts, texts)
    if role is None and group.text == " / ".join(group.option_texts[:3]):
        # The file holds no question: what its options say is not what was asked.
        role = "other"
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
        answered=int(filled.any(axis=0).sum()),
        group=group_id if role == "group" else "",
    )


def _ticked(raw: RawTable, columns: Sequence[int], texts: dict[int, str]) -> tuple[Option, ...]:
    """Count ticks per option; a column of many different texts is the *other* column."""
    options: list[Option] = []
    others = 0
    for position in columns:
        text = texts.get(position, "")
        given = distinct_texts(raw, position)
        chosen = sum(n for cell, n in given.items() if is_tick(cell, text))
        if is_own_words(given, text):
            others += chosen
        else:
            options.append(Option(text, chosen))
    return (*options, Option(OTHER, others, offered=False)) if others else tuple(options)


def _ranked(raw: RawTable, columns: Sequence[int], texts: dict[int, str]) -> tuple[Option, ...]:
    """Count how often each option was given a place."""
    if texts:
        return tuple(
            Option(texts.get(position, ""), raw.column(position).answered) for position in columns
        )
    named: dict[str, int] = {}
    for position in columns:
        for text, n in distinct_texts(raw, position).items():
            named[text] = named.get(text, 0) + n
    return tuple(Option(text, n) for text, n in sorted(named.items(), key=lambda p: -p[1]))


def _given(raw: RawTable, columns: Sequence[int], texts: dict[int, str]) -> tuple[Option, ...]:
    """Count how many gave each option something."""
    return tuple(
        Option(
            texts.get(position, ""),
            sum(n for text, n in distinct_texts(raw, position).items() if number_in(text)),
        )
        for position in columns
    )
