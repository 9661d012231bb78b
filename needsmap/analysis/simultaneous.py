"""Limits that hold for all options of a one-choice question together.

People chose one option of several, so the shares move against each other: limits made one
at a time would be too narrow to compare them all.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from needsmap.analysis.shares import Fractions, wilson

MANY_OPTIONS = 7
"""From so many options Sison and Glaz's limits are narrower and hold."""


def goodman(
    counts: npt.ArrayLike, *, confidence: float = 0.95, options: int | None = None
) -> tuple[Fractions, Fractions]:
    """Return lower and upper limits (0-1) of all shares together, for few options.

    `counts`: people choosing each option, along the last axis. `options`: how many limits
    must hold together, as many as counts when not given. Goodman (1965), Technometrics
    7:247: Wilson's limits with the doubt divided among the options.
    """
    number = np.asarray(counts, dtype=float)
    each = goodman_confidence(options or number.shape[-1], confidence=confidence)
    return wilson(number, number.sum(axis=-1, keepdims=True), confidence=each)


def goodman_confidence(options: int, *, confidence: float = 0.95) -> float:
    """Return the confidence each of `options` limits needs for all to hold together."""
    return 1 - (1 - confidence) / max(options, 1)


def sison_glaz(counts: npt.ArrayLike, *, confidence: float = 0.95) -> tuple[Fractions, Fractions]:
    """Return lower and upper limits (0-1) of all shares together, for many options.

    `counts`: people choosing each option, one dimension. NaN when nobody answered.
    Sison and Glaz (1995), Journal of the American Statistical Association 90:366; the
    probability that all counts stay within c of what was seen is worked out from truncated
    Poisson counts with an Edgeworth correction, and c is the smallest that is enough.
    """
    number = np.asarray(counts, dtype=float)
    total = number.sum()
    if total <= 0:
        return np.full(number.shape, np.nan), np.full(number.shape, np.nan)
    # The chance rises with c, so the smallest one that is enough is found by halving.
    # Twelve standard deviations of the most uncertain share are always enough.
    least, most = 0, min(math.ceil(total), math.ceil(6 * math.sqrt(total)))
    while least < most:
        middle = (least + most) // 2
        if _all_within(number, middle) >= confidence:
            most = middle
        else:
            least = middle + 1
    c = max(least - 1, 0)
    before, now = _all_within(number, c), _all_within(number, c + 1)
    # Between two whole numbers of people the upper limit takes the part that is missing.
    part = (confidence - before) / (now - before) if now > before else 0.0
    share = number / total
    return (
        np.clip(share - c / total, 0, 1),
        np.clip(share + (c + 2 * part) / total, 0, 1),
    )


def _all_within(counts: Fractions, c: int) -> float:
    """Return the probability that multinomial counts all stay within `c` of `counts`."""
    total = counts.sum()
    moments = np.array([_truncated_poisson(mean, c) for mean in counts])
    probability, mean, variance, third, fourth = moments.T
    if (probability <= 0).any():
        return 0.0
    spread = variance.sum()
    if spread <= 0:
        return 0.0
    skew = third.sum() / spread**1.5
    tail = (fourth - 3 * variance**2).sum() / spread**2
    z = (total - mean.sum()) / math.sqrt(spread)
    density = math.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    density *= (
        1
        + skew * (z**3 - 3 * z) / 6
        + tail * (z**4 - 6 * z**2 + 3) / 24
        + skew**2 * (z**6 - 15 * z**4 + 45 * z**2 - 15) / 72
    )
    log_point = total * math.log(total) - total - math.lgamma(total + 1)
    found = math.exp(np.log(probability).sum() - log_point) * density / math.sqrt(spread)
    return float(found)


def _truncated_poisson(mean: float, c: int) -> tuple[float, float, float, float, float]:
    """Return P(within c of the mean) and mean and central moments 2-4 of a Poisson cut there."""
    lowest = max(math.floor(mean) - c, 0) if c else math.floor(mean)
    values = np.arange(lowest, math.floor(mean) + c + 1, dtype=float)
    weights = np.exp(_log_poisson(values, mean))
    probability = float(weights.sum())
    if probability <= 0:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    weights /= probability
    middle = float((weights * values).sum())
    off = values - middle
    second, third, fourth = (float((weights * off**k).sum()) for k in (2, 3, 4))
    return probability, middle, second, third, fourth


def _log_poisson(values: Fractions, mean: float) -> Fractions:
    """Return log probabilities of consecutive counts: each differs from the last by a factor."""
    if mean <= 0:
        return np.where(values == 0, 0.0, -math.inf)
    first = values[0] * math.log(mean) - mean - math.lgamma(values[0] + 1)
    return first + np.append(0.0, np.cumsum(math.log(mean) - np.log(values[1:])))
