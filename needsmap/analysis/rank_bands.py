"""Rank bands: the places a wish could hold if other people like these had answered.

Why from rounded moments and not from the answers themselves: the places a theme takes in
resamples of the answers would be a fine-grained function of raw counts, and everything
shown must come from published numbers (rule D2). A bootstrap over people draws shares with
mean p and covariance (C/n − p p′)/n, where C counts people who named both themes. All three
are rounded to 5 first, then shares are drawn with these moments (normal, by the central
limit theorem), rounding is added as further doubt, and places are read off the draws. One
person more or less changes nothing until a rounded number changes. The draws are seeded by
the rounded numbers: the same question has the same bands on every page (rule D5).
Bootstrap: Efron (1979), Annals of Statistics 7:1.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from needsmap.analysis.disclosure import (
    FEWEST_SHOWN,
    ROUNDING_ADDS,
    PublishedShares,
    middle_counts,
    publish_counts,
)

DRAWS = 2000
LIKELY = 0.8
POSSIBLE = 0.95

MOST_KEPT = 500

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RankBands:
    """Places from 1, one a theme; 0 where hidden.

    place : by published share, ties equal. first, last : where it stands in 95 of 100 draws.
    likely_first, likely_last : in 80 of 100.
    """

    place: Places
    first: Places
    last: Places
    likely_first: Places
    likely_last: Places


_kept: dict[bytes, RankBands] = {}
"""Bands already drawn: the same rounded numbers always have the same ones."""


def forget() -> None:
    """Let go of all bands drawn so far; they come out the same when drawn again."""
    _kept.clear()


def rank_bands(
    shares: PublishedShares, together: npt.NDArray[np.float64] | None = None
) -> RankBands:
    """Return the bands of published shares of themes (one dimension).

    `together`: themes x themes, raw sums of products of people's parts (see
    `rules.Summed`); rounded here. Without it themes are taken as named independently.
    Themes with equal published counts have equal places and bands.
    """
    number = len(shares.share)
    empty = np.zeros(number, dtype=np.int64)
    if not number or not shares.shown.any():
        return RankBands(empty, empty, empty, empty, empty)
    counts = middle_counts(shares)
    base = float(np.nanmax(shares.base))
    p = np.minimum(counts / base, 1.0)
    if together is None:
        covariance = np.diag(p * (1 - p)) / base
    else:
        rounded = publish_counts(np.rint(together))
        both = np.where(np.isnan(rounded), FEWEST_SHOWN / 2, rounded) / base
        covariance = (both - np.outer(p, p)) / base
    key = b"".join(v.tobytes() for v in (shares.count, shares.few, p, covariance)) + bytes(
        str(base), "ascii"
    )
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _bands(p, covariance, shares, base)
    return _kept[key]


def _bands(
    p: npt.NDArray[np.float64],
    covariance: npt.NDArray[np.float64],
    shares: PublishedShares,
    base: float,
) -> RankBands:
    drawn = _draw(p, covariance, shares, base)
    places = _places(drawn)
    sort = np.where(shares.few, 1.0, shares.count)
    place = 1 + (sort[None, :] > sort[:, None]).sum(axis=1)
    tails = [(1 - confidence) / 2 for confidence in (POSSIBLE, LIKELY)]
    edges = _quantiles(places, [end for tail in tails for end in (tail, 1 - tail)])
    widest_of = (np.minimum, np.maximum, np.minimum, np.maximum)
    found = [pick(edge, place) for pick, edge in zip(widest_of, edges, strict=True)]
    for same in (np.flatnonzero(sort == value) for value in np.unique(sort)):
        for band, widest in zip(found, (np.min, np.max, np.min, np.max), strict=True):
            band[same] = widest(band[same])
    first, last, likely_first, likely_last = (band.astype(np.int64) for band in found)
    return RankBands(place.astype(np.int64), first, last, likely_first, likely_last)


def _places(drawn: npt.NDArray[np.float64]) -> Places:
    """Return the place of each theme in each draw: draws x themes in, themes x draws out."""
    by_theme = np.ascontiguousarray(drawn.T)
    above = [(by_theme > one).sum(axis=0, dtype=np.int16) for one in by_theme]
    return 1 + np.array(above, dtype=np.int64)


def _quantiles(places: Places, parts: list[float]) -> list[Places]:
    """Return, for each part, the smallest place that at least this part of draws reach.

    `places`: themes x draws. The inverse of the empirical distribution, one value a theme.
    """
    themes, draws = places.shape
    cells = places + (np.arange(themes) * (themes + 1))[:, None]
    counts = np.bincount(cells.ravel(), minlength=themes * (themes + 1) + 1)[:-1]
    # Places count from 1, so a theme's row of counts starts at 0 with nobody.
    reached = counts.reshape(themes, themes + 1).cumsum(axis=1)
    return [(reached < part * draws).sum(axis=1) for part in parts]


def _draw(
    p: npt.NDArray[np.float64],
    covariance: npt.NDArray[np.float64],
    shares: PublishedShares,
    base: float,
) -> npt.NDArray[np.float64]:
    """Return draws x themes of shares that could have been, doubt of rounding included."""
    seed = zlib.crc32(np.round(np.append(p, base), 9).tobytes())
    random = np.random.default_rng(seed)
    # Rounded moments may not fit together exactly; what is below nothing is taken as nothing.
    values, vectors = np.linalg.eigh((covariance + covariance.T) / 2)
    spread = vectors * np.sqrt(np.maximum(values, 0))
    # Not a matrix product: waking other threads for so little takes longer than the sum.
    drawn = p + np.einsum("ij,kj->ik", random.standard_normal((DRAWS, len(p))), spread)
    off = np.where(shares.few, FEWEST_SHOWN / 2 - 1, ROUNDING_ADDS)
    off = np.where(shares.count == 0, 0.0, off)
    return drawn + random.uniform(-1, 1, drawn.shape) * off / base
