"""What people wrote, in their own words: gathered for a steward, and the approved for all.

A steward reads texts with their area and themes; nobody else does (rules D1 and D7). What is
public is a text a steward approved word by word, at a level above the finest, without age or
gender, and never where fewer than 8 people wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.analysis.disclosure import may_show, publish_counts
from needsmap.analysis.tally import Runs
from needsmap.analysis.voice import Voice, VoiceSurvey

TEXTS = ("quote", "survey", "question", "asked", "text", "themes", "area_code", "people")
"""A steward's table, one row a distinct text and area. `quote`: id of the text (see
`quote_id`); `survey`, `question`: ids; `asked`: wording of the question; `themes`: tuple of
theme ids; `area_code`: at the chosen level, "" when not known; `people`: how many wrote it."""


@dataclass(frozen=True)
class Approval:
    """A steward's word that a text may be shown: what a store must keep, nothing more.

    quote : the text's id, which changes with every letter of it: an approval never reaches
    a text that was changed afterwards. line : the words to show, a part of the text or all of
    it. steward : who approved. approved_at : ISO time. A withdrawn approval is not given.
    """

    quote: str
    line: str
    steward: str = ""
    approved_at: str = ""


def quote_id(survey: str, question: str, text: str) -> str:
    """Return the id of a text: 16 hex digits over survey, question and every letter."""
    return hashlib.sha256("\0".join((survey, question, text)).encode()).hexdigest()[:16]


def gather_texts(voice: Voice, surveys: Sequence[str], level: str) -> pd.DataFrame:
    """Return all texts people wrote in open questions, with their area: for stewards only.

    `surveys`: survey ids. Out: `TEXTS`. Personal details have left before the store; a name
    written into a sentence may still be there, which is why a person reads it first.
    """
    rows = []
    for survey_id in surveys:
        survey = voice.survey(survey_id)
        if survey is None:
            continue
        areas = _areas(survey, level)
        for question in survey.questions:
            if question.kind != "text":
                continue
            answers = question.answers
            written = answers.codes >= 0
            # One number a (text, area), so that a million answers are sorted once.
            wide = len(voice.codes[level]) + 1
            keys = answers.codes[written].astype(np.int64) * wide + areas[written] + 1
            pairs, people = np.unique(keys, return_counts=True)
            for pair, number in zip(pairs, people, strict=True):
                cell, area = int(pair // wide), int(pair % wide) - 1
                text = answers.cells[cell]
                code = voice.codes[level][area] if area >= 0 else ""
                if text.strip():
                    rows.append(
                        (quote_id(survey_id, question.id, text), survey_id, question.id,
                         question.text, text, answers.themes[cell], code, int(number))
                    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(TEXTS))


def naming(texts: pd.DataFrame, *, smallest_base: int) -> pd.DataFrame:
    """Return how each text may be shown once a steward approves it: rule D7.

    `texts`: all of a release, from `gather_texts`. Out, indexed by quote: shown (False where
    fewer than 8 people, or than the place's own smallest number, answered that question in the
    whole place), area_code ("" where so few answered it there, where the text was written in
    several areas, or where nobody knows).
    """
    question = ["survey", "question"]
    wrote = texts.groupby(question)["people"].transform("sum").to_numpy()
    here = texts.groupby([*question, "area_code"])["people"].transform("sum").to_numpy()
    alone = ~texts["quote"].duplicated(keep=False).to_numpy()
    named = alone & _enough(here, smallest_base)
    table = pd.DataFrame(
        {
            "quote": texts["quote"],
            "shown": _enough(wrote, smallest_base),
            "area_code": texts["area_code"].where(named, ""),
        }
    )
    return table.drop_duplicates("quote").set_index("quote")


def public_quotes(
    texts: pd.DataFrame, approvals: Iterable[Approval], *, smallest_base: int
) -> pd.DataFrame:
    """Return the approved quotes as everybody may see them.

    `texts`: from `gather_texts` at a level above the finest. Out: quote, survey, line,
    text, asked, themes, area_code; the whole text and its themes are for the caller to cut to
    what the line says. Where, and whether at all, is what `naming` says. A line that is
    not a part of the text is not shown.
    """
    columns = ["quote", "survey", "line", "text", "asked", "themes", "area_code"]
    approvals = list(dict.fromkeys(approvals))
    if not approvals or not len(texts):
        return pd.DataFrame(columns=columns)
    allowed = naming(texts, smallest_base=smallest_base)
    mine = texts[texts["quote"].isin([a.quote for a in approvals])]
    first = {row.quote: row for row in mine.drop_duplicates("quote").itertuples(index=False)}
    rows = []
    for approval in approvals:
        text, line = first.get(approval.quote), approval.line.strip()
        if text is None or not line or line not in str(text.text):
            continue
        shown, area = allowed.loc[approval.quote, ["shown", "area_code"]]
        if shown:
            rows.append(
                (approval.quote, text.survey, line, text.text, text.asked, text.themes, area)
            )
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def _areas(survey: VoiceSurvey, level: str) -> np.ndarray:
    """Return each person's area number at a level, -1 when not known."""
    runs: Runs = survey.runs
    lengths = np.diff(np.append(runs.starts, runs.people))
    return np.repeat(survey.places[level][runs.places], lengths)


def _enough(people: npt.NDArray[np.int64], smallest_base: int) -> npt.NDArray[np.bool_]:
    published = publish_counts(people)
    return ~np.isnan(published) & may_show(people, smallest_base=smallest_base)
