"""One way of working out a number, shown with its formula, source and examples."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from needsmap.briefs.shapes import Example, Method
from needsmap.ui import show
from needsmap.ui.plain import plain
from needsmap.words import say


def method(one: Method) -> None:
    """Show one method; its details are folded so that the list can be read over."""
    with st.expander(plain(one.title)):
        st.markdown(plain(one.words))
        if one.formula:
            st.code(one.formula, language=None, wrap_lines=True)
        for number, example in enumerate(one.examples, 1):
            _example(one, number, example)
        where = f"{one.source} ({one.date})" if one.date else one.source
        if where:
            st.caption(plain(say("Where it comes from: {where}", where=where)))


def _example(one: Method, number: int, example: Example) -> None:
    st.markdown(plain(say("Example {number}", number=number)))
    rows = [(say("given"), *pair) for pair in example.given]
    rows += [(say("gives"), *pair) for pair in example.result]
    show.table(
        pd.DataFrame(rows, columns=["", say("What"), say("Value")]),
        key=f"example-{one.id}-{number}",
        alt=say("A worked example"),
    )
    if example.source:
        st.caption(plain(say("Worked out by: {source}", source=example.source)))
