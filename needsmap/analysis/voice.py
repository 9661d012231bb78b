"""What residents said, as compact arrays: made once for a release.

People stand in order of where they live and of their groups, so a count by area or by group
is a sum over runs (see `needsmap.analysis.tally`, `crowds` and `counting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.analysis.bands import limits, tidy_age
from needsmap.analysis.crowds import Crowds, make_crowds, part_into_crowds
from needsmap.analysis.tally import Bits, Layout, Runs, lay_facts, make_runs
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers

Raw = npt.NDArray[np.int64]
Parts = npt.NDArray[np.float64]
MOST_KEPT = 500
"""Tables remembered per voice."""


@dataclass(frozen=True, eq=False)
class GroupCodes:
    """One group question: its bands in order, and each person's band (-1 not said)."""

    id: str
    label: str
    bands: tuple[str, ...]
    codes: npt.NDArray[np.int16]


@dataclass(frozen=True, eq=False)
class ThemeQuestion:
    """A question whose answers name themes.

    `themes` are theme ids in the order of the form's options. `named` says of each distinct
    answer (a last row: none) which themes it names, then whether it is an answer; `bits` the
    same of people, see `tally`. In a rating, naming a theme means giving it one of the two
    highest points. `people` holds how many gave each distinct answer. `answers` is the column
    as stored with its codes in the voice's order, for ways of counting beyond naming.
    `options` are the form's, as the answers' choices number them. `parts` keeps what
    `rules.parts` worked out.
    """

    id: str
    text: str
    role: str
    kind: str
    themes: tuple[str, ...]
    answered: int
    named: npt.NDArray[np.bool_]
    bits: Bits
    people: Raw
    answers: AnswerColumn
    options: tuple[Option, ...] = ()
    parts: dict[str, Parts] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False)
class VoiceSurvey:
    """One survey. `places` gives, per level, the area number of each place of `runs` or -1.

    crowds : people of one place and the same bands, see `needsmap.analysis.crowds`.
    """

    id: str
    title: str
    asked: date | None
    tool: str
    size: int
    runs: Runs
    places: dict[str, npt.NDArray[np.int64]]
    groups: dict[str, GroupCodes]
    questions: tuple[ThemeQuestion, ...]
    crowds: Crowds
    remembered: dict[tuple[object, ...], Raw] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, eq=False)
class Voice:
    """All released surveys of a place.

    surveys : oldest first. levels : ids, finest first. codes : level → area codes in order.
    smallest_base : answers from which an area or group is shown (10 or more).
    """

    surveys: tuple[VoiceSurvey, ...]
    levels: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    smallest_base: int = 10
    worked_out: dict[tuple[object, ...], object] = field(default_factory=dict, repr=False)
    """Tables already made from these answers, see `priorities.theme_shares`."""

    def survey(self, survey_id: str) -> VoiceSurvey | None:
        """Return the survey with this id, or None."""
        return next((s for s in self.surveys if s.id == survey_id), None)

    def remember(self, key: tuple[object, ...], found: object) -> None:
        """Keep a table worked out from these answers; beyond `MOST_KEPT` start afresh."""
        if len(self.worked_out) >= MOST_KEPT:
            self.worked_out.clear()
        self.worked_out[key] = found


def compile_voice(
    surveys: Sequence[SurveyAnswers],
    membership: pd.DataFrame,
    levels: Sequence[str],
    *,
    smallest_base: int = 10,
) -> Voice:
    """Return the voice of released surveys.

    `membership`: indexed by finest area code, one column a level id. `levels`: ids, finest
    first. An answer known only by ward counts at ward and at every level its whole ward
    lies in.
    """
    codes = {
        level: tuple(sorted(c for c in membership[level].dropna().unique() if c))
        for level in levels
    }
    compiled = [_compile_survey(s, membership, tuple(levels), codes) for s in surveys]
    dated = sorted(enumerate(compiled), key=lambda pair: (pair[1].asked or date.min, pair[0]))
    return Voice(tuple(s for _, s in dated), tuple(levels), codes, smallest_base)


def _compile_survey(
    survey: SurveyAnswers,
    membership: pd.DataFrame,
    levels: tuple[str, ...],
    codes: dict[str, tuple[str, ...]],
) -> VoiceSurvey:
    answers = survey.answers
    size = len(answers)
    where = pd.MultiIndex.from_arrays(
        [
            answers["level"].astype("string").fillna(""),
            answers["area_code"].astype("string").fillna(""),
        ]
    )
    numbers, places = where.factorize()
    asked = _groups(survey)
    order, numbered, split = part_into_crowds(
        numbers.astype(np.int64),
        {g.id: (g.codes, len(g.bands)) for g in asked.values()},
    )
    by_place = numbers[order].astype(np.int64)
    runs = make_runs(by_place, len(places))
    groups = {g.id: replace(g, codes=g.codes[order]) for g in asked.values()}
    crowds = make_crowds(numbered, by_place, {g: groups[g].codes for g in split})
    parents = _parents(membership, levels)
    at = {}
    for level in levels:
        position = {code: i for i, code in enumerate(codes[level])}
        at[level] = np.array(
            [
                position.get(_parent_at(parents, levels, str(lv), str(c), level), -1)
                for lv, c in places
            ],
            dtype=np.int64,
        )
    questions = []
    for question in survey.questions:
        column = survey.columns.get(question.id)
        if column is not None and question.role in {"need", "strength", "offer", "open_text"}:
            questions.append(_themes(question, column, order, crowds.layout))
    return VoiceSurvey(
        survey.id, survey.title, survey.asked, survey.tool, size, runs, at, groups,
        tuple(questions), crowds,
    )  # fmt: skip


def _groups(survey: SurveyAnswers) -> dict[str, GroupCodes]:
    """Return the first question of each group, people in the order of the answers."""
    found: dict[str, GroupCodes] = {}
    for question in survey.questions:
        column = survey.columns.get(question.id)
        if column is not None and question.role == "group" and question.group:
            found.setdefault(question.group, _group(question, column))
    return found


def _parents(
    membership: pd.DataFrame, levels: tuple[str, ...]
) -> dict[tuple[str, str], dict[str, str]]:
    """Return (level, code) → higher level → the one parent its whole area lies in."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for number, level in enumerate(levels):
        for higher in levels[number:]:
            pairs = pd.DataFrame(
                {"code": membership[level].to_numpy(), "parent": membership[higher].to_numpy()}
            ).dropna()
            grouped = pairs.groupby("code")["parent"].agg(["nunique", "first"])
            single = grouped.loc[grouped["nunique"] == 1, "first"]
            for code, parent in single.items():
                found.setdefault((level, str(code)), {})[higher] = str(parent)
    return found


def _parent_at(
    parents: dict[tuple[str, str], dict[str, str]],
    levels: tuple[str, ...],
    level: str,
    code: str,
    wanted: str,
) -> str:
    return parents.get((level or levels[0], code), {}).get(wanted, "")


def _group(question: Question, column: AnswerColumn) -> GroupCodes:
    texts = [
        question.options[chosen[0][0]].text if chosen else cell
        for cell, chosen in zip(column.cells, column.choices, strict=True)
    ]
    if question.group == "age":
        texts = [tidy_age(text) for text in texts]
    offered = [tidy_age(o.text) if question.group == "age" else o.text for o in question.options]
    bands = order_bands(dict.fromkeys([*(o for o in offered if o in texts), *texts]))
    position = {band: i for i, band in enumerate(bands)}
    of_cell = np.array([*(position[t] for t in texts), -1], dtype=np.int16)
    return GroupCodes(question.group, question.text, bands, of_cell[column.codes])


def order_bands(bands: dict[str, None]) -> tuple[str, ...]:
    """Return bands of age by age, others as they came; ages before words."""
    listed = list(bands)
    return tuple(sorted(listed, key=lambda b: (limits(b) or (10_000, 0))[0]))


def _themes(question: Question, column: AnswerColumn, order: Raw, layout: Layout) -> ThemeQuestion:
    named = [t for option in question.options for t in option.themes]
    named += [t for themes in column.themes for t in themes]
    themes = tuple(dict.fromkeys(named))
    # A question may name no theme at all: it is kept, so that nothing said is dropped.
    facts = np.zeros((len(column.cells) + 1, len(themes) + 1), dtype=bool)
    facts[:-1, -1] = True
    named_by = column.themes
    if question.kind == "rating":
        named_by = _rated_high(question, column)
        # "Don't know" is no answer to a rating; it has no point.
        facts[:-1, -1] = [any(v > 0 for _, v in chosen) for chosen in column.choices]
    for cell, mentioned in enumerate(named_by):
        facts[cell, [themes.index(t) for t in mentioned]] = True
    # The last row stays empty: code -1, "not answered", picks it.
    codes = column.codes[order]
    people = np.bincount(codes + 1, minlength=len(column.cells) + 1)[1:]
    kept = AnswerColumn(column.question, codes, column.cells, column.choices, column.themes)
    role = question.role
    return ThemeQuestion(
        question.id, question.text, role, question.kind, themes, int(people.sum()),
        facts, lay_facts(facts, codes, layout), people, kept, question.options,
    )  # fmt: skip


def _rated_high(question: Question, column: AnswerColumn) -> tuple[tuple[str, ...], ...]:
    """Return, per distinct cell, the themes given one of the two highest points."""
    points = [value for chosen in column.choices for _, value in chosen]
    top = max(max(points, default=0) - 1, 1)
    return tuple(
        tuple(
            theme
            for option, value in chosen
            if value >= top
            for theme in question.options[option].themes
        )
        for chosen in column.choices
    )
