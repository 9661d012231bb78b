"""A brief's tables, made once: every viewer of a picture is shown the same ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Any

import pandas as pd

Tables = dict[str, pd.DataFrame]
_KEPT = "_tables_made"
_MAKING = RLock()
"""One at a time: a hundred viewers who ask at the same moment wait for the first one's."""


def once(make: Callable[[Any], Tables]) -> Callable[[Any], Tables]:
    """Let a brief's `tables` work only the first time; later calls give the same frames.

    The dictionary is the caller's own; the frames are everybody's and must not be changed.
    A brief is frozen, so what it is made of cannot change either.
    """

    @wraps(make)
    def tables(brief: Any) -> Tables:
        kept = vars(brief).get(_KEPT)
        if kept is None:
            with _MAKING:
                kept = vars(brief).get(_KEPT)
                if kept is None:
                    kept = vars(brief)[_KEPT] = make(brief)
        return dict(kept)

    return tables
