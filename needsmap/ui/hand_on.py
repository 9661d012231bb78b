"""Handing a picture on: as a file, on paper, as a link."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from needsmap.briefs.provenance import Provenance
from needsmap.tables import MapLayer
from needsmap.ui import show
from needsmap.ui.plain import plain
from needsmap.words import say


def offer(
    provenance: Provenance,
    tables: Mapping[str, pd.DataFrame],
    *,
    name: str,
    layer: MapLayer | None = None,
) -> None:
    """Offer the tables of a page as files, how to print it, and its link."""
    with st.container(key="actions", horizontal=True, gap="small"):
        with st.popover(say("Print")):
            st.markdown(
                plain(
                    say(
                        "Press Ctrl and P (on a Mac: ⌘ and P). The page prints without its "
                        "menu and choices."
                    )
                )
            )
        with st.popover(say("Copy link")):
            st.markdown(
                plain(
                    say(
                        "Whoever opens this link sees this picture. The mark {mark} tells "
                        "whether the figures are the same.",
                        mark=provenance.mark,
                    )
                )
            )
            st.code(show.full_link(provenance), language=None, wrap_lines=True)
