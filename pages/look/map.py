"""What do people ask for, and where? The map, the same as a table, and who was heard."""

import streamlit as st

from needsmap.ui import beside, cards, choices, data, finding, hand_on, show
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
brief = here.overview
show.notices((*here.notices, *brief.notices))
show.heading(say("What do people ask for, and where?"), brief.coverage_line, brief.question)
show.lead(brief.lead)

finding.box()
with show.fold(say("Choose what to show")):
    choices.choose_show(brief.picture, brief.menu, heard=not brief.empty)
    choices.choose_beside(brief.picture)
    choices.choose_level(brief.picture, brief.menu)
    choices.choose_services(brief.picture, brief.menu)
    finding.box(among_choices=True)

map_side, words_side = st.columns([2, 1], gap="medium")
with map_side:
    show_map(
        brief.layer,
        pack=here.pack,
        services=brief.services,
        focus=brief.picture.area,
        view=choices.linked().view,
        height=show.map_height(),
        foot=brief.provenance.under_a_picture,
        picture=f"needs-map-{brief.provenance.mark}",
        on_choose=choices.go_to_area,
        near=brief.near,
    )
with words_side:
    if brief.picture.area:
        cards.small(data.area())
    else:
        cards.overview_panel(brief)

if brief.picture.show == "beside" and not brief.empty:
    beside.lists(data.comparison(), said=brief.cautions)
show.section(say("The same as a table"))
if brief.picture.show == "voice" and not brief.empty:
    choices.choose_counting(brief.picture)
tables = brief.tables()
codes = tables["map"]["Area code"].tolist()
show.table(
    tables["map"],
    key="map-table",
    alt=say("What the map shows, one row an area. Choose a row to go to that area."),
    choose=lambda row: choices.change(area=codes[row]),
)
hand_on.offer(brief, name="map", title=brief.title, pack=here.pack)
show.foot(brief.provenance)
