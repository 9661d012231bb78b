"""One way of working out a number, shown with its formula, source and examples."""

from __future__ import annotations

import streamlit as st

from needsmap.briefs.shapes import Method
from needsmap.ui import passages, show
from needsmap.ui.plain import plain


def method(one: Method) -> None:
    """Show one method; its details are folded so that the list can be read over."""
    with st.expander(plain(one.title)):
        show.passage(passages.method(one))
