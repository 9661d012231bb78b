"""What is good here, and who can help? Strengths and offers, with the care given to wishes."""

import streamlit as st

from needsmap.ui import choices, data, hand_on, rankings, show
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
brief = data.strengths()
show.notices((*here.notices, *brief.notices))
show.heading(say("What is good here, and who can help?"), here.line, brief.question)
show.lead(brief.sentences[:2])
if brief.empty or not (brief.strengths or len(brief.others) or brief.offers.question):
    show.empty(
        say("Add a survey that asks what is good here, and what people could bring."),
        page="add-a-survey",
        label=say("Add a survey"),
    )
else:
    with show.fold(say("Choose")):
        choices.choose_good(brief.picture, brief.themes, brief.kinds)
        choices.choose_level(brief.picture, brief.menu)
    tables = brief.tables()
    map_side, list_side = st.columns([2, 1], gap="medium")
    with map_side:
        chosen = show_map(
            brief.layer,
            pack=here.pack,
            focus=brief.picture.area,
            view=choices.linked().view,
            height=show.map_height(),
            foot=brief.provenance.under_a_picture,
            picture=f"needs-map-{brief.provenance.mark}",
            key="strength-map",
        )
        choices.follow(chosen)
    with list_side:
        rankings.beside_good(brief)
    show.section(say("Who can help"))
    show.sentences(() if brief.offer else brief.sentences[2:])
    meets, bring, areas, other = st.tabs(
        [say("Offers that meet a wish"), say("What people can bring"), say("By area"),
         say("In other words")]
    )  # fmt: skip
    none = say("Nobody was asked what they could bring, or too few answered.")
    with meets:
        show.table_or(tables["offers and wishes"], key="meets", alt=say("Offers"), words=none)
    with bring:
        show.table_or(tables["offers"], key="offers", alt=say("Offers of help"), words=none)
    with areas:
        show.table(tables["map"], key="strength-table", alt=say("The map as a table"))
    with other:
        show.table_or(tables["other strengths"], key="other-good", alt=say("Other strengths"),
                      words=say("Nothing else was named as good."))  # fmt: skip
        show.table_or(tables["other offers"], key="other-offers", alt=say("Other offers"),
                      words=say("Nothing else was offered."))  # fmt: skip
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="strengths", title=say("What is good here"), pack=here.pack)
show.foot(brief.provenance)
