"""One way of working out a number, shown with its formula, source and examples.

All that is folded away is one piece of markup, written once for everybody: as elements of
their own the page's two hundred messages took half a slow line's time (`passages`).
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from needsmap.briefs.shapes import Example, Method
from needsmap.draw.safe import map_text
from needsmap.ui import show
from needsmap.ui.plain import plain, visible
from needsmap.ui.tabled import tabled
from needsmap.words import say


def method(one: Method) -> None:
    """Show one method; its details are folded so that the list can be read over."""
    with st.expander(plain(one.title)):
        show.passage(written(one))


@lru_cache(maxsize=200)
def written(one: Method) -> str:
    """Return what is folded away of one method, as markup: words, formula, examples, source."""
    parts = [f"<p>{_text(one.words)}</p>"]
    if one.formula:
        parts.append(f'<pre class="nm-formula">{_text(one.formula)}</pre>')
    for number, example in enumerate(one.examples, 1):
        parts += _example(number, example)
    where = f"{one.source} ({one.date})" if one.date else one.source
    if where:
        parts.append(_quiet(say("Where it comes from: {where}", where=where)))
    return f'<div class="nm-passage">{"".join(parts)}</div>'


def _example(number: int, example: Example) -> list[str]:
    rows = [(say("given"), *pair) for pair in example.given]
    rows += [(say("gives"), *pair) for pair in example.result]
    table = pd.DataFrame(rows, columns=["", say("What"), say("Value")])
    parts = [
        f"<p>{_text(say('Example {number}', number=number))}</p>",
        f"<div>{tabled(table, alt=say('A worked example'))}</div>",
    ]
    if example.source:
        parts.append(_quiet(say("Worked out by: {source}", source=example.source)))
    return parts


def _quiet(words: str) -> str:
    return f'<p class="nm-quiet">{_text(words)}</p>'


def _text(words: str) -> str:
    return map_text(visible(words))
