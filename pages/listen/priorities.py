"""What matters most, and how sure are we? Wishes in order, with what is not certain."""

import streamlit as st

from needsmap.ui import choices, data, hand_on, rankings, show
from needsmap.words import say

brief = data.priorities()
show.notices((*data.here().notices, *brief.notices))
show.heading(
    say("What matters most, and how sure are we?"),
    say("{people} answered this question", people=brief.base.words),
    brief.question,
)
if brief.empty:
    show.empty(
        say("Nobody has answered yet, so there is no order to show."),
        page="add-a-survey",
        label=say("Add a survey"),
    )
else:
    show.finding(brief.sentences)
    rankings.ranked(brief)
    tables = brief.tables()
    ways, by_group, by_area, weighted, good, other, for_all = st.tabs(
        [
            say("Other ways of counting"),
            say("By group"),
            say("By area"),
            say("Weighted"),
            say("What is good here"),
            say("In other words"),
            say("As a table"),
        ]
    )
    with ways:
        rankings.ways(brief)
    with by_group:
        rankings.by_group(brief)
    with by_area:
        choices.choose_counting(brief.picture)
        show.table(tables["by area"], key="by-area", alt=say("Wishes area by area"))
    with weighted:
        rankings.weighted(brief)
    with good:
        rankings.strengths(brief)
    with other:
        show.table_or(tables["other wishes"], key="other-wishes", alt=say("Other wishes"),
                      words=say("Nothing else was asked for."))  # fmt: skip
    with for_all:
        show.table(tables["priorities"], key="order", alt=say("Wishes in order"))
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="priorities", title=say("What matters most"))
show.foot(brief.provenance)
