"""What a pack is made of: levels, measures, sources, surveys shipped with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Direction = Literal["higher_is_worse", "higher_is_better", "neither"]
Statistic = Literal["score", "rank", "decile", "share", "count", "value"]


@dataclass(frozen=True)
class Level:
    """A geography of a place, e.g. id "lsoa", label "LSOA", plural "LSOAs"."""

    id: str
    label: str
    plural: str


@dataclass(frozen=True)
class Indicator:
    """A published measure.

    `of` is the number of areas a rank counts among (33,755 in England in 2025), None for
    other statistics. `column` is its heading in indicators.csv, as the publisher wrote it.
    """

    id: str
    label: str
    unit: str
    direction: Direction
    domain: str
    statistic: Statistic
    of: int | None
    vintage: str
    source: str
    column: str


@dataclass(frozen=True)
class Source:
    """Where something in the pack came from and how it must be credited."""

    title: str
    licence: str
    attribution: str
    date: str
    path: str


@dataclass(frozen=True)
class SampleSurvey:
    """A survey shipped with a pack, to try things with. `path` is the file itself."""

    path: Path
    title: str
    asked: date | None
