"""An invented Index of Deprivation that hangs together the way the English one does.

Income, Employment, Education, Health and Crime rise and fall together; Barriers to Housing
and Services is high where it is far to anything; Living Environment is high in the old
middle of town. Among the real English small areas those two correlate -0.05 to 0.27 with
the other five.
"""

from __future__ import annotations

import itertools
import math
from statistics import NormalDist

import pandas as pd

from needsmap.places.invent.dice import Dice
from needsmap.places.invent.outlines import TOWN, Ground

RANKED_AMONG = 33_755
"""Small areas of England in the 2025 index: what ranks and deciles count among."""

WEIGHTS = {"income": 0.225, "employment": 0.225, "education": 0.135, "health": 0.135,
           "crime": 0.093, "barriers": 0.093, "living": 0.093}  # fmt: skip
"""Weights of the English index. They sum to 0.999 and are used as published."""

HEADINGS = {
    "imd": ("Index of Multiple Deprivation (IMD)", "Score", "Overall"),
    "income": ("Income", "Score (rate)", "Income"),
    "employment": ("Employment", "Score (rate)", "Employment"),
    "education": ("Education, Skills and Training", "Score", "Education and skills"),
    "health": ("Health Deprivation and Disability", "Score", "Health and disability"),
    "crime": ("Crime", "Score", "Crime"),
    "barriers": ("Barriers to Housing and Services", "Score", "Barriers to housing and services"),
    "living": ("Living Environment", "Score", "Living environment"),
}
"""Domain id → how File 7 of the 2025 index begins its headings, how it calls the score,
and the name people see."""

_SHAPES = {
    "income": (-1.70, 0.80, "exp"), "employment": (-2.21, 0.66, "exp"),
    "education": (2.80, 1.00, "exp"), "health": (0.0, 0.90, "line"),
    "crime": (0.0, 0.84, "line"), "barriers": (3.0, 0.50, "exp"), "living": (2.88, 0.85, "exp"),
}  # fmt: skip
"""How scores of a domain are spread: middle, spread, and whether on a log scale."""

ESTATES = ((7.3, 9.2, 1.9, 1.0), (9.6, 5.2, 1.5, 0.8), (10.9, 6.4, 1.5, 0.7), (9.2, 8.1, 0.9, 0.7))
"""East, north (km), how much poorer, how far it reaches (km): Dunmoor, Tollbeck, Harbourside,
St Oswin's."""
QUIET = ((12.2, 9.3, -1.5, 1.3), (8.3, 4.2, -1.4, 1.2), (10.3, 10.9, -1.0, 1.6))
"""The same for better-off places: Skerry Point, Corrow-on-the-Hill, Stannick."""

IMD_RANKS = ((0.0, 1.0), (1.951, 0.99), (5.462, 0.90), (9.689, 0.75), (17.45, 0.50),
             (29.67, 0.25), (44.912, 0.10), (68.773, 0.01), (100.0, 0.0))  # fmt: skip
"""IMD score → share of areas ranked before it: percentiles of the published 2025 scores."""


def heading(domain: str, statistic: str) -> str:
    """Return the official File 7 (2025) heading of a domain's score, rank or decile."""
    begins, score, _ = HEADINGS[domain]
    if statistic == "score":
        return f"{begins} {score}"
    if statistic == "rank":
        return f"{begins} Rank (where 1 is most deprived)"
    return f"{begins} Decile (where 1 is most deprived 10% of LSOAs)"


def transformed(rank: int, of: int = RANKED_AMONG) -> float:
    """Return the exponential transformation of a domain rank: 0 (least) to 100 (most).

    X = -23 ln{1 - R [1 - exp(-100/23)]} with R = (N + 1 - rank) / N; published with the
    Scottish and English indices.
    """
    share = (of + 1 - rank) / of
    return -23 * math.log(1 - share * (1 - math.exp(-100 / 23)))


def imd_score(ranks: dict[str, int]) -> float:
    """Return the overall score of one area from its seven domain ranks, 3 decimals."""
    return round(sum(weight * transformed(ranks[name]) for name, weight in WEIGHTS.items()), 3)


def decile(rank: int, of: int = RANKED_AMONG) -> int:
    """Return ceil(10·rank/N): 1 for the most deprived tenth."""
    return -(-10 * rank // of)


def make_index(ground: Ground, codes: list[str], seed: int) -> pd.DataFrame:
    """Return area_code and score, rank and decile of imd and seven domains, File 7 headings."""
    dice = Dice(seed, "index")
    hardship = _smooth(ground, [_hardship(*heart) + dice.normal(0, 0.8) for heart in ground.hearts])
    levels: dict[str, list[float]] = {}
    for name in ("income", "employment", "education", "health", "crime"):
        own = _smooth(ground, [dice.normal() for _ in codes])
        town = 0.35 if name == "crime" else 0.0
        levels[name] = [
            1.15 * h + 0.3 * o + town * (u - 0.6) + dice.normal(0, 0.12)
            for h, o, u in zip(hardship, own, ground.urban, strict=True)
        ]
    levels["barriers"] = [
        1.5 - 2.1 * u + 0.12 * h + dice.normal(0, 0.35)
        for h, u in zip(hardship, ground.urban, strict=True)
    ]
    levels["living"] = [
        1.9 * math.exp(-((math.dist(heart, TOWN) / 1.7) ** 2)) - 0.6 + dice.normal(0, 0.5)
        for heart in ground.hearts
    ]
    table: dict[str, list[object]] = {"area_code": list(codes)}
    ranks = {name: _ranks(levels[name]) for name in levels}
    overall = [imd_score({n: ranks[n][i] for n in ranks}) for i in range(len(codes))]
    for name in HEADINGS:
        if name == "imd":
            scores, placed = overall, _unique([_imd_rank(score) for score in overall], overall)
        else:
            placed = ranks[name]
            scores = [_score(name, rank) for rank in placed]
        table[heading(name, "score")] = list(scores)
        table[heading(name, "rank")] = list(placed)
        table[heading(name, "decile")] = [decile(rank) for rank in placed]
    return pd.DataFrame(table)


def _hardship(east: float, north: float) -> float:
    return -0.2 + sum(
        much * math.exp(-((east - x) ** 2 + (north - y) ** 2) / (2 * reach**2))
        for x, y, much, reach in (*ESTATES, *QUIET)
    )


def _smooth(ground: Ground, values: list[float]) -> list[float]:
    """Return every value drawn half-way to the mean of its neighbours: near areas are alike."""
    return [
        0.55 * own + 0.45 * sum(values[n] for n in near) / len(near) if near else own
        for own, near in zip(values, ground.borders, strict=True)
    ]


def _ranks(levels: list[float]) -> list[int]:
    """Return unique ranks among all England for standard-normal levels (high level, low rank)."""
    normal = NormalDist()
    wanted = [max(1, math.ceil((1 - normal.cdf(x)) * RANKED_AMONG)) for x in levels]
    return _unique(wanted, levels)


def _unique(wanted: list[int], levels: list[float]) -> list[int]:
    """Return the wanted ranks with ties moved one place on, highest level first."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], -levels[i], i))
    given = list(wanted)
    last = 0
    for i in order:
        last = given[i] = max(wanted[i], last + 1)
    return given


def _imd_rank(score: float) -> int:
    for (low, before), (high, after) in itertools.pairwise(IMD_RANKS):
        if low <= score <= high:
            share = before + (after - before) * (score - low) / (high - low)
            return max(1, min(RANKED_AMONG, round(share * RANKED_AMONG)))
    raise ValueError(f"an overall score must be 0 to 100, got {score}")


def _score(name: str, rank: int) -> float:
    middle, spread, kind = _SHAPES[name]
    level = NormalDist().inv_cdf((RANKED_AMONG + 0.5 - rank) / RANKED_AMONG)
    value = middle + spread * level
    if kind == "exp":
        value = min(math.exp(value), 0.98 if name in ("income", "employment") else 98.0)
    return round(value, 3)
