"""How do these two differ? Two areas on the same scales; only clear differences are said."""

import streamlit as st

from needsmap.ui import arranging, cards, choices, data, hand_on, show, side_by_side
from needsmap.words import say

here = data.here()
brief = data.pair()
show.notices((*here.notices, *brief.notices))
show.heading(say("How do these two differ?"), here.line)
if not here.picture.against:
    show.lead(brief.sentences)
if here.picture.against:
    side_by_side.compared()
elif brief.empty:
    show.empty(
        say("Add a survey to hear people; then areas can be compared."),
        page="add-a-survey",
        label=say("Add a survey"),
    )
else:
    with show.fold(say("Choose two areas")):
        choices.choose_area(brief.picture, brief.menu, label=say("Compare"))
        choices.choose_other(brief.picture, brief.menu)
        choices.choose_level(brief.picture, brief.menu)
        arranging.choose_against(here.picture, here.menu, data.places())
    if brief.sides:
        for column, side in zip(st.columns(2, gap="large"), brief.sides, strict=True):
            with column:
                cards.side(side)
        tables = brief.tables()
        show.section(say("Where they differ"))
        show.table(tables["differences"], key="differences", alt=say("Differences, clear first"))
        show.section(say("What the government’s index says"))
        show.table_or(
            tables["index"],
            key="pair-index",
            alt=say("The index, measure by measure"),
            words=say("This place’s files hold no index."),
        )
        show.cautions(brief.cautions)
        hand_on.offer(brief, name="compare", title=say("Two areas side by side"))
show.foot(brief.provenance)
