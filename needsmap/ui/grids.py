"""How a table stands in Streamlit's grid: heights, widths, columns; and how it travels."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from needsmap.words import say

_ROW_HEIGHT = 38
_LONGEST_TABLE = 12


def grid(shown: pd.DataFrame, key: str, alt: str) -> dict[str, Any]:
    """Return what `st.dataframe` is told about a table besides its rows."""
    rows = min(len(shown), _LONGEST_TABLE)
    order, widths = _columns(tuple(shown.columns))
    return {
        "hide_index": True,
        "row_height": _ROW_HEIGHT,
        "height": _ROW_HEIGHT * (rows + 1) + 3,
        "column_order": list(order),
        "column_config": {name: dict(wide) for name, wide in widths.items()},
        "key": key,
        "alt": alt,
    }


def as_arrow(shown: pd.DataFrame) -> pa.Table | pd.DataFrame:
    """Return a table as it travels; as it is where its columns hold several kinds of thing."""
    try:
        return pa.Table.from_pandas(shown, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return shown


@lru_cache(maxsize=256)  # the same few headings come at every run of every viewer
def _columns(headings: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return the columns shown, in order, and the widths of some by heading.

    Widths are CSS pixels; columns without one fit what is in them.
    """
    widths = {
        say("Area"): 190,
        say("In words"): 330,
        say("Share"): 100,
        say("Could be"): 130,
        say("The index"): 300,
    }
    order = tuple(name for name in headings if name != say("Area code"))
    wide = {n: st.column_config.Column(width=widths[n]) for n in headings if n in widths}
    return order, wide
