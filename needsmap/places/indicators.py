"""Indicators of a pack: which there are, their values, and deciles from ranks."""

from __future__ import annotations

from typing import TypeVar

import pandas as pd

from needsmap.errors import NotFound
from needsmap.places.pack import Indicator, Pack
from needsmap.words import say

_Numbers = TypeVar("_Numbers", float, pd.Series)


def decile_of_rank(rank: _Numbers, of: int) -> _Numbers:
    """Return the tenth (1-10) a rank of 1 to `of` falls in: ceil(10·rank/N).

    This is how the Indices of Deprivation 2025 form deciles: equal in 33,755 of 33,755
    areas, where quantile cuts differ in three.
    """
    return -((-10 * rank) // of)  # ceiling without rounding error


def indicator(pack: Pack, indicator_id: str) -> Indicator:
    """Return what is known about an indicator; raise `NotFound` when the pack lacks it."""
    found = pack.indicator_info.get(indicator_id)
    if found is None:
        raise NotFound(
            say("{title} has no figure '{id}'.", title=pack.title, id=indicator_id),
            say("Choose one from the list of figures."),
        )
    return found


def values(pack: Pack, indicator_id: str) -> pd.Series:
    """Return an indicator by finest area code, NaN where not published."""
    return pack.indicators[indicator(pack, indicator_id).id]


def deciles(pack: Pack, indicator_id: str) -> pd.Series:
    """Return tenths (1-10; 1 = the tenth with the lowest rank) for an indicator.

    For a decile indicator these are the published ones; for a rank they are worked out from
    the number it counts among.

    Raises
    ------
    NotFound
        When the pack lacks the indicator, or it is neither a decile nor a rank among a
        known number.
    """
    known = indicator(pack, indicator_id)
    column = pack.indicators[known.id]
    if known.statistic == "decile":
        return column
    if known.statistic == "rank" and known.of:
        return decile_of_rank(column, known.of)
    raise NotFound(
        say("'{label}' is not put into tenths.", label=known.label),
        say("Choose a figure that is a rank or a tenth."),
    )
