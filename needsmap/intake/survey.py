"""From a volunteer's file to a survey ready to be kept: `inspect`, then `prepare`.

`inspect` says how a file is understood and what is wrong with it; a person changes that
through `Choices` and inspects again. `prepare` makes the answers, without personal
details. Nothing is lost on the way: every row read is kept or set aside with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.errors import Problem, Problems
from needsmap.intake import tools
from needsmap.intake.answers import encode
from needsmap.intake.choices import Choices
from needsmap.intake.columns import guess_questions
from needsmap.intake.files import read_table
from needsmap.intake.keys import heading_fingerprint, row_keys, sent_twice
from needsmap.intake.locate import Locator
from needsmap.intake.meaning import (
    NAMES_THEMES,
    Meaning,
    question_with_themes,
    rows_only,
    with_meaning,
)
from needsmap.intake.privacy import Personal, find_personal, scrub
from needsmap.intake.raw_table import RawTable
from needsmap.intake.safe_cells import unguarded
from needsmap.intake.themes import Matcher, guess_language, known_languages, load_theme_list
from needsmap.intake.tools import Evidence
from needsmap.intake.whereabouts import Whereabouts, find_whereabouts
from needsmap.intake.when import days
from needsmap.places.pack import Pack
from needsmap.tables import ANSWERS, Question, SurveyAnswers
from needsmap.words import say

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""

_NOT_ANSWERS = frozenset({"identity", "when", "location"})
_SAMPLE = 400
_LONGEST_TITLE = 120


@dataclass(frozen=True)
class Inspection:
    """How a file is understood, before anything is kept.

    raw : the file as read. evidence : which tool wrote it and why that is believed.
    questions : with themes and reasons on their options. personal : what was found, by
    column. whereabouts : where the rows are. language : of the theme list that fits best.
    problems : all of them, in the order of the file.
    """

    raw: RawTable
    evidence: Evidence
    questions: tuple[Question, ...]
    personal: tuple[Personal, ...]
    whereabouts: Whereabouts
    problems: Problems
    language: str
    choices: Choices
    pack: Pack | None = None
    country: str = "GB"
    meaning: Meaning = field(default_factory=lambda: Meaning([]), repr=False)
    encoded: dict[str, object] = field(default_factory=dict, repr=False)

    def as_dict(self) -> dict[str, object]:
        """Return what `survey inspect --json` prints (docs/surveys.md)."""
        return {
            "tool": self.evidence.tool,
            "encoding": self.raw.encoding,
            "delimiter": self.raw.delimiter,
            "sheet": self.raw.sheet,
            "header_rows": list(self.raw.header_rows),
            "rows": self.raw.rows_seen,
            "questions": [
                {
                    "text": question.text,
                    "role": question.role,
                    "kind": question.kind,
                    "columns": list(question.columns),
                    "separator": question.separator,
                    "answered": question.answered,
                    "options": [{"text": o.text, "count": o.count} for o in question.options],
                }
                for question in self.questions
            ],
            "personal": [
                {"column": found.column, "kind": found.kind, "cells": found.cells}
                for found in self.personal
            ],
            "location": {
                "kind": self.whereabouts.kind,
                "located": self.whereabouts.located,
                "of": self.whereabouts.of,
            },
            "problems": [as_told(problem) for problem in self.problems],
        }


@dataclass(frozen=True)
class Prepared:
    """A survey ready to be kept.

    survey : without personal details. read : rows in the file. set_aside : of these, rows
    without an answer or that could not be read; `read = len(survey.answers) + set_aside`.
    located : answers whose area is known. problems : all, in the order of the file.
    themes : `theme`, `label`, `answers`: people naming each theme, most first.
    to_mend : rows with a problem, ready to be mended and handed in again: `Row`,
    `What to mend`, then the file's own columns. It holds what the file holds, so it goes
    to nobody but the person who brought the file.
    """

    survey: SurveyAnswers
    read: int
    set_aside: int
    located: int
    problems: Problems
    themes: pd.DataFrame
    to_mend: pd.DataFrame


def as_told(problem: Problem) -> dict[str, object]:
    """Return a problem as the commands print it: row, column, code, message."""
    told = problem.as_dict()
    return {name: told[name] for name in ("row", "column", "code", "message")}


def inspect(
    source: bytes | Path,
    name: str,
    *,
    pack: Pack | None = None,
    choices: Choices | None = None,
    progress: Progress | None = None,
    language: str | None = None,
) -> Inspection:
    """Say how a file is understood.

    Parameters
    ----------
    source, name
        The file's bytes, or where it lies; the name is only shown.
    pack
        The place the answers come from; without it nothing is located.
    choices
        What a person settled; the rest is guessed.
    progress
        Called now and then with rows done and rows in all.
    language
        Of the theme list; None to take the one whose words fit best.

    Raises
    ------
    UnreadableFile
        When the file cannot be read at all.
    NeedsmapError
        When a choice names something that does not exist.
    """
    choices = choices or Choices()
    raw = unguarded(
        read_table(
            source,
            name,
            encoding=choices.encoding,
            delimiter=choices.delimiter,
            sheet=choices.sheet,
            header_row=choices.header_row,
        )
    )
    tell = _teller(progress, raw.rows_seen)
    tell(0.1)
    evidence, groups = tools.recognise(raw)
    guessed = tuple(guess_questions(raw, groups, choices))
    tell(0.3)
    country = (pack.country if pack is not None else "") or "GB"
    texts = [
        position
        for question in guessed
        if question.kind == "text" and question.role in NAMES_THEMES
        for position in question.columns
    ]
    personal = tuple(find_personal(raw, country=country, open_text=texts))
    tell(0.6)
    whereabouts = find_whereabouts(raw, guessed, Locator(pack) if pack is not None else None)
    tell(0.75)
    meaning, spoken = _meaning(raw, guessed, pack, choices, language)
    questions = tuple(question_with_themes(q, meaning, country) for q in guessed)
    problems = Problems(list(raw.problems))
    problems.extend(_rows_without_answer(raw, _answer_columns(guessed, personal, choices)))
    problems.extend(whereabouts.problems)
    problems.extend(sent_twice(raw, _answer_columns(guessed, personal, choices), texts))
    tell(1.0)
    return Inspection(
        raw=raw,
        evidence=evidence,
        questions=questions,
        personal=personal,
        whereabouts=whereabouts,
        problems=_in_file_order(problems),
        language=spoken,
        choices=choices,
        pack=pack,
        country=country,
        meaning=meaning,
        encoded={question.id: question for question in guessed},
    )


def prepare(inspection: Inspection, *, progress: Progress | None = None) -> Prepared:
    """Make the answers of an inspected file, without personal details.

    `progress` is called now and then with rows done and rows in all. Raises nothing of
    its own: whatever is wrong with rows is among the problems.
    """
    raw = inspection.raw
    tell = _teller(progress, raw.rows_seen)
    answering = _answer_columns(inspection.questions, inspection.personal, inspection.choices)
    kept = _answered(raw, answering)
    stored = [
        question
        for question in inspection.questions
        if question.role not in _NOT_ANSWERS and set(question.columns) <= set(answering)
    ]
    columns = {}
    for done, question in enumerate(stored, start=1):
        as_read = inspection.encoded[question.id]
        keep = all(inspection.choices.keep_personal.get(p, "").strip() for p in question.columns)
        column = with_meaning(
            encode(raw, as_read),  # type: ignore[arg-type]
            question,
            inspection.meaning,
            inspection.country,
            keep=keep,
        )
        columns[question.id] = rows_only(column, kept)
        tell(0.9 * done / len(stored))
    where = inspection.whereabouts.table
    answers = pd.DataFrame(
        {
            "row": raw.row_numbers[kept],
            "key": np.array(row_keys(raw), dtype=object)[kept],
            "level": where["level"].to_numpy()[kept],
            "area_code": where["area_code"].to_numpy()[kept],
            "how": where["how"].to_numpy()[kept],
            "answered_on": np.array(_answered_on(inspection), dtype=object)[kept],
        },
        columns=list(ANSWERS),
    )
    survey = SurveyAnswers(
        title=_title(inspection),
        asked=inspection.choices.asked,
        tool=inspection.evidence.tool,
        file_digest=raw.digest,
        heading_fingerprint=heading_fingerprint(raw),
        questions=tuple(stored),
        answers=answers,
        columns=columns,
    )
    tell(1.0)
    return Prepared(
        survey=survey,
        read=raw.rows_seen,
        set_aside=raw.rows_seen - len(answers),
        located=int((answers["area_code"] != "").sum()),
        problems=inspection.problems,
        themes=_themes_named(survey, inspection.pack),
        to_mend=_to_mend(raw, inspection.problems),
    )


def _meaning(
    raw: RawTable,
    questions: tuple[Question, ...],
    pack: Pack | None,
    choices: Choices,
    language: str | None,
) -> tuple[Meaning, str]:
    own = pack.folder / "themes.toml" if pack is not None else None
    extra = own if own is not None and own.is_file() else None
    matchers = {spoken: Matcher(load_theme_list(spoken, extra)) for spoken in known_languages()}
    if language is None:
        sample = [
            text
            for question in questions
            if question.role in NAMES_THEMES
            for text in (
                [option.text for option in question.options]
                or list(raw.cells.iloc[:, question.columns[0] - 1].unique()[:_SAMPLE])
            )
        ]
        language = guess_language(sample, matchers)
    elif language not in matchers:
        load_theme_list(language)
    order = dict.fromkeys([language, "en"])
    return Meaning([matchers[each] for each in order], choices.themes), language


def _answer_columns(
    questions: tuple[Question, ...], personal: tuple[Personal, ...], choices: Choices
) -> list[int]:
    """Return positions of columns that go into the store: no place, no day, no person."""
    gone = set(choices.drop) | {
        found.column
        for found in personal
        if found.action != "scrub" and not choices.keep_personal.get(found.column, "").strip()
    }
    return sorted(
        position
        for question in questions
        if question.role not in _NOT_ANSWERS and not gone & set(question.columns)
        for position in question.columns
    )


def _answered(raw: RawTable, columns: list[int]) -> npt.NDArray[np.bool_]:
    filled = np.zeros(len(raw.cells), dtype=bool)
    for position in columns:
        filled |= (raw.cells.iloc[:, position - 1].str.strip() != "").to_numpy(dtype=bool)
    return filled


def _rows_without_answer(raw: RawTable, columns: list[int]) -> list[Problem]:
    blank = say("This row is blank, so it was set aside.")
    silent = say("This row answers no question, so it was set aside.")
    anything = _answered(raw, list(range(1, raw.cells.shape[1] + 1)))
    return [
        Problem("no_answer" if anything[row] else "blank_row", silent if anything[row] else blank,
                row=int(raw.row_numbers[row]))
        for row in np.flatnonzero(~_answered(raw, columns))
    ]  # fmt: skip


def _answered_on(inspection: Inspection) -> list[str]:
    raw = inspection.raw
    when = [question for question in inspection.questions if question.role == "when"]
    if not when:
        return [""] * len(raw.cells)
    # Forms that note several moments mean the last one: the answer was given then.
    best = next(
        (q for q in when if re.search(r"submi|end|complet|finish|timestamp", q.text, re.I)), when[0]
    )
    country = inspection.country
    return days(raw.cells.iloc[:, best.columns[0] - 1], country=country)


def _title(inspection: Inspection) -> str:
    given = inspection.choices.title.strip()
    if not given:
        stem = re.split(r"[/\\]", inspection.raw.name)[-1]
        given = re.sub(r"\.(csv|tsv|txt|xlsx|ods)$", "", stem, flags=re.IGNORECASE)
        given = scrub(given.replace("_", " "), inspection.country)[0]
    plain = "".join(mark if mark.isprintable() else " " for mark in given)
    return " ".join(plain.split())[:_LONGEST_TITLE] or say("Survey without a name")


def _themes_named(survey: SurveyAnswers, pack: Pack | None) -> pd.DataFrame:
    """Count people who name each theme: in what was asked for, else in any open words."""
    roles = {question.role for question in survey.questions}
    wanted = {"need"} if "need" in roles else {"open_text"}
    naming: dict[str, npt.NDArray[np.bool_]] = {}
    for question in survey.questions:
        if question.role not in wanted:
            continue
        column = survey.columns[question.id]
        by_theme: dict[str, list[int]] = {}
        for place, themes in enumerate(column.themes):
            for theme in themes:
                by_theme.setdefault(theme, []).append(place)
        for theme, places in by_theme.items():
            said = np.isin(column.codes, places)
            naming[theme] = naming.get(theme, np.zeros_like(said)) | said
    own = pack.folder / "themes.toml" if pack is not None else None
    extra = own if own is not None and own.is_file() else None
    labels = {theme.id: theme.label for theme in load_theme_list("en", extra).themes}
    rows = [(theme, labels.get(theme, theme), int(said.sum())) for theme, said in naming.items()]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows, columns=["theme", "label", "answers"])


def _to_mend(raw: RawTable, problems: Problems) -> pd.DataFrame:
    reasons: dict[int, list[str]] = {}
    for problem in problems:
        if problem.row is not None:
            reasons.setdefault(problem.row, []).append(problem.message)
    place = {int(number): row for row, number in enumerate(raw.row_numbers)}
    blank = [""] * raw.cells.shape[1]
    rows = [
        [number, " ".join(said), *(raw.cells.iloc[place[number]] if number in place else blank)]
        for number, said in sorted(reasons.items())
    ]
    return pd.DataFrame(rows, columns=[say("Row"), say("What to mend"), *raw.headings])


def _in_file_order(problems: Problems) -> Problems:
    return Problems(sorted(problems, key=lambda problem: problem.row or 0))


def _teller(progress: Progress | None, rows: int) -> Callable[[float], None]:
    return (lambda share: progress(round(share * rows), rows)) if progress else (lambda share: None)
