"""Steadying the shares of small areas toward the wider area, by how little they rest on.

Beta-binomial moments after Kleinman (1973), Journal of the American Statistical
Association 68:46. Priorities are not rare events, so a Poisson smoother does not fit; the
correlation is held between 0 and 1, or shares could come out below 0 or above 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from needsmap.analysis.disclosure import ROUNDING_ADDS, PublishedShares, middle_counts
from needsmap.analysis.priorities import Chosen, ThemeShares
from needsmap.analysis.shares import Fractions, wilson
from needsmap.analysis.voice import Voice


@dataclass(frozen=True, eq=False)
class Steadied:
    """Shares drawn toward the wider area's.

    wide : the wider area's share (0-1). alike : ρ, how much areas differ beyond chance (0-1;
    0: no more than chance, so all stand at the wide share). pull : M, answers the wider area
    counts for in each area (inf when ρ is 0). share : one an area; NaN where nobody answered.
    """

    wide: float
    alike: float
    pull: float
    share: Fractions


def steady(counts: npt.ArrayLike, bases: npt.ArrayLike) -> Steadied:
    """Return the steadied share of each area of one theme.

    `counts` of `bases` people named it, one an area (NaN is left out). m = Σx/Σn,
    S = Σn(p−m)², ρ = [S − m(1−m)(k−1)] ÷ [m(1−m)(N − Σn²/N − (k−1))] held to 0-1,
    M = (1−ρ)/ρ, steadied = m + n/(n+M) (p−m).
    """
    x, n = np.asarray(counts, dtype=float), np.asarray(bases, dtype=float)
    known = (n > 0) & ~np.isnan(x)
    share = np.full(x.shape, np.nan)
    if not known.any():
        return Steadied(float("nan"), 0.0, float("inf"), share)
    x, n = np.minimum(x[known], n[known]), n[known]
    total, areas = n.sum(), len(n)
    wide = float(x.sum() / total)
    p = x / n
    chance = wide * (1 - wide)
    room = chance * (total - (n**2).sum() / total - (areas - 1))
    alike = 0.0
    if room > 0:
        beyond = (n * (p - wide) ** 2).sum() - chance * (areas - 1)
        alike = float(np.clip(beyond / room, 0, 1))
    pull = (1 - alike) / alike if alike > 0 else float("inf")
    kept = n / (n + pull) if np.isfinite(pull) else np.zeros_like(n)
    share[known] = wide + kept * (p - wide)
    return Steadied(wide, alike, pull, share)


def steadied_shares(table: PublishedShares, *, confidence: float = 0.95) -> PublishedShares:
    """Return published shares of areas x themes with steadied shares and limits.

    Everything is worked out from the published counts; a count shown as "fewer than 8" is
    taken as the middle of what it could be, and then has a share too. Areas that are hidden
    stay hidden. Limits are Wilson's for the answers each share then rests on (its own and
    the pull, never more than all answers), with what rounding adds.
    """
    share, low, high = (np.full(table.share.shape, np.nan) for _ in range(3))
    counts = middle_counts(table)
    for column in range(table.share.shape[1]):
        found = steady(counts[:, column], table.base[:, column])
        rests_on = table.base[:, column] + min(found.pull, float(np.nansum(table.base[:, column])))
        few = np.where(table.few[:, column], 3.0, ROUNDING_ADDS)
        ends = wilson(found.share * rests_on, rests_on, confidence=confidence)
        share[:, column] = found.share
        low[:, column] = np.clip(ends[0] - few / rests_on, 0, 1)
        high[:, column] = np.clip(ends[1] + few / rests_on, 0, 1)
    nothing = np.zeros_like(table.few)
    return PublishedShares(table.count, table.base, share, low, high, nothing, table.shown)


def steadied(
    voice: Voice, chosen: Chosen, shares: ThemeShares, groups: Sequence[tuple[str, str]] = ()
) -> ThemeShares:
    """Return a question's shares with those of areas steadied; kept with the voice."""
    key = ("steadied", chosen.parts, shares.level, tuple(groups))
    kept = voice.worked_out.get(key)
    if isinstance(kept, ThemeShares):
        return kept
    found = replace(shares, by_area=steadied_shares(shares.by_area))
    voice.remember(key, found)
    return found
