"""Tables that wrap, stack on a phone and print: markup made from encoded text."""

from __future__ import annotations

import pandas as pd

from needsmap.draw.safe import map_text
from needsmap.ui.plain import visible
from needsmap.words import say

_LONG = 14
"""Rows from which a table scrolls inside its own frame on a screen."""


def tabled(shown: pd.DataFrame, *, alt: str) -> str:
    """Return a table as markup, every text encoded.

    On a narrow screen each row becomes a block in which a cell carries its column's name.
    Numbers stand to the right; what is missing is a dash.
    """
    names = [visible(name) for name in shown.columns]
    numbers = [pd.api.types.is_numeric_dtype(shown.dtypes.iloc[i]) for i in range(len(names))]
    classes = [' class="nm-number"' if number else "" for number in numbers]
    head = "".join(
        f'<th scope="col"{kind}>{map_text(name)}</th>'
        for name, kind in zip(names, classes, strict=True)
    )
    rows = []
    for values in shown.itertuples(index=False, name=None):
        cells = "".join(
            _cell(text(value), names[i], classes[i], first=i == 0) for i, value in enumerate(values)
        )
        rows.append(f"<tr>{cells}</tr>")
    long = " nm-long" if len(shown) > _LONG else ""
    return (
        f'<div class="nm-tabled{long}" role="region" tabindex="0" aria-label="{map_text(alt)}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def text(value: object) -> str:
    """Return a cell in words: whole numbers with thousands, a dash for what is missing."""
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return say("–")
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return visible(value) or say("–")


def _cell(words: str, column: str, kind: str, *, first: bool) -> str:
    tag = "th" if first else "td"
    scope = ' scope="row"' if first else ""
    return f'<{tag}{scope}{kind} data-column="{map_text(column)}">{map_text(words)}</{tag}>'
