"""How a file is understood, before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from needsmap.beside import begun, unheld
from needsmap.errors import Problem, Problems, UnreadableFile
from needsmap.intake.answering import answer_columns, rows_without_answer
from needsmap.intake.choices import Choices
from needsmap.intake.closeness import Model
from needsmap.intake.files import read_table
from needsmap.intake.first_look import FirstLook
from needsmap.intake.keys import columns_but_id, heading_fingerprint, sent_twice
from needsmap.intake.locate import Locator
from needsmap.intake.meaning import NAMES_THEMES, Meaning, question_with_themes
from needsmap.intake.mending import mended
from needsmap.intake.privacy import Personal, find_personal, first_looks
from needsmap.intake.progress import Progress, after_reading, never_back, while_reading
from needsmap.intake.raw_table import RawTable
from needsmap.intake.recall import Recall, form_as_kept, laid_over
from needsmap.intake.row_prints import row_prints
from needsmap.intake.safe_cells import unguarded
from needsmap.intake.theme_lists import meaning_of
from needsmap.intake.tools import Evidence
from needsmap.intake.understanding import understand
from needsmap.intake.whereabouts import Whereabouts, find_whereabouts, with_places
from needsmap.intake.wishes import with_wishes
from needsmap.places.pack import Pack
from needsmap.tables import Question


@dataclass(frozen=True)
class Inspection:
    """How a file is understood, before anything is kept.

    raw : the file as read. answers : the same with codes in words and marks for "not
    answered" blank. evidence : which tool wrote it and why that is believed.
    questions : with themes and reasons on their options. personal : what was found, by
    column. whereabouts : where the rows are. problems : all of them, in the order of the
    file. language : of the theme list that fits best. as_read : the questions in the
    file's own wording, by id, for encoding. choices : those given with those recalled.
    form : fingerprint of the form's headings when read without choices; what is remembered
    for the form is kept under it. recalled : whether something was. given_keys : of the rows
    of a mended file, else none. looked : what was seen in each column of raw at first.
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
    as_read: dict[str, Question] = field(default_factory=dict, repr=False)
    answers: RawTable | None = field(default=None, repr=False)
    form: str = ""
    recalled: bool = False
    given_keys: list[str] = field(default_factory=list, repr=False)
    looked: list[FirstLook] = field(default_factory=list, repr=False)

    def clean_cells(self, columns: Sequence[int]) -> npt.NDArray[np.bool_] | None:
        """Say of the distinct cells of a question's columns whether surely no detail is in them.

        None where that was not looked at, or was of other cells than are answers now.
        """
        if len(columns) != 1 or not self.looked:
            return None
        look = self.looked[columns[0] - 1]
        same = look.cells is (self.answers or self.raw).column(columns[0]).dictionary
        return look.clean if same else None

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


def as_told(problem: Problem) -> dict[str, object]:
    """Return a problem as the commands print it: row, column, code, message."""
    told = problem.as_dict()
    return {name: told[name] for name in ("row", "column", "code", "message")}


@unheld()
def inspect(
    source: bytes | Path,
    name: str,
    *,
    pack: Pack | None = None,
    choices: Choices | None = None,
    progress: Progress | None = None,
    language: str | None = None,
    corrections: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None,
    recalled: Recall | None = None,
    model: Model | None = None,
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
    corrections
        Language → wording (`matching.wording_of`) → theme ids: what stewards of the place
        settled before. They stand above the theme list.
    recalled
        Gives what was settled for the same form before, by its fingerprint. `choices`
        stand above it.
    model
        Tells closeness in meaning where words find no theme (`closeness.model_if`).

    Raises
    ------
    UnreadableFile
        When the file cannot be read at all.
    NeedsmapError
        When a choice names something that does not exist.
    """
    choices, progress = choices or Choices(), never_back(progress)
    raw, form, before, keys = _read(source, name, choices, recalled, progress)
    choices = laid_over(choices, before) if before is not None else choices
    tell = after_reading(progress, raw.rows_seen, workbook=raw.format != "csv")
    # Shares of the time a long file takes here; places nobody knows are looked up the longest.
    tell(0.0)
    looked = begun(lambda: first_looks(raw), large=raw.is_large)
    printed = begun(lambda: row_prints(raw, columns_but_id(raw)), large=raw.is_large)
    understood = understand(raw, choices)
    evidence, guessed, read = understood.evidence, understood.questions, understood.answers
    tell(0.3)
    country = (pack.country if pack is not None else "") or "GB"
    texts = [
        position
        for question in guessed
        if question.kind == "text" and question.role in NAMES_THEMES
        for position in question.columns
    ]
    locator = Locator(pack) if pack is not None else None
    guessed = with_places(guessed, locator, choices)
    whereabouts = find_whereabouts(
        read, guessed, locator, tell=lambda share: tell(0.3 + 0.4 * share)
    )
    tell(0.7)
    meaning, spoken = meaning_of(
        read, guessed, pack, choices, language or choices.language, corrections or {}, model
    )
    guessed = with_wishes(guessed, meaning, choices)
    questions = tuple(question_with_themes(q, meaning, country) for q in guessed)
    seen = looked()
    personal = tuple(find_personal(raw, country=country, open_text=texts, looked=seen))
    tell(0.9)
    problems = Problems([*raw.problems, *understood.problems])
    problems.extend(rows_without_answer(read, answer_columns(guessed, personal, choices)))
    problems.extend(whereabouts.problems)
    printed()
    problems.extend(sent_twice(raw, answer_columns(guessed, personal, choices), texts))
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
        as_read={question.id: question for question in guessed},
        form=form,
        recalled=before is not None,
        answers=read,
        given_keys=keys,
        looked=seen,
    )


def _read(
    source: bytes | Path,
    name: str,
    choices: Choices,
    recall: Recall | None,
    progress: Progress | None,
) -> tuple[RawTable, str, Choices | None, list[str]]:
    """Return the table, the form's fingerprint, what is remembered for it, keys of its rows.

    The fingerprint is of the file as read without choices: which row holds the headings
    may be the very thing that was settled.
    """
    told = while_reading(progress, source)

    def table(how: Choices) -> RawTable:
        return unguarded(
            read_table(
                source,
                name,
                encoding=how.encoding,
                delimiter=how.delimiter,
                sheet=how.sheet,
                header_row=how.header_row,
                progress=told,
            )
        )

    raw, keys = mended(table(choices))
    form = heading_fingerprint(raw)
    if _opening(choices) != _opening(Choices()):
        try:
            form = heading_fingerprint(mended(table(Choices()))[0])
        except UnreadableFile:
            # Only the choices make it readable: then they are part of what the form is.
            return raw, form, None, keys
    before = None
    if recall is not None:
        # A few mended rows are too few to guess from: they are read as the whole file was.
        before = (recall(form_as_kept(form)) if keys else None) or recall(form)
    if (
        before is not None
        and not keys
        and _opening(laid_over(choices, before)) != _opening(choices)
    ):
        raw = table(laid_over(choices, before))
    return raw, form, before, keys


def _opening(choices: Choices) -> tuple[object, ...]:
    return choices.encoding, choices.delimiter, choices.sheet, choices.header_row


def _in_file_order(problems: Problems) -> Problems:
    return Problems(sorted(problems, key=lambda problem: problem.row or 0))
