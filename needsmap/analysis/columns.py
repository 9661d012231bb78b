"""One column of a table of published shares: its numbers, and its words all at once."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from needsmap.analysis.disclosure import PublishedShares, share_words
from needsmap.words import say


def column_of(table: PublishedShares, column: int) -> PublishedShares:
    """Return one theme's shares of all areas from a table of areas x themes."""
    return PublishedShares(*(getattr(table, f.name)[:, column] for f in fields(PublishedShares)))


@dataclass(frozen=True, eq=False)
class ColumnWords:
    """Words of one column, as `disclosure.Share` has them: shares, limits, rounded bases."""

    shares: npt.NDArray[np.object_]
    ranges: list[str]
    bases: list[str]


def column_words(table: PublishedShares) -> ColumnWords:
    """Return the words of every cell of one column; each different one is made once."""
    known = table.shown & ~table.few & ~np.isnan(table.share)
    ends = [np.rint(100 * np.nan_to_num(end)).astype(np.int64) for end in (table.low, table.high)]
    pairs = list(zip(*(end.tolist() for end in ends), strict=True))
    told = {pair: say("{low}% to {high}%", low=pair[0], high=pair[1]) for pair in set(pairs)}
    bases = np.nan_to_num(table.base).astype(np.int64).tolist()
    return ColumnWords(
        share_words(table),
        [told[pair] if shown else "" for pair, shown in zip(pairs, known, strict=True)],
        [f"{base:,}" for base in bases],
    )
