"""What do people say in their own words? Lines that somebody read and chose, nothing else."""

import streamlit as st

from needsmap.ui import choices, data, hand_on, show
from needsmap.words import count, say

here = data.here()
brief = data.quotes()
show.notices((*here.notices, *brief.notices))
show.heading(say("What do people say in their own words?"), here.line)
show.finding(brief.sentences)
if brief.quotes.empty:
    show.empty(
        say("Somebody who looks after this place can choose lines."),
        page="manage",
        label=say("Look after this place"),
    )
else:
    words = st.text_input(say("Find quotes with these words"), key="quote-words", max_chars=80)
    with show.fold(say("Choose")):
        choices.choose_about(brief.themes)
        choices.choose_from(brief.areas, brief.level)
    link = choices.linked()
    found = brief.only(words, theme=link.theme, area=link.area)
    show.sentences([count("{n} quote.", "{n} quotes.", len(found))])
    show.quotes(found)
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="quotes", title=say("In their own words"))
show.foot(brief.provenance)
