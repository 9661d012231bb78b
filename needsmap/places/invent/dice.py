"""Chance that comes out the same on every machine and with every version of Python.

Only `random.Random.random` is used: the one generator whose sequence Python promises to
keep. Each purpose has dice of its own, so that a new service does not move a coastline.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TypeVar

Thing = TypeVar("Thing")
_NORMAL = NormalDist()


class Dice:
    """Dice for one purpose: the same seed and purpose give the same throws."""

    def __init__(self, seed: int, purpose: str) -> None:
        self._source = random.Random(f"{seed}/{purpose}")  # noqa: S311 - invention, not secrecy

    def fraction(self) -> float:
        """Return a number from 0 up to, not including, 1."""
        return self._source.random()

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`, all equally likely."""
        return low + (high - low) * self.fraction()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.fraction() * (high - low + 1))

    def happens(self, chance: float) -> bool:
        """Return True with the given chance (0-1)."""
        return self.fraction() < chance

    def normal(self, mean: float = 0.0, spread: float = 1.0) -> float:
        """Return a normally distributed number (`spread`: standard deviation)."""
        return mean + spread * _NORMAL.inv_cdf(min(max(self.fraction(), 1e-9), 1 - 1e-9))

    def pick(self, things: Sequence[Thing], weights: Iterable[float] | None = None) -> Thing:
        """Return one of `things`, by `weights` if given, else all equally likely."""
        if weights is None:
            return things[int(self.fraction() * len(things))]
        shares = list(weights)
        mark = self.fraction() * sum(shares)
        for thing, share in zip(things, shares, strict=True):
            mark -= share
            if mark < 0:
                return thing
        return things[-1]

    def some(
        self, things: Sequence[Thing], how_many: int, weights: Sequence[float] | None = None
    ) -> list[Thing]:
        """Return up to `how_many` different things, in the order they were drawn."""
        left = list(things)
        shares = list(weights) if weights is not None else [1.0] * len(left)
        drawn: list[Thing] = []
        while left and len(drawn) < how_many and sum(shares) > 0:
            place = self.pick(range(len(left)), shares)
            drawn.append(left.pop(place))
            shares.pop(place)
        return drawn

    def shuffled(self, things: Iterable[Thing]) -> list[Thing]:
        """Return all things in an order of chance."""
        left = list(things)
        return self.some(left, len(left))
