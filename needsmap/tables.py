"""The tables that cross borders between rooms: their columns, shapes and units.

A room gives and takes these and nothing else, so any room can be read, tested or
replaced alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

Thing = TypeVar("Thing")

# --- Places -----------------------------------------------------------------------

AREAS = ("area_code", "area_name", "population")
"""Finest level, one row an area. `population`: people, NaN when unknown."""

LEVELS = ("area_code", "level", "parent_code", "parent_name")
"""Which parent a finest-level area belongs to, one row for each area and higher level."""

SERVICES = (
    "service_id", "name", "category", "latitude", "longitude", "address", "checked_on", "source",
)  # fmt: skip
"""Points one can go to. WGS84 degrees; `checked_on` ISO date or empty."""

POPULATION = ("area_code", "group", "band", "people")
"""People of each band of each group in each finest-level area."""

LOOKUPS = ("kind", "key", "level", "area_code")
"""Other names for areas. kind: postcode | old_code | name | street. `key` is normalised
(postcodes upper case without spaces). `level` is the level id `area_code` belongs to."""

# --- Surveys ----------------------------------------------------------------------

Role = Literal[
    "when", "location", "need", "strength", "offer", "group", "open_text", "identity", "other"
]
Kind = Literal[
    "one_choice", "many_choices", "ranking", "rating", "amount", "text", "number", "date", "point"
]
LocationKind = Literal["postcode", "point", "area_code", "area_name", "none"]


@dataclass(frozen=True)
class Option:
    """One answer a question offers (or an *other* text people wrote).

    `themes` are theme ids it was matched to; `reason` says why, in words; `offered` is
    False for wording that only respondents wrote.
    """

    text: str
    count: int = 0
    themes: tuple[str, ...] = ()
    reason: str = ""
    offered: bool = True


@dataclass(frozen=True)
class Question:
    """One question of a survey, as it was understood.

    `id` is "q" and the position (from 1) of its first column in the file; `columns` all
    its positions. `group` is the group id (age, gender, tenure, …) when role is "group".
    """

    id: str
    text: str
    role: Role
    kind: Kind
    columns: tuple[int, ...]
    separator: str | None = None
    options: tuple[Option, ...] = ()
    answered: int = 0
    group: str = ""


class Coded(tuple[Thing, ...], Generic[Thing]):
    """A tuple in which few things come again and again, and which knows them.

    different
        The things, each once.
    codes
        int32, one an entry: which of them it is.
    """

    different: tuple[Thing, ...]
    codes: npt.NDArray[np.int32]

    @classmethod
    def of(cls, different: Sequence[Thing], codes: npt.NDArray[np.int32]) -> Coded[Thing]:
        """Return the tuple in which each code stands for one of the things."""
        made = cls(map(different.__getitem__, codes.tolist()))
        made.different, made.codes = tuple(different), codes
        return made


def coded(things: Sequence[Thing]) -> Coded[Thing]:
    """Return a sequence as a tuple that knows its different things; they must be hashable."""
    if isinstance(things, Coded):
        return things
    places: dict[Thing, int] = {}
    codes = np.fromiter((places.setdefault(thing, len(places)) for thing in things), np.int32)
    return Coded.of(tuple(places), codes)


@dataclass(frozen=True)
class AnswerColumn:
    """All answers to one question, dictionary-encoded: distinct cells once, codes per row.

    codes
        int32, one a respondent; -1 where the question was not answered.
    cells
        The distinct cleaned texts; open text has already been scrubbed.
    choices
        Per distinct cell: (index into `Question.options`, value). The value is 1 for
        chosen, the place (1 = first) for rankings, the share 0-1 of the respondent's own
        total for amounts, and the point on the scale for ratings.
    themes
        Per distinct cell: the theme ids it names.
    """

    question: str
    codes: npt.NDArray[np.int32]
    cells: tuple[str, ...]
    choices: tuple[tuple[tuple[int, float], ...], ...]
    themes: tuple[tuple[str, ...], ...]


ANSWERS = ("row", "key", "level", "area_code", "how", "answered_on")
"""One row a respondent: `row` in the original file; `key` 32 hex digits that stay the same
when the same answer comes again in a longer export; the finest level at which the place is
known and the code there ("" when not known); how it is known (LocationKind); ISO date or ""."""


@dataclass(frozen=True)
class SurveyAnswers:
    """A survey as it goes into the store and comes out again: no personal details inside."""

    title: str
    asked: date | None
    tool: str
    file_digest: str
    heading_fingerprint: str
    questions: tuple[Question, ...]
    answers: pd.DataFrame
    columns: dict[str, AnswerColumn] = field(default_factory=dict)
    id: str = ""
    """Given by the store; empty before it is kept."""


# --- Questionnaires ----------------------------------------------------------------

FormKind = Literal["one", "many", "text", "budget", "postcode"]


@dataclass(frozen=True)
class FormQuestion:
    """One question of a form.

    `options` : what can be chosen, or for a budget what points go to. `most` : how many may
    be chosen, 0 for any number. `total` : points to share out.
    """

    id: str
    role: Role
    kind: FormKind
    text: str
    hint: str = ""
    options: tuple[str, ...] = ()
    most: int = 0
    total: int = 0
    group: str = ""


@dataclass(frozen=True)
class Form:
    """A questionnaire: what stands at its head and foot, and its questions in order."""

    name: str
    title: str
    intro: str
    thanks: str
    questions: tuple[FormQuestion, ...]


# --- Maps -------------------------------------------------------------------------

LayerKind = Literal["voice", "index", "beside", "heard", "services", "money", "strength", "change"]

HIDDEN_CLASS = "h"
"""Too few answers to show without picking people out."""
MISSING_CLASS = "m"
"""Nobody was asked, or no figure is published."""


def paler_key(key: str) -> str:
    """Return the key under which a class is drawn paler: "A" for "0"; letters stay."""
    return chr(ord("A") + int(key)) if key.isdigit() else key


@dataclass(frozen=True)
class LegendEntry:
    """One class of a map layer: its key (one character), words with numbers, areas in it."""

    key: str
    label: str
    areas: int


@dataclass(frozen=True)
class MapLayer:
    """What a map shows at one level: one class character an area, and what they mean.

    classes
        area or parent code → class key: "0"…"9" from low to high (for "beside" the nine
        boxes row by row from low voice, low index), "u" not clear yet, `HIDDEN_CLASS` or
        `MISSING_CLASS`.
    table
        The same picture as a table, one row an area, already past the disclosure rules:
        `area_code`, `area_name`, `said` (the finding in words), then figures ready to
        show. It is what stands beside the map and what is downloaded.
    """

    kind: LayerKind
    title: str
    level: str
    classes: dict[str, str]
    legend: tuple[LegendEntry, ...]
    table: pd.DataFrame
    paler: frozenset[str] = frozenset()
    """Codes of areas whose class we are less sure of: drawn paler; the legend says of what."""
    based: str = ""
    """What it rests on, in words: how many people and when, or the source of a measure."""
