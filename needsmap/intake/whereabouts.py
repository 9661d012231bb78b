"""Where each answer of a survey comes from: its location questions, read together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from needsmap.errors import Problem
from needsmap.intake.cells import as_text
from needsmap.intake.choices import Choices
from needsmap.intake.locate import Found, Locator, problem_of
from needsmap.intake.raw_table import RawTable, encode_texts
from needsmap.tables import LocationKind, Question

_SHAPES: tuple[tuple[LocationKind, re.Pattern[str]], ...] = (
    ("postcode", re.compile(r"\s*[A-Za-z]{1,2}[0-9][A-Za-z0-9]?(\s*[0-9][A-Za-z]{0,2})?\s*\Z")),
    ("area_code", re.compile(r"\s*[A-Z]{1,3}[0-9]{5,8}\s*\Z")),
    ("point", re.compile(r"\s*\(?-?[0-9]{1,3}\.[0-9]+[\s,;]+-?[0-9]{1,3}\.[0-9]+.*\Z")),
    ("point", re.compile(r"\s*\(?[0-9]{5,6}(\.[0-9]+)?[\s,;]+[0-9]{5,7}(\.[0-9]+)?\)?\s*\Z")),
    ("point", re.compile(r"\s*[HNOST][A-HJ-Z]\s*[0-9]{3,5}\s*[0-9]{3,5}\s*\Z", re.IGNORECASE)),
)

_LOOKED_AT = 400
_TOLD_EVERY = 5_000
"""Different cells after which it is told how far their looking up is: a tenth of a second."""
_NOWHERE = 99
"""Rank of a row that is nowhere: above that of every level."""
_FEWEST_AREAS = 3
_MOST_AREAS = 0.7
"""Share of the offered names that must be areas of the place, and three areas at least."""


@dataclass(frozen=True)
class Whereabouts:
    """Where the rows of a file are.

    table
        One row an answer row: level, area_code ("" when not known), how.
    kind
        How most are known.
    located, of
        Rows placed; rows that say anything about where they are.
    problems
        What to tell about single cells, in the order of the file.
    """

    table: pd.DataFrame
    kind: LocationKind = "none"
    located: int = 0
    of: int = 0
    problems: list[Problem] = field(default_factory=list)


def find_whereabouts(
    raw: RawTable,
    questions: Sequence[Question],
    locator: Locator | None,
    *,
    tell: Callable[[float], None] = lambda share: None,
) -> Whereabouts:
    """Read all location questions of a file; where several place a row, the finest counts.

    Without a locator (no pack given) nothing is located and only the kind is told. `tell` is
    called now and then with the share of the work done, 0 to 1.
    """
    rows = raw.rows
    founds = [Found()]
    best = np.zeros(rows, np.int64)
    fineness = np.full(rows, _NOWHERE)
    said = np.zeros(rows, dtype=bool)
    kinds: Counter[str] = Counter()
    headings = [""]
    missed = np.zeros(rows, np.int64)
    told: list[tuple[int, int]] = []
    order = {} if locator is None else {x.id: n for n, x in enumerate(locator.pack.levels)}
    together = _together(raw, questions)
    for done, columns in enumerate(together):
        filled = np.logical_or.reduce([raw.column(position).codes >= 0 for position in columns])
        said |= filled
        kind = _kind_of(raw, columns)
        kinds[kind] += int(filled.sum())
        if locator is None:
            continue
        heading = raw.headings[columns[0] - 1]

        def onward(share: float, before: int = done) -> None:
            tell((before + share) / len(together))

        here, number = _found(raw, columns, kind, locator, onward)
        ranks = np.array([order[each.level] if each.area_code else _NOWHERE for each in here])
        finer = ranks[number] < fineness
        fineness[finer] = ranks[number][finer]
        noted = np.array([bool(each.code) for each in here])[number]
        placed = np.array([bool(each.area_code) for each in here])[number]
        number = number + len(founds)
        founds.extend(here)
        headings.extend([heading] * len(here))
        best[finer] = number[finer]
        first = noted & ~placed & (missed == 0)
        missed[first] = number[first]
        told.extend((row, number[row]) for row in np.flatnonzero(noted & placed).tolist())
    # A row placed by one question has no fault because another could not place it.
    told.extend((row, missed[row]) for row in np.flatnonzero((missed > 0) & (best == 0)).tolist())
    told.sort(key=lambda pair: pair[0])
    table = pd.DataFrame(
        {
            "level": _texts([found.level for found in founds], best),
            "area_code": _texts([found.area_code for found in founds], best),
            "how": _texts([each.how if each.area_code else "none" for each in founds], best),
        },
        index=range(rows),
    )
    hows: Counter[str] = Counter()
    times = np.bincount(best, minlength=len(founds))
    for at in np.flatnonzero(times[1:]) + 1:
        hows[founds[at].how] += int(times[at])
    most = (hows or kinds).most_common(1)
    return Whereabouts(
        table=table,
        kind=most[0][0] if most and said.any() else "none",  # type: ignore[arg-type]
        located=sum(hows.values()),
        of=int(said.sum()),
        problems=[
            problem_of(founds[at], row=int(raw.row_numbers[row]), column=headings[at])
            for row, at in told
        ],
    )


def with_places(
    questions: tuple[Question, ...], locator: Locator | None, choices: Choices
) -> tuple[Question, ...]:
    """Return the questions; choices among names of the place's areas ask where people live.

    So a heading in a language we do not read, or a code, is no hindrance. Only questions
    nobody knew the role of; what was chosen by hand stays.
    """
    if locator is None or any(question.role == "location" for question in questions):
        return questions
    return tuple(
        replace(question, role="location") if _names_areas(question, locator, choices) else question
        for question in questions
    )


def _names_areas(question: Question, locator: Locator, choices: Choices) -> bool:
    if question.role != "other" or question.kind != "one_choice" or len(question.columns) > 1:
        return False
    if question.columns[0] in choices.roles:
        return False
    offered = [o.text for o in question.options if o.offered and any(map(str.isalpha, o.text))]
    found = [locator.find(text, "area_name") for text in offered]
    known = {(each.level, each.area_code) for each in found if each.area_code}
    return len(known) >= _FEWEST_AREAS and len(known) >= _MOST_AREAS * len(offered)


def _together(raw: RawTable, questions: Sequence[Question]) -> list[tuple[int, ...]]:
    """Return the columns (from 1) of each location question; halves of a point come together.

    Latitude or northing comes first, as `Locator.find_points` takes them.
    """
    asked = [question.columns for question in questions if question.role == "location"]
    halves: dict[str, list[int]] = {"north": [], "east": []}
    for columns in asked:
        half = _half(raw.headings[columns[0] - 1]) if len(columns) == 1 else ""
        if half and bool(_numbers(raw.texts(columns[0])).notna().any()):
            halves[half].append(columns[0])
    # strict=False: a half without its other half is left to itself.
    pairs = list(zip(halves["north"], halves["east"], strict=False))
    paired = {position for pair in pairs for position in pair}
    return [*pairs, *(columns for columns in asked if columns[0] not in paired)]


def _half(heading: str) -> str:
    words = re.sub(r"[^a-z]+", " ", heading.casefold()).strip()
    if re.search(r"\b(latitude|lat|northing|northings|y|y ?co?o?rd(inate)?s?)$", words):
        return "north"
    if re.search(r"\b(longitude|lon|lng|long|easting|eastings|x|x ?co?o?rd(inate)?s?)$", words):
        return "east"
    return ""


def _texts(distinct: list[str], which: npt.NDArray[np.int64]) -> pd.Series:
    if len(set(distinct)) == 1:
        return as_text(pa.repeat(pa.scalar(distinct[0], pa.large_string()), len(which)))
    return as_text(pa.array(distinct, pa.large_string()).take(pa.array(which)))


def _kind_of(raw: RawTable, columns: Sequence[int]) -> LocationKind:
    if len(columns) > 1 and _numbers(raw.texts(columns[0])).notna().any():
        return "point"
    distinct = raw.column(columns[0]).dictionary[:_LOOKED_AT].to_pylist()
    for kind, shape in _SHAPES:
        if distinct and sum(1 for text in distinct if shape.match(text)) > len(distinct) / 2:
            return kind
    return "area_name"


def _found(
    raw: RawTable,
    columns: Sequence[int],
    kind: LocationKind,
    locator: Locator,
    tell: Callable[[float], None],
) -> tuple[list[Found], npt.NDArray[np.int64]]:
    """Return what was found in some columns, and for each row which of it."""
    cells = [raw.texts(position) for position in columns]
    if len(cells) > 1 and kind == "point":
        points = locator.find_points(
            _numbers(cells[0]).to_numpy(dtype=float), _numbers(cells[1]).to_numpy(dtype=float)
        )
        return points, np.arange(len(points))
    # Several columns that are no point ("district", then "other district"): the first
    # that says anything counts.
    merged = cells[0]
    for more in cells[1:]:
        merged = merged.where(merged.str.strip() != "", more)
    # People write names where codes are asked for and codes where names are: try all.
    wanted: LocationKind = "none" if kind in {"postcode", "area_code", "point"} else kind
    column = raw.column(columns[0]) if len(columns) == 1 else encode_texts(merged)
    found = []
    for done, text in enumerate(column.texts):
        if done % _TOLD_EVERY == 0:
            tell(done / len(column.texts))
        found.append(locator.find(text, wanted))
    # A blank cell has code -1 and so the last entry: nowhere.
    found.append(Found())
    return found, np.where(column.codes < 0, len(found) - 1, column.codes).astype(np.int64)


def _numbers(cells: pd.Series) -> pd.Series:
    return pd.to_numeric(cells.str.strip().str.replace(",", ".", regex=False), errors="coerce")
