"""What has changed since last time? Rose, fell, or cannot tell; then where."""

import streamlit as st

from needsmap.ui import choices, data, hand_on, show, side_by_side
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
brief = data.change()
show.notices((*here.notices, *brief.notices))
if brief.earlier and brief.later:
    line = say("From “{before}” to “{now}”", before=brief.earlier.title, now=brief.later.title)
else:
    line = here.line
show.heading(say("What has changed since last time?"), line, brief.question)
show.lead(brief.sentences)
if brief.one_wave or brief.layer is None:
    show.empty(
        " ".join(brief.when_next) or say("Add a survey asked at another time."),
        page="add-a-survey",
        label=say("Add a survey"),
    )
else:
    with show.fold(say("Choose")):
        choices.choose_theme(brief.picture, brief.menu.themes)
        choices.choose_level(brief.picture, brief.menu)
    tables = brief.tables()
    map_side, list_side = st.columns([1, 1], gap="medium")
    with map_side:
        show_map(
            brief.layer,
            pack=here.pack,
            view=choices.linked().view,
            height=show.map_height() + 160,  # eight classes in words stand under this map
            foot=brief.provenance.under_a_picture,
            picture=f"needs-map-{brief.provenance.mark}",
            key="change-map",
        )
    with list_side:
        show.table(
            tables["change"][["People asked for", "Before", "Now", "In words"]],
            key="change",
            alt=say("Change, wish by wish"),
        )
    show.section(say("The map as a table"))
    show.table(tables["map"], key="change-areas", alt=say("Change, area by area"))
    if brief.earlier and brief.later:
        waves = [(survey.id, survey.title) for survey in (brief.earlier, brief.later)]
        side_by_side.before_and_now(brief.picture, (waves[0], waves[1]))
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="change", title=say("What has changed"))
show.foot(brief.provenance)
