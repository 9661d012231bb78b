"""What all groups share: wishes that do well in every group, not only in the largest.

After the red-dwarf library's group-aware consensus: the geometric mean over groups of each
group's share, smoothed as Jeffreys' prior does, so that one silent group does not decide.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from needsmap.analysis.disclosure import PublishedShares, middle_counts


def jeffreys(counts: npt.ArrayLike, bases: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return shares smoothed by Jeffreys' prior: (k + ½) ÷ (n + 1)."""
    return (np.asarray(counts, dtype=float) + 0.5) / (np.asarray(bases, dtype=float) + 1)


def shared_by_all(bands: Sequence[PublishedShares]) -> npt.NDArray[np.float64]:
    """Return each theme's common-ground score (0-1) over the bands of one group.

    `bands`: published shares of the same themes, one a band. The score is the geometric mean
    of the smoothed published shares of all bands that may be shown; NaN when fewer than two
    may. A count shown as "fewer than 8" is taken as 4.
    """
    shown = [band for band in bands if band.shown.any()]
    if len(shown) < 2:
        return np.full(bands[0].share.shape if bands else 0, np.nan)
    logs = [np.log(jeffreys(middle_counts(band), band.base)) for band in shown]
    return np.exp(np.mean(logs, axis=0))
