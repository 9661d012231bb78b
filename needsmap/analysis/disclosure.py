"""The disclosure rules: the only place where a count meets a threshold.

Every number anybody sees passes through here, and everything worked out later (shares,
orders, classes, intervals, sentences) is worked out from what leaves here, never from the
raw counts. The same question always gives the same number (rule D5): there is no noise.

Rules (policy v1): a count of 0 is shown as 0, 1-7 as "fewer than 8", any other is rounded
to the nearest 5; an area or group whose rounded base is under 10 (or a larger number set
in ``NEEDSMAP_SMALLEST_BASE``) shows nothing and points to the larger area around it (D2);
at most two attributes from listed bands may be combined (D3).
After NHS England's rule for hospital statistics (1-7 hidden, others to 5, since 2018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from needsmap.analysis.shares import wilson_extremes
from needsmap.errors import Refused
from needsmap.words import count as plural
from needsmap.words import say

ROUND_TO = 5
FEWEST_SHOWN = 8
"""Counts from 1 up to one under this are shown as "fewer than 8"."""
SMALLEST_BASE = 10
MOST_ATTRIBUTES = 2
ROUNDING_ADDS = ROUND_TO / 2
"""A rounded count stands for a true one at most this far away."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Count:
    """A published count of people.

    value : rounded, or None when hidden. words : ready to show. why : the reason when hidden.
    """

    value: int | None
    words: str
    why: str = ""


@dataclass(frozen=True)
class Share:
    """A published share of people, as fractions 0-1, worked out from published counts.

    value : None when hidden or only known as "under x %". low, high : limits that include
    what rounding adds; None when hidden. words : "62%", "under 15%" or "not shown". why :
    the reason when hidden.
    """

    value: float | None
    low: float | None
    high: float | None
    words: str
    why: str = ""

    @property
    def range_words(self) -> str:
        """Return the limits in words, like "50% to 72%", or "" without a share to limit."""
        if self.value is None or self.low is None or self.high is None:
            return ""
        return say("{low}% to {high}%", low=round(100 * self.low), high=round(100 * self.high))


@dataclass(frozen=True)
class PublishedShares:
    """Shares of a whole table at once; arrays of the same shape, float, NaN when hidden.

    count : published counts. base : published bases (broadcast). share : count ÷ base, at
    most 1. low, high : limits with what rounding adds. few : True where a count is shown as
    "fewer than 8" (then share is NaN but low and high are given). shown : True where the
    base may be shown at all.
    """

    count: npt.NDArray[np.float64]
    base: npt.NDArray[np.float64]
    share: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    few: npt.NDArray[np.bool_]
    shown: npt.NDArray[np.bool_]


def row_of(table: PublishedShares, row: int) -> PublishedShares:
    """Return one row of a table of published shares, such as one area's themes."""
    return PublishedShares(*(getattr(table, f.name)[row] for f in fields(PublishedShares)))


def publish_counts(raw: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return published counts of any shape: 0, NaN for "fewer than 8", else to nearest 5."""
    if (counts := np.asarray(raw, dtype=np.int64)).size and counts.min() < 0:
        raise ValueError("`raw` must hold counts of people, got a negative number")
    rounded = ((counts + ROUND_TO // 2) // ROUND_TO * ROUND_TO).astype(float)
    return np.where((counts > 0) & (counts < FEWEST_SHOWN), np.nan, rounded)


def publish_sums(
    raw_sums: npt.ArrayLike,
    raw_base: npt.ArrayLike,
    *,
    smallest_base: int = SMALLEST_BASE,
    confidence: float = 0.95,
) -> PublishedShares:
    """Return published mean parts of people, when each gave a part from 0 to 1.

    `raw_sums`: sums of those parts (shares of a budget, points of a ranking over the most
    one can give), of `raw_base` people. One person moves a sum by at most 1, as with a
    count, so sums are rounded and hidden exactly as counts are; a sum above 0 is never
    shown as 0. The limits are Wilson's, which hold for any parts between 0 and 1 because
    none spread wider than yes and no.
    """
    sums = np.asarray(raw_sums, dtype=float)
    whole = np.where((sums > 0) & (sums < 1), 1, np.rint(sums)).astype(np.int64)
    return publish_shares(whole, raw_base, smallest_base=smallest_base, confidence=confidence)


def middle_counts(table: PublishedShares) -> npt.NDArray[np.float64]:
    """Return published counts with "fewer than 8" as 4, the middle of 1 to 7; NaN if hidden."""
    return np.where(table.few, FEWEST_SHOWN / 2, table.count)


def may_show(raw_base: npt.ArrayLike, *, smallest_base: int = SMALLEST_BASE) -> npt.NDArray:
    """Return True where an area or group of so many answers may be shown at all.

    `smallest_base` may be raised above 10, never lowered.
    """
    published = publish_counts(raw_base)
    return np.nan_to_num(published, nan=0.0) >= max(smallest_base, SMALLEST_BASE)


def publish_shares(
    raw_counts: npt.ArrayLike,
    raw_base: npt.ArrayLike,
    *,
    smallest_base: int = SMALLEST_BASE,
    confidence: float = 0.95,
) -> PublishedShares:
    """Return published shares of counts within bases; shapes broadcast.

    The limits are the widest Wilson limits over every true count and base that round to
    the published ones (each at most 2.5 away; a hidden count is anything from 1 to 7).
    """
    counts, bases = np.broadcast_arrays(
        np.asarray(raw_counts, dtype=np.int64), np.asarray(raw_base, dtype=np.int64)
    )
    shown = may_show(bases, smallest_base=smallest_base)
    base = np.where(shown, publish_counts(bases), np.nan)
    count = np.where(shown, publish_counts(counts), np.nan)
    few = shown & np.isnan(count)
    with np.errstate(invalid="ignore"):
        share = np.minimum(count / base, 1.0)
    least = np.where(few, 1.0, np.where(count == 0, 0.0, count - ROUNDING_ADDS))
    most = np.where(few, FEWEST_SHOWN - 1.0, np.where(count == 0, 0.0, count + ROUNDING_ADDS))
    low, high = wilson_extremes(
        least, most, base - ROUNDING_ADDS, base + ROUNDING_ADDS, confidence=confidence
    )
    return PublishedShares(count, base, share, low, high, few, shown)


def publish_count(raw: int) -> Count:
    """Return one published count in words; see `publish_counts`."""
    value = float(publish_counts(raw))
    if np.isnan(value):
        return Count(None, few_count_words(), why_few())
    return Count(int(value), f"{int(value):,}")


def publish_base(raw: int, *, filtered: bool = False, smallest_base: int = SMALLEST_BASE) -> Count:
    """Return the base of an area or group; hidden entirely when too small to show.

    With a filter on, nobody looks the same as a few: telling the two apart in many small
    groups lets an attacker pin people down (tests/analysis/test_disclosure_attack.py).
    """
    if bool(may_show(raw, smallest_base=smallest_base)):
        return publish_count(raw)
    if tells_nobody(raw, filtered=filtered):
        return Count(0, "0")
    lowest = max(smallest_base, SMALLEST_BASE)
    return Count(None, say("fewer than {number}", number=lowest), why_hidden(smallest_base))


def tells_nobody(raw_base: int, *, filtered: bool) -> bool:
    """Return whether it may be said that nobody answered: never within a filter."""
    return raw_base == 0 and not filtered


def one_share(table: PublishedShares, *index: int) -> Share:
    """Return one cell of a table of published shares, with words."""
    low, high = float(table.low[index]), float(table.high[index])
    if not table.shown[index]:
        return Share(None, None, None, say("not shown"), why_hidden())
    if table.few[index]:
        return Share(None, low, high, few_words(float(table.base[index])), why_few())
    value = float(table.share[index])
    return Share(value, low, high, percent(value))


def few_words(published_base: float) -> str:
    """Return "under x%" for a count shown as "fewer than 8", true for every base that rounds so.

    In a base so small that x would reach 100 the count itself is said instead.
    """
    limit = int(np.ceil(100 * FEWEST_SHOWN / (published_base - ROUNDING_ADDS)))
    if limit >= 100:
        return say("fewer than {number} people", number=FEWEST_SHOWN)
    return say("under {percent}%", percent=limit)


def share_words(table: PublishedShares) -> npt.NDArray[np.object_]:
    """Return the words of every cell of a table of published shares."""
    # A table has few different words: each is made once and then looked up.
    whole = np.floor(100 * np.nan_to_num(table.share) + 0.5).astype(np.int64)
    words = np.array([f"{i}%" for i in range(101)], dtype=object)[whole]
    bases = np.broadcast_to(table.base, table.few.shape)
    for base in np.unique(bases[table.few]):
        words[table.few & (bases == base)] = few_words(float(base))
    words[~table.shown] = say("not shown")
    return words


def percent(value: float) -> str:
    """Return a fraction as a whole percentage, halves up: 0.615 → "62%"."""
    return f"{int(np.floor(100 * value + 0.5))}%"


def few_count_words() -> str:
    """Return the words for a count of 1 to 7."""
    return say("fewer than {number}", number=FEWEST_SHOWN)


def why_few() -> str:
    """Return why a small count is not given exactly."""
    return say(
        "Counts of 1 to {most} are not given exactly, so nobody can be picked out.",
        most=FEWEST_SHOWN - 1,
    )


def why_hidden(smallest_base: int = SMALLEST_BASE) -> str:
    """Return why an area or group is hidden."""
    return plural(
        "We show areas and groups from {n} answer, so nobody can be picked out.",
        "We show areas and groups from {n} answers, so nobody can be picked out.",
        max(smallest_base, SMALLEST_BASE),
    )


def check_filter(
    groups: Sequence[tuple[str, str]], bands: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, str], ...]:
    """Return the filter when the rules allow it (D3).

    `groups` are (group, band) pairs; `bands` the listed bands of each group.

    Raises
    ------
    Refused
        When more than two attributes are combined, the same one twice, or a band is not listed.
    """
    if len(groups) > MOST_ATTRIBUTES or len({group for group, _ in groups}) < len(groups):
        raise Refused(
            say("At most two different groups can be combined."),
            say("Take one away: finer groups would let people be picked out."),
        )
    for group, band in groups:
        if band not in bands.get(group, ()):
            raise Refused(
                say("'{band}' is not one of the groups people were sorted into.", band=band),
                say("Choose from the list."),
            )
    return tuple(groups)


def policy_sentences(smallest_base: int = SMALLEST_BASE) -> tuple[str, ...]:
    """Return the rules in force as plain sentences, for notes and the method page."""
    lowest = max(smallest_base, SMALLEST_BASE)
    return (
        say("Numbers of people are rounded to the nearest {five}.", five=ROUND_TO),
        say(
            "A number from 1 to {most} is shown as “fewer than {few}”.",
            most=FEWEST_SHOWN - 1,
            few=FEWEST_SHOWN,
        ),
        say(
            "An area or group is shown from about {base} answers; smaller ones are shown only "
            "inside the larger area around them.",
            base=lowest,
        ),
        say("Shares, orders and colours are worked out from these rounded numbers."),
        say("At most two groups can be combined."),
        say("New answers become public only when ten or more have come in or gone."),
    )
