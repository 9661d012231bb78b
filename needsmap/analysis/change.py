"""Has it changed? Differences between two surveys, with their doubt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from needsmap.analysis.disclosure import PublishedShares, middle_counts
from needsmap.analysis.shares import Fractions, wilson

ROSE, FELL, CANNOT_TELL, HIDDEN = 1, -1, 0, -2
ALIKE = 0.85
"""Two wordings with at least this likeness (0-1) count as the same question."""


def newcombe(
    count: npt.ArrayLike,
    base: npt.ArrayLike,
    earlier_count: npt.ArrayLike,
    earlier_base: npt.ArrayLike,
    *,
    confidence: float = 0.95,
) -> tuple[Fractions, Fractions]:
    """Return lower and upper limits of the difference of two shares, later minus earlier.

    Newcombe (1998), Statistics in Medicine 17:873, method 10: the hybrid of two Wilson
    intervals, without continuity correction. Shapes broadcast.
    """
    now = np.asarray(count, dtype=float) / np.asarray(base, dtype=float)
    then = np.asarray(earlier_count, dtype=float) / np.asarray(earlier_base, dtype=float)
    return _hybrid(
        now,
        wilson(count, base, confidence=confidence),
        then,
        wilson(earlier_count, earlier_base, confidence=confidence),
    )


def differences(
    later: PublishedShares, earlier: PublishedShares
) -> tuple[Fractions, Fractions, Fractions, npt.NDArray[np.int64]]:
    """Return difference, its limits, and what may be said, from published shares.

    The published limits go in, so what rounding adds is in these too. What may be said:
    `ROSE` or `FELL` when the limits lie on one side of no change, `CANNOT_TELL`, or `HIDDEN`.
    Where a count is shown as "fewer than 8" in either survey the difference and its limits
    are NaN, never worked out from the middle of what it could be; what may be said stands.
    """
    shown = later.shown & earlier.shown
    now, then = (np.minimum(middle_counts(s) / s.base, 1.0) for s in (later, earlier))
    low, high = _hybrid(now, (later.low, later.high), then, (earlier.low, earlier.high))
    said = np.full(shown.shape, CANNOT_TELL)
    with np.errstate(invalid="ignore"):
        said[low > 0] = ROSE
        said[high < 0] = FELL
    said[~shown] = HIDDEN
    hide = np.where(shown & ~later.few & ~earlier.few, 0.0, np.nan)
    return now - then + hide, low + hide, high + hide, said


def likeness(one: str, other: str) -> float:
    """Return how alike two wordings are, 0-1: shared pairs of letters (Dice 1945).

    Case, signs and spaces do not count. Dice (1945), Ecology 26:297.
    """
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return float(first == second)
    both = sum(min(first.count(p), second.count(p)) for p in set(first))
    return 2 * both / (len(first) + len(second))


def same_question(
    one: str, other: str, options: Sequence[str] = (), other_options: Sequence[str] = ()
) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    """Return whether two questions were asked alike, and options only the first or second had.

    Options differ only when no option of the other form is at least `ALIKE` to them.
    """
    alike = likeness(one, other) >= ALIKE
    first = tuple(o for o in options if not _among(o, other_options))
    second = tuple(o for o in other_options if not _among(o, options))
    return alike, first, second


def _among(option: str, others: Sequence[str]) -> bool:
    return any(likeness(option, other) >= ALIKE for other in others)


def _hybrid(
    now: Fractions,
    limits: tuple[Fractions, Fractions],
    then: Fractions,
    earlier: tuple[Fractions, Fractions],
) -> tuple[Fractions, Fractions]:
    change = now - then
    low = change - np.sqrt((now - limits[0]) ** 2 + (earlier[1] - then) ** 2)
    high = change + np.sqrt((limits[1] - now) ** 2 + (then - earlier[0]) ** 2)
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def _pairs(text: str) -> list[str]:
    letters = "".join(c for c in text.casefold() if c.isalnum())
    return [letters[i : i + 2] for i in range(len(letters) - 1)]
