"""Does money go where people ask? Two bars a wish, money a head, what cannot be placed."""

import streamlit as st

from needsmap.ui import choices, data, funding, hand_on, show
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
brief = data.money()
show.notices((*here.notices, *brief.notices))
show.heading(say("Does money go where people ask?"), here.line)
show.lead(brief.sentences[:2])
if not brief.has_grants:
    show.sentences(brief.sentences[2:])
else:
    with show.fold(say("Choose")):
        choices.choose_years(brief.picture, *brief.years_known)
        choices.choose_level(brief.picture, brief.menu)
    tables = brief.tables()
    map_side, bars_side = st.columns([1, 1], gap="medium")
    with bars_side:
        funding.asked_and_funded(brief)
    with map_side:
        chosen = show_map(
            brief.layer,
            pack=here.pack,
            focus=brief.picture.area,
            view=choices.linked().view,
            height=show.map_height(),
            foot=brief.provenance.under_a_picture,
            picture=f"needs-map-{brief.provenance.mark}",
            key="money-map",
        )
        choices.follow(chosen)
    show.section(say("Where the money was for"))
    show.sentences(brief.sentences[2:])
    show.table(tables["where"], key="where", alt=say("Money by where it was for"))
    wishes, other, areas, grants = st.tabs(
        [say("Wish by wish"), say("Other money"), say("By area"), say("Every grant")]
    )
    with wishes:
        show.table(tables["wishes and money"], key="money-wishes", alt=say("Wishes and money"))
    with other:
        show.table(tables["other money"], key="money-other", alt=say("Money not compared"))
    with areas:
        show.table(tables["map"], key="money-areas", alt=say("Money a head, area by area"))
    with grants:
        show.table(tables["grants"], key="grants", alt=say("Every grant, and how it was counted"))
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="money", title=say("Wishes and money"), pack=here.pack)
show.foot(brief.provenance)
