"""How sure a share is: Wilson limits, alone and widened for rounded counts."""

from __future__ import annotations

from itertools import product
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Fractions = npt.NDArray[np.float64]


def wilson(
    count: npt.ArrayLike, base: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[Fractions, Fractions]:
    """Return the lower and upper limit of a share, as fractions 0-1.

    `count` of `base` people chose it; shapes broadcast; NaN where `base` is not above 0.
    Wilson (1927), Journal of the American Statistical Association 22:209, score interval
    without continuity correction.
    """
    n = np.asarray(base, dtype=float)
    n = np.where(n > 0, n, np.nan)
    p = np.asarray(count, dtype=float) / n
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def wilson_extremes(
    least: npt.ArrayLike,
    most: npt.ArrayLike,
    smallest_base: npt.ArrayLike,
    largest_base: npt.ArrayLike,
    *,
    confidence: float = 0.95,
) -> tuple[Fractions, Fractions]:
    """Return the widest Wilson limits over all counts and bases within the given bounds.

    The limits rise with the count and, at a fixed count, are extreme at the smallest or
    largest base, so the four corners are enough. A count never exceeds its base.
    """
    bounds = [np.asarray(b, dtype=float) for b in (least, most, smallest_base, largest_base)]
    corners = [
        wilson(np.clip(count, 0, base), base, confidence=confidence)
        for count, base in product(bounds[:2], bounds[2:])
    ]
    lows, highs = zip(*corners, strict=True)
    return np.minimum.reduce(lows), np.maximum.reduce(highs)
