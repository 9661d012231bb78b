"""What a column's answers show by themselves, before any heading is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from needsmap.intake import shapes
from needsmap.intake.raw_table import Encoded, RawTable

_LOOKED_AT = 20_000
_SHAPED = 0.8
_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r".*\d\.\d.*", re.DOTALL)
_KEY = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_:.\-]{10,}")
"""Keys are long, one word, letters with digits."""


@dataclass(frozen=True)
class Facts:
    """Distinct answers of a column, cleaned, most frequent first, and shares of shapes.

    texts, counts: at most 20,000 distinct answers. answered: rows with an answer.
    distinct: distinct answers in all. Shares are 0-1 of the distinct answers looked at.
    """

    texts: tuple[str, ...]
    counts: tuple[int, ...]
    answered: int
    distinct: int
    number: float
    date: float
    clock: float
    postcode: float
    area_code: float
    point: float
    email: float
    identifier: float
    band: float
    words: float
    """Mean number of words of an answer."""

    @property
    def unique(self) -> float:
        """Distinct answers as a share of all answers."""
        return self.distinct / self.answered if self.answered else 0.0

    @property
    def looks_like(self) -> str:
        """Name the shape most answers have, or ""."""
        for name in ("email", "identifier", "date", "area_code", "postcode", "point", "number"):
            if getattr(self, name) >= _SHAPED:
                return name
        return ""


def facts_of(column: Encoded) -> Facts:
    """Collect the facts of one column."""
    order = np.argsort(-column.counts, kind="stable")[:_LOOKED_AT]
    texts = column.dictionary.take(pa.array(order)).to_pylist()
    sample = texts[:400]
    # Nearly every shape needs a digit, and most answers are words alone.
    digits = [text for text in sample if _DIGIT.search(text)]
    addresses = [text for text in sample if "@" in text]
    hexadecimal = [text for text in sample if "-" in text or ":" in text or "." in text]

    def share(shape: re.Pattern[str], among: list[str]) -> float:
        if not among:
            return 0.0
        return sum(shape.fullmatch(text) is not None for text in among) / len(sample)

    date = share(shapes.DATE, digits)
    # Midnight is what programs write when only a day was given.
    clock = sum(
        shapes.CLOCK_PART.search(text) is not None and not text.endswith(" 00:00:00")
        for text in digits
    )
    return Facts(
        texts=tuple(texts),
        counts=tuple(column.counts[order].tolist()),
        answered=column.answered,
        distinct=len(column.dictionary),
        number=share(shapes.NUMBER, digits),
        date=date,
        clock=date * clock / len(sample) if sample else 0.0,
        postcode=share(shapes.POSTCODE, digits),
        area_code=share(shapes.AREA_CODE, digits),
        # Two whole numbers are two options ticked; a point is told to the street at least.
        point=min(share(shapes.POINT, digits), share(_DECIMAL, digits)),
        email=share(shapes.EMAIL, addresses),
        identifier=max(
            share(shapes.UUID, hexadecimal),
            share(shapes.IP_ADDRESS, hexadecimal),
            share(_KEY, digits),
        ),
        band=share(shapes.BAND, digits),
        words=sum(len(text.split()) for text in sample) / len(sample) if sample else 0.0,
    )


def distinct_texts(raw: RawTable, position: int) -> dict[str, int]:
    """Return the distinct answers of a column and how often each was given."""
    column = raw.column(position)
    return dict(zip(column.texts, column.counts.tolist(), strict=True))
