"""An area's card: strengths first, then wishes, then the index; small and large."""

from __future__ import annotations

import streamlit as st

from needsmap.briefs.pair import Side
from needsmap.briefs.shapes import AreaBrief, OverviewBrief, Place
from needsmap.ui import choices, passages, show
from needsmap.ui.plain import plain
from needsmap.words import say


def overview_panel(brief: OverviewBrief) -> None:
    """Show beside the map what is good here, what people ask for, and with what doubt."""
    if not brief.empty:
        show.passage(passages.panel(brief))
        return
    with st.container(key="card"):
        show.empty(
            say(
                "The map shows the government’s index and some services. Add a survey to "
                "hear people. No file at hand? One that comes with the place can be tried."
            )
            if brief.layer.kind == "index"
            else say("Add a survey to hear people."),
            page="add-a-survey",
            label=say("Add a survey"),
        )
        show.cautions(brief.cautions)


def small(brief: AreaBrief) -> None:
    """Show the chosen area's card beside the map, with the way back."""
    with st.container(key="card"):
        show.passage(passages.area(brief))
        if not brief.shown:
            hidden(brief)
        with st.container(horizontal=True):
            st.button(say("Back to the whole place"), on_click=choices.change, kwargs={"area": ""})
            show.link("area", say("More about this area"))


def hidden(brief: AreaBrief) -> None:
    """Say why an area's figures are not shown, and where to look instead."""
    with st.container(border=True):
        st.markdown(plain(brief.why))
        if brief.parent is not None:
            go_to(brief.parent, say("Show {name} instead", name=brief.parent.name))


def go_to(place: Place, label: str) -> None:
    """Offer a button that goes to another area, at its own level."""
    st.button(
        plain(label),
        key=f"go-{place.level}-{place.code}",
        on_click=choices.change,
        kwargs={"area": place.code, "level": place.level},
    )


def whole(brief: AreaBrief) -> None:
    """Show all that is known of an area: strengths, wishes, what is near, the index second."""
    left, right = st.columns(2, gap="large")
    with left:
        if brief.shown:
            if brief.strengths:
                show.wishes(brief.strengths, title=say("What is good here"), strengths=True)
            show.wishes(brief.wishes, title=say("What people asked for"), further=True)
        else:
            hidden(brief)
        if len(brief.quotes):
            show.section(say("In their own words"))
            show.quotes(brief.quotes)
            show.link("quotes", say("More of what people wrote"))
        show.section(say("Who answered"))
        show.sentences([part for part in (brief.heard, brief.missing) if part])
    tables = brief.tables()
    with right:
        if brief.near:
            show.section(say("What is near, and how far"))
            show.table(
                tables["nearest"][["Kind", "Nearest", "Distance"]],
                key="near",
                alt=say("The nearest service of each kind"),
            )
            show.cautions(_checked(brief))
        if brief.index:
            show.section(say("What the government’s index says"))
            show.table(
                tables["index"][["Measure", "Where it stands"]],
                key="index",
                alt=say("The index, measure by measure"),
            )
            how = dict.fromkeys((line.vintage, line.how) for line in brief.index)
            show.cautions(say("{year}: {how}.", year=year, how=words) for year, words in how)
        if brief.neighbours:
            show.section(say("Next door"))
            with st.container(horizontal=True, gap="small"):
                for place in brief.neighbours[:12]:
                    go_to(place, place.name)


def side(one: Side) -> None:
    """Show one of two areas beside the other: who answered, strengths, wishes."""
    show.section(one.place.name)
    show.sentences([one.answered or one.why])
    show.wishes(one.strengths, title=say("People value"), strengths=True, most=4, short=True)
    show.wishes(one.wishes, title=say("They asked for"), most=6, short=True)


def _checked(brief: AreaBrief) -> list[str]:
    """Return when the services were checked, and who listed them."""
    days = sorted(near.checked_on for near in brief.near if near.checked_on)
    sources = ", ".join(dict.fromkeys(near.source for near in brief.near if near.source))
    told = []
    if days:
        told.append(say("Checked between {first} and {last}.", first=days[0], last=days[-1]))
    if sources:
        told.append(say("Listed by: {sources}.", sources=sources))
    return told
