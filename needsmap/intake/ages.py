"""Years of birth and ages in years, made coarse: both become bands of age.

A year of birth is as personal as an age, and tells nothing until the year of asking is known:
the day given for the survey, else the year in which most answers were stamped, else this year.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from needsmap.errors import Problem
from needsmap.intake.choices import Choices
from needsmap.intake.facts import facts_of
from needsmap.intake.raw_table import Encoded, RawTable
from needsmap.intake.scales import is_apart
from needsmap.intake.splitting import OTHER
from needsmap.intake.tools.evidence import ColumnGroup
from needsmap.intake.when import days
from needsmap.intake.wording import role_of_facts
from needsmap.tables import Question
from needsmap.words import say

BANDS = (0, 16, 25, 35, 45, 55, 65, 75)
"""First ages of the bands; the last has no end."""
_OLDEST = 120
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?:\.0)?(?!\d)")
_AGE = re.compile(r"(\d{1,3})(?:\.0)?")
_LONGEST = 30
_MOSTLY = 0.8
_FEWEST_AGES = 5
_FEWEST_BANDS = 2
_DIFFERENT = 4
_GROWN = 18
_STAMPS = 400


def in_bands(
    raw: RawTable, groups: Sequence[ColumnGroup], choices: Choices
) -> tuple[RawTable, list[ColumnGroup], list[Problem]]:
    """Return the table and groups with ages in bands, and what to say of it.

    A year that nobody who answered can be born in is read as not answered, and its row named.
    Columns whose kind, role or group somebody chose otherwise stay as they are.
    """
    changed: dict[int, pd.Series] = {}
    known: list[ColumnGroup] = []
    told: list[Problem] = []
    for group in groups:
        known.append(group)
        if not _asks_age(group, choices):
            continue
        position = group.columns[0]
        column = raw.column(position)
        heading = raw.headings[position - 1]
        year = 0
        if _are_years(column):
            year = _year_asked(raw, groups, choices)
            age_of = _age_by_birth(year)
            said = say("Years of birth are read as ages in {year}, in bands.", year=year)
            told.append(Problem("age_from_year", said, column=heading))
        elif _are_ages(column, choices.options.get(position, ())):
            age_of = _age_itself
            told.append(Problem("age_in_bands", say("Ages are kept in bands."), column=heading))
        else:
            continue
        texts = [_band(text, age_of) for text in column.texts]
        told.extend(_implausible(raw, position, texts, year))
        changed[position] = raw.rewritten(position, texts)
        known[-1] = replace(group, hint_kind="one_choice", option_texts=_offered(texts))
    return (raw.with_columns(changed, raw.headings) if changed else raw), known, told


def no_band_told(raw: RawTable, question: Question) -> list[Problem]:
    """Return a problem for each row whose age is none of the bands people chose from.

    It counts as "Other" and is kept as written, as own wording is everywhere; but nobody writes
    an age of their own on purpose, so a slip of the hand is likely. Words apart are none.
    """
    offered = {option.text for option in question.options if option.offered}
    bands = sum(any(mark.isdigit() for mark in text) for text in offered)
    asked = (question.kind, question.role, question.group) == ("one_choice", "group", "age")
    if not asked or len(question.columns) > 1 or question.separator or bands < _FEWEST_BANDS:
        return []
    column = raw.column(question.columns[0])
    odd = [
        text not in offered and not is_apart(text) and text.casefold() != OTHER.casefold()
        for text in column.texts
    ]
    heading = raw.headings[question.columns[0] - 1]
    told = []
    for row in np.flatnonzero(np.array([*odd, False])[column.codes]) if any(odd) else ():
        number, said = int(raw.row_numbers[row]), column.texts[column.codes[row]]
        message = say(
            "Row {row} gives {said} as an age, which is none of the bands others chose. It is kept "
            "as written and counts as other.",
            row=number, said=said,
        )  # fmt: skip
        told.append(Problem("age_no_band", message, row=number, column=heading))
    return told


def _asks_age(group: ColumnGroup, choices: Choices) -> bool:
    position = group.columns[0]
    if len(group.columns) > 1 or group.hint_kind or group.hint_role:
        return False
    if choices.kinds.get(position, "one_choice") != "one_choice":
        return False
    if choices.roles.get(position, "group") != "group":
        return False
    if choices.groups.get(position, "age") != "age":
        return False
    return position in choices.groups or role_of_facts(group.text) == ("group", "age")


def _share(column: Encoded, test: Callable[[str], bool]) -> float:
    said = [(n, text) for n, text in zip(column.counts.tolist(), column.texts, strict=True)
            if not is_apart(text)]  # fmt: skip
    answered = sum(n for n, _ in said)
    return sum(n for n, text in said if test(text)) / answered if answered else 0.0


def _are_years(column: Encoded) -> bool:
    return _share(column, lambda text: _birth_year(text) is not None) >= _MOSTLY


def _are_ages(column: Encoded, kept: Sequence[str]) -> bool:
    """Tell ages from numbers that stand for bands: there are many, and grown people's.

    `kept`: what the answers were called when the form was kept before; bands settle it.
    """
    if kept and any(_band(text, _age_itself) in kept for text in column.texts if text not in kept):
        return True
    if column.answered < _FEWEST_AGES or len(column.dictionary) < _DIFFERENT:
        return False
    ages = [age for text in column.texts if (age := _age_itself(text)) is not None]
    return _share(column, lambda text: _age_itself(text) is not None) >= _MOSTLY and sum(
        age >= _GROWN for age in ages
    ) >= 0.5 * len(ages)


def _birth_year(text: str) -> int | None:
    found = _YEAR.search(text) if len(text) <= _LONGEST else None
    return int(found[1]) if found else None


def _age_by_birth(asked: int) -> Callable[[str], int | None]:
    def age(text: str) -> int | None:
        born = _birth_year(text)
        return None if born is None else asked - born

    return age


def _age_itself(text: str) -> int | None:
    found = _AGE.fullmatch(text)
    return int(found[1]) if found else None


def _band(text: str, age_of: Callable[[str], int | None]) -> str:
    """Return the band of an answer, the answer itself without one, "" where it cannot be."""
    age = age_of(text)
    if age is None:
        return text
    if not 0 <= age <= _OLDEST:
        return ""
    at = max(i for i, first in enumerate(BANDS) if first <= age)
    return f"{BANDS[at]}-{BANDS[at + 1] - 1}" if at + 1 < len(BANDS) else f"{BANDS[at]}+"


def _offered(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the bands somebody is in, youngest first, then "prefer not to say" and the like."""
    bands = sorted(
        {text for text in texts if text and text[0].isdigit() and len(text) <= len("65-74")},
        key=lambda text: int(re.split(r"\D", text)[0]),
    )
    return (*bands, *dict.fromkeys(text for text in texts if text and is_apart(text)))


def _implausible(raw: RawTable, position: int, texts: Sequence[str], asked: int) -> list[Problem]:
    """Name each row whose age or year of birth was not believed."""
    column = raw.column(position)
    gone = np.array([text == "" for text in texts] + [False])
    told = []
    for row in np.flatnonzero(gone[column.codes]):
        number, said = int(raw.row_numbers[row]), column.texts[column.codes[row]]
        message = (
            say("Row {row} gives {said} as a year of birth, which cannot be: people were asked in "
                "{year}. It is read as not answered.", row=number, said=said, year=asked)
            if asked
            else say("Row {row} gives {said} as an age, which cannot be. It is read as not "
                     "answered.", row=number, said=said)
        )  # fmt: skip
        told.append(
            Problem("age_cannot_be", message, row=number, column=raw.headings[position - 1])
        )
    return told


def _year_asked(raw: RawTable, groups: Sequence[ColumnGroup], choices: Choices) -> int:
    if choices.asked is not None:
        return choices.asked.year
    for group in groups:
        asked_when = group.hint_role == "when" or role_of_facts(group.text)[0] == "when"
        if len(group.columns) > 1 or not asked_when:
            continue
        column = raw.column(group.columns[0])
        if facts_of(column).looks_like == "date":
            sample = column.dictionary[:_STAMPS].to_pylist()
            years = Counter(day[:4] for day in days(sample) if day)
            if years:
                return int(years.most_common(1)[0][0])
    return date.today().year
