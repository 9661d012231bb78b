"""What people wrote, in their own words: gathered for a steward, and the approved for all.

A steward reads texts with their area and themes; nobody else does (rules D1 and D7). What is
public is a text a steward approved word by word, at a level above the finest, without age or
gender, and never where fewer than 8 people wrote.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from needsmap.analysis.disclosure import may_show, publish_counts
from needsmap.analysis.tally import Runs
from needsmap.analysis.voice import Voice, VoiceSurvey

TEXTS = ("quote", "survey", "question", "asked", "text", "themes", "area_code", "people")
"""A steward's table, one row a distinct text and area. `quote`: id of the text (see
`quote_id`); `survey`, `question`: ids; `asked`: wording of the question; `themes`: tuple of
theme ids; `area_code`: at the chosen level, "" when not known; `people`: how many wrote it."""

LONGEST_LINE = 240
SHORTEST_LINE = 30
_TOKEN = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


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


def public_quotes(
    texts: pd.DataFrame, approvals: Iterable[Approval], *, smallest_base: int
) -> pd.DataFrame:
    """Return the approved quotes as everybody may see them.

    `texts`: from `gather_texts` at a level above the finest. Out: quote, line, asked, themes,
    area_code. The area is left out ("") where fewer than 8, or than the place's own smallest
    number, wrote an answer to that question; a quote is left out altogether where that holds
    for the whole place. A line that is not a part of the text is not shown. A text several
    people wrote in several areas stands without an area.
    """
    columns = ["quote", "line", "asked", "themes", "area_code"]
    wrote = texts.groupby(["survey", "question"])["people"].sum()
    here = texts.groupby(["survey", "question", "area_code"])["people"].sum()
    rows = []
    for approval in dict.fromkeys(approvals):
        found = texts[texts["quote"] == approval.quote]
        line = approval.line.strip()
        if not len(found) or not line or line not in found["text"].iloc[0]:
            continue
        first = found.iloc[0]
        asked = (first["survey"], first["question"])
        if not _enough(wrote[asked], smallest_base):
            continue
        area = str(first["area_code"]) if len(found) == 1 else ""
        if area and not _enough(here[(*asked, area)], smallest_base):
            area = ""
        rows.append((approval.quote, line, first["asked"], first["themes"], area))
    return pd.DataFrame(rows, columns=columns).drop_duplicates(ignore_index=True)


def find_lines(
    texts: pd.DataFrame, words: str = "", *, theme: str = "", area: str = "", most: int = 50
) -> pd.DataFrame:
    """Return the most telling lines for a steward to choose from, the best first.

    `texts`: from `gather_texts`. Every word of `words` must stand in the text, in any order,
    as the beginning of a word; accents and capitals do not matter. `theme`, `area`: only
    these. Out: quote, line, text, themes, area_code, people. The line is the sentence that
    holds most of the words looked for, of 30 to 240 letters where there is one.
    """
    kept = texts
    if theme:
        kept = kept[[theme in named for named in kept["themes"]]]
    if area:
        kept = kept[kept["area_code"] == area]
    wanted = _TOKEN.findall(_plain(words))
    rows = []
    for text, row in zip(kept["text"], kept.itertuples(index=False), strict=True):
        plain = _plain(text)
        if not all(_begins(word, plain) for word in wanted):
            continue
        line, score = _best_line(text, wanted)
        rows.append((row.quote, line, text, row.themes, row.area_code, row.people, score))
    columns = ["quote", "line", "text", "themes", "area_code", "people", "score"]
    table = pd.DataFrame(rows, columns=columns)
    table = table.sort_values("score", ascending=False, kind="stable").head(most)
    return table.drop(columns="score").reset_index(drop=True)


def _areas(survey: VoiceSurvey, level: str) -> np.ndarray:
    """Return each person's area number at a level, -1 when not known."""
    runs: Runs = survey.runs
    lengths = np.diff(np.append(runs.starts, runs.people))
    return np.repeat(survey.places[level][runs.places], lengths)


def _enough(people: int, smallest_base: int) -> bool:
    published = float(publish_counts(people))
    return not np.isnan(published) and bool(may_show(people, smallest_base=smallest_base))


def _best_line(text: str, wanted: Sequence[str]) -> tuple[str, float]:
    lines = [line.strip() for line in _SENTENCE.findall(text) if line.strip()] or [text.strip()]
    scored = []
    for number, line in enumerate(lines):
        plain = _plain(line)
        held = sum(_begins(word, plain) for word in wanted)
        fits = SHORTEST_LINE <= len(line) <= LONGEST_LINE
        # Words count first, then a length that can be read aloud, then the earlier sentence.
        scored.append((held + 0.5 * fits - 0.001 * number, line))
    score, line = max(scored)
    return line, score


def _begins(word: str, plain: str) -> bool:
    return re.search(rf"\b{re.escape(word)}", plain) is not None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
