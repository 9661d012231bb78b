"""Wishes in order, with intervals; and the same for each group beside the others."""

from __future__ import annotations

import streamlit as st

from needsmap.briefs.shapes import PrioritiesBrief
from needsmap.briefs.strengths import StrengthsBrief
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


def ways(brief: PrioritiesBrief) -> None:
    """Show the order under each way of counting that suits, and whether it depends on that."""
    for one in brief.counted:
        show.section(one.kind_words)
        show.sentences(part for part in (one.question, one.depends) if part)
        show.table(one.order, key=f"ways-{one.kind}", alt=say("The order under each way"))
        show.bullets(f"{way.title}: {way.words}" for way in one.ways)
        show.cautions(one.notes)


def weighted(brief: PrioritiesBrief) -> None:
    """Show shares weighted to the people who live here beside the raw ones, or why not."""
    if brief.weighting is None:
        return
    if brief.weighting.refused:
        show.sentences([brief.weighting.refused])
        return
    show.sentences(brief.weighting.sentences)
    show.table(
        brief.tables()["weighted"], key="weighted", alt=say("Shares as counted and weighted")
    )


def by_group(brief: PrioritiesBrief) -> None:
    """Show what groups have in common first, then each group's own figures."""
    tables = brief.tables()
    if brief.common:
        show.section(say("What everybody has in common"))
        show.sentences(brief.common)
    show.table_or(
        tables["by group"],
        key="by-group",
        alt=say("Wishes, group by group"),
        words=say("Nobody was asked about themselves, or too few answered to show groups."),
    )
    if "shared by all" in tables:
        show.section(say("What all groups share"))
        show.table(tables["shared by all"], key="shared", alt=say("What all groups share"))


def strengths(brief: PrioritiesBrief) -> None:
    """Show what people are proud of, if they were asked."""
    if brief.strengths:
        show.wishes(brief.strengths, title=say("People are proud of"), strengths=True, most=_MOST)
    else:
        show.sentences([say("Nobody was asked what is good here.")])


def beside_good(brief: StrengthsBrief) -> None:
    """Show in order what the map of strengths is about: what people value, or can bring."""
    found, title = brief.strengths, say("People value")
    if brief.offer:
        found, title = brief.offered, say("People can bring")
    show.wishes(found, title=title, strengths=True, short=True)
