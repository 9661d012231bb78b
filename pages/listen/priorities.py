"""What matters most, and how sure are we? Wishes in order, with what is not certain."""

import streamlit as st

from needsmap.ui import data, hand_on, rankings, show
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
    for_all, by_group, by_area, good = st.tabs(
        [say("As a table"), say("By group"), say("By area"), say("What is good here")]
    )
    with for_all:
        show.table(tables["priorities"], key="order", alt=say("Wishes in order"))
    with by_group:
        rankings.by_group(brief)
    with by_area:
        show.table(tables["by area"], key="by-area", alt=say("Wishes area by area"))
    with good:
        rankings.strengths(brief)
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="priorities", title=say("What matters most"))
show.foot(brief.provenance)
