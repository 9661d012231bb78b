"""What people wrote, in their own words: gathered for a steward, and the approved for all.

A steward reads texts with their area and themes; nobody else does (rules D1 and D7). What is
public is a text a steward approved word by word, at a level above the finest, without age or
gender, and never where fewer than 8 people wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.analysis.counting import by_places, count_once
from needsmap.analysis.disclosure import may_show, publish_counts
from needsmap.analysis.voice import Raw, ThemeQuestion, Voice, VoiceSurvey

TEXTS = (
    "quote", "survey", "question", "asked", "text", "themes", "area_code", "people", "wrote",
    "wrote_here",
)  # fmt: skip
"""A steward's table, one row a distinct text and area. `quote`: id of the text (see
`quote_id`); `survey`, `question`: ids; `asked`: wording of the question; `themes`: tuple of
theme ids; `area_code`: at the chosen level, "" when not known; `people`: how many wrote it;
`wrote`, `wrote_here`: how many answered that question in the whole place, in that area."""


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


def gather_texts(
    voice: Voice, surveys: Sequence[str], level: str, quotes: Iterable[str] | None = None
) -> pd.DataFrame:
    """Return the texts people wrote in open questions, with their area: for stewards only.

    `surveys`: survey ids. `quotes`: ids of the texts wanted, None for all. Out: `TEXTS`.
    Personal details have left before the store; a name written into a sentence may still be
    there, which is why a person reads it first.
    """
    wanted = None if quotes is None else frozenset(quotes)
    rows: list[tuple[object, ...]] = []
    for survey_id in surveys:
        survey = voice.survey(survey_id)
        for question in survey.questions if survey is not None else ():
            if survey is not None and question.kind == "text":
                rows += _texts(voice, survey, question, level, wanted)
    return pd.DataFrame(rows, columns=list(TEXTS))


def _texts(
    voice: Voice,
    survey: VoiceSurvey,
    question: ThemeQuestion,
    level: str,
    wanted: frozenset[str] | None,
) -> list[tuple[object, ...]]:
    answers, codes = question.answers, voice.codes[level]
    ids = _ids(voice, survey, question)
    taken = np.array([bool(i) and (wanted is None or i in wanted) for i in ids] + [False])
    if not taken.any():
        return []
    people = np.flatnonzero(taken[answers.codes])
    # One number a (text, area), so that a million answers are sorted once.
    wide = len(codes) + 1
    keys = answers.codes[people].astype(np.int64) * wide + _areas(survey, level, people) + 1
    pairs, numbers = np.unique(keys, return_counts=True)
    here, wrote = _wrote(survey, question, level, len(codes))
    return [
        (ids[cell], survey.id, question.id, question.text, answers.cells[cell],
         answers.themes[cell], codes[area - 1] if area else "", number, wrote, here[area])
        for cell, area, number in zip(
            (pairs // wide).tolist(), (pairs % wide).tolist(), numbers.tolist(), strict=True
        )
    ]  # fmt: skip


def _ids(voice: Voice, survey: VoiceSurvey, question: ThemeQuestion) -> list[str]:
    """Return the id of each distinct text, "" for a blank one: kept, there may be many."""
    key = ("quote ids", survey.id, question.id)
    kept = voice.worked_out.get(key)
    if not isinstance(kept, list):
        texts = question.answers.cells
        kept = [quote_id(survey.id, question.id, text) if text.strip() else "" for text in texts]
        voice.remember(key, kept)
    return kept


def _wrote(
    survey: VoiceSurvey, question: ThemeQuestion, level: str, areas: int
) -> tuple[list[int], int]:
    """Return how many wrote anything: where nobody knows, then in each area; and in all."""
    blank = [not text.strip() for text in question.answers.cells]
    if any(blank):
        facts = ~np.array([*blank, True])[:, None]
        key = ("wrote", question.id)
        counts = count_once(survey, key, question.answers, partial(np.asarray, facts))[:, 0]
    else:
        counts = by_places(survey, question, ())[:, -1]
    here = np.zeros(areas + 1, dtype=np.int64)
    np.add.at(here, survey.places[level] + 1, counts)
    return here.tolist(), int(counts.sum())


def naming(texts: pd.DataFrame, *, smallest_base: int) -> pd.DataFrame:
    """Return how each text may be shown once a steward approves it: rule D7.

    `texts`: from `gather_texts`. Out, indexed by quote: shown (False where
    fewer than 8 people, or than the place's own smallest number, answered that question in the
    whole place), area_code ("" where so few answered it there, where the text was written in
    several areas, or where nobody knows).
    """
    alone = ~texts["quote"].duplicated(keep=False).to_numpy()
    named = alone & _enough(texts["wrote_here"], smallest_base)
    table = pd.DataFrame(
        {
            "quote": texts["quote"],
            "shown": _enough(texts["wrote"], smallest_base),
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
    mine = texts[texts["quote"].isin({a.quote for a in approvals})]
    allowed = naming(mine, smallest_base=smallest_base)
    may = zip(allowed["shown"].tolist(), allowed["area_code"].tolist(), strict=True)
    known = dict(zip(allowed.index.tolist(), may, strict=True))
    first = {row.quote: row for row in mine.drop_duplicates("quote").itertuples(index=False)}
    rows = []
    for approval in approvals:
        text, line = first.get(approval.quote), approval.line.strip()
        if text is None or not line or line not in str(text.text):
            continue
        shown, area = known[approval.quote]
        if shown:
            rows.append(
                (approval.quote, text.survey, line, text.text, text.asked, text.themes, area)
            )
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def _areas(survey: VoiceSurvey, level: str, people: npt.NDArray[np.intp]) -> Raw:
    """Return the area number of each of these people at a level, -1 when not known."""
    runs = survey.runs
    run = np.searchsorted(runs.starts, people, side="right") - 1
    return survey.places[level][runs.places[run]]


def _enough(people: pd.Series, smallest_base: int) -> npt.NDArray[np.bool_]:
    raw = people.to_numpy(dtype=np.int64)
    return ~np.isnan(publish_counts(raw)) & may_show(raw, smallest_base=smallest_base)
