"""Money beside voice: grants shared out over themes and areas, money a head, how far apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

DRAWS = 2_000
SEED = 20_260_321
"""The same question gives the same doubt (rule D5)."""

Numbers = npt.NDArray[np.float64]


def share_out(amounts: Sequence[float], themes: Sequence[Sequence[str]]) -> pd.Series:
    """Return theme → money; a grant with several themes gives each the same part.

    Grants without a theme stand under "". `amounts` and `themes` have one entry a grant, in
    one currency.
    """
    found: dict[str, float] = {}
    for amount, named in zip(amounts, themes, strict=True):
        for theme in named or ("",):
            found[theme] = found.get(theme, 0.0) + amount / max(len(named), 1)
    return pd.Series(found, dtype=float)


def split_by_people(people: Sequence[float]) -> Numbers:
    """Return the part of a grant each of its areas gets: by people, equally when unknown."""
    living = np.asarray(people, dtype=float)
    if np.isnan(living).any() or living.sum() <= 0:
        return np.full(len(living), 1 / len(living)) if len(living) else living
    return living / living.sum()


def per_head(money: npt.ArrayLike, people: npt.ArrayLike) -> Numbers:
    """Return money divided by people; NaN where people are unknown or none."""
    living = np.asarray(people, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(living > 0, np.asarray(money, dtype=float) / living, np.nan)


def apart(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Return the total-variation distance of two splits: half the sum of |p - q|.

    0: the same; 1: nothing in common. It is the part of one that would have to move to
    match the other. Both are divided by their sums first; NaN when a sum is 0.
    """
    p, q = (np.asarray(values, dtype=float) for values in (one, other))
    if p.sum() <= 0 or q.sum() <= 0:
        return float("nan")
    return float(np.abs(p / p.sum() - q / q.sum()).sum() / 2)


@dataclass(frozen=True, eq=False)
class Beside:
    """Voice and money, one value a theme, with the doubt of the answers.

    wishes, low, high : share of all wishes, with 95 % limits. money : share of the money.
    apart : total-variation distance; apart_low, apart_high : its 95 % limits.
    """

    wishes: Numbers
    low: Numbers
    high: Numbers
    money: Numbers
    apart: float
    apart_low: float
    apart_high: float


def beside(
    counts: npt.ArrayLike,
    base: float,
    money: npt.ArrayLike,
    *,
    rounding: float,
    seed: int = SEED,
) -> Beside:
    """Return wishes beside money, theme by theme.

    `counts`: published number of people naming each theme (hidden ones as the middle of what
    they could be); `base`: people who answered; `money`: given to each theme; `rounding`:
    how far a published count may lie from the true one. The doubt: each count is drawn anew
    2,000 times (binomial, seeded) and moved by up to what rounding hides. Limits of shares
    are the middle 95 % of draws; those of the distance stand 1.96 standard deviations of the
    draws away, because a distance of noisy shares is always a little too large.
    """
    named, given = (np.asarray(v, dtype=float) for v in (counts, money))
    if base <= 0 or named.sum() <= 0 or given.sum() <= 0:
        nothing = np.full(len(named), np.nan)
        return Beside(nothing, nothing, nothing, nothing, np.nan, np.nan, np.nan)
    random = np.random.default_rng(seed)
    share = np.clip(named / base, 0, 1)
    drawn = random.binomial(round(base), share, (DRAWS, len(named))).astype(float)
    drawn += random.uniform(-rounding, rounding, drawn.shape) * (named > 0)
    drawn = np.maximum(drawn, 0)
    drawn = drawn[drawn.sum(axis=1) > 0]
    shares = drawn / drawn.sum(axis=1, keepdims=True)
    low, high = np.quantile(shares, (0.025, 0.975), axis=0)
    of_money = given / given.sum()
    distances = np.abs(shares - of_money).sum(axis=1) / 2
    middle = apart(named, given)
    reach = NormalDist().inv_cdf(0.975) * float(distances.std())
    return Beside(
        named / named.sum(), low, high, of_money,
        middle, max(middle - reach, 0.0), min(middle + reach, 1.0),
    )  # fmt: skip


def round_breaks(values: npt.ArrayLike, *, classes: int = 5) -> tuple[float, ...]:
    """Return up to `classes` - 1 rising round numbers that part the values into equal groups.

    Quantiles of the values above 0, each rounded to one of 1, 1.5, 2, 3, 5 or 7 times a
    power of ten so that a legend can be read; equal ones fall together.
    """
    found = np.asarray(values, dtype=float)
    found = found[np.nan_to_num(found) > 0]
    if not len(found):
        return ()
    steps = np.array([1, 1.5, 2, 3, 5, 7, 10])
    cuts = np.quantile(found, np.arange(1, classes) / classes)
    tens = 10 ** np.floor(np.log10(cuts))
    nice = [
        float(ten * steps[np.abs(steps - cut / ten).argmin()])
        for cut, ten in zip(cuts, tens, strict=True)
    ]
    return tuple(sorted({cut for cut in nice if found.min() < cut <= found.max()}))
