"""Kindleford, the invented place, with seeded answers of known shape."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from needsmap.analysis.voice import Voice, compile_voice
from needsmap.places.pack import Pack, open_pack
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers

THEMES = ("youth", "buses", "damp", "health", "safety", "green", "belonging")
TRUE_SHARES = (0.45, 0.40, 0.30, 0.25, 0.20, 0.12, 0.03)
STRENGTHS = ("green", "belonging")
AGES = ("16-24", "25-44", "45-64", "65+")

MakeVoice = Callable[..., Voice]


@pytest.fixture(scope="session")
def kindleford(places: Path) -> Pack:
    """Return the shipped invented place."""
    return open_pack(places / "kindleford")


@pytest.fixture(scope="session")
def testham(places: Path) -> Pack:
    """Return the small invented place whose figures can be checked by hand."""
    return open_pack(places / "testham")


@pytest.fixture(scope="session")
def nobody(testham: Pack) -> Voice:
    """Return Testham's voice before anybody was asked."""
    return compile_voice([], testham.membership, [level.id for level in testham.levels])


def _chosen(question: str, themes: tuple[str, ...], facts: np.ndarray) -> AnswerColumn:
    rows = ["|".join(t for t, yes in zip(themes, row, strict=True) if yes) for row in facts]
    cells = list(dict.fromkeys(rows))
    named = tuple(tuple(c.split("|")) if c else () for c in cells)
    codes = np.array([cells.index(r) for r in rows], dtype=np.int32)
    return AnswerColumn(question, codes, tuple(cells), tuple(() for _ in cells), named)


def make_answers(
    pack: Pack, people: int, *, seed: int = 7, only_area: str = "", kind: str = "many_choices"
) -> SurveyAnswers:
    """Return seeded answers: needs, strengths, age; half of the places known by ward only."""
    random = np.random.default_rng(seed)
    wards = pack.membership["ward"].to_numpy()
    rows = random.integers(0, len(wards), people)
    by_ward = random.random(people) < 0.5
    codes = np.where(by_ward, wards[rows], pack.membership.index.to_numpy()[rows])
    levels = np.where(by_ward, "ward", "lsoa")
    if only_area:
        codes, levels = np.full(people, only_area), np.full(people, pack.level_of(only_area))
    ages = random.choice(len(AGES), people, p=[0.05, 0.35, 0.35, 0.25]).astype(np.int32)
    needs = random.random((people, len(THEMES))) < np.array(TRUE_SHARES)
    good = random.random((people, len(STRENGTHS))) < np.array([0.6, 0.4])
    options = {t: Option(t, themes=(t,)) for t in (*THEMES, *STRENGTHS)}
    questions = (
        Question("q1", "What is needed?", "need", kind, (1,),
                 options=tuple(options[t] for t in THEMES)),
        Question("q2", "What is good here?", "strength", "many_choices", (2,),
                 options=tuple(options[t] for t in STRENGTHS)),
        Question("q3", "How old are you?", "group", "one_choice", (3,), group="age"),
    )  # fmt: skip
    answers = pd.DataFrame(
        {
            "row": np.arange(people), "key": [f"{i:032x}" for i in range(people)],
            "level": levels, "area_code": codes, "how": "area_code", "answered_on": "2026-03-21",
        }
    )  # fmt: skip
    blank: tuple[tuple[()], ...] = tuple(() for _ in AGES)
    columns = {
        "q1": _chosen("q1", THEMES, needs),
        "q2": _chosen("q2", STRENGTHS, good),
        "q3": AnswerColumn("q3", ages, AGES, blank, blank),
    }
    return SurveyAnswers(
        "Spring survey", date(2026, 3, 21), "plain", "", "", questions, answers, columns, id="s1"
    )


@pytest.fixture(scope="session")
def make_voice(kindleford: Pack) -> MakeVoice:
    """Return a function that compiles a voice of so many seeded answers (0: nobody)."""

    def make(people: int, **how: object) -> Voice:
        given = [make_answers(kindleford, people, **how)] if people else []  # type: ignore[arg-type]
        levels = [level.id for level in kindleford.levels]
        return compile_voice(given, kindleford.membership, levels)

    return make
