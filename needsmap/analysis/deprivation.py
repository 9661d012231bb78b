"""The English Indices of Deprivation, worked out again from their published parts.

Rank 1 is the most deprived. Sources: Scottish Executive, Scottish Indices of
Deprivation 2003, Appendix 5 (transformation); Ministry of Housing, Communities and Local
Government, English Indices of Deprivation, technical report (weights, summaries).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

WEIGHTS = {
    "income": 0.225,
    "employment": 0.225,
    "education": 0.135,
    "health": 0.135,
    "crime": 0.093,
    "barriers": 0.093,
    "living": 0.093,
}
"""Weights of the seven domains. They add to 0.999 and are used as they are: dividing by
their sum moves scores by up to 0.094 from the published ones."""

Numbers = npt.NDArray[np.float64]


def position(rank: npt.ArrayLike, *, of: int) -> Numbers:
    """Return how far towards the most deprived an area stands: (N + 1 - rank) / N, 1 = most."""
    return (of + 1 - np.asarray(rank, dtype=float)) / of


def transform(where: npt.ArrayLike) -> Numbers:
    """Return the domain score 0-100 of a position R 0-1: -23 ln(1 - R (1 - e^(-100/23))).

    It keeps a high score on one domain from being cancelled by a low one on another.
    """
    return -23 * np.log(1 - np.asarray(where, dtype=float) * (1 - np.exp(-100 / 23)))


def overall_score(ranks: pd.DataFrame, *, of: int) -> pd.Series:
    """Return the overall score of each area from its domain ranks.

    `ranks`: one column a key of `WEIGHTS`, one row an area; `of`: areas ranked.
    """
    scores = sum(weight * transform(position(ranks[d], of=of)) for d, weight in WEIGHTS.items())
    return pd.Series(scores, index=ranks.index, name="score")


def tenth(rank: npt.ArrayLike, *, of: int) -> npt.NDArray[np.int64]:
    """Return the decile 1 (most deprived) to 10: ceil(10 rank / N)."""
    return parts(rank, of=of, number=10)


def parts(rank: npt.ArrayLike, *, of: int, number: int) -> npt.NDArray[np.int64]:
    """Return which of `number` equal parts a rank falls in, 1 = most deprived: ceil(k rank / N)."""
    ranks = np.asarray(rank, dtype=np.int64)
    return -(-number * ranks // of)


def summarise(areas: pd.DataFrame, *, of: int) -> pd.DataFrame:
    """Return the official summaries of larger areas, one row a value of `authority`.

    `areas`: authority, score, rank (1 = most deprived) and people, one row a small area.
    Out: average_score, average_rank (people-weighted, ranks reversed so most deprived = N),
    proportion (share of small areas in the most deprived tenth), extent, concentration.
    Extent: share of people in the most deprived three tenths, counting fully up to the 10th
    percentile and falling from 0.95 to 0.05 over percentiles 11-30 (technical report,
    Appendix N). Concentration: mean reversed rank of the most deprived small areas holding
    exactly a tenth of the people; the one on the boundary counts in part.
    """
    table = areas.assign(reversed=of + 1 - areas["rank"])
    percentile = parts(table["rank"], of=of, number=100)
    fading = 0.95 - (percentile - 11) * 0.9 / 19
    table["counted"] = np.select([percentile <= 10, percentile <= 30], [1.0, fading], 0.0)
    table["worst"] = tenth(table["rank"], of=of) == 1
    found = {}
    for name, group in table.groupby("authority", sort=True):
        people = group["people"].to_numpy(dtype=float)
        found[name] = {
            "average_score": np.average(group["score"], weights=people),
            "average_rank": np.average(group["reversed"], weights=people),
            "proportion": group["worst"].mean(),
            "extent": np.average(group["counted"], weights=people),
            "concentration": _concentration(group["reversed"].to_numpy(dtype=float), people),
        }
    return pd.DataFrame.from_dict(found, orient="index")


def weighted_position(where: pd.Series, people: pd.Series, parents: pd.Series) -> pd.Series:
    """Return the mean position 0-1 of each larger area, weighted by people.

    All three are indexed by small area; `parents` gives the larger area. Where people are
    unknown each small area counts the same. NaN positions are left out.
    """
    table = pd.DataFrame({"where": where, "people": people, "parent": parents})
    table = table.dropna(subset=["where", "parent"])
    table["people"] = table["people"].fillna(table["people"].mean()).fillna(1.0)
    table["weighted"] = table["where"] * table["people"]
    sums = table.groupby("parent")[["weighted", "people"]].sum()
    return (sums["weighted"] / sums["people"]).rename("position")


def _concentration(reversed_rank: Numbers, people: Numbers) -> float:
    order = np.argsort(-reversed_rank, kind="stable")
    wanted = people.sum() / 10
    before = np.cumsum(people[order]) - people[order]
    taken = np.clip(wanted - before, 0, people[order])
    return float(np.average(reversed_rank[order], weights=taken))
