"""A made-up town of any size for the analysis benchmark: its pack, its surveys, wide tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from needsmap.places.grants import GEO_CODE
from needsmap.places.pack import Indicator, Level, Pack
from needsmap.tables import AnswerColumn, Option, Question, SurveyAnswers

THEMES = (
    "youth", "play", "belonging", "loneliness", "green", "community_space", "culture", "streets",
    "shops", "childcare", "buses", "homes", "safety", "traffic", "damp", "health",
    "mental_health", "care", "schools", "jobs",
)  # fmt: skip
GOOD = THEMES[:8]
OFFERS = (
    "Give a few hours a week", "Teach a skill", "Lend a room", "Drive people",
    "Help with a garden", "Nothing just now",
)  # fmt: skip
AGES = ("16-24", "25-44", "45-64", "65+")
GENDERS = ("Woman", "Man", "Other")
KINDS = ("gp", "library", "community_centre", "park", "youth_club", "bus_stop")
LINES = 2_000
"""Different texts people wrote; one person in ten wrote one."""


def make_town(folder: Path, areas: int) -> Pack:
    """Return a place of so many areas: people, ages, one measure a domain, services, grants."""
    codes = [f"A{i:05d}" for i in range(areas)]
    random = np.random.default_rng(1)
    people = random.integers(900, 2500, areas)
    domains = ("imd", "health", "crime", "barriers", "living", "education", "employment")
    info = {
        f"iod2025_{d}_rank": Indicator(
            f"iod2025_{d}_rank", d, "", "higher_is_better", d, "rank", 33755, "2025", "IoD", d
        )
        for d in domains
    }
    indicators = pd.DataFrame(
        {name: random.integers(1, 33755, areas) for name in info}, index=codes
    )
    population = pd.DataFrame(
        [(c, "age", b, n // 4) for c, n in zip(codes, people, strict=True) for b in AGES]
        + [
            (c, "gender", b, n // 2)
            for c, n in zip(codes, people, strict=True)
            for b in GENDERS[:2]
        ],
        columns=["area_code", "group", "band", "people"],
    )
    write_outlines(folder, codes)
    wards = [f"W{i // 20:03d}" for i in range(areas)]
    names = {
        "lsoa": {c: f"Area {c}" for c in codes},
        "ward": {w: f"Ward {w}" for w in dict.fromkeys(wards)},
        "authority": {"X": "Town"},
    }
    membership = pd.DataFrame({"lsoa": codes, "ward": wards, "authority": "X"}, index=codes)
    return Pack(
        folder=folder, name="town", title="Town", version="1", invented=True, country="GB",
        levels=(
            Level("lsoa", "LSOA", "LSOAs"), Level("ward", "ward", "wards"),
            Level("authority", "authority", "authorities"),
        ),
        areas=pd.DataFrame({"area_code": codes, "area_name": codes, "population": people}),
        membership=membership, names=names, indicators=indicators, indicator_info=info,
        services=_services(areas), population=population,
        lookups=pd.DataFrame(columns=["kind", "key", "level", "area_code"]),
        grants=_grants(codes), sources=(), missing=(), sample_surveys=(),
    )  # fmt: skip


def _services(areas: int) -> pd.DataFrame:
    random = np.random.default_rng(3)
    number, wide = areas // 2, 0.01 * np.ceil(np.sqrt(areas))
    return pd.DataFrame(
        {
            "service_id": [f"s{i}" for i in range(number)],
            "name": [f"Place {i}" for i in range(number)],
            "category": random.choice(KINDS, number),
            "latitude": 52.4 + random.random(number) * wide,
            "longitude": -1.9 + random.random(number) * wide,
            "address": "", "checked_on": "2026-01-05", "source": "Made up",
        }
    )  # fmt: skip


def _grants(codes: list[str]) -> pd.DataFrame:
    random = np.random.default_rng(4)
    number = 2 * len(codes)
    what = ["Youth club evenings", "A community garden", "Help with damp homes", "A new minibus"]
    return pd.DataFrame(
        {
            "Identifier": [f"360G-{i}" for i in range(number)],
            "Title": random.choice(what, number),
            "Description": "",
            "Currency": "GBP",
            "Amount Awarded": random.integers(500, 20_000, number).astype(str),
            "Award Date": "2025-04-01",
            "Recipient Org:Name": "A group",
            "Funding Org:Name": "A funder",
            GEO_CODE: random.choice(codes, number),
        }
    )


def write_outlines(folder: Path, codes: list[str]) -> None:
    """Write the areas as a grid of squares, so that they have neighbours."""
    wide = int(np.ceil(np.sqrt(len(codes))))
    features = []
    for number, code in enumerate(codes):
        x, y = -1.9 + 0.01 * (number % wide), 52.4 + 0.01 * (number // wide)
        ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {"area_code": code, "area_name": code, "population": 1},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "areas.geojson").write_text(text, "utf-8")


def make_survey(
    pack: Pack, people: int, seed: int, *, id_: str, asked: date
) -> tuple[SurveyAnswers, pd.DataFrame]:
    """Return a survey and the same people as a wide table.

    Up to three of twenty wishes, up to two of eight strengths, one or two of six offers, a
    text from one person in ten, age and gender.
    """
    random = np.random.default_rng(seed)
    where = random.integers(0, len(pack.areas), people)
    ages, genders = random.integers(0, 4, people), random.choice(3, people, p=[0.5, 0.45, 0.05])
    wishes, wished = _ticks("q1", THEMES, 3, people, random, themed=True)
    good, valued = _ticks("q4", GOOD, 2, people, random, themed=True)
    brings, brought = _ticks("q5", OFFERS, 2, people, random, themed=False)
    texts = np.where(random.random(people) < 0.1, random.integers(0, LINES, people), -1)
    lines = tuple(f"Line {i} about a place for people to meet and stay warm." for i in range(LINES))
    about = tuple((THEMES[i % len(THEMES)],) for i in range(LINES))
    area_codes = pack.areas["area_code"].to_numpy()[where]
    blank: tuple[tuple[()], ...] = ((),) * 4
    questions = (
        Question("q1", "What does your area need most?", "need", "many_choices", (1,), ";",
                 tuple(Option(t, 10, (t,)) for t in THEMES), people),
        Question("q2", "Age", "group", "one_choice", (2,), group="age"),
        Question("q3", "Gender", "group", "one_choice", (3,), group="gender"),
        Question("q4", "What is good about living here?", "strength", "many_choices", (4,), ";",
                 tuple(Option(t, 10, (t,)) for t in GOOD), people),
        Question("q5", "What could you bring?", "offer", "many_choices", (5,), ";",
                 tuple(Option(t, 10, ()) for t in OFFERS), people),
        Question("q6", "Anything else?", "open_text", "text", (6,)),
    )  # fmt: skip
    columns = {
        "q1": wishes,
        "q2": AnswerColumn("q2", ages.astype(np.int32), AGES, blank, blank),
        "q3": AnswerColumn("q3", genders.astype(np.int32), GENDERS, blank[:3], blank[:3]),
        "q4": good,
        "q5": brings,
        "q6": AnswerColumn("q6", texts.astype(np.int32), lines, ((),) * LINES, about),
    }
    answers = pd.DataFrame(
        {"row": np.arange(people), "key": "", "level": "lsoa", "area_code": area_codes,
         "how": "area_code", "answered_on": ""}
    )  # fmt: skip
    survey = SurveyAnswers("Town survey", asked, "plain", "", "", questions, answers, columns, id_)
    wide = pd.DataFrame(
        {
            **{t: wished[:, i] for i, t in enumerate(THEMES)},
            **{f"good_{t}": valued[:, i] for i, t in enumerate(GOOD)},
            **{f"offer_{i}": brought[:, i] for i in range(len(OFFERS))},
        }
    ).astype(np.int8)
    wide["area"], wide["age"] = where.astype(np.int32), np.array(AGES)[ages]
    wide["gender"], wide["wrote"] = np.array(GENDERS)[genders], texts >= 0
    return survey, wide


def _ticks(
    question: str,
    things: tuple[str, ...],
    most: int,
    people: int,
    random: np.random.Generator,
    *,
    themed: bool,
) -> tuple[AnswerColumn, np.ndarray]:
    """Return a column of up to `most` ticks each, and the same as people x things."""
    facts = np.zeros((people, len(things)), dtype=bool)
    facts[np.arange(people)[:, None], random.integers(0, len(things), (people, most))] = True
    keys = (facts * (1 << np.arange(len(things)))).sum(axis=1)
    masks, codes = np.unique(keys, return_inverse=True)
    ticked = [tuple(i for i in range(len(things)) if mask >> i & 1) for mask in masks]
    named = [tuple(things[i] for i in cell) for cell in ticked]
    cells = tuple(";".join(n) for n in named)
    choices = tuple(tuple((i, 1.0) for i in cell) for cell in ticked)
    themes = tuple(named) if themed else ((),) * len(cells)
    return AnswerColumn(question, codes.astype(np.int32), cells, choices, themes), facts
