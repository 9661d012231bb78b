"""From a volunteer's file to a survey ready to be kept: `inspect`, then `prepare`.

`inspect` says how a file is understood and what is wrong with it; a person changes that
through `Choices` and inspects again. `prepare` makes the answers, without personal
details. Nothing is lost on the way: every row read is kept or set aside with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from needsmap.beside import begun, unheld
from needsmap.errors import Problems
from needsmap.intake import tools
from needsmap.intake.answering import NOT_ANSWERS, answer_columns, answered
from needsmap.intake.answers import encode
from needsmap.intake.cells import as_text
from needsmap.intake.inspection import (
    Inspection,
    as_told,
    inspect,
)
from needsmap.intake.keys import heading_fingerprint, row_keys
from needsmap.intake.meaning import people_naming, rows_only, with_meaning
from needsmap.intake.mending import to_mend, with_given
from needsmap.intake.privacy import scrub
from needsmap.intake.progress import Progress, teller
from needsmap.intake.theme_lists import own_themes
from needsmap.intake.themes import load_theme_list
from needsmap.intake.when import days_of
from needsmap.places.pack import Pack
from needsmap.tables import ANSWERS, SurveyAnswers
from needsmap.words import say

__all__ = ["Inspection", "Prepared", "Progress", "as_told", "inspect", "prepare"]

_LONGEST_TITLE = 120
_TOOLS = tools.TOOLS
"""Form tools are loaded before `answers`: their modules lean on one another's halves."""


@dataclass(frozen=True)
class Prepared:
    """A survey ready to be kept.

    survey : without personal details. read : rows in the file. set_aside : of these, rows
    without an answer or that could not be read; `read = len(survey.answers) + set_aside`.
    located : answers whose area is known. problems : all, in the order of the file.
    themes : `theme`, `label`, `answers`: people naming each theme, most first.
    to_mend : rows with a problem, ready to be mended and handed in again: `Row`,
    `What to mend`, the file's own columns, a key that tells them again. It holds what the
    file holds, so it goes to nobody but the person who brought the file.
    """

    survey: SurveyAnswers
    read: int
    set_aside: int
    located: int
    problems: Problems
    themes: pd.DataFrame
    to_mend: pd.DataFrame


@unheld()
def prepare(inspection: Inspection, *, progress: Progress | None = None) -> Prepared:
    """Make the answers of an inspected file, without personal details.

    `progress` is called now and then with rows done and rows in all. Raises nothing of
    its own: whatever is wrong with rows is among the problems.
    """
    raw = inspection.raw
    read = inspection.answers or raw
    tell = teller(progress, raw.rows_seen)
    answering = answer_columns(inspection.questions, inspection.personal, inspection.choices)
    kept = answered(read, answering)
    every = bool(kept.all())
    stored = [
        question
        for question in inspection.questions
        if question.role not in NOT_ANSWERS and set(question.columns) <= set(answering)
    ]
    keyed = begun(lambda: row_keys(raw), large=raw.is_large)
    dated = begun(lambda: _answered_on(inspection), large=raw.is_large)
    columns = {}
    # A question takes as long as it has different answers.
    work = [1 + sum(len(read.column(p).dictionary) for p in q.columns) for q in stored]
    for done, question in enumerate(stored, start=1):
        as_read = inspection.as_read[question.id]
        keep = all(inspection.choices.keep_personal.get(p, "").strip() for p in question.columns)
        column = with_meaning(
            encode(read, as_read),
            question,
            inspection.meaning,
            inspection.country,
            keep=keep,
            clean=inspection.clean_cells(question.columns),
        )
        columns[question.id] = column if every else rows_only(column, kept)
        tell(0.9 * sum(work[:done]) / sum(work))
    keys = with_given(keyed(), inspection.given_keys)
    where = inspection.whereabouts.table
    texts = {
        "key": keys,
        "level": where["level"],
        "area_code": where["area_code"],
        "how": where["how"],
        "answered_on": dated(),
    }
    answers = pd.DataFrame(
        {"row": raw.row_numbers, **texts},
        columns=list(ANSWERS),
        copy=False,
    )
    if not every:
        answers = answers.loc[kept].reset_index(drop=True)
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
        to_mend=to_mend(raw, inspection.problems, keys),
    )


def _answered_on(inspection: Inspection) -> pd.Series:
    raw = inspection.raw
    when = [question for question in inspection.questions if question.role == "when"]
    if not when:
        return as_text(pa.repeat(pa.scalar("", pa.large_string()), raw.rows))
    # Forms that note several moments mean the last one: the answer was given then.
    best = next(
        (q for q in when if re.search(r"submi|end|complet|finish|timestamp", q.text, re.I)), when[0]
    )
    country = inspection.country
    return days_of(raw.texts(best.columns[0]), country=country)


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
    columns = [survey.columns[each.id] for each in survey.questions if each.role in wanted]
    extra = own_themes(pack)
    labels = {theme.id: theme.label for theme in load_theme_list("en", extra).themes}
    named = people_naming(columns)
    rows = [(theme, labels.get(theme, theme), people) for theme, people in named.items()]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows, columns=["theme", "label", "answers"])
