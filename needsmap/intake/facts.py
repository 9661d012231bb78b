"""What a column's answers show by themselves, before any heading is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from needsmap.intake import shapes
from needsmap.intake.raw_table import Encoded, RawTable

_LOOKED_AT = 20_000
_SAMPLE = 400
_SHAPED = 0.8
_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r".*\d\.\d.*", re.DOTALL)
_KEY = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_:.\-]{10,}")
"""Keys are long, one word, letters with digits."""


@dataclass(frozen=True)
class Facts:
    """Distinct answers of a column, cleaned, most frequent first, and what shape they have.

    answered: rows with an answer. distinct: distinct answers in all. sample: the 400 most
    frequent, of which shapes are told. Every fact is found when it is asked for.
    """

    answered: int
    distinct: int
    sample: tuple[str, ...]
    _column: Encoded = field(repr=False, compare=False)
    _order: npt.NDArray[np.int64] = field(repr=False, compare=False)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return at most 20,000 distinct answers."""
        return tuple(self._column.dictionary.take(pa.array(self._order)).to_pylist())

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Return how many answers each of the texts is."""
        return tuple(self._column.counts[self._order].tolist())

    @cached_property
    def words(self) -> float:
        """Return the mean number of words of an answer."""
        return self._share(sum(len(text.split()) for text in self.sample))

    @cached_property
    def band(self) -> float:
        """Return the share of answers that are spans of numbers."""
        return self._share_of(shapes.BAND)

    @cached_property
    def clock(self) -> float:
        """Return the share of answers that are dates, times that of answers with a time of day."""
        # Midnight is what programs write when only a day was given.
        timed = sum(
            shapes.CLOCK_PART.search(text) is not None and not text.endswith(" 00:00:00")
            for text in self._digits
        )
        return self._share(self._share_of(shapes.DATE) * timed)

    @property
    def unique(self) -> float:
        """Distinct answers as a share of all answers."""
        return self.distinct / self.answered if self.answered else 0.0

    @cached_property
    def looks_like(self) -> str:
        """Name the shape most answers have, or ""."""
        digits = self._digits
        if self._are(shapes.EMAIL, [text for text in self.sample if "@" in text]):
            return "email"
        joined = [text for text in self.sample if "-" in text or ":" in text or "." in text]
        if self._are(shapes.UUID, joined) or self._are(shapes.IP_ADDRESS, joined):
            return "identifier"
        if self._are(_KEY, digits):
            return "identifier"
        for name, shape in (
            ("date", shapes.DATE),
            ("area_code", shapes.AREA_CODE),
            ("postcode", shapes.POSTCODE),
            ("point", shapes.POINT),
            ("number", shapes.NUMBER),
        ):
            # Two whole numbers are two options ticked; a point is told to the street at least.
            if self._are(shape, digits) and (name != "point" or self._are(_DECIMAL, digits)):
                return name
        return ""

    @cached_property
    def _digits(self) -> list[str]:
        # Nearly every shape needs a digit, and most answers are words alone.
        return [text for text in self.sample if _DIGIT.search(text)]

    def _share(self, part: float) -> float:
        return part / len(self.sample) if self.sample else 0.0

    def _share_of(self, shape: re.Pattern[str]) -> float:
        return self._share(sum(shape.fullmatch(text) is not None for text in self._digits))

    def _are(self, shape: re.Pattern[str], among: Sequence[str]) -> bool:
        """Say whether most answers have a shape; `among`: those that may have it."""
        fitting = len(among)
        if self._share(fitting) < _SHAPED:
            return False
        for text in among:
            if shape.fullmatch(text) is None:
                fitting -= 1
                if self._share(fitting) < _SHAPED:
                    return False
        return True


def facts_of(column: Encoded) -> Facts:
    """Collect the facts of one column."""
    order = np.argsort(-column.counts, kind="stable")[:_LOOKED_AT]
    sample = column.dictionary.take(pa.array(order[:_SAMPLE])).to_pylist()
    return Facts(column.answered, len(column.dictionary), tuple(sample), column, order)


def distinct_texts(raw: RawTable, position: int) -> dict[str, int]:
    """Return the distinct answers of a column and how often each was given."""
    column = raw.column(position)
    return dict(zip(column.texts, column.counts.tolist(), strict=True))
