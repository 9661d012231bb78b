"""Local clusters: where much (or little) said meets much (or little) measured round about.

The bivariate local Moran statistic, tried against chance by shuffling and corrected for
looking at many areas. It finds clusters, never causes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

FEWEST_AREAS = 30
"""Areas with data below which chance and cluster cannot be told apart."""
PERMUTATIONS = 9_999
"""Enough that one area among hundreds can stand after the correction."""
ROWS_AT_ONCE = 700
SEED = 20_260_321
"""The same question gives the same clusters (rule D5)."""
FALSE_ALARMS = 0.05
"""Share of the clusters shown that may be chance."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Clusters:
    """What the statistic found, one value an area.

    value : the statistic. quadrant : 1 much said, much measured around; 2 little said, much
    around; 3 little, little; 4 much said, little around; 0 without neighbours. chance : two-
    sided share of shuffles at least as extreme; NaN without neighbours. cluster : True where
    it stands after the correction for many areas.
    """

    value: Numbers
    quadrant: npt.NDArray[np.int64]
    chance: Numbers
    cluster: npt.NDArray[np.bool_]


def local_clusters(
    said: npt.ArrayLike,
    measured: npt.ArrayLike,
    neighbours: Sequence[Sequence[int]],
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    hurry: bool = True,
) -> Clusters:
    """Return local clusters of `said` with `measured` in the neighbouring areas.

    `said`, `measured`: one number an area, none missing. `neighbours`: for each area the
    positions of those it touches. z-scores with the population's deviation; neighbours count
    equally; I = z(said) x mean z(measured) of the neighbours. Chance: the measured values of
    all other areas are shuffled `permutations` times (conditional randomisation, Anselin 1995,
    Geographical Analysis 27:93; bivariate: Anselin, Syabri and Smirnov 2002); the share of
    shuffles at least as extreme is doubled for both sides. Correction: Benjamini and Hochberg
    (1995), see `false_discoveries`.

    With `hurry` the shuffles of an area end as soon as those so far put its chance above
    `FALSE_ALARMS` whatever the rest would say: it can then be no cluster, and its chance is
    that of the shuffles made. Clusters are the same without.

    Raises
    ------
    ValueError
        When fewer than `FEWEST_AREAS` areas are given: see `enough`.
    """
    one, other = _scores(said), _scores(measured)
    if not enough(len(one)):
        raise ValueError(f"`said` must hold {FEWEST_AREAS} areas or more, got {len(one)}")
    near = tuple(tuple(map(int, n)) for n in neighbours)
    shuffled = _shuffled(other.tobytes(), near, permutations, seed, hurry)
    around, made = shuffled.around, shuffled.made
    value = one * around
    quadrant = np.select(
        [np.isnan(around), (one > 0) & (around > 0), (one <= 0) & (around > 0),
         (one <= 0) & (around <= 0)],
        [0, 1, 2, 3], default=4,
    )  # fmt: skip
    # One number times a shuffled mean reaches one times the real mean where the means do, or
    # the other way about where the number lies below nothing.
    extreme = np.select([one > 0, one < 0], [shuffled.above, shuffled.below], default=made)
    tail = np.minimum(extreme, made - extreme)
    chance = np.minimum(1.0, 2 * (tail + 1) / (made + 1))
    # Where nothing stands out on one side, every shuffle is as extreme as the real areas.
    chance[(one == 0) | (other == 0).all()] = 1.0
    chance[np.isnan(around)] = np.nan
    return Clusters(value, quadrant, chance, chance <= false_discoveries(chance))


@dataclass(frozen=True, eq=False)
class _Shuffled:
    """Shuffles of the measured values: one entry an area.

    around : the neighbours' real mean, NaN without neighbours. above, below : how many of the
    shuffled means are at least, or at most, the real one. made : shuffles made.
    """

    around: Numbers
    above: npt.NDArray[np.int64]
    below: npt.NDArray[np.int64]
    made: npt.NDArray[np.int64]


@lru_cache(maxsize=64)
def _shuffled(
    measured: bytes, near: tuple[tuple[int, ...], ...], permutations: int, seed: int, hurry: bool
) -> _Shuffled:
    """Return the shuffles of measured scores (as bytes of floats), see `local_clusters`.

    Nothing anybody said bears on them, so they serve every theme of the domain and every filter.
    """
    other = np.frombuffer(measured)
    drawn = _shuffles(seed, len(other) - 1, max(map(len, near), default=0), permutations)
    # From so many on either side the chance is above the limit for all shuffles together.
    enough_tail = FALSE_ALARMS * (permutations + 1) / 2 if hurry else np.inf
    around = np.full(len(near), np.nan)
    counts = np.zeros((3, len(near)), dtype=np.int64)
    for area, beside in enumerate(near):
        if not beside:
            continue
        around[area] = real = other[list(beside)].mean()
        # The same shuffles serve every area, each without itself.
        others = np.delete(other, area)
        above = below = made = 0
        while made < permutations and min(above, made - above) < enough_tail:
            rows = slice(made, made + ROWS_AT_ONCE)
            mean = others.take(drawn[: len(beside), rows]).sum(axis=0) / len(beside)
            above += int((mean >= real).sum())
            below += int((mean <= real).sum())
            made += len(mean)
        counts[:, area] = above, below, made
    return _Shuffled(around, *counts)


def enough(areas: int) -> bool:
    """Return whether so many areas with data are enough to speak of clusters."""
    return areas >= FEWEST_AREAS


def false_discoveries(chance: npt.ArrayLike, *, rate: float = FALSE_ALARMS) -> float:
    """Return the largest chance that still counts when at most `rate` may be false alarms.

    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57:289: the
    largest p(k) with p(k) <= k / m x rate; -1 when there is none. NaN is left out.
    """
    values = np.asarray(chance, dtype=float)
    ordered = np.sort(values[~np.isnan(values)])
    if not len(ordered):
        return -1.0
    passed = ordered <= np.arange(1, len(ordered) + 1) / len(ordered) * rate
    return float(ordered[passed].max()) if passed.any() else -1.0


@lru_cache(maxsize=8)
def _shuffles(seed: int, size: int, wanted: int, permutations: int) -> npt.NDArray[np.intp]:
    """Return, a column a shuffle, `wanted` of the numbers below `size` in random order."""
    random = np.random.default_rng(seed)
    rows = []
    for start in range(0, permutations, ROWS_AT_ONCE):
        noise = random.random((min(ROWS_AT_ONCE, permutations - start), size))
        if wanted < size:
            smallest = np.argpartition(noise, wanted, axis=1)[:, :wanted]
        else:
            smallest = np.tile(np.arange(size), (len(noise), 1))
        order = np.take_along_axis(noise, smallest, axis=1).argsort(axis=1)
        rows.append(np.take_along_axis(smallest, order, axis=1).astype(np.intp))
    return np.ascontiguousarray(np.concatenate(rows).T)


def _scores(values: npt.ArrayLike) -> Numbers:
    numbers = np.asarray(values, dtype=float)
    spread = numbers.std()
    return (numbers - numbers.mean()) / spread if spread > 0 else np.zeros_like(numbers)
