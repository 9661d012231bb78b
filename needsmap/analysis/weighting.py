"""Weighting answers to the people who live here, and how far that can be trusted.

Weighting repairs known imbalances only: an open survey stays one of those who chose to
answer. So the raw share always stands beside the weighted one, with the number of answers
the weighted one is really worth, and weighting is refused when it would rest on nothing.
Raking: Deming and Stephan (1940), Annals of Mathematical Statistics 11:427. Effective
number: Kish (1965), Survey Sampling, section 11.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needsmap.words import say

LIGHTEST, HEAVIEST = 0.3, 3.0
"""Weights are held between these; the mean weight is 1."""
LEAST_EFFECTIVE = 30
"""Below so many effective answers weighting is refused."""
CLOSE_ENOUGH = 1e-9
MOST_ROUNDS = 1000

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights of the cells of a table of answers, its axes the groups weighted by.

    weights : one a cell, mean over answers 1; 0 in cells nobody is in. effective : n_eff,
    the answers a weighted share is worth. design : n ÷ n_eff, the design effect. off : the
    largest difference left between a weighted and a wanted share, after trimming. refused :
    why weighting is not used, in words; "" when it is.
    """

    weights: Numbers
    effective: float
    design: float
    off: float
    refused: str = ""


def fit(seed: npt.ArrayLike, margins: Sequence[npt.ArrayLike]) -> Numbers:
    """Return the table scaled to the margins, one an axis in order, until nothing changes.

    Iterative proportional fitting. `margins` hold wanted sums along each axis, with equal
    totals.

    Raises
    ------
    ValueError
        When a wanted sum above 0 meets only empty cells, or margins are not one an axis.
    """
    table = np.array(seed, dtype=float)
    wanted = [np.asarray(margin, dtype=float) for margin in margins]
    if len(wanted) != table.ndim:
        raise ValueError(f"`margins` must be one an axis, got {len(wanted)} for {table.ndim}")
    for _ in range(MOST_ROUNDS):
        before = table.copy()
        for axis, margin in enumerate(wanted):
            sums = table.sum(axis=tuple(i for i in range(table.ndim) if i != axis))
            if ((sums == 0) & (margin > 0)).any():
                raise ValueError("`margins` ask for people where `seed` has nobody")
            factor = np.divide(margin, sums, out=np.zeros_like(sums), where=sums > 0)
            table *= factor.reshape([-1 if i == axis else 1 for i in range(table.ndim)])
        if np.abs(table - before).max() <= CLOSE_ENOUGH * max(table.max(), 1):
            break
    return table


def effective_number(weights: npt.ArrayLike, people: npt.ArrayLike = 1.0) -> float:
    """Return (Σw)² ÷ Σw²: the equally weighted answers that would tell as much.

    `people`: how many have each weight.
    """
    w, n = np.broadcast_arrays(np.asarray(weights, dtype=float), np.asarray(people, dtype=float))
    squares = (n * w**2).sum()
    return float((n * w).sum() ** 2 / squares) if squares > 0 else 0.0


def rake(
    counts: npt.ArrayLike,
    shares: Sequence[npt.ArrayLike],
    *,
    names: Sequence[Sequence[str]] = (),
    lightest: float = LIGHTEST,
    heaviest: float = HEAVIEST,
) -> Raked:
    """Return weights that bring answers to the population's shares, trimmed.

    `counts`: published answers in each cell (0 where nobody or too few), one axis a group.
    `shares`: the population's shares of each axis's bands, each adding to 1. `names`: the
    bands in words, for the reason when refused. Raking and trimming take turns until
    weights stay within the limits; the last step is trimming, so a margin may be missed by
    `off`. Refused, with the reason, when a band people live in has no answers to weight, or
    fewer than 30 effective answers would be left.
    """
    table = np.asarray(counts, dtype=float)
    total = table.sum()
    nothing = np.zeros_like(table)
    for axis, wanted in enumerate(shares):
        sums = table.sum(axis=tuple(i for i in range(table.ndim) if i != axis))
        silent = np.flatnonzero((sums == 0) & (np.asarray(wanted) > 0))
        if len(silent):
            who = names[axis][silent[0]] if names else str(silent[0] + 1)
            return Raked(nothing, 0.0, float("nan"), float("nan"), _nobody(who))
    weights = np.where(table > 0, 1.0, 0.0)
    for _ in range(MOST_ROUNDS):
        fitted = fit(table * weights, [np.asarray(s, dtype=float) * total for s in shares])
        raw = np.divide(fitted, table, out=np.zeros_like(table), where=table > 0)
        trimmed = np.where(table > 0, np.clip(raw, lightest, heaviest), 0.0)
        settled = np.abs(trimmed - weights).max() < CLOSE_ENOUGH
        weights = trimmed
        if settled or np.abs(trimmed - raw).max() < CLOSE_ENOUGH:
            break
    weights *= total / (weights * table).sum()
    effective = effective_number(weights, table)
    off = 0.0
    for axis, wanted in enumerate(shares):
        others = tuple(i for i in range(table.ndim) if i != axis)
        found = (weights * table).sum(axis=others) / total
        off = max(off, float(np.abs(found - np.asarray(wanted)).max()))
    refused = ""
    if effective < LEAST_EFFECTIVE:
        refused = say(
            "These answers are too few or too uneven to weight: they would be worth about "
            "{number} answers, and it takes {least}.",
            number=int(effective),
            least=LEAST_EFFECTIVE,
        )
    return Raked(weights, effective, float(total / effective), off, refused)


def _nobody(who: str) -> str:
    return say(
        "Answers cannot be weighted: too few people of “{who}” answered to speak for them.", who=who
    )
