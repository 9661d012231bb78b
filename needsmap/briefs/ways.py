"""Ways to a service in words: how far as the crow flies, and about how long on foot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from needsmap.briefs.saying import distance, length
from needsmap.words import count as plural
from needsmap.words import say


def way_words(metres: float, minutes: float) -> str:
    """Return a distance both ways: "650 m as the crow flies, about 11 minutes on foot"."""
    on_foot = plural("about {n} minute on foot", "about {n} minutes on foot", _walk(minutes))
    return say("{distance}, {walk}", distance=distance(metres), walk=on_foot)


def ways_in_columns(ways: pd.DataFrame) -> pd.DataFrame:
    """Return ways in two columns of short words; their headings say what is measured.

    In: `metres` (straight line), `minutes` (on foot). Out, a row each: "3.2 km", "51 min".
    """
    metres, minutes = ways["metres"].to_numpy(float), ways["minutes"].to_numpy(float)
    # As exactly as the words tell them: so a table of all areas holds few different ones.
    near = np.maximum(50, np.round(metres / 50) * 50)
    told = np.where(metres < 975, near, np.round(metres / 100) * 100)
    return pd.DataFrame(
        {
            say("Straight line"): _worded(told, length),
            say("Walk, about"): _worded(np.round(minutes), _minutes),
        },
        index=ways.index,
    )


def _worded(numbers: npt.NDArray[np.float64], word: Callable[[float], str]) -> np.ndarray:
    different, which = np.unique(numbers, return_inverse=True)
    return np.array([word(number) for number in different.tolist()], object)[which.reshape(-1)]


def _minutes(minutes: float) -> str:
    return say("{n} min", n=_walk(minutes))


def _walk(minutes: float) -> int:
    return max(1, round(minutes))
