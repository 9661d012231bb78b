"""Where areas stand on an indicator, at the finest level as published and above it by people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from needsmap.analysis import deprivation
from needsmap.analysis.comparison import index_class
from needsmap.briefs.catalogue import domain_label
from needsmap.briefs.pack_key import PackKey
from needsmap.words import say

if TYPE_CHECKING:
    from needsmap.places.pack import Indicator, Pack


@dataclass(frozen=True, eq=False)
class Standing:
    """Areas of one level on one measure.

    position : area code → 0-1 towards the most deprived (or the highest value when the
    measure has no direction). national : True when compared with the whole country, False
    when only within the place. ranks, deciles : as published, finest level only. figures :
    code → the measure itself, finest level only. how : in words.
    """

    indicator: Indicator
    level: str
    position: pd.Series
    national: bool
    deciles: pd.Series
    figures: pd.Series
    how: str


def newest_indicators(pack: Pack) -> dict[str, str]:
    """Return domain → the id of the indicator that speaks for it: newest, its rank first."""
    order = {"rank": 0, "decile": 1, "score": 2}
    listed = sorted(
        pack.indicator_info.values(),
        key=lambda i: (_backwards(i.vintage), order.get(i.statistic, 3)),
    )
    found: dict[str, str] = {}
    for info in listed:
        if info.domain:
            found.setdefault(info.domain, info.id)
    return found


def indicator_title(info: Indicator) -> str:
    """Return an indicator in words: its domain when it is one of the index, else its label."""
    if info.domain and info.statistic in {"rank", "decile", "score"}:
        return domain_label(info.domain)
    return info.label


def standing(pack: Pack, indicator_id: str, level: str) -> Standing:
    """Return where the areas of a level stand on an indicator; its series are never changed.

    Above the finest level it is the people-weighted mean of the small areas' positions.
    """
    return _kept(PackKey(pack, "indicators"), indicator_id, level)


@lru_cache(maxsize=256)
def _kept(key: PackKey, indicator_id: str, level: str) -> Standing:
    pack = key.pack
    info = pack.indicator_info[indicator_id]
    values = pack.indicators[indicator_id]
    position, national = _position(pack, info)
    if level == pack.levels[0].id:
        deciles = _sibling_values(pack, info, "decile")
        ranked = _sibling(pack, info, "rank")
        if deciles.isna().all() and ranked is not None and ranked.of:
            ranks = pack.indicators[ranked.id].dropna()
            deciles = pd.Series(deprivation.tenth(ranks, of=ranked.of), index=ranks.index)
        return Standing(info, level, position, national, deciles, values, say("as published"))
    people = pack.areas.set_index("area_code")["population"]
    mean = deprivation.weighted_position(
        position, people.reindex(position.index), pack.membership[level]
    )
    nothing = pd.Series(np.nan, index=mean.index)
    finest = pack.levels[0]
    how = say("the mean of its {plural}, weighted by people", plural=finest.plural)
    return Standing(info, level, mean, national, nothing, nothing, how)


def measured_thirds(
    pack: Pack, indicator_id: str, level: str, codes: tuple[str, ...]
) -> np.ndarray:
    """Return the third each area stands in, see `comparison.index_class`; never changed."""
    return _thirds(PackKey(pack, "indicators"), indicator_id, level, codes)


@lru_cache(maxsize=256)
def _thirds(key: PackKey, indicator_id: str, level: str, codes: tuple[str, ...]) -> np.ndarray:
    return index_class(_kept(key, indicator_id, level).position.reindex(list(codes)))


def where_words(position: float, *, national: bool, country: str) -> str:
    """Return a position in words: "among the most deprived fifth in England"."""
    return fifth_words(national=national, country=country)[fifth(position)]


def fifth_words(*, national: bool, country: str) -> tuple[str, ...]:
    """Return the words of the five fifths, the least deprived first."""
    place = say("in this place")
    if national:
        place = say("in {country}", country=country) if country else say("in the country")
    return (
        say("among the least deprived fifth {place}", place=place),
        say("less deprived than most {place}", place=place),
        say("near the middle {place}", place=place),
        say("more deprived than most {place}", place=place),
        say("among the most deprived fifth {place}", place=place),
    )


def fifth(position: float) -> int:
    """Return 0 (least deprived) to 4: exactly the fifths of ranks, ceil(5 rank / N)."""
    return min(max(int(np.ceil(position * 5 - 1e-9)) - 1, 0), 4)


def country_words(pack: Pack) -> str:
    """Return the country the index ranks within: England for IoD ids, else ""."""
    english = any(i.startswith("iod") for i in pack.indicator_info)
    return say("England") if english else ""


def _position(pack: Pack, info: Indicator) -> tuple[pd.Series, bool]:
    ranked = _sibling(pack, info, "rank")
    if ranked is not None and ranked.of:
        ranks = pack.indicators[ranked.id]
        return pd.Series(deprivation.position(ranks, of=ranked.of), index=ranks.index), True
    deciles = _sibling_values(pack, info, "decile")
    if deciles.notna().any():
        return 1 - (deciles - 0.5) / 10, True
    values = pack.indicators[info.id].astype(float)
    if info.direction == "higher_is_better":
        values = -values
    # Ranked within the place itself: the highest value stands at 1.
    return values.rank(method="average") / max(int(values.notna().sum()), 1), False


def _sibling(pack: Pack, info: Indicator, statistic: str) -> Indicator | None:
    """Return the indicator of the same domain and year with another statistic."""
    if info.statistic == statistic:
        return info
    if not info.domain:
        return None
    for other in pack.indicator_info.values():
        same = (other.domain, other.vintage, other.source) == (
            info.domain,
            info.vintage,
            info.source,
        )
        if same and other.statistic == statistic:
            return other
    return None


def _sibling_values(pack: Pack, info: Indicator, statistic: str) -> pd.Series:
    other = _sibling(pack, info, statistic)
    if other is None:
        return pd.Series(np.nan, index=pack.indicators.index)
    return pack.indicators[other.id].astype(float)


def _backwards(vintage: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in str(vintage))
