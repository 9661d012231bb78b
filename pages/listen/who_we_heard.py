"""Who is missing from this picture? Answers beside the people who live here."""

import streamlit as st

from needsmap.ui import choices, data, hand_on, show
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
brief = data.coverage()
show.notices((*here.notices, *brief.notices))
show.heading(say("Who is missing from this picture?"), here.line)
if brief.empty:
    show.empty(
        say("Nobody has answered yet. Add a survey to see who was heard and who was not."),
        page="add-a-survey",
        label=say("Add a survey"),
    )
else:
    show.lead(brief.sentences[1:3])
    show.sentences(brief.sentences[3:])
    with show.fold(say("Choose")):
        choices.choose_level(brief.picture, brief.menu)
    tables = brief.tables()
    map_side, list_side = st.columns([5, 4], gap="medium")
    with map_side:
        chosen = show_map(
            brief.layer,
            pack=here.pack,
            focus=brief.picture.area,
            view=choices.linked().view,
            height=show.map_height(),
            foot=brief.provenance.under_a_picture,
            picture=f"needs-map-{brief.provenance.mark}",
            key="heard",
        )
        choices.follow(chosen)
        show.cautions([brief.located])
    with list_side:
        show.section(say("Where to knock next"))
        show.table(
            tables["knock here next"][["Where", "Who", "More answers"]],
            key="next",
            alt=say("Where to ask next"),
        )
        if brief.silent:
            show.section(say("Nobody answered from"))
            show.sentences([", ".join(brief.silent)])
    show.section(say("Groups beside the people who live here"))
    show.table(tables["groups"], key="groups", alt=say("Answers and people, group by group"))
    show.section(say("Areas"))
    show.table(tables["areas"], key="areas", alt=say("Answers and people, area by area"))
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="who-we-heard", title=say("Who we heard"), pack=here.pack)
show.foot(brief.provenance)
