"""Wishes in order, with intervals; and the same for each group beside the others."""

from __future__ import annotations

import streamlit as st

from needsmap.briefs.shapes import PrioritiesBrief
from needsmap.ui import show
from needsmap.ui.plain import plain
from needsmap.words import say

_MOST = 24


def ranked(brief: PrioritiesBrief) -> None:
    """Show all wishes as bars; the thin line is how far the share could be off."""
    left, right = st.columns([3, 2], gap="large")
    half = max(6, (len(brief.wishes) + 1) // 2)
    with left:
        show.wishes(brief.wishes[:half], title=say("People asked for"), most=_MOST, further=True)
    with right:
        if brief.wishes[half:]:
            show.wishes(brief.wishes[half:], title=say("and also for"), most=_MOST)
        st.caption(
            plain(
                say(
                    "The bar is the share of people who named it. The thin line is where the "
                    "share could be if everybody had been asked. Three dots: clear. One dot: "
                    "not clear yet."
                )
            )
        )


def by_group(brief: PrioritiesBrief) -> None:
    """Show what groups have in common first, then each group's own figures."""
    if brief.common:
        show.section(say("What everybody has in common"))
        show.sentences(brief.common)
    shown = brief.tables()["by group"]
    show.table_or(
        shown,
        key="by-group",
        alt=say("Wishes, group by group"),
        words=say("Nobody was asked about themselves, or too few answered to show groups."),
    )


def strengths(brief: PrioritiesBrief) -> None:
    """Show what people are proud of, if they were asked."""
    if brief.strengths:
        show.wishes(brief.strengths, title=say("People are proud of"), strengths=True, most=_MOST)
    else:
        show.sentences([say("Nobody was asked what is good here.")])
