"""What is asked for, and far away? Wishes beside the nearest place for them."""

import streamlit as st

from needsmap.ui import choices, data, hand_on, show
from needsmap.ui.map_view import show_map
from needsmap.words import say

here = data.here()
brief = data.services()
show.notices((*here.notices, *brief.notices))
show.heading(say("What is asked for, and far away?"), here.line)
show.lead(brief.sentences[:2])
if brief.kind:
    with show.fold(say("Choose")):
        choices.choose_kind(
            {str(k): str(w) for k, w in brief.kinds[["kind", "label"]].values}, brief.kind
        )
        choices.choose_level(brief.picture, brief.menu)
    tables = brief.tables()
    map_side, list_side = st.columns([9, 11], gap="medium")
    with map_side:
        chosen = show_map(
            brief.layer,
            pack=here.pack,
            services=here.pack.services[here.pack.services["category"] == brief.kind],
            view=choices.linked().view,
            height=show.map_height(),
            foot=brief.provenance.under_a_picture,
            picture=f"needs-map-{brief.provenance.mark}",
            key="reach",
        )
        choices.follow(chosen)
    with list_side:
        show.section(say("Asked for and far"))
        show.table_or(
            tables["asked for and far"],
            key="far",
            alt=say("Wishes people have and the nearest place for them, over 15 minutes on foot"),
            words=say("Nothing people clearly ask for is over 15 minutes on foot."),
        )
    show.sentences(brief.sentences[2:])
    nearest, kinds, access = st.tabs(
        [say("The nearest of each kind"), say("Kinds of service"), say("For experts")]
    )
    with nearest:
        show.table(tables["nearest"], key="nearest", alt=say("Nearest of each kind, by area"))
    with kinds:
        show.table(tables["kinds"], key="kinds", alt=say("Kinds of service there are"))
    with access:
        show.table(tables["access"], key="access", alt=say("Places within reach, by area"))
    show.cautions(brief.cautions)
    hand_on.offer(brief, name="services", title=say("Asked for and far"), pack=here.pack)
show.foot(brief.provenance)
